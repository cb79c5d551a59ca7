"""The sittings of a day on an axis of its hours, as far as their words tell a clock time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chelate.report.made.bars import at

_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)\s*(?P<half>[ap]\.?m)?"
    r"|\s*(?P<bare>[ap]\.?m))(?![\d:])",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:before|after|until|till|by|between|around|from)\b", re.IGNORECASE)
_DAY_MIN, _STEP_MIN, _APART_MIN = 24 * 60, 6 * 60, 80
_LINE_PX, _FIRST_PX = 16, 24


@dataclass(frozen=True, slots=True)
class Mark:
    """A sitting at its time, `at` so many percent of the day.

    `number` is its place among the sittings, counted from one; `line` is the row, from below,
    on which it stands so that none lies on another.
    """

    at: float
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours of a day, the sittings at theirs, and in words what it shows; lengths in pixels."""

    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    described: str
    left_out: tuple[str, ...]

    @property
    def base(self) -> int:
        """The place of the line under all marks."""
        return _FIRST_PX + _LINE_PX * max(mark.line for mark in self.marks)

    def top(self, mark: Mark) -> int:
        """How far down a mark begins, in pixels."""
        return self.base - 8 - _LINE_PX * mark.line


def day_axis(sittings: Sequence[str]) -> Axis | None:
    """The axis of a day with these sittings, None unless two of them have a time of their own."""
    times = {index: found for index, when in enumerate(sittings) if (found := minutes(when)) >= 0}
    if len(set(times.values())) < 2:
        return None
    ordered = sorted(times, key=lambda index: times[index])
    said = "; ".join(f"{_clock(times[index])} {sittings[index]}" for index in ordered)
    ticks = range(0, _DAY_MIN + 1, _STEP_MIN)
    return Axis(
        _marks([(times[index], index + 1) for index in ordered]),
        tuple((at(minute, _DAY_MIN), _clock(minute)) for minute in ticks),
        f"The sittings by the hours of the day: {said}.",
        tuple(when for index, when in enumerate(sittings) if index not in times),
    )


def minutes(when: str) -> int:
    """Minutes after midnight that the words of a sitting tell, -1 where they tell no one time.

    >>> minutes("08:30, with food"), minutes("7 pm"), minutes("before 22:00"), minutes("morning")
    (510, 1140, -1, -1)
    """
    found = list(_CLOCK.finditer(when))
    if len(found) != 1 or _RELATIVE.search(when):
        return -1
    return _minutes(found[0])


def _minutes(found: re.Match[str]) -> int:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or found["bare"] or "").lower()
    if half:
        hour = hour % 12 + 12 * half.startswith("p") if 1 <= hour <= 12 else 24
    total = hour * 60 + minute
    return total if total < _DAY_MIN else -1


def _marks(times: Sequence[tuple[int, int]]) -> tuple[Mark, ...]:
    """The marks from the left, each on the lowest line where there is room for its number."""
    found: list[Mark] = []
    last: list[int] = []
    for minute, number in times:
        lines = (line for line, taken in enumerate(last) if minute - taken >= _APART_MIN)
        line = next(lines, len(last))
        last[line : line + 1] = [minute]
        found.append(Mark(at(minute, _DAY_MIN), number, line))
    return tuple(found)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
