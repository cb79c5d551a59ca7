"""The comparison: one column for each product, one row for each figure, lines in each cell.

On a screen all products stand in one table. Paper has sheets of as many as fit abreast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from chelate import catalogue
from chelate.bounds.ranges import GLYCINE
from chelate.catalogue import names
from chelate.checker import CheckResult
from chelate.figures import at_most_mass, bounds_mass
from chelate.findings import Severity
from chelate.intervals import Interval
from chelate.report import delivered, differing, reasons
from chelate.report.anchors import Anchor, anchors
from chelate.report.cells import NOT_CLAIMED, Cell, Group, Line, Row
from chelate.report.glycine import in_any_case
from chelate.report.nutrient_rows import nutrient_rows
from chelate.report.price_rows import price_rows
from chelate.report.serving_rows import serving_rows
from chelate.rules import Judged

ON_PAPER = 4
_LAST = ("Glycine", "Serving", "Price", "Findings")
IN_ANY_CASE = "in any case"
_NONE = Interval(0.0, 0.0)


def compared(results: Sequence[CheckResult]) -> tuple[Group, ...]:
    """The rows of the comparison, marked where the products differ.

    They are of each nutrient that is claimed, glycine, serving, price and findings.
    """
    nutrients = _nutrients(results)
    prices = price_rows(nutrients, results)
    rows = ((_glycine_row(results),), serving_rows(results), prices, _finding_rows(results))
    groups = (
        *(Group(_name(n), tuple(nutrient_rows(n, results))) for n in nutrients),
        *(Group(name, tuple(each)) for name, each in zip(_LAST, rows, strict=True)),
    )
    return differing.marked([group for group in groups if group.rows])


def sheets(count: int) -> Iterator[slice]:
    """Which products stand on which sheet: no more than fit, and nearly as many on each.

    >>> [(sheet.start, sheet.stop) for sheet in sheets(9)]
    [(0, 3), (3, 6), (6, 9)]
    """
    first = 0
    while first < count:
        left = count - first
        size = ceil(left / ceil(left / ON_PAPER))
        yield slice(first, first + size)
        first += size


def on_sheet(groups: Sequence[Group], sheet: slice) -> tuple[Group, ...]:
    """The rows of the products of one sheet, without nutrients that none of them declares.

    A row differs on a sheet where two of its own figures do.
    """
    found = (Group(group.name, tuple(_cut(row, sheet) for row in group.rows)) for group in groups)
    return tuple(group for group in found if any(map(_is_declared, group.rows)))


def _cut(row: Row, sheet: slice) -> Row:
    cells = row.cells[sheet]
    return replace(row, cells=cells, differs=differing.differ([cell.range for cell in cells]))


def _is_declared(row: Row) -> bool:
    return any(line != NOT_CLAIMED for cell in row.cells for line in cell.lines)


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


def glycine_cell(result: CheckResult, *, as_documented: bool = True) -> Cell:
    """Glycine as the free acid that each claim can bring, and glycine printed on its own.

    What holds in any case stands first, and is what the cell is compared by. `as_documented`
    tells the range of what is documented too.
    """
    found = [(j, delivered.glycine(j, result)) for j in result.judged]
    brings = [pair for pair in found if pair[1].range_mg != _NONE] or found[:1]
    several = len(found) > 1 and brings[0][1].range_mg != _NONE
    lines = [
        line
        for judged, glycine in brings
        for line in (
            *_glycine_lines(glycine, judged, result, judged.claim.nutrient if several else ""),
            *(_documented(judged, result) if as_documented else ()),
        )
    ]
    printed = _printed_glycine(result)
    adds_up = len(brings) > 1 or (printed and brings and brings[0][1].range_mg != _NONE)
    in_all = glycine_mg(result) if adds_up else None
    first = [Line(bounds_mass(in_all), "in all, however the label is read")] if in_all else []
    return Cell((*first, *lines, *printed) or (NOT_CLAIMED,), glycine_mg(result))


def glycine_mg(result: CheckResult) -> Interval | None:
    """Glycine that all of a label can bring in any case, None where that is not known."""
    found = [delivered.glycine(judged, result).range_mg for judged in result.judged]
    if None in found or not (found or _printed_glycine(result)):
        return None
    return in_any_case(result)


def _printed_glycine(result: CheckResult) -> tuple[Line, ...]:
    return tuple(
        Line(row.amount or "no amount", "printed as an ingredient of its own")
        for row in result.label.facts
        if names.normalise(row.name) in ("glycine", "l glycine")
    )


def _documented(judged: Judged, result: CheckResult) -> Iterator[Line]:
    """What a claim brings if its sources are no leaner than documented."""
    for told in delivered.told(judged, result):
        found = told.ranges.get(GLYCINE, _NONE)
        if told.reading.name == "documented" and found.low:
            yield Line(bounds_mass(found), reasons.reading_name(told, judged.claim))


def _glycine_lines(
    found: delivered.Delivered, judged: Judged, result: CheckResult, nutrient: str
) -> Iterator[Line]:
    """What a claim brings in any case, then what it brings if its sources are all there is."""
    any_mg = delivered.glycine_in_any_case(judged, result)
    prefix = f"with {nutrient}:" if nutrient else ""
    if any_mg and delivered.glycine_if_all(judged, result):
        figure = bounds_mass(any_mg) if any_mg.low else f"at most {at_most_mass(any_mg.high)}"
        yield Line(figure, IN_ANY_CASE, prefix)
        prefix = ""
    yield _glycine_line(found, prefix)


def _glycine_line(found: delivered.Delivered, prefix: str) -> Line:
    if found.range_mg is None:
        return Line("not computable", found.condition, prefix, "quiet")
    if found.at_most:
        return Line(f"at most {at_most_mass(found.range_mg.high)}", found.condition, prefix)
    if found.range_mg == _NONE:
        return Line("0 mg", found.condition, prefix, "quiet")
    return Line(bounds_mass(found.range_mg), found.condition, prefix)


def _finding_rows(results: Sequence[CheckResult]) -> Iterator[Row]:
    ids = anchors(results)
    for severity in Severity:
        cells = tuple(
            _finding_cell(result, anchor, severity)
            for result, anchor in zip(results, ids, strict=True)
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
