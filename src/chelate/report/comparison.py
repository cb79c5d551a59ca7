"""The comparison: one column for each product, one row for each figure, lines in each cell.

Products stand in blocks of as many as fit side by side on a screen or on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from chelate import catalogue
from chelate.bounds.ranges import GLYCINE
from chelate.catalogue import names
from chelate.checker import CheckResult
from chelate.figures import at_most_mg, bounds_mg
from chelate.findings import Severity
from chelate.intervals import Interval
from chelate.report import delivered, differing, reasons
from chelate.report.anchors import Anchor, anchors
from chelate.report.cells import NOT_CLAIMED, Cell, Group, Line, Row
from chelate.report.nutrient_rows import nutrient_rows
from chelate.report.serving_rows import serving_rows
from chelate.rules import Judged

ABREAST = 5
_LAST = ("Glycine", "Serving", "Findings")
_NONE = Interval(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Block:
    """Products that stand side by side: `first` is the number of the first, from one."""

    first: int
    results: tuple[CheckResult, ...]
    anchors: tuple[Anchor, ...] = ()

    @property
    def last(self) -> int:
        """The number of the last product."""
        return self.first + len(self.results) - 1


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


def _anchored(results: Sequence[CheckResult]) -> Iterator[Block]:
    ids = anchors(results)
    return (replace(b, anchors=ids[b.first - 1 : b.last]) for b in blocks(results))


def compared(results: Sequence[CheckResult]) -> Iterator[tuple[Block, tuple[Group, ...]]]:
    """Each block with its rows, marked where the products of the whole page differ."""
    found, order = tuple(_anchored(results)), [*map(_name, _nutrients(results)), *_LAST]
    return zip(found, differing.marked([_groups(block) for block in found], order), strict=True)


def _groups(block: Block) -> tuple[Group, ...]:
    """The rows of a block: each nutrient claimed in it, glycine, the serving, the findings."""
    results = block.results
    rows = ((_glycine_row(results),), serving_rows(results), _finding_rows(block))
    return (
        *(Group(_name(n), tuple(nutrient_rows(n, results))) for n in _nutrients(results)),
        *(Group(name, tuple(each)) for name, each in zip(_LAST, rows, strict=True)),
    )


def _nutrients(results: Sequence[CheckResult]) -> list[str]:
    """The nutrients that any of the products claims, magnesium first."""
    claimed = dict.fromkeys(j.claim.nutrient for r in results for j in r.judged)
    return sorted(claimed, key=lambda name: name != "magnesium")


def _name(nutrient: str) -> str:
    return catalogue.nutrients()[nutrient].name


def _glycine_row(results: Sequence[CheckResult]) -> Row:
    return Row(
        "Free acid delivered, per serving",
        "computed from the claimed source; a row of its own is as printed",
        tuple(glycine_cell(result) for result in results),
    )


def glycine_cell(result: CheckResult) -> Cell:
    """Glycine as the free acid that each claim can bring, and glycine printed on its own."""
    found = [(j, delivered.glycine(j, result)) for j in result.judged]
    brings = [pair for pair in found if pair[1].range_mg != _NONE] or found[:1]
    several = len(found) > 1 and brings[0][1].range_mg != _NONE
    lines = [
        line
        for judged, glycine in brings
        for line in _glycine_lines(judged, result, glycine, several=several)
    ]
    lines += _printed_glycine(result)
    return Cell(tuple(lines) or (NOT_CLAIMED,), glycine_mg(result))


def glycine_mg(result: CheckResult) -> Interval | None:
    """Glycine that the only claim of a label can bring, None where that is not known."""
    if len(result.judged) != 1 or _printed_glycine(result):
        return None
    found = delivered.glycine(result.judged[0], result)
    if found.range_mg is None or not found.at_most:
        return found.range_mg
    return Interval(0.0, found.range_mg.high)


def _printed_glycine(result: CheckResult) -> tuple[Line, ...]:
    return tuple(
        Line(row.amount or "no amount", "printed as an ingredient of its own")
        for row in result.label.facts
        if names.normalise(row.name) in ("glycine", "l glycine")
    )


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
    if found.range_mg == _NONE:
        return Line("0 mg", found.condition, prefix, "quiet")
    return Line(bounds_mg(found.range_mg), found.condition, prefix)


def _finding_rows(block: Block) -> Iterator[Row]:
    for severity in Severity:
        cells = tuple(
            _finding_cell(result, anchor, severity)
            for result, anchor in zip(block.results, block.anchors, strict=True)
        )
        yield Row(f"{severity.value.capitalize()}s", "", cells)


def _finding_cell(result: CheckResult, anchor: Anchor, severity: Severity) -> Cell:
    lines = [
        Line(
            finding.code,
            finding.name.replace("-", " ") + (f": “{finding.words}”" if finding.words else ""),
            target=target,
        )
        for finding, target in zip(result.findings, anchor.findings, strict=True)
        if finding.severity is severity
    ]
    return Cell(tuple(lines) or (Line("none", emphasis="quiet"),))
