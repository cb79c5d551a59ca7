"""Masses that can be weighed: whole steps of a balance, with every wish still kept.

To 1 mg from 100 mg up, to 0.1 mg below, to three significant figures under 1 mg; finer
only where no such masses keep every wish. A sliver that nobody would weigh is left out
where every wish is kept without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor, log10

from chelate.formulate.design.problem import Problem
from chelate.formulate.design.solve import Point
from chelate.solver import Program, Row

FINER = 4
NEAR = 3
_NOTHING_MG = 1e-6
_SLIVER_MG = 0.05
_SLIVER = 1e-4
_MOST_DECIMALS = 14


def weighable(problem: Problem, point: Point) -> Iterator[tuple[str, ...]]:
    """Masses as text ("1,419 mg", "" for none), the best to weigh first; each to be confirmed."""
    used = {at: mass for at, mass in enumerate(point.masses_mg) if mass > _NOTHING_MG}
    sliver = min(_SLIVER_MG, _SLIVER * sum(used.values()))
    weighed = {at: mass for at, mass in used.items() if mass > sliver}
    fine, coarse = range(FINER + 1), range(FINER - 1)
    tries = [(used, finer, near) for near in (NEAR, 0) for finer in fine]
    if len(weighed) < len(used):
        tries = [(weighed, finer, near) for near in (NEAR, 0) for finer in coarse] + tries
    for masses, finer, near in tries:
        decimals = {at: _decimals(mass) + finer for at, mass in masses.items()}
        if found := _stepped(problem, point, decimals, near):
            yield tuple(found.get(at, "") for at in range(len(point.masses_mg)))
    decimals = {at: min(_decimals(mass) + FINER + 4, _MOST_DECIMALS) for at, mass in used.items()}
    exact = {at: _text(mass, decimals[at]) for at, mass in used.items()}
    yield tuple(exact.get(at, "") for at in range(len(point.masses_mg)))


def _decimals(mass_mg: float) -> int:
    if mass_mg >= 100:
        return 0
    return 1 if mass_mg >= 1 else 2 - floor(log10(mass_mg))


def _text(mass_mg: float, decimals: int) -> str:
    text = f"{mass_mg:,.{decimals}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} mg"


def _stepped(
    problem: Problem, point: Point, decimals: Mapping[int, int], near: int
) -> dict[int, str] | None:
    """The best whole numbers of steps near a point; None where none keeps every wish.

    An exact amount is not less than it says, except right beside the point (`near` is 0).
    """
    columns = {at: position for position, at in enumerate(decimals)}
    steps = {at: 10.0**-each for at, each in decimals.items()}
    rows = [_in_steps(row, columns, steps, point.units, problem) for row in _rows(problem, near)]
    for at, column in columns.items():
        count = point.masses_mg[at] / steps[at]
        rows.append(Row({column: 1.0}, float(max(0, floor(count) - near))))
        rows.append(Row({column: -1.0}, -float(ceil(count) + near)))
    program = Program(len(columns), rows, whole=columns.values())
    objective = "least mass" if problem.objective == "fewest units" else problem.objective
    costs = problem.costs[objective]
    found = program.minimise({columns[at]: costs[at] * steps[at] for at in columns})
    if found is None:
        return None
    return {at: _text(round(found.point[columns[at]]) * steps[at], decimals[at]) for at in columns}


def _rows(problem: Problem, near: int) -> Iterator[Row]:
    """Every statement; an exact amount is within what its digits stand for."""
    for half in problem.halves:
        printed = half.wish.printed
        if printed is not None and half.sign < 0:
            yield half.at(printed.high)
        elif printed is not None and not near:
            yield half.at(printed.low)
        else:
            yield half.row
    yield from problem.physical


def _in_steps(
    row: Row, columns: Mapping[int, int], steps: Mapping[int, float], units: int, problem: Problem
) -> Row:
    """A row over whole steps of the materials in use, the units being known."""
    filled = row.coefficients.get(problem.units_column, 0.0) * units
    terms = {columns[at]: row.coefficients.get(at, 0.0) * steps[at] for at in columns}
    return Row(terms, row.bound - filled)
