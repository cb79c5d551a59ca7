"""Recipes that fit what a label prints, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE, End, Portion
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import listed, mg
from chelate.findings import Verdict
from chelate.report import delivered, reasons
from chelate.report.delivered import Told
from chelate.rules import Judged


def recipes(judged: Judged, result: CheckResult) -> tuple[str, ...]:
    """Recipes that fit what is printed, at both ends of what may come from elsewhere.

    None where the least would be the claimed sources alone, which the label or another of
    its figures says they are not, and none of sources without a stoichiometry.
    """
    told = delivered.told(judged, result)
    apart = judged.bounds.conflict or judged.verdict is Verdict.DECLARED_BLEND
    if not told or (apart and not judged.bounds.elsewhere_mg):
        return ()
    witness = told[0].reading.ranges[ELSEWHERE].least.witness
    if not witness or any(each.substance is None and each.name for each in witness):
        return ()
    return (*_recipes(told, judged.claim), "The arithmetic does not say which was used.")


def _recipes(told: tuple[Told, ...], claim: Claim) -> Iterator[str]:
    none = told[0].ranges[ELSEWHERE].low == 0
    least = told[0].reading.ranges[ELSEWHERE].least
    how = "with none from elsewhere" if none else "with the least from elsewhere"
    yield f"A recipe that fits, {how}: {_recipe(least, claim)}."
    if most := next(filter(_is_limited, told), None):
        end = most.reading.ranges[ELSEWHERE].most
        name = reasons.reading_name(most, claim)
        yield f"One with the most from elsewhere, {name}: {_recipe(end, claim)}."


def _is_limited(told: Told) -> bool:
    """Whether a reading that takes no side on the printed mass limits what is from elsewhere."""
    neutral = told.reading.name in ("any", "documented", "named")
    return neutral and told.ranges.get(ELSEWHERE_SHARE, reasons.ALL).high < 1


def _recipe(end: End, claim: Claim) -> str:
    held = (portion for portion in end.witness if portion.mass_mg > delivered.NOISE)
    first, *others = (_portion(portion, claim.nutrient) for portion in _gathered(held))
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


def _portion(portion: Portion, nutrient: str) -> str:
    """One part of a recipe: a compound, an element from anywhere, or other matter."""
    if portion.substance is None:
        where = f"as “{portion.name}”" if portion.name else "from elsewhere"
        return f"{mg(portion.element_mg)} of {nutrient} {where}"
    if not portion.substance:
        return f"{mg(portion.mass_mg)} of other matter"
    element = f" ({mg(portion.element_mg)} {nutrient})" if portion.element_mg else ""
    return f"{mg(portion.mass_mg)} {spoken(portion.substance)}{element}"
