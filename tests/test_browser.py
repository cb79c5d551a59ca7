"""The report in a real Chromium: nothing is asked for, nothing runs, everything can be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from browser import opened
from chelate.checker import check
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import SECTIONS, USUAL, html
from conftest import ROOT
from test_report import HOSTILE, IMPOSSIBLE, _with_everywhere

pytestmark = pytest.mark.needs("browser")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST = """
() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => {
    const v = parse(c).slice(0, 3).map(x => x / 255)
      .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2];
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if ((parse(c)[3] ?? 1) > 0) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(walker.currentNode.data.trim().slice(0, 40));
  }
  return [...new Set(poor)];
}
"""
FILLS = """
e => {
  const fill = x => getComputedStyle(x).fill, found = new Map();
  const ground = fill(e.querySelector('.ground'));
  for (const text of e.querySelectorAll('text')) {
    const disc = text.classList.contains('inside') ? text.previousElementSibling : null;
    const pair = [fill(text), disc ? fill(disc) : ground];
    found.set(pair.join(), pair);
  }
  return [...found.values()];
}
"""
BROKEN_WORDS = """
blocks => blocks.flatMap(block => {
  const broken = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  return broken;
})
"""


def _examples() -> list[Label]:
    files = sorted((ROOT / "labels").glob("*.yaml"))
    return [label for file in files for label in read_labels(file)]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on the example labels."""
    return _written(tmp_path_factory.mktemp("report"), _examples())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on labels whose every field holds hostile text."""
    labels = [_with_everywhere(text) for text in HOSTILE]
    return _written(tmp_path_factory.mktemp("hostile"), [*labels, IMPOSSIBLE])


def _written(folder: Path, labels: list[Label], sections: Collection[str] = SECTIONS) -> str:
    file = folder / "report.html"
    file.write_bytes(html([check(label) for label in labels], sections=sections).encode())
    return file.as_uri()


class Watched:
    """A page with script allowed, and everything that it asked for or complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("popup", lambda _: self.said.append("popup"))

    def _dismiss(self, dialog: Any) -> None:
        self.said.append("dialog")
        dialog.dismiss()


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    """A page on which script may run and the network may be asked."""
    context = chromium.new_context()
    yield Watched(context.new_page())
    context.close()


