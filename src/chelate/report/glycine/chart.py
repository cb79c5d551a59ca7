"""Glycine's side: what a serving brings of it, and the magnesium that comes with it.

Doses that were studied and upper levels are lines, a product is the range that its label
leaves open: nothing here maps a dose to an effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chelate.checker import CheckResult
from chelate.figures import bounds_mass, bounds_percent, mass, mg, number, percent
from chelate.intervals import Interval
from chelate.report import delivered
from chelate.report.glycine import Glycine, glycine_of, own_rows
from chelate.report.glycine.axes import (
    LEFT,
    LINE,
    MAGNESIUM,
    PLOT,
    TOP,
    TYPE,
    Axes,
    axes,
    levels,
    scale_of,
    studied,
    x_of,
    y_of,
)
from chelate.report.nutrient_rows import declared_mg
from chelate.report.placing import Rect, width

ANCHOR = "glycine-doses"
_THINNEST = 7.0
_NONE = Interval(0.0, 0.0)
_DIAMOND = 7.0
_EDGE = 4.0
_LINE_CROSSED = 10.0
_INSIDE = Rect(PLOT.left + _EDGE, PLOT.top, PLOT.right, PLOT.bottom - _EDGE)
Key = Literal["", "alone", "trial", "level"]
Box = Literal["serving", "day"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A range of glycine by a range of magnesium, and where its name stands (`x`, `y`)."""

    kind: Box
    rect: Rect
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the chart in words; `key` is how the chart draws what it is of."""

    key: Key
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlycineChart:
    """The chart of one product: its ground, its boxes, and the same in words.

    `columns` are a serving, and a day where that is another; `notes` say what the figures
    of glycine suppose.
    """

    axes: Axes
    boxes: tuple[Drawn, ...]
    columns: tuple[str, ...]
    rows: tuple[Told, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What is drawn as one box, in mg: a serving, or a day."""

    kind: Box
    words: str
    glycine: Interval
    magnesium: Interval


def glycine_chart(result: CheckResult) -> GlycineChart | None:
    """The chart of a label with magnesium from a chelate of glycine, or with glycine itself.

    None for others, and where the magnesium is not readable.
    """
    brought, magnesium = glycine_of(result), _magnesium(result)
    if brought is None or magnesium is None or not _is_of_glycine(result):
        return None
    amounts = tuple(_amounts(brought, magnesium, result))
    most = amounts[-1]
    scale = scale_of(most.glycine.high, most.magnesium.high)
    return GlycineChart(
        axes(scale),
        tuple(_drawn(amounts, scale)),
        tuple(each.words for each in amounts),
        tuple(_rows(amounts)),
        brought.notes,
    )


def _is_of_glycine(result: CheckResult) -> bool:
    """Whether glycine is printed, or comes with magnesium: a little with zinc is not drawn."""
    of_magnesium = (judged for judged in result.judged if judged.claim.nutrient == MAGNESIUM)
    found = (delivered.glycine(judged, result).range_mg for judged in of_magnesium)
    return any(each is not None and each.high for each in found) or any(own_rows(result))


def _magnesium(result: CheckResult) -> Interval | None:
    """All magnesium declared: none where no row is of it, None where one is not readable."""
    claimed = any(judged.claim.nutrient == MAGNESIUM for judged in result.judged)
    return declared_mg(MAGNESIUM, result) if claimed else _NONE


def _amounts(brought: Glycine, magnesium: Interval, result: CheckResult) -> Iterator[_Amounts]:
    yield _Amounts("serving", "one serving", brought.range_mg, magnesium)
    times = result.composition.serving.servings_per_day
    if times != 1:
        glycine, of_day = brought.range_mg.scaled(times), magnesium.scaled(times)
        yield _Amounts("day", f"a day, {number(times)} servings", glycine, of_day)


