"""The category that stands before an additive's name: "anti-caking agent (silica)".

An EU list names what an additive is principally there for (Regulation (EU) No 1169/2011,
Annex VII, part C). A formulation says it; without that, the usual category is taken, where
one is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from chelate import resources, wording
from chelate.catalogue import names
from chelate.formulate.delivery import Delivery, Weighed
from chelate.formulate.errors import EntryError
from chelate.formulate.panel.naming import items_of


def categorised(item: str, stated: str | None = None) -> str:
    """An item of the list behind its category, if that is stated or usual; else itself.

    >>> categorised("silica"), categorised("rice flour")
    ('anti-caking agent (silica)', 'rice flour')
    >>> categorised("hypromellose", "thickener")
    'thickener (hypromellose)'
    """
    if _is_category(wording.parse(item).head.text):
        return item
    category = stated or usual_category(item)
    return f"{category} ({item})" if category else item


def usual_category(item: str) -> str | None:
    """What an additive of that name is usually there for; None where that is not known.

    >>> usual_category("Silicon dioxide"), usual_category("rice flour")
    ('anti-caking agent', None)
    """
    spoken = names.normalise(item)
    found = (_usual().get(name) for name in (spoken, *_things().get(spoken, ())))
    return next((category for category in found if category), None)


def stated_category(delivery: Delivery, excipient: Weighed) -> str | None:
    """The category that the formulation states of an excipient.

    Raises:
        EntryError: there is no category of that name.
    """
    made = delivery.formulation.excipients
    stated = next(
        (entry.category for entry, each in zip(made, delivery.excipients, strict=True)
         if each is excipient), None
    )  # fmt: skip
    if stated is not None and not _is_category(stated):
        known = ", ".join(sorted(_usual_categories()))
        raise EntryError(
            f"{excipient.path}.category",
            f'found "{stated}", expected a category of Regulation (EU) No 1169/2011, Annex VII, '
            f"part C, such as {known}",
        )
    return " ".join(stated.split()) if stated else None


def without_category(delivery: Delivery) -> Iterator[str]:
    """The excipients before whose names no category stands."""
    for each in delivery.excipients:
        stated = stated_category(delivery, each)
        without = (item for item in items_of(each.name) if categorised(item, stated) == item)
        yield from (item for item in without if not _is_category(wording.parse(item).head.text))


def _is_category(text: str) -> bool:
    spoken = names.normalise(text)
    known: list[str] = resources.toml("excipients.toml")["categories"]["en"]
    return spoken in known or spoken.removesuffix("s") in known


def _usual_categories() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = resources.toml("panel_layout.toml")["additives"]["categories"]
    return found


@cache
def _usual() -> Mapping[str, str]:
    return {name: category for category, own in _usual_categories().items() for name in own}


@cache
def _things() -> Mapping[str, tuple[str, ...]]:
    """The ids of the things that a name may be of."""
    same: dict[str, list[str]] = resources.toml("excipients.toml")["same"]
    words = dict.fromkeys(word for own in same.values() for word in own)
    return {word: tuple(thing for thing, own in same.items() if word in own) for word in words}
