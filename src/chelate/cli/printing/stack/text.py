"""The output of `chelate stack` for people: the day by sitting, by product, and by aim."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import compress, zip_longest

from chelate.cli.printing.footer import WIDTH, caution_lines, footer
from chelate.cli.printing.stack.aims import aim_lines
from chelate.cli.printing.stack.rows import Row
from chelate.cli.printing.stack.working import working_of
from chelate.cli.printing.yields.serving import level_row
from chelate.cli.printing.yields.tables import aligned
from chelate.figures import open_range, percent
from chelate.formulate.day import Contribution, Day, Total
from chelate.formulate.words.day import (
    ALL_SOURCES,
    SUPPLEMENTS_ONLY,
    exceeds,
    item_words,
    references,
    remarks,
    shown,
    totals_rows,
)
from chelate.stoichiometry import Held

_HEAD_WIDTH = 14


def lines_of(day: Day, *, show_working: bool = False) -> Iterator[str]:
    """The lines of the output, cautions and what was used at the end."""
    ids = shown(day)
    blocks = [
        _head(day), _table(day), _contributions(day), _limits(day), *map(aim_lines, day.aims),
        _remarks(day), working_of(day) if show_working else (), caution_lines(ids),
        footer(ids, references=references(day)),
    ]  # fmt: skip
    for index, block in enumerate(filter(None, map(list, blocks))):
        yield from ("", *block) if index else block


def _head(day: Day) -> Iterator[str]:
    count = len(day.stack.sittings)
    yield f"{day.stack.stack}: {count} sitting{'s' * (count != 1)} a day"
    for sitting in day.stack.sittings:
        yield f"  {sitting.when}"
        yield from (f"    {item_words(each)}" for each in day.taken if each.when == sitting.when)


def _table(day: Day) -> Iterator[str]:
    """A line for each nutrient and moiety, a column for each sitting and for the day."""
    if not day.totals:
        yield "Nothing that the stack holds can be counted."
        return
    head, *rows = totals_rows(day)
    used = [any(column) for column in zip(*rows, strict=True)]
    yield from aligned(
        [*_headed(compress(head, used)), *(tuple(compress(row, used)) for row in rows)]
    )


def _headed(head: Iterable[str]) -> Iterator[Row]:
    """The words above columns, over as many lines as they take."""
    wrapped = [textwrap.wrap(words, _HEAD_WIDTH) or [""] for words in head]
    yield from zip_longest(*wrapped, fillvalue="")


def _contributions(day: Day) -> Iterator[str]:
    rows = [row for total in day.totals for row in _by_product(total)]
    if rows:
        yield from aligned([("What each product brings", "", "range", "of the day"), *rows])


def _by_product(total: Total) -> Iterator[Row]:
    """A line for the total, each sitting and each product; one for all where they are one."""
    if len(total.contributions) == 1:
        only = total.contributions[0]
        yield _brought(f"{total.name}: {_name(only)}, {only.taken.when}", total.day, total)
        return
    yield total.name, total.day.text, open_range(total.day.range_mg, total.day.unit), ""
    for when, held in total.sittings:
        own = [each for each in total.contributions if each.taken.when == when]
        if len(own) == 1:
            yield _brought(f"  {when}: {_name(own[0])}", held, total)
            continue
        yield _brought(f"  {when}", held, total)
        yield from (_brought(f"    {_name(each)}", each.held, total) for each in own)


def _name(contribution: Contribution) -> str:
    return contribution.taken.name


def _brought(words: str, held: Held, total: Total) -> Row:
    share = percent(held.mg / total.day.mg) if total.day.mg else ""
    return words, held.text, open_range(held.range_mg, held.unit), share


def _limits(day: Day) -> Iterator[str]:
    known = [total for total in day.totals if total.levels]
    for total in known:
        yield f"{total.day.text} {total.name} a day, beside the values for adults"
        rows = [(*level_row(level), exceeds(total, level)) for level in total.levels]
        yield from (f"  {line}" for line in aligned(rows, left=(0, 3)))
    scopes = {level.scope for total in known for level in total.levels}
    if "supplemental-only" in scopes:
        yield from textwrap.wrap(SUPPLEMENTS_ONLY, WIDTH)
    if known:
        yield from textwrap.wrap(ALL_SOURCES, WIDTH)


def _remarks(day: Day) -> Iterator[str]:
    for remark in remarks(day):
        yield from textwrap.wrap(remark, WIDTH, initial_indent="* ", subsequent_indent="  ")
