"""Materials that are described in place, because the catalogue lacks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.findings import InputError
from chelate.stoichiometry import OptionError, defined, dose_for, yield_of
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
        ({"holds": {"withanolides": "5"}}, "expected a content of withanolides"),
        ({"holds": {"EGCG": "60 %", "egcg": "5 %"}}, "a content of egcg once"),
        ({"holds": {"EGCG": "60 %", "caffeine": "45 %"}}, "no more than the whole"),
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


NAMED = {
    "withanolides": "withanolides", "curcuminoids": "curcuminoids", "EGCG": "egcg",
    "CoQ10": "coq10", "Total flavonoids": "total-flavonoids", "beta-glucans": "beta-glucans",
    "DPA": "dpa", "creatinine": "creatinine", "gallic acid": "gallic-acid",
    "D-aspartic acid": "d-aspartic-acid", "chondroitin sulfate": "chondroitin-sulfate",
}  # fmt: skip
IDS = {*catalogue.nutrients(), *catalogue.moieties()}
NAMES = [
    *(nutrient.name for nutrient in catalogue.nutrients().values()),
    *(moiety.name for moiety in catalogue.moieties().values()),
]
KNOWN = [name.split(" (")[0].lower() for name in NAMES if len(name) > 3]


@pytest.mark.parametrize(("words", "identifier"), NAMED.items())
@given(dose_mg=st.floats(1, 10_000), tenths=st.integers(1, 1000))
def test_a_constituent_that_the_catalogue_has_not_yields_its_share_of_the_dose(
    words: str, identifier: str, dose_mg: float, tenths: int
) -> None:
    extract = defined("An extract", holds={words: f"{tenths / 10:.1f} %"})
    (held,) = yield_of(extract, dose_mg).moieties
    assert (held.id, held.name.casefold()) == (identifier, words.casefold())
    assert held.mg == pytest.approx(dose_mg * tenths / 1000)


def test_a_constituent_keeps_the_capitals_of_an_abbreviation() -> None:
    held = {"EGCG": "45 %", "Total flavonoids": "10 %", "CoQ10": "5 %"}
    found = yield_of(defined("Tea", holds=held), 100)
    assert [each.name for each in found.moieties] == ["EGCG", "total flavonoids", "CoQ10"]
    assert found.working[0] == "100 mg × 45.000 % = 45 mg EGCG"


@pytest.mark.parametrize("known", KNOWN)
@given(data=st.data())
def test_a_slip_of_the_pen_in_a_known_name_is_no_new_constituent(
    known: str, data: st.DataObject
) -> None:
    longest = max(known.replace("-", " ").split(), key=len)
    start = known.index(longest)
    at = data.draw(st.integers(start, start + len(longest) - 2))
    left_out = known[:at] + known[at + 1 :]
    swapped = known[:at] + known[at + 1] + known[at] + known[at + 2 :]
    doubled = known[:at] + known[at] + known[at:]
    for slip in (left_out, swapped, doubled):
        held = catalogued(slip)
        assert held is None or held in IDS, slip


def catalogued(words: str) -> str | None:
    """The id of what words name, None where they are refused with what is meant."""
    try:
        (held,) = yield_of(defined("Powder", holds={words: "5 %"}), 100).moieties
    except InputError as error:
        told = ("did you mean", "what is counted of it by name")
        return None if any(each in str(error) for each in told) else str(error)
    return held.id


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("magnesum", "did you mean magnesium"),
        ("magnisum", "did you mean magnesium"),
        ("tuarine", "did you mean taurine"),
        ("L-aspartic acid", "did you mean aspartic acid"),
        ("magnesum oxide", "did you mean magnesium oxide"),
        ("magnesium oxide", "expected what is counted of it by name: magnesium"),
        ("threonate", "expected what is counted of it by name: L-threonic acid"),
        ("lysine", "expected what is counted of it by name: L-lysine"),
        ("moisture", "expected it as the moisture of the input"),
        ("Loss on drying", "expected it as the moisture of the input"),
        ("TRAACS", "a brand mark"),
        ("5 %", "expected the name of a constituent"),
        ("a" * 81, "of at most 80 characters"),
    ],
)
def test_what_is_no_constituent_by_its_name_alone(words: str, told: str) -> None:
    with pytest.raises(OptionError, match=told) as error:
        defined("Powder", holds={words: "5 %"})
    assert error.value.option == f"holds.{words}"


def test_a_least_is_open_up_to_what_the_other_contents_leave() -> None:
    extract = defined("Extract", holds={"piperine": "min 20 %", "starch": "60 %"})
    piperine = yield_of(extract, 100).held("piperine")
    assert (piperine.mg, piperine.range_mg.low) == pytest.approx((20, 20))
    assert piperine.range_mg.high == pytest.approx(100 - 59.5)


def test_a_most_of_a_content_is_all_from_none_to_it_and_none_is_sure() -> None:
    tea = defined("Tea", holds={"EGCG": "45 %", "caffeine": "NMT 1.0 %"})
    found = yield_of(tea, 1000)
    caffeine = found.held("caffeine")
    assert (caffeine.mg, caffeine.range_mg.low, caffeine.range_mg.high) == (0, 0, 10)
    assert found.working[1:] == (
        "1,000 mg × 44.500 % to 45.500 % = 445–455 mg EGCG",
        "1,000 mg × 0.000 % to 1.000 % = 0–10 mg caffeine",
    )
    with pytest.raises(InputError, match="tea yields no caffeine that is sure; it yields EGCG"):
        dose_for(tea, "caffeine", 10)


def test_an_assay_of_a_named_constituent_takes_the_place_of_what_is_stated() -> None:
    extract = defined("Extract", holds={"withanolides": "min 5 %"})
    found = yield_of(extract, 1000, assay="5.4 % withanolides").held("withanolides")
    assert (found.mg, found.range_mg.low, found.range_mg.high) == pytest.approx((54, 53.5, 54.5))
    with pytest.raises(InputError, match=r"withanolides\?"):
        yield_of(extract, 1000, assay="5.4 % withanolide")
