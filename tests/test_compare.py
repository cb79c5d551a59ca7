"""A label beside its recipe: each kind of difference, and what is no difference."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate import readers
from chelate.cli import main
from chelate.files import load_formulation
from chelate.findings import Severity
from chelate.formulate.compare import KINDS, Comparison, NotCompared, compare
from chelate.formulate.panel import label_of, panel, text_of
from chelate.models import Label
from chelate.models.formulation import Formulation
from conftest import ROOT

# 1,000 mg bisglycinate hold 141.0 mg magnesium (24.305 / 172.423), 100 mg oxide 60.3 mg
# (24.305 / 40.304): 201.3 mg together, and 870.7 mg glycine.
RECIPE: dict[str, Any] = {
    "product": "Fell Pony Magnesium",
    "brand": "Fell Pony",
    "form": "capsule",
    "capsule_size": "00",
    "capsule_material": "hypromellose",
    "unit": "capsule",
    "units_per_serving": 2,
    "servings_per_day": 1,
    "servings_per_container": 60,
    "inputs": [
        {"substance": "magnesium bisglycinate anhydrous", "amount": "1,000 mg", "assay": "100.0 %"},
        {"substance": "magnesium-oxide", "amount": "100 mg", "assay": "100.0 %"},
        {"substance": "citric acid anhydrous", "amount": "50 mg"},
    ],
    "excipients": [
        {"name": "rice flour", "amount": "20 mg"},
        {"name": "silica", "amount": "10 mg"},
    ],
    "statements": ["Magnesium contributes to normal muscle function."],
}
ROW = "Magnesium (as magnesium bisglycinate chelate, magnesium oxide)"
LABEL: dict[str, Any] = {
    "product": "Fell Pony Magnesium",
    "brand": "Fell Pony",
    "form": "capsule",
    "capsule_size": "00",
    "serving": {"size": "2 capsules", "per_container": "60", "per_day": "1"},
    "facts": [
        {"name": ROW, "amount": "201 mg", "percent_dv": "48 %"},
        {"name": "Citric acid", "amount": "50 mg"},
    ],
    "other_ingredients": ["hypromellose (capsule), rice flour, silicon dioxide"],
    "statements": ["Magnesium contributes to normal muscle function.*"],
}


def row(name: str = ROW, amount: str = "201 mg", **others: Any) -> dict[str, Any]:
    """The label with another first row."""
    return {"facts": [{"name": name, "amount": amount} | others, LABEL["facts"][1]]}


def others(text: str) -> dict[str, Any]:
    return {"other_ingredients": [text]}


def serving(**changed: str) -> dict[str, Any]:
    return {"serving": LABEL["serving"] | changed}


def held(label: Mapping[str, Any], recipe: Mapping[str, Any] | None = None) -> Comparison:
    """The label with some keys changed beside the recipe with some keys changed."""
    made = Formulation.model_validate(RECIPE | dict(recipe or {}))
    return compare(made, Label.model_validate(LABEL | dict(label)))


def kinds(label: Mapping[str, Any], recipe: Mapping[str, Any] | None = None) -> list[str]:
    return [each.kind for each in held(label, recipe).differences]


def inputs(*changed: dict[str, Any]) -> dict[str, Any]:
    """The recipe with its inputs changed, in their order."""
    merged = [own | new for own, new in zip(RECIPE["inputs"], changed, strict=False)]
    return {"inputs": [*merged, *RECIPE["inputs"][len(changed) :]]}


BLENDED = inputs({}, {}, {"blend": "Calm Blend"})
GLYCINE = {"substance": "glycine", "amount": "500 mg", "blend": "Calm Blend"}
TWO_IN_BLEND = {"inputs": [*BLENDED["inputs"], GLYCINE]}
BUFFERED = {
    "inputs": [
        {"substance": "magnesium-bisglycinate-buffered", "amount": "1,000 mg",
         "assay": "20.1 % magnesium"},
        RECIPE["inputs"][2],
    ]
}  # fmt: skip
PLAIN = {"inputs": [{"substance": "magnesium bisglycinate anhydrous", "amount": "1,425 mg"},
                    RECIPE["inputs"][2]]}  # fmt: skip
CATEGORISED = {"excipients": [{"name": "rice flour", "amount": "20 mg"},
                              {"name": "silica", "amount": "10 mg",
                               "category": "anti-caking agent"}]}  # fmt: skip
AS_BISGLYCINATE = "Magnesium (as magnesium bisglycinate)"
ZINC = {"inputs": [*RECIPE["inputs"], {"substance": "zinc-oxide", "amount": "10 mg"}]}


def blend(*members: str, name: str = "Calm Blend", total: str = "550 mg") -> dict[str, Any]:
    nested = [{"name": member} for member in members]
    return {"facts": [LABEL["facts"][0], {"name": name, "amount": total, "contains": nested}]}


# 10 mg silica are 0.85 % of 1,180 mg.
POWDER = {"form": "powder", "serving": LABEL["serving"] | {"size": "2 scoops"}}
IN_SCOOPS = {"form": "powder", "unit": "scoop", "capsule_material": None}

# For each kind: what fails, and what is near it and passes, as changes to label and recipe.
Changes = tuple[Mapping[str, Any], Mapping[str, Any]]
LASTING = {"loss": "3 %", "overage": "4 %", "overage_convention": "multiply"}
CASES: dict[str, tuple[Changes, Changes]] = {
    "nutrient-not-in-recipe": (
        ({"facts": [*LABEL["facts"], {"name": "Zinc (as zinc oxide)", "amount": "8 mg"}]}, {}),
        ({"facts": [*LABEL["facts"], {"name": "Zinc (as zinc oxide)", "amount": "8 mg"}]}, ZINC),
    ),
    "nutrient-not-printed": (
        ({}, ZINC),
        ({}, {"inputs": [*RECIPE["inputs"], {"substance": "zinc-oxide", "amount": "0.2 mg"}]}),
    ),
    "amount-above-recipe": ((row(amount="205 mg"), {}), (row(amount="201.3 mg"), {})),
    "amount-not-readable": ((row(amount="2o1 mg"), {}), (row(amount="201 mg"), {})),
    "amount-below-recipe": (
        (row(amount="150 mg"), {}),
        (row(amount="150 mg"), {"claims": {"magnesium": "150 mg"}}),
    ),
    "amount-not-as-claimed": (
        (row(amount="201 mg"), {"claims": {"magnesium": "190 mg"}}),
        (row(amount="190 mg"), {"claims": {"magnesium": "190 mg"}}),
    ),
    "amount-short-at-end": (
        ({}, inputs({"loss": "3 %"}, {"loss": "3 %"})),
        ({}, inputs(LASTING, LASTING)),
    ),
    "claim-not-printed": (
        ({}, {"claims": {"glycine": "870 mg"}}),
        (
            {"facts": [*LABEL["facts"], {"name": "Glycine", "amount": "870 mg"}]},
            {"claims": {"glycine": "870 mg"}},
        ),
    ),
    "percent-differs": ((row(percent_dv="57 %"), {}), (row(percent_dv="48 %"), {})),
    "source-not-in-recipe": (
        (row("Magnesium (as magnesium citrate, magnesium bisglycinate, magnesium oxide)"), {}),
        (row("Magnesium (as magnesium glycinate, magnesium oxide)"), {}),
    ),
    "source-not-printed": (
        (row(AS_BISGLYCINATE), {}),
        (row(AS_BISGLYCINATE) | others(
            "hypromellose (capsule), magnesium oxide, rice flour, silicon dioxide"), {}),
    ),
    "source-form-differs": (
        (row("Magnesium (as magnesium bisglycinate dihydrate, magnesium oxide)"), {}),
        (row("Magnesium (as magnesium bisglycinate anhydrous, magnesium oxide)"), {}),
    ),
    "source-order-differs": (
        (row("Magnesium (as magnesium oxide, magnesium bisglycinate)"), {}),
        (row("Magnesium (as magnesium oxide, magnesium bisglycinate)"), {"market": "EU"}),
    ),
    "buffer-not-in-recipe": (
        (row("Magnesium (as magnesium bisglycinate chelate buffered)"), PLAIN),
        (row("Magnesium (as magnesium bisglycinate chelate buffered)"), BUFFERED),
    ),
    "mass-differs": (
        (row("Magnesium (from 1,100 mg magnesium bisglycinate and magnesium oxide)"), {}),
        (row("Magnesium (from 1,000 mg magnesium bisglycinate and magnesium oxide)"), {}),
    ),
    "ingredient-not-in-recipe": (
        ({"facts": [*LABEL["facts"], {"name": "L-Theanine", "amount": "100 mg"}]}, {}),
        ({"facts": [*LABEL["facts"], {"name": "Calories", "amount": "5 kcal"}]}, {}),
    ),
    "ingredient-not-printed": (
        ({"facts": LABEL["facts"][:1]}, {}),
        ({"facts": LABEL["facts"][:1]}
         | others("citric acid, hypromellose (capsule), rice flour, silica"), {}),
    ),
    "blend-not-in-recipe": (
        (blend("Citric acid", name="Night Matrix", total="50 mg"), BLENDED),
        (blend("Citric acid", total="50 mg"), BLENDED),
    ),
    "blend-not-printed": (({}, BLENDED), (blend("Citric acid", total="50 mg"), BLENDED)),
    "blend-members-differ": (
        ({"facts": [*blend("Citric acid")["facts"], {"name": "Glycine", "amount": "500 mg"}]},
         TWO_IN_BLEND),
        (blend("Glycine", "Citric acid"), TWO_IN_BLEND),
    ),
    "blend-order-differs": (
        (blend("Citric acid", "Glycine"), TWO_IN_BLEND),
        (blend("Glycine", "Citric acid"), TWO_IN_BLEND),
    ),
    "other-ingredient-not-in-recipe": (
        (others("hypromellose (capsule), rice flour, silica, gelatin"), {}),
        (others("vegetable cellulose (capsule), organic rice flour, silica, water"), {}),
    ),
    "other-ingredient-not-printed": (
        (others("hypromellose (capsule), silica"), {}),
        (others("vegetarian capsule (hypromellose, water), rice flour, silica"), {}),
    ),
    "other-ingredient-order-differs": (
        (others("hypromellose (capsule), silica, rice flour"), {}),
        (others("hypromellose (capsule), contains less than 2 % of: silica, rice flour"), {}),
    ),
    "other-ingredient-share-differs": (
        (POWDER | others("rice flour, contains less than 0.5 % of: silica"), IN_SCOOPS),
        (POWDER | others("rice flour, contains less than 1 % of: silica"), IN_SCOOPS),
    ),
    "other-ingredient-category-differs": (
        (others("hypromellose (capsule), rice flour, sweetener (silica)"), CATEGORISED),
        (others("hypromellose (capsule), rice flour, anticaking agent: silica"), CATEGORISED),
    ),
    "capsule-material-differs": (
        (others("gelatin capsule, rice flour, silica"), {}),
        (others("vegetarian capsule, rice flour, silica"), {}),
    ),
    "capsule-size-differs": (({"capsule_size": "1"}, {}), ({"capsule_size": "size 00"}, {})),
    "form-differs": (({"form": "tablet"}, {}), ({"form": "vegetarian capsules"}, {})),
    "serving-size-differs": (
        (serving(size="1 capsule", per_container="120", per_day="2")
         | {"facts": [{"name": ROW, "amount": "100 mg"},
                      {"name": "Citric acid", "amount": "25 mg"}]},
         {}),
        (serving(size="Two (2) vegetarian capsules"), {}),
    ),
    "serving-mass-differs": ((serving(weight="1,000 mg"), {}), (serving(weight="1,180 mg"), {})),
    "servings-per-container-differ": (
        (serving(per_container="90"), {}),
        (serving(per_container="about 60"), {}),
    ),
    "servings-per-day-differ": ((serving(per_day="2"), {}), (serving(per_day="1"), {})),
    "product-name-differs": (
        ({"product": "Fell Pony Zinc"}, {}),
        ({"product": "Magnesium"}, {"product": "FELL PONY® Magnesium"}),
    ),
    "brand-differs": (({"brand": "Dale Pony"}, {}), ({"brand": "FELL PONY™"}, {})),
    "statement-not-printed": (
        ({"statements": ["Magnesium contributes to sleep."]}, {}),
        ({"statements": ["†Magnesium contributes to normal muscle function†"]}, {}),
    ),
}  # fmt: skip


def test_a_label_that_says_what_the_recipe_is_has_no_difference() -> None:
    compared = held({})
    assert compared.differences == ()
    assert {"magnesium", "percent of magnesium", "order of sources"} <= {
        each.subject for each in compared.follows
    }


def test_every_kind_has_a_case() -> None:
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_is_found_where_it_is_and_not_beside_it(kind: str) -> None:
    failing, passing = CASES[kind]
    expected = {"blend-not-in-recipe": [kind, "blend-not-printed"]}.get(kind, [kind])
    assert kinds(*failing) == expected
    assert kinds(*passing) == []


# What is above or below only beyond what the figures stand for, at both ends of the shelf life.
@pytest.mark.parametrize(
    ("printed", "entry", "expected"),
    [
        ("201 mg", {}, []),  # [200.5, 201.5] has 201.3 mg in it
        ("202 mg", {}, ["amount-above-recipe"]),  # at least 201.5 mg
        ("200 mg", {}, ["amount-below-recipe"]),  # less than 201 mg, however it was rounded
        (
            "211 mg",
            {"overage": "5 %", "overage_convention": "multiply"},
            [],
        ),  # 211.4 mg with the overage
        ("201 mg", {"overage": "5 %", "overage_convention": "multiply"}, []),  # 201.3 mg without it
        ("212 mg", {"overage": "5 %", "overage_convention": "multiply"}, ["amount-above-recipe"]),
        ("191 mg", {"loss": "5 %"}, []),  # 191.2 mg are left
        ("195 mg", {"loss": "5 %"}, ["amount-short-at-end"]),
    ],
)
def test_a_printed_amount_follows_from_any_figure_between_manufacture_and_the_end(
    printed: str, entry: dict[str, str], expected: list[str]
) -> None:
    made = inputs(entry, entry)
    assert kinds({"facts": [{"name": ROW, "amount": printed}, LABEL["facts"][1]]}, made) == expected


def test_an_amount_may_have_been_rounded_down() -> None:
    made = inputs({"amount": "1,004 mg"})  # 141.5 mg + 60.3 mg = 201.8 mg
    assert kinds(row(amount="201 mg"), made) == []
    assert kinds(row(amount="200 mg"), made) == ["amount-below-recipe"]


def test_what_is_claimed_may_be_exceeded_in_the_us_and_by_45_percent_in_the_eu() -> None:
    claim = {"claims": {"magnesium": "130 mg"}}  # 201.3 mg is 155 % of it
    assert kinds(row(amount="130 mg"), claim) == []
    european = {**row(amount="130 mg"), "market": "EU"}
    assert kinds(european, {**claim, "market": "EU"}) == ["amount-below-recipe"]


def test_an_oxide_that_the_label_does_not_name_is_told_with_its_mass() -> None:
    (found,) = held(row(AS_BISGLYCINATE)).differences
    assert (found.kind, found.severity) == ("source-not-printed", Severity.ERROR)
    assert found.recipe_says == "100 mg magnesium oxide"
    assert (found.path_in_label, found.path_in_recipe) == ("facts[0].name", "inputs[1]")


@pytest.mark.parametrize("name", ["Buffered C", "Buffered Vitamin C", "Buffered Calcium Ascorbate"])
def test_a_name_of_buffered_vitamin_c_asks_for_no_buffer_in_the_recipe(name: str) -> None:
    recipe = {
        "product": name, "form": "powder", "unit": "scoop",
        "inputs": [{"substance": "calcium ascorbate", "amount": "1.1 g"}],
    }  # fmt: skip
    row = {"name": "Calcium (as calcium ascorbate)", "amount": "112 mg"}
    label = Label.model_validate({"product": name, "facts": [row]})
    compared = compare(Formulation.model_validate(recipe), label)
    assert "buffer-not-in-recipe" not in [each.kind for each in compared.differences]


def test_a_buffered_grade_is_named_by_the_word_or_by_its_oxide() -> None:
    assert kinds(row(f"{AS_BISGLYCINATE[:-1]} chelate buffered)"), BUFFERED) == []
    assert kinds(row(), BUFFERED) == []
    assert kinds(row(AS_BISGLYCINATE), BUFFERED) == ["source-not-printed"]


def test_a_lubricant_is_no_source() -> None:
    stearate = {"excipients": [{"name": "magnesium stearate", "amount": "10 mg"}]}
    assert kinds(others("hypromellose, vegetable magnesium stearate"), stearate) == []


def test_a_source_among_the_other_ingredients_is_named() -> None:
    listed = others("magnesium bisglycinate, magnesium oxide, hypromellose, rice flour, silica")
    assert kinds(row("Magnesium") | listed) == []


@pytest.mark.parametrize(("one", "other"), [("bovine gelatin", "fish gelatin"),
                                            ("soy lecithin", "sunflower lecithin")])  # fmt: skip
def test_what_comes_from_another_source_is_another_ingredient(one: str, other: str) -> None:
    made = {"excipients": [{"name": one}], "capsule_material": None}
    assert "other-ingredient-not-in-recipe" in kinds(others(other), made)
    assert kinds(others(one), made) == []


def test_figures_are_per_serving_of_the_label() -> None:
    (label, recipe), _ = CASES["serving-size-differs"]
    compared = held(label, recipe)
    assert compared.scale == 0.5
    magnesium = next(each for each in compared.follows if each.subject == "magnesium")
    assert magnesium.recipe_says == "100.6 mg"
    assert any("× 1/2" in line for line in magnesium.working)


def test_what_is_not_printed_or_not_in_the_recipe_is_said() -> None:
    compared = held({"capsule_size": None, "serving": {}}, {"servings_per_container": None})
    reasons = {each.subject: each.reason for each in compared.not_compared}
    assert reasons["capsule size"] == reasons["servings per container"] == "not printed"
    told = held({}, {"servings_per_container": None, "capsule_material": None}).not_compared
    assert NotCompared("servings per container", "the recipe states none", told[1].where) in told
    assert "the recipe states no capsule material" in {each.reason for each in told}


def test_the_weight_of_a_blend_may_be_with_or_without_its_sources() -> None:
    recipe = {"inputs": [GLYCINE, RECIPE["inputs"][2] | {"blend": "Calm Blend"},
                         RECIPE["inputs"][1] | {"blend": "Calm Blend"}]}  # fmt: skip
    magnesium = {"name": "Magnesium (as magnesium oxide)", "amount": "60.3 mg"}
    for total, expected in (("550 mg", []), ("650 mg", []), ("600 mg", ["mass-differs"])):
        label = blend("Glycine", "Citric acid", total=total)
        assert kinds({"facts": [magnesium, label["facts"][1]]}, recipe) == expected


def test_what_comes_with_a_source_of_something_else_need_not_be_printed() -> None:
    chloride = {"inputs": [{"substance": "magnesium chloride hexahydrate", "amount": "1,000 mg"}]}
    label = {"facts": [{"name": "Magnesium (as magnesium chloride)", "amount": "119 mg"}]}
    assert kinds(label, chloride) == []
    # 1,000 mg × 70.90 / 203.30 = 348.8 mg
    for printed, expected in (("348 mg", []), ("400 mg", ["amount-above-recipe"])):
        row_of_it = {"name": "Chloride", "amount": printed}
        assert kinds({"facts": [*label["facts"], row_of_it]}, chloride) == expected


def test_calcium_that_a_filler_brings_is_printed_with_it_as_the_source() -> None:
    # 400 mg hold 93.2 mg calcium as the dihydrate, 117.8 mg as anhydrous
    filler = {"excipients": [*RECIPE["excipients"],
                             {"name": "dicalcium phosphate", "amount": "400 mg"}]}  # fmt: skip
    calcium = {"name": "Calcium (as dicalcium phosphate)", "amount": "100 mg"}
    assert kinds({"facts": [*LABEL["facts"], calcium]}, filler) == []
    above = {"facts": [*LABEL["facts"], calcium | {"amount": "150 mg"}]}
    assert kinds(above, filler) == ["amount-above-recipe"]
    listed = others("hypromellose (capsule), dicalcium phosphate, rice flour, silica")
    assert kinds(listed, filler) == ["nutrient-not-printed"]
    european = {"market": "EU"}
    assert kinds(listed | row() | european, filler | european) == []


def test_what_a_filler_brings_may_be_counted_or_not_beside_an_input() -> None:
    # 500 mg calcium carbonate hold 200.2 mg, 150 mg dicalcium phosphate 34.9-44.2 mg
    inputs_ = [*RECIPE["inputs"], {"substance": "calcium carbonate", "amount": "500 mg"}]
    filler = [*RECIPE["excipients"], {"name": "dicalcium phosphate", "amount": "150 mg"}]
    for printed, expected in (("200 mg", []), ("235 mg", []), ("260 mg", ["amount-above-recipe"])):
        name = "Calcium (as calcium carbonate, dicalcium phosphate)"
        label = {"facts": [*LABEL["facts"], {"name": name, "amount": printed}]}
        assert kinds(label, {"inputs": inputs_, "excipients": filler}) == expected


def test_vitamin_c_is_the_ascorbic_acid_of_the_recipe() -> None:
    made = {"inputs": [*RECIPE["inputs"], {"substance": "ascorbic acid", "amount": "90 mg"}]}
    vitamin = {"name": "Vitamin C (as ascorbic acid)", "amount": "90 mg", "percent_dv": "100 %"}
    assert kinds({"facts": [*LABEL["facts"], vitamin]}, made) == []
    above = {"facts": [*LABEL["facts"], {"name": "Vitamin C", "amount": "120 mg"}]}
    assert kinds(above, made) == ["amount-above-recipe"]
    claim = made | {"claims": {"vitamin C": "90 mg"}}
    assert kinds({"facts": [*LABEL["facts"], vitamin]}, claim) == []
    assert kinds({}, claim) == ["claim-not-printed"]


def test_a_material_of_natural_origin_is_known_by_any_of_its_names() -> None:
    made = {"inputs": [*RECIPE["inputs"], {"substance": "collagen-peptides", "amount": "10 g"}]}
    for name, expected in (
        ("Hydrolyzed Collagen Peptides", []),
        ("Fish oil", ["ingredient-not-in-recipe", "ingredient-not-printed"]),
    ):
        row_of_it = {"name": name, "amount": "10 g"}
        assert kinds({"facts": [*LABEL["facts"], row_of_it]}, made) == expected


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("Coating: hypromellose, glycerin", "coating (hypromellose, glycerin)"),
        ("film coating (hypromellose, talc)", "hypromellose, talc"),
        ("rosemary extract, tocopherols", "rosemary extract, tocopherols"),
    ],
)
def test_an_ingredient_of_several_is_named_as_one_or_by_its_members(
    stated: str, printed: str
) -> None:
    made = {"excipients": [{"name": stated}], "capsule_material": None, "form": "tablet",
            "unit": "tablet", "capsule_size": None}  # fmt: skip
    label = {"form": "tablet", "serving": LABEL["serving"] | {"size": "2 tablets"},
             "capsule_size": None}  # fmt: skip
    assert kinds(label | others(printed), made) == []
    assert "other-ingredient-not-in-recipe" in kinds(label | others(f"{printed}, shellac"), made)


TABLET = {"capsule_material": None, "form": "tablet", "unit": "tablet", "capsule_size": None}
IN_TABLETS = {"form": "tablet", "serving": LABEL["serving"] | {"size": "2 tablets"},
              "capsule_size": None}  # fmt: skip
EXTRA, LACKING = "other-ingredient-not-in-recipe", "other-ingredient-not-printed"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("coating (shellac, glycerin)", [EXTRA, LACKING]),
        ("coating (talc, hypromellose)", [EXTRA, LACKING]),
        ("coating (hypromellose, glycerin, titanium dioxide)", [EXTRA]),
        ("coating (colour (titanium dioxide), hypromellose, glycerin)", [EXTRA]),
        ("coating", [LACKING]),
        ("coating (hypromellose)", [LACKING]),
        ("film coating [hypromellose, glycerin, water]", []),
        ("tablet coating: hypromellose, glycerin", []),
    ],
)
def test_a_coating_is_what_it_is_made_of(printed: str, expected: list[str]) -> None:
    made = TABLET | {"excipients": [{"name": "coating: hypromellose, glycerin"}]}
    assert kinds(IN_TABLETS | others(printed), made) == expected


@pytest.mark.parametrize(
    "printed",
    ["gelatin (capsule)", "capsule (gelatin)", "capsule (bovine gelatin)", "pullulan (capsule)",
     "capsule: gelatin", "vegetarian capsule (gelatin)", "gelatin (vegetable capsule)"],
)  # fmt: skip
def test_a_capsule_of_another_material_differs_however_it_is_written(printed: str) -> None:
    assert kinds(others(f"{printed}, rice flour, silica")) == ["capsule-material-differs"]


@pytest.mark.parametrize("printed", ["vegetarian capsule", "vegetable capsules", "vegan capsule"])
def test_a_capsule_of_gelatin_is_not_vegetable(printed: str) -> None:
    made = {"capsule_material": "gelatin"}
    assert kinds(others(f"{printed}, rice flour, silica"), made) == ["capsule-material-differs"]
    assert kinds(others("capsule, rice flour, silica"), made) == []


@pytest.mark.parametrize(
    ("material", "printed"),
    [
        ("hypromellose", "capsule (vegetable)"), ("hypromellose", "capsule"),
        ("hypromellose", "HPMC (vegan capsule)"), ("hypromellose", "glazing agent (hypromellose)"),
        ("gelatin", "capsule (bovine gelatin)"), ("fish gelatin", "gelatin (fish)"),
        ("bovine gelatin", "gelatin (capsule)"),
        ("gelatin, glycerin", "softgel (gelatin, glycerin, purified water)"),
    ],
)  # fmt: skip
def test_a_capsule_may_have_any_name_of_its_material(material: str, printed: str) -> None:
    listed = others(f"{printed}, rice flour, silica")
    assert kinds(listed, {"capsule_material": material}) == []


def test_what_stands_in_brackets_is_compared_too() -> None:
    shell = "hypromellose (capsule), rice flour"
    for printed, expected in (
        ("shellac (silica)", [EXTRA]),
        ("silica (shellac)", [EXTRA]),
        ("silica (silicon dioxide)", []),
        ("silica (from rice, anti-caking agent)", []),
    ):
        found = kinds(others(f"{shell}, {printed}"))
        assert [kind for kind in found if kind != "other-ingredient-order-differs"] == expected
    assert kinds(others("capsule (hypromellose, titanium dioxide), rice flour, silica")) == [EXTRA]
    assert kinds(others(f"{shell}, silica, shellac (magnesium oxide)")) == [EXTRA]


def test_what_makes_up_a_thing_and_the_recipe_does_not_say_is_not_compared() -> None:
    made = {"excipients": [{"name": "natural flavor"}, {"name": "coating"}]}
    listed = "hypromellose (capsule), natural flavor (maltodextrin), coating (shellac)"
    compared = held(others(listed), made)
    assert not compared.differences
    told = {each.subject: each.reason for each in compared.not_compared}
    assert told["maltodextrin"] == "the recipe does not say what makes up natural flavor"
    assert told["shellac"] == "the recipe does not say what makes up coating"
    compared = held(others("hypromellose (capsule), rice flour, sweetener (silica)"))
    told = {each.subject: each.reason for each in compared.not_compared}
    assert told["category “sweetener” of silica"] == "the recipe states none"


def test_a_list_that_says_none_lists_nothing() -> None:
    made: dict[str, Any] = {"excipients": [], "capsule_material": None}
    assert kinds(others("None"), made) == []
    assert kinds(others("Shellac"), made) == ["other-ingredient-not-in-recipe"]


def test_a_percent_of_the_nrv_is_held_against_the_nrv_whatever_the_market() -> None:
    # 201 mg ÷ 375 mg = 53.6 %; ÷ 420 mg = 47.9 %
    assert kinds(row(percent_nrv="54 %")) == []
    assert kinds(row(percent_nrv="48 %")) == ["percent-differs"]


def test_a_teaspoon_may_be_of_a_liquid() -> None:
    made = {"form": "liquid", "unit": "tsp", "capsule_size": None, "capsule_material": None}
    label = {"form": "powder", "capsule_size": None, "serving": {"size": "2 tsp"},
             "other_ingredients": ["rice flour, silica"]}  # fmt: skip
    assert kinds(label, made) == []
    assert kinds(label | {"form": "tablet"}, made) == ["form-differs"]


def test_a_powder_counted_in_no_unit_is_counted_in_scoops() -> None:
    made = IN_SCOOPS | {"unit": "unit", "capsule_size": None}
    label = POWDER | others("rice flour, silica") | {"form": "powder", "capsule_size": None}
    assert kinds(label, made) == []


def test_an_amount_that_cannot_be_read_follows_from_nothing() -> None:
    compared = held(row(amount="2o1 mg"))
    assert "magnesium" not in {each.subject for each in compared.follows}
    assert not compared.label_follows


# 201.3 mg are delivered: each is wrong by about a thousand, or more than any serving holds.
@pytest.mark.parametrize("share", [None, "48 %", "1 %"])
@pytest.mark.parametrize(("printed", "kind"), [
    ("201 g", "amount-above-recipe"), ("201000 mg", "amount-above-recipe"),
    ("25 g", "amount-above-recipe"), ("201 mcg", "amount-below-recipe"),
    ("0.201 mg", "amount-below-recipe"),
])  # fmt: skip
def test_an_amount_that_is_a_thousand_times_off_is_compared_as_it_is_printed(
    printed: str, kind: str, share: str | None
) -> None:
    compared = held(row(amount=printed, percent_dv=share))
    assert kind in [each.kind for each in compared.differences]
    assert "the label's words could not be read" not in {n.reason for n in compared.not_compared}


def test_a_nutrient_whose_amount_is_not_compared_keeps_the_label_from_following() -> None:
    fish = {"inputs": [*RECIPE["inputs"], {"substance": "collagen-peptides", "amount": "10 g"}]}
    protein = {"name": "Protein", "amount": "9 g"}
    named = {"name": "Collagen peptides", "amount": "10 g"}
    compared = held({"facts": [*LABEL["facts"], named, protein]}, fish)
    assert (compared.differences, compared.amounts_not_compared) == ((), ("protein",))
    assert not compared.label_follows
    assert held({}).label_follows


def test_the_mark_of_a_footnote_is_no_part_of_an_amount() -> None:
    glycine = {"name": "Glycine", "amount": "1,900 mg †"}
    (found,) = held({"facts": [*LABEL["facts"], glycine]}).differences
    assert (found.kind, found.label_says) == ("amount-above-recipe", "1,900 mg")
    assert "†" not in found.message


SALTED = {"excipients": [*RECIPE["excipients"], {"name": "sodium chloride", "amount": "200 mg"}]}


# 200 mg hold 78.7 mg sodium: 80 mg to the nearest 5 mg.
@pytest.mark.parametrize(
    ("printed", "expected"),
    [("80 mg", []), ("78 mg", []), ("79 mg", []), ("75 mg", ["amount-below-recipe"]),
     ("85 mg", ["amount-above-recipe"]), ("81 mg", ["amount-above-recipe"])],
)  # fmt: skip
def test_sodium_may_be_rounded_to_the_step_of_the_law(printed: str, expected: list[str]) -> None:
    sodium = {"name": "Sodium", "amount": printed}
    salt = others("hypromellose (capsule), sodium chloride, rice flour, silica")
    label = {"facts": [*LABEL["facts"], sodium]} | salt
    assert kinds(label, SALTED) == expected


def test_sodium_in_grams_for_milligrams_is_above_the_recipe() -> None:
    salt = others("hypromellose (capsule), sodium chloride, rice flour, silica")
    label = {"facts": [*LABEL["facts"], {"name": "Sodium", "amount": "80 g"}]} | salt
    assert kinds(label, SALTED) == ["amount-above-recipe"]


@pytest.mark.parametrize("market", ["US", "EU", "CA"])
@pytest.mark.parametrize("own", ["US", "EU", "CA"])
def test_a_panel_for_another_market_follows_from_the_recipe(own: str, market: Any) -> None:
    made = Formulation.model_validate(RECIPE | TWO_IN_BLEND | SALTED | {"market": own})
    text = text_of(panel(made, market)).encode()
    (read,) = readers.labels_in(readers.Source("panel.txt", BytesIO(text)))
    assert isinstance(read, Label)
    grave = [each for each in compare(made, read).differences if each.severity is not Severity.NOTE]
    assert grave == []


def test_what_may_have_to_be_declared_is_not_called_too_little() -> None:
    # 100 mg hold 23.3-29.5 mg calcium, and 2 % of the Daily Value is 26 mg
    reasons = {
        weighed_mg: next(
            each.reason
            for each in held({}, {"excipients": [
                *RECIPE["excipients"],
                {"name": "dicalcium phosphate", "amount": f"{weighed_mg} mg"}]}).not_compared
            if each.subject == "calcium"
        )
        for weighed_mg in (80, 100)
    }  # fmt: skip
    assert "so little need not be declared" in reasons[80]
    assert "to be declared from 26 mg" in reasons[100]


def test_amounts_may_be_of_one_unit_and_the_container_counted_in_servings() -> None:
    apart = serving(size="1 capsule", per_day="2", per_container="60") | {
        "facts": [{"name": ROW, "amount": "100 mg"}, {"name": "Citric acid", "amount": "25 mg"}]
    }
    assert "servings-per-container-differ" in kinds(apart)
    both = {"serving": apart["serving"] | {"others": ["2 capsules"]}}
    assert "servings-per-container-differ" not in kinds(apart | both)
    wrong = {"serving": both["serving"] | {"per_container": "90"}}
    assert "servings-per-container-differ" in kinds(apart | wrong)


DIRECTED = [
    ("Take 4 capsules twice daily.", 4), ("take 2 capsules two times per day", 2),
    ("take 2 capsules 2 times daily with food", 2), ("Take 4 capsules daily.", 2),
    ("Take 2 capsules daily.", 1), ("Suggested use: 2 capsules, twice daily.", 2),
]  # fmt: skip


@pytest.mark.parametrize(("directions", "times"), DIRECTED)
def test_the_dose_of_a_day_is_that_of_the_directions(directions: str, times: int) -> None:
    label = {"serving": {"size": "2 capsules", "per_container": "60"},
             "statements": [*LABEL["statements"], directions]}  # fmt: skip
    assert kinds(label, {"servings_per_day": times}) == []
    assert kinds(label, {"servings_per_day": times + 1}) == ["servings-per-day-differ"]


CATEGORIES = [
    "Kapselhülle: Hydroxypropylmethylcellulose, Reismehl, Trennmittel: Siliciumdioxid",
    "Überzugsmittel: Hydroxypropylmethylcellulose, Reismehl, Trennmittel (Siliciumdioxid)",
    "Gélule : hydroxypropylméthylcellulose, farine de riz, antiagglomérant : dioxyde de silicium",
    "agent d'enrobage : E 464, farine de riz, antiagglomérants : E551",
    "agente de recubrimiento: hipromelosa, harina de arroz, antiaglomerante: dióxido de silicio",
    "agente di rivestimento: ipromellosa, farina di riso, antiagglomeranti: biossido di silicio",
    "glazing agent: hydroxypropyl methyl cellulose, rice flour, anti-caking agent: E 551",
]


@pytest.mark.parametrize("listed", CATEGORIES)
def test_the_category_before_an_ingredient_is_no_ingredient(listed: str) -> None:
    assert kinds(others(listed)) == []
    assert kinds(others(f"{listed}, Schellack")) == ["other-ingredient-not-in-recipe"]


def test_magnesium_salts_of_fatty_acids_are_the_stearate() -> None:
    made = {"excipients": [{"name": "magnesium stearate", "amount": "5 mg"}]}
    for name in ("Magnesiumsalze der Speisefettsäuren", "E 470b"):
        assert kinds(others(f"Kapselhülle: Hypromellose, Trennmittel: {name}"), made) == []
    wrong = others("Kapselhülle: Hypromellose, Trennmittel: Calciumsalze der Speisefettsäuren")
    assert "other-ingredient-not-printed" in kinds(wrong, made)


def test_a_shell_that_is_named_after_its_heading_is_of_its_own_material() -> None:
    listed = "rice flour, silica, Kapselhülle: Rindergelatine"
    assert kinds(others(listed)) == ["capsule-material-differs"]


B_VITAMIN = {
    "substance": "pyridoxine hydrochloride", "amount": "12.2 mg",
    "define": {"holds": {"vitamin B6": "82.3 %"}, "source_of": ["vitamin B6"]},
}  # fmt: skip
VITAMINS = {"inputs": [*RECIPE["inputs"], {"substance": "ascorbic acid", "amount": "90 mg"},
                       B_VITAMIN]}  # fmt: skip


def with_vitamins(c: str = " (as ascorbic acid)", b6: str = " (as pyridoxine HCl)") -> Any:
    rows = [{"name": f"Vitamin C{c}", "amount": "90 mg", "percent_dv": "100 %"},
            {"name": f"Vitamin B6{b6}", "amount": "10 mg", "percent_dv": "588 %"}]  # fmt: skip
    return {"facts": [*LABEL["facts"], *rows]}


def test_a_vitamin_is_of_the_form_that_the_recipe_has() -> None:
    assert kinds(with_vitamins(), VITAMINS) == []
    assert (
        kinds(with_vitamins(" (ascorbic acid)", " (from pyridoxine hydrochloride)"), VITAMINS) == []
    )
    for label in (
        with_vitamins(c=" (as calcium ascorbate)"),
        with_vitamins(c=" (sodium ascorbate)"),
        with_vitamins(b6=" (as pyridoxal-5-phosphate)"),
        with_vitamins(b6=" (P-5-P)"),
    ):
        assert kinds(label, VITAMINS) == ["source-not-in-recipe"]


def test_a_source_of_a_vitamin_that_cannot_be_compared_is_said_not_to_be() -> None:
    compared = held(with_vitamins(" (from rose hips)", ""), VITAMINS)
    assert not compared.differences
    told = {each.subject: each.reason for each in compared.not_compared}
    assert (
        told["“rose hips” as a source of vitamin C"] == "whether it is ascorbic acid is not known"
    )
    assert told["sources of vitamin B6"] == "the label names none beside it"


def test_a_second_source_of_a_vitamin_has_to_be_named() -> None:
    two = {"inputs": [*VITAMINS["inputs"], {"substance": "calcium-ascorbate", "amount": "10 mg"}]}
    label = with_vitamins()
    (found,) = (d for d in held(label, two).differences if d.kind == "source-not-printed")
    assert "10 mg calcium L-ascorbate" in found.message
    both = with_vitamins(c=" (as ascorbic acid, calcium ascorbate)")
    assert "source-not-printed" not in kinds(both, two)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Food supplement with magnesium and citric acid.", []),
        ("Food supplement with magnesium, zinc and copper.", ["nutrient-not-in-recipe"] * 2),
        ("Nahrungsergänzungsmittel mit Magnesium und Zink", ["nutrient-not-in-recipe"]),
    ],
)
def test_the_name_of_the_food_names_what_is_in_it(name: str, expected: list[str]) -> None:
    assert kinds({"statements": [*LABEL["statements"], name]}) == expected


def test_one_source_in_the_place_of_another_is_told_once() -> None:
    row_of_it = {"name": "Zinc", "amount": "8 mg"}
    label = {"facts": [*LABEL["facts"], row_of_it]} | others(
        "Zinkcitrat, hypromellose (capsule), rice flour, silica"
    )
    (found,) = held(label, ZINC).differences
    assert found.kind == "source-not-in-recipe"
    assert (
        "“Zinkcitrat” as a source of zinc, where the recipe has 10 mg zinc oxide" in found.message
    )
    assert found.path_in_recipe == "inputs[3]"


def test_a_source_of_the_recipe_is_told_by_its_own_name() -> None:
    named = inputs({}, {"label_name": "magnesia"})
    (found,) = held(row(AS_BISGLYCINATE), named).differences
    assert "100 mg magnesium oxide" in found.message


MINERALS = st.sampled_from([
    "magnesium bisglycinate", "magnesium-oxide", "magnesium citrate", "zinc picolinate",
    "zinc-oxide", "calcium carbonate", "magnesium-bisglycinate-dihydrate",
    "magnesium-bisglycinate-buffered",
])  # fmt: skip
MOIETIES = st.sampled_from(["glycine", "taurine", "creatine monohydrate", "collagen-peptides"])
SHARES = st.sampled_from([None, "2 %", "5 %"])
WEIGHED = {
    "amount": st.integers(1, 2000).map(lambda mass: f"{mass} mg"),
    "overage": SHARES,
    "loss": SHARES,
}
BLENDS = st.sampled_from([None, "Calm Blend"])


def with_convention(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | ({"overage_convention": "multiply"} if entry["overage"] else {})


INPUT = st.fixed_dictionaries({"substance": MINERALS | MOIETIES, "blend": BLENDS} | WEIGHED).map(
    with_convention
)
EXCIPIENT = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            [
                "rice flour",
                "silica",
                "magnesium stearate",
                "stearic acid",
                "dicalcium phosphate",
                "Coating: shellac, talc",
            ]
        ),
        "amount": st.integers(1, 300).map(lambda mass: f"{mass} mg"),
    }
)
FORMULATION = st.fixed_dictionaries(
    {
        "product": st.just("Beck Foot Minerals"),
        "brand": st.just("Beck Foot"),
        "market": st.sampled_from(["US", "EU", "CA"]),
        "form": st.just("capsule"),
        "capsule_material": st.just("hypromellose"),
        "unit": st.just("capsule"),
        "units_per_serving": st.integers(1, 6),
        "servings_per_day": st.integers(1, 3),
        "servings_per_container": st.integers(1, 200),
        "inputs": st.lists(INPUT, min_size=1, max_size=4, unique_by=lambda made: made["substance"]),
        "excipients": st.lists(EXCIPIENT, max_size=3, unique_by=lambda made: made["name"]),
    }
).map(Formulation.model_validate)


FORMULATIONS = [path for path in sorted((ROOT / "formulations").glob("*.yaml"))
                if "inputs:" in path.read_text("utf-8")]  # fmt: skip
EXAMPLES = sorted((ROOT / "labels").iterdir())


@pytest.mark.parametrize("path", FORMULATIONS, ids=lambda path: path.stem)
def test_any_label_can_be_held_against_any_recipe(path: Path) -> None:
    made = load_formulation(path)
    for example in EXAMPLES:
        with closing(readers.opened(str(example))) as source:
            for label in readers.labels_in(source):
                assert isinstance(label, Label)
                assert {each.kind for each in compare(made, label).differences} <= set(KINDS)


@pytest.mark.parametrize("path", FORMULATIONS, ids=lambda path: path.stem)
def test_the_panel_of_every_example_follows_from_it(path: Path) -> None:
    made = load_formulation(path)
    assert compare(made, label_of(panel(made))).differences == ()


def test_an_example_label_shows_what_does_not_follow_from_its_recipe() -> None:
    made = load_formulation(ROOT / "formulations" / "buffered-capsule.yaml")
    with closing(
        readers.opened(str(ROOT / "labels" / "impossible-beside-its-recipe.yaml"))
    ) as file:
        (label,) = readers.labels_in(file)
    assert isinstance(label, Label)
    found = {each.kind: each for each in compare(made, label).differences}
    assert set(found) == {"source-not-printed", "product-name-differs"}
    assert "magnesium oxide" in found["source-not-printed"].recipe_says


@given(FORMULATION)
def test_a_label_made_from_the_recipe_follows_from_it(made: Formulation) -> None:
    assume(panel(made).lines)  # where all is below 2 % of the Daily Value there is no panel
    assert compare(made, label_of(panel(made))).differences == ()


@given(FORMULATION)
def test_a_panel_printed_and_read_back_follows_from_its_recipe(made: Formulation) -> None:
    assume(panel(made).lines)
    (read,) = readers.labels_in(readers.Source("panel.txt", BytesIO(text_of(panel(made)).encode())))
    assert isinstance(read, Label)
    assert compare(made, read).differences == ()


def changed(label: Label, path: tuple[str | int, ...], factor: float) -> Label:
    """The label with the number at a path multiplied."""
    data = label.model_dump()
    *around, last = path
    within: Any = data
    for step in around:
        within = within[step]
    number = re.search(r"\d[\d,. ]*", within[last])
    assert number is not None
    value = float(number[0].strip().replace(",", "")) * factor
    decimals = max(0, 3 - len(str(int(value))))
    within[last] = within[last].replace(number[0].strip(), f"{value:.{decimals}f}")
    if last == "amount":  # beside a percent, the amount might be that of the compound
        within["percent_dv"] = None
    return Label.model_validate(data)


@given(FORMULATION.filter(lambda made: made.market == "US"), st.data())
def test_a_number_changed_beyond_what_it_stands_for_is_a_difference(
    made: Formulation, data: st.DataObject
) -> None:
    label = label_of(panel(made))
    paths: list[tuple[str | int, ...]] = [("serving", "per_container")]
    paths += [("facts", i, "amount") for i, row in enumerate(label.facts) if not row.contains]
    shares = [(each.percent_dv or "")[:1].isdigit() for each in label.facts]
    of_nutrients = [i for i, share in enumerate(shares) if share]
    paths += [("facts", i, "percent_dv") for i in of_nutrients]
    path = data.draw(st.sampled_from(paths))
    follows = [
        factor
        for factor in (3.7, 17)
        if not compare(made, changed(label, path, factor)).differences
    ]
    # The amount of an ingredient may count it alone or with what compounds bring of it:
    # one changed number can be the other reading of the row, never both.
    assert len(follows) <= (path[0] == "facts" and path[1] not in of_nutrients)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recipe and two labels in the working directory: one of its own, one that is not."""
    monkeypatch.chdir(tmp_path)
    Path("recipe.yaml").write_text(json.dumps(RECIPE, indent=1), "utf-8")
    Path("good.yaml").write_text(json.dumps(LABEL, indent=1), "utf-8")
    Path("other.txt").write_text(PANEL, "utf-8")
    return tmp_path


