"""What a formulation delivers: overages, batches, losses, and the sum of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files, resources
from chelate.formulate import Delivery, EntryError, delivered
from chelate.models.formulation import Formulation
from chelate.stoichiometry import constituent_of
from chelate.units import Amount, mass_mg, read_amount

OXIDE = {"substance": "magnesium-oxide", "amount": "1 g"}
GRADE = {"substance": "magnesium-bisglycinate-13", "amount": "1 g"}
EXAMPLES = [
    path
    for path in sorted(resources.locate("formulations").glob("*.yaml"))
    if files.kind_of(files.parse(files.read_text(path), file=str(path))) == "formulation"
]
doses = st.floats(0.01, 100_000)
percents = st.integers(0, 990).map(lambda tenths: f"{tenths / 10} %")


def made(*inputs: Mapping[str, object], **keys: object) -> Delivery:
    document = {"product": "Trial", "inputs": list(inputs), **keys}
    return delivered(Formulation.model_validate(document))


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
        assert low <= found[constituent_of(words, own=found)] <= high, (words, found)


def test_there_are_examples_of_every_kind() -> None:
    entries = [entry for path in EXAMPLES for entry in files.load_formulation(path).inputs]
    assert {entry.overage_convention for entry in entries if entry.overage} == {
        "multiply by 1 + x",
        "divide by 1 - x",
    }
    for key in ("define", "per_batch", "potency", "loss", "price", "density", "moisture"):
        assert any(getattr(entry, key) for entry in entries), key
    markets = {files.load_formulation(path).market for path in EXAMPLES}
    assert markets >= {"US", "EU"}


@given(percents)
def test_an_overage_is_multiplied_or_divided_as_the_file_says(overage: str) -> None:
    share = float(overage.removesuffix(" %")) / 100
    multiplied = made({**OXIDE, "overage": overage, "overage_convention": "multiply by 1 + x"})
    divided = made({**OXIDE, "overage": overage, "overage_convention": "divide by 1 - x"})
    assert multiplied.fill_mg == pytest.approx(1000 * (1 + share))
    assert divided.fill_mg * (1 - share) == pytest.approx(1000)
    assert divided.moieties[0].mg >= multiplied.moieties[0].mg * (1 - 1e-9)


def test_an_overage_that_multiplies_may_be_more_than_all_and_one_that_divides_may_not() -> None:
    assert made(
        {**OXIDE, "overage": "150 %", "overage_convention": "multiply"}
    ).fill_mg == pytest.approx(2500)
    with pytest.raises(EntryError, match="below 100 %"):
        made({**OXIDE, "overage": "150 %", "overage_convention": "divide"})


@given(doses, percents)
def test_what_is_left_at_the_end_is_what_was_there_less_the_loss(dose: float, loss: str) -> None:
    kept = 1 - float(loss.removesuffix(" %")) / 100
    found = made({"substance": "magnesium-bisglycinate", "amount": f"{dose:.3f} mg", "loss": loss})
    assert found.loses == (kept < 1)
    for held, left in zip(found.moieties, found.at_end, strict=True):
        assert left.mg == pytest.approx(held.mg * kept)
        assert left.range_mg.low == pytest.approx(held.range_mg.low * kept)


@given(st.integers(1, 10_000_000), st.floats(1, 10_000))
def test_a_mass_per_batch_is_its_share_per_serving(servings: int, dose_mg: float) -> None:
    batch_kg = dose_mg * servings / 1e6
    if 0.01 <= batch_kg <= 99_000:
        entry = {"substance": "glycine", "per_batch": f"{batch_kg:.9f} kg"}
        found = made(entry, servings_per_batch=servings)
        assert found.fill_mg == pytest.approx(dose_mg, rel=1e-6)


def test_a_batch_may_weigh_tonnes() -> None:
    found = made({"substance": "glycine", "per_batch": "3 t"}, servings_per_batch=1_000_000)
    assert found.fill_mg == pytest.approx(3000)


def test_a_diluted_input_yields_its_share() -> None:
    entry = {"substance": "l-selenomethionine", "amount": "15 mg", "potency": "1.00 %"}
    selenium = made(entry).moieties[0]
    assert selenium.mg == pytest.approx(0.15 * 78.971 / 196.119, rel=1e-4)
    assert selenium.range_mg.low == pytest.approx(selenium.mg * 0.995)


def test_a_material_defined_by_its_formula_yields_its_elements_and_moieties() -> None:
    lactate = {"formula": "Mg(C3H5O3)2·3H2O", "moieties": {"lactic acid": 2}}
    found = made({"substance": "trial lactate", "amount": "1 g", "define": lactate})
    magnesium, lactic = found.moieties
    assert (magnesium.id, lactic.id) == ("magnesium", "lactic-acid")
    assert magnesium.mg == pytest.approx(1000 * 24.305 / 256.494, rel=1e-4)
    assert found.ingredients[0].name == "trial lactate"


def test_a_material_defined_by_its_contents_yields_their_range() -> None:
    broth = {"holds": {"glycine": "12-16 %"}}
    [glycine] = made({"substance": "broth", "amount": "5 g", "define": broth}).moieties
    assert glycine.mg == pytest.approx(700)
    assert (glycine.range_mg.low, glycine.range_mg.high) == pytest.approx((600, 800))


@given(doses, st.integers(1300, 1400))
def test_the_range_of_an_assay_is_the_range_of_the_yield(dose: float, low: int) -> None:
    entry = {
        "substance": "magnesium-bisglycinate",
        "amount": f"{dose:.3f} mg",
        "assay": f"{low / 100}-14.09 % magnesium",
    }
    magnesium = made(entry).moieties[0]
    weighed_mg = float(f"{dose:.3f}")
    assert magnesium.range_mg.low == pytest.approx(weighed_mg * low / 10_000)
    assert magnesium.range_mg.high == pytest.approx(weighed_mg * 0.1409)


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


WORDS = ["amount", "assay", "moisture", "potency", "overage", "loss", "price", "density"]
texts = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"[0-9.,<\-]{1,6} ?(%|mg|kg|g/mL|USD/kg|% magnesium|t)?", fullmatch=True),
)


@given(st.sampled_from(WORDS), texts)
def test_whatever_stands_in_an_entry_is_read_or_refused_by_its_path(word: str, text: str) -> None:
    entry = {
        "substance": "magnesium-bisglycinate",
        "amount": "1 g",
        word: text,
        **({"overage_convention": "multiply"} if word == "overage" else {}),
    }
    try:
        assert made(entry).fill_mg > 0
    except EntryError as error:
        refused = error.path
    else:
        return
    assert refused == f"inputs[0].{word}"


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
        ({"excipients": [{"name": "silica", "amount": ""}]}, "excipients[0].amount"),
        ({"excipients": [{"name": "silica", "price": "cheap"}]}, "excipients[0].price"),
        ({"inputs": [{**OXIDE, "price": "$18.50/kg"}]}, "inputs[0].price"),
        ({"inputs": [{**OXIDE, "price": "18.50 USD/L"}]}, "inputs[0].price"),
        ({"inputs": [{**OXIDE, "density": "0.7"}]}, "inputs[0].density"),
        ({"inputs": [{**OXIDE, "density": "0.8-0.6 g/mL"}]}, "inputs[0].density"),
        ({"inputs": [{**OXIDE, "density": "700 g/mL"}]}, "inputs[0].density"),
        ({"inputs": [{**OXIDE, "overage": "5 %"}]}, "inputs[0].overage"),
        (
            {"inputs": [{**OXIDE, "overage_convention": "multiply"}]},
            "inputs[0].overage_convention",
        ),
        ({"inputs": [{**OXIDE, "overage": "0.05"}]}, "inputs[0].overage"),
        ({"inputs": [{**OXIDE, "overage": "<5 %"}]}, "inputs[0].overage"),
        ({"inputs": [{**OXIDE, "overage": "2000 %"}]}, "inputs[0].overage"),
        ({"inputs": [{**OXIDE, "loss": "100 %"}]}, "inputs[0].loss"),
        ({"inputs": [{**OXIDE, "loss": "some"}]}, "inputs[0].loss"),
        ({"inputs": [{**OXIDE, "potency": "110 %"}]}, "inputs[0].potency"),
        ({"inputs": [{"substance": "glycine", "per_batch": "1 kg"}]}, "inputs[0].per_batch"),
        (
            {"inputs": [{"substance": "glycine", "per_batch": "1 L"}], "servings_per_batch": 9},
            "inputs[0].per_batch",
        ),
        ({"inputs": [{**OXIDE, "define": {"formula": "Mg(("}}]}, "inputs[0].define.formula"),
        (
            {"inputs": [{**OXIDE, "define": {"formula": "MgO", "moieties": {"glycine": 1}}}]},
            "inputs[0].define.formula",
        ),
        (
            {"inputs": [{**OXIDE, "define": {"formula": "MgO", "moieties": {"glycin": 1}}}]},
            "inputs[0].define.moieties.glycin",
        ),
        (
            {"inputs": [{**OXIDE, "define": {"holds": {"glycine": "lots"}}}]},
            "inputs[0].define.holds.glycine",
        ),
        (
            {"inputs": [{**OXIDE, "define": {"holds": {"glycine": "60 %", "zinc": "45 %"}}}]},
            "inputs[0].define.holds",
        ),
        ({"capsule_size": "99"}, "capsule_size"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(change: dict[str, object], path: str) -> None:
    document = {"product": "X", "inputs": [{"substance": "glycine", "amount": "1 g"}], **change}
    with pytest.raises(EntryError) as error:
        delivered(Formulation.model_validate(document))
    assert error.value.path == path
    assert error.value.message.startswith(f"{path}: ")
