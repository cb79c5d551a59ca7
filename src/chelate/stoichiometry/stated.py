"""Shares as certificates print them: a figure, a range, a least or a most, each an interval."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.units import Percent, Unread, read_percent

Form = Literal["figure", "range", "at least", "at most"]

MOST_PRINTED = 110.0  # per cent: an assay is measured, and its limits may lie beyond the whole
_NUMBER = r"[0-9][0-9.,]*"
_ALL = Interval(1.0, 1.0)


def _limit(signs: str, words: str) -> str:
    """A sign, or words that no letter follows, with or without a full stop."""
    return rf"(?:{signs}|(?:{words})(?: of)?(?![^\W\d])\.?)"


_LEAST = _limit(
    ">=|=>|[≥⩾>]", "min(?:imum)?|at least|not less than|no less than|more than|above|over|nlt"
)
_MOST = _limit(
    "<=|=<|[≤⩽<]",
    "max(?:imum)?|at most|not more than|no more than|less than|below|under|up to|nmt",
)
_BEFORE = re.compile(rf"\s*(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*", re.I)
_AFTER = re.compile(r"(?:(?P<least>min(?:imum)?)|(?P<most>max(?:imum)?))(?![^\W\d])\.?", re.I)
_RANGE = re.compile(
    rf"\s*(?P<low>{_NUMBER})\s*%?\s*(?:[-\u2010-\u2014\u2212]|to\b)"
    rf"\s*(?P<high>{_NUMBER})\s*%(?P<words>.*)",
    re.DOTALL | re.I,
)
_LIMITS = re.compile(
    rf"\s*{_LEAST}\s*(?P<low>{_NUMBER})\s*%?\s*(?:[,;]|and\b)?"
    rf"\s*{_MOST}\s*(?P<high>{_NUMBER})\s*%(?P<words>.*)",
    re.DOTALL | re.I,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated share of a material, 0-1: the figure to count with, and what it stands for.

    The figure of a range is its middle, that of "at least" its least; of "at most" nothing
    is sure, and the figure is zero. One figure stands for half a unit of its last digit
    either way; ends that are printed are taken as such, and none is beyond the whole.
    `rounded_low` is the least that the printed digits may mean, `beyond` says that more than
    the whole is printed. Of a share of a share, `of` is what it is stated of and `figure` how
    much of that is counted: 0.95 of a material with at most 5 % water.
    """

    fraction: float
    low: float
    high: float
    rounded_low: float
    form: Form = "figure"
    beyond: bool = False
    of: Interval = _ALL
    figure: float = 1.0

    @property
    def is_open(self) -> bool:
        """Whether it stands for more than one number."""
        return self.low < self.high

    @property
    def figures(self) -> tuple[float, ...]:
        """The figure, then the ends that differ from it."""
        return tuple(dict.fromkeys((self.fraction, self.low, self.high)))

    def below(self, most: float) -> Stated:
        """The same where no more than `most` is possible; a single figure stays printed."""
        high = min(self.high, most)
        cut = self.form == "range" and most < self.high
        middle = self._middle_below(most) if cut else self.fraction
        low, high = min(self.low, middle), max(high, middle)
        return replace(self, fraction=middle, low=low, high=high, beyond=False)

    def _middle_below(self, most: float) -> float:
        """The middle of a range that ends at `most`, as it is stated, and so much of it."""
        return (self.low / self.of.low + most / self.of.high) / 2 * self.figure

    def times(self, share: Interval, figure: float) -> Stated:
        """A share of this share: `figure` of it, which stands for an interval."""
        return Stated(
            self.fraction * figure,
            self.low * share.low,
            self.high * share.high,
            self.rounded_low * share.low,
            self.form,
            of=Interval(self.of.low * share.low, self.of.high * share.high),
            figure=self.figure * figure,
        )

    def counted_as_most(self) -> Stated:
        """The same where the most is what promises least: water, of which no more is there."""
        return replace(self, fraction=self.high) if self.form == "at most" else self


