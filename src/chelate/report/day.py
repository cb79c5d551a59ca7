"""A day's stack -> its own page: sittings, totals beside limits, contributions, aims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chelate.formulate.day import Day
from chelate.formulate.words.day import (
    ALL_SOURCES,
    SUPPLEMENTS_ONLY,
    references,
    remarks,
    shown,
    totals_rows,
)
from chelate.formulate.words.day_working import (
    closing_heading,
    materials_working,
    shares_working,
    sum_working,
)
from chelate.report.day_aims import AimView, aim_view
from chelate.report.day_sittings import Sitting, Sum, from_one_product, sittings, sums
from chelate.report.made_data import day_data
from chelate.report.made_foot import Foot, Grid, foot, grid
from chelate.report.made_text import template
from chelate.report.pages import policy, stylesheet

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page of a day, every text as it is shown."""

    title: str
    stack: str
    market: str
    style: Markup
    policy: str
    data: Markup
    sittings: tuple[Sitting, ...]
    totals: Grid | None
    sums: tuple[Sum, ...]
    on_levels: tuple[str, ...]
    shared: tuple[Sum, ...]
    single: Grid | None
    aims: tuple[AimView, ...]
    remarks: tuple[str, ...]
    working: tuple[tuple[str, tuple[str, ...]], ...]
    foot: Foot


def stack_html(day: Day, *, title: str | None = None) -> str:
    """One self-contained page on a day: no network, no code, the same bytes always.

    >>> from chelate.formulate.day import day_of
    >>> from chelate.models.stack import Stack
    >>> day = day_of(Stack(stack="A & B", sittings=[{"when": "evening", "take": [
    ...     {"substance": "magnesium-bisglycinate", "amount": "1 g"}]}]))
    >>> "141.0 mg" in stack_html(day)
    True
    """
    return template("stack.html.j2").render(page=_page(day, title))


def _page(day: Day, title: str | None) -> Page:
    from markupsafe import Markup

    style, totals = stylesheet("style.css"), sums(day)
    alone, title = [*from_one_product(day)], title or day.stack.stack
    return Page(
        title=title,
        stack=day.stack.stack,
        market=day.stack.market,
        style=Markup(style),
        policy=policy(style),
        data=Markup(day_data(day, title=title)),
        sittings=sittings(day),
        totals=_totals(day),
        sums=totals,
        on_levels=tuple(_on_levels(day)),
        shared=tuple(each for each in totals if len(each.contributions) > 1),
        single=grid("single-table", "From one product alone", alone) if alone[1:] else None,
        aims=tuple(map(aim_view, day.aims)),
        remarks=remarks(day),
        working=tuple(_working(day)),
        foot=foot(shown(day), references(day)),
    )


def _totals(day: Day) -> Grid | None:
    return grid("totals-table", "Totals by sitting", totals_rows(day)) if day.totals else None


def _on_levels(day: Day) -> Iterator[str]:
    known = [level for total in day.totals for level in total.levels]
    if any(level.scope == "supplemental-only" for level in known):
        yield SUPPLEMENTS_ONLY
    if known:
        yield ALL_SOURCES


def _working(day: Day) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The arithmetic of every product, total, share and closing, under its heading."""
    for name, product in {each.name: each.product for each in day.taken}.items():
        lines = [
            line
            for dose, several in materials_working(product)
            for line in (*([dose] if dose else []), *several)
        ]
        yield name, tuple(lines)
    for total in day.totals:
        if lines := [*sum_working(total), *shares_working(total.day.mg, total.levels)]:
            yield f"{total.name}, over the day", tuple(lines)
    for aimed in day.aims:
        for closing in aimed.closings:
            shares = [
                line
                for change in closing.changes
                for line in shares_working(change.after_mg, change.levels)
            ]
            yield closing_heading(aimed, closing), (*closing.working, *shares)
