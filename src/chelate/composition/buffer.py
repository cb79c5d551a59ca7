"""Whether a free text declares a buffered chelate. A word is not a pattern.

"Buffered Magnesium Glycinate" and "magnesium bisglycinate chelate buffered" do;
"buffered vitamin C", "buffered in solution", "not buffered" and "unlike buffered
magnesium glycinate" do not.
"""

from __future__ import annotations

import re
from functools import cache

from chelate import catalogue, resources
from chelate.catalogue import names

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE_END = re.compile(r"[.;:!?\n]|,\s(?!buffered)(?=\w+\s\w+)", re.IGNORECASE)
# Words that may follow "buffered" where it speaks of the name before it.
_AFTER = {"with", "by", "and", "form", "blend", "capsules", "capsule", "tablets", "tablet",
          "powder", "complex", "formula", "mg", "g", "or", "plus", "providing"}  # fmt: skip
_IS = {"is", "are", "was"}


def declaring_words(text: str, nutrient: str) -> str | None:
    """The words of a text that declare a buffered source of a nutrient, or None.

    >>> declaring_words("Buffered Magnesium Glycinate, 120 capsules", "magnesium")
    'Buffered Magnesium Glycinate'
    >>> declaring_words("Magnesium glycinate with buffered vitamin C", "magnesium") is None
    True
    >>> declaring_words("Magnesium citrate buffered with citric acid", "magnesium") is None
    True
    """
    for clause in _CLAUSE_END.split(text):
        found = list(_WORD.finditer(clause))
        words = [names.normalise(m[0]) for m in found]
        for at, word in enumerate(words):
            if word not in catalogue.qualifiers().buffered or _negated(words, at):
                continue
            first, last = _spoken_of(words, at, nutrient)
            if first < at or last > at:
                return clause[found[first].start() : found[last].end()]
    return None


def _spoken_of(words: list[str], at: int, nutrient: str) -> tuple[int, int]:
    """First and last word of the name that "buffered" belongs to; `at` twice for none."""
    own = _name_words(nutrient)
    last = at
    while last + 1 < len(words) and words[last + 1] in own:
        last += 1
    if last > at:
        return at, last
    after = words[at + 1 : at + 5]
    if after and after[0] not in _AFTER:
        return at, at
    named_with = after[:1] in (["with"], ["by"])
    if named_with and not _begins_with_source(after[1:], nutrient):
        return at, at
    first = at - (named_with and at > 0 and words[at - 1] in _IS)
    while first > 0 and words[first - 1] in own:
        first -= 1
    return first, at


def _begins_with_source(words: list[str], nutrient: str) -> bool:
    """Whether words begin with the name of a source of the nutrient: "magnesium oxide and …"."""
    found = (names.resolve(" ".join(words[:n]), nutrient) for n in range(1, len(words) + 1))
    return any(m.nutrient == nutrient and m.status in ("known", "undefined") for m in found)


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
    return frozenset(word for text in spoken for word in names.normalise(text).split())
