"""Panel rows -> entries: each row's name resolved, its amount and percent read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue, wording
from chelate.catalogue import names
from chelate.catalogue.names import Meaning
from chelate.composition.values import Printed, Problem
from chelate.formula import molar_mass
from chelate.intervals import Interval
from chelate.models import Label, Row
from chelate.units import (
    KIND_WORDS,
    Amount,
    DecimalMark,
    Percent,
    Unread,
    read_amount,
    read_percent,
)

Kind = Literal["element", "source", "other"]
_BLEND_WORDS = frozenset({"blend", "complex", "matrix", "mix", "proprietary"})
_DECIMAL_OF_LANGUAGE: dict[str, DecimalMark] = {
    "en": ".",
    "de": ",",
    "fr": ",",
    "es": ",",
    "it": ",",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How numbers are read on this label, and what could not be read so far."""

    decimal: DecimalMark
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row understood: an element, a source of one, or something else.

    `nutrient` is the nutrient that the row is (kind "element", and vitamins) or that its
    compound brings (kind "source").
    """

    path: str
    row: Row
    kind: Kind
    nutrient: str | None
    meaning: Meaning
    phrase: wording.Phrase
    amount: Printed | None
    percent: Percent | None
    percent_path: str
    children: tuple[Entry, ...]

    def walk(self) -> Iterator[Entry]:
        """This entry and every one under it."""
        yield self
        for child in self.children:
            yield from child.walk()


def reading_of(label: Label) -> Reading:
    """The decimal mark of the label's language, "?" where it is not known."""
    if label.language:
        return Reading(_DECIMAL_OF_LANGUAGE.get(label.language[:2].casefold(), "?"), [])
    return Reading("?" if label.market == "EU" else ".", [])


def entries(label: Label, reading: Reading) -> tuple[Entry, ...]:
    """Every row of the panel, understood, in printed order."""
    return tuple(_entry(row, f"facts[{i}]", reading, None) for i, row in enumerate(label.facts))


def read_mass(
    text: str | None, path: str, reading: Reading, *, nutrient: str | None = None
) -> Printed | None:
    """The printed mass, or None where none is printed, noting what cannot be read.

    The moles and equivalents of a `nutrient` that is an element are masses of it; any other
    unit that is no mass is a problem there, and no amount elsewhere.
    """
    if text is None:
        return None
    read = read_amount(text, decimal=reading.decimal)
    if isinstance(read, Unread):
        reading.problems.append(Problem(read.reason, path, text, read.expected))
        return None
    if read.operator == "not-printed":
        return None
    mass = read.mass_mg or _moles_as_mass(read, nutrient)
    if mass is None and nutrient and catalogue.nutrients()[nutrient].element:
        reading.problems.append(Problem(f"is {KIND_WORDS[read.kind]}", path, text, nutrient))
    return Printed(path, read.text, mass, _value_mg(read, mass)) if mass else None


def _value_mg(read: Amount, mass: Interval) -> float:
    return mass.middle if read.value_mg is None else read.value_mg


def _moles_as_mass(read: Amount, nutrient: str | None) -> Interval | None:
    """An element's mmol or mEq as mg: 1 mmol of magnesium is 2 mEq is 24.305 mg."""
    known = catalogue.nutrients().get(nutrient or "")
    if known is None or known.element is None or read.unit not in ("mmol", "mEq"):
        return None
    charges = (known.valence or 0) if read.unit == "mEq" else 1
    return read.interval.scaled(molar_mass(known.element) / charges) if charges else None


def _entry(row: Row, path: str, reading: Reading, parent: str | None) -> Entry:
    phrase = _head_of(wording.parse(row.name))
    kind, nutrient, meaning = _classify(phrase.head.text, parent)
    text = row.amount if row.amount is not None else phrase.head.amount
    where = f"{path}.amount" if row.amount is not None else f"{path}.name"
    percent, percent_path = _percent(row, path, reading)
    amount = read_mass(text, where, reading, nutrient=nutrient)
    if kind == "element" and _is_blend(row, phrase) and not fits(nutrient, amount, percent):
        kind, nutrient = "other", None
    return Entry(
        path, row, kind, nutrient, meaning, phrase, amount, percent, percent_path,
        tuple(
            _entry(child, f"{path}.contains[{i}]", reading, nutrient or parent)
            for i, child in enumerate(row.contains)
        ),
    )  # fmt: skip


def _is_blend(row: Row, phrase: wording.Phrase) -> bool:
    """Whether a row is headed as a blend of what is nested in it: "Magnesium Complex"."""
    return bool(row.contains) and names_blend(phrase.head.text)


def names_blend(text: str) -> bool:
    """Whether a name speaks of a blend."""
    return not _BLEND_WORDS.isdisjoint(names.normalise(text).split())


def fits(nutrient: str | None, amount: Printed | None, percent: Percent | None) -> bool:
    """Whether a percent is that of the amount, read as the element, for some adult reference."""
    if nutrient is None or amount is None or percent is None:
        return False
    return any(
        amount.interval_mg.scaled(100 / reference.amount_mg).overlaps(percent.interval)
        for reference in catalogue.reference_values(nutrient)
        if reference.amount_mg and reference.population == "adults"
    )


def _head_of(phrase: wording.Phrase) -> wording.Phrase:
    """A row that is all clause, "of which magnesium", is headed by what the clause names."""
    if phrase.head.text or not phrase.items:
        return phrase
    first, *others = phrase.items
    amount = first.amount or phrase.head.amount
    head = wording.Item(first.text, "head", first.offset, amount)
    return wording.Phrase(head, tuple(others))


def _classify(text: str, parent: str | None) -> tuple[Kind, str | None, Meaning]:
    element = names.nutrient_of(text)
    meaning = names.resolve(text, parent)
    if element:
        return "element", element, meaning
    if meaning.nutrient and meaning.status in ("known", "undefined"):
        return "source", meaning.nutrient, meaning
    return "other", None, meaning


def _percent(row: Row, path: str, reading: Reading) -> tuple[Percent | None, str]:
    key = "percent_nrv" if row.percent_nrv is not None else "percent_dv"
    text = row.percent_nrv if row.percent_nrv is not None else row.percent_dv
    where = f"{path}.{key}"
    if text is None:
        return None, where
    read = read_percent(text)
    if isinstance(read, Unread):
        reading.problems.append(Problem("percent", where, text, read.expected))
        return None, where
    return read, where
