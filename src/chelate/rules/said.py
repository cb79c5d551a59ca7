"""What a pack says: its sentences word by word, and what takes words back.

A word is not a claim. "Not intended to treat insomnia", "unlike oxide, which …", "if you have
diabetes, ask a doctor" and "occasional sleeplessness" hold the words of claims and claim nothing
of the kind. The words that deny are those of `wording.toml`, in a sentence's own scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from chelate.models import Label
from chelate.rules.lexicon import (
    WORD,
    Lexicon,
    Table,
    compared,
    data,
    joining,
    lexicon,
    nutrient_names,
    openings,
    tables_of,
)
from chelate.rules.rule import Case, Hit

Span = tuple[int, int]
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|[\n•]+")
_MARK = re.compile(r"[,:&+()–—]|\s-\s")


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
    start, asks = 0, False
    for end in (*_SENTENCE_END.finditer(text), None):
        stop = end.start() if end else len(text)
        if printed := WORD.findall(text, start, stop):
            may = frozenset[Table]().union(*map(tables_of, printed))
            if asks:
                read[-1] = replace(read[-1], then=Sentence("", text, start, stop, may))
            if opens := not may.isdisjoint(openings()):
                read.append(Sentence("", text, start, stop, may))
            asks = opens and bool(end and "?" in end[0])
        start = end.end() if end else stop
    return tuple(read)


@lru_cache(maxsize=1024)
def _words(text: str, start: int, stop: int) -> tuple[Word, ...]:
    words, before = [], start
    for printed in WORD.finditer(text, start, stop):
        between = text[before : printed.start()]
        marked = between not in ("", " ") and bool(_MARK.search(between))
        words.append(Word(compared(printed[0]), printed.start(), printed.end(), marked))
        before = printed.end()
    return tuple(words)


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


def _longest(words: tuple[Word, ...], at: int, wordings: Lexicon) -> int:
    """Where the longest wording that begins at a word ends; `at` for none."""
    for wording, goes_on in wordings.heads.get(words[at].said, ()):
        end = at + len(wording)
        said = tuple(word.said for word in words[at:end])
        if said == wording or (
            goes_on and said[:-1] == wording[:-1] and said[-1].startswith(wording[-1])
        ):
            return end
    return at + 1 if words[at].said.startswith(wordings.stems) else at


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
    """Whether words before a word deny it, or "free" after it.

    >>> (sentence,) = sentences_of("", "Not intended to diagnose, treat, cure or prevent gout")
    >>> denied(sentence, len(sentence.words) - 1)
    True
    >>> (sentence,) = sentences_of("", "Contains no magnesium oxide, treats insomnia")
    >>> denied(sentence, len(sentence.words) - 1)
    False
    """
    words = sentence.words
    if any(word.said in lexicon("freed").heads for word in words[at + 1 : at + 2]):
        return True
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


def nutrients(sentence: Sentence, start: int = 0) -> Iterator[tuple[int, str]]:
    """The nutrients that a sentence names from a word on, each with where its name begins."""
    known, said = nutrient_names(), [word.said for word in sentence.words]
    for at in range(start, len(said)):
        for length in (3, 2, 1):
            if nutrient := known.get(tuple(said[at : at + length])):
                yield at, nutrient
                break


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
