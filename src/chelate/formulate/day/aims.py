"""Aims of a stack: reached or missed, and what closing the gap would bring beside.

Arithmetic, and no advice: a chelate that brings more of a ligand brings its element too,
in the proportion of its formula; the free ligand brings none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from chelate import catalogue
from chelate.figures import listed, mass
from chelate.formulate.day.sums import Taken, Total, scaled
from chelate.formulate.errors import EntryError, at
from chelate.intervals import Interval
from chelate.limits import Beside, beside
from chelate.models.stack import Aim
from chelate.stoichiometry import (
    Held,
    Yield,
    constituent_of,
    constituents,
    moiety_of,
    name_of,
    yield_of,
)
from chelate.stoichiometry.constituents import in_sentence
from chelate.units import mass_mg

Outcome = Literal["reached", "reached in part of the range", "missed", "not known"]

_USUAL_CHELATE = "magnesium-bisglycinate"
_LEAST_CHANGE = 1e-9
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """An element that closing a gap brings more of, and the day's total of it then, in mg."""

    before: Held
    more: Held
    after_mg: float

    @property
    def words(self) -> str:
        """The sum: "504.0 mg + 285.5 mg = 789.5 mg magnesium a day"."""
        after = mass(self.after_mg, self.more.unit)
        return f"{self.before.text} + {self.more.text} = {after} {self.more.name} a day"

    @property
    def levels(self) -> tuple[Beside, ...]:
        """The total after it beside Daily Value, NRV and upper levels."""
        return beside(self.more.id, self.after_mg)


@dataclass(frozen=True, slots=True)
class Closing:
    """A material that closes a gap: how much of it that takes, and what else it brings.

    `product` is the product that has it at the sitting of the aim, None where none has;
    `free` says that it is the moiety itself and brings no element.
    """

    name: str
    dose_mg: float
    brings: tuple[Held, ...]
    changes: tuple[Change, ...]
    product: str | None
    free: bool
    working: tuple[str, ...]

    @property
    def dose(self) -> str:
        """The dose as it is written, in the unit of a source of what is missing."""
        return mass(self.dose_mg, catalogue.material_unit(self.brings[0].id, self.dose_mg))

    @property
    def besides(self) -> tuple[Held, ...]:
        """The other moieties that it brings; its elements are in `changes`."""
        elements = {change.more.id for change in self.changes}
        return tuple(held for held in self.brings[1:] if held.id not in elements)


@dataclass(frozen=True, slots=True)
class Aimed:
    """An aim beside what the stack brings of it; `missing_mg` is 0 where it is reached.

    "not known" is what may be reached by what no figure is known of.
    `missing_range_mg` is what is missing at the high and the low end of the range, which has
    no high end where one of the products `without_bound` names a source without a mass.
    """

    path: str
    aim: Aim
    when: str | None
    at_least_mg: float
    found: Held
    outcome: Outcome
    missing_mg: float
    missing_range_mg: Interval
    closings: tuple[Closing, ...]
    without_bound: tuple[str, ...] = ()

    @property
    def least(self) -> str:
        """What is aimed at, as it is written."""
        return mass(self.at_least_mg, self.found.unit)

    @property
    def missing(self) -> str:
        """What is missing, as it is written."""
        return mass(self.missing_mg, self.found.unit)


def aimed(aim: Aim, path: str, taken: tuple[Taken, ...], totals: tuple[Total, ...]) -> Aimed:
    """What becomes of an aim.

    Raises:
        EntryError: the nutrient, the mass or the sitting of the aim is not known.
    """
    with at(f"{path}.of"):
        name = constituent_of(aim.of, own=[total.id for total in totals])
    with at(f"{path}.at_least"):
        at_least_mg = mass_mg(aim.at_least)
    when = _sitting(aim.when, f"{path}.when", taken)
    found = _found(totals, name).at(when)
    missing = Interval(*(_short(end, at_least_mg) for end in _ends_down(found.range_mg)))
    missing_mg = _short(found.mg, at_least_mg)
    own = tuple(each for each in taken if when in (None, each.when))
    without = tuple(dict.fromkeys(each.name for each in own if name in each.product.unbounded))
    if without:
        found, missing = replace(found, known=False), Interval(0.0, missing.high)
    outcome = _outcome(missing, known=found.known)
    is_short = missing_mg and outcome != "not known"
    closings = tuple(_closings(found, at_least_mg, own, totals)) if is_short else ()
    return Aimed(
        path, aim, when, at_least_mg, found, outcome, missing_mg, missing, closings, without
    )


def _ends_down(interval: Interval) -> tuple[float, float]:
    return interval.high, interval.low


def _short(mass_mg: float, at_least_mg: float) -> float:
    """What is missing; the noise of sums is not."""
    missing_mg = at_least_mg - mass_mg
    return missing_mg if missing_mg > at_least_mg * _LEAST_CHANGE else 0.0


def _outcome(missing: Interval, *, known: bool) -> Outcome:
    if missing.high == 0:
        return "reached"
    if missing.low:
        return "missed"
    return "reached in part of the range" if known else "not known"


