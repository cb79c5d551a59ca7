"""A reference as a section cites it, and as the list of references has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from chelate import catalogue
from chelate.catalogue import Reference
from chelate.report.naming import short

_AUTHOR = re.compile(r"((?:de |D')?[^\W\d_][\w'’-]+) (?:[^\W\d_]\.-?)+")
_YEAR = re.compile(r"\((\d{4})\)")
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_END = re.compile(r": |; |(?<=[a-z]{4})\. ")
_USUAL, _ENOUGH, _LONGEST = 50, 12, 60


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference as it is cited: its key in the list of references, and the words for it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A document in the list of references; `link` is empty where it has no address."""

    key: str
    words: str
    text: str
    link: str
    verified: bool


def references(keys: Iterable[str]) -> Iterator[ReferenceView]:
    """The documents of these keys, each once, by the words that they are cited with."""
    known = catalogue.references()
    found = {key: citation(known[key]) for key in keys if key}
    for key, words in sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        yield ReferenceView(key, words, known[key].text, _link(known[key]), known[key].verified)


def _link(reference: Reference) -> str:
    return f"https://doi.org/{reference.doi}" if reference.doi else reference.url or ""


def cited(key: str) -> Cited:
    """A reference by its key; one that the catalogue lacks stands as its key."""
    found = catalogue.references().get(key)
    return Cited(key if found else "", citation(found) if found else key)


@cache
def citation(reference: Reference) -> str:
    """A reference in the few words that a line has room for.

    >>> [citation(catalogue.references()[key]) for key in ("schuette-1994", "cfr-101-36")]
    ['Schuette 1994', '21 CFR 101.36']
    """
    if reference.short:
        return reference.short
    author, year = _AUTHOR.match(reference.text), _YEAR.search(reference.text)
    if author:
        return f"{author[1]} {year[1] if year else 'and others'}"
    first, *rest = _END.split(reference.text.rstrip("."))[0].split(", ")
    for part in rest:
        if len(first) >= _ENOUGH and len(first) + len(part) > _USUAL:
            break
        first = f"{first}, {part}"
    return short(first, _LONGEST)


def edition(reference: Reference) -> str:
    """A reference in a few words, with the year that its text tells.

    >>> edition(catalogue.references()["vkm-magnesium"])
    'VKM 2016'
    """
    words = citation(reference)
    year = _ANY_YEAR.search(reference.text)
    return f"{words} {year[0]}" if year and not _ANY_YEAR.search(words) else words
