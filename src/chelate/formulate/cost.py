"""What the materials of a serving cost, and what that is for what they deliver.

Materials as weighed, with their overage; not the empty capsules, the packing or the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chelate import catalogue
from chelate.figures import MassUnit
from chelate.formulate.errors import EntryError
from chelate.formulate.supplied import sources_in
from chelate.intervals import Interval
from chelate.units import Price

if TYPE_CHECKING:
    from chelate.formulate.delivery import Delivery

_BY_GRAM = ("glycine",)
_HUNDRED_MG: dict[MassUnit, float] = {"mg": 100.0, "µg": 0.1}


@dataclass(frozen=True, slots=True)
class Priced:
    """A material of a serving, and its cost; None where its price is not stated."""

    name: str
    weighed_mg: float
    price: Price | None
    unit: MassUnit = "mg"

    @property
    def cost(self) -> float | None:
        """What so much of it costs, in the price's currency."""
        return self.price.of(self.weighed_mg) if self.price else None


@dataclass(frozen=True, slots=True)
class CostOf:
    """The serving's cost for each `per_mg` of an element or moiety that it delivers.

    `over_range` is the same over the range of what is delivered; its higher end is None
    where that may be nothing.
    """

    id: str
    name: str
    per_mg: float
    delivered_mg: float
    cost: float
    over_range: tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a serving in one currency; of a part of it where prices are missing."""

    currency: str
    materials: tuple[Priced, ...]
    per_serving: float
    per_day: float
    per_container: float | None
    per_delivered: tuple[CostOf, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The materials without a price: with any, the cost is at least what is said."""
        return tuple(each.name for each in self.materials if each.price is None)


def cost_of(delivery: Delivery) -> Cost | None:
    """What a serving costs; None where no material has a price.

    Raises:
        EntryError: prices are in more than one currency.
    """
    materials = tuple(_materials(delivery))
    currency = _currency(delivery)
    if currency is None:
        return None
    made, per_serving = delivery.formulation, sum(each.cost or 0.0 for each in materials)
    containers = made.servings_per_container
    return Cost(
        currency,
        materials,
        per_serving,
        per_serving * made.servings_per_day,
        per_serving * containers if containers else None,
        tuple(_per_delivered(delivery, per_serving)),
    )


def _materials(delivery: Delivery) -> Iterator[Priced]:
    """What has a mass; an excipient without one costs nothing that could be said."""
    for each in delivery.materials:
        if each.weighed_mg:
            yield Priced(each.name, each.weighed_mg, each.price, each.unit)


def _currency(delivery: Delivery) -> str | None:
    """The one currency of all prices."""
    first = ""
    for each in delivery.materials:
        if each.price is None:
            continue
        first = first or each.price.currency
        if each.price.currency != first:
            raise EntryError(
                f"{each.path}.price",
                f"found a price in {each.price.currency}, expected {first} as before it: "
                "currencies are not converted",
            )
    return first or None


def _per_delivered(delivery: Delivery, cost: float) -> Iterator[CostOf]:
    """For what the materials are there for; a counter-ion of them has no cost of its own."""
    supplied = {name for each in sources_in(delivery).values() for name in each}
    for held in delivery.moieties:
        nutrient = catalogue.nutrients().get(held.id)
        is_mineral = nutrient and nutrient.element and held.id in supplied
        if held.mg and (is_mineral or held.id in _BY_GRAM):
            per_mg = 1000.0 if held.id in _BY_GRAM else _HUNDRED_MG[held.unit]
            spread = _over(held.range_mg, cost * per_mg)
            yield CostOf(held.id, held.name, per_mg, held.mg, cost * per_mg / held.mg, spread)


def _over(range_mg: Interval, cost: float) -> tuple[float, float | None]:
    return cost / range_mg.high, cost / range_mg.low if range_mg.low else None
