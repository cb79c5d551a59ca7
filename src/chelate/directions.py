"""Directions for use: how many servings a day they say to take, in sentences that direct."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from chelate import resources
from chelate.vocabulary import any_of, unit_pattern, words

_MOST = 100
_LONGEST = 600
_BRACKETED = re.compile(r"\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!;](?=\s|$)|[•|]")
_COUNTED_ONE_BY_ONE = ("capsule", "tablet", "softgel", "gummy")
_GAP = r"[^.!;]{0,80}?"
_MARKS = re.compile(r"[®™*†‡]")
_WORD = r"[^\W\d]+(?:[-’'][^\W\d]+)*"
_NEAR = r"[^.!;\d]{0,40}?"


@dataclass(frozen=True, slots=True)
class Often:
    """How often a day, from the least to the most, and where in the text it is said."""

    least: float
    most: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directed:
    """Servings a day as directions say them: "2", or "1-2"; `start` is where in the text."""

    count: str
    start: int


def directed(text: str, size: str) -> Directed | None:
    """The servings of a size a day that a text directs to take; None where it directs nothing.

    What it says not to exceed is no direction, and what is for children alone is not meant.

    >>> directed("Take 4 capsules twice daily with food.", "4 capsules").count
    '2'
    >>> directed("Verzehrempfehlung: 2 x täglich 1 Kapsel", "1 Kapsel").count
    '2'
    >>> directed("Helps to meet your daily needs.", "2 capsules")
    """
    if not _of_a_day().search(text[:_LONGEST]):
        return None
    for sentence, start in _sentences(text[:_LONGEST]):
        found = _in_sentence(sentence, size)
        if found:
            return Directed(found.count, start + found.start)
    return None


def first_directed(texts: Iterable[str], size: str | None) -> Directed | None:
    """The first of several texts that directs, its place being that in its own text."""
    found = (directed(text, size) for text in texts) if size else iter(())
    return next(filter(None, found), None)


def often_in(text: str) -> Often | None:
    """How often a day a text says: "twice daily", "2-3 x täglich", "una vez al día"."""
    found = next(_often(text), None)
    return found or next(_once(text), None)


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text as far as they direct, and where they begin, brackets blank."""
    bare = _BRACKETED.sub(lambda found: " " * len(found[0]), text)
    start = 0
    for end in (*(gap.start() for gap in _SENTENCE_END.finditer(bare)), len(bare)):
        limit = _limits().search(bare, start, end)
        sentence = bare[start : limit.start() if limit else end]
        if not _is_for_children(bare[start:end]):
            yield sentence, start
        start = end + 1


def _is_for_children(sentence: str) -> bool:
    return bool(_any("children").search(sentence)) and not _any("adults").search(sentence)


def _in_sentence(sentence: str, size: str) -> Directed | None:
    doses = list(_dose(_own_unit(size)).finditer(sentence))
    often = list(_often(sentence)) or list(_once(sentence))
    if len(doses) > 1 and not _any("or").search(sentence):
        return None
    directs = bool(_any("heads").match(sentence) or _any("verbs").search(sentence))
    for dose in doses:
        for each in often:
            if _belong(dose, each, sentence) and (directs or _says_only(dose, each, sentence)):
                return _counted(dose, each, size)
    if directs and not doses and often and often[0].most > 1:
        return _told(often[0].least, often[0].most, often[0].start)
    return None


def _belong(dose: re.Match[str], often: Often, sentence: str) -> bool:
    """Whether a dose and how often it is taken stand together, in either order."""
    if often.start >= dose.end():
        return bool(re.fullmatch(_GAP, sentence[dose.end() : often.start]))
    return bool(re.fullmatch(_NEAR, sentence[often.end : dose.start()]))


def _says_only(dose: re.Match[str], often: Often, sentence: str) -> bool:
    """Whether a sentence is nothing but both, with no figure besides: "2 x täglich 1 Kapsel"."""
    start, end = min(dose.start(), often.start), max(dose.end(), often.end)
    before, between = sentence[:start], sentence[start:end]
    between = between.replace(dose[0], "", 1).replace(sentence[often.start : often.end], "", 1)
    bare = re.sub(_any("adults"), "", before).strip(" \t*†–—-:,•")
    return not bare and not between.strip(" ,:–—-") and not re.search(r"[\d%]", sentence[end:])


def _counted(dose: re.Match[str], often: Often, size: str) -> Directed | None:
    """Servings a day of a dose, counted in the unit of the serving."""
    least, most = _count(dose["low"]), _count(dose["high"] or dose["low"])
    if not _any("servings").fullmatch(dose["unit"]):
        taken = _dose(_own_unit(size)).search(_BRACKETED.sub(" ", size))
        if taken is None or not _same_unit(_named(dose), _named(taken)):
            return None
        whole = _count(taken["high"] or taken["low"])
        least, most = least / whole, most / whole
    return _told(least * often.least, most * often.most, often.start)


def _told(least: float, most: float, start: int) -> Directed | None:
    if not 0 < most < _MOST:
        return None
    if least == most or not (least.is_integer() and most.is_integer()):
        return Directed(f"{most:.4g}", start)
    return Directed(f"{least:.0f}-{most:.0f}", start)


def _named(dose: re.Match[str]) -> str:
    """What a dose counts, with the words before it: "small vegetarian capsules"."""
    return f"{dose['of'] or ''}{dose['unit']}"


