"""Sources that a sentence says are not in a product: "contains no magnesium oxide"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chelate.catalogue import names
from chelate.composition import Claim, Source
from chelate.rules.excuses import of_others
from chelate.rules.lexicon import joining, lexicon
from chelate.rules.rule import Case
from chelate.rules.said import Sentence, Span, found

_REACH = 4  # words of a name after the denial


def denied_sources(sentence: Sentence, case: Case) -> Iterator[tuple[Span, Source]]:
    """The words that deny a source which the label names, and the source."""
    for start, end, span in _denied_names(sentence):
        for judged in case.judged:
            if source := _named(sentence.printed((start, end)), judged.claim):
                yield span, source


def _denied_names(sentence: Sentence) -> Iterator[tuple[int, int, Span]]:
    """Where words stand that a denial before them, or "free" after them, may deny; and both."""
    for denial in found(sentence, "absent", "before"):
        for end in _ends(sentence, denial[1]):
            if not of_others(sentence, denial[0]):
                yield denial[1], end, (denial[0], end)
    for at, _ in found(sentence, "freed"):
        for start in range(max(0, at - 2), at):
            yield start, at, (start, at + 1)


def _ends(sentence: Sentence, start: int) -> Iterator[int]:
    """Where the name that begins at a word may end: before a mark or an "and"."""
    for at in range(start, min(start + _REACH, len(sentence.words))):
        word = sentence.words[at]
        if (at > start and word.after_mark) or word.said in joining():
            return
        yield at + 1


def _named(text: str, claim: Claim) -> Source | None:
    """The source of a claim that a text names in full, or as "oxide" for "magnesium oxide"."""
    said = names.normalise(text).split()
    while said and said[0] in lexicon("listing", "articles").heads:
        said = said[1:]
    full = " ".join(said)
    meant = _meant(full, names.spoken(claim.nutrient))
    sources = (*claim.sources, *claim.beside)
    return next((s for s in sources if s.meaning.family and s.meaning.family in meant), None)


@lru_cache(maxsize=1024)
def _meant(full: str, spoken: str) -> frozenset[str | None]:
    """The families that a name stands for, in full or before the name of a nutrient."""
    return frozenset(names.resolve(way).family for way in (full, f"{spoken} {full}") if full)
