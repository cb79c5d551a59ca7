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
from chelate import sentences
from chelate.bounds.ends import CLAIMED_SHARE, ELSEWHERE_SHARE
from chelate.checker import check
from chelate.findings import Verdict
from chelate.formula import EDITION
from chelate.models import Label
from chelate.readers.panel import label_from
from chelate.report import bars, delivered, html
from chelate.report.anchors import anchors
from chelate.report.bars import Zone
from chelate.report.glycine.axes import (
    HEIGHT,
    LEFT,
    LINE,
    PLOT,
    TOP,
    TYPE,
    VIEW,
    WIDTH,
    axes,
    scale_of,
)
from chelate.report.glycine.chart import glycine_chart
from chelate.report.marks import texts_of
from chelate.report.own_words import own_words
from chelate.report.placing import Rect, spread, width
from chelate.report.product import LIMITS
from chelate.report.understood import understood
from test_report import (
    ALL,
    AQUAMIN,
    CANNOT_TELL,
    CONSISTENT,
    DECLARED,
    HOSTILE,
    IMPOSSIBLE,
    NO_CLAIM,
    OXIDE,
    ZINC,
    Page,
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
    return [zone.kind for each in bars.of_label(check(one)).drawn for zone in each.zones]


def test_a_bar_shows_what_must_come_from_elsewhere_as_wide_as_its_share() -> None:
    (found,) = bars.of_label(check(IMPOSSIBLE)).drawn
    can, must = found.zones
    most = 100 * 1117 * 24.305 / 172.423 / 199.5
    assert (found.name, can.kind, must.kind) == ("Magnesium, mg", "can", "must")
    assert _of(can.width) == pytest.approx(most, abs=0.02)
    assert _of(must.width) == pytest.approx(100 - most, abs=0.02)
    assert [words for _, words in found.words] == [
        "0–157.5 mg can be the claimed chelate",
        "42–200.5 mg (21.0–100 %) from elsewhere",
    ]


def test_the_scale_of_a_bar_has_its_ends_and_where_it_is_split() -> None:
    (found,) = bars.of_label(check(IMPOSSIBLE)).drawn
    assert [tick.words for tick in found.ticks] == ["0", "157.5", "200"]
    assert found.ticks[1].of == found.zones[1].start


def test_a_line_leads_from_the_split_of_a_bar_to_a_figure_that_stands_beside_it() -> None:
    tight = label("x", "Magnesium (from 1,000 mg magnesium bisglycinate)", "150 mg")
    (found,) = bars.of_label(check(tight)).drawn
    split = found.ticks[1]
    assert split.words == "141.7"
    assert _of(split.of) == pytest.approx(100 * 141.7 / 150, abs=0.4)
    assert _of(split.at) < _of(split.of) - 5
    page = html([check(tight)], sections=["glance"])
    assert f'<line x1="{split.of}" x2="{split.at}"' in page


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(["", ", magnesium oxide"]))
def test_no_figure_on_the_scale_of_a_bar_lies_on_another(
    declared_mg: int, compound_mg: int, other: str
) -> None:
    sources = [{"name": "magnesium bisglycinate", "amount": f"{compound_mg} mg"}]
    sources += [{"name": other.strip(", ")}] if other else []
    facts = [{"name": "Magnesium", "amount": f"{declared_mg} mg", "sources": sources}]
    for bar in bars.of_label(check(Label.model_validate({"product": "x", "facts": facts}))).drawn:
        spans = []
        for tick in bar.ticks:
            wide = 100 * width(tick.words, 13.0) / 256.0
            start = _of(tick.at) - {"start": 0, "middle": wide / 2, "end": wide}[tick.anchor]
            spans.append((start, start + wide))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert spans[0][0] >= -0.01
        assert spans[-1][1] <= 100.01


