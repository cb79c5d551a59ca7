"""The nearest that can be had: as few wishes given up as can be, then the least changed.

Upper levels do not give way, nor the sources that a nutrient may come from, nor its shares
by source. Which sets of wishes would do is counted, not weighed: a set must have a wish of
every conflict met so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from chelate.formulate.design.conflict import conflict_of
from chelate.formulate.design.mends import elastic, settled
from chelate.formulate.design.problem import Problem, Wish
from chelate.formulate.design.solve import feasible
from chelate.solver import Program, Row

_FIRM = ("level", "source", "share", "limit")
Change = tuple[Wish, float]


def nearest_of(problem: Problem) -> tuple[Problem, tuple[Change, ...]] | None:
    """The problem with the least changes that make it possible, and each wish's new bound.

    The changes of several wishes are compared by their sum, each as a share of its bound.
    """
    found = [(_shifts(problem, wishes), wishes) for wishes in _fewest(problem)]
    ranked = [(sum(map(_share, wishes, to)), wishes) for to, wishes in found if to is not None]
    if not ranked:
        return None
    return _settled(problem, min(ranked, key=lambda each: each[0])[1])


def _share(wish: Wish, to: float) -> float:
    return abs(to - wish.bound) / wish.bound


def _fewest(problem: Problem) -> list[tuple[Wish, ...]]:
    """Every set of the fewest wishes without which the others can be had together."""
    conflicts = [_yielding(problem)]
    giving = [wish for wish in problem.wishes if wish.kind not in _FIRM]
    for count in range(1, len(giving) + 1):
        found = []
        for wishes in combinations(giving, count):
            if not all(any(each in conflict for each in wishes) for conflict in conflicts):
                continue
            rest = _without(problem, wishes)
            if feasible(rest):
                found.append(wishes)
            else:
                conflicts.append(_yielding(rest))
        if found or not all(conflicts):
            return found
    return []


def _yielding(problem: Problem) -> tuple[Wish, ...]:
    """The wishes of a conflict that may give way."""
    return tuple(wish for wish in conflict_of(problem).wishes if wish.kind not in _FIRM)


def _without(problem: Problem, wishes: Sequence[Wish]) -> Problem:
    kept = (wish for wish in problem.wishes if not any(wish is each for each in wishes))
    return replace(problem, wishes=tuple(kept))


def _shifts(problem: Problem, wishes: Sequence[Wish]) -> list[float] | None:
    """The bound that each of the wishes is moved to, the sum of the shares being least."""
    column = problem.units_column
    rows: list[Row] = [*_without(problem, wishes).rows]
    costs: dict[int, float] = {}
    moving = []
    for wish in wishes:
        own, shifts = elastic(wish, column + 1 + len(costs))
        rows += own
        costs |= dict.fromkeys(shifts, 1 / wish.bound)
        moving.append((wish, shifts))
    optimum = Program(column + 1 + len(costs), rows, whole=(column,)).minimise(costs)
    if optimum is None:
        return None
    return [w.bound + sum(sign * optimum.point[at] for at, sign in s.items()) for w, s in moving]


def _settled(problem: Problem, wishes: Sequence[Wish]) -> tuple[Problem, tuple[Change, ...]] | None:
    """Each wish in turn at a figure short enough to say; units first, which are whole."""
    left = sorted(wishes, key=lambda wish: wish.kind != "units")
    changes: list[Change] = []
    while left:
        shifted = _shifts(problem, left)
        wish = left.pop(0)
        if shifted is None:
            return None
        to, _ = settled(_without(problem, left), wish, shifted[0])
        problem = problem.moved(wish, to)
        changes.append((wish, to))
    return (problem, tuple(changes)) if feasible(problem) else None
