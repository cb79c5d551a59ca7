"""The nutriments of an Open Food Facts product as rows of a panel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from chelate import resources
from chelate.readers.fields import At, Field, number, tidy, with_mark

Per = Literal["serving", "100g"]

PER_SERVING: Per = "serving"
PER_100: Per = "100g"

_PARTS = ("value", "unit", "label", "modifier", "100g", "serving")
_PREPARED = re.compile(r"_prepared(?:_|$)|_computed$")
_PART = re.compile(rf"(?P<key>.+?)_(?P<part>{'|'.join(_PARTS)})")
_LANGUAGE = re.compile(r"[a-z]{2}[:-](?=[^-])")
_ENERGY = ("energy-kcal", "energy-kj")


@dataclass(frozen=True, slots=True)
class Basis:
    """What the rows of the label are per, and what the entered figures are per."""

    per_serving: bool
    printed_per: Per


def basis_of(product: Field) -> Basis:
    """Whether the label is of one serving, and whether that is what was entered.

    Where the record does not say what was entered, it is what the figure without a part
    agrees with: `magnesium` with `magnesium_serving`, and not with `magnesium_100g`.
    """
    nutriments = product.get("nutriments")
    entered = _entered(product, nutriments)
    has_serving = bool(product.get("serving_size").text()) and any(
        nutriments.get(f"{key}_serving").text() for key in _keys(nutriments)
    )
    return Basis(entered == PER_SERVING or has_serving, entered)


def _entered(product: Field, nutriments: Field) -> Per:
    per = product.get("nutrition_data_per").text()
    if per:
        return PER_SERVING if per == PER_SERVING else PER_100
    keys = _keys(nutriments)
    return PER_SERVING if any(_is_of_serving(nutriments, key) for key in keys) else PER_100


def _is_of_serving(nutriments: Field, key: str) -> bool:
    bare, serving, hundred = (
        number(nutriments.get(each).text()) for each in (key, f"{key}_serving", f"{key}_100g")
    )
    return bare == serving != hundred and bare not in (0, float("inf"))


def facts(product: Field, basis: Basis, *, language: str, market: str) -> list[dict[str, Any]]:
    """A row for every nutriment that a label may declare, in the order of the record."""
    nutriments = product.get("nutriments")
    rows = (_row(nutriments, key, basis, market) for key in _keys(nutriments))
    return [_marked(row, language) for row in rows if row]


def _keys(nutriments: Field) -> list[str]:
    """The nutriments, without what is computed or for the prepared product."""
    if not isinstance(nutriments.value, dict):
        return []
    bare = (_bare(key) for key in nutriments.value if not _PREPARED.search(key))
    keys = dict.fromkeys(bare)
    skipped = _settings()["skipped"]
    has_energy = any(key in keys for key in _ENERGY)
    return [key for key in keys if key not in skipped and not (key == "energy" and has_energy)]


def _bare(key: str) -> str:
    part = _PART.fullmatch(key)
    return part["key"] if part else key


def _row(nutriments: Field, key: str, basis: Basis, market: str) -> dict[str, Any] | None:
    """The row of a nutriment; what was entered for other than the label's serving is beside it."""
    entered = _as_entered(nutriments, key)
    if basis.per_serving and basis.printed_per == PER_100:
        amount, also = _in_grams(nutriments, f"{key}_serving", key), entered
    else:
        computed = f"{key}_{'serving' if basis.per_serving else '100g'}"
        amount = entered or _in_grams(nutriments, computed, key) or _in_grams(nutriments, key, key)
        also = None
    if not amount and not also:
        return None
    is_percent = amount is not None and "%" in amount.text
    percent = "percent_nrv" if market == "EU" else "percent_dv"
    return {
        "name": _name(nutriments, key),
        percent if is_percent else "amount": amount or At("", (*nutriments.steps, key)),
        "also": [also] if also else [],
    }


def _as_entered(nutriments: Field, key: str) -> At | None:
    """The figure that was entered, in its own unit; None where either is missing."""
    value = nutriments.get(f"{key}_value")
    figure, unit = tidy(value.text()), nutriments.get(f"{key}_unit").text()
    if not figure or not unit:
        return None
    return At(f"{_modifier(nutriments, key)}{figure} {unit}", value.steps)


def _in_grams(nutriments: Field, field: str, key: str) -> At | None:
    """A figure that the database computed: in grams, for what is no energy."""
    value = nutriments.get(field)
    figure = tidy(value.text())
    unit = {"energy-kcal": "kcal", "energy-kj": "kJ", "energy": "kJ"}.get(key, "g")
    return At(f"{_modifier(nutriments, key)}{figure} {unit}", value.steps) if figure else None


def _modifier(nutriments: Field, key: str) -> str:
    """What stands before the figure: "<", or "~"; traces and "-" say nothing of it."""
    text = nutriments.get(f"{key}_modifier").text()
    return {"\u2264": "<", "\u2265": ">", "=": "", "-": ""}.get(text, text)


def _name(nutriments: Field, key: str) -> At:
    """The name as entered, or the words of the key: no element is guessed from it.

    "vitamin-b6" is "Vitamin b6", "en-magnesium-magnesium-chloride" is "Magnesium magnesium
    chloride".
    """
    label = nutriments.get(f"{key}_label").at()
    if label.text:
        return label
    words = _LANGUAGE.sub("", key, count=1) if _LANGUAGE.match(key) else key
    present = (each for each in nutriments.value if _bare(each) == key)
    text = " ".join(words.replace("_", "-").split("-")).strip()
    return At(text[:1].upper() + text[1:] or key, (*nutriments.steps, next(present, key)))


def _marked(row: dict[str, Any], language: str) -> dict[str, Any]:
    """The row with its figures as a label in its language prints them."""
    figures = {key: value for key, value in row.items() if isinstance(value, At) and key != "name"}
    marked = {key: with_mark(value, language) for key, value in figures.items()}
    return row | marked | {"also": [with_mark(each, language) for each in row["also"]]}


@cache
def _settings() -> dict[str, Any]:
    return dict(resources.toml("databases.toml")["openfoodfacts"])
