"""What is delivered against label claims, by the rules of markets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.formulate import EntryError, delivered
from chelate.formulate.claims import ClaimJudged, LabelClaim, claims_judged, judge
from chelate.formulate.words.claims import open_judgements
from chelate.intervals import Interval
from chelate.models.formulation import Formulation

US = catalogue.tolerance("US", "magnesium")
EU = catalogue.tolerance("EU", "magnesium")
MEETS = ("meets over the whole range", "meets at the nominal figure only")
masses = st.floats(1, 1000)


def judged(market: str, claims: dict[str, str], **entry: object) -> list[ClaimJudged]:
    document = {
        "product": "Trial",
        "market": market,
        "inputs": [{"substance": "magnesium-bisglycinate", **entry}],
        "claims": claims,
    }
    return list(claims_judged(delivered(Formulation.model_validate(document))))


def only(market: str, claim: str, **entry: object) -> ClaimJudged:
    [found] = judged(market, {"magnesium": claim}, **entry)
    return found


@pytest.mark.parametrize(
    ("assay", "claim", "outcome"),
    [
        ("13.5-14.0 %", "200 mg", "meets over the whole range"),  # 202.5 to 210 mg
        ("13.0-14.0 %", "200 mg", "meets at the nominal figure only"),  # 195 to 210 mg
        ("13.32 %", "200 mg", "meets only as rounded"),  # 199.8 mg
        ("13.2 %", "200 mg", "short"),  # 198 mg
        ("13.32 %", "200.0 mg", "meets only as rounded"),  # three digits are all that count
    ],
)
def test_a_claim_in_the_us_is_met_by_all_of_it(assay: str, claim: str, outcome: str) -> None:
    found = only("US", claim, amount="1,500 mg", assay=f"{assay} magnesium")
    assert found.outcome == outcome
    assert found.allowed_mg == Interval(200, float("inf"))


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        ("250 mg", "meets over the whole range"),  # 210 mg is 84 %
        ("262 mg", "meets over the whole range"),
        ("263 mg", "meets only as rounded"),  # 80 % of 262.5 mg is 210 mg
        ("270 mg", "short"),
        ("145 mg", "meets over the whole range"),  # 145 % of it is 210.25 mg
        ("144 mg", "above"),
    ],
)
def test_a_mineral_in_the_eu_may_miss_by_what_the_guidance_says(claim: str, outcome: str) -> None:
    found = only("EU", claim, amount="1,500 mg", assay="14.000 % magnesium")
    assert found.outcome == outcome
    assert found.tolerance is not None
    assert found.tolerance.basis == "guidance"


def test_where_no_rule_is_known_nothing_is_judged() -> None:
    found = only("CA", "300 mg", amount="1,500 mg", assay="14.00 % magnesium")
    assert (found.outcome, found.tolerance, found.allowed_mg) == ("no rule known", None, None)
    assert found.fraction == pytest.approx(0.7)
    [glycine] = judged("EU", {"glycine": "1 g"}, amount="1,500 mg")
    assert glycine.outcome == "no rule known"


def test_a_claim_is_judged_again_at_the_end_of_the_shelf_life() -> None:
    start, end = judged(
        "US", {"magnesium": "200 mg"}, amount="1,500 mg", assay="13.5-14.0 % magnesium", loss="5 %"
    )
    assert (start.moment, start.outcome) == ("at manufacture", "meets over the whole range")
    assert end.moment == "at the end of the shelf life"
    assert end.outcome == "short"
    assert end.delivered_mg == pytest.approx(start.delivered_mg * 0.95)


def test_a_claim_of_a_moiety_is_of_the_free_acid() -> None:
    [found] = judged("US", {"glycine": "870 mg"}, amount="1 g")
    assert found.delivered_mg == pytest.approx(1000 * 2 * 75.067 / 172.423, rel=1e-4)


def test_what_no_input_brings_is_short() -> None:
    [found] = judged("US", {"zinc": "5 mg"}, amount="1 g")
    assert (found.delivered_mg, found.outcome) == (0, "short")


@given(masses, masses, st.floats(0, 100), st.floats(0, 100), st.sampled_from([US, EU]))
def test_a_claim_met_over_the_whole_range_is_met_at_each_of_its_ends(
    claimed: float, figure: float, below: float, above: float, rule: catalogue.Tolerance
) -> None:
    claim = LabelClaim("claims.x", "magnesium", "", claimed, Interval(claimed * 0.99, claimed))
    spread = Interval(max(figure - below, 0.0), figure + above)
    outcome = judge(claim, figure, spread, rule)
    ends = [judge(claim, end, Interval(end, end), rule) for end in (spread.low, spread.high)]
    all_met = all(each == MEETS[0] for each in ends)
    assert (outcome == MEETS[0]) == all_met
    assert (outcome in MEETS) == (judge(claim, figure, Interval(figure, figure), rule) == MEETS[0])


@given(masses, masses, masses)
def test_more_is_never_short_where_less_was_not(claimed: float, first: float, more: float) -> None:
    claim = LabelClaim("claims.x", "magnesium", "", claimed, Interval(claimed * 0.99, claimed))

    def is_short(mass_mg: float) -> bool:
        return judge(claim, mass_mg, Interval(mass_mg, mass_mg), US) == "short"

    assert is_short(first) or not is_short(first + more)


@pytest.mark.parametrize(
    ("claims", "path", "words"),
    [
        ({"magnesum": "200 mg"}, "claims.magnesum", "did you mean magnesium"),
        ({"magnesium": "200"}, "claims.magnesium", "expected a unit"),
        ({"magnesium": "200 IU"}, "claims.magnesium", "expected one mass"),
        ({"magnesium": "0 mg"}, "claims.magnesium", "above zero"),
        ({"magnesium": "200-250 mg"}, "claims.magnesium", "expected one mass"),
        ({"magnesium": "<5 mg"}, "claims.magnesium", "expected one mass"),
    ],
)
def test_a_claim_that_cannot_be_judged_is_named(
    claims: dict[str, str], path: str, words: str
) -> None:
    with pytest.raises(EntryError, match=words) as error:
        judged("US", claims, amount="1 g")
    assert error.value.path == path


def test_a_molecule_that_counts_as_itself_is_claimed_by_its_name() -> None:
    theanine = {"substance": "L-Theanine", "define": {"formula": "C7H14N2O3"}, "loss": "5 %"}
    now, later = judged("US", {"l theanine": "100 mg"}, **theanine, amount="102 mg")
    assert (now.name, now.delivered_mg, now.outcome) == (
        "L-theanine", 102, "meets over the whole range",
    )  # fmt: skip
    assert later.delivered_mg == pytest.approx(96.9)
    assert later.outcome == "short"
    with pytest.raises(EntryError, match=r'found "theanin".*did you mean'):
        judged("US", {"theanin": "100 mg"}, **theanine, amount="102 mg")


def test_what_is_claimed_twice_is_refused() -> None:
    claims = {"magnesium": "100 mg", "Elemental magnesium": "120 mg"}
    with pytest.raises(EntryError, match='found "Elemental magnesium" beside "magnesium"'):
        judged("US", claims, amount="1 g")


def test_a_claim_of_vitamin_c_is_of_all_ascorbic_acid_free_or_bound() -> None:
    document = {
        "product": "Trial",
        "inputs": [
            {"substance": "ascorbic acid", "amount": "130 mg"},
            {"substance": "calcium ascorbate", "amount": "100 mg"},
        ],
        "claims": {"vitamin C": "120 mg"},
    }
    made = delivered(Formulation.model_validate(document))
    (found,) = claims_judged(made)
    assert found.delivered_mg == pytest.approx(130 + 200 * 176.124 / 390.310, rel=1e-5)
    assert found.outcome == "meets over the whole range"
    by_acid = Formulation.model_validate(document | {"claims": {"ascorbic acid": "120 mg"}})
    assert claims_judged(delivered(by_acid))[0].delivered_mg == found.delivered_mg
    (held,) = (each for each in made.moieties if each.id == "vitamin-c")
    assert held.ligand_mg == pytest.approx(130 + 200 * 175.116 / 390.310, rel=1e-5)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("ascorbic acid", {"formula": "C6H8O6"}),
        ("sodium ascorbate", {"formula": "C6H7NaO6", "moieties": {"vitamin C": 1}}),
        ("sodium ascorbate", {"formula": "C6H7NaO6", "moieties": {"ascorbic acid": 1}}),
        ("acerola extract", {"holds": {"ascorbic acid": "25 %"}}),
    ],
)
def test_ascorbic_acid_of_a_material_defined_in_place_is_vitamin_c(
    name: str, own: dict[str, object]
) -> None:
    entry = {"substance": name, "amount": "1 g", "define": own}
    made = Formulation.model_validate({"product": "Trial", "inputs": [entry]})
    assert "vitamin-c" in [held.id for held in delivered(made).moieties]


def test_the_least_that_may_be_there_is_told_in_the_digits_of_its_range() -> None:
    made = delivered(
        Formulation.model_validate(
            {
                "product": "Trial",
                "inputs": [{"substance": "ferrous bisglycinate", "amount": "125 mg",
                            "assay": "20 % iron"}],
                "claims": {"iron": "25 mg"},
            }
        )
    )  # fmt: skip
    (said,) = open_judgements(made)
    assert "it may be 24.4 mg, less than 25 mg" in said
