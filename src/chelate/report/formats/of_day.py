"""The report on a day's stack in formats besides the page: Markdown, JSON, CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from chelate.formulate.day import Day, Total
from chelate.report.day import Page, day_page
from chelate.report.day.aims import AimView
from chelate.report.day.sittings import Brought, Sum
from chelate.report.document import written
from chelate.report.formats import Format, pieces
from chelate.report.formats.csv_text import Value, csv_of, ends
from chelate.report.formats.markdown import escaped
from chelate.report.inputs import InputFile
from chelate.report.made.data import day_data
from chelate.stoichiometry import Held

HEADER = ("stack", "id", "name", "sitting", "product", "mg", "least_mg", "most_mg",
          "share_of_day")  # fmt: skip
_OF = "what the stack, its recipes and labels state"


def day_text(
    form: Format,
    day: Day,
    *,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """The report on a day as text in a format; `sections` are of the Markdown alone.

    Raises:
        InputError: a section is none of the page's, or the title is empty.
    """
    page = day_page(day, title=title, sections=sections, inputs=inputs)
    match form:
        case "md":
            return pieces.joined(_blocks(page))
        case "json":
            data = day_data(day, title=page.title, inputs=inputs)
            return written(data | pieces.foot_json(page.foot))
        case "csv":
            return csv_of(HEADER, (row for total in day.totals for row in _rows(total, day)))


def _rows(total: Total, day: Day) -> Iterator[Sequence[Value]]:
    """The day, then each sitting, then each product; what a row is not of is blank."""
    yield _row(total, total.day, day, None, None)
    for when, held in total.sittings:
        yield _row(total, held, day, when, None)
    for each in total.contributions:
        yield _row(total, each.held, day, each.taken.when, each.taken.name)


def _row(
    total: Total, held: Held, day: Day, when: str | None, product: str | None
) -> Sequence[Value]:
    known = held.known or held.mg
    share = float(f"{held.mg / total.day.mg:.6g}") if total.day.mg and known else None
    figure = float(f"{held.mg:.6g}") if known else None
    named = (day.stack.stack, total.id, total.name, when, product)
    return (*named, figure, *ends(held.range_mg), share)


def _blocks(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    yield escaped(f"A day’s stack: {page.stack}") if page.title != page.stack else ""
    if "glance" in page.sections:
        yield pieces.bullets(_glance(page)) or "Nothing that the stack holds can be counted."
    if "sittings" in page.sections:
        yield from _sittings(page)
    if "totals" in page.sections and page.totals:
        yield from ("## Totals", pieces.table(page.totals))
    if "levels" in page.sections and page.on_levels:
        yield from _levels(page)
    if "contributions" in page.sections and page.totals:
        yield from _contributions(page)
    if "aims" in page.sections and page.aims:
        yield from ("## Aims", *(block for aim in page.aims for block in _aim(aim)))
    if "remarks" in page.sections and page.remarks:
        yield from ("## Remarks", pieces.bullets(page.remarks))
    if "working" in page.sections:
        yield from ("## Working", *pieces.worked(page.working))
    with_references = "references" in page.sections
    yield from pieces.ending(page.foot, page.inputs, of=_OF, with_references=with_references)


def _glance(page: Page) -> Iterator[str]:
    for aim in page.aims:
        found = pieces.ranged(aim.found, aim.range)
        yield f"Aim, {aim.words}, {aim.when}: {aim.outcome}, {found}"
    for each in page.sums:
        said = f", {each.outcome}" if each.outcome else ""
        yield f"{each.name} over the day: {pieces.ranged(each.day, each.range)}{said}"


def _sittings(page: Page) -> Iterator[str]:
    yield "## The day"
    for sitting in page.sittings:
        yield f"### {escaped(sitting.when)}"
        yield pieces.bullets(sitting.taken)
        yield _brought(sitting.brings) or "Nothing that is counted."


def _brought(several: Sequence[Brought]) -> str:
    rows = [(each.name, each.mass, each.range, each.share) for each in several]
    return pieces.rows(("", "brings", "range", "share"), rows) if rows else ""


def _levels(page: Page) -> Iterator[str]:
    yield "## Beside reference values and upper levels"
    for each in page.sums:
        if each.levels:
            yield f"### {_sum(each)} a day"
            yield pieces.levels(each.levels)
    yield pieces.bullets(page.on_levels)


def _sum(each: Sum) -> str:
    return escaped(f"{pieces.ranged(each.day, each.range)} {each.name}")


def _contributions(page: Page) -> Iterator[str]:
    yield "## What each product brings"
    for each in page.shared:
        yield f"### {_sum(each)}"
        yield _brought(each.contributions)
    yield pieces.table(page.single)


def _aim(aim: AimView) -> Iterator[str]:
    yield f"### {escaped(f'{aim.words}, {aim.when}')}"
    yield escaped(aim.source)
    yield pieces.outcome(aim.outcome, aim.sentence)
    for closing in aim.closings:
        yield pieces.outcome(closing.name, closing.sentence)
        for change in closing.changes:
            yield escaped(change.sum)
            yield pieces.levels(change.levels)
