"""Products of Open Food Facts as labels: which figure is in which unit, and per what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files
from chelate.checker import check
from chelate.findings import InputError
from chelate.models import Label, Row
from chelate.readers import json_many, openfoodfacts


def other(document: files.Document) -> Label:
    raise document.error("another kind")


def read(data: Any) -> list[Label | InputError]:
    return list(json_many.labels(json.dumps(data, indent=1), file="a.json", other=other))


def only(data: Any) -> Label:
    (label,) = read(data)
    assert isinstance(label, Label), label
    return label


def product(nutriments: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "code": "0000000000017",
        "product_name": "Magnésium Nuit",
        "brands": "Invented",
        "nutriments": nutriments if nutriments is not None else MAGNESIUM,
    } | more


MAGNESIUM = {
    "magnesium": 0.011,
    "magnesium_100g": 0.0011,
    "magnesium_serving": 0.011,
    "magnesium_unit": "mg",
    "magnesium_value": 11,
}
PER_100 = {"magnesium_value": 4000, "magnesium_unit": "mg", "magnesium_100g": 4,
           "magnesium_serving": 0.2}  # fmt: skip


def fact(nutriments: dict[str, Any], **more: Any) -> Row:
    (row,) = only(product(nutriments, **more)).facts
    return row


@pytest.mark.parametrize(
    "shape",
    [
        lambda each: each,
        lambda each: {"code": "0000000000017", "status": 1, "product": each},
        lambda each: {"code": "0000000000017", "product": each, "status": "success"},
        lambda each: {"count": 1, "page": 1, "products": [each]},
        lambda each: [each],
    ],
)
def test_a_product_may_stand_in_any_answer(shape: Any) -> None:
    label = only(shape(product()))
    assert (label.product, label.brand, label.market) == ("Magnésium Nuit", "Invented", "EU")
    assert [(row.name, row.amount) for row in label.facts] == [("Magnesium", "11 mg")]
    assert label.origin
    assert label.origin.record == "0000000000017"


def test_json_lines_of_products_are_read_line_by_line() -> None:
    lines = [json.dumps(product()), "", '{"code": "9", broken', json.dumps(product(code="3"))]
    found = list(json_many.labels("\n".join(lines), file="a", other=other))
    assert [isinstance(each, Label) for each in found] == [True, False, True]
    assert isinstance(found[1], InputError)
    assert found[1].message.startswith("record 9: ")
    assert found[1].place
    assert found[1].place.line == 3


def test_the_value_is_in_its_unit_and_the_rest_is_in_grams() -> None:
    assert fact(MAGNESIUM, nutrition_data_per="serving").amount == "11 mg"
    without = {key: value for key, value in MAGNESIUM.items() if "value" not in key}
    assert fact(without, nutrition_data_per="serving").amount == "0.011 g"
    assert fact(without, nutrition_data_per="100g").amount == "0.0011 g"


def test_a_modifier_stands_before_the_figure() -> None:
    assert fact(MAGNESIUM | {"magnesium_modifier": "<"}).amount == "<11 mg"


def test_what_was_entered_per_serving_is_the_label() -> None:
    label = only(product(serving_size="2 gélules", nutrition_data_per="serving"))
    assert label.serving.size == "2 gélules"
    assert label.serving.others == ()
    assert label.facts[0].also == ()


def test_what_was_entered_per_100_g_stands_beside_the_serving() -> None:
    label = only(product(PER_100, serving_size="1 scoop (5 g)", nutrition_data_per="100g"))
    assert label.serving.size == "1 scoop (5 g)"
    assert label.serving.others == ("100 g",)
    assert (label.facts[0].amount, label.facts[0].also) == ("0.2 g", ("4000 mg",))


def test_without_a_serving_the_label_is_of_100_g() -> None:
    label = only(product(PER_100, nutrition_data_per="100g"))
    assert (label.serving.size, label.serving.weight) == ("100 g", "100 g")
    assert label.facts[0].amount == "4000 mg"


def test_the_entered_basis_is_told_by_the_figures_where_it_is_not_said() -> None:
    assert only(product()).serving.size is None
    hundred = MAGNESIUM | {"magnesium_100g": 0.011, "magnesium_serving": 0.0011}
    assert only(product(hundred)).serving.size == "100 g"


def test_a_percent_is_a_percent_of_the_market() -> None:
    given = {"magnesium_value": 53, "magnesium_unit": "% DV"}
    row = fact(given, nutrition_data_per="serving")
    assert (row.amount, row.percent_nrv) == (None, "53 % DV")
    american = fact(given, nutrition_data_per="serving", countries_tags=["en:united-states"])
    assert american.percent_dv == "53 % DV"


@pytest.mark.parametrize(
    ("more", "market"),
    [
        ({"countries_tags": ["en:france"]}, "EU"),
        ({"countries_tags": ["en:united-states"]}, "US"),
        ({"countries_tags": ["en:canada"]}, "CA"),
        ({"countries_tags": ["en:france", "en:united-states"]}, "EU"),
        ({"countries": "Canada"}, "CA"),
        ({}, "EU"),
    ],
)
def test_the_market_is_that_of_the_countries(more: dict[str, Any], market: str) -> None:
    assert only(product(**more)).market == market


@pytest.mark.parametrize(
    ("key", "label", "name"),
    [
        ("magnesium", None, "Magnesium"),
        ("magnesium", "Magnésium", "Magnésium"),
        ("vitamin-b6", None, "Vitamin b6"),
        ("en-magnesium-magnesium-chloride", None, "Magnesium magnesium chloride"),
        ("fr-magnesium-mg-2", None, "Magnesium mg 2"),
        ("carbonate-de-magnesium", None, "Carbonate de magnesium"),
        ("magnesium-54-7-de-ajr", None, "Magnesium 54 7 de ajr"),
        ("en-magnesium-magnesium-chloride", "Magnesium (Chloride)", "Magnesium (Chloride)"),
    ],
)
def test_a_name_is_what_was_entered_or_the_words_of_its_key(
    key: str, label: str | None, name: str
) -> None:
    given = {f"{key}_value": 1, f"{key}_unit": "mg", f"{key}_label": label}
    assert fact(given).name == name


def test_what_the_database_computes_of_the_whole_product_is_no_row() -> None:
    skipped = {"nova-group": 4, "nutrition-score-fr_100g": 3, "magnesium_prepared_value": 2}
    assert only(product(skipped)).facts == ()
    energy = {"energy": 5, "energy_unit": "kJ", "energy_value": 5, "energy-kcal_value": 1,
              "energy-kcal_unit": "kcal"}  # fmt: skip
    assert [row.amount for row in only(product(energy)).facts] == ["1 kcal"]


def test_digits_left_over_from_arithmetic_are_shortened() -> None:
    noisy = {"magnesium_100g": 0.010999999999999999}
    assert fact(noisy, nutrition_data_per="100g").amount == "0.011 g"


@given(st.sampled_from(["fr", "de", "es", "it", "en", "nl", "fi", None]), st.integers(1, 99999))
def test_the_language_of_a_product_changes_no_figure(
    language: str | None, thousandths: int
) -> None:
    value = thousandths / 1000
    given = {"magnesium_value": value, "magnesium_unit": "mg"}
    label = only(product(given, lang=language, nutrition_data_per="serving"))
    (claim,) = check(label).composition.claims
    assert claim.declared is None or claim.declared.value_mg == pytest.approx(value)
    if language in ("fr", "de", "es", "it", "en", "nl"):
        assert claim.declared


def test_ingredients_are_those_of_the_language_of_the_product() -> None:
    texts = {"ingredients_text": "", "ingredients_text_fr": "Oxyde", "ingredients_text_en": "Oxide"}
    assert only(product(lang="en", **texts)).other_ingredients == ("Oxide",)
    assert only(product(lang="fr", **texts)).other_ingredients == ("Oxyde",)
    assert only(product(lang="de", **texts)).other_ingredients == ("Oxide",)


@pytest.mark.parametrize("nutriments", [[], {}, None])
def test_a_product_without_figures_is_a_label_without_rows(nutriments: Any) -> None:
    data = {"code": "1", "product": {"product_name": "x", "nutriments": nutriments}}
    assert only(data).facts == ()


def test_a_product_that_was_not_found_is_an_error() -> None:
    (error,) = read({"code": "1", "status": 0, "status_verbose": "product not found"})
    assert isinstance(error, InputError)
    assert error.message.startswith("record 1: ")


def test_a_product_that_fails_does_not_stop_the_rest() -> None:
    bad = product({"magnesium_value": {}}, code="13")
    first, broken, last = read({"products": [product(), bad, product()]})
    assert isinstance(first, Label)
    assert isinstance(last, Label)
    assert isinstance(broken, InputError)
    assert "record 13: " in broken.message
    assert "nutriments.magnesium_value" in broken.message


@pytest.mark.parametrize(
    "data", [{}, {"product": "Plain", "facts": []}, {"code": "1"}, [], None, {"products": 1}]
)
def test_what_is_no_product_is_not_recognised(data: Any) -> None:
    assert not openfoodfacts.recognise(data)


def test_places_are_those_of_the_figures_in_an_answer_with_many() -> None:
    label = read({"products": [product(), product(MAGNESIUM | {"magnesium_value": 77})]})[1]
    assert isinstance(label, Label)
    assert label.origin
    place = label.origin.locate("facts[0].amount")
    assert place
    assert label.origin.line(place.line)[place.column - 1 :].startswith("77")


def test_the_sample_of_the_corpus_is_read(corpus: Path) -> None:
    text = (corpus / "raw" / "off_sample_nutriments_3274080005003.json").read_text("utf-8")
    (label,) = json_many.labels(text, file="a", other=other)
    assert isinstance(label, Label)
    assert {row.name: row.amount for row in label.facts} == {
        "Magnésium": "11 mg",
        "Nitrate": "<1 mg",
        "Calcium": "68 mg",
    }


def test_every_free_text_key_of_the_corpus_becomes_a_name(corpus: Path) -> None:
    lines = (corpus / "raw" / "off_nutriment_keys_magnesium.csv").read_text("utf-8").splitlines()
    keys = [line.split(",")[0] for line in lines[2:]]
    assert len(keys) > 30
    label = only(product(dict.fromkeys(keys, 1)))
    assert all(row.name and "_" not in row.name for row in label.facts)
