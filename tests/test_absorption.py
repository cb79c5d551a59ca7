"""Absorption: studies, ranges without a middle, mixtures by share, and the curve with its band."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from itertools import pairwise
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate import absorption, catalogue, evidence
from chelate.absorption import Graded, Range, by_dose, form_of, graded, mixed, studies
from chelate.absorption.curve import _widening, fits
from chelate.cli import main
from chelate.findings import InputError
from chelate.intervals import Interval
from test_startup import CHELATE, REPORTING, libraries, modules_after

FORMS = ("bisglycinate", "oxide", "soluble-salts", "soluble-by-analogy")
WORDINGS = (
    "magnesium bisglycinate", "MgO", "Magnesium Citrate", "magnesium malate", "enteric-coated",
    "buffered magnesium bisglycinate", "magnesium L-threonate", "magnesium taurate",
)  # fmt: skip
A_PERCENTAGE = re.compile(r"[0-9.–]+ %")
A_RANGE = re.compile(r"[0-9]+–[0-9]+ %")
doses = st.floats(36, 973)
forms = st.sampled_from(FORMS)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["absorption", *arguments])


def ends(of: Graded) -> tuple[float, float]:
    assert of.range is not None
    return of.range.ends_percent


# The records


def test_every_source_of_magnesium_has_exactly_one_grading() -> None:
    graded_families = [f for g in absorption.gradings().values() for f in g.families]
    expected = {
        family.id
        for family in catalogue.families().values()
        if family.nutrient == "magnesium" and family.kind != "excipient"
    }
    assert sorted(graded_families) == sorted(expected)


def test_every_study_says_what_was_given_how_it_was_measured_in_whom_and_the_result() -> None:
    for study in absorption.all_studies().values():
        for text in (study.material, study.dose, study.method, study.population, study.result):
            assert text, study.id
        assert set(study.forms) <= catalogue.families().keys(), study.id


def test_every_record_cites_documents_and_a_verified_one_a_document_that_was_read() -> None:
    references = catalogue.references()
    for record in absorption.records():
        assert record.sources
        assert set(record.sources) <= references.keys()
        assert not record.verified or any(references[key].verified for key in record.sources)


def test_every_study_is_shown_with_some_form() -> None:
    shown = {study.id for family in catalogue.families() for study in _studies_or_none(family)}
    shown |= {s.id for grading in absorption.gradings() for s in studies(grading)}
    assert shown == absorption.all_studies().keys()


def _studies_or_none(family: str) -> tuple[absorption.Study, ...]:
    try:
        return studies(family)
    except InputError:
        return ()


def test_a_grading_has_a_range_with_a_grade_or_words_instead_of_a_range() -> None:
    for grading in absorption.gradings().values():
        kinds = [grading.low_percent is not None, bool(grading.statement), bool(grading.mixture_of)]
        assert sum(kinds) == 1, grading.id
        assert (grading.low_percent is None) == (grading.high_percent is None)
        if grading.low_percent is not None:
            assert grading.grade
            assert any(absorption.all_studies()[key] for key in grading.studies)


def test_a_range_without_a_study_in_people_is_graded_low() -> None:
    for grading in absorption.gradings().values():
        own = [s for s in absorption.all_studies().values() if set(s.forms) & set(grading.families)]
        if grading.low_percent is not None and not any(study.human for study in own):
            assert grading.grade == "low", grading.id


# What may be printed of a form


@pytest.mark.parametrize(
    ("form", "range_percent", "grade"),
    [
        ("magnesium-citrate", (20, 50), "medium"),
        ("magnesium-acetate-tetrahydrate", (20, 50), "medium"),
        ("Magnesium chloride", (20, 50), "medium"),
        ("magnesium-bisglycinate", (20, 45), "low"),
        ("magnesium-bisglycinate-dihydrate", (20, 45), "low"),
        ("glycinate", (20, 45), "low"),
        ("magnesium-oxide", (4, 23), "medium"),
        ("MgO", (4, 23), "medium"),
        ("magnesium malate", (20, 50), "low"),
    ],
)
def test_the_range_and_grade_of_a_form(
    form: str, range_percent: tuple[float, float], grade: str
) -> None:
    found = graded(form)
    assert ends(found) == range_percent
    assert found.grade == grade
    assert found.words == f"{range_percent[0]}–{range_percent[1]} %"


@pytest.mark.parametrize(
    "form",
    ["magnesium L-threonate", "magnesium-taurate", "magnesium orotate", "dimagnesium malate",
     "magnesium lysinate glycinate", "magnesium amino acid chelate", "magnesium gluconate"],
)  # fmt: skip
def test_where_nothing_adequate_was_measured_in_people_no_range_is_given(form: str) -> None:
    found = graded(form)
    assert (found.range, found.grade, found.words) == (None, "none", "no adequate human data")


@pytest.mark.parametrize("form", ["enteric-coated", "Enteric-coated magnesium chloride"])
def test_an_enteric_coating_reduces_by_an_amount_that_is_not_known(form: str) -> None:
    found = graded(form)
    assert (found.range, found.grade, found.words) == (None, "low", "reduced, unquantified")


def test_the_bisglycinate_range_leans_on_its_one_isotope_study() -> None:
    first = studies("magnesium bisglycinate")[0]
    assert (first.id, first.subjects) == ("schuette-1994", 12)
    assert "23.5 %" in first.result
    assert "22.8 %" in first.result
    assert "ileal resection" in first.population


def test_the_isotope_study_of_bisglycinate_is_told_with_what_speaks_for_the_chelate() -> None:
    result = absorption.all_studies()["schuette-1994"].result
    assert "23.5 % and 11.8 % (p < 0.05)" in result
    assert "3.2 ± 1.3 hours earlier (p < 0.05)" in result
    assert "the area under its curve was greater (p < 0.05)" in result
    for identifier in ("A18", "T11"):
        claim = evidence.claim(identifier)
        assert "curve" in claim.reason
        assert any("11.8 % (p < 0.05)" in figure for figure in claim.figures)


def test_the_studies_of_a_form_come_before_those_of_others() -> None:
    found = studies("magnesium acetate")
    own = ["magnesium-acetate" in study.forms for study in found]
    assert own == sorted(own, reverse=True)
    assert {True, False} == set(own)


@pytest.mark.parametrize(
    "text", ["magnesium", "zinc oxide", "zinc", "magnesium stearate", "TRAACS", "", "no such thing"]
)
def test_what_is_no_form_of_magnesium_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected"):
        graded(text)


def test_a_slip_of_the_pen_is_answered_with_the_nearest_form() -> None:
    with pytest.raises(InputError, match="magnesium citrate"):
        graded("magnesum citrate")


# A range has no middle, no order and no arithmetic


@pytest.mark.parametrize("name", ["middle", "scaled", "low", "high", "mean", "midpoint"])
def test_a_range_has_no_middle_and_no_end_by_itself(name: str) -> None:
    assert not hasattr(graded("oxide").range, name)
    assert not hasattr(graded("oxide"), name)


def test_no_part_of_what_is_said_of_a_form_is_a_number() -> None:
    for form in (*FORMS, "enteric-coated", "buffered-chelate"):
        said = graded(form)
        values = [getattr(said, field.name) for field in fields(said)]
        assert not any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


@pytest.mark.parametrize("what", [graded("oxide").range, graded("oxide")])
def test_a_dose_cannot_be_multiplied_with_a_form_and_forms_cannot_be_sorted(what: Any) -> None:
    for wrong in (
        lambda: 200.0 * what, lambda: what * 200.0, lambda: 200 * what, lambda: float(what),
        lambda: what + what, lambda: what / 2, lambda: sorted([what, what]), lambda: what < what,
    ):  # fmt: skip
        with pytest.raises(TypeError):
            wrong()


@pytest.mark.parametrize("wrong", [(23, 23), (30, 20), (-1, 5), (90, 101), (float("nan"), 5)])
def test_one_figure_is_no_range(wrong: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no range"):
        Range(wrong)


# Mixtures


shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: Interval(*sorted(pair)))


@given(forms, forms, shares)
def test_a_mixture_of_ranges_lies_within_the_hull_of_its_parts(
    one: str, other: str, share: Interval
) -> None:
    rest = Interval(1 - share.high, 1 - share.low)
    low, high = ends(mixed([(one, share), (other, rest)]))
    (low_1, high_1), (low_2, high_2) = ends(graded(one)), ends(graded(other))
    assert min(low_1, low_2) - 1e-9 <= low < high <= max(high_1, high_2) + 1e-9


@given(forms, forms)
def test_a_mixture_equals_a_part_whose_share_is_one(one: str, other: str) -> None:
    found = mixed([(one, Interval(1, 1)), (other, Interval(0, 0))])
    assert ends(found) == pytest.approx(ends(graded(one)))
    assert found.grade == graded(one).grade


@given(forms, forms, shares, st.floats(0, 1))
def test_a_mixture_holds_what_any_share_within_the_bounds_gives(
    one: str, other: str, share: Interval, at: float
) -> None:
    low, high = ends(mixed([(one, share), (other, Interval(1 - share.high, 1 - share.low))]))
    chosen = share.low + at * (share.high - share.low)
    sharp = ends(
        mixed([(one, Interval(chosen, chosen)), (other, Interval(1 - chosen, 1 - chosen))])
    )
    assert low <= sharp[0] + 1e-9
    assert sharp[1] <= high + 1e-9


@given(st.lists(shares, min_size=3, max_size=3))
def test_shares_of_three_parts_are_taken_only_as_they_add_up_to_one(given_: list[Interval]) -> None:
    assume(sum(s.low for s in given_) <= 1 <= sum(s.high for s in given_))
    parts = list(zip(("oxide", "bisglycinate", "soluble-salts"), given_, strict=True))
    low, high = ends(mixed(parts))
    corners = [
        [first, second, 1 - first - second]
        for first in (given_[0].low, given_[0].high)
        for second in (given_[1].low, given_[1].high)
        if given_[2].low <= 1 - first - second <= given_[2].high
    ]
    for corner in corners:
        by_part = [(ends(graded(form)), s) for (form, _), s in zip(parts, corner, strict=True)]
        assert low <= sum(e[0] * s for e, s in by_part) + 1e-9
        assert sum(e[1] * s for e, s in by_part) <= high + 1e-9


def test_a_buffered_chelate_is_weighted_by_its_share_of_oxide() -> None:
    # 28-60 % of the element from oxide: 0.6*4 + 0.4*20 = 10.4 and 0.28*23 + 0.72*45 = 38.84
    found = mixed([("bisglycinate", Interval(0.40, 0.72)), ("oxide", Interval(0.28, 0.60))])
    assert ends(found) == pytest.approx((10.4, 38.84))
    assert found.words == "10–39 %"
    assert found.grade == "low"
    assert {"schuette-1994", "firoz-graber-2001"} <= set(found.references)


def test_a_buffered_form_whose_share_is_not_known_has_the_hull() -> None:
    for form in ("buffered-chelate", "buffered magnesium glycinate"):
        assert ends(graded(form)) == (4, 45)
        assert "by the share" in graded(form).why


def test_a_mixture_with_a_part_that_nothing_is_known_of_has_no_range() -> None:
    found = mixed([("oxide", Interval(0, 1)), ("magnesium-taurate", Interval(0, 1))])
    assert (found.range, found.grade) == (None, "none")
    assert "Magnesium taurate" in found.why
    without = mixed([("oxide", Interval(1, 1)), ("magnesium-taurate", Interval(0, 0))])
    assert ends(without) == (4, 23)


@pytest.mark.parametrize(
    "given_",
    [
        [],
        [("oxide", Interval(0.2, 0.4))],
        [("oxide", Interval(0.6, 0.7)), ("bisglycinate", Interval(0.6, 0.7))],
        [("oxide", Interval(-0.1, 1))],
        [("oxide", Interval(28, 60))],
        [("oxide", Interval(float("nan"), 1))],
    ],
)
def test_shares_that_cannot_be_are_refused(given_: list[tuple[str, Interval]]) -> None:
    with pytest.raises(InputError, match="share"):
        mixed(given_)


# The curve


@pytest.mark.parametrize(
    ("dose_mg", "absorbed_mg", "percent"),
    [(36, 23, 65), (50, 28, 55), (100, 37, 37), (150, 43, 29), (200, 48, 24), (250, 53, 21),
     (300, 57, 19), (350, 61, 17), (400, 65, 16), (500, 73, 15), (973, 107, 11)],
)  # fmt: skip
def test_the_curve_through_two_published_points(
    dose_mg: float, absorbed_mg: float, percent: float
) -> None:
    assert absorption.reconstructed_mg(dose_mg) == pytest.approx(absorbed_mg, abs=0.55)
    assert 100 * by_dose(dose_mg).curve_fraction == pytest.approx(percent, abs=0.55)


def test_two_sittings_of_150_mg_give_more_than_one_of_300_mg() -> None:
    # 2 * 43.4 mg and 57.2 mg
    assert 2 * absorption.reconstructed_mg(150) == pytest.approx(87, abs=0.5)
    assert absorption.reconstructed_mg(300) == pytest.approx(57, abs=0.5)


def test_the_curve_has_the_coefficients_of_its_two_points() -> None:
    # half = (0.04*973 - 0.58*36) / 0.54 = 33.41 mg; most = 0.58 * (33.41 + 36) = 40.26 mg
    found = fits()[0]
    assert found.half_mg == pytest.approx(33.4, abs=0.05)
    assert found.most_mg == pytest.approx(40.3, abs=0.05)
    assert found.linear_fraction == 0.07


@given(doses, doses)
def test_the_band_falls_with_the_dose_in_fraction_and_grows_in_absorbed_mg(
    one: float, other: float
) -> None:
    assume(abs(one - other) > 1e-6)
    less, more = by_dose(min(one, other)), by_dose(max(one, other))
    assert less.curve_fraction > more.curve_fraction
    assert less.fraction.low >= more.fraction.low - 1e-12
    assert less.fraction.high >= more.fraction.high - 1e-12
    assert less.absorbed_mg.low <= more.absorbed_mg.low + 1e-9
    assert less.absorbed_mg.high <= more.absorbed_mg.high + 1e-9


def test_no_larger_dose_brings_less_and_no_end_of_the_band_leaps() -> None:
    bands = [by_dose(dose_mg) for dose_mg in range(36, 974)]
    for less, more in pairwise(bands):
        assert less.absorbed_mg.low <= more.absorbed_mg.low + 1e-9
        assert less.absorbed_mg.high <= more.absorbed_mg.high + 1e-9
        assert more.fraction.low > 0.96 * less.fraction.low
        assert more.fraction.high > 0.96 * less.fraction.high


@given(doses)
def test_the_band_holds_the_curve_and_every_curve_that_the_rounding_and_what_is_printed_allow(
    dose_mg: float,
) -> None:
    band = by_dose(dose_mg)
    assert 0 < band.fraction.low < band.curve_fraction <= band.fraction.high + 1e-12
    assert band.fraction.high <= 0.65
    low_mg, high_mg = 0.20 * min(dose_mg, 250), 0.50 * max(dose_mg, 100)
    for fit in fits():
        assert fit.half_mg > 0
        allowed = max(fit.fraction(dose_mg), low_mg / dose_mg)
        allowed = min(allowed, high_mg / dose_mg, 0.65)
        assert band.fraction.low <= allowed + 1e-12
        assert allowed <= band.fraction.high + 1e-12


@given(st.floats(100, 250))
def test_the_band_lies_within_the_range_of_soluble_salts_at_the_doses_for_which_it_is_printed(
    dose_mg: float,
) -> None:
    low, high = ends(graded("soluble-salts"))
    band = by_dose(dose_mg).fraction
    assert low - 1e-9 <= 100 * band.low < 100 * band.high <= high + 1e-9


@given(doses)
def test_no_band_is_above_the_highest_fraction_that_a_study_found(dose_mg: float) -> None:
    highest = next(f for f in evidence.claim("T02").figures if "highest fraction" in f)
    most = float(highest.partition(" %")[0])
    assert by_dose(dose_mg).range.ends_percent[1] <= most + 1e-9


def test_what_is_released_slowly_by_design_does_not_widen_the_band_of_plain_salts() -> None:
    slow = {study.id for study in absorption.all_studies().values() if study.slow}
    assert slow == {"lactate-2018"}
    for study in absorption.all_studies().values():
        told = f"{study.material} {study.caveat}".lower()
        measured = study.sitting_mg is not None
        assert not measured or study.slow == ("released slowly" in told or "extended" in told)
    # 32.4 % at 63 mg is the farthest from the curves: 40.2 / 32.4 = 1.24, and nothing more.
    assert _widening() == pytest.approx(40.2 / 32.4, abs=0.005)
    assert by_dose(973).fraction.high / by_dose(973).curve_fraction < 1.4


def test_the_band_is_graded_low_where_only_one_study_reaches() -> None:
    assert [by_dose(dose_mg).grade for dose_mg in (36, 100, 101, 973)] == [
        "medium", "medium", "low", "low",
    ]  # fmt: skip
    row = next(line for line in run().output.splitlines() if line.startswith("  250 mg"))
    assert row.split()[-1] == "low"
    told = json.loads(run("--dose", "80 mg", "--format", "json").output)["curve"]["doses"]
    assert [each["grade"] for each in told] == ["medium"]


def test_of_citrate_chelate_and_oxide_the_study_is_told_as_it_was_found() -> None:
    result = absorption.all_studies()["walker-2003"].result
    assert "citrate the most available of the three, before the amino-acid chelate" in result
    assert "oxide, which did not differ from placebo" in result
    for claim in ("T01", "T11"):
        assert any("citrate found more available than amino-acid chelate or oxide" in figure
                   for figure in evidence.claim(claim).figures)  # fmt: skip


def test_a_mass_that_was_converted_cites_the_atomic_weights() -> None:
    converted = re.compile(r"\d mEq\b.*\d mg|\d mmol \(|mmol, [\d,]+ mg")
    found = [s for s in absorption.all_studies().values() if converted.search(s.dose + s.result)]
    assert len(found) >= 6
    assert all("iupac-2021" in study.sources for study in found)
    assert "iupac-2021" in absorption.curve().sources


def test_the_band_takes_in_what_others_measured_in_healthy_people() -> None:
    assert {study.id for study in absorption.points()} == {"sabatier-2003", "sabatier-2011"}
    for study in absorption.points():
        assert study.human
        assert study.sitting_mg
        assert study.low_percent
        assert study.high_percent
        band = by_dose(study.sitting_mg).fraction
        assert 100 * band.low <= study.low_percent + 1e-9
        assert study.high_percent <= 100 * band.high + 1e-9


@pytest.mark.parametrize("dose_mg", [0.0, 35.0, 974.0, 5000.0, float("nan")])
def test_the_curve_says_nothing_where_nothing_was_studied(dose_mg: float) -> None:
    for ask in (by_dose, absorption.reconstructed_mg):
        with pytest.raises(InputError, match="36 mg to 973 mg"):
            ask(dose_mg)


# The command


def without_studies(output: str) -> str:
    """The lines on the form itself: studies, which print their own figures, and curve left out."""
    return output.partition("\nStudies")[0].partition("\nBy the dose")[0]


@pytest.mark.parametrize("form", [None, *WORDINGS])
def test_no_point_value_is_printed_for_a_form(form: str | None) -> None:
    result = run(*([form] if form else []))
    assert result.exit_code == 0, result.output
    for percentage in A_PERCENTAGE.findall(without_studies(result.output)):
        assert A_RANGE.fullmatch(percentage), percentage


@pytest.mark.parametrize("form", [None, *WORDINGS])
def test_the_json_gives_two_ends_or_none_for_every_form(form: str | None) -> None:
    found = json.loads(run(*([form] if form else []), "--format", "json").output)
    assert found["version"] == 1
    for each in found["forms"]:
        numbers = [v for v in each.values() if isinstance(v, int | float)]
        assert all(isinstance(v, bool) for v in numbers)
        pair = each["range_percent"]
        assert pair is None or (len(pair) == 2 and pair[0] < pair[1])
    cited = {key for each in (*found["forms"], *found["studies"])
             for key in each.get("references", each.get("sources"))}  # fmt: skip
    assert cited <= {each["id"] for each in found["references"]}


def test_the_table_names_every_form_and_what_is_not_known() -> None:
    output = run().output
    joined = " ".join(output.split())
    for words in ("20–50 % medium", "20–45 % low", "4–23 % medium", "reduced, unquantified low",
                  "no adequate human data none", "L-threonate", "taurate"):  # fmt: skip
        assert words in joined


@pytest.mark.parametrize("arguments", [(), ("oxide",), ("oxide", "--dose", "200mg")])
def test_limits_and_cautions_stand_in_an_output_once(arguments: tuple[str, ...]) -> None:
    joined = " ".join(run(*arguments).output.split())
    texts = [limit.text for limit in absorption.limits()]
    texts += [caution.text for caution in catalogue.cautions(["magnesium"])]
    assert [joined.count(" ".join(text.split())) for text in texts] == [1] * len(texts)


def test_a_form_is_shown_with_its_studies() -> None:
    output = run("magnesium oxide").output
    for words in ("firoz-graber-2001", "21 mEq", "rise of magnesium in urine", "12 patients",
                  "fractional absorption 4 %", "(not in people)"):  # fmt: skip
        assert words in output


def test_a_study_that_was_not_read_says_so() -> None:
    assert "verhas-2002, unverified" in run("magnesium citrate").output


def test_a_dose_shows_the_curve_and_its_band_beside_the_form() -> None:
    alone, beside = run("--dose", "0.2 g").output, run("oxide", "--dose", "200mg").output
    row = next(line for line in alone.splitlines() if line.startswith("  200 mg"))
    assert row in beside.splitlines()
    assert "about 24 %" in row
    assert "not multiplied" in beside
    assert "own reconstruction" in " ".join(beside.split())
    assert "By the dose" not in run("oxide").output
    assert not row.startswith(without_studies(beside))


def test_the_form_is_said_alike_with_and_without_a_dose() -> None:
    assert without_studies(run("oxide").output) == without_studies(
        run("oxide", "--dose", "400 mg").output
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("zinc oxide",), "expected a form of magnesium"),
        (("--dose", "20mg"), "36 mg to 973 mg"),
        (("--dose", "200"), "expected a mass"),
        (("--dose", "-5 mg"), "negative"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_the_command_needs_no_library_but_click() -> None:
    modules = modules_after(CHELATE + REPORTING, "absorption", "oxide", "--dose", "200mg")
    assert libraries(modules) == {"click"}


def test_a_form_of_the_whole_catalogue_is_read_back_by_its_name() -> None:
    for grading in absorption.gradings().values():
        for family in grading.families:
            name = catalogue.families()[family].name
            assert form_of(name).grading.id == grading.id, name


def test_a_form_buffered_with_the_oxide_is_a_mixture_and_two_forms_are_refused() -> None:
    said = graded("magnesium glycinate (buffered with magnesium oxide)")
    assert said == graded("buffered magnesium glycinate")
    assert str(said.range) == "4–45 %"
    for text in ("magnesium oxide and magnesium citrate", "magnesium citrate, magnesium malate"):
        with pytest.raises(InputError, match="expected one form of magnesium"):
            form_of(text)
    with pytest.raises(InputError, match="expected a form of magnesium"):
        form_of("magnesium citrate buffered with calcium carbonate")
    with pytest.raises(InputError, match="expected one form of magnesium"):
        form_of("magnesium oxide buffered with magnesium citrate")


def test_programs_read_the_limits_and_cautions_too() -> None:
    said = json.loads(run("oxide", "--format", "json").output)
    assert said["limits"] == [limit.text for limit in absorption.limits()]
    assert said["cautions"] == [each.text for each in catalogue.cautions(["magnesium"])]
    assert any("kidney" in text for text in said["cautions"])
