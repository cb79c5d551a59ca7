"""The words that statements are compared with: the tables of `statements.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.catalogue.words import tokens_of

LANGUAGES = ("en", "de", "fr", "es", "it")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # where a word may be broken, or not
WITHIN = rf"[\u0300-\u036f{_UNSEEN}]"  # accents that stand apart from their letters, besides
WORD = re.compile(rf"non-\w+|\d[\d.,]*\d|\d|[^\W_]+(?:{WITHIN}+[^\W_]*)*|%", re.IGNORECASE)
_SEEN = dict.fromkeys(map(ord, _UNSEEN))
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_OPEN = {  # tables that rules ask after; the others qualify what these say
    "topics", "diseases", "illness", "pathogens", "signs", "drugs", "therapies", "medicines",
    "measures", "content", "joined", "absorption words", "chelates words", "chelates buffered",
    "purity", "absent", "reviewed", "marks", "masses",
}  # fmt: skip
Table = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Wordings by their first word, longest first, and the beginnings and parts of single words.

    A wording is its words, and whether its last word may go on.
    """

    heads: Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]
    stems: tuple[str, ...]
    parts: tuple[str, ...]

    def holds_part_of(self, said: str) -> bool:
        """Whether a word begins with one of the beginnings, or holds one of the parts."""
        return said.startswith(self.stems) or any(part in said for part in self.parts)


@lru_cache(maxsize=8192)
def compared(word: str) -> str:
    """A word as words are compared: lower case, without accents but where they tell it apart."""
    if word[0].isdigit():
        return word
    accented = unicodedata.normalize("NFC", seen(word)).casefold()
    return accented if accented in _homographs() else names.normalise(accented) or word


def seen(text: str) -> str:
    r"""A text without the marks in it that nobody sees.

    >>> seen("in\u00adsom\u200bnia")
    'insomnia'
    """
    return text if text.isascii() else text.translate(_SEEN)


@cache
def _homographs() -> frozenset[str]:
    """Words that without their accents would be others."""
    return frozenset(words_of("homographs"))


@cache
def lexicon(*path: str | int) -> Lexicon:
    """The wordings of a table of `statements.toml`, of all its languages, or of one list."""
    return _made(_ADDED.get(path, list)() + words_of(*path))


def words_of(*path: str | int) -> list[str]:
    """The wordings of a table, or of a list in it, as they are written."""
    table: Any = data()
    for key in path:
        table = table.get(key, {}) if isinstance(table, dict) else table[key]
    return [*table] if isinstance(table, list) else [w for k in LANGUAGES for w in table.get(k, ())]


@cache
def _lexicons() -> Mapping[Table, Lexicon]:
    """Every table of wordings, by its path."""
    paths = [path for name, table in data().items() for path in _paths((name,), table)]
    return {path: lexicon(*path) for path in (*paths, *_ADDED)}


def _paths(path: Table, table: Any) -> Iterator[Table]:
    """The paths at which wordings stand in a table: beside its languages, or in lists."""
    if isinstance(table, list) and all(isinstance(each, str) for each in table):
        yield path
    elif not isinstance(table, list) and not isinstance(table, dict):
        return
    elif isinstance(table, dict) and not table.keys().isdisjoint(LANGUAGES):
        yield path
        for key in table.keys() - set(LANGUAGES):
            yield from _paths((*path, key), table[key])
    else:
        inner = table.items() if isinstance(table, dict) else enumerate(table)
        for key, each in inner:
            yield from _paths((*path, key), each)


@cache
def openings() -> frozenset[Table]:
    """The tables that rules ask after: a sentence without a word of theirs is left out."""
    return frozenset(path for path in _lexicons() if _opens(path))


def _opens(path: Table) -> bool:
    """Whether a table opens sentences; of terms that stand together the first ones do."""
    return (
        not _OPEN.isdisjoint((path[0], " ".join(map(str, path))))
        and ("terms" not in path or path[-1] == 0)
        and path[-1] != "unless"
    )


@lru_cache(maxsize=8192)
def tables_of(word: str) -> frozenset[Table]:
    """The tables with a wording that a word begins."""
    said, (heads, going_on) = compared(word), _index()
    parts = (path for path, known in going_on if known.holds_part_of(said))
    return heads.get(said, frozenset()).union(parts)


