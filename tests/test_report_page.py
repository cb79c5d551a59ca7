"""The first glance and the sections of products: bars, permalinks, the glycine chart."""

from __future__ import annotations

import re
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import SCHEMES, WIDTHS, axe_violations, opened
from chelate.bounds.ends import CLAIMED_SHARE, ELSEWHERE_SHARE
from chelate.checker import check
from chelate.findings import Verdict
from chelate.formula import EDITION
from chelate.models import Label
from chelate.report import bars, delivered, html
from chelate.report.anchors import anchors
from chelate.report.bars import Zone
from chelate.report.glycine_chart import HEIGHT, LEFT, TOP, WIDTH, axes, glycine_chart
from chelate.report.product import LIMITS
from chelate.report.understood import understood
from test_report import (
    ALL,
    CANNOT_TELL,
    CONSISTENT,
    DECLARED,
    HOSTILE,
    IMPOSSIBLE,
    NO_CLAIM,
    OXIDE,
    ZINC,
    _with_everywhere,
    label,
    report,
)

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PURE_G_PER_G = 2 * 75.067 / 24.305
NASTY = [
    *HOSTILE,
    "</script><script>document.title='ran'</script>",
    "<svg onload=document.title='ran'>",
    "<use href='https://example.invalid/x.svg#a'>",
    "url(https://example.invalid/x.png)",
    "&lt;/title&gt;&#x202E;",
    "\u202eetanicylgsib\u2066\u2069",
    "\u0645\u063a\u0646\u064a\u0633\u064a\u0648\u0645 \u05de\u05d2\u05e0\u05d6\u05d9\u05d5\u05dd",
    "mag\u200bne\u200dsi\ufeffum\u2060",
    "Z\u0351\u036b\u0343\u036a\u0302" * 40,
    "W" * 10_000,
    "magnesium " * 1_000,
]


def _of(width: str) -> float:
    return float(width.removesuffix("%"))


def _kinds(one: Label) -> list[str]:
    found = bars.of_label(check(one))
    return [zone.kind for zone in found.zones] if found else []


def test_a_bar_shows_what_must_come_from_elsewhere_as_wide_as_its_share() -> None:
    found = bars.of_label(check(IMPOSSIBLE))
    assert found
    can, must = found.zones
    most = 100 * 1117 * 24.305 / 172.423 / 199.5
    assert (can.kind, must.kind) == ("can", "must")
    assert _of(can.width) == pytest.approx(most, abs=0.02)
    assert _of(must.width) == pytest.approx(100 - most, abs=0.02)
    assert [words for _, words in found.words] == [
        "0–157.5 mg can be the claimed chelate",
        "at least 42 mg (21.0 %) from elsewhere",
    ]
    assert found.end == "200 mg"


def test_of_what_nothing_tests_the_whole_bar_is_not_known() -> None:
    assert _kinds(CANNOT_TELL) == ["open"]
    assert _kinds(CONSISTENT) == ["can"]


def test_without_a_declared_amount_or_a_named_source_there_is_no_bar() -> None:
    assert _kinds(NO_CLAIM) == []
    assert _kinds(label("x", "Magnesium (as magnesium bisglycinate)", "some")) == []
    assert "splits" not in html([check(NO_CLAIM)]).partition("<body>")[2]


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_the_zones_of_every_reading_fill_its_bar(declared_mg: int, compound_mg: int) -> None:
    name = f"Magnesium (from {compound_mg} mg magnesium bisglycinate)"
    result = check(label("x", name, f"{declared_mg} mg"))
    for judged in result.judged:
        for told in delivered.told(judged, result):
            zones = bars.zones(told, judged)
            assert sum(_of(zone.width) for zone in zones) == pytest.approx(100, abs=0.05)
            assert all(map(_touch, zones, zones[1:]))
            wide = {zone.kind: _of(zone.width) / 100 for zone in zones}
            assert wide.get("is", 0) == pytest.approx(told.ranges[CLAIMED_SHARE].low, abs=2e-4)
            must = told.ranges[ELSEWHERE_SHARE].low
            assert wide.get("must", 0) == pytest.approx(must, abs=2e-4)


def _touch(one: Zone, after: Zone) -> bool:
    return _of(one.start) + _of(one.width) == pytest.approx(_of(after.start), abs=0.03)


