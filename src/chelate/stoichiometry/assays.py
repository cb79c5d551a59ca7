"""What certificates state of a material: assay, moisture, potency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chelate.catalogue.words import normalise
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import constituent_of
from chelate.stoichiometry.stated import NOTHING, WHOLE, Stated, read_stated

ASSAYS = '"13 % magnesium", "13.5-14.1 % magnesium", "98.5 %" or "min. 98 %"'


@dataclass(frozen=True, slots=True)
class Assay:
    """A stated content of the material as weighed.

    `of` is the nutrient or moiety that it counts, None for the named compound itself;
    `moisture` is what was allowed for because the assay is of the dried material. `beyond`
    says that it reaches beyond the whole, as what is measured may.
    """

    text: str
    stated: Stated
    of: str | None
    moisture: float = 0.0
    beyond: bool = False


def read_share(text: str | None, what: str, example: str) -> Stated:
    """A share of the whole material, which names nothing; the whole where none is stated.

    A least of it leaves all above open, up to the whole.

    Raises:
        InputError: it is no percentage, or a most alone.
    """
    if text is None:
        return WHOLE
    stated, words = read_stated(text, what, example)
    if words:
        raise InputError(f'found "{text.strip()}", expected {what} such as {example}')
    _require_a_least(stated, text, f"{what} such as {example}")
    return stated


def _require_a_least(stated: Stated, text: str, expected: str) -> None:
    if stated.form == "at most" or not stated.rounded_low:
        raise InputError(
            f'found "{text.strip()}", by which there may be nothing of it; expected {expected}'
        )


def read_moisture(text: str | None) -> Stated:
    """The water that a material loses on drying; none where none is stated.

    A most of it ("max 5 %", "NMT 5.0 %") is counted as that much: no less is delivered.

    Raises:
        InputError: it is no percentage, all of the material, or a least.

    >>> read_moisture("4 %").low, read_moisture("0 %").high
    (0.035, 0.0)
    >>> most = read_moisture("max 5 %")
    >>> most.fraction, most.low, most.high
    (0.05, 0.0, 0.05)
    """
    if text is None:
        return NOTHING
    expected = '"4 %" or "max 5 %"'
    wet, words = read_stated(text, "a moisture", expected, zero=True)
    if words or wet.form == "at least":
        raise InputError(f'found "{text.strip()}", expected a moisture such as {expected}')
    if wet.high >= 1:
        raise InputError(f'found "{text.strip()}", expected a moisture below 100 %')
    return wet.counted_as_most()


def read_assay(
    text: str,
    *,
    dried: bool,
    moisture: Stated,
    itself: Iterable[str] = (),
    own: Iterable[str] = (),
) -> Assay:
    """The assay that a text states, as weighed; `moisture` is allowed for where it is dried.

    An assay of the material `itself`, by one of its names, is its purity; `own` are the ids
    of what it is stated to hold. A least leaves open what is above it, up to what the
    material can hold.

    Raises:
        InputError: it is no content that is known, or a most alone.

    >>> assay = read_assay("13.5-14.1 % magnesium", dried=False, moisture=NOTHING)
    >>> assay.of, round(assay.stated.fraction, 3), assay.stated.high
    ('magnesium', 0.138, 0.141)
    """
    stated, words = read_stated(text, "an assay", ASSAYS, measured=True)
    _require_a_least(stated, text, f"an assay such as {ASSAYS}")
    taken_off = moisture if dried else NOTHING
    dry = Interval(1 - taken_off.high, 1 - taken_off.low)
    return Assay(
        text.strip(),
        stated.times(dry, 1 - taken_off.fraction),
        _counted(words, itself, own) if words else None,
        taken_off.fraction,
        stated.beyond,
    )


def _counted(words: str, itself: Iterable[str], own: Iterable[str]) -> str | None:
    try:
        return constituent_of(words, own)
    except InputError:
        if normalise(words) in map(normalise, itself):
            return None
        raise
