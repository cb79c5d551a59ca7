"""How much of each label a page holds: all of it, what carries its verdict, or one row.

A page stays under a megabyte, so that it opens at once and can be sent. Where whole sections
of all labels would not fit, it is filled: impossible and doubtful labels have theirs first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from chelate.checker import CheckResult
from chelate.findings import Verdict

LIMIT_BYTES = 1_000_000
SUMMARISED_BEYOND = 12
MOST_COLUMNS = 40
Detail = Literal["whole", "brief", "row"]
DETAILS: tuple[Detail, ...] = ("whole", "brief", "row")
WHOLE, _, ROW = DETAILS

_FIRST = (Verdict.IMPOSSIBLE, Verdict.DOUBTFUL)
_SAMPLE = 6
_TRIES = 4
_AIM = 0.98
_FULL = 0.93
_LEAST_BYTES = 4_000
_LEAST_BYTES_OF_CLAIM = 2_000
_ONCE = re.compile(
    r'<style>.*?</style>|<script>.*?</script>|<section [^>]*id="appendix".*?(?=<script)',
    re.DOTALL,
)

_WHOLE_IS = "the composition, the arithmetic of every claim, recipes, glycine and evidence too"
_BRIEF_IS = "its verdict, the label as printed, the findings and the proof of the verdict"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a page has of each label, in their order, and whether they have columns in a table.

    `over` says that a row for each is more than the limit already.
    """

    details: tuple[Detail, ...]
    columns: bool
    over: bool = False

    @property
    def least(self) -> Detail:
        """What the page has of every label at the least."""
        return max(self.details, key=DETAILS.index, default="whole")

    def of_sections(self, *, rows: bool = True) -> str:
        """What the sections of labels leave out, and how to have it; "" where they are whole.

        Without `rows` the page has nothing of a label that has no section.

        >>> Scale(("whole", "whole"), True).of_sections()
        ''
        """
        if self.least == "whole":
            return ""
        if set(self.details) == {"row"}:
            return f"{self._without(rows)} A report on fewer labels has sections, with {_WHOLE_IS}."
        held = (
            "each label has a condensed section: " + _BRIEF_IS
            if set(self.details) == {"brief"}
            else self._shared(rows)
        )
        return (
            f"So that the page stays under 1 MB, {held}. A report on fewer labels has whole ones, "
            f"with {_WHOLE_IS}."
        )

    def _without(self, rows: bool) -> str:
        each = "each has a row" if rows else "it has none"
        over = ", and even the rows are more than that" if self.over and rows else ""
        return f"A section for each of these labels would not fit a page of 1 MB: {each}{over}."

    def _shared(self, rows: bool) -> str:
        """How many labels have what, of those that do not all have the same."""
        whole, brief, row = map(self.details.count, DETAILS)
        parts = [f"whole sections of {whole}"] * bool(whole)
        parts += [f"condensed ones of {brief} ({_BRIEF_IS})"] * bool(brief)
        parts += [f"{'a row alone' if rows else 'nothing'} of {row}"] * bool(row)
        return (
            f"it has, of its {len(self.details):,} labels, {', '.join(parts[:-1])} and "
            f"{parts[-1]}; impossible and doubtful labels have theirs first"
        )

    def of_columns(self, count: int) -> str:
        """Which of so many labels do not stand side by side, and how to have them do so."""
        if not self.columns:
            return (
                "The labels do not stand side by side in columns here: a report on up to "
                f"{SUMMARISED_BEYOND} labels has them so, and one on up to {MOST_COLUMNS} where it "
                "stays under 1 MB."
            )
        if count > SUMMARISED_BEYOND:
            return (
                f"On paper each label has its row; up to {SUMMARISED_BEYOND} that are chosen on "
                "the screen are printed side by side too."
            )
        return ""


def all_of(detail: Detail, count: int, *, columns: bool) -> Scale:
    """The same of every one of so many labels."""
    return Scale((detail,) * count, columns)


def fitting(results: Sequence[CheckResult], made: Callable[..., str]) -> str:
    """The fullest page on these labels that is within the limit, else a row for each.

    `made(results, scale)` makes a page. What one of many labels would weigh is told from a page
    on a few of them, so that little is made in vain.
    """
    count = len(results)
    for scale in _whole(count):
        if _least_bytes(results) > LIMIT_BYTES:
            break
        if _expected_bytes(results, scale, made) <= LIMIT_BYTES:
            page = made(results, scale)
            if _bytes(page) <= LIMIT_BYTES:
                return page
    rows, page = _rows(results, made)
    return _filled(results, made, rows, page) if _bytes(page) <= LIMIT_BYTES else page


