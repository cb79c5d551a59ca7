"""Whether what a label lists stands in descending order by the recipe's weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chelate import catalogue
from chelate.figures import listed, mass
from chelate.formulate.compare.sides import TOLERANCE
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where


@dataclass(frozen=True, slots=True)
class Ranked:
    """A listed name with its mass in mg; `of` are the entries of the recipe that it means.

    `source_of` is the nutrient that all in the list are sources of, "" where they are not.
    """

    name: str
    mass_mg: float
    of: frozenset[str]
    source_of: str = ""

    @property
    def mass(self) -> str:
        """The mass as it is written."""
        return mass(self.mass_mg, catalogue.material_unit(self.source_of, self.mass_mg))


def order(subject: str, kind: str, names: Sequence[Ranked], where: Where) -> Outcome:
    """Names in printed order; those that may mean the same entry have no place of their own."""
    told = [
        one for one in names if not any(one.of & other.of for other in names if other is not one)
    ]
    if len(told) < 2:
        reason = "the recipe has the masses of fewer than two of them"
        return NotCompared(subject, reason, where)
    label = listed([one.name for one in told])
    ranked = sorted(told, key=lambda one: -one.mass_mg)
    recipe = listed([f"{one.name} ({one.mass})" for one in ranked])
    if all(a.mass_mg >= b.mass_mg * (1 - TOLERANCE) for a, b in pairwise(told)):
        return Follows(subject, label, recipe, where)
    message = f"The label lists {label}; in descending order by weight it is {recipe}."
    return Difference(kind, message, label, recipe, where)
