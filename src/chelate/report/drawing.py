"""Marks on paper: lines of text, bars and frames, in points from the top left.

A block is what has been drawn from its own top; blocks are stacked, moved and framed, and a
drawing is the last of them with the size of its page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from chelate.report.advances import is_known, lines_of, width_em
from chelate.report.inert import visible

HAIRLINE_PT = 0.5
LEADING = 1.2
_BASELINE = 0.92
_LONGEST_LEAD = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `length_pt` is its width where that is known and not assumed."""

    x_pt: float
    y_pt: float
    text: str
    size_pt: float
    bold: bool = False
    anchor: Literal["start", "end"] = "start"
    length_pt: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A rule, as the black rectangle that it is."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of hairlines."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    line_pt: float = HAIRLINE_PT


Mark = Words | Bar | Frame


@dataclass(frozen=True, slots=True)
class Block:
    """Marks placed from the top of the block, and how much of the page it takes."""

    height_pt: float
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """All marks of a page, and its size."""

    width_pt: float
    height_pt: float
    words: tuple[Words, ...]
    bars: tuple[Bar, ...]
    frames: tuple[Frame, ...]


def drawing(page: Block, width_pt: float) -> Drawing:
    """The marks of a block, by what they are."""
    return Drawing(
        width_pt,
        page.height_pt,
        tuple(mark for mark in page.marks if isinstance(mark, Words)),
        tuple(mark for mark in page.marks if isinstance(mark, Bar)),
        tuple(mark for mark in page.marks if isinstance(mark, Frame)),
    )


def stacked(blocks: Iterable[Block]) -> Block:
    """The blocks one under the other, as one block.

    >>> rule = bar(9.0, 1.0)
    >>> [mark.y_pt for mark in stacked([rule, space(3.0), rule]).marks]
    [0.0, 4.0]
    """
    top, marks = 0.0, list[Mark]()
    for block in blocks:
        marks += (replace(mark, y_pt=mark.y_pt + top) for mark in block.marks)
        top += block.height_pt
    return Block(top, tuple(marks))


def beside(blocks: Iterable[Block]) -> Block:
    """The blocks on one height, as one block that is as high as the highest."""
    parts = tuple(blocks)
    return Block(
        max((part.height_pt for part in parts), default=0.0),
        tuple(mark for part in parts for mark in part.marks),
    )


def moved(block: Block, right_pt: float) -> Block:
    """The block, further to the right."""
    marks = tuple(replace(mark, x_pt=mark.x_pt + right_pt) for mark in block.marks)
    return replace(block, marks=marks)


def raised(block: Block, up_pt: float) -> Block:
    """The block with so much cut off its top."""
    marks = tuple(replace(mark, y_pt=mark.y_pt - up_pt) for mark in block.marks)
    return Block(block.height_pt - up_pt, marks)


def space(height_pt: float) -> Block:
    """Nothing, that high."""
    return Block(height_pt)


def bar(width_pt: float, height_pt: float) -> Block:
    """A rule from the left."""
    return Block(height_pt, (Bar(0.0, 0.0, width_pt, height_pt),))


def framed(block: Block, width_pt: float, *, padding_pt: float) -> Block:
    """The block inside a box that is `width_pt` wide."""
    inside = stacked([space(padding_pt), moved(block, padding_pt), space(padding_pt)])
    frame = Frame(0.0, 0.0, width_pt, inside.height_pt)
    return replace(inside, marks=(frame, *inside.marks))


def text(
    words: str,
    width_pt: float,
    size_pt: float,
    *,
    bold: bool = False,
    hang_em: float = 0.0,
    lead: str = "",
) -> Block:
    """A paragraph from the left: its lines after the first hang, a lead before it is bold."""
    shown, first = visible(words), visible(lead)
    lead_em = width_em(f"{first} ", bold=True) if first else 0.0
    if lead_em * size_pt > width_pt * _LONGEST_LEAD:
        above = text(lead, width_pt, size_pt, bold=True)
        return stacked([above, text(words, width_pt, size_pt, bold=bold, hang_em=hang_em)])
    lines = lines_of(shown, width_pt / size_pt, bold=bold, first=lead_em, hang=hang_em)
    starts = (lead_em, *[hang_em] * (len(lines) - 1))
    marks = [
        _line(line, number, size_pt, bold=bold, x_pt=start * size_pt)
        for number, (line, start) in enumerate(zip(lines, starts, strict=True))
        if line
    ]
    leading = [_line(first, 0, size_pt, bold=True, x_pt=0.0)] if first else []
    return Block(len(lines) * LEADING * size_pt, (*leading, *marks))


def text_to_the_right(
    words: str, right_pt: float, width_pt: float, size_pt: float, *, bold: bool = False
) -> Block:
    """A paragraph whose lines end at `right_pt`."""
    lines = lines_of(visible(words), width_pt / size_pt, bold=bold)
    marks = (_line(line, number, size_pt, bold=bold, x_pt=right_pt) for number, line in
             enumerate(lines) if line)  # fmt: skip
    return Block(
        len(lines) * LEADING * size_pt,
        tuple(replace(mark, anchor="end") for mark in marks),
    )


def _line(words: str, number: int, size_pt: float, *, bold: bool, x_pt: float) -> Words:
    length_pt = width_em(words, bold=bold) * size_pt if is_known(words) else None
    baseline_pt = (number * LEADING + _BASELINE) * size_pt
    return Words(x_pt, baseline_pt, words, size_pt, bold, length_pt=length_pt)
