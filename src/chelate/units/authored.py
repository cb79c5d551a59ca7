"""What authored files write beside masses: prices and bulk densities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.units.money import EXPECTED, money_in
from chelate.units.numbers import Fault, read_number
from chelate.units.text import Amount, read_amount, shortened

MOST_G_PER_ML = 10.0
_IN_ONE_G_PER_ML: Mapping[str, int] = {
    "g/ml": 1,
    "g/cm3": 1,
    "g/cc": 1,
    "kg/l": 1,
    "g/l": 1000,
    "kg/m3": 1000,
}
_PRICE = re.compile(r"(?P<money>.+?)\s*(?:/|\bper\b|\ba\b)\s*(?P<mass>.+)")
_DENSITY = re.compile(
    r"(?P<low>[0-9.,]+)(?:\s*(?:[-\u2010-\u2014]|to\b)\s*(?P<high>[0-9.,]+))?\s*(?P<unit>[a-z].*)"
)


@dataclass(frozen=True, slots=True)
class Price:
    """What a kilogram of a material costs, in a currency by its code of three letters."""

    currency: str
    per_kg: float

    def of(self, mass_mg: float) -> float:
        """What so many milligrams cost.

        >>> round(Price("USD", 18.5).of(1419), 5)
        0.02625
        """
        return self.per_kg * mass_mg / 1_000_000


def read_price(text: str) -> Price:
    """A price by mass: "18.50 USD/kg", "EUR 18.50 per kg", "450 USD per 25 kg".

    Raises:
        InputError: it is no price, or its currency is not a code: a dollar is of many lands.

    >>> read_price("0.02 USD/g")
    Price(currency='USD', per_kg=20.0)
    """
    found = _PRICE.fullmatch(text.strip())
    money = money_in(found["money"], ".") if found else EXPECTED
    if found is None or money == EXPECTED:
        raise _no_price(text)
    if isinstance(money, str):
        raise InputError(f"{_found(text)}, expected {money}")
    mass = found["mass"].strip()
    per = read_amount(mass if mass[:1].isdigit() else f"1 {mass}")
    if not isinstance(per, Amount) or not per.value_mg or per.upper is not None:
        raise _no_price(text)
    return Price(money.currency, money.amount * 1_000_000 / per.value_mg)


def read_density(text: str) -> Interval:
    """The bulk density of a powder in g/mL, as stated: one figure or a range.

    Raises:
        InputError: it is no density, or more than that of any powder.

    >>> read_density("0.6-0.8 g/mL"), read_density("700 g/L")
    (Interval(low=0.6, high=0.8), Interval(low=0.7, high=0.7))
    """
    found = _DENSITY.fullmatch(text.strip().lower())
    divisor = _IN_ONE_G_PER_ML.get(_plain_unit(found["unit"])) if found else None
    if found is None or divisor is None:
        raise _no_density(text)
    low = _number(found["low"], text) / divisor
    high = _number(found["high"], text) / divisor if found["high"] else low
    if not 0 < low <= high:
        raise _no_density(text)
    if high > MOST_G_PER_ML:
        raise InputError(
            f"{_found(text)}, more than {MOST_G_PER_ML:g} g/mL for a powder; is the unit right?"
        )
    return Interval(low, high)


def _plain_unit(unit: str) -> str:
    return re.sub(r"\s+", "", unit).replace("³", "3").replace("^", "")


def _number(token: str, text: str) -> float:
    read = read_number(token, ".")
    if isinstance(read, Fault):
        raise InputError(f'{_found(text)}, expected {read.expected} in "{token}"')
    return float(read)


def _found(text: str) -> str:
    return f'found "{shortened(text.strip())}"'


def _no_price(text: str) -> InputError:
    return InputError(
        f'{_found(text)}, expected a price by mass such as "18.50 USD/kg", its currency a code '
        "of three letters"
    )


def _no_density(text: str) -> InputError:
    return InputError(f'{_found(text)}, expected a density such as "0.7 g/mL" or "0.6-0.8 g/mL"')
