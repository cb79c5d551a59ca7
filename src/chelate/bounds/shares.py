"""What share of an element each named source may bring, by everything that a label prints.

Of sources that only the element ties together there is a closed form: with floors L and caps
H of what the others bring, a source with the floor l and the cap h brings a share of at most
min(h, T - L) / T of the total T, and of at least max(l, T - H) / T. The first is greatest at
T = h + L and the second least at T = l + H, or at the end of T that is nearest to it. What is
tied together by more goes to HiGHS, source by source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from chelate.bounds.capacities import densest
from chelate.bounds.conflicts import uncertainty
from chelate.bounds.ends import CLAIMED_SHARE, ELSEWHERE_SHARE, Feasible, Sense
from chelate.bounds.parts import Slot, View, element_of, has_own_share, says_whole
from chelate.bounds.separate import Separate
from chelate.bounds.solving import feasible
from chelate.bounds.statements import fraction
from chelate.composition import Claim, Composition, Source
from chelate.intervals import Interval, total

_ALL = Interval(0.0, 1.0)
_NONE = Interval(0.0, 0.0)
_NOISE = 1e-9
_SENSES: tuple[Sense, Sense] = ("least", "most")


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of an element (0-1) from each source, and from what the label does not name."""

    sources: tuple[tuple[Source, Interval], ...]
    rest: Interval


@lru_cache(maxsize=512)
def shares(composition: Composition, k: int, *, alone: bool) -> Shares | None:
    """The shares of the sources of a claim; None where the printed figures do not tell them.

    With `alone` the sources named and a buffer that is declared are all there is, else there
    may be anything besides.
    """
    claim = composition.claims[k]
    printed = _whole(claim)
    if printed is None:
        return None
    found = feasible(composition, k, View(k, alone=alone))
    if not isinstance(found, Separate):
        return _coupled(found, k, printed)
    rest = not alone or bool(claim.buffered)
    if len(claim.sources) == 1:
        return _one(found, claim.sources[0], rest)
    brought = [_brought(claim, source) for source in claim.sources]
    return _several(claim.sources, brought, printed, rest, uncertainty(composition, (k,)))


def _whole(claim: Claim) -> Interval | None:
    """What all of the element may be, in mg; None where the printed figures do not say.

    Printed shares that reach the amount declared only at their upper ends may be all of it.
    """
    if not claim.sources or claim.declared is None or not claim.declared.interval_mg.low:
        return None
    printed = claim.declared.interval_mg
    if says_whole(claim):
        return printed
    printed_shares = total(source.share.interval_mg for source in claim.sources if source.share)
    if printed_shares.high < printed.low or not printed_shares.low:
        return None
    return Interval(min(printed.low, printed_shares.low), printed.high)


def _one(found: Feasible, source: Source, rest: bool) -> Shares | None:
    if not rest:
        return Shares(((source, Interval(1.0, 1.0)),), _NONE)
    own, other = (_range(found, target) for target in (CLAIMED_SHARE, ELSEWHERE_SHARE))
    return Shares(((source, own),), other) if own and other else None


def _several(
    sources: Sequence[Source], brought: Sequence[Interval], printed: Interval, rest: bool,
    slack: float,
) -> Shares | None:  # fmt: skip
    """The closed form; what is not named comes last, with no floor and no cap.

    Sources that hold the whole only within the uncertainty `slack` hold it.
    """
    every = [*brought, *([Interval(0.0, inf)] if rest else [])]
    held = total(every)
    low, high = max(printed.low, held.low), min(printed.high, held.high)
    if low > high * (1 + slack):
        return None
    found = list(_of_totals(every, Interval(min(low, high), high)))
    return Shares(tuple(zip(sources, found, strict=False)), found[-1] if rest else _NONE)


def _brought(claim: Claim, source: Source) -> Interval:
    """What a source brings of the element in mg, by its own mass and share."""
    low, high = 0.0, inf
    if has_own_share(claim, source) and source.share:
        low, high = source.share.interval_mg.low, source.share.interval_mg.high
    if source.mass:
        most = source.mass.interval_mg.high * densest(claim, (source,), buffer=False).fraction
        high = min(high, most)
    return Interval(min(low, high), high)


def _of_totals(brought: Sequence[Interval], every: Interval) -> Iterator[Interval]:
    for at, own in enumerate(brought):
        others = total(each for n, each in enumerate(brought) if n != at)
        most_at = _within(own.high + others.low, every)
        least_at = _within(own.low + others.high, every)
        yield Interval(
            max(own.low, least_at - others.high) / least_at,
            min(own.high, most_at - others.low) / most_at,
        )


def _within(value: float, ends: Interval) -> float:
    return min(max(value, ends.low), ends.high)


def _coupled(found: Feasible, k: int, printed: Interval) -> Shares | None:
    """Each source that may bring the element, those of other nutrients' claims among them.

    The amount declared need not count what those bring.
    """
    slots = [slot for slot in found.built.slots if _brings(slot, k, found.built.composition)]
    brought = [each for slot in slots if (each := _range(found, slot.id))]
    if len(brought) < len(slots):
        return None
    foreign = total(mg for s, mg in zip(slots, brought, strict=True) if s.claim != k)
    whole = Interval(printed.low, printed.high + foreign.high)
    told = [_share(each, whole) for each in brought]
    named = total(told)
    rest = Interval(max(0.0, 1 - named.high), max(0.0, 1 - named.low))
    open_ = any(each.claim == k for each in found.built.elsewhere)
    sources = tuple((slot.source, share) for slot, share in zip(slots, told, strict=True))
    return Shares(sources, rest if open_ else _NONE)


def _brings(slot: Slot, k: int, composition: Composition) -> bool:
    claim, other = composition.claims[k], composition.claims[slot.claim]
    holds = any(fraction(part, element_of(claim)) for part in slot.parts)
    return slot.claim == k or (holds and other.nutrient != claim.nutrient)


def _share(brought_mg: Interval, whole_mg: Interval) -> Interval:
    low, high = brought_mg.low / whole_mg.high, brought_mg.high / whole_mg.low
    return Interval(low if low > _NOISE else 0.0, min(1.0, high))


def _range(found: Feasible, target: str) -> Interval | None:
    ends = [found.end(target, sense) for sense in _SENSES]
    least, most = ends
    return Interval(least.value, most.value) if least and most else None
