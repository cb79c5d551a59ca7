"""The sittings of a day on an axis of its hours, and bars only where they say something."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.formulate.day import day_of
from chelate.models.stack import Stack
from chelate.report.day import stack_html
from chelate.report.day.axis import day_axis, minutes
from chelate.report.day.sittings import sittings

minute_of_day = st.integers(0, 24 * 60 - 1)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def page_of(*whens: str) -> str:
    return stack_html(
        day_of(Stack.model_validate({"stack": "Times", "sittings": [
            {"when": when, "take": [{"substance": "glycine", "amount": f"{index + 1} g"}]}
            for index, when in enumerate(whens)]}))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "expected"),
    [("07:30", 450), ("at 7.05, with food", 425), ("7:30 pm", 1170), ("12 am", 0), ("12 pm", 720),
     ("12:15 a.m.", 15), ("morning", -1), ("30-60 minutes before bed", -1), ("before 22:00", -1),
     ("08:00 or 20:00", -1), ("25:00", -1), ("13 pm", -1), ("2 capsules", -1), ("24:00", -1),
     ("8:00-9:00", -1), ("2024", -1)],
)  # fmt: skip
def test_a_sitting_has_a_time_only_where_its_words_tell_one(when: str, expected: int) -> None:
    assert minutes(when) == expected


@given(st.lists(minute_of_day, min_size=2, unique=True, max_size=9))
def test_every_sitting_stands_at_its_share_of_the_day(times: list[int]) -> None:
    axis = day_axis([clock(each) for each in times])
    assert axis
    found = {mark.number: mark.at for mark in axis.marks}
    for index, minute in enumerate(times):
        assert found[index + 1] == pytest.approx(minute / 14.4, abs=0.001)
    assert [mark.at for mark in axis.marks] == sorted(found.values())


@given(st.lists(minute_of_day, min_size=2, unique=True, max_size=9))
def test_no_number_on_the_axis_lies_on_another(times: list[int]) -> None:
    axis = day_axis([clock(each) for each in times])
    assert axis
    for one in axis.marks:
        for other in axis.marks:
            if one is not other and one.line == other.line:
                assert abs(one.at - other.at) > 5


def test_without_two_times_there_is_no_axis_and_the_page_says_why() -> None:
    for whens in (("morning", "evening"), ("08:00", "evening"), ("08:00", "8 am")):
        assert day_axis(whens) is None
    assert "no clock times are given" in page_of("morning", "evening")


def test_a_sitting_without_a_time_is_named_beside_the_axis() -> None:
    page = page_of("08:00", "before bed", "20:00")
    assert "not on the axis: before bed." in page
    assert 'aria-label="The sittings by the hours of the day: 08:00 08:00; 20:00 20:00."' in page
    assert "<h3>2. <bdi>before bed</bdi></h3>" in page


def test_what_one_sitting_brings_alone_is_words_and_no_bar() -> None:
    day = day_of(Stack.model_validate({"stack": "One", "sittings": [
        {"when": "a", "take": [{"substance": "glycine", "amount": "1 g"},
                               {"substance": "creatine monohydrate", "amount": "1 g"}]},
        {"when": "b", "take": [{"substance": "glycine", "amount": "3 g"}]}]}))  # fmt: skip
    bars = {(s.when, each.name): each.bar for s in sittings(day) for each in s.brings}
    assert {key for key, bar in bars.items() if bar is None} == {("a", "creatine")}
    assert "A bar is the share" in stack_html(day)
    alone = page_of("morning")
    section = alone.partition('id="sittings"')[2].partition('id="totals"')[0]
    assert "all of the day’s" in section
    assert not re.search("<svg|A bar is", section)
