"""Names that a material cannot have: the catalogue knows them as those of something else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.formulate import EntryError, delivered
from chelate.models.formulation import Formulation


def weigh(substance: str, label_name: str | None = None, **define: Any) -> None:
    entry: dict[str, Any] = {"substance": substance, "label_name": label_name, "amount": "350 mg"}
    entry |= {"define": define} if define else {}
    delivered(Formulation.model_validate({"product": "Trial", "inputs": [entry]}))


@pytest.mark.parametrize(
    ("substance", "label_name"),
    [
        ("magnesium oxide", "magnesium bisglycinate chelate"),
        ("magnesium-oxide", "Magnesium (bisglycinate)"),
        ("zinc picolinate", "zinc bisglycinate"),
        ("magnesium citrate", "magnesium amino acid chelate"),
        ("magnesium oxide", "zinc"),
        ("magnesium oxide", "glycine"),
        ("magnesium oxide", "magnesium stearate"),
        ("magnesium oxide", "rice flour"),
        ("glycine", "collagen peptides"),
        ("collagen peptides", "glycine"),
        ("L-lysine hydrochloride", "L-lysine"),  # a fifth of its weight is no lysine
    ],
)
def test_a_name_for_the_panel_is_not_that_of_something_else(
    substance: str, label_name: str
) -> None:
    with pytest.raises(EntryError, match="which is something else") as refused:
        weigh(substance, label_name)
    assert refused.value.path == "inputs[0].label_name"


@pytest.mark.parametrize(
    ("substance", "label_name"),
    [
        ("magnesium bisglycinate", "Albion® TRAACS® magnesium bisglycinate chelate"),
        ("magnesium bisglycinate", "magnesium amino acid chelate"),
        ("magnesium bisglycinate", "MagRidge 14"),
        ("magnesium-bisglycinate-buffered", "magnesium bisglycinate chelate"),
        ("magnesium-oxide-as-sold", "Magnesium oxide USP"),
        ("magnesium oxide", "mineral complex"),
        ("creatine monohydrate", "creatine"),
        ("collagen peptides", "hydrolyzed collagen"),
        ("ascorbic acid", "vitamin C"),
    ],
)
def test_a_trade_name_and_a_wider_name_may_stand_on_the_panel(
    substance: str, label_name: str
) -> None:
    weigh(substance, label_name)


SOURCES = sorted(s.id for s in catalogue.substances().values() if s.nutrient and s.families)


@given(st.sampled_from(SOURCES))
def test_the_name_of_its_own_family_is_never_refused(substance: str) -> None:
    weigh(substance, catalogue.families()[catalogue.substance(substance).families[0]].name)


@given(st.sampled_from(SOURCES))
def test_a_substance_may_be_defined_under_its_own_name(substance: str) -> None:
    known = catalogue.substance(substance)
    weigh(known.id.replace("-", " "), formula=known.formula)


@pytest.mark.parametrize(
    ("substance", "define", "says"),
    [
        ("magnesium bisglycinate", {"formula": "MgO"}, r"which is Mg\(C2H4NO2\)2"),
        ("magnesium citrate", {"formula": "MgCO3"}, "expected what the name says"),
        ("magnesium bisglycinate dihydrate", {"formula": "Mg(C2H4NO2)2"}, "which is .*2H2O"),
        ("magnesium bisglycinate", {"holds": {"magnesium": "18 %"}}, "holds 14.096 % and no more"),
        ("magnesium bisglycinate", {"holds": {"zinc": "10 %"}}, "expected magnesium too"),
        ("magnesium amino acid chelate", {"formula": "ZnO"}, "expected what the name says"),
        ("magnesium amino acid chelate", {"formula": "MgO"}, "expected what the name says"),
    ],
)
def test_a_known_name_is_not_defined_as_something_else(
    substance: str, define: dict[str, Any], says: str
) -> None:
    with pytest.raises(EntryError, match=says) as refused:
        weigh(substance, **define)
    assert refused.value.path == "inputs[0].define"
    with pytest.raises(EntryError, match=says) as refused:
        weigh("MX-1", substance, **define)
    assert refused.value.path == "inputs[0].label_name"


@pytest.mark.parametrize(
    ("substance", "define"),
    [
        ("magnesium bisglycinate", {"formula": "Mg(C2H4NO2)2·3H2O"}),  # a hydrate not catalogued
        ("magnesium bisglycinate", {"holds": {"magnesium": "10-14 %"}}),
        ("magnesium bisglycinate buffered", {"holds": {"magnesium": "18 %"}}),
        ("MX-1", {"formula": "MgO"}),
        ("ashwagandha root extract", {"holds": {"iron": "0.02 %"}}),
    ],
)
def test_what_a_name_allows_may_be_defined(substance: str, define: dict[str, Any]) -> None:
    weigh(substance, **define)
