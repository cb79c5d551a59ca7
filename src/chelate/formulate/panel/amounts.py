"""Figures as a panel prints them: rounded down where they are delivered, percents whole."""

from __future__ import annotations

from math import floor, log10

from chelate import catalogue
from chelate.figures import number
from chelate.formulate.panel.words import layout
from chelate.formulate.vitamins import in_other_unit, law_unit, whole_mg
from chelate.intervals import Interval
from chelate.models import Market

EDITIONS: dict[Market, str] = {"US": "us-2016", "EU": "eu-2011"}
_MICRO: dict[Market, str] = {"US": "mcg", "EU": "µg", "CA": "mcg"}
_DIGITS = 3
_MICRO_BELOW_MG = 1.0
_MICRO_IN_ANY_CASE_MG = 0.001
_GRAMS_FROM_MG = 100.0
_EXACT = 6
_FINE_MG = 5.0
_SODIUM_STEPS = ((140.0, _FINE_MG), (float("inf"), 10.0))


def rounded_down(mass_mg: float, *, digits: int = _DIGITS) -> float:
    """A mass in mg cut to three significant figures, or more: never more than it is.

    Whole numbers keep every digit of their integer part.

    >>> rounded_down(201.57), rounded_down(1237.4), rounded_down(14.96), rounded_down(0.05539)
    (201.0, 1237.0, 14.9, 0.0553)
    """
    if mass_mg <= 0:
        return 0.0
    decimals = _decimals(mass_mg, digits)
    return float(floor(round(mass_mg * 10**decimals, 6)) / 10**decimals)


def last_digit(mass_mg: float) -> float:
    """One in the last digit of a mass in mg that is rounded down.

    >>> last_digit(0.3998), last_digit(1237.4)
    (0.001, 1.0)
    """
    return float(10 ** -_decimals(mass_mg, _DIGITS))


def _decimals(mass_mg: float, digits: int) -> int:
    return max(0, digits - 1 - floor(log10(mass_mg)))


def in_steps(nutrient: str, market: Market) -> bool:
    """Whether a nutrient is declared in steps: sodium in the US (21 CFR 101.9(c)(4))."""
    return nutrient == "sodium" and market == "US"


def to_step(mass_mg: float) -> float:
    """A mass of sodium in mg to the nearest 5 mg, above 140 mg to the nearest 10 mg.

    >>> to_step(78.7), to_step(144.0), to_step(146.0)
    (80.0, 140.0, 150.0)
    """
    step = next(step for most, step in _SODIUM_STEPS if mass_mg <= most)
    return float(floor(mass_mg / step + 0.5) * step)


def stepped_mg(printed_mg: float) -> Interval | None:
    """The masses that are declared as a mass of sodium; None where it is on no step.

    Less than 5 mg may be declared as none.

    >>> stepped_mg(80), stepped_mg(140), stepped_mg(83)
    (Interval(low=77.5, high=82.5), Interval(low=137.5, high=145.0), None)
    """
    if to_step(printed_mg) != printed_mg:
        return None
    if not printed_mg:
        return Interval(0.0, _FINE_MG)
    bound, coarse = _SODIUM_STEPS[0][0], _SODIUM_STEPS[1][1]
    below = _FINE_MG if printed_mg <= bound else coarse
    above = _FINE_MG if printed_mg < bound else coarse
    return Interval(printed_mg - below / 2, printed_mg + above / 2)


def amount_text(mass_mg: float, market: Market, nutrient: str = "") -> str:
    """A mass in the unit of the nutrient's Daily Value, else in micrograms below 1 mg.

    >>> amount_text(1237.0, "US"), amount_text(0.055, "US"), amount_text(0.055, "EU")
    ('1,237 mg', '55 mcg', '55 µg')
    >>> amount_text(0.9, "US", "copper"), amount_text(1.1, "US", "selenium")
    ('0.9 mg', '1,100 mcg')
    """
    if _unit(nutrient) == "g":
        return f"{number(mass_mg / 1000, digits=_EXACT)} g"
    if _is_micro(mass_mg, nutrient):
        return f"{number(mass_mg * 1000, digits=_EXACT)} {_MICRO[market]}"
    return f"{number(mass_mg, digits=_EXACT)} mg"


