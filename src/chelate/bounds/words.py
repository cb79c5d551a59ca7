"""Bounds and conflicts in words, the same in findings, verdicts and reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chelate import catalogue
from chelate.bounds.conflicts import Conflict, Mend
from chelate.bounds.parts import (
    own_sources,
)
from chelate.catalogue.names import spoken
from chelate.composition import Claim
from chelate.figures import MassUnit, at_least_mass, at_least_percent, at_most_mass, listed

if TYPE_CHECKING:
    from chelate.bounds import Bounds


def elsewhere(claim: Claim, found: Bounds) -> str:
    """What must come from elsewhere: in any case, then if it is the densest other source.

    "at least 42 mg (21.0 %) of the 200 mg must come from something other than magnesium
    bisglycinate; if that is magnesium oxide and the 1,112 mg includes it, at least 54.8 mg
    (27.5 %)". Empty where nothing must.
    """
    if not found.elsewhere_mg or claim.declared is None:
        return ""
    least = _least(found.elsewhere_mg, found.elsewhere_share, claim)
    said = (
        f"{least} of the {claim.declared.text} must come from something other than "
        f"{listed(claimed_names(claim))}"
    )
    return f"{said}{_if_rest(found, claim)}"


def _if_rest(found: Bounds, claim: Claim) -> str:
    rest = found.rest
    if rest is None or not found.elsewhere_mg or rest.least_mg <= found.elsewhere_mg * (1 + 1e-6):
        return ""
    within = f" and the {rest.within} includes it" if rest.within else ""
    least = _least(rest.least_mg, rest.least_share, claim)
    return f"; if that is {spoken(rest.substance)}{within}, {least}"


def _least(least_mg: float, share: float | None, claim: Claim) -> str:
    part = "" if share is None else f" ({at_least_percent(share)})"
    return f"at least {at_least_mass(least_mg, claim.unit)}{part}"


def claimed_names(claim: Claim) -> list[str]:
    """The sources that a claim lives by: as the catalogue names them, else as printed."""
    families = catalogue.families()
    found = [
        families[s.meaning.family].name if s.meaning.family else f"“{s.text}”"
        for s in own_sources(claim)
    ]
    return [f"{name[:1].lower()}{name[1:]}" for name in dict.fromkeys(found)]


def mends(conflict: Conflict, claims: tuple[Claim, ...]) -> Iterator[str]:
    """The least change of each printed figure, alone, that would mend a conflict."""
    for mend in conflict.mends:
        if words := _mended(mend, claims):
            yield words


def _mended(mend: Mend, claims: tuple[Claim, ...]) -> str:
    statement = mend.statement
    if mend.to_mg <= 0 or statement.kind in ("assay", "order"):
        return ""
    if statement.kind == "capsules":
        return capsules_needed(mend)
    claim = None if statement.claim is None else claims[statement.claim]
    of = f" of {claim.nutrient}" if claim and statement.kind == "declared" else ""
    to, unit = mend.to_mg, _unit(mend, claim)
    if statement.sense == "at least":
        return f"“{statement.text}”{of} would have to stand for {at_least_mass(to, unit)} or less"
    return f"“{statement.text}” would have to stand for {at_most_mass(to, unit)} or more"


def _unit(mend: Mend, claim: Claim | None) -> MassUnit:
    """The unit that a changed figure is written in, by the nutrient that it is or holds."""
    if claim is None or mend.statement.kind == "moiety":
        return "mg"
    is_element = mend.statement.kind in ("declared", "share")
    return claim.unit if is_element else claim.material_unit(mend.to_mg)


def capsules_needed(mend: Mend) -> str:
    """How many of the stated capsules it would take: "2,835 mg: 4 size 0 capsules, not 2"."""
    units, _, size = mend.statement.text.partition(" size ")
    size = size.split()[0]
    return (
        f"it would take {at_most_mass(mend.to_mg)} at the highest density considered: "
        f"{mend.capsules} size {size} capsules, not {units}"
    )
