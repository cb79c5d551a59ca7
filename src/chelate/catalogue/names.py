"""Label wording to the set of substances it may mean.

A name is normalised (`normalise`), then read from tokens: the element, the longest known
wording, and words that are known to change nothing ("chelate", "powder") or something
("dihydrate", "buffered"). A word that is none of these makes the whole name unknown:
"glycinate" never matches inside "lysinate glycinate" or "acetylglycinate".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from chelate import catalogue
from chelate.catalogue.words import (
    Beside,
    Tokens,
    after_otherwise,
    normalise,
    nutrient_words,
    phrases,
    qualifier_words,
    tokens_of,
    words_of,
)

__all__ = [
    "LONGEST_WORDING",
    "Meaning",
    "Status",
    "after_otherwise",
    "as_called",
    "find",
    "is_buffered_otherwise",
    "normalise",
    "nutrient_of",
    "resolve",
    "spaced",
    "spoken",
    "suggestions",
]

_LIKE_AN_ID = re.compile(r"[a-z]{3,}(?:-[a-z0-9]+)+")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z]{2})-(?=[a-z])")

Status = Literal["known", "undefined", "element", "mark", "inert", "unknown"]
SUGGESTION_CUTOFF = 0.75
LONGEST_WORDING = 16  # words; a test holds every wording of the catalogue to it
LONGEST_SUGGESTED = 200  # characters: what is longer is not a slip of the pen


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a printed name may mean.

    `status` is "known" (a set of substances), "undefined" (known, but without a
    stoichiometry), "element" (the bare element), "mark" (a brand mark and no substance),
    "inert" (an excipient), or "unknown" (then `suggestions` finds the nearest names).
    """

    text: str
    status: Status
    nutrient: str | None = None
    family: str | None = None
    substances: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    buffered: bool = False
    chelate: bool = False

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The nearest known names, of the same element where one is known."""
        return suggestions(self.text, self.nutrient)


def resolve(text: str, nutrient: str | None = None) -> Meaning:
    """The meaning of a printed name, `nutrient` being the row that it stands in.

    >>> meaning = resolve("Bisglycinate Chelate", "magnesium")
    >>> meaning.family, len(meaning.substances)
    ('magnesium-bisglycinate', 4)
    >>> resolve("magnesium acetylglycinate").status
    'unknown'
    """
    if (written := _by_formula().get(text.strip())) is not None:
        return written
    tokens = tokens_of(text)
    span, family = _longest(tokens, nutrient)
    start, end = span
    rest = tokens[:start] + tokens[end:]
    words = Beside.read(rest)
    if tokens and family is None and " ".join(tokens) in catalogue.excipient_names():
        return Meaning(text, "inert")
    if words.unknown or not tokens:
        return Meaning(text, "unknown", nutrient)
    if family is None:
        return _without_family(text, words, nutrient)
    return _with_family(text, family, words)


def find(text: str, nutrient: str) -> tuple[Meaning, ...]:
    """The sources of a nutrient that a free text (a product name) names, in order.

    >>> [m.family for m in find("High Absorption Magnesium Glycinate 200 mg", "magnesium")]
    ['magnesium-bisglycinate']
    """
    tokens = tokens_of(text)
    return tuple(
        _with_family(" ".join(tokens[start:end]), family, Beside.read(()))
        for (start, end), family in _scan(tokens, nutrient)
    )


def nutrient_of(text: str) -> str | None:
    """The nutrient that a row's name is, or None: "Elemental Magnesium" is magnesium."""
    tokens = tokens_of(text)
    known = nutrient_words()
    for length in range(min(len(tokens), LONGEST_WORDING), 0, -1):
        for start in range(len(tokens) - length + 1):
            found = known.get(tokens[start : start + length])
            if found and _is_plain(tokens[:start] + tokens[start + length :], found):
                return found
    return None


def is_buffered_otherwise(meaning: Meaning) -> bool:
    """Whether a name called buffered declares no other source of its element: an ascorbate.

    >>> is_buffered_otherwise(resolve("calcium ascorbate", "calcium"))
    True
    >>> is_buffered_otherwise(resolve("calcium bisglycinate", "calcium"))
    False
    """
    if meaning.family:
        return _is_otherwise(catalogue.families()[meaning.family])
    return after_otherwise(normalise(meaning.text).split()) > 0


