"""Bounds are sound: what must hold of them, on thousands of true labels and some false ones.

`make soak` holds the same sentences to as many recipes as there is time for.
"""

from __future__ import annotations

import sound
from sound import Case, Property


def hold(sentence: Property, seeds: range) -> None:
    """Hold a sentence to the recipes of some seeds, and name the seed of any that fails."""
    for seed in seeds:
        try:
            sentence(Case.of(seed))
        except (AssertionError, ArithmeticError) as broken:
            raise AssertionError(f"seed {seed}: {broken}") from broken


def test_no_true_label_is_ever_impossible() -> None:
    hold(sound.never_impossible, range(4400))


def test_the_truth_lies_within_the_bounds() -> None:
    hold(sound.truth_within, range(4400, 5300))


def test_removing_a_statement_never_tightens_a_bound() -> None:
    hold(sound.less_never_tightens, range(5300, 5900))


def test_ten_times_the_serving_has_ten_times_the_bounds() -> None:
    hold(sound.scaling_scales, range(5900, 7500))


def test_grams_milligrams_and_micrograms_agree() -> None:
    hold(sound.units_agree, range(7500, 8000))


def test_every_proof_verifies_exactly_and_proves_the_value_told() -> None:
    hold(sound.proofs_verify, range(8000, 8100))


def test_every_witness_fits_every_statement() -> None:
    hold(sound.witnesses_fit, range(8100, 8400))


def test_the_closed_form_and_highs_and_linprog_agree() -> None:
    hold(sound.closed_agrees, range(8400, 9400))


def test_the_true_share_of_every_named_source_lies_within_the_shares_told() -> None:
    hold(sound.shares_hold, range(10000, 11500))


def test_the_closed_form_of_shares_and_highs_agree() -> None:
    hold(sound.shares_agree, range(11500, 12000))


def test_a_falsehood_is_found_is_minimal_and_is_mended_by_any_one() -> None:
    hold(sound.falsehood_found, range(9400, 10000))
