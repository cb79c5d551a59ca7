"""The arithmetic of a bound, as a person would write it with a pencil.

The same statements and multipliers as in the certificate, in the order of a calculation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chelate.bounds.capacities import Capacity
from chelate.bounds.ends import ELSEWHERE
from chelate.bounds.parts import (
    View,
    element_of,
)
from chelate.bounds.solving import feasible
from chelate.bounds.statements import Statement, fraction
from chelate.catalogue import moieties
from chelate.catalogue.names import spoken
from chelate.composition import Claim, Composition
from chelate.figures import (
    assay,
    at_least_mg,
    at_least_percent,
    at_most_mg,
    mg,
    number,
)

if TYPE_CHECKING:
    from chelate.bounds import Bounds

HOLDER_WORDS: dict[str, str] = {
    "compound": "the compound's mass",
    "source": "this source's mass",
    "blend": "the blend's mass",
    "rest": "another ingredient of the blend",
    "serving": "the mass of one serving",
    "capsules": "filled at the highest density considered",
}
_HOLDING = {*HOLDER_WORDS, "moiety"}


@dataclass(frozen=True, slots=True)
class Used:
    """A statement of a proof, and how often it counts."""

    statement: Statement
    times: float

    @property
    def worth_mg(self) -> float:
        """Its bound times its multiplier."""
        return self.times * self.statement.bound


def arithmetic(composition: Composition, k: int, found: Bounds) -> tuple[str, ...]:
    """The proof of a claim's conflict, else of the least from elsewhere, else that it fits."""
    claim = composition.claims[k]
    if found.conflict:
        used = [Used(m.statement, m.multiplier) for m in found.conflict.mends]
        gap = found.conflict.gap_mg
        least = 0.0 if found.parts_mg else found.elsewhere_mg or 0.0
        must = abs(least - gap) <= 1e-6 * gap
        return tuple(_calculated(used, claim, gap, conflict=not must))
    if found.elsewhere_mg:
        return tuple(_least(composition, k))
    return tuple(_fits(claim, found.tightest)) if found.tightest else ()


def _least(composition: Composition, k: int) -> Iterator[str]:
    solved = feasible(composition, k, View(k))
    end = solved.end(ELSEWHERE, "least")
    assert end is not None
    multipliers = solved.proof(end).multipliers
    used = [
        Used(statement, float(multipliers[statement.id]))
        for statement in solved.built.problem.statements
        if statement.id in multipliers
    ]
    return _calculated(used, composition.claims[k], end.value, conflict=False)


def _calculated(
    used: Sequence[Used], claim: Claim, result_mg: float, *, conflict: bool
) -> Iterator[str]:
    """The calculation: by the element where one amount is held to masses, else by the sum."""
    leads = [each for each in used if each.statement.sense == "at least"]
    holders = [each for each in used if each.statement.sense == "at most"]
    whole = leads[0].statement.kind in ("declared", "share") if leads else False
    masses = all(each.statement.kind in HOLDER_WORDS for each in holders)
    if len(leads) == 1 and whole and all(each.statement.kind in _HOLDING for each in holders):
        yield from _by_element(leads[0], holders, claim, None if conflict else result_mg)
    elif len(holders) == 1 and masses and all(e.statement.kind == "declared" for e in leads):
        yield from _by_mass(leads, holders[0])
    else:
        yield from _by_sum(used, result_mg, conflict=conflict)


def _by_element(
    lead: Used, holders: Sequence[Used], claim: Claim, result_mg: float | None
) -> Iterator[str]:
    """What the printed masses can hold, taken from the element declared."""
    least = lead.statement.bound
    yield f"“{lead.statement.text}” stands for at least {mg(least)} of {claim.nutrient}."
    held = []
    for each in holders:
        share = each.times / lead.times
        yield _at_most(each.statement)
        held.append(each.statement.bound * share)
        yield f"{_factor(each.statement, share, claim)} = {at_most_mg(held[-1])} at most."
    if len(held) > 1:
        yield f"{' + '.join(map(at_most_mg, held))} = {at_most_mg(sum(held))} at most."
    yield from _difference(least, sum(held), lead.times, result_mg)


def _difference(least: float, held: float, times: float, result_mg: float | None) -> Iterator[str]:
    """What is left over: it does not fit, or must come from elsewhere and take up room there."""
    missing = least - held
    needed, possible = mg(least), at_most_mg(held)
    if missing < 1:
        needed, possible = f"{number(least, digits=7)} mg", f"{number(held, digits=7)} mg"
    difference = f"{needed} − {possible} = {at_least_mg(missing)}"
    if result_mg is None:
        yield f"{difference} ({at_least_percent(missing / least)}) is more than fits."
        return
    if times <= 1 + 1e-9:
        yield f"{difference} ({at_least_percent(missing / least)}) must come from elsewhere."
        return
    yield f"{difference} must come from elsewhere; what brings it takes up room itself:"
    yield (
        f"{at_least_mg(missing)} ÷ (1 − {number(1 - 1 / times, digits=5)}) = "
        f"{at_least_mg(result_mg)} ({at_least_percent(result_mg / least)}) at least."
    )


