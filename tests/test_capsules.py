"""The fill of a capsule against what it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.findings import InputError
from chelate.formulate import delivered
from chelate.formulate.capsules import CapsuleFit, Packed, capsule_fit, density, fit_of, room_ml
from chelate.intervals import Interval
from chelate.models.formulation import Formulation

SIZES = list(catalogue.capsules())
fills = st.floats(1, 3000)
sizes = st.sampled_from(SIZES)


def fit(size: str = "00", *, units: int = 1, **entry: object) -> CapsuleFit:
    document = {
        "product": "Trial",
        "form": "capsule",
        "capsule_size": size,
        "units_per_serving": units,
        "inputs": [{"substance": "magnesium-oxide", **entry}],
    }
    found = capsule_fit(delivered(Formulation.model_validate(document)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("amount_mg", "outcome"),
    [
        (540, "fits"),  # 0.90 mL × 0.6 g/mL
        (541, "fits if dense"),
        (900, "fits if dense"),  # 0.90 mL × 1.0 g/mL
        (901, "tight"),
        (1140, "tight"),  # 0.95 mL × 1.2 g/mL
        (1141, "does not fit"),
    ],
)
def test_a_fill_is_judged_by_the_usual_densities_and_their_ceiling(
    amount_mg: int, outcome: str
) -> None:
    assert fit(amount=f"{amount_mg} mg").outcome == outcome


@pytest.mark.parametrize(
    ("amount_mg", "outcome"),
    [(720, "fits"), (810, "fits if dense"), (855, "tight"), (856, "does not fit")],
)
def test_a_stated_density_is_taken_as_stated(amount_mg: int, outcome: str) -> None:
    found = fit(amount=f"{amount_mg} mg", density="0.8-0.9 g/mL")
    assert found.outcome == outcome
    assert not found.assumed


def test_the_fill_is_that_of_one_unit_with_its_overage_and_excipients() -> None:
    found = fit(amount="1,000 mg", overage="10 %", overage_convention="multiply", units=2)
    assert found.fill_mg == pytest.approx(550)
    assert found.needed_g_per_ml.low == pytest.approx(0.55 / 0.95)
    assert found.needed_g_per_ml.high == pytest.approx(0.55 / 0.9)


@given(fills, fills, st.floats(0.2, 2), st.floats(0.2, 2))
def test_volumes_of_what_is_filled_are_added_up(
    first_mg: float, second_mg: float, first: float, second: float
) -> None:
    packed = (
        Packed("a", first_mg, Interval(first, first), stated=True),
        Packed("b", second_mg, Interval(second, second), stated=True),
    )
    found = fit_of("0", packed)
    volume = first_mg / 1000 / first + second_mg / 1000 / second
    assert found.volume_ml.low == pytest.approx(volume)
    assert found.volume_ml.high == pytest.approx(volume)
    assert found.density_g_per_ml.low == pytest.approx((first_mg + second_mg) / 1000 / volume)


@given(sizes, fills)
def test_less_of_a_fill_never_fits_worse(size: str, fill_mg: float) -> None:
    order = ["fits", "fits if dense", "tight", "does not fit"]

    def rank(mass_mg: float) -> int:
        packed = (Packed("a", mass_mg, density(None), stated=False),)
        return order.index(fit_of(size, packed).outcome)

    assert rank(fill_mg * 0.9) <= rank(fill_mg)


@given(sizes, fills)
def test_what_a_capsule_is_said_to_hold_fits_it(size: str, fill_mg: float) -> None:
    found = fit_of(size, (Packed("a", fill_mg, density(None), stated=False),))
    for held_mg, outcome in (
        (found.holds_mg.low, "fits"),
        (found.holds_mg.high, "fits if dense"),
    ):
        again = fit_of(size, (Packed("a", held_mg, density(None), stated=False),))
        assert again.outcome == outcome


@given(sizes, fills, st.integers(1, 4))
def test_the_larger_size_and_the_further_capsules_that_are_named_hold_it(
    size: str, fill_mg: float, units: int
) -> None:
    found = fit_of(size, (Packed("a", fill_mg, density(None), stated=False),), units=units)
    again = (Packed("a", fill_mg * units / found.units_needed, density(None), stated=False),)
    assert fit_of(size, again).outcome in ("fits", "fits if dense")
    if found.larger is not None:
        assert fit_of(found.larger, found.packed).outcome in ("fits", "fits if dense")
        assert room_ml(found.larger).low > room_ml(size).low


def test_no_size_is_named_where_none_would_hold_it() -> None:
    found = fit("0", amount="5 g")
    assert (found.outcome, found.larger) == ("does not fit", None)
    assert found.units_needed == 8  # 5 g / (0.68 mL × 1 g/mL) = 7.4


def test_assumptions_cite_their_source() -> None:
    assert fit(amount="100 mg").references == ("capsule-tables", "density-assumption")
    assert fit(amount="100 mg", density="0.5 g/mL").references == ("capsule-tables",)


@pytest.mark.parametrize("form", ["tablet", "powder"])
def test_what_is_no_capsule_has_no_limit(form: str) -> None:
    inputs = [{"substance": "magnesium-oxide", "amount": "50 g"}]
    document = {"product": "Trial", "form": form, "capsule_size": "00", "inputs": inputs}
    assert capsule_fit(delivered(Formulation.model_validate(document))) is None


def test_a_capsule_without_a_size_is_not_judged() -> None:
    inputs = [{"substance": "magnesium-oxide", "amount": "1 g"}]
    document = {"product": "Trial", "form": "capsule", "inputs": inputs}
    assert capsule_fit(delivered(Formulation.model_validate(document))) is None


def test_a_density_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="expected a density such as"):
        density("heavy")
