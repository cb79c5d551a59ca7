"""The aims of a day: what becomes of each, and what each way to close a gap would bring."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.figures import open_range
from chelate.formulate.day import Aimed, Change, Closing
from chelate.formulate.words.day import aim_outcome, closing_sentence
from chelate.intervals import Interval
from chelate.report.made.bars import Bar, Level, bar, levels

SHAPES = {
    "reached": "consistent",
    "reached in part of the range": "cannot-tell",
    "missed": "doubtful",
    "not known": "cannot-tell",
}
_ROOM = 1.04


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The day's total of an element after a gap is closed, beside reference values and levels."""

    sum: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class ClosingView:
    """A way to close a gap, and the totals of elements that it changes."""

    name: str
    sentence: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class AimView:
    """An aim, what the day brings of it, and the ways to close its gap."""

    words: str
    when: str
    source: str
    found: str
    range: str
    outcome: str
    shape: str
    sentence: str
    bar: Bar
    closings: tuple[ClosingView, ...]


def aim_view(aimed: Aimed) -> AimView:
    """An aim as it is shown."""
    found = aimed.found
    most_mg = max(aimed.at_least_mg, found.range_mg.high) * _ROOM
    return AimView(
        f"at least {aimed.least} {found.name}",
        aimed.when or "over the day",
        aimed.aim.source or "",
        found.text,
        open_range(found.range_mg, found.unit),
        aimed.outcome,
        SHAPES[aimed.outcome],
        aim_outcome(aimed),
        bar(found.mg, found.range_mg, most_mg, line=aimed.at_least_mg),
        tuple(_closing(each, aimed) for each in aimed.closings),
    )


def _closing(closing: Closing, aimed: Aimed) -> ClosingView:
    more = "more " if closing.product else ""
    name = f"With {closing.name} itself" if closing.free else f"With {more}{closing.name}"
    return ClosingView(name, closing_sentence(closing, aimed), tuple(map(_change, closing.changes)))


def _change(change: Change) -> ChangeView:
    point = Interval(change.after_mg, change.after_mg)
    return ChangeView(change.words, levels(change.after_mg, point, change.levels))
