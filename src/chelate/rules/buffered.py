"""BF: chelates stretched with a denser source of the same element.

Being buffered is lawful when it is declared; these rules say what the label declares, what
it leaves to the small print, and what the arithmetic leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator

from chelate.bounds import words
from chelate.catalogue import names
from chelate.composition import Source
from chelate.composition.free_text import named_in
from chelate.figures import at_least_percent
from chelate.findings import Certainty, Severity, Verdict
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule


@rule(
    "BF101",
    "buffered-chelate",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{words}” declares a chelate buffered with another source of {nutrient}{least}",
    "balchem-buffered",
    "cfr-101-36",
)
def buffered_chelate(case: Case) -> Iterator[Hit | Skip]:
    """The label says that its chelate is buffered.

    A buffered chelate is a true chelate mixed with a denser source of the same element,
    nearly always the oxide: more of the element fits into a capsule, and part of it is not
    chelated. A brand mark does not say otherwise; marked chelates are sold buffered too.

    Fails:
        product: Fenwick Buffered Magnesium Glycinate
        facts:
          - {name: Magnesium (as magnesium bisglycinate chelate buffered), amount: 300 mg}

    Passes:
        product: Fenwick Magnesium Glycinate with buffered vitamin C
        facts:
          - {name: Magnesium (as magnesium bisglycinate chelate), amount: 100 mg}

    Remedy:
        Name the buffering source, and print how much of the element comes from each:
        "of which from magnesium oxide 77 mg".
    """
    for judged in case.judged:
        for path, said in judged.claim.buffered[:1]:
            if judged.is_chelate and not (judged.denser and _tells_shares(judged)):
                facts = {"words": said, "nutrient": judged.claim.nutrient, "least": _least(judged)}
                yield Hit(path, said, facts)


@rule(
    "BF102",
    "denser-source-in-panel",
    Severity.WARNING,
    Certainty.PROVEN,
    "{denser} stands beside {chelate}: part of the {nutrient} is not from the chelate{least}",
    "cfr-101-36",
)
def denser_in_panel(case: Case) -> Iterator[Hit | Skip]:
    """The panel names a denser source of the same element beside the chelate.

    Sources in parentheses stand in descending order of weight, but the denser one gives
    more of the element than its weight suggests: oxide at 8 % of the weight can be 28 % of
    the magnesium.

    Fails:
        product: Two Source Magnesium
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}

    Passes:
        product: Told Apart Magnesium
        facts:
          - name: Magnesium
            amount: 200 mg
            sources:
              - {name: magnesium bisglycinate, elemental: 123 mg}
              - {name: magnesium oxide, elemental: 77 mg}
        statements: [Better absorbed than magnesium oxide.]

    Remedy:
        Print how much of the element comes from each source, under its row:
        "of which from magnesium oxide 77 mg".
    """
    for judged in case.judged:
        if not _tells_shares(judged):
            yield from _denser(judged, judged.claim.sources)


@rule(
    "BF103",
    "denser-source-in-other-ingredients",
    Severity.WARNING,
    Certainty.LIKELY,
    "the panel gives {chelate} as the source, the other ingredients name {denser}: part of the "
    "{nutrient} may not be from the chelate{least}",
    "cfr-101-36",
)
def denser_in_other_ingredients(case: Case) -> Iterator[Hit | Skip]:
    """A denser source of the element stands only among the other ingredients.

    Where the panel shows sources, all that supply the ingredient belong there (21 CFR
    101.36(d)(2)). An oxide among the other ingredients may be a flow agent, or a source
    that the panel leaves out.

    Fails:
        product: Small Print Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 200 mg}
        other_ingredients: hypromellose, magnesium oxide, rice flour

    Passes:
        product: Lubricated Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 200 mg}
        other_ingredients: hypromellose, magnesium stearate, magnesium hydroxide (pH adjuster)

    Remedy:
        Name the source in the panel, or give its function in the ingredient list.
    """
    for judged in case.judged:
        in_panel = {source.meaning.family for source in judged.claim.sources}
        beside = (s for s in judged.claim.beside if s.meaning.family not in in_panel)
        yield from _denser(judged, tuple(beside))


@rule(
    "BF104",
    "blend-not-on-the-front",
    Severity.NOTE,
    Certainty.PROVEN,
    "the product's name speaks of {named} alone; the rest of the label declares a blend",
    "cfr-101-36",
)
def blend_not_on_front(case: Case) -> Iterator[Hit | Skip]:
    """The product's name gives the chelate alone, the rest of the label declares a blend.

    Lawful, and easily missed by a buyer who reads only the front.

    Fails:
        product: Quiet Front Magnesium Bisglycinate
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}

    Passes:
        product: Plain Spoken Buffered Magnesium Bisglycinate
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}

    Remedy:
        Say "buffered", or name the second source, where the name names the chelate.
    """
    for judged in case.judged:
        if judged.verdict is not Verdict.DECLARED_BLEND:
            continue
        claim = judged.claim
        said = any(path == "product" for path, _ in claim.buffered)
        named = named_in(case.label.product, claim.nutrient)
        chelates = [m for m in named if m.chelate]
        if chelates and len(named) == len(chelates) and not said:
            yield Hit("product", case.label.product, {"named": chelates[0].text})


@rule(
    "BF105",
    "buffer-not-declared",
    Severity.WARNING,
    Certainty.LIKELY,
    "nothing on the label declares a buffer; a blend of {chelate} with {stand_in} that gives "
    "{share} of the {nutrient} from {stand_in} would fit what is printed",
    "balchem-buffered",
    "nge-mineral-activity",
)
def buffer_not_declared(case: Case) -> Iterator[Hit | Skip]:
    """More of the element than the chelate holds, and no buffer is declared.

    The printed numbers exclude the chelate alone. Traded buffered grades (18 to 22 %
    magnesium) would explain them; so would other sources, an exchanged figure, or a slip.
    It is not proof of any of these.

    Fails:
        product: Undeclared Glycinate
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 200 mg}

    Passes:
        product: Declared Glycinate
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate buffered)", amount: 200 mg}

    Remedy:
        If the material is a buffered grade, say so and name the buffering source.
    """
    for judged in case.judged:
        rest = judged.bounds.rest
        if judged.verdict is not Verdict.IMPOSSIBLE or not judged.is_chelate or not rest:
            continue
        if judged.claim.buffered or judged.denser:
            continue
        facts = {
            "chelate": _chelate(judged),
            "stand_in": names.spoken(rest.substance),
            "share": f"at least {at_least_percent(rest.least_share)}",
            "nutrient": judged.claim.nutrient,
        }
        yield Hit(judged.claim.sources[0].path, judged.claim.sources[0].text, facts)


def _tells_shares(judged: Judged) -> bool:
    """Whether the label prints how much of the element comes from each source."""
    return all(source.share for source in judged.claim.sources)


def _denser(judged: Judged, among: tuple[Source, ...]) -> Iterator[Hit]:
    """A hit for each denser source; the first says how much must come from elsewhere."""
    found = [source for source in judged.denser if source in among]
    for index, source in enumerate(found):
        facts = {
            "denser": source.text,
            "chelate": _chelate(judged),
            "nutrient": judged.claim.nutrient,
            "least": "" if index else _least(judged),
        }
        yield Hit(source.path, source.text, facts)


def _chelate(judged: Judged) -> str:
    return next((s.text for s in judged.claim.sources if s.meaning.chelate), "the chelate")


def _least(judged: Judged) -> str:
    """How much must come from elsewhere, where the masses bound it."""
    said = words.elsewhere(judged.claim, judged.bounds)
    return f"; as printed, {said}" if said else ""


RULES: tuple[Rule, ...] = (
    buffered_chelate,
    denser_in_panel,
    denser_in_other_ingredients,
    blend_not_on_front,
    buffer_not_declared,
)
