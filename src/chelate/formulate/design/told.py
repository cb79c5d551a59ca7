"""A conflict in words: each wish with its arithmetic, and by how much they miss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import floor, log10

from chelate.figures import MassUnit, assay, in_unit, listed, number, stated_mass
from chelate.formulate.design.conflict import Conflict, Filled, Held
from chelate.formulate.design.problem import Material, Problem, Wish
from chelate.formulate.design.words import several, share

_SAME = 1e-6


def told(problem: Problem, conflict: Conflict) -> Iterator[str]:
    """The arithmetic of a conflict, a line for each wish, and the difference at the end."""
    lead = conflict.lead
    if lead is None:
        yield from _excipients(problem, conflict)
        return
    asking = [each for each in conflict.held if each.half.sign > 0 and each.worth_mg]
    allowing = [each for each in conflict.held if each.half.sign < 0 and not each.wish.whole]
    needed = lead.bound + sum(each.worth_mg for each in asking)
    allowed = sum(each.worth_mg for each in allowing)
    allowed += sum(each.worth_mg for each in conflict.filled)
    yield f"{lead.words}: {stated_mass(lead.bound, lead.unit)} of {lead.name} is needed."
    for each in asking:
        yield _asking(problem, conflict, each, lead.name)
    yield from (_sharing(problem, each) for each in conflict.held if each.wish.whole)
    for each in allowing:
        yield _allowing(problem, conflict, each, lead.name)
    for filled in conflict.filled:
        yield _filled(problem, conflict, filled, lead)
    yield _difference(needed, allowed, lead)


def _difference(needed_mg: float, allowed_mg: float, lead: Wish) -> str:
    """The difference, every figure of it to the same decimals, so that it adds up."""
    unit = lead.unit
    needed, allowed = in_unit(needed_mg, unit), in_unit(allowed_mg, unit)
    decimals = max(0, 4 - floor(log10(needed)))
    first, second = round(needed, decimals), round(allowed, decimals)
    missing = round(first - second, decimals)
    if not missing:
        return f"They miss by less than {number(10.0**-decimals)} {unit} of {lead.name}."
    figures = (f"{each:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{each:,.0f}"
               for each in (first, second, missing))  # fmt: skip
    sums = "{0} {3} − {1} {3} = {2} {3}".format(*figures, unit)
    return f"{sums} of {lead.name} more than there can be."


def _asking(problem: Problem, conflict: Conflict, each: Held, of: str) -> str:
    taken = _converted(problem, conflict, each, stated_mass(each.wish.bound, each.wish.unit))
    return f"{each.wish.words}: takes the place of {taken} of {of}."


def _sharing(problem: Problem, each: Held) -> str:
    """A share from the side that holds: so much from its source, or so much from the others."""
    wish, at_most = each.wish, each.half.sign < 0
    most = wish.bound if at_most else 1 - wish.bound
    names = listed([problem.materials[at].name for at in (wish.terms if at_most else wish.others)])
    return f"{wish.words}: {share(most)} of it from {names} at most."


def _allowing(problem: Problem, conflict: Conflict, each: Held, of: str) -> str:
    wish = each.wish
    if wish.kind == "source":
        others = listed([problem.materials[at].name for at in wish.terms])
        return f"{wish.words}: none of it from {others}."
    by_day = f" ÷ {wish.per_day} servings" if wish.per_day > 1 else ""
    start = f"{stated_mass(wish.bound * wish.per_day, wish.unit)}{by_day}"
    return f"{wish.words}: {_converted(problem, conflict, each, start)} of {of} at most."


def _converted(problem: Problem, conflict: Conflict, each: Held, start: str) -> str:
    """The bound of a wish, as it is written, in the mass of what the first asks for."""
    unit = conflict.lead.unit if conflict.lead else "mg"
    worth = _worth(each, each.wish.unit, unit)
    if abs(each.times - 1) > _SAME:
        return f"{start} {_factor(problem, conflict, each)} = {worth}"
    return start if each.wish.per_day == 1 else f"{start} = {worth}"


def _worth(each: Held | Filled, reckoned: MassUnit, unit: MassUnit) -> str:
    """What it is worth, first in the unit of its own figures where that is another."""
    units = dict.fromkeys((reckoned, unit))
    return " = ".join(stated_mass(each.worth_mg, each_unit, digits=5) for each_unit in units)


def _factor(problem: Problem, conflict: Conflict, each: Held) -> str:
    """What each mg of a wish is worth: by what one material holds of both, where it is one."""
    lead = conflict.lead
    for at, (by, words) in product(conflict.using, _shares(conflict)):
        per, asked = each.wish.terms.get(at), lead.terms.get(at) if lead else None
        if per and asked and abs(asked / per * by - each.times) <= _SAME * each.times:
            return " ".join(filter(None, (_held_by(problem.materials[at], asked, per), words)))
    return f"× {number(each.times, digits=5)}"


def _held_by(material: Material, asked: float, per: float) -> str:
    """What a material holds of one thing and of another; nothing where they are the same."""
    if abs(asked / per - 1) <= _SAME:
        return ""
    by = (f"{sign} {assay(held)}" for sign, held in (("×", asked), ("÷", per))
          if abs(held - 1) > _SAME)  # fmt: skip
    return f"{' '.join(by)} ({_brings(material)})"


def _shares(conflict: Conflict) -> Iterator[tuple[float, str]]:
    """What a share makes of a mass: of the whole, of a part, of one part that of the other."""
    yield 1.0, ""
    for each in conflict.held:
        part, rest = each.wish.bound, 1 - each.wish.bound
        if each.wish.whole and 0 < part < 1:
            for one, other in ((part, rest), (rest, part)):
                yield one, f"× {share(one)}"
                yield 1 / one, f"÷ {share(one)}"
                yield one / other, f"× {share(one)} ÷ {share(other)}"


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
    return f"{held}; {left} × {factor} = {_worth(filled, 'mg', lead.unit)} of {lead.name} at most."


def _fill_factor(problem: Problem, conflict: Conflict, filled: Filled, lead: Wish) -> str:
    for at in conflict.using:
        asked, density = lead.terms.get(at, 0.0), problem.packing.densities[at].g_per_ml
        asked /= problem.materials[at].weighed
        times = asked * density * 1000 if filled.by_volume else asked
        if times and abs(times - filled.times) <= _SAME * filled.times:
            by_density = f"{density:g} g/mL × " if filled.by_volume else ""
            return f"{by_density}{assay(asked)} ({_filling(problem.materials[at])})"
    return _blend_factor(problem, conflict, filled)


def _blend_factor(problem: Problem, conflict: Conflict, filled: Filled) -> str:
    """The same for several materials together, which need one density for it."""
    together = " with ".join(problem.materials[at].name for at in conflict.using)
    if not filled.by_volume:
        return f"{assay(filled.times)} ({together})"
    densities = {problem.packing.densities[at].g_per_ml for at in conflict.using}
    if len(densities) > 1:
        return f"{number(filled.times, digits=5)} mg ({together})"
    density = densities.pop()
    return f"{density:g} g/mL × {assay(filled.times / density / 1000)} ({together})"


def _excipients(problem: Problem, conflict: Conflict) -> Iterator[str]:
    """The excipients alone are more than the units hold."""
    packing, wish = problem.packing, conflict.wishes[0]
    units, weigh = several(wish.bound, wish.of), stated_mass(sum(packing.excipients_mg))
    if packing.room_ml is not None and packing.excipients_ml > wish.bound * packing.room_ml:
        held = f"{number(packing.room_ml)} mL = {number(wish.bound * packing.room_ml)} mL"
        yield f"The excipients take up {number(packing.excipients_ml)} mL ({weigh})."
    else:
        unit_mg = packing.unit_mg or 0.0
        held = f"{stated_mass(unit_mg)} = {stated_mass(wish.bound * unit_mg)}"
        yield f"The excipients weigh {weigh}."
    yield f"{units} × {held} at most."