def test_every_mineral_has_its_bar_that_of_the_verdict_first_and_whole_ones_are_words() -> None:
    rows = [
        {"name": "Magnesium (from 1,112 mg magnesium bisglycinate chelate)", "amount": "200 mg"},
        {"name": "Calcium (from 500 mg calcium carbonate)", "amount": "300 mg"},
        {"name": "Zinc (from 60 mg zinc bisglycinate)", "amount": "15 mg"},
        {"name": "Iron (as ferrous bisglycinate)", "amount": "18 mg"},
    ]
    result = check(Label.model_validate({"product": "x", "facts": rows}))
    found = bars.of_label(result)
    assert [bar.name for bar in found.drawn] == ["Magnesium, mg", "Calcium, mg"]
    assert found.whole == (
        ("can", "all of it can be as claimed: zinc 15 mg"),
        ("open", "not known, as nothing printed tests it: iron 18 mg"),
    )
    glance = report(result.label).text.split("Side by side")[1]
    assert "99–300.5 mg (33.0–100 %) from elsewhere" in glance


def test_a_label_that_names_other_sources_says_so_at_first_glance() -> None:
    """The bar and the sentence say who names them: the label."""
    (found,) = bars.of_label(check(AQUAMIN)).drawn
    assert found.words[-1] == (
        "must",
        "57.8–200.5 mg (28.9–100 %) from another source; the label names “Aquamin Glow”",
    )
    sentence = sentences.carrying_sentence(check(AQUAMIN))
    assert "The label itself names “Aquamin Glow” beside “magnesium bisglycinate”." in sentence
    buffered = label("x", "Magnesium (from 1,112 mg buffered magnesium bisglycinate)", "200 mg")
    (found,) = bars.of_label(check(buffered)).drawn
    assert found.words[-1][1].endswith("from another source, the buffer that the label declares")


def test_of_what_nothing_tests_the_whole_bar_is_not_known() -> None:
    assert _kinds(CANNOT_TELL) == ["open"]
    assert _kinds(CONSISTENT) == ["can"]


@pytest.mark.parametrize("one", [*ALL, AQUAMIN], ids=lambda one: one.product)
def test_a_bar_and_the_comparison_agree_on_what_is_known(one: Label) -> None:
    cell, kinds = report(one).row("Share from elsewhere")[0], _kinds(one)
    if kinds:
        assert (kinds == ["open"]) == cell.startswith("not known")
        assert (kinds == ["can"]) == cell.startswith("0–100 %")


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
        assert f">{one.product}</a>" in contents


def test_a_product_says_what_its_verdict_does_not_mean() -> None:
    assert set(LIMITS) == set(Verdict)
    for one in ALL:
        page, verdict = report(one), check(one).verdict
        assert LIMITS[verdict] in page.text
        assert f"#verdict-{verdict.value}" in page.values("href")
        assert f"verdict-{verdict.value}" in page.values("id")


def test_no_line_of_the_page_parts_a_figure_from_its_unit() -> None:
    source = html([check(IMPOSSIBLE)], sections=["glance", "products"])
    prose = source.partition("</h3>")[2].partition('<section class="glycine"')[0]
    told = re.sub(r"<(svg|mark|td|dl|thead)\b.*?</\1>", "", prose, flags=re.DOTALL)
    for words in re.findall(r"<(?:p|li)[^>]*>([^<]*)", told):
        assert not re.search(r"\d (?:mg|%|g)(?![\w.])", words), words


def test_a_line_of_a_file_is_told_with_the_name_of_the_file_and_only_where_nothing_is_marked() -> (
    None
):
    one = label_from("Calm\nSupplement Facts\nMagnesium 200 mg 48%\n12 34", file="a/calm.txt")
    text = Page(html([check(one)], sections=["products"])).text
    assert "line 4, column 1 of calm.txt" in text
    marked = Page(html([check(label_from(AMERICAN, file="a/x.txt"))], sections=["products"])).text
    assert not re.search(r"line \d+, column \d+(?! of x.txt)", marked)


def test_a_limit_says_of_what_it_speaks() -> None:
    assert all(words.startswith("The verdict ") for words in LIMITS.values())


def _panel(one: Label) -> str:
    source = html([check(one)], sections=["products"])
    return source.partition("The label as printed</h3>")[2].partition("</section>")[0]


