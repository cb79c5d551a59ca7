"""The comparison of the report: what is marked as different, the summary, sorting and choosing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import SCHEMES, WIDTHS, axe_violations, opened
from chelate.checker import CheckResult, check
from chelate.intervals import Interval
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import html
from chelate.report.differing import differ, standing
from chelate.report.scale import LIMIT_BYTES, MOST_COLUMNS, SUMMARISED_BEYOND, Scale, all_of
from chelate.report.summary import summary_rows
from conftest import ROOT
from test_report import (
    ALL,
    CANNOT_TELL,
    CONSISTENT,
    DECLARED,
    HOSTILE,
    IMPOSSIBLE,
    NO_CLAIM,
    Page,
    _with_everywhere,
    label,
    report,
)

interval = st.builds(
    lambda low, wide: Interval(low, low + wide), st.integers(0, 9), st.integers(0, 3)
)
ranges = st.lists(st.none() | interval, max_size=6)


@given(ranges)
def test_products_differ_only_where_two_ranges_have_no_number_in_common(
    found: list[Interval | None],
) -> None:
    known = [each for each in found if each]
    apart = any(not one.overlaps(other) for one in known for other in known)
    assert differ(found) == apart


@given(ranges)
def test_a_figure_stands_above_the_others_only_if_it_overlaps_none_of_them(
    found: list[Interval | None],
) -> None:
    for number, own in enumerate(found):
        others = [each for at, each in enumerate(found) if each and at != number]
        said = standing(own, found)
        if own is None or not others or any(own.overlaps(each) for each in others):
            assert said == ""
        elif said:
            assert all((own.low > each.low) == (said == "above") for each in others)


def test_at_most_one_product_of_a_row_stands_above_the_others() -> None:
    page = report(*ALL)
    for table in page.tables:
        for row in table:
            assert sum("above the rest" in cell for cell in row) <= 1


def _two(mass: str, amount: str) -> Page:
    other = label("Other", f"Magnesium (from {mass} magnesium bisglycinate)", amount)
    return report(CONSISTENT, other)


def _classes(page: Page) -> list[str]:
    return [attrs["class"] or "" for tag, attrs in page.tags if tag == "tr" and "class" in attrs]


def test_what_may_be_the_same_number_rounded_is_not_marked_as_different() -> None:
    """1,420 mg stands for 1,415-1,425 mg, 1,424 mg for 1,419-1,429 mg."""
    close = _two("1,424 mg", "200 mg")
    assert "differs" not in _classes(close)
    assert "the rest" not in close.text
    apart = _two("1,600 mg", "200 mg")
    assert _classes(apart).count("differs") == 1


def test_an_unknown_figure_is_neither_above_nor_below() -> None:
    assert "the rest" not in report(CONSISTENT, NO_CLAIM).row("Compound mass printed")[0]


def test_what_holds_only_on_a_condition_is_not_marked_against_what_holds_in_any_case() -> None:
    """200.5 mg of magnesium can bring 0-1,239 mg, a mass of 1,117 mg of the chelate 0-972.7 mg."""
    page = report(CONSISTENT, IMPOSSIBLE)
    first, second = page.row("Free acid delivered")
    assert first.startswith("at most 1,239 mg in any case 1,232–1,239 mg if all of the magnesium")
    assert second.startswith("at most 972.7 mg")
    assert "the rest" not in first + second
    (row,) = (r for t in page.tables for r in t if r[0].startswith("Free acid"))
    assert "≠" not in row[0]


def test_in_the_summary_a_figure_on_a_condition_stands_second_with_its_condition() -> None:
    (row,) = summary_rows([check(CONSISTENT)])
    said = [(line.prefix, line.figure) for line in row.glycine.lines]
    assert said == [
        ("", "at most 1,239 mg"),
        ("if all of the magnesium is from it:", "1,232–1,239 mg"),
    ]
    assert row.sorting[2] == pytest.approx(1238.5 / 2, abs=1)


def test_a_product_alone_has_no_marks() -> None:
    page = report(CONSISTENT)
    assert not {"differs", "same"} & set(_classes(page))
    assert "▲" not in page.text


def test_rows_that_are_the_same_for_all_are_told_so() -> None:
    page = report(CONSISTENT, CONSISTENT)
    rows = [attrs for tag, attrs in page.tags if tag == "tr" and attrs.get("data-row", "0") != "0"]
    assert rows
    assert {attrs.get("class") for attrs in rows} == {"same"}


def test_a_range_of_absorption_is_never_ranked() -> None:
    rock = label("Rock", "Magnesium (as magnesium oxide)", "400 mg")
    for cell in report(CONSISTENT, rock).row("Absorbed"):
        assert "the rest" not in cell


def test_the_serving_stands_with_the_room_in_its_capsules() -> None:
    """Two capsules of size 00, 0.90 to 0.95 mL each, at 0.6 to 1.0 g/mL."""
    one = CONSISTENT.model_copy(update={"capsule_size": "00"})
    one = Label.model_validate({**one.model_dump(), "serving": {"size": "2 capsules"}})
    page = report(one)
    assert page.row("Serving size")[0] == "2 capsules"
    assert page.row("Mass of a serving")[0] == "not printed"
    room = page.row("Room in its capsules")[0]
    assert room.startswith("1.8–1.9 mL 2 size 00 capsules, 1,080–1,900 mg")
    assert "Room in its capsules" not in report(CONSISTENT).text


# The summary, and scale


def _many(count: int) -> list[CheckResult]:
    """So many labels, of which no two have the same name, verdicts taking turns."""
    named = (ALL[n % len(ALL)].model_copy(update={"product": f"Brand {n}"}) for n in range(count))
    return [check(each) for each in named]


def _summary(page: Page) -> list[list[str]]:
    return next(table for table in page.tables if table[0][:2] == ["Product", "Verdict"])


def test_more_than_a_dozen_products_have_a_row_each_with_a_link_to_their_section() -> None:
    few = Page(html(_many(SUMMARISED_BEYOND)))
    assert not any(table[0][:2] == ["Product", "Verdict"] for table in few.tables)
    page = Page(html(_many(SUMMARISED_BEYOND + 1)))
    header, *rows = _summary(page)
    assert header[2:] == ["Elemental, per serving", "Share from elsewhere",
                          "Glycine, free acid", "Findings"]  # fmt: skip
    assert [row[0] for row in rows] == [f"Brand {n}" for n in range(SUMMARISED_BEYOND + 1)]
    first = [" ".join(cell.split()) for cell in rows[0]]
    assert first[1:4] == ["impossible", "200 mg", "at least 21.0 % 42 mg"]
    assert first[5] == "1 error: MB101 1 warning: BF105"
    assert " ".join(rows[6][2].split()) == "zinc: 15 mg"
    assert page.row("Product") == [row[0] for row in rows]


def test_what_is_too_wide_for_columns_has_rows_and_sections_alone() -> None:
    page = Page(html(_many(MOST_COLUMNS + 1)))
    assert len(_summary(page)) == MOST_COLUMNS + 2
    assert page.row("Product") == []
    assert f"label-brand-{MOST_COLUMNS}" in page.values("id")
    assert all_of("whole", 41, columns=False).of_columns(MOST_COLUMNS + 1) in page.text


def _rich(count: int) -> list[CheckResult]:
    """Labels of six minerals and four statements each, findings on most of them."""
    statements = [
        "100% pure magnesium glycinate, no magnesium oxide", "Best absorbed form of magnesium",
        "Cures insomnia", "3 g glycine per serving",
    ]  # fmt: skip
    rows = [
        ("Zinc (as zinc bisglycinate)", "15 mg"),
        ("Calcium (as calcium carbonate 500 mg)", "300 mg"),
        ("Iron (as ferrous bisglycinate)", "18 mg"), ("Copper (as copper gluconate)", "2 mg"),
        ("Selenium (as L-selenomethionine)", "55 mcg"), ("Vitamin C", "60 mg"),
    ]  # fmt: skip
    found = []
    for n in range(count):
        source = {"name": "magnesium bisglycinate chelate buffered", "amount": "1,000 mg"}
        magnesium = {"name": "Magnesium", "amount": f"{200 + n} mg", "sources": [source]}
        facts = [magnesium, *({"name": name, "amount": amount} for name, amount in rows)]
        more = {
            "market": "US",
            "facts": facts,
            "serving": {"size": "2 tablets (3 g)"},
            "statements": statements,
            "other_ingredients": "cellulose, magnesium oxide, magnesium stearate, silica",
        }
        found.append(check(Label.model_validate({"product": f"Complete Mineral {n}", **more})))
    return found


@pytest.fixture(scope="module")
def hundred() -> str:
    """The report on a hundred rich labels."""
    return html(_rich(100))


def test_a_hundred_rich_labels_stay_under_a_megabyte(hundred: str) -> None:
    assert len(hundred.encode()) < LIMIT_BYTES
    assert hundred.count("</") < 25_000


def test_a_condensed_section_has_verdict_label_findings_and_proof_and_says_what_it_lacks(
    hundred: str,
) -> None:
    page, brief = Page(hundred), all_of("brief", 100, columns=False)
    assert "condensed ones of" in page.text
    assert "its verdict, the label as printed, the findings and the proof" in page.text
    assert brief.of_columns(100) in page.text
    of_seven = hundred.partition('brief wide" id="label-complete-mineral-77"')[2]
    section = of_seven.partition('<section class="product')[0].replace("\u00a0", " ")
    for words in ("impossible", "Supplement Facts", "277 mg", "1 error", "500.5 mg × 40.044 %"):
        assert words in section
    ids = set(page.values("id"))
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= ids
    assert "label-complete-mineral-99--mb101" in ids


def test_whole_sections_are_kept_as_long_as_they_fit() -> None:
    for count in (2, 30):
        page = Page(html(_rich(count)))
        assert "condensed section" not in page.text
        assert "What the printed figures leave open" in page.text


def test_of_more_than_a_page_can_hold_there_is_a_summary_and_every_link_lands() -> None:
    source = html(_many(1000))
    page = Page(source)
    assert len(_summary(page)) == 1001
    assert Scale(("row",) * 1000, False, over=True).of_sections() in page.text
    assert '<section class="product' not in source
    inner = {link[1:] for link in page.values("href") if link.startswith("#")}
    assert "rule-MB101" in inner
    assert inner <= set(page.values("id"))


def test_a_thousand_products_stay_under_two_megabytes() -> None:
    few = _many(len(ALL))
    assert len(html([few[n % len(few)] for n in range(1000)]).encode()) < 2_000_000


# Sections


@pytest.mark.parametrize("section", ["glance", "comparison", "products", "appendix", "gate"])
def test_a_page_of_one_section_has_no_other_and_no_link_that_does_not_land(section: str) -> None:
    page = Page(html([check(one) for one in ALL], sections=[section]))
    ids = set(page.values("id"))
    own = {attrs.get("id") for tag, attrs in page.tags if tag == "section"}
    of = {"glance": "glance", "comparison": "comparison", "products": "label-bellwether",
          "appendix": "appendix", "gate": "gate"}  # fmt: skip
    assert own & set(of.values()) == {of[section]}
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= ids


# The data for machines


def _data(source: str) -> Any:
    text = source.partition('id="chelate-data">')[2].partition("</script>")[0]
    return json.loads(text)


def test_the_page_holds_its_verdicts_and_ranges_for_machines() -> None:
    data = _data(html([check(IMPOSSIBLE), check(CONSISTENT)], title="Mine"))
    assert data["title"] == "Mine"
    first, second = data["labels"]
    assert (first["id"], first["verdict"]) == ("label-bellwether", "impossible")
    assert first["findings"] == [finding.code for finding in check(IMPOSSIBLE).findings]
    (claim,) = first["claims"]
    assert claim["declared_mg"] == [199.5, 200.5]
    # 42.0467 of 199.5 mg, as “at least 21.0 %” says.
    assert claim["elsewhere_share"] == [pytest.approx(0.21076, abs=1e-4), 1.0]
    assert second["glycine_mg"] == [0.0, pytest.approx(1238.5, abs=1)]
    assert second["claims"][0]["glycine_if_all_mg"][0] == pytest.approx(1232.4, abs=1)


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>alert(1)</script>", "<!--<script>"])
def test_hostile_text_in_the_data_is_no_markup_and_comes_back_whole(text: str) -> None:
    source = html([check(_with_everywhere(text))], title=text)
    data = _data(source)
    assert data["title"] == text
    assert data["labels"][0]["product"] == text.strip()
    assert source.count("<script") == 2
    assert source.count("</script>") == 2


# In a browser


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on seven labels: one table, which paper has in two sheets."""
    return _written(tmp_path_factory.mktemp("seven"), [check(one) for one in ALL])


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on twenty labels: a summary, and columns."""
    return _written(tmp_path_factory.mktemp("twenty"), _many(20))


def _written(folder: Path, results: list[CheckResult]) -> str:
    file = folder / "report.html"
    file.write_bytes(html(results).encode())
    return file.as_uri()


def _columns(page: Any) -> list[str]:
    names: list[str] = page.locator(".comparison thead th + th > a:visible").all_inner_texts()
    return names


def _said(page: Any, tools: str) -> str:
    said: str = page.locator(f"[data-tools={tools}] [role=status]").inner_text()
    return said


def test_products_are_chosen_and_sorted_by_the_keyboard_and_it_is_announced(
    chromium: Any, seven: str
) -> None:
    with opened(chromium, seven) as page:
        tools = page.locator("[data-tools=columns]")
        for name in ("Harbour", "Everyday", "Bare", "Galvan"):
            tools.get_by_label(name).focus()
            page.keyboard.press("Space")
        assert _columns(page) == ["Bellwether", "Plain Oar", "Rock"]
        assert _said(page, "columns") == "3 of 7 products shown, as given."
        tools.get_by_label("Order").select_option("by Magnesium: Elemental, per serving")
        assert _columns(page) == ["Rock", "Bellwether", "Plain Oar"]
        tools.get_by_label("Order").select_option("by name")
        assert _columns(page) == ["Bellwether", "Plain Oar", "Rock"]
        tools.get_by_role("button", name="None").click()
        assert _columns(page) == []
        tools.get_by_role("button", name="All").click()
        assert len(_columns(page)) == 7


def test_each_figure_stays_with_its_product_however_they_are_sorted(
    chromium: Any, seven: str
) -> None:
    with opened(chromium, seven) as page:
        page.get_by_label("Order").select_option("by verdict")
        blocks = page.locator(".comparison:visible").all()
        names = [n for b in blocks for n in b.locator("thead th + th > a").all_inner_texts()]
        verdicts = [v for b in blocks for v in b.locator("td .verdict").all_inner_texts()]
    results = {one.product: check(one).verdict for one in ALL}
    ordered = sorted(results, key=lambda name: results[name].rank)
    assert names == ordered
    assert verdicts == [results[name].value.replace("-", " ") for name in ordered]


def test_the_script_marks_what_the_page_marked_without_it(chromium: Any, seven: str) -> None:
    marks = """() => [...document.querySelectorAll(".comparison tr[data-row]")].map(row => [
      row.dataset.row, row.className, ...[...row.cells].map(c => c.textContent.trim())])"""
    with opened(chromium, seven) as page:
        before = page.evaluate(marks)
        page.locator("[data-tools=columns]").get_by_role("button", name="All").click()
        after = page.evaluate(marks)
    assert any("differs" in row for row in before)
    assert before == after


def test_marks_are_of_the_products_that_are_shown(chromium: Any, seven: str) -> None:
    with opened(chromium, seven) as page:
        tools = page.locator("[data-tools=columns]")
        tools.get_by_role("button", name="None").click()
        for name in ("Bellwether", "Plain Oar"):
            tools.get_by_label(name).check()
        text = page.locator("#comparison table:visible").inner_text().replace("\u00a0", " ")
        assert "1,112 mg\n1,107–1,117 mg\n▼ below the rest" in text
        assert "Elemental, per serving ≠" not in text
        tools.get_by_label("Leave out rows that are the same for all").check()
        assert "Elemental, per serving" not in page.locator("table:visible").first.inner_text()


def test_the_summary_is_sorted_by_its_headers_and_filtered(chromium: Any, twenty: str) -> None:
    with opened(chromium, twenty) as page:
        table = page.get_by_role("table", name="20 labels, a row")
        names = table.locator("tbody tr:visible > th")
        table.get_by_role("button", name="Elemental").press("Enter")
        head = table.locator("thead th").nth(2)
        assert head.get_attribute("aria-sort") == "descending"
        assert names.first.inner_text() == "Brand 3"  # the first of those with 300 mg
        table.get_by_role("button", name="Elemental").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        assert names.first.inner_text() == "Brand 6"  # 15 mg of zinc
        tools = page.locator("[data-tools=summary]")
        tools.get_by_label("consistent").uncheck()
        assert "consistent" not in table.locator("tbody tr:visible").all_inner_texts()
        tools.get_by_label("Find").fill("brand 1")
        assert _said(page, "summary").startswith("6 of 20 products shown, by elemental")
        assert {name[:7] for name in names.all_inner_texts()} == {"Brand 1"}


def test_on_a_telephone_every_column_of_the_summary_is_in_sight(chromium: Any, twenty: str) -> None:
    with opened(chromium, twenty, width=360) as page:
        cells = page.locator(".summary tbody tr").first.locator("th, td")
        assert cells.count() == 6
        for box in (each.bounding_box() for each in cells.all()):
            assert 0 <= box["x"] < box["x"] + box["width"] <= 360
        assert page.locator(".summary tbody tr").first.bounding_box()["height"] < 160


def test_a_file_that_tells_products_apart_is_named_once(tmp_path: Path) -> None:
    files = []
    for n in range(14):
        file = tmp_path / f"{n}.yaml"
        file.write_text("product: Calm\nbrand: Acme\nfacts: []\n")
        files += read_labels(file)
    rows = _summary(Page(html([check(one) for one in files])))
    assert rows[1][0].count("0.yaml") == 1


def test_without_script_nothing_is_offered_that_would_not_work(page: Any, twenty: str) -> None:
    page.goto(twenty)
    assert page.locator(".tools:visible, #comparison button:visible").count() == 0
    assert page.locator(".summary tbody tr:visible").count() == 20
    assert len(_columns(page)) == 20


def test_the_comparison_says_nothing_on_the_console(chromium: Any, twenty: str) -> None:
    context = chromium.new_context(offline=True)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(twenty)
    page.locator("[data-tools=columns] summary").click()
    page.locator("[data-tools=columns]").get_by_role("button", name="None").click()
    assert page.locator("#chelate-data").count() == 1
    assert said == []
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["seven", "twenty"])
def test_axe_finds_nothing_in_the_report(
    chromium: Any, address: str, width: int, scheme: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(address)
    with opened(chromium, url, width=width, color_scheme=scheme) as page:
        if address == "twenty":
            page.locator("[data-tools=columns] summary").click()
        assert axe_violations(page) == []


def test_axe_would_find_a_picture_without_words(chromium: Any) -> None:
    with opened(chromium, "data:text/html,<html lang=en><title>x</title><img src=data:,>") as page:
        assert any(each.startswith("image-alt") for each in axe_violations(page))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_controls_fit_the_screen(chromium: Any, twenty: str, width: int) -> None:
    with opened(chromium, twenty, width=width) as page:
        page.locator("[data-tools=columns] summary").click()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_examples_show_a_summary_and_columns() -> None:
    files = sorted((ROOT / "labels").glob("*.yaml"))
    assert SUMMARISED_BEYOND < len(files) <= MOST_COLUMNS


def test_nothing_is_called_best_or_recommended() -> None:
    text = report(IMPOSSIBLE, CONSISTENT, CANNOT_TELL, DECLARED).text.partition("Label by label")[0]
    comparison = text.partition("Side by side")[2].lower()
    assert not [word for word in ("best", "winner", "recommended", "worst") if word in comparison]
