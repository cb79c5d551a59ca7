"""Whatever is changed in a record of any database, reading it does no worse than an error."""

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
from chelate.models import Label
from chelate.readers import json_many
from conftest import ROOT

NAMES = ("lnhpd-two-sources.json", "openfoodfacts-powder.json", "dsld-element-parent.json")
RECORDS = [json.loads((ROOT / "labels" / name).read_text("utf-8")) for name in NAMES]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def other(document: files.Document) -> Label:
    raise document.error("another kind")


def steps_in(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        pairs = list(enumerate(value)) if isinstance(value, list) else []
    return [before] + [each for key, child in pairs for each in steps_in(child, (*before, key))]


def changed(data: Any, changes: list[tuple[int, Any]]) -> Any:
    copy = json.loads(json.dumps(data))
    for number, value in changes:
        places = [steps for steps in steps_in(copy) if steps]
        if not places:
            break
        *around, last = places[number % len(places)]
        holder = copy
        for step in around:
            holder = holder[step]
        holder[last] = value
    return copy


@given(
    st.sampled_from(RECORDS),
    st.lists(st.tuples(st.integers(0), VALUES), min_size=1, max_size=3),
    st.sampled_from([lambda data: data, lambda data: [data, data], lambda data: {"hits": [data]}]),
)
def test_no_change_to_a_record_does_worse_than_an_input_error(
    record: Any, changes: list[tuple[int, Any]], wrap: Any
) -> None:
    text = json.dumps(wrap(changed(record, changes)))
    for label in json_many.labels(text, file="a", other=other):
        if isinstance(label, Label):
            assert label.origin
            assert label.origin.locate("facts[0].amount")
            assert check(label).verdict
        else:
            assert isinstance(label, InputError)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_label_has_its_place_in_the_file(name: str) -> None:
    path: Path = ROOT / "labels" / name
    text = path.read_text("utf-8")
    (label,) = json_many.labels(text, file=name, other=other)
    assert isinstance(label, Label)
    assert label.origin
    for number, row in enumerate(label.facts):
        place = label.origin.locate(f"facts[{number}].name")
        assert place
        line = text.splitlines()[place.line - 1]
        assert row.name.replace(" ", "-").casefold() in line.replace(" ", "-").casefold()