def test_nothing_stands_in_the_panel_but_what_is_printed_and_the_heads_of_its_market() -> None:
    rows = [{"name": "Magnesium", "amount": "200 mg", "percent_dv": "48 %",
             "sources": [{"name": "magnesium bisglycinate", "amount": "1,420 mg"}]},
            {"name": "Ginger root", "amount": "100 mg"}]  # fmt: skip
    one = Label.model_validate(
        {
            "product": "Plain",
            "serving": {"size": "2 capsules", "per_container": "60"},
            "facts": rows,
        }
    )
    seen = re.sub(r"<caption class=.unseen.>.*?</caption>", "", _panel(one))
    words = " ".join(re.sub(r"<[^>]+>", " ", seen).split())
    assert words == (
        "Product Plain Supplement Facts Serving Size 2 capsules Servings Per Container 60 "
        "Amount Per Serving % Daily Value Magnesium as magnesium bisglycinate , 1,420 mg 200 mg "
        "48 % Ginger root 100 mg"
    )
    assert "<td></td></tr>" in _panel(one).replace("<bdi></bdi>", "")


AUSTRALIAN = """Quiet Ford Magnesium
Each tablet contains:
Magnesium oxide - heavy 165.8 mg equiv. magnesium 100 mg
Total magnesium 100 mg
"""
AMERICAN = """Quiet Ford Magnesium
Supplement Facts
Serving Size
2 Tablets
Magnesium 200 mg 48%
(from 2,000 mg magnesium lysinate glycinate chelate)
Magnesium Malate
"""


def _words_of(text: str) -> str:
    seen = re.sub(
        r"<(caption|thead|span) class=.unseen.*?</\1>", "", _panel(label_from(text, file="x"))
    )
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def test_the_panel_of_a_text_has_the_words_of_that_text_and_no_others() -> None:
    assert _words_of(AUSTRALIAN) == (
        "Product Quiet Ford Magnesium Form tablet Each tablet contains: Magnesium oxide - heavy "
        "165.8 mg equiv. magnesium 100 mg Total magnesium 100 mg"
    )


def test_a_text_without_the_heads_of_its_market_has_none_and_keeps_its_own_joints() -> None:
    words = _words_of(AMERICAN)
    assert "Supplement Facts Serving Size 2 Tablets Magnesium from magnesium lysinate" in words
    assert "Per Serving" not in words
    assert "% Daily" not in words


@pytest.mark.parametrize("text", [AUSTRALIAN, AMERICAN.replace("\n", " | "), "Each 2 | 3 mg zinc"])
def test_every_word_of_the_heads_of_a_text_stands_in_it(text: str) -> None:
    one = label_from(text, file="x")
    own = own_words(one, texts_of(one))
    heads = (own.heads.title, own.heads.amount, own.heads.percent, *own.heads.serving.values())
    spaced = " ".join(text.split())
    assert all(words in spaced for words in (*heads, *own.lines.values(), *own.before.values()))


def test_where_nothing_tells_the_market_no_head_of_a_market_is_drawn() -> None:
    bare = Label.model_validate({"product": "x", "serving": {"size": "2"}, "facts": [
        {"name": "Magnesium", "amount": "200 mg"}]})  # fmt: skip
    assert "Supplement Facts" not in _panel(bare)
    assert "Serving size" in _panel(bare)
    assert "Supplement Facts" in _panel(bare.model_validate(bare.model_dump() | {"market": "US"}))


def test_a_panel_without_percents_has_no_column_of_them() -> None:
    bare = label("x", "Magnesium", "200 mg")
    assert "Daily Value" not in _panel(bare.model_copy(update={"market": "US"}))


