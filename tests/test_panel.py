"""Panels of formulations: what each market's law asks for, and that they can be read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate import resources
from chelate.checker import check
from chelate.cli import main
from chelate.files import load_formulation
from chelate.formulate import EntryError, delivered
from chelate.formulate.compare import compare
from chelate.formulate.panel import Line, Panel, label_of, panel, text_of
from chelate.formulate.panel.amounts import percent_text, reference_mg
from chelate.formulate.supplied import held_by, is_by_the_way, sources_in
from chelate.models import Label, Market
from chelate.models.formulation import Formulation
from chelate.readers.panel import label_from
from chelate.stoichiometry import counted_as
from chelate.units import Amount, read_amount
from drawn import MARKETS, formulation, formulations

EXAMPLES = sorted(
    path
    for path in resources.locate("formulations").glob("*.yaml")
    if not path.name.startswith(("stack-", "design-"))
)

# What checking may say of a panel that is laid out right, because the recipe is so: a dose
# above an upper level (which the Daily Value itself may be), a denser salt beside a chelate
# whose amounts the formulation does not ask for, a filler of unknown mass with the chelate's
# element, a source that the catalogue does not know, a mineral that an ingredient holds by the
# way and the law wants declared, a product's name that does not say that
# there is a blend, a name that ranks absorption, and a statement that is not so or that the EU
# does not authorise. No wording of the panel could or should change these.
DOSE, DENSER, PLAIN_NAME, FILLER = "UL101", "BF102", "BF104", "BF103"
UNKNOWN, BY_THE_WAY = "NM101", "NM104"
STATEMENTS_MADE = {"CL107", "CL108"}
NAMED_FOR_ABSORPTION = "CL104"
ABOUT_THE_RECIPE = {
    "tri-form-scoop.yaml": {DOSE},
    "lysinate-glycinate-tablet.yaml": {NAMED_FOR_ABSORPTION},
}


def names_its_own(made: Formulation) -> bool:
    """Whether the catalogue does not know a material's name: it is defined, or has a trade name."""
    return any(each.define or each.label_name for each in made.inputs)


def line(made: Panel, start: str) -> Line:
    return next(each for each in made.lines if each.name.startswith(start))


def codes(label: Label) -> set[str]:
    return {finding.code for finding in check(label).findings}


def read_back(made: Panel) -> Label:
    return label_from(text_of(made), file="panel.txt")


# Every example, and random formulations.


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_panel_of_every_example_is_read_back_as_the_same_label(
    path: Path, market: Market
) -> None:
    made = panel(load_formulation(path), market)
    assert read_back(made).model_dump() == label_of(made).model_dump()


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_checking_has_nothing_to_say_about_how_an_example_is_printed(
    path: Path, market: Market
) -> None:
    made = panel(load_formulation(path), market)
    about_the_recipe = ABOUT_THE_RECIPE.get(path.name, set())
    assert codes(label_of(made)) <= about_the_recipe
    assert codes(read_back(made)) <= about_the_recipe


@given(formulations())
def test_the_text_of_a_panel_reads_back_as_its_label(made: Formulation) -> None:
    laid_out = panel(made)
    assert read_back(laid_out).model_dump() == label_of(laid_out).model_dump()


@given(formulations())
def test_checking_says_nothing_of_a_panel_but_of_its_recipe(made: Formulation) -> None:
    laid_out = panel(made)
    about_the_recipe = {DOSE, DENSER, PLAIN_NAME, FILLER} | STATEMENTS_MADE
    about_the_recipe |= {UNKNOWN, BY_THE_WAY} if names_its_own(made) else set()
    assert codes(label_of(laid_out)) <= about_the_recipe
    assert codes(read_back(laid_out)) <= about_the_recipe


@given(formulations())
def test_the_panel_of_any_formulation_follows_from_it(made: Formulation) -> None:
    assume(panel(made).lines)  # where all is below 2 % of the Daily Value there is no panel
    assert compare(made, read_back(panel(made))).differences == ()


