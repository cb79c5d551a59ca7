"""The sources that a label names of vitamins, by what these are added as."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.composition.ingredients import listed_ingredients
from chelate.composition.rows import Entry
from chelate.figures import listed, mass
from chelate.formulate.compare.holdings import called, names_input
from chelate.formulate.compare.ingredients import texts_of
from chelate.formulate.compare.sides import Sides
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient
from chelate.formulate.supplied import sources_in
from chelate.formulate.vitamins import is_vitamin
from chelate.stoichiometry import counted_as

_HANDS = ("d", "l", "dl")


def vitamin_sources(sides: Sides) -> Iterator[Outcome]:
    """The sources of every declared vitamin that the recipe has."""
    for entry in sides.entries:
        vitamin = entry.nutrient
        if entry.kind != "element" or vitamin is None or not is_vitamin(vitamin):
            continue
        if held := [i for i in sides.delivery.ingredients if _holds(i, vitamin)]:
            yield from _of_row(entry, vitamin, held, sides)


def _holds(ingredient: Ingredient, vitamin: str) -> bool:
    return any(counted_as(held.id) == vitamin for held in ingredient.taken.moieties)


def _of_row(entry: Entry, vitamin: str, held: list[Ingredient], sides: Sides) -> Iterator[Outcome]:
    texts = list(_printed(entry, vitamin))
    subject = f"sources of {names.spoken(vitamin)}"
    if not texts and not _is_named(entry.phrase.head.text, held):
        where = Where(f"{entry.path}.name", held[0].path, entry.row.name)
        yield NotCompared(subject, "the label names none beside it", where)
        return
    told = [_named(text, vitamin, held, subject, f"{entry.path}.name") for text in texts]
    yield from told
    if not any(isinstance(each, Difference | NotCompared) for each in told):
        yield from _not_named(entry, vitamin, held, sides)


def _is_named(text: str, held: list[Ingredient]) -> bool:
    return any(names_input(text, each) for each in held)


def _printed(entry: Entry, vitamin: str) -> Iterator[str]:
    """The names that stand with a row for what brings it, its own other names aside."""
    items = (item.text for item in entry.phrase.of("source", "bracket"))
    nested = (each.phrase.head.text for each in entry.children if each.nutrient in (None, vitamin))
    for text in dict.fromkeys((*items, *(s.name for s in entry.row.sources), *nested)):
        is_itself = names.nutrient_of(text) == vitamin and not forms_in(text, vitamin)
        if text and not is_itself and any(map(str.isalpha, text)):
            yield text


def _named(
    text: str, vitamin: str, held: list[Ingredient], subject: str, path: str
) -> Difference | NotCompared | Follows:
    """A name beside the inputs that bring the vitamin."""
    ways = {each.path: _may_be(text, each, vitamin) for each in held}
    recipe = listed([called(each) for each in held])
    found = next((each for each in held if ways[each.path]), None)
    where = Where(path, (found or held[0]).path, text)
    if found:
        return Follows(subject, f"“{text}”", called(found), where)
    if None in ways.values():
        return NotCompared(f"“{text}” as a source of {names.spoken(vitamin)}",
                           f"whether it is {recipe} is not known", where)  # fmt: skip
    message = (
        f"The label names “{text}” as a source of {names.spoken(vitamin)}; "
        f"the recipe's {'is' if len(held) == 1 else 'are'} {recipe}."
    )
    return Difference("source-not-in-recipe", message, text, recipe, where)


def _may_be(text: str, ingredient: Ingredient, vitamin: str) -> bool | None:
    """Whether a name may be an input's; None where what either of them is is not known."""
    own = (ingredient.entry.substance, ingredient.entry.label_name or "")
    if names_input(text, ingredient):
        return True
    printed = forms_in(text, vitamin)
    known = [(forms, name) for name in own if (forms := forms_in(name, vitamin))]
    if not printed or not known:
        return None
    return any(
        (printed <= forms or forms <= printed) and _hands_agree(text, name) for forms, name in known
    )


def _hands_agree(one: str, other: str) -> bool:
    """Whether no two names say that it is the natural form and the mixture of both."""
    hands = [[t for t in names.normalise(text).split() if t in _HANDS] for text in (one, other)]
    return not all(hands) or hands[0][0] == hands[1][0]


@cache
def forms_in(text: str, vitamin: str) -> frozenset[str]:
    """What a vitamin is added as, by a name: each under one of its names.

    >>> sorted(forms_in("pyridoxine HCl", "vitamin-b6"))
    ['pyridoxine hydrochloride']
    >>> sorted(forms_in("calcium L-ascorbate dihydrate", "vitamin-c"))
    ['calcium ascorbate']
    """
    spoken = f" {names.normalise(text)} "
    found = [form for form in _forms(vitamin) if f" {form} " in spoken]
    longest = (f for f in found if not any(f != other and f in other for other in found))
    return frozenset(_one_name(form) for form in longest)


@cache
def _forms(vitamin: str) -> tuple[str, ...]:
    own = catalogue.nutrients()[vitamin].forms
    same = (word for words in _same().values() for word in words if _is_of(words, own))
    return tuple(dict.fromkeys((*own, *same)))


def _is_of(words: list[str], own: tuple[str, ...]) -> bool:
    return not set(words).isdisjoint(own)


def _same() -> dict[str, list[str]]:
    found: dict[str, list[str]] = resources.toml("excipients.toml")["vitamin_forms"]
    return found


@cache
def _one_name(form: str) -> str:
    known = (name for name, words in _same().items() if form in words)
    plain = " ".join(word for word in form.split() if word not in _HANDS)
    return next(known, plain)


def _not_named(
    entry: Entry, vitamin: str, held: list[Ingredient], sides: Sides
) -> Iterator[Difference]:
    """What the recipe has for a vitamin and the label names nowhere."""
    sources = sources_in(sides.delivery)
    printed = [text for each in sides.entries for text in texts_of(each)]
    printed += [t for each in listed_ingredients(sides.label) for t in (each.text, *each.inside)]
    word = names.spoken(vitamin)
    for each in held:
        if vitamin not in sources[each.path] or any(_may_be(t, each, vitamin) for t in printed):
            continue
        weighed = f"{mass(each.weighed_mg * sides.scale.factor, each.unit)} {called(each)}"
        message = (
            f"The recipe has {weighed} per serving as a source of {word}, which the label does "
            "not name."
        )
        where = Where(f"{entry.path}.name", each.path, entry.phrase.head.text)
        yield Difference("source-not-printed", message, "", weighed, where)