PANEL = """\
Fell Pony
Fell Pony Magnesium
Supplement Facts
Serving Size: 2 capsules
Servings Per Container: 60
                                       Amount Per Serving   % Daily Value
Magnesium (as magnesium bisglycinate)  250 mg               60%
Citric acid                            50 mg                *
Other Ingredients: hypromellose (capsule), rice flour, silica.
"""


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["compare", *arguments], input=given)


def test_the_command_marks_the_words_of_both_files(files: Path) -> None:
    ran = run("recipe.yaml", "other.txt")
    assert ran.exit_code == 1
    first, second = ran.stdout.split("\n\n")[:2]
    assert first.splitlines()[0] == "other.txt:7:40: error[amount-above-recipe]"
    assert "at least 249.5 mg" in first
    assert "201.3 mg" in first
    assert "source-not-printed" in second
    assert '"substance": "magnesium-oxide"' in second
    assert "other.txt beside recipe.yaml: 3 differences: 2 errors, 1 note" in ran.stdout


def test_a_label_that_follows_exits_with_0_and_says_so(files: Path) -> None:
    ran = run("recipe.yaml", "good.yaml")
    assert ran.exit_code == 0
    assert "good.yaml beside recipe.yaml: the label follows from the recipe" in ran.stdout
    assert "not compared: mass of the serving" in ran.stdout