@given(formulations())
def test_no_amount_without_a_claim_is_more_than_is_delivered(made: Formulation) -> None:
    unclaimed = made.model_copy(update={"claims": {}})
    held = {each.name.casefold(): each for each in delivered(unclaimed).at_end}
    fillers = [held for each in delivered(unclaimed).excipients for held in held_by(each)]
    most = {title: each.mg for title, each in held.items()}
    most["calcium"] = most.get("calcium", 0.0) + sum(h.mg for h in fillers if h.id == "calcium")
    for each in panel(unclaimed, "US").lines:
        title = each.title.casefold()
        printed = read_amount(each.amount) if each.amount else None
        if title in most and each.kind == "nutrient" and title != "sodium":
            assert isinstance(printed, Amount)
            printed_mg = counted_in_mg(printed)
            assert printed_mg <= most[title] * (1 + 1e-9)
            if title != "calcium":  # of a filler's the least that its name may mean
                # Three significant figures of it, or more.
                assert printed_mg > least_of_sources_mg(unclaimed, held[title].id) * 0.989


def counted_in_mg(printed: Amount) -> float:
    """The mass of a vitamin that is printed in RAE or NE, which are 1, or in DFE beside it."""
    if printed.value_mg is not None:
        return printed.value_mg
    unit, _, of = printed.unit.partition(" ")
    folic_acid = printed.restated.removesuffix("folic acid")
    mass = read_amount(folic_acid if of == "DFE" else f"{printed.number} {unit}")
    assert isinstance(mass, Amount)
    assert mass.value_mg is not None
    return mass.value_mg


def least_of_sources_mg(made: Formulation, of: str) -> float:
    """The least of a nutrient that its sources deliver; what others hold by the way aside."""
    found = delivered(made)
    sources = sources_in(found)
    return sum(
        held.range_mg.low
        for each in found.ingredients if not is_by_the_way(each, of, sources[each.path])
        for held in each.at_end if counted_as(held.id) == of
    )  # fmt: skip


@given(st.floats(1e-6, 1e6), st.floats(1e-3, 1e4))
def test_a_percent_is_the_nearest_whole_one_of_the_stated_amount(
    stated_mg: float, whole_mg: float
) -> None:
    share = stated_mg / whole_mg * 100
    printed = percent_text(stated_mg, whole_mg)
    if share < 0.999999:
        assert printed == "<1%"
    else:
        assert abs(int(printed.rstrip("%").replace(",", "")) - share) <= 0.5 + 1e-6


# 21 CFR 101.36.


def test_nutrients_stand_in_the_order_of_the_regulation() -> None:
    made = panel(
        formulation(
            "20 mg zinc oxide", "500 mg magnesium oxide", "300 mg calcium carbonate",
            "50 mg ferrous fumarate", "200 mg potassium chloride", "1 mg sodium selenite",
            "90 mg ascorbic acid", "5 mg copper gluconate",
        )
    )  # fmt: skip
    assert [each.title for each in made.groups[0]] == [
        "Vitamin C", "Calcium", "Iron", "Magnesium", "Zinc", "Selenium", "Copper", "Potassium"
    ]  # fmt: skip


def test_a_claim_is_printed_and_its_percent_is_of_the_claim() -> None:
    made = panel(formulation("1430 mg magnesium bisglycinate", claims={"magnesium": "0.2 g"}))
    (only,) = made.lines
    assert (only.name, only.amount, only.percent) == (
        "Magnesium (as magnesium bisglycinate)", "200 mg", "48%"
    )  # fmt: skip
    assert "200 mg ÷ 420 mg (Daily Value) = 47.6 %, printed 48%" in only.working


def test_without_a_claim_the_end_of_the_shelf_life_counts() -> None:
    lossy = {"substance": "magnesium-oxide", "amount": "500 mg", "loss": "10 %"}
    # 500 mg × 24.305 / 40.304 = 301.5 mg, of which 90 % is left: 271.4 mg
    assert panel(formulation(lossy)).lines[0].amount == "271 mg"


