"""How numbers, and lists of them, are written for people: digits, thousands marks, units."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import Literal

from chelate.intervals import Interval

MassUnit = Literal["mg", "µg"]
_IN_A_MG: dict[MassUnit, float] = {"mg": 1.0, "µg": 1000.0}
_THREE_FIGURES_BELOW: dict[MassUnit, float] = {"mg": 1.0, "µg": 10.0}
_MOST_DIGITS = 16
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


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


def in_unit(value_mg: float, unit: MassUnit) -> float:
    """A mass in mg as a number of the unit."""
    return value_mg * _IN_A_MG[unit]


def mass(value_mg: float, unit: MassUnit = "mg") -> str:
    """A mass in a unit: to a tenth of it below 1,000, whole above; a whole number stays whole.

    Below 1 mg, and below 10 µg, to three significant figures.

    >>> mass(1418.83), mass(42.046), mass(300), mass(0.0123)
    ('1,419 mg', '42.0 mg', '300 mg', '0.0123 mg')
    >>> mass(0.055, "µg"), mass(0.06357, "µg"), mass(0.00125, "µg")
    ('55 µg', '63.6 µg', '1.25 µg')
    """
    value = in_unit(value_mg, unit)
    if 0 < abs(value) < _THREE_FIGURES_BELOW[unit]:
        return f"{number(value, digits=3)} {unit}"
    whole = abs(value) >= 1000 or abs(value - round(value)) < 1e-9
    return f"{value:,.0f} {unit}" if whole else f"{value:.1f} {unit}"


def mg(value: float) -> str:
    """A mass in mg, as `mass` writes it."""
    return mass(value)


def stated_mass(value_mg: float, unit: MassUnit = "mg", *, digits: int = 7) -> str:
    """A mass with all its digits, as somebody has written it.

    >>> stated_mass(12.75), stated_mass(1200), stated_mass(0.255, "µg")
    ('12.75 mg', '1,200 mg', '255 µg')
    """
    return f"{number(in_unit(value_mg, unit), digits=digits)} {unit}"


def stated_range(interval_mg: Interval, unit: MassUnit = "mg") -> str:
    """The masses that a printed figure stands for, with every digit that they have.

    >>> stated_range(Interval(1415.5, 1425.5)), stated_range(Interval(0.0545, 0.0555), "µg")
    ('1,415.5–1,425.5 mg', '54.5–55.5 µg')
    """
    low, high = (stated_mass(end, unit) for end in (interval_mg.low, interval_mg.high))
    return f"{low.removesuffix(f' {unit}')}–{high}"


def reckoned(value_mg: float, result: Callable[[float], str], unit: MassUnit = "mg") -> str:
    """A mass as `mass` writes it, with as many more digits as its line of arithmetic takes.

    `result` writes what is reckoned of a mass in mg: what is written of the mass shown is
    what is written of the mass.

    >>> reckoned(199.6, lambda mass_mg: percent(mass_mg / 200))
    '199.6 mg'
    >>> reckoned(1.0486, lambda mass_mg: percent(mass_mg / 1))
    '1.049 mg'
    """
    texts = [mass(value_mg, unit)]
    texts += [stated_mass(value_mg, unit, digits=digits) for digits in range(2, _MOST_DIGITS)]
    wanted = result(value_mg)
    return next((text for text in texts if result(_read(text, unit)) == wanted), texts[-1])


def _read(text: str, unit: MassUnit) -> float:
    """The mass in mg that is written."""
    return float(text.removesuffix(f" {unit}").replace(",", "")) / _IN_A_MG[unit]


def no_coarser(value_mg: float, than_mg: float, unit: MassUnit = "mg") -> str:
    """A mass as `mass` writes it, with no fewer decimals than another has as it is stated.

    >>> no_coarser(56.2571, 56.26), no_coarser(11.04, 11), no_coarser(1418.6, 1400)
    ('56.26 mg', '11.0 mg', '1,419 mg')
    """
    text, stated = mass(value_mg, unit), stated_mass(than_mg, unit)
    decimals = _decimals(stated)
    if decimals <= _decimals(text):
        return text
    return f"{in_unit(value_mg, unit):,.{decimals}f} {unit}"


def _decimals(text: str) -> int:
    return len(text.split(" ")[0].partition(".")[2])


def at_least_mass(value_mg: float, unit: MassUnit = "mg") -> str:
    """A mass as `mass` writes it, but never more than it is: it follows "at least".

    >>> at_least_mass(0.7988), at_least_mass(42.09), at_least_mass(0.054, "µg")
    ('0.798 mg', '42 mg', '54 µg')
    """
    return mass(_cut(value_mg, unit, floor), unit)


def at_most_mass(value_mg: float, unit: MassUnit = "mg") -> str:
    """A mass as `mass` writes it, but never less than it is: it follows "at most".

    >>> at_most_mass(141.664), at_most_mass(1005), at_most_mass(0.12105, "µg")
    ('141.7 mg', '1,005 mg', '121.1 µg')
    """
    return mass(_cut(value_mg, unit, ceil), unit)


def cut_up(value_mg: float, unit: MassUnit = "mg", *, finer: int = 0) -> float:
    """A mass as `at_most_mass` shows it, to `finer` more digits: to reckon on with a pencil.

    >>> cut_up(176.20187), cut_up(176.20187, finer=1)
    (176.3, 176.21)
    """
    return _cut(value_mg, unit, ceil, finer=finer)


def cut_down(value_mg: float, unit: MassUnit = "mg", *, finer: int = 0) -> float:
    """A mass as `at_least_mass` shows it, to `finer` more digits: to reckon on with a pencil.

    >>> cut_down(27.11942), cut_down(27.11942, finer=1)
    (27.1, 27.11)
    """
    return _cut(value_mg, unit, floor, finer=finer)


def _cut(
    value_mg: float, unit: MassUnit, towards: Callable[[float], int], *, finer: int = 0
) -> float:
    """A mass cut to the digits that `mass` shows, up or down; noise of floats is not cut."""
    value = in_unit(value_mg, unit)
    if value <= 0:
        return value_mg
    is_small = value < _THREE_FIGURES_BELOW[unit]
    digits = 2 - _magnitude(value) if is_small else 0 if value >= 1000 else 1
    step = float(10 ** (digits + finer))
    return towards(round(value * step, 6)) / step / _IN_A_MG[unit]


def mass_range(interval_mg: Interval, unit: MassUnit = "mg") -> str:
    """A range of masses: "199.5–200.5 mg"; one mass where both its ends are written alike.

    >>> mass_range(Interval(199.5, 200.5)), mass_range(Interval(720, 720))
    ('199.5–200.5 mg', '720 mg')
    """
    low, high = mass(interval_mg.low, unit), mass(interval_mg.high, unit)
    return high if low == high else f"{low.removesuffix(f' {unit}')}–{high}"


def open_range(range_mg: Interval, unit: MassUnit = "mg") -> str:
    """A range of masses; nothing where both its ends are written alike.

    >>> open_range(Interval(199.5, 200.5)), open_range(Interval(15, 15))
    ('199.5–200.5 mg', '')
    """
    alike = mass(range_mg.low, unit) == mass(range_mg.high, unit)
    return "" if alike else mass_range(range_mg, unit)


def equation(left: str, by: str, result_mg: float | Interval, unit: MassUnit = "mg") -> str:
    """A line of arithmetic on a written mass; a result in another unit is converted in view.

    `left` begins with the mass; what it is of may follow.

    >>> equation("1,500 mg", "× 24.305 / 172.423", 211.44)
    '1,500 mg × 24.305 / 172.423 = 211.4 mg'
    >>> equation("25 mg", "× 0.220 %", 0.055, "µg"), equation("55 µg", "/ 0.220 %", 25.0)
    ('25 mg × 0.220 % = 0.055 mg = 55 µg', '55 µg / 0.220 % = 25,000 µg = 25 mg')
    """
    result = _written(result_mg, unit)
    if left.split(" ")[1] == unit:
        return f"{left} {by} = {result}"
    reckoned = _in_mg(result) if unit == "µg" else _written(result_mg, "µg")
    return f"{left} {by} = {reckoned} = {result}"


def _written(mass_mg: float | Interval, unit: MassUnit) -> str:
    return mass_range(mass_mg, unit) if isinstance(mass_mg, Interval) else mass(mass_mg, unit)


def _in_mg(micrograms: str) -> str:
    """What is written in µg with the same digits in mg: the point three places to the left."""
    moved = _NUMBER.sub(lambda found: _thousandth(found[0]), micrograms)
    return moved.replace("µg", "mg")


def _thousandth(written: str) -> str:
    text = f"{Decimal(written.replace(',', '')).scaleb(-3):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(fraction: float, *, decimals: int = 1) -> str:
    """A fraction 0-1 as a percentage; below its last decimal to two significant figures.

    >>> percent(0.27508), percent(0.00024), percent(0.0069, decimals=0)
    ('27.5 %', '0.024 %', '0.69 %')
    """
    if 0 < abs(fraction) * 100 < 10**-decimals:
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


def bounds_mass(interval_mg: Interval, unit: MassUnit = "mg") -> str:
    """A range of masses that is never narrower than it is: both ends are rounded outwards.

    >>> bounds_mass(Interval(42.046, 200.5)), bounds_mass(Interval(0, 0))
    ('42–200.5 mg', '0 mg')
    """
    low, high = at_least_mass(interval_mg.low, unit), at_most_mass(interval_mg.high, unit)
    return high if low == high else f"{low.removesuffix(f' {unit}')}–{high}"


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


def money_range(over: Interval, currency: str) -> str:
    """A range of sums of money; one sum where both its ends are written alike.

    >>> money_range(Interval(0.2077, 0.2088), "USD"), money_range(Interval(2.5, 2.5), "USD")
    ('0.208–0.209 USD', '2.50 USD')
    """
    low, high = money(over.low, currency), money(over.high, currency)
    return high if low == high else f"{low.removesuffix(f' {currency}')}–{high}"


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
