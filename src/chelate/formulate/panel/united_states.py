"""Supplement Facts: 21 CFR 101.36, with the disclaimer of 101.93."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.amounts import has_reference
from chelate.formulate.panel.brought import Brought, brought
from chelate.formulate.panel.declared import (
    Basis,
    Entry,
    blends,
    claims_of,
    ingredients,
    moieties,
    nutrients,
)
from chelate.formulate.panel.lines import (
    is_solid,
    lines_of,
    others_of,
    serving_mass,
    size_text,
    times_text,
)
from chelate.formulate.panel.notes import notes_of
from chelate.formulate.panel.values import Columns, Line, Panel
from chelate.formulate.panel.words import Layout, layout
from chelate.models import Serving
from chelate.models.formulation import Formulation

_MARKS = "*†‡ "


def supplement_facts(delivery: Delivery) -> Panel:
    """The US panel: what has a Daily Value in its order, then what has none."""
    made, own = delivery.formulation, layout("US")
    basis = Basis("US", own, 1.0, made.source_amounts)
    materials = brought(delivery, own.always)
    claims = claims_of(made, materials)
    valued, others = _parted(tuple(nutrients(materials, claims, basis)))
    others += (*moieties(materials, claims, basis), *ingredients(materials, claims, basis))
    others = tuple(sorted(others, key=lambda entry: -entry.stated_mg))
    others += tuple(blends(materials, basis))
    groups = tuple(filter(None, (_lines(valued, basis), _lines(others, basis))))
    serving, serving_lines = _serving(delivery, own)
    statements, disclaimer = _statements(made, own)
    warnings = tuple(_warnings(made, materials, own))
    return Panel(
        "US", "en", own.title, made.product, made.brand, serving_lines,
        Columns(own.name_heading, own.amount_heading, own.percent_heading),
        groups,
        (own.no_reference,) if any(line.symbol for line in sum(groups, ())) else (),
        own.ingredients_heading,
        others_of(delivery, materials, _shown((*valued, *others))),
        statements, disclaimer,
        tuple(_directions(made, own)),
        tuple(notes_of(delivery, materials, (*valued, *others), basis)),
        serving,
        tuple(entry.id for entry in (*valued, *others) if entry.id),
        own.sources
        + (own.statement_sources if statements else ())
        + (own.warning_sources if warnings else ()),
        warnings,
    )  # fmt: skip


def _parted(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries with a Daily Value, and those without one."""
    valued = tuple(entry for entry in entries if has_reference(entry.id, "US"))
    return valued, tuple(entry for entry in entries if entry not in valued)


def _lines(entries: tuple[Entry, ...], basis: Basis) -> tuple[Line, ...]:
    return tuple(line for entry in entries for line in lines_of(entry, basis, _relation(entry)))


def _relation(entry: Entry) -> str:
    """The word before the sources: of a nutrient "as", of a moiety what it comes with."""
    return layout("US").relation if entry.is_nutrient else "from"


def _shown(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The names that stand on the panel, and are not repeated below it."""
    for entry in entries:
        yield entry.title
        yield from (name for name, _ in (*entry.sources, *entry.members))


def _serving(delivery: Delivery, own: Layout) -> tuple[Serving, tuple[str, ...]]:
    made = delivery.formulation
    size, weight = size_text(made, made.units_per_serving), serving_mass(delivery, 1)
    size = f"{size} ({weight})" if weight else size
    count = made.servings_per_container
    lines = [own.serving_size.format(size=size)]
    lines += [own.per_container.format(count=f"{count:,}")] if count else []
    per_day = str(made.servings_per_day) if made.servings_per_day > 1 else None
    serving = Serving(
        size=size, weight=weight, per_container=f"{count:,}" if count else None, per_day=per_day
    )
    return serving, tuple(lines)


def _directions(made: Formulation, own: Layout) -> Iterator[str]:
    """How many servings a day, where it is more than one."""
    if made.servings_per_day > 1:
        dose = size_text(made, made.units_per_serving)
        times = times_text(made.servings_per_day)
        yield from (text.format(dose=dose, times=times) for text in own.directions)


def _warnings(made: Formulation, materials: Sequence[Brought], own: Layout) -> Iterator[str]:
    """What the law warns of where a solid product is a source of a nutrient."""
    supplied = {name for each in materials for name in each.own}
    yield from (text for name, text in own.warnings.items() if name in supplied and is_solid(made))


def _statements(made: Formulation, own: Layout) -> tuple[tuple[str, ...], str | None]:
    """The statements with the mark that leads to the disclaimer, and the disclaimer."""
    marked = tuple(f"{text.strip(_MARKS)}{own.mark}" for text in map(_line, made.statements))
    if not marked:
        return (), None
    return marked, own.disclaimer_one if len(marked) == 1 else own.disclaimer_many


def _line(text: str) -> str:
    return " ".join(text.split())
