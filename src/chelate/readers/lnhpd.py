"""Products of Health Canada's Licensed Natural Health Products Database as labels.

An answer to `medicinalingredient` is a list of rows, bare or under "data"; rows of one
product share their `lnhpd_id`. Answers of `productlicence`, `nonmedicinalingredient` and
`productdose` are joined where they stand in the same document under those names.
Quantities are per dosage unit; 0.0 is not there. A row comes once for each of its source
materials and once for each unit in which its quantity is restated; those are one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from chelate import resources
from chelate.files import Document
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers.fields import At, Field, is_zero, located, number, printed, range_of, tidy
from chelate.readers.lnhpd_rows import rows_of
from chelate.readers.parts import named

ROWS = "medicinalingredient"
_BESIDE = ("productlicence", "nonmedicinalingredient", "productdose")
_NO_LETTER = re.compile(r"[^a-z]")
_ROW_KEYS = frozenset({"lnhpd_id", "ingredient_name"})
_OWN_TO_ROWS = frozenset({"quantity", "quantity_unit_of_measure", "source_material"})


def recognise(data: Any) -> bool:
    """Whether plain data is an answer of the database's API, or several under their names."""
    if isinstance(data, dict) and "data" in data:
        data = data["data"]
    if isinstance(data, list):
        return bool(data) and any(isinstance(row, dict) and "lnhpd_id" in row for row in data[:5])
    return isinstance(data, dict) and any(_endpoint(key) in (ROWS, *_BESIDE) for key in data)


def labels(document: Document) -> Iterator[Label | InputError]:
    """A label for each product of a document; one that fails is its error, the rest go on."""
    try:
        answers = _answers(Field(document, (), document.data))
    except InputError as error:
        yield error
        return
    failed: list[InputError] = []
    grouped = {key: _by_product(rows, failed) for key, rows in answers.items()}
    yield from failed
    products = dict.fromkeys(key for groups in grouped.values() for key in groups)
    for product in products:
        own = {key: groups.get(product, []) for key, groups in grouped.items()}
        try:
            yield located(_label(product, own, document), document, product or None)
        except InputError as error:
            yield named(error, product)


def _endpoint(key: Any) -> str:
    return _NO_LETTER.sub("", str(key).lower()).removesuffix("s")


def _answers(root: Field) -> dict[str, list[Field]]:
    """The rows of each answer; a bare one is told by the fields of its rows."""
    if isinstance(root.value, dict) and "data" not in root.value:
        found = {_endpoint(key): root.get(key) for key in root.value}
        return {key: _rows(found[key]) for key in (ROWS, *_BESIDE) if key in found}
    rows = _rows(root)
    return {_kind(rows): rows}


def _rows(answer: Field) -> list[Field]:
    if isinstance(answer.value, dict) and "lnhpd_id" in answer.value:
        return [answer]
    return (answer.get("data") if isinstance(answer.value, dict) else answer).items()


def _kind(rows: list[Field]) -> str:
    keys = {key for row in rows if isinstance(row.value, dict) for key in row.value}
    if keys >= _ROW_KEYS:
        return ROWS if keys & _OWN_TO_ROWS else "nonmedicinalingredient"
    return "productdose" if "dose_id" in keys else "productlicence"


def _by_product(rows: Iterable[Field], failed: list[InputError]) -> dict[str, list[Field]]:
    """The rows of each product; what is no row of any is added to what failed."""
    found: dict[str, list[Field]] = {}
    for row in rows:
        try:
            found.setdefault(row.get("lnhpd_id").text(), []).append(row)
        except InputError as error:
            failed.append(error)
    return found


