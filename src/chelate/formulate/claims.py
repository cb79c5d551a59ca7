"""What is delivered against what the label claims, by the rule of the market.

Judged at manufacture, and at the end of the shelf life where a loss is stated. A claim of
a moiety is of the free acid or base. Where no rule is known the share is given and nothing
is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from chelate import catalogue
from chelate.catalogue import Tolerance
from chelate.figures import MassUnit
from chelate.findings import InputError
from chelate.formulate.errors import at
from chelate.intervals import Interval
from chelate.stoichiometry import Held, constituent_of, name_of
from chelate.units import Amount, read_amount

if TYPE_CHECKING:
    from chelate.formulate.delivery import Delivery

Moment = Literal["at manufacture", "at the end of the shelf life"]
Outcome = Literal[
    "meets over the whole range",
    "meets at the nominal figure only",
    "meets only as rounded",
    "short",
    "above",
    "no rule known",
]
_NOISE = 1e-9
_NOTHING = Interval(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LabelClaim:
    """A claim per serving: its figure, and the interval that its printed digits stand for."""

    path: str
    id: str
    text: str
    claimed_mg: float
    printed_mg: Interval


@dataclass(frozen=True, slots=True)
class ClaimJudged:
    """A claim beside what is delivered at a moment, in mg per serving.

    `allowed_mg` is what the market's rule allows the delivered mass to be; None, and the
    outcome "no rule known", where there is none. "meets only as rounded" is less than the
    figure claimed, and no less than its printed digits may stand for.
    """

    claim: LabelClaim
    moment: Moment
    delivered_mg: float
    range_mg: Interval
    tolerance: Tolerance | None
    allowed_mg: Interval | None
    outcome: Outcome
    name: str

    @property
    def fraction(self) -> float:
        """What is delivered as a fraction of what is claimed."""
        return self.delivered_mg / self.claim.claimed_mg

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return catalogue.mass_unit(self.claim.id)


def claims_judged(delivery: Delivery) -> tuple[ClaimJudged, ...]:
    """Every claim of the formulation, judged at manufacture and at the end.

    Raises:
        EntryError: a claim is no mass, not of what is counted, or of what another is of.
    """
    claims = tuple(label_claims(delivery))
    market = delivery.formulation.market
    judged = [*_at("at manufacture", claims, delivery.moieties, market)]
    if delivery.loses:
        judged += _at("at the end of the shelf life", claims, delivery.at_end, market)
    return tuple(judged)


def label_claims(delivery: Delivery) -> Iterator[LabelClaim]:
    """The claims as printed, each with what it is of and its mass; what is delivered counts."""
    delivered, known = [held.id for held in delivery.moieties], dict[str, str]()
    for words, text in delivery.formulation.claims.items():
        path = f"claims.{words}"
        with at(path):
            of = constituent_of(words, own=delivered)
            if of in known:
                raise InputError(f'found "{words}" beside "{known[of]}", expected one claim of it')
            known[of] = words
            yield LabelClaim(path, of, text, *_claimed(text))


def _claimed(text: str) -> tuple[float, Interval]:
    read = read_amount(text)
    if not isinstance(read, Amount):
        raise InputError(str(read))
    if not read.value_mg or read.mass_mg is None or read.upper is not None:
        raise InputError(f'found "{text}", expected one mass above zero, such as "200 mg"')
    return read.value_mg, read.mass_mg


def _at(
    moment: Moment, claims: Iterable[LabelClaim], moieties: Iterable[Held], market: str
) -> Iterator[ClaimJudged]:
    held = {each.id: each for each in moieties}
    for claim in claims:
        found = held.get(claim.id)
        delivered_mg, range_mg = (found.mg, found.range_mg) if found else (0.0, _NOTHING)
        tolerance = catalogue.tolerance(market, claim.id)
        allowed = _allowed(claim.claimed_mg, tolerance) if tolerance else None
        outcome = judge(claim, delivered_mg, range_mg, tolerance)
        name = found.name if found else name_of(claim.id)
        yield ClaimJudged(claim, moment, delivered_mg, range_mg, tolerance, allowed, outcome, name)


def judge(
    claim: LabelClaim, delivered_mg: float, range_mg: Interval, tolerance: Tolerance | None
) -> Outcome:
    """How a delivered mass, and its range, stand to a claim under a tolerance."""
    if tolerance is None:
        return "no rule known"
    allowed = _allowed(claim.claimed_mg, tolerance)
    if _within(delivered_mg, allowed):
        whole = _within(range_mg.low, allowed) and _within(range_mg.high, allowed)
        return "meets over the whole range" if whole else "meets at the nominal figure only"
    if delivered_mg > allowed.low:
        return "above"
    as_rounded = _allowed(claim.printed_mg.low, tolerance)
    return "meets only as rounded" if _within(delivered_mg, as_rounded) else "short"


def _allowed(claimed_mg: float, tolerance: Tolerance) -> Interval:
    low, high = tolerance.low_fraction or 0.0, tolerance.high_fraction
    return Interval(claimed_mg * low, inf if high is None else claimed_mg * high)


def _within(mass_mg: float, allowed: Interval) -> bool:
    return allowed.low * (1 - _NOISE) <= mass_mg <= allowed.high * (1 + _NOISE)
