"""What a pack says: its sentences word by word, and the wordings that stand in them.

A word is not a claim. "Not intended to treat insomnia", "unlike oxide, which …", "if you have
diabetes, ask a doctor" and "occasional sleeplessness" hold the words of claims and claim nothing
of the kind: `excuses` tells them apart. The names and addresses of makers are no sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from chelate.models import Label
from chelate.rules.addresses import addresses
from chelate.rules.lexicon import (
    WORD,
    Lexicon,
    Table,
    compared,
    data,
    lexicon,
    nutrient_names,
    openings,
    tables_of,
)
from chelate.rules.rule import Case, Hit

Span = tuple[int, int]
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|[\n•]+")
_LONGEST = 120  # words of a sentence: what goes on longer is read in parts
_ITEM = 4  # words of an item of a list
_ASSERTING: frozenset[Table] = frozenset(
    {("fighting",), ("effects",), ("breaks",), ("benefits",), ("towards",), ("denials",),
     ("contrasts",), ("taking",), ("asserting", "subjects"), ("asserting", "against")}
)  # fmt: skip
_MARK = re.compile(r"[,:&+()–—]|\s-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: as it is compared, where it stands, and what precedes it.

    `between` is the text from the word before it, and `after_mark` whether a mark stands there.
    """

    said: str
    start: int
    end: int
    after_mark: bool = False
    between: str = ""

    @property
    def after_colon(self) -> bool:
        """Whether a colon or semicolon precedes it, and no time of day: "8:00"."""
        return any(m in self.between for m in ":;") and not (
            self.said.isdigit() and self.between == ":"
        )

    @property
    def after_hyphen(self) -> bool:
        """Whether a hyphen joins it to the word before: "no-sugar"."""
        return self.between in ("-", "\u2010", "\u2011")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the label: from `start` to `stop` in `text`, the printed text at `path`.

    `may` are the tables with a wording that one of its words begins; `then` is the sentence
    that follows, where this one asks. An item of a list that the sentence before opens by a
    denial and a colon `is_denied`: "Free from: soy; wheat".
    """

    path: str
    text: str
    start: int
    stop: int
    may: frozenset[Table]
    then: Sentence | None = None
    is_denied: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """The words, one by one: few sentences are asked for them."""
        return _words(self.text, self.start, self.stop)

    def printed(self, span: Span) -> str:
        """The printed words from the first of a span to its last."""
        return self.text[self.words[span[0]].start : self.words[span[1] - 1].end]


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
    read: list[Sentence] = []
    asks = lists = False
    for start, stop, mark in _stretches(text):
        printed = set(WORD.findall(text, start, stop))
        may = frozenset[Table]().union(*map(tables_of, printed))
        if asks:
            read[-1] = replace(read[-1], then=Sentence("", text, start, stop, may))
        denied = lists and _is_item(text, start, stop, may)
        if opens := not may.isdisjoint(openings()):
            read.append(Sentence("", text, start, stop, may, is_denied=denied))
        asks = opens and "?" in mark
        lists = mark == ";" and (denied or _opens_denied_list(text, start, stop, may))
    return tuple(read)


def _is_item(text: str, start: int, stop: int, may: frozenset[Table]) -> bool:
    """Whether a stretch of a text is a few words that assert nothing: an item of a list."""
    return may.isdisjoint(_ASSERTING) and len(_words(text, start, stop)) <= _ITEM


def _opens_denied_list(text: str, start: int, stop: int, may: frozenset[Table]) -> bool:
    """Whether a stretch opens a list by a denial and a colon: "Contains no added: soy"."""
    if ("denials",) not in may or ":" not in text[start:stop]:
        return False
    words = _words(text, start, stop)
    colon = next((at for at, word in enumerate(words) if word.after_colon), len(words))
    ends = [end for _, end in _found(text, start, stop, ("denials",)) if end <= colon < len(words)]
    between = words[ends[-1] : colon] if ends else ()
    return bool(ends) and all(word.said in lexicon("asserting", "open").heads for word in between)


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the sentences of a text begin and stop, with the mark after each, if they hold a word.

    So long a sentence as nobody writes is cut: the time that a text takes grows with its length.
    """
    start = 0
    for end in (*_SENTENCE_END.finditer(text), None):
        stop = end.start() if end else len(text)
        firsts = [word.start() for word in WORD.finditer(text, start, stop)][::_LONGEST]
        for first, after in pairwise((*firsts, stop)):
            yield first, after, end[0] if end and after == stop else ""
        start = end.end() if end else stop