def test_a_permalink_stays_the_same_wherever_the_product_stands() -> None:
    alone = anchors([check(IMPOSSIBLE)])[0]
    assert alone.section == "label-bellwether"
    assert alone.findings[0] == "label-bellwether--mb101"
    assert anchors([check(one) for one in reversed(ALL)])[-1] == alone
    page = report(CONSISTENT, IMPOSSIBLE)
    assert {alone.section, *alone.findings} <= set(page.values("id"))
    assert f"#{alone.findings[0]}" in page.values("href")


@given(st.lists(st.text(min_size=1, max_size=6).filter(str.strip), max_size=8))
def test_no_two_things_have_one_id(names: list[str]) -> None:
    found = anchors([check(IMPOSSIBLE.model_copy(update={"product": name})) for name in names])
    ids = [each for anchor in found for each in (anchor.section, *anchor.findings)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"label-[a-z0-9-]+", each) for each in ids)


def test_products_of_one_name_and_findings_of_one_code_are_numbered() -> None:
    twice = [check(one) for one in (IMPOSSIBLE, IMPOSSIBLE)]
    assert [each.section for each in anchors(twice)] == ["label-bellwether", "label-bellwether-2"]
    named = IMPOSSIBLE.model_copy(update={"product": "Bellwether 2"})
    three = anchors([*twice, check(named)])
    assert len({each.section for each in three}) == 3


def test_the_contents_name_every_label() -> None:
    contents = html([check(one) for one in ALL]).partition("<nav")[2].partition("</nav>")[0]
    for one in ALL:
        assert f"<bdi>{one.product}</bdi>" in contents


def test_a_product_says_what_its_verdict_does_not_mean() -> None:
    assert set(LIMITS) == set(Verdict)
    for one in ALL:
        page, verdict = report(one), check(one).verdict
        assert LIMITS[verdict] in page.text
        assert f"#verdict-{verdict.value}" in page.values("href")
        assert f"verdict-{verdict.value}" in page.values("id")


def test_the_composition_understood_says_what_each_print_was_taken_for() -> None:
    found = {row.printed: (row.of, row.meaning) for row in understood(check(IMPOSSIBLE))}
    assert found["200 mg"] == ("Magnesium, the element", "199.5–200.5 mg")
    assert found["1,112 mg"] == ("Mass of the compound", "1,107–1,117 mg")
    assert found["magnesium bisglycinate chelate"] == (
        "Source of magnesium",
        "magnesium bisglycinate: anhydrous, monohydrate, dihydrate or tetrahydrate",
    )
    capsules = {"serving": {"size": "2 capsules"}, "capsule_size": "size 00"}
    sized = understood(check(label("x", "Magnesium", "100 mg", **capsules)))
    assert (sized[-1].of, sized[-1].meaning) == ("Capsules", "2 in one serving")
    strange = understood(check(label("x", "Magnesium (as unobtainium chelate)", "100 mg")))
    assert any("not a name that the catalogue knows" in row.meaning for row in strange)


def test_the_glycine_chart_is_drawn_only_where_a_chelate_of_glycine_is_claimed() -> None:
    assert all(glycine_chart(check(one)) for one in (IMPOSSIBLE, CONSISTENT, DECLARED))
    assert not any(glycine_chart(check(one)) for one in (OXIDE, ZINC, NO_CLAIM))
    assert "Glycine’s side" in report(CONSISTENT).text
    assert "glycine-doses" not in report(OXIDE).values("id")


def test_the_glycine_chart_says_its_figures_in_words() -> None:
    chart = glycine_chart(check(CONSISTENT))
    assert chart
    rows = {name: words for name, words, _ in chart.rows}
    low, high = 199.5 * PURE_G_PER_G, 200.5 * PURE_G_PER_G
    assert rows["Glycine as the free acid, one serving"] == "1,232–1,239 mg"
    assert rows["of the 3,000 mg studied alone"] == "41.0–41.3 %"
    assert 0.410 < low / 3000 < high / 3000 < 0.413
    assert rows["of the 1,544 mg studied with 250 mg magnesium"] == "79.8–80.3 %"
    assert rows["of 250 mg a day, upper level of SCF/EFSA, BfR"] == "80 %"
    assert rows["of 350 mg a day, upper level of IOM, VKM"] == "57 %"


