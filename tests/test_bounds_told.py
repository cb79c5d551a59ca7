"""What bounds tell: mass, share and proof are of one recipe, and glycine is the compound's."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from chelate import figures, sentences
from chelate.bounds.proof import arithmetic
from chelate.bounds.ranges import GLYCINE, in_any_case
from chelate.checker import CheckResult, check
from chelate.models import Label
from chelate.report import delivered
from chelate.report.document import bounds_document
from chelate.report.glycine import glycine_of
from chelate.report.glycine import in_any_case as glycine_in_any_case
from chelate.report.reasons import settling
from chelate.report.understood import understood
from chelate.verify.results import result_of, verified

THREE_SALTS = [
    {"name": "Magnesium oxide 165.8 mg equiv. magnesium 100 mg"},
    {"name": "Magnesium phosphate pentahydrate 482 mg equiv. magnesium 100 mg"},
    {"name": "Magnesium bisglycinate dihydrate 214.4 mg equiv. magnesium 25 mg"},
    {"name": "Total magnesium", "amount": "225 mg"},
]
GLYCINE_OF_BISGLYCINATE = 2 * 75.067 / 172.423


def of(*facts: Mapping[str, object], **label: object) -> CheckResult:
    return check(Label.model_validate({"product": "Trial", "facts": facts, **label}))


def with_row(mass: str, glycine: str, **label: object) -> CheckResult:
    name = f"Magnesium (as magnesium bisglycinate{mass})"
    row = {"name": "Glycine", "amount": glycine}
    return of({"name": name, "amount": "200 mg"}, row, **label)


# Milligrams, share and proof


def test_what_comes_from_elsewhere_counts_in_one_printed_share_only() -> None:
    """99.5 mg of the oxide and 99.5 mg of the phosphate are 199 mg; of the dihydrate's 214.9 mg,
    24.305 / 208.453 are magnesium: 25.06 mg, so that the share is 199 / 224.06."""
    (judged,) = of(*THREE_SALTS).judged
    own_mg = 214.9 * 24.305 / 208.453
    assert judged.bounds.elsewhere_mg == pytest.approx(199.0)
    assert judged.bounds.elsewhere_share == pytest.approx(199 / (199 + own_mg))


def test_verdict_and_proof_tell_the_same_share() -> None:
    result = of(*THREE_SALTS)
    (judged,) = result.judged
    proof = arithmetic(result.composition, 0, judged.bounds)
    assert "at least 199 mg (88.8 %) of the 225 mg" in sentences.sentence(judged)
    assert proof == (
        "“100 mg” (magnesium from “Magnesium oxide”) is at least 99.5 mg.",
        "“100 mg” (magnesium from “Magnesium phosphate pentahydrate”) is at least 99.5 mg.",
        "99.5 mg + 99.5 mg = 199 mg must come from elsewhere.",
        "199 mg + 25.06 mg from magnesium bisglycinate = 224.06 mg of magnesium.",
        "199 mg ÷ 224.06 mg = 88.8 %, the least share from elsewhere.",
    )


def test_shares_of_which_elsewhere_is_split_are_certified() -> None:
    text = json.dumps(bounds_document([of(*THREE_SALTS)]))
    (found,) = verified(result_of(text, file="result"), {})
    assert found.certificates > 2
    assert not found.failures


def test_a_figure_that_two_sources_print_is_understood_of_both() -> None:
    shares = [row for row in understood(of(*THREE_SALTS)) if row.of == "The element that it brings"]
    assert [row.printed for row in shares] == ["100 mg", "100 mg", "25 mg"]


# Glycine in a row of its own


def test_glycine_of_its_own_row_is_none_of_the_compounds() -> None:
    result = with_row(" 1,000 mg", "3.00 g")
    found = delivered.glycine(result.judged[0], result)
    assert found.range_mg is not None
    assert found.range_mg.high == pytest.approx(1005 * GLYCINE_OF_BISGLYCINATE)
    assert found.working == (
        "1,005 mg × 87.073 % glycine (magnesium bisglycinate, anhydrous) = 875.1 mg at most."
    )


def test_glycine_that_the_label_tells_of_the_compound_counts_as_its() -> None:
    row = {"name": "Magnesium bisglycinate", "amount": "2,000 mg", "contains": [
        {"name": "Magnesium", "amount": "200 mg"}, {"name": "Glycine", "amount": "1,500 mg"},
    ]}  # fmt: skip
    found = in_any_case(of(row).composition, 0)
    assert found
    assert found.end(GLYCINE, "least") == pytest.approx(1495)


def test_a_certificate_does_not_pass_the_compounds_own_glycine_for_added() -> None:
    row = {"name": "Magnesium bisglycinate", "amount": "2,000 mg", "contains": [
        {"name": "Magnesium", "amount": "200 mg"}, {"name": "Glycine", "amount": "1,500 mg"},
    ]}  # fmt: skip
    label = Label.model_validate({"product": "Trial", "facts": [row]})
    text = json.dumps(bounds_document([check(label)]))
    assert not next(verified(result_of(text, file="r"), {0: label})).failures
    forged = text.replace("1.1 free glycine", "1.1 added glycine")
    assert forged != text
    reasons = [f.reason for f in next(verified(result_of(forged, file="r"), {0: label})).failures]
    assert any("the label tells of glycine in “Magnesium bisglycinate”" in r for r in reasons)


def test_glycine_that_does_not_fit_the_serving_on_top_is_counted() -> None:
    """199.5 mg magnesium take 1,415 mg of bisglycinate: with 2,995 mg more than 3,505 mg."""
    result = with_row("", "3.00 g", serving={"size": "1 scoop (3.50 g)"})
    found = glycine_of(result)
    assert found
    assert (found.range_mg.low, found.range_mg.high) == (2995, 3005)
    assert found.notes[-1] == (
        "2,995–3,005 mg if “3.00 g” counts what the compound brings: “3.50 g” has no room for both"
    )


def test_all_glycine_is_never_more_than_the_serving_holds() -> None:
    """Beside 3,005 mg there is room for 500 mg of bisglycinate in 3,505 mg."""
    result = with_row("", "3.00 g", serving={"size": "1 scoop (3.50 g)"})
    most = glycine_in_any_case(result).high
    assert most == pytest.approx(3005 + 500 * GLYCINE_OF_BISGLYCINATE)


def test_a_row_too_small_to_count_and_too_large_to_add_is_a_part() -> None:
    result = with_row("", "0.60 g", serving={"size": "1 scoop (1.70 g)"})
    found = glycine_of(result)
    assert found
    assert found.range_mg.low == pytest.approx(199.5 * 2 * 75.067 / 24.305)
    assert "is a part of what the compound brings" in found.notes[-1]


# What is printed outside of the panel


def test_a_mass_in_a_statement_is_said_to_be_none_of_the_panel() -> None:
    said = "Provides 1,420 mg magnesium bisglycinate per serving"
    row = {"name": "Magnesium (as magnesium bisglycinate)", "amount": "200 mg"}
    result = of(row, statements=[said])
    (judged,) = result.judged
    assert judged.bounds.reason.startswith(
        "no mass of the compound, the blend or the serving is printed in the panel"
    )
    told = list(settling(judged, result))
    assert f"“{said}” stands outside of the panel; only what that prints is weighed." in told
    assert not any("outside of the panel" in each for each in settling(of(row).judged[0], of(row)))


# Figures


def test_a_percentage_below_one_is_not_rounded_to_one() -> None:
    """5.5 mg of 800 mg calcium, the NRV, are 0.69 %."""
    assert figures.percent(5.5 / 800, decimals=0) == "0.69 %"
    assert figures.at_least_percent(0.0007) == "0.07 %"
