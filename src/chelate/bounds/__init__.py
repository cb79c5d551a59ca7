"""What must be true of the masses behind the source claims of a label.

The printed figures become *statements* over unknown masses of every substance that each
claim may mean (`problem`). Of the claimed sources alone they can all be true, or a smallest
set of them is in *conflict*; with anything else besides they leave *ranges*, each end with a
witness that reaches it and a proof in exact rationals (`certificate`). Closed forms come
first (`separate`); statements that are truly coupled go to HiGHS (`coupled`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chelate.bounds.capacities import Capacity, Holder, capacities, holds, stand_in
from chelate.bounds.conflicts import Conflict, Mend, conflict, uncertainty
from chelate.bounds.documented import (
    Lean,
    all_hold,
    fill_g_per_ml,
    lean_reading,
)
from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE
from chelate.bounds.parts import (
    View,
    own_sources,
)
from chelate.bounds.ranges import Range, Reading, other_source, readings, recipe
from chelate.bounds.solving import feasible
from chelate.composition import Claim, Composition
from chelate.intervals import Interval, total

__all__ = [
    "Bounds",
    "Capacity",
    "Conflict",
    "Holder",
    "Lean",
    "Mend",
    "Outcome",
    "Range",
    "Reading",
    "Rest",
    "bounds",
    "own_sources",
    "readings",
    "recipe",
    "stand_in",
]

Outcome = Literal["fits", "exceeds", "undecided"]


@dataclass(frozen=True, slots=True)
class Rest:
    """The least from elsewhere if that is `substance`, and the printed mass includes it.

    `within` is the text of that printed mass, "" where the label prints none that is the
    compound's or the blend's.
    """

    substance: str
    within: str
    least_mg: float
    least_share: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """What must be true of a claim.

    `outcome` holds the element declared against all claimed sources, a declared buffer
    included; `reason` says why nothing could be decided; `conflict` are the statements that
    cannot all be true. `capacities` are the printed masses held against the claim one by
    one, the tightest first: of all claimed sources where they are exceeded, else of the
    chelates alone. `elsewhere_mg` is the least of the element that must come from another
    source than those and `elsewhere_share` the least share of it, in any case; None where
    nothing printed bounds it; `rest` is the same if that is the densest other source.
    `parts_mg` is the sum of the printed shares, where it is more than the whole.
    """

    outcome: Outcome
    reason: str = ""
    capacities: tuple[Capacity, ...] = ()
    conflict: Conflict | None = None
    elsewhere_mg: float | None = None
    elsewhere_share: float | None = None
    rest: Rest | None = None
    lean: Lean | None = None
    fill_g_per_ml: float | None = None
    parts_mg: Interval | None = None

    @property
    def tightest(self) -> Capacity | None:
        """The capacity that leaves the least room."""
        return self.capacities[0] if self.capacities else None


def bounds(composition: Composition) -> tuple[Bounds, ...]:
    """Hold every claim of a label against every figure that the label prints."""
    return tuple(_bounds(composition, k) for k in range(len(composition.claims)))


def _bounds(composition: Composition, k: int) -> Bounds:
    claim, serving = composition.claims[k], composition.serving
    if not claim.sources:
        return Bounds("undecided", "no source is named")
    if claim.declared is None:
        return Bounds("undecided", f"how much {claim.nutrient} it gives is not readably printed")
    found = _conflict(composition, k)
    every = capacities(claim, claim.sources, serving, buffer=True)
    alone = capacities(claim, own_sources(claim), serving, buffer=False)
    shown = every if found and every and every[0].missing_mg else alone
    reason = "" if found else _undecided(claim, every)
    least = _least(composition, k, found)
    return Bounds(
        "exceeds" if found else "undecided" if reason else "fits",
        reason,
        shown,
        found,
        *least,
        _rest(composition, k) if least[0] else None,
        lean_reading(claim),
        fill_g_per_ml(claim, serving),
        _parts(claim),
    )


def is_bounded(composition: Composition, k: int) -> bool:
    """Whether anything is printed that may bound where a claim's element comes from."""
    claim, serving = composition.claims[k], composition.serving
    own = any(source.mass or source.share for source in claim.sources)
    whole = claim.blend or serving.mass or serving.capsule_size or composition.moieties
    return bool(own or whole)


def _conflict(composition: Composition, k: int) -> Conflict | None:
    """The conflict that a claim takes part in; one among others alone is none of its own."""
    if not is_bounded(composition, k):
        return None
    found = conflict(composition, k, feasible(composition, k, View(k, alone=True)))
    return found if found and k in found.claims else None


def _least(
    composition: Composition, k: int, contradicted: Conflict | None
) -> tuple[float | None, float | None]:
    """The least from elsewhere in any case, as mg and as a share; 0 within the uncertainty.

    Where the claimed sources alone can give all of the element, nothing else need be there.
    """
    claim = composition.claims[k]
    if not is_bounded(composition, k):
        return None, None
    if not contradicted and not claim.buffered and claim.sources == own_sources(claim):
        return 0.0, 0.0
    found = feasible(composition, k, View(k))
    end = found.end(ELSEWHERE, "least")
    if end is None:
        return None, None
    own = sum(portion.element_mg for portion in end.witness) - end.value
    if end.value <= own * uncertainty(composition, (k,)):
        return 0.0, 0.0
    share = found.end(ELSEWHERE_SHARE, "least")
    return end.value, share.value if share else None


def _rest(composition: Composition, k: int) -> Rest | None:
    claim = composition.claims[k]
    other = other_source(claim)
    masses = [s.mass.text for s in own_sources(claim) if s.mass]
    within = " + ".join(masses) or (claim.blend.text if claim.blend else "")
    if other is None:
        return None
    found = feasible(composition, k, View(k, outside=not within, rest=(other,)))
    least, share = found.end(ELSEWHERE, "least"), found.end(ELSEWHERE_SHARE, "least")
    return Rest(other, within, least.value, share.value) if least and share else None


def _parts(claim: Claim) -> Interval | None:
    """The sum of the printed shares, where it is more than the whole."""
    assert claim.declared is not None
    shares = total(s.share.interval_mg for s in claim.sources if s.share)
    return shares if shares.low > claim.declared.interval_mg.high else None


def _undecided(claim: Claim, tested: tuple[Capacity, ...]) -> str:
    """Why the claim cannot be decided, or "" where it can."""
    unknown = next((s for s in claim.sources if not holds(claim.nutrient, s)), None)
    if unknown:
        return f"“{unknown.text}” has no stoichiometry of {claim.nutrient} in the catalogue"
    if not tested or not all_hold(claim, claim.sources):
        return (
            "no mass of the compound, the blend or the serving is printed in the panel, and no "
            "capsule size"
        )
    return ""
