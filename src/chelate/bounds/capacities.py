"""Capacities: a printed mass times the most of the element that claimed sources can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.composition import Claim, Serving, Source
from chelate.intervals import Interval

Holder = Literal["compound", "source", "blend", "serving", "capsules"]
MISSING_MORE_THAN_MG = 1e-9


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most of the element that a printed mass can hold.

    `mass_mg` is the most that the mass may be, `fraction` the highest that any meaning of
    the claimed sources allows (g of element in 1 g) and `densest` the id of that meaning,
    `needed_mg` the least element printed. Several compounds together are a capacity with
    `parts`.
    """

    holder: Holder
    path: str
    text: str
    mass_mg: float
    fraction: float
    densest: str | None
    needed_mg: float
    parts: tuple[Capacity, ...] = ()

    @property
    def element_mg(self) -> float:
        """The most of the element that fits."""
        return self.mass_mg * self.fraction

    @property
    def missing_mg(self) -> float:
        """The least of the element that must come from elsewhere; 0 where all of it fits."""
        missing = self.needed_mg - self.element_mg
        return missing if missing > MISSING_MORE_THAN_MG else 0.0


def capacities(
    claim: Claim, sources: tuple[Source, ...], serving: Serving, *, buffer: bool
) -> tuple[Capacity, ...]:
    """Every capacity that the label prints for these sources, the tightest first.

    `buffer` says whether a buffer that the label declares counts among them.
    """
    if claim.declared is None or not sources:
        return ()
    needed = claim.declared.interval_mg.low
    found = [
        *_of_compounds(claim, sources, needed, buffer=buffer),
        *_of_whole(claim, sources, serving, needed, buffer=buffer),
    ]
    return tuple(sorted(found, key=lambda c: c.element_mg - c.needed_mg))


def _of_compounds(
    claim: Claim, sources: tuple[Source, ...], needed: float, *, buffer: bool
) -> Iterator[Capacity]:
    """Each compound that prints its mass and its share, and all compounds together."""
    weighed = [source for source in sources if source.mass]
    if len(sources) > 1:
        for source in weighed:
            if source.share:
                yield _of_one(claim, source, source.share.interval_mg.low, "source", buffer)
    if weighed and len(weighed) == len(sources):
        yield _together([_of_one(claim, s, needed, "compound", buffer) for s in weighed])


def _of_one(claim: Claim, source: Source, needed: float, holder: Holder, buffer: bool) -> Capacity:
    assert source.mass is not None
    fraction, name = densest(claim, (source,), buffer=buffer)
    most = source.mass.interval_mg.high
    return Capacity(holder, source.mass.path, source.mass.text, most, fraction, name, needed)


def _together(parts: list[Capacity]) -> Capacity:
    first = parts[0]
    if len(parts) == 1:
        return first
    mass = sum(part.mass_mg for part in parts)
    fraction = sum(part.element_mg for part in parts) / mass
    text = " + ".join(part.text for part in parts)
    return Capacity(
        "compound", first.path, text, mass, fraction, None, first.needed_mg, tuple(parts)
    )


def _of_whole(
    claim: Claim, sources: tuple[Source, ...], serving: Serving, needed: float, *, buffer: bool
) -> Iterator[Capacity]:
    """What holds every source at once: the blend, the serving, the capsules."""
    fraction, name = densest(claim, sources, buffer=buffer)
    if claim.blend:
        most = claim.blend.interval_mg.high
        yield Capacity("blend", claim.blend.path, claim.blend.text, most, fraction, name, needed)
    if serving.mass:
        most = serving.mass.interval_mg.high
        yield Capacity(
            "serving", serving.mass.path, serving.mass.text, most, fraction, name, needed
        )
    volume = capsules_ml(serving)
    if volume:
        text = f"{serving.units:g} size {serving.capsule_size}"
        most = volume * catalogue.fill_density().ceiling_g_per_ml * 1000
        yield Capacity("capsules", "capsule_size", text, most, fraction, name, needed)


def capsules_ml(serving: Serving) -> float | None:
    """The most that the stated capsules of one serving hold, in mL; None where none are stated."""
    if serving.capsule_size is None or serving.units is None:
        return None
    return catalogue.capsules()[serving.capsule_size].volume_high_ml * serving.units


def densest(claim: Claim, sources: tuple[Source, ...], *, buffer: bool) -> tuple[float, str | None]:
    """The highest element fraction that the sources may have, and the substance that has it.

    A source without known stoichiometry could be the element itself. A declared buffer
    may be the densest source of the element that the catalogue has.
    """
    if not all(holds(claim.nutrient, source) for source in sources):
        return 1.0, None
    members = [catalogue.substance(i) for s in sources for i in s.meaning.substances]
    stand = stand_in(claim.nutrient) if buffer and claim.buffered else None
    members += [stand] if stand else []
    best = max(members, key=lambda s: catalogue.element_fraction(s, claim.nutrient))
    return catalogue.element_fraction(best, claim.nutrient), best.id


def holds(nutrient: str, source: Source) -> bool:
    """Whether a source has a stoichiometry, and the nutrient in it."""
    members = (catalogue.substance(i) for i in source.meaning.substances)
    return any(catalogue.element_count(member, nutrient) for member in members)


def documented(nutrient: str, source: Source) -> Interval:
    """Element fractions documented for a source; of its hydrate alone where one is named."""
    family = source.meaning.family
    members = [catalogue.substance(i) for i in source.meaning.substances]
    own = [catalogue.element_fraction(member, nutrient) for member in members]
    if family and len(members) == len(catalogue.family_members(family)):
        own += catalogue.documented_range(family) or ()
    return Interval(min(own), max(own))


@cache
def stand_in(nutrient: str) -> Substance | None:
    """The densest inorganic source of a nutrient: what a blend is most cheaply made with.

    >>> stand_in("magnesium").id
    'magnesium-oxide'
    """
    families = catalogue.families()
    found = [
        s
        for s in catalogue.substances().values()
        if s.nutrient == nutrient and any(families[f].kind == "inorganic" for f in s.families)
    ]
    return max(found, key=catalogue.element_fraction, default=None)
