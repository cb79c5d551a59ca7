"""The working of a day: from each material to the totals, shares and aims."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from chelate.cli.footer import WIDTH
from chelate.cli.stack_rows import indented, shares
from chelate.figures import mg, mg_range, number
from chelate.formulate.day import Aimed, Contribution, Day, Product, Total
from chelate.stoichiometry.words import open_range


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
    for entry in product.inputs:
        if len(product.inputs) > 1 or entry.name != product.name:
            yield f"    {mg(entry.dose_mg)} {entry.name}"
        for line in (*entry.working, *entry.remarks):
            yield from textwrap.wrap(
                line, WIDTH, initial_indent="      ", subsequent_indent=" " * 8
            )
    if product.basis == "label":
        yield "      what the label declares counts as printed"


def _sum(total: Total) -> Iterator[str]:
    """How a total, its range and its shares of reference values and levels are reckoned."""
    terms = [_term(each) for each in total.contributions]
    if len(terms) > 1 or "×" in terms[0]:
        yield from indented(f"{' + '.join(terms)} = {mg(total.day.mg)} {total.name} a day")
    if len(terms) > 1 and open_range(total.day.range_mg):
        ranges = [f"({mg_range(each.held.range_mg)})" for each in total.contributions]
        whole = f"{mg_range(total.day.range_mg)} {total.name} a day"
        yield from indented(f"{' + '.join(ranges)} = {whole}")
    yield from shares(total.day.mg, total.levels)


def _term(contribution: Contribution) -> str:
    servings = contribution.taken.servings
    if servings == 1:
        return mg(contribution.held.mg)
    return f"{number(servings)} × {mg(contribution.held.mg / servings)}"


def _to_close(aimed: Aimed) -> Iterator[str]:
    for closing in aimed.closings:
        name = f"{aimed.found.name}, {aimed.when or 'over the day'}"
        yield f"  {mg(aimed.at_least_mg)} {name}, with {closing.name}"
        for line in closing.working:
            yield from textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent=" " * 6)
        for change in closing.changes:
            yield from (f"  {line}" for line in shares(change.after_mg, change.levels))
