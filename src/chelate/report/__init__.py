"""Results -> one self-contained HTML page: no network, no script, the same bytes every time.

The only user of jinja2, which is imported when a page is rendered and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chelate import resources
from chelate.checker import CheckResult

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = "Supplement labels compared"


def html(results: Sequence[CheckResult], *, title: str | None = None) -> str:
    """The page that reports on labels that were checked, in the order given.

    >>> from chelate.checker import check
    >>> from chelate.models import Label
    >>> html([check(Label(product="A & B"))]).count("A &amp; B") > 1
    True
    """
    from chelate.report.views import page

    template = _environment().get_template("report.html.j2")
    style = (resources.locate("templates") / "style.css").read_text(encoding="utf-8")
    return template.render(page=page(results, title=title or TITLE, style=style))


def _environment() -> Environment:
    """Every printed text is escaped, and shows the characters that nobody could see."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from chelate.report.inert import visible

    return Environment(
        loader=FileSystemLoader(resources.locate("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
