"""The label of a food supplement: Directive 2002/46/EC and Regulation (EU) No 1169/2011."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate.figures import listed
from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.brought import brought, scaled
from chelate.formulate.panel.declared import (
    Basis,
    Entry,
    claims_of,
    ingredients,
    moieties,
    nutrients,
)
from chelate.formulate.panel.lines import lines_of, others_of, serving_mass, size_text
from chelate.formulate.panel.notes import notes_of
from chelate.formulate.panel.values import Columns, Line, Panel
from chelate.formulate.panel.words import Layout, layout
from chelate.models import Serving


def nutrition_information(delivery: Delivery) -> Panel:
    """The EU panel: amounts per recommended daily portion, sources in the ingredient list too."""
    made, own = delivery.formulation, layout("EU")
    basis = Basis("EU", own, float(made.servings_per_day), made.source_amounts)
    as_served = brought(delivery, own.always)
    claims = claims_of(made, as_served)
    materials = tuple(scaled(each, basis.servings) for each in as_served)
    entries = (
        *nutrients(materials, claims, basis),
        *moieties(materials, claims, basis),
        *ingredients(materials, claims, basis),
    )
    lines = tuple(line for entry in entries for line in lines_of(entry, basis, _relation(entry)))
    size = size_text(made, made.units_per_serving * made.servings_per_day)
    weight = serving_mass(delivery, made.servings_per_day)
    size_with = f"{size} ({weight})" if weight else size
    return Panel(
        "EU", "en", own.title, made.product, made.brand,
        (own.serving_size.format(size=size_with),),
        Columns(own.name_heading, own.amount_heading, own.percent_heading),
        (lines,),
        tuple(_footnotes(lines, own)),
        own.ingredients_heading,
        others_of(delivery, as_served, (), categories=True),
        tuple(" ".join(text.split()) for text in made.statements),
        None,
        (_category(entries, own), *own.directions),
        tuple(notes_of(delivery, materials, entries, basis)),
        Serving(size=size_with, weight=weight, per_day="1"),
        tuple(entry.id for entry in entries if entry.id),
        own.sources + (own.unit_sources if any(entry.factor for entry in entries) else ()),
    )  # fmt: skip


def _relation(entry: Entry) -> str:
    """The word before the sources: of a nutrient "as", of a moiety what it comes with."""
    return layout("EU").relation if entry.is_nutrient else "from"


def _footnotes(lines: Sequence[Line], own: Layout) -> Iterator[str]:
    if any(line.percent for line in lines):
        yield own.with_reference
    if any(line.symbol for line in lines):
        yield own.no_reference


def _category(entries: Sequence[Entry], own: Layout) -> str:
    """The name of the category, and the substances that characterise the product."""
    named = [each.spoken for each in entries]
    return own.category.format(nutrients=listed(named)) if named else own.category_alone