@pytest.mark.parametrize(
    ("market", "language", "said", "unsaid"),
    [("US", None, "Supplement Facts", "NRV"),
     ("EU", "en", "% NRV", "Supplement Facts"),
     ("EU", "de", "Percent NRV", "% NRV"),
     ("CA", "en", "Medicinal ingredients", "% Daily Value"),
     ("AU", "en", "Serving size", "Supplement Facts")],
)  # fmt: skip
def test_the_heads_of_a_panel_are_those_of_its_market(
    market: str, language: str | None, said: str, unsaid: str
) -> None:
    row = {"name": "Magnesium", "amount": "200 mg", "percent_nrv": "53 %"}
    one = Label.model_validate(
        {"product": "x", "market": market, "language": language, "facts": [row],
         "serving": {"size": "2"}}
    )  # fmt: skip
    assert said in _panel(one)
    assert unsaid not in _panel(one)


def test_what_a_database_remarks_and_what_was_not_read_stands_beside_the_panel() -> None:
    row = {"name": "Magnesium", "amount": "200 mg", "also": ["400 mg"], "note": "Alt. Name: Mg"}
    one = Label.model_validate({"product": "x", "facts": [row], "unread": ["~~~"]})
    _, box, rest = re.split(r'<div class="box">|</table>', _panel(one))
    assert not {"400 mg", "Alt. Name: Mg", "~~~"} & set(re.split(r"[<>“”]", box))
    for words in ("Magnesium: 400 mg", "Alt. Name: Mg", "~~~"):
        assert words in rest


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


def _told(one: Label) -> dict[str, tuple[str, ...]]:
    chart = glycine_chart(check(one))
    assert chart
    return {row.name: row.cells for row in chart.rows}


def _with_glycine(one: Label, amount: str) -> Label:
    facts = [*(fact.model_dump() for fact in one.facts), {"name": "Glycine", "amount": amount}]
    return Label.model_validate({"product": "x", "facts": facts})


def test_the_glycine_chart_is_drawn_where_a_chelate_of_glycine_or_glycine_is_declared() -> None:
    assert all(glycine_chart(check(one)) for one in (IMPOSSIBLE, CONSISTENT, DECLARED))
    assert not any(glycine_chart(check(one)) for one in (OXIDE, ZINC, NO_CLAIM))
    assert "Glycine’s side" in report(CONSISTENT).text
    assert "glycine-doses" not in report(OXIDE).values("id")


def test_a_label_of_glycine_alone_has_its_doses_and_no_levels_of_magnesium() -> None:
    alone = label("x", "Glycine", "3 g")
    rows = _told(alone)
    assert rows["Glycine, as the free acid"] == ("2,500–3,500 mg",)
    assert rows["of the 3,000 mg studied alone"] == ("83.3–116.7 %",)
    assert not [name for name in rows if "magnesium declared" in name.lower() or "level" in name]
    chart = glycine_chart(check(alone))
    assert chart
    assert chart.boxes[0].rect.bottom == pytest.approx(TOP + HEIGHT, abs=4)
    found = {(row.printed, row.of) for row in understood(check(alone))}
    assert ("3 g", "Glycine, an ingredient of its own") in found


def test_the_glycine_chart_says_its_figures_in_words() -> None:
    rows = _told(CONSISTENT)
    low, high = 199.5 * PURE_G_PER_G, 200.5 * PURE_G_PER_G
    assert rows["Glycine, as the free acid"] == ("1,232–1,239 mg",)
    assert rows["of the 3,000 mg studied alone"] == ("41.0–41.3 %",)
    assert 0.410 < low / 3000 < high / 3000 < 0.413
    assert rows["of the 1,544 mg studied with 250 mg magnesium"] == ("79.8–80.3 %",)
    assert rows["of 250 mg a day, upper level of SCF/EFSA, BfR"] == ("80.0 %",)
    assert rows["of 350 mg a day, upper level of IOM, VKM"] == ("57.1 %",)


def test_the_box_of_a_product_stands_where_its_ranges_are() -> None:
    chart = glycine_chart(check(IMPOSSIBLE))
    assert chart
    (box,) = chart.boxes
    assert box.rect.left == LEFT
    assert box.rect.right == pytest.approx(LEFT + 972.6 / 3500 * WIDTH, abs=0.2)
    middle = (box.rect.top + box.rect.bottom) / 2
    assert middle == pytest.approx(TOP + HEIGHT - 200 / 600 * HEIGHT, abs=0.2)


