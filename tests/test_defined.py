"""Materials that are described in place, because the catalogue lacks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.findings import InputError
from chelate.stoichiometry import defined, dose_for, yield_of
from chelate.stoichiometry.constituents import constituents, ligands

BOUND = [
    substance
    for substance in catalogue.substances().values()
    if catalogue.moiety_counts(substance)
    and not substance.moieties
    and all(count == int(count) for count in catalogue.moiety_counts(substance).values())
]


@pytest.mark.parametrize("known", BOUND, ids=lambda substance: substance.id)
def test_a_substance_described_in_place_yields_as_it_does_from_the_catalogue(
    known: Substance,
) -> None:
    counts = {name: int(count) for name, count in catalogue.moiety_counts(known).items()}
    (described,) = defined("Trial", formula=known.formula, moieties=counts).candidates
    assert dict(constituents(described)) == pytest.approx(dict(constituents(known)))
    if known.nutrient:
        assert dict(ligands(described)) == pytest.approx(dict(ligands(known)))


def test_a_formula_alone_yields_its_elements() -> None:
    found = yield_of(defined("Trial salt", formula="KMgPO4·6H2O"), 1000)
    assert [held.id for held in found.moieties] == ["magnesium", "potassium", "phosphorus"]
    assert found.held("magnesium").mg == pytest.approx(1000 * 24.305 / 266.46, rel=1e-3)
    assert found.name == "Trial salt"


def test_a_trihydrate_that_the_catalogue_lacks() -> None:
    trial = defined("Trihydrate", formula="Mg(C2H4NO2)2·3H2O", moieties={"glycine": 2})
    found = yield_of(trial, 1000, assay="98 %", potency="50 %")
    assert found.held("magnesium").mg == pytest.approx(490 * 24.305 / 226.468)
    assert found.held("glycine").ligand_mg == pytest.approx(490 * 2 * 74.059 / 226.468)
    assert dose_for(trial, "glycine", 1000).dose_mg == pytest.approx(1000 * 226.468 / 150.134)
    with pytest.raises(InputError, match=r"pure trihydrate holds 10\.732 % magnesium"):
        yield_of(trial, 1000, assay="11.0 % magnesium")


def test_stated_contents_are_ranges_or_figures() -> None:
    broth = defined("Broth powder", holds={"glycine": "19-27 %", "magnesium": "0.10 %"})
    found = yield_of(broth, 1000)
    glycine, magnesium = found.held("glycine"), found.held("magnesium")
    assert (glycine.mg, glycine.range_mg.low, glycine.range_mg.high) == pytest.approx(
        (230, 190, 270)
    )
    assert (magnesium.mg, magnesium.range_mg.low) == pytest.approx((1, 0.95))
    assert dose_for(broth, "glycine", 1000).dose_range_mg.high == pytest.approx(1000 / 0.19)
    assert found.sources == ()


@given(st.floats(1, 10_000), st.integers(1, 1000))
def test_a_stated_content_yields_its_share_of_the_dose(dose_mg: float, tenths: int) -> None:
    stated = defined("Powder", holds={"vitamin C": f"{tenths / 10:.1f} %"})
    assert yield_of(stated, dose_mg).held("vitamin-c").mg == pytest.approx(dose_mg * tenths / 1000)


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ({}, "either a formula or what the material holds"),
        ({"formula": "MgO", "holds": {"glycine": "1 %"}}, "either a formula or what"),
        ({"holds": {"glycine": "1 %"}, "moieties": {"glycine": 1}}, "without a formula"),
        ({"formula": "MgOx"}, "expected the symbol of an element"),
        ({"formula": "Mg(C2H4NO2)2", "moieties": {"glycine": 3}}, "found 3 glycine in"),
        ({"formula": "Mg(C2H4NO2)2", "moieties": {"glycine": 2, "taurine": 1}}, "1 taurine in"),
        ({"formula": "Mg(C2H4NO2)2", "moieties": {"glycine": 0}}, "a whole number above zero"),
        ({"formula": "MgO", "moieties": {"magnesium": 1}}, "an element; expected a moiety"),
        ({"formula": "MgO", "moieties": {"glycin": 1}}, "did you mean glycine"),
        ({"holds": {"glycine": "21"}}, "expected a content of glycine"),
        ({"holds": {"glycine": "0 %"}}, "a content of glycine above 0"),
        ({"holds": {"glycine": "21 % wet"}}, "expected a content of glycine"),
        ({"holds": {"glycine": "1 %", "Glycine": "2 %"}}, "a content of Glycine once"),
    ],
)
def test_descriptions_that_cannot_be_used(description: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        defined("Trial", **description)  # type: ignore[arg-type]


def test_stated_contents_hold_their_moisture() -> None:
    broth = defined("Broth powder", holds={"glycine": "20 %"})
    with pytest.raises(InputError, match="broth powder is stated as weighed"):
        yield_of(broth, 100, moisture="4 %")


THEANINE = "C7H14N2O3"


@given(st.floats(1, 10_000), st.integers(1, 100))
def test_a_molecule_without_moieties_counts_as_itself(dose_mg: float, potency: int) -> None:
    theanine = defined("L-Theanine", formula=THEANINE)
    found = yield_of(theanine, dose_mg, potency=f"{potency} %")
    (held,) = found.moieties
    assert (held.id, held.name) == ("l-theanine", "L-theanine")
    assert held.mg == pytest.approx(dose_mg * potency / 100)
    assert dose_for(theanine, "l-theanine", 90, assay="90 %").dose_mg == pytest.approx(100)


@pytest.mark.parametrize(
    ("name", "formula", "held"),
    [
        ("Coenzyme Q10", "C59H90O4", {"coenzyme-q10": 1.0}),
        ("Vitamin C", "C6H8O6", {"vitamin-c": 1.0}),
        ("Taurine", "C2H7NO3S", {"taurine": 1.0}),
        ("Glucosamine HCl", "C6H14ClNO5", {"glucosamine-hcl": 1.0, "chloride": 35.45 / 215.63}),
        ("Selenium yeast's own", "C5H11NO2Se", {"selenium": 78.971 / 196.119}),
        ("Alum", "KAl(SO4)2·12H2O", {"potassium": 39.098 / 474.37}),
    ],
)
def test_what_counts_as_itself_is_a_molecule_and_no_source(
    name: str, formula: str, held: dict[str, float]
) -> None:
    (described,) = defined(name, formula=formula).candidates
    assert dict(constituents(described)) == pytest.approx(held, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "formula", "words"),
    [
        ("Creatine", "C4H11N3O3", "for creatine, which is C4H9N3O2"),
        ("Iron", "C6H12O6", "for iron, expected another name: it holds no Fe"),
    ],
)
def test_a_molecule_has_no_name_of_another(name: str, formula: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        defined(name, formula=formula)


def test_contents_are_no_more_than_the_whole_but_for_the_protons_of_free_acids() -> None:
    chelate = {"magnesium": "14.1 %", "glycine": "87.0 %"}  # 101.1 %, of bisglycinate
    assert yield_of(defined("Chelate", holds=chelate), 100).held("glycine").mg == 87
    with pytest.raises(InputError, match=r"contents of 10\d\.\d % together"):
        defined("Too much", holds={"magnesium": "14.1 %", "glycine": "90.0 %"})
