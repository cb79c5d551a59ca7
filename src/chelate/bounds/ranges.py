"""The ranges of a claim, as its printed masses may be read: least and most, with witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue
from chelate.bounds.capacities import holds, stand_in
from chelate.bounds.ends import (
    CLAIMED,
    CLAIMED_SHARE,
    ELSEWHERE,
    ELSEWHERE_SHARE,
    End,
    Feasible,
    Portion,
    Sense,
)
from chelate.bounds.parts import (
    View,
    own_sources,
)
from chelate.bounds.separate import Separate
from chelate.bounds.solving import coupled, feasible
from chelate.composition import Claim, Composition, Source
from chelate.intervals import Interval

Name = Literal["any", "alone", "blend", "rest", "documented", "named"]
AMOUNTS = (CLAIMED, ELSEWHERE)
SHARES = (CLAIMED_SHARE, ELSEWHERE_SHARE)
GLYCINE = "glycine"
NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of a target, each with the view that proves it."""

    least: End
    most: End

    @property
    def interval(self) -> Interval:
        """From the least to the most."""
        return Interval(self.least.value, self.most.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the printed masses, and the ranges that it leaves.

    "any" holds in any case. "alone": the printed mass is of the claimed source alone, what
    comes from elsewhere is on top. "blend": it is of the whole blend. "rest": what comes from
    elsewhere is `rest`, a catalogue id, and the printed mass includes it. "documented": as
    "alone", the sources no leaner than documented. "named": the sources that the label names
    are all there are, no leaner than documented and in the order that law prescribes.
    """

    name: Name
    view: View
    ranges: dict[str, Range]
    rest: str | None = None

    def end(self, target: str, sense: Sense) -> float | None:
        """An end of a target in this reading, None where it is not told."""
        found = self.ranges.get(target)
        return None if found is None else getattr(found, sense).value


def readings(composition: Composition, k: int) -> tuple[Reading, ...]:
    """Every reading of a claim that some recipe fits, what holds in any case first.

    None where the claim names no source or no readable amount.
    """
    first = in_any_case(composition, k)
    return (*([first] if first else []), *narrower(composition, k))


def in_any_case(composition: Composition, k: int) -> Reading | None:
    """What holds of a claim however its printed masses are read."""
    return next(_found(composition, k, slice(1)), None)


def narrower(composition: Composition, k: int) -> tuple[Reading, ...]:
    """The readings of a claim beside what holds in any case."""
    return tuple(_found(composition, k, slice(1, None)))


def _found(composition: Composition, k: int, which: slice) -> Iterator[Reading]:
    claim = composition.claims[k]
    if claim.declared is None or not claim.sources:
        return
    for name, view, rest in tuple(_views(claim, k))[which]:
        if held := ranges(composition, k, view):
            yield Reading(name, view, held, rest)


def recipe(composition: Composition, k: int) -> tuple[Portion, ...]:
    """A witness: a recipe that fits what is printed with the least from elsewhere.

    Where other sources are named, they alone bring what comes from elsewhere, if that fits;
    else it is the densest other source. With none from elsewhere it has the most of the
    claimed ones. None where the claim names no source or no readable amount, or nothing fits.
    """
    claim = composition.claims[k]
    if claim.declared is None or not claim.sources:
        return ()
    other = other_source(claim)
    named = [View(k, alone=True)] if len(own_sources(claim)) < len(claim.sources) else []
    for view in (*named, *([View(k, rest=(other,))] if other else []), View(k)):
        found = feasible(composition, k, view)
        if end := found.end(ELSEWHERE, "least"):
            return fullest(end, found.end(CLAIMED, "most")).witness
    return ()


def fullest(least: End, most: End | None) -> End:
    """Of recipes with none from elsewhere that with the most of the claimed, else the first.

    At the most that is declared the printed mass is filled, without a rest of other matter.
    """
    if (
        most is None
        or least.value > NOISE
        or any(p.element_mg and not p.name for p in most.witness)
    ):
        return least
    return most


def _views(claim: Claim, k: int) -> Iterator[tuple[Name, View, str | None]]:
    yield "any", View(k), None
    bounded = bool(claim.blend or any(s.mass for s in own_sources(claim)))
    if bounded:
        yield "alone", View(k, inside=False), None
        yield "blend", View(k, outside=False), None
    if other := other_source(claim):
        yield "rest", View(k, outside=not bounded, rest=(other,)), other
    if any(s.mass and holds(claim.nutrient, s) for s in claim.sources):
        yield "documented", View(k, inside=False, documented=True), None
    if len(own_sources(claim)) < len(claim.sources):
        yield "named", View(k, alone=True, documented=True), None


def other_source(claim: Claim) -> str | None:
    """What the rest would be: the densest other source that the label names, else the stand-in."""
    own = own_sources(claim)
    named = [
        name
        for source in (*claim.sources, *claim.beside)
        if source not in own and holds(claim.nutrient, source)
        for name in source.meaning.substances
    ]
    dense = stand_in(claim.nutrient)
    claimed = {name for source in own for name in source.meaning.substances}
    best = max(
        named,
        key=lambda name: catalogue.element_fraction(catalogue.substance(name), claim.nutrient),
        default=dense.id if dense else None,
    )
    return None if best in claimed else best


def ranges(composition: Composition, k: int, view: View) -> dict[str, Range]:
    """The ranges of a claim in one view, by target; none where no recipe fits."""
    found = feasible(composition, k, view)
    solved: dict[str, Range] = {}
    for target in targets(composition.claims[k]):
        by = solver_of(found, composition, k, view, target)
        least, most = by.end(target, "least"), by.end(target, "most")
        if least is None or most is None:
            return {}
        solved[target] = Range(least, most)
    return solved


def solver_of(
    found: Feasible, composition: Composition, k: int, view: View, target: str
) -> Feasible:
    """What solves for a target: the closed form, where it can tell it."""
    told = not isinstance(found, Separate) or found.has(target)
    return found if told else coupled(composition, k, view)


def targets(claim: Claim) -> tuple[str, ...]:
    """What is asked of a claim: amounts, shares, and glycine where a source of it holds any."""
    shares = SHARES if claim.declared and claim.declared.interval_mg.low > 0 else ()
    own = own_sources(claim)
    known = all(holds(claim.nutrient, source) for source in own)
    glycine = (GLYCINE,) if known and any(map(_has_glycine, own)) else ()
    return (*AMOUNTS, *shares, *glycine)


def _has_glycine(source: Source) -> bool:
    members = (catalogue.substance(name) for name in source.meaning.substances)
    return any(catalogue.moiety_counts(member).get(GLYCINE) for member in members)
