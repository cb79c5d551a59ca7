"""What is taken at each sitting, and the totals of it by sitting and by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import fsum

from chelate import catalogue
from chelate.formulate.day.products import Product
from chelate.intervals import Interval
from chelate.limits import Beside, beside
from chelate.stoichiometry import Held


@dataclass(frozen=True, slots=True)
class Taken:
    """A product at one sitting, `servings` of it; `brings` is for all of them, in mg.

    `name` tells it apart from others of the day where their names are the same.
    """

    path: str
    when: str
    product: Product
    servings: float
    brings: tuple[Held, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one product brings to a total, and the fraction (0-1) of the day's that it is."""

    taken: Taken
    held: Held
    fraction: float


@dataclass(frozen=True, slots=True)
class Total:
    """One nutrient or moiety: over the day, at each sitting that has some, and by product."""

    day: Held
    sittings: tuple[tuple[str, Held], ...]
    contributions: tuple[Contribution, ...]

    @property
    def id(self) -> str:
        """The id of the nutrient or moiety."""
        return self.day.id

    @property
    def name(self) -> str:
        """Its name as it stands within a sentence or a table."""
        return self.day.name

    @property
    def levels(self) -> tuple[Beside, ...]:
        """The day beside Daily Value, NRV and every authority's upper level for adults."""
        return beside(self.id, self.day.mg) if self.day.known or self.day.mg else ()

    def at(self, when: str | None) -> Held:
        """The total of a sitting, or of the day without one; nought where there is none."""
        found = self.day if when is None else dict(self.sittings).get(when)
        return found or Held(self.id, self.name, 0.0, Interval(0.0, 0.0))


def scaled(held: Held, factor: float) -> Held:
    """So many times of it; how it stands in a compound is left aside."""
    range_mg = held.range_mg.scaled(factor)
    return Held(held.id, held.name, held.mg * factor, range_mg, known=held.known)


def added(several: Iterable[Held]) -> Held:
    """The sum of one nutrient or moiety, the same in whatever order it is added."""
    every = tuple(several)
    low_mg = fsum(held.range_mg.low for held in every)
    high_mg = fsum(held.range_mg.high for held in every)
    whole_mg = fsum(held.mg for held in every)
    known = all(held.known for held in every)
    return Held(every[0].id, every[0].name, whole_mg, Interval(low_mg, high_mg), known=known)


def totals_of(taken: Iterable[Taken]) -> tuple[Total, ...]:
    """The total of each nutrient and moiety, in the order of the catalogue."""
    found: dict[str, list[tuple[Taken, Held]]] = {}
    for each in taken:
        for held in each.brings:
            found.setdefault(held.id, []).append((each, held))
    return tuple(_total(found[name]) for name in sorted(found, key=_order()))


def _total(parts: list[tuple[Taken, Held]]) -> Total:
    day = added(held for _, held in parts)
    return Total(
        day,
        tuple(_by_sitting(parts)),
        tuple(Contribution(t, held, held.mg / day.mg if day.mg else 0.0) for t, held in parts),
    )


def _by_sitting(parts: list[tuple[Taken, Held]]) -> Iterator[tuple[str, Held]]:
    for when in dict.fromkeys(taken.when for taken, _ in parts):
        yield when, added(held for taken, held in parts if taken.when == when)


@cache
def _order() -> Callable[[str], int]:
    known = [*catalogue.nutrients(), *catalogue.moieties()]
    places = {name: place for place, name in enumerate(known)}
    return lambda name: places.get(name, len(places))
