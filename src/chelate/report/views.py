"""The view model of the page: every text as it is shown, so that the template only lays out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from markupsafe import Markup

from chelate.checker import CheckResult
from chelate.findings import Verdict
from chelate.report.appendix import Appendix, appendix
from chelate.report.comparison import Group, blocks, groups
from chelate.report.pages import policy
from chelate.report.product import Product, product
from chelate.sentences import VERDICTS, WORDS

if TYPE_CHECKING:
    from chelate.report.gate_section import GateSection


@dataclass(frozen=True, slots=True)
class Outcome:
    """The products that have one verdict, and what the verdict means."""

    verdict: Verdict
    meaning: str
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
    """The whole page. `style` is the project's own stylesheet, `policy` allows it alone."""

    title: str
    style: Markup
    policy: str
    products: tuple[Product, ...]
    outcomes: tuple[Outcome, ...]
    tables: tuple[Table, ...]
    verdict_words: dict[Verdict, str]
    gate: GateSection | None
    appendix: Appendix
    version: str


def page(
    results: Sequence[CheckResult], *, title: str, style: str, gate: GateSection | None = None
) -> Page:
    """The view model of a report on these results, in the order given."""
    products = tuple(product(result, number) for number, result in enumerate(results, start=1))
    return Page(
        title,
        Markup(style),
        policy(style),
        products,
        tuple(_outcomes(products)),
        tuple(
            Table(b.first, b.last, products[b.first - 1 : b.last], groups(b))
            for b in blocks(results)
        ),
        dict(WORDS),
        gate,
        appendix(results, [each.statements for each in products], gate.cited if gate else ()),
        version("chelate"),
    )


def _outcomes(products: Sequence[Product]) -> Iterator[Outcome]:
    """The verdicts that were given, the gravest first, each with its products."""
    for verdict in sorted({p.verdict for p in products}, key=lambda v: v.rank):
        having = tuple(p for p in products if p.verdict is verdict)
        yield Outcome(verdict, VERDICTS[verdict], having)