def spoken(identifier: str) -> str:
    """The name of a substance or nutrient as it stands inside a sentence.

    >>> spoken("magnesium-oxide"), spoken("l-lysine"), spoken("vitamin-b12")
    ('magnesium oxide', 'L-Lysine', 'vitamin B12')
    """
    nutrient = catalogue.nutrients().get(identifier)
    name = nutrient.name if nutrient else catalogue.substance(identifier).name
    return _inside(name)


def _inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name if name[1:2] in "-," or name[:2].isupper() else name[:1].lower() + name[1:]


def as_called(text: str) -> str:
    """What people call a material: of an id its name, of wording itself.

    >>> as_called("zinc-bisglycinate"), as_called("magnesium-bisglycinate-buffered")
    ('zinc bisglycinate', 'magnesium bisglycinate chelate, buffered')
    >>> as_called("Zinc picolinate")
    'Zinc picolinate'
    """
    key = text.strip()
    if key in catalogue.substances():
        return spoken(key).removesuffix(", anhydrous")
    found = catalogue.grades().get(key) or catalogue.mixtures().get(key)
    return _inside(found.name) if found else spaced(key)


def spaced(text: str) -> str:
    """Wording that is written as ids are, with spaces; any other as it is.

    >>> spaced("magnesium-citrate"), spaced("calcium-d-glucarate"), spaced("beta-carotene")
    ('magnesium citrate', 'calcium d-glucarate', 'beta-carotene')
    """
    first, *_ = text.split("-")
    is_as_ids_are = _LIKE_AN_ID.fullmatch(text) and (first,) in nutrient_words()
    return _BETWEEN_WORDS.sub(" ", text) if is_as_ids_are else text


def _is_plain(tokens: Tokens, nutrient: str) -> bool:
    """Whether words beside a nutrient's name change nothing about which nutrient it is."""
    rest = Beside.read(tokens)
    return not rest.unknown and rest.nutrient in (None, nutrient)


def suggestions(text: str, nutrient: str | None = None) -> tuple[str, ...]:
    """The nearest names that the catalogue knows, of the same element where one is given."""
    name = normalise(text)
    spoken = nutrient or next((nutrient_words().get((t,)) for t in name.split()), None)
    pool = _spoken_names(spoken)
    if spoken and spoken not in name:
        name = f"{spoken} {name}"
    import difflib

    if len(name) > LONGEST_SUGGESTED:
        return ()
    near = difflib.get_close_matches(name, pool, n=6, cutoff=SUGGESTION_CUTOFF)
    of_family: dict[str | None, str] = {}
    for wording in near:
        if _is_near(normalise(text), wording, spoken or ""):
            of_family.setdefault(resolve(wording).family, wording)
    return tuple(of_family.values())[:2]


def _is_near(text: str, wording: str, nutrient: str) -> bool:
    """Whether a name is near without the element's name, which every wording has.

    With it, if the name has it in another spelling.
    """
    import difflib

    own, other = (each.replace(nutrient, "").strip() for each in (text, wording))
    pairs = [(own, other), *([(text, wording)] if own == text else [])]
    return any(difflib.SequenceMatcher(None, *pair).ratio() >= SUGGESTION_CUTOFF for pair in pairs)


@cache
def _by_formula() -> Mapping[str, Meaning]:
    """A source written as its formula, "MgO", as it stands in the catalogue."""
    return {
        s.formula: Meaning(s.formula, "known", s.nutrient, s.families[0], (s.id,))
        for s in catalogue.substances().values()
        if s.nutrient and "source" in s.roles and s.families
    }


def _without_family(text: str, words: Beside, nutrient: str | None) -> Meaning:
    if words.nutrient:
        return Meaning(text, "element", words.nutrient, marks=words.marks, buffered=words.buffered,
                       chelate=words.chelate)  # fmt: skip
    if words.marks:
        return _of_mark(text, words, nutrient)
    status: Status = "undefined" if words.chelate and nutrient else "inert"
    return Meaning(text, status, nutrient, buffered=words.buffered, chelate=words.chelate)


