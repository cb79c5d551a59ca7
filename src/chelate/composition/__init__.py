"""Label -> Composition: names resolved, masses as intervals, element and compound told apart."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.composition.amounts import reading_of
from chelate.composition.claims import COMPOUND_BY_PERCENT, claims_of
from chelate.composition.exact import exact_ends, exact_mg
from chelate.composition.ingredients import may_be_source, named_ingredients
from chelate.composition.moieties import declared_moieties
from chelate.composition.price import price_of
from chelate.composition.rows import Entry, entries
from chelate.composition.serving import serving_of
from chelate.composition.values import (
    Claim,
    Composition,
    Declared,
    DeclaredMoiety,
    Printed,
    Problem,
    Serving,
    Settled,
    Source,
)
from chelate.models import Label

__all__ = [
    "Claim",
    "Composition",
    "Declared",
    "DeclaredMoiety",
    "Printed",
    "Problem",
    "Serving",
    "Settled",
    "Source",
    "compose",
    "exact_ends",
    "exact_mg",
]


def compose(label: Label) -> Composition:
    """Resolve a label. Never raises for what is printed: problems are part of the result."""
    reading = reading_of(label)
    rows = entries(label, reading)
    named = tuple(named_ingredients(label))
    beside = tuple(s for s in named if may_be_source(s))
    claims = claims_of(label, rows, beside, reading)
    moieties = tuple(declared_moieties(rows, claims, reading))
    serving, price = serving_of(label, rows, reading), price_of(label, reading)
    return Composition(
        serving,
        claims,
        tuple(_declared(rows, claims)),
        tuple(s for s in named if s not in beside),
        tuple(dict.fromkeys(reading.problems)),
        tuple(reading.settled),
        moieties,
        price,
    )


def _declared(rows: tuple[Entry, ...], claims: tuple[Claim, ...]) -> Iterator[Declared]:
    """Every row of a nutrient with its amount and percent, as the element where that is said."""
    elemental = {claim.path: claim for claim in claims}
    for entry in (inner for row in rows for inner in row.walk()):
        if entry.nutrient is None or (entry.amount is None and entry.percent is None):
            continue
        claim = elemental.get(entry.path)
        is_compound = (
            claim.reading == COMPOUND_BY_PERCENT
            if claim and entry.kind == "element"
            else entry.kind == "source" and (claim is None or claim.declared is None)
        )
        amount = claim.declared if claim and claim.declared else entry.amount
        reference = "nrv" if entry.row.percent_nrv is not None else "dv"
        yield Declared(
            entry.nutrient, entry.path, entry.row.name, amount, entry.percent,
            entry.percent_path, reference, compound=is_compound,
        )  # fmt: skip
