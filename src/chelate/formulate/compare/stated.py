"""What the recipe has besides its inputs, and which items of a list may be of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chelate import wording
from chelate.formulate.capsules import in_capsules
from chelate.formulate.compare.listed import (
    SHELLS,
    Item,
    is_for_capsule,
    is_ingredient,
    is_listed,
    is_use,
    item_of,
    may_be,
    names_in,
    things,
)
from chelate.formulate.compare.sides import Sides
from chelate.formulate.panel.categories import stated_category
from chelate.formulate.panel.naming import items_of

_OPEN = frozenset({"flavour"})


@dataclass(frozen=True, slots=True)
class Stated:
    """An ingredient that the recipe has besides its inputs, with its mass in mg.

    `heads` are the names of its items, `parts` what they say it is: of "coating: shellac,
    talc" these two, none of a bare "coating".
    """

    name: str
    path: str
    weighed_mg: float | None
    heads: tuple[str, ...]
    parts: tuple[str, ...]
    is_capsule: bool = False
    category: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether its name leaves open what makes it up: a flavour, a coating."""
        if self.is_capsule or len(self.parts) > 1:
            return False
        return not any(is_ingredient(part) and not things(part) & _OPEN for part in self.parts)

    def is_called(self, name: str) -> bool:
        """Whether a name may be that of a part of it."""
        return any(may_be(name, part) for part in self.parts)

    def heads_like(self, item: Item) -> bool:
        """Whether an item has the word for its use that this has: both are coatings."""
        return is_use(item.text) and any(may_be(item.text, head) for head in self.heads)


def stated_in(sides: Sides) -> Iterator[Stated]:
    """The excipients, and the capsule."""
    for each in sides.delivery.excipients:
        category = stated_category(sides.delivery, each)
        heads, parts = _taken_apart(each.name)
        yield Stated(each.name, each.path, each.weighed_mg, heads, parts, category=category)
    made = sides.delivery.formulation
    if (material := made.capsule_material) and in_capsules(made):
        heads, parts = _taken_apart(material)
        yield Stated(material, "capsule_material", None, heads, parts, is_capsule=True)


def _taken_apart(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = (piece.text for each in items_of(text) for piece in wording.split_list(each))
    own = [item_of(each) for each in pieces]
    parts = (name for item in own for name in names_in(item) if is_listed(name))
    return tuple(item.text for item in own), tuple(dict.fromkeys(parts))


def said_of(item: Item, stated: Iterable[Stated]) -> tuple[str, ...]:
    """The names that say what an item is: those that are known, in general or of the recipe."""
    own = tuple(stated)
    return names_in(
        item, lambda name: is_ingredient(name) or any(each.is_called(name) for each in own)
    )


def is_of(item: Item, each: Stated) -> bool:
    """Whether a printed item may be what the recipe has, or a part of that."""
    said = said_of(item, (each,))
    if not said:
        return (each.is_capsule and is_for_capsule(item.text)) or each.heads_like(item)
    if each.is_capsule and any(things(n) & SHELLS and not each.is_called(n) for n in said):
        return False
    if each.heads_like(item) and not each.is_capsule:
        return True
    leading = said[:1] if _leads(item, said) else said
    return any(each.is_called(name) for name in leading)


def _leads(item: Item, said: tuple[str, ...]) -> bool:
    """Whether the first of the names is that before the brackets."""
    return said[0] not in item.inside


def own_of(item: Item, stated: Iterable[Stated]) -> Stated | None:
    """What the recipe has that a printed item is: of that name, else with a part of it."""
    every = [each for each in stated if is_of(item, each)]
    named = (each for each in every if any(may_be(item.text, head) for head in each.heads))
    return next(named, None) or next(iter(every), None)
