"""A day as its sittings, and as what each product brings to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate.figures import open_range, percent
from chelate.formulate.day import Contribution, Day, Total
from chelate.formulate.words.day import item_words
from chelate.intervals import Interval
from chelate.report.made.bars import Bar, Level, bar, levels
from chelate.stoichiometry import Held


@dataclass(frozen=True, slots=True)
class Brought:
    """What a sitting or a product brings of a nutrient or moiety, and of the day's the share.

    All and none of it are words alone; a share between them is a bar too.
    """

    name: str
    mass: str
    range: str
    share: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time of day: what is taken then, and what it brings."""

    when: str
    taken: tuple[str, ...]
    brings: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of the day: beside levels, and by the products that bring it."""

    name: str
    day: str
    range: str
    levels: tuple[Level, ...]
    outcome: str
    shape: str
    contributions: tuple[Brought, ...]


def sittings(day: Day) -> tuple[Sitting, ...]:
    """The sittings in the order of the stack."""
    return tuple(
        Sitting(
            sitting.when,
            tuple(item_words(each) for each in day.taken if each.when == sitting.when),
            tuple(_brought_at(sitting.when, day)),
        )
        for sitting in day.stack.sittings
    )


def _brought_at(when: str, day: Day) -> Iterator[Brought]:
    for total in day.totals:
        held = total.at(when)
        if held.range_mg.high:
            yield _brought(total.name, held, total)


def _brought(name: str, held: Held, total: Total) -> Brought:
    share = held.mg / total.day.mg if total.day.mg else 0.0
    drawn = bar(share, Interval(share, share), 1.0) if 0 < share < 1 else None
    said = "all of the day’s" if held.mg == total.day.mg else f"{percent(share)} of the day’s"
    said = said if held.mg or held.known else ""
    return Brought(name, held.text, open_range(held.range_mg, held.unit), said, drawn)


def sums(day: Day) -> tuple[Sum, ...]:
    """The totals, in the order of the catalogue."""
    return tuple(map(_sum, day.totals))


def _sum(total: Total) -> Sum:
    shown = levels(total.day.mg, total.day.range_mg, total.levels)
    outcome, shape = _outcome(total, shown)
    return Sum(
        total.name,
        total.day.text,
        open_range(total.day.range_mg, total.day.unit),
        shown,
        outcome,
        shape,
        tuple(_brought(_from(each), each.held, total) for each in total.contributions),
    )


def from_one_product(day: Day) -> Iterator[tuple[str, ...]]:
    """A head, then a row for each total that one product brings at one sitting."""
    yield "", "product", "a day", "range"
    for total in day.totals:
        if len(total.contributions) == 1:
            product = _from(total.contributions[0])
            ends = open_range(total.day.range_mg, total.day.unit)
            yield total.name, product, total.day.text, ends


def _from(contribution: Contribution) -> str:
    return f"{contribution.taken.name}, {contribution.taken.when}"


def _outcome(total: Total, shown: tuple[Level, ...]) -> tuple[str, str]:
    """How many upper levels the day exceeds, and the shape that says so; nothing without any."""
    count = sum(level.kind == "UL" for level in total.levels)
    if not count:
        return "", ""
    whole = sum(level.outcome == "exceeds" for level in shown)
    part = sum(bool(level.outcome) for level in shown) - whole
    of = f"of {count} upper level{'s' * (count != 1)}"
    if not whole and not part:
        return f"exceeds none {of}", "consistent"
    if not whole:
        return f"exceeds {part} {of} in part of the range", "cannot-tell"
    more = f", and {part} in part of the range" if part else ""
    return f"exceeds {whole} {of}{more}", "doubtful"