@pytest.mark.parametrize("scale", [1, 2, 5, 10, 2000])
def test_both_axes_of_the_glycine_chart_begin_at_nought_and_are_even(scale: int) -> None:
    ground = axes(scale)
    for ticks, start in ((ground.x_ticks, LEFT), (ground.y_ticks, TOP + HEIGHT)):
        assert (ticks[0].at, ticks[0].words) == (start, "0")
        steps = [after.at - before.at for before, after in pairwise(ticks)]
        assert max(steps) - min(steps) < 0.2
        units = [(n, float(t.words.replace(",", ""))) for n, t in enumerate(ticks) if t.words]
        assert len({round(unit / n, 6) for n, unit in units[1:]}) == 1
    assert axes(1).y_ticks[-1].words == "600"
    assert axes(10).y_title == "magnesium, g"
    assert axes(10).y_ticks[-1].words == "6"


@given(st.integers(0, 3), st.sampled_from([1, 2, 5]))
def test_no_label_of_the_ground_lies_on_another_or_where_products_are_drawn(
    power: int, nice: int
) -> None:
    ground = axes(nice * 10**power)
    right = [ground.pure, *ground.levels]
    assert all(b.label_at - a.label_at >= LINE - 0.2 for a, b in pairwise(right))
    view = float(VIEW.split()[2])
    assert all(PLOT.right + 9 + width(mark.words, TYPE) <= view for mark in right)
    trial, alone = ground.trial, ground.alone
    between = (width(trial.words, TYPE) + width(alone.words, TYPE)) / 2
    assert alone.label_at - trial.label_at >= between
    assert trial.label_at - width(trial.words, TYPE) / 2 >= 0
    for ticks in (ground.x_ticks, ground.y_ticks):
        shown = [tick for tick in ticks if tick.words]
        assert all(width(tick.words, TYPE) < LEFT for tick in shown)
    wide = [width(tick.words, TYPE) for tick in ground.x_ticks if tick.words]
    places = [tick.at for tick in ground.x_ticks if tick.words]
    assert all(b - a >= max(wide) for a, b in pairwise(places))


@given(
    st.integers(1, 20_000), st.sampled_from(["", "3 g", "0.5 g"]), st.integers(1, 4),
    st.sampled_from(["bisglycinate", "lysinate glycinate", "bisglycinate, magnesium oxide"]),
)  # fmt: skip
def test_the_names_of_serving_and_day_lie_on_no_box_no_dose_and_not_on_each_other(
    magnesium_mg: int, glycine: str, per_day: int, source: str
) -> None:
    facts = [{"name": f"Magnesium (as magnesium {source})", "amount": f"{magnesium_mg} mg"}]
    facts += [{"name": "Glycine", "amount": glycine}] if glycine else []
    serving = {"size": "1 scoop", "per_day": str(per_day)}
    found = check(Label.model_validate({"product": "x", "facts": facts, "serving": serving}))
    chart = glycine_chart(found)
    assert chart
    ground = chart.axes
    x, y = ground.trial.at, ground.trial_y
    names = [
        Rect(b.x, b.y - 0.75 * LINE, b.x + width(b.words, TYPE, bold=True), b.y + 0.2 * LINE)
        for b in chart.boxes
    ]
    drawn = [*(box.rect for box in chart.boxes), Rect(x - 5, y - 5, x + 5, y + 5)]
    for number, name in enumerate(names):
        assert name.within(PLOT)
        assert not any(map(name.meets, (*drawn, *names[number + 1 :])))


def test_the_name_of_a_serving_stands_nearer_to_its_box_than_to_that_of_the_day() -> None:
    serving = {"size": "1 capsule", "per_day": "2"}
    name = "Magnesium (as magnesium bisglycinate, magnesium oxide)"
    chart = glycine_chart(check(label("x", name, "150 mg", serving=serving)))
    assert chart
    day, one = chart.boxes
    for box, other in ((day, one), (one, day)):
        text = Rect(box.x, box.y - 0.75 * LINE, box.x + width(box.words, TYPE), box.y)
        assert text.gap(box.rect) < text.gap(other.rect)


