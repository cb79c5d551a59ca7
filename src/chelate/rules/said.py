"""What a pack says: its sentences word by word, and what takes words back.

A word is not a claim. "Not intended to treat insomnia", "unlike oxide, which …", "if you have
diabetes, ask a doctor" and "occasional sleeplessness" hold the words of claims and claim nothing
of the kind. The words that deny are those of `wording.toml`, in a sentence's own scope.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.catalogue.words import tokens_of
from chelate.models import Label
from chelate.rules.rule import Hit

Span = tuple[int, int]
LANGUAGES = ("en", "de", "fr", "es", "it")
_WORD = re.compile(r"non-\w+|\d[\d.,]*\d|\d|[^\W_]+|%", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|[\n•]+")
_MARK = re.compile(r"[,:&+()–—]|\s-\s")
_OPEN = {  # tables that rules ask after; the others qualify what these say
    "topics", "diseases", "drugs", "measures", "content", "joined", "absorption words",
    "chelates words", "purity", "reviewed", "marks", "masses",
}  # fmt: skip
Table = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: as it is compared, where it stands, and whether a mark precedes it."""

    said: str
    start: int
    end: int
    after_mark: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the label: from `start` to `stop` in `text`, the printed text at `path`.

    `may` are the tables with a wording that one of its words begins; `then` is the sentence
    that follows, where this one asks.
    """

    path: str
    text: str
    start: int
    stop: int
    may: frozenset[Table]
    then: Sentence | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        """The words, one by one: few sentences are asked for them."""
        return _words(self.text, self.start, self.stop)

    def printed(self, span: Span) -> str:
        """The printed words from the first of a span to its last."""
        return self.text[self.words[span[0]].start : self.words[span[1] - 1].end]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Wordings by their first word, longest first, and the beginnings of single words.

    A wording is its words, and whether its last word may go on.
    """

    heads: Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]
    stems: tuple[str, ...]


def sentences(label: Label) -> tuple[Sentence, ...]:
    """What a rule may have to look at in the product's name and the statements, as printed.

    Most sentences of a pack hold no word that any rule asks after; they are left out.
    """
    return _sentences(label.product, label.statements)


@lru_cache(maxsize=16)
def _sentences(product: str, statements: tuple[str, ...]) -> tuple[Sentence, ...]:
    texts = [("product", product)]
    texts += [(f"statements[{index}]", text) for index, text in enumerate(statements)]
    return tuple(sentence for path, text in texts for sentence in sentences_of(path, text))


