"""The example labels are held to the verdict that each of them names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chelate.checker import CheckResult, check
from chelate.findings import Verdict
from chelate.models import Expectation
from chelate.readers import load_label
from conftest import ROOT

FOLDER = ROOT / "labels"
EXAMPLES = sorted(FOLDER.iterdir())
SCHEMA = "../src/chelate/data/schemas/label.schema.json"

each = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)


def expectation(path: Path) -> Expectation:
    """What an example names: a DSLD record has it under a key that the database lacks."""
    if path.suffix == ".json":
        return Expectation.model_validate(json.loads(path.read_text("utf-8"))["expect"])
    expected = load_label(path).expect
    assert expected
    return expected


def declared(result: CheckResult) -> list[str]:
    claims = [judged.claim for judged in result.judged if judged.claim.nutrient == "magnesium"]
    return [claim.declared.text for claim in claims if claim.declared]


@each
def test_an_example_gets_what_it_expects(path: Path) -> None:
    expected, result = expectation(path), check(load_label(path))
    assert result.verdict is expected.verdict
    assert result.buffered_declared is expected.buffered_declared
    assert declared(result) == [expected.magnesium]


@each
def test_every_finding_of_an_example_knows_its_place(path: Path) -> None:
    for finding in check(load_label(path)).findings:
        assert finding.place, finding


def test_the_examples_show_every_verdict_and_are_of_every_readable_format() -> None:
    assert {expectation(path).verdict for path in EXAMPLES} == set(Verdict)
    assert {path.suffix for path in EXAMPLES} == {".yaml", ".json"}
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
