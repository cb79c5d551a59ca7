"""What is delivered against each claim: its outcome, and the drawing of the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isinf

from chelate.figures import mass, mass_range, open_range
from chelate.formulate import Delivery
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.words.claims import delivered_text, judgement, of_claim
from chelate.report.made.bars import at

SHAPES = {
    "meets over the whole range": "consistent",
    "meets at the nominal figure only": "cannot-tell",
    "meets only as rounded": "doubtful",
    "short": "impossible",
    "above": "impossible",
    "no rule known": "no-claim",
}
_AROUND = 0.15
_LEAST_SPAN = 0.01


@dataclass(frozen=True, slots=True)
class Plot:
    """A range on an axis that need not begin at nought; its ends are printed.

    `allowed` is the stretch that the rule allows, `delivered` the range, both from and how
    wide; all are percentages of the width.
    """

    least: str
    most: str
    claimed: float
    figure: float
    delivered: tuple[float, float]
    allowed: tuple[float, float] | None
    described: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A claim at a moment: what is delivered of it then, and how that is judged."""

    when: str
    delivered: str
    range: str
    share: str
    outcome: str
    shape: str
    sentence: str
    plot: Plot


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A label claim, and what becomes of it at each moment."""

    name: str
    claimed: str
    stands_for: str
    moments: tuple[Moment, ...]


def claim_cards(delivery: Delivery) -> tuple[ClaimCard, ...]:
    """Every claim, in the order of the file."""
    found: dict[str, list[ClaimJudged]] = {}
    for each in claims_judged(delivery):
        found.setdefault(each.claim.path, []).append(each)
    return tuple(_card(several, delivery) for several in found.values())


def _card(several: list[ClaimJudged], delivery: Delivery) -> ClaimCard:
    first = several[0]
    stands_for = mass_range(first.claim.printed_mg, first.unit)
    least, most = _axis(several)
    moments = tuple(_moment(each, delivery, least, most) for each in several)
    return ClaimCard(first.name, first.claim.text, stands_for, moments)


def _axis(several: Iterable[ClaimJudged]) -> tuple[float, float]:
    """The least and the most that is to be drawn, with room around."""
    values = [value for each in several for value in _values(each)]
    low, high = min(values), max(values)
    around = max((high - low) * _AROUND, high * _LEAST_SPAN)
    return max(low - around, 0.0), high + around


def _values(each: ClaimJudged) -> Iterator[float]:
    yield from (each.claim.claimed_mg, each.delivered_mg, each.range_mg.low, each.range_mg.high)
    allowed = each.allowed_mg
    if allowed is not None:
        yield from (end for end in (allowed.low, allowed.high) if end and not isinf(end))


def _moment(each: ClaimJudged, delivery: Delivery, least: float, most: float) -> Moment:
    return Moment(
        each.moment if delivery.loses else "",
        delivered_text(each),
        open_range(each.range_mg, each.unit),
        of_claim(each),
        each.outcome,
        SHAPES[each.outcome],
        judgement(each, delivery.formulation.market, delivery),
        _plot(each, least, most),
    )


def _plot(each: ClaimJudged, least: float, most: float) -> Plot:
    def stretch(low: float, high: float) -> tuple[float, float]:
        start = at(low, most, least)
        return start, round(at(high, most, least) - start, 3)

    allowed = each.allowed_mg
    return Plot(
        mass(least, each.unit),
        mass(most, each.unit),
        at(each.claim.claimed_mg, most, least),
        at(each.delivered_mg, most, least),
        stretch(each.range_mg.low, each.range_mg.high),
        stretch(allowed.low, allowed.high) if allowed else None,
        f"{mass_range(each.range_mg, each.unit)} delivered, "
        f"{mass(each.claim.claimed_mg, each.unit)} claimed",
    )
