"""Label text to amounts and percentages, or to the reason why it cannot be read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from chelate.intervals import Interval, half_last_digit, printed
from chelate.units.numbers import NUMBER, SPACES, DecimalMark, Fault, Reason, read_number
from chelate.units.vocabulary import Kind, Unit, folded, vocabulary

MAX_LENGTH = 500
Operator = Literal["=", "<", "not-printed"]

_RANGE_DASH = re.compile(rf"[{SPACES}]*(?:[-\u2010-\u2014]|\bto\b)[{SPACES}]*(?=[0-9.])", re.I)
_GAP = re.compile(r"\s*")
_BRACKETS = re.compile(r"(?:\s*\([^()]*\))+")
_BRACKET = re.compile(r"\(([^()]*)\)")
_FOOTNOTE = re.compile(r"[\s.;*†‡§^]*")
_SECOND_AMOUNT = re.compile(r"(?:/|or\b|\+|,|&|and\b)?\s*[0-9]", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a label prints it, read.

    `number` is the printed number (of a range the lower one, with `upper`; None where none
    is printed) and `interval` what it stands for, both in `unit`. `mass_mg` is that interval in mg
    and `value_mg` the number itself in mg, or the middle of a range; both are None where the
    unit is no mass, `value_mg` also for "less than". `restated` is what stood in brackets.
    `times` is the power of ten printed before the unit ("5 billion CFU"), which the numbers
    have in them.
    """

    text: str
    number: Decimal | None
    unit: str
    kind: Kind
    operator: Operator
    interval: Interval
    mass_mg: Interval | None = None
    value_mg: float | None = None
    upper: Decimal | None = None
    restated: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Percent:
    """A printed percentage: 48 for 48 %, and what it stands for."""

    text: str
    value: float
    interval: Interval
    operator: Literal["=", "<"] = "="


@dataclass(frozen=True, slots=True)
class Unread:
    """Text that is no amount: why, from which character (from zero), and what would be."""

    text: str
    reason: Reason
    offset: int
    expected: str

    @property
    def found(self) -> str:
        """The part of the text that could not be read, or all of it at its end."""
        return self.text[self.offset :].strip() or self.text.strip()

    def __str__(self) -> str:
        found = f'"{shortened(self.found)}"' if self.found else "nothing"
        inside = "" if self.found == self.text.strip() else f' in "{shortened(self.text.strip())}"'
        return f"found {found}{inside}, expected {self.expected}"


@lru_cache(maxsize=8192)
def read_amount(text: str, *, decimal: DecimalMark = ".") -> Amount | Unread:
    """Read an amount as labels print it, or say why it cannot be read.

    `decimal` is the decimal mark of the label's language, "?" where it is not known.

    >>> read_amount("1,112 mg").mass_mg
    Interval(low=1107.0, high=1117.0)
    >>> print(read_amount("2,0000 mg"))
    found "0000 mg" in "2,0000 mg", expected three digits after a thousands mark
    """
    if not text.strip():
        return Unread(text, "empty", 0, 'an amount such as "200 mg"')
    if folded(text) in vocabulary().not_printed:
        nothing_known = Interval(0.0, math.inf)
        return Amount(text, None, "", "not-printed", "not-printed", nothing_known)
    scanned = scan_amount(text, decimal)
    if isinstance(scanned, Unread):
        return scanned
    amount, end = scanned
    left = _after_amount(text, end)
    if left == len(text):
        brackets = _BRACKET.search(text, end)
        return replace(amount, restated=brackets[1].strip()) if brackets else amount
    if _SECOND_AMOUNT.match(text, left):
        return Unread(text, "ambiguous-number", left, "one amount, not several")
    return Unread(text, "unknown-unit", left, f"nothing more after {amount.unit}")


def read_percent(text: str, *, decimal: DecimalMark = ".") -> Percent | Unread | None:
    """Read a printed percentage, with or without its sign; None where there is no reference.

    >>> read_percent("48 %").interval
    Interval(low=47.5, high=48.5)
    >>> read_percent("<1 %").operator, read_percent("†")
    ('<', None)
    """
    if not text.strip():
        return Unread(text, "empty", 0, 'a percentage such as "48 %"')
    if folded(text) in vocabulary().no_reference:
        return None
    less, start = _operator(text)
    number = _number_at(text, start, decimal)
    if isinstance(number, Unread):
        return number
    value, end = number
    left = _after_percent(text, end)
    if left < len(text):
        return Unread(text, "unknown-unit", left, 'a percentage such as "48 %"')
    if less:
        return Percent(text, float(value), Interval(0.0, float(value)), "<")
    half = half_last_digit(value)
    return Percent(text, float(value), _interval(max(value - half, Decimal(0)), value + half))


