"""What a serving can bring as its label is printed: the element by source, and glycine.

Figures for the report that no verdict rests on, each an end that the mass-balance engine
found. Masses in mg per serving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chelate import catalogue
from chelate.bounds.conflicts import uncertainty
from chelate.bounds.ends import OF_SHARE, End, Portion
from chelate.bounds.parts import View, has_own_share
from chelate.bounds.ranges import GLYCINE, Range, Reading, narrower, solver_of
from chelate.bounds.ranges import in_any_case as reading_in_any_case
from chelate.bounds.solving import feasible
from chelate.catalogue import Substance
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.composition import Claim, Composition, Source
from chelate.figures import assay, at_most_mass, cut_up, equation, mass, mg, number
from chelate.intervals import Interval
from chelate.report.fractions import glycine_per_element
from chelate.report.remembered import remembered
from chelate.rules import Judged

NOISE = 1e-9
SHARED = "from the share printed for it"


@dataclass(frozen=True, slots=True)
class Told:
    """A reading of a claim's printed masses, and the range that it leaves each target.

    Amounts in mg, shares as fractions; a lower end within the uncertainty of the atomic
    weights is 0.
    """

    reading: Reading
    ranges: dict[str, Interval]


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


def told(judged: Judged, result: CheckResult) -> tuple[Told, ...]:
    """What each reading of a claim leaves open, what holds in any case first."""
    first = in_any_case(judged, result)
    return (first, *_narrower(result.composition, judged.index)) if first else ()


def in_any_case(judged: Judged, result: CheckResult) -> Told | None:
    """What a claim leaves open however its printed masses are read: the first that is told."""
    return _in_any_case(result.composition, judged.index)


@remembered
def _in_any_case(composition: Composition, k: int) -> Told | None:
    found = reading_in_any_case(composition, k)
    return _told(found, composition, k) if found else None


@remembered
def _narrower(composition: Composition, k: int) -> tuple[Told, ...]:
    return tuple(_told(reading, composition, k) for reading in narrower(composition, k))


def _told(reading: Reading, composition: Composition, k: int) -> Told:
    declared = composition.claims[k].declared
    assert declared is not None
    slack = uncertainty(composition, (k,))
    return Told(
        reading,
        {
            target: _fractions(found, slack)
            if target in OF_SHARE
            else _interval(found, slack * declared.interval_mg.high)
            for target, found in reading.ranges.items()
        },
    )


def _interval(found: Range, slack: float = 0.0) -> Interval:
    low = found.least.value
    return Interval(low if low > max(slack, NOISE) else 0.0, max(found.most.value, 0.0))


def _fractions(found: Range, slack: float) -> Interval:
    interval = _interval(found, slack)
    return Interval(interval.low, interval.high if interval.high < 1 - NOISE else 1.0)


def glycine(judged: Judged, result: CheckResult) -> Delivered:
    """Glycine as the free acid that the sources of a claim can bring.

    Nothing is computed from numbers that cannot all be true: then it is the most that the
    printed masses can hold.
    """
    return _glycine(result, judged.index)


@remembered
def _glycine(result: CheckResult, k: int) -> Delivered:
    judged = next(each for each in result.judged if each.index == k)
    claim = judged.claim
    carriers = tuple(s for s in claim.sources if any(map(_fraction, _members(s))))
    if not carriers:
        return _without_carrier(claim)
    if _is_all(judged, carriers) and (whole := _of_all(judged, result)):
        return _delivered(whole, claim, f"if all of the {claim.nutrient} is from it")
    if _is_shared(judged, carriers) and (shared := _of_all(judged, result)):
        return _delivered(shared, claim, SHARED)
    found = _of_any(judged, result, carriers)
    if found is None:
        return Delivered(None, "no readable amount bounds it")
    return _delivered(found, claim, _condition(judged, carriers))


def _delivered(found: Range, claim: Claim, condition: str) -> Delivered:
    interval = _interval(found)
    return Delivered(interval, condition, not interval.low, _working(found.most, claim))


def glycine_in_any_case(judged: Judged, result: CheckResult) -> Interval | None:
    """The same in mg however the label is read, from whatever else it may be; None if unknown."""
    found = glycine(judged, result).range_mg
    if found is None or not found.high:
        return found
    told = in_any_case(judged, result)
    return told.ranges.get(GLYCINE, _up_to(found)) if told else _up_to(found)


def glycine_if_all(judged: Judged, result: CheckResult) -> Interval | None:
    """The same in mg if the sources named are all there is, None where the claim is not so."""
    found, held = glycine(judged, result).range_mg, glycine_in_any_case(judged, result)
    return found if found and held and held.low < found.low else None


def _up_to(found: Interval) -> Interval:
    return Interval(0.0, found.high)


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
    shares = _have_shares(claim, carriers)
    return alone and whole and not shares and bool(claim.declared) and _is_possible(judged)


def _is_shared(judged: Judged, carriers: tuple[Source, ...]) -> bool:
    """Whether the label prints what each carrier brings, and it may."""
    return _have_shares(judged.claim, carriers) and judged.bounds.outcome != "exceeds"


def _have_shares(claim: Claim, sources: tuple[Source, ...]) -> bool:
    """Whether what each source brings is printed, beside the amount declared."""
    return all(has_own_share(claim, source) for source in sources)


def _is_possible(judged: Judged) -> bool:
    return judged.bounds.outcome != "exceeds" and not judged.bounds.elsewhere_mg


def _of_all(judged: Judged, result: CheckResult) -> Range | None:
    """The glycine of the claimed sources, if there is nothing else."""
    return _range(result.composition, judged.index, View(judged.index, alone=True))


def _of_any(judged: Judged, result: CheckResult, carriers: tuple[Source, ...]) -> Range | None:
    if found := in_any_case(judged, result):
        return found.reading.ranges.get(GLYCINE)
    if not all(s.mass or s.share for s in carriers):
        return None
    return _range(result.composition, judged.index, View(judged.index))


def _range(composition: Composition, k: int, view: View) -> Range | None:
    by = solver_of(feasible(composition, k, view), composition, k, view, GLYCINE)
    least, most = by.end(GLYCINE, "least"), by.end(GLYCINE, "most")
    return Range(least, most) if least and most else None


def _condition(judged: Judged, carriers: tuple[Source, ...]) -> str:
    if judged.bounds.outcome == "exceeds":
        return "the most that fits; nothing is computed from numbers that cannot all be true"
    if _have_shares(judged.claim, carriers):
        return SHARED
    if judged.bounds.elsewhere_mg or len(judged.claim.sources) == len(carriers) == 1:
        return "the most that fits the printed masses"
    return "how the sources share it is not printed"


def _working(end: End, claim: Claim) -> str:
    """How the most is reached: by the element declared where all of it counts, else by mass."""
    names = {source.text for source in claim.sources}
    held = [
        (portion, fraction)
        for portion in end.witness
        if portion.substance and portion.name in names
        if (fraction := _fraction_of(portion.substance))
    ]
    held = _reaching(held, end.value) or _reaching([h for h in held if h[1] < 1], end.value)
    if not held:
        return ""
    element_mg = sum(portion.element_mg for portion, _ in held)
    if claim.declared and abs(element_mg - claim.declared.interval_mg.high) <= 1e-6 * element_mg:
        declared = f"{mass(element_mg, claim.unit)} {claim.nutrient}"
        by = f"× {number(end.value / element_mg)} g glycine per g{_derived(held, claim)}"
        return f"{equation(declared, by, cut_up(end.value))} at most."
    parts = " + ".join(_of_part(portion, fraction) for portion, fraction in held)
    return f"{parts} = {at_most_mass(end.value)} at most."


def _reaching(held: list[tuple[Portion, float]], value_mg: float) -> list[tuple[Portion, float]]:
    """The same if it adds up to an end, else nothing: what was added may be none of it."""
    reached_mg = sum(portion.mass_mg * fraction for portion, fraction in held)
    return held if abs(reached_mg - value_mg) <= 1e-6 * value_mg else []


def _derived(held: Sequence[tuple[Portion, float]], claim: Claim) -> str:
    """Where the glycine to each gram of the element comes from, if it is of one compound."""
    names = {portion.substance or "" for portion, _ in held}
    if len(names) != 1:
        return ""
    (name,) = names
    return f" ({glycine_per_element(catalogue.substance(name), claim.nutrient)})"


def _of_part(portion: Portion, fraction: float) -> str:
    """The glycine of one compound: "1,117 mg × 87.073 % glycine (magnesium bisglycinate, …)"."""
    of = f" × {assay(fraction)} glycine ({spoken(portion.substance or '')})"
    return mg(portion.mass_mg) + (of if fraction != 1 else " glycine")


def _members(source: Source) -> tuple[Substance, ...]:
    return tuple(map(catalogue.substance, source.meaning.substances))


def _fraction(substance: Substance) -> float:
    return catalogue.moiety_fraction(substance, GLYCINE)


def _fraction_of(name: str) -> float:
    return _fraction(catalogue.substance(name))
