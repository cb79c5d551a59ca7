"""What must be true of the masses behind a claim."""

from __future__ import annotations

import pytest

from chelate import catalogue
from chelate.bounds import Bounds, bounds, stand_in
from chelate.bounds.readings import _share, _stand_in_fraction
from chelate.composition import compose
from chelate.models import Label

BISGLYCINATE = catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate"))
OXIDE = 0.603
GRADE_13, GRADE_10, DIHYDRATE = 0.13, 0.10, 0.11660


def bounds_of(name: str, amount: str | None = None, **label: object) -> Bounds:
    row = {"name": name, "amount": amount}
    composition = compose(Label(product="Sample", facts=[row], **label))
    return bounds(composition.claims[0], composition)


def test_200_mg_from_1112_mg_of_buffered_chelate_leaves_42_mg_and_27_5_percent() -> None:
    found = bounds_of("Magnesium (from 1,112 mg magnesium bisglycinate chelate buffered)", "200 mg")
    assert found.outcome == "fits"
    assert found.elsewhere_mg == pytest.approx(199.5 - 1117 * BISGLYCINATE)
    assert found.elsewhere_mg == pytest.approx(42.05, abs=0.01)
    assert found.blend is not None
    assert found.blend.share.low == pytest.approx(0.275, abs=0.0005)


def test_18_percent_is_more_than_bisglycinate_holds() -> None:
    found = bounds_of("Magnesium (from 1,000 mg magnesium bisglycinate)", "180 mg")
    assert found.outcome == "exceeds"
    assert found.tightest is not None
    assert found.tightest.missing_mg == pytest.approx(179.5 - 1005 * BISGLYCINATE)
    assert found.proof[-1] == "179.5 mg − 141.7 mg = 37.8 mg (21.0 %) must come from elsewhere."


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("Magnesium (from 1,000 mg magnesium bisglycinate)", "141 mg"),
        ("Magnesium (from 4,000 mg magnesium lysinate glycinate chelate)", "400 mg"),
        ("Magnesium (from 420 mg magnesium oxide)", "253 mg"),
    ],
)
def test_rounding_decides_at_the_ceiling(name: str, amount: str) -> None:
    assert bounds_of(name, amount).outcome == "fits"


# FACTS of the field: declared fraction -> oxide by weight, share of the magnesium from oxide.
@pytest.mark.parametrize(
    ("declared", "chelate", "weight_percent", "share_percent"),
    [
        (0.15, BISGLYCINATE, 2.0, 8), (0.16, BISGLYCINATE, 4.1, 16), (0.18, BISGLYCINATE, 8.4, 28),
        (0.20, BISGLYCINATE, 12.8, 39), (0.22, BISGLYCINATE, 17.1, 47),
        (0.25, BISGLYCINATE, 23.6, 57), (0.30, BISGLYCINATE, 34.4, 69),
        (0.14, DIHYDRATE, 4.8, 21), (0.18, DIHYDRATE, 13.0, 44), (0.20, DIHYDRATE, 17.1, 52),
        (0.18, GRADE_13, 10.6, 35), (0.20, GRADE_13, 14.8, 45),
        (0.18, GRADE_10, 15.9, 53), (0.20, GRADE_10, 19.9, 60), (0.12, GRADE_10, 4.0, 20),
    ],
)  # fmt: skip
def test_a_blend_of_chelate_and_oxide_has_one_split(
    declared: float, chelate: float, weight_percent: float, share_percent: float
) -> None:
    weight = _stand_in_fraction(declared, chelate, OXIDE)
    assert weight * 100 == pytest.approx(weight_percent, abs=0.06)
    assert _share(weight, declared, OXIDE) * 100 == pytest.approx(share_percent, abs=0.6)


def test_a_declared_fraction_within_the_chelate_needs_no_oxide() -> None:
    assert _stand_in_fraction(0.12, BISGLYCINATE, OXIDE) == 0


def test_a_serving_bounds_a_source_without_its_own_mass() -> None:
    fits = bounds_of("Magnesium (bisglycinate)", "200 mg", serving={"size": "1 scoop (2.4 g)"})
    exceeds = bounds_of("Magnesium (bisglycinate)", "200 mg", serving={"size": "1 scoop (1.2 g)"})
    assert (fits.outcome, exceeds.outcome) == ("fits", "exceeds")
    assert fits.witness[0].mass_mg == pytest.approx(200 / BISGLYCINATE)


@pytest.mark.parametrize(
    ("amount", "outcome", "density"),
    [("200 mg", "fits", 0.745), ("300 mg", "fits", 1.118), ("400 mg", "exceeds", 1.492)],
)
def test_two_size_00_capsules_hold_so_much(amount: str, outcome: str, density: float) -> None:
    found = bounds_of(
        "Magnesium (as magnesium bisglycinate)", amount,
        capsule_size="00", serving={"size": "2 capsules"},
    )  # fmt: skip
    assert found.outcome == outcome
    assert found.fill_g_per_ml == pytest.approx(density, abs=0.002)


def test_nothing_printed_decides_nothing() -> None:
    found = bounds_of("Magnesium (as magnesium bisglycinate)", "200 mg")
    assert (found.outcome, found.capacities, found.proof) == ("undecided", (), ())
    assert "no mass" in found.reason


def test_an_unknown_source_could_be_anything_up_to_the_element_itself() -> None:
    assert bounds_of("Magnesium (from 1,000 mg Albion)", "180 mg").outcome == "undecided"
    assert bounds_of("Magnesium (from 100 mg Albion)", "180 mg").outcome == "exceeds"


def test_each_salt_with_its_own_share_is_held_to_its_own_mass() -> None:
    found = bounds_of(
        "Magnesium oxide 165.8 mg equiv. magnesium 100 mg",
    )
    assert found.outcome == "fits"
    row = {"name": "Magnesium citrate 100 mg equiv. magnesium 40 mg"}
    oxide = {"name": "Magnesium oxide 400 mg equiv. magnesium 100 mg"}
    composition = compose(Label(product="Two Salts", facts=[row, oxide]))
    found = bounds(composition.claims[0], composition)
    assert found.outcome == "exceeds"
    assert found.tightest is not None
    assert found.tightest.holder == "source"


def test_several_compounds_hold_what_each_of_them_holds() -> None:
    found = bounds_of(
        "Magnesium (from 600 mg magnesium glycinate and 400 mg magnesium l-threonate)", "170 mg"
    )
    assert found.outcome == "exceeds"
    assert found.tightest is not None
    threonate = catalogue.element_fraction(catalogue.substance("magnesium-l-threonate"))
    expected = 600.5 * BISGLYCINATE + 400.5 * threonate
    assert found.tightest.element_mg == pytest.approx(expected)


def test_what_is_leaner_than_every_documented_grade_is_seen() -> None:
    assert bounds_of("Magnesium (from 2,000 mg magnesium bisglycinate)", "100 mg").lean
    assert bounds_of("Magnesium (from 1,000 mg magnesium bisglycinate)", "100 mg").lean is None


def test_the_stand_in_is_the_densest_inorganic_source() -> None:
    magnesium, zinc = stand_in("magnesium"), stand_in("zinc")
    assert magnesium is not None
    assert zinc is not None
    assert (magnesium.id, zinc.id) == ("magnesium-oxide", "zinc-oxide")
