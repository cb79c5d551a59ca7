"""Statements that are truly coupled: the same answers from HiGHS, made exact afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from chelate.bounds.ends import OF_SHARE, Contradiction, End, Portion, Proof, Sense, objective
from chelate.bounds.exact import ends_of, solved
from chelate.bounds.parts import (
    OTHER_MATTER,
    Built,
    View,
    element_of,
)
from chelate.bounds.problem import (
    build,
)
from chelate.bounds.statements import Part, Problem, Statement, exact_vector, fraction, vector
from chelate.composition import Composition
from chelate.solver import Optimum, Program, Row

NOISE = 1e-9


class Coupled:
    """What a view leaves open for a claim whose statements are tied to those of others."""

    def __init__(
        self, composition: Composition, k: int, others: tuple[int, ...], view: View
    ) -> None:
        self.k = k
        self.built: Built = build(composition, sorted((k, *others)), view)
        self.problem: Problem = self.built.problem
        self._column = {part.id: at for at, part in enumerate(self.problem.parts)}

    @cached_property
    def _rows(self) -> list[Row]:
        return [self._row(statement) for statement in self.problem.statements]

    def _row(self, statement: Statement) -> Row:
        sign = statement.sign
        held = {self._column[name]: sign * each for name, each in statement.row().items()}
        return Row(held, sign * statement.bound)

    @cached_property
    def _program(self) -> Program:
        return Program(len(self._column), self._rows)

    def end(self, target: str, sense: Sense) -> End | None:
        """An end of a target; None where no recipe fits, or no amount is declared."""
        declared = self.built.composition.claims[self.k].declared
        found = self._optimum(target, sense) if declared else None
        if found is None:
            return None
        optimum, value = found
        return End(target, sense, value + 0.0, tuple(self._witness(optimum.point)))

    def _optimum(self, target: str, sense: Sense) -> tuple[Optimum, float] | None:
        """Where a target is least or most; a share by Dinkelbach's steps of a fixed share."""
        share = 0.0
        for _ in range(20):
            costs = self._costs(target, sense, share)
            optimum = self._program.minimise(costs)
            if optimum is None:
                return None
            value = self._at(optimum.point, target)
            if target not in OF_SHARE or abs(value - share) <= NOISE:
                return optimum, value
            share = value
        raise ArithmeticError(f"no least {target}")

    def _costs(self, target: str, sense: Sense, share: float) -> dict[int, float]:
        terms = objective(self.built, self.k, target, sense, Fraction(share))
        return {self._column[name]: cost for name, cost in vector(terms).items()}

    def _at(self, point: Sequence[float], target: str) -> float:
        """The value of a target at a point."""
        amount = self._sum(point, vector(objective(self.built, self.k, target, "least")))
        if target not in OF_SHARE:
            return amount
        whole = self._sum(point, vector(self.built.total(self.k)))
        return amount / whole if whole > 0 else 0.0

    def _sum(self, point: Sequence[float], costs: Mapping[str, float]) -> float:
        return sum(point[self._column[name]] * cost for name, cost in costs.items())

    def _witness(self, point: Sequence[float]) -> Iterator[Portion]:
        element = element_of(self.built.composition.claims[self.k])
        names = {slot.id: slot.source.text for slot in self.built.slots}
        mine = {s.id for s in self.built.slots if s.claim == self.k}
        parts = [p for s in self.built.slots if s.id in mine for p in s.parts]
        parts += [p for e in self.built.elsewhere if e.claim == self.k for p in e.parts]
        for part in parts:
            mass = point[self._column[part.id]]
            if mass > NOISE:
                substance = "" if part.id.endswith(OTHER_MATTER) else part.substance
                held = mass * fraction(part, element)
                yield Portion(substance, names.get(part.slot, ""), mass, held)

    def proof(self, end: End) -> Proof:
        """The proof of an end: the active statements' multipliers, solved for exactly."""
        found = self._optimum(end.target, end.sense)
        assert found is not None
        optimum, _ = found
        share = Fraction(0)
        if end.target in OF_SHARE:
            share = self._exact_share(optimum, end.target)
        terms = objective(self.built, self.k, end.target, end.sense, share)
        statements = self.problem.statements
        uses = multipliers(statements, self.problem.parts, optimum, exact_vector(terms))
        return Proof(terms, _sum_of_bounds(statements, uses), uses, share)

    def _exact_share(self, optimum: Optimum, target: str) -> Fraction:
        """The share at an optimum, from its parts solved for exactly."""
        point = self._exact_point(optimum)
        terms = exact_vector(objective(self.built, self.k, target, "least"))
        whole = exact_vector(self.built.total(self.k))
        amount = sum((point.get(name, Fraction(0)) * c for name, c in terms.items()), Fraction(0))
        total = sum((point.get(name, Fraction(0)) * c for name, c in whole.items()), Fraction(0))
        return amount / total if total else Fraction(0)

    def _exact_point(self, optimum: Optimum) -> dict[str, Fraction]:
        """The masses at an optimum: those that are not nought, from the statements that bind."""
        masses = zip(self.problem.parts, optimum.point, strict=True)
        used = [part for part, mass in masses if mass > NOISE]
        binding = [
            s for s, row in zip(self.problem.statements, self._rows, strict=True)
            if abs(_slack(row, optimum.point)) <= NOISE * max(1.0, abs(row.bound))
        ]  # fmt: skip
        equations = [
            ([exact_vector(s.terms).get(p.id, Fraction(0)) for p in used], ends_of(s))
            for s in binding
        ]
        values = solved(equations, len(used))
        return {part.id: value for part, value in zip(used, values, strict=True)}

    @cached_property
    def _conflict(self) -> tuple[Statement, ...]:
        """A smallest set of statements that no recipe fits: each is left out that may be."""
        program = Program(len(self._column), self._rows)
        if program.minimise({}) is not None:
            return ()
        kept = []
        for at, statement in enumerate(self.problem.statements):
            program.relax(at)
            if program.minimise({}) is not None:
                program.restore(at)
                kept.append(statement)
        return tuple(kept)

    def contradiction(self) -> Contradiction | None:
        """A smallest set of statements that cannot all be true."""
        if not self._conflict:
            return None
        proof = self.refutation()
        return Contradiction(
            {name: float(each) for name, each in proof.multipliers.items()}, float(proof.bound)
        )

    def refutation(self) -> Proof:
        """The multipliers of the contradiction: what its first statement would have to give."""
        conflict = self._conflict
        missing = len(self._column)
        rows = [self._row(statement) for statement in conflict]
        first = rows[0]
        rows[0] = Row({**first.coefficients, missing: 1.0}, first.bound)
        optimum = Program(missing + 1, rows).minimise({missing: 1.0})
        assert optimum is not None
        part = Part("missing", "missing", None, "")
        uses = multipliers(
            conflict, (*self.problem.parts, part), optimum, {part.id: Fraction(1)},
            {conflict[0].id: {part.id: Fraction(conflict[0].sign)}},
        )  # fmt: skip
        return Proof((), _sum_of_bounds(conflict, uses), uses)


