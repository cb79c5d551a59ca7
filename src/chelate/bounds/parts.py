"""What there may be in a product: a slot for each source of each claim, and what else.

Every slot has a part for each substance that its name may mean. What else there may be
depends on the *view*: of the claimed sources alone there is nothing else; in any other view
each claim has an element from elsewhere, inside the printed mass, on top of it, or both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate import catalogue
from chelate.bounds.capacities import holds, stand_in
from chelate.bounds.statements import Objective, Part, Problem, summed
from chelate.composition import (
    Claim,
    Composition,
    DeclaredMoiety,
    Printed,
    Source,
)

OTHER_MATTER = "other matter"
ADDED = " added "


@dataclass(frozen=True, slots=True)
class View:
    """How the printed masses are read.

    `focus` is the claim that is looked at. With `alone` there is nothing but the claimed
    sources, a declared buffer among them. Else the focus may have its element from
    elsewhere `inside` the printed mass of its compound, `outside` of it, or both, as one of
    the substances of `rest` or, with none, as anything at all. `documented` adds what is
    documented of the compounds and the order that law prescribes.
    """

    focus: int = 0
    alone: bool = False
    inside: bool = True
    outside: bool = True
    rest: tuple[str, ...] = ()
    documented: bool = False

    @property
    def assays(self) -> bool:
        """Whether documented assays bound a mass: not where it may hold anything besides."""
        return self.documented and (self.alone or bool(self.rest) or not self.inside)


@dataclass(frozen=True, slots=True)
class Slot:
    """A source of a claim, with a part for each substance that it may be.

    `own` says that the claim lives by it: a chelate, or any source where there is none.
    """

    id: str
    claim: int
    source: Source
    own: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An element from elsewhere: parts inside the mass of a slot, or outside of every one.

    `beside` is the slot whose printed share may be of them as well. What counts in one share
    is in no other.
    """

    claim: int
    slot: str | None
    parts: tuple[Part, ...]
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A problem with what it was built from, so that objectives can name its parts."""

    problem: Problem
    slots: tuple[Slot, ...]
    elsewhere: tuple[Elsewhere, ...]
    free: tuple[Part, ...]
    composition: Composition

    def claimed(self, claim: int) -> Objective:
        """The element of a claim from the sources that it lives by."""
        own = [p for s in self.slots if s.claim == claim and s.own for p in s.parts]
        return summed(self._element(claim), own)

    def beyond(self, claim: int) -> Objective:
        """The element of a claim from anything else."""
        return summed(self._element(claim), self._beyond(claim))

    def given(self, claim: int, slot: str) -> Objective:
        """The element of a claim from the source of one slot."""
        parts = [p for s in self.slots if s.id == slot for p in s.parts]
        return summed(self._element(claim), parts)

    def total(self, claim: int) -> Objective:
        """All of the element of a claim."""
        return (*self.claimed(claim), *self.beyond(claim))

    def moiety(self, claim: int, moiety: str) -> Objective:
        """A moiety, as the free acid, from the sources that a claim lives by.

        What a row of its own declares is none of theirs, wherever it lies.
        """
        own = [p for s in self.slots if s.claim == claim and s.own for p in s.parts]
        return summed(moiety, [p for p in own if ADDED not in p.id])

    def _element(self, claim: int) -> str:
        return element_of(self.composition.claims[claim])

    def _beyond(self, claim: int) -> list[Part]:
        own_nutrient = self.composition.claims[claim].nutrient
        claims = self.composition.claims
        slots = [
            s for s in self.slots
            if (s.claim == claim and not s.own) or claims[s.claim].nutrient != own_nutrient
        ]  # fmt: skip
        parts = [p for s in slots for p in s.parts]
        return parts + [p for e in self.elsewhere if e.claim == claim for p in e.parts]


def element_of(claim: Claim) -> str:
    """The symbol of the element that a claim is about."""
    element = catalogue.nutrients()[claim.nutrient].element
    assert element is not None
    return element


def own_sources(claim: Claim) -> tuple[Source, ...]:
    """The sources that the claim lives by: its chelates, else all of them."""
    return tuple(s for s in claim.sources if s.meaning.chelate) or claim.sources


def says_whole(claim: Claim) -> bool:
    """Whether the amount declared is at least all of the element.

    Shares printed for every source that add up to less leave it open which is meant.
    """
    if claim.declared is None:
        return False
    shares = [s.share.interval_mg.low for s in claim.sources if s.share]
    every = len(shares) == len(claim.sources) > 0
    return not every or sum(shares) >= claim.declared.interval_mg.low


def has_own_share(claim: Claim, source: Source) -> bool:
    """Whether a share is printed for a source that is not the amount declared itself."""
    declared = claim.declared.path if claim.declared else ""
    return source.share is not None and source.share.path != declared


def blends_of(claim: Claim) -> tuple[Printed, ...]:
    """The printed totals of all blends that hold every source of a claim."""
    return (claim.blend, *claim.around) if claim.blend else claim.around


def trace(composition: Composition, view: View) -> Source | None:
    """The listed source that the rest is, if the list bounds it and a serving's mass is printed."""
    if view.alone or not view.rest or composition.serving.mass is None:
        return None
    beside = (s for s in composition.claims[view.focus].beside if s.at_most is not None)
    return next((s for s in beside if set(view.rest) <= set(s.meaning.substances)), None)


