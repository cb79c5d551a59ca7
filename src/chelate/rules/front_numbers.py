"""CL: numbers on the front and in the statements, beside what the panel declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chelate import catalogue, resources
from chelate.catalogue import names
from chelate.composition import Claim
from chelate.findings import Certainty, Severity
from chelate.intervals import Interval
from chelate.rules.excuses import excused
from chelate.rules.front_others import (
    held_by,
    is_asserted,
    is_element,
    names_only,
    scales,
    unexplained,
)
from chelate.rules.lexicon import joining
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.rules.said import Sentence, evidence, has, nutrients, sentences, sentences_of
from chelate.units import Amount, DecimalMark, read_amount

_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:mg|g)\b", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?<=\s)(?:\d{1,2},\d{3}|\d{2,4})\s*$")
_FAR = 6.0  # times the element: beyond, a name gives it whatever else it says
_SEGMENT = re.compile(r"\s[-–—|]\s|,\s|[;()\[\]]|\bwith\b|[.!?](?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A mass as printed: the words that it stands among, the amount, and what it is in mg.

    `fronted` says that it stands in the product's name; `of_milligrams`, that it is printed in
    mg and said of no other product.
    """

    words: str
    amount: str
    mass: Interval
    fronted: bool = False
    of_milligrams: bool = False


@rule(
    "CL107",
    "front-number-is-not-the-element",
    Severity.WARNING,
    Certainty.LIKELY,
    "“{words}” gives {amount} as {nutrient}, of which the panel declares {declared}; {amount} "
    "{fits}; chelate evidence {evidence} says more",
    "cfr-101-36",
)
def front_number(case: Case) -> Iterator[Hit | Skip]:
    """A number beside the element's name is not the element's.

    The panel gives the weight of the element, not of its source. "Magnesium 1,000 mg" on the
    front of a product with 141 mg of magnesium is seven times the magnesium in it. A number at
    the end of the name is read in mg; words that name another compound make it that compound's.
    A number that is neither the element's nor its source's is told too, unless it may be that
    of a day, of some servings or a part of one, of the container or of another row.

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
        Print the element's amount beside it, as the panel declares it.
    """
    yield from _front_numbers(case, of_compound=True)


def _front_numbers(case: Case, *, of_compound: bool) -> Iterator[Hit]:
    """The amounts that are the compound's, where the words beside them name it or do not."""
    texts = [(s.path, tuple(numbers(s, case))) for s in sentences(case.label)]
    texts.append(("product", tuple(_without_unit(case.label.product))))
    for judged in case.judged:
        claim = judged.claim
        for path, found in texts if claim.declared else ():
            if any(is_element(case, claim, number.mass) for number in found):
                continue
            for number in found:
                source = _compound_of(case, claim, number.mass) or ""
                fits = f"fits the mass of {source}" if source else ""
                if not fits and not of_compound and _gives(number, claim):
                    fits = unexplained(case, claim, number.mass)
                if fits and _names(number, claim) == (True, of_compound):
                    yield Hit(path, number.words, _number_facts(claim, number, source, fits))


def _gives(number: Number, claim: Claim) -> bool:
    """Whether a number is given as the element's: in plain words, or far above it in the name."""
    named = number.fronted
    if not number.of_milligrams or not names_only(number.words, claim.nutrient):
        return False
    far = named and _is_far(claim, number.mass)
    return far or is_asserted(number.words, number.amount, claim.nutrient, named=named)


def _is_far(claim: Claim, mass: Interval) -> bool:
    """Whether a mass is many times the element's, where no source's mass is printed."""
    declared = claim.declared.interval_mg if claim.declared else mass
    low, high = sorted((declared.high, mass.high))
    return high > _FAR * low and not any(source.mass for source in claim.sources)


def _number_facts(claim: Claim, number: Number, source: str, fits: str) -> dict[str, str]:
    declared = claim.declared.text if claim.declared else ""
    return {
        "words": number.words, "amount": number.amount, "nutrient": names.spoken(claim.nutrient),
        "declared": declared, "source": source, "fits": fits, "evidence": evidence("front"),
    }  # fmt: skip


def numbers(sentence: Sentence, case: Case) -> Iterator[Number]:
    """Masses in a sentence, each with the words that it stands among."""
    if not has(sentence, "masses", "units") or excused(sentence, 0):
        return
    whole = sentence.printed((0, len(sentence.words)))
    mark, elsewhere = _decimal(case), has(sentence, "others")
    for segment in _segments(whole):
        for found in _AMOUNT.finditer(segment):
            read = read_amount(found[0], decimal=mark)
            if isinstance(read, Amount) and read.mass_mg:
                fronted = sentence.path == "product"
                own = found[0].lower().endswith("mg") and not elsewhere
                yield Number(segment.strip(), found[0], read.mass_mg, fronted, own)


