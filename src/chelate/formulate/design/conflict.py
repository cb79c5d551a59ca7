"""Wishes that cannot be had together: a small set of them, and by how much they miss.

Each wish is left out that can be: what stays cannot be had together, and any part of it can.
The arithmetic is that of mass balance: what the other wishes allow of what the first asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chelate.formulate.design.problem import Half, Problem, Wish, capacities
from chelate.solver import Optimum, Program, Row
from chelate.units import MOST_MG

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Held:
    """One side of a wish in a conflict: how often it counts towards what the first asks.

    `times` is in mg of what the first wish asks for, for each unit of this one's bound.
    """

    half: Half
    times: float

    @property
    def wish(self) -> Wish:
        """The wish."""
        return self.half.wish

    @property
    def worth_mg(self) -> float:
        """Its bound times how often it counts; that of a share is nothing beyond it."""
        return self.times * abs(self.half.row.bound)


@dataclass(frozen=True, slots=True)
class Filled:
    """What so many units hold, in a conflict: in mL or mg of fill, less the excipients."""

    wish: Wish
    by_volume: bool
    one: float
    excipients: float
    times: float

    @property
    def left(self) -> float:
        """What is left for the materials."""
        return self.wish.bound * self.one - self.excipients

    @property
    def worth_mg(self) -> float:
        """What of the first wish's that allows."""
        return self.times * self.left


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of wishes that cannot be had together, none of which can be left out.

    `lead` asks for `gap_mg` more than the others allow; None where the excipients alone are
    more than the units hold. `using` are the columns of what would bring the most.
    """

    wishes: tuple[Wish, ...]
    lead: Wish | None
    held: tuple[Held, ...]
    filled: tuple[Filled, ...]
    gap_mg: float
    using: tuple[int, ...]


def conflict_of(problem: Problem) -> Conflict:
    """A small set of the wishes of an impossible problem, none of which can be left out.

    Which is left depends on where leaving out begins: each wish is tried, the fewest count.
    """
    sets = (_kept(problem, start) for start in range(len(problem.halves)))
    kept = min(sets, key=lambda halves: len({id(half.wish) for half in halves}))
    wishes = tuple(wish for wish in problem.wishes if any(half.wish is wish for half in kept))
    asking = [
        half for wish in wishes for half in kept
        if half.wish is wish and half.sign > 0 and not wish.whole
    ]  # fmt: skip
    if not asking:
        return Conflict(wishes, None, (), (), 0.0, ())
    return _reckoned(problem, wishes, asking[0], [half for half in kept if half is not asking[0]])


def _kept(problem: Problem, start: int) -> list[Half]:
    """What stays of the sides of all wishes if those from `start` on are left out first."""
    column = problem.units_column
    program = Program(column + 1, problem.rows, whole=(column,))
    needed = []
    count = len(problem.halves)
    for at in (*range(start, count), *range(start)):
        program.relax(at)
        if program.minimise({}) is not None:
            program.restore(at)
            needed.append(at)
    return [problem.halves[at] for at in sorted(needed)]


def _reckoned(
    problem: Problem, wishes: tuple[Wish, ...], lead: Half, others: Sequence[Half]
) -> Conflict:
    """The least that the lead is short of, and what each other wish is worth towards it."""
    column = problem.units_column
    counted = next((half.wish for half in others if column in half.wish.terms), None)
    linear = [half for half in others if half.wish is not counted]
    filling = list(_fillings(problem, counted)) if counted else []
    rows = [
        Row({**lead.row.coefficients, column: 1.0}, lead.row.bound),
        *(half.row for half in linear),
        *(row for row, _ in filling),
    ]
    optimum = Program(column + 1, rows).minimise({column: 1.0})
    if optimum is None:
        raise ArithmeticError("a conflict that is none without its first wish")
    _require_proof(rows, optimum, column)
    worth = optimum.duals[1:]
    return Conflict(
        wishes,
        lead.wish,
        tuple(Held(half, y) for half, y in zip(linear, worth, strict=False)),
        tuple(_filled(problem, counted, by_volume, y) for (_, by_volume), y in zip(
            filling, worth[len(linear) :], strict=True
        ) if counted and y > _NOISE),
        optimum.value,
        tuple(_using(optimum, column)),
    )  # fmt: skip


def _require_proof(rows: Sequence[Row], optimum: Optimum, gap: int) -> None:
    """In exact rationals: the rows, each so many times, ask for more than any masses bring.

    What is left of a mass by rounding is counted as a kilogram of it.

    Raises:
        ArithmeticError: they do not.
    """
    times = [max(Fraction(0), Fraction(each)) for each in optimum.duals]
    sums: dict[int, Fraction] = {}
    for each, row in zip(times, rows, strict=True):
        for at, coefficient in row.coefficients.items():
            sums[at] = sums.get(at, Fraction(0)) + each * Fraction(coefficient)
    asked = sum(each * Fraction(row.bound) for each, row in zip(times, rows, strict=True))
    brought = sum(max(Fraction(0), each) for at, each in sums.items() if at != gap)
    if asked <= brought * Fraction(MOST_MG):
        raise ArithmeticError("a conflict that its wishes do not prove")


def _using(optimum: Optimum, column: int) -> Iterator[int]:
    yield from (at for at in range(column) if optimum.point[at] > _NOISE)


def _fillings(problem: Problem, counted: Wish) -> Iterator[tuple[Row, bool]]:
    """What the most units hold, the number of them being known."""
    column, packing = problem.units_column, problem.packing
    for row in capacities(packing, [each.weighed for each in problem.materials]):
        terms = {at: each for at, each in row.coefficients.items() if at != column}
        held = row.coefficients[column] * counted.bound
        by_volume = packing.room_ml is not None and held == packing.room_ml * 1000 * counted.bound
        yield Row(terms, row.bound - held), by_volume


def _filled(problem: Problem, counted: Wish, by_volume: bool, times: float) -> Filled:
    packing = problem.packing
    if by_volume:
        return Filled(counted, True, packing.room_ml or 0.0, packing.excipients_ml, times * 1000)
    return Filled(counted, False, packing.unit_mg or 0.0, sum(packing.excipients_mg), times)
