"""The best point of a problem, by HiGHS; ties go to fewer units, then to less mass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chelate.formulate.design.problem import Problem
from chelate.models.design import Objective
from chelate.solver import Program, Row

NOISE = 1e-9
_HELD = 1e-6
_STAGES: Mapping[Objective, tuple[Objective, ...]] = {
    "least cost": ("least cost", "fewest units", "least mass"),
    "fewest units": ("fewest units", "least mass"),
    "least mass": ("least mass", "fewest units"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """Masses in mg per serving, the number of units, and the objective's least value.

    The value is in mg, units, or millionths of the currency.
    """

    masses_mg: tuple[float, ...]
    units: int
    value: float


def feasible(problem: Problem) -> bool:
    """Whether every wish can be had together."""
    return least(problem, {}) is not None


def least(problem: Problem, costs: Mapping[int, float], rows: Sequence[Row] = ()) -> float | None:
    """The least of an objective; None where the wishes cannot be had together."""
    column = problem.units_column
    program = Program(column + 1, [*problem.rows, *rows], whole=(column,))
    optimum = program.minimise(costs)
    return None if optimum is None else optimum.value


def value_of(problem: Problem) -> float | None:
    """The least value of the problem's own objective."""
    found = least(problem, problem.costs[problem.objective])
    if found is None or problem.objective != "fewest units":
        return found
    return float(round(found))


def best(problem: Problem) -> Point | None:
    """Where the objective is least; None where the wishes cannot be had together."""
    value, units = value_of(problem), None
    if value is None:
        return None
    held = [_no_more(problem.costs[problem.objective], value)]
    masses: tuple[float, ...] = ()
    for stage in _STAGES[problem.objective][1:]:
        point = _point(problem, stage, held)
        masses, units = point[:-1], round(point[-1])
        costs = problem.costs[stage]
        reached = sum(cost * point[column] for column, cost in costs.items())
        held.append(_no_more(costs, units if stage == "fewest units" else reached))
    assert units is not None
    return Point(tuple(0.0 if mass < NOISE else mass for mass in masses), units, value)


def _point(problem: Problem, objective: Objective, held: Sequence[Row]) -> tuple[float, ...]:
    column = problem.units_column
    program = Program(column + 1, [*problem.rows, *held], whole=(column,))
    optimum = program.minimise(problem.costs[objective])
    if optimum is None:
        raise ArithmeticError(f"no {objective} beside the {problem.objective}")
    return optimum.point


def _no_more(costs: Mapping[int, float], value: float) -> Row:
    """Hold what one stage has reached, within what the solver allows itself, for the next."""
    return Row({column: -cost for column, cost in costs.items()}, -value * (1 + _HELD) - NOISE)