@pytest.mark.parametrize("address", ["examples", "hostile"])
def test_the_page_asks_for_nothing_and_says_nothing(
    watched: Watched, address: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(address)
    watched.page.goto(url, wait_until="networkidle")
    assert watched.asked == [url]
    assert watched.said == []


def test_hostile_text_stays_text(watched: Watched, hostile: str) -> None:
    watched.page.goto(hostile)
    assert watched.page.title() == "Supplement labels compared"
    assert watched.page.locator("script, iframe, img, object, form").evaluate_all(
        "all => all.map(each => each.localName + each.id)"
    ) == ["scriptchelate-data", "script"]
    headings = watched.page.locator("section.product > h2").all_inner_texts()
    assert headings[0] == HOSTILE[0]
    assert headings[10] == "Bellwether"
    assert "[U+202E]" in watched.page.locator("section.product").nth(6).inner_text()
    assert "49" not in headings[3]


def test_the_policy_stops_a_script_and_an_image_that_a_stranger_adds(
    watched: Watched, tmp_path: Path
) -> None:
    source = html([check(IMPOSSIBLE)])
    added = "<script>document.title='ran'</script><img src='https://example.invalid/x.png'>"
    file = tmp_path / "added.html"
    file.write_text(source.replace("</body>", f"{added}</body>"), "utf-8")
    watched.page.goto(file.as_uri(), wait_until="networkidle")
    assert watched.page.title() == "Supplement labels compared"
    assert sum("Content Security Policy" in said for said in watched.said) == 2


@pytest.mark.parametrize("address", ["examples", "hostile"])
@pytest.mark.parametrize("width", [320, 360, 768, 1400])
def test_the_page_never_scrolls_sideways(
    chromium: Any, address: str, width: int, request: pytest.FixtureRequest
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(request.getfixturevalue(address))
    assert page.evaluate(OVERFLOW) == 0
    context.close()


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on a dozen labels."""
    return _written(tmp_path_factory.mktemp("twelve"), _examples()[:12])


def test_a_dozen_products_stand_in_one_table_that_scrolls_in_a_region_of_its_own(
    chromium: Any, twelve: str
) -> None:
    with opened(chromium, twelve, width=1600) as page:
        assert page.locator("#comparison table:visible").count() == 1
        heads = page.locator(".comparison thead th + th")
        assert heads.count() == 12
        seen = [
            box for each in heads.all() if (box := each.bounding_box())["x"] + box["width"] < 1600
        ]
        assert len(seen) >= 8
        region = page.get_by_role("region", name="12 labels side by side")
        assert region.evaluate("e => e.scrollWidth > e.clientWidth")
        region.focus()
        first = page.locator(".comparison tbody th").nth(2)
        before = first.bounding_box()["x"]
        for _ in range(12):
            page.keyboard.press("ArrowRight")
        region.evaluate("e => new Promise(done => setTimeout(done, 500))")
        assert region.evaluate("e => e.scrollLeft") > 100
        assert first.bounding_box()["x"] == pytest.approx(before, abs=45)
        assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("products", [3, 5, 12])
def test_the_comparison_scrolls_with_the_page_and_its_heads_stay_in_sight(
    chromium: Any, tmp_path: Path, products: int
) -> None:
    with opened(chromium, _written(tmp_path, _examples()[:products]), width=1280) as page:
        table = page.locator(".comparison")
        assert table.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
        last = page.locator(".comparison tbody:last-of-type tr:last-child th")
        last.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 400)")
        page.wait_for_function("scrollY > 800")
        head = page.locator(".comparison thead th + th").first
        page.wait_for_timeout(100)
        assert -1 <= head.bounding_box()["y"] <= 1
        assert last.is_visible()


def test_findings_stand_in_one_column_with_their_heading(page: Any, examples: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(examples)
    for section in page.locator(".columns > .findings:has(.finding)").all():
        heading = section.locator("h3").bounding_box()
        lefts = {round(each.bounding_box()["x"]) for each in section.locator(".finding").all()}
        assert len(lefts) == 1
        assert 0 <= lefts.pop() - heading["x"] < 60


def test_every_figure_of_a_reading_is_in_sight_on_a_telephone(page: Any, examples: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(examples)
    readings = page.locator(".ranges").first
    assert readings.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    cells = readings.locator("tbody tr").first.locator("td").all()
    assert len(cells) >= 3
    for cell in cells:
        assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 360
        said = cell.evaluate("e => getComputedStyle(e, '::before').content")
        assert cell.get_attribute("data-of") in said


def test_few_products_fit_a_screen(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, _written(tmp_path, _examples()[:4]), width=1400) as page:
        assert page.locator(".comparison").evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_on_a_telephone_a_row_has_its_header_above_and_two_products_in_sight(
    chromium: Any, twelve: str
) -> None:
    with opened(chromium, twelve, width=360) as page:
        row = page.locator(".comparison tr[data-row='1']")
        header, *cells = (each.bounding_box() for each in row.locator("> *").all())
        assert header["y"] + header["height"] <= cells[0]["y"] + 1
        assert header["width"] < 360
        assert cells[1]["x"] + cells[1]["width"] <= 360
        assert cells[0]["x"] < 40


def test_it_reads_without_script(page: Any, examples: str) -> None:
    page.goto(examples)
    verdicts = page.locator(".comparison td .verdict").all_inner_texts()
    assert {"impossible", "declared blend", "consistent", "cannot tell"} <= set(verdicts)
    assert page.locator(".proof li").first.is_visible()


def test_the_first_column_stays_while_the_products_scroll(page: Any, examples: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(examples)
    header = page.locator(".comparison tbody th").first
    before = header.bounding_box()["x"]
    page.locator(".comparison").first.evaluate("e => { e.scrollLeft = 600 }")
    assert 0 <= header.bounding_box()["x"] <= before
    assert header.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_enough(chromium: Any, examples: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(examples)
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_the_two_colour_schemes_differ(chromium: Any, examples: str) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(examples)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(grounds) == 2


def test_the_outline_can_be_walked_by_its_landmarks_and_headings(page: Any, examples: str) -> None:
    page.goto(examples)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("table:not(:has(> caption))").count() == 0
    assert page.locator("th:not([scope])").count() == 0


def test_the_keyboard_finds_the_skip_link_first_and_shows_where_it_is(
    chromium: Any, examples: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(examples)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the comparison"
    assert skip.bounding_box()["x"] >= 0
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    context.close()


def test_a_verdict_is_told_by_word_and_shape_and_colour(page: Any, examples: str) -> None:
    page.goto(examples)
    found = {}
    for one in page.locator(".comparison .verdict").all():
        shape = one.locator("svg").inner_html()
        colour = one.evaluate("e => getComputedStyle(e).color")
        found[one.inner_text()] = (shape, colour)
    assert len(found) >= 5
    assert len({shape for shape, _ in found.values()}) == len(found)


def test_a_nested_row_stands_further_in(page: Any, tmp_path: Path) -> None:
    facts = [{"name": "Blend", "amount": "1 g", "contains": [{"name": "Zinc", "amount": "5 mg"}]}]
    page.goto(_written(tmp_path, [Label.model_validate({"product": "x", "facts": facts})]))
    starts = """es => es.map(e => {
        const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), range = new Range();
        while (texts.nextNode() && texts.currentNode.parentNode.closest(".unseen"));
        range.selectNode(texts.currentNode);
        return range.getBoundingClientRect().x;
    })"""
    outer, inner = page.locator(".panel tbody th").evaluate_all(starts)
    assert inner > outer + 10


LETTERING = """
() => {
  const small = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, range = document.createRange();
    range.selectNode(walker.currentNode);
    if (!walker.currentNode.data.trim() || !range.getClientRects().length) continue;
    if (e.closest("sup, .unseen")) continue;
    const m = e.ownerSVGElement?.parentNode && e.getScreenCTM();
    const drawn = m ? Math.hypot(m.a, m.b) : 1;
    const points = parseFloat(getComputedStyle(e).fontSize) * drawn * .75;
    if (points < 7.95) small.push(`${points.toFixed(1)} pt: ${walker.currentNode.data.trim()}`);
  }
  return [...new Set(small)];
}
"""
BREAKS = """
({select, rule}) => [...document.querySelectorAll(select)]
  .filter(e => e.getClientRects().length && getComputedStyle(e)[rule] !== "avoid")
  .map(e => e.outerHTML.slice(0, 80))
