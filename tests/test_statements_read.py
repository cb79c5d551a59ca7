"""What a label says beside its claims: exact ends, moieties, order, bounds, rests of blends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chelate import readers
from chelate.composition import (
    Claim,
    Composition,
    DeclaredMoiety,
    Printed,
    compose,
    exact_ends,
    exact_mg,
)
from chelate.composition.amounts import Reading, read_mass
from chelate.intervals import Interval
from chelate.models import Label
from chelate.units import Amount, DecimalMark, read_amount

Fact = Mapping[str, object]
LABELS = Path(__file__).parent.parent / "labels"
NUMBERS = st.from_regex(r"[0-9]{1,6}([.,' ][0-9]{1,4}){0,2}", fullmatch=True)
UNITS = st.sampled_from(["mg", "MG", "g", "grams", "mcg", "µg", "kg", "oz", "mg(s)"])
MOLES = st.sampled_from(["mmol", "mEq", "million mmol", "mval"])
MARKS: st.SearchStrategy[DecimalMark] = st.sampled_from([".", ",", "?"])
BEFORE = st.sampled_from(["", "<", "less than ", "240-", "0.5 to "])


def composed(*facts: Fact, **label: object) -> Composition:
    return compose(Label(product="Sample", facts=facts, **label))


def claim_of(name: str, **label: object) -> Claim:
    return composed({"name": name, "amount": "200 mg"}, **label).claims[0]


def moiety_of(*facts: Fact) -> DeclaredMoiety:
    (found,) = composed(*facts).moieties
    return found


def printed_in(value: Any) -> Iterator[Printed]:
    """Every printed amount inside a value."""
    if isinstance(value, Printed):
        yield value
    if isinstance(value, tuple):
        for inner in value:
            yield from printed_in(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from printed_in(getattr(value, field.name))


def agrees(printed: Printed) -> bool:
    ends = exact_ends(printed)
    mass = printed.interval_mg
    return ends is not None and same(ends, mass)


def same(ends: tuple[Fraction, Fraction], mass: Interval) -> bool:
    low, high = map(float, ends)
    return (low, high) == pytest.approx((mass.low, mass.high), rel=1e-12, abs=0)


# Exact ends


@given(BEFORE, NUMBERS, UNITS, MARKS)
@example("", "1.500", "g", ",")
@example("", "1,112", "mg", ".")
def test_exact_ends_of_a_mass_are_those_of_its_interval(
    before: str, number: str, unit: str, mark: DecimalMark
) -> None:
    text = f"{before}{number} {unit}"
    read = read_amount(text, decimal=mark)
    if isinstance(read, Amount):
        assert read.mass_mg is not None
        assert same(exact_mg(text, mark) or (Fraction(-1),) * 2, read.mass_mg)
    else:
        assert exact_mg(text, mark) is None


@given(st.sampled_from(["", "about ", "ca. ", "~"]), NUMBERS, UNITS | MOLES, MARKS)
@example("", "10", "million mmol", ".")
def test_every_printed_amount_can_be_recomputed_from_its_text(
    roughly: str, number: str, unit: str, mark: DecimalMark
) -> None:
    printed = read_mass(
        f"{roughly}{number} {unit}", "facts[0].amount", Reading(mark), nutrient="magnesium"
    )
    assume(printed is not None)
    assert printed is not None
    assert agrees(printed)


@pytest.mark.parametrize("path", sorted(LABELS.iterdir()), ids=lambda path: path.name)
def test_every_printed_amount_of_the_example_labels_can_be_recomputed(path: Path) -> None:
    for label in readers.read_labels(path):
        composition = compose(label)
        assert all(agrees(printed) for printed in printed_in(composition))


def test_moles_and_equivalents_are_masses_of_an_element_alone() -> None:
    assert exact_mg("10.0 mmol", nutrient="magnesium") == (
        Fraction("9.95") * Fraction("24.305"),
        Fraction("10.05") * Fraction("24.305"),
    )
    assert exact_mg("10.0 mEq", nutrient="magnesium") == (
        Fraction("9.95") * Fraction("24.305") / 2,
        Fraction("10.05") * Fraction("24.305") / 2,
    )
    assert exact_mg("10 mmol") is None
    assert exact_mg("10 mmol", nutrient="vitamin-c") is None


@pytest.mark.parametrize("text", ["400 IU", "5 billion CFU", "2 capsules", "n/a", "", "200"])
def test_what_is_no_mass_has_no_ends(text: str) -> None:
    assert exact_mg(text, nutrient="magnesium") is None


def test_a_mark_settled_by_percent_is_kept_with_the_amount() -> None:
    row = {"name": "Magnesium (as magnesium oxide)", "amount": "0.250 g", "percent_dv": "60 %"}
    (claim,) = composed(row).claims
    assert claim.declared is not None
    assert claim.declared.decimal == "."
    (claim,) = composed({**row, "amount": "1.500 mg", "percent_dv": "357 %"}).claims
    assert claim.declared is not None
    assert claim.declared.decimal == ","
    assert exact_ends(claim.declared) == (Fraction(1495), Fraction(1505))


def test_an_amount_given_roundly_stays_wide_where_its_mark_is_settled() -> None:
    row = {"name": "Magnesium", "amount": "about 1.500 mg", "percent_dv": "357 %"}
    declared = composed(row).claims[0].declared
    assert declared is not None
    assert exact_ends(declared) == (Fraction(1495) * 9 / 10, Fraction(1505) * 11 / 10)


def test_a_sum_of_printed_amounts_is_summed_exactly() -> None:
    pairs = [
        {"name": name, "amount": "1 g", "contains": [{"name": "Magnesium", "amount": share}]}
        for name, share in (("Magnesium citrate", "100 mg"), ("Magnesium malate", "101 mg"))
    ]
    declared = composed(*pairs).claims[0].declared
    assert declared is not None
    assert [part.text for part in declared.parts] == ["100 mg", "101 mg"]
    assert exact_ends(declared) == (Fraction(200), Fraction(202))
    assert hash(declared)
    (alone,) = composed(pairs[0]).claims
    assert alone.declared is alone.sources[0].share


# Moieties

GLYCINE = {"name": "Glycine", "amount": "1,235 mg"}
ELEMENT = {"name": "Magnesium", "amount": "200 mg"}
COMPOUND = {"name": "Magnesium bisglycinate", "amount": "1,420 mg"}


def test_a_row_that_stands_alone_belongs_to_no_claim() -> None:
    found = moiety_of({"name": "Magnesium (as magnesium bisglycinate)"}, GLYCINE)
    assert (found.moiety, found.path) == ("glycine", "facts[1].name")
    assert found.amount.interval_mg == Interval(1230, 1240)
    assert (found.claim, found.source) == (None, None)


@pytest.mark.parametrize(
    ("facts", "claim", "source"),
    [
        ([{**COMPOUND, "contains": [ELEMENT, GLYCINE]}], "facts[0]", "facts[0].name"),
        (
            [{**COMPOUND, "contains": [{"name": "of which glycine", "amount": "1,235 mg"}]}],
            "facts[0]",
            "facts[0].name",
        ),
        (
            [{**ELEMENT, "contains": [{**COMPOUND, "contains": [GLYCINE]}]}],
            "facts[0]",
            "facts[0].contains[0].name",
        ),
        ([ELEMENT, {**COMPOUND, "contains": [GLYCINE]}], "facts[0]", "facts[1].name"),
        ([{**COMPOUND, "contains": [{**ELEMENT, "contains": [GLYCINE]}]}], "facts[0]", None),
        ([{**ELEMENT, "contains": [GLYCINE]}], "facts[0]", None),
    ],
)
def test_a_nested_row_belongs_to_the_claim_and_to_the_compound_it_stands_under(
    facts: list[Fact], claim: str, source: str | None
) -> None:
    found = moiety_of(*facts)
    assert (found.claim, found.source) == (claim, source)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Magnesium bisglycinate (providing 1,235 mg glycine)", "facts[0].name"),
        ("Magnesium (as magnesium bisglycinate providing 1,235 mg glycine)", "facts[0].name"),
        ("Magnesium (as magnesium bisglycinate), providing 1,235 mg glycine", None),
        ("Magnesium (as magnesium bisglycinate, oxide, providing 1,235 mg glycine)", None),
    ],
)
def test_a_clause_gives_a_moiety_of_its_compound_where_grammar_says_so(
    name: str, source: str | None
) -> None:
    found = moiety_of({"name": name, "amount": "200 mg"})
    assert (found.moiety, found.text, found.amount.text) == ("glycine", "glycine", "1,235 mg")
    assert (found.claim, found.source) == ("facts[0]", source)


def test_a_clause_of_a_listed_source_is_of_that_source() -> None:
    sources = ["magnesium oxide", "magnesium taurate (providing 900 mg taurine)"]
    found = moiety_of({**ELEMENT, "sources": sources})
    assert (found.moiety, found.source) == ("taurine", "facts[0].sources[1].name")


def test_a_compound_that_cannot_hold_the_moiety_is_not_its_source() -> None:
    row = {"name": "Magnesium oxide", "amount": "400 mg", "contains": [GLYCINE]}
    found = moiety_of(row)
    assert (found.claim, found.source) == ("facts[0]", None)


def test_an_anion_is_a_moiety_only_directly_under_its_compound() -> None:
    child = {"name": "L-Threonate", "amount": "1,800 mg"}
    row = {"name": "Magnesium L-threonate", "amount": "2,000 mg", "contains": [ELEMENT, child]}
    assert moiety_of(row).moiety == "l-threonic-acid"
    citrate = {"name": "Citrate", "amount": "100 mg"}
    assert composed({**ELEMENT, "contains": [citrate]}).moieties == ()
    assert composed({**ELEMENT, "name": "Magnesium Complex", "contains": [citrate]}).moieties == ()


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("L-Lysine (as L-lysine HCl)", "1,000 mg"),
        ("L-Lysine HCl", "1,000 mg"),
        ("Glycine max extract", "50 mg"),
        ("Vitamin C", "90 mg"),
        ("Glycine", "< 5 mg"),
        ("Glycine", None),
        ("Magnesium glycinate", "500 mg"),
    ],
)
def test_what_is_no_mass_of_a_moiety_declares_none(name: str, amount: str | None) -> None:
    assert composed({"name": name, "amount": amount}).moieties == ()


# Order


@pytest.mark.parametrize(
    "name",
    [
        "Magnesium (as magnesium oxide, magnesium citrate)",
        "Magnesium (as magnesium oxide and citrate)",
        "Magnesium (from 300 mg magnesium oxide, 100 mg magnesium citrate)",
    ],
)
def test_a_list_in_the_parentheses_of_a_us_panel_is_in_order(name: str) -> None:
    assert claim_of(name).ordered
    assert not claim_of(name, market="EU").ordered
    assert not claim_of(name, language="de").ordered


@pytest.mark.parametrize(
    "name",
    [
        "Magnesium (as magnesium oxide)",
        "Magnesium as magnesium oxide, magnesium citrate",
        "Magnesium (as magnesium oxide and/or magnesium citrate)",
        "Magnesium (as magnesium oxide/citrate)",
        "Magnesium (as magnesium bisglycinate buffered with magnesium oxide)",
        "Magnesium (as oxide) (as citrate)",
        "Magnesium (from 100 mg magnesium oxide, 300 mg magnesium citrate)",
        "Magnesium (100 mg as magnesium oxide, 100 mg as magnesium citrate)",
    ],
)
def test_what_is_not_one_list_says_nothing_of_order(name: str) -> None:
    assert not claim_of(name).ordered


def test_sources_of_a_row_are_in_order_and_rows_of_their_own_are_not() -> None:
    named = ["magnesium oxide", "magnesium citrate"]
    assert composed({**ELEMENT, "sources": named}).claims[0].ordered
    rows = [{"name": name} for name in named]
    assert not composed({**ELEMENT, "contains": rows}).claims[0].ordered
    shares = [{"name": name, "elemental": "100 mg"} for name in named]
    assert not composed({**ELEMENT, "sources": shares}).claims[0].ordered


# Less than 2 %


@pytest.mark.parametrize(
    ("text", "at_most"),
    [
        ("Contains less than 2% of: magnesium oxide, silica", 0.02),
        ("Cellulose, contains <1% of magnesium oxide.", 0.01),
        ("Rice flour, contains 2% or less of the following: magnesium oxide", 0.02),
        ("CONTAINS 2 PERCENT OR LESS OF MAGNESIUM OXIDE", 0.02),
        ("No more than 1.5 % of magnesium oxide", 0.015),
        ("Other ingredients: less than 2% of silica, less than 0.5% of magnesium oxide", 0.005),
        ("Enthält weniger als 2 %: Magnesiumoxid", 0.02),
        ("Contient moins de 2 % d'oxyde de magnésium", 0.02),
        ("Magnesium oxide, contains less than 2% of silica", None),
        ("Less than 2% of silica. Magnesium oxide", None),
        ("Coating (contains less than 2% of: talc), magnesium oxide", None),
        ("2% of magnesium oxide", None),
        ("Less than 2% fat, magnesium oxide", None),
        ("Less than 2% of daily value of fat, magnesium oxide", None),
        ("Magnesium oxide", None),
    ],
)
def test_a_list_says_how_much_of_the_product_its_ingredients_are_at_most(
    text: str, at_most: float | None
) -> None:
    claim = claim_of("Magnesium (as magnesium citrate)", other_ingredients=text)
    (found,) = (s for s in claim.beside if s.meaning.family == "magnesium-oxide")
    assert found.at_most == at_most


def test_excipients_have_their_bound_too() -> None:
    composition = composed(ELEMENT, other_ingredients="Cellulose, less than 2% of: silica, talc")
    assert [(s.text, s.at_most) for s in composition.excipients] == [
        ("Cellulose", None), ("silica", 0.02), ("talc", 0.02),
    ]  # fmt: skip


# The rest of a blend


def rest_beside(*members: Fact, amount: str | None = "1,000 mg") -> str | None:
    own = {"name": "Magnesium (as magnesium bisglycinate)", "amount": "100 mg"}
    blend = {"name": "Calm Blend", "amount": amount, "contains": [own, *members]}
    claim = composed(blend).claims[0]
    return claim.blend_rest.text if claim.blend_rest else None


def member(name: str, amount: str | None = "200 mg", **more: object) -> Fact:
    return {"name": name, "amount": amount, **more}


def test_the_largest_other_ingredient_is_the_rest_of_a_blend() -> None:
    members = member("Caffeine", "90 mg"), member("Green tea extract"), member("Lemon balm", None)
    assert rest_beside(*members) == "200 mg"
    assert rest_beside(*members, amount=None) is None


@pytest.mark.parametrize(
    "other",
    [
        member("Glycine"),
        member("Threonic acid"),
        member("Bisglycinate"),
        member("Vitamin C"),
        member("Zinc picolinate"),
        member("Trace minerals"),
        member("Seaweed (calcium, magnesium)"),
        member("Herbal blend"),
        member("Herbs", contains=[member("Sage", "100 mg")]),
        member("Lemon", None, contains=[member("Limonene", "100 mg")]),
        member("of which ligand"),
        member("Lemon balm", "1,200 mg"),
        member("Lemon balm", "1,000 mg"),
        member("Lemon balm", "2 capsules"),
    ],
)
def test_what_may_be_part_of_the_compound_is_no_rest_of_a_blend(other: Fact) -> None:
    assert rest_beside(other) is None


def test_a_claim_outside_of_a_blend_has_no_rest() -> None:
    blend = member("Calm Blend", "1 g", contains=[member("Lemon balm")])
    claim = composed({"name": "Magnesium (as magnesium oxide)", "amount": "9 mg"}, blend).claims[0]
    assert claim.blend_rest is None