def test_the_box_of_a_product_stands_where_its_ranges_are() -> None:
    chart = glycine_chart(check(IMPOSSIBLE))
    assert chart
    (box,) = chart.boxes
    assert box.x == LEFT
    assert box.x + box.width == pytest.approx(LEFT + 972.6 / 3500 * WIDTH, abs=0.2)
    assert box.y + box.height / 2 == pytest.approx(TOP + HEIGHT - 200 / 600 * HEIGHT, abs=0.2)


@pytest.mark.parametrize("scale", [1, 2, 5])
def test_both_axes_of_the_glycine_chart_begin_at_nought_and_are_even(scale: int) -> None:
    ground = axes(scale)
    for ticks, start in ((ground.x_ticks, LEFT), (ground.y_ticks, TOP + HEIGHT)):
        assert (ticks[0].at, ticks[0].words) == (start, "0")
        steps = [after.at - before.at for before, after in pairwise(ticks)]
        assert max(steps) - min(steps) < 0.2
        units = [float(tick.words.replace(",", "")) for tick in ticks]
        assert len({round(b - a, 6) for a, b in pairwise(units)}) == 1


def test_the_trial_of_bisglycinate_lies_on_the_line_of_pure_bisglycinate() -> None:
    """1,523 mg as the ligand are 1,544 mg as the free acid: 6.177 g to 1 g of magnesium."""
    ground = axes(1)
    across, up = ground.trial[0] - LEFT, TOP + HEIGHT - ground.trial[1]
    end_across, end_up = ground.slope_end[0] - LEFT, TOP + HEIGHT - ground.slope_end[1]
    assert up / across == pytest.approx(end_up / end_across, rel=0.01)
    slope = (up / HEIGHT * 600) / (across / WIDTH * 3500)
    assert 1 / slope == pytest.approx(PURE_G_PER_G, rel=0.01)


def test_a_large_dose_has_larger_axes_and_a_day_its_own_box() -> None:
    serving = {"size": "2 capsules", "per_day": "3"}
    name = "Magnesium (from 1,420 mg magnesium bisglycinate)"
    chart = glycine_chart(check(label("x", name, "200 mg", serving=serving)))
    assert chart
    assert chart.axes.scale == 2
    assert [box.kind for box in chart.boxes] == ["day", "serving"]
    rows = {name: words for name, words, _ in chart.rows}
    assert rows["Magnesium, a day, 3 servings"] == "598.5–601.5 mg"
    assert rows["of 500 mg a day, upper level of Health Canada"] == "120 %"


def test_glycine_printed_alone_counts_towards_what_a_serving_brings() -> None:
    row = {"name": "Glycine", "amount": "1 g"}
    facts = [*(fact.model_dump() for fact in CONSISTENT.facts), row]
    chart = glycine_chart(check(Label.model_validate({"product": "x", "facts": facts})))
    assert chart
    _, words, note = chart.rows[0]
    least, most = words.removesuffix(" mg").replace(",", "").split("–")
    assert float(least) == pytest.approx(199.5 * PURE_G_PER_G, abs=1)
    assert float(most) >= 200.5 * PURE_G_PER_G + 1500
    assert "alone included" in note


def test_the_chart_rests_on_references_and_maps_no_dose_to_an_effect() -> None:
    page = report(CONSISTENT)
    row = page.constants("studied with 250 mg magnesium")
    assert row[:2] == ["1,544 mg", "1,523 mg counted as the ligand, as bisglycinate"]
    assert "schuster-2025" in row[2]
    assert {"ref-inagawa-2006", "ref-bannai-2012", "ref-yamadera-2007"} <= set(page.values("id"))
    section = page.text.partition("Glycine’s side")[2].partition("Statements, and")[0]
    assert section
    assert not re.search(r"sleep|effect|dose for|enough|recommend|too little", section)


def test_the_ground_of_the_chart_is_drawn_once() -> None:
    source = html([check(one) for one in (IMPOSSIBLE, CONSISTENT, DECLARED, CANNOT_TELL)])
    assert source.count('id="doses-1"') == source.count('id="doses-2"') == 1
    assert source.count('href="#doses-1"') == 2


def test_the_foot_names_the_program_its_constants_and_editions() -> None:
    foot = html([check(CONSISTENT)]).rpartition("<footer")[2]
    for words in (version("chelate"), EDITION, "Daily Value, US 2016", "NRV, EU 2011"):
        assert words in foot