def test_of_an_assay_that_is_a_range_the_low_end_is_printed() -> None:
    ranged = {"substance": "magnesium bisglycinate", "amount": "1,000 mg",
              "assay": "13.5-14.0 % magnesium"}  # fmt: skip
    assert panel(formulation(ranged)).lines[0].amount == "135 mg"


def test_sources_stand_in_descending_order_of_weight() -> None:
    made = panel(
        formulation(
            "100 mg magnesium oxide", "700 mg dimagnesium malate", "300 mg magnesium taurate"
        )
    )
    assert made.lines[0].sources == "as dimagnesium malate, magnesium taurate, magnesium oxide"


def test_a_buffered_chelate_is_named_by_all_its_parts() -> None:
    named = {"substance": "magnesium-bisglycinate-buffered-20", "amount": "1 g",
             "label_name": "magnesium bisglycinate chelate"}  # fmt: skip
    assert panel(formulation(named)).lines[0].sources == (
        "as magnesium bisglycinate chelate, magnesium oxide"
    )


def test_a_lubricant_is_an_other_ingredient_and_no_source() -> None:
    made = panel(
        formulation(
            "500 mg magnesium citrate",
            excipients=[{"name": "magnesium stearate", "amount": "10 mg"}],
        )
    )
    assert made.lines[0].sources == "as magnesium citrate"
    assert made.ingredients == ("magnesium stearate",)


def test_calcium_is_declared_where_a_filler_brings_it() -> None:
    # 400 mg × 40.078 / 136.06 = 117.8 mg as anhydrous, 93.2 mg if it is the dihydrate: 7 %
    filler = [{"name": "dicalcium phosphate", "amount": "400 mg"}]
    made = panel(formulation("500 mg magnesium citrate", excipients=filler))
    assert line(made, "Calcium").name == "Calcium (as dicalcium phosphate)"
    assert line(made, "Calcium").percent == "7%"
    assert made.ingredients == ()


def test_less_than_two_percent_is_not_declared_unless_it_is_claimed() -> None:
    trace = "0.1 mg copper gluconate"  # 0.014 mg copper, 1.6 % of 0.9 mg
    made = panel(formulation("500 mg magnesium oxide", trace))
    assert [each.title for each in made.lines] == ["Magnesium"]
    assert made.ingredients == ("copper gluconate",)
    claimed = panel(formulation("500 mg magnesium oxide", trace, claims={"copper": "0.01 mg"}))
    assert line(claimed, "Copper").amount == "0.01 mg"


def test_what_has_no_daily_value_stands_below_the_bar_with_the_symbol() -> None:
    made = panel(formulation("500 mg magnesium oxide", "3000 mg creatine monohydrate",
                             "2000 mg glycine"))  # fmt: skip
    assert [(each.name, each.amount, each.percent, each.symbol) for each in made.groups[1]] == [
        ("Creatine monohydrate", "3,000 mg", None, "†"),
        ("Glycine", "2,000 mg", None, "†"),
    ]
    assert made.footnotes == ("† Daily Value not established.",)


def test_a_claimed_moiety_says_what_it_comes_from() -> None:
    made = panel(formulation("1430 mg magnesium bisglycinate", claims={"glycine": "1,200 mg"}))
    assert (line(made, "Glycine").name, line(made, "Glycine").amount) == (
        "Glycine (from magnesium bisglycinate)", "1,200 mg"
    )  # fmt: skip


def test_the_weight_of_a_blend_is_that_of_what_has_no_daily_value() -> None:
    blended = [{"substance": name, "amount": amount, "blend": "Evening Support"}
               for name, amount in (("taurine", "500 mg"), ("magnesium-bisglycinate", "1,000 mg"),
                                    ("glycine", "2,000 mg"))]  # fmt: skip
    made = panel(formulation(*blended))
    assert made.groups[0][0].name == "Magnesium (as magnesium bisglycinate)"
    assert [(each.name, each.amount, each.indent) for each in made.groups[1]] == [
        ("Evening Support (proprietary blend)", "2,500 mg", 0),
        ("Glycine", None, 1),
        ("Taurine", None, 1),
    ]
    assert label_of(made).facts[1].contains[0].name == "Glycine"
    assert any("not in the weight of Evening Support" in note for note in made.notes)