"""
PAPER_PX = {"A4": 703, "Letter": 725}


@contextmanager
def printed(chromium: Any, url: str, *, width: int = 703) -> Iterator[Any]:
    """A page as it is laid out on paper, between the margins."""
    with opened(chromium, url, width=width) as page:
        page.emulate_media(media="print")
        yield page


def _sheets_of_paper(page: Any, size: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on two labels, one of them impossible."""
    names = ("impossible-18-percent.yaml", "consistent-bisglycinate.yaml")
    labels = [label for name in names for label in read_labels(ROOT / "labels" / name)]
    return _written(tmp_path_factory.mktemp("two"), labels, USUAL)


@pytest.mark.parametrize("address", ["two", "twelve", "examples"])
@pytest.mark.parametrize("width", PAPER_PX.values())
def test_paper_holds_everything_and_breaks_no_word(
    chromium: Any, address: str, width: int, request: pytest.FixtureRequest
) -> None:
    with printed(chromium, request.getfixturevalue(address), width=width) as page:
        assert page.evaluate(OVERFLOW) == 0
        assert page.locator("table:visible").evaluate_all(BROKEN_WORDS) == []
        assert page.locator("h1, h2, h3, h4, caption, .verdict").evaluate_all(BROKEN_WORDS) == []
        assert not page.get_by_role("navigation").is_visible()


