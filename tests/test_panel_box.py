"""The printed box: its page and its drawing hold every word, and nothing leaves the box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chelate.catalogue import references
from chelate.formulate.panel import Columns, Line, Panel, panel
from chelate.models import Market
from chelate.models.formulation import Formulation
from chelate.report.advances import FAMILY, lines_of, width_em
from chelate.report.inert import visible
from chelate.report.panel_box import panel_html, panel_svg
from conftest import ROOT
from test_browser import BROKEN_WORDS, CONTRAST, OVERFLOW, Watched, watched
from test_report import HOSTILE, Page

__all__ = ["watched"]

DISCLAIMER = (
    "* This statement has not been evaluated by the Food and Drug Administration. This product "
    "is not intended to diagnose, treat, cure, or prevent any disease."
)
US_COLUMNS = Columns("", "Amount Per Serving", "% Daily Value")
MARKETS: tuple[Market, ...] = ("US", "EU", "CA")
PX_PER_PT = 96 / 72
_POINTS = ".,:"


def _us(product: str, *groups: tuple[Line, ...], **further: Any) -> Panel:
    return Panel(
        "US", "en", "Supplement Facts", product, "Quiet Meadow",
        ("Serving Size: 2 capsules", "Servings Per Container: 60"), US_COLUMNS, groups,
        further.pop("footnotes", ()), "Other ingredients", ("hypromellose (capsule)", "rice flour"),
        **further,
    )  # fmt: skip


def _unestablished(name: str, amount: str | None, **further: Any) -> Line:
    return Line(name, amount, symbol="†", **{"kind": "ingredient", **further})


ONE = _us(
    "Quiet Meadow Glycinate",
    (Line("Magnesium (as magnesium bisglycinate chelate)", "200 mg", "48%",
          sources="as magnesium bisglycinate chelate",
          working=("200 mg / 420 mg = 47.6 %, to the nearest whole 48%.",)),),
    statements=("Supports muscle function.*",), disclaimer=DISCLAIMER,
    directions=("Suggested use: 2 capsules, once a day.",),
    notes=("Sources stand in parentheses (21 CFR 101.36(d)).",), declared=("magnesium",),
    sources=("cfr-101-36",),
)  # fmt: skip
TWELVE = _us(
    "Everyday Twelve",
    (
        Line("Vitamin A (as retinyl acetate and beta-carotene)", "900 mcg RAE", "100%"),
        Line("Vitamin C (as ascorbic acid)", "90 mg", "100%"),
        Line("Vitamin D (as cholecalciferol)", "20 mcg (800 IU)", "100%"),
        Line("Thiamin (as thiamin mononitrate)", "1.2 mg", "100%"),
        Line("Folate", "400 mcg DFE (235 mcg folic acid)", "100%"),
        Line("Calcium (as calcium carbonate)", "200 mg", "15%"),
        Line("Iron (as ferrous bisglycinate)", "18 mg", "100%"),
        Line("Magnesium (as magnesium bisglycinate chelate, dimagnesium malate, magnesium "
             "citrate, magnesium oxide)", "400 mg", "95%"),
        Line("Zinc (as zinc picolinate)", "11 mg", "100%"),
    ),
    (
        _unestablished("Glycine (from magnesium bisglycinate chelate)", "1,235 mg"),
        _unestablished("Creatine monohydrate", "3 g"),
        _unestablished("Boron (as boron citrate)", "3 mg"),
    ),
    footnotes=("† Daily Value not established.",),
)  # fmt: skip
BLEND = _us(
    "Slow Evening Blend",
    (Line("Magnesium (as magnesium bisglycinate chelate, magnesium oxide)", "250 mg", "60%"),),
    (
        _unestablished("Slow Evening Proprietary Amino Blend", "1,850 mg", kind="blend"),
        _unestablished("Glycine", None, kind="member", indent=1),
        _unestablished("Magnesium bisglycinate chelate, dried", None, kind="member", indent=1),
    ),
    footnotes=("† Daily Value not established.",),
)
EU = Panel(
    "EU", "en", "Nutrition information", "Lindenhof Magnesium & Malat", "Lindenhof",
    ("Recommended daily dose: 2 tablets (2.9 g)",),
    Columns("", "Amount per daily dose", "% NRV*"),
    ((Line("Magnesium (as trimagnesium dicitrate, magnesium malate)", "300 mg", "80%"),
      _unestablished("Glycine", "1,200 mg")),),
    ("* NRV: nutrient reference value for adults.", "† No NRV established."),
    "Ingredients", ("trimagnesium dicitrate", "magnesium malate", "cellulose (filler)"),
    directions=("Do not exceed the recommended daily dose.",), declared=("magnesium",),
    sources=("dir-2002-46",),
)  # fmt: skip
CA = Panel(
    "CA", "en", "Medicinal ingredients", "Birch Row Magnesium", None, (),
    Columns("", "per capsule (820 mg)", ""),
    ((Line("Magnesium (from magnesium bisglycinate, magnesium oxide)", "125 mg"),
      Line("Zinc (from zinc citrate)", "5 mg")),),
    (), "Non-medicinal ingredients", ("hypromellose", "magnesium stearate"),
    ("Helps to maintain muscle function.",), None, ("Recommended dose: 2 capsules, once a day.",),
)  # fmt: skip


def _examples() -> Iterator[tuple[str, Panel]]:
    import yaml

    for file in sorted((ROOT / "formulations").glob("*.yaml")):
        entries = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        if "inputs" in entries:
            made = Formulation.model_validate(entries)
            yield from ((f"{file.stem}-{market}", panel(made, market)) for market in MARKETS)


def _everywhere(text: str, market: Market = "US") -> Panel:
    """A panel with that text in each place that has one, in lines of every kind."""
    lines = (
        Line(text, text, text, sources=text, working=(text,)),
        Line(text, text, symbol=text, kind="blend"),
        Line(text, None, indent=5, kind="member"),
    )
    return Panel(
        market, "en", text, text, text, (text,), Columns(text, text, text), (lines, lines),
        (text,), text, (text, text), (text,), text, (text,), (text,),
    )  # fmt: skip


INVENTED = {"one": ONE, "twelve": TWELVE, "blend": BLEND, "eu": EU, "ca": CA}
PANELS = {**INVENTED, **dict(_examples())}
STRAINED = {
    "hostile": _everywhere(HOSTILE[0]),
    "unbroken": _everywhere("Magnesiumbisglycinat" * 12),
    "wide": _everywhere("マグネシウム 👩🏽‍🔬 ਮੈਗਨੀਸ਼ੀਅਮ"),
    "from-the-right": _everywhere("مغنيسيوم (بيسغليسينات) 200", "CA"),
}


def _printed(shown: Panel) -> list[str]:
    """Every text that stands on the pack."""
    cells = ((line.name, line.amount, line.percent or line.symbol) for line in shown.lines)
    columns = (shown.columns.name, shown.columns.amount, shown.columns.percent)
    found = [
        shown.title, *shown.serving_lines, *columns, *(c for row in cells for c in row),
        *shown.footnotes, *shown.ingredients, *shown.directions, *shown.statements,
        shown.disclaimer,
    ]  # fmt: skip
    return [text for text in found if text]


def _drawn(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def _placed(svg: str, tag: str) -> list[dict[str, float]]:
    """The places of the texts, or of the bars, of a drawing."""
    elements = ET.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    names = ("x", "y", "width", "height", "font-size")
    return [{name: float(each.get(name, 0)) for name in names}
            for each in elements if tag == "text" or each.get("class") == "bar"]  # fmt: skip


def _letters(texts: list[str]) -> str:
    return "".join("".join(texts).split())


@pytest.mark.parametrize("name", PANELS)
def test_every_printed_text_is_on_the_page_and_in_the_drawing(name: str) -> None:
    shown = PANELS[name]
    page = Page(panel_html(shown)).text
    drawn = panel_svg(shown)
    words = {word.strip(_POINTS) for line in _drawn(drawn) for word in line.split()}
    for text in _printed(shown):
        assert text in page
        assert {word.strip(_POINTS) for word in text.split()} <= words


@pytest.mark.parametrize("name", PANELS)
def test_no_rule_crosses_a_line_of_text(name: str) -> None:
    drawn = panel_svg(PANELS[name])
    capitals_em, descenders_em = 0.73, 0.21
    bars = _placed(drawn, "rect")
    assert bars
    for text in _placed(drawn, "text"):
        top = text["y"] - capitals_em * text["font-size"]
        bottom = text["y"] + descenders_em * text["font-size"]
        assert not [bar for bar in bars if bar["y"] < bottom and bar["y"] + bar["height"] > top]


def test_lines_stand_in_the_order_of_the_panel() -> None:
    rows = Page(panel_html(TWELVE)).rows
    assert [row[0] for row in rows[1:]] == [line.name for line in TWELVE.lines]
    assert rows[8] == [TWELVE.lines[7].name, "400 mg", "95%"]
    assert rows[12][1:] == ["3 mg", "†"]


def test_a_panel_without_percents_has_no_column_for_them() -> None:
    assert {len(row) for row in Page(panel_html(CA)).rows} == {2}


def test_what_is_not_on_the_pack_follows_it() -> None:
    text = Page(panel_html(ONE)).text
    for words in ("(21 CFR 101.36(d))", "47.6 %", "impaired kidney function", "IUPAC 2021",
                  "21 CFR 101.36, Nutrition labeling", "21 CFR 101.9(c)(8)(iv)"):  # fmt: skip
        assert text.count(words) == 1, words
        assert text.index(words) > text.index(DISCLAIMER)


def test_further_references_are_cited_once() -> None:
    keys = ["capsule-tables", "cfr-101-36", "capsule-tables"]
    text = Page(panel_html(ONE, references=keys)).text
    assert [text.count(references()[key].text) for key in keys[:2]] == [1, 1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_stays_text(text: str) -> None:
    hostile, harmless = (Page(panel_html(_everywhere(each))) for each in (text, "harm-less"))
    assert visible(text) in hostile.text
    kinds, usual = ({name for name, _ in each.tags} for each in (hostile, harmless))
    assert usual - {"svg", "text", "span"} <= kinds <= usual
    drawing = ET.fromstring(panel_svg(_everywhere(text)))
    assert {each.tag.partition("}")[2] for each in drawing.iter()} == {
        "svg", "title", "desc", "rect", "g", "text",
    }  # fmt: skip


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=40))
def test_no_text_breaks_the_drawing_or_the_page(text: str) -> None:
    drawn = _drawn(panel_svg(_everywhere(text)))
    assert _letters([visible(text)]) in _letters(drawn)
    assert Page(panel_html(_everywhere(text))).open == []


@given(st.text(), st.floats(2, 40), st.booleans(), st.floats(0, 0.5), st.floats(0, 0.5))
def test_lines_hold_every_word_and_none_is_too_long(
    text: str, width: float, bold: bool, first: float, hang: float
) -> None:
    lines = lines_of(text, width, bold=bold, first=first, hang=hang)
    assert "".join(lines).split() == "".join(text.split()).split() or _letters(lines) == _letters(
        [text]
    )
    for number, line in enumerate(lines):
        taken = hang if number else first
        assert taken + width_em(line, bold=bold) <= width or len(line) <= 1


def test_a_word_is_broken_only_where_no_line_could_hold_it() -> None:
    words = "Magnesium (as magnesium bisglycinate chelate, dimagnesium malate)".split()
    widest = max(map(width_em, words))
    assert " ".join(lines_of(" ".join(words), widest)).split() == words
    assert len(" ".join(lines_of(" ".join(words), widest - 0.1)).split()) > len(words)


# In a real Chromium.

Open = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a text as a page or as a drawing, in a context with these options."""
    contexts: dict[str, Any] = {}
    files = count()

    def opened_in(text: str, kind: str = "html", **options: Any) -> Any:
        file = tmp_path / f"panel{next(files)}.{kind}"
        file.write_text(text, "utf-8")
        context = contexts.get(repr(options)) or chromium.new_context(**options)
        page = contexts.setdefault(repr(options), context).new_page()
        page.goto(file.as_uri())
        return page

    yield opened_in
    for context in contexts.values():
        context.close()