def _rows(amounts: Sequence[_Amounts]) -> Iterator[Told]:
    """The chart in words: what a figure is of, and the figure of each column."""
    glycine = [each.glycine for each in amounts]
    yield Told("", "Glycine, as the free acid", tuple(map(bounds_mass, glycine)))
    keys: tuple[Key, Key] = ("alone", "trial")
    for key, dose in zip(keys, studied(), strict=True):
        shares = (bounds_percent(each.scaled(1 / dose.glycine_mg)) for each in glycine)
        yield Told(key, f"of the {mg(dose.glycine_mg)} {dose.words}", tuple(shares))
    if amounts[0].magnesium == _NONE:
        return
    magnesium = [each.magnesium.middle for each in amounts]
    yield Told("", "Magnesium declared", tuple(map(mass, magnesium)))
    for amount_mg, authorities in levels():
        shares = (percent(each / amount_mg) for each in magnesium)
        name = f"of {mg(amount_mg)} a day, upper level of {authorities}"
        yield Told("level", name, tuple(shares))


def _drawn(amounts: Sequence[_Amounts], scale: int) -> Iterator[Drawn]:
    """The boxes, the larger first so that the serving lies on top, each with its name beside."""
    rects = [_rect(each, scale) for each in amounts]
    taken = [*rects, _diamond(scale)]
    for each, rect in reversed(tuple(zip(amounts, rects, strict=True))):
        words = each.words.partition(",")[0]
        label = _beside(rect, words, taken, axes(scale))
        taken.append(label)
        yield Drawn(each.kind, rect, words, label.left, round(label.bottom - 0.25 * TYPE, 1))


def _rect(amounts: _Amounts, scale: int) -> Rect:
    """A box, no thinner than can be seen."""
    left, right = x_of(amounts.glycine.low, scale), x_of(amounts.glycine.high, scale)
    top, bottom = y_of(amounts.magnesium.high, scale), y_of(amounts.magnesium.low, scale)
    wide, high = max(right - left, _THINNEST), max(bottom - top, _THINNEST)
    left = max((left + right - wide) / 2, LEFT)
    top = max((top + bottom - high) / 2, TOP)
    return Rect(*(round(edge, 1) for edge in (left, top, left + wide, top + high)))


def _diamond(scale: int) -> Rect:
    """Where the trial with magnesium is drawn."""
    x, y = axes(scale).trial.at, axes(scale).trial_y
    return Rect(x - _DIAMOND, y - _DIAMOND, x + _DIAMOND, y + _DIAMOND)


def _beside(rect: Rect, words: str, taken: Sequence[Rect], ground: Axes) -> Rect:
    """A place for the name of a box: near it, on nothing drawn, across as few lines as may be."""
    free = [
        place
        for place in _places(rect, width(words, TYPE, bold=True))
        if place.within(_INSIDE) and not any(map(place.meets, taken))
    ]
    return min(
        free,
        key=lambda place: _LINE_CROSSED * _crossed(place, ground) + place.gap(rect),
        default=_places_last(rect, words),
    )


def _places(rect: Rect, wide: float) -> Iterator[Rect]:
    """Places beside a box, the nearest first: right, left, above, below, then farther off."""
    middle = (rect.top + rect.bottom - LINE) / 2
    for gap in (5.0, 20.0, 40.0, 80.0):
        yield _at(rect.right + gap, middle, wide)
        yield _at(rect.left - gap - wide, middle, wide)
        for left in (rect.left + _EDGE, rect.right - wide, rect.right, rect.left - wide):
            yield _at(left, rect.top - gap - LINE, wide)
            yield _at(left, rect.bottom + gap, wide)


def _places_last(rect: Rect, words: str) -> Rect:
    """Where no place is free: within the drawing, over whatever is there."""
    wide = width(words, TYPE, bold=True)
    return _at(min(rect.right, PLOT.right - wide), max(PLOT.top, rect.top - LINE), wide)


def _at(left: float, top: float, wide: float) -> Rect:
    return Rect(round(left, 1), round(top, 1), round(left + wide, 1), round(top + LINE, 1))


def _crossed(place: Rect, ground: Axes) -> int:
    """How many lines of the ground run through a place."""
    levels_ = sum(place.top < level.at < place.bottom for level in ground.levels)
    doses = sum(place.left < dose.at < place.right for dose in (ground.alone, ground.trial))
    steepness = (PLOT.bottom - ground.pure.at) / (PLOT.right - PLOT.left)
    at_left, at_right = (
        PLOT.bottom - (x - PLOT.left) * steepness for x in (place.left, place.right)
    )
    return levels_ + doses + (at_right < place.bottom and at_left > place.top)
