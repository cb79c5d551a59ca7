"""Results -> one self-contained HTML page: no network, the same bytes every time.

One small script sorts and filters the comparison; without it everything can be read. The only
user of jinja2, which is imported when a page is rendered and not before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from chelate.checker import CheckResult
from chelate.report.inputs import InputFile
from chelate.report.opening import COMPARED, chosen, entitled, opening
from chelate.report.pages import environment, landing, styled

if TYPE_CHECKING:
    from chelate.report.gate.section import GateSection
    from chelate.report.scale import Scale
    from chelate.report.views import Kept

TITLE = COMPARED
USUAL = ("glance", "comparison", "products", "appendix")
SECTIONS = (*USUAL, "gate")


def html(
    results: Sequence[CheckResult],
    *,
    title: str | None = None,
    sections: Collection[str] = USUAL,
    inputs: Sequence[InputFile] = (),
) -> str:
    """The page that reports on labels that were checked, in the order given.

    `sections` are those of `SECTIONS` that the page has, all but the gate's if none are named;
    a link to what is left out is plain text. Without a title the page is called by its
    sections. `inputs` are the files of the labels, which its foot names with their digests.

    Raises:
        InputError: a section is none of them, or the title is empty.

    >>> from chelate.checker import check
    >>> from chelate.models import Label
    >>> html([check(Label(product="A & B"))]).count("A &amp; B") > 1
    True
    """
    from chelate.report.scale import fitting
    from chelate.report.views import page

    sections = chosen(sections or USUAL, known=SECTIONS, of="labels")
    opens, gate = opening(sections), _gate() if "gate" in sections else None
    title = entitled(title, otherwise=opens.title)
    style = styled(title, *["gate.css"] * bool(gate))
    template = environment().get_template("report.html.j2")

    kept: Kept = {}

    def made(labels: Sequence[CheckResult], scale: Scale) -> str:
        is_whole = len(labels) == len(results)
        view = page(
            labels,
            scale,
            title=title,
            style=style,
            sections=sections,
            gate=gate,
            inputs=inputs if is_whole else (),
            kept=kept if is_whole else None,
        )
        source = template.render(page=view, opens=opens)
        return source if set(USUAL) <= set(sections) else landing(source)

    return fitting(results, made)


def _gate() -> GateSection:
    from chelate.report.gate.section import gate_section

    return gate_section()
