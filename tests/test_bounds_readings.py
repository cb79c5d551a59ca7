"""Ranges, conflicts and their words, on labels small enough to check by hand."""

from __future__ import annotations

import pytest

from chelate import catalogue
from chelate.bounds import Bounds, bounds, readings, recipe, words
from chelate.bounds.parts import (
    View,
)
from chelate.bounds.proof import arithmetic
from chelate.bounds.separate import Separate
from chelate.bounds.solving import coupled, feasible
from chelate.checker import check
from chelate.composition import Composition, compose
from chelate.findings import Verdict
from chelate.models import Label

BISGLYCINATE = catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate"))
OXIDE = catalogue.element_fraction(catalogue.substance("magnesium-oxide"))
GLYCINE_BESIDE = 2 * 75.067 / 24.305
BUFFERED = ("Magnesium (from 1,112 mg magnesium bisglycinate chelate buffered)", "200 mg")


def composition(*rows: tuple[str, str], **label: object) -> Composition:
    facts = [{"name": name, "amount": amount} for name, amount in rows]
    return compose(Label(product="Sample", facts=facts, **label))


def ends(found: Composition, name: str, target: str, k: int = 0) -> tuple[float, float]:
    reading = next(r for r in readings(found, k) if r.name == name)
    each = reading.ranges[target]
    return each.least.value, each.most.value


def test_200_mg_from_1112_mg_in_every_reading() -> None:
    found = composition(*[BUFFERED])
    assert [r.name for r in readings(found, 0)] == ["any", "alone", "blend", "rest", "documented"]
    in_any_case = ends(found, "any", "elsewhere")
    assert in_any_case == pytest.approx((199.5 - 1117 * BISGLYCINATE, 200.5))
    assert ends(found, "alone", "elsewhere") == pytest.approx(in_any_case)
    within = OXIDE * (199.5 - 1117 * BISGLYCINATE) / (OXIDE - BISGLYCINATE)
    assert ends(found, "rest", "elsewhere")[0] == pytest.approx(within)
    assert ends(found, "rest", "elsewhere share")[0] == pytest.approx(0.27505, abs=5e-5)
    assert ends(found, "any", "glycine")[1] == pytest.approx(1117 * BISGLYCINATE * GLYCINE_BESIDE)


def test_the_sentence_names_what_holds_in_any_case_first() -> None:
    found = composition(*[BUFFERED])
    (judged,) = bounds(found)
    assert words.elsewhere(found.claims[0], judged) == (
        "at least 42 mg (21.0 %) of the 200 mg must come from something other than magnesium "
        "bisglycinate; if that is magnesium oxide and the 1,112 mg includes it, at least 54.8 mg "
        "(27.5 %)"
    )


def test_the_arithmetic_can_be_followed_with_a_pencil() -> None:
    found = composition(("Magnesium (from 1,000 mg magnesium bisglycinate)", "180 mg"))
    assert arithmetic(found, 0, bounds(found)[0]) == (
        "“180 mg” stands for at least 179.5 mg of magnesium.",
        "“1,000 mg” (the compound's mass) is at most 1,005 mg.",
        "1,005 mg × 14.096 % (magnesium bisglycinate, anhydrous) = 141.7 mg at most.",
        "179.5 mg − 141.7 mg = 37.8 mg (21.0 %) must come from elsewhere.",
    )


def test_what_comes_from_elsewhere_takes_up_room_in_a_serving() -> None:
    found = composition(
        ("Magnesium (as magnesium bisglycinate)", "200 mg"), ("Calcium", "100 mg"),
        serving={"size": "1 scoop (1.2 g)"},
    )  # fmt: skip
    room = 1250 - 99.5
    least = (199.5 - room * BISGLYCINATE) / (1 - BISGLYCINATE)
    assert bounds(found)[0].elsewhere_mg == pytest.approx(least)


