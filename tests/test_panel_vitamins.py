"""Vitamins on panels: what they are added as, in the unit of their Daily Value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import check
from chelate.formulate.compare import compare
from chelate.formulate.panel import Panel, label_of, panel, text_of
from chelate.models import Label, Market
from chelate.readers.panel import label_from
from drawn import formulation


def vitamin(name: str, amount: str, **holds: str) -> dict[str, Any]:
    """A material that holds so much of vitamins: their ids with "_"."""
    contents = {each.replace("_", " "): share for each, share in holds.items()}
    return {"substance": name, "define": {"holds": contents}, "amount": amount}


RETINYL = vitamin("retinyl palmitate", "1.65 mg", vitamin_A="54.6 %")
NIACINAMIDE = vitamin("niacinamide", "20 mg", niacin="100 %")
D_ALPHA = vitamin("D-alpha tocopheryl acetate", "22.4 mg", vitamin_E="67 %")
FOLIC = vitamin("folic acid", "400 mcg", folate="100 %")
FORMS = [
    ("folic acid", "folate"),
    ("calcium L-5-methyltetrahydrofolate", "folate"),
    ("niacinamide", "niacin"),
    ("retinyl palmitate", "vitamin_A"),
    ("beta-carotene", "vitamin_A"),
    ("d-alpha tocopheryl acetate", "vitamin_E"),
    ("dl-alpha tocopheryl acetate", "vitamin_E"),
]
PYRIDOXINE = vitamin("pyridoxine hydrochloride", "12.2 mg", vitamin_B6="82.3 %")
METHYLFOLATE = vitamin(
    "calcium L-5-methyltetrahydrofolate", "400 mcg", folate="90 %", calcium="8 %"
)


def lines(made: Panel) -> dict[str, tuple[str | None, str | None, str | None]]:
    """What stands in each line, by its name."""
    return {line.name: (line.amount, line.percent, line.symbol) for line in made.lines}


def laid_out(*inputs: dict[str, Any] | str, market: Market = "US", **more: Any) -> Panel:
    """The panel of these inputs."""
    return panel(formulation(*inputs, market=market, **more))


def reading(text: str) -> Label:
    """The label that a reader has of a text."""
    return label_from(text, file="panel.txt")


@pytest.mark.parametrize(
    ("given", "claims", "name", "printed"),
    [
        (RETINYL, {"vitamin A": "900 mcg"}, "Vitamin A (as retinyl palmitate)",
         ("900 mcg RAE", "100%", None)),
        (NIACINAMIDE, {"niacin": "16 mg"}, "Niacin (as niacinamide)", ("16 mg NE", "100%", None)),
        (FOLIC, {"folate": "400 mcg"}, "Folate (as folic acid)",
         ("680 mcg DFE (400 mcg folic acid)", "170%", None)),
    ],
)  # fmt: skip
def test_a_vitamin_is_printed_in_the_unit_of_its_daily_value(
    given: dict[str, Any],
    claims: dict[str, str],
    name: str,
    printed: tuple[str, str, None],
) -> None:
    made = laid_out(given, claims=claims)
    assert lines(made) == {name: printed}
    assert made.footnotes == ()
    read = reading(text_of(made))
    assert (read.facts[0].amount, read.facts[0].percent_dv) == printed[:2]


@pytest.mark.parametrize("name", ["Vitamin A beadlets", "beta-carotene 15 %"])
def test_a_form_that_does_not_say_what_it_counts_has_neither_a_percent_nor_a_dagger(
    name: str,
) -> None:
    made = laid_out(vitamin(name, "6 mg", vitamin_A="15.00 %"))
    (line,) = made.lines
    assert (line.amount, line.percent, line.symbol) == ("899 mcg", None, None)
    assert made.footnotes == ()
    assert [note for note in made.notes if "µg RAE" in note and "retinyl palmitate" in note]
    assert reading(text_of(made)).facts == label_of(made).facts


@pytest.mark.parametrize(
    ("given", "name", "printed"),
    [
        (RETINYL, "Vitamin A (as retinyl palmitate)", ("900 µg RE", "113%", None)),
        (vitamin("beta-carotene", "4.80 mg", vitamin_A="100.000 %"), "Vitamin A (as beta-carotene)",
         ("798 µg RE", "100%", None)),
        (D_ALPHA, "Vitamin E (as D-alpha tocopheryl acetate)", ("14.8 mg α-TE", "123%", None)),
        (NIACINAMIDE, "Niacin (as niacinamide)", ("19.9 mg NE", "124%", None)),
        (FOLIC, "Folate (as folic acid)", ("398 µg", "199%", None)),
    ],
)  # fmt: skip
def test_the_eu_counts_vitamins_in_the_units_of_its_directive(
    given: dict[str, Any], name: str, printed: tuple[str, str, None]
) -> None:
    made = laid_out(given, market="EU")
    assert lines(made) == {name: printed}
    read = reading(text_of(made))
    assert read.facts == label_of(made).facts
    assert not check(read).findings


def test_retinol_and_beta_carotene_together_count_each_by_its_own_factor() -> None:
    beta = vitamin("beta-carotene", "6 mg", vitamin_A="50.0000 %")
    (line,) = laid_out(RETINYL, beta, market="EU", claims={"vitamin A": "3.9 mg"}).lines
    assert line.amount == "1,400 µg RE"


@pytest.mark.parametrize(
    "name",
    [
        "DL-alpha tocopheryl acetate",
        "mixed tocopherols",
        "mixed tocopherols and d-alpha tocopherol",
    ],
)
def test_a_vitamin_e_of_another_form_is_printed_in_mg_with_a_note(name: str) -> None:
    made = laid_out(vitamin(name, "20 mg", vitamin_E="50.00 %"), market="EU")
    assert [line.amount for line in made.lines] == ["9.99 mg"]
    assert [note for note in made.notes if "mg α-TE (Directive 2002/46/EC, Annex I)" in note]


@pytest.mark.parametrize("market", ["US", "EU"])
@given(
    st.lists(st.tuples(st.sampled_from(FORMS), st.integers(50, 9000)), min_size=1, max_size=4),
    st.integers(1, 2),
)
def test_the_text_of_a_panel_of_vitamins_is_read_back_and_follows(
    market: Market, chosen: list[tuple[tuple[str, str], int]], per_day: int
) -> None:
    inputs = [vitamin(name, f"{µg} µg", **{of: "54.6 %"}) for (name, of), µg in chosen]
    made = formulation(*inputs, market=market, servings_per_day=per_day)
    read = reading(text_of(panel(made)))
    assert read.facts == label_of(panel(made)).facts
    assert not compare(made, read).differences


def doctored(made: Panel, found: str, printed: str) -> Label:
    """The label of a panel's text with other words in it."""
    assert found in text_of(made)
    return reading(text_of(made).replace(found, printed))


