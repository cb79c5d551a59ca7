"""A point -> a formulation whose masses can be weighed, confirmed by what it delivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chelate.formulate.delivery import Delivery, Ingredient, delivered
from chelate.formulate.design.problem import Packing, Problem, Wish
from chelate.formulate.design.reading import input_of
from chelate.formulate.design.rounding import weighable
from chelate.formulate.design.solve import NOISE, Point
from chelate.formulate.design.words import unit_of
from chelate.models.design import DesignSpec
from chelate.models.formulation import Formulation

_LAST = 1e-6
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Made:
    """A formulation that keeps every wish, and what it delivers.

    `columns` are the positions of its inputs among the candidates.
    """

    problem: Problem
    point: Point
    delivery: Delivery
    columns: tuple[int, ...]

    @property
    def formulation(self) -> Formulation:
        """The formulation."""
        return self.delivery.formulation

    @property
    def volume_ml(self) -> float:
        """The volume of a serving's fill at the densities reckoned with."""
        return _volume_ml(self.delivery, self.columns, self.problem.packing)

    @property
    def needed_g_per_ml(self) -> float | None:
        """The density that the fill must reach in the capsules; None for what is none."""
        room_ml = self.problem.packing.room_ml
        if room_ml is None:
            return None
        return self.delivery.fill_mg / 1000 / (self.formulation.units_per_serving * room_ml)

    def reached(self, wish: Wish) -> float:
        """What a wish is about, as delivered: in mg per serving, in units, or a fraction."""
        return _reached(wish, self.delivery, self.columns, len(self.problem.materials))


def made_of(spec: DesignSpec, problem: Problem, point: Point, claims: Mapping[str, str]) -> Made:
    """The formulation of a point, with masses as coarse as all wishes allow.

    Raises:
        ArithmeticError: no masses near the point keep every wish.
    """
    for amounts in weighable(problem, point):
        columns = tuple(at for at, amount in enumerate(amounts) if amount)
        delivery = delivered(_formulation(spec, amounts, point.units, claims))
        made = Made(problem, point, delivery, columns)
        if _keeps_all(made, NOISE):
            return made
    if _keeps_all(made, _LAST):
        return made
    raise ArithmeticError("the masses of the design cannot be written down")


def _formulation(
    spec: DesignSpec, amounts: tuple[str, ...], units: int, claims: Mapping[str, str]
) -> Formulation:
    density = spec.fill_density
    excipients = (
        each.model_copy(update={"density": density}) if density else each
        for each in spec.excipients
    )
    return Formulation(
        product=spec.product,
        brand=spec.brand,
        market=spec.market,
        form=spec.form,
        capsule_size=spec.capsule_size and spec.capsule_size.strip().upper(),
        capsule_material=spec.capsule_material,
        unit=unit_of(spec),
        units_per_serving=units,
        servings_per_day=spec.servings_per_day,
        shelf_life=spec.shelf_life,
        inputs=tuple(
            input_of(spec, at, amount, density=density)
            for at, amount in enumerate(amounts)
            if amount
        ),
        excipients=tuple(excipients),
        claims=dict(claims),
        statements=spec.statements,
    )


def _keeps_all(made: Made, noise: float) -> bool:
    """Whether what is delivered keeps every wish, and the units hold it."""
    return _fits(made, noise) and all(_keeps(made, wish, noise) for wish in made.problem.wishes)


def _keeps(made: Made, wish: Wish, noise: float) -> bool:
    low = wish.bound if wish.sense != "at most" else 0.0
    high = wish.bound if wish.sense != "at least" else float("inf")
    if wish.printed is not None:
        low, high = wish.printed.low, wish.printed.high
    if wish.whole and not made.reached(replace(wish, terms=wish.whole, whole={})):
        return True
    return low * (1 - noise) - _NOTHING <= made.reached(wish) <= high * (1 + noise) + _NOTHING


def _fits(made: Made, noise: float) -> bool:
    packing, units = made.problem.packing, made.formulation.units_per_serving
    if packing.room_ml is not None and made.volume_ml > units * packing.room_ml * (1 + noise):
        return False
    return packing.unit_mg is None or made.delivery.fill_mg <= units * packing.unit_mg * (1 + noise)


def _volume_ml(delivery: Delivery, columns: tuple[int, ...], packing: Packing) -> float:
    filled = zip(delivery.ingredients, columns, strict=True)
    inputs = sum(each.weighed_mg / packing.densities[at].g_per_ml for each, at in filled)
    return inputs / 1000 + packing.excipients_ml


def _reached(wish: Wish, delivery: Delivery, columns: tuple[int, ...], materials: int) -> float:
    if materials in wish.terms:
        return float(delivery.formulation.units_per_serving)
    used = dict(zip(columns, delivery.ingredients, strict=True))
    part_mg = _brought(wish, [used[at] for at in wish.terms if at in used])
    if not wish.whole:
        return part_mg
    whole_mg = _brought(wish, [used[at] for at in wish.whole if at in used])
    return part_mg / whole_mg if whole_mg else 0.0


def _brought(wish: Wish, meant: Iterable[Ingredient]) -> float:
    if wish.kind in ("candidate", "limit"):
        return sum(each.weighed_mg for each in meant)
    bringing = (each.at_end if wish.at_end else each.taken.moieties for each in meant)
    return sum(held.mg for several in bringing for held in several if held.id == wish.of)
