"""Records of the label database as labels: names, amounts, sources, and their places."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import readers
from chelate.findings import InputError
from chelate.models import Label, Row

ADULTS = "Adults and children 4 or more years of age"


def quantity(
    number: Any, unit: str = "mg", *, percent: Any = None, order: int = 1, operator: Any = "="
) -> dict[str, Any]:
    groups = [{"name": ADULTS, "operator": "=", "percent": percent, "footnote": ""}]
    return {
        "servingSizeOrder": order,
        "servingSizeQuantity": 1,
        "operator": operator,
        "quantity": number,
        "unit": unit,
        "dailyValueTargetGroup": groups if percent is not None else [],
        "servingSizeUnit": "Capsule(s)",
    }


def row(name: str, *quantities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "order": 1,
        "ingredientId": 1001,
        "name": name,
        "notes": "",
        "uniiCode": "0",
        "alternateNames": [],
        "forms": [],
        "quantity": list(quantities),
        "nestedRows": [],
    } | more


def form(name: str, prefix: str | None = None, order: int = 1) -> dict[str, Any]:
    return {"order": order, "prefix": prefix, "percent": None, "name": name}


def serving(low: Any = 1, high: Any = 1, unit: str = "Capsule(s)", **more: Any) -> dict[str, Any]:
    return {
        "order": 1,
        "minQuantity": low,
        "maxQuantity": high,
        "minDailyServings": 1,
        "maxDailyServings": 1,
        "unit": unit,
        "notes": "",
        "inSFB": True,
    } | more


def record(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 203385,
        "fullName": "Night Magnesium",
        "brandName": "Invented",
        "servingsPerContainer": "60",
        "physicalState": {"langualCode": "E0159", "langualCodeDescription": "Capsule"},
        "servingSizes": [serving(2, 2)],
        "statements": [],
        "ingredientRows": list(rows),
        "otheringredients": {"text": None, "ingredients": []},
        "percentDvFootnote": "Not Present",
    } | more


def read(data: Any, **layout: Any) -> Label:
    return readers.label_from_text(json.dumps(data, **layout), file="203385.json")


def only(*args: Any, **more: Any) -> Row:
    return read(record(row(*args, **more))).facts[0]


def test_a_record_is_a_label() -> None:
    child = row("Magnesium Bisglycinate Chelate buffered", quantity(1112))
    label = read(record(row("Magnesium", quantity(200, percent=50), nestedRows=[child])))
    assert label.model_dump(exclude_defaults=True) == {
        "product": "Night Magnesium",
        "brand": "Invented",
        "language": "en",
        "form": "capsule",
        "serving": {"size": "2 Capsule(s)", "per_container": "60", "per_day": "1"},
        "facts": (
            {
                "name": "Magnesium",
                "amount": "200 mg",
                "percent_dv": "50 %",
                "contains": (
                    {"name": "Magnesium Bisglycinate Chelate buffered", "amount": "1112 mg"},
                ),
            },
        ),
    }
    assert label.origin
    assert label.origin.record == "203385"
    assert label.origin.file == "203385.json"


def test_what_is_not_printed_is_not_zero() -> None:
    assert only("L. casei", quantity(0, "NP")).amount is None
    assert only("L. casei", quantity(0.0, "NP")).amount is None
    assert only("L. casei").amount is None
    assert only("L. casei", quantity(None, "mg")).amount is None


@pytest.mark.parametrize(
    ("number", "unit", "operator", "printed"),
    [
        (0, "Gram(s)", "=", "0 Gram(s)"),
        (1.5, "Gram(s)", "=", "1.5 Gram(s)"),
        (200.0, "mg", "=", "200 mg"),
        (0.5, "mg", "<", "<0.5 mg"),
        (10, "mg", ">=", ">=10 mg"),
        (25, "mcg", None, "25 mcg"),
        (5, "NP", "=", "5 NP"),
        (200, "", "=", "200"),
        ("200", "mg", "=", "200 mg"),
        (1e-05, "mg", "=", "0.00001 mg"),
        (5e16, "mg", "=", "50000000000000000 mg"),
        (-5, "mg", "=", "-5 mg"),
    ],
)
def test_quantity_and_unit_make_one_amount(
    number: Any, unit: str, operator: str | None, printed: str
) -> None:
    assert only("Zinc", quantity(number, unit, operator=operator)).amount == printed


def test_digits_of_the_record_are_kept() -> None:
    text = json.dumps(record(row("Zinc", quantity(77777)))).replace("77777", "1.50")
    assert readers.label_from_text(text, file="a").facts[0].amount == "1.50 mg"


def test_percent_of_adults_counts() -> None:
    groups = [
        {"name": "Children 1 to 3 years of age", "operator": "=", "percent": 250},
        {"name": ADULTS, "operator": "<", "percent": 1.0},
        {"name": "Pregnant or lactating women", "operator": "=", "percent": 40},
    ]
    assert only("Zinc", quantity(1) | {"dailyValueTargetGroup": groups}).percent_dv == "<1 %"
    assert only("Zinc", quantity(1) | {"dailyValueTargetGroup": groups[::2]}).percent_dv == "250 %"


def test_a_percent_that_is_not_established_is_not_there() -> None:
    groups = [{"name": ADULTS, "operator": None, "percent": None, "footnote": "not established"}]
    assert only("Boron", quantity(1) | {"dailyValueTargetGroup": groups}).percent_dv is None


def test_the_first_serving_size_counts() -> None:
    sizes = [serving(1, 1, "Tablet(s)", order=2), serving(2, 2, "Tablet(s)", order=1)]
    zinc = row("Zinc", quantity(5, order=2), quantity(10, order=1))
    label = read(record(zinc, servingSizes=sizes))
    assert label.serving.size == "2 Tablet(s)"
    assert label.facts[0].amount == "10 mg"


@pytest.mark.parametrize(
    ("size", "printed", "weight", "per_day"),
    [
        (serving(1, 2), "1-2 Capsule(s)", None, "1"),
        (
            serving(2.4, 2.4, "Gram(s)", notes="1 Scoop"),
            "2.4 Gram(s) (1 Scoop)",
            "2.4 Gram(s)",
            "1",
        ),
        (serving(2, 4, "Gram(s)"), "2-4 Gram(s)", None, "1"),
        (serving(1, 1, maxDailyServings=3), "1 Capsule(s)", None, "1-3"),
        (
            serving(1, None, minDailyServings=None, maxDailyServings=None),
            "1 Capsule(s)",
            None,
            None,
        ),
        (serving(None, None, notes="1 Scoop"), "1 Scoop", None, "1"),
    ],
)
def test_a_serving_is_as_printed(
    size: dict[str, Any], printed: str, weight: str | None, per_day: str | None
) -> None:
    found = read(record(servingSizes=[size])).serving
    assert (found.size, found.weight, found.per_day) == (printed, weight, per_day)


def sources(**more: Any) -> list[str]:
    return [source.name for source in only("Magnesium", quantity(50), **more).sources]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([form("Magnesium Oxide", "as")], ["Magnesium Oxide"]),
        ([form("Zinc Oxide")], ["Zinc Oxide"]),
        ([form("B", "and", 2), form("A", "as", 1)], ["A", "B"]),
        ([form("A", "from"), form("B", "and from")], ["A", "B"]),
        ([form("Omega-3", "containing"), form("Omega-6", "and")], []),
        ([form("Curcuminoids", "std. to"), form("Zinc Oxide", "as")], ["Zinc Oxide"]),
        ([form("Magnesium Oxide", "buffered with")], ["buffered with Magnesium Oxide"]),
        ([form("", "as")], []),
    ],
)
def test_forms_are_sources(forms: list[dict[str, Any]], expected: list[str]) -> None:
    assert sources(forms=forms) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Magnesium (Form: as Magnesium Oxide) ", ["Magnesium Oxide"]),
        ("Calcium (Form: as A Carbonate, and B Citrate)", ["A Carbonate", "B Citrate"]),
        ("D (Form: as D3 (Alt. Name: Cholecalciferol))", ["D3"]),
        ("A (Form: as 50% Beta-Carotene, and as 50% Retinyl)", ["Beta-Carotene", "Retinyl"]),
        (
            "A (Form: as 67% Beta Carotene, & as Acetate) (Alt. Name: x)",
            ["Beta Carotene", "Acetate"],
        ),
        ("Mg (Form: as Magnesium Oxide (heavy, dense))", ["Magnesium Oxide (heavy, dense)"]),
        ("Fish Oil (Form: containing Omega-3 Lipids, and Omega-6 Lipids)", []),
        ("Asparagus (Form: Asparagine)", ["Asparagine"]),
        ("Magnesium (Form: as Magnesium Oxide", ["Magnesium Oxide"]),
        ("Glucosamine Note: 1500 mg", []),
        ("10:1", []),
        ("(Form:", []),
    ],
)
def test_a_form_may_stand_only_in_the_notes(notes: str, expected: list[str]) -> None:
    assert sources(notes=notes) == expected


def test_forms_go_before_notes() -> None:
    assert sources(forms=[form("Zinc Oxide")], notes="Zinc (Form: as Zinc Citrate)") == [
        "Zinc Oxide"
    ]


def test_notes_stay_with_the_row() -> None:
    assert only("Turmeric", quantity(500), notes="10:1").note == "10:1"


def other(*ingredients: dict[str, Any], text: str | None = None) -> tuple[str, ...]:
    listed = {"text": text, "ingredients": list(ingredients)}
    return read(record(otheringredients=listed)).other_ingredients


def test_a_pseudo_row_gives_way_to_its_forms() -> None:
    forms = [form("Silica", None, 1), form("Vegetable Magnesium Stearate", "and", 2)]
    expected = ("Cellulose", "Silica", "Vegetable Magnesium Stearate")
    assert other(row("Cellulose"), row("Contains <2% of:", forms=forms, order=2)) == expected
    assert other(row("Contains less than 2% of", forms=forms)) == expected[1:]


def test_forms_of_an_ingredient_stand_in_brackets() -> None:
    forms = [form("Anchovies", "from", 1), form("Sardines", "and", 2)]
    assert other(row("Fish Oil", forms=forms)) == ("Fish Oil (from Anchovies, and Sardines)",)


def test_other_ingredients_may_be_a_text() -> None:
    assert other(text="Rice flour, silica") == ("Rice flour, silica",)
    assert other() == ()


@pytest.mark.parametrize(
    ("kind", "notes", "expected"),
    [
        ("Formula re: Contains", "Zinc", ("Zinc",)),
        ("Formulation re: Does NOT Contain", "No oxide", ("No oxide",)),
        (
            "Formulation re: Does NOT Contain",
            "magnesium oxide",
            ("Does not contain: magnesium oxide",),
        ),
        ("Formulation re: Does NOT Contain", "Tested for lead.", ("Tested for lead.",)),
        ("Storage", None, ()),
    ],
)
def test_statements_keep_their_words(kind: str, notes: str | None, expected: tuple[str]) -> None:
    assert read(record(statements=[{"type": kind, "notes": notes}])).statements == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"langualCode": "E0162", "langualCodeDescription": "Powder"}, "powder"),
        ({"langualCode": "E0155", "langualCodeDescription": "Tablet or Pill"}, "tablet"),
        ({"langualCode": "E9999", "langualCodeDescription": "Gummy"}, "gummy"),
        ({}, None),
        (None, None),
    ],
)
def test_the_form_is_the_code_of_the_record(state: Any, expected: str | None) -> None:
    assert read(record(physicalState=state)).form == expected


@pytest.mark.parametrize(
    "data",
    [
        {"ingredientRows": None},
        {"id": 1, "fullName": None},
        {"id": None, "fullName": ""},
        {"ingredientRows": [None, {}, {"name": None, "quantity": None, "nestedRows": None}]},
        {
            "ingredientRows": [],
            "servingSizes": None,
            "otheringredients": None,
            "statements": [None],
        },
    ],
)
def test_what_is_null_or_missing_is_not_there(data: dict[str, Any]) -> None:
    label = read(data)
    assert label.product.startswith("DSLD record")
    assert all(each.amount is None for each in label.facts)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ({"ingredientRows": 5}, 2, ["ingredientRows", "expected a list", "'5'"]),
        ({"ingredientRows": {}}, 2, ["ingredientRows", "found a mapping"]),
        ({"ingredientRows": ["x"]}, 3, ["ingredientRows[0]", "expected an object", "'x'"]),
        ({"ingredientRows": [{"name": {}}]}, 4, ["ingredientRows[0].name", "expected text"]),
        ({"ingredientRows": [{"name": True}]}, 4, ["ingredientRows[0].name", "true"]),
        (
            {"ingredientRows": [{"name": "x", "quantity": {"quantity": 5}}]},
            5,
            ["ingredientRows[0].quantity", "expected a list"],
        ),
        ({"ingredientRows": [], "physicalState": "x"}, 3, ["physicalState", "an object"]),
    ],
)
def test_what_cannot_be_a_record_is_said_at_its_place(
    data: dict[str, Any], line: int, words: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        read(data, indent=1)
    assert caught.value.place
    assert caught.value.place.line == line
    assert all(word in caught.value.message for word in words), caught.value.message


def test_rows_that_nest_without_end_are_refused() -> None:
    nested = row("Zinc")
    for _ in range(25):
        nested = row("Zinc", nestedRows=[nested])
    with pytest.raises(InputError, match="nest too deeply"):
        read(record(nested))


CHILD = row("Oxide", quantity(777), notes="Zinc (Form: as Zinc Citrate)")
PLACED = record(
    row("Zinc", quantity(15, percent=136), forms=[form("Zinc Picolinate", "as")], order=2),
    row("Magnesium", quantity(0, "NP"), nestedRows=[CHILD], order=1),
    otheringredients={"ingredients": [row("Contains:", forms=[form("Silica")])]},
    statements=[{"type": "x", "notes": ""}, {"type": "x", "notes": "buffered"}],
)


@given(st.sampled_from([None, 0, 1, 3, "\t"]), st.randoms(use_true_random=False))
def test_places_are_those_of_the_record_however_it_is_laid_out(
    indent: int | str | None, random: Any
) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, list):
            return [shuffled(each) for each in value]
        if not isinstance(value, dict):
            return value
        keys = random.sample(sorted(value), len(value))
        return {key: shuffled(value[key]) for key in keys}

    text = json.dumps(shuffled(PLACED), indent=indent)
    origin = readers.label_from_text(text, file="a").origin
    assert origin
    for path, words in {
        "product": 'Night Magnesium"',
        "facts[0]": 'Magnesium"',
        "facts[0].amount": "0",
        "facts[0].contains[0].amount": "777",
        "facts[0].contains[0].sources[0].name": "Zinc (Form",
        "facts[1].name": 'Zinc"',
        "facts[1].amount": "15",
        "facts[1].percent_dv": "136",
        "facts[1].sources[0].name": "Zinc Pico",
        "facts[1].sources[4].name": "Zinc Pico",
        "other_ingredients[0]": 'Silica"',
        "statements[0]": 'buffered"',
        "serving.size": "2",
        "serving": "2",
    }.items():
        place = origin.locate(path)
        assert place
        assert origin.line(place.line)[place.column - 1 :].startswith(words), path


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def steps_in(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [before] + [each for key, child in pairs for each in steps_in(child, (*before, key))]


@given(st.lists(st.tuples(st.integers(0), JSON_VALUES), min_size=1, max_size=3))
def test_no_change_to_a_record_does_worse_than_an_input_error(
    changes: list[tuple[int, Any]],
) -> None:
    data = json.loads(json.dumps(PLACED))
    for number, value in changes:
        places = [steps for steps in steps_in(data) if steps]
        if not places:
            break
        *around, last = places[number % len(places)]
        holder = data
        for step in around:
            holder = holder[step]
        holder[last] = value
    with contextlib.suppress(InputError):
        label = read(data)
        assert label.origin
        assert label.origin.locate("facts[0].contains[0].amount")


def records(corpus: Path) -> list[Path]:
    return sorted([*corpus.glob("labels/dsld-*.json"), *corpus.glob("raw/dsld_v9_labels/*.json")])


def test_every_record_of_the_corpus_is_read_whole(corpus: Path) -> None:
    assert records(corpus)
    for path in records(corpus):
        data = json.loads(path.read_text(encoding="utf-8"))
        label = readers.load_label(path)
        assert label.product == data["fullName"]
        assert [each.name for each in label.facts] == [r["name"] for r in data["ingredientRows"]]
        assert "NP" not in json.dumps(label.model_dump())


def test_places_in_the_corpus_show_the_printed_number(corpus: Path) -> None:
    for path in records(corpus):
        label = readers.load_label(path)
        assert label.origin
        for number, each in enumerate(label.facts):
            place = label.origin.locate(f"facts[{number}].amount")
            assert place
            shown = label.origin.line(place.line)[place.column - 1 :]
            assert shown.startswith((each.amount or "0").split()[0])