# In a real Chromium


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report with every verdict in it."""
    return _written(tmp_path_factory.mktemp("usual"), list(ALL))


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on labels whose every field holds text meant to harm."""
    labels = [_with_everywhere(text) for text in NASTY]
    claims = [IMPOSSIBLE.model_copy(update={"product": text, "brand": text}) for text in NASTY]
    return _written(tmp_path_factory.mktemp("nasty"), [*labels, *claims])


def _written(folder: Path, labels: list[Label]) -> str:
    file = folder / "report.html"
    file.write_bytes(html([check(one) for one in labels]).encode())
    return file.as_uri()


def test_every_link_lands_on_something_that_is_there(chromium: Any, usual: str) -> None:
    with opened(chromium, usual) as page:
        missing = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"], use')]"
            ".filter(e => !document.querySelector('#' + CSS.escape(e.getAttribute('href')"
            ".slice(1)))).map(e => e.outerHTML)"
        )
        assert missing == []
        page.goto(f"{usual}#label-bellwether--mb101")
        assert page.locator(":target h4").inner_text().startswith("error MB101")
        assert 0 <= page.locator(":target").bounding_box()["y"] < 800


def test_a_bar_is_drawn_as_wide_as_its_zones_say(chromium: Any, usual: str) -> None:
    with opened(chromium, usual) as page:
        drawn = page.locator("#glance li", has_text="Bellwether").locator(".split")
        whole = drawn.bounding_box()["width"]
        must = drawn.locator(".z-must").bounding_box()["width"]
        assert must / whole == pytest.approx(0.2107, abs=0.01)
        assert page.locator("#glance .split").count() == 6


def test_the_shape_of_a_verdict_and_the_ground_of_a_later_chart_are_drawn(
    chromium: Any, usual: str
) -> None:
    sizes = "es => es.map(e => e.getBoundingClientRect()).map(b => Math.min(b.width, b.height))"
    with opened(chromium, usual) as page:
        assert min(page.locator(".shape use").evaluate_all(sizes)) > 5
        assert min(page.locator(".doses use").evaluate_all(sizes)) > 100


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(chromium: Any, usual: str, scheme: str, width: int) -> None:
    with opened(chromium, usual, width=width, color_scheme=scheme) as page:
        assert axe_violations(page) == []


def test_axe_finds_nothing_where_labels_share_a_name_and_text_is_meant_to_harm(
    chromium: Any, tmp_path: Path
) -> None:
    labels = [_with_everywhere(text) for text in NASTY[:3]]
    with opened(chromium, _written(tmp_path, [*labels, IMPOSSIBLE, IMPOSSIBLE])) as page:
        assert axe_violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 800, 1400])
def test_text_meant_to_harm_breaks_no_layout_and_stays_text(
    chromium: Any, nasty: str, width: int
) -> None:
    said: list[str] = []

    def dismissed(dialog: Any) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    with opened(chromium, "about:blank", width=width) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", dismissed)
        page.on("request", lambda request: said.append(request.url))
        page.goto(nasty, wait_until="networkidle")
        assert said == [nasty]
        assert page.title() == "Supplement labels compared"
        assert page.locator("iframe, img, object, svg[onload], [onmouseover]").count() == 0
        assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("address", ["usual", "nasty"])
@pytest.mark.parametrize("paper_px", [642, 703, 718])
def test_paper_holds_every_line_and_cuts_no_row(
    chromium: Any, address: str, paper_px: int, request: pytest.FixtureRequest
) -> None:
    """A4 and Letter with margins of a half to a whole inch."""
    with opened(chromium, request.getfixturevalue(address), width=paper_px) as page:
        page.emulate_media(media="print")
        assert page.evaluate(OVERFLOW) == 0
        kept = page.locator("tr, .finding, .proof li, .outcome li, .side, .understood dl > div")
        assert kept.count() > 20
        assert set(kept.evaluate_all("es => es.map(e => getComputedStyle(e).breakInside)")) == {
            "avoid"
        }


def test_a_long_list_of_contents_opens_from_the_keyboard(chromium: Any, tmp_path: Path) -> None:
    many = [CONSISTENT.model_copy(update={"product": f"Oar {n}"}) for n in range(14)]
    with opened(chromium, _written(tmp_path, many)) as page:
        last = page.locator("nav").get_by_role("link", name="Oar 13")
        assert not last.is_visible()
        page.locator("nav summary").focus()
        page.keyboard.press("Enter")
        assert last.is_visible()
        last.click()
        assert page.url.endswith("#label-oar-13")
