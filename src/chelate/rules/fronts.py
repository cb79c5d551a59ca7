"""CL: what the front and the statements say that the product is, beside the rest of the label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chelate import catalogue, resources
from chelate.bounds import words
from chelate.catalogue import names
from chelate.composition import Claim
from chelate.findings import Certainty, Severity, Verdict
from chelate.intervals import Interval
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule
from chelate.rules.said import (
    Sentence,
    Span,
    denied,
    evidence,
    excused,
    found,
    has,
    hit,
    nutrients,
    of_others,
    sentences,
    sentences_of,
)
from chelate.units import Amount, DecimalMark, read_amount

_BLENDS = (Verdict.DECLARED_BLEND, Verdict.IMPOSSIBLE)
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:mg|g)\b", re.IGNORECASE)
_SEGMENT = re.compile(r"\s[-–—|]\s|,\s|[;()\[\]]|\bwith\b|[.!?](?=\s|$)", re.IGNORECASE)


@rule(
    "CL105",
    "mark-on-a-buffered-product",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{words}” stands on a label that declares a blend of {nutrient}: the mark does not mean "
    "unbuffered; chelate evidence {evidence} says more",
    "balchem-buffered",
    "dfh-label",
)
def mark_on_blend(case: Case) -> Iterator[Hit | Skip]:
    """A maker's mark stands on a product that declares a buffered chelate or a denser source.

    The marks of makers of chelates stand on fully reacted and on buffered material alike.
    Both are lawful; a buyer who takes the mark for a promise of chelate alone is mistaken.

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
    for judged in _blends(case, Verdict.DECLARED_BLEND):
        for sentence in (*_sources(judged), *sentences(case.label)):
            span = next(found(sentence, "marks"), None)
            if span and not denied(sentence, span[0]) and not of_others(sentence, span[0]):
                nutrient = names.spoken(judged.claim.nutrient)
                yield hit(sentence, span, nutrient=nutrient, evidence=evidence("mark"))
                break


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
    """The word chelate is used of a product that is not chelate alone.

    The rest of the label names a denser source beside the chelate, or its figures exclude
    the chelate alone. The word then covers a part of the element only.

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
    for judged in _blends(case, *_BLENDS):
        for sentence in sentences(case.label):
            span = next(found(sentence, "chelates", "words"), None)
            if span is None or excused(sentence, span[0]) or _qualified(sentence):
                continue
            if _is_about(sentence, judged.claim) and not _of_a_part(case, sentence, judged.claim):
                yield hit(sentence, span, why=_why(judged), evidence=evidence("chelate"))


@rule(
    "CL107",
    "front-number-is-not-the-element",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” gives {amount} as {nutrient}, of which the panel declares {declared}; {amount} "
    "fits the mass of {source}; chelate evidence {evidence} says more",
    "cfr-101-36",
)
def front_number(case: Case) -> Iterator[Hit | Skip]:
    """A number beside the element's name is the compound's mass.

    The panel gives the weight of the element, not of its source. "Magnesium 1,000 mg" on the
    front of a product with 141 mg of magnesium is seven times the magnesium in it.

    Fails:
        product: Large Number Magnesium 1000 mg
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 141 mg}

    Passes:
        product: Small Number Magnesium 141 mg
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 141 mg}

    Remedy:
        Print the element's amount on the front, or the compound's name beside its mass.
    """
    yield from _front_numbers(case, of_compound=False)


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
    against the most of the element that one source could hold. A label that agrees with
    itself is not thereby proof of purity.

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
    for sentence in sentences(case.label) if mixed else ():
        span = next(found(sentence, "purity", "words"), None)
        if span and _of_the_mineral(sentence, span) and not excused(sentence, span[0]):
            yield hit(sentence, span, why=_why(mixed[0]), evidence=evidence("pure"))


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
    """A statement guarantees a chelate.

    Neither a mark nor the ratio of element to compound proves it: the ratio can exclude the
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
        chelates = [*found(sentence, "chelates", "words")]
        for span in found(sentence, "guarantees", "words") if chelates else ():
            whole = min(span[0], chelates[0][0]), max(span[1], chelates[0][1])
            if not excused(sentence, span[0]) and not excused(sentence, whole[1] - 1):
                yield hit(sentence, whole, evidence=evidence("guarantee"))


@rule(
    "CL112",
    "front-number-of-the-compound",
    Severity.NOTE,
    Certainty.LIKELY,
    "“{words}” gives the mass of {source}; the panel declares {declared} of {nutrient}; chelate "
    "evidence {evidence} says more",
    "cfr-101-36",
)
def compound_number(case: Case) -> Iterator[Hit | Skip]:
    """The number on the front is the compound's, and says so.

    Lawful and exact, and easily taken for the element: 1,000 mg of magnesium bisglycinate
    hold 141 mg of magnesium at most.

    Fails:
        product: Long Name Magnesium Glycinate 1,000 mg
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 141 mg}

    Passes:
        product: Long Name Magnesium Glycinate
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 141 mg}

    Remedy:
        Print the element's amount beside it: "providing 141 mg magnesium".
    """
    yield from _front_numbers(case, of_compound=True)


def _blends(case: Case, *verdicts: Verdict) -> Iterator[Judged]:
    return (j for j in case.judged if j.is_chelate and j.verdict in verdicts)


