"""The formula kernel: what is read, what is refused and where, and what must always hold."""

from __future__ import annotations

import pickle
import unicodedata
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chelate import formula as kernel
from chelate.findings import InputError
from chelate.formula import (
    MAX_COUNT,
    MAX_DEPTH,
    MAX_LENGTH,
    FormulaError,
    atomic_weights,
    hill,
    mass_fraction,
    molar_mass,
    molar_mass_uncertainty,
    parse_formula,
)

MASSES_G_PER_MOL = {
    "Mg(C2H4NO2)2": 172.423,
    "Mg(C2H4NO2)2·H2O": 190.438,
    "Mg(C2H4NO2)2·2H2O": 208.453,
    "Mg(C2H4NO2)2·4H2O": 244.483,
    "MgOHC2H4NO2": 115.371,
    "Mg2C8H9NO9": 311.768,
    "MgC2H4NO2C6H13N2O2": 243.546,
    "Mg(C4H7O5)2·H2O": 312.510,
    "Mg2(OH)2C4H4O5·2H2O": 250.725,
    "MgO": 40.304,
    "Mg(OH)2": 58.319,
    "MgCO3·3H2O": 138.358,
    "4MgCO3·Mg(OH)2·4H2O": 467.631,
    "4MgCO3·Mg(OH)2·5H2O": 485.646,
    "Mg3(C6H5O7)2·9H2O": 613.248,
    "Mg3(C6H5O7)2·14H2O": 703.323,
    "MgCl2·6H2O": 203.295,
    "MgSO4·7H2O": 246.466,
    "Mg(C2H6NO3S)2": 272.573,
    "Mg(C5H3N2O4)2·2H2O": 370.513,
    "MgC3H7O6P": 194.362,
    "Mg(C18H35O2)2": 591.257,
    "C2H5NO2": 75.067,
    "C6H15ClN2O2": 182.648,
    "Zn(C6H4NO2)2": 309.586,
    "Zn3(C6H5O7)2·3H2O": 628.383,
    "H3BO3": 61.831,
    "Na2B4O7·10H2O": 381.363,
    "Ca((C6H10O6)2B)2·4H2O": 846.318,
    "C22H32O2": 328.496,
}


@pytest.mark.parametrize(("text", "expected"), MASSES_G_PER_MOL.items())
def test_known_masses(text: str, expected: float) -> None:
    assert molar_mass(text) == pytest.approx(expected, abs=0.0005)


