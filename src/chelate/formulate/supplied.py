"""Which nutrients a formulation's materials are there for, and what excipients bring unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache

from chelate import catalogue, wording
from chelate.catalogue import names
from chelate.catalogue.names import Meaning
from chelate.catalogue.words import nutrient_words, tokens_of
from chelate.figures import listed
from chelate.findings import InputError
from chelate.formulate.delivery import Delivery, Ingredient, Weighed
from chelate.formulate.errors import EntryError
from chelate.formulate.vitamins import is_vitamin, vitamins_in
from chelate.stoichiometry import Held, constituent_of, constituents, counted_as, yield_of
from chelate.stoichiometry.stated import read_stated
from chelate.units import mass_mg

# Nutrients that a label has from an analysis of the whole product.
BY_ANALYSIS = frozenset(
    {"fat", "saturated-fat", "cholesterol", "carbohydrate", "fiber", "added-sugars", "protein"}
)

_SAYS = ("known", "undefined", "element")
_SHORT = 1 - 1e-9
_SYMBOL = 2  # letters at most


def supplied_by(ingredient: Ingredient) -> tuple[str, ...]:
    """The nutrients that an input is a source of, in the order of what it holds.

    A counter-ion is none: magnesium chloride is a source of magnesium. But an ascorbate is a
    source of vitamin C as well. What is defined in place is a source of what its definition
    or its name says, not of all that it holds: it is a dietary ingredient by its own mass
    (21 CFR 101.36(b)(3)).
    """
    held = dict.fromkeys(counted_as(each.id) for each in ingredient.taken.moieties)
    known = (name for name in held if name in catalogue.nutrients() and name not in BY_ANALYSIS)
    supplied = _stated(ingredient) if ingredient.entry.define else _sold(ingredient)
    return tuple(name for name in known if supplied is None or name in supplied)


def sources_in(delivery: Delivery) -> Mapping[str, tuple[str, ...]]:
    """By the path of each input, the nutrients that it is a source of in this formulation.

    What is claimed beyond what these bring comes from the defined ones that hold it too.
    """
    own = {each.path: supplied_by(each) for each in delivery.ingredients}
    wanting = {of for of, mass_mg in _claims(delivery) if _supplied_mg(of, own, delivery) < mass_mg}
    for each in delivery.ingredients:
        held = dict.fromkeys(counted_as(h.id) for h in each.taken.moieties)
        if each.entry.define:
            own[each.path] += tuple(h for h in held if h in wanting and h not in own[each.path])
    return own


def _claims(delivery: Delivery) -> Iterator[tuple[str, float]]:
    """The nutrients that are claimed, in mg per serving; claims that cannot be read aside."""
    for key, text in delivery.formulation.claims.items():
        if nutrient := names.nutrient_of(key):
            with suppress(InputError):
                yield nutrient, mass_mg(text) * _SHORT


def _supplied_mg(of: str, own: Mapping[str, tuple[str, ...]], delivery: Delivery) -> float:
    """What the sources of a nutrient bring of it at the end of the shelf life, in mg."""
    sources = (each for each in delivery.ingredients if of in own[each.path])
    return sum(
        counted_mg(each, h) for each in sources for h in each.at_end if counted_as(h.id) == of
    )


def is_range(ingredient: Ingredient) -> bool:
    """Whether the contents of a material are stated or known as a range."""
    if ingredient.entry.assay:
        return read_stated(ingredient.entry.assay, "an assay", "98.5 %")[0].form == "range"
    return not ingredient.taken.parts


def counted_mg(ingredient: Ingredient, held: Held) -> float:
    """What a panel counts of a constituent, in mg: where it is known as a range, the least."""
    if is_range(ingredient):
        return held.range_mg.low
    if ingredient.entry.potency is None:
        return held.mg
    potency, _ = read_stated(ingredient.entry.potency, "a potency", "10 %")
    return held.mg * potency.low / potency.fraction if potency.form == "range" else held.mg


def is_by_the_way(ingredient: Ingredient, of: str, own: Iterable[str]) -> bool:
    """Whether a material that is defined in place holds a nutrient without being its source."""
    is_defined = ingredient.entry.define is not None
    return is_defined and of in catalogue.nutrients() and of not in own


def is_itself_declared(ingredient: Ingredient, own: Iterable[str]) -> bool:
    """Whether an input is a dietary ingredient by its own mass, and not as a source alone.

    `own` are the nutrients that it is a source of in its formulation. One that holds nothing
    but vitamins that are claimed is there for these.
    """
    held = {counted_as(each.id) for each in ingredient.taken.moieties} - BY_ANALYSIS
    claimed = bool(held) and held <= {each for each in own if is_vitamin(each)}
    return not supplied_by(ingredient) and not claimed


def _sold(ingredient: Ingredient) -> set[str | None] | None:
    """What the compounds of the catalogue are sold for; None where there are none."""
    parts = [catalogue.substances().get(part.id) for part in ingredient.taken.parts]
    sold = {part.nutrient for part in parts if part}
    sold |= {of for part in parts if part for of in constituents(part) if is_vitamin(of)}
    if None in sold:
        sold |= {each.nutrient for each in catalogue.moieties().values()} - {None}
    return sold if any(parts) else None


def _stated(ingredient: Ingredient) -> set[str]:
    """What a material that is defined in place is said to be a source of."""
    own = ingredient.entry.define
    if own is None:
        return set()
    if own.source_of is not None:
        return set(_of_definition(own.source_of, ingredient))
    released = (counted_as(constituent_of(words)) for words in own.moieties)
    return {*said_by(ingredient.entry.substance), *said_by(ingredient.name), *released}


def _of_definition(source_of: Iterable[str], ingredient: Ingredient) -> Iterator[str]:
    held = {counted_as(each.id) for each in ingredient.taken.moieties} & {*catalogue.nutrients()}
    for index, words in enumerate(source_of):
        nutrient = names.nutrient_of(words)
        if nutrient not in held:
            has = listed([names.spoken(each) for each in sorted(held)]) or "no nutrient"
            path = f"{ingredient.path}.define.source_of[{index}]"
            raise EntryError(path, f'found "{words}", expected what it holds: {has}')
        yield nutrient


@cache
def said_by(name: str) -> frozenset[str]:
    """The nutrients that the name of a material says that it is a source of.

    A vitamin's own salt is no source of its counter-ion, unless that is a compound which the
    catalogue knows as a source of it.

    >>> sorted(said_by("zinc HMB")), sorted(said_by("Selenium yeast"))
    (['zinc'], ['selenium'])
    >>> sorted(said_by("calcium pantothenate")), sorted(said_by("calcium ascorbate"))
    (['pantothenic-acid'], ['calcium', 'vitamin-c'])
    >>> sorted(said_by("glucosamine sulfate potassium chloride"))
    []
    """
    vitamins = vitamins_in(name)
    if vitamins:
        compound = names.resolve(name)
        return vitamins | ({compound.nutrient or ""} - {""} if compound.substances else set())
    tokens = tokens_of(wording.parse(name).head.text)
    starts = (names.resolve(" ".join(tokens[:end])) for end in range(len(tokens), 0, -1))
    said = (m.nutrient for m in starts if m.nutrient and m.status in _SAYS and not _is_symbol(m))
    return frozenset(tuple(said)[:1])


def _is_symbol(meaning: Meaning) -> bool:
    """Whether an element is named by its symbol alone: B-complex is no source of boron."""
    nutrient = catalogue.nutrients().get(meaning.nutrient or "")
    named = [token for token in tokens_of(meaning.text) if (token,) in nutrient_words()]
    is_element = meaning.status == "element" and nutrient is not None and nutrient.element
    return bool(is_element and named) and max(map(len, named)) <= _SYMBOL


def held_by(excipient: Weighed) -> tuple[Held, ...]:
    """What an excipient of known mass holds, as a source of some nutrient would; else nothing."""
    meaning = names.resolve(excipient.name)
    if not excipient.weighed_mg or not meaning.nutrient or not meaning.substances:
        return ()
    try:
        return yield_of(excipient.name, excipient.weighed_mg).moieties
    except InputError:
        return ()
