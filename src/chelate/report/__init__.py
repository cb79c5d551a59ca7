"""Results -> one self-contained HTML page: no network, the same bytes every time.

One small script sorts and filters the comparison; without it everything can be read. The only
user of jinja2, which is imported when a page is rendered and not before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from chelate.checker import CheckResult
from chelate.findings import InputError
from chelate.report.pages import environment, landing, stylesheet

if TYPE_CHECKING:
    from chelate.report.gate_section import GateSection

TITLE = "Supplement labels compared"
USUAL = ("glance", "comparison", "products", "appendix")
SECTIONS = (*USUAL, "gate")


def html(
    results: Sequence[CheckResult],
    *,
    title: str | None = None,
    sections: Collection[str] = USUAL,
) -> str:
    """The page that reports on labels that were checked, in the order given.

    `sections` are those of `SECTIONS` that the page has, all but the gate's if none are named;
    a link to what is left out is plain text.

    Raises:
        InputError: a section is none of them.

    >>> from chelate.checker import check
    >>> from chelate.models import Label
    >>> html([check(Label(product="A & B"))]).count("A &amp; B") > 1
    True
    """
    from chelate.report.views import page

    if unknown := [each for each in sections if each not in SECTIONS]:
        raise InputError(f"found the section {unknown[0]!r}, expected {', '.join(SECTIONS)}")
    with_gate = "gate" in sections
    style = "".join(map(stylesheet, ["style.css"] + ["gate.css"] * with_gate))
    rendered = page(
        results,
        title=title or TITLE,
        style=style,
        sections=sections,
        gate=_gate() if with_gate else None,
    )
    source = environment().get_template("report.html.j2").render(page=rendered)
    return source if set(USUAL) <= set(sections) else landing(source)


def _gate() -> GateSection:
    from chelate.report.gate_section import gate_section

    return gate_section()
