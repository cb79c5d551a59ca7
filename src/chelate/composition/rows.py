"""Panel rows -> entries: each row's name resolved, its amount and percent read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import wording
from chelate.catalogue import names
from chelate.catalogue.names import Meaning
from chelate.composition.amounts import Reading, fits, read_element, read_mass
from chelate.composition.values import Printed, Problem
from chelate.models import Label, Row
from chelate.units import Percent, Unread, read_percent

Kind = Literal["element", "source", "other"]
_BLEND_WORDS = frozenset({"blend", "complex", "matrix", "mix", "proprietary"})


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


def entries(label: Label, reading: Reading) -> tuple[Entry, ...]:
    """Every row of the panel, understood, in printed order."""
    return tuple(_entry(row, f"facts[{i}]", reading, None) for i, row in enumerate(label.facts))


def _entry(row: Row, path: str, reading: Reading, parent: str | None) -> Entry:
    phrase = _head_of(wording.parse(row.name))
    kind, nutrient, meaning = _classify(phrase.head.text, parent)
    text = row.amount if row.amount is not None else phrase.head.amount
    where = f"{path}.amount" if row.amount is not None else f"{path}.name"
    percent, percent_path = _percent(row, path, reading)
    amount = (
        read_element(text, where, reading, nutrient, percent)
        if kind == "element"
        else read_mass(text, where, reading, nutrient=nutrient)
    )
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
    is_compound = meaning.family is not None and meaning.nutrient == element
    if element and not is_compound:
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
    read = read_percent(text, decimal=reading.decimal)
    if isinstance(read, Unread):
        reading.problems.append(Problem("percent", where, text, read.expected))
        return None, where
    return read, where
