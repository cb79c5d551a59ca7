"""A serving's yield in words: remarks on it, and its arithmetic line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chelate.figures import MassUnit, mass, open_range, percent, reckoned
from chelate.intervals import Interval
from chelate.limits import Beside, beside, words_on_limits
from chelate.stoichiometry.constituents import name_of
from chelate.stoichiometry.servings import ServingYield, short_of_claim
from chelate.stoichiometry.yielded import Held


def counted(result: ServingYield) -> str:
    """How many units a serving is, and how often it is taken: " in 2 capsules"."""
    units = f"{result.units_per_serving} {result.unit}{'s' * (result.units_per_serving != 1)}"
    times = "" if result.servings_per_day == 1 else f", {result.servings_per_day} times a day"
    return f" in {units}{times}" if result.units_per_serving != 1 or times else ""


def moieties_rows(
    result: ServingYield, *, reference: str = "DV", heading: str = ""
) -> list[tuple[str, ...]]:
    """A head, then a row for each element and moiety; a cell with nothing to say is empty.

    `reference` is the kind of value that the serving is a share of: DV or NRV.
    """
    head = ("per serving", "range", f"of the {reference}", f"per {result.unit}", "per day")
    rows: list[tuple[str, ...]] = [(heading, *head)]
    for held in result.moieties:
        free = f"{held.name}, free acid" if held.ligand_mg is not None else held.name
        share = _of_reference(held, reference)
        rows.append(_masses(free, held.mg, held.range_mg, result, held.unit, share=share))
        if held.ligand_mg is not None and held.ligand_range_mg is not None:
            as_ligand = f"{held.name}, as ligand"
            ligand = held.ligand_mg, held.ligand_range_mg
            rows.append(_masses(as_ligand, *ligand, result, held.unit))
    return rows


def _masses(
    name: str,
    mass_mg: float,
    range_mg: Interval,
    result: ServingYield,
    unit: MassUnit,
    *,
    share: str = "",
) -> tuple[str, ...]:
    units, times = result.units_per_serving, result.servings_per_day
    per_unit = mass(mass_mg / units, unit) if units > 1 else ""
    per_day = mass(mass_mg * times, unit) if times > 1 else ""
    return name, mass(mass_mg, unit), open_range(range_mg, unit), share, per_unit, per_day


def _of_reference(held: Held, kind: str) -> str:
    shares = [level.fraction for level in beside(held.id, held.mg) if level.kind == kind]
    return percent(shares[0], decimals=0) if shares else ""


def serving_remarks(result: ServingYield) -> Iterator[str]:
    """What is to be said of the inputs, of limits exceeded and of claims missed."""
    for entry in result.inputs:
        yield from entry.remarks
    for held in result.moieties:
        per_day = held.mg * result.servings_per_day
        yield from words_on_limits(held.name, per_day, beside(held.id, per_day))
    for claim in result.claims:
        if short := short_of_claim(claim, name_of(claim.id)):
            yield short
    yield from result.remarks


def serving_working(
    result: ServingYield, *, named: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The arithmetic from the inputs to the shares of reference values, by its headings.

    A single input has no heading unless it is to be `named`, and then all lines are its own.
    """
    several = len(result.inputs) > 1
    together = (
        *_sums([entry.moieties for entry in result.inputs], result.moieties),
        *_per_unit_and_day(result),
        *_shares(result),
    )
    if not several:
        only = result.inputs[0] if result.inputs else None
        own = only.working if only else ()
        yield only.name if only and own and named else "", (*own, *together)
        return
    for entry in result.inputs:
        if entry.working:
            yield entry.name, entry.working
    yield "Together", together


def _sums(inputs: Sequence[Sequence[Held]], moieties: Iterable[Held]) -> Iterator[str]:
    for held in moieties if len(inputs) > 1 else ():
        shares = [h.mg for each in inputs for h in each if h.id == held.id]
        if len(shares) > 1:
            terms = " + ".join(mass(share, held.unit) for share in shares)
            yield f"{terms} = {held.text} {held.name}"


def _per_unit_and_day(result: ServingYield) -> Iterator[str]:
    units, times = result.units_per_serving, result.servings_per_day
    for held in result.moieties:
        whole, unit = held.text, held.unit
        if units > 1:
            yield f"{whole} / {units} = {mass(held.mg / units, unit)} {held.name} per {result.unit}"
        if times > 1:
            yield f"{whole} × {times} = {mass(held.mg * times, unit)} {held.name} a day"


def _shares(result: ServingYield) -> Iterator[str]:
    for held in result.moieties:
        per_day = held.mg * result.servings_per_day
        if result.servings_per_day > 1:
            levels = [level for level in beside(held.id, held.mg) if level.kind != "UL"]
            yield from (share_of(held.mg, level) for level in levels)
        yield from (share_of(per_day, level) for level in beside(held.id, per_day))


def share_of(mass_mg: float, level: Beside) -> str:
    """The arithmetic of a mass as a share of a reference value or level."""
    return f"{part_of(mass_mg, level)}, {level.name}"


def part_of(mass_mg: float, level: Beside) -> str:
    """The same without the name: "208.8 mg / 420 mg = 50 %"."""

    def shared(each_mg: float) -> str:
        return percent(each_mg / level.amount_mg, decimals=0)

    return f"{reckoned(mass_mg, shared, level.unit)} / {level.amount} = {shared(mass_mg)}"
