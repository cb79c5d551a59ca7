"""A day's stack -> its own page: sittings, totals beside limits, contributions, aims."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
from chelate.report.day.aims import AimView, aim_view
from chelate.report.day.axis import Axis, day_axis
from chelate.report.day.sittings import Sitting, Sum, from_one_product, sittings, sums
from chelate.report.inert import embedded
from chelate.report.inputs import InputFile
from chelate.report.made.data import day_data
from chelate.report.made.foot import Foot, Grid, foot, grid
from chelate.report.opening import chosen, entitled
from chelate.report.pages import environment, landing, policy, styled

if TYPE_CHECKING:
    from markupsafe import Markup


SECTIONS = ("glance", "sittings", "totals", "levels", "contributions", "aims", "remarks",
            "working", "references")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page of a day, every text as it is shown; it has these `sections`."""

    title: str
    sections: frozenset[str]
    inputs: tuple[InputFile, ...]
    stack: str
    market: str
    style: Markup
    policy: str
    data: Markup
    sittings: tuple[Sitting, ...]
    axis: Axis | None
    totals: Grid | None
    sums: tuple[Sum, ...]
    on_levels: tuple[str, ...]
    shared: tuple[Sum, ...]
    single: Grid | None
    aims: tuple[AimView, ...]
    remarks: tuple[str, ...]
    working: tuple[tuple[str, tuple[str, ...]], ...]
    foot: Foot

    @property
    def has_bars(self) -> bool:
        """Whether a sitting brings a part of what the day does, which is drawn."""
        return any(each.bar for sitting in self.sittings for each in sitting.brings)


def stack_html(
    day: Day,
    *,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """One self-contained page on a day: no network, no code, the same bytes always.

    `sections` are those of `SECTIONS` that it has, all if none are named, `inputs` the files
    that its foot names with digests.

    Raises:
        InputError: a section is none of them, or the title is empty.

    >>> from chelate.formulate.day import day_of
    >>> from chelate.models.stack import Stack
    >>> day = day_of(Stack(stack="A & B", sittings=[{"when": "evening", "take": [
    ...     {"substance": "magnesium-bisglycinate", "amount": "1 g"}]}]))
    >>> "141.0 mg" in stack_html(day)
    True
    """
    page = day_page(day, title=title, sections=sections, inputs=inputs)
    return landing(environment().get_template("stack.html.j2").render(page=page))


def day_page(
    day: Day,
    *,
    title: str | None = None,
    sections: Collection[str] = (),
    inputs: Sequence[InputFile] = (),
) -> Page:
    """What the page of a day says, as `stack_html` and other formats show it."""
    from markupsafe import Markup

    alone, title = [*from_one_product(day)], entitled(title, otherwise=day.stack.stack)
    style, totals = styled(title, "made.css"), sums(day)
    return Page(
        title=title,
        sections=chosen(sections, known=SECTIONS, of="a stack"),
        inputs=tuple(inputs),
        stack=day.stack.stack,
        market=day.stack.market,
        style=Markup(style),
        policy=policy(style),
        data=Markup(embedded(day_data(day, title=title, inputs=inputs))),
        sittings=sittings(day),
        axis=day_axis([sitting.when for sitting in day.stack.sittings]),
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
