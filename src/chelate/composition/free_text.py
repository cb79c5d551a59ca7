"""What free text says of sources: names on the front, and words that declare a buffer.

A word is not a pattern. "Buffered Magnesium Glycinate" and "magnesium bisglycinate chelate
buffered" declare a buffer; "buffered vitamin C", "buffered in solution", "not buffered" and
"most brands are buffered" do not, nor does "buffered magnesium ascorbate", which is vitamin C.
"No magnesium oxide" names no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from chelate import catalogue, resources, wording
from chelate.catalogue import names
from chelate.catalogue.names import Meaning

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.;!?\n]")
_CLAUSE_END = re.compile(r":|,\s(?!buffered)(?=\w+\s\w+)", re.IGNORECASE)
_SEGMENT = re.compile(r"\s[-–—|]\s|[,;:()\[\]]|\bwith\b", re.IGNORECASE)
_APART = re.compile("[,&+/]")
# Words that may follow "buffered" where it speaks of the name before it.
_AFTER = {"with", "by", "and", "form", "blend", "capsules", "capsule", "tablets", "tablet",
          "powder", "complex", "formula", "mg", "g", "or", "plus", "providing"}  # fmt: skip
_IS = {"is", "are", "was"}
_UNITS = {"mg", "g", "mcg", "kg"}


def named_in(text: str, nutrient: str) -> tuple[Meaning, ...]:
    """The sources of a nutrient that a product's name gives, denials aside.

    >>> [m.text for m in named_in("Magnesium Glycinate & Malate - No Magnesium Oxide", "magnesium")]
    ['magnesium glycinate', 'Malate']
    """
    return tuple(m for part in _SEGMENT.split(text) for m in _in_segment(part, nutrient))


def _in_segment(text: str, nutrient: str) -> Iterator[Meaning]:
    found = False
    for item in wording.split_list(text):
        if wording.denies(item.text):
            return
        mentions = names.find(item.text, nutrient)
        yield from mentions
        if found and not mentions:
            meaning = names.resolve(item.text, nutrient)
            if meaning.status == "known" and meaning.nutrient == nutrient:
                yield meaning
        found = found or bool(mentions)


def declaring_words(text: str, nutrient: str) -> str | None:
    """The words of a text that declare a buffered source of a nutrient, or None.

    >>> declaring_words("Buffered Magnesium Glycinate, 120 capsules", "magnesium")
    'Buffered Magnesium Glycinate'
    >>> declaring_words("Magnesium glycinate with buffered vitamin C", "magnesium") is None
    True
    >>> declaring_words("Most brands sell buffered magnesium glycinate", "magnesium") is None
    True
    """
    if wording.denies(text):
        return None
    for sentence in _SENTENCE_END.split(text):
        if _of_others(sentence):
            continue
        for clause in _CLAUSE_END.split(sentence):
            if words := _declaring(clause, nutrient):
                return words
    return None


def _declaring(clause: str, nutrient: str) -> str | None:
    found = list(_WORD.finditer(clause))
    words = [names.normalise(m[0]) for m in found]
    for at, word in enumerate(words):
        if word not in catalogue.qualifiers().buffered or _negated(words, at):
            continue
        first, last = _spoken_of(words, at, nutrient)
        ahead = _together(clause, found[at : last + 2])
        told = [*ahead] if last > at else words[max(0, first - 1) : at]
        if (first < at or last > at) and _is_source(told, nutrient, ahead=last > at):
            return _closed(clause, found[first].start(), found[last].end())
    return None


def _closed(clause: str, start: int, end: int) -> str:
    """The words of a clause, with the bracket that they leave open."""
    words = clause[start:end]
    return words + clause[end : end + 1] if words.count("(") > words.count(")") else words


def _of_others(sentence: str) -> bool:
    """Whether a sentence speaks of what is sold elsewhere."""
    return not _others().isdisjoint(names.normalise(sentence).split())


@cache
def _others() -> frozenset[str]:
    return frozenset(resources.toml("wording.toml")["negation"]["others"])


def _spoken_of(words: list[str], at: int, nutrient: str) -> tuple[int, int]:
    """First and last word of the name that "buffered" belongs to; `at` twice for none."""
    own = _name_words(nutrient)
    last = at
    while last + 1 < len(words) and words[last + 1] in own:
        last += 1
    if last > at:
        return at, last
    after = words[at + 1 : at + 7]
    if after and after[0] not in _AFTER:
        return at, at
    named_with = after[:1] in (["with"], ["by"])
    if named_with and not _names_source(after[1:], nutrient):
        return at, at
    first = at - (named_with and at > 0 and words[at - 1] in _IS)
    while first > 0 and words[first - 1] in own:
        first -= 1
    return first, at


def _together(clause: str, found: list[re.Match[str]]) -> Iterator[str]:
    """The words after the first that no comma or "&" parts from it."""
    for before, word in pairwise(found):
        if _APART.search(clause[before.end() : word.start()]):
            return
        yield names.normalise(word[0])


def _is_source(told: list[str], nutrient: str, *, ahead: bool) -> bool:
    """Whether words called buffered are no vitamin C, acid or aspirin: "buffered C".

    Beside these they are a source where another is named: "C, magnesium glycinate buffered".
    What stands `ahead` is read up to the first of them.
    """
    if ahead:
        ends = (end for end in range(1, len(told) + 1) if names.after_otherwise(told[:end]))
        told = told[: next(ends, 0)]
    if not names.after_otherwise(told):
        return True
    return not all(map(names.is_buffered_otherwise, names.find(" ".join(told), nutrient)))


def _names_source(words: list[str], nutrient: str) -> bool:
    """Whether a source of the nutrient is named among words: "a little magnesium oxide"."""
    pieces = (words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    found = (names.resolve(" ".join(piece), nutrient) for piece in pieces)
    return any(m.nutrient == nutrient and m.status == "known" for m in found)


def _negated(words: list[str], at: int) -> bool:
    before = " ".join(["", *words[max(0, at - 4) : at], ""])
    return any(f" {word} " in before for word in _negations())


@cache
def _negations() -> tuple[str, ...]:
    return tuple(resources.toml("wording.toml")["negation"]["before"])


@cache
def _name_words(nutrient: str) -> frozenset[str]:
    """Every single word that may be part of a name of a source of the nutrient."""
    spoken = [nutrient, "chelate", "chelated", "chelates"]
    spoken += [w for n in catalogue.nutrients().values() if n.id == nutrient for w in n.words]
    spoken += [text for mark in catalogue.marks().values() for text in mark.texts]
    for family in catalogue.families().values():
        if family.nutrient == nutrient and family.kind not in ("excipient", "molecule"):
            spoken += [*family.words, *family.phrases]
    words = {word for text in spoken for word in names.normalise(text).split()}
    return frozenset(words - _UNITS)
