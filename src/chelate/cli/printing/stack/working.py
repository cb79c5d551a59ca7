"""The working of a day: from each material to the totals, shares and aims."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from chelate.cli.printing.footer import WIDTH
from chelate.cli.printing.stack.rows import indented
from chelate.formulate.day import Aimed, Day, Product, Total
from chelate.formulate.words.day_working import (
    closing_heading,
    materials_working,
    shares_working,
    sum_working,
)
from chelate.limits import Beside


def working_of(day: Day) -> Iterator[str]:
    """The arithmetic of every product, total, share and closing."""
    yield "Working"
    for name, product in {each.name: each.product for each in day.taken}.items():
        yield f"  {name}"
        yield from _of_inputs(product)
    for total in day.totals:
        yield from _sum(total)
    for aimed in day.aims:
        yield from _to_close(aimed)


def _of_inputs(product: Product) -> Iterator[str]:
    for dose, lines in materials_working(product):
        yield from ([f"    {dose}"] if dose else [])
        for line in lines:
            yield from textwrap.wrap(
                line, WIDTH, initial_indent="      ", subsequent_indent=" " * 8
            )


def _sum(total: Total) -> Iterator[str]:
    """How a total, its range and its shares of reference values and levels are reckoned."""
    for line in sum_working(total):
        yield from indented(line)
    yield from _shares(total.day.mg, total.levels)


def _shares(mass_mg: float, levels: Iterable[Beside], indent: str = "  ") -> Iterator[str]:
    yield from (f"{indent}{line}" for line in shares_working(mass_mg, levels))


def _to_close(aimed: Aimed) -> Iterator[str]:
    for closing in aimed.closings:
        yield f"  {closing_heading(aimed, closing)}"
        for line in closing.working:
            yield from textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent=" " * 6)
        for change in closing.changes:
            yield from _shares(change.after_mg, change.levels, "    ")