def test_a_trace_of_a_mineral_in_a_blend_is_an_other_ingredient() -> None:
    made = panel(
        formulation(
            {"substance": "glycine", "amount": "1 g", "blend": "Night Blend"},
            # 30 mg hold 4.2 mg magnesium, 1 % of 420 mg
            {"substance": "magnesium-bisglycinate", "amount": "30 mg", "blend": "Night Blend"},
        )
    )
    assert [(each.name, each.amount) for each in made.lines] == [
        ("Night Blend", "1,000 mg"), ("Glycine", None)
    ]  # fmt: skip
    assert made.ingredients == ("magnesium bisglycinate",)


def test_a_blend_of_nothing_but_sources_is_not_printed() -> None:
    made = panel(
        formulation({"substance": "magnesium-oxide", "amount": "500 mg", "blend": "Stone Blend"})
    )
    assert [each.name for each in made.lines] == ["Magnesium (as magnesium oxide)"]


def test_what_is_made_of_several_things_names_them_in_brackets() -> None:
    made = panel(
        formulation(
            "500 mg magnesium oxide",
            form="softgel", unit="softgel",
            capsule_material="gelatin (bovine), glycerin",
            excipients=[{"name": "Coating: hypromellose, talc", "amount": "9 mg"},
                        {"name": "rosemary extract, tocopherols", "amount": "2 mg"}],
        )
    )  # fmt: skip
    assert made.ingredients == (
        "Coating (hypromellose, talc)", "rosemary extract", "tocopherols",
        "softgel (gelatin (bovine), glycerin)",
    )  # fmt: skip
    assert read_back(made).other_ingredients == made.ingredients


def test_a_hydrate_is_named_where_the_formulation_names_it() -> None:
    by_grade = panel(formulation("1000 mg magnesium-l-threonate-specification"))
    assert by_grade.lines[0].sources == "as magnesium L-threonate"
    for name in ("magnesium-l-threonate-monohydrate", "magnesium L-threonate monohydrate"):
        assert panel(formulation(f"1000 mg {name}")).lines[0].sources == (
            "as magnesium L-threonate monohydrate"
        )


def test_what_analysis_finds_is_declared_only_where_it_is_claimed() -> None:
    pea = {"substance": "pea protein", "amount": "25 g",
           "define": {"holds": {"protein": "80 %", "fat": "6 %"}}}  # fmt: skip
    made = panel(formulation(pea))
    assert [each.title for each in made.lines] == ["Pea protein"]
    assert any("protein are not counted here" in note for note in made.notes)
    claimed = panel(formulation(pea, claims={"protein": "19 g"}))
    assert line(claimed, "Protein").amount == "19 g"


@pytest.mark.parametrize("market", MARKETS)
def test_a_claimed_constituent_has_its_line_beside_the_weight_of_what_holds_it(
    market: Market,
) -> None:
    tea = {"substance": "green tea extract", "amount": "200 mg",
           "define": {"holds": {"EGCG": "45 %", "caffeine": "max 1 %"}}}  # fmt: skip
    made = panel(formulation(tea, claims={"egcg": "85 mg"}), market)
    titles = {each.title: each.amount for each in made.lines}
    assert titles == {"Green tea extract": "200 mg", "EGCG": "85 mg"}
    assert line(made, "EGCG").sources == "from green tea extract"
    if market == "EU":
        assert "Food supplement with EGCG and green tea extract." in made.directions


def test_where_nothing_is_declared_a_note_says_so() -> None:
    made = panel(formulation("1 mg magnesium oxide"))
    assert made.lines == ()
    assert any("Nothing is declared" in note for note in made.notes)


