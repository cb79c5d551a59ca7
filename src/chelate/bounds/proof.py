"""The arithmetic of a bound, as a person would write it with a pencil."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.bounds.capacities import Capacity, Holder
from chelate.catalogue.names import spoken
from chelate.composition import Claim
from chelate.figures import assay, mg, percent

_HOLDER_WORDS: dict[Holder, str] = {
    "compound": "the compound's mass",
    "source": "this source's mass",
    "blend": "the blend's mass",
    "serving": "the mass of one serving",
    "capsules": "filled at the highest density considered",
}


def proof_lines(claim: Claim, held: Capacity | None) -> tuple[str, ...]:
    """The test of the tightest capacity, line by line; none where nothing could be tested."""
    if held is None or claim.declared is None or (held.fraction == 1 and not held.missing_mg):
        return ()
    return tuple(_lines(claim, held))


def _lines(claim: Claim, held: Capacity) -> Iterator[str]:
    source = next((s for s in claim.sources if s.mass and s.mass.path == held.path), None)
    is_share = held.holder == "source" and source is not None and source.share is not None
    printed = source.share if is_share and source else claim.declared
    assert printed is not None
    yield f"“{printed.text}” stands for at least {mg(held.needed_mg)} of {claim.nutrient}."
    for part in held.parts or (held,):
        yield f"“{part.text}” ({_HOLDER_WORDS[part.holder]}) is at most {mg(part.mass_mg)}."
        yield f"{_product(claim, part)} at most."
    if held.parts:
        together = " + ".join(mg(part.element_mg) for part in held.parts)
        yield f"{together} = {mg(held.element_mg)} at most."
    yield _conclusion(held)


def _product(claim: Claim, part: Capacity) -> str:
    name = spoken(part.densest) if part.densest else f"the {claim.nutrient} itself"
    return f"{mg(part.mass_mg)} × {assay(part.fraction)} ({name}) = {mg(part.element_mg)}"


def _conclusion(held: Capacity) -> str:
    if not held.missing_mg:
        return f"{mg(held.needed_mg)} is not more than {mg(held.element_mg)}: it fits."
    share = percent(held.missing_mg / held.needed_mg)
    return (
        f"{mg(held.needed_mg)} − {mg(held.element_mg)} = {mg(held.missing_mg)} ({share}) must "
        "come from elsewhere."
    )
