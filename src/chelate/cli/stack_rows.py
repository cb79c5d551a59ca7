"""Rows and sentences that the parts of the output of `chelate stack` share."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from chelate.cli.footer import WIDTH
from chelate.figures import mg, number, percent
from chelate.limits import SCOPES, Beside

Row = tuple[str, ...]


def aligned(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as lines, the first column to the left, the others to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *others in table:
        cells = [first.ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def level_row(level: Beside) -> Row:
    """A reference value or upper level, its mass, and the share of it that a day gives."""
    scope = f" ({SCOPES[level.scope]})" if level.scope else ""
    share = percent(level.fraction, decimals=0)
    return f"{level.name}{scope}", f"{number(level.amount_mg)} mg", share


def shares(mass_mg: float, levels: Iterable[Beside]) -> Iterator[str]:
    """The arithmetic of a daily mass as a share of reference values and levels."""
    for level in levels:
        share = percent(level.fraction, decimals=0)
        yield f"  {mg(mass_mg)} / {number(level.amount_mg)} mg = {share} of the {level.name}"


def indented(text: str) -> list[str]:
    """A paragraph under a heading, wrapped."""
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
