"""The serving: how many units a day, their mass, and the capsules that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from chelate import catalogue, resources, wording
from chelate.catalogue import names
from chelate.composition.amounts import ROUNDLY, Reading, read_mass
from chelate.composition.rows import Entry
from chelate.composition.values import Printed, Problem, Serving
from chelate.directions import first_directed
from chelate.intervals import Interval
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
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s*([^\W\d_]*)")
_PER_DAY = re.compile(r"\s*(\d+(?:[.,]\d+)?)(?:\s*(?:-|–|to)\s*(\d+))?(?:\s*\D*)")


def serving_of(label: Label, rows: tuple[Entry, ...], reading: Reading) -> Serving:
    """What the label says of its serving; what it does not say is None."""
    text = label.serving.size or ""
    unit = _unit(text) or (label.form or "").casefold()
    units = _units(text)
    if text and units is None and not _measures_in(text, reading):
        expected = "a count and a unit, such as 2 capsules, or a mass or volume"
        reading.problems.append(Problem("serving", "serving.size", text, expected))
    mass = _mass(label, reading)
    if mass and unit in _COUNTED and not label.serving.weight and _is_a_dose(mass, rows):
        mass = None
    size, per_day = _capsule_size(label, reading), _per_day(label, reading)
    volume = _volume(text, reading) if units is None else None
    return Serving(units, unit, mass, size, per_day, per_container(label), volume)


def _volume(text: str, reading: Reading) -> tuple[float, str] | None:
    """The volume that a serving is: "2 mL"."""
    found = _measures_in(text, reading, kinds=("volume",))
    read = _without_about(found[0], reading) if found else None
    if not isinstance(read, Amount) or read.number is None:
        return None
    return float(read.number), read.unit


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
    return _measures_in(size, reading, kinds=("mass",))


def _measures_in(
    size: str, reading: Reading, *, kinds: tuple[str, ...] = ("mass", "volume")
) -> list[str]:
    return [
        text
        for text in _parts(size)
        if isinstance(read := _without_about(text, reading), Amount) and read.kind in kinds
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
    text = per_day_said(label)
    if text is None:
        return 1
    found = _PER_DAY.fullmatch(text)
    if found:
        return float((found[2] or found[1]).replace(",", "."))
    reading.problems.append(Problem("per-day", "serving.per_day", text, "a count, such as 1-2"))
    return 1


def per_day_said(label: Label) -> str | None:
    """Servings a day as the label's own field or its directions say; None where neither does.

    >>> per_day_said(Label(product="Plain", serving={"size": "2 capsules"},
    ...                    statements=["Take 2 capsules twice daily."]))
    '2'
    """
    if label.serving.per_day is not None:
        return label.serving.per_day
    directed = first_directed(label.statements, label.serving.size)
    return directed.count if directed else None


def per_container(label: Label) -> Interval | None:
    """How many servings a container holds; None where that is not printed as a count.

    "About 30" is as round as a mass given so.

    >>> per_container(Label(product="Plain", serving={"per_container": "About 30"}))
    Interval(low=27.0, high=33.0)
    """
    text = _BRACKETED.sub("", label.serving.per_container or "").strip()
    bare = wording.without_approximation(text).strip()
    found = _COUNT.fullmatch(bare)
    if found is None or (found[2] and _unit(found[2]) != "serving"):
        return None
    count, roundly = float(found[1].replace(",", "")), ROUNDLY * (bare != text)
    return Interval(count * (1 - roundly), count * (1 + roundly)) if count else None
