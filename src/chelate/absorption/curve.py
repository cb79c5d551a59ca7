"""Absorption against the dose in one sitting: a reconstruction, and the band it lies in.

Fine et al. 1991 found that a hyperbola plus a linear part describes what is absorbed of a dose
D, and printed three figures: the fractions at the lowest and highest intake, and the linear
part. Through two points (D1, f1) and (D2, f2) and with a linear part of b, the curve

    absorbed = most * D / (half + D) + b * D

is fixed: with a1 = f1 - b and a2 = f2 - b, half = (a2 D2 - a1 D1) / (a1 - a2) and
most = a1 (half + D1). These coefficients are computed here and are not the study's own.

The band is wider than what the three figures leave open (their rounding, and the unknown
magnesium of the meal): it is widened by one factor, down and up alike, the smallest that takes
in every fraction measured in healthy people at a known dose of plain magnesium in one sitting.
What is released slowly by design is not plain, and widens nothing.

It says nothing else than what stands beside it. It ends at the highest fraction that was
measured, and keeps within the range of the same salts at the doses for which that is printed;
as more magnesium does not bring less of it, the ends of that range in mg hold on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from math import isfinite

from chelate.absorption.ranges import Range
from chelate.absorption.records import Curve, Study, all_studies, curve, gradings
from chelate.catalogue.records import Confidence
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

    It is of a soluble salt with a meal, not of any form or product. `grade` says how well it
    is known at this dose.
    """

    dose_mg: float
    grade: Confidence
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
    of, envelope, printed = curve(), _envelope(dose_mg), _printed(dose_mg)
    low = max(envelope.low / _widening(), printed.low)
    fraction = Interval(low, min(envelope.high * _widening(), printed.high))
    grade = of.near_grade if dose_mg <= of.near_to_mg else of.far_grade
    return Band(dose_mg, grade, _main().fraction(dose_mg), fraction, fraction.scaled(dose_mg))


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
    """The studies that measured a fraction at a known dose within those of the curve.

    Those of products that release magnesium slowly are left out.
    """
    of = curve()
    return tuple(
        study
        for study in all_studies().values()
        if study.sitting_mg is not None
        and of.lowest_mg <= study.sitting_mg <= of.highest_mg
        and not study.slow
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


def _printed(dose_mg: float) -> Interval:
    """What stands beside the band: the highest fraction measured, and the range of these salts.

    Below and above the doses of that range its ends hold in mg.
    """
    of = curve()
    found = gradings()[of.range_of]
    assert found.low_percent is not None
    assert found.high_percent is not None
    low = found.low_percent / 100 * min(1.0, of.range_to_mg / dose_mg)
    high = found.high_percent / 100 * max(1.0, of.range_from_mg / dose_mg)
    return Interval(low, min(high, of.lowest_percent / 100))


@cache
def _widening() -> float:
    """The factor, at least 1, that takes every measured point into the band."""
    return max(1.0, *map(_departure, points()))


def _departure(study: Study) -> float:
    """By which factor the fraction that a study measured lies outside the envelope."""
    if study.sitting_mg is None or study.low_percent is None or study.high_percent is None:
        return 1.0
    envelope = _envelope(study.sitting_mg)
    return max(100 * envelope.low / study.low_percent, study.high_percent / envelope.high / 100)
