"""The serving: how many units a day, their mass, and the capsules that hold them."""

from __future__ import annotations

import re

from chelate import catalogue
from chelate.composition.rows import Reading, read_mass
from chelate.composition.values import Printed, Problem, Serving
from chelate.models import Label
from chelate.units import Amount, read_amount

_COUNT = re.compile(
    r"(?<![\d.,])(?P<low>\d+(?:[.,]\d+)?|½|1/2)(?:\s*(?:-|–|to)\s*(?P<high>\d+))?\s*(?P<unit>[^\W\d]+)"
)
_BRACKETED = re.compile(r"\(([^()]*)\)")


def serving_of(label: Label, reading: Reading) -> Serving:
    """What the label says of its serving; what it does not say is None."""
    units, unit = _units(label, reading)
    return Serving(
        units, unit, _mass(label, reading), _capsule_size(label, reading), _per_day(label, reading)
    )


def _units(label: Label, reading: Reading) -> tuple[float | None, str]:
    """The most units that one serving may be, and their name."""
    text = label.serving.size
    found = _COUNT.search(text) if text else None
    if text and found is None:
        reading.problems.append(
            Problem("serving", "serving.size", text, "a count and a unit, such as 2 capsules")
        )
    if found is None:
        return None, label.form or ""
    unit = found["unit"].casefold()
    return _number(found["high"] or found["low"]), unit.removesuffix("s")


def _number(text: str) -> float:
    return 0.5 if text in ("½", "1/2") else float(text.replace(",", "."))


def _mass(label: Label, reading: Reading) -> Printed | None:
    """The printed mass of one serving: its own field, or a mass within the serving size."""
    if label.serving.weight:
        return read_mass(label.serving.weight, "serving.weight", reading)
    size = label.serving.size or ""
    for text in (_BRACKETED.sub("", size).strip(), *_BRACKETED.findall(size)):
        read = read_amount(text, decimal=reading.decimal)
        if isinstance(read, Amount) and read.kind == "mass":
            return read_mass(text, "serving.size", reading)
    return None


def _capsule_size(label: Label, reading: Reading) -> str | None:
    text = label.capsule_size
    if text is None:
        return None
    size = text.removeprefix("#").strip().upper()
    if size in catalogue.capsules():
        return size
    expected = "one of " + ", ".join(catalogue.capsules())
    reading.problems.append(Problem("capsule-size", "capsule_size", text, expected))
    return None


def _per_day(label: Label, reading: Reading) -> float:
    """The most servings that the label says to take a day; 1 where it does not say."""
    text = label.serving.per_day
    if text is None:
        return 1
    found = re.fullmatch(r"\s*(\d+)(?:\s*(?:-|–|to)\s*(\d+))?(?:\s*\D*)", text)
    if found:
        return float(found[2] or found[1])
    reading.problems.append(Problem("per-day", "serving.per_day", text, "a count, such as 1-2"))
    return 1
