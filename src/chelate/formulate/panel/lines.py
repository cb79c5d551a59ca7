"""Entries -> printed lines, servings and ingredient lists, as every market has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chelate.catalogue import names
from chelate.formulate.capsules import in_capsules
from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.amounts import (
    counted_mg,
    equivalent_text,
    has_reference,
    percent_text,
    reference_mg,
    serving_mass_text,
)
from chelate.formulate.panel.brought import Brought, Named, merged
from chelate.formulate.panel.categories import categorised, stated_category
from chelate.formulate.panel.declared import Basis, Entry
from chelate.formulate.panel.naming import items_of, member_name
from chelate.formulate.panel.values import Line
from chelate.formulate.panel.words import DOSAGES
from chelate.formulate.vitamins import reference_counted_mg
from chelate.models.formulation import Formulation
from chelate.readers.panel.nesting import says_blend
from chelate.readers.panel.words import word_set

_FORMS = ("capsule", "tablet", "softgel", "gummy", "powder", "liquid")
_UNCOUNTED = ("unit", "")
_ABBREVIATED = ("tsp", "tbsp", "ml", "cl", "dl", "l", "cc", "oz", "lb", "mg", "g", "kg", "pcs")
_SIBILANTS = ("ss", "x", "z", "ch", "sh")
_VOWELS = "aeiou"


def lines_of(entry: Entry, basis: Basis, relation: str) -> Iterator[Line]:
    """The line of an entry, and those of its shares or a blend's members under it.

    `relation` is the word before the sources; none are named where it is empty.
    """
    sources = _in_parentheses(entry, relation)
    shown, working = _percent(entry, basis) if entry.id else (None, ())
    valued = shown or has_reference(entry.id, basis.market)
    yield Line(
        f"{_blend_name(entry)} ({sources})" if sources else _blend_name(entry),
        _amount(entry, basis),
        shown,
        None if valued else basis.layout.symbol or None,
        kind="blend" if entry.is_blend else "nutrient" if entry.id else "ingredient",
        sources=sources,
        working=(*entry.working, *working),
    )
    for name, share_mg in entry.shares:
        text = basis.layout.share.format(source=name)
        yield Line(text, basis.text(share_mg, entry.id), indent=1, kind="share")
    for name, _ in entry.members:
        yield Line(member_name(name), None, indent=1, kind="member")


def _percent(entry: Entry, basis: Basis) -> tuple[str | None, tuple[str, ...]]:
    """The percent of the reference as printed, if it is known, and how it came about."""
    all_mg = reference_counted_mg(entry.id, basis.market)
    if entry.factor and all_mg:
        shown = percent_text(counted_mg(entry.stated_mg, entry.id, entry.factor), all_mg)
        mass = basis.text(entry.stated_mg, entry.id)
        return shown, (f"{mass} counts {_amount(entry, basis)}, printed {shown}",)
    if whole := reference_mg(entry.id, basis.market):
        working = basis.percent_working(entry.stated_mg, whole, entry.id)
        return percent_text(entry.stated_mg, whole), (working,)
    return None, ()


def _amount(entry: Entry, basis: Basis) -> str:
    """The amount as printed, in the unit of the law where it can be."""
    if entry.factor:
        return equivalent_text(entry.stated_mg, entry.id, entry.factor, basis.market)
    return basis.text(entry.stated_mg, entry.id)


def _in_parentheses(entry: Entry, relation: str) -> str:
    named = [] if entry.shares else [name for name, _ in entry.sources]
    if not relation or not named or [n.casefold() for n in named] == [entry.title.casefold()]:
        return ""
    return f"{relation} {', '.join(named)}"


def _blend_name(entry: Entry) -> str:
    """A blend's name; one that does not say that it is a blend is told to be one.

    So is one that would be read as a nutrient's: "Magnesium Complex".
    """
    told = says_blend(entry.title) and names.nutrient_of(entry.title) is None
    return entry.title if told or not entry.is_blend else f"{entry.title} (proprietary blend)"


def size_text(formulation: Formulation, units: int) -> str:
    """So many of what the product is counted in: "2 capsules", "1 scoop".

    >>> size_text(Formulation(product="A", unit="capsule", inputs=[
    ...     {"substance": "glycine", "amount": "1 g"}]), 2)
    '2 capsules'
    """
    return f"{units:,} {unit_text(formulation, units)}"


def times_text(count: int) -> str:
    """How often a day: "once daily", "twice daily", "3 times daily"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times") + " daily"


