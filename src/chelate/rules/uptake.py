"""What a sentence asserts of absorption: that it is the highest, or a figure of it."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.denials import denials
from chelate.rules.excuses import denied, excused
from chelate.rules.lexicon import joining, lexicon
from chelate.rules.said import (
    Sentence,
    Span,
    Word,
    found,
    gap,
    has,
    joint,
    longest,
    nutrient_at,
    parted,
)
from chelate.rules.victories import boasts

_NEAR = 4  # words between "nine times" and absorption
_BESIDE = 3  # words between a percentage and absorption
_NAMED = 4  # words between an article and "most absorbed"
_FAR = 8  # words between "nothing" and absorption
_SUBJECT = 5  # words of a claim's subject after absorption, and the "is" and the denial after it


def absorption_in(sentence: Sentence) -> tuple[Span, str] | None:
    """Words that rank absorption highest or give it a figure, and the kind of claim they are."""
    if not (spans := _uptake(sentence)):
        return None
    ranking = [*_ranking(sentence), *_figures(sentence)]
    for span in spans:
        for other, kind in ranking:
            if _belongs(sentence, span, other, kind) and _stands(sentence, span, other, kind):
                chelated = kind in _RANKS and has(sentence, "chelates", "words")
                return joint(span, other), "chelated" if chelated else _KINDS.get(kind, kind)
    return None


def _uptake(sentence: Sentence) -> list[Span]:
    """The words for absorption, but for what takes up water in a pack."""
    aside = found(sentence, "absorption", "packing")
    words = found(sentence, "absorption", "words")
    return [span for span in words if not any(start <= span[0] < end for start, end in aside)]


_RANKS = ("superlative", "comparative", "high")
_KINDS = dict.fromkeys(("times", "twice", "article", "boast", "comparative", "high"), "superlative")


def _stands(sentence: Sentence, span: Span, other: Span, kind: str) -> bool:
    """Whether a claim is not taken back, and no direction how to take the product."""
    first = min(span[0], other[0])
    if kind in _RANKS and (_instructs(sentence, other) or _is_until(sentence, first)):
        return False
    if kind in _RANKS[1:] and has(sentence, "absorption", "aids"):
        return False
    if kind == "comparative" and _with_a_form(sentence, max(span[1], other[1])):
        return False
    if _is_disowned(sentence, max(span[1], other[1])):
        return False
    return not excused(sentence, first) and not denied(sentence, span[0])


def _is_disowned(sentence: Sentence, end: int) -> bool:
    """Whether the rest of a sentence says that it is no aim or claim: "… is not a goal"."""
    words, denying = sentence.words, dict(denials(sentence))
    small = lexicon("asserting", "your").heads.keys() | lexicon("asserting", "small").heads.keys()
    disowned = lexicon("absorption", "disowned")
    for at in range(end, min(end + _SUBJECT, len(words))):
        if words[at].after_mark:
            return False
        if at in denying:
            rest = denying[at]
            while rest < len(words) and words[rest].said in small:
                rest += 1
            return rest < len(words) and longest(words, rest, disowned) == len(words)
    return False


def _is_until(sentence: Sentence, at: int) -> bool:
    """Whether a word says how long to rub a topical product in: "until fully absorbed"."""
    before = {word.said for word in sentence.words[max(0, at - 3) : at]}
    return not before.isdisjoint(lexicon("absorption", "until").heads)


def _with_a_form(sentence: Sentence, at: int) -> bool:
    """Whether a comparison names what it is with, and it is not "any other".

    "Better absorption of magnesium" and "superior, to support sleep" name nothing.
    """
    words = sentence.words
    for i in range(at, len(words)):
        after = [word.said for word in words[i + 1 : i + 5]]
        if words[i].said in lexicon("absorption", "towards").heads:
            forms = lexicon("absorption", "forms")
            if any(said in forms.heads or forms.holds_part_of(said) for said in after):
                return True
        elif words[i].said in lexicon("absorption", "than").heads:
            return lexicon("absorption", "others").heads.keys().isdisjoint(after[:3])
    return False


def _ranking(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Superlatives and words for more and for much; "più" after an article; "nothing" better."""
    for kind in ("superlatives", "comparatives", "high", "twice"):
        for other in found(sentence, "absorption", kind):
            yield other, kind.removesuffix("s")
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
            referred = not beside.isdisjoint(lexicon("absorption", "references").heads)
            if not referred and not _of_people(said[at + 1 : at + 5]):
                yield (at - 1, at + 1), "share"
        elif counted and said[at] in lexicon("absorption", "times").heads:
            if not _is_frequency(sentence, at + 1):
                yield (at - 1, at + 1), "times"
        elif counted and _is_multiplied(sentence, at - 1):
            yield (at - 1, at), "times"


