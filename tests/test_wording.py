"""The grammar of a printed name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import wording


def _items(text: str) -> list[tuple[str, str, str | None]]:
    return [(item.relation, item.text, item.amount) for item in wording.parse(text).items]


@pytest.mark.parametrize(
    ("text", "head", "items"),
    [
        ("Magnesium", "Magnesium", []),
        ("Magnesium (as magnesium oxide)", "Magnesium", [("source", "magnesium oxide", None)]),
        (
            "Magnesium (from 2,000 mg magnesium lysinate glycinate chelate)",
            "Magnesium",
            [("source", "magnesium lysinate glycinate chelate", "2,000 mg")],
        ),
        (
            "Magnesium glycinate 1,000 mg (providing 141 mg elemental magnesium)",
            "Magnesium glycinate",
            [("yield", "elemental magnesium", "141 mg")],
        ),
        (
            "Magnesium (as magnesium citrate/malate)",
            "Magnesium",
            [("source", "magnesium citrate", None), ("source", "malate", None)],
        ),
        ("of which Magnesium", "", [("yield", "Magnesium", None)]),
        (
            "Magnesium (elemental) from Magnesium Oxide",
            "Magnesium",
            [("source", "Magnesium Oxide", None), ("bracket", "elemental", None)],
        ),
        (
            "Magnesium (as magnesium bisglycinate chelate buffered with magnesium oxide)",
            "Magnesium",
            [
                ("source", "magnesium bisglycinate chelate buffered", None),
                ("source", "magnesium oxide", None),
            ],
        ),
        (
            "Calcium (from 389mg Calcium Bisglycinate (TRAACS®), 48mg Di-Calcium Phosphate)",
            "Calcium",
            [
                ("source", "Calcium Bisglycinate (TRAACS®)", "389mg"),
                ("source", "Di-Calcium Phosphate", "48mg"),
            ],
        ),
        ("Magnesium (as oxide", "Magnesium", [("source", "oxide", None)]),
        ("Biotin) odd", "Biotin) odd", []),
    ],
)
def test_a_name_is_taken_apart(text: str, head: str, items: list[object]) -> None:
    assert wording.parse(text).head.text == head
    assert _items(text) == items


def test_a_head_keeps_the_mass_printed_with_it() -> None:
    head = wording.parse("Magnesium Oxide 420 mg").head
    assert (head.text, head.amount) == ("Magnesium Oxide", "420 mg")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("FD&C Blue No. 1, D&C Red No. 7", ["FD&C Blue No. 1", "D&C Red No. 7"]),
        ("calcium & zinc", ["calcium", "zinc"]),
        ("calcium&zinc", ["calcium", "zinc"]),
        ("culture 9 B CFU/g, silica/talc", ["culture 9 B CFU/g", "silica", "talc"]),
        ("vitamin D 100,000 IU/g", ["vitamin D 100,000 IU/g"]),
        ("glycinate/G-blend", ["glycinate", "G-blend"]),
    ],
)  # fmt: skip
def test_signs_inside_a_name_do_not_split_it(text: str, items: list[str]) -> None:
    assert [item.text for item in wording.split_list(text)] == items


def test_a_list_is_split_outside_brackets_and_numbers() -> None:
    text = "Capsule (gum [cellulose], water), cellulose; silica and stearate 1,000 mg."
    assert [item.text for item in wording.split_list(text)] == [
        "Capsule (gum [cellulose], water)",
        "cellulose",
        "silica",
        "stearate 1,000 mg",
    ]


NAMES = st.sampled_from(["magnesium oxide", "zinc citrate", "magnesium L-threonate"])


@given(st.lists(NAMES, min_size=1, max_size=4), st.sampled_from([", ", "; ", " and ", " + "]))
def test_the_separator_does_not_change_the_items(sources: list[str], separator: str) -> None:
    phrase = wording.parse(f"Minerals (as {separator.join(sources)})")
    assert [item.text for item in phrase.of("source")] == sources


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_every_offset_points_at_its_item(sources: list[str]) -> None:
    text = f"Minerals (as {', '.join(sources)})"
    for item in wording.parse(text).items:
        assert text[item.offset :].startswith(item.text)


@given(st.text("ab()[]{},;/&0123456789. mgas", max_size=60))
def test_no_text_crashes_the_grammar(text: str) -> None:
    wording.parse(text)
    wording.split_list(text)


@pytest.mark.parametrize("piece", ["(", ")", " ", "a,", "1", "1 mg a (as ", "oxide ", "1.", " and"])
def test_a_hundred_thousand_of_anything_are_read_at_once(piece: str) -> None:
    """Quadratic work would take minutes here."""
    wording.parse(piece * 100_000)
    wording.split_list(piece * 100_000)


def test_an_article_before_a_mass_is_no_part_of_the_name() -> None:
    (item,) = wording.parse("Magnesio (de 1000 mg de malato de magnesio)").items
    assert (item.text, item.amount) == ("malato de magnesio", "1000 mg")


def test_a_mass_after_a_comma_is_that_of_the_item_before_it() -> None:
    (item,) = wording.parse("Magnésium (sous forme d'oxyde de magnésium, 415 mg)").items
    assert (item.text, item.amount) == ("oxyde de magnésium", "415 mg")