def test_labels_that_are_spread_keep_their_order_and_stay_inside() -> None:
    assert spread([5.0, 6.0, 97.0], [4.0, 4.0, 10.0], 0.0, 100.0) == (5.0, 9.0, 95.0)
    assert spread([99.0, 99.0], [4.0, 4.0], 0.0, 100.0) == (94.0, 98.0)


def test_the_trial_of_bisglycinate_lies_on_the_line_of_pure_bisglycinate() -> None:
    """1,523 mg as the ligand are 1,544 mg as the free acid: 6.177 g to 1 g of magnesium."""
    ground = axes(1)
    across, up = ground.trial.at - LEFT, TOP + HEIGHT - ground.trial_y
    assert up / across == pytest.approx((TOP + HEIGHT - ground.pure.at) / WIDTH, rel=0.01)
    slope = (up / HEIGHT * 600) / (across / WIDTH * 3500)
    assert 1 / slope == pytest.approx(PURE_G_PER_G, rel=0.01)


def test_a_large_dose_has_larger_axes_and_a_day_its_own_box_and_its_own_shares() -> None:
    serving = {"size": "2 capsules", "per_day": "3"}
    name = "Magnesium (from 1,420 mg magnesium bisglycinate)"
    thrice = label("x", name, "200 mg", serving=serving)
    chart = glycine_chart(check(thrice))
    assert chart
    assert chart.axes.scale == 2
    assert [(box.kind, box.words) for box in chart.boxes] == [
        ("day", "a day"),
        ("serving", "one serving"),
    ]
    assert chart.columns == ("one serving", "a day, 3 servings")
    rows = _told(thrice)
    assert rows["Magnesium declared"] == ("200 mg", "600 mg")
    assert rows["of 500 mg a day, upper level of Health Canada"] == ("40.0 %", "120.0 %")
    assert rows["of the 3,000 mg studied alone"] == ("41.0–41.3 %", "123.2–123.9 %")
    assert (scale_of(3500, 600), scale_of(3501, 0)) == (1, 2)


def test_glycine_printed_alone_may_be_on_top_of_the_chelates_or_count_it() -> None:
    """199.5–200.5 mg magnesium bring 1,232–1,239 mg; "3 g" stands for 2,500–3,500 mg."""
    chart = glycine_chart(check(_with_glycine(CANNOT_TELL, "3 g")))
    assert chart
    assert chart.rows[0].cells == ("2,500–4,739 mg",)
    assert "3,732–4,739 mg if “3 g” is on top of what the compound brings" in chart.notes
    assert "2,500–3,500 mg if “3 g” counts it" in chart.notes


def test_a_row_of_glycine_that_is_too_small_to_count_the_chelates_is_on_top_of_it() -> None:
    chart = glycine_chart(check(_with_glycine(CANNOT_TELL, "100 mg")))
    assert chart
    assert chart.rows[0].cells == ("1,331–1,340 mg",)
    assert not [note for note in chart.notes if "counts" in note]


def test_the_chart_rests_on_references_and_maps_no_dose_to_an_effect() -> None:
    page = report(CONSISTENT)
    row = page.constants("studied with 250 mg magnesium")
    assert row[:2] == ["1,544 mg", "1,523 mg counted as the ligand, as bisglycinate"]
    assert "Schuster 2025" in row[2]
    assert {"ref-inagawa-2006", "ref-bannai-2012", "ref-yamadera-2007"} <= set(page.values("id"))
    section = page.text.partition("Glycine’s side")[2].partition("What is claimed of")[0]
    assert section
    assert not re.search(r"sleep|effect|dose for|enough|recommend|too little", section)


def test_the_ground_of_the_chart_is_drawn_once() -> None:
    source = html([check(one) for one in (IMPOSSIBLE, CONSISTENT, DECLARED, CANNOT_TELL)])
    assert source.count('id="doses-1"') == source.count('id="doses-2"') == 1
    assert source.count('<use href="#doses-1"') == 2


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
        assert min(page.locator(".verdict use:visible").evaluate_all(sizes)) > 5
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
