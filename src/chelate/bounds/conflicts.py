"""Printed statements that cannot all be true: which, by how much, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from chelate import catalogue
from chelate.bounds.ends import Feasible
from chelate.bounds.statements import Statement
from chelate.composition import Composition


@dataclass(frozen=True, slots=True)
class Mend:
    """A statement of a conflict, and the least change of it alone that would mend it.

    Its figure `from_mg` (an end of what is printed) would have to be `to_mg`; stated
    capsules would have to be `capsules` of the same size.
    """

    statement: Statement
    multiplier: float
    from_mg: float
    to_mg: float
    capsules: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of printed statements that cannot all be true.

    `gap_mg` is by how much they miss, in mg of the element of the claim (index `claim`);
    `claims` are the indices of all claims that take part. `assumed` says that one of the
    statements rests on an assumption: how densely a capsule can be filled.
    """

    claim: int
    claims: tuple[int, ...]
    mends: tuple[Mend, ...]
    gap_mg: float

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of the label."""
        return tuple(mend.statement for mend in self.mends)

    @property
    def assumed(self) -> bool:
        """Whether it rests on more than what is printed."""
        return any(statement.basis == "assumed" for statement in self.statements)


def conflict(composition: Composition, k: int, found: Feasible) -> Conflict | None:
    """The conflict of a claim, if it is more than the atomic weights' uncertainty."""
    contradiction = found.contradiction()
    if contradiction is None:
        return None
    statements = {s.id: s for s in found.built.problem.statements}
    scale = contradiction.multipliers.get(f"{k + 1} declared at least", 1.0)
    used = [(statements[name], y / scale) for name, y in contradiction.multipliers.items()]
    gap = contradiction.gap / scale
    held = sum(y * s.bound for s, y in used if s.sense == "at most")
    claims = sorted({s.claim for s, _ in used if s.claim is not None})
    if gap <= held * uncertainty(composition, claims):
        return None
    order = list(statements)
    used.sort(key=lambda each: order.index(each[0].id))
    mends = tuple(_mend(s, y, gap, composition) for s, y in used)
    return Conflict(k, tuple(claims), mends, gap)


def _mend(statement: Statement, multiplier: float, gap: float, composition: Composition) -> Mend:
    to = statement.bound - statement.sign * gap / multiplier
    serving, count = composition.serving, None
    if statement.kind == "capsules" and serving.units:
        count = ceil(serving.units * to / statement.bound - 1e-9)
    return Mend(statement, multiplier, statement.bound, to, count)


def uncertainty(composition: Composition, claims: Iterable[int]) -> float:
    """The most, relative, by which atomic weights may move what the sources of claims hold."""
    return max(
        (
            catalogue.element_fraction_uncertainty(catalogue.substance(name), claim.nutrient)
            for claim in (composition.claims[k] for k in claims)
            for source in claim.sources
            for name in source.meaning.substances
        ),
        default=0.0,
    )