def unit_text(formulation: Formulation, units: int) -> str:
    """The word that a serving is counted in, for so many of it."""
    unit = " ".join(formulation.unit.split())
    if unit.casefold() in _UNCOUNTED:
        form = formulation.form or "unit"
        unit = DOSAGES.get(form, form)
    return unit if units == 1 else _several(unit)


def _several(unit: str) -> str:
    """The word for several: abbreviations, and what is one of several already, stay as they are."""
    spoken = unit.casefold()
    if spoken.split()[-1] in _ABBREVIATED or not spoken[-1].isalpha():
        return unit
    if spoken.endswith(_SIBILANTS):
        return f"{unit}es"
    if spoken.endswith("y") and spoken[-2:-1] not in _VOWELS:
        return f"{unit[:-1]}ies"
    return unit if spoken.endswith("s") else f"{unit}s"


def is_counted_in(unit: str) -> bool:
    """Whether the last word of a unit is one that panels count servings in.

    >>> is_counted_in("vegetarian capsule"), is_counted_in("unit")
    (True, False)
    """
    listed = (word_set("serving", "units", form) for form in _FORMS)
    return unit.casefold().split()[-1] in frozenset[str]().union(*listed)


def serving_mass(delivery: Delivery, servings: float) -> str | None:
    """The mass of a serving of powder, where every excipient's is known; else None."""
    if delivery.formulation.form not in ("powder", None) or _is_counted(delivery.formulation):
        return None
    if any(each.weighed_mg is None for each in delivery.excipients):
        return None
    return serving_mass_text(delivery.fill_mg * servings)


def is_solid(formulation: Formulation) -> bool:
    """Whether it is a solid oral dosage form, such as tablets and capsules."""
    return formulation.form in ("capsule", "tablet", "softgel") or _is_counted(formulation)


def _is_counted(formulation: Formulation) -> bool:
    counted = ("capsule", "tablet", "softgel", "gummy")
    words = frozenset[str]().union(*(word_set("serving", "units", form) for form in counted))
    return formulation.form is None and unit_text(formulation, 1).casefold() in words


def others_of(
    delivery: Delivery,
    materials: Sequence[Brought],
    shown: Iterable[str],
    *,
    categories: bool = False,
) -> tuple[str, ...]:
    """The other ingredients: excipients and compounds that no line names, the heaviest first.

    Ingredients of unknown mass follow in the formulation's order, the capsule is the last.
    Additives stand behind their `categories` where these are wanted; elsewhere what an
    excipient is there for stands behind its name, where that is stated.
    """
    named = {name.casefold() for name in shown}
    weighed, unknown = _excipients(delivery)
    printed = dict(_with_categories(delivery, categories))
    inputs = (each for each in materials if not each.excipient)
    compounds = [(c.name, c.mass_mg) for each in inputs for c in each.compounds]
    listed = [name for name, _ in merged([*compounds, *weighed])]
    return tuple(
        dict.fromkeys(
            printed.get(name, name)
            for name in (*listed, *unknown, *_capsule(delivery, categories))
            if name.casefold() not in named
        )
    )


def _with_categories(delivery: Delivery, before: bool) -> Iterator[tuple[str, str]]:
    """Items of the excipients, and how they are printed: with what they are there for."""
    for each in delivery.excipients:
        stated = stated_category(delivery, each)
        for item in items_of(each.name):
            behind = f"{item} ({stated})" if stated and "(" not in item else item
            yield item, categorised(item, stated) if before else behind


def _excipients(delivery: Delivery) -> tuple[list[Named], list[str]]:
    weighed: list[Named] = []
    unknown: list[str] = []
    for each in delivery.excipients:
        items = items_of(each.name)
        if each.weighed_mg is None:
            unknown += items
        else:
            weighed += ((item, each.weighed_mg / len(items)) for item in items)
    return weighed, unknown


def _capsule(delivery: Delivery, categories: bool) -> Iterator[str]:
    """What the empty capsule is made of, unless the formulation lists it itself."""
    made = delivery.formulation
    material = made.capsule_material if in_capsules(made) else None
    said = any("capsule" in each.name.casefold() for each in delivery.excipients)
    if material and not said:
        items = items_of(material)
        if len(items) > 1:
            yield f"{_shell(delivery)} ({', '.join(items)})"
        else:
            (name,) = items
            if categories and categorised(name) != name:
                yield categorised(name)
                return
            yield name if "capsule" in name.casefold() else f"{name} (capsule)"


def _shell(delivery: Delivery) -> str:
    return "softgel" if delivery.formulation.form == "softgel" else "capsule"
