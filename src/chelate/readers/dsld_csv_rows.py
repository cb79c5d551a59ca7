"""The rows of one label in the facts table of the DSLD export, as a label."""

from __future__ import annotations

import re
from typing import Any

from chelate.files import Steps
from chelate.findings import Place
from chelate.models import Label
from chelate.readers.csv_lines import Line
from chelate.readers.dsld import LANGUAGE, MARKET, is_for_adults
from chelate.readers.dsld_csv_beside import Extra
from chelate.readers.fields import At, is_zero, located, printed, tidy
from chelate.readers.parts import Part

_NUMBER = re.compile(r"[<>]?\s*\d[\d.,]*")
_PERCENT = "% Daily Value per Serving"


def label_of(identifier: str, lines: list[Line], file: str, extra: Extra) -> tuple[Part, Label]:
    """The rows as a document that knows its places, and the label that they are."""
    document = _document(lines, file)
    size = lines[0].get("Serving Size")
    others = dict.fromkeys(line.get("Serving Size") for line in lines)
    tree = {
        "product": _at(lines, 0, "Product Name", extra.product or f"DSLD record {identifier}"),
        "brand": extra.brand,
        "market": MARKET,
        "language": LANGUAGE,
        "form": extra.form,
        "serving": {
            "size": _at(lines, 0, "Serving Size", extra.serving),
            "others": [other for other in others if other != size and other],
        },
        "facts": _rows(lines, size),
        "other_ingredients": list(extra.other_ingredients),
        "statements": list(extra.statements),
    }
    return document, located(tree, document, identifier)


def _document(lines: list[Line], file: str) -> Part:
    """The text of the rows; lines between them that could not be read are empty in it."""
    text, starts, at = "", [], lines[0].first
    for line in lines:
        text += "\n" * (line.first - at)
        starts.append(len(text))
        text += line.text
        at = line.first + len(re.findall(r"\r\n|\r|\n", line.text))

    def find(steps: Steps, _key: bool) -> int:
        number, column = (*steps, 0, "")[:2] if steps else (0, "DSLD ID")
        return starts[int(number)] + lines[int(number)].offset(str(column))

    return Part(file, text, None, find, Place(lines[0].first, 1), text, 0)


def _at(lines: list[Line], number: int, column: str, otherwise: str = "") -> At:
    return At(lines[number].get(column) or otherwise, (number, column))


def _rows(lines: list[Line], size: str) -> list[dict[str, Any]]:
    """A row of the panel for each ingredient; other servings and groups go to it."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    groups: dict[tuple[str, ...], list[str]] = {}
    for number, line in enumerate(lines):
        name, group = line.get("Ingredient"), line.get("Daily Value Target Group")
        amount = _amount(lines, number)
        if line.get("Serving Size") != size:
            _beside(rows, lines, number)
            continue
        key: tuple[str, ...] = (name, amount.text)
        said = groups.setdefault(key, [])
        if key not in rows or group in said:
            key = key if key not in rows else (*key, str(number))
            rows[key] = _row(lines, number)
        elif is_for_adults(group) or not rows[key]["percent_dv"].text:
            rows[key]["percent_dv"] = _percent(lines, number)
        said.append(group)
    return list(rows.values())


def _beside(rows: dict[tuple[str, ...], dict[str, Any]], lines: list[Line], number: int) -> None:
    """An amount for another serving size: beside that of the first, if there is one."""
    name = lines[number].get("Ingredient")
    own = next((row for key, row in rows.items() if key[0] == name), None)
    if own is None:
        own = rows[(name, "")] = {"name": _at(lines, number, "Ingredient"), "also": []}
        own["percent_dv"] = At("", (number, _PERCENT))
    own["also"] += printed([_amount(lines, number)])


def _row(lines: list[Line], number: int) -> dict[str, Any]:
    return {
        "name": _at(lines, number, "Ingredient"),
        "amount": _amount(lines, number),
        "percent_dv": _percent(lines, number),
        "also": [],
    }


def _amount(lines: list[Line], number: int) -> At:
    line = lines[number]
    figure, unit = tidy(line.get("Amount Per Serving")), line.get("Amount Per Serving Unit")
    is_printed = figure and not (unit == "NP" and is_zero(figure))
    text = f"{figure} {unit}".strip() if is_printed else ""
    return At(text, (number, "Amount Per Serving"))


def _percent(lines: list[Line], number: int) -> At:
    text = tidy(lines[number].get(_PERCENT))
    return At(f"{text} %" if _NUMBER.fullmatch(text) else text, (number, _PERCENT))
