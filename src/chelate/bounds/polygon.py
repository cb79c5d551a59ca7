"""Half-planes over two masses, each a sum of statements, and the corners where they meet.

Numbers are floats, or `Fraction` where a proof is wanted; one kind throughout a polygon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

NOISE = 1e-9
Number = Any
Uses = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class HalfPlane:
    """`c` and `w` times their coefficients are at least `bound`, by these statements."""

    c: Number
    w: Number
    bound: Number
    uses: Uses


def exactly(edge: HalfPlane) -> HalfPlane:
    """The half-plane with every number a rational, whole numbers too."""
    uses = {name: Fraction(times) for name, times in edge.uses.items()}
    return HalfPlane(Fraction(edge.c), Fraction(edge.w), Fraction(edge.bound), uses)


@dataclass(frozen=True, slots=True)
class Corner:
    """Where two edges of a polygon meet."""

    c: Number
    w: Number
    edges: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Polygon:
    """Every pair (c, w) that the statements allow; `edges` are in the same order either way."""

    edges: tuple[HalfPlane, ...]

    def corners(self) -> tuple[Corner, ...]:
        """The corners, none where the statements contradict each other."""
        return tuple(self._corners())

    def _corners(self) -> Iterator[Corner]:
        for i, j in combinations(range(len(self.edges)), 2):
            met = _meeting(self.edges[i], self.edges[j])
            if met and all(self._inside(edge, *met) for edge in self.edges):
                yield Corner(*met, (i, j))

    def _inside(self, edge: HalfPlane, c: Number, w: Number) -> bool:
        size = abs(edge.c * c) + abs(edge.w * w) + abs(edge.bound)
        return bool(edge.c * c + edge.w * w >= edge.bound - NOISE * size)

    def contradiction(self) -> HalfPlane | None:
        """Statements whose sum says that 0 is more than 0; None where there are none.

        By elimination: first of `w`, then of `c`. Of several, one of the fewest statements.
        """
        without_w = _eliminated(self.edges, "w")
        without_both = _eliminated(without_w, "c")
        found = [e for e in without_both if e.bound > NOISE * sum(map(abs, e.uses.values()))]
        return min(found, key=lambda edge: (len(edge.uses), -edge.bound), default=None)


def _meeting(one: HalfPlane, other: HalfPlane) -> tuple[Number, Number] | None:
    area = one.c * other.w - other.c * one.w
    if abs(area) <= NOISE * (abs(one.c * other.w) + abs(other.c * one.w)):
        return None
    c = (one.bound * other.w - other.bound * one.w) / area
    w = (one.c * other.bound - other.c * one.bound) / area
    return c, w


def _eliminated(edges: Iterable[HalfPlane], axis: str) -> list[HalfPlane]:
    """The half-planes that follow, in which an axis no longer stands."""
    kept: list[HalfPlane] = []
    above: list[HalfPlane] = []
    below: list[HalfPlane] = []
    for edge in edges:
        slope = getattr(edge, axis)
        (kept if slope == 0 else above if slope > 0 else below).append(edge)
    for up in above:
        for down in below:
            kept.append(_sum_of(up, 1 / getattr(up, axis), down, -1 / getattr(down, axis)))
    return kept


def _sum_of(one: HalfPlane, times: Number, other: HalfPlane, more: Number) -> HalfPlane:
    """A sum of two half-planes; what cancels is exactly nought."""
    c = one.c * times + other.c * more
    w = one.w * times + other.w * more
    bound = one.bound * times + other.bound * more
    return HalfPlane(_clean(c, one.c * times), _clean(w, one.w * times), bound,
                     combined((one.uses, times), (other.uses, more)))  # fmt: skip


def _clean(value: Number, size: Number) -> Number:
    return 0 if abs(value) <= NOISE * abs(size) else value


def combined(*weighted: tuple[Uses, Number]) -> dict[str, Number]:
    """Multipliers of statements, each set times its weight, added up."""
    found: dict[str, Number] = {}
    for uses, times in weighted:
        for name, multiplier in uses.items():
            found[name] = found.get(name, 0) + multiplier * times
    return found
