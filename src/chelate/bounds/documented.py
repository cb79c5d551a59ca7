"""What a claim's numbers look like beside what is documented: lean compounds, tight fills."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.bounds.capacities import (
    capsules_ml,
    densest,
    documented,
    holds,
    is_traded,
)
from chelate.composition import Claim, Serving, Source
from chelate.intervals import Interval, total

# Moisture and rounding down take a material a little below its documented assay.
LEAN_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class Lean:
    """An element fraction printed that lies below everything documented for the sources."""

    printed: Interval
    documented: Interval


def all_hold(claim: Claim, sources: tuple[Source, ...]) -> bool:
    """Whether there are sources, each with a stoichiometry of the claim's nutrient."""
    return bool(sources) and all(holds(claim.nutrient, source) for source in sources)


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
    element = claim.declared.interval_mg
    printed = Interval(element.low / whole.high, element.high / whole.low)
    return Lean(printed, Interval(least / whole.low, most / whole.high))


def fill_g_per_ml(claim: Claim, serving: Serving) -> float | None:
    """Density in g/mL that the stated capsules need to hold the claimed sources alone."""
    volume = capsules_ml(serving)
    if volume is None or claim.declared is None or not all_hold(claim, claim.sources):
        return None
    fraction = densest(claim, claim.sources, buffer=True).fraction
    return claim.declared.interval_mg.low / fraction / volume / 1000
