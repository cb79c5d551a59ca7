"""CL: marks of makers and words that guarantee a chelate, beside what they cannot prove."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.catalogue import names
from chelate.findings import Certainty, Severity, Verdict
from chelate.models import Label
from chelate.rules.excuses import denied, excused, of_others
from chelate.rules.lexicon import lexicon
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule
from chelate.rules.said import (
    Sentence,
    Span,
    alone,
    evidence,
    found,
    has,
    hit,
    joint,
    sentences,
    sentences_of,
)

_AROUND = 5  # words after "buffered", or before it, that may say of what it is


@rule(
    "CL105",
    "mark-on-a-buffered-product",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{words}” stands on a label that {declares}: the mark does not mean unbuffered; chelate "
    "evidence {evidence} says more",
    "balchem-buffered",
    "dfh-label",
)
def mark_on_blend(case: Case) -> Iterator[Hit | Skip]:
    """A maker's mark stands on a product that says it is buffered or declares a denser source.

    The marks of makers of chelates stand on fully reacted and on buffered material alike.
    Both are lawful; a buyer who takes the mark for a promise of chelate alone is mistaken.
    "Buffered" alone is said of the one mineral in the panel, where there is nothing else.

    Fails:
        product: Halfway House Magnesium
        facts:
          - {name: Magnesium (as TRAACS® magnesium bisglycinate chelate buffered), amount: 300 mg}

    Passes:
        product: Whole House Magnesium
        facts:
          - {name: Magnesium (as TRAACS® magnesium bisglycinate chelate), amount: 100 mg}

    Remedy:
        Keep the word "buffered" wherever the mark stands.
    """
    for judged, declares in _buffered(case):
        for sentence in (*_sources(judged), *sentences(case.label)):
            span = next(iter(found(sentence, "marks")), None)
            if span and not denied(sentence, span[0]) and not of_others(sentence, span[0]):
                yield hit(sentence, span, declares=declares, evidence=evidence("mark"))
                break


@rule(
    "CL110",
    "chelate-guaranteed",
    Severity.NOTE,
    Certainty.LIKELY,
    "“{words}”: no mark and no word guarantees that all of an element is chelated; chelate "
    "evidence {evidence} says more",
    "balchem-buffered",
    "aafco-metal-chelate",
)
def guaranteed(case: Case) -> Iterator[Hit | Skip]:
    """A statement guarantees or certifies a chelate.

    Neither a mark, a seal nor the ratio of element to compound proves it: the ratio can exclude the
    chelate alone, and cannot show that nothing else is there.

    Fails:
        product: Sworn Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [TRAACS® guarantees a true chelate.]

    Passes:
        product: Sworn Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Satisfaction guaranteed. Chelated minerals.]

    Remedy:
        Print the mass of the compound beside the element's, and the analysis that was made.
    """
    for sentence in sentences(case.label):
        chelates = found(sentence, "chelates", "words")
        for span in _guarantees(sentence, chelates[0]) if chelates else ():
            whole = joint(span, chelates[0])
            if not excused(sentence, span[0]) and not excused(sentence, whole[1] - 1):
                yield hit(sentence, whole, evidence=evidence("guarantee"))


def _guarantees(sentence: Sentence, chelate: Span) -> Iterator[Span]:
    """Words that guarantee a chelate, and not the buyer's money or satisfaction."""
    other = has(sentence, "guarantees", "other")
    for span in found(sentence, "guarantees", "words"):
        if not other or _beside(sentence, span, chelate):
            yield span
    for span in found(sentence, "guarantees", "sworn"):
        if _beside(sentence, span, chelate):
            yield span


def _beside(sentence: Sentence, span: Span, chelate: Span) -> bool:
    """Whether words stand right after a chelate, or before it and its adjectives."""
    between = {word.said for word in sentence.words[span[1] : chelate[0]]}
    fitting = between <= lexicon("guarantees", "between").heads.keys()
    return span[0] == chelate[1] or (span < chelate and fitting)


def _buffered(case: Case) -> Iterator[tuple[Judged, str]]:
    """Chelates that a label says are buffered or blended, and what it says."""
    for judged in case.judged:
        nutrient = names.spoken(judged.claim.nutrient)
        if judged.is_chelate and judged.verdict is Verdict.DECLARED_BLEND:
            yield judged, f"declares a blend of {nutrient}"
        elif judged.is_chelate and alone(case) and (said := _said_buffered(case.label)):
            yield judged, f"says “{said}” of {nutrient}"


def _said_buffered(label: Label) -> str:
    """The word for buffered that stands in a label, and is not said of "vitamin C"."""
    for sentence in sentences(label):
        for span in found(sentence, "chelates", "buffered"):
            around = sentence.words[slice(*_around(sentence, span))]
            otherwise = lexicon("chelates", "otherwise")
            other = any(
                word.said in otherwise.heads or otherwise.holds_part_of(word.said)
                for word in around
            )
            if not other and not excused(sentence, span[0]):
                return sentence.printed(span)
    return ""


def _around(sentence: Sentence, span: Span) -> Span:
    """The words near a span that no mark parts from it, and the one that stands beside it."""
    words, (start, end) = sentence.words, span
    while start and span[0] - start < _AROUND and not words[start].after_mark:
        start -= 1
    while end < len(words) and end - span[1] < _AROUND and not words[end].after_mark:
        end += 1
    return min(start, max(0, span[0] - 1)), max(end, span[1] + 1)


def _sources(judged: Judged) -> Iterator[Sentence]:
    """The printed names of a claim's sources, as sentences."""
    for source in judged.claim.sources:
        yield from sentences_of(source.path, source.text)


RULES: tuple[Rule, ...] = (mark_on_blend, guaranteed)
