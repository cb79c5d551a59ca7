"""Lines of text: aligned tables, remarks, and columns that would say nothing left out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress

WIDTH = 88
WORKING_WIDTH = 96

Row = Sequence[str]
_KEPT = re.compile(r"(?<=[0-9]) (?=(?:%|mg|µg|g|kg|mL|g/mL)(?![A-Za-z]))|(?<=1) (?=[+−])| (?=x\b)")


def aligned(rows: Iterable[Row], *, left: Collection[int] = (0,)) -> Iterator[str]:
    """Rows as lines, the columns of `left` to the left, the others to the right.

    >>> list(aligned([("", "per day"), ("zinc", "15 mg")]))
    ['      per day', 'zinc    15 mg']
    """
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            text.ljust(width) if index in left else text.rjust(width)
            for index, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def without_empty(rows: Sequence[Row], keep: Collection[int] = (0,)) -> list[Row]:
    """A table with its head, without the columns that no row below the head fills."""
    filled = [index in keep or any(row[index] for row in rows[1:]) for index in range(len(rows[0]))]
    return [tuple(compress(row, filled)) for row in rows]


def remark(text: str) -> list[str]:
    """A remark as a bulleted paragraph; a number stays on the line of its unit.

    >>> remark("It is 5 %.")
    ['* It is 5 %.']
    """
    kept = _KEPT.sub("\u00a0", text)
    lines = textwrap.wrap(kept, WIDTH, initial_indent="* ", subsequent_indent="  ")
    return [line.replace("\u00a0", " ") for line in lines]


def remarks(texts: Iterable[str]) -> Iterator[str]:
    """Remarks, each once."""
    for text in dict.fromkeys(texts):
        yield from remark(text)


def worked(lines: Iterable[str]) -> Iterator[str]:
    """Lines of arithmetic, indented below their heading."""
    for line in lines:
        yield from textwrap.wrap(
            line, WORKING_WIDTH, initial_indent="    ", subsequent_indent="      "
        )


def blocks(*several: Iterable[str]) -> Iterator[str]:
    """Blocks of lines with an empty line between them; empty blocks are left out."""
    first = True
    for lines in several:
        block = list(lines)
        if block and not first:
            yield ""
        first = first and not block
        yield from block
