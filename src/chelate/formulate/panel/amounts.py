"""Figures as a panel prints them: rounded down where they are delivered, percents whole."""

from __future__ import annotations

from math import floor, log10

from chelate import catalogue
from chelate.figures import number
from chelate.formulate.panel.words import layout
from chelate.models import Market

EDITIONS: dict[Market, str] = {"US": "us-2016", "EU": "eu-2011"}
_MICRO: dict[Market, str] = {"US": "mcg", "EU": "µg", "CA": "mcg"}
_DIGITS = 3
_MICRO_BELOW_MG = 1.0
_MICRO_IN_ANY_CASE_MG = 0.001
_GRAMS_FROM_MG = 100.0
_EXACT = 6


def rounded_down(mass_mg: float, *, digits: int = _DIGITS) -> float:
    """A mass in mg cut to three significant figures, or more: never more than it is.

    Whole numbers keep every digit of their integer part.

    >>> rounded_down(201.57), rounded_down(1237.4), rounded_down(14.96), rounded_down(0.05539)
    (201.0, 1237.0, 14.9, 0.0553)
    """
    if mass_mg <= 0:
        return 0.0
    decimals = max(0, digits - 1 - floor(log10(mass_mg)))
    return float(floor(round(mass_mg * 10**decimals, 6)) / 10**decimals)


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
    unit = _unit(nutrient)
    if not unit or mass_mg < _MICRO_IN_ANY_CASE_MG:
        return mass_mg < _MICRO_BELOW_MG
    return unit.startswith("µg")


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
    whole_mg = reference_mg(nutrient, market) or 0.0
    return own.zero_mg.get(nutrient, whole_mg * own.zero_fraction)


def percent_text(mass_mg: float, whole_mg: float) -> str:
    """A share of a reference to the nearest whole percent (21 CFR 101.36(b)(2)(iii)(B)).

    >>> percent_text(200, 420), percent_text(1, 420), percent_text(4.2, 420)
    ('48%', '<1%', '1%')
    """
    share = round(mass_mg / whole_mg * 100, 9)
    return f"{floor(share + 0.5):,}%" if share >= 1 else "<1%"