def _sitting(words: str | None, path: str, taken: Iterable[Taken]) -> str | None:
    """The sitting that an aim is for, by its words or by a part of them that no other has."""
    if words is None:
        return None
    known = {spoken(each.when): each.when for each in taken}
    said = _tokens(words)
    if found := known.get(spoken(words)):
        return found
    parts = [when for when in known.values() if said.strip() and said in _tokens(when)]
    if len(parts) == 1:
        return parts[0]
    if parts:
        raise EntryError(path, f'found "{words}", expected one of {listed(parts)}')
    near = get_close_matches(spoken(words), known, n=1)
    hint = f"; did you mean {known[near[0]]}?" if near else ""
    sittings = ", ".join(known.values())
    raise EntryError(path, f'found "{words}", expected a sitting of the stack ({sittings}){hint}')


def _tokens(words: str) -> str:
    """The words for a time of day between spaces, without what stands between them."""
    return f" {' '.join(_TOKEN.findall(words.casefold()))} "


def spoken(words: str) -> str:
    """The words for a time of day, as far as two of them are compared."""
    return " ".join(words.replace("\u2013", "-").casefold().split())


def _found(totals: Iterable[Total], name: str) -> Total:
    nothing = Held(name, name_of(name), 0.0, Interval(0.0, 0.0))
    return next((total for total in totals if total.id == name), Total(nothing, (), ()))


def _closings(
    found: Held, at_least_mg: float, own: Iterable[Taken], totals: tuple[Total, ...]
) -> Iterator[Closing]:
    """By more of a chelate, of the sitting where it has one, and by the free moiety."""
    missing_mg = at_least_mg - found.mg
    least, missing = (mass(each, found.unit) for each in (at_least_mg, missing_mg))
    gap = f"{least} − {found.text} = {missing} {found.name} missing"
    product, chelate = _of_the_sitting(found.id, own)
    if chelate := chelate or _usual(found.id):
        yield _closing(chelate, found.id, missing_mg, totals, gap, product=product)
    if free := _free(found.id) or _by_itself(found.id, own):
        yield _closing(free, found.id, missing_mg, totals, gap, free=True)


def _of_the_sitting(name: str, own: Iterable[Taken]) -> tuple[str | None, Yield | None]:
    """The compound of an element that brings the most of it at the sitting, and its product."""
    holders = [
        (held.mg * each.servings, each.name if each.product.file else material.name, material)
        for each in own
        for material in each.product.inputs
        for held in material.moieties
        if held.id == name and held.mg > 0 and any(_is_element(h.id) for h in material.moieties)
    ]
    _, product, material = max(holders, key=lambda holder: holder[:2], default=(0.0, None, None))
    return product, material


def _usual(name: str) -> Yield | None:
    substance = catalogue.substance(_USUAL_CHELATE)
    return yield_of(substance.id, 1000.0) if name in constituents(substance) else None


def _free(name: str) -> Yield | None:
    """The moiety by itself, where the catalogue has it as a substance."""
    moiety = moiety_of(name)
    substance = catalogue.substances().get(moiety.id if moiety else name)
    held = constituents(substance) if substance else {}
    return yield_of(substance.id, 1000.0) if substance and set(held) == {name} else None


def _by_itself(name: str, own: Iterable[Taken]) -> Yield | None:
    """The molecule that counts as itself, as it is in a product of the sitting."""
    if moiety_of(name) or _is_element(name):
        return None
    materials = (material for each in own for material in each.product.inputs if material.parts)
    return next((m for m in materials if [held.id for held in m.moieties] == [name]), None)


def _is_element(name: str) -> bool:
    nutrient = catalogue.nutrients().get(name)
    return nutrient is not None and nutrient.element is not None


def _closing(
    material: Yield,
    name: str,
    missing_mg: float,
    totals: tuple[Total, ...],
    gap: str,
    *,
    product: str | None = None,
    free: bool = False,
) -> Closing:
    own = material.held(name)
    factor = missing_mg / own.mg
    brings = tuple(
        scaled(held, factor) for held in (own, *(h for h in material.moieties if h is not own))
    )
    dose_mg = material.dose_mg * factor
    changes = tuple(_changes(brings, totals))
    working = (gap,) if free else (gap, *_working(material, own, dose_mg, changes))
    return Closing(in_sentence(material.name), dose_mg, brings, changes, product, free, working)


def _changes(brings: Iterable[Held], totals: tuple[Total, ...]) -> Iterator[Change]:
    for held in brings:
        if _is_element(held.id):
            before = _found(totals, held.id).day
            yield Change(before, held, before.mg + held.mg)


def _working(
    material: Yield, own: Held, dose_mg: float, changes: Iterable[Change]
) -> Iterator[str]:
    missing = mass(own.mg * dose_mg / material.dose_mg, own.unit)
    unit = catalogue.material_unit(own.id, dose_mg)
    taken, by = f"{missing} {own.name}", f"× {material.dose} / {own.text}"
    yield f"{taken} {by} = {mass(dose_mg, unit)} {in_sentence(material.name)}"
    for change in changes:
        held = material.held(change.more.id)
        by = f"× {held.text} / {material.dose}"
        yield f"{mass(dose_mg, unit)} {by} = {change.more.text} {change.more.name}"
        yield change.words
