"""Constituents by their name alone: what a certificate states and the catalogue has not.

Withanolides, curcuminoids or EGCG are a mass fraction of a material and have no chemistry
here. They are delivered, claimed and added up by their name, so that a slip of the pen in
the name of what is known must not become one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from chelate import catalogue
from chelate.catalogue import names
from chelate.figures import listed
from chelate.findings import InputError
from chelate.stoichiometry.constituents import (
    constituent_of,
    constituents,
    id_of_itself,
    in_sentence,
    name_of,
)

_LONGEST = 80
_SHORT = 4  # letters: a shorter word is a letter from many others, as DPA is from EPA
_LONG = 8  # letters: the name of an element may be two letters off
_SIDES = ("l", "dl")
_WATER = ("moisture", "water", "loss-on-drying", "lod")


def constituent_or_own(words: str) -> tuple[str, str]:
    """The id and name of what words name: a known nutrient or moiety, else a constituent.

    Raises:
        InputError: they name a compound, its anion or water, or are nearly a known name.

    >>> constituent_or_own("Magnesium"), constituent_or_own("withanolides")
    (('magnesium', 'magnesium'), ('withanolides', 'withanolides'))
    >>> constituent_or_own("EGCG")
    ('egcg', 'EGCG')
    """
    try:
        known = constituent_of(words)
    except InputError:
        own = id_of_itself(words)
        _refuse(words, own)
        return own, _spoken(" ".join(words.split()))
    return known, name_of(known)


def _spoken(name: str) -> str:
    """A name within a sentence, with the capitals of an abbreviation: CoQ10."""
    first = name.split()[0]
    return name if any(map(str.isupper, first[1:])) else in_sentence(name)


def _refuse(words: str, own: str) -> None:
    if not any(map(str.isalpha, own)) or len(words) > _LONGEST:
        raise InputError(
            f'found "{words[:_LONGEST]}", expected the name of a constituent of at most '
            f"{_LONGEST} characters"
        )
    if own in _WATER:
        raise InputError(
            f'found "{words}", expected it as the moisture of the input: moisture: 5 %'
        )
    if names.resolve(words).status == "mark":
        raise InputError(f'found "{words}", a brand mark; expected what the material holds')
    if counted := tuple(_counted_of(words)):
        raise InputError(
            f'found "{words}", expected what is counted of it by name: {listed(counted)}'
        )
    if near := _nearest(own):
        raise InputError(
            f'found "{words}", expected a nutrient, a moiety or another constituent; did you mean '
            f"{near}? Another one of so near a name needs a word more"
        )


def _counted_of(words: str) -> Iterator[str]:
    """The names under which a compound, or the anion of one, is counted."""
    meaning = names.resolve(words)
    if meaning.substances:
        yield from map(name_of, constituents(catalogue.substance(meaning.substances[0])))
    elif meaning.nutrient:
        yield name_of(meaning.nutrient)
    elif anion := _anions().get(names.normalise(words)):
        yield from map(name_of, anion)


@cache
def _anions() -> dict[str, tuple[str, ...]]:
    """What is counted of each anion as labels word it: of threonate the L-threonic acid."""
    found: dict[str, tuple[str, ...]] = {}
    for family in catalogue.families().values():
        members = catalogue.family_members(family.id)
        held = constituents(members[0]) if members and family.nutrient else ()
        rest = tuple(each for each in held if each != family.nutrient)
        for word in family.words if rest else ():
            found.setdefault(names.normalise(word), rest)
    return found


def _nearest(own: str) -> str | None:
    """The known name that an id is a slip of the pen away from."""
    pool = _known()
    likely = [*get_close_matches(own, pool, n=4, cutoff=0.7), *_sources_like(own)]
    return next((pool.get(each, each) for each in likely if _is_near(own, each)), None)


def _sources_like(own: str) -> Iterable[str]:
    return names.suggestions(own.replace("-", " "))


@cache
def _known() -> dict[str, str]:
    """The ids of nutrients and moieties, and of their names."""
    found = {each.name: each.id for each in catalogue.nutrients().values()}
    found |= {each.name: each.id for each in catalogue.moieties().values()}
    spoken = {names.normalise(name).replace(" ", "-"): name_of(of) for name, of in found.items()}
    return spoken | {of: name_of(of) for of in found.values()}


def _is_near(own: str, known: str) -> bool:
    """Whether words differ by a letter: two in the long name of an element."""
    first, second = _words(own), _words(known)
    if len(first) != len(second):
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    nutrient = catalogue.nutrients().get(known)
    most = 2 if nutrient and nutrient.element and len(known) >= _LONG else 1
    long_enough = all(len(word) >= _SHORT for _, word in differing)
    return long_enough and sum(_edits(*pair) for pair in differing) <= most


def _words(text: str) -> list[str]:
    """The words of a name, without the side on which a molecule turns light."""
    return [word for word in text.replace(" ", "-").split("-") if word not in _SIDES]


def _edits(first: str, second: str) -> int:
    """Letters put in, left out, exchanged, or swapped with the next, from one word to another.

    >>> _edits("magnesum", "magnesium"), _edits("magnesuim", "magnesium")
    (1, 1)
    """
    before, row = list[int](), list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (second[j - 2], first[i - 2]):
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]
