"""What a formulation delivers: overages, batches, losses, and the sum of its inputs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files, resources
from chelate.formulate import EntryError, delivered
from chelate.models.formulation import Formulation
from chelate.stoichiometry import constituent_of
from chelate.units import Amount, mass_mg, read_amount

OXIDE = {"substance": "magnesium-oxide", "amount": "1 g"}
GRADE = {"substance": "magnesium-bisglycinate-13", "amount": "1 g"}
EXAMPLES = sorted(resources.locate("formulations").glob("*.yaml"))
doses = st.floats(0.01, 100_000)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_yield_what_they_expect(path: Path) -> None:
    formulation = files.load_formulation(path)
    found = {held.id: held.mg for held in delivered(formulation).moieties}
    assert formulation.expect
    for words, text in formulation.expect.items():
        expected = read_amount(text)
        assert isinstance(expected, Amount)
        assert expected.mass_mg is not None
        low, high = expected.mass_mg.low, expected.mass_mg.high
        assert low <= found[constituent_of(words)] <= high, (words, found)


def test_there_are_examples_of_every_kind() -> None:
    assert len(EXAMPLES) >= 6


@given(st.lists(doses, min_size=1, max_size=4))
def test_a_formulation_yields_the_sum_of_its_inputs(amounts: list[float]) -> None:
    names = ["magnesium-bisglycinate", "glycine", "magnesium-oxide", "l-lysine-hydrochloride"]
    inputs = [
        {"substance": name, "amount": f"{amount:.2f} mg"}
        for name, amount in zip(names, amounts, strict=False)
        if amount >= 0.01
    ]
    formulation = Formulation.model_validate({"product": "Sum", "inputs": inputs})
    found = delivered(formulation)
    for held in found.moieties:
        parts = [h.mg for entry in found.serving.inputs for h in entry.moieties if h.id == held.id]
        assert held.mg == pytest.approx(sum(parts))
    assert found.fill_mg == pytest.approx(sum(mass_mg(entry["amount"]) for entry in inputs))


def test_free_glycine_counts_as_its_own_ligand_mass_in_a_sum() -> None:
    found = delivered(
        Formulation.model_validate(
            {
                "product": "Both",
                "inputs": [
                    {"substance": "magnesium-bisglycinate", "amount": "1 g"},
                    {"substance": "glycine", "amount": "500 mg"},
                ],
            }
        )
    )
    glycine = next(held for held in found.moieties if held.id == "glycine")
    assert glycine.mg == pytest.approx(1370.7, abs=0.05)
    assert glycine.ligand_mg == pytest.approx(1359.0, abs=0.05)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"inputs": [{"substance": "nothing", "amount": "1 g"}]}, "inputs[0].substance"),
        ({"inputs": [{**OXIDE, "assay": "99 % zinc"}]}, "inputs[0].assay"),
        ({"inputs": [{**OXIDE, "moisture": "120 %"}]}, "inputs[0].moisture"),
        ({"inputs": [{**OXIDE, "assay_basis": "dried"}]}, "inputs[0].assay_basis"),
        ({"inputs": [{**GRADE, "moisture": "4 %"}]}, "inputs[0].moisture"),
        ({"inputs": [{"substance": "glycine", "amount": "-1 g"}]}, "inputs[0].amount"),
        ({"inputs": [{"substance": "glycine", "amount": "5 mL"}]}, "inputs[0].amount"),
        ({"excipients": [{"name": "silica", "amount": "much"}]}, "excipients[0].amount"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(change: dict[str, object], path: str) -> None:
    document = {"product": "X", "inputs": [{"substance": "glycine", "amount": "1 g"}], **change}
    with pytest.raises(EntryError) as error:
        delivered(Formulation.model_validate(document))
    assert error.value.path == path
    assert error.value.message.startswith(f"{path}: ")