@pytest.mark.parametrize(
    ("given", "market", "found", "printed", "kinds"),
    [
        (RETINYL, "US", "900 mcg RAE", "950 mcg RAE", {"amount-above-recipe"}),
        (RETINYL, "US", "900 mcg RAE", "850 mcg RAE", {"amount-below-recipe"}),
        (RETINYL, "US", "100%", "120%", {"percent-differs"}),
        (RETINYL, "EU", "900 µg RE", "950 µg RE", {"amount-above-recipe"}),
        (D_ALPHA, "EU", "14.8 mg α-TE", "16 mg α-TE",
         {"amount-above-recipe", "percent-differs"}),
        (NIACINAMIDE, "US", "19.9 mg NE", "25 mg NE", {"amount-above-recipe"}),
        (FOLIC, "US", "DFE (398", "DFE (450", {"amount-above-recipe"}),
        (FOLIC, "US", "676 mcg DFE", "700 mcg DFE", {"amount-above-recipe"}),
        (FOLIC, "US", "676 mcg DFE", "398 mcg DFE", {"amount-below-recipe"}),
    ],
)  # fmt: skip
def test_a_figure_in_the_units_of_the_law_is_held_to_the_recipe(
    given: dict[str, Any], market: Market, found: str, printed: str, kinds: set[str]
) -> None:
    made = formulation(given, market=market)
    told = compare(made, doctored(panel(made), found, printed)).differences
    assert {each.kind for each in told} == kinds


def test_a_claim_is_held_to_what_it_counts() -> None:
    made = formulation(FOLIC, claims={"folate": "300 mcg"})
    assert not compare(made, reading(text_of(panel(made)))).differences
    told = compare(made, doctored(panel(made), "510 mcg DFE", "600 mcg DFE")).differences
    assert told[0].kind == "amount-not-as-claimed"
    assert "300 mcg (509.1–510.8 µg DFE)" in told[0].message