def test_several_minerals_that_each_fit_may_not_fit_together() -> None:
    rows = (("Calcium (as calcium carbonate)", "400 mg"),
            ("Magnesium (as magnesium citrate)", "100 mg"))  # fmt: skip
    crowded = composition(*rows, serving={"size": "1 scoop (1.2 g)"})
    first, second = bounds(crowded)
    assert first.conflict is not None
    assert second.conflict is not None
    assert (first.outcome, second.outcome) == ("exceeds", "exceeds")
    assert {s.text for s in first.conflict.statements} == {"400 mg", "100 mg", "1.2 g"}
    assert first.elsewhere_mg == 0
    roomy = composition(*rows, serving={"size": "1 scoop (2.4 g)"})
    assert [b.outcome for b in bounds(roomy)] == ["fits", "fits"]


def test_chelates_that_share_a_blend_share_its_mass() -> None:
    def label(blend: str) -> Label:
        members = [
            {"name": "Calcium (as calcium bisglycinate)", "amount": "20 mg"},
            {"name": "Magnesium (as magnesium bisglycinate)", "amount": "25 mg"},
            {"name": "Zinc (as zinc bisglycinate)", "amount": "15 mg"},
        ]
        row = {"name": "Mineral Chelate Blend", "amount": blend, "contains": members}
        return Label(product="Three Chelates", facts=[row])

    assert check(label("369 mg")).verdict is Verdict.CONSISTENT
    assert check(label("260 mg")).verdict is Verdict.IMPOSSIBLE


def test_a_claim_that_a_conflict_does_not_need_takes_no_part_in_it() -> None:
    members = [
        {"name": "Calcium (as calcium bisglycinate)", "amount": "20 mg"},
        {"name": "Magnesium (as magnesium bisglycinate)", "amount": "40 mg"},
        {"name": "Zinc (as zinc bisglycinate)", "amount": "15 mg"},
    ]
    row = {"name": "Mineral Chelate Blend", "amount": "369 mg", "contains": members}
    found = bounds(compose(Label(product="Three Chelates", facts=[row])))
    assert [each.outcome for each in found] == ["exceeds", "exceeds", "fits"]


def test_three_size_0_capsules_not_two() -> None:
    found = composition(
        ("Magnesium (as magnesium bisglycinate)", "300 mg"),
        capsule_size="0", serving={"size": "2 capsules"},
    )  # fmt: skip
    conflict = bounds(found)[0].conflict
    assert conflict is not None
    mend = next(m for m in conflict.mends if m.statement.kind == "capsules")
    assert mend.to_mg == pytest.approx(299.5 / BISGLYCINATE)
    assert mend.capsules == 3
    assert conflict.assumed


CROWDED = (
    ("Calcium (as calcium carbonate)", "400 mg"),
    ("Magnesium (as magnesium citrate)", "100 mg"),
)


@pytest.mark.parametrize(
    ("calcium", "magnesium", "serving", "outcome"),
    [
        ("253 mg", "100 mg", "1.2 g", "fits"), ("256 mg", "100 mg", "1.2 g", "exceeds"),
        ("400 mg", "40.5 mg", "1.2 g", "fits"), ("400 mg", "41.5 mg", "1.2 g", "exceeds"),
        ("400 mg", "100 mg", "1,610 mg", "fits"), ("400 mg", "100 mg", "1,600 mg", "exceeds"),
    ],
)  # fmt: skip
def test_the_least_change_told_mends_and_a_smaller_one_does_not(
    calcium: str, magnesium: str, serving: str, outcome: str
) -> None:
    crowded = bounds(composition(*CROWDED, serving={"size": "1 scoop (1.2 g)"}))[0].conflict
    assert crowded is not None
    assert [m.to_mg for m in crowded.mends] == pytest.approx([254.04, 40.78, 1613.2], abs=0.1)
    rows = zip((name for name, _ in CROWDED), (calcium, magnesium), strict=True)
    found = composition(*rows, serving={"size": f"1 scoop ({serving})"})
    assert bounds(found)[0].outcome == outcome