@lru_cache(maxsize=1024)
def _words(text: str, start: int, stop: int) -> tuple[Word, ...]:
    words, before = [], start
    for printed in _said(text, start, stop):
        between = text[before : printed.start()]
        marked = between not in ("", " ") and bool(_MARK.search(between))
        said = compared(printed[0])
        words.append(Word(said, printed.start(), printed.end(), marked, between))
        before = printed.end()
    return tuple(words)


def _said(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The words of a text, without those of names and addresses of makers."""
    aside = addresses(text)
    for word in WORD.finditer(text, start, stop):
        before = bisect_right(aside, (word.start(), len(text))) - 1
        if before < 0 or aside[before][1] <= word.start():
            yield word


def found(sentence: Sentence, *table: str | int) -> tuple[Span, ...]:
    """Every wording of a table that stands in a sentence, the longest at each word."""
    if table not in sentence.may:
        return ()
    return _found(sentence.text, sentence.start, sentence.stop, table)


@lru_cache(maxsize=2048)
def _found(text: str, start: int, stop: int, table: Table) -> tuple[Span, ...]:
    words, wordings = _words(text, start, stop), lexicon(*table)
    spans: list[Span] = []
    at = 0
    while at < len(words):
        end = longest(words, at, wordings)
        if end > at:
            spans.append((at, end))
        at = max(end, at + 1)
    return tuple(spans)


def longest(words: tuple[Word, ...], at: int, wordings: Lexicon) -> int:
    """Where the longest wording that begins at a word ends; `at` for none."""
    for wording, goes_on in wordings.heads.get(words[at].said, ()):
        end = at + len(wording)
        said = tuple(word.said for word in words[at:end])
        if said == wording or (
            goes_on and said[:-1] == wording[:-1] and said[-1].startswith(wording[-1])
        ):
            return end
    return at + 1 if wordings.holds_part_of(words[at].said) else at


def has(sentence: Sentence, *path: str | int) -> bool:
    """Whether a sentence holds a wording of a table of `statements.toml`."""
    return bool(found(sentence, *path))


def gap(one: Span, other: Span) -> int:
    """How many words stand between two spans; less than none where they overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def parted(sentence: Sentence, one: Span, other: Span) -> bool:
    """Whether a comma stands between two spans."""
    first, second = sorted((one, other))
    between = sentence.text[sentence.words[first[1] - 1].end : sentence.words[second[0]].start]
    return "," in between


def joint(one: Span, other: Span) -> Span:
    """From the first word of two spans to the last."""
    return min(one[0], other[0]), max(one[1], other[1])


def nutrients(sentence: Sentence, start: int = 0) -> Iterator[tuple[int, str]]:
    """The nutrients that a sentence names from a word on, each with where its name begins."""
    for at in range(start, len(sentence.words)):
        if named := nutrient_at(sentence, at):
            yield at, named[1]


def nutrient_at(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """Where the name of a nutrient that begins at a word ends, and the nutrient."""
    said = [word.said for word in sentence.words[at : at + 3]]
    for length in range(len(said), 0, -1):
        if nutrient := nutrient_names().get(tuple(said[:length])):
            return at + length, nutrient
    return None


def alone(case: Case) -> set[str]:
    """The nutrient that the panel holds alone, if it does."""
    declared = {row.nutrient for row in case.composition.declared}
    return declared if len(declared) == len(case.label.facts) == 1 else set()


def evidence(kind: str) -> str:
    """The entry of the register of claims that a kind of statement is weighed in."""
    return str(data()["evidence"][kind])


def hit(sentence: Sentence, span: Span, **facts: str) -> Hit:
    """What a rule yields for words of a sentence."""
    words = sentence.printed(span)
    return Hit(sentence.path, words, MappingProxyType({"words": words, **facts}))
