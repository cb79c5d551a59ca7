"""The comparison: one column for each product, one row for each figure, lines in each cell.

Products stand in blocks of as many as fit side by side on a screen or on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from chelate import catalogue, sentences
from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE
from chelate.bounds.ranges import GLYCINE
from chelate.catalogue import names
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
from chelate.findings import Severity, Verdict
from chelate.intervals import Interval
from chelate.limits import SCOPES, Beside, beside
from chelate.report import absorbed, delivered, marks, reasons
from chelate.report.delivered import Told
from chelate.rules import Judged

Emphasis = Literal["", "above", "plain", "quiet"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a cell, with what it is of (`prefix`) and what it supposes (`note`).

    `target` is the id of what the figure speaks of, where it is a link.
    """

    figure: str
    note: str = ""
    prefix: str = ""
    emphasis: Emphasis = ""
    target: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its header, a word on what it means, one cell for each product."""

    name: str
    hint: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together under one header."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Products that stand side by side: `first` is the number of the first, from one."""

    first: int
    results: tuple[CheckResult, ...]

    @property
    def last(self) -> int:
        """The number of the last product."""
        return self.first + len(self.results) - 1


ABREAST = 5
NONE = Interval(0.0, 0.0)
NOT_PRINTED = Line("not printed", emphasis="quiet")
NOT_CLAIMED = Line("not declared", emphasis="quiet")
OfClaim = Callable[[Judged, CheckResult], Cell]


def blocks(results: Sequence[CheckResult]) -> Iterator[Block]:
    """Blocks of nearly the same size, none larger than stand well side by side.

    >>> [len(block.results) for block in blocks([None] * 17)]
    [5, 4, 4, 4]
    """
    left, first = tuple(results), 1
    while left:
        size = ceil(len(left) / ceil(len(left) / ABREAST))
        yield Block(first, left[:size])
        left, first = left[size:], first + size


def groups(block: Block) -> tuple[Group, ...]:
    """The rows of a block: each nutrient claimed in it, glycine, the findings."""
    results = block.results
    nutrients = dict.fromkeys(j.claim.nutrient for r in results for j in r.judged)
    ordered = sorted(nutrients, key=lambda name: name != "magnesium")
    return (
        *(Group(_nutrient_name(name), tuple(_nutrient_rows(name, results))) for name in ordered),
        Group("Glycine", (_glycine_row(results),)),
        Group("Findings", tuple(_finding_rows(block))),
    )


def _nutrient_name(nutrient: str) -> str:
    return catalogue.nutrients()[nutrient].name


def _nutrient_rows(nutrient: str, results: Sequence[CheckResult]) -> Iterator[Row]:
    def row(name: str, hint: str, of_claim: OfClaim) -> Row:
        return Row(name, hint, tuple(_cell(nutrient, result, of_claim) for result in results))

    yield row("Elemental, per serving", "as printed, and what the digits stand for", _elemental)
    yield row("Source named", "as printed", _sources)
    yield row("Compound mass printed", "per serving", _compound)
    yield row(
        "Share from elsewhere",
        "what cannot be from the chelate claimed; without a chelate, from any source named",
        elsewhere,
    )
    if nutrient == absorbed.OF:
        yield row(
            "Absorbed, of one sitting",
            "what studies found of the form, at 100–250 mg; not of this product, and no dose is "
            "multiplied by it",
            _absorbed,
        )
    yield from _level_rows(nutrient, results)


def _cell(nutrient: str, result: CheckResult, of_claim: OfClaim) -> Cell:
    claims = [j for j in result.judged if j.claim.nutrient == nutrient]
    return tuple(line for j in claims for line in of_claim(j, result)) or (NOT_CLAIMED,)


def _elemental(judged: Judged, _: CheckResult) -> Cell:
    declared = judged.claim.declared
    if declared is None:
        return (Line("not readable", "no elemental amount is printed that can be read"),)
    return (Line(sentences.declared_text(judged.claim), mg_range(declared.interval_mg)),)


def _sources(judged: Judged, _: CheckResult) -> Cell:
    where = {"product": "only in the product's name",
             "other_ingredients": "only in the other ingredients"}  # fmt: skip
    claim = judged.claim
    if not claim.sources:
        return (Line("none named", emphasis="quiet"),)
    note = where.get(claim.inferred_from, "")
    return tuple(Line(s.text, note, emphasis="plain") for s in claim.sources)


