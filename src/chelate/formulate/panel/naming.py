"""What a panel calls a material: its common or usual name, which a reader can resolve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from chelate import catalogue, resources, wording
from chelate.catalogue import Substance, names
from chelate.catalogue.names import Meaning
from chelate.formulate.delivery import Ingredient
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.tokens import tokens_of
from chelate.stoichiometry.constituents import in_sentence

_ANHYDROUS = ", anhydrous"
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile("[®™℠]")
_WATER = re.compile(r"\b\w*hydrate\b")
_NO_HEADING = re.compile(r"[(%]")
_COMMAS = re.compile(r"\s*(?:(?<!\d),|,(?!\d)|;)\s*")


def sources_of(ingredient: Ingredient) -> tuple[tuple[str, float], ...]:
    """The compounds of an input by name, with their mg per serving, the heaviest first.

    A material of several compounds, such as a buffered chelate, is named by its parts: all
    that supply a nutrient are listed (21 CFR 101.36(d)(2)). A name for the label covers the
    part that it names, and does not hide the others.
    """
    parts = ingredient.taken.parts
    if len(parts) < 2:
        return ((_single(ingredient), ingredient.weighed_mg),)
    own = _covered(ingredient)
    named = (
        (own[1] if own and own[0] == part.id else common_name(catalogue.substance(part.id)),
         part.mg)
        for part in parts
    )  # fmt: skip
    return tuple(sorted(named, key=lambda each: -each[1]))


def _single(ingredient: Ingredient) -> str:
    """The label's name, else that of an id, else the wording of the formulation."""
    entry = ingredient.entry
    if entry.label_name:
        return with_common_name(plain(entry.label_name))
    return plain(entry.substance) if entry.define else with_common_name(usual_name(entry.substance))


def _covered(ingredient: Ingredient) -> tuple[str, str] | None:
    """The id of the part that the label's name stands for, and that name."""
    if ingredient.entry.label_name is None:
        return None
    name = with_common_name(plain(ingredient.entry.label_name))
    meant = names.resolve(name).substances
    ids = [part.id for part in ingredient.taken.parts]
    return next(((i, name) for i in ids if i in meant), (ids[0], name))


def with_common_name(name: str) -> str:
    """A trade name with the common name of what it stands for; any other name as it is.

    >>> with_common_name("Magtein"), with_common_name("TRAACS magnesium bisglycinate")
    ('Magtein magnesium L-threonate', 'TRAACS magnesium bisglycinate')
    """
    common = _common_of_mark(name)
    if common is None:
        return name
    texts = {text for each in catalogue.marks().values() for text in each.texts}
    return f"{name} {common}" if names.normalise(name) in texts else common


def _common_of_mark(name: str) -> str | None:
    """The common name of what a trade name alone stands for, if that is known."""
    meaning = names.resolve(name)
    family = catalogue.families().get(meaning.family or "")
    if not meaning.marks or family is None or _without_marks(meaning):
        return None
    return in_sentence(family.name)


def _without_marks(meaning: Meaning) -> bool:
    """Whether a name has a meaning of its own without its trade names."""
    spoken = f" {names.normalise(meaning.text)} "
    for mark in meaning.marks:
        for text in sorted(catalogue.marks()[mark].texts, key=len, reverse=True):
            spoken = spoken.replace(f" {text} ", " ")
    return names.resolve(spoken.strip()).family == meaning.family


def is_trade_name(name: str) -> bool:
    """Whether a name is marked as a trade name, or known as one and as nothing else.

    >>> is_trade_name("Quellor®"), is_trade_name("Dimacal"), is_trade_name("Magtein")
    (True, True, False)
    """
    status = names.resolve(name).status
    return status == "mark" or (status == "unknown" and bool(_SIGNS.search(name)))


def usual_name(text: str) -> str:
    """The name that a label has for a material: of an id its name, of wording itself.

    >>> usual_name("magnesium-lysinate-glycinate"), usual_name("magnesium-citrate")
    ('magnesium lysinate glycinate', 'magnesium citrate')
    """
    key = text.strip()
    if key in catalogue.substances():
        return common_name(catalogue.substance(key))
    if key in catalogue.grades():
        return _of_grade(key)
    if key in catalogue.mixtures():
        return in_sentence(catalogue.mixtures()[key].name)
    return plain(names.spaced(key))


def _of_grade(key: str) -> str:
    grade = catalogue.grades()[key]
    if grade.substance:
        return _without_water(catalogue.substance(grade.substance))
    family = in_sentence(catalogue.families()[grade.family].name)
    return f"{family} buffered" if grade.buffered else family


