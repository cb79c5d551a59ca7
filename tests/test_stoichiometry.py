from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue, resources
from chelate.catalogue import Grade
from chelate.findings import InputError
from chelate.limits import beside, words_on_limits
from chelate.stoichiometry import (
    constituent_of,
    constituents,
    dose_for,
    single,
    yield_of,
)

OXIDE = {"substance": "magnesium-oxide", "amount": "1 g"}
GRADE = {"substance": "magnesium-bisglycinate-13", "amount": "1 g"}
EXAMPLES = sorted(resources.locate("formulations").glob("*.yaml"))
doses = st.floats(0.01, 100_000)


@pytest.fixture(scope="module")
def substances() -> list[str]:
    return list(catalogue.substances())


def test_what_a_gram_of_anhydrous_bisglycinate_gives() -> None:
    found = yield_of("magnesium-bisglycinate", 1000)
    glycine = found.held("glycine")
    assert found.held("magnesium").mg == pytest.approx(140.96, abs=0.005)
    assert glycine.mg == pytest.approx(870.7, abs=0.05)
    assert glycine.ligand_mg == pytest.approx(859.04, abs=0.005)
    assert glycine.mg / (glycine.ligand_mg or 0) == pytest.approx(1.0136, abs=0.00005)
    assert any("regains the protons" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("name", "dose_mg", "nutrient", "expected_mg"),
    [
        ("magnesium-bisglycinate-monohydrate", 1000, "magnesium", 127.626),
        ("magnesium-bisglycinate-dihydrate", 1000, "magnesium", 116.597),
        ("magnesium-lysinate-glycinate", 2000, "magnesium", 199.6),
        ("magnesium-l-threonate-monohydrate", 2000, "magnesium", 155.5),
        ("magnesium-l-threonate", 2000, "magnesium", 165.1),
        ("magnesium-oxide", 1000, "magnesium", 603.04),
        ("zinc-picolinate", 50, "zinc", 10.56),
        ("creatine-monohydrate", 5000, "creatine", 4396.1),
        ("epa-ethyl-ester", 1000, "epa", 915.1),
        ("calcium-fructoborate-tetrahydrate", 220, "boron", 5.62),
    ],
)
def test_golden_yields(name: str, dose_mg: float, nutrient: str, expected_mg: float) -> None:
    assert yield_of(name, dose_mg).held(nutrient).mg == pytest.approx(expected_mg, rel=5e-4)


@pytest.mark.parametrize(
    ("magnesium_mg", "anhydrous", "monohydrate", "dihydrate", "glycine"),
    [
        (100, 709.4, 784, 858, 618),
        (200, 1419, 1567, 1715, 1235),
        (250, 1774, 1959, 2144, 1544),
        (350, 2483, 2742, 3002, 2162),
    ],
)
def test_the_dose_for_an_amount_of_magnesium(
    magnesium_mg: float, anhydrous: float, monohydrate: float, dihydrate: float, glycine: float
) -> None:
    for suffix, expected in (
        ("", anhydrous),
        ("-monohydrate", monohydrate),
        ("-dihydrate", dihydrate),
    ):
        found = dose_for(f"magnesium-bisglycinate{suffix}", "magnesium", magnesium_mg)
        assert found.dose_mg == pytest.approx(expected, abs=0.6)
        assert found.held("glycine").mg == pytest.approx(glycine, abs=0.6)


@pytest.mark.parametrize(("assay", "expected"), [("13 % magnesium", 1538), ("10 % Mg", 2000)])
def test_the_dose_of_a_grade_follows_its_assay(assay: str, expected: float) -> None:
    found = dose_for("magnesium bisglycinate", "magnesium", 200, assay=assay)
    assert found.dose_mg == pytest.approx(expected, abs=0.6)
    assert found.held("glycine").mg == pytest.approx(1235.4, abs=0.1)


