"""A record of the NIH Dietary Supplement Label Database (DSLD, version 9) as a label.

Names and amounts stay as the record has them; "quantity" and "unit" make one text. What
is not printed on the label (quantity 0 with unit "NP") is not there. Where a record has
amounts for several serving sizes, the label is that of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chelate.files import Document, Steps, shown, steps_of
from chelate.findings import Place
from chelate.models import Label, Origin
from chelate.readers.dsld_forms import forms_in, sources

FORMS = {"E0155": "tablet", "E0159": "capsule", "E0161": "softgel", "E0162": "powder"}
MAX_NESTED = 12

_MASS_UNITS = frozenset({"gram(s)", "g", "milligram(s)", "mg"})
_PSEUDO_ROW = re.compile(r":\s*$|(?:\bless than|<)\s*\d", re.IGNORECASE)
_EXPONENT = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d{1,2}")
_NEGATION = re.compile(r"\b(?:no|non|not|free|without|never|zero|0)\b", re.IGNORECASE)


def is_record(data: Any) -> bool:
    """Whether plain data is a DSLD label record."""
    return isinstance(data, dict) and (
        "ingredientRows" in data or {"id", "fullName"} <= data.keys()
    )


def label_from(document: Document) -> Label:
    """The label of a DSLD record; its places are those of the record's own fields.

    Raises:
        InputError: a field is of a kind that no record has (a row that is a number).
    """
    root = _Json(document, (), document.data)
    tree = _label(root)
    origin = Origin(
        document.file,
        document.text,
        record=root.get("id").text() or None,
        locate=lambda path: _locate(tree, path, document),
    )
    return Label.model_validate(_plain(tree)).located(origin)


@dataclass(frozen=True, slots=True)
class _At:
    """A text of the label, and the steps to the field of the record that it comes from."""

    text: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class _Json:
    """A value of the record with the steps to it; null is the same as not there."""

    document: Document
    steps: Steps
    value: Any

    def get(self, key: str) -> _Json:
        if not isinstance(self.value, dict | None):
            raise self.document.error(f"expected an object, found {shown(self.value)}", self.steps)
        value = self.value.get(key) if self.value else None
        return _Json(self.document, (*self.steps, key), value)

    def items(self) -> list[_Json]:
        if not isinstance(self.value, list | None):
            raise self.document.error(f"expected a list, found {shown(self.value)}", self.steps)
        listed = enumerate(self.value or ())
        return [_Json(self.document, (*self.steps, i), v) for i, v in listed if v is not None]

    def text(self) -> str:
        if not isinstance(self.value, str | None):
            raise self.document.error(f"expected text, found {shown(self.value)}", self.steps)
        return (self.value or "").strip()

    def at(self) -> _At:
        return _At(self.text(), self.steps)


def _label(record: _Json) -> dict[str, Any]:
    servings = _ordered(record.get("servingSizes").items())
    serving = servings[0] if servings else _Json(record.document, ("servingSizes",), None)
    order = serving.get("order").text()
    rows = _ordered(record.get("ingredientRows").items())
    return {
        "product": _product(record),
        "brand": record.get("brandName").at(),
        "form": _form(record.get("physicalState")),
        "serving": _serving(serving)
        | {
            "per_container": record.get("servingsPerContainer").at(),
            "others": _printed(_serving(other)["size"] for other in servings[1:]),
        },
        "facts": [_row(row, order, 0) for row in rows],
        "other_ingredients": _printed(_other_ingredients(record.get("otheringredients"))),
        "statements": _printed(_statements(record.get("statements").items())),
    }


def _printed(texts: Iterable[_At]) -> list[_At]:
    return [each for each in texts if each.text]


def _product(record: _Json) -> _At:
    name = record.get("fullName").at()
    return name if name.text else _At(f"DSLD record {record.get('id').text()}".strip(), name.steps)


def _form(state: _Json) -> _At:
    code = state.get("langualCode").at()
    known = FORMS.get(code.text.upper())
    return _At(known or state.get("langualCodeDescription").text().lower(), code.steps)


def _ordered(items: list[_Json], key: str = "order") -> list[_Json]:
    return sorted(items, key=lambda item: _number(item.get(key).text()))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")


def _serving(serving: _Json) -> dict[str, Any]:
    count, unit = _range(serving, "minQuantity", "maxQuantity"), serving.get("unit").text()
    notes = serving.get("notes").text()
    steps = serving.get("minQuantity").steps
    measure = f"{count} {unit}".strip() if count else ""
    is_mass = unit.lower() in _MASS_UNITS and "-" not in count
    return {
        "size": _At(f"{measure} ({notes})" if measure and notes else measure or notes, steps),
        "weight": _At(measure if is_mass else "", steps),
        "per_day": _At(
            _range(serving, "minDailyServings", "maxDailyServings"),
            serving.get("minDailyServings").steps,
        ),
    }


def _range(serving: _Json, low_key: str, high_key: str) -> str:
    low, high = (_tidy(serving.get(key).text()) for key in (low_key, high_key))
    ends = dict.fromkeys(end for end in (low, high) if end and not _is_zero(end))
    return "-".join(ends)


def _row(row: _Json, order: str, depth: int) -> dict[str, Any]:
    if depth > MAX_NESTED:
        raise row.document.error(f"rows nest too deeply; expected {MAX_NESTED} levels", row.steps)
    quantity = _quantity(row, order)
    return {
        "name": row.get("name").at(),
        "amount": _amount(quantity),
        "percent_dv": _percent(quantity),
        "sources": [{"name": source} for source in _sources(row)],
        "contains": [
            _row(nested, order, depth + 1) for nested in _ordered(row.get("nestedRows").items())
        ],
        "note": row.get("notes").at(),
    }


def _quantity(row: _Json, order: str) -> _Json:
    """The quantity for one serving size, or for the first of them."""
    found = _ordered(row.get("quantity").items(), "servingSizeOrder")
    same = [each for each in found if each.get("servingSizeOrder").text() == order]
    return (same or found or [_Json(row.document, (*row.steps, "quantity"), None)])[0]


def _amount(quantity: _Json) -> _At:
    number, unit = _tidy(quantity.get("quantity").text()), quantity.get("unit").text()
    steps = quantity.get("quantity").steps
    if not number or (unit == "NP" and _is_zero(number)):
        return _At("", steps)
    return _At(f"{_operator(quantity)}{number} {unit}".strip(), steps)


def _percent(quantity: _Json) -> _At:
    groups = quantity.get("dailyValueTargetGroup").items()
    stated = [group for group in groups if group.get("percent").text()]
    if not stated:
        return _At("", (*quantity.steps, "dailyValueTargetGroup"))
    group = next(filter(_is_for_adults, stated), stated[0])
    percent = group.get("percent").at()
    return _At(f"{_operator(group)}{_tidy(percent.text)} %", percent.steps)


def _is_for_adults(group: _Json) -> bool:
    name = group.get("name").text().lower()
    return "adults" in name and ("4 or more" in name or "4 years" in name)


def _operator(holder: _Json) -> str:
    operator = holder.get("operator").text()
    return "" if operator == "=" else operator


def _tidy(number: str) -> str:
    """A number of the record as a label prints it: 200.0 is 200, 1.5 and 1.50 stay."""
    if _EXPONENT.fullmatch(number):
        number = f"{Decimal(number):f}"
    return re.sub(r"\.0+$", "", number)


def _is_zero(number: str) -> bool:
    return _number(number) == 0


def _sources(row: _Json) -> Iterator[_At]:
    """What the row is said to come from: its forms, or those that stand in its notes."""
    forms = _ordered(row.get("forms").items())
    if forms:
        named = [(form.get("prefix").text(), form.get("name").at()) for form in forms]
    else:
        notes = row.get("notes").at()
        named = [(prefix, _At(name, notes.steps)) for prefix, name in forms_in(notes.text)]
    texts = sources((prefix, name.text) for prefix, name in named)
    for text, (_, name) in zip(texts, named, strict=True):
        if text:
            yield _At(text, name.steps)


def _other_ingredients(other: _Json) -> Iterator[_At]:
    listed = _ordered(other.get("ingredients").items())
    if not listed:
        yield other.get("text").at()
    for ingredient in listed:
        yield from _ingredient(ingredient, 0)


def _ingredient(ingredient: _Json, depth: int) -> Iterator[_At]:
    """An ingredient with its forms in brackets; "Contains <2% of:" gives way to its forms."""
    name, forms = ingredient.get("name").at(), _ordered(ingredient.get("forms").items())
    if forms and _PSEUDO_ROW.search(name.text[:200]):
        yield from (form.get("name").at() for form in forms)
    elif forms:
        inner = ", ".join(f"{f.get('prefix').text()} {f.get('name').text()}".strip() for f in forms)
        yield _At(f"{name.text} ({inner})", name.steps)
    else:
        yield name
    nested = ingredient.get("nestedRows").items()
    if depth < MAX_NESTED:
        for each in nested:
            yield from _ingredient(each, depth + 1)


def _statements(statements: list[_Json]) -> Iterator[_At]:
    """The words of each statement; a mere list of what is not contained says that it is."""
    for statement in statements:
        notes, kind = statement.get("notes").at(), statement.get("type").text().lower()
        is_list = bool(notes.text) and not notes.text.endswith(".")
        denies = "does not contain" in kind and not _NEGATION.search(notes.text)
        yield _At(f"Does not contain: {notes.text}", notes.steps) if is_list and denies else notes


def _plain(tree: Any) -> Any:
    """The tree as plain data, without the keys of empty values; a row keeps its name."""
    if isinstance(tree, _At):
        return tree.text
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    pairs = ((key, _plain(value)) for key, value in tree.items())
    return {key: plain for key, plain in pairs if plain or key == "name"}


def _locate(tree: Any, path: str, document: Document) -> Place:
    """The place of a path's field, or of the nearest one around it."""
    steps: Steps | None = _first(tree)
    for step in steps_of(path):
        if isinstance(tree, _At) or not _has(tree, step):
            break
        tree = tree[step]
        steps = _first(tree) or steps
    return document.place(steps or ())


def _has(tree: Any, step: str | int) -> bool:
    return step in tree if isinstance(tree, dict) else isinstance(step, int) and step < len(tree)


def _first(tree: Any) -> Steps | None:
    if isinstance(tree, _At):
        return tree.steps
    children = tree.values() if isinstance(tree, dict) else tree
    return next((steps for child in children if (steps := _first(child))), None)