def _segments(text: str) -> Iterator[str]:
    """The parts of a text that speak of one thing each.

    An amount on its own belongs to the words before it.

    >>> [*_segments("Magnesium, 500 mg, with zinc")]
    ['Magnesium, 500 mg', 'zinc']
    """
    start, parts = 0, list[tuple[int, int]]()
    for stop, after in (*(m.span() for m in _SEGMENT.finditer(text)), (len(text), len(text))):
        alone = _AMOUNT.fullmatch(text[start:stop].strip())
        if alone and parts and not _AMOUNT.search(text, *parts[-1]):
            parts[-1] = parts[-1][0], stop + text[stop:after].startswith(")")
        elif text[start:stop].strip():
            parts.append((start, stop))
        start = after
    yield from (text[first:last].strip() for first, last in parts)


def _without_unit(product: str) -> Iterator[Number]:
    """The numbers that parts of a product's name end with, which are read in mg: "Zinc 50"."""
    for segment in _SEGMENT.split(product):
        if found := _LAST_NUMBER.search(segment):
            printed = found[0].strip()
            read = read_amount(f"{printed} mg", decimal=".")
            if isinstance(read, Amount) and read.mass_mg:
                yield Number(segment.strip(), f"{printed} (mg)", read.mass_mg)


def _names(number: Number, claim: Claim) -> tuple[bool, bool]:
    """Whether the words of a number name a claim's nutrient, and whether a source of it.

    Neither where they name another source or a mark of one, or more stands between the number
    and the nutrient: "1 g of magnesium citrate", "1 g of taurine and magnesium".
    """
    named, compound = names_in(number.words, claim.nutrient)
    families = {meaning.family for meaning in names.find(number.words, claim.nutrient)}
    own = {source.meaning.family for source in claim.sources}
    other = bool(families) and families.isdisjoint(own)
    if other or _is_marked(number.words, own) or not _stands_beside(number, claim.nutrient):
        return False, False
    return named, compound


def _is_marked(words: str, own: set[str | None]) -> bool:
    """Whether words hold the mark of a compound that is none of some sources: "1 g Magtein"."""
    said = f" {names.normalise(words)} "
    others = (mark for mark in catalogue.marks().values() if mark.family not in {None, *own})
    return any(f" {text} " in said for mark in others for text in mark.texts)


def _stands_beside(number: Number, nutrient: str) -> bool:
    """Whether no "and" and no other number stands between a number and the nutrient's name."""
    first = number.words.find(number.amount.removesuffix(" (mg)"))
    last = first + len(number.amount.removesuffix(" (mg)"))
    named = [
        word for sentence in sentences_of("", number.words)
        for at, name in nutrients(sentence) if name == nutrient
        for word in sentence.words[at : at + 1]
    ]  # fmt: skip
    between = (number.words[last : w.start] + number.words[w.end : first] for w in named)
    return not named or any(_is_one_phrase(text) for text in between)


def _is_one_phrase(text: str) -> bool:
    said = re.findall(r"\w+", text.lower())
    return joining().isdisjoint(said) and not any(word[0].isdigit() for word in said)


def names_in(text: str, nutrient: str) -> tuple[bool, bool]:
    """Whether words name a nutrient, and whether they name a source of it."""
    compound = bool(names.find(text, nutrient))
    spoken = {name for sentence in sentences_of("", text) for _, name in nutrients(sentence)}
    return nutrient in spoken or compound, compound


def _decimal(case: Case) -> DecimalMark:
    marks: dict[str, DecimalMark] = resources.toml("wording.toml")["languages"]["decimal_mark"]
    return marks.get(case.label.language or "", ".")


def _compound_of(case: Case, claim: Claim, mass: Interval) -> str | None:
    """The source whose mass a number is: printed so, or by the element that it would hold."""
    for source in claim.sources:
        if source.mass and any(source.mass.interval_mg.scaled(s).overlaps(mass)
                               for s in scales(case)):  # fmt: skip
            return source.text
    if len(claim.sources) != 1 or claim.sources[0].mass:
        return None
    held = held_by(claim.sources, claim.nutrient, mass)
    return claim.sources[0].text if held and is_element(case, claim, held) else None


RULES: tuple[Rule, ...] = (front_number, compound_number)
