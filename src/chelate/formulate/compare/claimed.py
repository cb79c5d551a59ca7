"""The label claims that the recipe itself states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate import catalogue
from chelate.catalogue import names
from chelate.formulate.compare.sides import Sides, span
from chelate.formulate.compare.values import Difference, Where
from chelate.formulate.errors import at
from chelate.formulate.panel.declared import spoken
from chelate.intervals import Interval
from chelate.stoichiometry import constituent_of, counted_as
from chelate.units import Amount, mass_mg, read_amount


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of the recipe: of what, its words, and their masses per serving of the label."""

    path: str
    of: str
    text: str
    mass_mg: Interval


def claimed(sides: Sides) -> Iterator[Claimed]:
    """Every claim of the recipe.

    Raises:
        EntryError: a claim is of no known nutrient or moiety, or is no mass.
    """
    own = [held.id for held in sides.delivery.moieties]
    for key, text in sides.delivery.formulation.claims.items():
        path = f"claims.{key}"
        with at(path):
            of = counted_as(names.nutrient_of(key) or constituent_of(key, own=own))
            mass_mg(text)
        read = read_amount(text)
        if isinstance(read, Amount) and read.mass_mg:
            mass = read.mass_mg.scaled(sides.scale.factor)
            said = text if sides.scale.factor == 1 else span(mass, catalogue.mass_unit(of))
            yield Claimed(path, of, said, mass)


def claim_of(wanted: str, sides: Sides) -> Claimed | None:
    """The recipe's claim of a nutrient or moiety, None where it has none."""
    return next((each for each in claimed(sides) if each.of == wanted), None)


def not_printed(printed: set[str], sides: Sides) -> Iterator[Difference]:
    """What the recipe claims for the label and the label does not print."""
    names_of = {held.id: held.name for held in sides.delivery.moieties}
    for each in claimed(sides):
        if each.of not in printed:
            name = names_of.get(each.of) or spoken(each.of)
            message = f"The recipe claims {each.text} {name} for the label, which prints none."
            yield Difference("claim-not-printed", message, "", each.text, Where(None, each.path))
