"""The JSON of a check: the keys and figures that the outside relies on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import check
from chelate.findings import InputError, Place
from chelate.formula import EDITION
from chelate.models import Label
from chelate.readers import label_from_text
from chelate.report.document import document, document_text, label_entry
from conftest import ROOT

BUFFERED = """\
product: Harrow Lane Magnesium
facts:
  - name: Magnesium
    amount: 200 mg
    sources:
      - name: magnesium bisglycinate chelate buffered
        amount: 1,112 mg
"""


def entry(text: str) -> dict[str, Any]:
    return label_entry(check(label_from_text(text, file="label.yaml")))


def row(name: str, amount: str = "100 mg") -> dict[str, Any]:
    """The document's entry for a label of one row."""
    label = Label.model_validate({"product": "A", "facts": [{"name": name, "amount": amount}]})
    return label_entry(check(label))


def test_a_buffered_chelate_reads_as_the_design_shows_it() -> None:
    found = entry(BUFFERED)
    assert {key: found[key] for key in ("file", "record", "product")} == {
        "file": "label.yaml",
        "record": None,
        "product": "Harrow Lane Magnesium",
    }
    assert found["verdict"] == "declared-blend"
    assert found["buffered_declared"] is True
    (nutrient,) = found["nutrients"]
    assert nutrient["name"] == "magnesium"
    assert nutrient["declared_mg"] == 200.0
    assert nutrient["interval_mg"] == [199.5, 200.5]
    (source,) = nutrient["sources"]
    assert source["substance"] == "magnesium-bisglycinate"
    assert source["text"] == "magnesium bisglycinate chelate buffered"
    assert source["mass_mg"] == 1112.0
    assert "magnesium-bisglycinate-dihydrate" in source["substances"]
    (claim,) = found["claims"]
    assert claim["nutrient"] == "magnesium"
    assert claim["verdict"] == "declared-blend"
    assert claim["least_from_elsewhere_mg"] == 42.0
    assert claim["proof"][-1].startswith("199.5 mg − 157.5 mg = 42 mg")
    parts = {part["substance"]: part for part in claim["witness"]["parts"]}
    assert parts["magnesium-bisglycinate"] == {
        "substance": "magnesium-bisglycinate",
        "mass_mg": 1117.0,
        "element_mg": 157.5,
    }
    assert sum(part["element_mg"] for part in parts.values()) == pytest.approx(200, abs=0.6)
    (finding,) = found["findings"]
    assert {key: value for key, value in finding.items() if key != "message"} == {
        "code": "BF101",
        "name": "buffered-chelate",
        "severity": "warning",
        "certainty": "proven",
        "path": "facts[0].sources[0].name",
        "line": 6,
        "column": 15,
    }


def test_the_document_counts_what_it_holds() -> None:
    results = [check(label_from_text(BUFFERED, file="a.yaml")), check(Label(product="Empty"))]
    errors = [InputError("there is no such file", file="b.yaml", place=Place(2, 3))]
    found = document(results, errors)
    assert found["version"] == 1
    assert found["atomic_weights"] == EDITION
    assert [label["product"] for label in found["labels"]] == ["Harrow Lane Magnesium", "Empty"]
    assert found["errors"] == [
        {"file": "b.yaml", "message": "there is no such file", "line": 2, "column": 3}
    ]
    assert found["summary"] == {
        "labels": 2,
        "verdicts": {"declared-blend": 1, "no-claim": 1},
        "findings": {"error": 0, "warning": 1, "note": 0},
    }


@pytest.mark.parametrize(
    ("name", "substance", "count"),
    [
        ("Magnesium (as magnesium oxide)", "magnesium-oxide", 0),
        ("Magnesium (as magnesium bisglycinate)", "magnesium-bisglycinate", 4),
        ("Magnesium (as magnesium glycinate dihydrate)", "magnesium-bisglycinate-dihydrate", 0),
        ("Magnesium (as magnesium aspartate)", None, 4),
        ("Magnesium (as unobtainium)", None, 0),
    ],
)
def test_a_source_is_one_substance_only_if_no_more_than_its_hydration_is_open(
    name: str, substance: str | None, count: int
) -> None:
    (source,) = row(name)["nutrients"][0]["sources"]
    assert source["substance"] == substance
    assert len(source.get("substances", ())) == count


def test_what_is_not_readable_is_null() -> None:
    found = row("Magnesium (as magnesium oxide)", "1 60 mg")
    (nutrient,), (claim,) = found["nutrients"], found["claims"]
    assert nutrient["declared_mg"] is None
    assert nutrient["interval_mg"] is None
    assert claim["least_from_elsewhere_mg"] is None
    assert claim["witness"] is None
    assert claim["proof"] == []
    assert "cannot be read with certainty" in claim["reason"]


def test_what_is_not_bounded_is_null_and_what_fits_is_zero() -> None:
    unbounded = row("Magnesium (as magnesium bisglycinate)")
    assert unbounded["claims"][0]["least_from_elsewhere_mg"] is None
    fits = row("Magnesium (from 1,000 mg magnesium bisglycinate)")
    assert fits["claims"][0]["least_from_elsewhere_mg"] == 0.0