def slots_of(composition: Composition, k: int) -> tuple[Slot, ...]:
    """A slot for each source of a claim."""
    claim = composition.claims[k]
    own = own_sources(claim)
    return tuple(
        Slot(f"{k + 1}.{i + 1}", k, s, s in own, tuple(_parts(composition, k, s, i)))
        for i, s in enumerate(claim.sources)
    )


def _parts(composition: Composition, k: int, source: Source, i: int) -> Iterator[Part]:
    claim, slot = composition.claims[k], f"{k + 1}.{i + 1}"
    if holds(claim.nutrient, source):
        for name in source.meaning.substances:
            yield Part(f"{slot} {name}", slot, name, catalogue.substance(name).formula)
    else:
        yield Part(f"{slot} {claim.nutrient}", slot, None, element_of(claim))
    if source.mass:
        yield Part(f"{slot} {OTHER_MATTER}", slot, None, "")
    for name, how in _free_within(composition, source).items():
        yield Part(f"{slot}{how}{name}", slot, name, catalogue.moieties()[name].formula)


def told_moieties(composition: Composition) -> tuple[DeclaredMoiety, ...]:
    """The printed moieties that bound anything: none where a source of unknown make is named."""
    sources = (source for claim in composition.claims for source in claim.sources)
    known = all(source.meaning.substances for source in sources)
    return composition.moieties if known else ()


def _free_within(composition: Composition, source: Source) -> dict[str, str]:
    """Moieties that the label declares and that may lie free in a source's mass, and how.

    One that the label tells of the source itself counts as the source's, any other as added.
    """
    rows = told_moieties(composition)
    own = {row.moiety for row in rows if row.source == source.path}
    named = own | {row.moiety for row in rows if source.mass}
    known = sorted(named & set(catalogue.substances()))
    return {name: " free " if name in own else ADDED for name in known}


def elsewhere_of(
    composition: Composition, k: int, slots: tuple[Slot, ...], view: View
) -> Iterator[Elsewhere]:
    """Where a view lets the element of a claim come from other than its sources."""
    claim = composition.claims[k]
    focus = k == view.focus
    if view.alone and claim.sources:
        yield from _buffer(claim, k, slots)
        return
    rest = view.rest if focus else ()
    if view.inside or not focus:
        weighed = [s.id for s in slots if s.claim == k and s.own and s.source.mass]
        for slot in weighed or (["blend"] if claim.blend else []):
            yield Elsewhere(k, slot, _rest(claim, f"{k + 1} inside {slot}", rest))
    if view.outside or not focus or not (claim.blend or _is_weighed(claim)):
        yield from _outside(claim, k, slots, f"{k + 1} elsewhere", rest)


def _outside(
    claim: Claim, k: int, slots: tuple[Slot, ...], name: str, rest: tuple[str, ...]
) -> Iterator[Elsewhere]:
    """What lies outside of every printed mass: by the shares that it may be told in, if several."""
    told = [s.id for s in slots if s.claim == k and has_own_share(claim, s.source)]
    if len(told) < 2:
        yield Elsewhere(k, None, _rest(claim, name, rest), *told)
        return
    for slot in told:
        yield Elsewhere(k, None, _rest(claim, f"{name} beside {slot}", rest), slot)


def _is_weighed(claim: Claim) -> bool:
    return any(source.mass for source in own_sources(claim))


def _buffer(claim: Claim, k: int, slots: tuple[Slot, ...]) -> Iterator[Elsewhere]:
    """What a declared buffer may be: in a mass, and beside it unless its own words declare it."""
    dense = stand_in(claim.nutrient)
    if not claim.buffered or dense is None:
        return
    weighed = [s for s in slots if s.claim == k and s.own and s.source.mass]
    worded = any(s.source.meaning.buffered for s in weighed)
    for slot in weighed:
        yield Elsewhere(k, slot.id, _rest(claim, f"{k + 1} buffer {slot.id}", (dense.id,)))
    if not worded:
        yield from _outside(claim, k, slots, f"{k + 1} buffer", (dense.id,))


def _rest(claim: Claim, name: str, rest: tuple[str, ...]) -> tuple[Part, ...]:
    if not rest:
        return (Part(f"{name} {claim.nutrient}", "elsewhere", None, element_of(claim)),)
    return tuple(
        Part(f"{name} {each}", "elsewhere", each, catalogue.substance(each).formula)
        for each in rest
    )


def free_moieties(composition: Composition) -> tuple[Part, ...]:
    """Moieties that the label declares in rows of their own may have been added as such."""
    named = {m.moiety for m in told_moieties(composition)}
    return tuple(
        Part(f"free {name}", "free", name, catalogue.moieties()[name].formula)
        for name in sorted(named)
        if name in catalogue.substances()
    )
