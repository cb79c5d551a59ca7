"""What a sentence asserts: of diseases, of the body, of the amount of a nutrient, of absorption."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.rules.lexicon import data, joining, lexicon
from chelate.rules.said import Sentence, Span, denied, excused, found, has

NEAR = 8  # words between what is done and what it is done to


def disease_in(sentence: Sentence, market: str) -> Span | None:
    """The first words that name a disease or a class of medicines, and are not taken back.

    In the United States, also words that say that a measure of the body is lowered.
    """
    spans = [span for key in ("diseases", "drugs") for span in found(sentence, key)]
    if market == "US":
        spans += _lowered(sentence)
    return next((s for s in spans if not _mild(sentence, s) and not _taken_back(sentence, s)), None)


def _taken_back(sentence: Sentence, span: Span) -> bool:
    """Whether words are excused from the first to the last."""
    return excused(sentence, span[0]) or excused(sentence, span[1] - 1)


def _lowered(sentence: Sentence) -> Iterator[Span]:
    for span in found(sentence, "measures"):
        for verb in found(sentence, "lowering"):
            if verb < span and _gap(verb, span) <= 2:
                yield _joint(verb, span)


def _mild(sentence: Sentence, span: Span) -> bool:
    before = sentence.words[max(0, span[0] - 1) : span[0]]
    return any(word.said in lexicon("mild").heads for word in before)


def effects(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """What the sentence says that the product does for the body: its words and its topic."""
    does = [*found(sentence, "effects")]
    towards = [*found(sentence, "towards")]
    for topic in data()["topics"] if does or towards else ():
        for span in found(sentence, "topics", topic):
            near = [verb for verb in does if _gap(verb, span) <= NEAR]
            near += [word for word in towards if word[1] == span[0]]
            for said in near:
                if not excused(sentence, said[0]) and not excused(sentence, span[0]):
                    yield _joint(said, span), topic


def _gap(one: Span, other: Span) -> int:
    """How many words stand between two spans."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _joint(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def absorption_in(sentence: Sentence) -> tuple[Span, str] | None:
    """Words that rank absorption highest or give it a figure, and the kind of claim they are."""
    for span in found(sentence, "absorption", "words"):
        for other, kind in (*_superlatives(sentence, span), *_figures(sentence, span)):
            whole = _joint(span, other)
            if not excused(sentence, whole[0]) and not denied(sentence, span[0]):
                chelated = kind == "superlative" and has(sentence, "chelates", "words")
                return whole, "chelated" if chelated else kind
    return None


def _superlatives(sentence: Sentence, span: Span) -> Iterator[tuple[Span, str]]:
    if has(sentence, "directions"):
        return
    for other in found(sentence, "absorption", "superlatives"):
        if _gap(other, span) <= (1 if other < span else 0):
            yield other, "superlative"


def _figures(sentence: Sentence, span: Span) -> Iterator[tuple[Span, str]]:
    """Percentages of absorption, and "six times better", near a word for absorption."""
    said = [word.said for word in sentence.words]
    for at in range(1, len(said)):
        number_before = said[at - 1][0].isdigit()
        other = (at - 1, at + 1)
        if said[at] == "%" and number_before and _beside(sentence, other, span):
            beside = {*said[max(0, at - 4) : at + 4]}
            if beside.isdisjoint(lexicon("absorption", "references").heads):
                yield other, "share"
        elif said[at] in lexicon("absorption", "times").heads and 0 <= span[0] - at <= 4:
            counted = number_before or said[at - 1] in lexicon("absorption", "numbers").heads
            yield from [(other, "superlative")] * counted


def _beside(sentence: Sentence, one: Span, other: Span) -> bool:
    """Whether two spans stand near each other, and nothing between them begins a new matter."""
    first, second = sorted((one, other))
    between = [word.said for word in sentence.words[first[1] : second[0]]]
    apart = joining() | lexicon("absorption", "apart").heads.keys()
    comma = "," in sentence.text[sentence.words[first[1] - 1].end : sentence.words[second[0]].start]
    return len(between) <= 3 and not comma and apart.isdisjoint(between)
