"""Many records in one text: search answers, lists, JSON Lines; one that fails stops no other."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files
from chelate.checker import check
from chelate.findings import InputError, Verdict
from chelate.models import Label
from chelate.readers import json_lines, json_many


def other(document: files.Document) -> Label:
    raise document.error("another kind")


def read(text: str) -> list[Label | InputError]:
    return list(json_many.labels(text, file="many.json", other=other))


def quantity(figure: Any, unit: str = "mg", order: int = 1) -> dict[str, Any]:
    return {"servingSizeOrder": order, "operator": "=", "quantity": figure, "unit": unit,
            "dailyValueTargetGroup": []}  # fmt: skip


def row(name: str, *quantities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"order": 1, "name": name, "notes": "", "forms": [], "quantity": list(quantities),
            "nestedRows": []} | more  # fmt: skip


def record(number: int, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": number, "src": "api", "_source": "api", "fullName": f"Product {number}",
            "ingredientRows": list(rows)} | more  # fmt: skip


ZINC = row("Zinc", quantity(15))


def identifiers(found: list[Label | InputError]) -> list[str | None]:
    return [each.origin.record for each in found if isinstance(each, Label) and each.origin]


def hit(number: int, *named: tuple[str, str]) -> dict[str, Any]:
    ingredients = [{"name": name, "notes": notes, "category": "mineral"} for name, notes in named]
    source = {"fullName": "Night", "brandName": "Invented", "allIngredients": ingredients}
    return {"_index": "x", "_id": str(number), "_score": 1.5, "_source": source}


@pytest.mark.parametrize("wrap", [lambda hits: hits, lambda hits: {"total": 1, "hits": hits}])
def test_a_hit_of_a_search_is_a_label_without_amounts(wrap: Any) -> None:
    hits = [hit(7, ("Magnesium", "Magnesium (Form: as Magnesium Oxide) ")), hit(8)]
    first, second = read(json.dumps({"stats": {}, "hits": wrap(hits)}, indent=2))
    assert isinstance(first, Label)
    assert isinstance(second, Label)
    (fact,) = first.facts
    assert (fact.name, fact.amount) == ("Magnesium", None)
    assert [source.name for source in fact.sources] == ["Magnesium Oxide"]
    assert identifiers([first, second]) == ["7", "8"]
    assert check(first).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_places_in_a_list_are_those_of_the_whole_file(indent: int | None) -> None:
    listed = [record(1, ZINC), record(2, row("Magnesium", quantity(777)))]
    label = read("\n " + json.dumps(listed, indent=indent))[1]
    assert isinstance(label, Label)
    assert label.origin
    place = label.origin.locate("facts[0].amount")
    assert place
    assert label.origin.line(place.line)[place.column - 1 :].startswith("777")
    assert label.origin.line(place.line + 100) == label.origin.line(0) == ""


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.sampled_from(["list", "lines", "hits"]))
def test_every_record_but_the_broken_ones_is_read_and_those_are_named(
    good: list[bool], layout: str
) -> None:
    records = [
        record(n, ZINC) if is_good else record(n, row("Zinc", {"quantity": {}}))
        for n, is_good in enumerate(good, start=1)
    ]
    if layout == "hits":
        text = json.dumps({"hits": [{"_id": str(r["id"]), "_source": r} for r in records]})
    else:
        text = json.dumps(records)
    if layout == "lines":
        text = "".join(json.dumps(each) + "\r\n" for each in records)
    found = read(text)
    assert [isinstance(each, Label) for each in found] == good
    for number, each in enumerate(found, start=1):
        if isinstance(each, InputError):
            assert each.message.startswith(f"record {number}: ")
            assert each.place
            assert layout != "lines" or each.place.line == number


def test_a_line_keeps_its_number_in_the_file() -> None:
    lines = ["", json.dumps(record(1, ZINC)), "", '{"id": 5, "fullName": }', json.dumps(record(2))]
    first, broken, last = read("\n".join(lines))
    assert identifiers([first, last]) == ["1", "2"]
    assert isinstance(first, Label)
    assert first.origin
    place = first.origin.locate("facts[0].amount")
    assert place
    assert place.line == 2
    assert first.origin.line(2) == lines[1]
    assert first.origin.line(1) == first.origin.line(3) == ""
    assert isinstance(broken, InputError)
    assert broken.place
    assert (broken.place.line, broken.message[:10]) == (4, "record 5: ")


def test_a_line_may_hold_any_character_and_bytes_that_are_no_text_are_told() -> None:
    odd = json.dumps(record(1, fullName="a\u2028b\u0085c"), ensure_ascii=False).encode()
    stream = io.BytesIO(b"\xef\xbb\xbf" + odd + b"\n\xff\xfe\n{\0}\n" + odd)
    found = list(json_lines.labels(stream, file="a", other=other))
    assert [isinstance(each, Label) for each in found] == [True, False, False, True]
    assert [e.place.line for e in found if isinstance(e, InputError) and e.place] == [2, 3]


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read() -> None:
    stream = io.BytesIO(b"[" * 17_000_000 + b"\n" + json.dumps(record(3)).encode())
    refused, label = json_lines.labels(stream, file="a", other=other)
    assert isinstance(refused, InputError)
    assert "16 MB" in refused.message
    assert identifiers([label]) == ["3"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('{"id": 1}\n{"id": 2}\n', True),
        ('{"id": 1\n{"id": 2}', True),
        ('{\n "id": 1\n}', False),
        ('[\n{"id": 1},\n{"id": 2}\n]', False),
        ('{"id": 1}', False),
        ("product: x\nfacts: []", False),
        ("", False),
    ],
)
def test_json_lines_are_told_from_other_layouts(head: str, expected: bool) -> None:
    assert json_lines.recognise(head) is expected


def test_a_list_that_breaks_off_gives_what_stands_before() -> None:
    text = json.dumps([record(1), record(2)], indent=1)
    first, error = read(text[: text.index('"id": 2')])
    assert identifiers([first]) == ["1"]
    assert isinstance(error, InputError)
    assert "what follows is not read" in error.message


@pytest.mark.parametrize("text", ["[]", '{"hits": []}', '{"products": []}', " [ ] "])
def test_an_empty_list_is_an_error_of_the_file(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        read(text)


def test_what_is_of_no_database_goes_to_the_other_reader() -> None:
    found = read(json.dumps([record(1), {"product": "x"}, 5, None]))
    messages = [each.message for each in found if isinstance(each, InputError)]
    assert messages == ["another kind"] * 3


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, '{"a":' * 200_000, '{"hits":' + "[" * 1_000_000, "[" + '"a",' * 1_000_000],
)
def test_hostile_text_is_refused_in_linear_time(text: str) -> None:
    began = time.perf_counter()
    try:
        found = read(text)
    except InputError:
        found = []
    assert not any(isinstance(each, Label) for each in found)
    assert time.perf_counter() - began < 20


def test_many_records_on_one_line_are_located_in_linear_time() -> None:
    text = json.dumps([record(n, ZINC, fullName="x" * 1000) for n in range(2000)])
    began = time.perf_counter()
    for label in read(text):
        assert isinstance(label, Label)
        assert label.origin
        place = label.origin.locate("facts[0].amount")
        assert place
        assert label.origin.line(place.line)[place.column - 1 :].startswith("15")
    assert time.perf_counter() - began < 10


def test_amounts_of_other_servings_stand_beside_those_of_the_first() -> None:
    sizes = [
        {"order": 1, "minQuantity": 2, "maxQuantity": 2, "unit": "Tablet(s)"},
        {"order": 2, "minQuantity": 1, "maxQuantity": 1, "unit": "Tablet(s)"},
    ]
    rows = [
        row("Zinc", quantity(5, order=2), quantity(10, order=1)),
        row("Iron", quantity(4, order=2)),
        row("Copper", quantity(0, "NP", order=1), quantity(1, order=2)),
        row("Boron", quantity(3, order=9)),
    ]
    (label,) = read(json.dumps(record(1, *rows, servingSizes=sizes)))
    assert isinstance(label, Label)
    assert label.serving.size == "2 Tablet(s)"
    assert label.serving.others == ("1 Tablet(s)",)
    assert [(each.amount, each.also) for each in label.facts] == [
        ("10 mg", ("5 mg",)), (None, ("4 mg",)), (None, ("1 mg",)), ("3 mg", ()),
    ]  # fmt: skip


def judged(*rows: dict[str, Any]) -> tuple[Verdict, float | None]:
    (label,) = read(json.dumps(record(1, *rows)))
    assert isinstance(label, Label)
    result = check(label)
    (claim,) = result.composition.claims
    return result.verdict, claim.declared.value_mg if claim.declared else None


def test_the_four_arrangements_of_element_and_compound_are_one_claim() -> None:
    element, compound = row("Magnesium", quantity(100)), row("Magnesium Taurate", quantity(1200))
    for rows in (
        [element | {"nestedRows": [compound]}],
        [compound | {"nestedRows": [element]}],
        [element, compound],
    ):
        assert judged(*rows) == (Verdict.CONSISTENT, 100)
    shares = [row("Magnesium Citrate", quantity(45)), row("Magnesium Malate", quantity(45))]
    assert judged(row("Magnesium", quantity(90), nestedRows=shares)) == (Verdict.CANNOT_TELL, 90)


def test_a_blend_holds_what_is_nested_in_it() -> None:
    members = [row("Magnesium Oxide", quantity(0, "NP")), row("Taurine", quantity(0, "NP"))]
    blend = row("Night Blend", quantity(500), nestedRows=members)
    assert judged(row("Magnesium", quantity(400)), blend)[0] is Verdict.IMPOSSIBLE
    assert judged(row("Magnesium", quantity(200)), blend)[0] is not Verdict.IMPOSSIBLE
