"""What certificates print of a material: assay, moisture and potency, and their ends."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.findings import InputError
from chelate.stoichiometry import OptionError, dose_for, yield_of
from chelate.stoichiometry.assays import read_moisture
from chelate.stoichiometry.stated import read_stated

CHELATE = "magnesium bisglycinate anhydrous"
MOST_MG = 1000 * catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate"))


def magnesium(assay: str | None, **options: str) -> tuple[float, float, float]:
    """Figure, low and high of the magnesium in a gram of the anhydrous chelate, in mg."""
    held = yield_of(CHELATE, 1000, assay=assay, **options).held("magnesium")  # type: ignore[arg-type]
    return held.mg, held.range_mg.low, held.range_mg.high


@pytest.mark.parametrize(
    ("assay", "figure", "low", "high"),
    [
        ("13 % magnesium", 130, 125, 135),
        ("13.0 % magnesium", 130, 129.5, 130.5),
        ("14.0 % magnesium", 140, 139.5, 140.5),
        ("14.1 % magnesium", 141, 140.5, 141),
        ("13.5-14.0 % magnesium", 137.5, 135, 140),
        ("13.5–14.0 % magnesium", 137.5, 135, 140),
        ("13.5 to 14.0 % magnesium", 137.5, 135, 140),
        ("13.5 % - 14.0 % Mg", 137.5, 135, 140),
        ("13.5-15 % magnesium", (135 + MOST_MG) / 2, 135, MOST_MG),
        ("min. 13.5 % magnesium", 135, 135, MOST_MG),
        ("minimum 13.5 % magnesium", 135, 135, MOST_MG),
        ("at least 13.5 % magnesium", 135, 135, MOST_MG),
        (">= 13.5 % magnesium", 135, 135, MOST_MG),
        ("≥13.5 % magnesium", 135, 135, MOST_MG),
        ("NLT 98.5 %", 0.985 * MOST_MG, 0.985 * MOST_MG, MOST_MG),
        ("98.5 %", 0.985 * MOST_MG, 0.9845 * MOST_MG, 0.9855 * MOST_MG),
        ("100 %", MOST_MG, 0.995 * MOST_MG, MOST_MG),
        ("100.3 %", MOST_MG, MOST_MG, MOST_MG),
        ("98.5-101 %", 0.9925 * MOST_MG, 0.985 * MOST_MG, MOST_MG),
        ("98.0-102.0 %", 0.99 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("NLT 98.0 % and NMT 102.0 %", 0.99 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("not less than 98.0 %, not more than 102.0 %", 0.99 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("min 98 %", 0.98 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("≥ 98 %", 0.98 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("98 % min.", 0.98 * MOST_MG, 0.98 * MOST_MG, MOST_MG),
        ("13.5 % min magnesium", 135, 135, MOST_MG),
        ("13.5 % magnesium (min)", 135, 135, MOST_MG),
        ("NLT 13.5 % Mg", 135, 135, MOST_MG),
    ],
)
def test_an_assay_stands_for_what_its_digits_or_ends_allow(
    assay: str, figure: float, low: float, high: float
) -> None:
    assert magnesium(assay) == pytest.approx((figure, low, high))


@pytest.mark.parametrize("assay", ["100.3 %", "98.5-101.5 %"])
def test_an_assay_beyond_the_whole_is_counted_as_the_whole_and_said_to_be(assay: str) -> None:
    taken = yield_of("glycine", 1000, assay=assay, assay_basis="dried", moisture="0.2 %")
    assert taken.held("glycine").range_mg.high == pytest.approx(998.5)
    assert any(f"“{assay}” reaches beyond the whole" in remark for remark in taken.remarks)
    usual = yield_of("glycine", 1000, assay="98.5-100 %", assay_basis="dried", moisture="0.2 %")
    assert not any("beyond the whole" in remark for remark in usual.remarks)


@given(st.integers(1000, 1409), st.integers(0, 400))
def test_every_assay_between_the_printed_ends_yields_within_the_range(low: int, more: int) -> None:
    printed = f"{low / 100:.2f}-{(low + more) / 100:.2f} % magnesium"
    _, least_mg, most_mg = magnesium(printed)
    between = min(low + more // 2, 1409)
    figure_mg, *_ = magnesium(f"{between / 100:.2f} % magnesium")
    assert least_mg - 1e-9 <= figure_mg <= most_mg + 1e-9


@given(st.integers(1, 40), st.integers(0, 10), st.floats(1, 10_000))
def test_a_wetter_lot_within_the_printed_moisture_yields_within_the_range(
    tenths: int, more: int, dose_mg: float
) -> None:
    moisture = f"{tenths / 10:.1f}-{(tenths + more) / 10:.1f} %"
    held = yield_of(CHELATE, dose_mg, assay="13 % magnesium", moisture=moisture).held("magnesium")
    for dry in (1 - tenths / 1000, 1 - (tenths + more) / 1000):
        for assay in (0.125, 0.13, 0.135):
            lot_mg = dose_mg * assay * dry
            assert held.range_mg.low <= lot_mg * (1 + 1e-9)
            assert lot_mg <= held.range_mg.high * (1 + 1e-9)


def test_a_moisture_stands_for_its_digits_with_and_without_an_assay() -> None:
    assert magnesium(None, moisture="4 %") == pytest.approx(
        (0.96 * MOST_MG, 130, 0.965 * MOST_MG)  # a grade of 13 % is as weighed, water and all
    )
    assert magnesium("13.0 % magnesium", moisture="4 %") == pytest.approx(
        (130 * 0.96, 129.5 * 0.955, 130.5 * 0.965)
    )
    as_is = magnesium("13.0 % magnesium", moisture="4 %", assay_basis="as-is")
    assert as_is == pytest.approx((130, 129.5, 130.5))


def test_an_assay_of_no_formula_widens_as_well() -> None:
    held = yield_of("magnesium amino acid chelate", 500, assay="10-12 % magnesium").moieties[0]
    assert (held.mg, held.range_mg.low, held.range_mg.high) == pytest.approx((55, 50, 60))


def test_a_blend_widens_between_its_parts_alone() -> None:
    found = yield_of("magnesium-bisglycinate-buffered", 1000, assay="18-20 % magnesium")
    held = found.held("magnesium")
    assert (held.mg, held.range_mg.low, held.range_mg.high) == pytest.approx((190, 180, 200))
    exact = "buffered magnesium bisglycinate dihydrate"
    low = yield_of(exact, 1000, assay="11.7 % magnesium").held("magnesium").range_mg.low
    assert low == pytest.approx(116.597, abs=0.001)


def test_a_dose_for_a_target_is_as_wide_as_the_assay() -> None:
    found = dose_for(CHELATE, "magnesium", 200, assay="13.5-14.0 % magnesium")
    assert found.dose_mg == pytest.approx(200 / 0.1375)
    ends = (found.dose_range_mg.low, found.dose_range_mg.high)
    assert ends == pytest.approx((200 / 0.14, 200 / 0.135))


def test_the_working_says_which_figure_of_a_range_is_counted() -> None:
    found = yield_of(CHELATE, 1000, assay="13.5-15 % magnesium")
    assert found.working[0] == (
        "“13.5-15 % magnesium” is counted as the middle of what it may be: 13.798 %"
    )
    dried = yield_of(CHELATE, 1000, assay="min. 13 % magnesium", moisture="4 %")
    assert dried.working[:2] == (
        "“min. 13 % magnesium” is counted as its least: 13.000 %",
        "13.000 % of the dried material × (1 − 0.04) = 12.480 % as weighed",
    )


@pytest.mark.parametrize(
    ("options", "left_open"),
    [
        ({"assay": "13 % magnesium"}, "the range is for the last digit of the assay."),
        ({"assay": "13-14 % magnesium"}, "the range is for both ends of the assay."),
        ({"assay": "min. 13 % magnesium"}, "the range is for all above the least of the assay."),
        (
            {"assay": "13 % magnesium", "potency": "10 %"},
            "for the last digit of the assay and the last digit of the potency.",
        ),
        (
            {"assay": "11 % magnesium"},
            "the hydration that “magnesium glycinate” leaves open and the last digit of the assay.",
        ),
    ],
)
def test_the_remark_says_what_the_range_is_for(options: dict[str, str], left_open: str) -> None:
    name = "magnesium glycinate" if options["assay"].startswith("11") else CHELATE
    remarks = yield_of(name, 1000, **options).remarks  # type: ignore[arg-type]
    assert remarks[-1].endswith(left_open)


@given(st.floats(1, 10_000), st.integers(1, 99))
def test_a_potency_takes_its_share_of_everything(dose_mg: float, percent: int) -> None:
    pure = yield_of("magnesium glycinate", dose_mg)
    mixed = yield_of("magnesium glycinate", dose_mg, potency=f"{percent} %")
    share = percent / 100
    assert mixed.dose_mg == dose_mg
    assert mixed.parts[0].mg == pytest.approx(share * pure.parts[0].mg)
    for held in pure.moieties:
        diluted = mixed.held(held.id)
        assert diluted.mg == pytest.approx(share * held.mg)
        assert diluted.range_mg.low == pytest.approx((share - 0.005) * held.range_mg.low)
        most = min(1.0, share + 0.005)
        assert diluted.range_mg.high == pytest.approx(most * held.range_mg.high)


def test_a_potency_is_in_the_working_both_ways() -> None:
    assert yield_of("zinc-oxide", 125, potency="10 %").working == (
        "125 mg × 10.000 % = 12.5 mg zinc oxide",
        "12.5 mg × 65.380 / 81.379 = 10.0 mg zinc",
    )
    back = dose_for("zinc-oxide", "zinc", 10, potency="10 %")
    assert back.dose_mg == pytest.approx(124.47, abs=0.005)
    assert back.working[:2] == (
        "10 mg zinc × 81.379 / 65.380 = 12.4 mg zinc oxide",
        "12.4 mg / 10.000 % = 124.5 mg of the material",
    )
    diluted = dose_for("collagen", "glycine", 214, potency="50.0 %")
    assert diluted.working[:2] == (
        "214 mg glycine / 21.400 % = 1,000 mg undiluted",
        "1,000 mg / 50.000 % = 2,000 mg of the material",
    )


@pytest.mark.parametrize(
    ("options", "blamed", "words"),
    [
        ({"potency": "ten"}, "potency", 'expected a potency such as "10 %"'),
        ({"potency": "10 % zinc"}, "potency", 'expected a potency such as "10 %"'),
        ({"potency": "110 %"}, "potency", "at most 100 %"),
        ({"assay": "14-13 % magnesium"}, "assay", "from the lower to the higher"),
        ({"assay": "0-13 % magnesium"}, "assay", "there may be nothing of it"),
        ({"assay": "max 13 % magnesium"}, "assay", "there may be nothing of it"),
        ({"assay": "NMT 100.5 %"}, "assay", "at most 100 %"),
        ({"assay": "min 101 %"}, "assay", "at most 100 %"),
        ({"assay": "98-120 %"}, "assay", "at most 100 %"),
        ({"assay": "111 %"}, "assay", "up to 110 %"),
        ({"assay": "min 100.3 %"}, "assay", "at most 100 %"),
        ({"assay": "101-102 %"}, "assay", "at most 100 %"),
        ({"assay": "min 98 % max"}, "assay", "expected an assay such as"),
        ({"assay": "NMT 98 % and NLT 102 %"}, "assay", "expected an assay such as"),
        ({"assay": "NLT 102 % and NMT 98 %"}, "assay", "at most 100 %"),
        ({"assay": "NLT 99 % and NMT 98 %"}, "assay", "from the lower to the higher"),
        ({"assay": "NLT 13,5 % magnesium"}, "assay", "three digits after a thousands mark"),
        ({"potency": "max 10 %"}, "potency", "there may be nothing of it"),
        ({"potency": "0 %"}, "potency", "above 0"),
        ({"moisture": "100 %"}, "moisture", "below 100 %"),
        ({"moisture": "max 100 %"}, "moisture", "below 100 %"),
        ({"moisture": "max 5 % water"}, "moisture", 'expected a moisture such as "4 %"'),
        ({"moisture": "NLT 1 % and NMT 5 % of it"}, "moisture", "expected a moisture"),
        ({"assay": "min. magnesium"}, "assay", "expected an assay such as"),
        ({"assay": "13-14 magnesium"}, "assay", "expected an assay such as"),
        ({"assay": "14.2-15 % magnesium"}, "assay", r"holds 14\.096 % magnesium and no more"),
        ({"assay": ">= 14.2 % magnesium"}, "assay", r"holds 14\.096 % magnesium and no more"),
        ({"moisture": "min. 4 %"}, "moisture", 'expected a moisture such as "4 %"'),
    ],
)
def test_what_cannot_be_read_is_blamed_on_its_option(
    options: dict[str, str], blamed: str, words: str
) -> None:
    with pytest.raises(OptionError, match=words) as error:
        yield_of(CHELATE, 100, **options)  # type: ignore[arg-type]
    assert error.value.option == blamed


@pytest.mark.parametrize("assay", ["min. 14.1 % magnesium", "14.1-15 % magnesium"])
def test_an_end_rounded_above_theory_is_allowed(assay: str) -> None:
    figure, low, high = magnesium(assay)
    assert low <= figure <= high <= 141 + 1e-9


def test_a_yield_names_the_documents_of_its_substance_and_grade() -> None:
    assert yield_of("magnesium-bisglycinate-13", 1).sources[0] == "nge-mineral-activity"
    assert set(yield_of("zinc-oxide", 1).sources) == set(catalogue.substance("zinc-oxide").sources)


@pytest.mark.parametrize(
    ("assay", "basis", "moisture", "words"),
    [
        ("14.5 % magnesium", "dried", "4 %", r"dried material; .* holds, dried, 14\.096 %"),
        ("14.0 % magnesium", "as-is", "4 %", r"as weighed; .* with 4\.000 % moisture, 13\.532 %"),
    ],
)
def test_water_leaves_less_room_for_the_compound(
    assay: str, basis: Literal["dried", "as-is"], moisture: str, words: str
) -> None:
    with pytest.raises(OptionError, match=words):
        yield_of(CHELATE, 1000, assay=assay, assay_basis=basis, moisture=moisture)


@given(st.integers(1, 1200), st.integers(100, 1390))
def test_compound_and_moisture_are_never_more_than_the_whole(wet: int, dry: int) -> None:
    found = yield_of(
        CHELATE, 1000, assay=f"{dry / 100:.2f} % magnesium", moisture=f"{wet / 100:.2f} %"
    )
    compound_mg = found.held("magnesium").range_mg.high / MOST_MG * 1000
    assert compound_mg + wet / 10 <= 1000.51


def test_the_middle_of_a_dried_assay_is_that_of_its_printed_ends() -> None:
    figure, low, high = magnesium("13.5-14.0 % magnesium", moisture="4 %")
    assert (figure, low, high) == pytest.approx((137.5 * 0.96, 135 * 0.955, 140 * 0.965))


def test_crystal_water_is_no_moisture_beside_the_formula() -> None:
    salt = "magnesium-bisglycinate-dihydrate"
    with pytest.raises(OptionError, match=r"17\.000 % .* whose formula holds 17\.28\d % water"):
        yield_of(salt, 1000, assay="99 %", moisture="17 %")
    assayed = yield_of(salt, 1000, assay="13.9 % magnesium", moisture="17 %")
    assert assayed.held("magnesium").mg == pytest.approx(139 * 0.83)


@pytest.mark.parametrize("high", ["16.2", "16.5", "17.0"])
def test_a_dried_range_is_cut_where_the_dry_compound_ends_and_then_counted_wet(high: str) -> None:
    # Anhydrous trimagnesium dicitrate is 3 × 24.305 / 451.113 = 16.163 % magnesium. The middle
    # of 15.5 and 16.163 % is 15.832 %; with 5 % water 15.040 % as weighed.
    assay = f"15.5-{high} % magnesium"
    taken = yield_of(
        "magnesium citrate", 1000, assay=assay, assay_basis="dried", moisture="max 5 %"
    )
    held = taken.held("magnesium")
    assert held.mg == pytest.approx(150.40, abs=0.01)
    assert (held.range_mg.low, held.range_mg.high) == pytest.approx((147.25, 161.63), abs=0.01)
    assert any("the middle of what it may be: 15.832 %" in line for line in taken.working)


def test_a_grade_is_left_open_by_a_moisture_but_not_beyond_what_the_water_leaves() -> None:
    held = yield_of("magnesium-oxide", 1000, moisture="10 %").held("magnesium")
    assert held.mg == pytest.approx(900 * 24.305 / 40.304)
    assert held.range_mg.low == pytest.approx(520)  # the grade as sold, as weighed
    assert held.range_mg.high == pytest.approx(905 * 24.305 / 40.304)


def test_an_assay_of_the_material_by_name_is_its_purity() -> None:
    named = yield_of("magnesium oxide", 1000, assay="98 % magnesium oxide")
    assert named.held("magnesium") == yield_of("magnesium oxide", 1000, assay="98 %").moieties[0]
    with pytest.raises(InputError, match='found "zinc oxide"'):
        yield_of("magnesium oxide", 1000, assay="98 % zinc oxide")


@given(st.integers(1380, 1409), st.floats(1, 3000))
def test_a_remark_never_says_that_a_mass_is_more_than_one_printed_alike(
    hundredths: int, dose_mg: float
) -> None:
    found = yield_of(CHELATE, dose_mg, assay=f"{hundredths / 100:.2f} % magnesium")
    for said in found.remarks:
        if more := re.search(r"add up to (\S+ mg), more than the (\S+ mg) taken", said):
            assert more[1] != more[2]


LIMITS = [
    "max {} %", "max. {}%", "maximum {} %", "≤ {} %", "<= {} %", "< {} %", "NMT {} %", "nmt {}%",
    "not more than {} %", "no more than {} %", "at most {} %", "less than {} %", "up to {} %",
    "{} % max", "{}% max.", "{} % (max)", "0-{} %", "maximum of {} %",
]  # fmt: skip


@pytest.mark.parametrize("words", LIMITS)
def test_a_most_of_moisture_is_all_from_none_to_it(words: str) -> None:
    figure, low, high = magnesium("13.0 % magnesium", moisture=words.format("5.0"))
    assert (low, high) == pytest.approx((129.5 * 0.95, 130.5))
    is_range = words.startswith("0-")
    assert figure == pytest.approx(130 * (0.975 if is_range else 0.95))


@given(st.integers(1, 120), st.integers(0, 120), st.sampled_from(LIMITS))
def test_any_lot_that_keeps_a_limit_of_moisture_yields_within_the_range(
    most: int, wet: int, words: str
) -> None:
    wet = min(wet, most)
    held = yield_of(
        CHELATE, 1000, assay="12.0 % magnesium", moisture=words.format(f"{most / 10:.1f}")
    ).held("magnesium")
    lot_mg = 120 * (1 - wet / 1000)
    assert held.range_mg.low <= lot_mg * (1 + 1e-9)
    assert lot_mg <= held.range_mg.high * (1 + 1e-9)


@pytest.mark.parametrize("none", ["0 %", "0.0 %", "max 0 %", "NMT 0.0 %"])
def test_a_moisture_of_none_is_none(none: str) -> None:
    assert magnesium("13.0 % magnesium", moisture=none) == magnesium("13.0 % magnesium")


def test_a_least_of_an_element_is_open_up_to_what_its_richest_source_holds() -> None:
    held = yield_of("magnesium amino acid chelate", 500, assay="NLT 10 % magnesium").moieties[0]
    oxide = catalogue.element_fraction(catalogue.substance("magnesium-oxide"))
    assert (held.mg, held.range_mg.low) == pytest.approx((50, 50))
    assert held.range_mg.high == pytest.approx(500 * oxide)


def test_a_least_of_a_potency_is_open_up_to_the_whole() -> None:
    figure, low, high = magnesium(None, potency="min 10 %")
    assert (figure, low, high) == pytest.approx((0.1 * MOST_MG, 13, MOST_MG))


def test_limits_beyond_the_whole_are_the_whole() -> None:
    figure, low, high = magnesium("100 %", potency="98.0-102.0 %")
    assert (figure, low, high) == pytest.approx((0.99 * MOST_MG, 0.98 * 0.995 * MOST_MG, MOST_MG))


def test_the_remark_says_that_the_range_is_below_the_most_of_the_moisture() -> None:
    found = yield_of(CHELATE, 1000, assay="13.00 % magnesium", moisture="NMT 5.0 %")
    assert found.remarks[-1].endswith("and all below the most of the moisture.")


printed = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            ["min", "max", "NLT", "NMT", "≤", ">=", "<", "5", "98.0", "102", "0", "%", " ", "-",
             "to", "and", "magnesium", ".", ",", "not more than", "not less than", "(", ")"]
        ),
        max_size=8,
    ).map("".join),
)  # fmt: skip


@given(printed)
def test_any_text_is_an_interval_within_the_whole_or_told_to_be_none(text: str) -> None:
    with suppress(InputError):
        stated, _ = read_stated(text, "a content", "5 %")
        assert 0 <= stated.low <= stated.fraction <= stated.high <= 1
        assert stated.rounded_low <= stated.low
    with suppress(InputError):
        wet = read_moisture(text)
        assert 0 <= wet.low <= wet.fraction <= wet.high < 1
