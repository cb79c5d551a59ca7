"""The range of a fraction absorbed: two ends that stay together, and nothing to compute with."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from chelate.figures import percent

_STEPS = 1e6


@dataclass(frozen=True, slots=True)
class Range:
    """A fraction absorbed as a range, in percent of the dose, both ends together.

    It has no middle, no order and no arithmetic: a range of a form multiplied by a dose, or
    sorted against another, would say more than any study did.

    >>> str(Range((20.0, 45.0)))
    '20–45 %'
    """

    ends_percent: tuple[float, float]

    def __post_init__(self) -> None:
        low, high = self.ends_percent
        if not 0 <= low < high <= 100:
            raise ValueError(f"{low:g}–{high:g} % is no range within 0–100 %")

    def __str__(self) -> str:
        """To whole percents, both ends rounded outwards."""
        low, high = map(_cleaned, self.ends_percent)
        return f"{_whole(floor(low)).removesuffix(' %')}–{_whole(ceil(high))}"


def _whole(value_percent: int) -> str:
    return percent(value_percent / 100, decimals=0)


def _cleaned(value: float) -> float:
    """Without the noise of floats, which would move an end by a whole percent."""
    return round(value * _STEPS) / _STEPS