EVERY = {**INVENTED, **STRAINED}
LEAVING = """
() => {
  const frames = [...document.querySelectorAll('.frame')].map(e => e.getBoundingClientRect());
  const page = document.documentElement.getBoundingClientRect();
  const left = Math.min(...frames.map(f => f.left)), right = Math.max(...frames.map(f => f.right));
  return [...document.querySelectorAll('text')].filter(text => {
    const t = text.getBoundingClientRect(), middle = (t.top + t.bottom) / 2;
    const frame = frames.find(f => f.top < middle && middle < f.bottom);
    const [from, to] = frame ? [frame.left + 3, frame.right - 3] : [left, right];
    return t.left < from - .5 || t.right > to + .5 || t.bottom > page.bottom;
  }).map(text => text.textContent);
}
"""
TOUCHING = """
() => {
  const texts = [...document.querySelectorAll('text')];
  const boxes = texts.map(e => e.getBoundingClientRect());
  const pairs = [];
  texts.forEach((a, i) => texts.slice(i + 1).forEach((b, j) => {
    const p = boxes[i], q = boxes[i + 1 + j];
    const same = a.getAttribute('y') === b.getAttribute('y');
    if (same && p.left < q.right - .1 && q.left < p.right - .1)
      pairs.push([a.textContent, b.textContent]);
  }));
  return pairs;
}
"""


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", ["one", "twelve", "ca", *STRAINED])
def test_the_page_and_the_drawing_ask_for_nothing_and_say_nothing(
    watched: Watched, tmp_path: Path, name: str
) -> None:
    for kind, text in (("html", panel_html(EVERY[name])), ("svg", panel_svg(EVERY[name]))):
        file = tmp_path / f"panel.{kind}"
        file.write_text(text, "utf-8")
        watched.page.goto(file.as_uri(), wait_until="networkidle")
        assert watched.asked.pop() == file.as_uri()
    assert watched.asked == watched.said == []


