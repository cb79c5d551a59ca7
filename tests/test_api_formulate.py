"""Formulations, designs and stacks from Python: models or paths in, values out."""

from __future__ import annotations

from pathlib import Path

import pytest

import chelate
from chelate.formulate.design import Found, Impossible
from chelate.formulate.panel import label_of
from conftest import ROOT

FORMULATIONS = ROOT / "formulations"
PLAIN = chelate.Formulation.model_validate(
    {"product": "Plain", "inputs": [{"substance": "magnesium-oxide", "amount": "500 mg"}]}
)


def test_a_formulation_is_given_as_a_model_or_as_a_path() -> None:
    assert chelate.deliver(PLAIN).moieties[0].mg == pytest.approx(500 * 24.305 / 40.304)
    made = chelate.deliver(str(FORMULATIONS / "bisglycinate-capsule.yaml"))
    assert made.formulation.product == "Slow Harbour Magnesium Bisglycinate"


def test_a_panel_is_for_its_own_market_or_another() -> None:
    path = FORMULATIONS / "buffered-capsule.yaml"
    assert chelate.panel(path).market == "US"
    assert chelate.panel(path, market="EU").market == "EU"
    assert chelate.check(label_of(chelate.panel(path))).verdict == "declared-blend"


def test_a_label_is_held_against_its_formulation() -> None:
    path = FORMULATIONS / "buffered-capsule.yaml"
    assert not chelate.compare(path, label_of(chelate.panel(path))).differences
    other = ROOT / "labels" / "impossible-beside-its-recipe.yaml"
    assert chelate.compare(path, other).differences


def test_a_design_is_found_or_impossible() -> None:
    assert isinstance(chelate.design(FORMULATIONS / "design-bisglycinate-capsule.yaml"), Found)
    assert isinstance(chelate.design(FORMULATIONS / "design-cannot-be-had.yaml"), Impossible)


def test_the_files_of_a_stack_are_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT.parent)
    day = chelate.day(FORMULATIONS / "stack-protocol.yaml")
    magnesium = chelate.deliver(FORMULATIONS / "tri-form-scoop.yaml").moieties[0].mg
    total = day.total("magnesium")
    assert total is not None
    assert total.at("morning").mg == pytest.approx(magnesium)


def test_what_is_wrong_in_a_file_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("product: X\ninputs:\n  - {substance: glycine, amount: much}\n")
    with pytest.raises(chelate.InputError, match=r"wrong.yaml:3:34: .*found \"much\""):
        chelate.deliver(path)
    with pytest.raises(chelate.InputError, match="this is a formulation; expected a design"):
        chelate.design(path)
