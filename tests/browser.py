"""What tests in a real Chromium share: axe's verdict on a page, and pages by scheme and width."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

SCHEMES = ("light", "dark")
WIDTHS = (360, 1200)
_RUN = """
async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(" ")}: ${node.html}`))
"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def axe_violations(page: Any) -> list[str]:
    """What axe finds on an open page: rule, place and markup of each. Script must be allowed."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN)
    return found


@contextmanager
def opened(chromium: Any, url: str, *, width: int = 1200, **context: Any) -> Iterator[Any]:
    """A page at an address, `width` px wide; `color_scheme="dark"` and the like go with it."""
    held = chromium.new_context(viewport={"width": width, "height": 800}, **context)
    try:
        page = held.new_page()
        page.goto(url)
        yield page
    finally:
        held.close()
