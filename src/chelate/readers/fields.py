"""Fields of a database record: text with the way to it, and labels made of such texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from chelate import resources
from chelate.files import Document, Steps, shown, steps_of
from chelate.findings import Place
from chelate.models import Label, Origin
from chelate.readers.parts import origin_of

MOST_DIGITS = 12

_EXPONENT = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d{1,2}")
_LONG = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class At:
    """A text of the label, and the steps to the field of the record that it comes from."""

    text: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the record with the steps to it; null is the same as not there."""

    document: Document
    steps: Steps
    value: Any

    def get(self, key: str) -> Field:
        """The field of an object; what is not there has the value None."""
        if not isinstance(self.value, dict | None):
            raise self.document.error(f"expected an object, found {shown(self.value)}", self.steps)
        value = self.value.get(key) if self.value else None
        return Field(self.document, (*self.steps, key), value)

    def items(self) -> list[Field]:
        """The items of a list that are not null."""
        if not isinstance(self.value, list | None):
            raise self.document.error(f"expected a list, found {shown(self.value)}", self.steps)
        listed = enumerate(self.value or ())
        return [Field(self.document, (*self.steps, i), v) for i, v in listed if v is not None]

    def text(self) -> str:
        """The text or the number as it is written; empty where there is none."""
        if not isinstance(self.value, str | None):
            raise self.document.error(f"expected text, found {shown(self.value)}", self.steps)
        return (self.value or "").strip()

    def at(self) -> At:
        """The text with the steps to it."""
        return At(self.text(), self.steps)


def located(tree: Any, document: Document, record: str | None) -> Label:
    """The label of a tree of texts; a path leads to the field that its text comes from."""
    origin: Origin = origin_of(document, record, lambda path: _locate(tree, path, document))
    return Label.model_validate(_plain(tree)).located(origin)


def printed(texts: Iterable[At]) -> list[At]:
    """The texts that are not empty."""
    return [each for each in texts if each.text]


def ordered(items: list[Field], key: str = "order") -> list[Field]:
    """The items by the number in one of their fields; those without come last."""
    return sorted(items, key=lambda item: number(item.get(key).text()))


def number(text: str) -> float:
    """The number that is written, infinity where there is none: it sorts last."""
    try:
        return float(text)
    except ValueError:
        return float("inf")


def tidy(text: str) -> str:
    """A number of a record as a label prints it: 200.0 is 200, 1.5 and 1.50 stay.

    More digits than a label prints are left over from arithmetic: six of them are kept.

    >>> tidy("200.0"), tidy("1e-05"), tidy("0.0010999999999999998")
    ('200', '0.00001', '0.0011')
    """
    if text.isdecimal():
        return text
    if _EXPONENT.fullmatch(text):
        text = f"{Decimal(text):f}"
    if sum(map(str.isdigit, text)) > MOST_DIGITS and _LONG.fullmatch(text):
        text = _shortened(text)
    return re.sub(r"\.0+$", "", text)


def with_mark(figure: At, language: str) -> At:
    """A figure with the decimal mark of a language, as its labels print it: 1,5 mg in French."""
    marks = resources.toml("wording.toml")["languages"]["decimal_mark"]
    return At(figure.text.replace(".", marks.get(language[:2].casefold(), ".")), figure.steps)


def _shortened(text: str) -> str:
    try:
        short = Decimal(f"{Decimal(text):.5e}")
    except InvalidOperation:
        return text
    return f"{short:f}".rstrip("0").rstrip(".") if short % 1 else f"{short:f}"


def is_zero(text: str) -> bool:
    """Whether a number is written and is nought."""
    return number(text) == 0


def range_of(low: str, high: str) -> str:
    """Two ends as one text: "1-2", "2" where they are the same, nought is not there."""
    ends = dict.fromkeys(end for end in map(tidy, (low, high)) if end and not is_zero(end))
    return "-".join(ends)


def _plain(tree: Any) -> Any:
    """The tree as plain data, without the keys of empty values; a row keeps its name."""
    if isinstance(tree, At):
        return tree.text
    if isinstance(tree, str):
        return tree
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    pairs = ((key, _plain(value)) for key, value in tree.items())
    return {key: plain for key, plain in pairs if plain or key == "name"}


def _locate(tree: Any, path: str, document: Document) -> Place:
    """The place of a path's field, or of the nearest one around it."""
    steps: Steps | None = _first(tree)
    for step in steps_of(path):
        if isinstance(tree, At) or not _has(tree, step):
            break
        tree = tree[step]
        steps = _first(tree) or steps
    return document.place(steps or ())


def _has(tree: Any, step: str | int) -> bool:
    return step in tree if isinstance(tree, dict) else isinstance(step, int) and step < len(tree)


def _first(tree: Any) -> Steps | None:
    if isinstance(tree, At):
        return tree.steps
    if isinstance(tree, str):
        return None
    children = tree.values() if isinstance(tree, dict) else tree
    return next((steps for child in children if (steps := _first(child))), None)
