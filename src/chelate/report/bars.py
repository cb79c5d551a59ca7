"""A bar of what is declared: what the claimed source can be, what must come from elsewhere.

The bar is the whole declared amount. Its zones are shares of it, so that they fill it: from the
left what must be, then what can be from the claimed source; from the right what cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import sentences
from chelate.bounds import own_sources
from chelate.bounds.ends import CLAIMED, CLAIMED_SHARE, ELSEWHERE, ELSEWHERE_SHARE
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import at_least_mg, at_least_percent, bounds_mg
from chelate.report import delivered
from chelate.report.delivered import Told
from chelate.rules import Judged

Kind = Literal["is", "can", "must", "open"]
_THINNEST = 1e-4


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a bar, from `start` over `width`, both in percent of what is declared.

    `is` must come from the claimed source, `can` may, `must` comes from elsewhere, and of
    `open` nothing is known.
    """

    kind: Kind
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its right end as printed, and what each zone says, in words."""

    end: str
    zones: tuple[Zone, ...]
    words: tuple[tuple[Kind, str], ...]


def bar(judged: Judged, result: CheckResult) -> Bar | None:
    """What holds of a claim in any case; None where nothing is declared or no source is named."""
    told = delivered.told(judged, result)
    claim = judged.claim
    if not told or not claim.sources or claim.declared is None or not claim.declared.value_mg:
        return None
    found = zones(told[0], judged)
    words = tuple((zone.kind, _words(zone.kind, told[0], claim)) for zone in found)
    return Bar(claim.declared.text, found, words)


def of_label(result: CheckResult) -> Bar | None:
    """The bar of the claim that carries a label's verdict."""
    return next((bar(judged, result) for judged in sentences.carrying(result)), None)


def zones(told: Told, judged: Judged) -> tuple[Zone, ...]:
    """The zones of one reading, from the left, none that is too thin to be seen."""
    return tuple(_zones(told, judged))


def _zones(told: Told, judged: Judged) -> Iterator[Zone]:
    claimed, elsewhere = told.ranges[CLAIMED_SHARE], told.ranges[ELSEWHERE_SHARE]
    least, most = claimed.low, 1 - elsewhere.low
    tested = judged.bounds.outcome != "undecided" or least > 0 or most < 1
    parts: tuple[tuple[Kind, float, float], ...] = (
        ("is", 0.0, least),
        ("can" if tested else "open", least, most),
        ("must", most, 1.0),
    )
    for kind, start, end in parts:
        if end - start > _THINNEST:
            yield Zone(kind, _percent(start), _percent(end - start))


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.4g}%"


def _words(kind: Kind, told: Told, claim: Claim) -> str:
    chelate = all(source.meaning.chelate for source in own_sources(claim))
    what = "chelate" if chelate else "source"
    claimed, elsewhere = told.ranges[CLAIMED], told.ranges[ELSEWHERE]
    match kind:
        case "is":
            return f"at least {at_least_mg(claimed.low)} the claimed {what}"
        case "can":
            return f"{bounds_mg(claimed)} can be the claimed {what}"
        case "must":
            share = at_least_percent(told.ranges[ELSEWHERE_SHARE].low)
            return f"at least {at_least_mg(elsewhere.low)} ({share}) from elsewhere"
    return f"not known: {bounds_mg(claimed)} may be the claimed {what}"