def test_what_a_name_leaves_open_is_noted_only_where_it_is_less_than_is_printed() -> None:
    # magnesium oxide holds 60.3 %; a name that may be of the trade's grade, less
    def notes(claims: dict[str, str]) -> str:
        return " ".join(panel(formulation("500 mg magnesium oxide", claims=claims)).notes)

    assert "magnesium down to" in notes({})
    assert "down to" not in notes({"magnesium": "200 mg"})


@given(formulations())
def test_notes_cite_the_law_of_the_market_alone(made: Formulation) -> None:
    said = " ".join(panel(made).notes)
    cited = {"US": "21 CFR", "EU": "Regulation (E", "CA": "Natural Health Products Regulations"}
    assert not any(law in said for market, law in cited.items() if market != made.market)


def test_other_ingredients_descend_by_weight_and_the_capsule_is_last() -> None:
    made = panel(
        formulation(
            "500 mg magnesium oxide",
            capsule_material="hypromellose",
            excipients=[{"name": "silica", "amount": "5 mg"}, {"name": "vanilla flavor"},
                        {"name": "rice flour", "amount": "90 mg"}],
        )
    )  # fmt: skip
    assert made.ingredients == ("rice flour", "silica", "vanilla flavor", "hypromellose (capsule)")


def test_an_excipient_that_brings_calcium_is_listed_by_its_own_mass() -> None:
    filler = [{"name": "dicalcium phosphate", "amount": "20 mg"},  # 5 mg calcium: none
              {"name": "rice flour", "amount": "30 mg"}]  # fmt: skip
    made = panel(formulation("500 mg magnesium oxide", excipients=filler))
    assert made.ingredients == ("rice flour", "dicalcium phosphate")


DISCLAIMED = (
    "been evaluated by the Food and Drug Administration. This product is not intended to "
    "diagnose, treat, cure, or prevent any disease."
)


def test_one_statement_and_several_carry_the_mark_and_their_own_disclaimer() -> None:
    one = panel(formulation("500 mg magnesium oxide", statements=["Supports calm*"]))
    assert (one.statements, one.disclaimer) == (
        ("Supports calm*",), f"* This statement has not {DISCLAIMED}"
    )  # fmt: skip
    two = panel(formulation("500 mg magnesium oxide", statements=["Supports calm.", "And rest."]))
    assert (two.statements, two.disclaimer) == (
        ("Supports calm.*", "And rest.*"), f"* These statements have not {DISCLAIMED}"
    )  # fmt: skip
    assert panel(formulation("500 mg magnesium oxide")).disclaimer is None


def test_a_claim_beyond_what_is_delivered_is_noted() -> None:
    made = panel(formulation("500 mg magnesium oxide", claims={"magnesium": "310 mg"}))
    assert any("310 mg is claimed, and 301.5 mg delivered" in note for note in made.notes)
    enough = panel(formulation("500 mg magnesium oxide", claims={"magnesium": "300 mg"}))
    assert not any("claimed" in note for note in enough.notes)


def test_a_serving_of_powder_tells_its_mass_where_every_part_of_it_is_known() -> None:
    weighed = [{"name": "silica", "amount": "50 mg"}]
    powder = formulation("3000 mg glycine", form="powder", unit="scoop", excipients=weighed)
    assert panel(powder).serving_lines == ("Serving Size: 1 scoop (3.05 g)",)
    unknown = [{"name": "silica"}]
    powder = formulation("3000 mg glycine", form="powder", unit="scoop", excipients=unknown)
    assert panel(powder).serving_lines == ("Serving Size: 1 scoop",)


# The EU and Canada.


