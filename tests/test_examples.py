"""The example labels are held to the verdict that each of them names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chelate.checker import CheckResult, check
from chelate.findings import Verdict
from chelate.models import Expectation
from chelate.readers import load_label, read_labels
from conftest import ROOT

FOLDER = ROOT / "labels"
EXAMPLES = sorted(FOLDER.iterdir())
SCHEMA = "../src/chelate/data/schemas/label.schema.json"

each = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)


BESIDE = ROOT / "tests" / "expected_labels.jsonl"


def expectations(path: Path) -> list[Expectation]:
    """What an example names for each of its labels.

    Our own format has it inside, a database's record under a key that the database lacks;
    for a format that has no room for it, it stands in `tests/expected_labels.jsonl`.
    """
    lines = BESIDE.read_text("utf-8").splitlines()
    beside = [line for each in lines if (line := json.loads(each)).pop("file") == path.name]
    if beside:
        return [Expectation.model_validate(line) for line in beside]
    if path.suffix == ".yaml":
        return [expected for label in read_labels(path) if (expected := label.expect)]
    return [Expectation.model_validate(each) for each in _inside(path)]


def _inside(path: Path) -> list[Any]:
    text = path.read_text("utf-8")
    many = path.suffix == ".jsonl"
    documents = [json.loads(line) for line in text.splitlines()] if many else [json.loads(text)]
    return [document["expect"] for document in documents]


def declared(result: CheckResult) -> list[str]:
    claims = [judged.claim for judged in result.judged if judged.claim.nutrient == "magnesium"]
    return [claim.declared.text for claim in claims if claim.declared]


@each
def test_an_example_gets_what_it_expects(path: Path) -> None:
    labels = read_labels(path)
    for expected, label in zip(expectations(path), labels, strict=True):
        result = check(label)
        assert result.verdict is expected.verdict
        assert result.buffered_declared is expected.buffered_declared
        assert declared(result) == [expected.magnesium]


@each
def test_every_finding_of_an_example_knows_its_place(path: Path) -> None:
    for label in read_labels(path):
        for finding in check(label).findings:
            assert finding.place, finding


def test_the_examples_show_every_verdict_and_are_of_every_readable_format() -> None:
    assert {each.verdict for path in EXAMPLES for each in expectations(path)} == set(Verdict)
    assert {path.suffix for path in EXAMPLES} == {
        ".yaml",
        ".json",
        ".jsonl",
        ".txt",
        ".csv",
        ".xlsx",
    }
    assert len(EXAMPLES) >= 9


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_an_example_names_its_schema_and_says_what_it_shows(path: Path) -> None:
    first, second, *_ = path.read_text("utf-8").splitlines()
    assert first == f"# yaml-language-server: $schema={SCHEMA}"
    assert (FOLDER / SCHEMA).is_file()
    assert second.startswith("# ")


def test_the_golden_figures_of_the_examples() -> None:
    def least(name: str) -> float | None:
        (judged,) = check(load_label(FOLDER / name)).judged
        return judged.bounds.elsewhere_mg

    assert least("blend-buffered-in-words.yaml") == pytest.approx(42.0466, abs=0.001)
    assert least("impossible-18-percent.yaml") == pytest.approx(37.8342, abs=0.001)
    assert least("consistent-bisglycinate.yaml") == 0
    assert least("cannot-tell-one-capsule.yaml") is None
