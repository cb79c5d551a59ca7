"""The working of a day, line by line: from each material to the totals and the aims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.figures import mass, mass_range, number, open_range
from chelate.formulate.day import Aimed, Closing, Contribution, Product, Total
from chelate.limits import Beside
from chelate.stoichiometry.words import part_of


def materials_working(product: Product) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each material of a product, under its dose where that says more than the product does."""
    for entry in product.inputs:
        is_named = len(product.inputs) > 1 or entry.name != product.name
        dose = f"{entry.dose} {entry.name}" if is_named else ""
        yield dose, (*entry.working, *entry.remarks)
    if product.basis == "label":
        yield "", ("what the label declares counts as printed",)


def sum_working(total: Total) -> Iterator[str]:
    """How a total and its range are reckoned; nothing where they are one product's."""
    counted = [each for each in total.contributions if each.held.mg or each.held.known]
    terms, unit = [_term(each) for each in counted], total.day.unit
    if len(terms) > 1 or "×" in "".join(terms):
        yield f"{' + '.join(terms)} = {total.day.text} {total.name} a day"
    if len(total.contributions) > 1 and open_range(total.day.range_mg, unit):
        ranges = [f"({mass_range(each.held.range_mg, unit)})" for each in total.contributions]
        whole = mass_range(total.day.range_mg, unit)
        yield f"{' + '.join(ranges)} = {whole} {total.name} a day"


def _term(contribution: Contribution) -> str:
    servings = contribution.taken.servings
    if servings == 1:
        return contribution.held.text
    each = mass(contribution.held.mg / servings, contribution.held.unit)
    return f"{number(servings)} × {each}"


def shares_working(mass_mg: float, levels: Iterable[Beside]) -> Iterator[str]:
    """The arithmetic of a daily mass as a share of reference values and levels."""
    for level in levels:
        yield f"{part_of(mass_mg, level)} of the {level.name}"


def closing_heading(aimed: Aimed, closing: Closing) -> str:
    """What is to be reached, and with what."""
    name = f"{aimed.found.name}, {aimed.when or 'over the day'}"
    return f"{aimed.least} {name}, with {closing.name}"
