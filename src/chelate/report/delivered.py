"""What a serving can bring as its label is printed: glycine, and the share from elsewhere.

Figures for the report that no verdict rests on. Masses in mg per serving.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.composition import Claim, Source
from chelate.figures import assay, at_most_mg, mg, number
from chelate.intervals import Interval, total
from chelate.rules import Judged

GLYCINE = "glycine"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A moiety that a claim can bring, as the free acid; `range_mg` None where unknown.

    `condition` says what the range supposes, `working` how its upper end is reached. With
    `at_most` only the upper end is known.
    """

    range_mg: Interval | None
    condition: str
    at_most: bool = False
    working: str = ""


def glycine(judged: Judged) -> Delivered:
    """Glycine as the free acid that the sources of a claim can bring.

    Nothing is computed from numbers that cannot all be true: then it is the most that the
    printed masses can hold.
    """
    claim = judged.claim
    carriers = tuple(s for s in claim.sources if any(map(_fraction, _members(s))))
    if not carriers:
        return _without_carrier(claim)
    shares = _shares(carriers)
    if shares and judged.bounds.outcome != "exceeds":
        return _of_element(shares, carriers, claim, "from the share printed for it")
    if _is_all(judged, carriers) and claim.declared:
        whole = f"if all of the {claim.nutrient} is from it"
        return _of_element(claim.declared.interval_mg, carriers, claim, whole)
    most = min(_ceilings(judged, carriers), default=None)
    if most is None:
        return Delivered(None, "no readable amount bounds it")
    return Delivered(Interval(0.0, most[0]), _why_at_most(judged), at_most=True, working=most[1])


def _without_carrier(claim: Claim) -> Delivered:
    if not claim.sources:
        return Delivered(None, "no source is named")
    open_names = [s.text for s in claim.sources if s.meaning.status != "known"]
    if open_names:
        return Delivered(None, f"“{open_names[0]}” has no stoichiometry that the catalogue knows")
    return Delivered(Interval(0.0, 0.0), "no source named holds any")


def _is_all(judged: Judged, carriers: tuple[Source, ...]) -> bool:
    """Whether the claim says that all of the element comes from carriers, and it may."""
    claim = judged.claim
    alone = len(carriers) == len(claim.sources) and not claim.buffered and not judged.denser
    whole = all(_fraction(m) for s in carriers for m in _members(s))
    return alone and whole and not judged.bounds.elsewhere_mg


def _why_at_most(judged: Judged) -> str:
    if judged.bounds.outcome == "exceeds":
        return "the most that fits; nothing is computed from numbers that cannot all be true"
    if judged.bounds.elsewhere_mg:
        return "the most that fits the printed masses"
    return "how the sources share it is not printed"


def _of_element(
    element_mg: Interval, carriers: tuple[Source, ...], claim: Claim, condition: str
) -> Delivered:
    found = _times(element_mg, carriers, claim)
    return Delivered(found, condition, working=_by_ratio(element_mg.high, found.high, claim))


def _ceilings(judged: Judged, carriers: tuple[Source, ...]) -> Iterator[tuple[float, str]]:
    """The most glycine that each printed figure allows, with its arithmetic."""
    claim = judged.claim
    if claim.declared:
        most = _times(claim.declared.interval_mg, carriers, claim).high
        yield most, _by_ratio(claim.declared.interval_mg.high, most, claim)
    richest = max(_fraction(m) for s in carriers for m in _members(s))
    masses = [s.mass.interval_mg.high for s in carriers if s.mass]
    if len(masses) == len(carriers):
        yield _by_mass(sum(masses), richest)
    for held in judged.bounds.capacities:
        if held.holder in ("blend", "serving", "capsules"):
            yield _by_mass(held.mass_mg, richest)


def _by_mass(mass_mg: float, fraction: float) -> tuple[float, str]:
    most = mass_mg * fraction
    return most, f"{mg(mass_mg)} × {assay(fraction)} glycine = {at_most_mg(most)} at most."


def _by_ratio(element_mg: float, most: float, claim: Claim) -> str:
    ratio = number(most / element_mg) if element_mg else "0"
    return (
        f"{mg(element_mg)} {claim.nutrient} × {ratio} g glycine per g = {at_most_mg(most)} at most."
    )


def _times(element_mg: Interval, carriers: tuple[Source, ...], claim: Claim) -> Interval:
    """The glycine that comes with so much of the element from the carriers."""
    ratios = [
        _fraction(m) / catalogue.element_fraction(m, claim.nutrient)
        for s in carriers
        for m in _members(s)
        if catalogue.element_count(m, claim.nutrient)
    ]
    return Interval(
        element_mg.low * min(ratios, default=0.0), element_mg.high * max(ratios, default=0.0)
    )


def _shares(sources: tuple[Source, ...]) -> Interval | None:
    shares = [s.share.interval_mg for s in sources if s.share]
    return total(shares) if shares and len(shares) == len(sources) else None


def _members(source: Source) -> tuple[Substance, ...]:
    return tuple(map(catalogue.substance, source.meaning.substances))


def _fraction(substance: Substance) -> float:
    return catalogue.moiety_fraction(substance, GLYCINE)


def printed_elsewhere(claim: Claim) -> Interval | None:
    """The fraction of the element that the label itself prints for sources beside its chelate."""
    others = tuple(s for s in claim.sources if not s.meaning.chelate)
    if len(others) == len(claim.sources) or claim.declared is None:
        return None
    shares = _shares(others)
    if shares is None:
        return None
    declared = claim.declared.interval_mg
    return Interval(min(1.0, shares.low / declared.high), min(1.0, shares.high / declared.low))