def test_three_grams_of_glycine_cost_486_mg_of_magnesium_whatever_the_hydrate() -> None:
    found = dose_for("magnesium glycinate", "glycine", 3000)
    magnesium = found.held("magnesium")
    assert found.dose_mg == pytest.approx(3445, abs=0.5)
    assert magnesium.mg == pytest.approx(485.7, abs=0.05)
    assert magnesium.range_mg.low == pytest.approx(magnesium.range_mg.high)
    assert found.dose_range_mg.high == pytest.approx(3445.4 * 14.096 / 9.941, rel=1e-3)
    [sentence, contradiction] = words_on_limits("magnesium", 485.7, beside("magnesium", 485.7))
    assert "exceeds" in sentence
    assert "350 mg (IOM" in sentence
    assert "250 mg (SCF/EFSA" in sentence
    assert "420 mg" in contradiction


@pytest.mark.parametrize(
    ("percent", "oxide_percent", "from_oxide_percent", "glycine_mg"),
    [
        (15, 2.0, 8, 1138),
        (16, 4.1, 16, 1044),
        (18, 8.45, 28.3, 886),
        (20, 12.8, 38.5, 759),
        (22, 17.1, 47, 656),
        (25, 23.6, 57, 532),
        (30, 34.4, 69, 381),
    ],
)
def test_a_buffered_grade_splits_into_its_parts(
    percent: float, oxide_percent: float, from_oxide_percent: float, glycine_mg: float
) -> None:
    dose_mg = 200 / (percent / 100)
    found = yield_of("magnesium-bisglycinate-buffered", dose_mg, assay=f"{percent} % magnesium")
    chelate, oxide = found.parts
    assert (chelate.id, oxide.id) == ("magnesium-bisglycinate", "magnesium-oxide")
    assert oxide.mg / dose_mg * 100 == pytest.approx(oxide_percent, abs=0.06)
    assert oxide.mg * 0.60304 / 200 * 100 == pytest.approx(from_oxide_percent, abs=0.6)
    assert found.held("magnesium").mg == pytest.approx(200)
    assert found.held("glycine").mg == pytest.approx(glycine_mg, abs=0.6)
    assert any("% of the weight and brings" in remark for remark in found.remarks)


def test_a_blend_too_lean_for_the_anhydrous_chelate_is_one_of_a_hydrate() -> None:
    for name in ("magnesium-bisglycinate-buffered", "buffered magnesium bisglycinate dihydrate"):
        dihydrates = yield_of(name, 1000, assay="12 % magnesium").parts
        assert dihydrates[0].id == "magnesium-bisglycinate-dihydrate"
    chelate, oxide = yield_of(
        "buffered magnesium bisglycinate dihydrate", 1000, assay="14 % magnesium"
    ).parts
    assert chelate.id == "magnesium-bisglycinate-dihydrate"
    assert oxide.mg == pytest.approx(48, abs=0.2)
    assert oxide.mg * 0.60304 / 140 == pytest.approx(0.207, abs=0.0005)


def test_a_label_word_gives_a_range_and_a_hydrate_word_closes_it() -> None:
    open_word = yield_of("magnesium glycinate", 1000).held("magnesium")
    assert open_word.range_mg.low == pytest.approx(99.41, abs=0.01)
    assert open_word.range_mg.high == pytest.approx(140.96, abs=0.01)
    closed = yield_of("magnesium bisglycinate monohydrate", 1000).held("magnesium")
    assert closed.range_mg.low == closed.range_mg.high


def test_a_word_of_two_stoichiometries_ranges_over_both() -> None:
    aspartate = yield_of("magnesium aspartate", 1000).held("magnesium").range_mg
    assert (aspartate.low, aspartate.high) == pytest.approx((67.41, 156.41), abs=0.02)


def test_an_oxide_is_open_by_its_grade() -> None:
    oxide = yield_of("magnesium-oxide", 1000).held("magnesium").range_mg
    assert (oxide.low, oxide.high) == pytest.approx((520, 603.04), abs=0.01)


def test_a_grade_by_its_id_holds_what_it_is_sold_with() -> None:
    thirteen = yield_of("magnesium-bisglycinate-13", 1000).held("magnesium")
    assert [thirteen.mg, thirteen.range_mg.low] == pytest.approx([130, 130])
    traded = yield_of("magnesium-bisglycinate-fully-reacted", 1000).held("magnesium").range_mg
    assert [traded.low, traded.high] == pytest.approx([100, 140])


