from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chelate import units
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.units import Amount, Percent, Unread, mass_mg, parse_target, quantity


def read(text: str, **options: Any) -> Amount:
    amount = units.read_amount(text, **options)
    assert isinstance(amount, Amount), str(amount)
    return amount


def unread(text: str, **options: Any) -> Unread:
    amount = units.read_amount(text, **options)
    assert isinstance(amount, Unread), repr(amount)
    return amount


@pytest.mark.parametrize(
    ("text", "expected_mg"),
    [
        ("200 mg", 200.0),
        ("200mg", 200.0),
        ("5 MG", 5.0),
        ("3,000 mg", 3000.0),
        ("1,000mg", 1000.0),
        ("1 500 mg", 1500.0),
        ("1\u00a0500\u00a0mg", 1500.0),
        ("1\u2009500 mg", 1500.0),
        ("1\u202f500 mg", 1500.0),
        ("1'500 mg", 1500.0),
        ("1.50 g", 1500.0),
        (".5 mg", 0.5),
        ("5g", 5000.0),
        ("2 Gram(s)", 2000.0),
        ("5 gm", 5000.0),
        ("100 milligrams", 100.0),
        ("150 µg", 0.15),
        ("150 μg", 0.15),
        ("150 ug", 0.15),
        ("150 mcg", 0.15),
        ("200 mg elemental", 200.0),
        ("200 mg (elemental) *", 200.0),
        ("200 mg.", 200.0),
        ("1 oz", 28349.523125),
    ],
)
def test_masses_as_labels_write_them(text: str, expected_mg: float) -> None:
    amount = read(text)
    assert (amount.value_mg, amount.kind, amount.operator) == (expected_mg, "mass", "=")


@pytest.mark.parametrize(
    ("text", "unit", "kind", "number"),
    [
        ("10 Billion CFU", "CFU", "count", 10_000_000_000),
        ("5 mEq", "mEq", "equivalents", 5),
        ("3 mmol", "mmol", "substance", 3),
        ("400 IU", "IU", "activity", 400),
        ("400IU(10mcg)", "IU", "activity", 400),
        ("400 I.E.", "IU", "activity", 400),
        ("720 mcg RAE", "mcg RAE", "activity", 720),
        ("200 mcg DFE (120 mcg folic acid)", "mcg DFE", "activity", 200),
        ("16 mg NE", "mg NE", "activity", 16),
        ("5 mL", "mL", "volume", 5),
        ("10 Calorie(s)", "kcal", "energy", 10),
        ("2 Vegetable Capsule(s)", "capsule", "count", 2),
    ],
)
def test_what_is_no_mass_has_no_milligrams(text: str, unit: str, kind: str, number: int) -> None:
    amount = read(text)
    assert amount.unit == unit
    assert str(amount.kind) == kind
    assert amount.number == number
    assert amount.mass_mg is None
    assert amount.value_mg is None


@pytest.mark.parametrize(
    ("text", "reason", "offset"),
    [
        ("2,0000 mg", "not-a-number", 2),
        ("1 60 mg", "not-a-number", 2),
        ("12,34 mg", "not-a-number", 3),
        ("0,500 mg", "not-a-number", 0),
        ("1,500 000 mg", "not-a-number", 0),
        ("1.2.3 mg", "not-a-number", 1),
        ("200. mg", "not-a-number", 3),
        ("--5 mg", "not-a-number", 0),
        ("-5 mg", "not-a-number", 0),
        ("\u22125 mg", "not-a-number", 0),
        ("mg", "not-a-number", 0),
        ("part of 4000mg blend", "not-a-number", 0),
        ("250-240 mg", "not-a-number", 0),
        ("9" * 16 + " mg", "not-a-number", 0),
        ("5 mmg", "unknown-unit", 2),
        ("5 ng", "unknown-unit", 2),
        ("5 gr", "unknown-unit", 2),
        ("5 million mg", "unknown-unit", 10),
        ("100 mg glycine", "unknown-unit", 7),
        ("5", "no-unit", 1),
        ("10 billion", "no-unit", 10),
        ("", "empty", 0),
        ("  ", "empty", 0),
        ("400/200mg", "ambiguous-number", 3),
        ("9 / 13", "ambiguous-number", 2),
        ("400mg (Adults) / 200mg (Ages 4+)", "ambiguous-number", 15),
        ("1.7mg (1 gummy) / 3.4mg (2 gummies)", "ambiguous-number", 16),
        ("1 500 mg 300 mg", "ambiguous-number", 9),
    ],
)
def test_what_cannot_be_read_says_why_and_where(text: str, reason: str, offset: int) -> None:
    found = unread(text)
    assert (found.reason, found.offset) == (reason, offset)
    assert found.text == text