def _label(product: str, own: dict[str, list[Field]], document: Document) -> dict[str, Any]:
    rows = own.get(ROWS, [])
    licences, doses = own.get("productlicence", []), own.get("productdose", [])
    if not rows:
        expected = f"expected an answer of {ROWS} (ingredient_name, quantity …)"
        steps = next((each.steps for group in own.values() for each in group), ())
        raise document.error(f"there are no medicinal ingredients; {expected}", steps)
    licence = _primary(licences) or Field(document, rows[0].steps, None)
    language = _language(rows)
    form, dose = licence.get("dosage_form").at(), _for_adults(doses)
    name = licence.get("product_name").at()
    return {
        "product": name if name.text else At(f"LNHPD {product}", rows[0].get("lnhpd_id").steps),
        "brand": licence.get("company_name").at(),
        "market": "CA",
        "language": language,
        "form": At(_form(form.text), form.steps),
        "serving": {
            "size": At(f"1 {_unit(form.text, dose)}", form.steps),
            "per_day": _per_day(dose),
        },
        "facts": rows_of(rows, language),
        "other_ingredients": printed(
            each.get("ingredient_name").at() for each in own.get("nonmedicinalingredient", [])
        ),
        "statements": printed(_dose(each) for each in doses),
    }


def _primary(licences: list[Field]) -> Field | None:
    """The licence's row of the product's primary name; it has one for every name."""
    primary = (each for each in licences if each.get("flag_primary_name").value in ("1", True))
    return next(primary, licences[0] if licences else None)


def _words() -> dict[str, Any]:
    return dict(resources.toml("databases.toml")["lnhpd"])


def _language(rows: list[Field]) -> str:
    """The language of an answer by its units: the API answers in English or in French."""
    units = {row.get("quantity_unit_of_measure").text().casefold() for row in rows}
    languages = _words()["languages"].items()
    return next((language for language, words in languages if units & set(words)), "en")


def _form(text: str) -> str:
    forms = _words()["forms"].items()
    return next((form for form, words in forms if text.casefold() in words), text.lower())


def _unit(form: str, dose: Field | None) -> str:
    """What the quantities are for: one of what is dosed, or of the dosage form."""
    counted = dose.get("uom_type_desc_quantity_dose").text() if dose else ""
    return counted or form or "dosage unit"


def _for_adults(doses: list[Field]) -> Field | None:
    words = _words()["adults"]["words"]
    adults = (
        each
        for each in doses
        if any(word in each.get("population_type_desc").text().casefold() for word in words)
    )
    return next(adults, doses[0] if doses else None)


def _per_day(dose: Field | None) -> At | str:
    """How many dosage units a day, where the dose counts them and its frequency counts days."""
    if dose is None:
        return ""
    often = dose.get("uom_type_desc_frequency").text().casefold()
    if often not in _words()["daily"]["words"]:
        return ""
    low, high = _ends(dose, "quantity_dose")
    fewest, most = _ends(dose, "frequency")
    ends = [tidy(f"{end:g}") for end in (low * fewest, high * most)]
    counted = all(end.isdigit() for end in ends)
    return At(range_of(*ends) if counted else "", dose.get("quantity_dose").steps)


def _ends(dose: Field, key: str) -> tuple[float, float]:
    """The least and the most of a quantity that is one number or a minimum and a maximum."""
    one, low, high = (dose.get(f"{key}{end}").text() for end in ("", "_minimum", "_maximum"))
    given = [number(text) for text in (one, low, high) if text and not is_zero(text)]
    return (min(given), max(given)) if given else (0.0, 0.0)


def _dose(dose: Field) -> At:
    """The dose in words: "Adults: 1-2 Capsule, 3 daily"."""
    population = dose.get("population_type_desc").text()
    parts = [
        f"{_range(dose, key)} {dose.get(f'uom_type_desc_{key}').text()}".strip()
        for key in ("quantity_dose", "frequency")
    ]
    said = ", ".join(part for part in parts if part)
    return At(f"{population}: {said}" if population and said else said, dose.steps)


def _range(dose: Field, key: str) -> str:
    ends = [dose.get(f"{key}_{end}").text() for end in ("minimum", "maximum")]
    one = tidy(dose.get(key).text())
    return range_of(*ends) or ("" if is_zero(one) else one)
