"""What the materials of a serving cost, and prices as people write them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.findings import InputError
from chelate.formulate import EntryError, delivered
from chelate.formulate.cost import Cost, cost_of
from chelate.models.formulation import Formulation
from chelate.units import Price, batch_mg, read_density, read_price

CHELATE = {"substance": "magnesium-bisglycinate", "amount": "1,000 mg", "price": "20 USD/kg"}
amounts = st.floats(0.01, 1e6)


def cost(*inputs: Mapping[str, object], **keys: object) -> Cost | None:
    document = {"product": "Trial", "inputs": list(inputs), **keys}
    return cost_of(delivered(Formulation.model_validate(document)))


def known(*inputs: Mapping[str, object], **keys: object) -> Cost:
    found = cost(*inputs, **keys)
    assert found is not None
    return found


def test_a_serving_costs_what_its_materials_cost() -> None:
    flour = {"name": "rice flour", "amount": "50 mg", "price": "2 USD/kg"}
    found = known(CHELATE, excipients=[flour], servings_per_day=2, servings_per_container=60)
    assert found.per_serving == pytest.approx(0.02 + 0.0001)
    assert found.per_day == pytest.approx(0.0402)
    assert found.per_container == pytest.approx(1.206)
    assert not found.missing


def test_a_serving_costs_what_is_weighed_with_its_overage() -> None:
    found = known({**CHELATE, "overage": "5 %", "overage_convention": "multiply"})
    assert found.per_serving == pytest.approx(0.021)


def test_the_cost_is_told_per_100_mg_of_each_mineral_and_per_gram_of_glycine() -> None:
    magnesium, glycine = known({**CHELATE, "assay": "14.00 % magnesium"}).per_delivered
    assert (magnesium.id, magnesium.per_mg, glycine.id, glycine.per_mg) == (
        "magnesium", 100, "glycine", 1000,
    )  # fmt: skip
    assert magnesium.cost == pytest.approx(0.02 * 100 / 140)
    assert magnesium.over_range == pytest.approx((0.02 * 100 / 140.05, 0.02 * 100 / 139.95))
    glycine_mg = 140 * 2 * 75.067 / 24.305
    assert glycine.cost == pytest.approx(0.02 * 1000 / glycine_mg, rel=1e-4)


def test_materials_without_a_price_are_named_if_they_have_a_mass() -> None:
    found = known(
        CHELATE,
        {"substance": "glycine", "amount": "1 g"},
        excipients=[{"name": "silica", "amount": "5 mg"}, {"name": "coating"}],
    )
    assert found.missing == ("glycine", "silica")
    assert found.per_serving == pytest.approx(0.02)


def test_without_any_price_there_is_no_cost() -> None:
    assert cost({"substance": "glycine", "amount": "1 g"}) is None


def test_currencies_are_not_mixed() -> None:
    euros = {"substance": "glycine", "amount": "1 g", "price": "9 EUR/kg"}
    with pytest.raises(EntryError, match="found a price in EUR, expected USD") as error:
        cost(CHELATE, euros)
    assert error.value.path == "inputs[1].price"


@given(amounts, amounts)
def test_twice_the_price_is_twice_the_cost(mass_mg: float, per_kg: float) -> None:
    assert Price("USD", 2 * per_kg).of(mass_mg) == pytest.approx(
        2 * Price("USD", per_kg).of(mass_mg)
    )
    assert Price("USD", per_kg).of(1_000_000) == pytest.approx(per_kg)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("18.50 USD/kg", Price("USD", 18.5)),
        ("18.50 EUR per kg", Price("EUR", 18.5)),
        ("EUR 18.50/kg", Price("EUR", 18.5)),
        ("1,850 JPY / kg", Price("JPY", 1850)),
        ("0.02 USD/g", Price("USD", 20)),
        ("450 USD per 25 kg", Price("USD", 18)),
        ("0 USD/kg", Price("USD", 0)),
    ],
)
def test_a_price_is_read(text: str, price: Price) -> None:
    found = read_price(text)
    assert found.currency == price.currency
    assert found.per_kg == pytest.approx(price.per_kg)


@pytest.mark.parametrize(
    "text", ["", "$18.50/kg", "18.50 USD", "18.50 USD/L", "18,50 EUR/kg", "-1 USD/kg", "USD/kg",
             "18 usd/kg", "1.2.3 USD/kg", "18 USD/kg and more", "18 USD per 1-2 kg"],
)  # fmt: skip
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected"):
        read_price(text)


@given(st.integers(1, 9999), st.sampled_from(["g/mL", "g/cm3", "g/cm³", "kg/L", "g / ml"]))
def test_a_density_reads_the_same_in_every_unit(milligrams: int, unit: str) -> None:
    in_grams = read_density(f"{milligrams / 1000} {unit}")
    in_litres = read_density(f"{milligrams} g/L")
    assert in_grams.low == pytest.approx(in_litres.low) == pytest.approx(milligrams / 1000)


@pytest.mark.parametrize("text", ["", "0.7", "0 g/mL", "-1 g/mL", "0.7 mL/g", "11 g/mL", "a g/mL"])
def test_what_is_no_density_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"expected a density|more than 10 g/mL"):
        read_density(text)


@pytest.mark.parametrize(
    ("text", "mass_mg"),
    [("14.19 kg", 1.419e7), ("1.5 t", 1.5e9), ("2 tonnes", 2e9), ("500 g", 5e5), ("100 t", 1e11)],
)
def test_the_mass_of_a_batch_is_read(text: str, mass_mg: float) -> None:
    assert batch_mg(text) == pytest.approx(mass_mg)


@pytest.mark.parametrize("text", ["", "0 kg", "-1 kg", "101 t", "5 L", "many", "1-2 kg", "1 IU"])
def test_what_is_no_mass_of_a_batch_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"expected|more than 100 t"):
        batch_mg(text)


def test_what_only_stands_in_a_salt_of_another_has_no_cost_of_its_own() -> None:
    iodide = {"substance": "potassium iodide", "amount": "0.2 mg", "price": "60 USD/kg"}
    assert [each.id for each in known(iodide).per_delivered] == ["iodine"]
    citrate = {"substance": "potassium citrate", "amount": "500 mg", "price": "8 USD/kg"}
    assert {each.id for each in known(iodide, citrate).per_delivered} == {"iodine", "potassium"}
    claimed = known(iodide, claims={"potassium": "0.04 mg"})
    assert [each.id for each in claimed.per_delivered] == ["iodine"]
