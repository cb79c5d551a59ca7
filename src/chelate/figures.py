"""How numbers, and lists of them, are written for people: digits, thousands marks, units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor

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


def at_least_mg(value: float) -> str:
    """A mass in mg as `mg` writes it, but never more than it is: it follows "at least".

    >>> at_least_mg(0.7988), at_least_mg(42.09)
    ('0.798 mg', '42 mg')
    """
    return mg(_cut(value, floor))


def at_most_mg(value: float) -> str:
    """A mass in mg as `mg` writes it, but never less than it is: it follows "at most".

    >>> at_most_mg(141.664), at_most_mg(1005)
    ('141.7 mg', '1,005 mg')
    """
    return mg(_cut(value, ceil))


def _cut(value: float, towards: Callable[[float], int]) -> float:
    """A mass cut to the digits that `mg` shows, up or down; noise of floats is not cut."""
    if value <= 0:
        return value
    digits = 0 if value >= 1000 else 1 if value >= 1 else 2 - _magnitude(value)
    step = float(10**digits)
    return towards(round(value * step, 6)) / step


def mg_range(interval: Interval) -> str:
    """A range of masses: "199.5–200.5 mg"."""
    return f"{mg(interval.low).removesuffix(' mg')}–{mg(interval.high)}"


def percent(fraction: float, *, decimals: int = 1) -> str:
    """A fraction 0-1 as a percentage; what is not nought never looks like it.

    >>> percent(0.27508), percent(0.00024)
    ('27.5 %', '0.024 %')
    """
    if 0 < abs(fraction) * 100 < 0.5 * 10**-decimals:
        return f"{number(fraction * 100, digits=2)} %"
    return f"{fraction * 100:,.{decimals}f} %"


def at_least_percent(fraction: float) -> str:
    """A percentage as `percent` writes it, but never more than it is: it follows "at least".

    >>> at_least_percent(0.21078), at_least_percent(0.00024)
    ('21.0 %', '0.024 %')
    """
    cut = floor(round(fraction * 1000, 6)) / 1000
    return percent(cut if cut else fraction)


def at_most_percent(fraction: float) -> str:
    """A percentage as `percent` writes it, but never less than it is: it follows "at most".

    >>> at_most_percent(0.33133), at_most_percent(0.00024)
    ('33.2 %', '0.024 %')
    """
    cut = ceil(round(fraction * 1000, 6)) / 1000
    return percent(cut if fraction >= 0.0005 else fraction)


def bounds_mg(interval_mg: Interval) -> str:
    """A range of masses that is never narrower than it is: both ends are rounded outwards.

    >>> bounds_mg(Interval(42.046, 200.5)), bounds_mg(Interval(0, 0))
    ('42–200.5 mg', '0 mg')
    """
    low, high = at_least_mg(interval_mg.low), at_most_mg(interval_mg.high)
    return high if low == high else f"{low.removesuffix(' mg')}–{high}"


def bounds_percent(fractions: Interval) -> str:
    """A range of fractions as percentages, both ends rounded outwards.

    >>> bounds_percent(Interval(0.21078, 1)), bounds_percent(Interval(0, 0.33133))
    ('21.0–100 %', '0–33.2 %')
    """
    low, high = at_least_percent(fractions.low), at_most_percent(fractions.high)
    whole = {"0.0 %": "0 %", "100.0 %": "100 %"}
    low, high = whole.get(low, low), whole.get(high, high)
    return high if low == high else f"{low.removesuffix(' %')}–{high}"


def percent_range(fractions: Interval) -> str:
    """A range of fractions as percentages: "27.5–40.1 %"."""
    low, high = percent(fractions.low), percent(fractions.high)
    return low if low == high else f"{low.removesuffix(' %')}–{high}"


def batch(mass_mg: float) -> str:
    """A mass to weigh for a batch, in kg, g or mg by its size, to five significant figures.

    >>> batch(14_936_842), batch(1_430), batch(20)
    ('14.937 kg', '1.43 g', '20 mg')
    """
    for unit, unit_mg in (("kg", 1_000_000), ("g", 1_000)):
        if mass_mg >= unit_mg:
            return f"{number(mass_mg / unit_mg, digits=5)} {unit}"
    return f"{number(mass_mg, digits=5)} mg"


def money(amount: float, currency: str) -> str:
    """A sum of money: to the hundredth from one unit up, to three significant figures below.

    >>> money(26.25, "USD"), money(0.02625, "EUR"), money(0, "USD")
    ('26.25 USD', '0.0262 EUR', '0 USD')
    """
    text = f"{amount:,.2f}" if amount >= 1 else number(amount, digits=3)
    return f"{text} {currency}"


def assay(fraction: float) -> str:
    """A mass fraction as chemists print it, to a thousandth of a percent: "14.096 %"."""
    return percent(fraction, decimals=3)


def listed(texts: Sequence[str]) -> str:
    """Texts in a sentence.

    >>> listed(["350 mg", "250 mg", "500 mg"])
    '350 mg, 250 mg and 500 mg'
    """
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last
