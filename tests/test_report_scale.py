"""How a page of many labels is filled: whole sections, condensed ones, rows, and their ids."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chelate.checker import check
from chelate.findings import Verdict
from chelate.report import html
from chelate.report.scale import LIMIT_BYTES, Scale, all_of
from test_report import ALL, Page
from test_report_table import _data, _many, _rich


@pytest.fixture(scope="module")
def hundred() -> str:
    """The page on a hundred rich labels, each of them impossible."""
    return html(_rich(100))


@pytest.fixture(scope="module")
def mixed() -> str:
    """The page on three hundred labels of every verdict, too many for a section each."""
    return html(_many(300))


def _details(source: str) -> dict[str, list[str]]:
    """What the page has of the labels of each verdict."""
    found: dict[str, list[str]] = {}
    for each in _data(source)["labels"]:
        found.setdefault(each["verdict"], []).append(each["detail"])
    return found


def test_a_hundred_impossible_labels_are_published_with_the_arithmetic_of_each(
    hundred: str,
) -> None:
    assert hundred.count('<ol class="proof">') >= 100
    assert "row" not in _details(hundred)["impossible"]


def test_a_page_of_many_labels_fills_its_budget(hundred: str, mixed: str) -> None:
    for source in (hundred, mixed):
        assert "even the rows" not in source
        assert 0.9 * LIMIT_BYTES < len(source.encode()) <= LIMIT_BYTES


def test_impossible_and_doubtful_labels_have_whole_sections_before_others_have_any(
    mixed: str,
) -> None:
    found = _details(mixed)
    assert set(found["impossible"]) == {"whole"}
    assert {"brief", "row"} <= {each for details in found.values() for each in details}
    first = {Verdict.IMPOSSIBLE.value, Verdict.DOUBTFUL.value}
    others = [
        each for verdict, details in found.items() if verdict not in first for each in details
    ]
    assert "whole" not in others


def test_a_page_says_how_many_labels_have_a_section_and_which_come_first(mixed: str) -> None:
    details = [each["detail"] for each in _data(mixed)["labels"]]
    scale = Scale(tuple(details), columns=False)
    assert scale.of_sections() in Page(mixed).text
    assert f"whole sections of {details.count('whole')}" in scale.of_sections()
    assert f"a row alone of {details.count('row')}" in scale.of_sections()
    assert "impossible and doubtful labels have theirs first" in scale.of_sections()


def test_what_is_not_on_the_page_is_not_said_to_be() -> None:
    few = Scale(("whole", "row"), columns=False)
    assert "nothing of 1" in few.of_sections(rows=False)
    assert "each has a row" not in all_of("row", 2, columns=False).of_sections(rows=False)


def test_rows_that_are_more_than_a_megabyte_are_told_so() -> None:
    few = _many(len(ALL))
    many = html([few[n % len(few)] for n in range(1000)])
    over = "and even the rows are more than that"
    assert over in many
    assert len(many.encode()) > LIMIT_BYTES


@pytest.mark.parametrize(
    "sections", [(), ("comparison",), ("glance",), ("products",), ("appendix",), ("gate",)]
)
@pytest.mark.parametrize("count", [2, 14])
def test_every_id_of_the_data_lands_once(count: int, sections: tuple[str, ...]) -> None:
    _lands(html(_many(count), sections=sections))


def test_every_id_lands_on_pages_of_rows_too(hundred: str, mixed: str) -> None:
    for source in (hundred, mixed, html(_many(500), sections=["products"])):
        _lands(source)


def _lands(source: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', source)
    assert len(ids) == len(set(ids))
    said = [each["id"] for each in _data(source)["labels"]]
    assert {each for each in said if each} <= set(ids)
    links = {link[1:] for link in Page(source).values("href") if link.startswith("#")}
    assert links <= set(ids)


def test_the_name_in_a_row_leads_to_its_section_or_to_the_row_itself(mixed: str) -> None:
    details: list[dict[str, Any]] = _data(mixed)["labels"]
    rows = dict(
        re.findall(r'<tr id="([^"]+)"[^>]*><th scope="row"><a class="self" href="#([^"]+)', mixed)
    )
    assert set(rows) == {each["id"] for each in details if each["detail"] == "row"}
    assert all(own == target for own, target in rows.items())


def test_an_id_is_null_where_the_page_says_nothing_of_the_label() -> None:
    (one,) = _data(html([check(ALL[0])], sections=["appendix"]))["labels"]
    assert one["id"] is None


def test_a_filled_page_is_the_same_byte_for_byte(mixed: str) -> None:
    assert html(_many(300)) == mixed
