"""What differs between products: only ranges that have no number in common do.

Nothing is called best: a figure is above or below every other known figure of its row, or
it has no mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chelate.intervals import Interval
from chelate.report.cells import Cell, Group, Row, Standing


def marked(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups, each row numbered down the page and told whether the products differ."""
    keys = iter(range(1, 1 + sum(len(group.rows) for group in groups)))
    return tuple(
        replace(group, rows=tuple(_row(row, next(keys)) for row in group.rows)) for group in groups
    )


def _row(row: Row, key: int) -> Row:
    ranges = [cell.range for cell in row.cells]
    return replace(
        row,
        cells=tuple(replace(cell, standing=standing(cell.range, ranges)) for cell in row.cells),
        key=key,
        differs=differ(ranges),
        same=len(row.cells) > 1 and len(set(map(_texts, row.cells))) == 1,
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