def test_the_eu_panel_is_of_the_day_and_of_the_nrv() -> None:
    made = panel(formulation("250 mg magnesium oxide", units_per_serving=1, servings_per_day=2,
                             claims={"magnesium": "150 mg"}), "EU")  # fmt: skip
    (only,) = made.lines
    assert made.serving_lines == ("Recommended daily dose: 2 capsules",)
    assert (only.amount, only.percent) == ("300 mg", "80%")
    assert reference_mg("magnesium", "EU") == 375
    assert label_of(made).facts[0].percent_nrv == "80%"
    assert made.ingredients == ("magnesium oxide",)


def test_the_eu_label_bears_the_words_of_the_directive() -> None:
    said = " ".join(panel(formulation("250 mg magnesium oxide"), "EU").directions)
    assert "Food supplement with magnesium." in said
    assert "Do not exceed the recommended daily dose." in said
    assert "substitute for a varied diet" in said
    assert "out of the reach of young children" in said


def test_less_than_a_significant_amount_is_noted_in_the_eu() -> None:
    # 15 % of 375 mg is 56.25 mg
    small = panel(formulation("150 mg magnesium oxide", claims={"magnesium": "56 mg"}), "EU")
    enough = panel(formulation("150 mg magnesium oxide", claims={"magnesium": "57 mg"}), "EU")
    assert any("significant amount" in note for note in small.notes)
    assert not any("significant amount" in note for note in enough.notes)


def test_directions_stand_before_the_other_ingredients_of_a_canadian_panel() -> None:
    text = text_of(panel(formulation("500 mg magnesium oxide", market="CA",
                                     capsule_material="hypromellose")))  # fmt: skip
    assert text.index("Directions:") < text.index("Non-medicinal ingredients:")


def test_what_only_an_excipient_brings_may_be_claimed() -> None:
    filler = [{"name": "dicalcium phosphate", "amount": "500 mg"}]
    made = panel(formulation("500 mg magnesium oxide", excipients=filler, market="EU",
                             claims={"calcium": "110 mg"}))  # fmt: skip
    assert line(made, "Calcium").name == "Calcium (as dicalcium phosphate)"


def test_the_canadian_panel_is_of_one_dosage_unit() -> None:
    made = panel(formulation("1000 mg magnesium oxide", units_per_serving=3, servings_per_day=2,
                             claims={"magnesium": "400 mg"}), "CA")  # fmt: skip
    (only,) = made.lines
    assert (made.columns.amount, only.amount) == ("per capsule", "133 mg")  # 133.3, never more
    assert only.name == "Magnesium (from magnesium oxide)"
    assert made.directions == ("Directions: 3 capsules, twice daily.",)
    assert label_of(made).serving.per_day == "6"


def test_what_an_excipient_may_bring_enough_of_to_be_declared_is_told() -> None:
    # 100 mg hold 23.3 mg calcium as the dihydrate and 29.5 mg anhydrous; 2 % of 1,300 mg is 26 mg
    for weighed_mg, told in ((100, True), (80, False), (120, False)):
        filler = {"name": "dicalcium phosphate", "amount": f"{weighed_mg} mg"}
        notes = panel(formulation("250 mg magnesium oxide", excipients=[filler])).notes
        assert any("from 26 mg it has to be declared" in note for note in notes) == told


def test_a_market_without_a_layout_is_refused() -> None:
    with pytest.raises(EntryError, match='found "AU", expected one of US, EU, CA'):
        panel(formulation("250 mg magnesium oxide", market="AU"))


# Reading.


@pytest.mark.parametrize(
    ("directions", "per_day"),
    [
        ("Suggested use: 2 capsules, twice daily.", "2"),
        ("Suggested use: 4 capsules, once daily.", "2"),
        ("Suggested use: 2 capsules, once daily.", "1"),
        ("Suggested use: 2 capsules, twice daily, or as directed.", "2"),
        ("Suggested use: 2 tablets, twice daily.", None),
        ("Suggested use: 3 capsules, once daily.", "1.5"),
    ],
)
def test_directions_tell_the_servings_a_day(directions: str, per_day: str | None) -> None:
    text = f"Supplement Facts\nServing Size: 2 capsules\nZinc  15 mg  136%\n\n{directions}\n"
    assert label_from(text, file="x").serving.per_day == per_day


