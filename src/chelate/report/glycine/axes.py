"""The ground of the glycine chart: axes, upper levels and doses studied, for every product.

Both axes begin at nought, and are scaled alike, so that pure bisglycinate is always the same
line. Labels stand outside the axes, where no product is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from chelate import catalogue
from chelate.bounds.ranges import GLYCINE
from chelate.figures import number
from chelate.formula import mass_fraction, molar_mass
from chelate.limits import ADULT_YEARS
from chelate.report.citing import Cited, cited
from chelate.report.placing import Rect, spread, width

MAGNESIUM = "magnesium"
LEFT, TOP, WIDTH, HEIGHT = 52.0, 26.0, 264.0, 210.0
PLOT = Rect(LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT)
VIEW = "0 0 456 284"
TYPE = 14.0
LINE = 1.15 * TYPE
_GLYCINE_MG, _MAGNESIUM_MG = 3500.0, 600.0
_STEP_G, _STEP_MG = 0.5, 100.0
_NICE = (1, 2, 5)
_IN_GRAMS_FROM = 10
_FREE_ACID = "C2H5NO2"
_LIGAND = "C2H4NO2"
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
    """A tick or a line: where it is, in units of the drawing, its words, and where those are."""

    at: float
    words: str
    label_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Axes:
    """All that does not depend on the product but the scale: `plot` is where products are drawn.

    `levels` are upper levels of magnesium, from above, after the end of the line of pure
    bisglycinate; `alone` is where glycine was given alone, `trial` where with magnesium.
    """

    scale: int
    view: str
    plot: Rect
    y_title: str
    x_ticks: tuple[Mark, ...]
    y_ticks: tuple[Mark, ...]
    pure: Mark
    levels: tuple[Mark, ...]
    alone: Mark
    trial: Mark
    trial_y: float


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


def scale_of(glycine_mg: float, magnesium_mg: float) -> int:
    """How many times larger than usual the axes must be: 1, 2, 5, 10, and so on.

    >>> scale_of(1238, 200.5), scale_of(1238, 601.5), scale_of(20_000, 400)
    (1, 2, 10)
    """
    times = max(glycine_mg / _GLYCINE_MG, magnesium_mg / _MAGNESIUM_MG)
    power = 1
    while times > power * _NICE[-1]:
        power *= 10
    return next(power * nice for nice in _NICE if times <= power * nice)


def x_of(glycine_mg: float, scale: int) -> float:
    """Where an amount of glycine stands."""
    return round(LEFT + glycine_mg / (_GLYCINE_MG * scale) * WIDTH, 1)


def y_of(magnesium_mg: float, scale: int) -> float:
    """Where an amount of magnesium stands."""
    return round(TOP + HEIGHT - magnesium_mg / (_MAGNESIUM_MG * scale) * HEIGHT, 1)


@cache
def axes(scale: int) -> Axes:
    """The ground of every chart whose axes are `scale` times the usual."""
    pure, *of_levels = _at_the_right(scale)
    of_trial, of_alone = _above(scale)
    in_grams = scale >= _IN_GRAMS_FROM
    y_step = _STEP_MG * scale / (1000 if in_grams else 1)
    return Axes(
        scale,
        VIEW,
        PLOT,
        f"magnesium, {'g' if in_grams else 'mg'}",
        _ticks(_STEP_G * scale, [LEFT + n * WIDTH / 7 for n in range(8)]),
        _ticks(y_step, [TOP + HEIGHT - n * HEIGHT / 6 for n in range(7)], upright=True),
        pure,
        tuple(of_levels),
        of_alone,
        of_trial,
        y_of(studied()[1].magnesium_mg, scale),
    )


def _ticks(step: float, places: Sequence[float], *, upright: bool = False) -> tuple[Mark, ...]:
    """A tick at each place; words at every second and so on where they would be too wide."""
    words = [number(n * step, digits=9) for n in range(len(places))]
    room = abs(places[1] - places[0])
    widest = LINE if upright else max(width(each, TYPE) for each in words) + 4
    every = ceil(widest / room)
    return tuple(
        Mark(round(at, 1), each if n % every == 0 else "")
        for n, (at, each) in enumerate(zip(places, words, strict=True))
    )


def _above(scale: int) -> list[Mark]:
    """The doses studied, the smaller first: with magnesium, then alone."""
    doses = [(x_of(dose.glycine_mg, scale), f"{number(dose.glycine_mg / 1000, digits=3)} g")
             for dose in sorted(studied(), key=lambda dose: dose.glycine_mg)]  # fmt: skip
    sizes = [width(words, TYPE) + 4 for _, words in doses]
    places = spread([x for x, _ in doses], sizes, 0.0, PLOT.right)
    return [Mark(x, words, round(at, 1)) for (x, words), at in zip(doses, places, strict=True)]


def _at_the_right(scale: int) -> list[Mark]:
    """The line of pure bisglycinate where it leaves the drawing, then the levels from above."""
    end = y_of(_GLYCINE_MG * scale / glycine_per_magnesium(), scale)
    lines = [(end, "pure bisglycinate"),
             *((y_of(amount, scale), who) for amount, who in reversed(levels()))]  # fmt: skip
    places = spread([y for y, _ in lines], [LINE] * len(lines), TOP, PLOT.bottom)
    return [Mark(y, words, round(at, 1)) for (y, words), at in zip(lines, places, strict=True)]
