"""What a sentence asserts of absorption: that it is the highest, or a figure of it."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.excuses import denied, excused
from chelate.rules.lexicon import joining, lexicon
from chelate.rules.said import Sentence, Span, Word, found, gap, has, joint, parted
from chelate.rules.victories import boasts

_NEAR = 4  # words between "nine times" and absorption
_BESIDE = 3  # words between a percentage and absorption
_NAMED = 4  # words between an article and "most absorbed"
_FAR = 8  # words between "nothing" and absorption


def absorption_in(sentence: Sentence) -> tuple[Span, str] | None:
    """Words that rank absorption highest or give it a figure, and the kind of claim they are."""
    if not (spans := found(sentence, "absorption", "words")):
        return None
    ranking = [*_ranking(sentence), *_figures(sentence)]
    for span in spans:
        for other, kind in ranking:
            if _belongs(sentence, span, other, kind) and _stands(sentence, span, other, kind):
                chelated = kind == "superlative" and has(sentence, "chelates", "words")
                return joint(span, other), "chelated" if chelated else _KINDS.get(kind, kind)
    return None


_KINDS = {"times": "superlative", "article": "superlative", "boast": "superlative"}


def _stands(sentence: Sentence, span: Span, other: Span, kind: str) -> bool:
    """Whether a claim is not taken back, and no direction how to take the product."""
    if kind == "superlative" and _instructs(sentence, other):
        return False
    first = min(span[0], other[0])
    return not excused(sentence, first) and not denied(sentence, span[0])


def _ranking(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Superlatives; "mejor" and "più" after an article; "nothing" that is better."""
    for other in found(sentence, "absorption", "superlatives"):
        yield other, "superlative"
    for at, word in enumerate(sentence.words):
        if word.said == "1" and sentence.text[word.start - 1 : word.start] == "#":
            yield (at, at + 1), "superlative"
        if word.said in lexicon("absorption", "most").heads and _after_article(sentence.words, at):
            yield (at, at + 1), "article"
    for denial in found(sentence, "denials"):
        if boasts(sentence, denial):
            yield denial, "boast"


def _after_article(words: tuple[Word, ...], at: int) -> bool:
    """Whether an article stands before a word for more, and no "than" after it."""
    before = [word.said for word in words[max(0, at - _NAMED) : at]]
    after = {word.said for word in words[at + 1 : at + 4]}
    articles = lexicon("absorption", "articles").heads.keys()
    return not articles.isdisjoint(before) and after.isdisjoint(lexicon("absorption", "than").heads)


def _figures(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Percentages, and "six times", wherever they stand."""
    said = [word.said for word in sentence.words]
    for at in range(1, len(said)):
        counted = said[at - 1][0].isdigit() or said[at - 1] in _numbers()
        if counted and said[at] in lexicon("absorption", "percent").heads:
            beside = {*said[max(0, at - 4) : at + 4]}
            if beside.isdisjoint(lexicon("absorption", "references").heads):
                yield (at - 1, at + 1), "share"
        elif counted and said[at] in lexicon("absorption", "times").heads:
            yield (at - 1, at + 1), "times"


def _numbers() -> frozenset[str]:
    return frozenset(lexicon("absorption", "numbers").heads)


def _belongs(sentence: Sentence, span: Span, other: Span, kind: str) -> bool:
    """Whether words that rank or count are said of a word for absorption."""
    if kind == "superlative":
        return gap(other, span) <= (1 if other < span else 0)
    if kind == "article":
        return other[1] == span[0]
    if kind == "boast":
        return 0 <= span[0] - other[1] <= _FAR and not parted(sentence, span, other)
    if kind == "times" and other < span:
        return span[0] - other[1] < _NEAR
    if kind == "times":
        return 0 <= other[0] - span[1] <= 1 and _is_more(sentence, other[1])
    return _beside(sentence, other, span)


def _is_more(sentence: Sentence, at: int) -> bool:
    """Whether a word for more stands after "nine times": "absorbs 9x better"."""
    return any(w.said in lexicon("victories", "better").heads for w in sentence.words[at : at + 1])


def _beside(sentence: Sentence, one: Span, other: Span) -> bool:
    """Whether two spans stand near each other, and nothing between them begins a new matter."""
    first, second = sorted((one, other))
    between = [word.said for word in sentence.words[first[1] : second[0]]]
    apart = joining() | lexicon("absorption", "apart").heads.keys()
    near = len(between) <= _BESIDE and not parted(sentence, one, other)
    return near and apart.isdisjoint(between)


def _instructs(sentence: Sentence, superlative: Span) -> bool:
    """Whether a superlative belongs to a direction: "for best absorption, take with food".

    "Take one of the best absorbed capsules" praises the capsules that it says to take.
    """
    if not has(sentence, "directions"):
        return False
    before = [word.said for word in sentence.words[max(0, superlative[0] - 2) : superlative[0]]]
    named = before[-1:] and before[-1] in lexicon("absorption", "articles").heads
    towards = lexicon("towards").heads.keys() | lexicon("absorption", "apart").heads.keys()
    return not named or not towards.isdisjoint(before)
