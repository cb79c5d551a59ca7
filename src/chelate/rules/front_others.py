"""What a number beside the element's name may be besides its amount, and when it is nothing.

A number may be of a day, of one unit, of two servings, of the whole container, or of something
else that the panel gives. What is left fits neither the element nor its sources: so much of a
source alone would hold another mass of the element, which is all that is said.
"""

from __future__ import annotations

from functools import lru_cache

from chelate import catalogue
from chelate.composition import Claim, Source
from chelate.figures import listed, mass_range
from chelate.intervals import Interval, total
from chelate.rules.lexicon import lexicon
from chelate.rules.rule import Case
from chelate.rules.said import Sentence, nutrient_at, nutrients, sentences_of

_COUNTED = 6  # more units to a serving, or servings to a day, are not looked for
_PHRASE = 20  # words: what is longer says more than an amount
_ROUNDED = 0.1  # by so much of the declared amount a number may be its rounding


def scales(case: Case) -> tuple[float, ...]:
    """A serving, one unit of it, and a day, in servings."""
    serving = case.composition.serving
    return 1.0, 1 / (serving.units or 1), serving.servings_per_day


def is_element(case: Case, claim: Claim, mass: Interval) -> bool:
    """Whether a mass is that of the element, for a serving, a unit of it or a day."""
    declared = claim.declared.interval_mg if claim.declared else Interval(0, 0)
    return any(declared.scaled(scale).overlaps(mass) for scale in scales(case))


def unexplained(case: Case, claim: Claim, mass: Interval) -> str:
    """What a mass, said to be of the element, is found to be instead; "" where it may be right.

    Masses are in mg.
    """
    if _is_some_count(case, claim, mass) or _is_printed_elsewhere(case, mass):
        return ""
    weighed = [source.mass.interval_mg for source in claim.sources if source.mass]
    if weighed and any(total(weighed).scaled(scale).overlaps(mass) for scale in scales(case)):
        return f"fits the masses of {_sources(claim)}"
    if (serving := case.composition.serving.mass) and serving.interval_mg.overlaps(mass):
        return "fits the mass of the whole serving"
    held = held_by(claim.sources, claim.nutrient, mass)
    if held and is_element(case, claim, held):
        return f"may be the mass of {_sources(claim)}"
    if held is None:
        return "stands nowhere in the panel"
    return (
        f"stands nowhere in the panel, and so much {_sources(claim)} alone would hold "
        f"{mass_range(held, claim.unit)}"
    )


def held_by(sources: tuple[Source, ...], nutrient: str, mass: Interval) -> Interval | None:
    """How much of a nutrient a mass of one or several sources holds, in mg; None if unknown."""
    if not sources or not all(source.meaning.substances for source in sources):
        return None
    known = (each for source in sources for each in source.meaning.substances or ())
    members = [catalogue.substance(each) for each in known]
    fractions = [catalogue.element_fraction(member, nutrient) for member in members]
    return Interval(mass.low * min(fractions), mass.high * max(fractions))


def _sources(claim: Claim) -> str:
    return listed([source.text for source in claim.sources])


def _is_some_count(case: Case, claim: Claim, mass: Interval) -> bool:
    """Whether a mass is the element's in some servings or a part of one, or in the container."""
    rows = [row.amount.interval_mg for row in case.composition.declared
            if row.nutrient == claim.nutrient and row.amount and not row.compound]  # fmt: skip
    if claim.declared:
        rows += [claim.declared.interval_mg, total(rows)]
    counts = range(1, _COUNTED + 1)
    factors = {s * f for s in scales(case) for n in counts for f in (n, 1 / n)}
    whole = case.composition.serving.per_container
    return any(
        _is_rounded(row, mass)
        or any(row.scaled(factor).overlaps(mass) for factor in factors)
        or (whole and Interval(row.low * whole.low, row.high * whole.high).overlaps(mass))
        for row in rows
    )


def _is_rounded(row: Interval, mass: Interval) -> bool:
    return abs(mass.middle - row.middle) <= _ROUNDED * row.middle


def _is_printed_elsewhere(case: Case, mass: Interval) -> bool:
    """Whether another row of the panel has a mass: another compound's, a blend's, a moiety's."""
    rows = [row.amount for row in case.composition.declared]
    rows += [row.amount for row in case.composition.moieties]
    rows += [claim.blend for claim in case.composition.claims]
    return any(row.interval_mg.overlaps(mass) for row in rows if row)


@lru_cache(maxsize=256)
def names_only(words: str, nutrient: str) -> bool:
    """Whether words name a nutrient and no other."""
    named = {name for s in sentences_of("", words) for _, name in nutrients(s)}
    return named == {nutrient}


def is_asserted(words: str, amount: str, nutrient: str, *, named: bool) -> bool:
    """Whether words say of a nutrient that there is so much of it, and nothing besides.

    In a product's name, where `named`, that is asked of what stands between the two.

    >>> is_asserted("Contains 1500 mg of pure magnesium", "1500 mg", "magnesium", named=False)
    True
    >>> is_asserted("Adults need 420 mg of magnesium", "420 mg", "magnesium", named=False)
    False
    """
    short = len(words.split()) <= _PHRASE
    return (
        short
        and names_only(words, nutrient)
        and any(_asserts(s, amount, named=named) for s in sentences_of("", words))
    )


def _asserts(sentence: Sentence, amount: str, *, named: bool) -> bool:
    first = sentence.text.find(amount)
    own = [i for at, _ in nutrients(sentence)
           for i in range(at, (nutrient_at(sentence, at) or (at + 1, ""))[0])]  # fmt: skip
    numbered = [i for i, word in enumerate(sentence.words)
                if first <= word.start and word.end <= first + len(amount)]  # fmt: skip
    if not own or not numbered:
        return False
    low, high = min((*own, *numbered)), max((*own, *numbered)) + 1
    among = range(low, high) if named else range(len(sentence.words))
    plain = lexicon("masses", "plain").heads
    rest = (sentence.words[i].said for i in among if i not in own and i not in numbered)
    return all(said in plain for said in rest)
