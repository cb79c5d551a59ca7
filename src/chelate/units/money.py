"""Sums of money: a number and the currency that it is in, by its code of three letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chelate.findings import InputError
from chelate.units.numbers import NUMBER, DecimalMark, Fault, read_number
from chelate.units.text import shortened

EXPECTED = 'a sum of money with its currency, a code of three letters: "24.99 USD"'
_CODE = r"[A-Z]{3}|€"
_MONEY = re.compile(
    rf"(?:(?P<code>{_CODE})\s*(?P<after>{NUMBER.pattern})"
    rf"|(?P<before>{NUMBER.pattern})\s*(?P<code_after>{_CODE}))"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a currency by its code of three letters."""

    amount: float
    currency: str


def money_in(text: str, decimal: DecimalMark) -> Money | str:
    """A sum of money, else what was expected in its place."""
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        return EXPECTED
    token = found["after"] or found["before"]
    read = read_number(token, decimal)
    if isinstance(read, Fault):
        return f'{read.expected} in "{token}"'
    code = found["code"] or found["code_after"]
    return Money(float(read), {"€": "EUR"}.get(code, code))


def read_money(text: str, *, decimal: DecimalMark = ".") -> Money:
    """A sum of money: "24.99 USD", "EUR 24.99", "24.99 €".

    Raises:
        InputError: it is none, or its currency is not told: a dollar is of many lands.

    >>> read_money("24.99 USD"), read_money("1.299,00 €", decimal=",")
    (Money(amount=24.99, currency='USD'), Money(amount=1299.0, currency='EUR'))
    """
    read = money_in(text, decimal)
    if isinstance(read, str):
        raise InputError(f'found "{shortened(text.strip())}", expected {read}')
    return read