DIHYDRATE = {"Mg": 1, "C": 4, "H": 12, "N": 2, "O": 6}
BASIC_CARBONATE = {"Mg": 5, "C": 4, "O": 19, "H": 12}
HEMIHYDRATE = {"Ca": 1, "S": 1, "O": Fraction(9, 2), "H": 1}
SESQUIHYDRATE = {"K": 2, "C": 1, "O": Fraction(9, 2), "H": 3}


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("Mg(C2H4NO2)2.2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2·2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2•2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2⋅2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2∙2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2*2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2 · 2 H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2 . 2H2O", DIHYDRATE),
        ("Mg(C2H4NO2)2\u00a0·\u20092H2O", DIHYDRATE),
        ("Mg[C2H4NO2]2*2H2O", DIHYDRATE),
        ("Mg(C₂H₄NO₂)₂·2H₂O", DIHYDRATE),
        (" Mg(C2H4NO2)2.2(H2O)\n", DIHYDRATE),
        ("Mg(C2H4NO2)2.(H2O)2", DIHYDRATE),
        ("[Mg(C2H4NO2)2].H2O.H2O", DIHYDRATE),
        ("4MgCO3·Mg(OH)2·5H2O", BASIC_CARBONATE),
        ("4MgCO3.Mg(OH)2.5H2O", BASIC_CARBONATE),
        ("4 MgCO3 * Mg(OH)2 * 5 H2O", BASIC_CARBONATE),
        ("Mg(OH)2·5H2O·4(MgCO3)", BASIC_CARBONATE),
        ("CaSO4·0.5H2O", HEMIHYDRATE),
        ("CaSO4·½H2O", HEMIHYDRATE),
        ("CaSO4·1/2H2O", HEMIHYDRATE),
        ("CaSO4·1⁄2H2O", HEMIHYDRATE),
        ("CaSO4.½H2O", HEMIHYDRATE),
        ("CaSO4.0.5H2O", HEMIHYDRATE),
        ("CaSO4.1/2H2O", HEMIHYDRATE),
        ("CaSO4 . 0.50 H2O", HEMIHYDRATE),
        ("K2CO3·1½H2O", SESQUIHYDRATE),
        ("K2CO3·3/2H2O", SESQUIHYDRATE),
        ("K2CO3.1.5H2O", SESQUIHYDRATE),
        ("2(CaSO4·½H2O)", {"Ca": 2, "S": 2, "O": 9, "H": 2}),
        ("0.5Na2O", {"Na": 1, "O": Fraction(1, 2)}),
        ("CaSO4.2H2O", {"Ca": 1, "S": 1, "O": 6, "H": 4}),
        ("CaCl2 . 6NH3", {"Ca": 1, "Cl": 2, "N": 6, "H": 18}),
        ("Ca[(C6H10O6)2B]2·4H2O", {"Ca": 1, "C": 24, "H": 48, "O": 28, "B": 2}),
        ("Co", {"Co": 1}),
        ("CO", {"C": 1, "O": 1}),
        ("MgOHC2H4NO2", {"Mg": 1, "O": 3, "H": 5, "C": 2, "N": 1}),
    ],
)
def test_every_way_of_writing_it(text: str, atoms: dict[str, int | Fraction]) -> None:
    assert parse_formula(text) == atoms


def test_whole_counts_are_integers_and_no_others() -> None:
    kinds = {symbol: type(count) for symbol, count in parse_formula("2(CaSO4·½H2O)·½O2").items()}
    assert kinds == {"Ca": int, "S": int, "O": int, "H": int}
    assert type(parse_formula("CaSO4·½H2O")["O"]) is Fraction


def test_vulgar_fractions_are_what_unicode_says_they_are() -> None:
    for char, value in kernel._VULGAR.items():
        assert float(value) == pytest.approx(unicodedata.numeric(char))


REFUSED = [
    ("", "^", "found nothing"),
    ("   ", "^", "found nothing"),
    ("4", " ^", "an element symbol or an opening bracket"),
    ("MgO·", "    ^", "an element symbol or an opening bracket"),
    ("·MgO", "^", "an element symbol or an opening bracket"),
    ("MgO··H2O", "    ^", "an element symbol or an opening bracket"),
    ("()", " ^", "an element symbol or an opening bracket"),
    ("Mg(2)", "    ^", "an element symbol or an opening bracket"),
    ("Mg(OH2", "  ^", "expected ')' for this '('"),
    ("Mg(OH))2", "      ^", "no bracket is open"),
    ("))", "^", "no bracket is open"),
    ("Mg(OH]2", "     ^", "expected ')' for the last '('"),
    ("Xy2O", "^", "the symbol of an element, found 'Xy'"),
    ("Mgo", "^", "capitals matter"),
    ("mgO", "^", "capitals matter"),
    ("TcO2", "^", "a standard atomic weight, found Tc"),
    ("[13C]6H12O6", " ^", "isotopes are not read"),
    ("Mg+2", "  ^", "no charge"),
    ("SO4^2-", "   ^", "no charge"),
    ("SO₄²⁻", "   ^", "no charge"),
    ("Mg0", "  ^", "at least 1, without leading zeros"),
    ("Mg02", "  ^", "at least 1, without leading zeros"),
    ("0MgO", "^", "at least 1, without leading zeros"),
    ("MgO·0.0H2O", "    ^", "above 0"),
    ("MgO·1/0H2O", "    ^", "above 0"),
    ("MgO·00.5H2O", "    ^", "without leading zeros"),
    ("MgO·0½H2O", "    ^", "without leading zeros"),
    ("MgO½", "   ^", "a fraction can only lead a part"),
    ("Mg1/2O", "   ^", "a fraction can only lead a part"),
    ("Mg O", "  ^", "no space"),
    ("MgO\tMg", "   ^", "found '\\t'"),
    ("MgO!", "   ^", "found '!'"),
    (f"C{MAX_COUNT + 1}", " ^", "at most 1,000,000"),
    ("C" + "9" * 400, " ^", "at most 1,000,000"),
    (f"(C{MAX_COUNT})2", "^", "at most 1,000,000 atoms"),
    ("0.0000001H2O", "^", "no finer than"),
    ("(" * (MAX_DEPTH + 1) + "C", " " * MAX_DEPTH + "^", "at most 20 brackets"),
]

