"""Shares by source: the nearest one that all else can be had with.

A share is a quotient of sums, which no program is linear in. The least and the greatest of
it come from programs that are: what a point brings beyond the share of another point, until
no point brings more (W. Dinkelbach, Management Science 13 (1967) 492).
"""

from __future__ import annotations

from collections.abc import Iterator

from chelate.formulate.design.problem import Half, Problem, Wish
from chelate.solver import Program

_NOISE = 1e-9
_MOST_STEPS = 50


def nearest_share(problem: Problem, wish: Wish) -> float | None:
    """The share nearest to that of a wish that the others can be had with; None if none can."""
    found = [each for half in _beyond(wish) if (each := _end(problem, half)) is not None]
    return min(found, key=lambda share: abs(share - wish.bound), default=None)


def _beyond(wish: Wish) -> Iterator[Half]:
    """The sides on which a wish may be left: above what is at most, below what is at least."""
    if wish.sense != "at least":
        yield Half(wish, 1)
    if wish.sense != "at most":
        yield Half(wish, -1)


def _end(problem: Problem, beyond: Half) -> float | None:
    """The share nearest to the bound on that side of it."""
    column = problem.units_column
    rows = [*problem.without(beyond.wish).rows, beyond.row]
    program = Program(column + 1, rows, whole=(column,))
    optimum = program.minimise({})
    share = beyond.wish.share(optimum.point) if optimum else None
    for _ in range(_MOST_STEPS):
        if share is None:
            return None
        optimum = program.minimise(beyond.at(share).coefficients)
        if optimum is None or optimum.value >= -_NOISE:
            break
        share = beyond.wish.share(optimum.point)
    return share
