"""The working of a day, line by line: from each material to the totals and the aims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.figures import mg, mg_range, number, percent
from chelate.formulate.day import Aimed, Closing, Contribution, Product, Total
from chelate.limits import Beside
from chelate.stoichiometry.words import open_range


def materials_working(product: Product) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each material of a product, under its dose where that says more than the product does."""
    for entry in product.inputs:
        is_named = len(product.inputs) > 1 or entry.name != product.name
        dose = f"{mg(entry.dose_mg)} {entry.name}" if is_named else ""
        yield dose, (*entry.working, *entry.remarks)
    if product.basis == "label":
        yield "", ("what the label declares counts as printed",)


def sum_working(total: Total) -> Iterator[str]:
    """How a total and its range are reckoned; nothing where they are one product's."""
    terms = [_term(each) for each in total.contributions]
    if len(terms) > 1 or "×" in terms[0]:
        yield f"{' + '.join(terms)} = {mg(total.day.mg)} {total.name} a day"
    if len(terms) > 1 and open_range(total.day.range_mg):
        ranges = [f"({mg_range(each.held.range_mg)})" for each in total.contributions]
        yield f"{' + '.join(ranges)} = {mg_range(total.day.range_mg)} {total.name} a day"


def _term(contribution: Contribution) -> str:
    servings = contribution.taken.servings
    if servings == 1:
        return mg(contribution.held.mg)
    return f"{number(servings)} × {mg(contribution.held.mg / servings)}"


def shares_working(mass_mg: float, levels: Iterable[Beside]) -> Iterator[str]:
    """The arithmetic of a daily mass as a share of reference values and levels."""
    for level in levels:
        share = percent(level.fraction, decimals=0)
        yield f"{mg(mass_mg)} / {number(level.amount_mg)} mg = {share} of the {level.name}"


def closing_heading(aimed: Aimed, closing: Closing) -> str:
    """What is to be reached, and with what."""
    name = f"{aimed.found.name}, {aimed.when or 'over the day'}"
    return f"{mg(aimed.at_least_mg)} {name}, with {closing.name}"