def test_what_is_missing_of_a_trace_element_is_not_rounded_away() -> None:
    found = row("Chromium (from 500 mcg chromium picolinate)", "100 mcg")
    (claim,) = found["claims"]
    assert claim["verdict"] == "impossible"
    # At least 0.0995 mg; Cr(C6H4NO2)3 is 51.996 / 418.307 chromium, 0.5005 mg of it at most.
    assert claim["least_from_elsewhere_mg"] == round(0.0995 - 0.5005 * 51.996 / 418.307, 4)
    own, other = claim["witness"]["parts"]
    assert own["mass_mg"] == pytest.approx(0.5005, abs=0.001)
    assert own["element_mg"] + other["element_mg"] == pytest.approx(0.0995, abs=0.0001)


def test_what_must_come_from_elsewhere_has_a_share_and_certificates() -> None:
    (claim,) = entry(BUFFERED)["claims"]
    # (199.5 − 1,117 × 24.305 / 172.423) / 199.5
    assert claim["least_from_elsewhere_share"] == 0.2108
    assert claim["conflict"] is None
    assert [each["says"]["target"] for each in claim["certificates"]] == [
        "elsewhere",
        "elsewhere share",
    ]
    (slot,) = claim["certificates"][0]["slots"].values()
    assert slot["path"] == "facts[0].sources[0].name"
    assert slot["text"] == "magnesium bisglycinate chelate buffered"


def test_figures_that_cannot_all_be_true_are_told_with_what_would_mend_them() -> None:
    (claim,) = row("Magnesium (from 1,000 mg magnesium bisglycinate)", "180 mg")["claims"]
    assert claim["conflict"]["gap_mg"] == 37.8
    declared, mass = claim["conflict"]["statements"]
    assert declared == {
        "path": "facts[0].amount",
        "text": "180 mg",
        "kind": "declared",
        "sense": "at least",
        "basis": "printed",
        "bound_mg": 179.5,
        "would_have_to_be_mg": round(1005 * 24.305 / 172.423, 6),
        "capsules": None,
    }
    assert (mass["text"], mass["sense"], mass["bound_mg"]) == ("1,000 mg", "at most", 1005.0)
    assert mass["would_have_to_be_mg"] == round(179.5 * 172.423 / 24.305, 6)
    assert claim["certificates"][0]["says"] == {"target": "contradiction"}
    assert len(claim["certificates"]) == 3


def test_where_nothing_must_come_from_elsewhere_there_is_no_certificate() -> None:
    fits = row("Magnesium (from 1,000 mg magnesium bisglycinate)")["claims"][0]
    unbounded = row("Magnesium (as magnesium bisglycinate)")["claims"][0]
    for claim, share in ((fits, 0.0), (unbounded, None)):
        assert claim["least_from_elsewhere_share"] == share
        assert (claim["conflict"], claim["certificates"]) == (None, [])


def test_claims_of_one_nutrient_are_one_entry_that_adds_them_up() -> None:
    rows = [
        {"name": "Magnesium (as magnesium oxide)", "amount": "100 mg"},
        {"name": "Zinc (as zinc citrate)", "amount": "15 mg"},
        {"name": "Magnesium (as magnesium citrate)", "amount": "50 mg"},
    ]
    found = label_entry(check(Label.model_validate({"product": "A", "facts": rows})))
    magnesium, zinc = found["nutrients"]
    assert (magnesium["name"], zinc["name"]) == ("magnesium", "zinc")
    assert magnesium["declared_mg"] == 150.0
    assert magnesium["interval_mg"] == [149.0, 151.0]
    assert [source["mass_mg"] for source in magnesium["sources"]] == [None, None]
    assert [claim["nutrient"] for claim in found["claims"]] == ["magnesium", "magnesium", "zinc"]


def test_elemental_shares_are_not_masses_of_compounds() -> None:
    sources = [
        {"name": "magnesium citrate", "elemental": "45 mg"},
        {"name": "magnesium malate", "elemental": "45 mg"},
    ]
    rows = [{"name": "Magnesium", "amount": "90 mg", "sources": sources}]
    found = label_entry(check(Label.model_validate({"product": "A", "facts": rows})))
    masses = [(s["mass_mg"], s["share_mg"]) for s in found["nutrients"][0]["sources"]]
    assert masses == [(None, 45.0), (None, 45.0)]


def test_what_could_not_be_checked_says_so() -> None:
    found = row("Magnesium (as magnesium bisglycinate)")
    assert {skip["code"] for skip in found["skipped"]} >= {"MB101", "MB102", "MB103"}
    assert all(skip["path"] and skip["reason"] for skip in found["skipped"])


def test_a_record_is_named_with_the_line_of_its_own_file() -> None:
    path = ROOT / "labels" / "dsld-impossible-20-percent.json"
    text = path.read_text("utf-8")
    found = entry(text)
    assert found["record"] == str(json.loads(text)["id"])
    line = text.splitlines()[found["findings"][0]["line"] - 1]
    assert line[found["findings"][0]["column"] - 1 :].startswith("750")


@given(st.text(), st.text())
def test_any_label_makes_a_document_that_is_utf_8_json_and_drives_no_terminal(
    product: str, name: str
) -> None:
    rows = [{"name": name, "amount": "5 mg"}]
    label = Label.model_validate({"product": product, "facts": rows})
    text = document_text([check(label)])
    assert json.loads(text.encode())["labels"][0]["product"] == label.product
    assert not [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]


def test_the_name_of_a_file_that_is_not_utf_8_is_escaped() -> None:
    text = document_text([], [InputError("there is no such file", file="caf\udce9.yaml")])
    assert json.loads(text.encode())["errors"][0]["file"] == "caf\udce9.yaml"