def test_two_hydrates_of_one_salt_are_not_taken_for_the_first_alone() -> None:
    # 70 mg calcium is more than 0.2 g of the dihydrate holds, and less than of the anhydrous
    label = Label.model_validate(
        {
            "product": "Still Water",
            "serving": {"size": "1 scoop (0.2 g)", "weight": "0.2 g"},
            "facts": [
                {"name": "Calcium (as calcium chloride dihydrate, calcium chloride)",
                 "amount": "70 mg"}
            ],
        }
    )  # fmt: skip
    assert "MB102" not in codes(label)


# The command.


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["panel", *arguments])


EXAMPLE = str(resources.locate("formulations") / "bisglycinate-capsule.yaml")


@pytest.mark.parametrize(("form", "name"), [("text", "label.txt"), ("yaml", "label.yaml")])
def test_what_the_command_writes_passes_the_check(form: str, name: str, tmp_path: Path) -> None:
    written = tmp_path / name
    assert run(EXAMPLE, "--format", form, "-o", str(written)).exit_code == 0
    checked = CliRunner().invoke(main, ["check", "--format", "json", str(written)])
    (label,) = json.loads(checked.stdout)["labels"]
    assert label["findings"] == []
    assert label["product"] == "Slow Harbour Magnesium Bisglycinate"
    assert label["nutrients"][0]["declared_mg"] == 200


def test_standard_output_is_the_label_alone() -> None:
    result = run(EXAMPLE, "--show-working")
    made = panel(load_formulation(EXAMPLE))
    assert result.stdout == text_of(made)
    assert "1,430 mg × 99.318 % = 1,420 mg" in result.stderr
    assert "21 CFR 101.36" in result.stderr
    assert result.stderr.count("Cautions") == 1


def test_only_what_the_panel_used_is_cited() -> None:
    scoop = str(resources.locate("formulations") / "tri-form-scoop.yaml")
    told, working = run(scoop).stderr, run(scoop, "--show-working").stderr
    assert "Law: 21 CFR 101.36" in told
    assert "101.93" not in told
    assert "EFSA" not in told
    assert "EFSA" in working


def test_the_rule_of_the_disclaimer_is_cited_beside_statements() -> None:
    assert "cfr-101-93" not in panel(formulation("500 mg magnesium oxide")).sources
    said = panel(formulation("500 mg magnesium oxide", statements=["Supports calm."]))
    assert "cfr-101-93" in said.sources


def test_json_holds_the_lines_the_label_and_the_references() -> None:
    data = json.loads(run(EXAMPLE, "--format", "json", "--market", "EU").stdout)
    assert data["version"] == 1
    assert data["panel"]["groups"][0][0]["percent"] == "53%"
    assert "working" not in data["panel"]["groups"][0][0]
    assert data["label"]["market"] == "EU"
    assert {"reg-1169-2011", "dir-2002-46"} <= {each["id"] for each in data["references"]}
    shown = json.loads(run(EXAMPLE, "--format", "json", "--show-working").stdout)
    assert "printed 200 mg: the label claim" in shown["panel"]["groups"][0][0]["working"]


def test_a_claim_that_no_input_brings_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    recipe, written = tmp_path / "recipe.yaml", tmp_path / "panel.txt"
    recipe.write_text(
        "product: A\ninputs:\n  - {substance: glycine, amount: 1 g}\nclaims:\n  zinc: 15 mg\n"
    )
    result = run(str(recipe), "-o", str(written))
    assert result.exit_code == 2
    assert f"{recipe}:5:" in result.stderr
    assert "no input brings zinc; they bring glycine" in result.stderr
    assert not written.exists()


def test_a_formulation_is_not_written_over() -> None:
    before = Path(EXAMPLE).read_text()
    result = run(EXAMPLE, "-o", EXAMPLE)
    assert result.exit_code == 2
    assert Path(EXAMPLE).read_text() == before
