"""Aims of a stack: reached or missed, and what closing the gap would bring beside.

Arithmetic, and no advice: a chelate that brings more of a ligand brings its element too,
in the proportion of its formula; the free ligand brings none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from chelate import catalogue
from chelate.figures import listed, mg
from chelate.formulate.day.sums import Taken, Total, scaled
from chelate.formulate.errors import EntryError, at
from chelate.intervals import Interval
from chelate.limits import Beside, beside
from chelate.models.stack import Aim
from chelate.stoichiometry import Held, Yield, constituent_of, constituents, name_of, yield_of
from chelate.stoichiometry.constituents import in_sentence
from chelate.units import mass_mg

Outcome = Literal["reached", "reached in part of the range", "missed"]

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
    def besides(self) -> tuple[Held, ...]:
        """The other moieties that it brings; its elements are in `changes`."""
        elements = {change.more.id for change in self.changes}
        return tuple(held for held in self.brings[1:] if held.id not in elements)


@dataclass(frozen=True, slots=True)
class Aimed:
    """An aim beside what the stack brings of it; `missing_mg` is 0 where it is reached.

    `missing_range_mg` is what is missing at the high and the low end of the range.
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
    closings = tuple(_closings(found, at_least_mg, own, totals)) if missing_mg else ()
    return Aimed(
        path, aim, when, at_least_mg, found, _outcome(missing), missing_mg, missing, closings
    )


def _ends_down(interval: Interval) -> tuple[float, float]:
    return interval.high, interval.low


def _short(mass_mg: float, at_least_mg: float) -> float:
    """What is missing; the noise of sums is not."""
    missing_mg = at_least_mg - mass_mg
    return missing_mg if missing_mg > at_least_mg * _LEAST_CHANGE else 0.0


def _outcome(missing: Interval) -> Outcome:
    if missing.high == 0:
        return "reached"
    return "reached in part of the range" if missing.low == 0 else "missed"


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
    gap = f"{mg(at_least_mg)} − {mg(found.mg)} = {mg(missing_mg)} {found.name} missing"
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
    substance = catalogue.substances().get(name)
    held = constituents(substance) if substance else {}
    return yield_of(name, 1000.0) if set(held) == {name} else None


def _by_itself(name: str, own: Iterable[Taken]) -> Yield | None:
    """The molecule that counts as itself, as it is in a product of the sitting."""
    if name in catalogue.moieties() or _is_element(name):
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
    missing_mg = own.mg * dose_mg / material.dose_mg
    yield (
        f"{mg(missing_mg)} {own.name} × {mg(material.dose_mg)} / {mg(own.mg)} = "
        f"{mg(dose_mg)} {in_sentence(material.name)}"
    )
    for change in changes:
        held = material.held(change.more.id)
        more, name = mg(change.more.mg), change.more.name
        yield f"{mg(dose_mg)} × {mg(held.mg)} / {mg(material.dose_mg)} = {more} {name}"
        yield f"{mg(change.before.mg)} + {more} = {mg(change.after_mg)} {name} a day"