TWO_MEANINGS = [
    ("Fe2.5O", "   ^"),
    ("(NH4)2.5SO4", "      ^"),
    ("C6H12.5", "     ^"),
    ("CaCl2.6NH3", "     ^"),
    ("H2O2.5H2O2", "    ^"),
    ("Na2CO3.1.5H2O2", "      ^"),
    ("ZnS.5O", "   ^"),
    ("MgO.", "   ^"),
    ("MgSO4..7H2O", "     ^"),
]

BESIDE_A_DOT = [
    ("4MgCO3·Mg(OH)2.5H2O", "              ^"),
    ("MgSO4.H2O·H2O", "     ^"),
    ("MgSO4*H2O.H2O", "         ^"),
    ("Fe0.95O·H2O", "  ^"),
]


@pytest.mark.parametrize(
    ("text", "caret", "expected"),
    [
        *REFUSED,
        *((text, caret, "this could be either") for text, caret in TWO_MEANINGS),
        *((text, caret, "expected a whole count") for text, caret in BESIDE_A_DOT),
    ],
)
def test_errors_show_the_place_and_say_what_was_expected(
    text: str, caret: str, expected: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    error = caught.value
    assert expected in error.message
    assert str(error) == f"{error.message}\n{error.excerpt}"
    shown, marked = error.excerpt.split("\n")
    assert marked == f"  {caret}"
    assert "\t" not in shown


def test_a_full_stop_inside_a_count_is_never_read() -> None:
    with pytest.raises(FormulaError):
        parse_formula("Mg0.5O")


@pytest.mark.parametrize("odd", ["\x1b", "\x00", "漢", "e\u0301", "\U0001f600", "\udc80", "\u200b"])
def test_the_caret_stands_right_behind_characters_of_any_width(odd: str) -> None:
    excerpt = FormulaError("no", f"Mg{odd}O", 2 + len(odd)).excerpt
    shown, marked = excerpt.split("\n")
    assert shown[len(marked) - 1] == "O"
    assert shown.isprintable()
    assert shown != f"  Mg{odd}O"


def test_a_long_formula_is_refused_and_shown_only_near_the_place() -> None:
    with pytest.raises(FormulaError, match="at most 500 characters, found 2,000,000") as caught:
        parse_formula("Mg" * 1_000_000)
    assert caught.value.position == MAX_LENGTH
    assert len(caught.value.excerpt) < 200
    shown, marked = caught.value.excerpt.split("\n")
    assert shown[len(marked) - 1] == "M"
    assert shown.endswith("…")


def test_the_longest_and_the_deepest_formula_are_read() -> None:
    assert parse_formula("C" * MAX_LENGTH) == {"C": MAX_LENGTH}
    assert parse_formula("(" * MAX_DEPTH + "C" + ")" * MAX_DEPTH) == {"C": 1}
    assert parse_formula(f"C{MAX_COUNT}") == {"C": MAX_COUNT}


def test_an_error_survives_pickling() -> None:
    error = FormulaError("no", "MgX", 2)
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert (copy.formula, copy.position) == ("MgX", 2)


def test_the_fractions_of_bisglycinate() -> None:
    bisglycinate = "Mg(C2H4NO2)2"
    assert mass_fraction("Mg", bisglycinate) == pytest.approx(0.140961, abs=1e-6)
    assert mass_fraction("Mg", f"{bisglycinate}·H2O") == pytest.approx(0.127626, abs=1e-6)
    assert mass_fraction("Mg", f"{bisglycinate}·2H2O") == pytest.approx(0.116597, abs=1e-6)
    assert mass_fraction("C2H5NO2", bisglycinate, count=2) == pytest.approx(0.8707, abs=5e-5)
    free_acid_over_ligand = molar_mass("C2H5NO2") / molar_mass("C2H4NO2")
    assert free_acid_over_ligand == pytest.approx(1.0136, abs=5e-5)


@pytest.mark.parametrize(
    ("text", "percent_element"),
    [("Mg3(C6H5O7)2·9H2O", 11.890), ("4MgCO3·Mg(OH)2·5H2O", 25.023), ("MgO", 60.304)],
)
def test_the_percentages_of_magnesium(text: str, percent_element: float) -> None:
    atoms = parse_formula(text)
    assert 100 * mass_fraction({"Mg": atoms["Mg"]}, atoms) == pytest.approx(
        percent_element, abs=5e-4
    )


def test_the_uncertainty_is_the_sum_of_the_atoms_own() -> None:
    expected_g_per_mol = 0.002 + 4 * 0.002 + 8 * 0.0002 + 2 * 0.001 + 4 * 0.001
    assert molar_mass_uncertainty("Mg(C2H4NO2)2") == pytest.approx(expected_g_per_mol)


def test_atoms_of_an_unknown_element_are_an_input_error() -> None:
    for function in (molar_mass, molar_mass_uncertainty):
        with pytest.raises(InputError, match="'Xx' is not an element"):
            function({"Xx": 1})


def test_the_table_holds_every_element_with_a_standard_atomic_weight() -> None:
    table = atomic_weights()
    numbers = [element.number for element in table.values()]
    assert len(table) == 84
    assert numbers == sorted(set(range(1, 93)) - {43, 61, *range(84, 90)})
    assert all(0 < element.uncertainty < element.weight for element in table.values())
    assert all(symbol == element.symbol for symbol, element in table.items())
    assert not any(f" {symbol} " in kernel._UNWEIGHED for symbol in table)
    assert len(table) + len(kernel._UNWEIGHED.split()) == 118
    assert "2021" in kernel.EDITION


@pytest.mark.parametrize(
    ("symbol", "weight", "uncertainty"),
    [
        ("H", 1.0080, 0.0002),
        ("B", 10.81, 0.02),
        ("C", 12.011, 0.002),
        ("N", 14.007, 0.001),
        ("O", 15.999, 0.001),
        ("Mg", 24.305, 0.002),
        ("S", 32.06, 0.02),
        ("Zn", 65.38, 0.02),
        ("Se", 78.971, 0.008),
        ("Zr", 91.224, 0.002),
        ("Yb", 173.05, 0.02),
        ("Hf", 178.49, 0.01),
        ("Pb", 207.2, 1.1),
    ],
)
def test_weights_as_printed_in_2021(symbol: str, weight: float, uncertainty: float) -> None:
    element = atomic_weights()[symbol]
    assert (element.weight, element.uncertainty) == (weight, uncertainty)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mg(C2H4NO2)2", "C4H8MgN2O4"),
        ("MgCO3", "CMgO3"),
        ("H3BO3", "BH3O3"),
        ("ZnO", "OZn"),
        ("CaSO4·½H2O", "1/2Ca2H2O9S2"),
    ],
)
def test_hill_order(text: str, expected: str) -> None:
    assert hill(parse_formula(text)) == expected