@pytest.mark.parametrize("grade", catalogue.grades().values(), ids=lambda grade: grade.id)
def test_every_grade_yields_its_range_or_what_its_substance_can_hold(grade: Grade) -> None:
    nutrient = catalogue.families()[grade.family].nutrient
    assert nutrient is not None
    found = yield_of(grade.id, 100).held(nutrient).range_mg
    members = catalogue.family_members(grade.family)
    named = [s for s in members if grade.substance in (None, s.id)]
    most = max([100 * constituents(substance)[nutrient] for substance in named], default=100)
    ceiling = 100 if grade.buffered else most
    assert found.low == pytest.approx(min(grade.low_percent, ceiling))
    assert found.high == pytest.approx(min(grade.high_percent, ceiling))


def test_a_grade_of_the_dried_material_weighs_less_magnesium_with_its_moisture() -> None:
    dry = yield_of("trimagnesium-dicitrate-usp", 1000)
    wet = yield_of("trimagnesium-dicitrate-usp", 1000, moisture="4 %")
    assert dry.held("magnesium").mg == pytest.approx(154.5)
    assert wet.held("magnesium").mg == pytest.approx(154.5 * 0.96)
    assert wet.working[:2] == (
        "15.450 % of the dried material × (1 − 0.04) = 14.832 % as weighed",
        "14.832 % / 16.163 % = 91.763 % trimagnesium dicitrate, anhydrous",
    )


@pytest.mark.parametrize(
    "grade",
    ["magnesium-bisglycinate-13", "magnesium-bisglycinate-buffered", "magnesium-citrate-buffered"],
)
def test_a_grade_stated_as_weighed_has_its_moisture_already(grade: str) -> None:
    with pytest.raises(InputError, match="stated as weighed, with its moisture"):
        yield_of(grade, 1000, moisture="4 %")
    assert yield_of(grade, 1000, moisture="0 %") == yield_of(grade, 1000)


def test_a_buffered_grade_of_unknown_parts_gives_its_element_alone() -> None:
    for name in ("magnesium-citrate-buffered", "buffered magnesium citrate"):
        found = yield_of(name, 1000)
        assert [held.id for held in found.moieties] == ["magnesium"]
        assert found.held("magnesium").mg == pytest.approx(300)
        assert found.working == ("1,000 mg × 30.000 % = 300 mg magnesium",)


def test_a_buffered_name_with_no_known_grade_asks_for_its_parts() -> None:
    with pytest.raises(InputError, match="each part of the blend as an input"):
        yield_of("buffered zinc citrate", 100)


def test_a_buffered_name_is_split_like_its_grade() -> None:
    named = yield_of("buffered magnesium glycinate", 1000, assay="20 % magnesium")
    graded = yield_of("magnesium-bisglycinate-buffered", 1000, assay="20 % magnesium")
    assert named.moieties == graded.moieties


def test_a_mark_that_stands_for_a_substance_names_it() -> None:
    found = yield_of("Magtein", 2000).held("magnesium")
    assert found.range_mg.low == pytest.approx(144)
    assert found.range_mg.high == pytest.approx(165.1, abs=0.05)


def test_what_a_material_does_not_yield_is_refused() -> None:
    with pytest.raises(InputError, match="magnesium oxide yields no glycine; it yields magnesium"):
        yield_of("magnesium-oxide", 1).held("glycine")


def test_assay_and_moisture() -> None:
    as_is = yield_of("magnesium-bisglycinate", 1000, assay="13 % magnesium")
    dried = yield_of("magnesium-bisglycinate", 1000, assay="13 % magnesium", moisture="4 %")
    kept = yield_of(
        "magnesium-bisglycinate", 1000, assay="13 % magnesium", moisture="4 %", assay_basis="as-is"
    )
    assert as_is.held("magnesium").mg == pytest.approx(130)
    assert dried.held("magnesium").mg == pytest.approx(130 * 0.96)
    assert kept.held("magnesium").mg == pytest.approx(130)
    ratio = 870.7307 / 140.96147
    assert dried.held("glycine").mg == pytest.approx(130 * 0.96 * ratio, rel=1e-5)


