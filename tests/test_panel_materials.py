"""What a panel makes of its materials: sources, ingredients, how much of each, and the notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue, resources
from chelate.checker import check
from chelate.cli import main
from chelate.findings import Verdict
from chelate.formulate import EntryError
from chelate.formulate.panel import Panel, label_of, panel, text_of
from chelate.formulate.panel.shares import rounded_shares
from chelate.models import Label, Market
from chelate.readers.panel import label_from
from chelate.report.panel_box import panel_html, panel_svg
from chelate.units import Amount, read_amount
from drawn import MARKETS, formulation, formulations

BERBERINE = {"substance": "berberine hydrochloride", "define": {"formula": "C20H18ClNO4"},
             "amount": "500 mg"}  # fmt: skip
ASHWAGANDHA = {"substance": "ashwagandha root extract", "define": {"holds": {"iron": "0.02 %"}},
               "amount": "300 mg"}  # fmt: skip
SPIRULINA = {"substance": "spirulina powder", "amount": "5 g",
             "define": {"holds": {"iron": "0.03 %", "magnesium": "0.2 %"}}}  # fmt: skip


def rows(made: Panel) -> list[tuple[str, str | None]]:
    return [(each.name, each.amount) for each in made.lines]


def said(made: Panel) -> str:
    return " ".join(made.notes)


def read_back(made: Panel) -> Label:
    return label_from(text_of(made), file="panel.txt")


def codes(label: Label) -> set[str]:
    return {finding.code for finding in check(label).findings}


# What is defined in place: 21 CFR 101.36(b)(3), (c).


@pytest.mark.parametrize("market", MARKETS)
def test_a_defined_material_is_an_ingredient_by_its_own_mass(market: Market) -> None:
    made = panel(formulation(BERBERINE, ASHWAGANDHA), market)
    assert rows(made) == [
        ("Berberine hydrochloride", "500 mg"),
        ("Ashwagandha root extract", "300 mg"),
    ]
    assert codes(read_back(made)) == set()


def test_what_a_material_holds_by_the_way_makes_it_no_source() -> None:
    made = panel(formulation(SPIRULINA, "600 mg magnesium citrate"), "EU")
    # 600 mg × 72.915 / 451.113 = 97.0 mg of the citrate alone; spirulina holds 10 mg more
    assert rows(made) == [("Magnesium (as magnesium citrate)", "96.9 mg"),
                          ("Spirulina powder", "5,000 mg")]  # fmt: skip
    assert "Spirulina powder holds 1.5 mg iron and 10 mg magnesium, which is not counted" in said(
        made
    )


def test_what_is_declared_wherever_it_is_present_is_counted_from_everything() -> None:
    # 5,000 mg × 0.025 % (the least of 0.03 %) = 1.25 mg
    assert ("Iron", "1.25 mg") in rows(panel(formulation(SPIRULINA)))
    both = panel(formulation(SPIRULINA, "30 mg ferrous bisglycinate"))
    # of 30 mg × 55.845 / 203.97 = 8.21 mg, and 1.25 mg beside: then all sources are named
    assert rows(both)[0] == ("Iron (as spirulina powder, ferrous bisglycinate)", "9.46 mg")


@pytest.mark.parametrize(
    ("define", "claims", "name"),
    [
        ({"holds": {"magnesium": "18 %"}}, {"magnesium": "80 mg"}, "MX-1"),
        ({"holds": {"magnesium": "18 %"}, "source_of": ["magnesium"]}, {}, "MX-1"),
        ({"holds": {"magnesium": "18 %"}}, {}, "Magnesium matrix MX-1"),
        ({"formula": "Mg(C4H7O3)2"}, {}, "magnesium BHB"),
    ],
)
def test_it_is_a_source_where_that_is_claimed_or_said(
    define: dict[str, Any], claims: dict[str, str], name: str
) -> None:
    made = panel(
        formulation({"substance": name, "define": define, "amount": "500 mg"}, claims=claims)
    )
    assert made.lines[0].name == f"Magnesium (as {name})"
    told = (f"{name[:1].upper()}{name[1:]}", "500 mg")
    assert (told in rows(made)) == bool(claims)  # a claim takes no ingredient's own line


def test_a_claim_beyond_what_the_sources_bring_names_what_else_holds_it() -> None:
    mixed = (SPIRULINA, "600 mg magnesium citrate")  # 97 mg, and 10 mg
    for claim, sources in (("95 mg", "as magnesium citrate"),
                           ("103 mg", "as spirulina powder, magnesium citrate")):  # fmt: skip
        made = panel(formulation(*mixed, claims={"magnesium": claim}))
        assert next(each for each in made.lines if each.title == "Magnesium").sources == sources


def test_source_of_names_what_the_material_holds() -> None:
    wrong = {"holds": {"magnesium": "18 %"}, "source_of": ["zinc"]}
    with pytest.raises(EntryError, match='found "zinc", expected what it holds: magnesium') as bad:
        panel(formulation({"substance": "MX-1", "define": wrong, "amount": "500 mg"}))
    assert bad.value.path == "inputs[0].define.source_of[0]"


def test_a_defined_material_stays_in_its_blend() -> None:
    cherry = {"substance": "tart cherry extract", "amount": "300 mg", "blend": "Calm Blend",
              "define": {"holds": {"magnesium": "0.1-0.2 %"}}}  # fmt: skip
    taurine = {"substance": "taurine", "amount": "500 mg", "blend": "Calm Blend"}
    bisglycinate = {"substance": "magnesium bisglycinate", "amount": "1.5 g", "blend": "Calm Blend"}
    made = panel(formulation(bisglycinate, taurine, cherry))
    assert made.lines[0].sources == "as magnesium bisglycinate"
    assert rows(made)[1:] == [("Calm Blend", "800 mg"), ("Taurine", None),
                              ("Tart cherry extract", None)]  # fmt: skip
    assert "Tart cherry extract: not in the weight" not in said(made)
    assert codes(read_back(made)) == set()


def test_a_source_in_a_blend_that_has_no_line_is_said_to_have_none() -> None:
    trace = {"substance": "magnesium-bisglycinate", "amount": "30 mg", "blend": "Night Blend"}
    taurine = {"substance": "taurine", "amount": "500 mg", "blend": "Night Blend"}
    assert "magnesium is below 2 % of its Daily Value" in said(panel(formulation(trace, taurine)))


def test_a_vitamin_that_is_defined_by_its_formula_has_the_vitamins_line() -> None:
    b12 = {"substance": "vitamin B12", "define": {"formula": "C63H88CoN14O14P"},
           "amount": "100 mcg"}  # fmt: skip
    (only,) = panel(formulation(b12)).lines
    # 100 mcg ÷ 2.4 mcg = 4,166.7 %
    assert (only.name, only.amount, only.percent) == ("Vitamin B12", "100 mcg", "4,167%")
    assert "counted as all of the material" in said(panel(formulation(b12)))


# A claimed moiety.


def test_a_claim_of_a_component_takes_no_ingredient_off_the_panel() -> None:
    made = panel(
        formulation(
            "10000 mg collagen peptides", "1000 mg glycine", "700 mg magnesium bisglycinate",
            claims={"glycine": "3 g"},
        )
    )  # fmt: skip
    assert ("Collagen peptides", "10,000 mg") in rows(made)
    assert [each.title for each in made.lines].count("Glycine") == 1
    told = next(each for each in made.lines if each.title == "Glycine")
    assert told.sources == "from collagen peptides, glycine, magnesium bisglycinate"


@given(formulations())
def test_every_input_stands_somewhere_on_the_panel(made: Any) -> None:
    laid_out = panel(made, "US")
    text = " ".join(text_of(laid_out).split()).casefold()
    for each in made.inputs:
        name = each.label_name or each.substance
        if not each.define:
            continue
        words = [word.strip("(),;") for word in name.casefold().split()]
        assert all(word in text for word in words), name


# How much comes from each source.

SHARED = ("1000 mg magnesium bisglycinate", "100 mg magnesium-oxide")


@pytest.mark.parametrize("market", MARKETS)
def test_the_amount_from_each_source_is_printed_where_that_is_wished(market: Market) -> None:
    made = panel(formulation(*SHARED, claims={"magnesium": "200 mg"}, source_amounts=True), market)
    # 140.96 mg and 60.30 mg of 201.26 mg; of 200 mg these are 140.08 mg and 59.92 mg
    assert rows(made) == [
        ("Magnesium", "200 mg"),
        ("of which from magnesium bisglycinate", "140 mg"),
        ("of which from magnesium oxide", "60 mg"),
    ]
    (row,) = label_of(made).facts
    assert [(each.name, each.elemental) for each in row.sources] == [
        ("magnesium bisglycinate", "140 mg"), ("magnesium oxide", "60 mg")
    ]  # fmt: skip
    assert read_back(made).model_dump() == label_of(made).model_dump()


def test_a_declared_blend_with_its_amounts_leaves_checking_nothing_to_say() -> None:
    named = panel(formulation(*SHARED))
    assert codes(read_back(named)) == {"BF102"}
    shared = panel(formulation(*SHARED, product="Buffered Calm Magnesium", source_amounts=True))
    checked = check(read_back(shared))
    assert (checked.findings, checked.verdict) == ((), Verdict.DECLARED_BLEND)


def test_what_comes_from_one_source_alone_names_it_as_ever() -> None:
    made = panel(formulation("100 mg magnesium-oxide", source_amounts=True))
    assert rows(made) == [("Magnesium (as magnesium oxide)", "60.3 mg")]


@given(
    st.lists(st.floats(1e-3, 1e3), min_size=2, max_size=5).filter(lambda s: sum(s) > 0),
    st.integers(0, 2),
)
def test_printed_shares_add_up_or_are_rounded_down(shares: list[float], decimals: int) -> None:
    whole = round(sum(shares), decimals)
    scaled = [share * whole / sum(shares) for share in shares]
    if whole <= 0:
        return
    printed = rounded_shares(scaled, whole)
    exact = abs(sum(printed) - whole) < 1e-6 * whole
    assert exact or all(p <= s * (1 + 1e-9) for p, s in zip(printed, scaled, strict=True))


@given(formulations())
def test_no_share_is_more_than_the_whole(made: Any) -> None:
    whole = 0.0
    for each in panel(made.model_copy(update={"source_amounts": True}), "US").lines:
        read = read_amount(each.amount) if each.amount else None
        if each.kind == "nutrient":
            assert isinstance(read, Amount)
            whole = read.value_mg or 0.0
        elif each.kind == "share":
            assert isinstance(read, Amount)
            assert (read.value_mg or 0.0) <= whole


def test_the_option_prints_the_amounts_of_any_formulation(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(
        "product: A\ninputs:\n  - {substance: magnesium bisglycinate, amount: 1 g}\n"
        "  - {substance: magnesium-oxide, amount: 100 mg}\n"
    )
    plain = CliRunner().invoke(main, ["panel", str(recipe)]).stdout
    shared = CliRunner().invoke(main, ["panel", str(recipe), "--source-amounts"]).stdout
    assert "of which from" not in plain
    assert "of which from magnesium oxide" in shared


def test_drawings_show_the_amounts_and_the_warnings() -> None:
    made = panel(
        formulation("1000 mg magnesium bisglycinate", "100 mg magnesium-oxide",
                    "50 mg ferrous fumarate", source_amounts=True)
    )  # fmt: skip
    for drawn in (panel_html(made), panel_svg(made)):
        assert "of which from" in drawn
        assert "Accidental overdose" in drawn


# Notes: what is left open, and the law.


def test_the_last_digit_of_a_potency_is_not_blamed_on_the_name() -> None:
    # a name without hydrates or grades: 0.5 % stands for 0.45 to 0.55 %
    def notes(potency: str) -> str:
        selenium = {"substance": "L-selenomethionine", "amount": "20 mg", "potency": potency}
        return said(panel(formulation(selenium)))

    assert "a potency of 0.5 % stands for 0.45 to 0.55 %" in notes("0.5 %")
    assert "Another digit narrows it: 0.50 %" in notes("0.5 %")
    assert "which hydrate or grade" not in notes("0.5 %")
    assert "stands for" not in notes("0.500 %")
    assert "stands for" not in notes("0.45-0.55 %")


def test_of_a_potency_that_is_a_range_the_low_end_is_printed() -> None:
    weak = {"substance": "magnesium-oxide", "amount": "1 g", "potency": "40-60 %",
            "assay": "100.0 %"}  # fmt: skip
    # 1,000 mg × 0.40 × 24.305 / 40.304 = 241.2 mg
    assert rows(panel(formulation(weak)))[0][1] == "241 mg"


def test_a_name_and_a_digit_that_both_leave_it_open_are_told_apart() -> None:
    both = {"substance": "sodium selenite", "amount": "10 mg", "potency": "1 %"}
    # 10 mg × 1 % × 78.971 / 172.938 = 45.7 mcg; as the pentahydrate 30.0 mcg; at 0.5 % 22.8 mcg
    told = said(panel(formulation(both)))
    assert "selenium down to 30 mcg. An assay settles it." in told
    assert "selenium down to 22.8 mcg. Another digit narrows it: 1.0 %." in told


@pytest.mark.parametrize(("form", "warned"), [("capsule", True), ("tablet", True),
                                              ("powder", False), ("liquid", False)])  # fmt: skip
def test_a_solid_source_of_iron_bears_its_warning(form: str, warned: bool) -> None:
    iron = formulation("50 mg ferrous fumarate", form=form, unit="unit")
    made = panel(iron)
    assert any("fatal poisoning in children under 6" in text for text in made.warnings) == warned
    assert ("101.17(e)" in said(made)) == warned
    assert ("cfr-101-17" in made.sources) == warned
    assert read_back(made).model_dump() == label_of(made).model_dump()
    assert codes(read_back(made)) == set()
    assert panel(iron, "EU").warnings == ()


def test_what_holds_iron_by_the_way_needs_no_warning() -> None:
    assert panel(formulation(SPIRULINA)).warnings == ()


def test_iron_has_its_cautions() -> None:
    assert [each.id for each in catalogue.cautions(["iron"])] == [
        "iron-children", "iron-overload", "iron-medicines"
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "told"), [("900 mg", "It does not fit"), ("300 mg", None)])
def test_a_fill_that_no_capsule_holds_is_noted(amount: str, told: str | None) -> None:
    filled = {"substance": "magnesium bisglycinate", "amount": amount}
    notes = said(panel(formulation(filled, capsule_size="1")))
    assert ("of size 1" in notes) == (told is not None)
    assert told is None or told in notes


def test_an_additive_stands_behind_its_category_in_the_eu() -> None:
    made = formulation(
        "500 mg magnesium-oxide",
        capsule_material="hypromellose",
        excipients=[{"name": "rice flour", "amount": "40 mg"},
                    {"name": "microcrystalline cellulose", "amount": "30 mg"},
                    {"name": "stearic acid", "amount": "8 mg", "category": "anti-caking agent"},
                    {"name": "silica", "amount": "5 mg", "category": "Bulking agent"},
                    {"name": "glazing agent: shellac, talc", "amount": "2 mg"}],
    )  # fmt: skip
    european = panel(made, "EU")
    assert european.ingredients == (
        "magnesium oxide", "rice flour", "bulking agent (microcrystalline cellulose)",
        "anti-caking agent (stearic acid)", "Bulking agent (silica)",
        "glazing agent (shellac, talc)", "glazing agent (hypromellose)",
    )  # fmt: skip
    assert "No category stands before rice flour:" in said(european)
    assert read_back(european).other_ingredients == european.ingredients
    american = panel(made)
    assert american.ingredients == (
        "rice flour", "microcrystalline cellulose", "stearic acid (anti-caking agent)",
        "silica (Bulking agent)", "glazing agent (shellac, talc)", "hypromellose (capsule)",
    )  # fmt: skip


def test_a_category_that_the_law_does_not_know_is_refused() -> None:
    filler = [{"name": "silica", "category": "flow wonder"}]
    with pytest.raises(EntryError, match='found "flow wonder", expected a category') as refused:
        panel(formulation("500 mg magnesium-oxide", excipients=filler), "EU")
    assert refused.value.path == "excipients[0].category"


def test_every_usual_category_is_one_of_the_law() -> None:
    layouts = resources.toml("panel_layout.toml")["additives"]["categories"]
    known = resources.toml("excipients.toml")["categories"]["en"]
    assert {each.replace("-", " ") for each in layouts} <= set(known)
    things = {*resources.toml("excipients.toml")["same"]}
    named = [name for names in layouts.values() for name in names]
    assert len(set(named)) == len(named)
    assert things.intersection(named)


def test_a_powder_has_no_capsule() -> None:
    made = panel(formulation("500 mg magnesium-oxide", form="powder", unit="scoop",
                             capsule_material="gelatin"))  # fmt: skip
    assert made.ingredients == ()
    assert "No capsule is printed of a powder" in said(made)


@pytest.mark.parametrize(
    ("unit", "several"),
    [
        ("bottle", "5 bottles"), ("box", "5 boxes"), ("pouch", "5 pouches"), ("tray", "5 trays"),
        ("gummy", "5 gummies"), ("mL", "5 mL"), ("fl oz", "5 fl oz"), ("sachets", "5 sachets"),
        ("capsule(s)", "5 capsule(s)"), ("glass", "5 glasses"),
    ],
)  # fmt: skip
def test_units_of_a_serving_are_made_plural(unit: str, several: str) -> None:
    made = formulation("500 mg glycine", form=None, unit=unit, units_per_serving=5)
    assert f"{panel(made).serving.size} (".startswith(f"{several} (")


def test_an_excipient_is_told_beside_its_nutrient_in_a_sentence() -> None:
    salt = [{"name": "sodium chloride", "amount": "200 mg"}]
    assert "but sodium is declared wherever" in said(
        panel(formulation("500 mg magnesium-oxide", excipients=salt))
    )


# Reading.


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Melatonin 1 % trituration   300 mg   †", "Melatonin 1 % trituration"),
        ("Alpha-GPC 50 %   300 mg   †", "Alpha-GPC 50 %"),
        ("95% curcumin extract   300 mg   †", "95% curcumin extract"),
        ("PQQ 20 mg beadlets   300 mg   †", "PQQ 20 mg beadlets"),
        ("Green tea extract 4:1   300 mg   †", "Green tea extract 4:1"),
        ("R&D Matrix 3   300 mg   †", "R&D Matrix 3"),
    ],
)
def test_a_figure_in_a_name_is_part_of_it_where_the_amount_has_its_own_cell(
    line: str, name: str
) -> None:
    text = f"Supplement Facts\nServing Size: 1 capsule\n\n{line}\n\nOther ingredients: silica.\n"
    (row,) = label_from(text, file="x").facts
    assert (row.name, row.amount, row.percent_dv) == (name, "300 mg", "†")


@pytest.mark.parametrize(
    ("line", "name", "percent"),
    [
        ("Zinc 45 %   5 mg", "Zinc", "45 %"),
        ("Vitamin C 100%   90 mg", "Vitamin C", "100%"),
        ("Magnesium (as magnesium oxide) 48%   200 mg", "Magnesium (as magnesium oxide)", "48%"),
    ],
)
def test_the_percent_of_a_nutrient_is_no_part_of_its_name(
    line: str, name: str, percent: str
) -> None:
    text = f"Supplement Facts\nServing Size: 1 capsule\n{line}\n"
    (row,) = label_from(text, file="x").facts
    assert (row.name, row.percent_dv) == (name, percent)


def test_an_indented_line_is_a_member_whatever_its_name() -> None:
    text = (
        "Supplement Facts\nServing Size: 1 capsule\n\nNight Matrix   500 mg   †\n"
        "  Probiotic blend\n  Magnesium-free salt\n  Melatonin 1 % trituration\n\n"
        "Statements:\nGluten-free\n"
    )
    label = label_from(text, file="x")
    assert [each.name for each in label.facts[0].contains] == [
        "Probiotic blend", "Magnesium-free salt", "Melatonin 1 % trituration"
    ]  # fmt: skip
    assert label.statements == ("Gluten-free",)


@pytest.mark.parametrize("form", ["liquid", "powder"])
def test_a_serving_may_be_a_volume(form: str) -> None:
    made = panel(formulation("1500 mg magnesium bisglycinate", form=form, unit="mL",
                             units_per_serving=2, servings_per_day=2))  # fmt: skip
    label = read_back(made)
    assert label.serving.per_day == "2"
    assert "IN103" not in codes(label)
    unread = Label.model_validate(label.model_dump() | {"serving": {"size": "some of it"}})
    assert "IN103" in codes(unread)


def test_a_statement_that_begins_like_a_heading_stays_one() -> None:
    made = panel(
        formulation("500 mg glycine", excipients=[{"name": "silica"}],
                    statements=["Other ingredients matter too"])
    )  # fmt: skip
    assert read_back(made).model_dump() == label_of(made).model_dump()
