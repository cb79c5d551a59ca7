"""Label wording to the set of substances it may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.catalogue import names

MAGNESIUM_FAMILIES = [f for f in catalogue.families().values() if f.nutrient == "magnesium"]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Magnesium Bisglycinate", "magnesium-bisglycinate"),
        ("magnesium diglycinate", "magnesium-bisglycinate"),
        ("Magnesium glycinate chelate", "magnesium-bisglycinate"),
        ("TRAACS® Magnesium Bisglycinate Chelate", "magnesium-bisglycinate"),
        ("Albion® chelated magnesium glycinate", "magnesium-bisglycinate"),
        ("Magnesium Lysinate Glycinate Chelate", "magnesium-lysinate-glycinate"),
        ("magnesium glycinate lysinate", "magnesium-lysinate-glycinate"),
        ("Magtein®", "magnesium-l-threonate"),
        ("magnesium L-threonate", "magnesium-l-threonate"),
        ("Di-Magnesium Malate", "dimagnesium-malate"),
        ("zinc glycinate", "zinc-bisglycinate"),
        ("Magnesium oxide - heavy", "magnesium-oxide"),
        ("Vegetable Magnesium Stearate", "magnesium-stearate"),
    ],
)
def test_wordings_of_the_trade_are_understood(text: str, family: str) -> None:
    assert names.resolve(text).family == family


@pytest.mark.parametrize(
    "text",
    [
        "magnesium acetylglycinate",
        "magnesium glycinate glutamine",
        "magnesium bisglycinatte",
        "magnesium lysine",
        "magnesium unobtainate",
    ],
)
def test_a_name_that_is_only_similar_is_unknown(text: str) -> None:
    meaning = names.resolve(text, "magnesium")
    assert (meaning.status, meaning.substances) == ("unknown", ())


def test_an_unknown_name_comes_with_the_nearest_names_of_its_element() -> None:
    near = names.resolve("magnesium bisglycinatte", "magnesium").suggestions
    assert near
    assert near[0] == "magnesium bisglycinate"
    assert all("magnesium" in name for name in near)


@pytest.mark.parametrize("text", ["Aquamin Glow", "coral", "plant based", "seaweed extract"])
def test_a_name_that_is_like_others_only_in_its_element_has_no_suggestion(text: str) -> None:
    assert names.resolve(text, "magnesium").suggestions == ()
    assert names.resolve(f"magnesium {text}", "magnesium").suggestions == ()


def test_a_hydrate_narrows_the_set() -> None:
    every = names.resolve("magnesium bisglycinate").substances
    narrowed = names.resolve("magnesium bisglycinate dihydrate").substances
    assert narrowed == ("magnesium-bisglycinate-dihydrate",)
    assert set(narrowed) < set(every)
    assert names.resolve("anhydrous magnesium bisglycinate").substances == (
        "magnesium-bisglycinate",
    )


def test_a_hydrate_that_is_not_catalogued_is_unknown_not_ignored() -> None:
    assert names.resolve("magnesium oxide heptahydrate").status == "unknown"


def test_a_wording_without_its_element_takes_the_rows() -> None:
    assert names.resolve("bisglycinate", "magnesium").family == "magnesium-bisglycinate"
    assert names.resolve("bisglycinate", "zinc").family == "zinc-bisglycinate"
    assert names.resolve("bisglycinate").status == "unknown"


def test_the_element_that_a_name_says_outranks_the_rows() -> None:
    assert names.resolve("zinc glycinate", "magnesium").nutrient == "zinc"


def test_a_hydrolysed_protein_chelate_has_no_stoichiometry() -> None:
    meaning = names.resolve("magnesium HVP chelate")
    assert (meaning.status, meaning.substances) == ("undefined", ())


def test_a_bare_mark_is_no_substance() -> None:
    meaning = names.resolve("Albion", "magnesium")
    assert (meaning.status, meaning.substances) == ("mark", ())


def test_only_a_positive_word_makes_a_source_buffered() -> None:
    assert names.resolve("magnesium bisglycinate chelate buffered").buffered
    assert not names.resolve("unbuffered magnesium bisglycinate").buffered
    assert not names.resolve("magnesium bisglycinate, non-buffered").buffered


@pytest.mark.parametrize("text", ["Magnesium", "elemental magnesium", "Total Magnesium", "Mg"])
def test_a_row_that_is_the_element_is_recognised(text: str) -> None:
    assert names.nutrient_of(text) == "magnesium"


def test_a_row_that_is_a_compound_is_not_the_element() -> None:
    assert names.nutrient_of("Magnesium oxide") is None


def test_sources_are_found_inside_a_product_name() -> None:
    found = names.find("Zen Magnesium Glycinate & Magnesium Malate 300 mg, 90 caps", "magnesium")
    assert [m.family for m in found] == ["magnesium-bisglycinate", "magnesium-malate"]
    assert names.find("Zen Zinc Glycinate with Magnesium", "magnesium") == ()
    assert names.find("Magnesium Acetylglycinate", "magnesium") == ()


def _wordings() -> list[tuple[str, str]]:
    return [
        (f"magnesium {word}", family.id)
        for family in MAGNESIUM_FAMILIES
        for word in family.words
        if "buffered" not in word
    ]


@pytest.mark.parametrize(("text", "family"), _wordings())
def test_every_wording_of_a_family_means_that_family(text: str, family: str) -> None:
    assert names.resolve(text).family == family


@given(
    st.sampled_from(_wordings()),
    st.sampled_from([str.upper, str.title, str.casefold]),
    st.sampled_from(["®", "™", " (R)", ""]),
    st.sampled_from([" ", "  ", "\u00a0", "-", "\t"]),
)
def test_case_marks_and_spacing_do_not_change_a_meaning(
    wording: tuple[str, str], case: object, mark: str, space: str
) -> None:
    text, family = wording
    changed = str(case(text)).replace(" ", space) + mark  # type: ignore[operator]
    assert names.resolve(changed).family == family


@given(st.sampled_from(_wordings()), st.text("bcdfgjkqvwxz", min_size=4, max_size=9))
def test_a_word_nobody_knows_makes_the_whole_name_unknown(
    wording: tuple[str, str], word: str
) -> None:
    assert names.resolve(f"{wording[0]} {word}").status == "unknown"


@given(st.text(max_size=80))
def test_no_text_crashes_the_reading_of_names(text: str) -> None:
    names.resolve(text, "magnesium")
    names.find(text, "magnesium")
    names.nutrient_of(text)


def test_no_wording_of_the_catalogue_is_longer_than_what_is_searched() -> None:
    wordings = [
        wording
        for family in catalogue.families().values()
        for wording in (*family.words, *family.phrases)
    ]
    assert max(len(wording.split()) for wording in wordings) < names.LONGEST_WORDING


def test_a_name_of_a_hundred_thousand_words_is_no_name() -> None:
    assert names.resolve("magnesium " * 100_000 + "x").status == "unknown"
