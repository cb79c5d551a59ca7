"""Glycine's side: what a serving brings of it, and the magnesium that comes with it.

Both axes begin at nought. Doses that were studied and upper levels are lines, a product is the
range that its label leaves open: nothing here maps a dose to an effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import atan2, ceil, degrees

from chelate import catalogue
from chelate.bounds.ranges import GLYCINE
from chelate.checker import CheckResult
from chelate.figures import bounds_mg, bounds_percent, mg, number, percent
from chelate.formula import mass_fraction, molar_mass
from chelate.intervals import Interval
from chelate.limits import ADULT_YEARS
from chelate.report import delivered
from chelate.report.citing import Cited, cited
from chelate.rules import Judged

ANCHOR = "glycine-doses"
MAGNESIUM = "magnesium"
LEFT, TOP, WIDTH, HEIGHT = 42.0, 10.0, 308.0, 216.0
_GLYCINE_MG, _MAGNESIUM_MG = 3500.0, 600.0
_THINNEST = 5.0
_LIGAND = "C2H4NO2"
_FREE_ACID = "C2H5NO2"
_PURE = "magnesium-bisglycinate"


@dataclass(frozen=True, slots=True)
class Studied:
    """A dose of glycine that was given to people: as the free acid, in mg.

    `magnesium_mg` came with it, 0 where glycine was given alone.
    """

    glycine_mg: float
    magnesium_mg: float
    words: str
    basis: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick or a line of the chart: where it is, in units of the drawing, and its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Axes:
    """The ground of a chart: all that does not depend on the product.

    `trial` is where glycine was given with magnesium, `with_magnesium` says so; `slope_end` is
    where the line of pure bisglycinate leaves the drawing, `slope` its angle in degrees.
    """

    scale: int
    x_ticks: tuple[Mark, ...]
    y_ticks: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    alone: Mark
    trial: tuple[float, float]
    with_magnesium: tuple[str, str]
    slope_end: tuple[float, float]
    slope: float
    pure: str


@dataclass(frozen=True, slots=True)
class Box:
    """A range of glycine by a range of magnesium, drawn no thinner than can be seen."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class GlycineChart:
    """The chart of one product: its ground, its boxes, and the same in words."""

    axes: Axes
    boxes: tuple[Box, ...]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What is drawn as one box, in mg: a serving, or a day."""

    kind: str
    glycine: Interval
    magnesium: Interval


def glycine_chart(result: CheckResult) -> GlycineChart | None:
    """The chart of a label that claims magnesium from a chelate of glycine; else None."""
    for judged in result.judged:
        found = _chart(judged, result) if judged.claim.nutrient == MAGNESIUM else None
        if found:
            return found
    return None


def _chart(judged: Judged, result: CheckResult) -> GlycineChart | None:
    claim, found = judged.claim, delivered.glycine(judged, result)
    if not claim.declared or found.range_mg is None or not found.range_mg.high:
        return None
    low = 0.0 if found.at_most else found.range_mg.low
    own = _printed_alone(result)
    glycine = Interval(max(low, own.low), found.range_mg.high + own.high)
    serving = _Amounts("one serving", glycine, claim.declared.interval_mg)
    amounts = (serving, *_day(serving, result))
    scale = max(map(_scale, amounts))
    condition = f"{found.condition}; what is printed of it alone included" * bool(own.high)
    rows = _rows(amounts, condition or found.condition, claim.declared.text)
    boxes = tuple(_box(each, scale) for each in reversed(amounts))
    return GlycineChart(axes(scale), boxes, tuple(rows))


def _printed_alone(result: CheckResult) -> Interval:
    """Glycine in a row of its own: it may come on top, or be that of the compound."""
    rows = (m for m in result.composition.moieties if m.moiety == GLYCINE and m.claim is None)
    found = [row.amount.interval_mg for row in rows]
    return sum(found[1:], found[0]) if found else Interval(0.0, 0.0)


def _day(serving: _Amounts, result: CheckResult) -> Iterator[_Amounts]:
    times = result.composition.serving.servings_per_day
    if times != 1:
        glycine, magnesium = serving.glycine.scaled(times), serving.magnesium.scaled(times)
        yield _Amounts(f"a day, {number(times)} servings", glycine, magnesium)


def _scale(amounts: _Amounts) -> int:
    """How many times larger than usual the axes must be."""
    furthest = max(amounts.glycine.high / _GLYCINE_MG, amounts.magnesium.high / _MAGNESIUM_MG)
    return max(1, ceil(furthest))


def _rows(
    amounts: Sequence[_Amounts], condition: str, declared: str
) -> Iterator[tuple[str, str, str]]:
    """The chart in words: what a figure is of, the figure, and what it supposes."""
    serving, day = amounts[0], amounts[-1]
    yield "Glycine as the free acid, one serving", bounds_mg(serving.glycine), condition
    for dose in studied():
        share = serving.glycine.scaled(1 / dose.glycine_mg)
        yield f"of the {mg(dose.glycine_mg)} {dose.words}", bounds_percent(share), ""
    yield "Magnesium, one serving", declared, ""
    if day is not serving:
        yield f"Magnesium, {day.kind}", bounds_mg(day.magnesium), ""
    for amount_mg, authorities in levels():
        share_of = percent(day.magnesium.middle / amount_mg, decimals=0)
        yield f"of {mg(amount_mg)} a day, upper level of {authorities}", share_of, ""


@cache
def studied() -> tuple[Studied, ...]:
    """The doses of glycine in the trials that the register of claims rests on.

    The trial of bisglycinate counts glycine as the ligand: it regains a proton as the free
    acid.

    >>> [round(dose.glycine_mg) for dose in studied()]
    [3000, 1544]
    """
    alone = ("inagawa-2006", "yamadera-2007", "bannai-2012")
    with_magnesium_mg = 1523 * molar_mass(_FREE_ACID) / molar_mass(_LIGAND)
    return (
        Studied(3000.0, 0.0, "studied alone", "3 g of glycine before bedtime",
                tuple(map(cited, alone))),
        Studied(with_magnesium_mg, 250.0, "studied with 250 mg magnesium",
                "1,523 mg counted as the ligand, as bisglycinate", (cited("schuster-2025"),)),
    )  # fmt: skip


@cache
def levels() -> tuple[tuple[float, str], ...]:
    """The upper levels of magnesium for adults, each with the authorities that set it."""
    found: dict[float, list[str]] = {}
    for level in catalogue.upper_levels(MAGNESIUM, age=ADULT_YEARS):
        found.setdefault(level.amount, []).append(level.authority)
    return tuple((amount, ", ".join(found[amount])) for amount in sorted(found))


def glycine_per_magnesium() -> float:
    """Grams of glycine, as the free acid, that come with one gram of magnesium.

    >>> round(glycine_per_magnesium(), 3)
    6.177
    """
    pure = catalogue.substance(_PURE)
    return catalogue.moiety_fraction(pure, GLYCINE) / mass_fraction("Mg", pure.formula)


@cache
def axes(scale: int) -> Axes:
    """The ground of every chart whose axes are `scale` times the usual."""
    alone, trial = studied()
    end_mg = _GLYCINE_MG * scale
    end = (_x(end_mg, scale), _y(end_mg / glycine_per_magnesium(), scale))
    angle = degrees(atan2(TOP + HEIGHT - end[1], end[0] - LEFT))
    return Axes(
        scale,
        tuple(Mark(_x(n * 500.0 * scale, scale), number(n * 0.5 * scale)) for n in range(8)),
        tuple(Mark(_y(n * 100.0 * scale, scale), number(n * 100 * scale)) for n in range(7)),
        tuple(Mark(_y(amount, scale), who) for amount, who in levels()),
        Mark(_x(alone.glycine_mg, scale), f"{number(alone.glycine_mg / 1000)} g {alone.words}"),
        (_x(trial.glycine_mg, scale), _y(trial.magnesium_mg, scale)),
        (f"{number(trial.glycine_mg / 1000, digits=3)} g studied with",
         f"{mg(trial.magnesium_mg)} magnesium"),
        end,
        round(-angle, 1),
        "pure bisglycinate",
    )  # fmt: skip


def _x(glycine_mg: float, scale: int) -> float:
    return round(LEFT + glycine_mg / (_GLYCINE_MG * scale) * WIDTH, 1)


def _y(magnesium_mg: float, scale: int) -> float:
    return round(TOP + HEIGHT - magnesium_mg / (_MAGNESIUM_MG * scale) * HEIGHT, 1)


def _box(amounts: _Amounts, scale: int) -> Box:
    left, right = _x(amounts.glycine.low, scale), _x(amounts.glycine.high, scale)
    top, bottom = _y(amounts.magnesium.high, scale), _y(amounts.magnesium.low, scale)
    width, height = max(right - left, _THINNEST), max(bottom - top, _THINNEST)
    left, top = (left + right - width) / 2, (top + bottom - height) / 2
    kind = "serving" if amounts.kind == "one serving" else "day"
    return Box(round(max(left, LEFT), 1), round(top, 1), round(width, 1), round(height, 1), kind)