@pytest.mark.needs("browser")
def test_the_policy_stops_what_a_stranger_adds(watched: Watched, tmp_path: Path) -> None:
    added = "<script>document.title='ran'</script><img src='https://example.invalid/x.png'>"
    file = tmp_path / "added.html"
    file.write_text(panel_html(ONE).replace("</body>", f"{added}</body>"), "utf-8")
    watched.page.goto(file.as_uri(), wait_until="networkidle")
    assert watched.page.title() == "Supplement Facts: Quiet Meadow Glycinate"
    assert sum("Content Security Policy" in said for said in watched.said) == 2


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", EVERY)
def test_nothing_leaves_the_box_on_a_telephone_a_screen_or_paper(opened: Open, name: str) -> None:
    page = opened(panel_html(EVERY[name]))
    wider = "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    for width, media in ((320, "screen"), (360, "screen"), (1200, "screen"), (718, "print")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media)
        assert page.evaluate(OVERFLOW) == 0
        assert page.locator(".pack, .box, td, th").evaluate_all(wider) == 0


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", PANELS)
def test_no_word_of_a_name_is_broken(opened: Open, name: str) -> None:
    page = opened(panel_html(PANELS[name]), viewport={"width": 360, "height": 800})
    assert page.locator(".pack").evaluate_all(BROKEN_WORDS) == []


