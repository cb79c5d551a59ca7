"""A record of the NIH Dietary Supplement Label Database (DSLD, version 9) as a label.

Names and amounts stay as the record has them; "quantity" and "unit" make one text. What
is not printed on the label (quantity 0 with unit "NP") is not there. Where a record has
amounts for several serving sizes, the label is that of the first, and the others stand
beside it. An answer to a search names the ingredients with their notes, without amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chelate.files import Document
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers.dsld_forms import forms_in, sources
from chelate.readers.fields import (
    At,
    Field,
    is_zero,
    located,
    ordered,
    printed,
    range_of,
    tidy,
)
from chelate.readers.parts import named

FORMS = {"E0155": "tablet", "E0159": "capsule", "E0161": "softgel", "E0162": "powder"}
MAX_NESTED = 12
LANGUAGE, MARKET = "en", "US"

_ROWS = ("ingredientRows", "allIngredients")
_MASS_UNITS = frozenset({"gram(s)", "g", "milligram(s)", "mg"})
_PSEUDO_ROW = re.compile(r":\s*$|(?:\bless than|<)\s*\d", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:no|non|not|free|without|never|zero|0)\b", re.IGNORECASE)


def is_record(data: Any) -> bool:
    """Whether plain data is a DSLD label record, or one hit of an answer to a search."""
    if not isinstance(data, dict):
        return False
    if isinstance(data.get("_source"), dict):
        return is_record(data["_source"])
    return any(key in data for key in _ROWS) or {"id", "fullName"} <= data.keys()


recognise = is_record


def labels(document: Document) -> Iterator[Label | InputError]:
    """The one label of a record, or why it cannot be read."""
    try:
        yield label_from(document)
    except InputError as error:
        yield named(error, identifier_of(document.data))


def identifier_of(data: Any) -> str | None:
    """The identifier of a record or a hit, as far as there is one."""
    hits = (data.get("_source"), data)
    holders = [holder for holder in hits if isinstance(holder, dict)]
    found = (holder.get(key) for holder in holders for key in ("id", "_id"))
    return next((each for each in found if isinstance(each, str) and each), None)


def label_from(document: Document) -> Label:
    """The label of a DSLD record; its places are those of the record's own fields.

    Raises:
        InputError: a field is of a kind that no record has (a row that is a number).
    """
    hit = Field(document, (), document.data)
    record = hit.get("_source") if isinstance(hit.get("_source").value, dict) else hit
    identifier = identifier_of(document.data)
    return located(_label(record, identifier or ""), document, identifier)


def _label(record: Field, identifier: str) -> dict[str, Any]:
    servings = ordered(record.get("servingSizes").items())
    serving = servings[0] if servings else Field(record.document, ("servingSizes",), None)
    orders = [each.get("order").text() for each in servings]
    return {
        "product": _product(record, identifier),
        "brand": record.get("brandName").at(),
        "market": MARKET,
        "language": LANGUAGE,
        "form": _form(record.get("physicalState")),
        "serving": _serving(serving)
        | {
            "per_container": record.get("servingsPerContainer").at(),
            "others": printed(_serving(other)["size"] for other in servings[1:]),
        },
        "facts": [_row(row, orders, 0) for row in _rows(record)],
        "other_ingredients": printed(_other_ingredients(record.get("otheringredients"))),
        "statements": printed(_statements(record.get("statements").items())),
    }


def _rows(record: Field) -> list[Field]:
    """The rows of the panel; an answer to a search has them without amounts."""
    found = next((key for key in _ROWS if record.get(key).value is not None), _ROWS[0])
    return ordered(record.get(found).items())


def _product(record: Field, identifier: str) -> At:
    name = record.get("fullName").at()
    return name if name.text else At(f"DSLD record {identifier}".strip(), name.steps)


def _form(state: Field) -> At:
    code = state.get("langualCode").at()
    known = FORMS.get(code.text.upper())
    return At(known or state.get("langualCodeDescription").text().lower(), code.steps)


def _serving(serving: Field) -> dict[str, Any]:
    count, unit = _range(serving, "minQuantity", "maxQuantity"), serving.get("unit").text()
    notes = serving.get("notes").text()
    steps = serving.get("minQuantity").steps
    measure = f"{count} {unit}".strip() if count else ""
    is_mass = unit.lower() in _MASS_UNITS and "-" not in count
    return {
        "size": At(f"{measure} ({notes})" if measure and notes else measure or notes, steps),
        "weight": At(measure if is_mass else "", steps),
        "per_day": At(
            _range(serving, "minDailyServings", "maxDailyServings"),
            serving.get("minDailyServings").steps,
        ),
    }


def _range(serving: Field, low: str, high: str) -> str:
    return range_of(serving.get(low).text(), serving.get(high).text())


def _row(row: Field, orders: list[str], depth: int) -> dict[str, Any]:
    if depth > MAX_NESTED:
        raise row.document.error(f"rows nest too deeply; expected {MAX_NESTED} levels", row.steps)
    own, others = _quantities(row, orders)
    return {
        "name": row.get("name").at(),
        "amount": _amount(own),
        "percent_dv": _percent(own),
        "sources": [{"name": source} for source in _sources(row)],
        "contains": [
            _row(nested, orders, depth + 1) for nested in ordered(row.get("nestedRows").items())
        ],
        "also": printed(_amount(other) for other in others),
        "note": row.get("notes").at(),
    }


def _quantities(row: Field, orders: list[str]) -> tuple[Field, list[Field]]:
    """The quantity for the first serving size, and those for the others.

    One that belongs to no serving size of the record is taken for the first.
    """
    found = ordered(row.get("quantity").items(), "servingSizeOrder")
    said = [each.get("servingSizeOrder").text() for each in found]
    first = next((i for i, order in enumerate(said) if order in orders[:1]), None)
    if first is None:
        first = next((i for i, order in enumerate(said) if order not in orders[1:]), None)
    if first is None:
        return Field(row.document, (*row.steps, "quantity"), None), found
    return found[first], found[:first] + found[first + 1 :]


def _amount(quantity: Field) -> At:
    number, unit = tidy(quantity.get("quantity").text()), quantity.get("unit").text()
    steps = quantity.get("quantity").steps
    if not number or (unit == "NP" and is_zero(number)):
        return At("", steps)
    return At(f"{_operator(quantity)}{number} {unit}".strip(), steps)


def _percent(quantity: Field) -> At:
    groups = quantity.get("dailyValueTargetGroup").items()
    stated = [group for group in groups if group.get("percent").text()]
    if not stated:
        return At("", (*quantity.steps, "dailyValueTargetGroup"))
    group = next((each for each in stated if is_for_adults(each.get("name").text())), stated[0])
    percent = group.get("percent").at()
    return At(f"{_operator(group)}{tidy(percent.text)} %", percent.steps)


def is_for_adults(group: str) -> bool:
    """Whether a target group of the Daily Value is that of adults."""
    name = group.lower()
    return "adults" in name and ("4 or more" in name or "4 years" in name)


def _operator(holder: Field) -> str:
    operator = holder.get("operator").text()
    return "" if operator == "=" else operator


def _sources(row: Field) -> Iterator[At]:
    """What the row is said to come from: its forms, or those that stand in its notes."""
    forms = ordered(row.get("forms").items())
    if forms:
        named = [(form.get("prefix").text(), form.get("name").at()) for form in forms]
    else:
        notes = row.get("notes").at()
        named = [(prefix, At(name, notes.steps)) for prefix, name in forms_in(notes.text)]
    texts = sources((prefix, name.text) for prefix, name in named)
    for text, (_, name) in zip(texts, named, strict=True):
        if text:
            yield At(text, name.steps)


def _other_ingredients(other: Field) -> Iterator[At]:
    listed = ordered(other.get("ingredients").items())
    if not listed:
        yield other.get("text").at()
    for ingredient in listed:
        yield from _ingredient(ingredient, 0)


def _ingredient(ingredient: Field, depth: int) -> Iterator[At]:
    """An ingredient with its forms in brackets; "Contains <2% of:" gives way to its forms."""
    name, forms = ingredient.get("name").at(), ordered(ingredient.get("forms").items())
    if forms and is_pseudo_row(name.text):
        yield from (form.get("name").at() for form in forms)
    elif forms:
        inner = ", ".join(f"{f.get('prefix').text()} {f.get('name').text()}".strip() for f in forms)
        yield At(f"{name.text} ({inner})", name.steps)
    else:
        yield name
    nested = ingredient.get("nestedRows").items()
    if depth < MAX_NESTED:
        for each in nested:
            yield from _ingredient(each, depth + 1)


def is_pseudo_row(name: str) -> bool:
    """Whether a name only heads those after it: "Contains <2% of:"."""
    return bool(_PSEUDO_ROW.search(name[:200]))


def _statements(statements: list[Field]) -> Iterator[At]:
    for statement in statements:
        notes = statement.get("notes").at()
        yield At(statement_text(statement.get("type").text(), notes.text), notes.steps)


def statement_text(kind: str, notes: str) -> str:
    """The words of a statement; a mere list of what is not contained says that it is.

    >>> statement_text("Formulation re: Does NOT Contain", "magnesium oxide")
    'Does not contain: magnesium oxide'
    """
    is_list = bool(notes) and not notes.endswith(".")
    denies = "does not contain" in kind.lower() and not _NEGATION.search(notes)
    return f"Does not contain: {notes}" if is_list and denies else notes
