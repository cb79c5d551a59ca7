"""Ranges as marks on a line: where each stands, as a percentage of the drawing's width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chelate.figures import percent
from chelate.intervals import Interval
from chelate.limits import SCOPES, Beside, exceeds_over

_ROOM = 1.04
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from nought: solid to the low end of a range, open to its high end.

    `figure` is where the figure stands, `line` where it is held against something; None
    where it is not. All are percentages of the width.
    """

    low: float
    open: float
    figure: float
    line: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A reference value or upper level, with the share of it that a day gives.

    `outcome` is empty unless the level is exceeded, over the whole range or in part of it.
    """

    name: str
    scope: str
    amount: str
    share: str
    range: str
    outcome: str
    bar: Bar


def bar(figure: float, ends: Interval, most: float, line: float | None = None) -> Bar:
    """A bar on an axis from nought to `most`, all in one unit.

    >>> bar(50.0, Interval(40.0, 60.0), 200.0, line=100.0)
    Bar(low=20.0, open=10.0, figure=25.0, line=50.0)
    """
    low, high = at(ends.low, most), at(ends.high, most)
    drawn_line = None if line is None else at(line, most)
    return Bar(low, round(high - low, 3), at(figure, most), drawn_line)


def at(value: float, most: float, least: float = 0.0) -> float:
    """Where a value stands between two ends, in percent, and never outside.

    >>> at(30.0, 40.0, least=20.0), at(5.0, 0.0)
    (50.0, 0.0)
    """
    if most <= least:
        return 0.0
    return round(min(max((value - least) / (most - least), 0.0), 1.0) * _WHOLE, 3)


def levels(day_mg: float, range_mg: Interval, known: Iterable[Beside]) -> tuple[Level, ...]:
    """A day beside reference values and upper levels, on one axis of shares of each."""
    several = tuple(known)
    shares = [Interval(*(end / each.amount_mg for end in _ends(range_mg))) for each in several]
    most = max([1.0, *(share.high for share in shares)]) * _ROOM
    return tuple(
        Level(
            each.name,
            SCOPES.get(each.scope, ""),
            each.amount,
            percent(each.fraction, decimals=0),
            whole_percents(share),
            exceeds_over(range_mg, each),
            bar(day_mg / each.amount_mg, share, most, line=1.0),
        )
        for each, share in zip(several, shares, strict=True)
    )


def _ends(range_mg: Interval) -> tuple[float, float]:
    return range_mg.low, range_mg.high


def whole_percents(fractions: Interval) -> str:
    """A range of whole percentages; nothing where both ends read the same.

    >>> whole_percents(Interval(1.394, 1.449)), whole_percents(Interval(0.5, 0.5))
    ('139–145 %', '')
    """
    low, high = (percent(end, decimals=0) for end in _ends(fractions))
    return "" if low == high else f"{low.removesuffix(' %')}–{high}"


def ticks(least: float, most: float, *, wanted: int = 6) -> Iterator[float]:
    """Round values between two ends, about as many as wanted.

    >>> list(ticks(0.0, 1.1))
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if most <= least:
        return
    rough = (most - least) / wanted
    power = 10.0 ** int(f"{rough:e}".partition("e")[2])
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough * (1 - 1e-9))
    first = -(-least // step)
    while first * step <= most * (1 + 1e-9):
        yield float(f"{first * step:.10g}")
        first += 1
