"""The items of an ingredient list: what each names, and what it only says the use of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from chelate import resources, wording
from chelate.catalogue import names
from chelate.composition.ingredients import listed_ingredients
from chelate.formulate.compare.holdings import without_qualifiers
from chelate.models import Label

SHELLS = frozenset(
    {"hypromellose", "pullulan", "bovine-gelatin", "porcine-gelatin", "fish-gelatin"}
)
_NOT_LISTED = frozenset({"water", "purified water", "none", "keine", "aucun", "ninguno", "nessuno"})
_E_NUMBER = re.compile(r"^e (?=\d)")
_LANGUAGES = ("en", "de", "fr", "es", "it", "plural")
_USES = (*_LANGUAGES, "capsule", "coating")

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """An ingredient with the names in its brackets, however deep: "coating (shellac)".

    `category` is what the list says that it is there for, `is_shell` that a word for the
    capsule stands before it; `at_most` is the fraction of the product (0-1) that it is at
    most, where the list says so.
    """

    path: str
    text: str
    inside: tuple[str, ...] = ()
    at_most: float | None = None
    category: str | None = None
    is_shell: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every name that is printed in it."""
        return (self.text, *self.inside)


def items(label: Label) -> Iterator[Item]:
    """What the list names, without the categories before it: "anti-caking agent: silica".

    What stands behind a word for the capsule, "Kapselhülle: Gelatine", is marked as its shell.
    """
    category, shell = None, False
    for each in listed_ingredients(label):
        one = Item(each.path, each.text, _flat(each.inside), each.at_most)
        if not _is_heading(one, label):
            yield replace(one, category=category, is_shell=shell)
            category, shell = None, False
            continue
        category = one.text if is_category(one.text) else None
        for text in each.inside:
            yield replace(item_of(text), path=one.path, at_most=one.at_most, category=category)
        shell = not each.inside and is_for_capsule(one.text)
        category = None if each.inside else category


def item_of(text: str) -> Item:
    """An item in its own words.

    >>> item_of("film coating (hypromellose, colour (titanium dioxide))").inside
    ('hypromellose', 'colour', 'titanium dioxide')
    """
    head, *inside = _flat((text,)) or ("",)
    return Item("", head, tuple(inside))


def _flat(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Names with those in their brackets behind them."""
    phrases = [wording.parse(text) for text in texts]
    deeper = ((p.head.text, *_flat(tuple(i.text for i in p.items if i.text))) for p in phrases)
    return tuple(name for several in deeper for name in several if name)


def _is_heading(item: Item, label: Label) -> bool:
    """Whether an item is no ingredient, but the category of those after it or in its brackets."""
    colon = rf"{re.escape(item.text)}\s*:"
    is_head = item.inside or re.search(colon, label.text_at(item.path))
    if not is_head or things(item.text).difference(SHELLS):
        return False
    if is_for_capsule(item.text) or _is_among(item.text, "coating"):
        return not item.inside
    return is_category(item.text)


def is_category(text: str, *languages: str) -> bool:
    """Whether a name is that of a category of additives, in any language or some of them."""
    return any(_is_among(text, language) for language in languages or _LANGUAGES)


def is_for_capsule(text: str) -> bool:
    """Whether a name is a word for the capsule, whatever it is made of."""
    return _is_among(text, "capsule")


def _is_among(text: str, key: str) -> bool:
    spoken = names.normalise(text)
    words = resources.toml("excipients.toml")["categories"][key]
    return spoken in words or spoken.removesuffix("s") in words


def is_use(text: str) -> bool:
    """Whether a name says what a thing is there for, and not what it is.

    >>> is_use("capsule"), is_use("film coating"), is_use("vegetable capsule"), is_use("shellac")
    (True, True, False, False)
    """
    meant = things(text)
    return any(_is_among(text, key) for key in _USES) if not meant else meant >= SHELLS


def is_listed(text: str) -> bool:
    """Whether a name is of something that a list has to name: not water, and not "none"."""
    return names.normalise(text) not in _NOT_LISTED


def is_ingredient(text: str) -> bool:
    """Whether a name is one that is known of an ingredient.

    >>> is_ingredient("titanium dioxide"), is_ingredient("vegetable source")
    (True, False)
    """
    spoken = {names.normalise(text), without_qualifiers(text)}
    spoken |= {word.removesuffix("s") for word in spoken}
    return bool(things(text) or not spoken.isdisjoint(_known()) or names.resolve(text).family)


def names_in(item: Item, known: Known = is_ingredient) -> tuple[str, ...]:
    """The names that say what an item is: not what it is there for, nor words about a name.

    What stands before brackets with known names and is itself unknown is their heading.

    >>> names_in(item_of("hypromellose (capsule)")), names_in(item_of("gelatin (fish)"))
    (('hypromellose',), ('fish gelatin',))
    >>> names_in(item_of("coating (shellac, glycerin)")), names_in(item_of("film coating"))
    (('shellac', 'glycerin'), ())
    """
    head, inside = _together(item)
    inside = [text for text in inside if is_listed(text) and not is_use(text)]
    if is_use(head):
        return tuple(inside)
    told = tuple(text for text in inside if known(text))
    return told if told and not known(head) else (head, *told)


def _together(item: Item) -> tuple[str, list[str]]:
    """The name before the brackets, with a word in them that makes it another: "(bovine)"."""
    for text in item.inside:
        whole = f"{text} {item.text}"
        if not is_ingredient(text) and not is_use(text) and things(whole):
            return whole, [other for other in item.inside if other != text]
    return item.text, list(item.inside)


def may_be(one: str, other: str) -> bool:
    """Whether two names of ingredients may be of one thing.

    >>> may_be("Hypromellose", "vegetable cellulose"), may_be("silica", "silicon dioxide")
    (True, True)
    >>> may_be("bovine gelatin", "fish gelatin"), may_be("rice flour", "silica")
    (False, False)
    """
    ours, theirs = things(one), things(other)
    if ours and theirs:
        return not ours.isdisjoint(theirs)
    if without_qualifiers(one) == without_qualifiers(other):
        return True
    family = names.resolve(one).family
    return family is not None and family == names.resolve(other).family


def things(text: str) -> frozenset[str]:
    """The things of the catalogue that a name may mean; without its qualifiers if it has none.

    >>> "bovine-gelatin" in things("capsule"), "bovine-gelatin" in things("vegetable capsule")
    (True, False)
    """
    return _things_of(names.normalise(text)) or _things_of(without_qualifiers(text))


def _things_of(word: str) -> frozenset[str]:
    spoken = {word, word.removesuffix("s")}
    spoken |= {_E_NUMBER.sub("e", each) for each in spoken}
    return frozenset().union(*(_same().get(each, frozenset()) for each in spoken))


@cache
def _same() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for thing, words in resources.toml("excipients.toml")["same"].items():
        for word in words:
            found[word] = found.get(word, frozenset()) | {thing}
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(resources.toml("excipients.toml")["names"])
