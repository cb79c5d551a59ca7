"""What a comparison is made of: figures in cells, cells in rows, rows in groups.

A cell knows the range that it stands for, so that what is no more than rounding or an open
reading is never taken for a difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chelate.intervals import Interval

Emphasis = Literal["", "above", "plain", "quiet"]
Standing = Literal["", "above", "below"]
_LEAD = re.compile(r"(at least|at most) (?=\d)")
_NUMBER = re.compile(r"[\d<−-].{0,23}", re.DOTALL)


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

    @property
    def lead(self) -> str:
        """What stands before the number of a figure: "at least", or what it is of."""
        found = _LEAD.match(self.figure)
        return " ".join(filter(None, (self.prefix, found[1] if found else "")))

    @property
    def rest(self) -> str:
        """The figure without its lead.

        >>> Line("at least 21.0 %").lead, Line("at least 21.0 %").rest
        ('at least', '21.0 %')
        """
        return _LEAD.sub("", self.figure)

    @property
    def is_number(self) -> bool:
        """Whether the figure is a number, short enough to stand on one line with its unit."""
        return self.emphasis != "plain" and bool(_NUMBER.fullmatch(self.rest))


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures of one product in one row.

    `range` is what they stand for, in the unit of the row, None where that is not known or
    not to be compared; `standing` says that it lies beyond every other known range.
    """

    lines: tuple[Line, ...]
    range: Interval | None = None
    standing: Standing = ""

    @property
    def none(self) -> str:
        """What the whole cell says where it has no figure, else ""."""
        first, *more = self.lines or (Line(""),)
        bare = first == Line(first.figure, emphasis="quiet") and not first.is_number
        return "" if more or not bare else first.figure


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
