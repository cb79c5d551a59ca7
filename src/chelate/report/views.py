"""The view model of the page: every text as it is shown, so that the template only lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from markupsafe import Markup

from chelate.checker import CheckResult
from chelate.findings import Verdict
from chelate.report import bars, machine
from chelate.report.anchors import Anchor, anchors
from chelate.report.appendix import Appendix, appendix
from chelate.report.bars import Bars
from chelate.report.brief import Brief, brief
from chelate.report.cells import Group
from chelate.report.comparison import ON_PAPER, compared, on_sheet, sheets
from chelate.report.inputs import InputFile
from chelate.report.naming import Named, named
from chelate.report.pages import policy, stylesheet
from chelate.report.product import Product, product
from chelate.report.scale import SUMMARISED_BEYOND, Scale
from chelate.report.summary import SummaryRow, summary_rows
from chelate.sentences import VERDICTS, WORDS, carrying, carrying_sentence

if TYPE_CHECKING:
    from chelate.report.gate.section import GateSection


SCRIPT = "comparison.js"


@dataclass(frozen=True, slots=True)
class Entry:
    """A product as lists of the page name it, with the sentence and the bar of its verdict."""

    anchor: str
    name: Named
    verdict: Verdict
    sentence: str
    bars: Bars


@dataclass(frozen=True, slots=True)
class Outcome:
    """The products that have one verdict, and what the verdict means.

    `count` says how many; a page with too many for sections names none.
    """

    verdict: Verdict
    meaning: str
    count: int
    products: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Products side by side: `first` and `last` are their numbers, from one."""

    first: int
    last: int
    products: tuple[Entry, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `policy` allows the project's own `style` and `script` alone.

    `count` is how many labels it is on, `on_sections` and `on_columns` what it leaves out of
    them. Those of more than a dozen have a row each in `summary`; a page that is not too long
    has all side by side in `table`, and on paper in `sheets` where they do not fit abreast.
    `entries` are the products that lists name; they have a section each in `products`, or a
    condensed one in `briefs`. `data` is what the page says, for machines.
    """

    title: str
    style: Markup
    script: Markup
    data: Markup
    policy: str
    sections: frozenset[str]
    count: int
    on_sections: str
    on_columns: str
    entries: tuple[Entry, ...]
    products: tuple[Product, ...]
    briefs: tuple[Brief, ...]
    outcomes: tuple[Outcome, ...]
    table: Table | None
    sheets: tuple[Table, ...]
    summary: tuple[SummaryRow, ...]
    verdict_words: dict[Verdict, str]
    gate: GateSection | None
    appendix: Appendix
    inputs: tuple[InputFile, ...]
    version: str


def page(
    results: Sequence[CheckResult],
    scale: Scale,
    *,
    title: str,
    style: str,
    sections: Collection[str],
    gate: GateSection | None = None,
    inputs: Sequence[InputFile] = (),
) -> Page:
    """The view model of a report on these results, in the order given.

    Nothing is made for sections that the page has not, nor for more than its scale allows.
    """
    ids, names = anchors(results), named(results)
    numbered = (results, range(1, len(results) + 1), ids, names)
    with_products, with_table = "products" in sections, "comparison" in sections
    products = tuple(map(product, *numbered)) if scale.detail == "whole" and with_products else ()
    briefs = tuple(map(brief, *numbered)) if scale.detail == "brief" and with_products else ()
    entries = tuple(_entries(results, ids, names, scale))
    script = stylesheet(SCRIPT) if with_table and results else ""
    table = _table(results, entries) if with_table and scale.columns and results else None
    return Page(
        title,
        Markup(style),
        Markup(script),
        Markup(machine.embedded(results, title=title, detail=scale.detail, inputs=inputs)),
        policy(style, *([script] if script else [])),
        frozenset(sections),
        len(results),
        scale.of_sections() if {"products", "comparison"} & set(sections) else "",
        scale.of_columns(len(results)),
        entries,
        products,
        briefs,
        tuple(_outcomes(results, entries)),
        table,
        tuple(_sheets(table)) if table and ON_PAPER < len(results) <= SUMMARISED_BEYOND else (),
        _summary(results, ids, scale) if with_table and _is_summed(table) else (),
        dict(WORDS),
        gate,
        appendix(
            results,
            [*(each.statements for each in products), *(each.statements for each in briefs)],
            gate.cited if gate else (),
        ),
        tuple(inputs),
        version("chelate"),
    )


def _summary(
    results: Sequence[CheckResult], ids: Sequence[Anchor], scale: Scale
) -> tuple[SummaryRow, ...]:
    linked = ids if scale.detail != "row" else ()
    return summary_rows(results, linked, to_findings=scale.detail == "whole")


def _is_summed(table: Table | None) -> bool:
    return table is None or table.last > SUMMARISED_BEYOND


def _entries(
    results: Sequence[CheckResult], ids: Iterable[Anchor], names: Iterable[Named], scale: Scale
) -> Iterator[Entry]:
    """The products as lists name them; none where each has but a row."""
    for result, anchor, name in zip(results, ids, names, strict=True):
        if scale.detail != "row":
            drawn = bars.of_label(result) if scale.detail == "whole" else _of_verdict(result)
            sentence = carrying_sentence(result)
            yield Entry(anchor.section, name, result.verdict, sentence, drawn)


def _of_verdict(result: CheckResult) -> Bars:
    """The bar of the verdict alone, without figures on its scale: its words have them."""
    found = (bars.bar(judged, result) for judged in carrying(result)[:1])
    return Bars(tuple(replace(bar, ticks=()) for bar in found if bar), ())


def _table(results: Sequence[CheckResult], entries: tuple[Entry, ...]) -> Table:
    return Table(1, len(results), entries, compared(results))


def _sheets(table: Table) -> Iterator[Table]:
    """The table in sheets of as many products as fit abreast on paper."""
    for sheet in sheets(table.last):
        groups = on_sheet(table.groups, sheet)
        yield Table(sheet.start + 1, sheet.stop, table.products[sheet], groups)


def _outcomes(results: Sequence[CheckResult], entries: Sequence[Entry]) -> Iterator[Outcome]:
    """The verdicts that were given, the gravest first, each with its products."""
    counts = Counter(result.verdict for result in results)
    for verdict in sorted(counts, key=lambda v: v.rank):
        having = tuple(each for each in entries if each.verdict is verdict)
        yield Outcome(verdict, VERDICTS[verdict], counts[verdict], having)
