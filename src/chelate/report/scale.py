"""How much of each label a page holds: all of it, what carries its verdict, or one row.

A page stays under a megabyte, so that it opens at once and can be sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chelate.checker import CheckResult

LIMIT_BYTES = 1_000_000
SUMMARISED_BEYOND = 12
MOST_COLUMNS = 40
Detail = Literal["whole", "brief", "row"]

_SAMPLE = 6
_LEAST_BYTES: dict[Detail, tuple[int, int]] = {"whole": (4_000, 2_000), "brief": (2_000, 0)}
_ONCE = re.compile(
    r'<style>.*?</style>|<script>.*?</script>|<section [^>]*id="appendix".*?(?=<script)',
    re.DOTALL,
)

_WHOLE_IS = "the composition, the arithmetic of every claim, recipes, glycine and evidence too"
_BRIEF_IS = "its verdict, the label as printed, the findings and the proof of the verdict"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a page has of each label: its `detail`, and whether it has a column in the table."""

    detail: Detail
    columns: bool

    def of_sections(self) -> str:
        """What the sections of labels leave out, and how to have it; "" where they are whole.

        >>> Scale("whole", True).of_sections()
        ''
        """
        match self.detail:
            case "brief":
                return (
                    "So that the page stays under 1 MB, each label has a condensed section: "
                    f"{_BRIEF_IS}. A report on fewer labels has whole ones, with {_WHOLE_IS}."
                )
            case "row":
                return (
                    "A section for each of these labels would not fit a page of 1 MB: each has a "
                    f"row. A report on fewer labels has sections, with {_WHOLE_IS}."
                )
        return ""

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


def fitting(results: Sequence[CheckResult], made: Callable[..., str]) -> str:
    """The fullest page on these labels that is within the limit, else a row for each.

    `made(results, scale)` makes a page. What one of many labels would weigh is told from a page
    on a few of them, so that little is made in vain.
    """
    *fuller, last = _candidates(len(results))
    for scale in fuller:
        if _least_bytes(results, scale) > LIMIT_BYTES:
            continue
        if _expected_bytes(results, scale, made) <= LIMIT_BYTES:
            page = made(results, scale)
            if len(page.encode()) <= LIMIT_BYTES:
                return page
    return made(results, last)


def _least_bytes(results: Sequence[CheckResult], scale: Scale) -> int:
    """What the sections of these labels weigh at the very least."""
    of_label, of_claim = _LEAST_BYTES[scale.detail]
    return of_label * len(results) + of_claim * sum(len(result.judged) for result in results)


def _expected_bytes(
    results: Sequence[CheckResult], scale: Scale, made: Callable[..., str]
) -> float:
    """About what the page would weigh: nothing is told of one that is made at once."""
    count = len(results)
    if count <= SUMMARISED_BEYOND:
        return 0
    some = results[:: count // _SAMPLE]
    page = made(some, scale)
    once = sum(len(part.encode()) for part in _ONCE.findall(page))
    return once + (len(page.encode()) - once) / len(some) * count


def _candidates(count: int) -> Iterator[Scale]:
    details: tuple[Detail, ...] = ("whole", "brief")
    for detail in details:
        if count <= MOST_COLUMNS:
            yield Scale(detail, columns=True)
        if count > SUMMARISED_BEYOND:
            yield Scale(detail, columns=False)
    yield Scale("row", columns=False)
