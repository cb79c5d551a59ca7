"""Concentrations and voltages as people type them: a closed list of units, nothing guessed.

Case counts (mM is a concentration, MM is nothing), and a mass is refused as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite

from chelate.findings import InputError
from chelate.units import KIND_WORDS, Quantity, Unread, quantity
from chelate.units.text import scan_amount, shortened

_PREFIXES = {"": "", "m": "m", "µ": "µ", "\u03bc": "µ", "u": "µ", "n": "n"}
_WORDS = {"": "", "milli": "m", "micro": "µ", "nano": "n"}
_PER_LITRE = ("mol/L", "mol/l", "mol/dm3", "mol/dm^3", "mol/dm**3", "mol/dm³")
_PER_CUBIC_METRE = ("mol/m3", "mol/m^3", "mol/m**3", "mol/m³")
_CUBIC_METRE = 1000.0  # litres
_ONE_MOLECULE_MOL_PER_L = 1 / 6.02214076e23
_MINUS = ("-", "\u2212", "\u2013")
_VOLTAGES = {"mV": ("mV", 1.0), "V": ("V", 1.0)}
_NUMBER_AND_UNIT = re.compile(
    r"(?P<sign>[+\-\u2212\u2013]?)\s*(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"\s*(?P<unit>\S.*)?",
    re.ASCII,
)
_STROKE = re.compile(r"\s*/\s*")
_NUMBER_BEFORE = re.compile(r"[0-9.,\s]*")
_SCALES = ("", "p", "n", "µ", "\u03bc", "u", "m", "c", "d", "k")
_DIMENSIONS = {
    "mol": "an amount of substance", "A": "a current", "V": "a voltage", "L": "a volume",
    "l": "a volume", "m": "a length", "s": "a time", "S": "a conductance", "F": "a capacitance",
    "J": "an energy", "W": "a power", "Hz": "a frequency", "Pa": "a pressure",
}  # fmt: skip
_CUBES = ("m3", "m^3", "m**3", "m³")
Units = Mapping[str, tuple[str, float]]


def _spellings() -> Iterator[tuple[str, tuple[str, float]]]:
    """Every unit of concentration as it is typed, with pint's name for it and a divisor."""
    for typed, prefix in _PREFIXES.items():
        yield f"{typed}M", (f"{prefix}M", 1.0)
        yield from ((f"{typed}{unit}", (f"{prefix}mol / L", 1.0)) for unit in _PER_LITRE)
        yield from (
            (f"{typed}{unit}", (f"{prefix}mol / L", _CUBIC_METRE)) for unit in _PER_CUBIC_METRE
        )
    yield from ((f"{word}molar", (f"{prefix}M", 1.0)) for word, prefix in _WORDS.items())


_CONCENTRATIONS: Units = dict(_spellings())
_OTHERS: Mapping[str, str] = (
    {f"{scale}{unit}": what for unit, what in _DIMENSIONS.items() for scale in _SCALES}
    | {f"{scale}{unit}": "a volume" for unit in _CUBES for scale in _SCALES}
    | dict.fromkeys(_CONCENTRATIONS, "a concentration")
)
_SHOWN = ("M", "mol/L", "mM", "mmol/L", "µM", "µmol/L", "nM", "nmol/L", "mol/m^3", "mmol/m^3")


def read_concentration(text: str, of: str) -> Quantity:
    """A concentration such as "1 µM", "1uM", "0.8 mM", "5 nmol/L" or "1 mol/m^3".

    `of` is the substance, for the message.

    Raises:
        InputError: it has no unit or another, it is a mass, or it is below zero.

    >>> print(read_concentration("1uM", "glycine"))
    1.0 µM
    """
    expected = 'a concentration such as "1 µM" or "0.8 mM"'
    return _read(text, of, _CONCENTRATIONS, expected, _SHOWN)


def read_voltage(text: str) -> Quantity:
    """A membrane voltage such as "-70 mV" or "-0.07 V".

    >>> print(read_voltage("−70mV"))
    -70.0 mV
    """
    return _read(text, "voltage", _VOLTAGES, 'a voltage such as "-70 mV"', tuple(_VOLTAGES))


def _read(text: str, of: str, units: Units, expected: str, shown: tuple[str, ...]) -> Quantity:
    found = _NUMBER_AND_UNIT.fullmatch(text.strip())
    said = f'{of}: found "{shortened(text.strip())}"'
    if mass := _mass(text):
        raise InputError(f"{said}, {mass}, expected {expected}")
    if found is None:
        raise InputError(f"{said}, expected {expected}")
    if found["unit"] is None:
        raise InputError(f"{said} without a unit, expected {expected}")
    typed = _STROKE.sub("/", found["unit"])
    if typed not in units:
        what = _dimension(typed)
        other = f", {what} and not {expected.partition(' such')[0]}" if what else ""
        raise InputError(f"{said}{other}, expected {expected} (units: {', '.join(shown)})")
    number = float(found["number"]) * (-1 if found["sign"] in _MINUS else 1)
    if not isfinite(number):
        raise InputError(f"{said}, a number beyond all bounds, expected {expected}")
    unit, divisor = units[typed]
    given = quantity(number / divisor, unit)
    tiny = units is _CONCENTRATIONS and abs(given.m_as("mol / L")) < _ONE_MOLECULE_MOL_PER_L
    if number and tiny:
        raise InputError(f"{said}, less than one molecule in a litre, expected {expected}")
    return given


def _mass(text: str) -> str:
    """What a text is that begins with a mass: a dose, or a mass per volume; else nothing."""
    own, _, per = text.strip().lstrip("+-\u2212\u2013 ").partition("/")
    scanned = scan_amount(own, ".")
    if isinstance(scanned, Unread) or scanned[0].kind != "mass":
        return ""
    if _kind(per) == "a volume":
        return "a mass per volume and not an amount of substance"
    what = "a mass per mass, as of a body" if _kind(per) == "a mass" else "a mass"
    return f"{what} (a dose is not a concentration at a receptor, and this model takes none)"


def _kind(per: str) -> str:
    """What stands under the stroke of a fraction: "a volume", "a mass", or nothing known."""
    return _dimension(_NUMBER_BEFORE.sub("", per, count=1).strip())


def _dimension(unit: str) -> str:
    """What a unit is of, by its symbol or as labels write it; nothing where it is not known."""
    if known := _OTHERS.get(unit):
        return known
    scanned = scan_amount(f"1 {unit}", ".")
    return "" if isinstance(scanned, Unread) or "/" in unit else KIND_WORDS[scanned[0].kind]
