"""Capacities: a printed mass times the most of the element that claimed sources can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.composition import Claim, Printed, Serving, Source
from chelate.intervals import Interval

NOISE_MG = 1e-9
Holder = Literal["compound", "source", "blend", "serving", "capsules"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most of the element that a printed mass can hold.

    `mass_mg` is the most that the mass may be, `fraction` the highest that any meaning of
    the claimed sources allows (g of element in 1 g) and `densest` the id of that meaning,
    `uncertainty` what atomic weights leave open of it (relative), `needed_mg` the least
    element printed. Several compounds together are a capacity with `parts`.
    """

    holder: Holder
    path: str
    text: str
    mass_mg: float
    fraction: float
    densest: str | None
    needed_mg: float
    parts: tuple[Capacity, ...] = ()
    uncertainty: float = 0.0

    @property
    def element_mg(self) -> float:
        """The most of the element that fits."""
        return self.mass_mg * self.fraction

    @property
    def missing_mg(self) -> float:
        """The least of the element that must come from elsewhere; 0 where all of it fits."""
        missing = self.needed_mg - self.element_mg
        open_mg = self.element_mg * self.uncertainty
        return missing if missing > open_mg + NOISE_MG else 0.0


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
        shares = [source.share.interval_mg.low for source in weighed if source.share]
        own = sum(shares) if buffer and len(shares) == len(weighed) else needed
        least = min(needed, own)
        yield _together([_of_one(claim, s, least, "compound", buffer) for s in weighed])


def _of_one(claim: Claim, source: Source, needed: float, holder: Holder, buffer: bool) -> Capacity:
    assert source.mass is not None
    dense = densest(claim, (source,), buffer=buffer)
    return _capacity(holder, source.mass, dense, needed)


def _capacity(holder: Holder, mass: Printed, dense: Dense, needed: float) -> Capacity:
    most = mass.interval_mg.high
    return Capacity(
        holder, mass.path, mass.text, most, dense.fraction, dense.substance, needed,
        uncertainty=dense.uncertainty,
    )  # fmt: skip


def _together(parts: list[Capacity]) -> Capacity:
    first = parts[0]
    if len(parts) == 1:
        return first
    mass = sum(part.mass_mg for part in parts)
    fraction = sum(part.element_mg for part in parts) / mass
    text = " + ".join(part.text for part in parts)
    uncertainty = max(part.uncertainty for part in parts)
    return Capacity(
        "compound", first.path, text, mass, fraction, None, first.needed_mg, tuple(parts),
        uncertainty,
    )  # fmt: skip


def _of_whole(
    claim: Claim, sources: tuple[Source, ...], serving: Serving, needed: float, *, buffer: bool
) -> Iterator[Capacity]:
    """What holds every source at once: the blend, the serving, the capsules."""
    dense = densest(claim, sources, buffer=buffer)
    if claim.blend:
        yield _capacity("blend", claim.blend, dense, needed)
    if serving.mass:
        yield _capacity("serving", serving.mass, dense, needed)
    if exact := capsules_mg(serving):
        most = float(exact)
        fill = Printed("capsule_size", capsules_text(serving), Interval(0, most), most)
        held = _capacity("capsules", fill, dense, needed)
        organic = not claim.buffered and all(map(is_organic, sources))
        if not held.missing_mg or organic:
            yield held


def is_organic(source: Source) -> bool:
    """Whether the ceiling of fill density was drawn for powders of this kind.

    Oxides and carbonates are denser than salts of organic acids, and no ceiling for them
    is documented, so that capsules prove nothing of them.
    """
    family = source.meaning.family
    return bool(family) and catalogue.families()[family or ""].kind != "inorganic"


def capsules_text(serving: Serving) -> str:
    """The stated capsules of a serving in words: "2 size 00 capsules"."""
    units = serving.units or 0
    return f"{units:g} size {serving.capsule_size} capsule{'' if units == 1 else 's'}"


def capsules_ml(serving: Serving) -> float | None:
    """The most that the stated capsules of one serving hold, in mL; None where none are stated."""
    if serving.capsule_size is None or serving.units is None:
        return None
    return catalogue.capsules()[serving.capsule_size].volume_high_ml * serving.units


def capsules_mg(serving: Serving) -> Fraction | None:
    """The most that the stated capsules hold, exactly, at the ceiling of fill density."""
    if serving.capsule_size is None or serving.units is None:
        return None
    volume = catalogue.capsules()[serving.capsule_size].volume_high_ml
    ceiling = catalogue.fill_density().ceiling_g_per_ml
    return Fraction(str(volume)) * Fraction(str(serving.units)) * Fraction(str(ceiling)) * 1000


@dataclass(frozen=True, slots=True)
class Dense:
    """The highest element fraction that sources may have, and the substance that has it."""

    fraction: float
    substance: str | None
    uncertainty: float = 0.0


def densest(claim: Claim, sources: tuple[Source, ...], *, buffer: bool) -> Dense:
    """The densest that the sources may be.

    A source without known stoichiometry could be the element itself. A declared buffer
    may be the densest source of the element that the catalogue has.
    """
    if not all(holds(claim.nutrient, source) for source in sources):
        return Dense(1.0, None)
    members = [catalogue.substance(i) for s in sources for i in s.meaning.substances]
    stand = stand_in(claim.nutrient) if buffer and claim.buffered else None
    members += [stand] if stand else []
    best = max(members, key=lambda s: catalogue.element_fraction(s, claim.nutrient))
    return Dense(
        catalogue.element_fraction(best, claim.nutrient),
        best.id,
        catalogue.element_fraction_uncertainty(best, claim.nutrient),
    )


def holds(nutrient: str, source: Source) -> bool:
    """Whether a source has a stoichiometry, and the nutrient in it."""
    return _hold(nutrient, source.meaning.substances)


@cache
def _hold(nutrient: str, substances: tuple[str, ...]) -> bool:
    return any(catalogue.element_count(catalogue.substance(i), nutrient) for i in substances)


def documented(nutrient: str, source: Source) -> Interval:
    """Element fractions documented for a source; of its hydrate alone where one is named."""
    members = [catalogue.substance(i) for i in source.meaning.substances]
    own = [catalogue.element_fraction(member, nutrient) for member in members]
    if source.meaning.family and is_open(source):
        own += catalogue.documented_range(source.meaning.family) or ()
    return Interval(min(own), max(own))


def is_open(source: Source) -> bool:
    """Whether a source's wording leaves every member of its family open, grades included."""
    family = source.meaning.family
    return bool(family) and len(source.meaning.substances) == len(
        catalogue.family_members(family or "")
    )


def is_traded(source: Source) -> bool:
    """Whether an assay of a traded grade is documented for what the wording leaves open."""
    return is_open(source) and any(
        grade.family == source.meaning.family and not grade.buffered
        for grade in catalogue.grades().values()
    )


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
