"""Products of Open Food Facts as labels.

In `nutriments`, `X_value` is in `X_unit`, as it was entered; `X`, `X_100g` and
`X_serving` are in grams, whatever the unit. The label is that of one serving where the
database has figures for it, otherwise that of 100 g.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chelate import resources
from chelate.files import Document
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers.fields import At, Field, located, printed
from chelate.readers.off_nutriments import PER_100, Basis, basis_of, facts
from chelate.readers.parts import named

_PRODUCT = ("nutriments", "ingredients_text", "product_name", "nutrition_data_per")
_WORD = re.compile(r"\s*,\s*")
_NOT_FOUND = "the answer holds no product"


def recognise(data: Any) -> bool:
    """Whether plain data is a product, an answer with one, or an answer to a search."""
    if not isinstance(data, dict):
        return False
    if "code" in data and ("product" in data or "status_verbose" in data):
        return not isinstance(data.get("product"), str)
    product = data.get("product", data)
    if not isinstance(product, dict):
        return False
    return isinstance(product.get("nutriments"), dict) or (
        "code" in product and any(key in product for key in _PRODUCT)
    )


def labels(document: Document) -> Iterator[Label | InputError]:
    """The label of the product in a document, or why it cannot be read."""
    root = Field(document, (), document.data)
    product = root.get("product") if "product" in document.data else root
    code = _code(product) or _code(root)
    try:
        if not product.value or (product is root and "status_verbose" in document.data):
            raise document.error(_NOT_FOUND)
        yield located(_label(product, code), document, code)
    except InputError as error:
        yield named(error, code)


def _code(field: Field) -> str | None:
    value = field.value.get("code") if isinstance(field.value, dict) else None
    return value if isinstance(value, str) and value else None


def _label(product: Field, code: str | None) -> dict[str, Any]:
    language = product.get("lang").text() or product.get("lc").text()
    market = _market(product)
    basis = basis_of(product)
    name = _first(product, "product_name", language) or _first(product, "generic_name", language)
    return {
        "product": name or At(f"Open Food Facts {code or ''}".strip(), product.get("code").steps),
        "brand": product.get("brands").at(),
        "market": market,
        "language": language,
        "serving": _serving(product, basis),
        "facts": facts(product, basis, language=language, market=market),
        "other_ingredients": printed(
            [_first(product, "ingredients_text", language) or At("", product.steps)]
        ),
        "statements": printed([_first(product, "labels", "") or At("", product.steps)]),
    }


def _first(product: Field, key: str, language: str) -> At | None:
    """The text of a key, in the product's language before any other."""
    others = sorted(k for k in product.value if re.fullmatch(rf"{key}_[a-z]{{2}}", k))
    keys = dict.fromkeys([f"{key}_{language}", key, *others])
    return next(iter(printed(product.get(each).at() for each in keys)), None)


def _serving(product: Field, basis: Basis) -> dict[str, Any]:
    per = product.get("nutrition_data_per")
    if not basis.per_serving:
        unit = "ml" if per.text() == "100ml" else "g"
        hundred = At(f"100 {unit}", per.steps)
        return {"size": hundred, "weight": hundred if unit == "g" else ""}
    others = [At("100 g", per.steps)] if basis.printed_per == PER_100 else []
    return {"size": product.get("serving_size").at(), "others": others}


def _market(product: Field) -> str:
    """US, CA or AU where the product is sold nowhere else; otherwise the European Union."""
    markets = resources.toml("databases.toml")["openfoodfacts"]["markets"]
    tags = product.get("countries_tags")
    if isinstance(tags.value, list) and tags.value:
        said = [tag.text().casefold() for tag in tags.items()]
    else:
        said = [word.casefold() for word in _WORD.split(product.get("countries").text()) if word]
    found = [next((m for m, words in markets.items() if word in words), "EU") for word in said]
    return found[0] if found and "EU" not in found else "EU"
