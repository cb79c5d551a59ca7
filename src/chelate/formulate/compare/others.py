"""The other ingredients: what the list names beside the recipe's excipients and its capsule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chelate import resources
from chelate.catalogue import names
from chelate.figures import listed, mg, percent
from chelate.formulate.compare.holdings import is_meant, names_input
from chelate.formulate.compare.ingredients import texts_of
from chelate.formulate.compare.listed import (
    SHELLS,
    Item,
    is_category,
    is_ingredient,
    is_listed,
    is_use,
    items,
    may_be,
    names_in,
    things,
)
from chelate.formulate.compare.order import Ranked, order
from chelate.formulate.compare.sides import TOLERANCE, Sides
from chelate.formulate.compare.stated import Stated, is_of, own_of, said_of, stated_in
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient
from chelate.formulate.panel.categories import usual_category

_IN_ORDER = ("US", "EU")


def other_ingredients(sides: Sides) -> Iterator[Outcome]:
    """What the list has and lacks, its order, and the material of the capsule."""
    stated = list(stated_in(sides))
    printed = [each for each in items(sides.label) if is_listed(each.text)]
    yield from _extra(printed, stated, sides)
    yield from _missing(printed, stated, sides)
    yield from _order(printed, stated, sides)
    yield from _shares(printed, stated, sides)


def _is_of_capsule(printed: Item) -> bool:
    """Whether a printed ingredient is the material of a capsule."""
    known = resources.toml("excipients.toml")["categories"]["capsule"]
    spoken = [names.normalise(text) for text in printed.texts]
    return printed.is_shell or any(
        text in known or not set(text.split()).isdisjoint(known) for text in spoken
    )


def _is_input(printed: Item, sides: Sides) -> bool:
    return any(_is_named(printed, each, sides) for each in sides.delivery.ingredients) or (
        _ranked_input(printed, sides) is not None
    )


def _extra(printed: list[Item], stated: list[Stated], sides: Sides) -> Iterator[Outcome]:
    """What the list names and the recipe does not have."""
    capsule = next((each for each in stated if each.is_capsule), None)
    for each in printed:
        where, text = Where(each.path, None, each.text), " ".join(each.text.split())
        own = own_of(each, stated)
        if own:
            yield from _made_up(each, own, stated, sides)
        elif capsule and _is_of_capsule(each):
            where = Where(each.path, capsule.path, each.text)
            text = listed(names_in(each) or (text,))
            message = f"The label names “{text}” for the capsule; the recipe, {capsule.name}."
            yield Difference("capsule-material-differs", message, text, capsule.name, where)
        elif not (capsule or _has_shell(stated)) and _may_be_the_capsule(each, sides):
            yield NotCompared(text, "the recipe states no capsule material", where)
        elif _is_input(each, sides):
            yield from _foreign(each, None, stated, sides)
        elif not _is_told(each, sides):
            message = f"The label lists “{text}”, which the recipe does not have."
            yield Difference("other-ingredient-not-in-recipe", message, text, "none", where)


def _made_up(printed: Item, own: Stated, stated: list[Stated], sides: Sides) -> Iterator[Outcome]:
    """What the recipe has, with what stands in its brackets and what it is there for."""
    foreign = list(_foreign(printed, own, stated, sides))
    where = Where(printed.path, own.path, printed.text)
    yield from foreign or [Follows("other ingredients", printed.text, own.name, where)]
    yield from _category(printed, own, [each for each in stated if is_of(printed, each)])
    said = said_of(printed, stated)
    if said and said[0] in printed.inside and not is_use(printed.text):
        reason = "it is no name of an ingredient that is known"
        yield NotCompared(f"“{printed.text}”", reason, where)


def _category(printed: Item, own: Stated, alike: list[Stated]) -> Iterator[Outcome]:
    """What the list says that an additive is there for, beside what the recipe says of it.

    `alike` are all that it may be: the hypromellose of the tablet, and that of the capsule.
    """
    said = next(filter(is_category, printed.inside), printed.category)
    wanted = [each.category or usual_category(printed.text) for each in alike]
    if said is None or _spelled(said) in [_spelled(each) for each in wanted if each]:
        return
    where = Where(printed.path, own.path, said)
    if own.category is None or not is_category(said, "en"):
        has = f"“{own.category}”" if own.category else "none"
        yield NotCompared(f"category “{said}” of {printed.text}", f"the recipe states {has}", where)
        return
    message = f"The label has {printed.text} as “{said}”, the recipe as “{own.category}”."
    yield Difference("other-ingredient-category-differs", message, said, own.category, where)


def _spelled(category: str) -> str:
    """A category in one of its spellings."""
    spoken = names.normalise(category).removesuffix("s")
    known: dict[str, str] = resources.toml("excipients.toml")["category_spellings"]
    return known.get(spoken, spoken)


def _foreign(
    printed: Item, own: Stated | None, stated: list[Stated], sides: Sides
) -> Iterator[Outcome]:
    """What an item of the list names and the recipe does not have, or not in that."""
    alike = own is not None and own.heads_like(printed)
    among = [own] if own and alike else stated
    for name in said_of(printed, stated):
        known = any(each.is_called(name) for each in among)
        if known or (not alike and _is_input(replace(printed, text=name, inside=()), sides)):
            continue
        where = Where(printed.path, own.path if own else None, name)
        if own and own.is_open:
            yield NotCompared(name, f"the recipe does not say what makes up {own.name}", where)
            continue
        inside = f" in “{printed.text}”" if name != printed.text else ""
        message = f"The label lists “{name}”{inside}, which the recipe does not have there."
        kind = "other-ingredient-not-in-recipe"
        yield Difference(kind, message, name, own.name if own else "none", where)


def _is_told(printed: Item, sides: Sides) -> bool:
    """Whether an item is a source of a declared mineral, whose difference is told with it."""
    held = {nutrient for holding in sides.holdings for nutrient in holding.nutrients}
    claims = [claim for claim in sides.composition.claims if claim.nutrient in held]
    texts = {names.normalise(source.text) for claim in claims for source in claim.sources}
    return names.normalise(printed.text) in texts


def _has_shell(stated: list[Stated]) -> bool:
    """Whether the recipe lists what capsules are made of among its excipients."""
    return any(not things(part).isdisjoint(SHELLS) for each in stated for part in each.parts)


def _may_be_the_capsule(printed: Item, sides: Sides) -> bool:
    made = sides.delivery.formulation
    in_capsules = made.form in ("capsule", "softgel") or made.capsule_size is not None
    shell = any(not things(name).isdisjoint(SHELLS) for name in names_in(printed))
    return in_capsules and (shell or _is_of_capsule(printed))


def _missing(printed: list[Item], stated: list[Stated], sides: Sides) -> Iterator[Outcome]:
    """What the recipe has and the label does not name."""
    for each in stated:
        lacking = list(_lacking(each, printed, stated, sides))
        if not lacking:
            continue
        weight = f"{mg(each.weighed_mg * sides.scale.factor)} " if each.weighed_mg else ""
        told = ", which the label does not list" if printed else "; the label lists no ingredients"
        if 0 < len(lacking) < len(each.parts):
            told = f"; the label does not list {listed(lacking)}"
        message = f"The recipe has {weight}{each.name}{told}."
        yield Difference(
            "other-ingredient-not-printed", message, "", each.name, Where(None, each.path)
        )


def _lacking(
    each: Stated, printed: list[Item], stated: list[Stated], sides: Sides
) -> Iterator[str]:
    """The parts of an ingredient that the label does not name; itself where it has none."""
    alike = [one for one in printed if each.heads_like(one)]
    if each.is_capsule and any(map(_is_of_capsule, printed)):
        shells = {part for part in each.parts if not things(part).isdisjoint(SHELLS)}
    else:
        shells = set()
    if not each.parts:
        if not alike and not (each.is_capsule and any(map(_is_of_capsule, printed))):
            yield each.name
        return
    said = [name for one in alike or printed for name in said_of(one, stated)]
    rows = [text for entry in sides.entries for text in texts_of(entry)]
    for part in each.parts:
        if part not in shells and not any(may_be(text, part) for text in (*said, *rows)):
            yield part


def _order(printed: list[Item], stated: list[Stated], sides: Sides) -> Iterator[Outcome]:
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


def _ranked(printed: Item, stated: list[Stated], sides: Sides) -> Ranked | None:
    """What an item means and weighs per serving of the label; None where that is not stated."""
    own = own_of(printed, stated)
    if own is None:
        return _ranked_input(printed, sides)
    if own.weighed_mg is None:
        return None
    return Ranked(printed.text, own.weighed_mg * sides.scale.factor, frozenset({own.path}))


def _ranked_input(printed: Item, sides: Sides) -> Ranked | None:
    """The same of an item that means an input, or a compound of one that is a blend."""
    meanings = [(text, names.resolve(text)) for text in _leading(printed, sides)]
    held = [h for h in sides.holdings if any(is_meant(*meaning, h) for meaning in meanings)]
    inputs = [i for i in sides.delivery.ingredients if _is_named(printed, i, sides)]
    weighed_mg = sum(h.weighed_mg for h in held) or sum(i.weighed_mg for i in inputs)
    of = frozenset(h.key for h in held) or frozenset(i.path for i in inputs)
    return Ranked(printed.text, weighed_mg * sides.scale.factor, of) if of else None


def _leading(printed: Item, sides: Sides) -> tuple[str, ...]:
    """The names that may be an input's: that before the brackets, where it is known as one."""
    inputs = sides.delivery.ingredients
    said = names_in(
        printed, lambda name: is_ingredient(name) or any(_names(name, i) for i in inputs)
    )
    return said if not said or said[0] in printed.inside else said[:1]


def _is_named(printed: Item, ingredient: Ingredient, sides: Sides) -> bool:
    return any(_names(text, ingredient) for text in _leading(printed, sides))


def _names(text: str, ingredient: Ingredient) -> bool:
    own = (ingredient.entry.substance, ingredient.entry.label_name or "")
    return names_input(text, ingredient) or any(
        not things(text).isdisjoint(things(name)) for name in own
    )


def _shares(printed: list[Item], stated: list[Stated], sides: Sides) -> Iterator[Outcome]:
    """What the list says is less than 2 % of the product, by the mass of the fill."""
    if sides.delivery.formulation.form in ("capsule", "softgel"):
        return
    for each in printed:
        own = own_of(each, stated)
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
