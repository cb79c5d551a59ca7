"""Names on panels: with marks of their own, of makers, and in Latin."""

from __future__ import annotations

from typing import Any

import pytest

from chelate.formulate import EntryError
from chelate.formulate.compare import compare
from chelate.formulate.panel import Panel, label_of, panel, text_of
from chelate.models import Market
from chelate.readers.panel import label_from
from drawn import MARKETS, formulation

EXCIPIENTS = ["FD&C Blue No. 1", "rice & maize starch", "FD&C Yellow No. 5 Lake"]
OXIDE = "500 mg magnesium oxide"


def laid_out(*inputs: dict[str, Any] | str, market: Market = "US", **more: Any) -> Panel:
    """The panel of these inputs."""
    return panel(formulation(*inputs, market=market, **more))


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("name", EXCIPIENTS)
def test_a_name_of_an_excipient_is_printed_as_it_is_and_read_back(
    name: str, market: Market
) -> None:
    made = formulation(
        OXIDE, market=market, excipients=[{"name": name}, {"name": "talc"}], form="tablet"
    )
    shown = panel(made)
    assert name in shown.ingredients
    read = label_from(text_of(shown), file="panel.txt")
    assert read.other_ingredients == label_of(shown).other_ingredients
    assert not [d.message for d in compare(made, read).differences if name in d.message]


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Lactobacillus acidophilus 100 B CFU/g", {"inulin": "40 %"}),
        ("cholecalciferol 100,000 IU/g", {"vitamin D": "0.25 %"}),
    ],
)
def test_a_content_per_gram_is_part_of_a_name(
    name: str, holds: dict[str, str], market: Market
) -> None:
    material = {"substance": name, "define": {"holds": holds}, "amount": "50 mg"}
    made = formulation(OXIDE, material, market=market)
    shown = panel(made)
    assert name in text_of(shown)
    differences = compare(made, label_from(text_of(shown), file="panel.txt")).differences
    assert not [each.message for each in differences]


def test_a_blend_may_have_brackets_in_its_name() -> None:
    glycine = {"substance": "glycine", "amount": "1 g", "blend": "Joint Complex (patent pending)"}
    made = formulation(OXIDE, glycine)
    label = label_from(text_of(panel(made)), file="panel.txt")
    assert not [d.kind for d in compare(made, label).differences if d.kind.startswith("blend")]
    other = made.model_copy(update={"product": "Still Water"})
    renamed = other.inputs[1].model_copy(update={"blend": "Hip Complex (patent pending)"})
    other = other.model_copy(update={"inputs": (other.inputs[0], renamed)})
    assert [d.kind for d in compare(other, label).differences if d.kind.startswith("blend")]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Magtein", "Magtein magnesium L-threonate"),
        ("TRAACS magnesium bisglycinate", "TRAACS magnesium bisglycinate"),
    ],
)
def test_a_trade_name_stands_beside_the_common_name(name: str, printed: str) -> None:
    for market in MARKETS:
        made = laid_out(f"2000 mg {name}", market=market)
        assert printed in text_of(made)
        assert not [note for note in made.notes if "trade name" in note]


@pytest.mark.parametrize(("market", "law"), [("US", "101.36(d)"), ("EU", "Article 17(4)")])
def test_a_trade_name_of_something_unknown_has_a_note(market: Market, law: str) -> None:
    made = laid_out(
        {"substance": "Quellor®", "define": {"holds": {"rosavins": "3 %"}}, "amount": "50 mg"},
        market=market,
    )
    (note,) = [note for note in made.notes if "trade name" in note]
    assert note.startswith("Quellor®")
    assert law in note


def test_latin_names_keep_their_capitals_in_the_name_of_an_eu_product() -> None:
    boswellia = {
        "substance": "Boswellia serrata extract",
        "define": {"holds": {"boswellic acids": "65 %"}},
        "amount": "300 mg",
    }
    made = laid_out("500 mg Creatine monohydrate", boswellia, market="EU")
    assert made.directions[0] == (
        "Food supplement with creatine monohydrate and Boswellia serrata extract."
    )


def test_two_claims_of_one_nutrient_are_refused() -> None:
    claims = {"magnesium": "300 mg", "Mg": "200 mg"}
    with pytest.raises(EntryError, match=r'claims\.Mg: found "Mg" beside "magnesium"'):
        laid_out(OXIDE, claims=claims)


@pytest.mark.parametrize(
    ("market", "claim", "noted"),
    [("EU", "200 mg", True), ("EU", "210 mg", False), ("US", "200 mg", False)],
)
def test_more_than_the_tolerance_of_the_eu_has_a_note(
    market: Market, claim: str, noted: bool
) -> None:
    made = laid_out(OXIDE, market=market, claims={"magnesium": claim})
    told = (
        f"Magnesium: {claim} is claimed, and 301.6 mg delivered, more than 290 mg (EU guidance, "
        "which is not law: 80–145 % of the claim)."
    )
    assert (told in made.notes) is noted
    assert any("guidance" in note for note in made.notes) is noted


def test_an_unknown_substance_is_told_of_define() -> None:
    with pytest.raises(EntryError, match="define says in a formulation what another one"):
        laid_out("5 mg cholecalciferol")


@pytest.mark.parametrize("market", MARKETS)
def test_wording_that_is_written_as_an_id_is_printed_in_words(market: Market) -> None:
    shown = text_of(laid_out("900 mg magnesium-citrate", "50 mg zinc-gluconate", market=market))
    assert "magnesium citrate" in shown
    assert "zinc gluconate" in shown
