"""Exact rationals: the end of a statement, and small systems of equations."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chelate.bounds.statements import Statement
from chelate.composition import exact_ends

Equation = tuple[Sequence[Fraction], Fraction]


def ends_of(statement: Statement) -> Fraction:
    """The bound of a statement, in mg, exactly as it is printed."""
    if statement.printed is None:
        return statement.exact_bound
    ends = exact_ends(statement.printed)
    assert ends is not None
    return ends[0] if statement.sense == "at least" else ends[1]


def solved(equations: Sequence[Equation], unknowns: int) -> list[Fraction]:
    """The solution of linear equations, by Gauss's elimination; what stays open is 0.

    Equations that come after there is one for each unknown are not looked at.

    >>> solved([([Fraction(2), Fraction(1)], Fraction(5)), ([Fraction(1)] * 2, Fraction(3))], 2)
    [Fraction(2, 1), Fraction(1, 1)]
    """
    rows: list[tuple[int, list[Fraction]]] = []
    for coefficients, right in equations:
        line = [*coefficients, right]
        for pivot, known in rows:
            if line[pivot]:
                line = _less(line, known, line[pivot])
        pivot = next((at for at in range(unknowns) if line[at]), -1)
        if pivot < 0:
            continue
        line = [value / line[pivot] for value in line]
        rows = [(p, _less(known, line, known[pivot])) for p, known in rows]
        rows.append((pivot, line))
        if len(rows) == unknowns:
            break
    values = [Fraction(0)] * unknowns
    for pivot, line in rows:
        values[pivot] = line[-1]
    return values


def _less(line: list[Fraction], other: list[Fraction], times: Fraction) -> list[Fraction]:
    return [value - times * each for value, each in zip(line, other, strict=True)]
