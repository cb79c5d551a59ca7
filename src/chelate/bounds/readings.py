"""What a claim's numbers look like beside what is documented: blends, lean compounds, fills."""

from __future__ import annotations

from dataclasses import dataclass

from chelate import catalogue
from chelate.bounds.capacities import (
    Capacity,
    capsules_ml,
    densest,
    documented,
    holds,
    is_traded,
    stand_in,
)
from chelate.catalogue import Substance
from chelate.composition import Claim, Serving, Source
from chelate.intervals import Interval, total

# Moisture and rounding down take a material a little below its documented assay.
LEAN_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class Blend:
    """The reading in which the printed mass is of the whole blend, chelate and stand-in.

    `share` is the stand-in's part of the element, from the densest to the leanest
    documented chelate; `mass_fraction` its part of the blend's mass, likewise.
    """

    stand_in: str
    share: Interval
    mass_fraction: Interval


@dataclass(frozen=True, slots=True)
class Lean:
    """An element fraction printed that lies below everything documented for the sources."""

    printed: Interval
    documented: Interval


@dataclass(frozen=True, slots=True)
class Part:
    """One substance of a witness, a recipe that gives the element declared."""

    substance: str
    mass_mg: float
    element_mg: float


def claimed_sources(claim: Claim) -> tuple[Source, ...]:
    """The sources that the claim lives by: its chelates, else all of them."""
    return tuple(s for s in claim.sources if s.meaning.chelate) or claim.sources


def all_hold(claim: Claim, sources: tuple[Source, ...]) -> bool:
    """Whether there are sources, each with a stoichiometry of the claim's nutrient."""
    return bool(sources) and all(holds(claim.nutrient, source) for source in sources)


def blend_reading(claim: Claim, held: Capacity | None) -> Blend | None:
    """The whole-blend reading of a printed mass, if the rest is the stand-in.

    Of 200 mg of magnesium in "1,112 mg", at least 27.5 % come from magnesium oxide, if
    1,112 mg is the mass of bisglycinate and oxide together.
    """
    stand = stand_in(claim.nutrient)
    if held is None or held.holder not in ("compound", "blend") or stand is None:
        return None
    sources = claimed_sources(claim)
    if claim.declared is None or not all_hold(claim, sources):
        return None
    dense = catalogue.element_fraction(stand, claim.nutrient)
    mass_mg = _printed_mass(claim, held)
    if not mass_mg.low:
        return None
    element = _fractions(claim.declared.interval_mg, mass_mg)
    if element.low > dense:
        return None
    leanest = min(documented(claim.nutrient, source).low for source in sources)
    least = _stand_in_fraction(element.low, held.fraction, dense)
    most = _stand_in_fraction(element.high, leanest, dense)
    share = Interval(_share(least, element.low, dense), _share(most, element.high, dense))
    return Blend(stand.id, share, Interval(least, most))


def _fractions(element_mg: Interval, mass_mg: Interval) -> Interval:
    return Interval(element_mg.low / mass_mg.high, element_mg.high / mass_mg.low)


def _stand_in_fraction(element: float, chelate: float, dense: float) -> float:
    """Mass fraction of the stand-in in a two-part blend of a given element fraction."""
    if dense <= chelate:
        return 0.0
    return min(1.0, max(0.0, (element - chelate) / (dense - chelate)))


def _share(stand_in_fraction: float, element: float, dense: float) -> float:
    """The stand-in's share of the element."""
    return min(1.0, stand_in_fraction * dense / element) if element else 0.0


def _printed_mass(claim: Claim, held: Capacity) -> Interval:
    if held.holder == "blend" and claim.blend:
        return claim.blend.interval_mg
    return total(s.mass.interval_mg for s in claimed_sources(claim) if s.mass)


def lean_reading(claim: Claim) -> Lean | None:
    """The element fraction printed, where it lies below what is documented; else None."""
    masses = [s.mass.interval_mg for s in claim.sources if s.mass]
    if claim.declared is None or len(masses) != len(claim.sources):
        return None
    if not all_hold(claim, claim.sources) or not all(map(is_traded, claim.sources)):
        return None
    ranges = [documented(claim.nutrient, source) for source in claim.sources]
    least = sum(m.low * r.low for m, r in zip(masses, ranges, strict=True))
    most = sum(m.high * r.high for m, r in zip(masses, ranges, strict=True))
    whole = total(masses)
    if claim.declared.interval_mg.high >= least * LEAN_BELOW or not whole.low:
        return None
    usual = Interval(least / whole.low, most / whole.high)
    return Lean(_fractions(claim.declared.interval_mg, whole), usual)


def fill_g_per_ml(claim: Claim, serving: Serving) -> float | None:
    """Density in g/mL that the stated capsules need to hold the claimed sources alone."""
    volume = capsules_ml(serving)
    if volume is None or claim.declared is None or not all_hold(claim, claim.sources):
        return None
    fraction = densest(claim, claim.sources, buffer=True).fraction
    return claim.declared.interval_mg.low / fraction / volume / 1000


def witness(claim: Claim, held: Capacity | None) -> tuple[Part, ...]:
    """A recipe for the element declared that fits the tightest printed mass.

    Compounds with masses of their own stand at what they can give. What is missing comes
    from the densest other source that the label names, else from the stand-in: on top of a
    compound's own mass, within a blend's, a serving's or a capsule's.
    """
    sources = claimed_sources(claim)
    if claim.declared is None or not all_hold(claim, sources):
        return ()
    need = claim.declared.value_mg
    other = _other(claim, sources)
    if held is None or claim.declared.interval_mg.low <= held.element_mg:
        return _alone(claim, sources, held, min(need, held.element_mg) if held else need)
    if other is None:
        return ()
    dense = catalogue.element_fraction(other, claim.nutrient)
    if dense <= held.fraction:
        return ()
    if held.holder in ("compound", "source"):
        own = _alone(claim, sources, held, held.element_mg)
        return (*own, _part_of(other, need - held.element_mg, dense))
    own_mg = held.mass_mg * (dense - need / held.mass_mg) / (dense - held.fraction)
    if own_mg < 0:
        return ()
    chelate = Part(held.densest or "", own_mg, own_mg * held.fraction)
    return (chelate, _part_of(other, need - chelate.element_mg, dense))


def _alone(
    claim: Claim, sources: tuple[Source, ...], held: Capacity | None, element_mg: float
) -> tuple[Part, ...]:
    """The claimed sources alone, giving so much of the element."""
    if held and held.parts:
        scale = element_mg / held.element_mg
        return tuple(
            Part(p.densest or "", p.mass_mg * scale, p.element_mg * scale) for p in held.parts
        )
    dense = densest(claim, sources, buffer=False)
    return (Part(dense.substance or "", element_mg / dense.fraction, element_mg),)


def _part_of(substance: Substance, element_mg: float, fraction: float) -> Part:
    return Part(substance.id, element_mg / fraction, element_mg)


def _other(claim: Claim, sources: tuple[Source, ...]) -> Substance | None:
    """The densest other source that the label names for the nutrient, else the stand-in."""
    named = [
        catalogue.substance(i)
        for source in (*claim.sources, *claim.beside)
        if source not in sources and holds(claim.nutrient, source)
        for i in source.meaning.substances
    ]
    return max(
        named,
        key=lambda s: catalogue.element_fraction(s, claim.nutrient),
        default=stand_in(claim.nutrient),
    )