@cache
def _index() -> tuple[Mapping[str, frozenset[Table]], tuple[tuple[Table, Lexicon], ...]]:
    """The tables by the first words of their wordings, and those with parts of words."""
    heads: dict[str, set[Table]] = {}
    for path, known in _lexicons().items():
        for head in known.heads:
            heads.setdefault(head, set()).add(path)
    going_on = tuple((p, known) for p, known in _lexicons().items() if known.stems or known.parts)
    return {head: frozenset(paths) for head, paths in heads.items()}, going_on


def _made(wordings: Iterable[str]) -> Lexicon:
    """A lexicon of wordings: "word*" is every word that begins so, "*word*" that holds it."""
    heads: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    stems: set[str] = set()
    parts: set[str] = set()
    for wording in _ways(wordings):
        bare, goes_on = wording.strip("*"), wording.endswith("*")
        words = tuple(compared(word) for word in WORD.findall(bare))
        if goes_on and len(words) == 1:
            (parts if wording.startswith("*") else stems).add(words[0])
        else:
            heads.setdefault(words[0], []).append((words, goes_on))
    longest_first = {
        head: tuple(sorted(ways, key=lambda way: -len(way[0]))) for head, ways in heads.items()
    }
    return Lexicon(longest_first, tuple(sorted(stems)), tuple(sorted(parts)))


def _ways(wordings: Iterable[str]) -> Iterator[str]:
    """Wordings, and those with an umlaut in two letters too: "Migraene"."""
    for wording in wordings:
        yield wording
        if (transcribed := wording.translate(_TRANSCRIBED)) != wording:
            yield transcribed


def _denials() -> list[str]:
    aside = {*words_of("denials", "neutral"), *words_of("denials", "comparing")}
    return [w for w in resources.toml("wording.toml")["negation"]["before"] if w not in aside]


def _elsewhere() -> list[str]:
    shared: list[str] = resources.toml("wording.toml")["negation"]["others"]
    conditions = words_of("conditions")
    return [*(w for w in shared if w not in conditions), *words_of("denials", "comparing")]


def _marks() -> list[str]:
    """The marks that are documented on buffered material."""
    return [t for mark in catalogue.marks().values() if mark.buffered_known for t in mark.texts]


def _joined() -> list[str]:
    """Words that a nutrient and a suffix make: "Magnesiumquelle"."""
    return [" ".join(name) + suffix for name in nutrient_names() for _, suffix, _ in suffixes()]


@cache
def suffixes() -> tuple[tuple[str, str, bool], ...]:
    """Endings that make a word for the amount of a nutrient, and their levels.

    The last is whether they do so only behind a word: "hoher Magnesiumgehalt".
    """
    levels = data()["content"].items()
    kinds = (("joined", False), ("joined_behind", True))
    return tuple(
        (name, suffix, behind)
        for name, row in levels
        for key, behind in kinds
        for suffix in row.get(key, ())
    )


def _dosage() -> list[str]:
    """What a serving is counted in: "capsules"."""
    units = resources.toml("wording.toml")["serving"]["units"]
    return [word for words in units.values() for word in words]


def _counts() -> list[str]:
    """Numbers in words, before what is counted."""
    numbers = resources.toml("wording.toml")["serving"]["numbers"]
    return [*numbers, *words_of("absorption", "numbers")]


_ADDED: Mapping[Table, Callable[[], list[str]]] = MappingProxyType(
    {
        ("denials",): _denials,
        ("others",): _elsewhere,
        ("marks",): _marks,
        ("joined",): _joined,
        ("dosage",): _dosage,
        ("counts",): _counts,
    }
)


@cache
def joining() -> frozenset[str]:
    """Words that join what stands before them to what follows: "and"."""
    return frozenset(resources.toml("wording.toml")["separators"]["words"])


@cache
def nutrient_names() -> Mapping[tuple[str, ...], str]:
    """The names of nutrients, without the symbols of elements: "mg" is a unit in a sentence."""
    known = catalogue.nutrients().values()
    return {tokens_of(word): nutrient.id for nutrient in known for word in nutrient.words}


def data() -> dict[str, Any]:
    """The words and thresholds of statements."""
    return resources.toml("statements.toml")
