"""Printed percentages of Daily Value or NRV beside the amounts that they are of."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import Declared
from chelate.figures import number, stated_mass
from chelate.formulate.compare.sides import Given, Sides, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.intervals import Interval

_EDITIONS = {"US": ("us-2016", "Daily Value"), "EU": ("eu-2011", "NRV")}


def percents(sides: Sides) -> Iterator[Outcome]:
    """Every printed percent, of the amount that is printed or of what is delivered."""
    for row in sides.composition.declared:
        if row.percent is not None:
            yield _percent(row, sides)


def _percent(row: Declared, sides: Sides) -> Outcome:
    name, where = names.spoken(row.nutrient), Where(row.percent_path, None, _text(row))
    subject, reference = f"percent of {name}", _reference(row, sides)
    if reference is None:
        reason = "no reference value of it in a mass is known for the market"
        return NotCompared(subject, reason, where)
    bases = dict(_bases(row, sides.given(row.nutrient)))
    if not bases:
        return NotCompared(subject, "the recipe yields none, and no amount is printed", where)
    return _beside(row, bases, reference, where)


def _reference(row: Declared, sides: Sides) -> tuple[float, str] | None:
    """The reference value in mg, and in words: the NRV where one is printed, else the market's."""
    market = "EU" if row.reference == "nrv" else sides.market
    edition, name = _EDITIONS.get(market, ("", ""))
    value = catalogue.reference_value(row.nutrient, edition) if edition else None
    if value is None or not value.amount_mg:
        return None
    return value.amount_mg, f"the {name} of {number(value.amount)} {value.unit}"


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


def _bases(row: Declared, given: Given | None) -> Iterator[tuple[str, Interval]]:
    """The masses that a percent may be of: the printed amount, and what is delivered."""
    if row.amount and not row.compound:
        yield f"the printed {row.amount.text}", row.amount.interval_mg
    if given:
        yield "what is delivered", given.span


def _fits(row: Declared, share: Interval) -> bool:
    """Whether the printed percent may be that share, rounded to a whole percent or finer."""
    assert row.percent
    return touches(row.percent.interval, share)


def _said(share: Interval) -> str:
    low, high = f"{share.low:.1f}", f"{share.high:.1f}"
    return f"{low} %" if low == high else f"{low}–{high} %"
