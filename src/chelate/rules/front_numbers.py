"""CL: numbers on the front and in the statements, beside what the panel declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.composition import Claim
from chelate.findings import Certainty, Severity
from chelate.intervals import Interval
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import Sentence, evidence, excused, has, nutrients, sentences, sentences_of
from chelate.units import Amount, DecimalMark, read_amount

_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:mg|g)\b", re.IGNORECASE)
_SEGMENT = re.compile(r"\s[-–—|]\s|,\s|[;()\[\]]|\bwith\b|[.!?](?=\s|$)", re.IGNORECASE)


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


def _front_numbers(case: Case, *, of_compound: bool) -> Iterator[Hit]:
    """The amounts that are the compound's, where the words beside them name it or do not."""
    for judged in case.judged:
        claim = judged.claim
        for sentence in sentences(case.label) if claim.declared else ():
            printed_numbers = list(numbers(sentence, case))
            if any(_is_element(case, claim, mass) for *_, mass in printed_numbers):
                continue
            for printed, amount, mass in printed_numbers:
                source = _compound_of(case, claim, mass)
                if source and names_in(printed, claim.nutrient) == (True, of_compound):
                    yield Hit(sentence.path, printed, _number_facts(claim, printed, amount, source))


def _number_facts(claim: Claim, printed: str, amount: str, source: str) -> dict[str, str]:
    declared = claim.declared.text if claim.declared else ""
    return {
        "words": printed, "amount": amount, "nutrient": names.spoken(claim.nutrient),
        "declared": declared, "source": source, "evidence": evidence("front"),
    }  # fmt: skip


def numbers(sentence: Sentence, case: Case) -> Iterator[tuple[str, str, Interval]]:
    """Masses in a sentence: the words that each stands among, how it is printed, and in mg."""
    if not has(sentence, "masses", "units") or excused(sentence, 0):
        return
    whole = sentence.printed((0, len(sentence.words)))
    mark = _decimal(case)
    for segment in _SEGMENT.split(whole):
        for found_amount in _AMOUNT.finditer(segment):
            read = read_amount(found_amount[0], decimal=mark)
            if isinstance(read, Amount) and read.mass_mg:
                yield segment.strip(), found_amount[0], read.mass_mg


def names_in(text: str, nutrient: str) -> tuple[bool, bool]:
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


RULES: tuple[Rule, ...] = (front_number, compound_number)
