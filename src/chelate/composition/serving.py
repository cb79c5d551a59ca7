"""The serving: how many units a day, their mass, and the capsules that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from chelate import catalogue, resources, wording
from chelate.catalogue import names
from chelate.composition.amounts import Reading, read_mass
from chelate.composition.rows import Entry
from chelate.composition.values import Printed, Problem, Serving
from chelate.models import Label
from chelate.units import Amount, Unread, read_amount

_COUNTED = ("capsule", "tablet", "softgel", "gummy")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(
    r"(?<![\d.,])(\d+(?:[.,]\d+)?)(?:\s*(?:-|–|to|bis|à)\s*(\d+))?"
    r"(?![\d.,]*\s*(?:mg|mcg|g|gm|grams?|kg|oz|ml)\b)",
    re.IGNORECASE,
)
_FRACTIONS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "1/4": 0.25}
_BRACKETED = re.compile(r"\(([^()]*)\)")
_PER_DAY = re.compile(r"\s*(\d+)(?:\s*(?:-|–|to)\s*(\d+))?(?:\s*\D*)")


def serving_of(label: Label, rows: tuple[Entry, ...], reading: Reading) -> Serving:
    """What the label says of its serving; what it does not say is None."""
    text = label.serving.size or ""
    unit = _unit(text) or (label.form or "").casefold()
    units = _units(text)
    if text and units is None and not _masses_in(text, reading):
        expected = "a count and a unit, such as 2 capsules, or a mass"
        reading.problems.append(Problem("serving", "serving.size", text, expected))
    mass = _mass(label, reading)
    if mass and unit in _COUNTED and not label.serving.weight and _is_a_dose(mass, rows):
        mass = None
    return Serving(units, unit, mass, _capsule_size(label, reading), _per_day(label, reading))


def _units(text: str) -> float | None:
    """The most units that one serving may be: 2 of "Two (2) Vegetarian Capsules"."""
    for fraction, value in _FRACTIONS.items():
        if fraction in text:
            return value
    found = _NUMBER.search(text)
    if found:
        return float((found[2] or found[1]).replace(",", "."))
    numbers = _data()["numbers"]
    spoken = (numbers.get(word.casefold()) for word in _WORD.findall(text))
    return next((float(number) for number in spoken if number is not None), None)


def _unit(text: str) -> str:
    """What a serving is counted in, by its first word that names it; "" where none does."""
    known = _unit_words()
    spoken = (known.get(names.normalise(word)) for word in _WORD.findall(text))
    return next((unit for unit in spoken if unit), "")


@cache
def _unit_words() -> dict[str, str]:
    units = _data()["units"]
    return {names.normalise(word): unit for unit, words in units.items() for word in words}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = resources.toml("wording.toml")["serving"]
    return data


def _mass(label: Label, reading: Reading) -> Printed | None:
    """The printed mass of one serving: its own field, or a mass within the serving size."""
    if label.serving.weight:
        return read_mass(label.serving.weight, "serving.weight", reading)
    text = next(iter(_masses_in(label.serving.size or "", reading)), None)
    return read_mass(text, "serving.size", reading)


def _masses_in(size: str, reading: Reading) -> list[str]:
    return [
        text
        for text in _parts(size)
        if isinstance(read := _without_about(text, reading), Amount) and read.kind == "mass"
    ]


def _without_about(text: str, reading: Reading) -> Amount | Unread:
    return read_amount(wording.without_approximation(text), decimal=reading.decimal)


def _parts(size: str) -> Iterator[str]:
    """A serving size without its brackets, then what stands in each."""
    for part in (_BRACKETED.sub("", size), *_BRACKETED.findall(size)):
        for piece in re.split(r"[/;]| or ", part):
            if piece.strip():
                yield piece.strip()


def _is_a_dose(mass: Printed, rows: tuple[Entry, ...]) -> bool:
    """Whether a mass beside a count of units repeats a row's amount: "1 tablet (400 mg)"."""
    return any(
        entry.amount and entry.amount.interval_mg == mass.interval_mg
        for row in rows
        for entry in row.walk()
    )


def _capsule_size(label: Label, reading: Reading) -> str | None:
    text = label.capsule_size
    if text is None:
        return None
    sizes = catalogue.capsules()
    found = [word for word in re.split(r"[\s#()]+", text.upper()) if word in sizes]
    if len(found) == 1:
        return found[0]
    expected = "one of " + ", ".join(sizes)
    reading.problems.append(Problem("capsule-size", "capsule_size", text, expected))
    return None


def _per_day(label: Label, reading: Reading) -> float:
    """The most servings that the label says to take a day; 1 where it does not say."""
    text = label.serving.per_day
    if text is None:
        return 1
    found = _PER_DAY.fullmatch(text)
    if found:
        return float(found[2] or found[1])
    reading.problems.append(Problem("per-day", "serving.per_day", text, "a count, such as 1-2"))
    return 1
