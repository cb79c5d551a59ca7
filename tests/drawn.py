"""Formulations drawn at random: materials of the catalogue, and others defined in place.

Names are such as the trade writes: with percents, ratios and figures of their own. Claims are
below what is delivered, so that nothing about a recipe is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from chelate import catalogue
from chelate.catalogue import names
from chelate.formulate import delivered
from chelate.formulate.panel.amounts import rounded_down
from chelate.models import Market
from chelate.models.formulation import Formulation

MARKETS: tuple[Market, ...] = ("US", "EU", "CA")
SUBSTANCES = sorted(s.id for s in catalogue.substances().values() if "source" in s.roles)
BUFFERED = sorted(g.id for g in catalogue.grades().values() if g.parts)
WORDINGS = ["magnesium bisglycinate", "magnesium glycinate", "zinc picolinate", "glycine",
            "magnesium citrate", "creatine monohydrate", "collagen peptides",
            "fish oil", "Magtein", "Ferrochel"]  # fmt: skip
EXCIPIENTS = ["rice flour", "magnesium stearate", "silica", "microcrystalline cellulose",
              "citric acid, anhydrous", "natural flavor (lemon, lime)", "talc",
              "Coating: shellac, talc", "rosemary extract, mixed tocopherols",
              "dicalcium phosphate", "stevia leaf extract (Reb A 97 %)", "FD&C Blue No. 1",
              "rice & maize starch", "FD&C Yellow No. 5 Aluminum Lake, shellac",
              "hypromellose"]  # fmt: skip
FORMS = [("capsule", "capsule"), ("capsule", "vegetarian capsule"), ("tablet", "tablet"),
         ("softgel", "softgel"), ("powder", "scoop"), ("powder", "unit"), ("liquid", "dropper"),
         ("powder", "stick pack"), (None, "gummy"), (None, "unit"), ("liquid", "mL"),
         ("liquid", "bottle"), ("powder", "mL"), ("liquid", "unit")]  # fmt: skip
STATEMENTS = ["Supports muscle function.", "Magnesium supports normal sleep patterns*",
              "Provides 200 mg of magnesium per serving",
              "Helps maintain bone, heart and nerve health."]  # fmt: skip
BLENDS = ["Night Blend", "Calm Support", "Magnesium Complex", "R&D Matrix 3", "Calm 100%",
          "Joint Complex (patent pending)"]  # fmt: skip
POTENCIES = ["0.5 %", "1 %", "25.0 %", "9-11 %", "min 90 %"]
CLAIMED = (0.75, 0.9, 0.99)  # within what the EU tolerates

BY_THE_WAY = ("phosphorus",)  # that of vitamin B12: nobody claims it

EXTRACTS = {"Ashwagandha root extract": ["withanolides"], "green tea extract": ["EGCG", "caffeine"],
            "turmeric extract": ["Total curcuminoids"]}  # fmt: skip
SHARES_HELD = ["5 %", "min 5 %", "NLT 2.5 %", "10-20 %", "max 1 %"]
# What the catalogue lacks: molecules, salts, and materials that hold nutrients by the way.
DEFINED: dict[str, dict[str, Any]] = {
    "berberine hydrochloride": {"formula": "C20H18ClNO4"},
    "glucosamine sulfate 2KCl": {"formula": "(C6H14NO5)2SO4(KCl)2"},
    "calcium HMB": {"formula": "Ca(C5H9O3)2"},
    "vitamin B12": {"formula": "C63H88CoN14O14P"},
    "magnesium BHB": {"formula": "Mg(C4H7O3)2"},
    "melatonin 1 % trituration": {"holds": {"melatonin": "1.0 %", "calcium": "20 %"}},
    "alpha-GPC 50 %": {"holds": {"choline": "20 %"}},
    "95% curcumin extract": {"holds": {"curcuminoids": "95.0 %"}},
    "lemon balm 10:1 extract": {"holds": {"rosmarinic acid": "3 %", "potassium": "2-4 %"}},
    "spirulina powder": {"holds": {"iron": "0.03 %", "magnesium": "0.2 %", "protein": "60 %"}},
    "tart cherry extract": {"holds": {"magnesium": "0.1-0.2 %"}},
    "red algae powder": {"holds": {"calcium": "32 %", "magnesium": "2.2 %"}},
    "zinc HMB complex": {"holds": {"zinc": "8 %"}},
    "probiotic blend": {"holds": {"inulin": "60 %"}},
    "mineral matrix": {"holds": {"magnesium": "18 %", "zinc": "1 %"}, "source_of": ["magnesium"]},
    "magnesium-free salt": {"holds": {"sodium": "39 %"}, "source_of": []},
    "Lactobacillus acidophilus 100 B CFU/g": {"holds": {"inulin": "40 %"}},
    "cholecalciferol 100,000 IU/g": {"holds": {"vitamin D": "0.25 %"}},
    "retinyl palmitate": {"holds": {"vitamin A": "54.6 %"}},
    "Vitamin A beadlets": {"holds": {"vitamin A": "15 %"}},
    "niacinamide": {"holds": {"niacin": "99.0 %"}},
    "folic acid": {"holds": {"folate": "98-100 %"}},
    "calcium L-5-methyltetrahydrofolate": {"holds": {"folate": "90 %", "calcium": "8 %"}},
    "Vitamin B-12 1% trituration": {"holds": {"vitamin B12": "1.0 %"}},
    "acerola extract": {"holds": {"vitamin C": "17 %"}},
    "PQQ 20 mg beadlets": {"holds": {"pyrroloquinoline quinone": "20 %"}},
}  # fmt: skip
LABEL_NAMES = {
    "magnesium bisglycinate": ["magnesium bisglycinate chelate", "MagRidge 14",
                               "magnesium bisglycinate, fully reacted"],
    "magnesium-bisglycinate-buffered": ["magnesium glycinate chelate"],
    "zinc picolinate": ["Zinc Picolinate USP"],
    "glycine": ["glycine, free form"],
    "magnesium citrate": ["magnesium citrate (anhydrous)"],
    "L-lysine hydrochloride": ["L-lysine HCl"],
}  # fmt: skip
ASSAYS = {
    "magnesium bisglycinate": ["13.0 % magnesium", "12.5-13.5 % magnesium", "98 %", "NLT 95.0 %"],
    "magnesium-bisglycinate-buffered": ["20 % magnesium", "18-20 % magnesium"],
    "zinc picolinate": ["20.5 % zinc"],
    "magnesium citrate": ["15.5-16.0 % magnesium"],
    "glycine": ["98.5-101.5 %"],
    "L-lysine hydrochloride": ["99.0 %"],
}

amounts = st.one_of(
    st.integers(1, 3000).map(lambda mass: f"{mass} mg"),
    st.integers(10, 900).map(lambda mass: f"{mass} mcg"),
)
in_blends = st.sampled_from(BLENDS)


def formulation(*inputs: dict[str, Any] | str, **more: Any) -> Formulation:
    """A US capsule of these inputs; a text is "mass substance"."""
    listed = [
        {"substance": each.partition(" mg ")[2], "amount": f"{each.partition(' mg ')[0]} mg"}
        if isinstance(each, str)
        else each
        for each in inputs
    ]
    base: dict[str, Any] = {"product": "Still Water", "form": "capsule", "unit": "capsule"}
    return Formulation.model_validate(base | {"inputs": listed} | more)


@st.composite
def extracts(draw: st.DrawFn) -> dict[str, Any]:
    """An extract with constituents that the catalogue has not."""
    name = draw(st.sampled_from(sorted(EXTRACTS)))
    holds = {each: draw(st.sampled_from(SHARES_HELD)) for each in EXTRACTS[name]}
    amount = f"{draw(st.integers(50, 900))} mg"
    return {"substance": name, "define": {"holds": holds}, "amount": amount}


@st.composite
def defined(draw: st.DrawFn) -> dict[str, Any]:
    """A material that is defined in place."""
    name = draw(st.sampled_from(sorted(DEFINED)))
    made = {"substance": name, "define": DEFINED[name], "amount": draw(amounts)}
    return made | ({"blend": draw(in_blends)} if draw(st.booleans()) else {})


@st.composite
def certified(draw: st.DrawFn) -> dict[str, Any]:
    """A material with its assay, its name for the label, or both."""
    name = draw(st.sampled_from(sorted(ASSAYS)))
    made = {"substance": name, "amount": draw(amounts)}
    if draw(st.booleans()):
        made["assay"] = draw(st.sampled_from(ASSAYS[name]))
    if draw(st.booleans()):
        made["label_name"] = draw(st.sampled_from(LABEL_NAMES[name]))
    return made


materials = st.fixed_dictionaries(
    {
        "substance": st.one_of(*map(st.sampled_from, (SUBSTANCES, BUFFERED, WORDINGS))),
        "amount": amounts,
    },
    optional={
        "loss": st.sampled_from(["3 %", "10 %"]),
        "blend": in_blends,
        "potency": st.sampled_from(POTENCIES),
    },
)
inputs = st.one_of(materials, materials, certified(), defined(), extracts())
excipients = st.fixed_dictionaries(
    {"name": st.sampled_from(EXCIPIENTS)},
    optional={
        "amount": st.sampled_from(["5 mg", "0.3 g"]),
        "category": st.sampled_from(["bulking agent", "anti-caking agent"]),
    },
)


def _told_apart(drawn: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The inputs, those aside that are of one material with another and named or blended unlike."""
    known: dict[str, tuple[str | None, ...]] = {}
    for each in drawn:
        name = each["substance"]
        meant = names.resolve(name.replace("-", " ")).substances or (name,)
        told = name, each.get("label_name"), each.get("blend")
        if all(known.get(of, told) == told for of in meant):
            known |= dict.fromkeys(meant, told)
            yield each