def glycine_label(glycine: str, **more: object) -> Composition:
    compound = {"name": "Magnesium Bisglycinate", "amount": "1000 mg", "contains": [
        {"name": "Magnesium", "amount": "140 mg"}, {"name": "Glycine", "amount": glycine},
    ]}  # fmt: skip
    return compose(Label(product="Sample", facts=[compound], **more))


@pytest.mark.parametrize(
    ("glycine", "outcome"),
    [("870 mg", "fits"), ("850 mg", "fits"), ("600 mg", "exceeds"), ("1,200 mg", "exceeds")],
)
def test_glycine_given_by_a_compound_holds_its_element_too(glycine: str, outcome: str) -> None:
    assert bounds(glycine_label(glycine))[0].outcome == outcome


def test_little_glycine_leaves_element_for_elsewhere() -> None:
    least = bounds(glycine_label("600 mg"))[0].elsewhere_mg
    assert least == pytest.approx(139.5 - 600.5 / (2 * 74.059) * 24.305)


def test_sources_in_order_bound_the_second_only_as_law_prescribes() -> None:
    found = composition(("Magnesium (as magnesium bisglycinate, magnesium oxide)", "200 mg"))
    assert ends(found, "any", "claimed") == pytest.approx((0, 200.5))
    least, _ = ends(found, "named", "claimed share")
    leanest = catalogue.element_fraction(catalogue.substance("magnesium-bisglycinate-tetrahydrate"))
    assert least == pytest.approx(leanest / (leanest + OXIDE))


def test_no_printed_mass_leaves_everything_open() -> None:
    found = composition(("Magnesium (as magnesium bisglycinate)", "200 mg"))
    assert bounds(found)[0].elsewhere_mg is None
    (portion,) = recipe(found, 0)
    assert portion.mass_mg == pytest.approx(200.5 / BISGLYCINATE)  # the most that is declared
    assert ends(found, "any", "elsewhere share") == pytest.approx((0, 1))


def test_a_simple_claim_needs_no_solver_and_a_glycine_row_does() -> None:
    assert isinstance(feasible(composition(*[BUFFERED]), 0, View(0)), Separate)
    assert not isinstance(feasible(glycine_label("870 mg"), 0, View(0)), Separate)


@pytest.mark.parametrize("target", ["claimed", "elsewhere", "claimed share", "elsewhere share"])
@pytest.mark.parametrize("sense", ["least", "most"])
def test_both_ways_give_the_same_end(target: str, sense: str) -> None:
    found = composition(*[BUFFERED], serving={"size": "1 scoop (1.2 g)"})
    for view in (View(0), View(0, inside=False), View(0, outside=False), View(0, documented=True)):
        one = feasible(found, 0, view).end(target, sense)  # type: ignore[arg-type]
        other = coupled(found, 0, view).end(target, sense)  # type: ignore[arg-type]
        assert one is not None
        assert other is not None
        assert one.value == pytest.approx(other.value, abs=1e-9)


def test_an_impossible_label_says_what_would_mend_it() -> None:
    label = Label(
        product="Crowded", serving={"size": "1 scoop (1.2 g)"},
        facts=[{"name": "Calcium (as calcium carbonate)", "amount": "400 mg"},
               {"name": "Magnesium (as magnesium citrate)", "amount": "100 mg"}],
    )  # fmt: skip
    (finding,) = [f for f in check(label).findings if f.code == "MB108"]
    assert "“1.2 g” would have to stand for 1,614 mg or more" in finding.message


def test_bounds_of_a_label_come_in_the_order_of_its_claims() -> None:
    found = composition(("Zinc (as zinc oxide)", "10 mg"), *[BUFFERED])
    all_bounds: tuple[Bounds, ...] = bounds(found)
    assert [b.elsewhere_mg is not None for b in all_bounds] == [False, True]