def _whole(count: int) -> Iterator[Scale]:
    """Whole sections of all labels, columns where there may be any first."""
    if count <= MOST_COLUMNS:
        yield all_of("whole", count, columns=True)
    if count > SUMMARISED_BEYOND:
        yield all_of("whole", count, columns=False)


def _rows(results: Sequence[CheckResult], made: Callable[..., str]) -> tuple[Scale, str]:
    """The least that a page has of these labels, and that page, whatever it weighs."""
    count = len(results)
    if count <= SUMMARISED_BEYOND:
        scale = all_of("row", count, columns=True)
        page = made(results, scale)
        if _bytes(page) <= LIMIT_BYTES:
            return scale, page
    scale = all_of("row", count, columns=False)
    over = _expected_bytes(results, scale, made) > LIMIT_BYTES
    page = made(results, replace(scale, over=over))
    if (_bytes(page) > LIMIT_BYTES) != over:
        page = made(results, replace(scale, over=not over))
    return scale, page


def _filled(
    results: Sequence[CheckResult], made: Callable[..., str], scale: Scale, page: str
) -> str:
    """The page of rows with as many sections as it has room for."""
    steps = tuple(_steps(results))
    weights = _weights(results, made, scale)
    told = tuple(accumulate((weights[detail] for _, detail in steps), initial=0.0))
    base, best, correction = _bytes(page), page, 1.0
    fits, too_many = 0, len(steps) + 1
    for _ in range(_TRIES):
        room = (LIMIT_BYTES * _AIM - base) / correction
        taken = min(sum(weight <= room for weight in told) - 1, too_many - 1)
        if taken <= fits:
            break
        page = made(results, _stepped(scale, steps[:taken]))
        correction = (_bytes(page) - base) / told[taken]
        if _bytes(page) > LIMIT_BYTES:
            too_many = taken
            continue
        best, fits = page, taken
        if _bytes(page) >= LIMIT_BYTES * _FULL:
            break
    return best


def _steps(results: Sequence[CheckResult]) -> Iterator[tuple[int, Detail]]:
    """What a page of rows has more of, and of which label, as long as there is room.

    Condensed sections, then whole ones, of impossible and doubtful labels; then of the others.
    """
    ranked = sorted(range(len(results)), key=lambda at: results[at].verdict.rank)
    for is_first in (True, False):
        group = [at for at in ranked if (results[at].verdict in _FIRST) == is_first]
        for detail in DETAILS[1::-1]:
            yield from ((at, detail) for at in group)


def _stepped(scale: Scale, steps: Sequence[tuple[int, Detail]]) -> Scale:
    details = list(scale.details)
    for at, detail in steps:
        details[at] = detail
    return replace(scale, details=tuple(details))


def _weights(
    results: Sequence[CheckResult], made: Callable[..., str], scale: Scale
) -> dict[Detail, float]:
    """About what a condensed section weighs more than a row, and a whole one than that."""
    some = _some(results)
    whole, brief, row = (
        _bytes(made(some, all_of(detail, len(some), columns=scale.columns))) for detail in DETAILS
    )
    more: dict[Detail, int] = {"brief": brief - row, "whole": whole - brief}
    return {detail: max(1, weight) / len(some) for detail, weight in more.items()}


def _some(results: Sequence[CheckResult]) -> Sequence[CheckResult]:
    return results[:: max(1, len(results) // _SAMPLE)]


def _least_bytes(results: Sequence[CheckResult]) -> int:
    """What whole sections of these labels weigh at the very least."""
    claims = sum(len(result.judged) for result in results)
    return _LEAST_BYTES * len(results) + _LEAST_BYTES_OF_CLAIM * claims


def _expected_bytes(
    results: Sequence[CheckResult], scale: Scale, made: Callable[..., str]
) -> float:
    """About what the page would weigh: nothing is told of one that is made at once."""
    count = len(results)
    if count <= SUMMARISED_BEYOND:
        return 0
    some = _some(results)
    page = made(some, all_of(scale.least, len(some), columns=scale.columns))
    once = sum(map(_bytes, _ONCE.findall(page)))
    return once + (_bytes(page) - once) / len(some) * count


def _bytes(text: str) -> int:
    return len(text.encode())
