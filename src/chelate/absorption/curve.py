"""Absorption against the dose in one sitting: a reconstruction, and the band it lies in.

Fine et al. 1991 found that a hyperbola plus a linear part describes what is absorbed of a dose
D, and printed three figures: the fractions at the lowest and highest intake, and the linear
part. Through two points (D1, f1) and (D2, f2) and with a linear part of b, the curve

    absorbed = most * D / (half + D) + b * D

is fixed: with a1 = f1 - b and a2 = f2 - b, half = (a2 D2 - a1 D1) / (a1 - a2) and
most = a1 (half + D1). These coefficients are computed here and are not the study's own.

The band is wider than what the three figures leave open (their rounding, and the unknown
magnesium of the meal): it is widened by one factor down and one up, the smallest that take in
every fraction measured in healthy people at a known dose in one sitting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import isfinite

from chelate.absorption.ranges import Range
from chelate.absorption.records import Curve, Study, all_studies, curve
from chelate.figures import mg
from chelate.findings import InputError
from chelate.intervals import Interval


@dataclass(frozen=True, slots=True)
class Fit:
    """A hyperbola plus a linear part: the most that saturates, its half dose, the linear part."""

    most_mg: float
    half_mg: float
    linear_fraction: float

    def fraction(self, dose_mg: float) -> float:
        """The fraction of a dose in mg that is absorbed, net."""
        return self.most_mg / (self.half_mg + dose_mg) + self.linear_fraction


@dataclass(frozen=True, slots=True)
class Band:
    """What may be absorbed of a dose in one sitting: the curve, and the band around it.

    It is of a soluble salt with a meal, not of any form or product.
    """

    dose_mg: float
    curve_fraction: float
    fraction: Interval
    absorbed_mg: Interval

    @property
    def range(self) -> Range:
        """The band of the fraction as it is printed, to whole percents."""
        return Range((100 * self.fraction.low, 100 * self.fraction.high))


def by_dose(dose_mg: float) -> Band:
    """The band of net absorption for so much magnesium in one sitting.

    Raises:
        InputError: the dose lies outside what was studied, about 36 to 973 mg.

    >>> by_dose(200).fraction.low < 0.24 < by_dose(200).fraction.high
    True
    """
    _refuse_unstudied(dose_mg)
    envelope, (down, up) = _envelope(dose_mg), _widening()
    fraction = Interval(envelope.low * down, min(1.0, envelope.high * up))
    return Band(dose_mg, _main().fraction(dose_mg), fraction, fraction.scaled(dose_mg))


def reconstructed_mg(dose_mg: float) -> float:
    """The curve itself: mg absorbed of a dose in mg, by the two published points.

    Raises:
        InputError: the dose lies outside what was studied.

    >>> round(reconstructed_mg(300)), round(2 * reconstructed_mg(150))
    (57, 87)
    """
    _refuse_unstudied(dose_mg)
    return _main().fraction(dose_mg) * dose_mg


def points() -> tuple[Study, ...]:
    """The studies that measured a fraction at a known dose within those of the curve."""
    of = curve()
    return tuple(
        study
        for study in all_studies().values()
        if study.sitting_mg is not None and of.lowest_mg <= study.sitting_mg <= of.highest_mg
    )


def _refuse_unstudied(dose_mg: float) -> None:
    of = curve()
    if not of.lowest_mg <= dose_mg <= of.highest_mg:
        found = mg(dose_mg) if isfinite(dose_mg) else f"{dose_mg} mg"
        raise InputError(
            f"found a dose of {found} magnesium in one sitting, expected "
            f"{mg(of.lowest_mg)} to {mg(of.highest_mg)}: no more and no less was studied"
        )


def _through(low: tuple[float, float], high: tuple[float, float], linear: float) -> Fit:
    """The curve through two points of dose in mg and fraction, with this linear part."""
    (low_mg, low_fraction), (high_mg, high_fraction) = low, high
    saturable_low, saturable_high = low_fraction - linear, high_fraction - linear
    half_mg = (saturable_high * high_mg - saturable_low * low_mg) / (saturable_low - saturable_high)
    return Fit(saturable_low * (half_mg + low_mg), half_mg, linear)


@cache
def _main() -> Fit:
    of = curve()
    low, high = (of.lowest_mg, of.lowest_percent / 100), (of.highest_mg, of.highest_percent / 100)
    return _through(low, high, of.linear_percent / 100)


@cache
def fits() -> tuple[Fit, ...]:
    """The curve, and those at every corner of what the published figures leave open."""
    of = curve()
    lows = product((of.lowest_from_mg, of.lowest_to_mg), _rounded(of, of.lowest_percent))
    highs = product((of.highest_from_mg, of.highest_to_mg), _rounded(of, of.highest_percent))
    linear = _rounded(of, of.linear_percent)
    return (_main(), *(_through(*corner) for corner in product(lows, highs, linear)))


def _rounded(of: Curve, value_percent: float) -> tuple[float, float]:
    """The ends of what a whole percentage stands for, as fractions."""
    half = of.rounding_percent
    return (value_percent - half) / 100, (value_percent + half) / 100


def _envelope(dose_mg: float) -> Interval:
    fractions = [fit.fraction(dose_mg) for fit in fits()]
    return Interval(min(fractions), max(fractions))


@cache
def _widening() -> tuple[float, float]:
    """The factors, at most 1 and at least 1, that take every measured point into the band."""
    found = list(_departures())
    return min(1.0, *(down for down, _ in found)), max(1.0, *(up for _, up in found))


def _departures() -> Iterator[tuple[float, float]]:
    for study in points():
        if study.sitting_mg and study.low_percent is not None and study.high_percent is not None:
            envelope = _envelope(study.sitting_mg)
            low, high = study.low_percent / 100, study.high_percent / 100
            yield low / envelope.low, high / envelope.high
