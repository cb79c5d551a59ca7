"""Vitamins that a label prints in RAE, RE, α-TE, NE or DFE, and what the recipe counts in these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.composition import Printed
from chelate.composition.amounts import reading_of
from chelate.composition.rows import Entry
from chelate.figures import listed
from chelate.formulate.compare.claimed import Claimed
from chelate.formulate.compare.holdings import called
from chelate.formulate.compare.sides import Given, Sides
from chelate.formulate.delivery import Ingredient
from chelate.formulate.supplied import is_by_the_way, sources_in
from chelate.formulate.vitamins import equivalence, known_forms, law_unit
from chelate.intervals import Interval, total
from chelate.models import Market
from chelate.units import Amount, mass_mg, read_amount

_MARKETS: tuple[Market, ...] = ("US", "EU")


@dataclass(frozen=True, slots=True)
class Equivalents:
    """An amount in the unit of a market's law, in mg as if that were a mass.

    `beside` is the mass that is printed with it: the 400 mcg of "680 mcg DFE (400 mcg folic
    acid)".
    """

    amount: Printed
    market: Market
    unit: str
    beside: Printed | None = None


def equivalents_in(path: str, nutrient: str, sides: Sides) -> Equivalents | None:
    """What a row prints in the unit of a law; None where it prints something else, or nothing."""
    entry = next((each for each in sides.entries if each.path == path), None)
    text = entry.row.amount if entry else None
    if entry is None or text is None:
        return None
    read = read_amount(text, decimal=reading_of(sides.label).mark_for(text))
    if not isinstance(read, Amount) or read.operator != "=" or read.number is None:
        return None
    scale, _, of = read.unit.partition(" ")
    market = next((m for m in _markets(sides) if of and _word(nutrient, m) == of), None)
    if market is None:
        return None
    each_mg = mass_mg(f"1 {scale}")
    amount = Printed(
        f"{entry.path}.amount", text, read.interval.scaled(each_mg), float(read.number) * each_mg
    )
    unit = law_unit(nutrient, market) or ""
    return Equivalents(amount, market, unit, _beside(entry, nutrient, read))


def _markets(sides: Sides) -> Sequence[Market]:
    """Every market, that of the label first."""
    return sorted(_MARKETS, key=lambda market: market != sides.market)


def _word(nutrient: str, market: Market) -> str:
    """The word for the equivalents of a law: "RAE"."""
    return (law_unit(nutrient, market) or "").partition(" ")[2]


def _beside(entry: Entry, nutrient: str, read: Amount) -> Printed | None:
    """The mass that the brackets behind an amount give of what was added."""
    named = catalogue.nutrients()[nutrient].dv_named
    text = read.restated
    if not named or not text.casefold().endswith(f" {named}"):
        return None
    added = read_amount(text[: -len(named)].strip())
    if not isinstance(added, Amount) or added.mass_mg is None or added.value_mg is None:
        return None
    return Printed(f"{entry.path}.amount", added.text, added.mass_mg, added.value_mg)


def counted(given: Given, market: Market, sides: Sides) -> Given | None:
    """What the recipe gives of a vitamin in the unit of a law; None where a form is not known."""
    factors = {i.path: _factor(i, given.id, market, sides) for i in _holding(given.id, sides)}
    known = [factor for factor in factors.values() if factor is not None]
    if not known or len(known) < len(factors):
        return None
    if len(set(known)) == 1:
        return _times(given, known[0], market)
    parts = [
        _times(own, factors[i.path] or 1.0, market, least=not _is_aside(i, given.id, sides))
        for i in _holding(given.id, sides)
        if (own := sides.given(given.id, [i]))
    ]
    made, wanted, end = (
        total(getattr(each, name) for each in parts) for name in ("made", "wanted", "end")
    )
    factor = sum(each.made_mg for each in parts) / given.made_mg
    return _in_law(given, factor, market, (made, wanted, end))


def unknown_forms(given: Given, market: Market, sides: Sides) -> str:
    """Why it is not known what the recipe's vitamin counts in the unit of a law."""
    holding = _holding(given.id, sides)
    unknown = [called(i) for i in holding if _factor(i, given.id, market, sides) is None]
    return f"what {listed(unknown)} counts in {law_unit(given.id, market)} is not known"


def counted_claim(claim: Claimed | None, given: Given, as_counted: Given) -> Claimed | None:
    """A claim of the recipe, which is a mass, in the unit that the label is in."""
    if claim is None:
        return None
    factor = as_counted.made_mg / given.made_mg
    mass = claim.mass_mg.scaled(factor)
    return replace(claim, mass_mg=mass, text=f"{claim.text} ({as_counted.says(mass)})")


def _holding(nutrient: str, sides: Sides) -> list[Ingredient]:
    return [i for i in sides.delivery.ingredients if sides.given(nutrient, [i])]


def _factor(ingredient: Ingredient, nutrient: str, market: Market, sides: Sides) -> float | None:
    """What a mass of it counts; of what only holds it by the way, at most."""
    name = f"{ingredient.entry.substance} {ingredient.entry.label_name or ''}"
    factor = equivalence(nutrient, market, name)
    if factor is None and _is_aside(ingredient, nutrient, sides):
        return max(known_forms(nutrient, market).values(), default=None)
    return factor


def _is_aside(ingredient: Ingredient, nutrient: str, sides: Sides) -> bool:
    own = sources_in(sides.delivery)[ingredient.path]
    return is_by_the_way(ingredient, nutrient, own)


def _times(given: Given, factor: float, market: Market, *, least: bool = True) -> Given:
    """The same in the unit of a law; the least is none where it may not count at all."""
    own = tuple(each.scaled(factor) for each in (given.made, given.wanted, given.end))
    ranges = own if least else tuple(Interval(0.0, each.high) for each in own)
    return _in_law(given, factor, market, ranges)


def _in_law(given: Given, factor: float, market: Market, ranges: tuple[Interval, ...]) -> Given:
    """What is given in the unit of a law: as made, as wanted, and at the end."""
    made, wanted, end = ranges
    word = _word(given.id, market)
    own = replace(given, counted_in=word, factor=factor, made=made, wanted=wanted, end=end)
    line = f"in {law_unit(given.id, market)}: {own.says(made)}"
    return replace(own, made_mg=given.made_mg * factor, working=(*given.working, line))