def test_a_label_with_an_amount_left_open_is_not_said_to_follow(files: Path) -> None:
    collagen = {"substance": "collagen-peptides", "amount": "10 g"}
    recipe = RECIPE | {"inputs": [*RECIPE["inputs"], collagen]}
    rows = [{"name": "Collagen peptides", "amount": "10 g"}, {"name": "Protein", "amount": "9 g"}]
    Path("open.yaml").write_text(json.dumps(recipe), "utf-8")
    Path("label.yaml").write_text(json.dumps(LABEL | {"facts": [*LABEL["facts"], *rows]}), "utf-8")
    ran = run("open.yaml", "label.yaml")
    assert "no difference found, the amount of protein left open" in ran.stdout
    assert "follows" not in ran.stdout
    document = json.loads(run("open.yaml", "label.yaml", "--format", "json").stdout)
    assert document["labels"][0]["follows"] is False


def test_the_working_of_what_follows_is_shown_when_asked_for(files: Path) -> None:
    assert "÷ 420 mg" not in run("recipe.yaml", "good.yaml").stdout
    assert "÷ 420 mg" in run("recipe.yaml", "good.yaml", "--show-working").stdout


def test_the_threshold_decides_the_exit_status(files: Path) -> None:
    named = LABEL | {"product": "Fell Pony Night"}
    Path("named.yaml").write_text(json.dumps(named), "utf-8")
    assert run("recipe.yaml", "named.yaml").exit_code == 0
    assert run("recipe.yaml", "named.yaml", "--fail-on", "note").exit_code == 1
    assert run("recipe.yaml", "other.txt", "--fail-on", "never").exit_code == 0