def _of_people(after: list[str]) -> bool:
    """Whether a percentage counts people: "20 % of adults"."""
    of, people = (lexicon("absorption", key).heads.keys() for key in ("of", "people"))
    return not of.isdisjoint(after[:1]) and not people.isdisjoint(after)


def _is_frequency(sentence: Sentence, at: int) -> bool:
    """Whether "daily" or "a day" begins at a word, after "two times"."""
    words = sentence.words
    return at < len(words) and longest(words, at, lexicon("absorption", "frequency")) > at


def _is_multiplied(sentence: Sentence, at: int) -> bool:
    """Whether a number stands before a sign for times and no other number: "8× better"."""
    word, after = sentence.words[at], sentence.words[at + 1]
    signed = "×" in sentence.text[word.end : after.start]
    return signed and not after.said[0].isdigit()


def _numbers() -> frozenset[str]:
    return frozenset(lexicon("absorption", "numbers").heads)


def _belongs(sentence: Sentence, span: Span, other: Span, kind: str) -> bool:
    """Whether words that rank or count are said of a word for absorption."""
    if kind == "superlative":
        return _is_ranked(sentence, span, other)
    if kind in _RANKS:
        return _is_joined(sentence, span, other, kind)
    if kind == "article":
        return other[1] == span[0]
    if kind == "boast":
        return 0 <= span[0] - other[1] <= _FAR and not parted(sentence, span, other)
    if kind == "times" and other < span:
        return span[0] - other[1] < _NEAR
    if kind == "twice":
        return _is_twice(sentence, span, other)
    if kind == "times":
        reaching = lexicon("absorption", "reaching").heads.keys()
        between = {word.said for word in sentence.words[span[1] : other[0]]}
        near = 0 <= other[0] - span[1] <= 1 or (span < other and between <= reaching)
        return near and _is_more(sentence, other[1])
    return _beside(sentence, other, span)


def _is_more(sentence: Sentence, at: int) -> bool:
    """Whether a word for more stands after "nine times": "absorbs 9x better"."""
    better = lexicon("victories", "better").heads.keys() | lexicon("absorption", "more").heads
    better |= lexicon("absorption", "comparatives").heads.keys()
    return any(word.said in better for word in sentence.words[at : at + 1])


def _is_ranked(sentence: Sentence, span: Span, other: Span) -> bool:
    """Whether a superlative belongs to a word for absorption: next to it, or a word before it."""
    between = {word.said for word in sentence.words[other[1] : span[0]]}
    by_the_body = other < span and between <= lexicon("absorption", "body").heads.keys()
    apart = gap(other, span)
    if apart == 0 and parted(sentence, other, span):
        return False
    return by_the_body or apart <= (1 if other < span else 0)


def _is_joined(sentence: Sentence, span: Span, other: Span, kind: str) -> bool:
    """Whether a word for more or for much belongs to one for absorption.

    Before it but for a nutrient or "se", and without a mark; or right after it.
    """
    words = sentence.words
    if span < other:
        behind = words[other[0]].said in lexicon("absorption", "high_behind").heads
        more = words[other[0]].said in lexicon("absorption", "more").heads
        fits = behind if kind == "high" else not more or other[1] == len(words)
        return other[0] == span[1] and fits and not words[other[0]].after_mark
    between = range(other[1], span[0])
    plain = all(
        nutrient_at(sentence, at) or words[at].said in lexicon("absorption", "reflexive").heads
        for at in between
    )
    marked = any(words[at].after_mark for at in range(other[1], span[0] + 1))
    return len(between) <= 1 and plain and not marked


def _is_twice(sentence: Sentence, span: Span, other: Span) -> bool:
    """Whether nothing but small words stands between "twice" and absorption."""
    small = lexicon("absorption", "articles").heads.keys() | lexicon("absorption", "as_well").heads
    small |= lexicon("absorption", "comparatives").heads.keys()
    between = {word.said for word in sentence.words[other[1] : span[0]]}
    return other < span and between <= small


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
