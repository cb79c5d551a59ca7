"""The view model of the page: every text as it is shown, so that the template only lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

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
from chelate.report.scale import DETAILS, ROW, SUMMARISED_BEYOND, Detail, Scale
from chelate.report.summary import SummaryRow, summary_rows
from chelate.sentences import VERDICTS, WORDS, carrying, carrying_sentence

if TYPE_CHECKING:
    from chelate.report.gate.section import GateSection


SCRIPT = "comparison.js"
Home = Literal["", "row", "column", "glance"]
Kept = dict[tuple[Detail, int], Product | Brief]


@dataclass(frozen=True, slots=True)
class Entry:
    """A product as lists of the page name it, with the sentence and the bar of its verdict.

    `anchor` is the id that leads to it: that of its section, if `detail` is more than a row.
    """

    anchor: str
    detail: Detail
    name: Named
    verdict: Verdict
    sentence: str
    bars: Bars


@dataclass(frozen=True, slots=True)
class Outcome:
    """The products that have one verdict, and what the verdict means.

    `count` says how many; those that a page has no room for are the `rest`.
    """

    verdict: Verdict
    meaning: str
    count: int
    products: tuple[Entry, ...]
    rest: int


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
    condensed one in `briefs`, in that order. The id of a product without one stands at its
    `home`. `data` is what the page says, for machines.
    """

    title: str
    style: Markup
    script: Markup
    data: Markup
    policy: str
    sections: frozenset[str]
    count: int
    home: Home
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
    kept: Kept | None = None,
) -> Page:
    """The view model of a report on these results, in the order given.

    Nothing is made for sections that the page has not, nor for more than its scale allows.
    What is `kept` from another page on the same results is not made again.
    """
    ids, names = anchors(results), named(results)
    with_products, with_table = "products" in sections, "comparison" in sections
    held = scale.details if with_products else (ROW,) * len(results)
    made = tuple(_sections(held, {} if kept is None else kept, results, ids, names))
    products = tuple(each for each in made if isinstance(each, Product))
    briefs = tuple(each for each in made if isinstance(each, Brief))
    every = tuple(_entries(results, ids, names, scale))
    named_in_lists = (entry for entry in every if entry.detail != "row")
    entries = tuple(sorted(named_in_lists, key=lambda entry: DETAILS.index(entry.detail)))
    script = stylesheet(SCRIPT) if with_table and results else ""
    table = _table(results, every) if with_table and scale.columns and results else None
    is_summed = with_table and _is_summed(table, scale)
    home = _home(is_summed, table, sections)
    landing = [
        detail != "row" or home in ("row", "column") or (home == "glance" and entry in entries)
        for detail, entry in zip(held, every, strict=True)
    ]
    return Page(
        title,
        Markup(style),
        Markup(script),
        Markup(
            machine.embedded(
                results, title=title, details=scale.details, landing=landing, inputs=inputs
            )
        ),
        policy(style, *([script] if script else [])),
        frozenset(sections),
        len(results),
        home,
        scale.of_sections(rows=with_table) if with_products or with_table else "",
        scale.of_columns(len(results)),
        entries,
        products,
        briefs,
        tuple(_outcomes(results, entries)),
        table,
        tuple(_sheets(table)) if table and ON_PAPER < len(results) <= SUMMARISED_BEYOND else (),
        summary_rows(results, ids, held) if is_summed else (),
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


def _sections(
    details: Sequence[Detail],
    kept: Kept,
    results: Sequence[CheckResult],
    ids: Sequence[Anchor],
    names: Sequence[Named],
) -> Iterator[Product | Brief]:
    """The sections of the products that have one, in the order given."""
    for at, detail in enumerate(details):
        if detail != "row" and (detail, at) not in kept:
            make = product if detail == "whole" else brief
            kept[detail, at] = make(results[at], at + 1, ids[at], names[at])
        if detail != "row":
            yield kept[detail, at]


def _is_summed(table: Table | None, scale: Scale) -> bool:
    return table is None or table.last > SUMMARISED_BEYOND or "row" in scale.details


def _home(is_summed: bool, table: Table | None, sections: Collection[str]) -> Home:
    """Where the id of a product stands that has no section."""
    if is_summed:
        return "row"
    if table:
        return "column"
    return "glance" if "glance" in sections else ""


def _entries(
    results: Sequence[CheckResult], ids: Iterable[Anchor], names: Iterable[Named], scale: Scale
) -> Iterator[Entry]:
    """The products as lists name them; of those that no list names, what heads a column."""
    for result, anchor, name, detail in zip(results, ids, names, scale.details, strict=True):
        listed = detail != "row"
        drawn = bars.of_label(result) if detail == "whole" else _of_verdict(result, listed)
        sentence = carrying_sentence(result) if listed else ""
        yield Entry(anchor.section, detail, name, result.verdict, sentence, drawn)


def _of_verdict(result: CheckResult, listed: bool) -> Bars:
    """The bar of the verdict alone, without figures on its scale: its words have them."""
    found = (bars.bar(judged, result) for judged in carrying(result)[:listed])
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
        rest = counts[verdict] - len(having)
        yield Outcome(verdict, VERDICTS[verdict], counts[verdict], having, rest)
