"""What a comparison is made of: figures in cells, cells in rows, rows in groups.

A cell knows the range that it stands for, so that what is no more than rounding or an open
reading is never taken for a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chelate.intervals import Interval

Emphasis = Literal["", "above", "plain", "quiet"]
Standing = Literal["", "above", "below"]


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


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures of one product in one row.

    `range` is what they stand for, in the unit of the row, None where that is not known or
    not to be compared; `standing` says that it lies beyond every other known range.
    """

    lines: tuple[Line, ...]
    range: Interval | None = None
    standing: Standing = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its header, a word on what it means, one cell for each product.

    `key` is the same for the same row of every block, and rises down the page. `differs`
    says that ranges lie apart, `same` that all products of the page have the same text.
    """

    name: str
    hint: str
    cells: tuple[Cell, ...]
    key: int = 0
    differs: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together under one header."""

    name: str
    rows: tuple[Row, ...]


NOT_PRINTED = Line("not printed", emphasis="quiet")
NOT_CLAIMED = Line("not declared", emphasis="quiet")
