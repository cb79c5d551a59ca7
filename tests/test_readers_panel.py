"""Panels as text: what is read of them, where it stands, and what is asked instead of guessed."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate.checker import CheckResult, check
from chelate.findings import InputError, Place
from chelate.models import Label, Row
from chelate.readers.panel import is_panel, label_from
from chelate.readers.panel.columns import headings_of
from chelate.readers.panel.lines import Piece, lines_of
from chelate.readers.panel.rows import rows_of
from chelate.readers.panel.tokens import tokens_of
from chelate.readers.panel.traits import language_of, market_of
from panel_texts import PANELS, Panel


def read(text: str) -> Label:
    return label_from(text, file="panel.txt")


def magnesium_mg(result: CheckResult) -> float | None:
    found = [c for c in result.composition.claims if c.nutrient == "magnesium" and c.declared]
    return round(found[0].declared.value_mg, 6) if found and found[0].declared else None


def asks(result: CheckResult) -> bool:
    """Whether a reader of the report is told that something was not understood."""
    codes = {finding.code[:2] for finding in result.findings}
    return bool(codes & {"IN", "UN"}) or result.verdict.value in ("cannot-tell", "no-claim")


def facts(text: str) -> tuple[Row, ...]:
    return read(f"Sample\nSupplement Facts\nServing Size 2 capsules\n{text}").facts


def fact(text: str) -> Row:
    (row,) = facts(text)
    return row


# Whole panels ---------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_a_panel_is_read_as_a_careful_reader_would(panel: Panel) -> None:
    result = check(read(panel.text))
    found = (result.verdict.value, magnesium_mg(result), result.buffered_declared)
    assert found == (panel.verdict, panel.magnesium_mg, panel.buffered)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_every_text_of_a_panel_s_label_stands_at_the_place_it_names(panel: Panel) -> None:
    label = read(panel.text)
    for path, text in texts_of(label.model_dump(exclude_defaults=True)):
        if path in ("market", "language", "form", "product") or path.endswith("per_day"):
            continue
        bare = re.sub(r"^1 (?=\D)", "", text)
        there = at(panel.text, located(label, path))
        begins = (first_word(bare), first_word(text))
        assert there.startswith(begins), (path, text, there[:40])


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_nothing_that_is_printed_with_a_figure_is_lost(panel: Panel) -> None:
    label = read(panel.text)
    kept = " ".join(text for _, text in texts_of(label.model_dump()))
    lost = [figure for figure in re.findall(r"\d[\d.,]*\d|\d", panel.text) if figure not in kept]
    assert not lost


def texts_of(value: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        return [f for k, v in value.items() for f in texts_of(v, f"{path}.{k}".lstrip("."))]
    if isinstance(value, list | tuple):
        return [f for i, v in enumerate(value) for f in texts_of(v, f"{path}[{i}]")]
    return []


def located(label: Label, path: str) -> Place:
    assert label.origin
    place = label.origin.locate(path)
    assert place
    return place


def at(text: str, place: Place) -> str:
    return text.splitlines()[place.line - 1][place.column - 1 :]


def first_word(text: str) -> str:
    return text.split()[0].rstrip(")]")


# Tokens, rows, columns ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Magnesium (as magnesium oxide) 200mg 48%", "name amount percent"),
        ("Magnesium .......... 200 mg", "name amount"),
        ("Magnesium | 200 mg | - |", "name amount symbol"),
        ("Magnesium\t200\t48", "name number number"),
        ("48% 200 mg Magnesium", "percent amount name"),
        ("Vitamin B 12 500 mcg", "name amount"),
        ("Coenzyme Q 10 100 mg", "name amount"),
        ("Magnesium 300 mg (80 % VNR*)", "name amount percent"),
        ("davon Magnesium 300 mg", "yield amount"),
        ("Magnesium(as magnesium glycinate)200mg48%", "name amount percent"),
    ],
)
def test_a_line_is_taken_apart(line: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokens_of(Piece(line, 0))) == kinds


@pytest.mark.parametrize(
    "amount",
    ["2,0000 mg", "1 60 mg", "2OO mg", "200 ng", "400/200mg", "1.500 mg", "240-250 mg", "<1 g",
     "25 mcg (1000 IU)", "400IU(10mcg)", "720 mcg RAE", "10 Billion CFU", "2 x 100 mg"],
)  # fmt: skip
def test_a_figure_stays_as_it_is_printed(amount: str) -> None:
    assert fact(f"Magnesium (as magnesium citrate) {amount}").amount == amount


@pytest.mark.parametrize("amount", ["2,0000 mg", "1 60 mg", "2OO mg", "200 mmg", "400/200mg"])
def test_a_misprinted_figure_is_a_row_that_asks(amount: str) -> None:
    result = check(read(f"Sample\nSupplement Facts\nMagnesium (as magnesium oxide) {amount} 48%"))
    assert magnesium_mg(result) is None
    assert result.verdict.value == "cannot-tell"
    assert any(amount in finding.message for finding in result.findings)


def test_rows_that_share_a_line_are_told_apart() -> None:
    rows = facts("Magnesium (as oxide) 200 mg 48% Zinc (as zinc oxide) 15 mg 136%")
    assert [(r.name, r.amount, r.percent_dv) for r in rows] == [
        ("Magnesium (as oxide)", "200 mg", "48%"),
        ("Zinc (as zinc oxide)", "15 mg", "136%"),
    ]
    assert [row.title for row in rows_of(Piece("200 mg magnesium, 15 mg zinc", 0))] == [
        "magnesium",
        "zinc",
    ]


def test_amounts_for_others_stand_beside_the_first() -> None:
    row = fact("Magnesium (as magnesium citrate) 400mg (Adults) / 200mg (Ages 4+)")
    assert (row.amount, row.also) == ("400mg (Adults)", ("200mg (Ages 4+)",))


def test_amounts_without_columns_are_asked_about() -> None:
    label = read("Sample\nSupplement Facts\nMagnesium (as oxide) 100 mg 24% 200 mg 48%")
    assert label.facts[0].amount is None
    assert label.facts[0].also == ("100 mg", "200 mg", "24%", "48%")
    assert label.unread == ("Magnesium (as oxide) 100 mg 24% 200 mg 48%",)


def test_a_clause_on_its_own_line_belongs_to_the_row_before_it() -> None:
    row = fact("Magnesium 200 mg 50%\n(from 2,000 mg magnesium lysinate glycinate chelate)")
    (source,) = row.sources
    assert (source.name, source.amount) == ("magnesium lysinate glycinate chelate", "2,000 mg")


def test_the_element_of_a_compound_is_a_row_under_it() -> None:
    row = fact("Magnesium Bisglycinate 1500 mg of which Magnesium 210 mg 50%")
    assert (row.name, row.amount, row.percent_dv) == ("Magnesium Bisglycinate", "1500 mg", None)
    (element,) = row.contains
    assert (element.name, element.amount, element.percent_dv) == ("Magnesium", "210 mg", "50%")


def test_shares_of_the_element_stand_with_their_sources() -> None:
    row = fact("Magnesium 375 mg\nof which from magnesium oxide 300 mg")
    assert [(s.name, s.amount, s.elemental) for s in row.sources] == [
        ("magnesium oxide", None, "300 mg")
    ]


def test_a_blend_holds_the_names_under_it_and_the_rows_that_add_up_to_it() -> None:
    listed, after = facts("Night Blend 3,000 mg †\nTaurine, L-Theanine\nZinc (as oxide) 5 mg 45%")
    assert [member.name for member in listed.contains] == ["Taurine", "L-Theanine"]
    assert after.name == "Zinc (as oxide)"
    (summed,) = facts(
        "Magnesium Blend 1,500 mg\nMagnesium glycinate 900 mg\nMagnesium oxide 600 mg"
    )
    assert [member.amount for member in summed.contains] == ["900 mg", "600 mg"]
    assert len(facts("Magnesium Blend 1,500 mg\nMagnesium oxide 900 mg\nZinc 500 mg")) == 3


def test_an_indented_row_of_another_mineral_stands_for_itself() -> None:
    assert [row.name for row in facts("Magnesium 200 mg\n    Zinc 15 mg")] == ["Magnesium", "Zinc"]


def test_names_in_a_column_of_their_own_get_no_figure() -> None:
    label = read("Sample\nSupplement Facts\nMagnesium\nZinc\n200 mg\n15 mg")
    assert [row.amount for row in label.facts] == [None, None]
    assert label.unread == ("200 mg", "15 mg")


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Amount Per Serving   % Daily Value", ["amount", "percent"]),
        ("Ingredient | Amount | NRV % |", ["name", "amount", "percent"]),
        ("Each level teaspoon (3 g) contains:", ["amount"]),
        ("1 Kapsel enthält:", ["amount"]),
        ("pro Kapsel  pro Tagesdosis (2 Kapseln)  NRV*", ["amount", "amount", "percent"]),
        ("Par dose journalière (3 gélules)\t% VNR", ["amount", "percent"]),
        ("% DV per serving", ["percent"]),
    ],
)
def test_headings_of_columns(line: str, kinds: list[str]) -> None:
    found = headings_of(Piece(line, 0))
    assert found
    assert [column.kind for column in found[0]] == kinds


def test_the_column_of_the_stated_serving_is_taken() -> None:
    text = "Sample\nServing size 2 capsules\n | per 100 g | per capsule | per 2 capsules\n"
    label = read(text + "Magnesium (as citrate) | 10 g | 100 mg | 200 mg")
    assert (label.facts[0].amount, label.facts[0].also) == ("200 mg", ("10 g", "100 mg"))
    assert label.serving.size == "2 capsules"
    assert label.serving.others == ("100 g", "1 capsule")


def test_amounts_per_capsule_are_not_taken_for_the_serving_of_two() -> None:
    label = read("Sample\nServing Size: 2 capsules\nAmount per capsule\nMagnesium 100 mg 24%")
    assert (label.serving.size, label.serving.others) == ("1 capsule", ("2 capsules",))


@pytest.mark.parametrize(
    ("line", "size", "weight"),
    [
        ("Serving Size 1 scoop (2.4 g)", "1 scoop (2.4 g)", "2.4 g"),
        ("Serving Size\n1 Tablet", "1 Tablet", None),
        ("Each Vegetarian Capsule Contains:", "1 Vegetarian Capsule", None),
        ("Each Serving (2.4 g) Contains:", "1 Serving (2.4 g)", "2.4 g"),
        ("Pro Tagesdosis (2 Kapseln)", "2 Kapseln", None),
        ("Pro Tagesdosis\n2 Kapseln", "2 Kapseln", None),
        ("pour 3 gélules", "3 gélules", None),
        ("Portionsgröße: 1 Messlöffel (5 g)", "1 Messlöffel (5 g)", "5 g"),
    ],
)
def test_servings(line: str, size: str, weight: str | None) -> None:
    serving = read(f"Sample\n{line}\nMagnesium 200 mg").serving
    assert (serving.size, serving.weight) == (size, weight)


def test_sizes_for_others_and_times_a_day_stand_apart() -> None:
    def serving(text: str) -> tuple[str | None, tuple[str, ...], str | None]:
        found = read(f"Sample\nServing Size: {text}\nMagnesium 100 mg").serving
        return found.size, found.others, found.per_day

    assert serving("1-2 gummies, 3 times daily") == ("1-2 gummies", (), "3")
    assert serving("1 gummy (ages 4+), 2 gummies daily") == (
        "1 gummy (ages 4+)",
        ("2 gummies daily",),
        None,
    )


def test_a_total_for_other_units_than_the_serving_is_not_taken_for_it() -> None:
    label = read(
        "Active ingredient (in each caplet)\nMagnesium Oxide 500 mg\n"
        "Supplement Facts\nServing Size\n2 Caplets\nMagnesium (as magnesium oxide) 600 mg 143%"
    )
    compound, element = label.facts
    assert (compound.amount, compound.also, element.amount) == (None, ("500 mg",), "600 mg")
    assert label.unread == ("Magnesium Oxide 500 mg",)


def test_an_element_that_no_compound_stands_before_is_a_row() -> None:
    assert facts("Providing Elemental Magnesium: 70.8 mg 17%")[0].amount == "70.8 mg"


@pytest.mark.parametrize("amount", ["not specified", "part of 4000 mg", "9 / 13"])
def test_what_gives_no_amount_of_the_row_is_kept_and_gives_none(amount: str) -> None:
    label = read(f"Sample\nSupplement Facts\nMagnesium (as oxide) {amount}")
    assert label.facts[0].amount == amount
    assert magnesium_mg(check(label)) is None


def test_a_dose_line_carries_serving_and_composition() -> None:
    label = read(
        "Pulver\n2x täglich 1 Messlöffel (ca. 1 g Magnesiumcitrat, davon 109 mg Magnesium)"
    )
    assert (label.serving.size, label.serving.per_day) == ("1 Messlöffel", "2")
    assert (label.facts[0].name, label.facts[0].amount) == ("Magnesiumcitrat", "1 g")
    assert label.facts[0].contains[0].amount == "109 mg"


# Ingredients and statements -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Other Ingredients: gelatin, rice flour. Contains no magnesium oxide.",
        "Other Ingredients\ngelatin, rice flour\nBetter absorbed than magnesium oxide",
        "Other Ingredients:\ngelatin\nrice flour\nIs better absorbed than magnesium oxide",
        "Inactive ingredients gelatin,\nrice flour\n* Not magnesium oxide",
        "Non-Medicinal Ingredients\ngelatin, rice flour.\n6.0x greater than magnesium oxide",
        "Weitere Zutaten: gelatin, rice flour\nBesser verträglich als Magnesiumoxid, ohne Zusätze",
    ],
)
def test_what_is_said_after_the_ingredients_is_no_ingredient(text: str) -> None:
    label = read(f"Sample\nSupplement Facts\nMagnesium (as citrate) 200 mg\n{text}")
    assert label.other_ingredients == ("gelatin", "rice flour")
    assert "oxid" in label.statements[-1]


def test_an_ingredient_wrapped_over_two_lines_is_one() -> None:
    text = (
        "Sample\nSupplement Facts\nMagnesium 200 mg\nOther ingredients: silica, magnesium\nstearate"
    )
    assert read(text).other_ingredients == ("silica", "magnesium stearate")


def test_front_lines_are_product_brand_and_statements() -> None:
    label = read("Oar\nPlain Magnesium\n120 capsules\n- Calm\nSupplement Facts\nMagnesium 200 mg")
    assert (label.product, label.brand) == ("Plain Magnesium", "Oar")
    assert label.statements == ("120 capsules", "Calm")


def test_a_line_of_the_panel_that_is_not_understood_is_kept() -> None:
    label = read("Sample\nSupplement Facts\nMagnesium 200 mg 48%\n12 34")
    assert label.unread == ("12 34",)
    assert "IN105" in {finding.code for finding in check(label).findings}


@pytest.mark.parametrize(
    ("text", "language", "market"),
    [
        ("Supplement Facts\nServing Size 2 capsules", "en", "US"),
        ("Nährwertangaben pro Tagesdosis\n% NRV", "de", "EU"),
        ("Pour 3 gélules, dont magnésium", "fr", "EU"),
        ("Información por dosis diaria, de los cuales magnesio", "es", "EU"),
        ("per dose giornaliera (2 compresse), di cui magnesio", "it", "EU"),
        ("Medicinal Ingredients\nEach capsule contains", "en", "CA"),
        ("AUST L 12345\nEach tablet contains", "en", "AU"),
        ("each tablet contains 40 % NRV", "en", "EU"),
    ],
)
def test_language_and_market_are_told_by_words(text: str, language: str, market: str) -> None:
    assert language_of(text) == language
    assert market_of(text, language) == market


def test_where_no_word_tells_the_language_a_doubtful_number_is_asked_about() -> None:
    label = read("Magnesium 1.500 mg")
    assert label.language == "und"
    assert magnesium_mg(check(label)) is None


def test_is_panel() -> None:
    assert is_panel("Zinc 15 mg")
    assert is_panel("Serving size: 1 scoop")
    assert not is_panel("Dear Sir or Madam,\nyours faithfully")


# Properties -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """A row as it may be printed, and its parts."""

    name: str
    source: str
    amount: str
    percent: str


ROWS = [
    Printed("Magnesium", "as magnesium bisglycinate", "200 mg", "48%"),
    Printed("Magnesium", "from 1,420 mg magnesium bisglycinate", "200 mg", "48%"),
    Printed("Magnesium", "from 1,000 mg magnesium bisglycinate", "180 mg", "43%"),
    Printed("Magnesium", "as magnesium oxide", "250 mg", "60%"),
    Printed("Magnesium", "as magnesium bisglycinate chelate buffered", "300 mg", "71%"),
]
OTHERS = [
    Printed("Zinc", "as zinc picolinate", "15 mg", "136%"),
    Printed("Vitamin B6", "as pyridoxine hydrochloride", "1.7 mg", "100%"),
    Printed("Calcium", "as calcium carbonate", "130 mg", "10%"),
]
SEPARATORS = ["  ", "\t", " | ", " ..... ", "   ", " . . . . ", " … ", "\t|\t"]
HEAD = "Sample\nSupplement Facts\nServing Size 2 capsules\n"

rows = st.sampled_from(ROWS)
separators = st.sampled_from(SEPARATORS)


def panel(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\nOther ingredients: hypromellose, rice flour\n"


def line_of(row: Printed, separator: str = "  ") -> str:
    return separator.join((f"{row.name} ({row.source})", row.amount, row.percent))


def reading(text: str) -> tuple[str, float | None, bool]:
    result = check(read(text))
    return result.verdict.value, magnesium_mg(result), result.buffered_declared


def same_or_asks(text: str, base: str) -> bool:
    """Whether a text reads as the other does, or asks; another magnesium is never silent."""
    result = check(read(text))
    found = (result.verdict.value, magnesium_mg(result), result.buffered_declared)
    return found == reading(base) or (asks(result) and found[1] in (None, reading(base)[1]))


@given(rows, st.permutations(OTHERS), st.integers(0, 3))
def test_permuting_independent_rows_changes_nothing(
    row: Printed, others: list[Printed], index: int
) -> None:
    lines = [line_of(other) for other in others]
    lines.insert(index, line_of(row))
    assert reading(panel(*lines)) == reading(panel(line_of(row), *map(line_of, OTHERS)))


@given(rows, separators, st.sampled_from(OTHERS))
def test_the_separator_between_cells_changes_nothing(
    row: Printed, separator: str, other: Printed
) -> None:
    text = panel(line_of(row, separator), line_of(other, separator))
    assert reading(text) == reading(panel(line_of(row), line_of(other)))


@given(rows, st.permutations(range(3)), separators)
def test_the_order_of_name_amount_and_percent_changes_nothing(
    row: Printed, order: list[int], separator: str
) -> None:
    parts = (f"{row.name} ({row.source})", row.amount, row.percent)
    assert reading(panel(separator.join(parts[i] for i in order))) == reading(panel(line_of(row)))


@given(rows, st.data())
def test_wrapping_a_row_over_lines_changes_nothing_or_asks(row: Printed, data: Any) -> None:
    line = line_of(row, " ")
    gaps = [index for index, char in enumerate(line) if char == " "]
    breaks = data.draw(st.sets(st.sampled_from(gaps), max_size=5))
    wrapped = "".join("\n" if i in breaks else char for i, char in enumerate(line))
    base = panel(line, line_of(OTHERS[0]))
    assert same_or_asks(panel(wrapped, line_of(OTHERS[0])), base), wrapped


@given(rows, st.lists(st.booleans(), min_size=3, max_size=3))
def test_name_amount_and_percent_on_lines_of_their_own_change_nothing(
    row: Printed, headed: list[bool]
) -> None:
    heads = ["Amount per Serving", "% Daily value", ""]
    parts = [f"{row.name} ({row.source})", row.amount, row.percent]
    lines = [f"{p}\n{h}" if on and h else p for p, h, on in zip(parts, heads, headed, strict=True)]
    assert reading(panel(*lines)) == reading(panel(line_of(row)))


@given(rows, separators)
def test_dropping_the_brackets_changes_nothing_or_asks(row: Printed, separator: str) -> None:
    bare = separator.join((f"{row.name} {row.source}", row.amount, row.percent))
    assert same_or_asks(panel(bare), panel(line_of(row)))


@given(rows)
def test_losing_one_bracket_changes_nothing_or_asks(row: Printed) -> None:
    line = line_of(row)
    for mark in "()":
        assert same_or_asks(panel(line.replace(mark, "")), panel(line))


@given(rows, st.sampled_from([str.upper, str.lower, str.title]))
def test_upper_and_lower_case_change_nothing(row: Printed, change: Any) -> None:
    text = panel(line_of(row), line_of(OTHERS[0]))
    assert reading(change(text)) == reading(text)


@given(st.integers(1000, 9999), st.sampled_from([",", "", " ", "\u00a0", "\u202f"]), st.booleans())
def test_milligrams_and_grams_and_thousands_marks_say_the_same(
    mass_mg: int, mark: str, grams: bool
) -> None:
    plain = f"{mass_mg} mg"
    printed = f"{mass_mg // 1000}{mark}{mass_mg % 1000:03d} mg"
    shown = f"{mass_mg / 1000:.3f} g" if grams else printed
    lines = [f"Magnesium Bisglycinate {m}\nof which Magnesium 99 mg 24%" for m in (shown, plain)]
    assert reading(panel(lines[0])) == reading(panel(lines[1]))


TRANSLATED = {
    "en": (
        "Magnesium (from {mass} magnesium citrate)",
        "of which magnesium",
        "Each capsule contains",
        ".",
    ),
    "de": ("Magnesium (aus {mass} Magnesiumcitrat)", "davon Magnesium", "1 Kapsel enthält", ","),
    "fr": ("Magnésium (issu de {mass} citrate de magnésium)", "dont magnésium", "Par gélule", ","),
    "es": (
        "Magnesio (a partir de {mass} citrato de magnesio)",
        "de los cuales magnesio",
        "Por cápsula",
        ",",
    ),
    "it": ("Magnesio (da {mass} citrato di magnesio)", "di cui magnesio", "Per capsula", ","),
}
COMPOUNDS = {
    "en": "Magnesium citrate", "de": "Magnesiumcitrat", "fr": "Citrate de magnésium",
    "es": "Citrato de magnesio", "it": "Citrato di magnesio",
}  # fmt: skip


@given(st.sampled_from(list(TRANSLATED)), st.integers(600, 1900), st.sampled_from([95, 150, 210]))
def test_translating_the_clause_words_changes_nothing(
    language: str, mass: int, element: int
) -> None:
    def texts(lang: str) -> list[str]:
        clause, part, head, _ = TRANSLATED[lang]
        return [
            f"Sample\n{head}:\n{clause.format(mass=f'{mass} mg')} {element} mg\n",
            f"Sample\n{head}:\n{COMPOUNDS[lang]} {mass} mg\n{part} {element} mg\n",
            f"Sample\n{head}:\n{COMPOUNDS[lang]} {mass} mg, {part} {element} mg\n",
        ]

    assert [reading(t) for t in texts(language)] == [reading(t) for t in texts("en")]


@given(
    st.text(
        alphabet="Mg magnesium()[]|\t\n.,0123456789%*†-/:;<as from of which mg blend", max_size=300
    )
)
def test_no_text_made_of_panel_words_breaks_the_reader(text: str) -> None:
    assume(text.strip())
    label = read(HEAD + text)
    assert label.origin
    check(label)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    if not text.strip():
        with pytest.raises(InputError):
            read(text)
        return
    assert isinstance(read(text), Label)


@given(st.text(alphabet="ab \t\r\n\u2028", max_size=80))
def test_every_line_is_a_stretch_of_the_text(text: str) -> None:
    for line in lines_of(text):
        assert text[line.piece.start : line.piece.end] == line.text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "(" * 1_000_000,
        HEAD + "Magnesium " + "()" * 500_000 + " 200 mg",
        "magnesium oxide 200 mg 48% " * 400_000,
        "1 " * 5_000_000,
        HEAD + "Other ingredients: " + "silica, " * 1_250_000,
        HEAD + ("1 " * 450 + "\n") * 100,
        HEAD + ("(" * 990 + "\n") * 100,
        HEAD + ("as " * 300 + "\n") * 100,
        HEAD + "Magnesium 1 mg\n" * 1500,
        HEAD + "x\n" * 1_000_000,
    ],
    ids=["brackets", "pairs", "ten-megabytes", "digits", "list", "digit-lines", "bracket-lines",
         "clauses", "rows", "lines"],
)  # fmt: skip
def test_hostile_text_takes_seconds(text: str) -> None:
    start = time.process_time()
    with contextlib.suppress(InputError):
        check(read(text))
    assert time.process_time() - start < 8


@pytest.mark.parametrize("text", [HEAD + "x\n" * 10_000, HEAD + "zinc 1 mg\n" * 3_000])
def test_more_than_any_label_has_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="too much in the text for one label"):
        read(text)


def test_a_line_longer_than_any_row_is_kept_unread() -> None:
    label = read(HEAD + "Magnesium 200 mg " * 100)
    assert label.facts == ()
    assert len(label.unread) == 1


# What belongs to which row ---------------------------------------------------------------------


def test_a_clause_above_no_row_is_kept_as_unread() -> None:
    label = read("Supplement Facts\nServing Size 1 tablet\n(from 2 g magnesium malate)\n")
    assert list(label.unread) == ["(from 2 g magnesium malate)"]


def test_figures_under_a_column_of_names_are_nobody_s() -> None:
    rows = facts("Magnesium (as oxide)\nZinc (as oxide)\n300 mg 71%\n15 mg 136%")
    assert [row.amount for row in rows] == [None, None]


def test_what_a_compound_is_with_stands_under_it() -> None:
    row = fact("Magnesium citrate 500 mg with 80 mg magnesium")
    assert (row.name, row.amount) == ("Magnesium citrate", "500 mg")
    assert [(child.name, child.amount) for child in row.contains] == [("magnesium", "80 mg")]


def test_an_amount_for_another_serving_than_the_label_s_is_not_taken() -> None:
    label = read("Serving Size 2 capsules\nZinc (as zinc oxide) 5 mg per capsule\n")
    assert (label.facts[0].amount, label.facts[0].also) == (None, ("5 mg",))
    assert label.unread


def test_an_amount_for_the_label_s_serving_is_taken() -> None:
    label = read("Serving Size 2 capsules\nZinc (as zinc oxide) 5 mg per 2 capsules\n")
    assert (label.facts[0].name, label.facts[0].amount) == ("Zinc (as zinc oxide)", "5 mg")


def test_half_a_spoon_is_one_size_and_a_slash_parts_two() -> None:
    half = read("Serving Size: 1/2 tsp (2.5 g)\nZinc 5 mg").serving
    two = read("Serving Size: 2 capsules/1 scoop\nZinc 5 mg").serving
    assert (half.size, half.weight) == ("1/2 tsp (2.5 g)", "2.5 g")
    assert two.size == "2 capsules"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("je 100 g: Magnesium 8 g\nje Portion (5 g): Magnesium 400 mg\n", "100 g"),
        (
            "Per capsule: Magnesium 100 mg\nPer serving (2 capsules): Magnesium 200 mg\n",
            "1 capsule",
        ),
    ],
)
def test_servings_on_lines_of_their_own_are_not_added_up(text: str, other: str) -> None:
    label = read(text)
    amounts = [row.amount for row in label.facts]
    assert amounts[0] is None
    assert amounts[1] in ("400 mg", "200 mg")
    assert label.unread
    assert label.serving.others == (other,)


def test_a_sentence_among_the_directions_opens_no_panel() -> None:
    row = "Serving Size 2 capsules\nMagnesium (as magnesium glycinate) 200 mg"
    said = "Each capsule provides 100 mg of magnesium."
    label = read(f"{row}\nDirections: take 2 capsules daily.\n{said}")
    assert [row.amount for row in label.facts] == ["200 mg"]
    assert said in label.statements


PERCENT_ROW = "Magnesium (as magnesium bisglycinate) 200 mg 48%"


@pytest.mark.parametrize(
    "text",
    [
        f"{PERCENT_ROW}\nServing Size: 2 capsules\nZinc (as zinc oxide) 15 mg 136%",
        f"Mag Plus\n{PERCENT_ROW}\nZinc (as zinc oxide) 15 mg 136%\nServing Size: 2 capsules",
        "Magnesium (as magnesium bisglycinate)\n200 mg\n48%\nZinc (as zinc oxide)\n15 mg\n136%",
    ],
)
def test_rows_are_rows_wherever_the_serving_stands(text: str) -> None:
    assert [row.amount for row in read(text).facts] == ["200 mg", "15 mg"]


def test_a_heading_for_one_capsule_on_a_rows_own_line_holds_for_that_line() -> None:
    each = "Each capsule contains 500 mg magnesium bisglycinate"
    text = f"Serving Size 4 capsules\n{each}\n{PERCENT_ROW}"
    label = read(text)
    assert label.serving.size == "4 capsules"
    assert label.unread == ("500 mg magnesium bisglycinate",)
    assert check(label).verdict == "cannot-tell"


def test_a_concentration_is_no_amount_of_a_serving() -> None:
    label = read("Supplement Facts\nZinc (as zinc oxide) 15 mg\nMagnesium (as oxide) 3 mg/kg")
    assert [row.amount for row in label.facts if row.amount] == ["15 mg"]
