"""Verdicts in sentences: what each means, and the one that carries it on a label.

Neutral: the sentences speak of printed numbers, never of what is in the bottle.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from chelate import catalogue
from chelate.bounds import Capacity, Holder, own_sources, words
from chelate.bounds.statements import Statement
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Claim, Problem, Source
from chelate.figures import at_least_mass, at_most_mass, listed, number, percent_range
from chelate.findings import Verdict
from chelate.rules import Judged

VERDICTS = MappingProxyType(
    {
        Verdict.IMPOSSIBLE: "The printed numbers cannot all be true for the claimed source or "
        "sources alone, whatever hydrate, stoichiometry and rounding they mean. Conservation of "
        "mass proves it. It speaks of the printed numbers, not of what is in the bottle.",
        Verdict.DECLARED_BLEND: "The claim is an amino-acid chelate, and the label itself says "
        "that it is buffered or names another, denser source of the same element beside it. "
        "Being buffered is lawful when declared.",
        Verdict.DOUBTFUL: "Possible on paper, outside what is documented for the trade or for a "
        "filled capsule.",
        Verdict.CANNOT_TELL: "Too little is printed to test it.",
        Verdict.CONSISTENT: "A printed mass (compound, blend, serving or a stated capsule size) "
        "was tested and the claim fits. This is not proof of purity: a hydrate with some oxide "
        "can read the same.",
        Verdict.NO_CLAIM: "No source is named, so there is nothing to test.",
    }
)
WORDS = MappingProxyType({verdict: verdict.value.replace("-", " ") for verdict in Verdict})
HOLDERS: dict[Holder, str] = {
    "compound": "mass of the compound",
    "source": "mass of one source",
    "blend": "mass of the blend",
    "serving": "mass of one serving",
    "capsules": "capsules, filled at the highest density considered",
}


def densest_name(held: Capacity, nutrient: str) -> str:
    """What the highest fraction of a capacity is of."""
    if held.densest:
        return spoken(held.densest)
    return "the mixture" if held.parts else f"the {nutrient} itself"


def carrying(result: CheckResult) -> tuple[Judged, ...]:
    """The claims that give a label its verdict, in printed order."""
    return tuple(judged for judged in result.judged if judged.verdict is result.verdict)


def carrying_sentence(result: CheckResult) -> str:
    """The one sentence that carries a label's verdict."""
    found = carrying(result)
    if not found:
        return "The panel declares no mineral, so there is no source claim to test."
    return sentence(found[0])


def sentence(judged: Judged) -> str:
    """The one sentence that carries a claim's verdict."""
    match judged.verdict:
        case Verdict.IMPOSSIBLE:
            return _impossible(judged)
        case Verdict.DECLARED_BLEND:
            return _declared_blend(judged)
        case Verdict.DOUBTFUL:
            return _doubtful(judged)
        case Verdict.CANNOT_TELL:
            return _cannot_tell(judged)
        case Verdict.CONSISTENT:
            return _consistent(judged)
    return f"No source of {judged.claim.nutrient} is named."


def of_message(message: str) -> str:
    """A message as a sentence of its own; printed words that it begins with stay as printed.

    >>> of_message("no source is named"), of_message("did you mean “oxide”?")
    ('No source is named.', 'Did you mean “oxide”?')
    """
    end = "" if message.endswith(("?", "!")) else "."
    return f"{message[:1].upper()}{message[1:].rstrip('.')}{end}"


def source_words(judged: Judged) -> str:
    """The sources that a claim names, as printed."""
    return _listed(judged.claim.sources)


def _listed(sources: Iterable[Source]) -> str:
    return " and ".join(dict.fromkeys(f"“{s.text}”" for s in sources))


def declared_text(claim: Claim) -> str:
    """The declared amount as printed, "" where none is."""
    return claim.declared.text if claim.declared else ""


def _declared(judged: Judged) -> str:
    text = declared_text(judged.claim)
    return f"{text} of {judged.claim.nutrient}" if text else judged.claim.nutrient


def _impossible(judged: Judged) -> str:
    held, parts = judged.bounds.tightest, judged.bounds.parts_mg
    unit = judged.claim.unit
    if parts is not None:
        least = at_least_mass(parts.low, unit)
        return f"The parts of {_declared(judged)} add up to at least {least}."
    why = _holds_at_most(judged, held) if held and held.missing_mg else _together(judged)
    return f"{elsewhere(judged)} {why}".strip()


def elsewhere(judged: Judged) -> str:
    """What must come from elsewhere, as a sentence; empty where nothing must.

    "As printed, at least 42 mg (21.0 %) of the 200 mg must come from something other than
    magnesium bisglycinate; if that is magnesium oxide and the 1,112 mg includes it, at least
    54.8 mg (27.5 %)."
    """
    said = words.elsewhere(judged.claim, judged.bounds)
    return f"As printed, {said}." if said else ""


