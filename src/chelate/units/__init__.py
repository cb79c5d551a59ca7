"""Units at the door: label words become numbers here, and pint lives here alone.

Label text goes through a closed vocabulary (`data/units.toml`), never through pint, which
reads `MG` as megagauss and `1 000 mg` as zero. The public API and authored files come in
through `mass_mg` and `quantity`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from chelate.findings import InputError
from chelate.units.authored import Price, read_density, read_price
from chelate.units.money import Money, money_in, read_money
from chelate.units.numbers import DecimalMark, Reason
from chelate.units.text import (
    Amount,
    Operator,
    Percent,
    Unread,
    read_amount,
    read_percent,
    scan_amount,
    shortened,
)
from chelate.units.vocabulary import Kind

if TYPE_CHECKING:
    import pint

__all__ = [
    "MOST_MG",
    "Amount",
    "DecimalMark",
    "Kind",
    "Money",
    "Operator",
    "Percent",
    "Price",
    "Quantity",
    "Reason",
    "Unread",
    "batch_mg",
    "magnitude",
    "mass_mg",
    "money_in",
    "parse_target",
    "quantity",
    "read_amount",
    "read_density",
    "read_money",
    "read_percent",
    "read_price",
    "registry",
]

Quantity: TypeAlias = "pint.Quantity[Any]"

MOST_MG = 1_000_000.0
MOST_BATCH_MG = 1e11
_TONNES = re.compile(r"([0-9])\s*(?:t|tonnes?|metric tons?)$", re.I)
_EXPECTED_MASS = 'expected a mass such as "1500 mg"'
KIND_WORDS: Mapping[Kind, str] = {
    "mass": "a mass",
    "substance": "an amount of substance",
    "activity": "an activity",
    "count": "a count",
    "volume": "a volume",
    "energy": "an energy",
    "equivalents": "equivalents of charge",
    "not-printed": "no figure",
}
_DEFINITIONS = """
micro- = 1e-6 = µ- = μ- = u- = mc-
milli- = 1e-3 = m-
nano- = 1e-9 = n-
kilo- = 1e3 = k-
gram = [mass] = g
mole = [substance] = mol
liter = [volume] = L = l
day = [time] = d
percent = 0.01 = %
molar = mole / liter = M
volt = [electric_potential] = V
"""


def mass_mg(mass: str | Quantity) -> float:
    """A dose in mg, from text such as "1500 mg" or "1,500 mg" or from a pint quantity.

    Raises `InputError` for text of another dimension, and for a dose that is not above zero,
    not finite, or above 1 kg; a quantity of another dimension raises pint's own
    `DimensionalityError`.

    >>> mass_mg("1.5 g")
    1500.0
    """
    found = f'"{mass.strip()}"' if isinstance(mass, str) else str(mass)
    value = _text_mg(mass) if isinstance(mass, str) else _quantity_mg(mass)
    return _positive(value, found, most_mg=MOST_MG, limit="1 kg in one dose")


def batch_mg(text: str) -> float:
    """The mass of a batch in mg, from text such as "14.19 kg" or "1.2 t".

    Raises `InputError` for what is no mass, not above zero, or above 100 tonnes.

    >>> batch_mg("1.2 t")
    1200000000.0
    """
    in_kg, tonnes = _TONNES.subn(r"\1 kg", text.strip())
    value = _text_mg(in_kg if tonnes else text) * (1000 if tonnes else 1)
    found = f'"{shortened(text.strip())}"'
    return _positive(value, found, most_mg=MOST_BATCH_MG, limit="100 t in one batch")


def _positive(value_mg: float, found: str, *, most_mg: float, limit: str) -> float:
    if not math.isfinite(value_mg):
        raise InputError(f"found {found}, expected a finite mass")
    if value_mg <= 0:
        raise InputError(f"found {found}, expected a mass above zero")
    if value_mg > most_mg:
        raise InputError(f"found {found}, more than {limit}; is the unit right?")
    return value_mg


def parse_target(text: str) -> tuple[float, str]:
    """Split "3 g glycine" into a mass in mg and the words of the moiety.

    >>> parse_target("3 g of glycine")
    (3000.0, 'glycine')
    """
    scanned = scan_amount(text, ".")
    if isinstance(scanned, Unread):
        raise InputError(f'{scanned} (write a target as "200 mg magnesium")')
    _, end = scanned
    words = re.sub(r"^(?:of|as)\s+", "", text[end:].strip(), flags=re.I)
    if not words:
        raise InputError(f'found "{text}", expected a moiety after the mass: "200 mg magnesium"')
    return mass_mg(text[:end]), words


def quantity(value: float, unit: str) -> Quantity:
    """A pint quantity in the project's private registry."""
    return registry().Quantity(value, unit)


def magnitude(given: Quantity, unit: str, *, expected: str) -> Any:
    """The figure of a pint quantity, scalar or array, in a unit; `InputError` without one.

    A quantity of another dimension raises pint's own `DimensionalityError`.

    >>> magnitude(quantity(1, "mM"), "micromole / liter", expected="expected a concentration")
    1000.0
    """
    import pint

    if not isinstance(given, pint.Quantity):
        raise InputError(f"found {shortened(repr(given))} without a unit, {expected}")
    return given.m_as(unit)


@cache
def registry() -> pint.UnitRegistry[Any]:
    """The private pint registry: masses, amounts of substance, volumes, days, and volts."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    units.load_definitions(_DEFINITIONS.strip().splitlines())
    units.formatter.default_format = "~P"
    return units


def _text_mg(text: str) -> float:
    found = f'found "{shortened(text.strip())}"'
    if re.match(r"\s*[-\u2212\u2013]\s*[0-9]", text):
        raise InputError(f"{found}, a negative mass; {_EXPECTED_MASS}")
    amount = read_amount(text)
    if isinstance(amount, Unread):
        vague = amount.reason in ("empty", "no-unit") or not re.search("[0-9]", text)
        raise InputError(f"{found}, {_EXPECTED_MASS}" if vague else str(amount))
    if amount.kind != "mass":
        raise InputError(f"{found} ({KIND_WORDS[amount.kind]}), {_EXPECTED_MASS}")
    if amount.value_mg is None or amount.upper is not None:
        raise InputError(f'{found}, expected one mass, such as "1500 mg"')
    return amount.value_mg


def _quantity_mg(given: Quantity) -> float:
    return float(magnitude(given, "milligram", expected=_EXPECTED_MASS))
