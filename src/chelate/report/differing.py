"""What differs between products: only ranges that have no number in common do.

Nothing is called best: a figure is above or below every other known figure of its row, or
it has no mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chelate.intervals import Interval
from chelate.report.cells import Cell, Group, Row, Standing

Key = tuple[str, str]
Groups = tuple[Group, ...]
_MOST_ROWS = 100


def marked(blocks: Sequence[Groups], order: Sequence[str]) -> tuple[Groups, ...]:
    """The groups of every block, each row told whether the products of the whole page differ.

    `order` are the names of all groups, as they stand on the page.
    """
    cells: dict[Key, list[Cell]] = {}
    for group in (group for groups in blocks for group in groups):
        for row in group.rows:
            cells.setdefault((group.name, row.name), []).extend(row.cells)
    products = max(map(len, cells.values()), default=0)
    return tuple(
        tuple(_group(group, cells, order.index(group.name), products) for group in groups)
        for groups in blocks
    )


def _group(group: Group, cells: Mapping[Key, list[Cell]], place: int, products: int) -> Group:
    rows = (
        _row(row, cells[group.name, row.name], place * _MOST_ROWS + number, products)
        for number, row in enumerate(group.rows, start=1)
    )
    return replace(group, rows=tuple(rows))


def _row(row: Row, cells: Sequence[Cell], key: int, products: int) -> Row:
    ranges = [cell.range for cell in cells]
    return replace(
        row,
        cells=tuple(replace(cell, standing=standing(cell.range, ranges)) for cell in row.cells),
        key=key,
        differs=differ(ranges),
        same=len(cells) == products > 1 and len(set(map(_texts, cells))) == 1,
    )


def _texts(cell: Cell) -> tuple[tuple[str, str, str], ...]:
    return tuple((line.prefix, line.figure, line.note) for line in cell.lines)


def differ(ranges: Sequence[Interval | None]) -> bool:
    """Whether two of the known ranges have no number in common.

    >>> differ([Interval(0, 2), Interval(1, 3), None]), differ([Interval(0, 1), Interval(2, 3)])
    (False, True)
    """
    known = [each for each in ranges if each]
    return bool(known) and max(r.low for r in known) > min(r.high for r in known)


def standing(own: Interval | None, ranges: Sequence[Interval | None]) -> Standing:
    """Where a range lies to all the other known ones of its row; "" where any overlaps.

    >>> standing(Interval(2, 3), [Interval(0, 1), Interval(2, 3), None])
    'above'
    """
    known = [each for each in ranges if each]
    if own is None or len(known) < 2:
        return ""
    if sum(each.high >= own.low for each in known) == 1:
        return "above"
    return "below" if sum(each.low <= own.high for each in known) == 1 else ""
