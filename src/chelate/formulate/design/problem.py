"""A design as a program: masses of materials, whole units, and wishes as linear statements.

The columns are the mass of each material in mg per serving, in the order of the candidates,
and after them the number of units in a serving, a whole number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chelate import catalogue
from chelate.figures import MassUnit
from chelate.intervals import Interval
from chelate.models.design import Objective
from chelate.solver import Row
from chelate.units import Price

Sense = Literal["at least", "at most", "exactly"]
Kind = Literal["target", "claim", "source", "share", "level", "candidate", "units", "limit"]


@dataclass(frozen=True, slots=True)
class Material:
    """A candidate: what 1 mg of its amount brings in mg, by the id of element or moiety.

    `names` are what these are called. `name` is for sentences, `called` are the names that it
    may be meant by. `weighed` is what is weighed for each mg of the amount, with its overage,
    `left` the share of what it holds that is left at the end of the shelf life.
    """

    path: str
    name: str
    called: tuple[str, ...]
    holds: Mapping[str, float]
    names: Mapping[str, str]
    price: Price | None
    weighed: float = 1.0
    left: float = 1.0


@dataclass(frozen=True, slots=True)
class Density:
    """A bulk density that the fill is reckoned with; `path` is "" where it is assumed."""

    path: str
    g_per_ml: float


@dataclass(frozen=True, slots=True)
class Packing:
    """What fills the units: excipients, densities, and what one unit holds.

    `densities` are those of the materials, then of the excipients. `room_ml` is None for what
    is no capsule, `unit_mg` (the most that one unit may weigh) None where none is stated.
    """

    excipients_mg: tuple[float, ...]
    densities: tuple[Density, ...]
    room_ml: float | None = None
    unit_mg: float | None = None
    capsule_size: str | None = None

    @property
    def excipients_ml(self) -> float:
        """The volume of the excipients of a serving."""
        own = self.densities[len(self.densities) - len(self.excipients_mg) :]
        filled = zip(self.excipients_mg, own, strict=True)
        return sum(mass_mg / density.g_per_ml for mass_mg, density in filled) / 1000

    def denser(self, path: str, by_g_per_ml: float) -> Packing:
        """The same with every density of that path so much higher."""
        densities = (
            Density(each.path, each.g_per_ml + by_g_per_ml) if each.path == path else each
            for each in self.densities
        )
        return replace(self, densities=tuple(densities))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the design: the sum of terms times columns, held to `bound`.

    The bound is in mg per serving, or in units for the most units. That of a share is the
    fraction of what the terms of `whole` add up to; only a share has these. `path` is where
    it stands in the specification, `of` the element, moiety or material it is about, `name`
    what that is called. `printed` is what the digits of an exact figure stand for. `per_day`
    is how many servings its figure in words is for: that of an upper level is a day's.
    `at_end` says that it is to hold at the end of the shelf life, not at manufacture.
    """

    path: str
    kind: Kind
    sense: Sense
    bound: float
    terms: Mapping[int, float]
    of: str
    name: str
    words: str
    printed: Interval | None = None
    per_day: int = 1
    at_end: bool = False
    authority: str = ""
    references: tuple[str, ...] = ()
    whole: Mapping[int, float] = field(default_factory=dict)

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return catalogue.mass_unit(self.of)

    @property
    def others(self) -> tuple[int, ...]:
        """The columns that bring the rest of a whole."""
        return tuple(at for at in self.whole if at not in self.terms)

    def share(self, point: Sequence[float]) -> float | None:
        """The share of the whole that a point has; None where there is nothing of it."""
        whole = sum(each * point[at] for at, each in self.whole.items())
        return sum(each * point[at] for at, each in self.terms.items()) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a wish; an exact one has two."""

    wish: Wish
    sign: int

    @property
    def row(self) -> Row:
        """The half as a row of the program."""
        return self.at(self.wish.bound)

    def at(self, bound: float) -> Row:
        """The same held to another bound.

        A share is held by what is brought beyond it: nothing. Its row is scaled by what the
        richest material brings, so that a trace element counts like a gram.
        """
        terms, whole = self.wish.terms, self.wish.whole
        if not whole:
            return Row({at: self.sign * each for at, each in terms.items()}, self.sign * bound)
        scale = self.sign / max(whole.values())
        beyond = ((at, terms.get(at, 0.0) - bound * each) for at, each in whole.items())
        return Row({at: scale * each for at, each in beyond}, 0.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that the solver is asked."""

    materials: tuple[Material, ...]
    packing: Packing
    wishes: tuple[Wish, ...]
    objective: Objective

    @property
    def units_column(self) -> int:
        """The column of the number of units."""
        return len(self.materials)

    @property
    def halves(self) -> tuple[Half, ...]:
        """Every wish as rows, those that a conflict can do without most easily first."""
        ordered = sorted(self.wishes, key=lambda wish: _DISPENSABLE.index(wish.kind))
        return tuple(half for wish in ordered for half in halves(wish))

    @property
    def rows(self) -> list[Row]:
        """Wishes, and what must hold in any case."""
        return [*(half.row for half in self.halves), *self.physical]

    @property
    def physical(self) -> tuple[Row, ...]:
        """At least one unit, and no more in the units than they hold."""
        capacity = capacities(self.packing, [each.weighed for each in self.materials])
        return (Row({self.units_column: 1.0}, 1.0), *capacity)

    @property
    def costs(self) -> Mapping[str, Mapping[int, float]]:
        """Each objective as costs of the columns; money in millionths of the currency."""
        weighed = {at: each.weighed for at, each in enumerate(self.materials)}
        prices = [material.price.per_kg if material.price else 0.0 for material in self.materials]
        return {
            "least cost": {at: prices[at] * each for at, each in weighed.items()},
            "fewest units": {self.units_column: 1.0},
            "least mass": weighed,
        }

    @property
    def loses(self) -> bool:
        """Whether any candidate states a loss over the shelf life."""
        return any(each.left < 1 for each in self.materials)

    def without(self, wish: Wish) -> Problem:
        """The same without one of its wishes."""
        return replace(self, wishes=tuple(each for each in self.wishes if each is not wish))

    def moved(self, wish: Wish, bound: float) -> Problem:
        """The same with the bound of a wish at another figure."""
        return replace(
            self,
            wishes=tuple(_moved(each, bound) if each is wish else each for each in self.wishes),
        )