def _holds_at_most(judged: Judged, held: Capacity) -> str:
    mass, most = _mass(held), at_most_mass(held.element_mg, judged.claim.unit)
    sources, declared = held_source(judged.claim, held)
    beyond = f", not the {declared} printed of it" if held.holder == "source" else ""
    return (
        f"{mass[:1].upper()}{mass[1:]} can hold at most {most} of "
        f"{judged.claim.nutrient} as {_listed(sources)}{beyond}."
    )


def _together(judged: Judged) -> str:
    """The smallest set of figures that contradict each other: “400 mg”, “100 mg” and “1.2 g”."""
    conflict = judged.bounds.conflict
    figures = [f"“{s.text}”{_what(s)}" for s in conflict.statements] if conflict else []
    named = listed(list(dict.fromkeys(figures)) or [_declared(judged), "the other figures"])
    return f"{named[:1].upper()}{named[1:]} cannot all be true."


def nutrient_of_element(symbol: str) -> str:
    """The nutrient that an element is: "magnesium" for Mg."""
    return next(n.id for n in catalogue.nutrients().values() if n.element == symbol)


def _what(statement: Statement) -> str:
    """What a figure of a conflict is of."""
    if statement.kind == "moiety":
        return f" of {spoken(statement.terms[0].quantity.split(' ')[0])}"
    if statement.kind in ("declared", "share"):
        return f" of {nutrient_of_element(statement.terms[0].quantity)}"
    words_for = {
        "serving": " (one serving)",
        "blend": " (the blend)",
        "compound": " (the compound)",
    }
    return words_for.get(statement.kind, "")


def held_source(claim: Claim, held: Capacity) -> tuple[tuple[Source, ...], str]:
    """The sources that a capacity is of, and the printed amount that it is held against."""
    own = next((s for s in claim.sources if s.mass and s.mass.path == held.path), None)
    if held.holder == "source" and own and own.share:
        return (own,), own.share.text
    return claim.sources, declared_text(claim)


def _mass(held: Capacity) -> str:
    return f"“{held.text}” ({HOLDERS[held.holder]})"


def _declared_blend(judged: Judged) -> str:
    return f"{_blend_words(judged)} {elsewhere(judged)}".strip()


def _blend_words(judged: Judged) -> str:
    if judged.denser:
        chelates = _listed(s for s in judged.claim.sources if s.meaning.chelate)
        return f"The label itself names {_listed(judged.denser)} beside {chelates}."
    if judged.claim.buffered:
        return f"The label itself says that it is buffered: “{judged.claim.buffered[0][1]}”."
    return "The label itself says that it is buffered."


def _doubtful(judged: Judged) -> str:
    if judged.bounds.lean is not None:
        return (
            f"{_declared(judged)} is {percent_range(judged.bounds.lean.printed)} of the printed "
            f"mass, less than {source_words(judged)} is documented to hold "
            f"({percent_range(judged.bounds.lean.documented)})."
        )
    usual = catalogue.fill_density()
    return (
        f"{_declared(judged)} from {source_words(judged)} alone needs a fill of "
        f"{number(judged.bounds.fill_g_per_ml or 0, digits=3)} g/mL in the stated capsules; "
        f"{usual.usual_low_g_per_ml:g}–{usual.usual_high_g_per_ml:g} g/mL is usual."
    )


def _cannot_tell(judged: Judged) -> str:
    reason = f": {judged.bounds.reason}" if judged.bounds.reason else ""
    return f"Too little is printed to test it{reason}. {_left_to_others(judged)}".strip()


def _left_to_others(judged: Judged) -> str:
    """What the other sources that a label names must bring; empty where that is not bounded."""
    own = own_sources(judged.claim)
    others = [source for source in judged.claim.sources if source not in own]
    if not others or not judged.bounds.elsewhere_mg:
        return ""
    return f"The label itself names {_listed(others)} beside {_listed(own)}. {elsewhere(judged)}"


def _consistent(judged: Judged) -> str:
    held = judged.bounds.tightest
    if held is None:
        return f"{_declared(judged)} fits {source_words(judged)}."
    most = at_most_mass(held.element_mg, judged.claim.unit)
    return (
        f"{_declared(judged)} fits: {_mass(held)} holds up to {most} as "
        f"{source_words(judged)}. That does not prove it pure."
    )


def unread_of(judged: Judged, result: CheckResult) -> tuple[Problem, ...]:
    """The figures of a claim's own rows that could not be read."""
    return tuple(
        p
        for p in result.composition.problems
        if p.path.startswith(judged.claim.path) and p.kind != "percent"
    )
