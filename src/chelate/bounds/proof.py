"""The arithmetic of a bound, as a person would write it with a pencil."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.bounds.capacities import Capacity, Holder
from chelate.catalogue.names import spoken
from chelate.composition import Claim
from chelate.figures import assay, at_least_mg, at_least_percent, at_most_mg, mg, number
from chelate.intervals import Interval

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
        yield f"“{part.text}” ({_HOLDER_WORDS[part.holder]}) is at most {at_most_mg(part.mass_mg)}."
        yield f"{_product(claim, part)} at most."
    if held.parts:
        together = " + ".join(at_most_mg(part.element_mg) for part in held.parts)
        yield f"{together} = {at_most_mg(held.element_mg)} at most."
    yield _conclusion(held)


def _product(claim: Claim, part: Capacity) -> str:
    name = spoken(part.densest) if part.densest else f"the {claim.nutrient} itself"
    held = at_most_mg(part.element_mg)
    return f"{at_most_mg(part.mass_mg)} × {assay(part.fraction)} ({name}) = {held}"


def _conclusion(held: Capacity) -> str:
    if not held.missing_mg:
        return f"{mg(held.needed_mg)} is not more than {at_most_mg(held.element_mg)}: it fits."
    share = at_least_percent(held.missing_mg / held.needed_mg)
    needed, possible = mg(held.needed_mg), at_most_mg(held.element_mg)
    if held.missing_mg < 1:
        needed = f"{number(held.needed_mg, digits=7)} mg"
        possible = f"{number(held.element_mg, digits=7)} mg"
    return (
        f"{needed} − {possible} = {at_least_mg(held.missing_mg)} ({share}) must come from "
        "elsewhere."
    )


def parts_proof(claim: Claim, parts_mg: Interval) -> tuple[str, ...]:
    """That the shares printed add up to more than the whole."""
    assert claim.declared is not None
    shares = [source.share for source in claim.sources if source.share]
    sum_of_least = " + ".join(mg(share.interval_mg.low) for share in shares)
    most = claim.declared.interval_mg.high
    return (
        f"The parts are at least {sum_of_least} = {at_least_mg(parts_mg.low)}.",
        f"The whole, “{claim.declared.text}”, is at most {at_most_mg(most)}.",
    )