def scan_amount(text: str, decimal: DecimalMark) -> tuple[Amount, int] | Unread:
    """The amount at the start of the text, and where its unit ends."""
    if len(text) > MAX_LENGTH:
        return Unread(text, "not-a-number", 0, f"an amount of at most {MAX_LENGTH} characters")
    less, start = _operator(text)
    first = _number_at(text, start, decimal)
    if isinstance(first, Unread):
        return first
    number, end = first
    upper, end = _upper_of_range(text, end, decimal)
    if isinstance(upper, Unread):
        return upper
    if upper is not None and upper < number:
        return Unread(text, "not-a-number", start, "a range from the lower to the higher number")
    unit = _unit_at(text, end)
    if isinstance(unit, Unread):
        return unit
    return _amount(text, number, upper, less, unit[0], unit[1]), unit[2]


def _upper_of_range(
    text: str, end: int, decimal: DecimalMark
) -> tuple[Decimal | Unread | None, int]:
    """The second number of "240-250 mg" or "240 mg - 250 mg", and where it ends."""
    if not _RANGE_DASH.search(text, end):
        return None, end
    own_unit = vocabulary().unit_words.match(text, _skip(text, end))
    for place in (end, own_unit.end() if own_unit else end):
        if dash := _RANGE_DASH.match(text, place):
            second = _number_at(text, dash.end(), decimal)
            if isinstance(second, Unread):
                return second, end
            if place != end and not _same_unit(text, own_unit, second[1]):
                return None, end
            return second
    return None, end


def _same_unit(text: str, own_unit: re.Match[str] | None, end: int) -> bool:
    second = vocabulary().unit_words.match(text, _skip(text, end))
    if own_unit is None or second is None:
        return False
    units = vocabulary().units
    return units[folded(own_unit[1])] == units[folded(second[1])]


def _amount(
    text: str, number: Decimal, upper: Decimal | None, less: bool, unit: Unit, times: int
) -> Amount:
    low, high = printed(number)
    if upper is not None:
        high = printed(upper)[1]
    if less:
        low, high = Decimal(0), upper if upper is not None else number
    middle = (number + upper) / 2 if upper is not None else number
    mass = unit.mg
    return Amount(
        text=text,
        number=number * times,
        unit=unit.symbol,
        kind=unit.kind,
        operator="<" if less else "=",
        interval=_interval(low * times, high * times),
        mass_mg=None if mass is None else _interval(low * mass, high * mass),
        value_mg=None if mass is None or less else float(middle * mass),
        upper=None if upper is None else upper * times,
        times=times,
    )


def _unit_at(text: str, end: int) -> tuple[Unit, int, int] | Unread:
    """The unit after a number, the power of ten before it, and where it ends."""
    words = vocabulary()
    start = _skip(text, end)
    times = 1
    if multiplier := words.multiplier_words.match(text, start):
        times = words.multipliers[folded(multiplier[1])]
        start = _skip(text, multiplier.end())
    if not text[start:].strip(" .*†‡§)"):
        return Unread(text, "no-unit", start, "a unit after the number, such as mg")
    found = words.unit_words.match(text, start)
    unit = words.units[folded(found[1])] if found else None
    if unit is None or found is None or (times > 1 and unit.mg is not None):
        return _not_a_unit(text, start)
    return unit, times, found.end()


def _not_a_unit(text: str, start: int) -> Unread:
    if _SECOND_AMOUNT.match(text, start):
        return Unread(text, "ambiguous-number", start, "one amount, not several")
    return Unread(text, "unknown-unit", start, "a unit such as mg, mcg, g or IU")


def _operator(text: str) -> tuple[bool, int]:
    """Whether the text begins with "less than", and where its number should begin."""
    start = _skip(text, 0)
    less = vocabulary().less_than.match(text, start)
    return (True, _skip(text, less.end())) if less else (False, start)


def _number_at(text: str, start: int, decimal: DecimalMark) -> tuple[Decimal, int] | Unread:
    if text[start : start + 1] in tuple("-\u2212\u2013+"):
        return Unread(text, "not-a-number", start, "a number without a sign")
    found = NUMBER.match(text, start)
    if not found:
        return Unread(text, "not-a-number", start, "a number")
    number = read_number(found[0], decimal)
    if isinstance(number, Fault):
        return Unread(text, number.reason, start + number.offset, number.expected)
    return number, found.end()


def _after_amount(text: str, end: int) -> int:
    """Where what says something more than the amount begins."""
    for allowed in (_FOOTNOTE, _BRACKETS, _FOOTNOTE, vocabulary().trailing, _FOOTNOTE, _BRACKETS):
        if more := allowed.match(text, end):
            end = more.end()
    return _skip(text, end)


def _after_percent(text: str, end: int) -> int:
    end = _skip(text, end)
    if text[end : end + 1] in ("%", "\uff05"):
        end = _skip(text, end + 1)
    if more := vocabulary().after_percent.match(text, end):
        end = more.end()
    found = _FOOTNOTE.match(text, end)
    return found.end() if found else end


def _interval(low: Decimal, high: Decimal) -> Interval:
    return Interval(float(low), float(high))


def _skip(text: str, start: int) -> int:
    found = _GAP.match(text, start)
    return found.end() if found else start


def shortened(text: str) -> str:
    """The text, cut where it is too long for a message."""
    return text if len(text) <= 40 else f"{text[:37]}…"
