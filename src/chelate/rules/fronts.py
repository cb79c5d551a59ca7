"""CL: what the front and the statements say that the product is, beside the rest of the label."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.bounds import words
from chelate.catalogue import names
from chelate.composition import Claim, Source
from chelate.figures import listed
from chelate.findings import Certainty, Severity, Verdict
from chelate.rules.absent import denied_sources
from chelate.rules.excuses import excused
from chelate.rules.front_numbers import names_in, numbers
from chelate.rules.lexicon import lexicon
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule
from chelate.rules.said import (
    Sentence,
    Span,
    evidence,
    found,
    has,
    hit,
    nutrients,
    sentences,
)

_BLENDS = (Verdict.DECLARED_BLEND, Verdict.IMPOSSIBLE)


@rule(
    "CL106",
    "chelate-said-of-a-blend",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” is said of the whole, and {why}; chelate evidence {evidence} says more",
    "balchem-buffered",
    "aafco-metal-chelate",
)
def chelate_of_blend(case: Case) -> Iterator[Hit | Skip]:
    """The word chelate is used of a product that is not chelate alone, or none at all.

    The rest of the label names a denser source beside the chelate, or its figures exclude
    the chelate alone. The word then covers a part of the element only; where every source
    named is no chelate and one of them is a mineral salt or the oxide, it covers none.

    Fails:
        product: Half Bound Magnesium
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}
        statements: [Fully chelated magnesium.]

    Passes:
        product: Half Bound Magnesium
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}
        statements: [Chelate buffered with magnesium oxide.]

    Remedy:
        Say "buffered", or say how much of the element is chelated.
    """
    for sentence in sentences(case.label):
        span = next(iter(found(sentence, "chelates", "words")), None)
        if span is None or excused(sentence, span[0]) or _qualified(sentence):
            continue
        for judged in _blends(case, *_BLENDS):
            part = _holds(sentence, span) or _of_a_part(case, sentence, judged.claim)
            if _is_about(sentence, judged.claim) and not part:
                yield hit(sentence, span, why=_why(judged), evidence=evidence("chelate"))
        for claim, why in _none_chelated(case):
            if claim.nutrient in _named(sentence) or (
                not _named(sentence) and len(case.judged) == 1
            ):
                yield hit(sentence, span, why=why, evidence=evidence("chelate"))


@rule(
    "CL109",
    "pure-beside-another-source",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” does not fit the rest of the label: {why}; chelate evidence {evidence} says more",
    "cfr-101-36",
)
def pure(case: Case) -> Iterator[Hit | Skip]:
    """A statement says pure, the rest of the label names other sources or excludes one alone.

    The word is tested against the label itself: against the sources that it names, and
    against the most of the element that one source could hold. "Contains no magnesium oxide"
    is tested against the sources named, the other ingredients among them. A label that agrees
    with itself is not thereby proof of purity.

    Fails:
        product: Clear Water Magnesium
        facts:
          - {name: "Magnesium (as magnesium bisglycinate, magnesium oxide)", amount: 200 mg}
        statements: [100 % pure magnesium bisglycinate.]

    Passes:
        product: Clear Water Magnesium
        facts:
          - {name: "Magnesium (as magnesium bisglycinate)", amount: 100 mg}
        statements: [100 % pure magnesium bisglycinate.]

    Remedy:
        Name every source, or leave the word out.
    """
    mixed = [j for j in case.judged if j.verdict in _BLENDS or len(_families(j)) > 1]
    for sentence in sentences(case.label):
        if (judged := next(iter(mixed), None)) and (span := _said_pure(sentence, judged)):
            yield hit(sentence, span, why=_why(judged), evidence=evidence("pure"))
        elif absent := next(denied_sources(sentence, case), None):
            span, source = absent
            why = f"the label names {source.text}"
            yield hit(sentence, span, why=why, evidence=evidence("pure"))


def _blends(case: Case, *verdicts: Verdict) -> Iterator[Judged]:
    return (j for j in case.judged if j.is_chelate and j.verdict in verdicts)


def _qualified(sentence: Sentence) -> bool:
    """Whether a sentence says itself that the chelate is a part, or whose it is."""
    return has(sentence, "chelates", "qualified") or has(sentence, "marks")


def _named(sentence: Sentence) -> set[str]:
    return {nutrient for _, nutrient in nutrients(sentence)}


def _is_about(sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence names the nutrient of a claim, or none."""
    named = _named(sentence)
    return not named or claim.nutrient in named


def _holds(sentence: Sentence, span: Span) -> bool:
    """Whether the chelate is said to be in a product, not to be all of it: "contains chelated"."""
    before = sentence.words[max(0, span[0] - 1) : span[0]]
    return any(word.said in lexicon("chelates", "holding").heads for word in before)


def _none_chelated(case: Case) -> Iterator[tuple[Claim, str]]:
    """Claims all of whose sources are known, none a chelate and one of them inorganic."""
    for judged in case.judged:
        sources = judged.claim.sources
        kinds = [_kind(source) for source in sources]
        chelated = judged.is_chelate or any(s.meaning.marks for s in sources)
        if "inorganic" in kinds and "" not in kinds and not chelated:
            named = listed([source.text for source in sources])
            is_are = "is no chelate" if len(sources) == 1 else "are no chelate alone"
            yield judged.claim, f"the sources named, {named}, {is_are}"


def _kind(source: Source) -> str:
    family = source.meaning.family
    return catalogue.families()[family].kind if family else ""


def _said_pure(sentence: Sentence, judged: Judged) -> Span | None:
    """Words that say of a mineral that it is pure."""
    span = next(iter(found(sentence, "purity", "words")), None)
    if span and _of_minerals(sentence, span, judged) and not excused(sentence, span[0]):
        return span
    return None


def _of_a_part(case: Case, sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence gives a mass that is less than all that is declared."""
    if claim.declared is None:
        return False
    whole = claim.declared.interval_mg.low
    return any(number.mass.high < whole for number in numbers(sentence, case))


def _of_minerals(sentence: Sentence, span: Span, judged: Judged) -> bool:
    """Whether "100 % pure" stands alone or before a mineral, and not before "satisfaction"."""
    end = min(span[1] + 2, len(sentence.words))
    alone = span[1] == len(sentence.words) or sentence.words[span[1]].after_mark
    return alone or names_in(sentence.printed((span[0], end)), judged.claim.nutrient)[0]


def _families(judged: Judged) -> set[str | None]:
    return {source.meaning.family for source in judged.claim.sources}


def _why(judged: Judged) -> str:
    """What the rest of the label says that is not one source alone."""
    claim = judged.claim
    if said := words.elsewhere(claim, judged.bounds):
        return f"by the figures printed, {said}"
    if judged.denser:
        return f"the label names {judged.denser[0].text} beside the chelate"
    if claim.buffered:
        return f"the label says “{claim.buffered[0][1]}”"
    return f"the panel names {len(_families(judged))} sources of {names.spoken(claim.nutrient)}"


RULES: tuple[Rule, ...] = (chelate_of_blend, pure)
