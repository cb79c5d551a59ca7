"""Shares of a material as certificates print them: assay, moisture, potency, content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chelate.catalogue.words import normalise
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import constituent_of
from chelate.units import Percent, Unread, read_percent

Form = Literal["figure", "range", "at least"]

_LEAST = re.compile(
    r"\s*(?:>=|=>|[≥⩾>]|(?:min(?:imum)?|at least|not less than|nlt)(?![^\W\d])\.?)\s*", re.I
)
_RANGE = re.compile(
    r"\s*(?P<low>[0-9][0-9.,]*)\s*%?\s*(?:[-\u2010-\u2014\u2212]|to\b)"
    r"\s*(?P<high>[0-9][0-9.,]*)\s*%(?P<words>.*)",
    re.DOTALL | re.I,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated share of a material, 0-1: the figure to count with, and what it stands for.

    The figure of a range is its middle, that of "at least" its least. One figure stands
    for half a unit of its last digit either way; ends that are printed are taken as such.
    `rounded_low` is the least that the printed digits may mean.
    """

    fraction: float
    low: float
    high: float
    rounded_low: float
    form: Form = "figure"

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
        middle = (self.low + high) / 2 if cut else self.fraction
        return Stated(middle, min(self.low, middle), max(high, middle), self.rounded_low, self.form)

    def times(self, share: Interval, figure: float) -> Stated:
        """A share of this share: `figure` of it, which stands for an interval."""
        return Stated(
            self.fraction * figure,
            self.low * share.low,
            self.high * share.high,
            self.rounded_low * share.low,
            self.form,
        )


ASSAYS = '"13 % magnesium", "13.5-14.1 % magnesium" or "98.5 %"'
WHOLE = Stated(1.0, 1.0, 1.0, 1.0)
NOTHING = Stated(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Assay:
    """A stated content of the material as weighed.

    `of` is the nutrient or moiety that it counts, None for the named compound itself;
    `moisture` is what was allowed for because the assay is of the dried material.
    """

    text: str
    stated: Stated
    of: str | None
    moisture: float = 0.0


def read_stated(text: str, what: str, example: str) -> tuple[Stated, str]:
    """A share at the start of a text ("13 %", "13.5-14.1 %", "min. 98.5 %"), and what follows.

    Raises:
        InputError: there is no percentage, or it is not above 0 and at most 100 %.
    """
    expected = _Expected(text.strip(), what, example)
    if found := _RANGE.fullmatch(text):
        low = expected.percent(f"{found['low']}%")
        high = expected.percent(f"{found['high']}%")
        if low.value > high.value:
            raise InputError(
                f'found "{text.strip()}", expected a range from the lower to the higher share'
            )
        return _range(low, high), _words(found["words"])
    least = _LEAST.match(text)
    number, sign, words = text[least.end() if least else 0 :].partition("%")
    percent = expected.percent(f"{number}{sign}")
    return (_at_least(percent) if least else _figure(percent)), _words(words)


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a text should say, for its messages."""

    text: str
    what: str
    example: str

    def percent(self, printed: str) -> Percent:
        percent = read_percent(printed)
        if "%" not in printed or not isinstance(percent, Percent) or percent.operator == "<":
            why = f" ({percent})" if isinstance(percent, Unread) and percent.offset else ""
            raise InputError(
                f'found "{self.text}"{why}, expected {self.what} such as {self.example}'
            )
        if not 0 < percent.value <= 100:
            raise InputError(f'found "{self.text}", expected {self.what} above 0 and at most 100 %')
        return percent


def _words(rest: str) -> str:
    return rest.strip(" ,;()")


def _figure(percent: Percent) -> Stated:
    low, high = percent.interval.low / 100, min(1.0, percent.interval.high / 100)
    return Stated(percent.value / 100, low, high, low)


def _range(low: Percent, high: Percent) -> Stated:
    middle = (low.value + high.value) / 200
    rounded = low.interval.low / 100
    return Stated(middle, low.value / 100, high.value / 100, rounded, "range")


def _at_least(percent: Percent) -> Stated:
    least = percent.value / 100
    return Stated(least, least, 1.0, percent.interval.low / 100, "at least")


def read_share(text: str | None, what: str, example: str) -> Stated:
    """A share of the whole material, which names nothing; the whole where none is stated."""
    if text is None:
        return WHOLE
    stated, words = read_stated(text, what, example)
    if words:
        raise InputError(f'found "{text.strip()}", expected {what} such as {example}')
    return stated


def read_moisture(text: str | None) -> Stated:
    """The water that a material loses on drying; none where none is stated.

    >>> read_moisture("4 %").low, read_moisture("0 %").high
    (0.035, 0.0)
    """
    if text is None:
        return NOTHING
    number, sign, rest = text.partition("%")
    if sign and not rest.strip() and number.strip() and not number.strip().strip("0."):
        return NOTHING
    wet = read_share(text, "a moisture", '"4 %"')
    if wet.form == "at least" or wet.fraction >= 1:
        raise InputError(f'found "{text.strip()}", expected a moisture such as "4 %"')
    return wet


def read_assay(text: str, *, dried: bool, moisture: Stated, itself: Iterable[str] = ()) -> Assay:
    """The assay that a text states, as weighed; `moisture` is allowed for where it is dried.

    An assay of the material `itself`, by one of its names, is its purity.

    >>> assay = read_assay("13.5-14.1 % magnesium", dried=False, moisture=NOTHING)
    >>> assay.of, round(assay.stated.fraction, 3), assay.stated.high
    ('magnesium', 0.138, 0.141)
    """
    stated, words = read_stated(text, "an assay", ASSAYS)
    taken_off = moisture if dried else NOTHING
    dry = Interval(1 - taken_off.high, 1 - taken_off.low)
    return Assay(
        text.strip(),
        stated.times(dry, 1 - taken_off.fraction),
        _counted(words, itself) if words else None,
        taken_off.fraction,
    )


def _counted(words: str, itself: Iterable[str]) -> str | None:
    try:
        return constituent_of(words)
    except InputError:
        if normalise(words) in map(normalise, itself):
            return None
        raise
