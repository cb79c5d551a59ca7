"""Which way a claim is solved: in closed form if only budgets tie it to others, else by HiGHS."""

from __future__ import annotations

from chelate import catalogue
from chelate.bounds.closed import Reader, is_closed
from chelate.bounds.ends import Feasible
from chelate.bounds.parts import (
    View,
    blends_of,
)
from chelate.bounds.separate import Separate
from chelate.composition import Claim, Composition


def feasible(composition: Composition, k: int, view: View) -> Feasible:
    """What a view leaves open for claim `k` of a label."""
    others = tied(composition, k)
    if is_closed(k, others, Reader(composition, view)):
        return Separate(composition, k, others, view)
    from chelate.bounds.coupled import Coupled

    return Coupled(composition, k, others, view)


def coupled(composition: Composition, k: int, view: View) -> Feasible:
    """The same by the solver, whatever the shape: for what a closed form cannot tell."""
    from chelate.bounds.coupled import Coupled

    return Coupled(composition, k, tied(composition, k), view)


def tied(composition: Composition, k: int) -> tuple[int, ...]:
    """The other claims that share a mass, an element or a printed moiety with a claim."""
    claims, serving = composition.claims, composition.serving
    shared = serving.mass or serving.capsule_size or composition.moieties
    return tuple(
        j for j, other in enumerate(claims)
        if j != k and (shared or _same_blend(claims[k], other) or _overlap(claims[k], other))
    )  # fmt: skip


def _same_blend(claim: Claim, other: Claim) -> bool:
    mine = {blend.path for blend in blends_of(claim)}
    return any(blend.path in mine for blend in blends_of(other))


def _overlap(claim: Claim, other: Claim) -> bool:
    """Whether a source of either holds the element of the other."""
    return claim.nutrient != other.nutrient and (_gives(claim, other) or _gives(other, claim))


def _gives(claim: Claim, other: Claim) -> bool:
    return any(
        catalogue.element_count(catalogue.substance(name), other.nutrient)
        for source in claim.sources
        for name in source.meaning.substances
    )
