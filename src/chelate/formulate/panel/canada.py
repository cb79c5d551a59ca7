"""The label of a natural health product: Natural Health Products Regulations, 93 and 93.1."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.brought import brought, scaled
from chelate.formulate.panel.declared import Basis, claims_of, ingredients, moieties, nutrients
from chelate.formulate.panel.lines import (
    is_counted_in,
    lines_of,
    others_of,
    serving_mass,
    size_text,
    times_text,
    unit_text,
)
from chelate.formulate.panel.notes import notes_of
from chelate.formulate.panel.values import Columns, Panel
from chelate.formulate.panel.words import Layout, layout
from chelate.models import Serving


def medicinal_ingredients(delivery: Delivery) -> Panel:
    """The Canadian panel: medicinal ingredients per dosage unit, each with its source."""
    made, own = delivery.formulation, layout("CA")
    dosage = _dosage(delivery, own)
    basis = Basis("CA", own, dosage.units / made.units_per_serving, made.source_amounts)
    as_served = brought(delivery, own.always)
    claims = claims_of(made, as_served)
    materials = tuple(scaled(each, basis.servings) for each in as_served)
    entries = (
        *nutrients(materials, claims, basis),
        *moieties(materials, claims, basis),
        *ingredients(materials, claims, basis),
    )
    shown = [name for entry in entries for name, _ in entry.sources]
    shown += [entry.title for entry in entries]
    dose = size_text(made, made.units_per_serving)
    times = times_text(made.servings_per_day)
    return Panel(
        "CA", "en", own.title, made.product, made.brand,
        dosage.lines,
        Columns(own.name_heading, dosage.heading, own.percent_heading),
        (tuple(line for entry in entries for line in lines_of(entry, basis, own.relation)),),
        (),
        own.ingredients_heading,
        others_of(delivery, as_served, shown),
        tuple(" ".join(text.split()) for text in made.statements),
        None,
        tuple(text.format(dose=dose, times=times) for text in own.directions),
        tuple(notes_of(delivery, materials, entries, basis)),
        dosage.serving,
        tuple(entry.id for entry in entries if entry.id),
        own.sources,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Dosage:
    """What the amounts are for: a dosage unit, or a serving counted in no usual unit."""

    units: int
    heading: str
    lines: tuple[str, ...]
    serving: Serving


def _dosage(delivery: Delivery, own: Layout) -> _Dosage:
    made = delivery.formulation
    units = 1 if is_counted_in(unit_text(made, 1)) else made.units_per_serving
    weight = serving_mass(delivery, units / made.units_per_serving)
    bracket = f" ({weight})" if weight else ""
    size = f"{size_text(made, units)}{bracket}"
    a_day = made.units_per_serving * made.servings_per_day // units
    serving = Serving(size=size, weight=weight, per_day=str(a_day))
    if is_counted_in(unit_text(made, 1)):
        heading = own.amount_heading.format(unit=f"{unit_text(made, 1)}{bracket}")
        return _Dosage(units, heading, (), serving)
    lines = (own.serving_size.format(size=size),)
    return _Dosage(units, own.amount_heading.format(unit="serving"), lines, serving)
