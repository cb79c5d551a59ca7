"""Where labels of a drawing stand, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chelate.report.advances import width_em

_WIDEST_FONT = 1.2


@dataclass(frozen=True, slots=True)
class Rect:
    """A box of a drawing; `top` is above `bottom`, so less."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Whether the two have a point in common, edges apart.

        >>> Rect(0, 0, 2, 2).meets(Rect(2, 0, 4, 2)), Rect(0, 0, 2, 2).meets(Rect(1, 1, 4, 2))
        (False, True)
        """
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def gap(self, other: Rect) -> float:
        """How far it is from the other, across or up, 0 where they touch.

        >>> Rect(0, 0, 2, 2).gap(Rect(7, 1, 9, 3))
        5
        """
        across = max(other.left - self.right, self.left - other.right, 0)
        return max(across, other.top - self.bottom, self.top - other.bottom)

    def within(self, other: Rect) -> bool:
        """Whether all of it lies in the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text can be at a type size, in the widest of the usual sans serifs."""
    return width_em(text, bold=bold) * size * _WIDEST_FONT


def spread(
    wanted: Sequence[float], sizes: Sequence[float], least: float, most: float
) -> tuple[float, ...]:
    """Middles as near as may be to those wanted, in their order, none on another.

    >>> spread([5.0, 6.0, 50.0], [4.0, 4.0, 4.0], 0.0, 100.0)
    (5.0, 9.0, 50.0)
    """
    placed, edge = list[float](), least
    for at, size in zip(wanted, sizes, strict=True):
        placed.append(max(at, edge + size / 2))
        edge = placed[-1] + size / 2
    edge = most
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], edge - sizes[number] / 2)
        edge = placed[number] - sizes[number] / 2
    return tuple(placed)