@pytest.mark.parametrize("text", ["NP", "0 NP", "not specified", "Unspecified amount per serving"])
def test_an_amount_that_is_not_printed_is_not_zero(text: str) -> None:
    amount = read(text)
    assert (amount.operator, amount.number, amount.value_mg) == ("not-printed", None, None)
    assert amount.interval.high == float("inf")


@pytest.mark.parametrize(
    ("text", "point", "comma", "unknown"),
    [
        ("1.500 mg", "1.500", "1500", None),
        ("1,500 mg", "1500", "1.500", None),
        ("0.500 mg", "0.500", None, "0.500"),
        ("0,500 mg", None, "0.500", "0.500"),
        ("1,500.5 mg", "1500.5", None, "1500.5"),
        ("1.500,5 mg", None, "1500.5", "1500.5"),
        ("1,500,000 mg", "1500000", None, "1500000"),
        ("1500.500 mg", "1500.500", None, "1500.500"),
        ("12,34 mg", None, "12.34", "12.34"),
        ("2,0000 mg", None, "2.0000", None),
        ("1 500,5 mg", None, "1500.5", "1500.5"),
        ("45.5 mg", "45.5", None, "45.5"),
    ],
)
def test_the_decimal_mark_follows_the_language(
    text: str, point: str | None, comma: str | None, unknown: str | None
) -> None:
    marks: dict[units.DecimalMark, str | None] = {".": point, ",": comma, "?": unknown}
    for mark, expected in marks.items():
        amount = units.read_amount(text, decimal=mark)
        number = str(amount.number) if isinstance(amount, Amount) else None
        assert number == expected, (mark, amount)


def test_in_an_unknown_language_one_mark_before_three_digits_is_ambiguous() -> None:
    assert unread("1.500 mg", decimal="?").reason == "ambiguous-number"


@pytest.mark.parametrize("text", ["240-250 mg", "240–250mg", "240 to 250 mg", "240 mg - 250 mg"])
def test_a_range_spans_what_both_its_numbers_stand_for(text: str) -> None:
    amount = read(text)
    assert amount.mass_mg == Interval(239.5, 250.5)
    assert (amount.number, amount.upper) == (Decimal(240), Decimal(250))
    assert amount.value_mg == 245.0


def test_a_range_in_two_units_is_not_read() -> None:
    assert unread("500 mg - 1 g").reason == "unknown-unit"


def test_less_than_reaches_down_to_nothing() -> None:
    for text in ("<1 g", "< 1 g", "less than 1 g"):
        amount = read(text)
        assert (amount.operator, amount.value_mg) == ("<", None)
        assert amount.mass_mg == Interval(0.0, 1000.0)


def test_brackets_restate_and_the_first_mass_counts() -> None:
    amount = read("25 mcg (1000 IU)")
    assert (amount.value_mg, amount.restated) == (0.025, "1000 IU")
    assert read("2 Gram(s)").restated == ""


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "operator"),
    [
        ("48 %", 48, 47.5, 48.5, "="),
        ("48%", 48, 47.5, 48.5, "="),
        ("48", 48, 47.5, 48.5, "="),
        ("71 % †", 71, 70.5, 71.5, "="),
        ("48% DV", 48, 47.5, 48.5, "="),
        ("1,190%", 1190, 1189.5, 1190.5, "="),
        ("<1 %", 1, 0, 1, "<"),
        ("less than 1%", 1, 0, 1, "<"),
        ("0%", 0, 0, 0.5, "="),
    ],
)
def test_percentages(text: str, value: float, low: float, high: float, operator: str) -> None:
    percent = units.read_percent(text)
    assert isinstance(percent, Percent)
    assert (percent.value, percent.operator) == (value, operator)
    assert percent.interval == Interval(low, high)


@pytest.mark.parametrize(
    "text", ["*", "**", "†", "Daily Value not established", "%  Daily Value not established"]
)
def test_no_reference_value_is_no_percentage(text: str) -> None:
    assert units.read_percent(text) is None


@pytest.mark.parametrize("text", ["", "48 mg", "-3 %", "many", "4 8 %", "48 % 50 %"])
def test_percentages_that_cannot_be_read(text: str) -> None:
    assert isinstance(units.read_percent(text), Unread)