_DISPENSABLE: Sequence[Kind] = (
    "limit", "claim", "candidate", "level", "source", "share", "units", "target",
)  # fmt: skip


def halves(wish: Wish) -> Iterator[Half]:
    """The sides of a wish: at least first."""
    if wish.sense != "at most":
        yield Half(wish, 1)
    if wish.sense != "at least":
        yield Half(wish, -1)


def capacities(packing: Packing, weighed: Sequence[float]) -> Iterator[Row]:
    """No more in the units than they hold, by volume (in µL) and by mass (in mg).

    `weighed` is what is weighed for each mg of a material's amount.
    """
    materials = len(weighed)
    if packing.room_ml is not None:
        volumes = {at: -each / packing.densities[at].g_per_ml for at, each in enumerate(weighed)}
        room_ul = packing.room_ml * 1000
        yield Row({**volumes, materials: room_ul}, packing.excipients_ml * 1000)
    if packing.unit_mg is not None:
        masses = {at: -each for at, each in enumerate(weighed)}
        yield Row({**masses, materials: packing.unit_mg}, sum(packing.excipients_mg))


def _moved(wish: Wish, bound: float) -> Wish:
    printed = wish.printed
    if printed is not None and wish.bound:
        printed = printed.scaled(bound / wish.bound)
    return replace(wish, bound=bound, printed=printed)