counts = st.integers(1, 20)
symbols = st.sampled_from(sorted(atomic_weights()))
suffixes = counts.map(lambda count: "" if count == 1 else str(count))
elements = st.builds("{}{}".format, symbols, suffixes)


def bracketed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One to three of the inner things in brackets of either kind, with a count."""
    content = st.lists(inner, min_size=1, max_size=3).map("".join)
    forms = st.sampled_from(["({}){}", "[{}]{}"])
    return st.builds(str.format, forms, content, suffixes)


units = elements | bracketed(elements | bracketed(elements))
coefficients = st.sampled_from(["", "", "", "2", "4", "0.5", "½", "1/2", "1½", "7/3"])
parts = st.builds(
    lambda lead, content: lead + "".join(content),
    coefficients,
    st.lists(units, min_size=1, max_size=4),
)
formulas = st.lists(parts, min_size=1, max_size=4).map("·".join)
adversarial = st.text("()[]·.0123456789MgOHC½*/ +²\x00", max_size=60)


def read(text: str) -> dict[str, int | Fraction] | FormulaError:
    """The atoms, or the error."""
    try:
        return parse_formula(text)
    except FormulaError as error:
        return error


@given(st.one_of(adversarial, st.text(max_size=40)))
@example("))")
@example("(" * 500)
@example("1" * 500)
@example("H2O." * 125)
@example(".1" * 250)
def test_no_input_crashes_the_parser(text: str) -> None:
    result = read(text)
    if isinstance(result, FormulaError):
        assert 0 <= result.position <= len(result.formula)
        assert result.excerpt.count("\n") == 1
    else:
        assert all(0 < count <= MAX_COUNT for count in result.values())


@given(st.lists(parts, min_size=1, max_size=4), st.randoms())
def test_the_order_of_the_parts_does_not_change_the_mass(
    written: list[str], random: Random
) -> None:
    mass = molar_mass("·".join(written))
    random.shuffle(written)
    assert molar_mass("·".join(written)) == mass


@given(formulas, st.sampled_from(["()", "[]"]))
def test_brackets_around_the_whole_do_not_change_the_atoms(text: str, brackets: str) -> None:
    result = read(brackets[0] + text + brackets[1])
    if isinstance(result, FormulaError):
        assert "isotopes" in result.message
        assert len(parse_formula(text)) == 1
    else:
        assert result == parse_formula(text)


@given(formulas, counts)
def test_n_formula_units_weigh_n_times_one(text: str, count: int) -> None:
    assert molar_mass(f"{count}(H2O·{text})") == pytest.approx(count * molar_mass(f"H2O·{text}"))


@given(formulas, formulas)
def test_the_atoms_of_two_parts_are_the_sum_of_each(one: str, other: str) -> None:
    both = parse_formula(f"{one}·{other}")
    first, second = parse_formula(one), parse_formula(other)
    assert both == {s: first.get(s, 0) + second.get(s, 0) for s in both}
    assert both.keys() == first.keys() | second.keys()


@given(formulas)
def test_the_hill_text_of_a_formula_parses_to_the_same_atoms(text: str) -> None:
    atoms = parse_formula(text)
    assert parse_formula(hill(atoms)) == atoms


@given(formulas, st.sampled_from("•⋅∙*"), st.sampled_from(["", " "]))
def test_every_dot_is_the_same_dot(text: str, dot: str, space: str) -> None:
    assert parse_formula(text.replace("·", space + dot + space)) == parse_formula(text)


@given(formulas)
def test_subscripts_are_digits(text: str) -> None:
    subscripts = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    assert parse_formula(text.translate(subscripts)) == parse_formula(text)


@given(formulas, st.integers(1, 40))
def test_a_full_stop_before_so_many_water_is_a_hydrate_dot(text: str, waters: int) -> None:
    assume("·" not in text)
    assert parse_formula(f"{text}.{waters}H2O") == parse_formula(f"{text}·{waters}H2O")


@given(formulas)
def test_a_full_stop_is_read_as_a_middle_dot_or_refused(text: str) -> None:
    result = read(text.replace("·", "."))
    assert isinstance(result, FormulaError) or result == parse_formula(text)
