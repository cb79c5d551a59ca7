"""What stands behind a verdict: the readings of the printed masses, what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chelate.bounds import Conflict, own_sources, words
from chelate.bounds.capacities import densest, documented, holds
from chelate.bounds.ends import CLAIMED, CLAIMED_SHARE, ELSEWHERE, ELSEWHERE_SHARE
from chelate.bounds.ranges import GLYCINE
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Claim, Source
from chelate.figures import (
    at_least_mass,
    at_least_percent,
    bounds_mass,
    bounds_percent,
    listed,
    mass,
    percent,
)
from chelate.findings import Finding, Verdict
from chelate.intervals import Interval
from chelate.report import delivered
from chelate.report.bars import Zone, zones
from chelate.report.delivered import Told
from chelate.rules import Judged
from chelate.sentences import declared_text, unread_of

ALL = Interval(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A reading: its name, the bar of its zones, and a range for each quantity.

    A cell is the range in mg and the share that it is of the element, "" where it is none.
    """

    name: str
    zones: tuple[Zone, ...]
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """The ranges that each reading leaves: a row for each that says something.

    `quantities` are the columns: what each is of, with a note; `terms` says what a word of
    the readings' names means.
    """

    quantities: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """By how much printed figures miss each other, and what would mend each alone."""

    missed: str
    changes: tuple[str, ...]


def settling(judged: Judged, result: CheckResult) -> Iterator[str]:
    """What more on the label would settle a claim that cannot be told."""
    if judged.verdict is not Verdict.CANNOT_TELL:
        return
    for problem in unread_of(judged, result):
        yield f"“{problem.text}” printed so that it can be read: {problem.expected}."
    claim = judged.claim
    if claim.declared is None:
        yield f"The elemental {claim.nutrient} of one serving, as one number and one unit."
    for source in claim.sources:
        if source.meaning.status != "known":
            yield _settling_name(source, claim.nutrient)
    if not judged.bounds.capacities:
        yield (
            "Any one of these in the panel: the mass of the compound, the total of the blend that "
            "holds it, the mass of one serving, or the capsule size with the number of capsules."
        )
        yield from (_not_weighed(each) for each in result.findings if each.code == "CL112")
        yield from _threshold(judged)


def _not_weighed(found: Finding) -> str:
    """That a mass outside of the panel settles nothing."""
    return f"“{found.words}” stands outside of the panel; only what that prints is weighed."


def _settling_name(source: Source, nutrient: str) -> str:
    near = source.meaning.suggestions
    hint = f" (near in spelling: {', '.join(near)})" if near else ""
    return (
        f"What “{source.text}” is, as a compound with a formula{hint}, or its assay: the percent "
        f"of {nutrient} that the maker states."
    )


def _threshold(judged: Judged) -> Iterator[str]:
    """The printed mass on which the answer turns."""
    claim, sources = judged.claim, own_sources(judged.claim)
    if claim.declared is None or not sources:
        return
    dense = densest(claim, sources, buffer=False)
    least = claim.declared.interval_mg.low / dense.fraction
    if not least or not dense.substance:
        return
    turns = mass(least, claim.material_unit(least))
    yield (
        f"The answer turns on {turns}: {declared_text(claim)} of {claim.nutrient} takes at "
        f"least that much {spoken(dense.substance)} ({percent(dense.fraction, decimals=3)} "
        f"{claim.nutrient}). A smaller mass could not hold it; a larger one could."
    )


def readings(judged: Judged, result: CheckResult) -> Readings:
    """The table of a claim's readings; empty where nothing printed narrows any range."""
    found = distinct(judged, result)
    if not any(map(narrows, found)):
        return Readings()
    told_of = [q for q in _quantities(judged.claim) if all(q[2] in told.ranges for told in found)]
    alike: dict[tuple[tuple[str, str], ...], list[Told]] = {}
    for told in found:
        cells = tuple(_ranges(told, judged.claim, *each[2:]) for each in told_of)
        alike.setdefault(cells, []).append(told)
    rows = (
        Row(_names(same, judged.claim), zones(same[0], judged), cells)
        for cells, same in alike.items()
    )
    return Readings(
        tuple((name, note) for name, note, _, _ in told_of),
        tuple(rows),
        _terms(found, judged.claim),
    )


def _names(same: Sequence[Told], claim: Claim) -> str:
    """The readings that leave the same open: "in any case, and if …"."""
    first, *more = (reading_name(told, claim) for told in same)
    return ", ".join([first, *(f"and {name}" for name in more)])