def test_json_has_every_difference_with_both_places(files: Path) -> None:
    document = json.loads(run("recipe.yaml", "other.txt", "good.yaml", "--format", "json").stdout)
    assert document["version"] == 1
    first, good = document["labels"]
    found = first["differences"][0]
    assert found["kind"] == "amount-above-recipe"
    assert found["in_label"] == {"path": "facts[0].amount", "line": 7, "column": 40}
    assert found["in_recipe"]["path"] == "inputs"
    assert found["in_recipe"]["line"] == 1 + PLACE
    assert good["differences"] == []
    assert good["follows"] is True
    assert document["summary"]["differences"] == {"error": 2, "warning": 0, "note": 1}
    assert {"constants", "references", "cautions"} <= set(document)


PLACE = json.dumps(RECIPE, indent=1).splitlines().index(' "inputs": [')


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("good.yaml", "recipe.yaml"), "this is a label; expected a formulation"),
        (("recipe.yaml", "absent.yaml"), "there is no such file"),
        (("recipe.yaml", "recipe.yaml"), "formulation"),
        (("recipe.yaml", "good.yaml", "--record", "7"), 'found no record "7"'),
        (("-", "-"), "standard input (-) can be read once"),
    ],
)
def test_what_cannot_be_used_is_said_and_exits_with_2(
    files: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_a_bad_entry_of_the_recipe_is_told_with_its_place(files: Path) -> None:
    Path("bad.yaml").write_text(
        "product: P\ninputs:\n  - {substance: magnesium oxide, amount: 1 l}\n", "utf-8"
    )
    ran = run("bad.yaml", "good.yaml")
    assert ran.exit_code == 2
    assert "bad.yaml:3:42:" in ran.stderr


def test_one_record_of_many_can_be_chosen(files: Path) -> None:
    records = [LABEL | {"product": name} for name in (LABEL["product"], "Fell Pony Zinc")]
    Path("many.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in records), "utf-8")
    assert run("recipe.yaml", "many.jsonl").stdout.count("beside recipe.yaml") == 2
    ran = run("recipe.yaml", "many.jsonl", "--record", "Fell Pony Zinc", "--format", "json")
    assert [each["product"] for each in json.loads(ran.stdout)["labels"]] == ["Fell Pony Zinc"]


@pytest.mark.parametrize(
    ("printed", "kinds"), [("200 mg", set()), ("250 mg", {"amount-above-recipe"})]
)
def test_a_molecule_that_is_defined_in_the_recipe_counts_as_itself(
    printed: str, kinds: set[str]
) -> None:
    recipe = Formulation.model_validate(
        {
            "product": "Leaf",
            "form": "powder",
            "inputs": [
                {
                    "substance": "L-theanine",
                    "define": {"formula": "C7H14N2O3"},
                    "amount": "200 mg",
                }
            ],
            "claims": {"l-theanine": "200 mg"},
        }
    )
    made = label_of(panel(recipe))
    rows = tuple(row.model_copy(update={"amount": printed}) for row in made.facts)
    found = compare(recipe, made.model_copy(update={"facts": rows}))
    assert {each.kind for each in found.differences} == kinds