def test_purity_scales_the_compound_and_moisture_alone_takes_its_share() -> None:
    assert yield_of("glycine", 3000, assay="98.5 %").held("glycine").mg == pytest.approx(2955)
    wet = yield_of("magnesium-oxide", 1000, moisture="10 %")
    assert wet.held("magnesium").mg == pytest.approx(542.74, abs=0.01)
    assert yield_of("glycine", 10, moisture="0 %").held("glycine").mg == 10


def test_an_assay_rounded_above_theory_is_allowed_and_one_really_above_is_not() -> None:
    assert yield_of("magnesium-lysinate-glycinate", 2000, assay="10 % magnesium").held(
        "magnesium"
    ).mg == pytest.approx(200)
    with pytest.raises(InputError, match=r"14\.096 % magnesium and no more.*buffered"):
        yield_of("magnesium-bisglycinate", 1000, assay="14.2 % magnesium")
    with pytest.raises(InputError, match=r"11\.660 %"):
        yield_of("magnesium-bisglycinate-dihydrate", 1000, assay="13 % magnesium")


def test_an_assay_chooses_among_the_meanings_of_a_word() -> None:
    found = yield_of("magnesium malate", 1000, assay="20 % magnesium")
    assert found.parts[0].id == "dimagnesium-malate"


