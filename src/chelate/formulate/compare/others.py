"""The other ingredients: what the list names beside the recipe's excipients and its capsule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from chelate import resources, wording
from chelate.catalogue import names
from chelate.composition.ingredients import Listed, listed_ingredients
from chelate.figures import mg, percent
from chelate.formulate.capsules import in_capsules
from chelate.formulate.compare.holdings import is_meant, names_input, without_qualifiers
from chelate.formulate.compare.ingredients import texts_of
from chelate.formulate.compare.order import Ranked, order
from chelate.formulate.compare.sides import TOLERANCE, Sides
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient
from chelate.formulate.panel.naming import items_of
from chelate.models import Label

_NOT_LISTED = frozenset({"water", "purified water", "none", "keine", "aucun", "ninguno", "nessuno"})
_IN_ORDER = ("US", "EU")
_E_NUMBER = re.compile(r"^e (?=\d)")
_LANGUAGES = ("en", "de", "fr", "es", "it", "plural")
_SHELL = "shell"
_SHELLS = ("hypromellose", "pullulan", "bovine-gelatin", "porcine-gelatin", "fish-gelatin")


@dataclass(frozen=True, slots=True)
class _Stated:
    """An ingredient that the recipe has besides its inputs, with its mass in mg.

    `names` are those that a list may have for it: its own, and of what makes it up.
    """

    name: str
    path: str
    weighed_mg: float | None
    names: tuple[str, ...]
    is_capsule: bool = False


def other_ingredients(sides: Sides) -> Iterator[Outcome]:
    """What the list has and lacks, its order, and the material of the capsule."""
    stated = list(_stated(sides))
    printed = [each for each in _listed(sides.label) if _is_to_compare(each)]
    yield from _extra(printed, stated, sides)
    yield from _missing(printed, stated, sides)
    yield from _order(printed, stated, sides)
    yield from _shares(printed, stated, sides)


def _listed(label: Label) -> Iterator[Listed]:
    """What the list names, without the categories before it: "anti-caking agent: silica".

    What stands behind a word for the capsule, "Kapselhülle: Gelatine", is marked as its shell.
    """
    shell = False
    for each in listed_ingredients(label):
        heads = _heads(each, label)
        own = [replace(each, text=text, inside=()) for text in each.inside] if heads else [each]
        yield from (replace(one, inside=(*one.inside, _SHELL)) if shell else one for one in own)
        shell = heads and not each.inside and _is_word_for(each, "capsule")


def _heads(printed: Listed, label: Label) -> bool:
    """Whether an item is no ingredient, but the category of those after it or in its brackets."""
    colon = rf"{re.escape(printed.text)}\s*:"
    is_head = printed.inside or re.search(colon, label.text_at(printed.path))
    if not is_head or _things(printed.text).difference(_SHELLS):
        return False
    if _is_word_for(printed, "capsule"):
        return not printed.inside
    return any(_is_word_for(printed, language) for language in _LANGUAGES)


def _is_word_for(printed: Listed, key: str) -> bool:
    spoken = names.normalise(printed.text)
    words = resources.toml("excipients.toml")["categories"][key]
    return spoken in words or spoken.removesuffix("s") in words


def _stated(sides: Sides) -> Iterator[_Stated]:
    for each in sides.delivery.excipients:
        yield _Stated(each.name, each.path, each.weighed_mg, _names_in(each.name))
    made = sides.delivery.formulation
    if (material := made.capsule_material) and in_capsules(made):
        spoken = _names_in(material)
        yield _Stated(material, "capsule_material", None, spoken, is_capsule=True)


def _names_in(text: str) -> tuple[str, ...]:
    """The names in a wording of the recipe: of its items, and of what their brackets hold."""
    phrases = [wording.parse(item) for item in items_of(text)]
    inside = (item.text for phrase in phrases for item in phrase.items)
    return tuple(dict.fromkeys([text, *(p.head.text for p in phrases), *inside]))


def may_be(one: str, other: str) -> bool:
    """Whether two names of ingredients may be of one thing.

    >>> may_be("Hypromellose", "vegetable cellulose"), may_be("silica", "silicon dioxide")
    (True, True)
    >>> may_be("bovine gelatin", "fish gelatin"), may_be("rice flour", "silica")
    (False, False)
    """
    first, second = without_qualifiers(one), without_qualifiers(other)
    if first == second or not _things(one).isdisjoint(_things(other)):
        return True
    family = names.resolve(one).family
    return family is not None and family == names.resolve(other).family


def _things(text: str) -> frozenset[str]:
    """The things of the catalogue that a name may mean."""
    spoken = {names.normalise(text), without_qualifiers(text)}
    spoken |= {word.removesuffix("s") for word in spoken}
    spoken |= {_E_NUMBER.sub("e", word) for word in spoken}
    return frozenset().union(*(_same().get(word, frozenset()) for word in spoken))


@cache
def _same() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for thing, words in resources.toml("excipients.toml")["same"].items():
        for word in words:
            found[word] = found.get(word, frozenset()) | {thing}
    return found


def _is_to_compare(printed: Listed) -> bool:
    """Whether an item names what the recipe should have: no water, and not "none"."""
    return names.normalise(printed.text) not in _NOT_LISTED


def _names(printed: Listed) -> tuple[str, ...]:
    return (printed.text, *printed.inside)


def _is_of(printed: Listed, stated: _Stated) -> bool:
    """Whether a printed ingredient, or what stands in its brackets, may be the stated one."""
    return any(may_be(text, name) for text in _names(printed) for name in stated.names)


def _own(printed: Listed, stated: list[_Stated]) -> _Stated | None:
    """What the recipe has that a printed ingredient is: of that name, else with a part of it."""
    named = (one for one in stated if may_be(printed.text, one.name))
    return next(named, None) or next((one for one in stated if _is_of(printed, one)), None)


def _is_of_capsule(printed: Listed) -> bool:
    """Whether a printed ingredient is the material of a capsule."""
    known = resources.toml("excipients.toml")["categories"]["capsule"]
    spoken = [names.normalise(text) for text in _names(printed)]
    return any(text in known or not set(text.split()).isdisjoint(known) for text in spoken)


def _is_input(printed: Listed, sides: Sides) -> bool:
    return any(_is_named(printed, each) for each in sides.delivery.ingredients) or (
        _ranked_input(printed, sides) is not None
    )


def _extra(printed: list[Listed], stated: list[_Stated], sides: Sides) -> Iterator[Outcome]:
    """What the list names and the recipe does not have."""
    capsule = next((each for each in stated if each.is_capsule), None)
    for each in printed:
        where, text = Where(each.path, None, each.text), " ".join(each.text.split())
        own = _own(each, stated)
        if own:
            where = Where(each.path, own.path, each.text)
            yield Follows("other ingredients", each.text, own.name, where)
        elif capsule and _is_of_capsule(each):
            where = Where(each.path, capsule.path, each.text)
            message = f"The label names “{text}” for the capsule; the recipe, {capsule.name}."
            yield Difference("capsule-material-differs", message, text, capsule.name, where)
        elif not (capsule or _has_shell(stated)) and _may_be_the_capsule(each, sides):
            yield NotCompared(text, "the recipe states no capsule material", where)
        elif not _is_input(each, sides) and not _is_told(each, sides):
            message = f"The label lists “{text}”, which the recipe does not have."
            yield Difference("other-ingredient-not-in-recipe", message, text, "none", where)


def _is_told(printed: Listed, sides: Sides) -> bool:
    """Whether an item is a source of a declared mineral, whose difference is told with it."""
    held = {nutrient for holding in sides.holdings for nutrient in holding.nutrients}
    claims = [claim for claim in sides.composition.claims if claim.nutrient in held]
    texts = {names.normalise(source.text) for claim in claims for source in claim.sources}
    return names.normalise(printed.text) in texts


def _has_shell(stated: list[_Stated]) -> bool:
    """Whether the recipe lists what capsules are made of among its excipients."""
    return any(not _things(name).isdisjoint(_SHELLS) for each in stated for name in each.names)


def _may_be_the_capsule(printed: Listed, sides: Sides) -> bool:
    made = sides.delivery.formulation
    in_capsules = made.form in ("capsule", "softgel") or made.capsule_size is not None
    shell = not _things(printed.text).isdisjoint(_SHELLS)
    return in_capsules and (shell or _is_of_capsule(printed))


def _missing(printed: list[Listed], stated: list[_Stated], sides: Sides) -> Iterator[Outcome]:
    """What the recipe has and the label does not name."""
    shell_is_named = any(map(_is_of_capsule, printed))
    rows = [text for entry in sides.entries for text in texts_of(entry)]
    for each in stated:
        named = any(_is_of(one, each) for one in printed)
        if named or any(may_be(text, name) for text in rows for name in each.names):
            continue
        if each.is_capsule and shell_is_named:
            continue
        weight = f"{mg(each.weighed_mg * sides.scale.factor)} " if each.weighed_mg else ""
        told = ", which the label does not list" if printed else "; the label lists no ingredients"
        message = f"The recipe has {weight}{each.name}{told}."
        yield Difference(
            "other-ingredient-not-printed", message, "", each.name, Where(None, each.path)
        )


def _order(printed: list[Listed], stated: list[_Stated], sides: Sides) -> Iterator[Outcome]:
    """The list in descending order by weight (21 CFR 101.4(a)(1), Reg. 1169/2011 Art. 18(1)).

    What follows "contains less than 2 % of" may stand in any order, and an ingredient whose
    mass the recipe does not state has no place in it.
    """
    if sides.market not in _IN_ORDER:
        return
    found = (_ranked(each, stated, sides) for each in printed if each.at_most is None)
    ranked = [one for one in found if one]
    if len(printed) > 1:
        where = Where(printed[0].path, "excipients", printed[0].text)
        kind = "other-ingredient-order-differs"
        yield order("order of other ingredients", kind, ranked, where)


def _ranked(printed: Listed, stated: list[_Stated], sides: Sides) -> Ranked | None:
    """What an item means and weighs per serving of the label; None where that is not stated."""
    own = _own(printed, stated)
    if own is None:
        return _ranked_input(printed, sides)
    if own.weighed_mg is None:
        return None
    return Ranked(printed.text, own.weighed_mg * sides.scale.factor, frozenset({own.path}))


def _ranked_input(printed: Listed, sides: Sides) -> Ranked | None:
    """The same of an item that means an input, or a compound of one that is a blend."""
    meanings = [(text, names.resolve(text)) for text in _names(printed)]
    held = [h for h in sides.holdings if any(is_meant(*meaning, h) for meaning in meanings)]
    inputs = [i for i in sides.delivery.ingredients if _is_named(printed, i)]
    weighed_mg = sum(h.weighed_mg for h in held) or sum(i.weighed_mg for i in inputs)
    of = frozenset(h.key for h in held) or frozenset(i.path for i in inputs)
    return Ranked(printed.text, weighed_mg * sides.scale.factor, of) if of else None


def _is_named(printed: Listed, ingredient: Ingredient) -> bool:
    own = (ingredient.entry.substance, ingredient.entry.label_name or "")
    return any(
        names_input(text, ingredient)
        or any(not _things(text).isdisjoint(_things(name)) for name in own)
        for text in _names(printed)
    )


def _shares(printed: list[Listed], stated: list[_Stated], sides: Sides) -> Iterator[Outcome]:
    """What the list says is less than 2 % of the product, by the mass of the fill."""
    if sides.delivery.formulation.form in ("capsule", "softgel"):
        return
    for each in printed:
        own = _own(each, stated)
        if each.at_most is None or own is None or own.weighed_mg is None:
            continue
        share = own.weighed_mg / sides.delivery.fill_mg
        where = Where(each.path, own.path, each.text)
        label, recipe = f"at most {percent(each.at_most)}", percent(share)
        subject = f"share of {each.text}"
        if share <= each.at_most * (1 + TOLERANCE):
            yield Follows(subject, label, recipe, where)
            continue
        message = (
            f"The label says that “{each.text}” is at most {percent(each.at_most)} of the "
            f"product; by the recipe it is {recipe}."
        )
        yield Difference("other-ingredient-share-differs", message, label, recipe, where)
