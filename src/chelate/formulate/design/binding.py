"""What each wish that binds costs: the problem solved again with it relaxed by one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import floor, log10

from chelate.figures import stated_mass
from chelate.formulate.design.build import Made
from chelate.formulate.design.mends import (
    STEP_G_PER_ML,
    Mend,
    changed_words,
    density_of,
    mends_of,
)
from chelate.formulate.design.problem import Problem, Wish
from chelate.formulate.design.solve import Point, value_of

_TIGHT = 1e-6
_A_PERCENT = 0.01


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A wish that binds, relaxed by one unit: in words, and the objective's value then.

    `gain` is how much less the objective is: in mg, units, or millionths of the currency.
    """

    path: str
    words: str
    value: float
    gain: float


def binding(problem: Problem, point: Point) -> tuple[Relaxed, ...]:
    """Every wish that binds, what buys most first."""
    found = [*_wishes(problem, point), *_packing(problem, point)]
    return tuple(sorted(found, key=lambda each: -each.gain))


def one_unit_fewer(made: Made) -> tuple[Mend, ...]:
    """What each wish alone would have to be for one unit fewer; none where there is one."""
    problem, units = made.problem, made.formulation.units_per_serving
    if units < 2:
        return ()
    column = problem.units_column
    counted = next(wish for wish in problem.wishes if column in wish.terms)
    fewer = replace(counted, kind="units", bound=float(units - 1))
    others = [wish for wish in problem.wishes if column not in wish.terms]
    asked = replace(problem, wishes=(*others, fewer))
    return tuple(
        each for each in mends_of(asked, (*_reaching(others), fewer)) if each.path != fewer.path
    )


def _reaching(wishes: Iterable[Wish]) -> list[Wish]:
    """The wishes that ask for more of something, which units must hold."""
    return [wish for wish in wishes if wish.sense != "at most"]


def _wishes(problem: Problem, point: Point) -> Iterator[Relaxed]:
    for wish in problem.wishes:
        if wish.kind == "units" and problem.objective == "fewest units":
            continue
        options = [_relaxed(problem, point, wish, to) for to in _steps(wish)]
        best = max(options, key=lambda each: each.gain, default=None)
        if best is None:
            continue
        if best.gain > 0 or (_is_tight(point, wish) and wish.kind not in ("source", "limit")):
            yield best


def _steps(wish: Wish) -> Iterator[float]:
    """The bound moved by one unit: 1 mg (less of a trace), one capsule; an exact one both ways."""
    if not wish.terms:
        return
    step = _step(wish) / wish.per_day
    if wish.sense != "at most" and wish.bound >= step:
        yield wish.bound - step
    if wish.sense != "at least" and not (wish.whole and wish.bound + step > 1):
        yield wish.bound + step


def _step(wish: Wish) -> float:
    """One unit of what a wish is in; of a share a percent of the whole."""
    if wish.whole:
        return _A_PERCENT
    return 1.0 if wish.kind in ("units", "source") else step_mg(wish.bound * wish.per_day)


def step_mg(bound_mg: float) -> float:
    """One unit of a mass: 1 mg, of less than 10 mg a tenth of its leading digit.

    >>> step_mg(200), step_mg(2.5), step_mg(0.15)
    (1.0, 0.1, 0.01)
    """
    return 1.0 if bound_mg >= 10 else round(10.0 ** (floor(log10(bound_mg)) - 1), 12)


def _is_tight(point: Point, wish: Wish) -> bool:
    columns = (*point.masses_mg, float(point.units))
    if wish.whole:
        share = wish.share(columns)
        return share is not None and abs(share - wish.bound) <= _TIGHT
    reached = sum(each * columns[at] for at, each in wish.terms.items())
    return abs(reached - wish.bound) <= _TIGHT * max(1.0, wish.bound)


def _relaxed(problem: Problem, point: Point, wish: Wish, to: float) -> Relaxed:
    words = changed_words(wish, to)
    return _solved(wish.path, words, problem.moved(wish, to), point)


def _solved(path: str, words: str, problem: Problem, point: Point) -> Relaxed:
    value = value_of(problem)
    value = point.value if value is None else value
    gain = point.value - value
    return Relaxed(path, words, value, gain if gain > _TIGHT * max(1.0, point.value) else 0.0)


def _packing(problem: Problem, point: Point) -> Iterator[Relaxed]:
    """A denser fill, a heavier unit: told where it buys something."""
    packing = problem.packing
    options = []
    if packing.room_ml is not None:
        for own in dict.fromkeys(packing.densities):
            to = own.g_per_ml + STEP_G_PER_ML
            words = f"{density_of(problem, own.path)} {to:.3g} g/mL, not {own.g_per_ml:g} g/mL"
            changed = replace(problem, packing=packing.denser(own.path, STEP_G_PER_ML))
            options.append(_solved(own.path, words, changed, point))
    if packing.unit_mg is not None:
        to = packing.unit_mg + 1
        words = f"units of up to {stated_mass(to)}, not {stated_mass(packing.unit_mg)}"
        changed = replace(problem, packing=replace(packing, unit_mg=to))
        options.append(_solved("unit_mass", words, changed, point))
    yield from (each for each in options if each.gain > 0)