def _compound(judged: Judged, _: CheckResult) -> Cell:
    several = len(judged.claim.sources) > 1
    lines = [
        Line(s.mass.text, mg_range(s.mass.interval_mg) + f", {s.text}" * several)
        for s in judged.claim.sources
        if s.mass
    ]
    if judged.claim.blend:
        lines.append(Line(judged.claim.blend.text, "total of the blend that holds it"))
    return tuple(lines) or (NOT_PRINTED,)


def elsewhere(judged: Judged, result: CheckResult) -> Cell:
    """The share of the element from elsewhere: in any case first, then as it may be read."""
    if not judged.claim.sources:
        return (Line("no source named", emphasis="quiet"),)
    readings = reasons.distinct(judged, result)
    in_any_case = _open(judged)
    if readings and reasons.narrows(readings[0]):
        in_any_case = _share(readings[0], judged.claim)
    said = (_share(each, judged.claim) for each in readings if _says_more(each, readings[0]))
    return (in_any_case, *said)


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
    shares = (each.ranges.get(ELSEWHERE_SHARE, NONE) for each in (told, first))
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


def _absorbed(judged: Judged, result: CheckResult) -> Cell:
    """A range with its grade, or that there are no adequate data: never a point."""
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
    printed = [j.claim.declared for j in result.judged if j.claim.nutrient == nutrient]
    known = [each.value_mg for each in printed if each]
    if len(known) < len(printed):
        return (Line("not known", emphasis="quiet"),)
    servings = result.composition.serving.servings_per_day if level.kind == "UL" else 1
    found = replace(level, fraction=sum(known) / level.amount_mg * servings)
    notes = [f"{len(known)} rows, {mg(sum(known))} in all"] * (len(known) > 1)
    notes += [f"{servings:g} servings a day"] * (servings != 1)
    line = Line(percent(found.fraction), "; ".join(notes))
    exceeds = replace(line, figure=f"{line.figure}, exceeds it", emphasis="above")
    return (exceeds if found.exceeded else line,) if known else (NOT_CLAIMED,)


def _glycine_row(results: Sequence[CheckResult]) -> Row:
    return Row(
        "Free acid delivered, per serving",
        "computed from the claimed source; a row of its own is as printed",
        tuple(glycine_cell(result) for result in results),
    )


def glycine_cell(result: CheckResult) -> Cell:
    """Glycine as the free acid that each claim can bring, and glycine printed on its own."""
    found = [(j, delivered.glycine(j, result)) for j in result.judged]
    brings = [pair for pair in found if pair[1].range_mg != NONE] or found[:1]
    several = len(found) > 1 and brings[0][1].range_mg != NONE
    lines = [
        line
        for judged, glycine in brings
        for line in _glycine_lines(judged, result, glycine, several=several)
    ]
    lines += [
        Line(row.amount or "no amount", "printed as an ingredient of its own")
        for row in result.label.facts
        if names.normalise(row.name) in ("glycine", "l glycine")
    ]
    return tuple(lines) or (NOT_CLAIMED,)


def _glycine_lines(
    judged: Judged, result: CheckResult, found: delivered.Delivered, *, several: bool
) -> Iterator[Line]:
    """What a claim can bring; where only the most is known, then what is documented."""
    prefix = judged.claim.nutrient if several else ""
    yield _glycine_line(found, prefix)
    for told in delivered.told(judged, result) if found.at_most else ():
        if told.reading.name == "documented" and told.ranges[GLYCINE].low:
            name = reasons.reading_name(told, judged.claim)
            yield Line(bounds_mg(told.ranges[GLYCINE]), name)


def _glycine_line(found: delivered.Delivered, nutrient: str) -> Line:
    prefix = f"with {nutrient}:" if nutrient else ""
    if found.range_mg is None:
        return Line("not computable", found.condition, prefix, "quiet")
    if found.at_most:
        return Line(f"at most {at_most_mg(found.range_mg.high)}", found.condition, prefix)
    if found.range_mg == NONE:
        return Line("0 mg", found.condition, prefix, "quiet")
    return Line(bounds_mg(found.range_mg), found.condition, prefix)


def _finding_rows(block: Block) -> Iterator[Row]:
    for severity in Severity:
        cells = tuple(
            _finding_cell(result, number, severity)
            for number, result in enumerate(block.results, start=block.first)
        )
        yield Row(f"{severity.value.capitalize()}s", "", cells)


def _finding_cell(result: CheckResult, product: int, severity: Severity) -> Cell:
    lines = [
        Line(
            finding.code,
            finding.name.replace("-", " ") + (f": “{finding.words}”" if finding.words else ""),
            target=marks.finding_id(product, number),
        )
        for number, finding in enumerate(result.findings, start=1)
        if finding.severity is severity
    ]
    return tuple(lines) or (Line("none", emphasis="quiet"),)
