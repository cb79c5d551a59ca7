"""A label beside the formulation that it is of: where it does not follow from the recipe."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.formulate.compare.amounts import amounts
from chelate.formulate.compare.ingredients import ingredients
from chelate.formulate.compare.others import other_ingredients
from chelate.formulate.compare.percents import percents
from chelate.formulate.compare.servings import names_on_pack, servings
from chelate.formulate.compare.sides import Sides, sides_of
from chelate.formulate.compare.sources import sources
from chelate.formulate.compare.values import (
    KINDS,
    Comparison,
    Difference,
    Follows,
    NotCompared,
    Outcome,
    Where,
)
from chelate.formulate.compare.vitamins import vitamin_sources
from chelate.formulate.delivery import Delivery, delivered
from chelate.models import Label
from chelate.models.formulation import Formulation

__all__ = [
    "KINDS",
    "Comparison",
    "Difference",
    "Follows",
    "NotCompared",
    "Outcome",
    "Where",
    "compare",
    "compare_delivery",
]

_PARTS = (
    names_on_pack, servings, amounts, percents, sources, vitamin_sources, ingredients,
    other_ingredients,
)  # fmt: skip


def compare(formulation: Formulation, label: Label) -> Comparison:
    """Where a label does not follow from the formulation, per serving of the label.

    Raises:
        EntryError: an entry of the formulation cannot be read; its path is in the error.

    >>> made = Formulation(product="Plain", inputs=[
    ...     {"substance": "magnesium-oxide", "amount": "500 mg"}])
    >>> printed = Label(product="Plain", facts=[
    ...     {"name": "Magnesium (as magnesium oxide)", "amount": "400 mg"}])
    >>> [each.kind for each in compare(made, printed).differences]
    ['amount-above-recipe']
    """
    return compare_delivery(delivered(formulation), label)


def compare_delivery(delivery: Delivery, label: Label) -> Comparison:
    """The same, of what a formulation is already known to deliver."""
    sides = sides_of(label, delivery)
    outcomes = tuple(each for part in _PARTS for each in part(sides))
    differing = {each.where.label for each in outcomes if isinstance(each, Difference)}
    outcomes = (*outcomes, *_unread(sides, differing))
    working = tuple(line for i in delivery.ingredients for line in i.taken.working)
    return Comparison(
        label, sides.composition, delivery, outcomes, sides.scale.factor, sides.scale.reason,
        working, sides.market,
    )  # fmt: skip


def _unread(sides: Sides, judged: set[str | None]) -> Iterator[NotCompared]:
    """Printed words that could not be read, and so not be compared.

    What was read and is not believed is compared as it is printed.
    """
    for problem in sides.composition.problems:
        if problem.doubted or problem.path in judged:
            continue
        where = Where(problem.path, None, problem.text)
        yield NotCompared(f"“{problem.text}”", "the label's words could not be read", where)