def test_every_spelling_belongs_to_one_unit_and_is_read_alone() -> None:
    import tomllib
    from pathlib import Path

    path = Path(units.__file__).parents[1] / "data" / "units.toml"
    records = tomllib.loads(path.read_text("utf-8"))["unit"]
    spellings = [spelling for record in records for spelling in record["spellings"]]
    assert len(spellings) == len({spelling.lower() for spelling in spellings})
    for record in records:
        for spelling in record["spellings"]:
            for text in (f"5 {spelling}", f"5{spelling.upper()}" if spelling.isascii() else ""):
                if text:
                    assert read(text).unit == record["symbol"], text


@given(st.integers(1, 999_999))
def test_mg_g_and_mcg_spellings_of_one_mass_agree(milligrams: int) -> None:
    number = Decimal(milligrams)
    spellings = [
        f"{milligrams} mg",
        f"{number.scaleb(-3):f} g",
        f"{number.scaleb(3):f} mcg",
        f"{number.scaleb(3):,f} µg",
    ]
    assert {read(text).value_mg for text in spellings} == {float(milligrams)}


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", "\u2009", "'"]))
def test_thousands_marks_do_not_change_the_reading(number: int, mark: str) -> None:
    plain = read(f"{number} mg")
    marked = read(f"{number:,} mg".replace(",", mark))
    assert (marked.value_mg, marked.mass_mg) == (plain.value_mg, plain.mass_mg)


label_text = (
    st.text(alphabet="0123456789.,-–'’ \u00a0\u2009<µmcgIUkNPE%()/*†bilonKıſ²٣\n") | st.text()
)


@given(label_text, st.sampled_from([".", ",", "?"]))
@example("5 mıllıgrams", ".")
@example("5 \u212ag", ".")
@example("(" * 500, "?")
@example("5" + " " * 200_000, ".")
@example("5 mg" + "(" * 200_000, ".")
@example("5 mg" + "()" * 500 + "x", ".")
def test_no_text_crashes_the_reader(text: str, decimal: units.DecimalMark) -> None:
    amount = units.read_amount(text, decimal=decimal)
    if isinstance(amount, Unread):
        assert 0 <= amount.offset <= len(text)
        assert amount.expected
    elif amount.number is not None:
        assert amount.interval.low <= float(amount.number) <= amount.interval.high
    units.read_percent(text, decimal=decimal)


@given(st.decimals("0.001", "99999", places=5))
def test_a_printed_truth_lies_in_its_interval(truth: Decimal) -> None:
    printed = truth.quantize(Decimal(1).scaleb(max(truth.adjusted() - 2, 0)))
    interval = read(f"{printed:f} mg").mass_mg
    assert interval is not None
    assert interval.low <= truth <= interval.high


@pytest.mark.parametrize(
    ("given_mass", "words"),
    [
        ("5 mL", '"5 mL" (a volume), expected a mass such as "1500 mg"'),
        ("400 IU", "an activity"),
        ("-5 mg", "negative"),
        ("0 mg", "above zero"),
        ("2 kg", "more than 1 kg"),
        ("5", 'expected a mass such as "1500 mg"'),
        ("", "expected a mass"),
        ("5 mmg", '"mmg"'),
        ("1,50 mg", "three digits after a thousands mark"),
        ("<1 g", "one mass"),
        ("1-2 g", "one mass"),
        ("NP", "no figure"),
    ],
)
def test_a_dose_that_is_no_mass_is_refused(given_mass: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        mass_mg(given_mass)
    assert words in str(error.value)


def test_quantities_come_in_and_wrong_dimensions_are_named() -> None:
    import pint

    assert mass_mg(quantity(1.5, "g")) == 1500.0
    assert mass_mg(pint.UnitRegistry().Quantity(2, "gram")) == 2000.0
    with pytest.raises(InputError, match=r"5 mL\" \(a volume\), expected a mass"):
        mass_mg("5 mL")
    with pytest.raises(pint.DimensionalityError):
        mass_mg(quantity(5, "mL"))
    for value in (float("nan"), float("inf"), -1.0, 0.0):
        with pytest.raises(InputError, match=r"expected a .*mass"):
            mass_mg(quantity(value, "mg"))
    with pytest.raises(InputError, match="without a unit"):
        mass_mg(1500)  # type: ignore[arg-type]


def test_targets() -> None:
    assert parse_target("200 mg magnesium") == (200.0, "magnesium")
    assert parse_target("3 g of glycine") == (3000.0, "glycine")
    assert parse_target("3,000 mg L-lysine") == (3000.0, "L-lysine")
    for text in ("200 mg", "magnesium", "5 mL magnesium", "-3 g glycine", ""):
        with pytest.raises(InputError):
            parse_target(text)
