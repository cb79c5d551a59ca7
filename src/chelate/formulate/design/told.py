"""A conflict in words: each wish with its arithmetic, and by how much they miss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import floor, log10

from chelate.figures import assay, listed, number
from chelate.formulate.design.conflict import Conflict, Filled, Held
from chelate.formulate.design.problem import Material, Problem, Wish
from chelate.formulate.design.wishes import several, stated
from chelate.stoichiometry import name_of

_SAME = 1e-6


def told(problem: Problem, conflict: Conflict) -> Iterator[str]:
    """The arithmetic of a conflict, a line for each wish, and the difference at the end."""
    lead = conflict.lead
    if lead is None:
        yield from _excipients(problem, conflict)
        return
    asking = [each for each in conflict.held if each.half.sign > 0 and each.worth_mg]
    allowing = [each for each in conflict.held if each.half.sign < 0]
    needed = lead.bound + sum(each.worth_mg for each in asking)
    allowed = sum(each.worth_mg for each in allowing)
    allowed += sum(each.worth_mg for each in conflict.filled)
    yield f"{lead.words}: {stated(lead.bound)} of {_of(lead)} is needed."
    for each in asking:
        yield _asking(problem, conflict, each, _of(lead))
    for each in allowing:
        yield _allowing(problem, conflict, each, _of(lead))
    for filled in conflict.filled:
        yield _filled(problem, conflict, filled, lead)
    yield _difference(needed, allowed, _of(lead))


def _of(wish: Wish) -> str:
    return wish.of if wish.kind == "candidate" else name_of(wish.of)


def _difference(needed: float, allowed: float, of: str) -> str:
    """The difference, every figure of it to the same decimals, so that it adds up."""
    decimals = max(0, 4 - floor(log10(needed)))
    first, second = round(needed, decimals), round(allowed, decimals)
    missing = round(first - second, decimals)
    if not missing:
        return f"They miss by less than {number(10.0**-decimals)} mg of {of}."
    figures = (f"{each:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{each:,.0f}"
               for each in (first, second, missing))  # fmt: skip
    return "{} mg − {} mg = {} mg of {} more than there can be.".format(*figures, of)


def _asking(problem: Problem, conflict: Conflict, each: Held, of: str) -> str:
    taken = _converted(problem, conflict, each, stated(each.wish.bound))
    return f"{each.wish.words}: takes the place of {taken} of {of}."


def _allowing(problem: Problem, conflict: Conflict, each: Held, of: str) -> str:
    wish = each.wish
    if wish.kind == "source":
        others = listed([problem.materials[at].name for at in wish.terms])
        return f"{wish.words}: none of it from {others}."
    by_day = f" ÷ {wish.per_day} servings" if wish.per_day > 1 else ""
    start = f"{stated(wish.bound * wish.per_day)}{by_day}"
    return f"{wish.words}: {_converted(problem, conflict, each, start)} of {of} at most."


def _converted(problem: Problem, conflict: Conflict, each: Held, start: str) -> str:
    """The bound of a wish, as it is written, in mg of what the first asks for."""
    if abs(each.times - 1) > _SAME:
        return f"{start} {_factor(problem, conflict, each)} = {_worth(each)}"
    return start if each.wish.per_day == 1 else f"{start} = {_worth(each)}"


def _worth(each: Held | Filled) -> str:
    return f"{number(each.worth_mg, digits=5)} mg"


def _factor(problem: Problem, conflict: Conflict, each: Held) -> str:
    """What each mg of a wish is worth: by what one material holds of both, where it is one."""
    lead = conflict.lead
    for at in conflict.using:
        per, asked = each.wish.terms.get(at), lead.terms.get(at) if lead else None
        if per and asked and abs(asked / per - each.times) <= _SAME * each.times:
            name = _brings(problem.materials[at])
            by = (f"{sign} {assay(share)}" for sign, share in (("×", asked), ("÷", per))
                  if abs(share - 1) > _SAME)  # fmt: skip
            return f"{' '.join(by)} ({name})"
    return f"× {number(each.times, digits=5)}"


def _brings(material: Material) -> str:
    """A material by its name, with what changes what an amount of it brings."""
    beyond = f", with {number((material.weighed - 1) * 100)} % weighed beyond it"
    lost = f", less the {number((1 - material.left) * 100)} % that is lost"
    return (
        f"{material.name}{beyond if material.weighed > 1 else ''}"
        f"{lost if material.left < 1 else ''}"
    )


def _filling(material: Material) -> str:
    """A material by its name, for what is filled of it with all its overage."""
    return _brings(replace(material, weighed=1.0))


def _filled(problem: Problem, conflict: Conflict, filled: Filled, lead: Wish) -> str:
    """What the units hold, and how much of what is asked for that can be."""
    unit, wish = "mL" if filled.by_volume else "mg", filled.wish
    less = f" − {number(filled.excipients)} {unit} of excipients" if filled.excipients else ""
    units, left = several(wish.bound, wish.of), f"{number(filled.left)} {unit}"
    held = f"{units} × {number(filled.one)} {unit}{less} = {left}"
    factor = _fill_factor(problem, conflict, filled, lead)
    return f"{held}; {left} × {factor} = {_worth(filled)} of {_of(lead)} at most."


def _fill_factor(problem: Problem, conflict: Conflict, filled: Filled, lead: Wish) -> str:
    for at in conflict.using:
        asked, density = lead.terms.get(at, 0.0), problem.packing.densities[at].g_per_ml
        asked /= problem.materials[at].weighed
        times = asked * density * 1000 if filled.by_volume else asked
        if times and abs(times - filled.times) <= _SAME * filled.times:
            by_density = f"{density:g} g/mL × " if filled.by_volume else ""
            return f"{by_density}{assay(asked)} ({_filling(problem.materials[at])})"
    return f"{number(filled.times, digits=5)} mg"


def _excipients(problem: Problem, conflict: Conflict) -> Iterator[str]:
    """The excipients alone are more than the units hold."""
    packing, wish = problem.packing, conflict.wishes[0]
    units, weigh = several(wish.bound, wish.of), stated(sum(packing.excipients_mg))
    if packing.room_ml is not None and packing.excipients_ml > wish.bound * packing.room_ml:
        held = f"{number(packing.room_ml)} mL = {number(wish.bound * packing.room_ml)} mL"
        yield f"The excipients take up {number(packing.excipients_ml)} mL ({weigh})."
    else:
        unit_mg = packing.unit_mg or 0.0
        held = f"{stated(unit_mg)} = {stated(wish.bound * unit_mg)}"
        yield f"The excipients weigh {weigh}."
    yield f"{units} × {held} at most."
