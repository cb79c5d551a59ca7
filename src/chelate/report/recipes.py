"""Recipes that fit what a label prints, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.bounds import own_sources
from chelate.bounds.capacities import holds
from chelate.bounds.ends import CLAIMED, ELSEWHERE, End, Portion
from chelate.bounds.parts import View
from chelate.bounds.solving import feasible
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import listed, mass
from chelate.findings import Verdict
from chelate.report import delivered, reasons
from chelate.report.delivered import Told
from chelate.rules import Judged


def recipes(judged: Judged, result: CheckResult) -> tuple[str, ...]:
    """A recipe that fits what is printed with the least from elsewhere.

    Where the label names other sources, and they can be all there is, it is of those, and a
    second has the most from them. None where the least would be the claimed sources alone,
    which the label or another of its figures says they are not, and none of claimed sources
    without a stoichiometry.
    """
    told, claim = delivered.told(judged, result), judged.claim
    apart = judged.bounds.conflict or judged.verdict is Verdict.DECLARED_BLEND
    if not told or (apart and not judged.bounds.elsewhere_mg):
        return ()
    if not told[0].reading.ranges[ELSEWHERE].least.witness:
        return ()
    if not all(holds(claim.nutrient, source) for source in own_sources(claim)):
        return ()
    return _of_named(judged, told, result) or (_of_claimed(told[0], claim),)


def _of_named(judged: Judged, told: tuple[Told, ...], result: CheckResult) -> tuple[str, ...]:
    """Recipes of the sources that the label names beside the claimed ones; none where none fits."""
    claim = judged.claim
    if len(own_sources(claim)) == len(claim.sources):
        return ()
    if named := next((each for each in told if each.reading.name == "named"), None):
        found = named.reading.ranges[ELSEWHERE]
        how = reasons.reading_name(named, claim)
        first = f"A recipe that fits, with the least from elsewhere, {how}"
        least, most = (_recipe(end, claim) for end in (found.least, found.most))
        return f"{first}: {least}.", f"One with the most: {most}."
    view = View(judged.index, alone=True)
    end = feasible(result.composition, judged.index, view).end(ELSEWHERE, "least")
    return (f"A recipe of the sources named that fits: {_recipe(end, claim)}.",) if end else ()


def _of_claimed(told: Told, claim: Claim) -> str:
    none = told.ranges[ELSEWHERE].low == 0
    how = "with none from elsewhere" if none else "with the least from elsewhere"
    return f"A recipe that fits, {how}: {_recipe(_least(told), claim)}."


def _least(told: Told) -> End:
    """The recipe with the least from elsewhere: with the most of the claimed where that is none.

    At the most that is declared the printed mass is filled, without a rest of other matter.
    """
    most = told.reading.ranges[CLAIMED].most
    from_elsewhere = any(each.element_mg and not each.name for each in most.witness)
    none = told.ranges[ELSEWHERE].low == 0 and not from_elsewhere
    return most if none else told.reading.ranges[ELSEWHERE].least


def _recipe(end: End, claim: Claim) -> str:
    held = (portion for portion in end.witness if portion.mass_mg > delivered.NOISE)
    first, *others = (_portion(portion, claim) for portion in _gathered(held))
    return f"{first} with {listed(others)}" if others else first


def _gathered(portions: Iterable[Portion]) -> Iterator[Portion]:
    """The parts of a recipe, what is other matter in several sources as one, the last."""
    other_mg = 0.0
    for portion in portions:
        if portion.substance == "":
            other_mg += portion.mass_mg
        else:
            yield portion
    if other_mg:
        yield Portion("", "", other_mg, 0.0)


def _portion(portion: Portion, claim: Claim) -> str:
    """One part of a recipe: a compound, an element from anywhere, or other matter."""
    element = mass(portion.element_mg, claim.unit)
    taken = mass(portion.mass_mg, claim.material_unit(portion.mass_mg))
    if portion.substance is None:
        where = f"as “{portion.name}”" if portion.name else "from elsewhere"
        return f"{element} of {claim.nutrient} {where}"
    if not portion.substance:
        return f"{taken} of other matter"
    held = f" ({element} {claim.nutrient})" if portion.element_mg else ""
    return f"{taken} {spoken(portion.substance)}{held}"
