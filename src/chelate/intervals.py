"""Closed intervals, and the interval that a printed number stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """Every number from `low` to `high`, both included; the unit is the holder's.

    >>> Interval(1, 2) + Interval(10, 20)
    Interval(low=11, high=22)
    """

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: float) -> Interval:
        """Both ends times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self) -> float:
        """The number halfway between the ends."""
        return (self.low + self.high) / 2


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals, `[0, 0]` for none."""
    low = high = 0.0
    for interval in intervals:
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


def printed(number: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of what a printed number stands for, in its own unit.

    Half a unit of the last printed digit either way, but never finer than three
    significant figures: labels print 4,000 mg of a 9.98 % chelate as 400 mg.

    >>> [str(end) for end in printed(Decimal("1112"))]
    ['1107', '1117']
    >>> [str(end) for end in printed(Decimal("1.50"))]
    ['1.495', '1.505']
    """
    half = half_last_digit(number)
    if number:
        half = max(half, _half(number.adjusted() - 2))
    return max(number - half, Decimal(0)), number + half


def half_last_digit(number: Decimal) -> Decimal:
    """Half a unit of the last digit written: 0.05 for 1.5.

    >>> str(half_last_digit(Decimal("1.50")))
    '0.005'
    """
    return _half(_last_digit(number))


def _last_digit(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _half(exponent: int) -> Decimal:
    return Decimal(5).scaleb(exponent - 1)