def _sources(judged: Judged) -> Iterator[Sentence]:
    """The printed names of a claim's sources, as sentences."""
    for source in judged.claim.sources:
        yield from sentences_of(source.path, source.text)


def _qualified(sentence: Sentence) -> bool:
    """Whether a sentence says itself that the chelate is a part, or whose it is."""
    return has(sentence, "chelates", "qualified") or has(sentence, "marks")


def _is_about(sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence names the nutrient of a claim, or none."""
    named = {nutrient for _, nutrient in nutrients(sentence)}
    return not named or claim.nutrient in named


def _of_a_part(case: Case, sentence: Sentence, claim: Claim) -> bool:
    """Whether a sentence gives a mass that is less than all that is declared."""
    if claim.declared is None:
        return False
    whole = claim.declared.interval_mg.low
    return any(mass.high < whole for *_, mass in _numbers(sentence, _decimal(case)))


def _of_the_mineral(sentence: Sentence, span: Span) -> bool:
    """Whether "100 % pure" stands alone or before a nutrient, and not before "satisfaction"."""
    after = sentence.words[span[1] : span[1] + 1]
    named = any(at <= span[1] + 2 for at, _ in nutrients(sentence, span[0]))
    return named or not after or after[0].after_mark


def _families(judged: Judged) -> set[str | None]:
    return {source.meaning.family for source in judged.claim.sources}


def _why(judged: Judged) -> str:
    """What the rest of the label says that is not one source alone."""
    claim = judged.claim
    if said := words.elsewhere(claim, judged.bounds):
        return said
    if judged.denser:
        return f"the label names {judged.denser[0].text} beside the chelate"
    if claim.buffered:
        return f"the label says “{claim.buffered[0][1]}”"
    return f"the panel names {len(_families(judged))} sources of {names.spoken(claim.nutrient)}"


def _front_numbers(case: Case, *, of_compound: bool) -> Iterator[Hit]:
    """The amounts that are the compound's, where the words beside them name it or do not."""
    for judged in case.judged:
        claim = judged.claim
        for sentence in sentences(case.label) if claim.declared else ():
            numbers = list(_numbers(sentence, _decimal(case)))
            if any(_is_element(case, claim, mass) for *_, mass in numbers):
                continue
            for printed, amount, mass in numbers:
                source = _compound_of(case, claim, mass)
                if source and _names(printed, claim.nutrient) == (True, of_compound):
                    yield Hit(sentence.path, printed, _number_facts(claim, printed, amount, source))


def _number_facts(claim: Claim, printed: str, amount: str, source: str) -> dict[str, str]:
    declared = claim.declared.text if claim.declared else ""
    return {
        "words": printed, "amount": amount, "nutrient": names.spoken(claim.nutrient),
        "declared": declared, "source": source, "evidence": evidence("front"),
    }  # fmt: skip


def _numbers(sentence: Sentence, mark: DecimalMark) -> Iterator[tuple[str, str, Interval]]:
    """Masses in a sentence: the words that each stands among, how it is printed, and in mg."""
    whole = sentence.printed((0, len(sentence.words)))
    if not _AMOUNT.search(whole) or excused(sentence, 0):
        return
    for segment in _SEGMENT.split(whole):
        for found_amount in _AMOUNT.finditer(segment):
            read = read_amount(found_amount[0], decimal=mark)
            if isinstance(read, Amount) and read.mass_mg:
                yield segment.strip(), found_amount[0], read.mass_mg


def _names(text: str, nutrient: str) -> tuple[bool, bool]:
    """Whether words name a nutrient, and whether they name a source of it."""
    compound = bool(names.find(text, nutrient))
    spoken = {name for sentence in sentences_of("", text) for _, name in nutrients(sentence)}
    return nutrient in spoken or compound, compound


def _decimal(case: Case) -> DecimalMark:
    marks: dict[str, DecimalMark] = resources.toml("wording.toml")["languages"]["decimal_mark"]
    return marks.get(case.label.language or "", ".")


def _is_element(case: Case, claim: Claim, mass: Interval) -> bool:
    """Whether a mass is that of the element, for a serving, a unit of it or a day."""
    declared = claim.declared.interval_mg if claim.declared else Interval(0, 0)
    return any(declared.scaled(scale).overlaps(mass) for scale in _scales(case))


def _compound_of(case: Case, claim: Claim, mass: Interval) -> str | None:
    """The source whose mass a number is: printed so, or by the element that it would hold."""
    for source in claim.sources:
        if source.mass and any(source.mass.interval_mg.scaled(s).overlaps(mass)
                               for s in _scales(case)):  # fmt: skip
            return source.text
    if len(claim.sources) != 1 or claim.sources[0].mass or not claim.sources[0].meaning.substances:
        return None
    members = [catalogue.substance(i) for i in claim.sources[0].meaning.substances]
    fractions = [catalogue.element_fraction(member, claim.nutrient) for member in members]
    held = Interval(mass.low * min(fractions), mass.high * max(fractions))
    return claim.sources[0].text if _is_element(case, claim, held) else None


def _scales(case: Case) -> tuple[float, ...]:
    """A serving, one unit of it, and a day, in servings."""
    serving = case.composition.serving
    return 1.0, 1 / (serving.units or 1), serving.servings_per_day


RULES: tuple[Rule, ...] = (
    mark_on_blend,
    chelate_of_blend,
    front_number,
    pure,
    guaranteed,
    compound_number,
)
