"""How numbers are written for people: thousands marks, sensible digits, units."""

from __future__ import annotations

from chelate.intervals import Interval


def number(value: float, *, digits: int = 4) -> str:
    """A number with thousands marks, to `digits` significant figures and no trailing zeros.

    Whole numbers keep every digit of their integer part.

    >>> number(1418.83), number(42.046), number(0.14096)
    ('1,419', '42.05', '0.141')
    """
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - _magnitude(value))
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _magnitude(value: float) -> int:
    return int(f"{abs(value):e}".partition("e")[2])


def mg(value: float) -> str:
    """A mass in mg: to a tenth below 1,000 mg, whole above; a whole number stays whole.

    >>> mg(1418.83), mg(42.046), mg(300), mg(0.0123)
    ('1,419 mg', '42.0 mg', '300 mg', '0.0123 mg')
    """
    if 0 < abs(value) < 1:
        return f"{number(value, digits=3)} mg"
    whole = abs(value) >= 1000 or abs(value - round(value)) < 1e-9
    return f"{value:,.0f} mg" if whole else f"{value:.1f} mg"


def mg_range(interval: Interval) -> str:
    """A range of masses: "199.5–200.5 mg"."""
    return f"{mg(interval.low).removesuffix(' mg')}–{mg(interval.high)}"


def percent(fraction: float, *, decimals: int = 1) -> str:
    """A fraction 0-1 as a percentage.

    >>> percent(0.27508)
    '27.5 %'
    """
    return f"{fraction * 100:,.{decimals}f} %"


def percent_range(fractions: Interval) -> str:
    """A range of fractions as percentages: "27.5–40.1 %"."""
    low, high = percent(fractions.low), percent(fractions.high)
    return low if low == high else f"{low.removesuffix(' %')}–{high}"


def assay(fraction: float) -> str:
    """A mass fraction as chemists print it, to a thousandth of a percent: "14.096 %"."""
    return percent(fraction, decimals=3)