def _by_mass(leads: Sequence[Used], holder: Used) -> Iterator[str]:
    """What each amount declared takes up, added and held against the one mass for all."""
    taken = []
    for each in leads:
        share = holder.times / each.times
        taken.append(each.statement.bound / share)
        name = _with_fraction(holder.statement, share, each.statement.terms[0].quantity)
        yield (
            f"“{each.statement.text}” is at least {mg(each.statement.bound)}, and takes up "
            f"{mg(each.statement.bound)} ÷ {assay(share)}{name} = {at_least_mg(taken[-1])}."
        )
    yield _at_most(holder.statement)
    total = sum(taken)
    yield (
        f"{' + '.join(map(at_least_mg, taken))} = {at_least_mg(total)}, which is "
        f"{at_least_mg(total - holder.statement.bound)} more."
    )


def _by_sum(used: Sequence[Used], result_mg: float, *, conflict: bool) -> Iterator[str]:
    """Any proof: each statement times its multiplier, and their sum."""
    unit = max(each.times for each in used)
    for each in used:
        if each.statement.kind == "assay":
            yield f"“{each.statement.text}” is no leaner than documented."
        elif each.statement.kind == "order":
            yield f"“{each.statement.text}” does not outweigh what is listed before it."
        elif each.statement.sense == "at most":
            yield _at_most(each.statement)
        else:
            least = mg(each.statement.bound)
            yield f"“{each.statement.text}”{_of(each.statement)} is at least {least}."
    parts = " ".join(_summand(each, unit, first=at == 0) for at, each in enumerate(_worth(used)))
    result = f"{parts} = {at_least_mg(result_mg / unit)}"
    if conflict:
        yield f"{result}, more than nothing: they cannot all be true."
    else:
        yield f"{result}{_times(unit)} must come from elsewhere."


def _worth(used: Sequence[Used]) -> list[Used]:
    """Those with a bound of their own, what is at least first."""
    bounded = (each for each in used if each.statement.bound)
    return sorted(bounded, key=lambda each: each.statement.sense == "at most")


def _summand(used: Used, unit: float, *, first: bool) -> str:
    sign = "− " if used.statement.sense == "at most" else "" if first else "+ "
    times = used.times / unit
    factor = "" if abs(times - 1) < 1e-9 else f"{number(times, digits=5)} × "
    return f"{sign}{factor}{mg(used.statement.bound)}"


def _times(unit: float) -> str:
    return "" if abs(unit - 1) < 1e-9 else f", times {number(unit, digits=5)}"


def _at_most(statement: Statement) -> str:
    return f"“{statement.text}”{_of(statement)} is at most {at_most_mg(statement.bound)}."


def _of(statement: Statement) -> str:
    """What a statement's figure is of, in brackets."""
    if statement.kind == "moiety":
        return f" ({moieties()[statement.terms[0].quantity.split(' ')[0]].name.lower()})"
    words = HOLDER_WORDS.get(statement.kind)
    return f" ({words})" if words else ""


def _factor(statement: Statement, share: float, claim: Claim) -> str:
    """A printed mass times what it can hold: of its element, or beside a printed ligand."""
    most = at_most_mg(statement.bound)
    if statement.kind == "moiety":
        return f"{most} × {number(share, digits=5)} g {claim.nutrient} beside each gram of it"
    return f"{most} × {assay(share)}{_with_fraction(statement, share, element_of(claim))}"


def _with_fraction(statement: Statement, share: float, element: str) -> str:
    """The substance whose element fraction a multiplier is, in brackets."""
    for term in statement.terms:
        for part in term.of:
            if part.formula and abs(fraction(part, element) - share) <= 1e-9:
                return f" ({spoken(part.substance) if part.substance else 'the element itself'})"
    return ""


def _fits(claim: Claim, held: Capacity) -> Iterator[str]:
    """That the element declared fits the tightest of the masses printed."""
    if claim.declared is None or held.fraction == 1:
        return
    yield f"“{claim.declared.text}” stands for at least {mg(held.needed_mg)} of {claim.nutrient}."
    for part in held.parts or (held,):
        words = HOLDER_WORDS[part.holder]
        name = spoken(part.densest) if part.densest else f"the {claim.nutrient} itself"
        yield f"“{part.text}” ({words}) is at most {at_most_mg(part.mass_mg)}."
        yield (
            f"{at_most_mg(part.mass_mg)} × {assay(part.fraction)} ({name}) = "
            f"{at_most_mg(part.element_mg)} at most."
        )
    if held.parts:
        together = " + ".join(at_most_mg(part.element_mg) for part in held.parts)
        yield f"{together} = {at_most_mg(held.element_mg)} at most."
    yield f"{mg(held.needed_mg)} is not more than {at_most_mg(held.element_mg)}: it fits."
