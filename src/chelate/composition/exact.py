"""The ends of a printed amount in mg, exactly: from its text alone, without a float.

What composition holds as floats, a proof has to hold as rationals. Both come from the
same text by the same rules; these functions keep to the digits that are printed.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from chelate import catalogue
from chelate.composition.amounts import ROUNDLY
from chelate.composition.values import Printed
from chelate.formula import atomic_weights
from chelate.intervals import printed as ends_of
from chelate.units import Amount, DecimalMark, read_amount
from chelate.units.vocabulary import vocabulary
from chelate.wording import without_approximation

Ends = tuple[Fraction, Fraction]
_ROUNDLY = Fraction(str(ROUNDLY))


def exact_ends(printed: Printed) -> Ends | None:
    """The two ends of a printed amount in mg, summed over its parts where it has some."""
    if not printed.parts:
        return exact_mg(printed.text, printed.decimal, printed.nutrient)
    found = [ends for part in printed.parts if (ends := exact_ends(part))]
    if len(found) < len(printed.parts):
        return None
    zero = Fraction(0)
    return sum((low for low, _ in found), zero), sum((high for _, high in found), zero)


def exact_mg(text: str, decimal: DecimalMark = ".", nutrient: str | None = None) -> Ends | None:
    """The two ends in mg of what a text stands for, or None where it is no mass.

    `nutrient` makes moles and equivalents of an element masses of it.

    >>> exact_mg("1.50 g")
    (Fraction(1495, 1), Fraction(1505, 1))
    >>> exact_mg("about 200 mg"), exact_mg("400 IU")
    ((Fraction(3591, 20), Fraction(4411, 20)), None)
    """
    bare = without_approximation(text)
    read = read_amount(bare, decimal=decimal)
    factor = _mg_in_one(read.unit, nutrient) if isinstance(read, Amount) else None
    if not isinstance(read, Amount) or read.number is None or factor is None:
        return None
    low, high = _ends(read, read.number)
    wide = Fraction(0) if bare == text else _ROUNDLY
    return low * factor * (1 - wide), high * factor * (1 + wide)


def _ends(read: Amount, number: Decimal) -> Ends:
    """The ends of an amount in its own unit."""
    upper = number if read.upper is None else read.upper
    if read.operator == "<":
        return Fraction(0), Fraction(upper)
    low, _ = ends_of(number / read.times)
    _, high = ends_of(upper / read.times)
    return Fraction(low) * read.times, Fraction(high) * read.times


@cache
def _mg_in_one(unit: str, nutrient: str | None) -> Fraction | None:
    """The mg in one of a unit, by its symbol; None where it is no mass."""
    known = vocabulary().units.get(unit.lower())
    if known is not None and known.mg is not None:
        return Fraction(known.mg)
    return _mg_in_one_mole(unit, nutrient) if nutrient else None


def _mg_in_one_mole(unit: str, nutrient: str) -> Fraction | None:
    """The mg of an element in one mmol or mEq of it: 1 mEq of magnesium is 12.1525 mg."""
    record = catalogue.nutrients().get(nutrient)
    charges = {"mmol": 1, "mEq": record.valence or 0}.get(unit, 0) if record else 0
    if record is None or record.element is None or not charges:
        return None
    return Fraction(str(atomic_weights()[record.element].weight)) / charges
