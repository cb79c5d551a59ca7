"""The words of names: normalised, told apart, and the tables that they are found in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from chelate import catalogue

Tokens = tuple[str, ...]

_MARK_SIGNS = re.compile(r"[®™©℠]|\((?:r|tm|c|sm)\)", re.IGNORECASE)
_JOINERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?%?|min|ca|approx")
_CHELATE_WORDS = ("chelate", "chelated", "chelates")
_LONGEST_QUALIFIER = 5  # words


def normalise(text: str) -> str:
    """Lower case, without accents, mark signs and punctuation; one space between words.

    >>> normalise("TRAACS® Magnesium L-Threonate")
    'traacs magnesium l threonate'
    """
    bare = _MARK_SIGNS.sub(" ", text)
    if bare.isascii():
        return _JOINERS.sub(" ", bare.casefold()).strip()
    bare = unicodedata.normalize("NFKD", bare).casefold()
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return _JOINERS.sub(" ", letters).strip()


@dataclass(frozen=True, slots=True)
class Beside:
    """The words beside a family's wording, told apart.

    `nutrient` is the one they name, `marks` the ids of brand marks, `water` the hydrate,
    `unknown` what is none of these and no word that changes nothing.
    """

    nutrient: str | None
    marks: tuple[str, ...]
    water: Fraction | None
    buffered: bool
    chelate: bool
    unknown: Tokens

    @staticmethod
    def read(tokens: Tokens) -> Beside:
        """Tell words apart, the longest qualifier first."""
        nutrient, marks, water, unknown = None, [], None, []
        plain, buffered, chelate = qualifier_words(), False, False
        at = 0
        while at < len(tokens):
            length, kind, found = _longest_word(tokens, at, plain)
            if kind == "nutrient" and nutrient in (None, found):
                nutrient = found
            elif kind == "mark":
                marks.append(found)
            elif kind == "water":
                water = Fraction(found)
            elif kind == "nutrient" or (kind == "unknown" and not _NUMBER.fullmatch(found)):
                unknown.append(found)
            buffered |= kind == "buffered"
            chelate |= kind == "chelate"
            at += length
        return Beside(nutrient, tuple(marks), water, buffered, chelate, tuple(unknown))


def after_otherwise(words: Sequence[str]) -> int:
    """Where the words after the last that is called buffered otherwise begin; 0 for none.

    Vitamin C is buffered by its salt, and brings no denser source of the element.

    >>> after_otherwise(["magnesium", "ascorbate"]), after_otherwise(["amino", "acid", "chelate"])
    (2, 0)
    """
    known = catalogue.qualifiers().otherwise
    acids = {at + 1 for at, word in enumerate(words) if word == "amino"}
    found = [at for at, word in enumerate(words) if word in known and at not in acids]
    return found[-1] + 1 if found else 0


@cache
def qualifier_words() -> Mapping[Tokens, tuple[str, str]]:
    """Every word that may stand beside a family's wording: tokens -> (kind, value)."""
    known: dict[Tokens, tuple[str, str]] = {}
    words = catalogue.qualifiers()
    for word in (*words.innocent, *words.unbuffered):
        known[tokens_of(word)] = ("innocent", word)
    for word, water in words.hydrates.items():
        known[tokens_of(word)] = ("water", str(water))
    for word in words.buffered:
        known[tokens_of(word)] = ("buffered", word)
    for word in _CHELATE_WORDS:
        known[(word,)] = ("chelate", word)
    for mark in catalogue.marks().values():
        for text in mark.texts:
            known[tokens_of(text)] = ("mark", mark.id)
    for tokens, nutrient in nutrient_words().items():
        known[tokens] = ("nutrient", nutrient)
    return known


def _longest_word(
    tokens: Tokens, at: int, known: Mapping[Tokens, tuple[str, str]]
) -> tuple[int, str, str]:
    for length in range(min(_LONGEST_QUALIFIER, len(tokens) - at), 0, -1):
        found = known.get(tokens[at : at + length])
        if found:
            return length, *found
    return 1, "unknown", tokens[at]


@cache
def nutrient_words() -> Mapping[Tokens, str]:
    """The printed names of nutrients, an element's symbol among them: tokens -> id."""
    return {
        tokens_of(word): nutrient.id
        for nutrient in catalogue.nutrients().values()
        for word in (*nutrient.words, *((nutrient.element,) if nutrient.element else ()))
    }


@cache
def phrases() -> Mapping[Tokens, catalogue.Family]:
    """Complete wordings, that need no nutrient beside them: tokens -> family."""
    return {
        tokens_of(phrase): family
        for family in catalogue.families().values()
        for phrase in family.phrases
    }


@cache
def words_of(nutrient: str) -> Mapping[Tokens, catalogue.Family]:
    """Wordings of anions and ligands beside a nutrient's own name: tokens -> family."""
    return {
        tokens_of(word): family
        for family in catalogue.families().values()
        if family.nutrient == nutrient
        for word in family.words
    }


def tokens_of(text: str) -> Tokens:
    """The normalised words of a text."""
    return tuple(normalise(text).split())