def test_a_chelate_of_no_stoichiometry_needs_its_assay() -> None:
    with pytest.raises(InputError, match="no defined stoichiometry"):
        yield_of("magnesium amino acid chelate", 500)
    found = yield_of("magnesium amino acid chelate", 500, assay="10 % magnesium")
    [magnesium] = found.moieties
    assert magnesium.id == "magnesium"
    assert magnesium.mg == pytest.approx(50)
    assert found.parts == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("magnesium glicinate", "did you mean magnesium glycinate"),
        ("magnesium-bisglicinate", "did you mean magnesium-bisglycinate"),
        ("magnesium", "an element"),
        ("TRAACS", "a brand mark"),
        ("unobtainium", "expected a substance"),
        ("", "expected a substance"),
        ("hypromellose", "an excipient"),
    ],
)
def test_names_that_are_no_compound(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        yield_of(text, 100)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"assay": "banana"}, "expected an assay"),
        ({"assay": "13"}, "expected an assay"),
        ({"assay": "0 % magnesium"}, "above 0"),
        ({"assay": "130 % magnesium"}, "at most 100"),
        ({"assay": "<13 % magnesium"}, "expected an assay"),
        ({"assay": "13 % zinc"}, "holds only magnesium, glycine"),
        ({"assay": "13 % bananium"}, "expected a nutrient or moiety"),
        ({"assay": "13 % magnesium", "assay_basis": "dried"}, "needs the moisture"),
        ({"moisture": "100 %"}, "expected a moisture"),
        ({"moisture": "4"}, "expected a moisture"),
        ({"moisture": "4 % magnesium"}, "expected a moisture"),
    ],
)
def test_assays_and_moistures_that_cannot_be_used(options: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        yield_of("magnesium-bisglycinate", 100, **options)  # type: ignore[arg-type]


def test_a_blend_must_lie_between_its_parts() -> None:
    for assay in ("9 % magnesium", "70 % magnesium"):
        with pytest.raises(InputError, match="no blend of"):
            yield_of("magnesium-bisglycinate-buffered", 100, assay=assay)
    with pytest.raises(InputError, match="expected one of magnesium"):
        yield_of("magnesium-bisglycinate-buffered", 100, assay="98 %")


def test_a_target_that_the_substance_does_not_hold() -> None:
    with pytest.raises(InputError, match="magnesium oxide yields no glycine; it yields magnesium"):
        dose_for("magnesium-oxide", "glycine", 3000)
    with pytest.raises(InputError, match="more than 1 kg of magnesium stearate"):
        dose_for("magnesium-stearate", "magnesium", 100_000)


def test_the_working_says_each_step() -> None:
    assert yield_of("magnesium-bisglycinate", 1500).working == (
        "1,500 mg × 24.305 / 172.423 = 211.4 mg magnesium",
        "1,500 mg × 2 × 75.067 / 172.423 = 1,306 mg glycine as the free acid",
        "1,500 mg × 2 × 74.059 / 172.423 = 1,289 mg glycine as the ligand",
    )
    assert dose_for("magnesium-bisglycinate", "glycine", 3000).working[0] == (
        "3,000 mg glycine × 172.423 / (2 × 75.067) = 3,445 mg magnesium bisglycinate, anhydrous"
    )
    blend = yield_of("magnesium-bisglycinate-buffered", 1000, assay="20 % magnesium").working
    assert blend[0] == (
        "(20.000 % − 14.096 %) / (60.304 % − 14.096 %) = 12.777 % magnesium oxide by weight"
    )
    assert blend[-1] == "123.0 mg + 77.0 mg = 200 mg magnesium"


def test_no_level_is_exceeded_at_its_own_value() -> None:
    levels = {level.name: level for level in beside("magnesium", 350)}
    assert not levels["upper level, IOM"].exceeded
    assert levels["upper level, SCF/EFSA"].exceeded
    assert beside("glycine", 3000) == ()
    assert [level.fraction for level in beside("magnesium", 200) if level.kind == "DV"] == [
        pytest.approx(0.476, abs=0.0005)
    ]


def test_levels_that_are_exceeded_are_listed_as_in_a_sentence() -> None:
    sentence, _ = words_on_limits("magnesium", 971.3, beside("magnesium", 971.3))
    assert "350 mg (IOM, VKM; supplements only), 250 mg (SCF/EFSA, BfR; supplements" in sentence
    assert sentence.endswith(" and 500 mg (Health Canada; supplements only).")


def test_constituents_have_names() -> None:
    assert constituent_of("elemental magnesium") == "magnesium"
    assert constituent_of("L-Lysine") == "l-lysine"


@given(st.data(), doses)
def test_elements_and_ligands_never_weigh_more_than_the_compound(
    data: st.DataObject, dose_mg: float
) -> None:
    substance = catalogue.substances()[data.draw(st.sampled_from(sorted(catalogue.substances())))]
    found = yield_of(substance.id, dose_mg)
    as_ligands = sum(h.mg if h.ligand_mg is None else h.ligand_mg for h in found.moieties)
    assert as_ligands <= dose_mg * (1 + 1e-9)


@given(st.data(), doses)
def test_the_figure_lies_in_its_range(data: st.DataObject, dose_mg: float) -> None:
    substance = data.draw(st.sampled_from(sorted(catalogue.substances())))
    for held in yield_of(substance, dose_mg).moieties:
        assert held.range_mg.low <= held.mg <= held.range_mg.high


@given(st.data(), doses)
def test_the_dose_for_a_target_yields_the_target(data: st.DataObject, target_mg: float) -> None:
    substance = data.draw(st.sampled_from(["magnesium-bisglycinate", "zinc-oxide", "glycine"]))
    moiety = data.draw(st.sampled_from(sorted(constituents(catalogue.substance(substance)))))
    dose_mg = dose_for(substance, moiety, target_mg).dose_mg
    assert yield_of(substance, dose_mg).held(moiety).mg == pytest.approx(target_mg)


@given(doses, st.integers(2, 9))
def test_a_yield_is_proportional_to_the_dose(dose_mg: float, times: int) -> None:
    one, many = (yield_of("magnesium glycinate", dose_mg * n) for n in (1, times))
    for name in ("magnesium", "glycine"):
        assert many.held(name).mg == pytest.approx(times * one.held(name).mg)


@given(st.text(alphabet="magnesiu glycatdBo-%0123 ®·") | st.text(), st.text())
def test_no_name_and_no_assay_crashes(name: str, assay: str) -> None:
    for content in (None, assay, f"13 % {assay}"):
        for moisture in (None, assay):
            for text in (name, "magnesium-bisglycinate"):
                with contextlib.suppress(InputError):
                    yield_of(text, 100, assay=content, moisture=moisture)


def test_a_single_dose_is_a_serving() -> None:
    serving = single(yield_of("magnesium-oxide", 400), units=2, per_day=3)
    assert (serving.mass_mg, serving.units_per_serving, serving.servings_per_day) == (400, 2, 3)
