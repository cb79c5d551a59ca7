"""What the sources that share a claim may bring beside it, where no proportion is printed.

Conservation of mass: a source brings a share of the element, and of its ligands what its
formula holds for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chelate import catalogue
from chelate.bounds.shares import shares
from chelate.catalogue import Substance
from chelate.composition import Claim, Composition, Source
from chelate.intervals import Interval
from chelate.stoichiometry import constituents, moiety_of

_ANY = Interval(0.0, 1.0)
_Open = tuple[Source, Interval, Mapping[str, Interval]]


@dataclass(frozen=True, slots=True)
class Brought:
    """A moiety that sources of a claim may bring, whose part of it is open, in mg."""

    claim: Claim
    sources: tuple[Source, ...]
    moiety: str
    range_mg: Interval


def ligands_of_open(composition: Composition) -> Iterator[Brought]:
    """What every source brings that is named beside others, without a mass or a share."""
    for k, claim in enumerate(composition.claims):
        if len(claim.sources) > 1 and claim.declared and any(map(_is_open, claim.sources)):
            found = shares(composition, k, alone=True)
            told = found.sources if found else ()
            open_ = [
                (source, _of(told, source), _per_mg(source, claim.nutrient))
                for source in claim.sources
                if _is_open(source)
            ]
            yield from _brought(claim, open_)


def _is_open(source: Source) -> bool:
    return source.mass is None and source.share is None and bool(source.meaning.substances)


def _of(told: Iterable[tuple[Source, Interval]], source: Source) -> Interval:
    return next((share for each, share in told if each is source), _ANY)


def _brought(claim: Claim, open_: Sequence[_Open]) -> Iterator[Brought]:
    for moiety in dict.fromkeys(name for *_, per_mg in open_ for name in per_mg):
        own = [each for each in open_ if moiety in each[-1]]
        ends = [(share, per_mg[moiety]) for _, share, per_mg in own]
        yield Brought(claim, tuple(source for source, *_ in own), moiety, _range(claim, ends))


def _range(claim: Claim, each: Sequence[tuple[Interval, Interval]]) -> Interval:
    """The sum over sources, and no more than if the richest of them brought all."""
    assert claim.declared is not None
    element_mg = claim.declared.interval_mg
    low = sum(share.low * per_mg.low for share, per_mg in each) * element_mg.low
    high = sum(share.high * per_mg.high for share, per_mg in each)
    return Interval(low, element_mg.high * min(high, max(per_mg.high for _, per_mg in each)))


def _per_mg(source: Source, nutrient: str) -> dict[str, Interval]:
    """What a source brings of each moiety for a milligram of the element, by all its meanings."""
    members = [catalogue.substance(name) for name in source.meaning.substances]
    found = [each for member in members if (each := _ratios(member, nutrient))]
    names = dict.fromkeys(name for each in found for name in each if moiety_of(name))
    ends = {name: [each.get(name, 0.0) for each in found] for name in names}
    return {name: Interval(min(each), max(each)) for name, each in ends.items()}


def _ratios(substance: Substance, nutrient: str) -> dict[str, float]:
    held = constituents(substance)
    element = held.get(nutrient, 0.0)
    return {name: fraction / element for name, fraction in held.items()} if element else {}
