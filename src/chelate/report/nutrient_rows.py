"""The rows of a comparison that a nutrient has: declared, sources, from elsewhere, levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chelate import sentences
from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE
from chelate.checker import CheckResult
from chelate.composition import Claim, Printed
from chelate.figures import (
    at_least_mass,
    at_least_percent,
    at_most_mass,
    at_most_percent,
    bounds_mass,
    bounds_percent,
    mass,
    percent,
    stated_range,
)
from chelate.findings import Verdict
from chelate.intervals import Interval, total
from chelate.limits import SCOPES, Beside, beside
from chelate.report import absorbed, bars, delivered, reasons
from chelate.report.cells import NOT_CLAIMED, NOT_PRINTED, Cell, Emphasis, Line, Row
from chelate.report.delivered import Told
from chelate.rules import Judged

_NONE = Interval(0.0, 0.0)
_USUAL = re.compile(r"[\d.,'’\s]+(?:mg|µg|μg|mcg|g)", re.IGNORECASE)
Lines = tuple[Line, ...]
OfClaim = Callable[[Judged, CheckResult], Lines]
RangeOf = Callable[[Judged, CheckResult], Interval | None]


def nutrient_rows(nutrient: str, results: Sequence[CheckResult]) -> Iterator[Row]:
    """The rows of a nutrient that at least one of the products declares."""

    def row(name: str, hint: str, of_claim: OfClaim, range_of: RangeOf = lambda j, r: None) -> Row:
        return Row(name, hint, tuple(_cell(nutrient, r, of_claim, range_of) for r in results))

    yield _elemental_row(nutrient, results)
    yield row("Source named", "as printed", _sources)
    yield row("Compound mass printed", "per serving", _compound, _compound_mg)
    yield row(
        "Share from elsewhere",
        "what cannot be from the chelate claimed; without a chelate, from any source named",
        elsewhere,
        elsewhere_share,
    )
    if nutrient == absorbed.OF:
        yield row(
            "Absorbed, of one sitting",
            "what studies found of the form, at 100–250 mg; not of this product, and no dose is "
            "multiplied by it",
            _absorbed,
        )
    yield from _level_rows(nutrient, results)


def claims_of(nutrient: str, result: CheckResult) -> tuple[Judged, ...]:
    """The claims of a nutrient, in printed order."""
    return tuple(j for j in result.judged if j.claim.nutrient == nutrient)


def _cell(nutrient: str, result: CheckResult, of_claim: OfClaim, range_of: RangeOf) -> Cell:
    claims = claims_of(nutrient, result)
    lines = tuple(line for j in claims for line in of_claim(j, result)) or (NOT_CLAIMED,)
    return Cell(lines, range_of(claims[0], result) if len(claims) == 1 else None)


def _elemental_row(nutrient: str, results: Sequence[CheckResult]) -> Row:
    cells = tuple(elemental(nutrient, result) for result in results)
    return Row("Elemental, per serving", "as printed, and what the digits stand for", cells)


def elemental(nutrient: str, result: CheckResult) -> Cell:
    """What each claim of a nutrient declares; the range is that of their sum."""
    lines = tuple(_elemental(judged) for judged in claims_of(nutrient, result))
    return Cell(lines or (NOT_CLAIMED,), declared_mg(nutrient, result))


def declared_mg(nutrient: str, result: CheckResult) -> Interval | None:
    """What the claims of a nutrient declare in all, None unless each is readable."""
    printed = [j.claim.declared for j in claims_of(nutrient, result)]
    known = [each.interval_mg for each in printed if each]
    return total(known) if known and len(known) == len(printed) else None


def _elemental(judged: Judged) -> Line:
    declared = judged.claim.declared
    if declared is None:
        return Line("not readable", "no elemental amount is printed that can be read")
    text, unit = sentences.declared_text(judged.claim), judged.claim.unit
    meant = stated_range(declared.interval_mg, unit)
    if _USUAL.fullmatch(text):
        return Line(text, meant)
    return Line(mass(declared.value_mg, unit), f"“{text}” as printed, {meant}")


def _sources(judged: Judged, _: CheckResult) -> Lines:
    where = {"product": "only in the product's name",
             "other_ingredients": "only in the other ingredients"}  # fmt: skip
    claim = judged.claim
    if not claim.sources:
        return (Line("none named", emphasis="quiet"),)
    note = where.get(claim.inferred_from, "")
    return tuple(Line(s.text, note, emphasis="plain") for s in claim.sources)


def _compound(judged: Judged, _: CheckResult) -> Lines:
    several = len(judged.claim.sources) > 1
    lines = [
        Line(s.mass.text, _meant(s.mass, judged.claim) + f", {s.text}" * several)
        for s in judged.claim.sources
        if s.mass
    ]
    if judged.claim.blend:
        lines.append(Line(judged.claim.blend.text, "total of the blend that holds it"))
    return tuple(lines) or (NOT_PRINTED,)


def _meant(printed: Printed, claim: Claim) -> str:
    """The masses that a printed mass of a source stands for."""
    return stated_range(printed.interval_mg, claim.material_unit(printed.interval_mg.high))


def _compound_mg(judged: Judged, _: CheckResult) -> Interval | None:
    """The mass of the only source; several, or a blend, are not compared with it."""
    sources = judged.claim.sources
    return sources[0].mass.interval_mg if len(sources) == 1 and sources[0].mass else None


def elsewhere(judged: Judged, result: CheckResult) -> Lines:
    """The share of the element from elsewhere: in any case first, then as it may be read."""
    first = elsewhere_in_any_case(judged, result)
    readings = reasons.distinct(judged, result) if judged.claim.sources else ()
    said = (_share(each, judged.claim) for each in readings if _says_more(each, readings[0]))
    return (first, *said)


def elsewhere_in_any_case(judged: Judged, result: CheckResult) -> Line:
    """The share of the element from elsewhere however the printed masses are read."""
    if not judged.claim.sources:
        return Line("no source named", emphasis="quiet")
    told = delivered.in_any_case(judged, result)
    return _share(told, judged.claim) if told and reasons.narrows(told) else _open(judged, told)


def elsewhere_share(judged: Judged, result: CheckResult) -> Interval | None:
    """The share from elsewhere in any case, 0-1; None where nothing printed tests it."""
    told = delivered.in_any_case(judged, result) if judged.claim.sources else None
    return told.ranges.get(ELSEWHERE_SHARE) if told and bars.is_tested(told, judged) else None


def _open(judged: Judged, told: Told | None) -> Line:
    """What is told of a share that may be anything from none to all."""
    if not told or not bars.is_tested(told, judged):
        return Line("not known", "nothing printed tests it", emphasis="quiet")
    return Line(bounds_percent(reasons.ALL), _why_open(judged))


def _why_open(judged: Judged) -> str:
    if judged.bounds.conflict:
        return "by itself; not all the figures printed can be true together"
    if judged.verdict is Verdict.DECLARED_BLEND:
        return "a blend is declared, not how much of each"
    return "all of it may be as claimed"


def _says_more(told: Told, first: Told) -> bool:
    shares = (each.ranges.get(ELSEWHERE_SHARE, _NONE) for each in (told, first))
    return len(set(map(bounds_percent, shares))) > 1


def _share(told: Told, claim: Claim) -> Line:
    """The share from elsewhere that a reading leaves, with the mass that it is."""
    share, held_mg = told.ranges[ELSEWHERE_SHARE], told.ranges[ELSEWHERE]
    if told.reading.name == "named" and any(s.share for s in claim.sources):
        return Line(bounds_percent(share), "as the label prints the shares")
    name, unit = reasons.reading_name(told, claim), claim.unit
    if share.high == 1:
        least = at_least_mass(held_mg.low, unit)
        return Line(f"at least {at_least_percent(share.low)}", f"{least}, {name}")
    if share.low == 0:
        most = at_most_mass(held_mg.high, unit)
        return Line(f"at most {at_most_percent(share.high)}", f"{most}, {name}")
    return Line(bounds_percent(share), f"{bounds_mass(held_mg, unit)}, {name}")


def _absorbed(judged: Judged, result: CheckResult) -> Lines:
    """A range with its grade, or that there are no adequate data: never a point, never ranked."""
    found = absorbed.absorbed(judged, result)
    if found is None:
        return (Line("not known", "the form is not named", emphasis="quiet"),)
    emphasis: Emphasis = "" if found.said.range else "quiet"
    return (Line(found.said.words, found.note, emphasis=emphasis, target=absorbed.ANCHOR),)


def _level_rows(nutrient: str, results: Sequence[CheckResult]) -> Iterator[Row]:
    """Reference values, then upper levels: authorities that agree share a row."""
    levels: dict[tuple[str, float, str], list[Beside]] = {}
    for level in beside(nutrient, 1.0):
        name = "" if level.kind == "UL" else level.name
        levels.setdefault((name, level.amount_mg, level.scope), []).append(level)
    for same in sorted(
        levels.values(), key=lambda same: (same[0].kind == "UL") * same[0].amount_mg
    ):
        cells = tuple(_level_cell(nutrient, same[0], result) for result in results)
        yield Row(*_level_header(same), cells)


def _level_header(same: Sequence[Beside]) -> tuple[str, str]:
    level, amount = same[0], same[0].amount
    if level.kind != "UL":
        return f"Of the {level.name}", f"{amount}; one serving"
    authorities = ", ".join(each.name.partition(", ")[2] for each in same)
    return f"Of the upper level of {amount}", f"{authorities}; a day, {SCOPES[level.scope]}, adults"


def _level_cell(nutrient: str, level: Beside, result: CheckResult) -> Cell:
    """What all rows of a nutrient come to: a level is of the nutrient, not of one claim."""
    printed = [j.claim.declared for j in claims_of(nutrient, result)]
    known = [each.value_mg for each in printed if each]
    if len(known) < len(printed):
        return Cell((Line("not known", emphasis="quiet"),))
    servings = result.composition.serving.servings_per_day if level.kind == "UL" else 1
    found = replace(level, fraction=sum(known) / level.amount_mg * servings)
    notes = [f"{len(known)} rows, {mass(sum(known), level.unit)} in all"] * (len(known) > 1)
    notes += [f"{servings:g} servings a day"] * (servings != 1)
    line = Line(percent(found.fraction), "; ".join(notes))
    exceeds = replace(line, figure=f"{line.figure}, exceeds it", emphasis="above")
    if not known:
        return Cell((NOT_CLAIMED,))
    per_mg = servings / level.amount_mg
    meant = total(each.interval_mg for each in printed if each).scaled(per_mg)
    return Cell((exceeds if found.exceeded else line,), meant)
