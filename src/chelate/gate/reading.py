"""Concentrations and voltages as people type them: a closed list of units, nothing guessed.

Case counts (mM is a concentration, MM is nothing), and a mass is refused as what it is.
"""

from __future__ import annotations

import re

from chelate.findings import InputError
from chelate.units import Quantity, Unread, quantity
from chelate.units.text import scan_amount, shortened

_PREFIXES = {"": "", "m": "m", "µ": "µ", "\u03bc": "µ", "u": "µ", "n": "n"}
_CONCENTRATIONS = {
    f"{typed}{unit}": f"{prefix}{pint_unit}"
    for typed, prefix in _PREFIXES.items()
    for unit, pint_unit in (("M", "M"), ("mol/L", "mol / L"), ("mol/l", "mol / L"))
}
_MINUS = ("-", "\u2212", "\u2013")
_VOLTAGES = {"mV": "mV", "V": "V"}
_NUMBER_AND_UNIT = re.compile(
    r"(?P<sign>[+\-\u2212\u2013]?)\s*(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)"
    r"\s*(?P<unit>\S.*)?",
    re.ASCII,
)


def read_concentration(text: str, of: str) -> Quantity:
    """A concentration such as "1 µM", "1uM", "0.8 mM" or "5 nmol/L".

    `of` is the substance, for the message.

    Raises:
        InputError: it has no unit or another, it is a mass, or it is below zero.

    >>> print(read_concentration("1uM", "glycine"))
    1.0 µM
    """
    return _read(text, of, _CONCENTRATIONS, 'a concentration such as "1 µM" or "0.8 mM"')


def read_voltage(text: str) -> Quantity:
    """A membrane voltage such as "-70 mV" or "-0.07 V".

    >>> print(read_voltage("−70mV"))
    -70.0 mV
    """
    return _read(text, "voltage", _VOLTAGES, 'a voltage such as "-70 mV"')


def _read(text: str, of: str, units: dict[str, str], expected: str) -> Quantity:
    found = _NUMBER_AND_UNIT.fullmatch(text.strip())
    said = f'{of}: found "{shortened(text.strip())}"'
    if mass := _mass(text):
        raise InputError(f"{said}, {mass}, expected {expected}")
    if found is None:
        raise InputError(f"{said}, expected {expected}")
    if found["unit"] is None:
        raise InputError(f"{said} without a unit, expected {expected}")
    if found["unit"] not in units:
        raise InputError(f"{said}, expected {expected} (units: {', '.join(_shown(units))})")
    number = float(found["number"]) * (-1 if found["sign"] in _MINUS else 1)
    return quantity(number, units[found["unit"]])


def _mass(text: str) -> str:
    scanned = scan_amount(text.strip().lstrip("+-\u2212\u2013 "), ".")
    if isinstance(scanned, Unread) or scanned[0].kind != "mass":
        return ""
    if "/" in text:
        return "a mass per volume and not an amount of substance"
    return "a mass (a dose is not a concentration at a receptor, and this model takes none)"


def _shown(units: dict[str, str]) -> list[str]:
    return [unit for unit in units if "\u03bc" not in unit and not unit.endswith("/l")]
