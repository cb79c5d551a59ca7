"""What frames the sections of a report: title, introduction, files with digests, data."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chelate.bounds.proof import arithmetic
from chelate.checker import check
from chelate.cli import main
from chelate.findings import InputError
from chelate.models import Label
from chelate.report import TITLE, html, machine
from chelate.report.cells import Row
from chelate.report.comparison import compared, on_sheet
from chelate.report.differing import differ
from chelate.report.inputs import inputs_of
from chelate.report.nutrient_rows import declared_mg, elsewhere_share
from chelate.report.summary import summary_rows
from chelate.sentences import carrying_sentence, sentence
from conftest import ROOT
from test_report import ALL, IMPOSSIBLE, ZINC, label

LABEL = ROOT / "labels" / "consistent-bisglycinate.yaml"
STACK = ROOT / "formulations" / "stack-protocol.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def data_of(page: str) -> Any:
    return json.loads(page.partition('id="chelate-data">')[2].partition("</script>")[0])


def header(page: str) -> str:
    return page.partition("<header")[2].partition("</header>")[0]


# Title and introduction


@pytest.mark.parametrize(
    ("sections", "title", "about"),
    [
        (("glance", "comparison"), TITLE, "conservation of mass"),
        (("products",), "Supplement labels checked", "conservation of mass"),
        (("gate",), "The coincidence gate of the NMDA receptor", "A small model"),
        (("appendix",), "Rules, claims, constants, references", "rest on"),
        (("gate", "appendix"), "The coincidence gate of the NMDA receptor", "A small model"),
    ],
)
def test_title_and_introduction_are_of_the_sections_shown(
    sections: tuple[str, ...], title: str, about: str
) -> None:
    page = html([check(IMPOSSIBLE)], sections=sections)
    assert f"<title>{title}</title>" in page
    assert about in header(page)
    assert ("conservation of mass" in header(page)) == bool({"glance", "products"} & set(sections))
    assert data_of(page)["title"] == title


def test_an_own_title_stands_whatever_the_sections() -> None:
    assert "<title>Mine</title>" in html([check(IMPOSSIBLE)], title="Mine", sections=["gate"])


@pytest.mark.parametrize("title", ["", " ", "\t"])
def test_an_empty_title_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(InputError, match="found the title"):
        html([check(IMPOSSIBLE)], title=title)
    for form in ("html", "md", "json"):
        result = run(LABEL, "--title", title, "--format", form, "-o", tmp_path / "x")
        assert result.exit_code == 2
        assert "found an empty --title, expected a text" in result.stderr
    assert not list(tmp_path.iterdir())


# The files that a page was made from


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_a_report_names_its_files_with_their_digests_and_no_folder(
    tmp_path: Path, form: str
) -> None:
    digest = hashlib.sha256(LABEL.read_bytes()).hexdigest()
    text = run(LABEL, "--format", form, "-o", "-").stdout
    assert LABEL.name in text
    assert digest in text.replace("<wbr>", "")
    if form != "json":  # the document of check names the file as it was given
        assert str(LABEL.parent) not in text


def test_the_page_of_a_stack_names_the_files_of_its_products_too() -> None:
    data = data_of(run(STACK, "-o", "-").stdout)
    names = [each["file"] for each in data["inputs"]]
    assert names[0] == STACK.name
    assert "tri-form-scoop.yaml" in names
    for each in data["inputs"]:
        file = STACK.parent / each["file"]
        assert each["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_same_files_in_another_folder_give_the_same_page(tmp_path: Path) -> None:
    pages = []
    for folder in (tmp_path / "a", tmp_path / "b" / "c"):
        folder.mkdir(parents=True)
        shutil.copy(LABEL, folder)
        pages.append(run(folder / LABEL.name, "-o", "-").stdout)
    assert pages[0] == pages[1]


def test_a_file_without_a_label_of_the_page_is_not_among_its_files(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("facts: {")
    result = run(LABEL, empty, "-o", "-")
    assert result.exit_code == 2
    assert [each["file"] for each in data_of(result.stdout)["inputs"]] == [LABEL.name]


def test_a_stream_has_no_digest_and_says_so(tmp_path: Path) -> None:
    fifo = tmp_path / "stream"
    os.mkfifo(fifo)
    (found,) = inputs_of([fifo])
    assert (found.name, found.sha256) == ("stream", "")
    page = CliRunner().invoke(main, ["report", "-", "-o", "-"], input=LABEL.read_bytes()).stdout
    assert "standard input" in page.rpartition("<footer")[2]
    assert data_of(page)["inputs"] == [{"file": "standard input", "sha256": None}]


def test_the_foot_names_the_editions_of_the_upper_levels_of_its_nutrients() -> None:
    foot = html([check(IMPOSSIBLE)]).rpartition("<footer")[2]
    for words in ("IOM 1997", "SCF 2001", "EFSA 2018", "VKM 2016", "BfR", "Health Canada"):
        assert words in foot
    assert "VKM 2016" not in html([check(ZINC)]).rpartition("<footer")[2]


# The data for machines


def test_the_data_have_what_the_page_prints_of_every_claim() -> None:
    results = [check(one) for one in ALL]
    data = data_of(html(results))
    assert data["detail"] == "whole"
    for entry, result in zip(data["labels"], results, strict=True):
        assert entry["sentence"] == carrying_sentence(result)
        for claim, judged in zip(entry["claims"], result.judged, strict=True):
            share = elsewhere_share(judged, result)
            assert (claim["elsewhere_share"] is None) == (share is None)
            assert claim["sentence"] == sentence(judged)
            assert claim["proof"] == list(
                arithmetic(result.composition, judged.index, judged.bounds)
            )


def test_the_data_hold_no_more_than_the_page() -> None:
    results = [check(IMPOSSIBLE)]
    (brief,) = machine.data(results, title="x", details=["brief"])["labels"]
    (row,) = machine.data(results, title="x", details=["row"])["labels"]
    assert brief["sentence"] == carrying_sentence(results[0])
    assert "sentence" not in row
    assert "proof" not in brief["claims"][0] | row["claims"][0]
    assert row["claims"][0]["elsewhere_share"] == brief["claims"][0]["elsewhere_share"]


# Marks of difference, and the keys that columns are sorted by


def rows_of(*labels: Label) -> dict[str, Row]:
    groups = compared([check(one) for one in labels])
    return {row.name: row for group in groups for row in group.rows}


def test_percentages_are_marked_by_the_ranges_that_they_are_of() -> None:
    rows = rows_of(
        label("A", "Magnesium (as magnesium oxide)", "180 mg"),
        label("B", "Magnesium (as magnesium oxide)", "280 mg"),
        label("C", "Magnesium (as magnesium oxide)", "280.2 mg"),
    )
    percent = rows["Of the Daily Value, US 2016"]
    assert percent.differs
    assert [cell.standing for cell in percent.cells] == ["below", "", ""]
    least = percent.cells[0].range
    assert least
    assert (least.low, least.high) == pytest.approx((179.5 / 420, 180.5 / 420))
    for name, row in rows.items():
        if name.startswith("Of the "):
            assert row.differs == rows["Elemental, per serving"].differs, name


def test_an_upper_level_is_of_the_servings_of_a_day() -> None:
    one = label("A", "Magnesium (as magnesium oxide)", "100 mg")
    two = one.model_copy(update={"serving": one.serving.model_copy(update={"per_day": "2"})})
    rows = rows_of(one, two)
    assert not rows["Of the Daily Value, US 2016"].differs
    assert rows["Of the upper level of 250 mg"].differs


def test_a_row_is_marked_on_a_sheet_where_figures_of_that_sheet_differ() -> None:
    groups = compared([check(one) for one in ALL])
    for sheet in (slice(0, 1), slice(0, 2), slice(2, 5)):
        for row in (row for group in on_sheet(groups, sheet) for row in group.rows):
            assert row.differs == differ([cell.range for cell in row.cells])


def test_a_summary_is_sorted_by_the_middles_of_ranges_and_not_by_what_is_unknown() -> None:
    results = [check(one) for one in ALL]
    for row, result in zip(summary_rows(results), results, strict=True):
        share, glycine = row.sorting[1], row.sorting[2]
        assert (share is None) == all(elsewhere_share(j, result) is None for j in result.judged[:1])
        if row.glycine.range:
            assert glycine == row.glycine.range.middle
        if declared := declared_mg("magnesium", result):
            assert row.sorting[0] == declared.middle


# In a browser


@pytest.fixture
def columns(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """A page on three labels, of one no share is known."""
    labels = [
        label("Half", "Magnesium (from 1,112 mg magnesium bisglycinate)", "200 mg"),
        label("Bare", "Magnesium", "50 mg"),
        label("Whole", "Magnesium (from 1,000 mg magnesium bisglycinate)", "100 mg"),
    ]
    file = tmp_path / "x.html"
    file.write_text(html([check(one) for one in labels]), "utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def heads(page: Any) -> list[str]:
    found: list[str] = page.locator(".comparison thead th + th:visible a").all_inner_texts()
    return found


@pytest.mark.parametrize(
    ("row", "most_first"),
    [
        ("Elemental, per serving", ["Half", "Whole", "Bare"]),
        ("Of the Daily Value, US 2016", ["Half", "Whole", "Bare"]),
        ("Of the upper level of 250 mg", ["Half", "Whole", "Bare"]),
    ],
)
def test_columns_are_sorted_by_any_row_with_ranges_either_way_round(
    columns: Any, row: str, most_first: list[str]
) -> None:
    order = columns.get_by_label("Order")
    order.select_option(f"by Magnesium: {row}")
    said = columns.locator("[data-tools=columns] [role=status]")
    assert heads(columns) == most_first
    assert "most first; a range by its middle, what is not known last" in said.inner_text()
    columns.get_by_label("Least first").check()
    assert heads(columns) == most_first[::-1]
    assert "least first" in said.inner_text()
    order.select_option("as given")
    assert not columns.get_by_label("Least first").is_visible()


def test_what_is_not_known_stands_last_either_way_round(columns: Any) -> None:
    columns.get_by_label("Order").select_option("by Magnesium: Share from elsewhere")
    assert heads(columns)[-1] == "Bare"
    columns.get_by_label("Least first").check()
    assert heads(columns)[-1] == "Bare"


def test_columns_are_sorted_by_glycine(columns: Any) -> None:
    options = columns.locator("[name=order] option").all_inner_texts()
    (glycine,) = [each for each in options if each.startswith("by Glycine")]
    columns.get_by_label("Order").select_option(glycine)
    assert heads(columns)[0] in ("Half", "Whole")
    assert len(heads(columns)) == 3
