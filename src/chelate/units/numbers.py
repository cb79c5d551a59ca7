"""Printed numbers: decimal marks, thousands marks, and which of them cannot be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DecimalMark = Literal[".", ",", "?"]
Reason = Literal["unknown-unit", "no-unit", "not-a-number", "ambiguous-number", "empty"]

SPACES = " \u00a0\u2007\u2009\u202f"
NUMBER = re.compile(rf"(?:[0-9.,'\u2019]|[{SPACES}](?=[0-9]))+")
_MOST_DIGITS = 15
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([.,'\u2019{SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a number cannot be read, and at which of its characters (from zero)."""

    reason: Reason
    offset: int
    expected: str


def read_number(token: str, decimal: DecimalMark) -> Decimal | Fault:
    """The number that the token prints, by the decimal mark of its language."""
    if sum(char in "0123456789" for char in token) > _MOST_DIGITS:
        return Fault("not-a-number", 0, f"a number of at most {_MOST_DIGITS} digits")
    point = _decimal_mark(token) if decimal == "?" else decimal
    if point is None:
        return Fault("ambiguous-number", 0, "a decimal mark that cannot be a thousands mark")
    whole, mark, fraction = token.partition(point)
    if mark and not re.fullmatch(r"[0-9]+", fraction):
        return Fault("not-a-number", len(whole), "digits only after one decimal mark")
    if re.fullmatch(r"[0-9]+", whole) or _GROUPED.fullmatch(whole) or (mark and not whole):
        digits = re.sub(r"[^0-9]", "", whole) or "0"
        return Decimal(f"{digits}.{fraction}" if mark else digits)
    return _grouping_fault(whole)


def _decimal_mark(token: str) -> Literal[".", ","] | None:
    """The decimal mark of a number in an unknown language; None where it could be either."""
    marks = [char for char in token if char in ".,"]
    if not marks:
        return "."
    last: Literal[".", ","] = "." if marks[-1] == "." else ","
    if len(marks) > 1:
        return last if marks.count(last) == 1 else ("," if last == "." else ".")
    whole, _, fraction = token.partition(last)
    like_a_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    misprinted_group = last == "," and len(fraction) > 3 and whole.strip("0") != ""
    return None if like_a_group or misprinted_group else last


def _grouping_fault(whole: str) -> Fault:
    for index, group in enumerate(re.finditer(r"[0-9]+", whole)):
        if index and len(group[0]) != 3:
            return Fault("not-a-number", group.start(), "three digits after a thousands mark")
        if not index and not re.fullmatch(r"[1-9][0-9]{0,2}", group[0]):
            return Fault("not-a-number", 0, "one to three digits before a thousands mark")
    return Fault("not-a-number", 0, "digits with one kind of thousands mark")