def _is_micro(mass_mg: float, nutrient: str) -> bool:
    if not _unit(nutrient) or mass_mg < _MICRO_IN_ANY_CASE_MG:
        return mass_mg < _MICRO_BELOW_MG
    return catalogue.mass_unit(nutrient) == "µg"


def _unit(nutrient: str) -> str:
    """The unit of a nutrient's Daily Value, "" where it has none."""
    known = catalogue.nutrients().get(nutrient)
    return (known and known.dv_unit) or ""


def serving_mass_text(mass_mg: float) -> str:
    """The mass of a serving, to the nearest 0.01 g: "3.48 g"; in mg below 0.1 g."""
    if mass_mg < _GRAMS_FROM_MG:
        return f"{number(mass_mg, digits=_DIGITS)} mg"
    return f"{number(round(mass_mg / 1000, 2), digits=_EXACT)} g"


def reference_mg(nutrient: str, market: Market) -> float | None:
    """The Daily Value or NRV of a nutrient in mg; None where the market has none in mass."""
    edition = EDITIONS.get(market)
    value = catalogue.reference_value(nutrient, edition) if edition else None
    return value.amount_mg if value else None


def least_declared_mg(nutrient: str, market: Market) -> float:
    """The least amount that is declared without a claim (21 CFR 101.36(b)(2)(i)).

    >>> round(least_declared_mg("magnesium", "US"), 3), least_declared_mg("sodium", "US")
    (8.4, 5.0)
    >>> least_declared_mg("magnesium", "EU")
    0.0
    """
    own = layout(market)
    all_mg = reference_mg(nutrient, market) or whole_mg(nutrient, market) or 0.0
    return own.zero_mg.get(nutrient, all_mg * own.zero_fraction)


def equivalent_text(mass_mg: float, nutrient: str, factor: float, market: Market) -> str:
    """A mass of a vitamin in the unit of the law, in the US what it was added as beside it.

    >>> equivalent_text(0.4, "folate", 1.7, "US"), equivalent_text(20.0, "niacin", 1.0, "US")
    ('680 mcg DFE (400 mcg folic acid)', '20 mg NE')
    >>> equivalent_text(14.8, "vitamin-e", 1.0, "EU")
    '14.8 mg α-TE'
    """
    named = catalogue.nutrients()[nutrient].dv_named if market == "US" else None
    _, _, of = (law_unit(nutrient, market) or "").partition(" ")
    beside = f" ({amount_text(mass_mg, market, nutrient)} {named})" if named else ""
    counted = amount_text(counted_mg(mass_mg, nutrient, factor), market, nutrient)
    return f"{counted} {of}{beside}"


def counted_mg(mass_mg: float, nutrient: str, factor: float) -> float:
    """What a mass counts in the unit of the law, rounded down where it is multiplied.

    >>> counted_mg(0.399, "folate", 1.7)
    0.678
    """
    if factor == 1:
        return mass_mg
    units = 1000 if _unit(nutrient).startswith("µg") else 1
    return rounded_down(mass_mg * factor * units) / units


def has_reference(nutrient: str, market: Market) -> bool:
    """Whether a nutrient has a Daily Value or NRV, in a mass or in another unit."""
    return reference_mg(nutrient, market) is not None or in_other_unit(nutrient, market)


def percent_text(mass_mg: float, whole_mg: float) -> str:
    """A share of a reference to the nearest whole percent (21 CFR 101.36(b)(2)(iii)(B)).

    >>> percent_text(200, 420), percent_text(1, 420), percent_text(4.2, 420)
    ('48%', '<1%', '1%')
    """
    share = round(mass_mg / whole_mg * 100, 9)
    return f"{floor(share + 0.5):,}%" if share >= 1 else "<1%"
