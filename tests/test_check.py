"""Labels to verdicts: the meaning of each verdict, and properties that hold for all labels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult, check
from chelate.findings import Verdict
from chelate.models import Label


def result(name: str, amount: str | None = None, percent: str | None = None,
           **label: Any) -> CheckResult:  # fmt: skip
    row = {"name": name, "amount": amount, "percent_dv": percent}
    row |= {key: label.pop(key) for key in ("sources", "contains") if key in label}
    facts = [row, *label.pop("more", ())]
    return check(Label(product=label.pop("product", "Sample"), facts=facts, **label))


def verdict(*args: Any, **label: Any) -> Verdict:
    return result(*args, **label).verdict


def codes(*args: Any, **label: Any) -> set[str]:
    return {finding.code for finding in result(*args, **label).findings}


CHELATE = "Magnesium (as magnesium bisglycinate)"


def test_impossible_is_more_than_any_meaning_of_the_name_allows() -> None:
    assert verdict("Magnesium (from 450 mg magnesium aspartate)", "90 mg") is Verdict.IMPOSSIBLE
    assert verdict("Magnesium (from 450 mg magnesium aspartate)", "70 mg") is Verdict.CONSISTENT
    assert verdict("Zinc (from 50 mg zinc bisglycinate)", "20 mg") is Verdict.IMPOSSIBLE


def test_a_declared_buffer_makes_a_blend_of_what_would_be_impossible() -> None:
    name = "Magnesium (from 1,112 mg magnesium bisglycinate chelate{})"
    assert verdict(name.format(""), "200 mg") is Verdict.IMPOSSIBLE
    assert verdict(name.format(" buffered"), "200 mg") is Verdict.DECLARED_BLEND


def test_even_a_buffered_chelate_cannot_hold_more_than_the_oxide() -> None:
    name = "Magnesium (from 1,000 mg magnesium bisglycinate buffered)"
    assert verdict(name, "700 mg") is Verdict.IMPOSSIBLE


@pytest.mark.parametrize(
    "label",
    [
        {"name": "Magnesium (as magnesium bisglycinate, magnesium oxide)"},
        {"name": "Magnesium [Magnesium Bisglycinate Blend (magnesium bisglycinate, magnesium "
                 "oxide, glycine)]"},
        {"name": "Magnesium (as magnesium bisglycinate buffered with magnesium oxide)"},
        {"name": "Magnesium (as magnesium glycinate, buffered)"},
        {"name": CHELATE, "other_ingredients": "hypromellose; magnesium oxide"},
        {"name": CHELATE, "product": "Buffered Magnesium Bisglycinate"},
        {"name": "Magnesium", "product": "Buffered Magnesium Bisglycinate"},
        {"name": "Magnesium", "other_ingredients": "magnesium bisglycinate, magnesium oxide"},
        {"name": "Magnesium", "sources": ["magnesium bisglycinate", "magnesium citrate"]},
        {"name": CHELATE, "statements": ["Our magnesium glycinate is buffered with oxide."]},
    ],
)  # fmt: skip
def test_a_blend_is_declared_by_any_part_of_the_label(label: dict[str, Any]) -> None:
    found = result(label.pop("name"), "200 mg", **label)
    assert (found.verdict, found.buffered_declared) == (Verdict.DECLARED_BLEND, True)


@pytest.mark.parametrize(
    "label",
    [
        {"statements": ["Better absorbed than magnesium oxide."]},
        {"statements": ["Contains no magnesium oxide. Not buffered, fully reacted."]},
        {"statements": ["It is also buffered when in solution."]},
        {"statements": ["Unlike buffered magnesium glycinate, ours is pure."]},
        {"product": "Magnesium Glycinate with Buffered Vitamin C"},
        {"product": "Buffered C"},
        {"product": "Buffered C Magnesium"},
        {"product": "Magnesium Glycinate with Buffered C"},
        {"product": "Buffered Magnesium Ascorbate"},
        {"product": "Vitamin C Buffered with Magnesium Glycinate"},
        {"statements": ["Vitamin C is buffered with magnesium glycinate."]},
        {"statements": ["Ascorbic acid buffered with magnesium oxide."]},
        {"statements": ["Aspirin is buffered with magnesium oxide."]},
        {"product": "Unbuffered Magnesium Glycinate"},
        {"other_ingredients": "magnesium stearate, magnesium silicate, buffered vitamin C"},
        {"other_ingredients": "contains no magnesium oxide"},
        {"other_ingredients": "magnesium hydroxide (pH adjuster)"},
        {"other_ingredients": "zinc oxide"},
    ],
)
def test_a_word_is_not_a_pattern(label: dict[str, Any]) -> None:
    found = result(CHELATE, "120 mg", **label)
    assert (found.verdict, found.buffered_declared) == (Verdict.CANNOT_TELL, False)


@pytest.mark.parametrize(
    "name",
    [
        "Magnesium (as magnesium bisglycinate, buffered magnesium ascorbate)",
        "Magnesium (as magnesium bisglycinate, magnesium ascorbate, buffered)",
        "Calcium (as calcium bisglycinate, buffered calcium ascorbate)",
        "Zinc (as zinc bisglycinate, buffered zinc ascorbate)",
    ],
)
def test_a_buffered_ascorbate_is_vitamin_c_and_no_buffered_chelate(name: str) -> None:
    assert "BF101" not in [finding.code for finding in result(name, "20 mg").findings]


@pytest.mark.parametrize(
    "product",
    [
        "Buffered Magnesium Glycinate & Vitamin C",
        "Vitamin C & Magnesium Glycinate, Buffered",
        "Buffered Magnesium & C",
        "Buffered Magnesium Amino Acid Chelate",
        "Buffered chelate with vitamin C",
    ],
)
def test_vitamin_c_beside_a_buffered_chelate_takes_nothing_back(product: str) -> None:
    assert "BF101" in [f.code for f in result(CHELATE, "120 mg", product=product).findings]


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("Buffered.", True), ("The pH is buffered.", False), ("Buffered for a neutral pH.", False),
        ("Buffered C.", False), ("Buffered, with vitamin C.", True),
    ],
)  # fmt: skip
def test_a_mark_stands_on_a_buffered_product_only_where_the_mineral_is(
    said: str, marked: bool
) -> None:
    name = "Magnesium (as TRAACS magnesium bisglycinate chelate)"
    codes = [finding.code for finding in result(name, "120 mg", statements=[said]).findings]
    assert ("CL105" in codes) is marked


def test_a_salt_that_is_no_chelate_is_no_declared_blend() -> None:
    assert verdict("Magnesium (as magnesium citrate, magnesium oxide)", "200 mg") is (
        Verdict.CANNOT_TELL
    )


def test_doubtful_is_possible_but_undocumented() -> None:
    capsules = {"capsule_size": "00", "serving": {"size": "2 capsules"}}
    assert verdict(CHELATE, "300 mg", **capsules) is Verdict.DOUBTFUL
    assert verdict("Magnesium (from 2 g magnesium bisglycinate)", "100 mg") is Verdict.DOUBTFUL


def test_no_source_is_no_claim() -> None:
    found = result("Magnesium", "200 mg")
    assert (found.verdict, {f.code for f in found.findings}) == (Verdict.NO_CLAIM, {"NM104"})
    assert check(Label(product="Nothing")).verdict is Verdict.NO_CLAIM


def test_a_label_gets_the_gravest_verdict_of_its_claims() -> None:
    zinc = {"name": "Zinc (from 50 mg zinc bisglycinate)", "amount": "20 mg"}
    found = result("Magnesium (from 1,420 mg magnesium bisglycinate)", "200 mg", more=[zinc])
    assert [j.verdict for j in found.judged] == [Verdict.CONSISTENT, Verdict.IMPOSSIBLE]
    assert found.verdict is Verdict.IMPOSSIBLE


def test_element_and_compound_are_found_in_all_four_arrangements() -> None:
    element, compound = "Magnesium", "Magnesium citrate"
    parent = result(element, "60 mg", contains=[{"name": compound, "amount": "400 mg"}])
    child = result(compound, "400 mg", contains=[{"name": element, "amount": "60 mg"}])
    siblings = result(element, "60 mg", more=[{"name": compound, "amount": "400 mg"}])
    for found in (parent, child, siblings):
        (judged,) = found.judged
        assert judged.claim.declared is not None
        assert judged.claim.declared.value_mg == 60
        assert judged.claim.sources[0].mass is not None
        assert judged.claim.sources[0].mass.value_mg == 400
        assert found.verdict is Verdict.CONSISTENT
    shares = result(element, "90 mg", contains=[
        {"name": compound, "amount": "45 mg"}, {"name": "Magnesium malate", "amount": "45 mg"}
    ])  # fmt: skip
    assert [s.mass for s in shares.judged[0].claim.sources] == [None, None]
    assert shares.verdict is Verdict.CANNOT_TELL


def test_a_percent_tells_compound_from_element_and_invents_neither() -> None:
    compound = result("Magnesium glycinate", "500 mg", "17 %")
    element = result("Magnesium glycinate", "500 mg", "119 %")
    assert compound.judged[0].claim.declared is None
    assert "DV104" in {f.code for f in compound.findings}
    assert element.judged[0].claim.declared is not None
    assert compound.verdict is element.verdict is Verdict.CANNOT_TELL


def test_an_unreadable_figure_is_a_finding_and_decides_nothing() -> None:
    found = result("Magnesium (from 2,0000 mg magnesium bisglycinate)", "200 mg",
                   serving={"weight": "3 g"})  # fmt: skip
    assert found.verdict is Verdict.CANNOT_TELL
    assert "IN101" in {f.code for f in found.findings}


def test_moles_and_equivalents_are_masses_of_an_element() -> None:
    in_mmol = result("Magnesium (from 420 mg magnesium oxide)", "10 mmol")
    in_meq = result("Magnesium (from 420 mg magnesium oxide)", "20 mEq")
    for found in (in_mmol, in_meq):
        assert found.judged[0].claim.declared is not None
        assert found.judged[0].claim.declared.value_mg == pytest.approx(243.05)


def test_a_volume_is_no_amount_of_a_mineral() -> None:
    assert "UN102" in codes(CHELATE, "5 mL")


@pytest.mark.parametrize(
    ("percent", "market", "code"),
    [
        ("48 %", "US", None),
        ("50 %", "US", "DV102"),
        ("53 %", "US", "DV103"),
        ("84 %", "US", "DV101"),
    ],
)
def test_a_percent_is_held_against_every_reference(
    percent: str, market: str, code: str | None
) -> None:
    found = {c for c in codes(CHELATE, "200 mg", percent, market=market) if c.startswith("DV")}
    assert found == ({code} if code else set())


def test_a_full_daily_value_is_above_the_upper_level_and_only_noted() -> None:
    (finding,) = (f for f in result(CHELATE, "420 mg").findings if f.code == "UL101")
    assert finding.severity.value == "note"
    assert "350 mg (IOM" in finding.message


FAMILIES = [
    "magnesium-bisglycinate",
    "magnesium-citrate",
    "magnesium-l-threonate",
    "magnesium-lysinate-glycinate",
    "magnesium-malate",
    "magnesium-oxide",
    "zinc-bisglycinate",
]


def as_printed(mass_mg: float, figures: int) -> str:
    """A mass as a label prints it: rounded to at least three figures, in mg."""
    rounded = Decimal(f"{mass_mg:.{figures - 1}e}")
    return f"{rounded:,f} mg"


@st.composite
def true_labels(draw: st.DrawFn) -> tuple[str, str, str, float]:
    """A substance, its mass and its element as printed, from one real recipe."""
    family = draw(st.sampled_from(FAMILIES))
    substance = draw(st.sampled_from(catalogue.family_members(family)))
    mass = draw(st.floats(20, 6000))
    purity = draw(st.floats(0.9, 1.0))
    element = mass * purity * catalogue.element_fraction(substance)
    figures = draw(st.integers(3, 4))
    words = catalogue.families()[family].words[0]
    return (f"{substance.nutrient} {words}", as_printed(mass, figures),
            as_printed(element, figures), mass)  # fmt: skip


@given(true_labels())
def test_no_label_printed_from_a_real_recipe_is_impossible(
    label: tuple[str, str, str, float],
) -> None:
    name, mass, element, _ = label
    nutrient = name.split()[0].title()
    assert verdict(f"{nutrient} (from {mass} {name})", element) is not Verdict.IMPOSSIBLE
    grams = {"weight": mass, "size": "1 scoop"}
    assert verdict(f"{nutrient} (as {name})", element, serving=grams) is not Verdict.IMPOSSIBLE


@given(st.integers(100, 900), st.integers(20, 900))
def test_milligrams_grams_and_micrograms_give_the_same_verdict(mass: int, element: int) -> None:
    name = "Magnesium (from {} magnesium bisglycinate)"
    in_mg = verdict(name.format(f"{mass} mg"), f"{element} mg")
    in_g = verdict(name.format(f"{mass / 1000:.3f} g"), f"{element / 1000:.3f} g")
    in_mcg = verdict(name.format(f"{mass * 1000} mcg"), f"{element * 1000} mcg")
    assert in_mg is in_g
    assume(element >= 100)
    assert in_mg is in_mcg


@given(st.integers(100, 3000), st.integers(10, 900))
def test_what_fits_the_chelate_alone_is_a_declared_blend_with_a_buffer(
    mass: int, element: int
) -> None:
    without = verdict(CHELATE, f"{element} mg")
    assert without is Verdict.CANNOT_TELL
    buffered = verdict(f"Magnesium (from {mass} mg magnesium bisglycinate buffered)",
                       f"{element} mg")  # fmt: skip
    plain = verdict(f"Magnesium (from {mass} mg magnesium bisglycinate)", f"{element} mg")
    assert plain is Verdict.IMPOSSIBLE or buffered is Verdict.DECLARED_BLEND


@given(st.integers(100, 3000), st.integers(10, 900), st.integers(1, 500))
def test_more_of_the_element_never_helps(mass: int, element: int, more: int) -> None:
    name = f"Magnesium (from {mass} mg magnesium bisglycinate)"
    if verdict(name, f"{element} mg") is Verdict.IMPOSSIBLE:
        assert verdict(name, f"{element + more + element // 50} mg") is Verdict.IMPOSSIBLE


TEXT = st.text("Magnesium (as oxide) 1,2.0%½mg<>[]\t\n®", max_size=60)


@given(TEXT, TEXT, TEXT, TEXT)
def test_no_label_crashes_the_check(name: str, amount: str, percent: str, other: str) -> None:
    label = Label(
        product=other, facts=[{"name": name, "amount": amount, "percent_dv": percent}],
        other_ingredients=other, serving={"size": amount, "weight": amount, "per_day": percent},
        capsule_size=percent,
    )  # fmt: skip
    check(label)


def test_the_language_says_what_a_mark_means_and_without_it_the_label_is_asked() -> None:
    label = {"market": "EU", "product": "Magnesium"}
    plain = result("Magnesium (as magnesium citrate)", "0,375 g", **label)
    assert plain.judged[0].claim.declared is not None
    assert plain.judged[0].claim.declared.value_mg == 375
    asked = result("Magnesium (als Magnesiumcitrat)", "1.500 mg", **label)
    assert asked.judged[0].claim.declared is None
    assert "IN101" in {f.code for f in asked.findings}
    german = result("Magnesium (als Magnesiumcitrat)", "1.500 mg", language="de", **label)
    assert german.judged[0].claim.declared is not None
    assert german.judged[0].claim.declared.value_mg == 1500


@pytest.mark.parametrize(("percent", "value"), [("400 %", 1500.0), ("100 %", None)])
def test_a_percent_settles_the_one_reading_that_it_fits_and_no_other(
    percent: str, value: float | None
) -> None:
    row = {"name": "Magnesium (as magnesium citrate)", "amount": "1.500 mg"}
    found = check(Label(product="x", market="EU", facts=[row | {"percent_nrv": percent}]))
    declared = found.judged[0].claim.declared
    assert (declared.value_mg if declared else None) == value
    assert ("IN106" in {f.code for f in found.findings}) == (value is not None)


@pytest.mark.parametrize("amount", ["200 g", "200 mcg"])
def test_an_amount_off_by_a_thousand_is_a_finding_and_never_a_number(amount: str) -> None:
    found = result("Magnesium (from 1,420 mg magnesium bisglycinate)", amount, "48 %")
    assert found.judged[0].claim.declared is None
    assert found.verdict is Verdict.CANNOT_TELL
    assert "UN103" in {f.code for f in found.findings}


def test_wording_outranks_a_sum_that_fits() -> None:
    said = result("Magnesium (from 200 mg magnesium bisglycinate)", "200 mg")
    unsaid = result("Magnesium", "200 mg",
                    contains=[{"name": "Magnesium bisglycinate", "amount": "200 mg"}])  # fmt: skip
    assert said.verdict is Verdict.IMPOSSIBLE
    assert unsaid.verdict is Verdict.CANNOT_TELL
    assert "NM108" in {f.code for f in unsaid.findings}


def test_a_percent_that_is_the_elements_makes_the_amount_the_compounds() -> None:
    found = result(CHELATE, "500 mg", "17 %", serving={"weight": "0.6 g"})
    assert found.judged[0].claim.declared is None
    assert found.verdict is Verdict.CANNOT_TELL
    assert "DV104" in {f.code for f in found.findings}


@pytest.mark.parametrize(
    "label",
    [
        {"name": "Magnesium (as magnesium oxide)", "serving": {"size": "1 tablet (400 mg)"}},
        {"name": CHELATE, "serving": {"size": "2 capsules (400 mg)"}},
    ],
)
def test_a_dose_repeated_beside_the_units_is_no_mass_of_the_serving(label: dict[str, Any]) -> None:
    assert verdict(label.pop("name"), "400 mg", **label) is Verdict.CANNOT_TELL


def test_capsules_prove_nothing_of_a_dense_inorganic_powder() -> None:
    found = verdict("Calcium (as calcium carbonate)", "500 mg", capsule_size="00",
                    serving={"size": "1 capsule"})  # fmt: skip
    assert found is Verdict.DOUBTFUL


@pytest.mark.parametrize(
    ("size", "units"),
    [("Two (2) Vegetarian Capsules", 2), ("two capsules", 2), ("1-2 capsules", 2),
     ("3 gélules", 3), ("1 tsp (approx. 2 g)", 1), ("2 Kapseln", 2)],
)  # fmt: skip
def test_a_serving_is_counted_however_it_is_written(size: str, units: float) -> None:
    assert result(CHELATE, "120 mg", serving={"size": size}).composition.serving.units == units


def test_a_serving_given_roughly_is_still_a_mass() -> None:
    serving = result(CHELATE, "120 mg", serving={"size": "1 tsp (approx. 2 g)"}).composition.serving
    assert serving.mass is not None
    assert serving.mass.value_mg == 2000


def test_a_blend_bounds_the_element_rows_inside_it() -> None:
    inside = {"name": CHELATE, "amount": "200 mg"}
    assert verdict("Sleep Blend", "1,000 mg", contains=[inside]) is Verdict.IMPOSSIBLE
    assert verdict("Sleep Blend", "2,000 mg", contains=[inside]) is Verdict.CONSISTENT


def test_two_rows_of_one_element_make_a_declared_blend() -> None:
    oxide = {"name": "Magnesium (as magnesium oxide)", "amount": "100 mg"}
    assert verdict(CHELATE, "100 mg", more=[oxide]) is Verdict.DECLARED_BLEND


def test_parts_that_exceed_their_whole_are_impossible() -> None:
    sources = [{"name": "magnesium oxide", "elemental": "150 mg"},
               {"name": "magnesium citrate", "elemental": "100 mg"}]  # fmt: skip
    found = result("Magnesium", "200 mg", sources=sources)
    assert found.verdict is Verdict.IMPOSSIBLE
    assert arithmetic(found.composition, 0, found.judged[0].bounds) == (
        "“200 mg” is at most 200.5 mg.",
        "“150 mg” (magnesium from “magnesium oxide”) is at least 149.5 mg.",
        "“100 mg” (magnesium from “magnesium citrate”) is at least 99.5 mg.",
        "149.5 mg + 99.5 mg − 200.5 mg = 48.5 mg, more than nothing: they cannot all be true.",
    )


def test_a_formula_names_its_substance() -> None:
    assert verdict("Mg (from 420 mg MgO)", "253 mg") is Verdict.CONSISTENT


@pytest.mark.parametrize(
    "name",
    [
        "Magnésium (provenant de 1 000 mg de bisglycinate de magnésium)",
        "Magnesium (aus 1.000 mg Magnesiumbisglycinat)",
        "Magnesio (procedente de 1.000 mg de bisglicinato de magnesio)",
        "Magnesio (derivato da 1.000 mg di bisglicinato di magnesio)",
    ],
)
def test_a_clause_means_the_same_in_every_language(name: str) -> None:
    language = {"é": "fr", "aus": "de", "proc": "es", "deriv": "it"}
    code = next(code for part, code in language.items() if part in name)
    assert verdict(name, "180 mg", language=code) is Verdict.IMPOSSIBLE
    assert verdict(name, "141 mg", language=code) is Verdict.CONSISTENT


def test_several_rows_of_one_nutrient_are_one_daily_amount() -> None:
    citrate = {"name": "Magnesium (as magnesium citrate)", "amount": "200 mg"}
    found = result(CHELATE, "200 mg", more=[citrate])
    (finding,) = (f for f in found.findings if f.code == "UL101")
    assert "400 mg of magnesium a day exceeds" in finding.message


def test_an_amino_acid_chelate_with_its_element_under_it_is_a_source() -> None:
    under = [{"name": "Magnesium", "amount": "100 mg"}]
    found = result("Magnesium amino acid chelate", "500 mg", contains=under)
    (judged,) = found.judged
    assert judged.claim.declared is not None
    assert judged.claim.declared.value_mg == 100
    assert found.verdict is Verdict.CANNOT_TELL


def test_a_blend_of_weighed_compounds_has_the_element_printed_under_it() -> None:
    name = "Magnesium Glycinate Complex (as 600 mg magnesium glycinate and 400 mg magnesium malate)"
    found = result(name, "1,000 mg", contains=[{"name": "Elemental magnesium", "amount": "120 mg"}])
    (judged,) = found.judged
    assert judged.claim.declared is not None
    assert judged.claim.declared.value_mg == 120
    assert [s.mass.value_mg for s in judged.claim.sources if s.mass] == [600, 400]


@pytest.mark.parametrize("about", ["~", "about ", "approx. ", "ca. "])
def test_a_mass_given_roundly_accuses_nobody(about: str) -> None:
    name = "Magnesium (from {}1,400 mg magnesium bisglycinate)"
    assert verdict(name.format(""), "200 mg") is Verdict.IMPOSSIBLE
    assert verdict(name.format(about), "200 mg") is Verdict.CONSISTENT
    assert verdict(name.format(about), "300 mg") is Verdict.IMPOSSIBLE


def test_shares_that_add_up_under_from_are_shares() -> None:
    name = "Magnesium (from 100 mg magnesium malate, 100 mg magnesium citrate)"
    assert verdict(name, "200 mg") is Verdict.CANNOT_TELL


def test_a_compound_printed_twice_is_one_compound() -> None:
    twice = {"name": "Magnesium L-threonate", "amount": "2,000 mg"}
    found = result("Magnesium (from 2,000 mg Magtein)", "144 mg", more=[twice])
    assert found.verdict is Verdict.CONSISTENT


def test_a_source_with_its_share_answers_for_its_share_alone() -> None:
    part = {"name": "Magnesium bisglycinate", "amount": "2,000 mg",
            "contains": [{"name": "Magnesium", "amount": "200 mg"}]}  # fmt: skip
    assert verdict("Magnesium", "300 mg", more=[part]) is Verdict.CONSISTENT


def test_what_a_row_holds_of_a_compound_is_its_source() -> None:
    name = "Magnésium (dont 2 000 mg de bisglycinate de magnésium)"
    assert verdict(name, "300 mg", language="fr") is Verdict.IMPOSSIBLE
    assert verdict(name, "280 mg", language="fr") is Verdict.CONSISTENT


def test_a_vitamin_is_no_blend_of_the_minerals_printed_under_it() -> None:
    under = [{"name": CHELATE, "amount": "100 mg"}]
    assert verdict("Vitamin C", "60 mg", contains=under) is Verdict.CANNOT_TELL


def test_a_vitamin_named_like_its_compound_is_still_held_to_its_percent() -> None:
    vitamin = {"name": "Vitamin C", "amount": "90 mg", "percent_dv": "67 %"}
    assert "DV101" in codes(CHELATE, "100 mg", more=[vitamin])
    assert "DV101" not in codes(CHELATE, "100 mg", more=[vitamin | {"percent_dv": "100 %"}])


@pytest.mark.parametrize("product", ["Superior Magnesium Glycinate", "Better Magnesium Glycinate"])
def test_a_boast_in_a_products_name_denies_nothing(product: str) -> None:
    assert verdict("Magnesium", "120 mg", product=product) is Verdict.CANNOT_TELL
    assert verdict("Magnesium", "120 mg", product=f"Magnesium, No {product}") is Verdict.NO_CLAIM


def test_a_comparison_in_a_rows_clause_names_no_source() -> None:
    name = "Magnesium (as magnesium bisglycinate, better absorbed than magnesium oxide)"
    assert verdict(name, "120 mg") is Verdict.CANNOT_TELL
