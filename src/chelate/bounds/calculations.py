"""The calculations of proofs: by the element, by the mass, or by the sum of statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chelate.bounds.capacities import Capacity
from chelate.bounds.parts import element_of
from chelate.bounds.pencil import (
    FINEST,
    HOLDER_WORDS,
    both,
    decimals_of,
    exact,
    finer_by,
    limited,
    product,
    together,
    with_fraction,
)
from chelate.bounds.statements import Statement
from chelate.bounds.words import claimed_names
from chelate.catalogue import mass_unit, nutrients
from chelate.catalogue.names import spoken
from chelate.composition import Claim
from chelate.figures import (
    MassUnit,
    at_least_mass,
    at_least_percent,
    cut_down,
    cut_up,
    listed,
    number,
    percent,
)

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Used:
    """A statement of a proof, and how often it counts."""

    statement: Statement
    times: float

    @property
    def worth_mg(self) -> float:
        """Its bound times its multiplier: more where it is at least so much, else less."""
        return self.times * self.statement.sign * self.statement.bound


@dataclass(frozen=True, slots=True)
class _Held:
    """A printed mass, what others take of it, and the share of the rest that may be the element.

    `name` is what has that share, in brackets.
    """

    statement: Statement
    others: tuple[Statement, ...]
    share: float
    name: str

    @property
    def mass_mg(self) -> float:
        """The most that is left of the mass."""
        return self.statement.bound - sum(each.bound for each in self.others)

    @property
    def element_mg(self) -> float:
        """The most of the element that it can hold."""
        return self.mass_mg * self.share


@dataclass(frozen=True, slots=True)
class Balance:
    """The element that a claim declares, held to what printed masses can hold of it.

    `room` is by how much less they hold for each mg from elsewhere; 0 where that is none of
    theirs, or where all that is shown is that they do not hold enough.
    """

    claim: Claim
    lead: Used
    held: tuple[_Held, ...]
    room: float
    conflict: bool

    @property
    def needed_mg(self) -> float:
        """The least of the element that is declared."""
        return self.lead.statement.bound

    @property
    def left_mg(self) -> float:
        """How much of it does not fit, or must come from elsewhere."""
        held_mg = sum(each.element_mg for each in self.held)
        return (self.needed_mg - held_mg) / (1 - self.room)

    def held_mg(self, finer: int) -> list[float]:
        """What each mass can hold, as it is printed."""
        return [cut_up(each.element_mg, self.claim.unit, finer=finer) for each in self.held]

    def finer(self, start: int = 0) -> int:
        """With how many more digits it ends by hand at the figure that it should."""

        def by_hand_mg(finer: int) -> float:
            left_mg = self.needed_mg - sum(self.held_mg(finer))
            return left_mg / (1 - round(self.room, 5 + finer))

        return finer_by(by_hand_mg, self.left_mg, self.claim.unit, start)


def balance(
    lead: Used, others: Sequence[Used], most: Sequence[Used], claim: Claim, *, conflict: bool
) -> Balance:
    """What the printed masses of `most` can hold, beside the element declared.

    `others` take up room in the one mass that there is then.
    """
    taken = tuple(each.statement for each in others)
    shares = [(each.statement, each.times / lead.times) for each in most]
    held = tuple(
        _Held(statement, taken, share, with_fraction(statement, share, element_of(claim)))
        for statement, share in shares
    )
    return Balance(claim, lead, held, 0.0 if conflict else _room(lead.times), conflict)


def by_element(found: Balance, start: int = 0, *, part: str = "") -> Iterator[str]:
    """What the masses can hold, taken from the element; with at least `start` more digits.

    `part` is the share of the element that must come from elsewhere, in brackets.
    """
    claim, unit, finer = found.claim, found.claim.unit, found.finer(start)
    needed, held_mg = exact(found.needed_mg, unit), found.held_mg(finer)
    yield _needed(found.lead.statement, claim, unit)
    for each, element_mg in zip(found.held, held_mg, strict=True):
        yield from _holding(each, element_mg, claim, finer)
    yield from together(held_mg, unit)
    missing_mg = found.needed_mg - sum(held_mg) if found.room else found.left_mg
    missing = exact(missing_mg, unit) if found.room else at_least_mass(missing_mg, unit)
    fits = f"{part} must come from elsewhere"
    if found.room or found.conflict:
        fits = f" ({at_least_percent(missing_mg / found.needed_mg)}) is more than fits"
    yield f"{needed} − {exact(sum(held_mg), unit)} = {missing}{fits}."
    if found.room:
        masses = [each.statement.text for each in found.held]
        least = both(cut_down(found.left_mg, unit), unit, unit)
        yield from _with_room(missing, f"{least}{part}", found.room, finer, unit, masses)


def _needed(statement: Statement, claim: Claim, unit: MassUnit) -> str:
    needed = exact(statement.bound, unit)
    return f"“{statement.text}” stands for at least {needed} of {claim.nutrient}."


def _holding(held: _Held, element_mg: float, claim: Claim, finer: int) -> Iterator[str]:
    """A printed mass, what others leave of it, and what that can hold."""
    unit = claim.material_unit(held.statement.bound)
    yield limited(held.statement, unit)
    yield from (limited(each, unit) for each in held.others)
    if held.others:
        masses = (exact(each.bound, unit) for each in (held.statement, *held.others))
        yield f"{' − '.join(masses)} = {exact(held.mass_mg, unit)} is left at most."
    decimals = decimals_of(held.share, held.mass_mg, element_mg, claim.unit, finer)
    share = f"{percent(held.share, decimals=decimals)}{held.name}"
    if held.statement.kind == "moiety":
        share = (
            f"{number(held.share, digits=decimals + 2)} g {claim.nutrient} beside each gram of it"
        )
    yield product(held.mass_mg, share, element_mg, unit, claim.unit)


def _room(times: float) -> float:
    """By how much less fits for each mg from elsewhere, as a proof counts what is declared."""
    return 1 - 1 / times if times > 1 + _SAME else 0.0


def _with_room(
    missing: str, least: str, room: float, finer: int, unit: MassUnit, masses: Sequence[str] = ()
) -> Iterator[str]:
    """What must come from elsewhere, as each mg of that leaves so much less room in `masses`."""
    less = percent(room, decimals=3 + finer)
    inside = f" in {listed([f'“{text}”' for text in dict.fromkeys(masses)])}" if masses else ""
    yield (
        f"What comes from elsewhere takes up room{inside} too: each {unit} of it leaves {less} of "
        f"a {unit} less as claimed."
    )
    yield f"{missing} ÷ (1 − {less}) = {least} must come from elsewhere."


def as_share(claim: Claim, least_mg: float, share: float | None) -> str:
    """The least share from elsewhere in brackets, where it is one of the amount declared."""
    whole_mg = claim.declared.interval_mg.low if claim.declared else 0.0
    same = share is not None and abs(least_mg - share * whole_mg) <= _SAME * least_mg
    return f" ({at_least_percent(share)})" if same and share is not None else ""


def of_all(least_mg: float, own_mg: float, claim: Claim) -> Iterator[str]:
    """The least share from elsewhere, of all there is with so much of what is claimed."""
    unit, told = claim.unit, at_least_percent(least_mg / (least_mg + own_mg))
    cuts = [
        (cut_down(least_mg, unit, finer=finer), cut_up(own_mg, unit, finer=finer))
        for finer in range(FINEST + 1)
    ]
    fits = (cut for cut in cuts if at_least_percent(cut[0] / sum(cut)) == told)
    elsewhere_mg, reckoned_mg = next(fits, cuts[-1])
    least, whole = exact(elsewhere_mg, unit), exact(elsewhere_mg + reckoned_mg, unit)
    names = listed(claimed_names(claim))
    yield f"{least} + {exact(reckoned_mg, unit)} from {names} = {whole} of {claim.nutrient}."
    yield f"{least} ÷ {whole} = {told}, the least share from elsewhere."


def _unit_of(element: str) -> MassUnit:
    """The unit that masses of an element are written in."""
    return mass_unit(next(n.id for n in nutrients().values() if n.element == element))


def by_mass(least: Sequence[Used], holder: Used) -> Iterator[str]:
    """What each amount declared takes up, added and held against the one mass for all."""
    shares = [holder.times / each.times for each in least]
    exact_mg = [e.statement.bound / share for e, share in zip(least, shares, strict=True)]
    over_mg = sum(exact_mg) - holder.statement.bound

    def taken_mg(finer: int) -> list[float]:
        return [cut_down(mass_mg, finer=finer) for mass_mg in exact_mg]

    finer = finer_by(lambda n: sum(taken_mg(n)) - holder.statement.bound, over_mg, "mg")
    masses = [exact(mass_mg) for mass_mg in taken_mg(finer)]
    for each, share, mass_mg in zip(least, shares, taken_mg(finer), strict=True):
        element = each.statement.terms[0].quantity
        name, unit = with_fraction(holder.statement, share, element), _unit_of(element)
        bound, part = exact(each.statement.bound, unit), percent(share, decimals=3 + finer)
        yield (
            f"“{each.statement.text}” is at least {bound}, and takes up {bound} ÷ {part}{name} = "
            f"{both(mass_mg, unit, 'mg')}."
        )
    yield limited(holder.statement, "mg")
    total = exact(sum(taken_mg(finer)))
    yield f"{' + '.join(masses)} = {total}, which is {at_least_mass(over_mg)} more."


def by_sum(
    used: Sequence[Used], lead: Used | None, claim: Claim, *, conflict: bool, part: str = ""
) -> Iterator[str]:
    """Any proof: each statement times its multiplier, and their sum.

    `part` is the share of the element that must come from elsewhere, in brackets.
    """
    room = 0.0 if conflict or lead is None else _room(lead.times)
    scale = max(each.times for each in used) if conflict else 1 / (1 - room)
    worth = [Used(each.statement, each.times / scale) for each in _worth(used)]
    sum_mg = sum(each.worth_mg for each in worth)
    unit = claim.material_unit(max(each.statement.bound for each in worth))

    def summed_mg(finer: int) -> float:
        by_hand_mg = sum(Used(e.statement, float(_times(e, finer))).worth_mg for e in worth)
        return cut_down(by_hand_mg, unit, finer=finer + 1)

    finer = finer_by(lambda n: summed_mg(n) / (1 - round(room, 5 + n)), sum_mg / (1 - room), unit)
    for each in used:
        declared = each is lead and each.statement.kind == "declared"
        words = _needed if declared else _said
        yield words(each.statement, claim, unit)
    parts = " ".join(_summand(e, finer, unit, first=at == 0) for at, e in enumerate(worth))
    if conflict:
        told = at_least_mass(sum_mg, unit)
        yield f"{parts} = {told}, more than nothing: they cannot all be true."
        return
    least = f"{both(cut_down(sum_mg / (1 - room), claim.unit), unit, claim.unit)}{part}"
    if room:
        told = exact(summed_mg(finer), unit)
        yield f"{parts} = {told}."
        yield from _with_room(told, least, room, finer, unit)
    else:
        total = f"{parts} = {least}" if len(worth) > 1 else least
        yield f"{total} must come from elsewhere."


def _worth(used: Sequence[Used]) -> list[Used]:
    """Those with a bound of their own, what is at least first."""
    bounded = (each for each in used if each.statement.bound)
    return sorted(bounded, key=lambda each: each.statement.sense == "at most")


def _times(used: Used, finer: int) -> str:
    return number(used.times, digits=5 + finer).replace(",", "")


def _summand(used: Used, finer: int, unit: MassUnit, *, first: bool) -> str:
    sign = "− " if used.statement.sense == "at most" else "" if first else "+ "
    times = _times(used, finer)
    factor = "" if times == "1" else f"{times} × "
    return f"{sign}{factor}{exact(used.statement.bound, unit)}"


def _said(statement: Statement, claim: Claim, unit: MassUnit) -> str:
    if statement.kind == "assay":
        return f"“{statement.text}” is no leaner than documented."
    if statement.kind == "order":
        return f"“{statement.text}” does not outweigh what is listed before it."
    if statement.kind == "share":
        source = next((s for s in claim.sources if s.share == statement.printed), None)
        of = f" ({claim.nutrient} from “{source.text}”)" if source else ""
        return f"“{statement.text}”{of} is {statement.sense} {exact(statement.bound, unit)}."
    return limited(statement, unit)


def fits(claim: Claim, held: Capacity) -> Iterator[str]:
    """That the element declared fits the tightest of the masses printed."""
    if claim.declared is None or held.fraction == 1:
        return
    unit, parts = claim.unit, held.parts or (held,)
    needed = exact(held.needed_mg, unit)
    masses_mg = [cut_up(part.element_mg, unit) for part in parts]
    yield f"“{claim.declared.text}” stands for at least {needed} of {claim.nutrient}."
    for part, element_mg in zip(parts, masses_mg, strict=True):
        yield from _fitting(part, element_mg, claim)
    yield from together(masses_mg, unit)
    yield f"{needed} is not more than {exact(sum(masses_mg), unit)}: it fits."


def _fitting(part: Capacity, element_mg: float, claim: Claim) -> Iterator[str]:
    """A printed mass, and what it can hold."""
    unit = claim.material_unit(part.mass_mg)
    name = spoken(part.densest) if part.densest else f"the {claim.nutrient} itself"
    decimals = decimals_of(part.fraction, part.mass_mg, element_mg, claim.unit, 0)
    share = f"{percent(part.fraction, decimals=decimals)} ({name})"
    yield f"“{part.text}” ({HOLDER_WORDS[part.holder]}) is at most {exact(part.mass_mg, unit)}."
    yield product(part.mass_mg, share, element_mg, unit, claim.unit)
