"""Answers of the Canadian product database as labels: rows that repeat are one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files
from chelate.checker import check
from chelate.findings import InputError, Verdict
from chelate.models import Label
from chelate.readers import json_many, lnhpd


def other(document: files.Document) -> Label:
    raise document.error("another kind")


def read(data: Any) -> list[Label | InputError]:
    return list(json_many.labels(json.dumps(data, indent=1), file="a.json", other=other))


def only(data: Any) -> Label:
    (label,) = read(data)
    assert isinstance(label, Label), label
    return label


def row(
    name: str = "Magnesium", quantity: Any = 100.0, unit: str = "milligrams", **more: Any
) -> dict[str, Any]:
    return {
        "lnhpd_id": 9000001,
        "ingredient_name": name,
        "potency_amount": 0.0,
        "potency_constituent": "",
        "potency_unit_of_measure": "",
        "quantity": quantity,
        "quantity_minimum": 0.0,
        "quantity_maximum": 0.0,
        "quantity_unit_of_measure": unit,
        "ratio_numerator": "",
        "ratio_denominator": "",
        "dried_herb_equivalent": "0",
        "extract_type_desc": "",
        "source_material": "",
    } | more


LICENCE = {
    "lnhpd_id": 9000001,
    "licence_number": "80999999",
    "product_name": "Larch Hill Magnesium",
    "dosage_form": "Capsule",
    "company_name": "Larch Hill Inc.",
    "flag_primary_name": 1,
}
DOSE = {
    "lnhpd_id": 9000001,
    "dose_id": 1,
    "population_type_desc": "Adults",
    "quantity_dose": 1.0,
    "quantity_dose_minimum": 1.0,
    "quantity_dose_maximum": 2.0,
    "uom_type_desc_quantity_dose": "Capsule",
    "frequency": 3.0,
    "frequency_minimum": 0.0,
    "frequency_maximum": 0.0,
    "uom_type_desc_frequency": "daily",
}


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: rows,
        lambda rows: {"metadata": {"pagination": {"next": "null"}}, "data": rows},
        lambda rows: {"metadata": {"pagination": None}, "data": rows},
        lambda rows: {"medicinalingredient": rows},
        lambda rows: {"MedicinalIngredients": {"metadata": None, "data": rows}},
    ],
)
def test_an_answer_may_be_bare_or_wrapped(shape: Any) -> None:
    label = only(shape([row(source_material="Magnesium citrate")]))
    assert label.model_dump(exclude_defaults=True) == {
        "product": "LNHPD 9000001",
        "market": "CA",
        "language": "en",
        "serving": {"size": "1 dosage unit"},
        "facts": (
            {
                "name": "Magnesium",
                "amount": "100 milligrams",
                "sources": ({"name": "Magnesium citrate"},),
            },
        ),
    }
    assert label.origin
    assert label.origin.record == "9000001"


def test_answers_of_several_endpoints_are_joined() -> None:
    names = [LICENCE | {"flag_primary_name": 0, "product_name": "Other name"}, LICENCE]
    label = only(
        {
            "medicinalingredient": [row()],
            "productlicence": {"data": names},
            "nonmedicinalingredient": [{"lnhpd_id": 9000001, "ingredient_name": "Hypromellose"}],
            "productdose": [DOSE],
            "productrisk": [{"lnhpd_id": 9000001, "risk_text": "ignored"}],
        }
    )
    assert label.product == "Larch Hill Magnesium"
    assert label.brand == "Larch Hill Inc."
    assert label.form == "capsule"
    assert label.serving.size == "1 Capsule"
    assert label.serving.per_day == "3-6"
    assert label.other_ingredients == ("Hypromellose",)
    assert label.statements == ("Adults: 1-2 Capsule, 3 daily",)


def test_rows_that_repeat_for_each_source_are_one_row_with_all_sources() -> None:
    sources = ["Magnesium bisglycinate", "Magnesium oxide", "Magnesium bisglycinate"]
    label = only([row(source_material=source) for source in sources])
    (fact,) = label.facts
    assert [source.name for source in fact.sources] == sources[:2]
    assert check(label).verdict is Verdict.DECLARED_BLEND


def test_rows_that_restate_a_quantity_in_another_unit_are_one_row_the_mass_first() -> None:
    twice = [
        row("Vitamin D", 1000.0, "International units", source_material="D3"),
        row("Vitamin D", 25.0, "micrograms", source_material="D3"),
    ]
    assert only(twice).facts[0].amount == "25 micrograms (1000 International units)"
    assert len(only(twice).facts) == 1
    equal = [row(quantity=0.5, unit="grams"), row(quantity=500.0)]
    assert [fact.amount for fact in only(equal).facts] == ["0.5 grams (500 milligrams)"]


def test_other_quantities_and_other_sources_stay_rows_of_their_own() -> None:
    rows = [
        row(quantity=50.0, source_material="Magnesium oxide"),
        row(quantity=100.0, source_material="Magnesium citrate"),
        row("Zinc", 50.0),
    ]
    assert [fact.amount for fact in only(rows).facts] == [
        "50 milligrams", "100 milligrams", "50 milligrams",
    ]  # fmt: skip


@given(st.permutations(range(4)))
def test_the_order_of_repeated_rows_changes_no_amount(order: list[int]) -> None:
    rows = [
        row(source_material="Magnesium citrate"),
        row(source_material="Magnesium oxide"),
        row("Vitamin D", 1000.0, "IU", source_material="D3"),
        row("Vitamin D", 25.0, "mcg", source_material="D3"),
    ]
    found = {fact.name: fact.amount for fact in only([rows[i] for i in order]).facts}
    assert found == {"Magnesium": "100 milligrams", "Vitamin D": "25 mcg (1000 IU)"}


def test_nought_is_not_there() -> None:
    assert only([row(quantity=0.0)]).facts[0].amount is None
    ranged = row(quantity=0.0, quantity_minimum=5.0, quantity_maximum=10.0)
    assert only([ranged]).facts[0].amount == "5-10 milligrams"


def test_units_in_french_are_read() -> None:
    label = only([row(quantity=50.5, unit="milligrammes", source_material="Magnesium oxide")])
    (claim,) = check(label).composition.claims
    assert claim.declared
    assert (label.language, claim.declared.text) == ("fr", "50,5 milligrammes")
    assert claim.declared.value_mg == 50.5


def test_what_is_said_of_an_extract_is_a_note() -> None:
    more: dict[str, Any] = {
        "ratio_numerator": "4",
        "ratio_denominator": "1",
        "dried_herb_equivalent": "400",
        "dhe_unit_of_measure": "milligrams",
        "extract_type_desc": "solid",
        "potency_amount": 5.0,
        "potency_unit_of_measure": "%",
        "potency_constituent": "Flavonoids",
    }
    assert only([row("Skullcap", **more)]).facts[0].note == (
        "4:1 solid; dried herb equivalent 400 milligrams; potency 5 % Flavonoids"
    )


def test_each_product_is_a_label_and_one_that_fails_does_not_stop_the_rest() -> None:
    rows = [row(lnhpd_id=1), row(lnhpd_id=2, source_material={}), row(lnhpd_id=3), row(lnhpd_id=1)]
    first, broken, last = read(rows)
    assert isinstance(first, Label)
    assert isinstance(last, Label)
    assert isinstance(broken, InputError)
    assert broken.message.startswith("record 2: ")
    assert broken.place
    assert [label.product for label in (first, last)] == ["LNHPD 1", "LNHPD 3"]


@pytest.mark.parametrize("odd", [7, "x", [row()], row(lnhpd_id=[1])])
def test_what_is_no_row_is_an_error_with_its_place_and_the_rest_go_on(odd: Any) -> None:
    broken, first, last = read([row(lnhpd_id=1), odd, row(lnhpd_id=2)])
    assert isinstance(broken, InputError)
    assert broken.message.startswith("[1]")
    assert broken.place
    assert [getattr(label, "product", None) for label in (first, last)] == ["LNHPD 1", "LNHPD 2"]


def test_an_answer_without_ingredients_says_what_was_expected() -> None:
    (error,) = read([LICENCE])
    assert isinstance(error, InputError)
    assert "medicinalingredient" in error.message


@pytest.mark.parametrize("data", [[], {}, {"data": []}, [1], {"facts": []}, "x", None])
def test_what_is_no_answer_is_not_recognised(data: Any) -> None:
    assert not lnhpd.recognise(data)


def test_places_are_those_of_the_rows() -> None:
    data = {"medicinalingredient": [row("Zinc", 15.0), row(source_material="Magnesium oxide")],
            "productlicence": [LICENCE]}  # fmt: skip
    origin = only(data).origin
    assert origin
    for path, words in {
        "product": "Larch Hill Magnesium",
        "facts[0].amount": "15.0",
        "facts[1].name": "Magnesium",
        "facts[1].sources[0].name": "Magnesium oxide",
    }.items():
        place = origin.locate(path)
        assert place
        assert origin.line(place.line)[place.column - 1 :].startswith(words), path


def samples(corpus: Path) -> Iterator[Any]:
    data = json.loads((corpus / "raw" / "lnhpd_api_schema_and_samples.json").read_text("utf-8"))
    yield data["sample_medicinalingredient"]
    yield {
        key.removeprefix("sample_"): value
        for key, value in data.items()
        if key.startswith("sample_")
    }


def test_the_samples_of_the_corpus_are_read(corpus: Path) -> None:
    alone, joined = (only(sample) for sample in samples(corpus))
    assert alone.product == "LNHPD 3904641"
    assert joined.product == "Easy-Mind"
    assert alone.facts == joined.facts
    assert alone.facts[0].amount == "100 milligrams"