@cache
def common_name(substance: Substance) -> str:
    """A substance's name without "anhydrous", or a wording of it that resolves to it.

    A ratio is not part of it: figures beside a name would be read as an amount.

    >>> common_name(catalogue.substance("trimagnesium-dicitrate"))
    'trimagnesium dicitrate'
    >>> common_name(catalogue.substance("magnesium-aspartate-1-1"))
    'magnesium aspartate'
    """
    candidates = list(_wordings(substance))
    known = [name for name in candidates if _means(name, substance) and not _DIGIT.search(name)]
    alone = (name for name in known if _means(name, substance, alone=True))
    return next(alone, (*known, *candidates)[0])


def _without_water(substance: Substance) -> str:
    """The name of a substance that the formulation did not name: a hydrate by its family.

    >>> _without_water(catalogue.substance("magnesium-l-threonate-monohydrate"))
    'magnesium L-threonate'
    """
    name = common_name(substance)
    families = (in_sentence(catalogue.families()[key].name) for key in substance.families)
    known = (family for family in families if _means(family, substance))
    return next(known, name) if _WATER.search(name) else name


def _wordings(substance: Substance) -> Iterator[str]:
    yield plain(in_sentence(substance.name.removesuffix(_ANHYDROUS)))
    yield substance.id.replace("-", " ")
    for family in (catalogue.families()[name] for name in substance.families):
        yield in_sentence(family.name)
        yield from family.phrases
        yield from (f"{substance.nutrient} {word}" for word in family.words if substance.nutrient)


def _means(name: str, substance: Substance, *, alone: bool = False) -> bool:
    """Whether a name is of the substance, beside its nutrient or anywhere."""
    meaning = names.resolve(name, None if alone else substance.nutrient)
    return meaning.status == "known" and substance.id in meaning.substances


def items_of(text: str) -> tuple[str, ...]:
    """The items of an ingredient list that a wording stands for.

    What several things make up stands in brackets after its name; a comma before what is
    no ingredient belongs to the name.

    >>> items_of("Coating: hypromellose, glycerin")
    ('Coating (hypromellose, glycerin)',)
    >>> items_of("rosemary extract, mixed tocopherols"), items_of("Citric acid, anhydrous")
    (('rosemary extract', 'mixed tocopherols'), ('Citric acid anhydrous',))
    >>> items_of("rice & maize starch"), items_of("FD&C Blue No. 1 Lake")
    (('rice & maize starch',), ('FD&C Blue No. 1 Lake',))
    """
    spoken = " ".join(text.replace(";", ",").split()).strip(" ,.")
    head, colon, members = (part.strip() for part in spoken.partition(":"))
    if colon and members and not _NO_HEADING.search(head):
        return (f"{plain(head)} ({members})",)
    found = wording.split_list(spoken)
    items = [found[0].text if found else ""]
    for before, each in pairwise(found):
        between = spoken[before.offset + len(before.text) : each.offset]
        if names.normalise(each.text) in _listed_names() or names.resolve(each.text).family:
            items.append(each.text)
        else:
            items[-1] += f"{' ' if ',' in between else between}{each.text}"
    return tuple(items)


@cache
def _listed_names() -> frozenset[str]:
    return frozenset(resources.toml("excipients.toml")["names"])


def member_name(name: str) -> str:
    """A name that stands on a line without figures: what would be read as one in brackets.

    >>> member_name("alpha-GPC 50 %"), member_name("glucosamine sulfate 2KCl")
    ('Alpha-GPC (50 %)', 'Glucosamine sulfate (2KCl)')
    >>> member_name("melatonin 1 % trituration")
    'Melatonin 1 % trituration'
    """
    title = capitalised(name)
    figure = next((t.piece for t in tokens_of(Piece(title, 0)) if t.is_figure), None)
    if figure is None or not figure.start:
        return title
    return member_name(f"{title[: figure.start]}({figure.text}){title[figure.end :]}")


def capitalised(name: str) -> str:
    """A name as it stands at the beginning of a line.

    >>> capitalised("creatine monohydrate"), capitalised("d-ribose")
    ('Creatine monohydrate', 'D-ribose')
    """
    return name[:1].upper() + name[1:]


def within_sentence(name: str) -> str:
    """A name as it stands within a sentence; one that is not known keeps its capitals.

    >>> within_sentence("Creatine monohydrate"), within_sentence("Boswellia serrata extract")
    ('creatine monohydrate', 'Boswellia serrata extract')
    """
    is_known = names.resolve(name).status != "unknown" or names.normalise(name) in _listed_names()
    return in_sentence(name) if is_known else name


def plain(name: str) -> str:
    """A name on one line, without the commas that would make several of it in a list.

    >>> plain("Citric acid,  anhydrous")
    'Citric acid anhydrous'
    """
    return _COMMAS.sub(" ", " ".join(name.split())).strip()
