"""What must be true of the masses behind a claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chelate import catalogue
from chelate.bounds import Bounds, bounds, ranges, readings, stand_in
from chelate.composition import Composition, compose
from chelate.intervals import Interval
from chelate.models import Label

BISGLYCINATE = catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate"))


def bounds_of(name: str, amount: str | None = None, **label: object) -> Bounds:
    row = {"name": name, "amount": amount}
    return bounds(compose(Label(product="Sample", facts=[row], **label)))[0]


def test_200_mg_from_1112_mg_of_buffered_chelate_leaves_42_mg_and_27_5_percent() -> None:
    found = bounds_of("Magnesium (from 1,112 mg magnesium bisglycinate chelate buffered)", "200 mg")
    assert found.outcome == "fits"
    assert found.elsewhere_mg == pytest.approx(199.5 - 1117 * BISGLYCINATE)
    assert found.elsewhere_mg == pytest.approx(42.05, abs=0.01)
    assert found.rest is not None
    assert found.rest.least_share == pytest.approx(0.275, abs=0.0005)


def test_18_percent_is_more_than_bisglycinate_holds() -> None:
    found = bounds_of("Magnesium (from 1,000 mg magnesium bisglycinate)", "180 mg")
    assert found.outcome == "exceeds"
    assert found.tightest is not None
    assert found.tightest.missing_mg == pytest.approx(179.5 - 1005 * BISGLYCINATE)


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


def exactly(element_mg: float, mass_mg: float, name: str) -> Composition:
    """A label that prints one mass of a compound and one of its element, without rounding."""
    found = compose(
        Label(product="Sample", facts=[{"name": f"Magnesium (from 1 g {name})", "amount": "1 mg"}])
    )
    (claim,) = found.claims
    assert claim.declared is not None
    (source,) = claim.sources
    assert source.mass is not None
    declared = replace(claim.declared, interval_mg=Interval(element_mg, element_mg))
    mass = replace(source.mass, interval_mg=Interval(mass_mg, mass_mg))
    return replace(
        found, claims=(replace(claim, declared=declared, sources=(replace(source, mass=mass),)),)
    )


# Declared fraction of a blend of chelate and oxide -> oxide by weight, share of magnesium from it.
@pytest.mark.parametrize(
    ("declared", "chelate", "weight_percent", "share_percent"),
    [
        (0.15, "bisglycinate", 2.0, 8), (0.16, "bisglycinate", 4.1, 16),
        (0.18, "bisglycinate", 8.45, 28.3), (0.20, "bisglycinate", 12.8, 38.5),
        (0.22, "bisglycinate", 17.1, 47), (0.25, "bisglycinate", 23.6, 57),
        (0.30, "bisglycinate", 34.4, 69), (0.14, "bisglycinate dihydrate", 4.8, 20.7),
        (0.18, "bisglycinate dihydrate", 13.0, 44), (0.20, "bisglycinate dihydrate", 17.1, 52),
    ],
)  # fmt: skip
def test_a_blend_of_chelate_and_oxide_has_one_split(
    declared: float, chelate: str, weight_percent: float, share_percent: float
) -> None:
    found = exactly(1000 * declared, 1000, f"magnesium {chelate}")
    reading = next(r for r in readings(found, 0) if r.name == "rest")
    least = reading.ranges["elsewhere share"].least
    oxide = next(p for p in least.witness if p.substance == "magnesium-oxide")
    assert oxide.mass_mg / 10 == pytest.approx(weight_percent, abs=0.06)
    assert least.value * 100 == pytest.approx(share_percent, abs=0.6)


def test_a_declared_fraction_within_the_chelate_needs_no_oxide() -> None:
    assert bounds(exactly(120, 1000, "magnesium bisglycinate"))[0].elsewhere_mg == 0


def test_a_serving_bounds_a_source_without_its_own_mass() -> None:
    fits = bounds_of("Magnesium (bisglycinate)", "200 mg", serving={"size": "1 scoop (2.4 g)"})
    exceeds = bounds_of("Magnesium (bisglycinate)", "200 mg", serving={"size": "1 scoop (1.2 g)"})
    assert (fits.outcome, exceeds.outcome) == ("fits", "exceeds")


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
    assert (found.outcome, found.capacities, found.elsewhere_mg) == ("undecided", (), None)
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
    found = bounds(compose(Label(product="Two Salts", facts=[row, oxide])))[0]
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


def test_a_recipe_takes_no_more_of_a_named_source_than_its_printed_mass() -> None:
    sources = [
        {"name": "magnesium lysinate glycinate chelate", "amount": "1,000 mg"},
        {"name": "dimagnesium malate", "amount": "650 mg"},
        {"name": "magnesium L-threonate", "amount": "1,000 mg"},
    ]
    row = {"name": "Magnesium", "amount": "300 mg", "sources": sources}
    made = compose(Label.model_validate({"product": "Three", "facts": [row]}))
    taken = {each.substance: each.mass_mg for each in ranges.recipe(made, 0) if each.substance}
    most = {"magnesium-lysinate-glycinate": 1005, "dimagnesium-malate": 655}
    assert all(taken[name] <= mass_mg + 1e-6 for name, mass_mg in most.items() if name in taken)
    assert len(taken) > 1