def test_what_a_form_counts_that_is_not_known_is_not_compared() -> None:
    made = formulation(vitamin("beta-carotene", "6 mg", vitamin_A="15.00 %"))
    label = doctored(panel(made), "899 mcg", "450 mcg RAE")
    told = compare(made, label)
    reasons = [each.reason for each in told.not_compared if each.of_amount]
    assert reasons == ["what beta-carotene counts in µg RAE is not known"]
    assert not told.differences
    assert not told.label_follows


def test_less_than_two_percent_of_a_daily_value_in_another_unit_is_not_declared() -> None:
    assert not laid_out(vitamin("niacinamide", "0.3 mg", niacin="100 %")).lines
    assert laid_out(vitamin("niacinamide", "0.4 mg", niacin="100 %")).lines


@pytest.mark.parametrize("claims", [{}, {"vitamin B6": "10 mg"}])
@pytest.mark.parametrize("market", ["US", "EU", "CA"])
def test_what_a_vitamin_is_added_as_is_no_ingredient_of_its_own(
    market: Market, claims: dict[str, str]
) -> None:
    made = formulation(PYRIDOXINE, market=market, claims=claims)
    (line,) = panel(made).lines
    relation = "from" if market == "CA" else "as"
    assert line.name == f"Vitamin B6 ({relation} pyridoxine hydrochloride)"


def test_a_label_that_names_the_source_of_a_claimed_vitamin_follows() -> None:
    made = formulation(
        vitamin("Quellor B6", "12.2 mg", vitamin_B6="82.3 %"), claims={"vitamin B6": "10 mg"}
    )
    label = reading(
        "Product: Still Water\n\nSupplement Facts\nServing Size: 1 capsule\n\n"
        "Vitamin B6 (as pyridoxine HCl)  10 mg  588%\n"
    )
    assert not [d.kind for d in compare(made, label).differences if d.kind != "source-differs"]


def test_a_material_that_holds_more_than_what_is_claimed_stays_an_ingredient() -> None:
    spirulina = vitamin("spirulina powder", "1 g", iron="0.03 %", magnesium="0.2 %")
    names = [line.name for line in laid_out(spirulina, claims={"iron": "0.29 mg"}).lines]
    assert "Spirulina powder" in names


@pytest.mark.parametrize(
    ("name", "holds", "printed"),
    [
        ("Vitamin B-6 (P-5-P)", {"vitamin_B6": "62 %"}, "Vitamin B6 (as Vitamin B-6 (P-5-P))"),
        ("Vitamin B-12 1% trituration", {"vitamin_B12": "1 %"},
         "Vitamin B12 (as Vitamin B-12 1% trituration)"),
    ],
)  # fmt: skip
def test_vitamins_are_known_by_their_hyphened_names(
    name: str, holds: dict[str, str], printed: str
) -> None:
    assert [line.name for line in laid_out(vitamin(name, "10 mg", **holds)).lines] == [printed]


@pytest.mark.parametrize("market", ["US", "EU", "CA"])
def test_the_counter_ion_of_a_vitamin_is_not_declared(market: Market) -> None:
    made = laid_out(METHYLFOLATE, market=market)
    assert not [name for name in lines(made) if name.startswith("Calcium")]
    assert "calcium," not in " ".join(made.directions)


@pytest.mark.parametrize("market", ["US", "EU", "CA"])
def test_an_ascorbate_is_a_source_of_vitamin_c_and_of_its_mineral(market: Market) -> None:
    made = laid_out("1100 mg calcium ascorbate", market=market)
    names = {line.name.partition(" (")[0]: line.amount for line in made.lines}
    assert names == {"Vitamin C": "992 mg", "Calcium": "112 mg"}
    small = laid_out("169 mg calcium ascorbate")
    assert [line.name for line in small.lines] == ["Vitamin C (as calcium ascorbate)"]


def test_a_form_that_is_not_said_to_hold_its_vitamin_has_a_note() -> None:
    material = {"substance": "niacinamide", "define": {"formula": "C6H6N2O"}, "amount": "20 mg"}
    made = laid_out(material)
    assert [note for note in made.notes if "no niacin is declared of it" in note]
