"""The rows of a comparison that a nutrient has: declared, sources, from elsewhere, levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chelate import sentences
from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import (
    at_least_mg,
    at_least_percent,
    at_most_mg,
    at_most_percent,
    bounds_mg,
    bounds_percent,
    mg,
    mg_range,
    percent,
)
from chelate.findings import Verdict
from chelate.intervals import Interval, total
from chelate.limits import SCOPES, Beside, beside
from chelate.report import absorbed, delivered, reasons
from chelate.report.cells import NOT_CLAIMED, NOT_PRINTED, Cell, Emphasis, Line, Row
from chelate.report.delivered import Told
from chelate.rules import Judged

_NONE = Interval(0.0, 0.0)
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
    return Line(sentences.declared_text(judged.claim), mg_range(declared.interval_mg))


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
        Line(s.mass.text, mg_range(s.mass.interval_mg) + f", {s.text}" * several)
        for s in judged.claim.sources
        if s.mass
    ]
    if judged.claim.blend:
        lines.append(Line(judged.claim.blend.text, "total of the blend that holds it"))
    return tuple(lines) or (NOT_PRINTED,)


def _compound_mg(judged: Judged, _: CheckResult) -> Interval | None:
    """The mass of the only source; several, or a blend, are not compared with it."""
    sources = judged.claim.sources
    return sources[0].mass.interval_mg if len(sources) == 1 and sources[0].mass else None


def elsewhere(judged: Judged, result: CheckResult) -> Lines:
    """The share of the element from elsewhere: in any case first, then as it may be read."""
    if not judged.claim.sources:
        return (Line("no source named", emphasis="quiet"),)
    readings = reasons.distinct(judged, result)
    in_any_case = _open(judged)
    if readings and reasons.narrows(readings[0]):
        in_any_case = _share(readings[0], judged.claim)
    said = (_share(each, judged.claim) for each in readings if _says_more(each, readings[0]))
    return (in_any_case, *said)


def elsewhere_share(judged: Judged, result: CheckResult) -> Interval | None:
    """The share from elsewhere in any case, 0-1; None where nothing printed bounds it."""
    told = delivered.told(judged, result) if judged.claim.sources else ()
    return told[0].ranges.get(ELSEWHERE_SHARE) if told and reasons.narrows(told[0]) else None


def _open(judged: Judged) -> Line:
    """What is told of a share that may be anything from none to all."""
    if judged.bounds.elsewhere_mg is None or _could_be_anything(judged):
        return Line("not bounded", "no printed mass bounds it", emphasis="quiet")
    return Line("0 % or more", _why_open(judged))


def _why_open(judged: Judged) -> str:
    if judged.bounds.conflict:
        return "by itself; not all the figures printed can be true together"
    if judged.verdict is Verdict.DECLARED_BLEND:
        return "a blend is declared, not how much of each"
    return "all of it may be as claimed"


def _could_be_anything(judged: Judged) -> bool:
    """Whether the sources have no stoichiometry, so that a mass that fits bounds nothing."""
    held = judged.bounds.tightest
    return held is not None and held.fraction == 1 and not judged.bounds.elsewhere_mg


def _says_more(told: Told, first: Told) -> bool:
    shares = (each.ranges.get(ELSEWHERE_SHARE, _NONE) for each in (told, first))
    return len(set(map(bounds_percent, shares))) > 1


def _share(told: Told, claim: Claim) -> Line:
    """The share from elsewhere that a reading leaves, with the mass that it is."""
    share, mass = told.ranges[ELSEWHERE_SHARE], told.ranges[ELSEWHERE]
    if told.reading.name == "named" and any(s.share for s in claim.sources):
        return Line(bounds_percent(share), "as the label prints the shares")
    name = reasons.reading_name(told, claim)
    if share.high == 1:
        return Line(f"at least {at_least_percent(share.low)}", f"{at_least_mg(mass.low)}, {name}")
    if share.low == 0:
        return Line(f"at most {at_most_percent(share.high)}", f"{at_most_mg(mass.high)}, {name}")
    return Line(bounds_percent(share), f"{bounds_mg(mass)}, {name}")


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
    level, amount = same[0], f"{same[0].amount_mg:,g} mg"
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
    notes = [f"{len(known)} rows, {mg(sum(known))} in all"] * (len(known) > 1)
    notes += [f"{servings:g} servings a day"] * (servings != 1)
    line = Line(percent(found.fraction), "; ".join(notes))
    exceeds = replace(line, figure=f"{line.figure}, exceeds it", emphasis="above")
    return Cell((exceeds if found.exceeded else line,) if known else (NOT_CLAIMED,))
