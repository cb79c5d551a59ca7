"""Which nutrients a formulation's materials are there for, and what excipients bring unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.findings import InputError
from chelate.formulate.delivery import Ingredient, Weighed
from chelate.stoichiometry import Held, yield_of

# Nutrients that a label has from an analysis of the whole product.
BY_ANALYSIS = frozenset(
    {"fat", "saturated-fat", "cholesterol", "carbohydrate", "fiber", "added-sugars", "protein"}
)


@cache
def nutrient_of_moiety() -> Mapping[str, str]:
    """Moieties that are counted as a nutrient: ascorbic acid is vitamin C."""
    found: dict[str, str] = resources.toml("panel_layout.toml")["nutrient_of_moiety"]
    return MappingProxyType(found)


def counted_as(constituent: str) -> str:
    """The nutrient that a constituent is counted as, else itself.

    >>> counted_as("ascorbic-acid"), counted_as("glycine")
    ('vitamin-c', 'glycine')
    """
    return nutrient_of_moiety().get(constituent, constituent)


def supplied_by(ingredient: Ingredient) -> tuple[str, ...]:
    """The nutrients that an input is a source of, in the order of what it holds.

    A counter-ion is none: magnesium chloride is a source of magnesium. What is defined in
    place, or holds several things, is a source of every nutrient that it holds.
    """
    return tuple(_supplied(ingredient))


def _supplied(ingredient: Ingredient) -> Iterator[str]:
    held = dict.fromkeys(counted_as(each.id) for each in ingredient.taken.moieties)
    parts = [catalogue.substances().get(part.id) for part in ingredient.taken.parts]
    sold = {part.nutrient for part in parts if part}
    if None in sold:
        sold |= set(nutrient_of_moiety().values())
    known = (name for name in held if name in catalogue.nutrients() and name not in BY_ANALYSIS)
    yield from (name for name in known if not any(parts) or name in sold)


def held_by(excipient: Weighed) -> tuple[Held, ...]:
    """What an excipient of known mass holds, as a source of some nutrient would; else nothing."""
    meaning = names.resolve(excipient.name)
    if not excipient.weighed_mg or not meaning.nutrient or not meaning.substances:
        return ()
    try:
        return yield_of(excipient.name, excipient.weighed_mg).moieties
    except InputError:
        return ()
