"""NM: what the label calls its sources."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.composition import Source
from chelate.composition.claims import BY_PERCENT, BY_SUM, NOT_SAID
from chelate.composition.free_text import named_in
from chelate.findings import Certainty, Severity
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule


@rule(
    "NM101",
    "unknown-source",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{text}” is not a source of {nutrient} that the catalogue knows{suggestion}",
    "cfr-101-36",
)
def unknown_source(case: Case) -> Iterator[Hit | Skip]:
    """A source's name is not in the catalogue.

    Nothing is computed from a name that is only similar: "acetylglycinate" is not
    glycinate. The nearest known names are offered, never taken.

    Fails:
        product: Misspelt Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinatte), amount: 100 mg}

    Passes:
        product: Spelt Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}

    Remedy:
        Use the common or usual name of the source.
    """
    for claim, source in _sources(case, "unknown"):
        near = " or ".join(f"“{name}”" for name in source.meaning.suggestions)
        facts = {"text": source.text, "nutrient": claim.claim.nutrient,
                 "suggestion": f"; did you mean {near}?" if near else ""}  # fmt: skip
        yield Hit(source.path, source.text, facts)


@rule(
    "NM102",
    "no-stoichiometry",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{text}” has no defined stoichiometry: how much {nutrient} it holds cannot be computed, only "
    "assayed",
    "aafco-metal-chelate",
)
def no_stoichiometry(case: Case) -> Iterator[Hit | Skip]:
    """The source is known, but its composition is not fixed.

    Chelates of hydrolysed protein, minerals grown on yeast and bare "amino acid chelates"
    name a kind of material, not a compound.

    Fails:
        product: Protein Chelate
        facts:
          - {name: Magnesium (as magnesium HVP chelate), amount: 100 mg}

    Passes:
        product: Glycine Chelate
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}

    Remedy:
        Name the ligand, or state the assay.
    """
    for judged, source in _sources(case, "undefined"):
        yield Hit(source.path, source.text,
                  {"text": source.text, "nutrient": judged.claim.nutrient})  # fmt: skip


@rule(
    "NM103",
    "mark-is-not-a-substance",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{text}” is a brand mark, not the name of a source of {nutrient}",
    "cfr-101-36",
)
def mark_only(case: Case) -> Iterator[Hit | Skip]:
    """A brand mark stands where the source's name should.

    A mark says who made the material. The same mark may stand on several substances, and
    on buffered grades of them.

    Fails:
        product: Marked Magnesium
        facts:
          - {name: Magnesium (as Albion®), amount: 100 mg}

    Passes:
        product: Named Magnesium
        facts:
          - {name: Magnesium (as Albion® magnesium bisglycinate chelate), amount: 100 mg}

    Remedy:
        Name the source beside the mark.
    """
    for judged, source in _sources(case, "mark"):
        yield Hit(source.path, source.text,
                  {"text": source.text, "nutrient": judged.claim.nutrient})  # fmt: skip


@rule(
    "NM104",
    "no-source-named",
    Severity.NOTE,
    Certainty.PROVEN,
    "no source of {nutrient} is named in the panel, the product's name or the other ingredients",
    "cfr-101-36",
)
def no_source(case: Case) -> Iterator[Hit | Skip]:
    """The label says how much of a mineral there is, and not from what.

    The source may stand in the panel; where it does not, it belongs in the ingredient
    list.

    Fails:
        product: Plain Mineral
        facts:
          - {name: Magnesium, amount: 100 mg}

    Passes:
        product: Plain Mineral
        facts:
          - {name: Magnesium, amount: 100 mg}
        other_ingredients: magnesium citrate, hypromellose

    Remedy:
        Name the source in parentheses after the nutrient, or in the ingredient list.
    """
    for judged in case.judged:
        if not judged.claim.sources:
            yield Hit(f"{judged.claim.path}.name", judged.claim.text,
                      {"nutrient": judged.claim.nutrient})  # fmt: skip


@rule(
    "NM105",
    "names-disagree",
    Severity.WARNING,
    Certainty.PROVEN,
    "the product's name says {front}, the panel {panel}: different compounds of {nutrient}",
    "cfr-101-36",
)
def names_disagree(case: Case) -> Iterator[Hit | Skip]:
    """The front names one compound, the panel another.

    Bisglycinate and lysinate glycinate, citrate and malate hold different shares of the
    element and bring different ligands.

    Fails:
        product: Two Minds Magnesium Bisglycinate
        facts:
          - {name: Magnesium (as magnesium lysinate glycinate chelate), amount: 100 mg}

    Passes:
        product: One Mind Magnesium Lysinate Glycinate
        facts:
          - {name: Magnesium (as magnesium lysinate glycinate chelate), amount: 100 mg}

    Remedy:
        Use one name for one compound.
    """
    for judged in case.judged:
        claim = judged.claim
        panel = {i for s in claim.sources for i in s.meaning.substances}
        if claim.inferred_from or not panel:
            continue
        for named in named_in(case.label.product, claim.nutrient):
            if named.substances and not panel & set(named.substances):
                facts = {"front": named.text, "panel": claim.sources[0].text,
                         "nutrient": claim.nutrient}  # fmt: skip
                yield Hit("product", case.label.product, facts)


@rule(
    "NM106",
    "compound-or-element",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{text}”: {amount} may be the mass of the compound or of the {nutrient}; the label does not "
    "say which",
    "cfr-101-36",
)
def compound_or_element(case: Case) -> Iterator[Hit | Skip]:
    """A compound stands alone with one amount.

    500 mg of magnesium glycinate hold 70 mg of magnesium; 500 mg of magnesium are seven
    times that. Where neither wording nor percent says which is meant, nothing can be
    computed.

    Fails:
        product: Bare Compound
        facts:
          - {name: Magnesium glycinate, amount: 500 mg}

    Passes:
        product: Spoken Compound
        facts:
          - {name: Magnesium glycinate (providing 70 mg magnesium), amount: 500 mg}

    Remedy:
        Print the element's amount, and the compound as its source.
    """
    for judged in case.judged:
        source = judged.claim.sources[0] if judged.claim.sources else None
        percent = any(d.percent for d in case.composition.declared if d.path == judged.claim.path)
        if judged.claim.reading == NOT_SAID and source and source.mass and not percent:
            facts = {"text": source.text, "amount": source.mass.text,
                     "nutrient": judged.claim.nutrient}  # fmt: skip
            yield Hit(source.mass.path, source.mass.text, facts)


@rule(
    "NM107",
    "source-of-another-element",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{text}” is a source of {other}, printed as a source of {nutrient}",
    "cfr-101-36",
)
def another_element(case: Case) -> Iterator[Hit | Skip]:
    """A source of one element is printed for another.

    Zinc glycinate holds no magnesium: either the row or the source is not the one meant.

    Fails:
        product: Crossed Rows
        facts:
          - {name: Magnesium (as zinc glycinate), amount: 100 mg}

    Passes:
        product: Straight Rows
        facts:
          - {name: Zinc (as zinc glycinate), amount: 10 mg}

    Remedy:
        Check which row the source belongs to.
    """
    for judged in case.judged:
        for source in judged.claim.sources:
            other = source.meaning.nutrient
            holds = any(
                catalogue.element_count(catalogue.substance(i), judged.claim.nutrient)
                for i in source.meaning.substances
            )
            if other and other != judged.claim.nutrient and not holds:
                facts = {"text": source.text, "other": other, "nutrient": judged.claim.nutrient}
                yield Hit(source.path, source.text, facts)


def _sources(case: Case, status: str) -> Iterator[tuple[Judged, Source]]:
    for judged in case.judged:
        for source in judged.claim.sources:
            if source.meaning.status == status:
                yield judged, source


@rule(
    "NM108",
    "element-told-by-figures",
    Severity.NOTE,
    Certainty.LIKELY,
    "{amount} was read as the {nutrient} itself: {why}",
    "cfr-101-36",
)
def told_by_figures(case: Case) -> Iterator[Hit | Skip]:
    """Figures, not wording, told the element from its compound.

    Wording decides first, the percent second, and what is plausible last. Where wording
    leaves it open, the finding says what decided.

    Fails:
        product: Figures Decide
        facts:
          - {name: Magnesium glycinate, amount: 200 mg, percent_dv: 48 %}

    Passes:
        product: Words Decide
        facts:
          - {name: Magnesium (as magnesium glycinate), amount: 200 mg, percent_dv: 48 %}

    Remedy:
        Name the nutrient in the row, and the compound as its source.
    """
    for judged in case.judged:
        claim = judged.claim
        if claim.declared and claim.reading in (BY_PERCENT, BY_SUM):
            facts = {"amount": claim.declared.text, "nutrient": claim.nutrient,
                     "why": claim.reading}  # fmt: skip
            yield Hit(claim.declared.path, claim.declared.text, facts)


RULES: tuple[Rule, ...] = (
    unknown_source,
    no_stoichiometry,
    mark_only,
    no_source,
    names_disagree,
    compound_or_element,
    another_element,
    told_by_figures,
)