def _terms(found: Iterable[Told], claim: Claim) -> str:
    """What "no leaner than documented" means; empty where no reading says it."""
    if not any(told.reading.view.documented for told in found):
        return ""
    weighed = [s for s in claim.sources if s.mass and holds(claim.nutrient, s)] or claim.sources
    least = [
        f"“{source.text}” at least {at_least_percent(documented(claim.nutrient, source).low)}"
        for source in weighed
        if holds(claim.nutrient, source)
    ]
    return f"No leaner than documented: of {listed(least)} is {claim.nutrient}." if least else ""


def distinct(judged: Judged, result: CheckResult) -> tuple[Told, ...]:
    """What holds in any case, and the readings that say more.

    That the printed mass is of the compound alone is told wherever it is told what holds if
    it is of the whole blend.
    """
    told = delivered.told(judged, result)
    first = _cells(told[0], judged.claim) if told else ()
    more = [each for each in told[1:] if _cells(each, judged.claim) != first]
    blend = any(each.reading.name == "blend" for each in more)
    return tuple(
        each
        for each in told
        if each is told[0] or each in more or (blend and each.reading.name == "alone")
    )


def narrows(told: Told) -> bool:
    """Whether a reading leaves less open than anything from none to all."""
    return told.ranges.get(ELSEWHERE_SHARE, ALL) != ALL


def _cells(told: Told, claim: Claim) -> tuple[str, ...]:
    return tuple(_ranges(told, claim, target, "")[0] for target in told.ranges)


def _quantities(claim: Claim) -> Iterator[tuple[str, str, str, str]]:
    """The columns: name, note, the target of the amount and that of the share."""
    own = own_sources(claim)
    others = [f"“{s.text}”" for s in (*claim.sources, *claim.beside) if s not in own]
    named = listed(list(dict.fromkeys(f"“{s.text}”" for s in own)))
    included = f", {listed(list(dict.fromkeys(others)))} included" if others else ""
    yield f"From {named}", "", CLAIMED, CLAIMED_SHARE
    yield "From elsewhere", f"any other source{included}", ELSEWHERE, ELSEWHERE_SHARE
    yield "Glycine", "as the free acid", GLYCINE, ""


def _ranges(told: Told, claim: Claim, amount: str, share: str) -> tuple[str, str]:
    fractions, unit = told.ranges.get(share), "mg" if amount == GLYCINE else claim.unit
    return bounds_mass(told.ranges[amount], unit), bounds_percent(fractions) if fractions else ""


def reading_name(told: Told, claim: Claim) -> str:
    """A reading in words: "if “1,112 mg” is of the whole blend"."""
    mass, of_blend = _printed_mass(claim), not any(s.mass for s in own_sources(claim))
    match told.reading.name:
        case "any":
            return "in any case"
        case "alone" if of_blend:
            return f"if what is from elsewhere is on top of {mass}"
        case "blend" if of_blend:
            return f"if what is from elsewhere is within {mass}"
        case "alone":
            return f"if {mass} is of the claimed compound alone"
        case "blend":
            return f"if {mass} is of the whole blend"
        case "rest":
            within = f" within {mass}" if mass else ""
            return f"if the rest is {spoken(told.reading.rest or '')}{within}"
        case "documented":
            return f"if {mass} is of the claimed compound alone, no leaner than documented"
    order = ", the heaviest first" if claim.ordered else ""
    return f"if only the sources named are present, none leaner than documented{order}"


def _printed_mass(claim: Claim) -> str:
    """The printed mass that may be read in two ways, "" where there is none."""
    masses = [f"“{s.mass.text}”" for s in own_sources(claim) if s.mass]
    if not masses and claim.blend:
        masses = [f"“{claim.blend.text}”"]
    return " with ".join(masses)


def mending(judged: Judged, result: CheckResult) -> Mending | None:
    """The conflict of a claim: its figures, by how much they miss, and what would mend each."""
    conflict = judged.bounds.conflict
    if conflict is None:
        return None
    changes = (f"{each[:1].upper()}{each[1:]}." for each in _changes(conflict, result))
    return Mending(_missed(conflict, judged.claim), tuple(changes))


def _changes(conflict: Conflict, result: CheckResult) -> Iterator[str]:
    return words.mends(conflict, result.composition.claims)


def _missed(conflict: Conflict, claim: Claim) -> str:
    figures = listed(list(dict.fromkeys(f"“{s.text}”" for s in conflict.statements)))
    gap = at_least_mass(conflict.gap_mg, claim.unit)
    return f"Taken together, {figures} miss by at least {gap} of {claim.nutrient}."


def glycine_words(judged: Judged, result: CheckResult) -> str:
    """The arithmetic of the glycine that a claim can bring; empty where there is none."""
    found = delivered.glycine(judged, result)
    return f"Glycine as the free acid: {found.working}" if found.working else ""
