"""The other ingredients: which substances they name, and of how much of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chelate import resources, wording
from chelate.catalogue import names
from chelate.composition.values import Source
from chelate.models import Label

_SENTENCE_END = re.compile(r"[.;]\s+(?=[^\W\d_]*:|[A-ZÀ-Þ])")
# The quantifying statement of 21 CFR 101.4(a)(2), before a list of ingredients or within it;
# it bounds only where it says "less than" or "or less".
_AT_MOST = re.compile(
    r"""
    (?<!\w) (?: (?:contain(?:s|ing)?|enthält|contient)\s+ )?
    (?:
        (?P<less> less\s+than | (?:no|not)\s+more\s+than | weniger\s+als | moins\s+de | [<≤] )
        \s*
    )?
    (?P<percent> \d{1,2}(?:[.,]\d+)? ) \s* (?: % | percent\b )
    (?P<or> \s*(?: or\s+less | oder\s+weniger | ou\s+moins )\b )? \s*
    (?:
        (?: of | von | de | d['’] ) (?! \s*(?:the\s+)?(?:daily|dv|rda|rdi|nrv)\b )
        (?: \s*(?:(?:each|any|one\s+or\s+more)\s+of\s+)?(?:the\s+)?following(?:\s+ingredients)? )?
        (?: \s*: | (?<=['’]) | \b )
    |   :
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An ingredient as its list prints it, with the names in its brackets: "coating (shellac)".

    `at_most` is the fraction of the product (0-1) that it is at most, where the list says so.
    """

    path: str
    text: str
    inside: tuple[str, ...] = ()
    at_most: float | None = None


def named_ingredients(label: Label) -> Iterator[Source]:
    """The named substances of the ingredient list, excipients among them."""
    for path, passage, at_most in _every_passage(label):
        for name in _listed(passage):
            yield Source(path, name, names.resolve(name), at_most=at_most)


def listed_ingredients(label: Label) -> Iterator[Listed]:
    """Every item of the ingredient list in printed order, whatever it stands there for."""
    for path, passage, at_most in _every_passage(label):
        for item in () if wording.denies(passage) else wording.split_list(passage):
            phrase = wording.parse(item.text)
            if phrase.head.text and not wording.denies(item.text):
                inside = tuple(inner.text for inner in phrase.items if inner.text)
                yield Listed(path, phrase.head.text, inside, at_most)


def _every_passage(label: Label) -> Iterator[tuple[str, str, float | None]]:
    """The lists, cut where "contains less than 2 % of" begins, each without its heading."""
    for index, text in enumerate(label.other_ingredients):
        for sentence in _SENTENCE_END.split(text):
            for passage, at_most in _passages(sentence):
                yield f"other_ingredients[{index}]", _list_head().sub("", passage), at_most


def may_be_source(source: Source) -> bool:
    """Whether an ingredient may bring a nutrient."""
    return source.meaning.nutrient is not None and source.meaning.status in ("known", "undefined")


def _passages(sentence: str) -> Iterator[tuple[str, float | None]]:
    """A sentence cut at "contains less than 2 % of", each piece with its fraction at most.

    Words in brackets speak of what stands in the brackets, and cut nothing.
    """
    at_most, start = None, 0
    bounding = "%" in sentence or "percent" in sentence.casefold()
    for found in _AT_MOST.finditer(sentence) if bounding else ():
        if not (found["less"] or found["or"]) or _is_inside_brackets(sentence, found.start()):
            continue
        yield sentence[start : found.start()], at_most
        at_most, start = _fraction(found), found.end()
    yield sentence[start:], at_most


def _is_inside_brackets(text: str, at: int) -> bool:
    return sum(text.count(c, 0, at) for c in "([{") > sum(text.count(c, 0, at) for c in ")]}")


def _fraction(found: re.Match[str]) -> float:
    return float(found["percent"].replace(",", ".")) / 100


def _listed(sentence: str) -> Iterator[str]:
    """The names in a list, those aside that are denied or stand there for their function."""
    if wording.denies(sentence):
        return
    for item in wording.split_list(sentence):
        if wording.denies(item.text):
            continue
        phrase = wording.parse(item.text)
        before = phrase.items and _is_function(phrase.head.text)
        if not before and not any(_is_function(inner.text) for inner in phrase.items):
            yield from (named.text for named in (phrase.head, *phrase.items) if named.text)


def _is_function(text: str) -> bool:
    return names.normalise(text) in _functions()


@cache
def _list_head() -> re.Pattern[str]:
    """The heading of an ingredient list: "Other ingredients:", "May contain:", "Zutaten:"."""
    heads = "|".join(map(re.escape, resources.toml("wording.toml")["lists"]["heads"]))
    return re.compile(rf"^\s*(?:{heads})\b[^:,]*:", re.IGNORECASE)


@cache
def _functions() -> frozenset[str]:
    return frozenset(resources.toml("wording.toml")["functions"]["words"])