@pytest.mark.parametrize("address", ["two", "twelve", "examples"])
def test_paper_has_no_text_that_is_too_small_to_read(
    chromium: Any, address: str, request: pytest.FixtureRequest
) -> None:
    with printed(chromium, request.getfixturevalue(address)) as page:
        assert page.evaluate(LETTERING) == []


@pytest.mark.parametrize("address", ["two", "examples"])
def test_on_paper_no_head_is_parted_from_what_it_is_of(
    chromium: Any, address: str, request: pytest.FixtureRequest
) -> None:
    with printed(chromium, request.getfixturevalue(address)) as page:
        heads = "h2, h3, h4, h5, caption, thead, .group, tbody > tr:first-child, h2 + p, .lead"
        kept = "tr, .finding, .proof, .printed, .outcome li, .side, h2, h3, h4, p, li"
        for select, rule in ((heads, "breakAfter"), (kept, "breakInside"),
                             ("tbody > tr:last-child", "breakBefore")):  # fmt: skip
            assert page.evaluate(BREAKS, {"select": select, "rule": rule}) == []


@pytest.mark.parametrize("size", PAPER_PX)
def test_two_labels_take_fewer_than_ten_sheets_of_paper(chromium: Any, two: str, size: str) -> None:
    with opened(chromium, two) as page:
        assert _sheets_of_paper(page, size) < 10


def test_on_paper_a_note_stands_on_the_line_of_its_figure(chromium: Any, two: str) -> None:
    tops = """cells => cells.flatMap(cell => [...cell.children].flatMap((note, at) => {
        const figure = note.previousElementSibling;
        if (!note.matches(".note") || !figure?.matches(".n")) return [];
        const first = new Range();
        first.setStart(note.firstChild, 0);
        first.setEnd(note.firstChild, 1);
        const own = figure.lastElementChild.getBoundingClientRect();
        return [Math.abs(first.getBoundingClientRect().bottom - own.bottom)];
    }))"""
    with printed(chromium, two) as page:
        apart = page.locator(".comparison .held").evaluate_all(tops)
        assert len(apart) > 5
        assert max(apart) < 4


@pytest.mark.parametrize("address", ["two", "twelve"])
def test_on_paper_columns_have_gutters_and_texts_flow_in_columns(
    chromium: Any, address: str, request: pytest.FixtureRequest
) -> None:
    gutters = "es => es.map(e => parseFloat(getComputedStyle(e).paddingInlineEnd))"
    columns = "es => es.map(e => getComputedStyle(e).columnCount)"
    with printed(chromium, request.getfixturevalue(address)) as page:
        cells = page.locator(":is(.few, .sheet) :is(th, td):not(:last-child)")
        assert min(cells.evaluate_all(gutters)) >= 11
        assert set(page.locator(".columns, .work").evaluate_all(columns)) == {"2"}
        whole = page.locator(".legend, .rule").evaluate_all(
            "es => es.filter(e => getComputedStyle(e).breakInside !== 'avoid').length"
        )
        assert whole == 0


def test_in_the_glance_on_paper_a_verdict_stands_apart_from_what_it_means(
    chromium: Any, two: str
) -> None:
    with printed(chromium, two) as page:
        what = page.locator(".outcome .what").first
        head, meaning = (what.locator(each).bounding_box() for each in ("h3 .count", ".note"))
        assert head["x"] + head["width"] + 8 <= meaning["x"]


def test_sheets_of_paper_are_numbered_and_titled(tmp_path: Path) -> None:
    title = 'A "title" </style> \\ of mine'
    style = html([check(IMPOSSIBLE)], title=title).partition("<style>")[2].partition("</style>")[0]
    assert "counter(page)" in style
    assert 'content: "A\\20 \\22 title\\22 \\20 \\3c \\2f style' in style