@st.composite
def formulations(draw: st.DrawFn) -> Formulation:
    """Recipes of up to five materials, some of their contents claimed below what is delivered."""
    form, unit = draw(st.sampled_from(FORMS))
    made = formulation(
        *_told_apart(draw(st.lists(inputs, min_size=1, max_size=5))),
        product=draw(st.sampled_from(["Still Water", "Kettle Row Zinc 15", "Two Tides & Co."])),
        brand=draw(st.sampled_from([None, "Kettle Row", "Vane Ltd."])),
        market=draw(st.sampled_from(MARKETS)),
        form=form,
        unit=unit,
        capsule_material=draw(st.sampled_from([None, "hypromellose"])),
        units_per_serving=draw(st.integers(1, 6)),
        servings_per_day=draw(st.integers(1, 4)),
        servings_per_container=draw(st.sampled_from([None, 30, 1500])),
        excipients=draw(st.lists(excipients, max_size=4, unique_by=lambda each: each["name"])),
        statements=draw(st.lists(st.sampled_from(STATEMENTS), max_size=2, unique=True)),
        source_amounts=draw(st.booleans()),
    )
    held = [h for h in delivered(made).at_end if h.range_mg.low > 0.05 and h.id not in BY_THE_WAY]
    claimed = draw(st.lists(st.sampled_from(held), max_size=3)) if held else []
    share = draw(st.sampled_from(CLAIMED))
    claims = {each.id: f"{rounded_down(each.range_mg.low * share)} mg" for each in claimed}
    return made.model_copy(update={"claims": claims})