def _sum_of_bounds(statements: Sequence[Statement], uses: Mapping[str, Fraction]) -> Fraction:
    used = (s for s in statements if s.id in uses)
    return sum((uses[s.id] * s.sign * ends_of(s) for s in used), Fraction(0))


def _slack(row: Row, point: Sequence[float]) -> float:
    return sum(c * point[at] for at, c in row.coefficients.items()) - row.bound


def multipliers(
    statements: Sequence[Statement],
    parts: Sequence[Part],
    optimum: Optimum,
    costs: Mapping[str, Fraction],
    more: Mapping[str, Mapping[str, Fraction]] | None = None,
) -> dict[str, Fraction]:
    """The exact worth of each statement that binds: for parts in use the sum is their cost."""
    binding = [s for s, dual in zip(statements, optimum.duals, strict=True) if dual > NOISE]
    rows = [_signed(s, (more or {}).get(s.id, {})) for s in binding]
    equations = [
        ([row.get(part.id, Fraction(0)) for row in rows], costs.get(part.id, Fraction(0)))
        for part in _by_use(parts, optimum, rows, binding, statements, costs)
    ]
    values = solved(equations, len(binding))
    return {s.id: value for s, value in zip(binding, values, strict=True) if value}


def _signed(statement: Statement, more: Mapping[str, Fraction]) -> dict[str, Fraction]:
    held = {name: statement.sign * each for name, each in exact_vector(statement.terms).items()}
    return {**held, **{name: statement.sign * each for name, each in more.items()}}


def _by_use(
    parts: Sequence[Part],
    optimum: Optimum,
    rows: Sequence[Mapping[str, Fraction]],
    binding: Sequence[Statement],
    statements: Sequence[Statement],
    costs: Mapping[str, Fraction],
) -> Iterable[Part]:
    """Parts in use first, then those that could be used at no loss."""
    duals = {s.id: d for s, d in zip(statements, optimum.duals, strict=True)}
    used, idle = [], []
    for part, mass in zip(parts, optimum.point, strict=True):
        bound = zip(binding, rows, strict=True)
        worth = sum(duals[s.id] * float(row.get(part.id, 0)) for s, row in bound)
        left = float(costs.get(part.id, 0)) - worth
        if mass > NOISE:
            used.append(part)
        elif abs(left) <= 1e-7 * max(1.0, abs(worth)):
            idle.append(part)
    return [*used, *idle]
