"""The report in a real Chromium: nothing is asked for, nothing runs, everything can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chelate.checker import check
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import SECTIONS, html
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


def _written(folder: Path, labels: list[Label]) -> str:
    file = folder / "report.html"
    file.write_bytes(html([check(label) for label in labels], sections=SECTIONS).encode())
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


def test_five_products_stand_side_by_side_on_a_screen_and_scroll_on_a_telephone(
    chromium: Any, examples: str
) -> None:
    scrolls = "e => e.scrollWidth > e.clientWidth"
    for width, expected in ((1400, False), (360, True)):
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(examples)
        blocks = page.locator(".comparison").all()
        assert len(blocks) > 1
        assert {block.evaluate(scrolls) for block in blocks} == {expected}
        context.close()


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
    outer, inner = page.locator(".panel tbody th > bdi").all()
    assert inner.bounding_box()["x"] > outer.bounding_box()["x"] + 10


def test_paper_holds_the_whole_comparison(chromium: Any, examples: str) -> None:
    context = chromium.new_context(viewport={"width": 718, "height": 1000})
    page = context.new_page()
    page.goto(examples)
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOW) == 0
    for block in page.locator(".comparison").all():
        assert block.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    assert page.locator(".comparison").evaluate_all(BROKEN_WORDS) == []
    figures = page.locator("#absorbed td:nth-child(-n+3)")
    assert figures.evaluate_all(BROKEN_WORDS) == []
    assert not page.get_by_role("navigation").is_visible()
    context.close()


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
