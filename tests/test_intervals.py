from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.intervals import Interval, half_last_digit, printed, total

masses = st.decimals("0.001", "99999", places=6)
printed_numbers = st.decimals(0, 1_000_000, places=3) | st.integers(0, 1_000_000).map(Decimal)


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        ("200", "199.5", "200.5"),
        ("4000", "3995", "4005"),
        ("1112", "1107", "1117"),
        ("45.5", "45.45", "45.55"),
        ("1.50", "1.495", "1.505"),
        ("0.5", "0.45", "0.55"),
        ("0", "0", "0.5"),
        ("0.3", "0.25", "0.35"),
        ("100000", "99500", "100500"),
    ],
)
def test_printed_numbers_of_the_design(number: str, low: str, high: str) -> None:
    assert printed(Decimal(number)) == (Decimal(low), Decimal(high))


@given(printed_numbers)
def test_the_printed_interval_contains_the_printed_number(number: Decimal) -> None:
    low, high = printed(number)
    assert 0 <= low <= number < high


@given(masses)
def test_a_mass_printed_to_three_figures_lies_in_its_interval(truth: Decimal) -> None:
    shown = truth.quantize(Decimal(1).scaleb(truth.adjusted() - 2), ROUND_HALF_EVEN)
    written = Decimal(f"{shown:f}")
    low, high = printed(written)
    assert low <= truth <= high


@given(masses, st.integers(0, 3))
def test_a_mass_printed_to_any_digit_lies_in_its_interval(truth: Decimal, places: int) -> None:
    low, high = printed(truth.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN))
    assert low <= truth <= high


@given(printed_numbers)
def test_the_interval_is_never_finer_than_three_figures(number: Decimal) -> None:
    low, high = printed(number)
    if low > 0:
        assert (high - low) / number >= Decimal("0.001")
    assert half_last_digit(number) <= high - number


def test_sums_and_overlaps() -> None:
    assert total([Interval(1, 2), Interval(10, 20)]) == Interval(11, 22)
    assert Interval(1, 2) + Interval(10, 20) == Interval(11, 22)
    assert total([]) == Interval(0, 0)
    assert Interval(1, 2).scaled(10) == Interval(10, 20)
    assert Interval(1, 2).middle == 1.5
    assert Interval(1, 2).overlaps(Interval(2, 3))
    assert not Interval(1, 2).overlaps(Interval(2.1, 3))
