"""The view model of the page: every text as it is shown, so that the template only lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from markupsafe import Markup

from chelate.checker import CheckResult
from chelate.findings import Verdict
from chelate.report import machine
from chelate.report.anchors import anchors
from chelate.report.appendix import Appendix, appendix
from chelate.report.cells import Group
from chelate.report.comparison import compared
from chelate.report.pages import policy, stylesheet
from chelate.report.product import Product, product
from chelate.report.summary import SummaryRow, summary_rows
from chelate.sentences import VERDICTS, WORDS

if TYPE_CHECKING:
    from chelate.report.gate_section import GateSection


SCRIPT = "comparison.js"
ABREAST = 12
IN_COLUMNS = 40
IN_SECTIONS = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """The products that have one verdict, and what the verdict means.

    `count` says how many; a page with too many for sections names none.
    """

    verdict: Verdict
    meaning: str
    count: int
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Products side by side: `first` and `last` are their numbers, from one."""

    first: int
    last: int
    products: tuple[Product, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `policy` allows the project's own `style` and `script` alone.

    `count` is how many labels it is on: those of more than a dozen have a row each in
    `summary`, those of no more than 40 a column in `tables`, those of no more than 200 a
    section in `products`. `data` is what it says, for machines.
    """

    title: str
    style: Markup
    script: Markup
    data: Markup
    policy: str
    sections: frozenset[str]
    count: int
    products: tuple[Product, ...]
    outcomes: tuple[Outcome, ...]
    tables: tuple[Table, ...]
    summary: tuple[SummaryRow, ...]
    verdict_words: dict[Verdict, str]
    gate: GateSection | None
    appendix: Appendix
    version: str


def page(
    results: Sequence[CheckResult],
    *,
    title: str,
    style: str,
    sections: Collection[str],
    gate: GateSection | None = None,
) -> Page:
    """The view model of a report on these results, in the order given."""
    sectioned = len(results) <= IN_SECTIONS
    numbered = (results, range(1, len(results) + 1), anchors(results))
    products = tuple(map(product, *numbered)) if sectioned else ()
    script = stylesheet(SCRIPT) if "comparison" in sections and results else ""
    return Page(
        title,
        Markup(style),
        Markup(script),
        Markup(machine.embedded(results, title=title)),
        policy(style, *([script] if script else [])),
        frozenset(sections),
        len(results),
        products,
        tuple(_outcomes(results, products)),
        tuple(_tables(results, products)) if len(results) <= IN_COLUMNS else (),
        summary_rows(results, linked=sectioned) if len(results) > ABREAST else (),
        dict(WORDS),
        gate,
        appendix(results, [each.statements for each in products], gate.cited if gate else ()),
        version("chelate"),
    )


def _tables(results: Sequence[CheckResult], products: Sequence[Product]) -> Iterator[Table]:
    for block, groups in compared(results):
        yield Table(block.first, block.last, tuple(products[block.first - 1 : block.last]), groups)


def _outcomes(results: Sequence[CheckResult], products: Sequence[Product]) -> Iterator[Outcome]:
    """The verdicts that were given, the gravest first, each with its products."""
    counts = Counter(result.verdict for result in results)
    for verdict in sorted(counts, key=lambda v: v.rank):
        having = tuple(p for p in products if p.verdict is verdict)
        yield Outcome(verdict, VERDICTS[verdict], counts[verdict], having)