WHOLE = Stated(1.0, 1.0, 1.0, 1.0)
NOTHING = Stated(0.0, 0.0, 0.0, 0.0)


def read_stated(
    text: str, what: str, example: str, *, zero: bool = False, measured: bool = False
) -> tuple[Stated, str]:
    """A share at the start of a text, and what follows it.

    A figure "13 %", a range "13.5-14.1 %" or "NLT 98.0 % and NMT 102.0 %", a least
    "min. 98.5 %", a most "max 5 %" or "5 % max". `zero` says that the share may be none.

    Raises:
        InputError: there is no percentage, or it is not above 0 and at most 100 %; the upper
            end of a range, and a figure that is `measured`, may be up to 110 %, which is
            then 100 %.

    >>> read_stated("NMT 5.0 %", "a content", "5 %")[0].high
    0.05
    >>> stated, words = read_stated("98.0-102.0 % magnesium oxide", "an assay", "98 %")
    >>> (stated.low, stated.high), words
    ((0.98, 1.0), 'magnesium oxide')
    """
    expected = _Expected(text.strip(), what, example, zero)
    if found := _RANGE.fullmatch(text) or _LIMITS.fullmatch(text):
        low = expected.percent(f"{found['low']}%", least=0.0)
        high = expected.percent(f"{found['high']}%", most=MOST_PRINTED)
        if low.value > high.value:
            raise InputError(
                f'found "{text.strip()}", expected a range from the lower to the higher share'
            )
        return _range(low, high), _words(found["words"])
    before = _BEFORE.match(text)
    number, sign, rest = text[before.end() if before else 0 :].partition("%")
    after, words = _limit_after(_words(rest))
    if before and after:
        raise expected.error()
    most = MOST_PRINTED if measured and not (before or after) else 100.0
    percent = expected.percent(f"{number}{sign}", most=most)
    return _limited(percent, before or after), words


def _limit_after(words: str) -> tuple[re.Match[str] | None, str]:
    """The limit that stands first or last in what follows a figure, and the rest of that."""
    for found in _AFTER.finditer(words):
        rest = words[: found.start()], words[found.end() :]
        if not all(map(str.strip, rest)):
            return found, _words("".join(rest))
    return None, words


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a text should say, for its messages."""

    text: str
    what: str
    example: str
    zero: bool

    def percent(self, printed: str, *, least: float | None = None, most: float = 100) -> Percent:
        percent = read_percent(printed)
        if "%" not in printed or not isinstance(percent, Percent) or percent.operator == "<":
            raise self.error(
                f" ({percent})" if isinstance(percent, Unread) and percent.offset else ""
            )
        is_zero = percent.value == 0 and (self.zero or least == 0.0)
        if not (is_zero or 0 < percent.value <= most):
            ends = "at most 100 %" if self.zero else "above 0 and at most 100 %"
            ends += f" (a measured one up to {most:g} %)" if most > 100 else ""
            raise InputError(f'found "{self.text}", expected {self.what} {ends}')
        return percent

    def error(self, why: str = "") -> InputError:
        return InputError(f'found "{self.text}"{why}, expected {self.what} such as {self.example}')


def _words(rest: str) -> str:
    return rest.strip(" ,;()")


def _limited(percent: Percent, limit: re.Match[str] | None) -> Stated:
    if not percent.value:
        return NOTHING
    share = min(1.0, percent.value / 100)
    if limit is None:
        low, high = (min(1.0, end / 100) for end in (percent.interval.low, percent.interval.high))
        return Stated(share, low, high, low, beyond=percent.value > 100)
    if limit["least"]:
        return Stated(share, share, 1.0, percent.interval.low / 100, "at least")
    return Stated(0.0, 0.0, share, 0.0, "at most")


def _range(low: Percent, high: Percent) -> Stated:
    least, most = low.value / 100, min(1.0, high.value / 100)
    rounded = low.interval.low / 100
    beyond = high.value > 100
    return Stated((least + most) / 2, least, most, rounded, "range", beyond)
