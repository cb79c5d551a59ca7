"""CL: what the statements of a label say that the product does, beside the law and the evidence.

Triage of words, never a legal verdict. What a label says that the product *is* stands in
`fronts`; the words are those of `data/statements.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from chelate.catalogue import names
from chelate.figures import listed
from chelate.findings import Certainty, Severity
from chelate.rules.assertions import disease_in, effects
from chelate.rules.lexicon import data, seen
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import (
    Sentence,
    Span,
    alone,
    evidence,
    found,
    has,
    hit,
    nutrients,
    sentences,
)
from chelate.rules.uptake import absorption_in

LICENSED = ("CA", "AU")


@rule(
    "CL101",
    "disease-in-a-statement",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” may imply an effect on a disease{how}: {law}",
    "cfr-101-93-g",
    "fr-65-1000",
    "reg-1169-2011-7",
)
def disease(case: Case) -> Iterator[Hit | Skip]:
    """A statement may imply that the product treats or prevents a disease.

    In the United States a supplement that claims to diagnose, treat, cure or prevent a
    disease is regulated as a drug; in the European Union food information may not ascribe
    such a property to a food. This is triage of words, not a legal verdict: the context of
    the whole label decides: a disease or its signs, a class of medicines, the place of one, help
    for a therapy or against its side effects. A condition ("if you have …") is a claim where
    something is offered for it, a caution where care is asked. A claim on the risk of a disease
    may be an authorised one; those are not listed here, and it is not judged.

    Fails:
        product: Night Desk Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Treats insomnia.]

    Passes:
        product: Night Desk Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements:
          - This product is not intended to diagnose, treat, cure, or prevent any disease.
          - If you have diabetes, consult your physician before use.

    Remedy:
        Speak of the structure or function of the healthy body, or leave the statement out;
        have the wording reviewed.
    """
    for sentence in sentences(case.label):
        if (claim := disease_in(sentence, case.label.market)) is None:
            continue
        if has(sentence, "risk"):
            yield Skip(sentence.path, "a claim on the risk of a disease may be an authorised one")
        elif case.label.market in LICENSED:
            yield Skip(sentence.path, "the product's licence says whether it may name a condition")
        else:
            law = "the law does not let a food claim one"
            if case.label.market == "US":
                law = "a dietary supplement may not claim one"
            yield hit(sentence, claim[0], how=claim[1], law=law)


@rule(
    "CL102",
    "statement-without-disclaimer",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” speaks of the structure or function of the body, and the label as read carries "
    "{carried} of the two sentences of the disclaimer",
    "cfr-101-93",
)
def without_disclaimer(case: Case) -> Iterator[Hit | Skip]:
    """A structure/function statement stands without the text that the law puts beside it.

    21 CFR 101.93(c) gives the words: the statement has not been evaluated by the Food and
    Drug Administration, and the product is not intended to diagnose, treat, cure, or prevent
    any disease. A transcription may have left them out.

    Fails:
        product: Quiet Field Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Supports muscle relaxation.*]

    Passes:
        product: Quiet Field Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements:
          - Supports muscle relaxation.*
          - >-
            * This statement has not been evaluated by the Food and Drug Administration. This
            product is not intended to diagnose, treat, cure, or prevent any disease.

    Remedy:
        Print both sentences of the disclaimer beside the statement, or link them to it by a
        symbol.
    """
    missing = _missing_disclaimer(case) if case.label.market == "US" else ""
    for sentence in sentences(case.label) if missing else ():
        if disease_in(sentence, "US") is None and (claim := next(effects(sentence), None)):
            yield hit(sentence, claim[0], carried=missing)


@rule(
    "CL104",
    "figure-of-absorption",
    Severity.NOTE,
    Certainty.LIKELY,
    "“{words}”: studies disagree on how much is absorbed, and it falls as the amount rises; "
    "chelate evidence {evidence} says what is known",
    "schuette-1994",
    "fine-1991",
)
def absorption(case: Case) -> Iterator[Hit | Skip]:
    """A statement ranks absorption high, higher or highest, or gives it a figure.

    No study compares all forms in healthy people by one method. The fraction absorbed
    depends on the amount taken at once, on the meal and on how it was measured, so one
    figure for a form says little. "Better absorbed" says so of all others unless it names a
    form to compare with; an aid, such as pepper, and a direction rank no form.

    Fails:
        product: High Shelf Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [The best absorbed form of magnesium.]

    Passes:
        product: Low Shelf Magnesium
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg}
        statements: [Better absorbed than magnesium oxide.]

    Remedy:
        Name the study, the amount and what was measured, or leave the figure out.
    """
    for sentence in sentences(case.label):
        claim = absorption_in(sentence)
        if claim and not _of_another_source(case, sentence, claim[0]):
            span, kind = claim
            yield hit(sentence, span, evidence=evidence(kind))


@rule(
    "CL108",
    "health-claim-not-authorised",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” is a health claim, and none on {topic} is known to be authorised for {substance}",
    "reg-432-2012",
    "reg-432-2012-annex",
)
def not_authorised(case: Case) -> Iterator[Hit | Skip]:
    """On a label of the European Union, a health claim that the authorised list does not hold.

    Health claims are prohibited unless they are authorised. For magnesium the list names
    tiredness and fatigue, electrolytes, energy metabolism, the nervous system, muscles,
    protein synthesis, psychological function, bones, teeth and cell division; it has none on
    sleep, and none for glycine. The list is known here for these two alone.

    Fails:
        product: Uferweg Magnesium
        market: EU
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg, percent_nrv: 27 %}
        statements: [Promotes restful sleep.]

    Passes:
        product: Uferweg Magnesium
        market: EU
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 100 mg, percent_nrv: 27 %}
        statements: [Magnesium contributes to normal muscle function.]

    Remedy:
        Use the wording of an authorised claim for a nutrient that the product is a source of.
    """
    for sentence in sentences(case.label) if case.label.market == "EU" else ():
        claims = () if disease_in(sentence, "EU") else tuple(effects(sentence))
        if not claims:
            continue
        about, known = _about(case, sentence), data()["authorised"]
        if not about or not about <= known.keys():
            yield Skip(sentence.path, "the authorised claims are known here for magnesium alone")
            continue
        allowed = {*data()["unjudged"]["topics"], *(t for name in about for t in known[name])}
        for span, topic in [claim for claim in claims if claim[1] not in allowed][:1]:
            named = listed(sorted(about))
            yield hit(sentence, span, topic=topic.replace("-", " "), substance=named)


def _missing_disclaimer(case: Case) -> str:
    """What the label carries of the disclaimer, where that is not both of its sentences."""
    label = case.label
    printed = " ".join((*label.statements, *label.unread, *label.other_ingredients))
    said = unicodedata.normalize("NFC", seen(printed)).casefold()
    carried = _disclaims(said)
    if carried < 2:
        carried = _disclaims(names.normalise(said))
    return ("neither", "one", "")[carried]


def _disclaims(said: str) -> int:
    """How many of the two sentences of the disclaimer stand in a text."""
    return sum(any(text in said for text in ways) for ways in data()["disclaimer"].values())


def _about(case: Case, sentence: Sentence) -> set[str]:
    """The nutrients and substances that a sentence names, else the one that the panel holds.

    The protein of "protein synthesis" and the cholesterol that is lowered are not the subject.
    """
    topics = (span for topic in data()["topics"] for span in found(sentence, "topics", topic))
    claimed = {at for span in topics for at in range(*span)}
    named = {nutrient for at, nutrient in nutrients(sentence) if at not in claimed}
    named |= {s for s in data()["substances"] if has(sentence, "substances", s)}
    return named or alone(case)


def _of_another_source(case: Case, sentence: Sentence, span: Span) -> bool:
    """Whether words are said of a source that the product does not hold: "4 % of oxide"."""
    claims = [judged.claim for judged in case.judged]
    named = [(_families(sentence, span, claim.nutrient), claim.sources) for claim in claims]
    return any(of and of.isdisjoint(s.meaning.family for s in sources) for of, sources in named)


def _families(sentence: Sentence, span: Span, nutrient: str) -> set[str | None]:
    """The sources of a nutrient named up to some words: in full, or "oxide" beside them."""
    start, end = span
    while start and not sentence.words[start].after_mark:
        start -= 1
    printed = [sentence.printed((0, end))]
    printed += [f"{names.spoken(nutrient)} {word.said}" for word in sentence.words[start:end]]
    return {meaning.family for text in printed for meaning in names.find(text, nutrient)}


RULES: tuple[Rule, ...] = (
    disease,
    without_disclaimer,
    absorption,
    not_authorised,
)
