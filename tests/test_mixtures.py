"""Materials without a formula: what is known of them, and what a dose of them gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.catalogue import Mixture, names
from chelate.findings import InputError
from chelate.formula import molar_mass
from chelate.stoichiometry import constituents, dose_for, material, yield_of

MIXTURES = list(catalogue.mixtures().values())
every_mixture = pytest.mark.parametrize("mixture", MIXTURES, ids=lambda mixture: mixture.id)
SCOOP_MG = 15_000


@every_mixture
def test_the_usual_content_lies_in_the_known_range(mixture: Mixture) -> None:
    for held in mixture.holds:
        assert 0 < held.low_percent <= held.typical_percent <= held.high_percent < 100
        assert held.of in catalogue.moieties() or held.of in catalogue.nutrients()


@every_mixture
def test_each_wording_of_a_mixture_names_it_and_is_no_source_on_a_label(mixture: Mixture) -> None:
    for word in (mixture.name, *mixture.words):
        assert material(word).name == mixture.name
        assert material(f"{word.upper()} powder").name == mixture.name
        assert names.resolve(word).status in ("unknown", "inert")
    assert mixture.words == tuple(names.normalise(word) for word in mixture.words)


def test_no_wording_names_two_mixtures() -> None:
    words = [word for mixture in MIXTURES for word in mixture.words]
    assert len(set(words)) == len(words)
    assert not catalogue.mixtures().keys() & {*catalogue.substances(), *catalogue.grades()}


def test_a_scoop_of_collagen_gives_three_grams_of_glycine_and_not_five() -> None:
    glycine = yield_of("collagen peptides", SCOOP_MG).held("glycine")
    assert glycine.mg == pytest.approx(3210)
    assert (glycine.range_mg.low, glycine.range_mg.high) == pytest.approx((2857.5, 4110))
    assert glycine.ligand_mg is None


def test_no_collagen_holds_more_glycine_than_every_third_of_its_amino_acids() -> None:
    mean_residue_g_per_mol = 91.5
    most = molar_mass("C2H5NO2") / (3 * mean_residue_g_per_mol)
    for name in ("collagen peptides", "gelatin"):
        high = yield_of(name, 1000).held("glycine").range_mg.high
        assert high == pytest.approx(1000 * most, rel=0.003)
        assert high < 1000 / 3


def test_five_grams_of_glycine_take_23_grams_of_collagen() -> None:
    found = dose_for("hydrolysed collagen", "glycine", 5000)
    assert found.dose_mg == pytest.approx(5000 / 0.214)
    ends = (found.dose_range_mg.low, found.dose_range_mg.high)
    assert ends == pytest.approx((5000 / 0.274, 5000 / 0.1905))
    assert found.working[:2] == (
        "5,000 mg glycine / 21.400 % = 23,364 mg of the material",
        "5,000 mg glycine / 27.400 % to 19.050 % = 18,248–26,247 mg of the material",
    )


def test_the_working_of_a_mixture_ends_with_where_its_figures_come_from() -> None:
    found = yield_of("collagen peptides", SCOOP_MG)
    assert found.working[:2] == (
        "15,000 mg × 21.400 % = 3,210 mg glycine",
        "15,000 mg × 19.050 % to 27.400 % = 2,858–4,110 mg glycine",
    )
    assert "33 % by count" in found.working[-1]
    assert "gmia-gelatin" in found.sources
    assert set(found.sources) <= catalogue.references().keys()


def test_fish_oil_is_mostly_not_epa_and_dha() -> None:
    found = yield_of("fish oil", 1000)
    assert [(held.id, held.mg) for held in found.moieties] == [("epa", 180), ("dha", 120)]
    concentrate = yield_of("fish oil concentrate", 1000)
    assert concentrate.held("epa").mg + concentrate.held("dha").mg == pytest.approx(550)


def test_the_range_of_one_content_for_a_dose_of_another_is_whole() -> None:
    found = dose_for("fish oil", "epa", 500)
    dha = found.held("dha").range_mg
    assert dha.low == pytest.approx(500 / 0.4546 * 0.0516)
    assert dha.high == pytest.approx(500 / 0.0818 * 0.2204)


@given(st.sampled_from(MIXTURES), st.floats(1, 100_000))
def test_no_lot_within_the_known_range_yields_outside_the_range(
    mixture: Mixture, dose_mg: float
) -> None:
    found = yield_of(mixture.id, dose_mg)
    for held in mixture.holds:
        reached = found.held(held.of).range_mg
        for percent in (held.low_percent, held.typical_percent, held.high_percent):
            lot_mg = dose_mg * percent / 100
            assert reached.low <= lot_mg * (1 + 1e-9)
            assert lot_mg <= reached.high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("assay", "figure_mg", "low_mg", "high_mg"),
    [
        ("21.4 % glycine", 3210, 3202.5, 3217.5),
        ("20-22 % glycine", 3150, 3000, 3300),
        ("min. 20 % glycine", 3000, 3000, 4110),
        ("90 %", 2889, 0.895 * 2857.5, 0.905 * 4110),
    ],
)
def test_an_assay_narrows_what_is_known_of_a_mixture(
    assay: str, figure_mg: float, low_mg: float, high_mg: float
) -> None:
    glycine = yield_of("collagen peptides", SCOOP_MG, assay=assay).held("glycine")
    found = (glycine.mg, glycine.range_mg.low, glycine.range_mg.high)
    assert found == pytest.approx((figure_mg, low_mg, high_mg))


def test_an_assay_of_one_content_leaves_the_others_as_they_are_known() -> None:
    found = yield_of("fish oil", 1000, assay="33.0 % EPA")
    epa, dha = found.held("epa"), found.held("dha")
    assert (epa.mg, epa.range_mg.high) == pytest.approx((330, 330.5))
    assert (dha.range_mg.low, dha.range_mg.high) == pytest.approx((51.6, 220.4))


def test_an_assay_outside_the_known_range_is_counted_and_said() -> None:
    found = yield_of("collagen peptides", SCOOP_MG, assay="33 % glycine")
    assert found.held("glycine").mg == pytest.approx(4950)
    assert found.remarks[0] == (
        "33.0 % glycine is outside 19.1–27.4 %, the range that is known of collagen peptides."
    )
    assert len(yield_of("collagen peptides", SCOOP_MG, assay="27 % glycine").remarks) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"assay": "10 % magnesium"}, "of collagen peptides, only glycine is known"),
        ({"moisture": "5 %"}, "stated as weighed, with its moisture"),
    ],
)
def test_what_a_mixture_cannot_be_asked(options: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        yield_of("collagen peptides", 100, **options)  # type: ignore[arg-type]


def test_a_slip_in_the_name_of_a_mixture_is_told() -> None:
    with pytest.raises(InputError, match="did you mean collagen peptides"):
        yield_of("colagen peptides", 100)
    with pytest.raises(InputError, match="did you mean fish-oil"):
        yield_of("fishy-oil", 100)


@pytest.mark.parametrize(
    ("name", "moiety"),
    [
        ("creatine", "creatine"),
        ("creatine monohydrate", "creatine"),
        ("boric acid", "boron"),
        ("borax", "boron"),
        ("calcium fructoborate", "boron"),
        ("zinc picolinate", "zinc"),
        ("EPA", "epa"),
        ("DHA", "dha"),
        ("EPA ethyl ester", "epa"),
        ("DHA ethyl ester", "dha"),
        ("glycine", "glycine"),
        ("taurine", "taurine"),
    ],
)
def test_what_is_taken_beside_magnesium_has_a_formula(name: str, moiety: str) -> None:
    substance = material(name).candidates[0]
    assert yield_of(name, 1000).held(moiety).mg == pytest.approx(
        1000 * constituents(substance)[moiety]
    )


def test_a_boron_complex_of_no_stoichiometry_is_not_computed() -> None:
    with pytest.raises(InputError, match="no defined stoichiometry"):
        yield_of("bororganic glycine", 100)