@pytest.mark.needs("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", INVENTED)
def test_the_box_is_black_on_white_and_every_text_has_contrast(
    opened: Open, name: str, scheme: str
) -> None:
    page = opened(panel_html(INVENTED[name]), color_scheme=scheme)
    assert page.evaluate(CONTRAST) == []
    style = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.locator(".pack").evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.needs("browser")
def test_those_who_hear_the_page_have_a_table_with_headings(opened: Open) -> None:
    page = opened(panel_html(TWELVE))
    assert page.get_by_role("heading", level=1, name="Everyday Twelve").count() == 1
    assert page.get_by_role("heading", level=2, name="Supplement Facts").count() == 1
    table = page.get_by_role("table", name="Supplement Facts")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Ingredient", "Amount Per Serving", "% Daily Value",
    ]  # fmt: skip
    assert table.get_by_role("rowheader", name="Zinc (as zinc picolinate)").count() == 1
    assert page.locator("th:not([scope])").count() == 0


@pytest.mark.needs("browser")
def test_the_box_of_the_united_states_keeps_101_36_e_on_paper(opened: Open) -> None:
    page = opened(panel_html(TWELVE), viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    sizes = "es => es.map(e => parseFloat(getComputedStyle(e).fontSize))"
    lines = page.locator("tbody th, tbody td, .serving").evaluate_all(sizes)
    assert {round(each / PX_PER_PT, 2) for each in lines} == {8.0}
    smaller = page.locator("thead th, .footnote").evaluate_all(sizes)
    assert min(smaller) / PX_PER_PT >= 6
    box, title = page.locator(".box"), page.locator(".box h2 text")
    assert round(box.bounding_box()["width"] / PX_PER_PT) == 216
    inner = page.locator(".box table").bounding_box()
    drawn = title.evaluate("e => e.getBoundingClientRect().width")
    assert drawn == pytest.approx(inner["width"], abs=1)
    scale = title.evaluate("e => e.getScreenCTM().a")
    assert title.evaluate(size) * scale > max(lines)
    weights = "es => es.map(e => getComputedStyle(e).fontWeight)"
    assert set(page.locator(".box h2, thead th").evaluate_all(weights)) == {"700"}


@pytest.mark.needs("browser")
def test_heavy_bars_stand_under_the_servings_and_under_each_group(opened: Open) -> None:
    page = opened(panel_html(TWELVE))
    border = "(es, side) => es.map(e => parseFloat(getComputedStyle(e)['border' + side + 'Width']))"
    heavy = page.locator("thead").evaluate_all(border, "Top")
    first, second = page.locator("tbody").evaluate_all(border, "Bottom")
    between = page.locator("tbody tr + tr").evaluate_all(border, "Top")
    assert first == second == heavy[0] >= 6
    assert set(between) == {1}
    members = opened(panel_html(BLEND)).locator("tbody tr.member")
    assert set(members.evaluate_all(border, "Top")) == {0}


@pytest.mark.needs("browser")
def test_what_stands_under_a_line_stands_further_in(opened: Open) -> None:
    page = opened(panel_html(BLEND))
    outer, inner = (page.locator(f"tr.{kind} bdi").first.bounding_box() for kind in
                    ("blend", "member"))  # fmt: skip
    assert inner["x"] >= outer["x"] + 10


@pytest.mark.needs("browser")
@pytest.mark.parametrize("font", ["Helvetica", "DejaVu Sans", "monospace"])
def test_no_text_of_a_drawing_leaves_its_box_or_touches_another_in_any_font(
    opened: Open, font: str
) -> None:
    for shown in INVENTED.values():
        drawn = panel_svg(shown).replace(FAMILY.replace("'", "&#39;"), font)
        assert f'font-family="{font}"' in drawn
        page = opened(drawn, "svg")
        assert page.evaluate(LEAVING) == []
        assert page.evaluate(TOUCHING) == []


@pytest.mark.needs("browser")
@pytest.mark.parametrize("name", STRAINED)
def test_no_strained_text_leaves_its_box(opened: Open, name: str) -> None:
    page = opened(panel_svg(STRAINED[name]), "svg")
    assert page.evaluate(LEAVING) == []


@pytest.mark.needs("browser")
def test_a_drawing_has_the_size_of_the_printed_box(opened: Open) -> None:
    page = opened(panel_svg(ONE), "svg")
    frame = page.locator(".frame").first.bounding_box()
    assert round(frame["width"] / PX_PER_PT) == pytest.approx(216, abs=1)
    title = page.locator("text").first
    drawn = title.evaluate("e => e.getBoundingClientRect().width") / PX_PER_PT
    assert drawn == pytest.approx(206, abs=1)
    sizes = page.locator("text").evaluate_all("es => es.map(e => e.getAttribute('font-size'))")
    assert sizes[0] == max(sizes, key=float)
    assert set(sizes[1:]) == {"8.0", "7.0"}


@pytest.mark.needs("browser")
@pytest.mark.parametrize("bold", [False, True])
def test_the_widths_are_those_of_a_font_with_helvetica_s_metrics(opened: Open, bold: bool) -> None:
    measure = """
    ([text, font]) => {
      const context = document.createElement('canvas').getContext('2d');
      context.font = font;
      return [...text].map(c => context.measureText(c).width);
    }
    """
    text = "".join(map(chr, range(32, 127))) + "†‡–—“”‘’•®™×≤≥°éÅüç"
    weight = "bold " if bold else ""
    page = opened("<p></p>")
    font = f"{weight}1000px 'Liberation Sans', monospace"
    if page.evaluate(measure, ["i", font]) == page.evaluate(measure, ["M", font]):
        pytest.skip("Liberation Sans, which has the widths of Helvetica, is not installed")
    for character, width in zip(text, page.evaluate(measure, [text, font]), strict=True):
        assert width_em(character, bold=bold) == pytest.approx(width / 1000, abs=0.002), character
