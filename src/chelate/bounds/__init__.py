"""What must be true of the masses behind a source claim.

Every *capacity* is a printed mass times the most of the element that the claimed sources
can hold: the compound's own mass, a blend's, the serving's, or what the stated capsules
hold. The least element printed must fit into each. Where it does not, the rest must come
from elsewhere: conservation of mass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chelate.bounds.capacities import Capacity, Holder, capacities, holds, stand_in
from chelate.bounds.proof import parts_proof, proof_lines
from chelate.bounds.readings import (
    Blend,
    Lean,
    Part,
    all_hold,
    blend_reading,
    claimed_sources,
    fill_g_per_ml,
    lean_reading,
    witness,
)
from chelate.composition import Claim, Composition
from chelate.intervals import Interval, total

__all__ = [
    "Blend",
    "Bounds",
    "Capacity",
    "Holder",
    "Lean",
    "Outcome",
    "Part",
    "bounds",
    "claimed_sources",
    "stand_in",
]

Outcome = Literal["fits", "exceeds", "undecided"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What must be true of a claim.

    `outcome` holds the element declared against all claimed sources, a declared buffer
    included; `reason` says why nothing could be decided. `capacities` are the tests shown,
    the tightest first: of all claimed sources where they are exceeded, else of the
    chelates alone. `elsewhere_mg` is the least of the element that must come from another
    source than those, None where nothing printed bounds it. `parts_mg` is the sum of the
    printed shares, where it is more than the whole.
    """

    outcome: Outcome
    reason: str = ""
    capacities: tuple[Capacity, ...] = ()
    elsewhere_mg: float | None = None
    blend: Blend | None = None
    lean: Lean | None = None
    fill_g_per_ml: float | None = None
    parts_mg: Interval | None = None
    witness: tuple[Part, ...] = ()
    proof: tuple[str, ...] = ()

    @property
    def tightest(self) -> Capacity | None:
        """The capacity that leaves the least room."""
        return self.capacities[0] if self.capacities else None


def bounds(claim: Claim, composition: Composition) -> Bounds:
    """Hold a claim against every mass that the label prints."""
    if not claim.sources:
        return Bounds("undecided", "no source is named")
    if claim.declared is None:
        return Bounds("undecided", f"how much {claim.nutrient} it gives is not readably printed")
    shares = total(s.share.interval_mg for s in claim.sources if s.share)
    if shares.low > claim.declared.interval_mg.high:
        return Bounds("exceeds", parts_mg=shares, proof=parts_proof(claim, shares))
    serving = composition.serving
    every = capacities(claim, claim.sources, serving, buffer=True)
    alone = capacities(claim, claimed_sources(claim), serving, buffer=False)
    exceeded = bool(every and every[0].missing_mg)
    shown = every if exceeded else alone
    tightest = shown[0] if shown else None
    outcome: Outcome = "exceeds" if exceeded else "fits"
    reason = "" if exceeded else _undecided(claim, every)
    return Bounds(
        "undecided" if reason else outcome,
        reason,
        shown,
        max((c.missing_mg for c in (*every[:1], *alone[:1])), default=None),
        blend_reading(claim, alone[0] if alone else None),
        lean_reading(claim),
        fill_g_per_ml(claim, serving),
        None,
        witness(claim, alone[0] if alone else None),
        proof_lines(claim, tightest),
    )


def _undecided(claim: Claim, tested: tuple[Capacity, ...]) -> str:
    """Why the claim cannot be decided, or "" where it can."""
    unknown = next((s for s in claim.sources if not holds(claim.nutrient, s)), None)
    if unknown:
        return f"“{unknown.text}” has no stoichiometry of {claim.nutrient} in the catalogue"
    if not tested or not all_hold(claim, claim.sources):
        return "no mass of the compound, the blend or the serving is printed, and no capsule size"
    return ""