def _same_unit(one: str, other: str) -> bool:
    """Whether two words count the same thing: Kapseln and capsules do, scoops and spoons not.

    Of what is counted one by one, the words beside it say nothing of how much it is; a level
    scoop is no heaping one.
    """
    (kind, unit, beside), (other_kind, other_unit, others) = _unit_in(one), _unit_in(other)
    if kind in _COUNTED_ONE_BY_ONE:
        return kind == other_kind
    if unit[:4].rstrip("s") != other_unit[:4].rstrip("s"):
        return False
    return not beside or not others or beside == others


@lru_cache(maxsize=256)
def _unit_in(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The kind of unit that words name, the unit itself, and the words beside it.

    >>> _unit_in("small Vegetarian Capsules"), _unit_in("gélules végétales")[:2]
    (('capsule', 'capsules', ('small', 'vegetarian')), ('capsule', 'gélules'))
    """
    spoken = _MARKS.sub("", text).casefold().split()
    for length in range(len(spoken), 0, -1):
        for start in range(len(spoken) - length, -1, -1):
            unit = " ".join(spoken[start : start + length])
            if kind := _kind(unit):
                return kind, unit, (*spoken[:start], *spoken[start + length :])
    return "", " ".join(spoken), ()


@cache
def _kind(unit: str) -> str:
    units = resources.toml("panel.toml")["serving"]["units"]
    return next((kind for kind, known in units.items() if unit in known), "")


def _count(text: str) -> float:
    known = _numbers()
    if text.casefold() in known:
        return known[text.casefold()]
    whole, _, part = text.replace(",", ".").partition("/")
    return float(whole) / float(part) if part and float(part) else float(whole)


def _own_unit(size: str) -> str:
    """What a size counts, without the ending that several have: "bottle" of "5 bottles"."""
    found = re.match(r"[\d.,/]+\s+([^\W\d][^\d,()]*)", size)
    return found[1].strip().removesuffix("s") if found else ""


def _often(text: str) -> Iterator[Often]:
    """Where a text says how many times a day."""
    for found in _times().finditer(text):
        low = _count(found["low"] or found["fold"])
        high = _count(found["high"] or found["more"] or found["low"] or found["fold"])
        yield Often(low, max(low, high), found.start(), found.end())
    for found in _any("both").finditer(text):
        yield Often(2.0, 2.0, found.start(), found.end())


def _once(text: str) -> Iterator[Often]:
    """Where a text says "daily" of something that is done, and not of a value or a need."""
    for found in _daily().finditer(text):
        yield Often(1.0, 1.0, found.start(), found.end())


@cache
def _numbers() -> dict[str, float]:
    folds = resources.toml("panel.toml")["frequency"]["folds"]
    spoken = resources.toml("wording.toml")["serving"]["numbers"]
    more = resources.toml("panel.toml")["frequency"]["numbers"]
    return {word: float(number) for of in (spoken, more, folds) for word, number in of.items()}


def _number() -> str:
    folds = resources.toml("panel.toml")["frequency"]["folds"]
    plain = any_of([word for word in _numbers() if word not in folds])
    return rf"(?:(?<![\d.,/])\d{{1,3}}(?:[.,/]\d{{1,2}})?(?!\d)|{plain})"


@lru_cache(maxsize=64)
def _dose(own: str) -> re.Pattern[str]:
    """A count and what it counts: "2 vegetarian capsules", "eine Portion"."""
    between = rf"\s*(?:[-–]|{any_of(words('frequency', 'between'))})\s*"
    unit = rf"{unit_pattern()}|{any_of(words('serving', 'whole'))}"
    unit = rf"{re.escape(own)}[^\W\d]*|{unit}" if own else unit
    return re.compile(
        rf"(?P<low>{_number()})(?:{between}(?P<high>{_number()}))?\s+"
        rf"(?P<of>(?:{_WORD}\s+){{0,3}}?)(?P<unit>{unit})",
        re.IGNORECASE,
    )


@cache
def _times() -> re.Pattern[str]:
    folds = any_of(resources.toml("panel.toml")["frequency"]["folds"])
    between = rf"\s*(?:[-–]|{any_of(words('frequency', 'between'))})\s*"
    times = any_of(words("frequency", "times"), free=True)
    daily = any_of(words("frequency", "daily"))
    return re.compile(
        rf"(?:(?P<low>{_number()})(?:{between}(?P<high>{_number()}))?\s*-?\s*(?:{times})"
        rf"|(?P<fold>{folds})(?:{between}(?P<more>{folds}))?)\s*,?\s*(?:{daily}|/\s*[^\W\d]+)",
        re.IGNORECASE,
    )


@cache
def _daily() -> re.Pattern[str]:
    adverbs = any_of(words("frequency", "daily"))
    after = rf"(?=\s*(?:$|[,.;:)–—-]|(?:{any_of(words('directions', 'after'))})|\d|{_number()}))"
    return re.compile(rf"(?:{adverbs}){after}", re.IGNORECASE)


@cache
def _of_a_day() -> re.Pattern[str]:
    """What every text that directs has: a word for each day, or a stroke, "2 x/day"."""
    both = any_of(words("directions", "both"))
    return re.compile(rf"/|{any_of(words('frequency', 'daily'))}|{both}", re.IGNORECASE)


@cache
def _limits() -> re.Pattern[str]:
    return re.compile(any_of(words("directions", "limits")), re.IGNORECASE)


@cache
def _any(key: str) -> re.Pattern[str]:
    """A pattern of any of the words of directions at a key."""
    if key == "servings":
        return re.compile(any_of(words("serving", "whole")), re.IGNORECASE)
    found = any_of(words("directions", key))
    lead = r"[\s*•–-]*" if key == "heads" else ""
    return re.compile(rf"{lead}(?:{found})", re.IGNORECASE)
