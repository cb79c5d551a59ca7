"""The closed vocabulary of units and words around amounts: `data/units.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from chelate import resources

Kind = Literal[
    "mass",
    "substance",
    "activity",
    "count",
    "volume",
    "energy",
    "equivalents",
    "not-printed",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of labels; `mg` is its mass in milligrams, exactly, where it is a mass."""

    symbol: str
    kind: Kind
    mg: Decimal | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Spellings to units, and the patterns and sets of words that may stand around."""

    units: Mapping[str, Unit]
    multipliers: Mapping[str, int]
    unit_words: re.Pattern[str]
    multiplier_words: re.Pattern[str]
    less_than: re.Pattern[str]
    trailing: re.Pattern[str]
    after_percent: re.Pattern[str]
    not_printed: frozenset[str]
    no_reference: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = resources.toml("units.toml")
    units = {
        spelling.lower(): Unit(
            record["symbol"], record["kind"], Decimal(record["mg"]) if "mg" in record else None
        )
        for record in data["unit"]
        for spelling in record["spellings"]
    }
    words = data["words"]
    return Vocabulary(
        units=units,
        multipliers=data["multipliers"],
        unit_words=_any_of(units, suffix=r"(?:\(s\))?"),
        multiplier_words=_any_of(data["multipliers"]),
        less_than=_any_of(words["less_than"], edge=""),
        trailing=_any_of(words["trailing"]),
        after_percent=_any_of(words["after_percent"]),
        not_printed=frozenset(words["not_printed"]),
        no_reference=frozenset(words["no_reference"]),
    )


def folded(text: str) -> str:
    """The text in lower case with single spaces."""
    return " ".join(text.lower().split())


def _any_of(
    words: Iterable[str], *, suffix: str = "", edge: str = r"(?![A-Za-z0-9µμ])"
) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    choices = "|".join(re.escape(word).replace(r"\ ", r"(?u:\s+)") for word in longest_first)
    return re.compile(f"({choices}){suffix}{edge}", re.I | re.A)