def test_twelve_products_are_printed_in_sheets_of_four_and_as_they_were_chosen(
    chromium: Any, twelve: str
) -> None:
    heads = "es => es.map(e => e.querySelectorAll('thead th').length - 1)"
    with printed(chromium, twelve) as page:
        assert not page.locator(".comparison").is_visible()
        assert page.locator(".sheet:visible").evaluate_all(heads) == [4, 4, 4]
        page.emulate_media(media="screen")
        for box in page.locator("[name=product]").all()[:6]:
            box.uncheck()
        page.emulate_media(media="print")
        assert page.locator(".sheet:visible").evaluate_all(heads) == [3, 3]
        page.emulate_media(media="screen")
        for box in page.locator("[name=product]").all()[6:8]:
            box.uncheck()
        page.emulate_media(media="print")
        assert page.locator(".sheet").count() == 0
        assert page.locator(".comparison").is_visible()


def test_swatches_are_drawn_as_the_bars_are(chromium: Any, two: str) -> None:
    fill = "e => getComputedStyle(e).fill"
    with printed(chromium, two) as page:
        for kind in ("can", "must"):
            swatch = page.locator(f".zone .swatch .z-{kind}").first
            assert swatch.evaluate(fill) == page.locator(f".split .z-{kind}").first.evaluate(fill)
            assert swatch.bounding_box()["width"] > 10


@pytest.mark.parametrize("width", [360, *PAPER_PX.values()])
def test_names_without_a_space_widen_nothing_and_stand_whole_once(
    chromium: Any, tmp_path: Path, width: int
) -> None:
    names = ("Kombi" + 60 * "komplex", 10_000 * "W", 30 * "sehr langer Name ")
    labels = [_with_everywhere(name) for name in names]
    labels += [IMPOSSIBLE.model_copy(update={"product": name, "brand": name}) for name in names]
    with opened(chromium, _written(tmp_path, labels), width=width) as page:
        page.emulate_media(media="screen" if width == 360 else "print")
        assert page.evaluate(OVERFLOW) == 0
        heads = page.locator("h2, nav a, .comparison thead th, .chips label, #glance a")
        assert max(len(text) for text in heads.all_inner_texts()) < 200


def test_a_name_of_ten_thousand_letters_takes_no_more_paper_than_it_fills(
    chromium: Any, tmp_path: Path
) -> None:
    """Once in the label as printed, with the room of half a page's width."""
    long = IMPOSSIBLE.model_copy(update={"product": 10_000 * "W"})
    url = _written(tmp_path, [long, IMPOSSIBLE], USUAL)
    with opened(chromium, url) as page:
        assert page.locator("main").inner_text().count(1000 * "W") == 10
        assert _sheets_of_paper(page, "A4") <= 22


def test_the_three_keys_fit_a_screen_and_paper_and_scroll_on_a_telephone(
    chromium: Any, examples: str
) -> None:
    for width, media, expected in ((1400, "screen", False), (718, "print", False),
                                   (360, "screen", True)):  # fmt: skip
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(examples)
        page.emulate_media(media=media)
        figure = page.locator(".gate-figure")
        assert figure.evaluate("e => e.scrollWidth > e.clientWidth") == expected
        assert figure.get_by_role("img", name="Three keys").count() == 1
        assert page.locator(".gate text").first.bounding_box()["x"] >= 0
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_texts_of_the_three_keys_have_contrast_enough(
    chromium: Any, examples: str, scheme: str
) -> None:
    """Text in a picture has its colour from `fill`; inside a disc, the disc is its ground."""
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(examples)
    fills = page.locator(".gate").evaluate(FILLS)
    assert len(fills) >= 4
    for text, ground in fills:
        light = sorted(map(_luminance, (text, ground)))
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 4.5, (text, ground)
    context.close()


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_why_a_range_is_what_it_is_can_be_read_on_a_telephone(page: Any, examples: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(examples)
    why = page.locator("#absorbed tbody td:nth-child(4)").first
    assert why.bounding_box()["width"] >= 250
