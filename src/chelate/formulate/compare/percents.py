"""Printed percentages of Daily Value or NRV beside the amounts that they are of."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import Declared
from chelate.figures import number, stated_mass
from chelate.formulate.compare.equivalents import counted, equivalents_in, unknown_forms
from chelate.formulate.compare.sides import Given, Sides, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.vitamins import in_other_unit, law_unit, reference_counted_mg
from chelate.intervals import Interval
from chelate.models import Market

_EDITIONS = {"US": ("us-2016", "Daily Value"), "EU": ("eu-2011", "NRV")}


def percents(sides: Sides) -> Iterator[Outcome]:
    """Every printed percent, of the amount that is printed or of what is delivered."""
    for row in sides.composition.declared:
        if row.percent is not None:
            yield _percent(row, sides)


def _percent(row: Declared, sides: Sides) -> Outcome:
    name, where = names.spoken(row.nutrient), Where(row.percent_path, None, _text(row))
    subject, market = f"percent of {name}", _market(row, sides)
    reference = _reference(row, market)
    if reference is None:
        reason = "no reference value of it in a mass is known for the market"
        return NotCompared(subject, reason, where)
    given = sides.given(row.nutrient)
    bases = dict(_bases(row, given, market, sides))
    if not bases and given:
        return NotCompared(subject, unknown_forms(given, market, sides), where)
    if not bases:
        return NotCompared(subject, "the recipe yields none, and no amount is printed", where)
    return _beside(row, bases, reference, where)


def _market(row: Declared, sides: Sides) -> Market:
    """Whose reference a percent is of: the EU's where it is of an NRV, else the label's market."""
    return "EU" if row.reference == "nrv" else sides.market


def _reference(row: Declared, market: Market) -> tuple[float, str] | None:
    """The reference value in mg, equivalents as if they were masses, and in words."""
    edition, name = _EDITIONS.get(market, ("", ""))
    value = catalogue.reference_value(row.nutrient, edition) if edition else None
    amount_mg = reference_counted_mg(row.nutrient, market)
    if value is None or not amount_mg:
        return None
    return amount_mg, f"the {name} of {number(value.amount)} {value.unit}"


def _beside(
    row: Declared, bases: dict[str, Interval], reference: tuple[float, str], where: Where
) -> Outcome:
    """The printed percent beside those of the masses that it may be of."""
    (amount_mg, words), unit = reference, catalogue.mass_unit(row.nutrient)
    shares = {of: base.scaled(100 / amount_mg) for of, base in bases.items()}
    working = tuple(
        f"{of}: {span(base, unit)} ÷ {stated_mass(amount_mg, unit)} = {_said(shares[of])}"
        for of, base in bases.items()
    )
    fitting = [of for of, share in shares.items() if _fits(row, share)]
    of = (fitting or list(shares))[-1]
    said, name = f"{_said(shares[of])} of {words}, of {of}", names.spoken(row.nutrient)
    if fitting:
        return Follows(f"percent of {name}", _text(row), said, where, working)
    message = f"The label prints {_text(row)} for {name}; by the recipe it is {said}."
    return Difference("percent-differs", message, _text(row), said, where, working)


def _text(row: Declared) -> str:
    return row.percent.text if row.percent else ""


def _bases(
    row: Declared, given: Given | None, market: Market, sides: Sides
) -> Iterator[tuple[str, Interval]]:
    """What a percent may be of: the printed amount, and what is delivered, as the law counts."""
    printed = equivalents_in(row.path, row.nutrient, sides)
    unit = law_unit(row.nutrient, market)
    if printed and printed.unit == unit:
        yield f"the printed {printed.amount.text}", printed.amount.interval_mg
    elif row.amount and not row.compound and not in_other_unit(row.nutrient, market):
        yield f"the printed {row.amount.text}", row.amount.interval_mg
    of_law = counted(given, market, sides) if given else None
    if of_law:
        yield "what is delivered", of_law.span
    elif given and (unit is None or not printed) and not in_other_unit(row.nutrient, market):
        yield "what is delivered", given.span


def _fits(row: Declared, share: Interval) -> bool:
    """Whether the printed percent may be that share, rounded to a whole percent or finer."""
    assert row.percent
    return touches(row.percent.interval, share)


def _said(share: Interval) -> str:
    low, high = f"{share.low:.1f}", f"{share.high:.1f}"
    return f"{low} %" if low == high else f"{low}–{high} %"