def _of_mark(text: str, words: Beside, nutrient: str | None) -> Meaning:
    """A mark may stand for one substance (Magtein), or for none (Albion)."""
    for name in words.marks:
        mark = catalogue.marks()[name]
        if mark.family:
            return _with_family(text, catalogue.families()[mark.family], words)
    return Meaning(text, "mark", nutrient, marks=words.marks, buffered=words.buffered,
                   chelate=words.chelate)  # fmt: skip


def _with_family(text: str, family: catalogue.Family, words: Beside) -> Meaning:
    members = _members(family, words.water)
    status = _status(family)
    if words.nutrient not in (None, family.nutrient):
        return Meaning(text, "unknown", words.nutrient)
    if words.water is not None and status == "known" and not members:
        return Meaning(text, "unknown", family.nutrient)
    chelate = family.kind == "amino-acid-chelate"
    buffered = words.buffered and not _is_otherwise(family)
    return Meaning(text, status, family.nutrient, family.id, members, words.marks,
                   buffered, chelate)  # fmt: skip


def _is_otherwise(family: catalogue.Family) -> bool:
    return not catalogue.qualifiers().otherwise.isdisjoint(family.words)


def _status(family: catalogue.Family) -> Status:
    if family.kind == "excipient":
        return "inert"
    return "undefined" if family.stoichiometry == "undefined" else "known"


@cache
def _members(family: catalogue.Family, water: Fraction | None) -> tuple[str, ...]:
    members = catalogue.family_members(family.id)
    return tuple(s.id for s in members if water is None or catalogue.water(s) == water)


def _longest(
    tokens: Tokens, nutrient: str | None
) -> tuple[tuple[int, int], catalogue.Family | None]:
    """The longest wording of a family in the tokens, and its family.

    The element is the one that the name itself says, else the row's.
    """
    spoken = next((n for t in tokens if (n := nutrient_words().get((t,)))), None)
    words = words_of(spoken or nutrient or "")
    for length in range(min(len(tokens), LONGEST_WORDING), 0, -1):
        for start in range(len(tokens) - length + 1):
            piece = tokens[start : start + length]
            family = words.get(piece) or phrases().get(piece)
            if family is not None:
                return (start, start + length), family
    return (0, 0), None


def _scan(tokens: Tokens, nutrient: str) -> Iterator[tuple[tuple[int, int], catalogue.Family]]:
    """Every wording of a family of the nutrient that stands beside the nutrient's name."""
    at = 0
    while at < len(tokens):
        end, family = _named_at(tokens, at, nutrient)
        if family is not None:
            yield (at, end), family
        at = max(end, at + 1)


def _named_at(tokens: Tokens, at: int, nutrient: str) -> tuple[int, catalogue.Family | None]:
    """The longest name that begins at a token: a phrase, or the element and its wording."""
    words, element = words_of(nutrient), nutrient_words().get(tokens[at : at + 1]) == nutrient
    for end in range(min(len(tokens), at + LONGEST_WORDING), at, -1):
        family = phrases().get(tokens[at:end])
        if family is None and element:
            family = words.get(_without_fillers(tokens[at + 1 : end]))
        if family is not None and family.nutrient == nutrient:
            return end, family
    return at, None


def _without_fillers(tokens: Tokens) -> Tokens:
    """Without the words that may stand between element and anion ("magnesium chelated …")."""
    plain = qualifier_words()
    start = 0
    while start < len(tokens) and plain.get(tokens[start : start + 1], ("", ""))[0] in (
        "innocent", "chelate", "buffered", "mark",
    ):  # fmt: skip
        start += 1
    return tokens[start:]


@cache
def _spoken_names(nutrient: str | None) -> Sequence[str]:
    """Every wording as people write it, for suggestions."""
    names = [" ".join(tokens) for tokens, family in phrases().items()
             if nutrient in (None, family.nutrient)]  # fmt: skip
    for family in catalogue.families().values():
        if family.nutrient and nutrient in (None, family.nutrient):
            names += [f"{family.nutrient} {word}" for word in family.words]
    return sorted(names)