def sentences_of(path: str, text: str) -> tuple[Sentence, ...]:
    """The sentences of one printed text that hold a word that rules ask after."""
    return tuple(replace(sentence, path=path) for sentence in _read(text))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, wherever it stands: packs share many."""
    return tuple(part for part in _parts(text) if not part.may.isdisjoint(_openings()))


def _parts(text: str) -> Iterator[Sentence]:
    start, asking = 0, None
    for end in (*_SENTENCE_END.finditer(text), None):
        stop = end.start() if end else len(text)
        if printed := _WORD.findall(text, start, stop):
            may = frozenset[Table]().union(*map(_tables, printed))
            part = Sentence("", text, start, stop, may)
            if asking:
                yield replace(asking, then=part)
            asking = part if end and "?" in end[0] else None
            if not asking:
                yield part
        start = end.end() if end else stop
    if asking:
        yield asking


@lru_cache(maxsize=1024)
def _words(text: str, start: int, stop: int) -> tuple[Word, ...]:
    words, before = [], start
    for printed in _WORD.finditer(text, start, stop):
        between = text[before : printed.start()]
        marked = between not in ("", " ") and bool(_MARK.search(between))
        words.append(Word(_compared(printed[0]), printed.start(), printed.end(), marked))
        before = printed.end()
    return tuple(words)


@lru_cache(maxsize=8192)
def _compared(word: str) -> str:
    return word if word[0].isdigit() else names.normalise(word) or word


def found(sentence: Sentence, *table: str | int) -> Iterator[Span]:
    """Every wording of a table that stands in a sentence, the longest at each word."""
    if table not in sentence.may:
        return
    words, at, wordings = sentence.words, 0, lexicon(*table)
    while at < len(words):
        end = _longest(words, at, wordings)
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _longest(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> int:
    """Where the longest wording that begins at a word ends; `at` for none."""
    for wording, goes_on in lexicon.heads.get(words[at].said, ()):
        end = at + len(wording)
        said = tuple(word.said for word in words[at:end])
        if said == wording or (
            goes_on and said[:-1] == wording[:-1] and said[-1].startswith(wording[-1])
        ):
            return end
    return at + 1 if words[at].said.startswith(lexicon.stems) else at


def has(sentence: Sentence, *path: str | int) -> bool:
    """Whether a sentence holds a wording of a table of `statements.toml`."""
    return any(True for _ in found(sentence, *path))


def excused(sentence: Sentence, at: int) -> bool:
    """Whether what stands at a word is denied, said of something else, or part of a warning."""
    return (
        warns(sentence)
        or has(sentence, "elsewhere")
        or denied(sentence, at)
        or of_others(sentence, at)
    )


def warns(sentence: Sentence) -> bool:
    """Whether a sentence warns or sends to a professional, or asks before one that does."""
    then = sentence.then
    return has(sentence, "cautions") or bool(then and has(then, "cautions"))


def denied(sentence: Sentence, at: int) -> bool:
    """Whether words before a word deny it.

    >>> (sentence,) = sentences_of("", "Not intended to diagnose, treat, cure or prevent gout")
    >>> denied(sentence, len(sentence.words) - 1)
    True
    >>> (sentence,) = sentences_of("", "Contains no magnesium oxide, treats insomnia")
    >>> denied(sentence, len(sentence.words) - 1)
    False
    """
    words = sentence.words
    ends = [
        end for start, end in found(sentence, "denials") if start < at and _denies(words, start)
    ]
    return bool(ends) and not any(_turns(words, i) for i in range(ends[-1], at + 1))


def _denies(words: tuple[Word, ...], at: int) -> bool:
    """Whether a denial begins at a word, and not what only begins as one: "not only"."""
    return _longest(words, at, lexicon("affirmations")) == at


def _turns(words: tuple[Word, ...], at: int) -> bool:
    """Whether a denial before a word ends with it."""
    if _longest(words, at, lexicon("contrasts")) > at:
        return True
    joined = words[at].after_mark or words[at - 1].said in joining()
    return joined and _longest(words, at, lexicon("breaks")) > at


def of_others(sentence: Sentence, at: int) -> bool:
    """Whether a word is said of what is sold elsewhere.

    >>> (sentence,) = sentences_of("", "Unlike oxide, which is 4 % absorbed, ours is a chelate")
    >>> [of_others(sentence, at) for at in (5, 7)]
    [True, False]
    """
    words = sentence.words
    starts = [start for start, _ in found(sentence, "others") if start < at]
    return bool(starts) and not any(_comes_back(words[i]) for i in range(starts[-1] + 1, at + 1))


def _comes_back(word: Word) -> bool:
    heads = lexicon("relatives").heads
    return word.said in lexicon("own").heads or (word.after_mark and word.said not in heads)


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
    else:
        inner = table.items() if isinstance(table, dict) else enumerate(table)
        for key, each in inner:
            yield from _paths((*path, key), each)


@cache
def _openings() -> frozenset[Table]:
    return frozenset(p for p in _lexicons() if not _OPEN.isdisjoint((p[0], " ".join(map(str, p)))))


@lru_cache(maxsize=8192)
def _tables(word: str) -> frozenset[Table]:
    """The tables with a wording that a word begins."""
    said = _compared(word)
    return frozenset(
        path for path, known in _lexicons().items()
        if said in known.heads or said.startswith(known.stems)
    )  # fmt: skip


def _made(wordings: Iterable[str]) -> Lexicon:
    """A lexicon of wordings: "word*" stands for every word that begins so."""
    heads: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    stems = set()
    for wording in wordings:
        bare, goes_on = wording.removesuffix("*"), wording.endswith("*")
        words = tuple(_compared(word) for word in _WORD.findall(bare))
        if goes_on and len(words) == 1:
            stems.add(words[0])
        else:
            heads.setdefault(words[0], []).append((words, goes_on))
    longest_first = {
        head: tuple(sorted(ways, key=lambda way: -len(way[0]))) for head, ways in heads.items()
    }
    return Lexicon(longest_first, tuple(sorted(stems)))


def _denials() -> list[str]:
    aside = {*words_of("denials", "neutral"), *words_of("denials", "comparing")}
    return [w for w in resources.toml("wording.toml")["negation"]["before"] if w not in aside]


def _elsewhere() -> list[str]:
    shared: list[str] = resources.toml("wording.toml")["negation"]["others"]
    return [*shared, *words_of("denials", "comparing")]


def _marks() -> list[str]:
    """The marks that are documented on buffered material."""
    return [t for mark in catalogue.marks().values() if mark.buffered_known for t in mark.texts]


def _joined() -> list[str]:
    """Words that a nutrient and a suffix make: "Magnesiumquelle"."""
    suffixes = data()["content"]["source"]["joined"]
    return [" ".join(name) + suffix for name in nutrient_names() for suffix in suffixes]


_ADDED: Mapping[Table, Callable[[], list[str]]] = MappingProxyType(
    {("denials",): _denials, ("others",): _elsewhere, ("marks",): _marks, ("joined",): _joined}
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


def nutrients(sentence: Sentence, start: int = 0) -> Iterator[tuple[int, str]]:
    """The nutrients that a sentence names from a word on, each with where its name begins."""
    known, said = nutrient_names(), [word.said for word in sentence.words]
    for at in range(start, len(said)):
        for length in (3, 2, 1):
            if nutrient := known.get(tuple(said[at : at + length])):
                yield at, nutrient
                break


def data() -> dict[str, Any]:
    """The words and thresholds of statements."""
    return resources.toml("statements.toml")


def evidence(kind: str) -> str:
    """The entry of the register of claims that a kind of statement is weighed in."""
    return str(data()["evidence"][kind])


def hit(sentence: Sentence, span: Span, **facts: str) -> Hit:
    """What a rule yields for words of a sentence."""
    words = sentence.printed(span)
    return Hit(sentence.path, words, MappingProxyType({"words": words, **facts}))
