"""From wishes to a formulation, or to the wishes that cannot be had together.

Masses of materials and whole units are the unknowns; HiGHS finds them. What it finds is
rounded to masses that can be weighed and confirmed by what that formulation delivers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate.formulate.design.binding import Relaxed, binding, one_unit_fewer
from chelate.formulate.design.build import Made, made_of
from chelate.formulate.design.conflict import Conflict, conflict_of
from chelate.formulate.design.mends import Mend, changed_words, mends_of
from chelate.formulate.design.nearest import nearest_of
from chelate.formulate.design.problem import Problem, Wish
from chelate.formulate.design.reading import problem_of
from chelate.formulate.design.solve import best, feasible
from chelate.formulate.design.told import told
from chelate.formulate.errors import EntryError
from chelate.models.design import DesignSpec

__all__ = [
    "Conflict",
    "Found",
    "Impossible",
    "Made",
    "Mend",
    "Nearest",
    "Problem",
    "Relaxed",
    "Stuck",
    "Wish",
    "design",
]


@dataclass(frozen=True, slots=True)
class Found:
    """The design: what binds, and for fewest units what one unit fewer would take."""

    made: Made
    binding: tuple[Relaxed, ...]
    one_fewer: tuple[Mend, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest that can be had, and what is changed for it."""

    made: Made
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A wish of a conflict of which no other figure alone would do.

    `others` cannot be had together without it either; there are none where it takes too much.
    """

    wish: Wish
    others: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Impossible:
    """Wishes that cannot be had together, their arithmetic, and what would mend it.

    Each of `mends` alone makes all possible; there are none where no one change does.
    """

    problem: Problem
    conflict: Conflict
    arithmetic: tuple[str, ...]
    mends: tuple[Mend, ...]
    stuck: tuple[Stuck, ...]
    nearest: Nearest | None


def design(spec: DesignSpec) -> Found | Impossible:
    """The best formulation that meets a specification, or why there is none.

    Raises:
        EntryError: an entry cannot be used; its path is in the error.

    >>> spec = DesignSpec(product="Night", form="powder",
    ...     candidates=[{"substance": "magnesium-bisglycinate"}],
    ...     targets=[{"of": "magnesium", "exactly": "200 mg"}])
    >>> design(spec).made.formulation.inputs[0].amount
    '1,419 mg'
    """
    problem = problem_of(spec)
    point = best(problem)
    if point is None:
        return _impossible(spec, problem)
    if not any(point.masses_mg):
        raise EntryError("targets", "they ask for no mass; expected exactly or at_least in one")
    made = made_of(spec, problem, point, _claims(spec))
    fewer = one_unit_fewer(made) if problem.objective == "fewest units" else ()
    return Found(made, binding(problem, point), fewer)


def _impossible(spec: DesignSpec, problem: Problem) -> Impossible:
    conflict = conflict_of(problem)
    arithmetic = tuple(told(problem, conflict))
    mends = mends_of(problem, conflict.wishes)
    stuck = tuple(_stuck(problem, conflict, mends))
    return Impossible(problem, conflict, arithmetic, mends, stuck, _nearest(spec, problem))


def _stuck(problem: Problem, conflict: Conflict, mends: tuple[Mend, ...]) -> Iterator[Stuck]:
    mended = {mend.path for mend in mends}
    for wish in conflict.wishes:
        if wish.path not in mended and wish.kind != "limit":
            rest = problem.without(wish)
            yield Stuck(wish, () if feasible(rest) else conflict_of(rest).wishes)


def _nearest(spec: DesignSpec, problem: Problem) -> Nearest | None:
    found = nearest_of(problem)
    point = best(found[0]) if found else None
    if found is None or point is None or not any(point.masses_mg):
        return None
    made = made_of(spec, found[0], point, {})
    return Nearest(made, tuple(changed_words(wish, to) for wish, to in found[1]))


def _claims(spec: DesignSpec) -> dict[str, str]:
    """The claims of the specification; without any, the amounts that are to be exact."""
    exact = {
        target.of: target.exactly
        for target in spec.targets
        if target.exactly is not None and not target.part_from
    }
    return spec.claims or exact
