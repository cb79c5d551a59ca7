"""The catalogue's data: every record, against its formula, its source and known masses."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from molmass import Formula

from chelate import catalogue, provenance
from chelate.catalogue import load, records
from chelate.findings import InputError
from chelate.formula import molar_mass, molar_mass_uncertainty, parse_formula

MASSES = Path(__file__).parent / "data" / "catalogue_masses.csv"
SUBSTANCES = list(catalogue.substances().values())
FAMILIES = list(catalogue.families().values())
WITH_ELEMENT = [s for s in SUBSTANCES if s.nutrient]


def ids(record: Any) -> str:
    return getattr(record, "id", str(record))


# Masses


def golden() -> list[dict[str, str]]:
    with MASSES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", golden(), ids=lambda row: row["id"])
def test_masses_agree_with_the_published_table(row: dict[str, str]) -> None:
    substance = catalogue.substance(row["id"])
    assert parse_formula(substance.formula) == parse_formula(row["hill"])
    expected = float(row["molar_mass_g_per_mol"])
    assert catalogue.substance_molar_mass(substance) == pytest.approx(expected, abs=0.005)
    if row["element_percent"]:
        percent = 100 * catalogue.element_fraction(substance)
        assert percent == pytest.approx(float(row["element_percent"]), abs=0.001)
    if row["cas"]:
        assert substance.cas == row["cas"]


def test_the_table_holds_the_whole_of_both_sections() -> None:
    assert len(golden()) == 82


@pytest.mark.parametrize("substance", SUBSTANCES, ids=ids)
def test_molmass_finds_the_same_atoms_and_mass(substance: catalogue.Substance) -> None:
    """Its weights are averages over isotopes: 20 ppm, and where the abridged table is coarser
    (S, Cl, B) what the table itself leaves open."""
    oracle = Formula(molmass_dialect(substance.formula))
    found = {symbol: item.count for symbol, item in oracle.composition().items()}
    assert found == parse_formula(substance.formula)
    expected = catalogue.substance_molar_mass(substance)
    room = max(20e-6 * expected, molar_mass_uncertainty(substance.formula))
    assert oracle.mass == pytest.approx(expected, abs=room)


def molmass_dialect(formula: str) -> str:
    """Molmass knows neither the hydrate dot nor a leading coefficient."""
    parts = (re.fullmatch(r"(\d*)(.+)", part) for part in formula.split("·"))
    return "".join(f"({part[2]}){part[1]}" for part in parts if part)


FRACTIONS = {
    "magnesium-bisglycinate": 0.140961,
    "magnesium-bisglycinate-monohydrate": 0.127626,
    "magnesium-bisglycinate-dihydrate": 0.116597,
}


@pytest.mark.parametrize(("name", "fraction"), FRACTIONS.items())
def test_element_fractions_of_bisglycinate(name: str, fraction: float) -> None:
    assert catalogue.element_fraction(catalogue.substance(name)) == pytest.approx(
        fraction, abs=1e-6
    )


@pytest.mark.parametrize(
    ("name", "dose_mg", "element_mg", "tolerance"),
    [
        ("magnesium-bisglycinate", 709.4, 100.0, 0.01),
        ("magnesium-bisglycinate", 3445.0, 485.7, 0.1),
        ("magnesium-l-threonate", 2000.0, 165.1, 0.05),
        ("magnesium-l-threonate-monohydrate", 2000.0, 155.5, 0.05),
        ("magnesium-lysinate-glycinate", 2000.0, 199.6, 0.05),
        ("magnesium-stearate", 10.0, 0.4, 0.05),
    ],
)
def test_elemental_content_of_a_dose(
    name: str, dose_mg: float, element_mg: float, tolerance: float
) -> None:
    fraction = catalogue.element_fraction(catalogue.substance(name))
    assert dose_mg * fraction == pytest.approx(element_mg, abs=tolerance)


# (weight of the blend, oxide in it, its share of the magnesium), from two-part mass balance
@pytest.mark.parametrize(
    ("chelate", "percent", "oxide_percent", "share_percent"),
    [
        ("magnesium-bisglycinate", 18.0, 8.45, 28.3),
        ("magnesium-bisglycinate", 20.0, 12.8, 38.5),
        ("magnesium-bisglycinate-dihydrate", 14.0, 4.8, 20.7),
        ("magnesium-bisglycinate", 22.41, 18.0, 48.4),
    ],
)
def test_oxide_in_a_blend(
    chelate: str, percent: float, oxide_percent: float, share_percent: float
) -> None:
    low = 100 * catalogue.element_fraction(catalogue.substance(chelate))
    high = 100 * catalogue.element_fraction(catalogue.substance("magnesium-oxide"))
    oxide = (percent - low) / (high - low)
    assert 100 * oxide == pytest.approx(oxide_percent, abs=0.05)
    assert 100 * oxide * high / percent == pytest.approx(share_percent, abs=0.06)


# Moieties


@pytest.mark.parametrize(
    ("name", "moiety", "fraction"),
    [
        ("magnesium-bisglycinate", "glycine", 0.8707),
        ("magnesium-bisglycinate-monohydrate", "glycine", 0.7884),
        ("magnesium-bisglycinate-dihydrate", "glycine", 0.7202),
        ("magnesium-lysinate-glycinate", "glycine", 0.3082),
        ("magnesium-lysinate-glycinate", "l-lysine", 0.6003),
        ("l-lysine-hydrochloride", "l-lysine", 0.8004),
        ("creatine-monohydrate", "creatine", 0.8792),
        ("epa-ethyl-ester", "epa", 0.915),
        ("dha-ethyl-ester", "dha", 0.921),
        ("magnesium-oxide", "glycine", 0.0),
        ("glycine", "glycine", 1.0),
    ],
)
def test_moiety_fraction_is_of_the_free_molecule(name: str, moiety: str, fraction: float) -> None:
    found = catalogue.moiety_fraction(catalogue.substance(name), moiety)
    assert found == pytest.approx(fraction, abs=5e-4)


def test_free_glycine_is_heavier_than_the_ligand_by_a_proton() -> None:
    bisglycinate = catalogue.substance("magnesium-bisglycinate")
    free = catalogue.moiety_fraction(bisglycinate, "glycine")
    ligand = catalogue.moiety_fraction(bisglycinate, "glycine", as_ligand=True)
    assert free / ligand - 1 == pytest.approx(0.0136, abs=5e-5)
    magnesium = catalogue.element_fraction(bisglycinate)
    assert free / magnesium == pytest.approx(6.177, abs=5e-4)
    assert ligand / magnesium == pytest.approx(6.094, abs=5e-4)
    assert ligand + magnesium == pytest.approx(1.0)


def test_fructoborate_releases_four_fructose() -> None:
    fructoborate = catalogue.substance("calcium-fructoborate-tetrahydrate")
    assert catalogue.moiety_counts(fructoborate) == {"fructose": 4}
    assert catalogue.moiety_fraction(fructoborate, "fructose") == pytest.approx(0.851, abs=1e-3)
    assert catalogue.element_fraction(fructoborate, "calcium") == pytest.approx(0.0474, abs=5e-5)


def test_an_ester_holds_no_ligand() -> None:
    with pytest.raises(InputError, match="not as a ligand"):
        catalogue.moiety_fraction(catalogue.substance("epa-ethyl-ester"), "epa", as_ligand=True)


def test_no_two_moieties_share_a_part() -> None:
    parts = [p for m in catalogue.moieties().values() for p in (m.formula, *m.ions)]
    assert repeated(parts) == []


@pytest.mark.parametrize("moiety", catalogue.moieties().values(), ids=ids)
def test_a_moiety_differs_from_its_ions_by_protons_only(moiety: catalogue.Moiety) -> None:
    free = parse_formula(moiety.formula)
    for ion in moiety.ions:
        charged = {**parse_formula(catalogue.part_formula(ion))}
        charged["H"] = charged["H"] - catalogue.part_charge(ion)
        assert charged == free


# Formulas


@pytest.mark.parametrize("substance", SUBSTANCES, ids=ids)
def test_parts_are_the_formula_and_their_charges_cancel(substance: catalogue.Substance) -> None:
    atoms: Counter[str] = Counter()
    charge: int | Fraction = 0
    for part, count in substance.parts.items():
        charge += count * catalogue.part_charge(part)
        for element, number in parse_formula(catalogue.part_formula(part)).items():
            atoms[element] += number * count  # type: ignore[assignment]
    assert charge == 0
    assert dict(atoms) == parse_formula(substance.formula)


@pytest.mark.parametrize("substance", SUBSTANCES, ids=ids)
def test_water_is_what_the_formula_and_the_name_say(substance: catalogue.Substance) -> None:
    last = substance.formula.rsplit("·", 1)[-1]
    match = re.fullmatch(r"(\d*)H2O", last)
    assert catalogue.water(substance) == (int(match[1] or 1) if match else 0)
    hydrates = catalogue.qualifiers().hydrates
    said = [count for word, count in hydrates.items() if substance.id.endswith(f"-{word}")]
    assert said == ([catalogue.water(substance)] if match else [])


@pytest.mark.parametrize("substance", WITH_ELEMENT, ids=ids)
def test_a_source_holds_its_element(substance: catalogue.Substance) -> None:
    assert 0 < catalogue.element_fraction(substance) < 1
    assert catalogue.element_count(substance) >= 1


def test_dolomite_is_a_source_of_two_elements() -> None:
    dolomite = catalogue.substance("dolomite")
    assert catalogue.element_fraction(dolomite) == pytest.approx(0.1318, abs=5e-5)
    assert catalogue.element_fraction(dolomite, "calcium") == pytest.approx(0.2173, abs=5e-5)
    assert dolomite in catalogue.family_members("dolomite-calcium")


def test_a_molecule_has_no_element() -> None:
    with pytest.raises(InputError, match="mineral nutrient"):
        catalogue.element_fraction(catalogue.substance("glycine"))


def test_stearate_is_never_a_source() -> None:
    assert catalogue.substance("magnesium-stearate").roles == ("excipient",)
    assert catalogue.families()["magnesium-stearate"].kind == "excipient"


# Identity


def repeated(items: list[Any]) -> list[Any]:
    return [item for item, count in Counter(items).items() if count > 1]


def test_a_substance_and_a_grade_never_share_an_id() -> None:
    assert not set(catalogue.substances()) & set(catalogue.grades())


def test_formulas_and_cas_numbers_and_names_are_unique() -> None:
    for key in ("name", "cas", "cid"):
        assert repeated([v for s in SUBSTANCES if (v := getattr(s, key))]) == []
    named = [(s.formula, s.nutrient) for s in SUBSTANCES]
    assert repeated(named) == []


CAS = [s for s in SUBSTANCES if s.cas]


@pytest.mark.parametrize("substance", CAS, ids=ids)
def test_cas_check_digit(substance: catalogue.Substance) -> None:
    assert substance.cas is not None
    match = re.fullmatch(r"(\d{2,7})-(\d\d)-(\d)", substance.cas)
    assert match is not None
    digits = (match[1] + match[2])[::-1]
    weighted = sum(place * int(digit) for place, digit in enumerate(digits, start=1))
    assert weighted % 10 == int(match[3])


def test_a_cas_number_counts_as_checked_only_where_a_document_was_read() -> None:
    """These are all that were; the others are shipped as unverified."""
    checked = {
        "magnesium-bisglycinate", "magnesium-l-threonate-monohydrate", "dimagnesium-malate",
        "magnesium-oxide", "trimagnesium-dicitrate", "trimagnesium-dicitrate-nonahydrate",
        "trimagnesium-dicitrate-tetradecahydrate", "magnesium-hydrogen-citrate",
        "magnesium-chloride", "magnesium-sulfate", "magnesium-sulfate-heptahydrate",
        "calcium-fructoborate-tetrahydrate", "magnesium-hydroxide", "magnesium-carbonate",
        "magnesium-stearate", "zinc-oxide", "zinc-sulfate", "zinc-sulfate-heptahydrate",
        "zinc-acetate", "zinc-acetate-dihydrate", "glycine", "taurine", "creatine",
        "citric-acid-monohydrate",
    }  # fmt: skip
    assert {s.id for s in SUBSTANCES if s.cas_verified} == checked
    assert all(s.cas for s in SUBSTANCES if s.cas_verified)
    known_cids = {"magnesium-carbonate", "zinc-oxide", "glycine"}
    assert {s.id for s in SUBSTANCES if s.cid_verified} == known_cids


# Words


def test_a_word_belongs_to_one_family_of_a_nutrient() -> None:
    assert repeated([(f.nutrient, word) for f in FAMILIES for word in f.words]) == []
    assert repeated([phrase for f in FAMILIES for phrase in f.phrases]) == []


def test_nutrients_share_no_word() -> None:
    assert repeated([w for n in catalogue.nutrients().values() for w in n.words]) == []
    assert repeated([t for mark in catalogue.marks().values() for t in mark.texts]) == []


def spoken() -> Iterator[str]:
    for family in FAMILIES:
        yield from (*family.words, *family.phrases)
    for nutrient in catalogue.nutrients().values():
        yield from nutrient.words
    for mark in catalogue.marks().values():
        yield from mark.texts
    said = catalogue.qualifiers()
    yield from (*said.innocent, *said.hydrates, *said.buffered, *said.unbuffered)
    yield from catalogue.excipient_names()


def test_wordings_are_normalised() -> None:
    wrong = [text for text in spoken() if not re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", text)]
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES, ids=ids)
def test_a_family_can_be_said_and_has_members_unless_undefined(family: catalogue.Family) -> None:
    assert family.words or family.phrases
    assert family.nutrient or not family.words
    members = catalogue.family_members(family.id)
    assert bool(members) == (family.stoichiometry == "defined")
    assert (family.kind == "molecule") == (family.nutrient is None)


def test_records_refer_to_records() -> None:
    families, nutrients = catalogue.families(), catalogue.nutrients()
    for substance in SUBSTANCES:
        assert substance.families
        assert set(substance.families) <= families.keys()
        assert substance.nutrient is None or substance.nutrient in nutrients
        assert substance.moieties.keys() <= catalogue.moieties().keys()
    for grade in catalogue.grades().values():
        assert grade.family in families
        assert {grade.substance or "glycine", *grade.parts} <= catalogue.substances().keys()
        named = catalogue.family_members(grade.family)
        assert grade.substance is None or grade.substance in [s.id for s in named]
    for mark in catalogue.marks().values():
        assert mark.family is None or mark.family in families
        assert mark.substance is None or mark.substance in catalogue.substances()
    assert {value.nutrient for value in catalogue.reference_values()} <= nutrients.keys()
    assert {level.nutrient for level in catalogue.upper_levels()} <= nutrients.keys()


MEMBERS = {
    "magnesium-bisglycinate": 4,
    "magnesium-citrate": 5,
    "trimagnesium-dicitrate": 3,
    "magnesium-hydrogen-citrate": 2,
    "magnesium-malate": 6,
    "dimagnesium-malate": 3,
    "magnesium-carbonate": 4,
    "magnesium-carbonate-hydroxide": 2,
    "magnesium-aspartate": 4,
    "epsom-salt": 1,
    "magnesium-amino-acid-chelate": 0,
}


@pytest.mark.parametrize(("family", "count"), MEMBERS.items())
def test_a_word_means_a_set(family: str, count: int) -> None:
    assert len(catalogue.family_members(family)) == count


def test_glycinate_means_neither_the_basic_salt_nor_the_co_salt() -> None:
    members = {s.id for s in catalogue.family_members("magnesium-bisglycinate")}
    assert not members & {"magnesium-glycinate-basic", "magnesium-citrate-glycinate"}
    assert "glycinate" not in catalogue.families()["magnesium-citrate-glycinate"].words
    assert "glycinate" in catalogue.families()["magnesium-bisglycinate"].words


def test_a_mark_of_a_maker_is_no_substance() -> None:
    marks = catalogue.marks()
    assert marks["traacs"].family is None
    assert marks["traacs"].buffered_known
    assert marks["albion"].buffered_known
    assert marks["magtein"].substance == "magnesium-l-threonate-monohydrate"


# Ranges and grades


@pytest.mark.parametrize(
    ("family", "low", "high"),
    [
        ("magnesium-bisglycinate", 0.0994, 0.1410),
        ("magnesium-citrate", 0.0848, 0.1640),
        ("trimagnesium-dicitrate", 0.1037, 0.1640),
        ("magnesium-oxide", 0.52, 0.6030),
        ("dimagnesium-malate", 0.19, 0.2264),
        ("magnesium-yeast", 0.05, 0.05),
        ("zinc-bisglycinate", 0.20, 0.3062),
    ],
)
def test_documented_range_leaves_buffered_grades_out(family: str, low: float, high: float) -> None:
    found = catalogue.documented_range(family)
    assert found is not None
    assert found == pytest.approx((low, high), abs=5e-5)


def test_nothing_is_documented_of_an_undefined_chelate() -> None:
    assert catalogue.documented_range("magnesium-amino-acid-chelate") is None


GRADES = list(catalogue.grades().values())


@pytest.mark.parametrize("grade", GRADES, ids=ids)
def test_a_grade_is_a_range(grade: catalogue.Grade) -> None:
    typical = grade.typical_percent or grade.low_percent
    assert 0 < grade.low_percent <= typical <= grade.high_percent < 100
    assert grade.buffered or not grade.parts


@pytest.mark.parametrize(
    "grade", [g for g in GRADES if catalogue.family_members(g.family)], ids=ids
)
def test_only_a_buffered_grade_exceeds_its_formula_by_a_quarter(grade: catalogue.Grade) -> None:
    nutrient = catalogue.families()[grade.family].nutrient
    members = catalogue.family_members(grade.family)
    ceiling = 100 * max(catalogue.element_fraction(s, nutrient) for s in members)
    assert grade.buffered == (grade.high_percent > 1.25 * ceiling)


def test_a_buffered_bisglycinate_splits_into_the_chelate_and_the_oxide() -> None:
    grade = catalogue.grades()["magnesium-bisglycinate-buffered"]
    assert (grade.low_percent, grade.high_percent) == (18, 30)
    assert grade.parts == ("magnesium-bisglycinate", "magnesium-oxide")
    assert grade.of == "magnesium-bisglycinate"


# Reference values


@pytest.mark.parametrize(
    ("nutrient", "edition", "amount", "unit"),
    [
        ("magnesium", "us-2016", 420, "mg"),
        ("magnesium", "us-1993", 400, "mg"),
        ("magnesium", "eu-2011", 375, "mg"),
        ("magnesium", "us-2016-pregnant", 400, "mg"),
        ("magnesium", "us-2016-children-1-3", 80, "mg"),
        ("magnesium", "us-2016-infants", 75, "mg"),
        ("zinc", "us-2016", 11, "mg"),
        ("zinc", "us-1993", 15, "mg"),
        ("zinc", "eu-2011", 10, "mg"),
        ("vitamin-d", "us-1993", 400, "IU"),
        ("vitamin-d", "us-2016", 20, "µg"),
        ("folate", "us-2016", 400, "µg DFE"),
    ],
)
def test_reference_values(nutrient: str, edition: str, amount: float, unit: str) -> None:
    value = catalogue.reference_value(nutrient, edition)
    assert value is not None
    assert (value.amount, value.unit) == (amount, unit)


def test_a_percentage_of_the_daily_value() -> None:
    value = catalogue.reference_value("magnesium", "us-2016")
    assert value is not None
    assert value.amount_mg is not None
    assert round(100 * 200 / value.amount_mg) == 48


def test_activity_units_are_no_mass() -> None:
    value = catalogue.reference_value("vitamin-a", "us-1993")
    assert value is not None
    assert value.amount_mg is None
    selenium = catalogue.reference_value("selenium", "us-2016")
    assert selenium is not None
    assert selenium.amount_mg == pytest.approx(0.055)


def test_boron_has_no_daily_value() -> None:
    assert catalogue.reference_values("boron") == ()


def test_an_edition_sets_one_value_for_a_nutrient() -> None:
    assert repeated([(v.edition, v.nutrient) for v in catalogue.reference_values()]) == []
    counts = Counter(v.edition for v in catalogue.reference_values())
    assert counts == {
        "us-2016": 35, "us-2016-pregnant": 35, "us-2016-children-1-3": 35,
        "us-2016-infants": 30, "us-1993": 33, "eu-2011": 27,
    }  # fmt: skip


def test_dv_units_are_those_of_the_2016_values() -> None:
    for value in catalogue.reference_values(edition="us-2016"):
        assert catalogue.nutrients()[value.nutrient].dv_unit == value.unit


@pytest.mark.parametrize(
    ("age", "levels"),
    [
        (30, {"IOM": 350, "SCF/EFSA": 250, "BfR": 250, "VKM": 350, "Health Canada": 500}),
        (10, {"IOM": 350, "SCF/EFSA": 250, "Health Canada": 350}),
        (5, {"IOM": 110, "SCF/EFSA": 250, "Health Canada": 110}),
        (2, {"IOM": 65, "Health Canada": 65}),
        (0, {}),
    ],
)
def test_upper_levels_of_magnesium(age: int, levels: dict[str, float]) -> None:
    found = catalogue.upper_levels("magnesium", age=age)
    assert {level.authority: level.amount for level in found} == levels
    assert {level.scope for level in found} <= {"supplemental-only"}


def test_an_authority_sets_one_level_for_an_age() -> None:
    for age in range(100):
        levels = catalogue.upper_levels(age=age)
        assert repeated([(u.nutrient, u.authority) for u in levels]) == []


def test_zinc_has_an_upper_level_on_either_side_of_the_atlantic() -> None:
    levels = catalogue.upper_levels("zinc", age=40)
    assert {u.authority: u.amount_mg for u in levels} == {"IOM": 40, "SCF/EFSA": 25}


# Cautions and tolerances


def test_a_caution_is_one_sentence_about_something_that_a_dose_can_hold() -> None:
    known = {*catalogue.nutrients(), *catalogue.moieties()}
    for caution in catalogue.cautions():
        assert caution.of in known
        assert re.fullmatch(r"[A-Z][^.]+\.", caution.text)


def test_the_cautions_of_magnesium_are_kidneys_and_medicines() -> None:
    found = catalogue.cautions(["glycine", "magnesium", "magnesium"])
    assert [caution.id for caution in found] == ["magnesium-kidneys", "magnesium-medicines"]
    assert catalogue.cautions([]) == ()
    for medicine in ("bisphosphonates", "tetracycline", "quinolone", "levothyroxine"):
        assert medicine in found[1].text


@pytest.mark.parametrize(
    ("market", "nutrient", "basis", "low", "high"),
    [
        ("US", "magnesium", "law", 1.0, None),
        ("US", "vitamin-c", "law", 1.0, None),
        ("US", "glycine", "law", 1.0, None),
        ("EU", "magnesium", "guidance", 0.8, 1.45),
        ("EU", "vitamin-c", "guidance", 0.8, 1.5),
    ],
)
def test_what_a_market_allows(
    market: str, nutrient: str, basis: str, low: float, high: float | None
) -> None:
    found = catalogue.tolerance(market, nutrient)
    assert found is not None
    assert (found.basis, found.low_fraction, found.high_fraction) == (basis, low, high)


def test_nothing_is_known_to_be_allowed_for_a_moiety_in_the_eu_or_anything_in_canada() -> None:
    assert catalogue.tolerance("EU", "glycine") is None
    assert catalogue.tolerance("EU", "choline") is None
    assert catalogue.tolerances("CA") == ()


def test_guidance_says_that_it_is_not_law() -> None:
    for tolerance in catalogue.tolerances():
        assert (tolerance.basis == "guidance") == ("not law" in tolerance.note)


def test_the_vitamins_are_thirteen() -> None:
    kinds = Counter(map(catalogue.nutrient_kind, catalogue.nutrients()))
    assert kinds["vitamin"] == 13
    assert kinds["mineral"] == sum(1 for n in catalogue.nutrients().values() if n.element)


# Capsules


def test_capsule_volumes_fall_from_size_to_size() -> None:
    sizes = list(catalogue.capsules().values())
    assert [c.size for c in sizes] == ["000", "00E", "00", "0E", "0", "1", "2", "3", "4", "5"]
    for larger, smaller in pairwise(sizes):
        assert smaller.volume_high_ml < larger.volume_low_ml
    assert all(c.volume_low_ml <= c.volume_high_ml for c in sizes)


def test_a_00_capsule_of_bisglycinate_holds_at_most_161_mg_magnesium() -> None:
    fraction = catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate"))
    volume = catalogue.capsules()["00"].volume_high_ml
    fill = catalogue.fill_density()
    held = [volume * 1000 * density * fraction for density in (
        fill.usual_low_g_per_ml, fill.usual_high_g_per_ml, fill.ceiling_g_per_ml
    )]  # fmt: skip
    assert held == pytest.approx([80, 134, 161], abs=0.5)
    assert fill.confidence == "low"
    assert not fill.verified


# Sources


def test_a_verified_record_cites_a_document_that_was_read() -> None:
    references = catalogue.references()
    unfounded = [
        (table.id, entry.id) for table, entry in provenance.entries_of()
        if entry.verified and not any(references[key].verified for key in entry.sources)
    ]  # fmt: skip
    assert unfounded == []


_PLACES_OF_COPIES = ("scribd", "pdfslide", "docslib", "slideshare", "blogspot", "wordpress")


def test_no_document_is_cited_at_a_place_of_uploads() -> None:
    found = [key for key, each in catalogue.references().items()
             if any(place in (each.url or "") for place in _PLACES_OF_COPIES)]  # fmt: skip
    assert found == []


def test_every_reference_is_cited() -> None:
    assert [key for key in catalogue.references() if not provenance.citing(key)] == []


# Loading


GOOD = {
    "id": "a", "name": "A", "formula": "MgO", "families": ["f"], "sources": ["s"],
    "verified": False,
}  # fmt: skip


def test_a_good_record_loads() -> None:
    assert load.build(records.Substance, GOOD, "x").roles == ("source",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"formulae": "MgO"}, "unknown key formulae"),
        ({"sources": []}, "no source"),
        ({"sources": "s"}, "sources: 's' is not list"),
        ({"name": 3}, "name: 3 is not str"),
        ({"verified": "yes"}, "verified: 'yes' is not bool"),
        ({"cid": True}, "cid: True is not int"),
        ({"roles": ["filler"]}, "roles: 'filler' is none of source, excipient"),
        ({"parts": {"Mg+2": 0}}, "parts: a count of 0 is not positive"),
        ({"parts": {"H2O": "half"}}, "parts: "),
    ],
)
def test_a_malformed_record_is_refused_by_file_and_id(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(load.CatalogueError, match=re.escape(message)) as error:
        load.build(records.Substance, {**GOOD, **change}, "magnesium.toml: a")
    assert "magnesium.toml: a" in str(error.value)


def test_half_waters_are_counted_exactly() -> None:
    hemihydrate = load.build(records.Substance, {**GOOD, "parts": {"H2O": "1/2"}}, "x")
    assert catalogue.water(hemihydrate) == Fraction(1, 2)


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(load.CatalogueError, match="missing formula"):
        load.build(records.Substance, {k: GOOD[k] for k in GOOD if k != "formula"}, "x")


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    record = '[[moiety]]\nid="a"\nname="A"\nformula="C"\nsources=["s"]\nverified=true\n'
    path = tmp_path / "moieties.toml"
    path.write_text(record * 2, encoding="utf-8")
    with pytest.raises(load.CatalogueError, match=r"moieties.toml: a: the id is used twice"):
        load.read_records(records.Moiety, "moiety", [path])


def test_broken_toml_is_refused_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "grades.toml"
    path.write_text("[[grade]\n", encoding="utf-8")
    with pytest.raises(load.CatalogueError, match=r"grades\.toml"):
        load.read_toml(path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("00,x,1,s,true", "volume_low_ml: 'x'"),
        ("00,1,1,s,maybe", "verified"),
        ("00,1,1,,true", "missing sources"),
    ],
)
def test_a_malformed_row_is_refused_by_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "capsules.csv"
    path.write_text(f"size,volume_low_ml,volume_high_ml,sources,verified\n{row}\n")
    with pytest.raises(load.CatalogueError, match=f"capsules.csv: row 2: {message}"):
        load.read_table(records.Capsule, path)


def test_an_unknown_substance_names_the_nearest() -> None:
    with pytest.raises(InputError, match="magnesium-bisglycinate"):
        catalogue.substance("magnesium-bisglicinate")
    with pytest.raises(InputError, match="none is near"):
        catalogue.substance("???")


def test_water_weighs_what_it_adds() -> None:
    dry = catalogue.substance_molar_mass(catalogue.substance("magnesium-bisglycinate"))
    wet = catalogue.substance_molar_mass(catalogue.substance("magnesium-bisglycinate-dihydrate"))
    assert wet - dry == pytest.approx(2 * molar_mass("H2O"))


def test_no_word_is_by_itself_another_thing() -> None:
    """Read beside "magnesium", a word such as "creatine" would make a source of it."""
    complete = {phrase for family in FAMILIES for phrase in family.phrases}
    anions = {"chloride", "fluoride"}
    metals = {
        word: n.id
        for n in catalogue.nutrients().values()
        if n.element and n.id not in anions
        for word in n.words
    }
    wrong = [
        (family.id, word)
        for family in FAMILIES
        for word in family.words
        if word in (complete | catalogue.excipient_names()) - {"dolomite"}
        or any(metals.get(token, family.nutrient) != family.nutrient for token in word.split())
    ]
    assert wrong == []


def test_an_empty_part_is_refused() -> None:
    with pytest.raises(InputError, match="expected a formula"):
        catalogue.part_charge("")
