"""What a serving yields, as text: its inputs, its elements and moieties, limits, working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chelate.cli.yield_output.tables import aligned, blocks, remarks, without_empty, worked
from chelate.figures import mg, mg_range, number, percent
from chelate.intervals import Interval
from chelate.limits import SCOPES, Beside, beside, words_on_limits
from chelate.stoichiometry import Held, ServingYield, name_of, short_of_claim

_REFERENCES = {"DV": "of the DV", "NRV": "of the NRV"}


def serving_lines(result: ServingYield, *, show_working: bool) -> Iterator[str]:
    """A serving of a dose or a label."""
    working = ["Working", *serving_working(result)] if show_working else []
    yield from blocks(
        head(result),
        moieties_table(result),
        limits(result),
        _claims(result),
        remarks(serving_remarks(result)),
        working,
    )


def head(result: ServingYield) -> Iterator[str]:
    """What is taken, and the compounds that it is made of."""
    yield f"{result.product}: {mg(result.mass_mg)}{counted(result)}"
    for entry in result.inputs:
        if len(result.inputs) > 1 or entry.name != result.product:
            yield f"  {mg(entry.dose_mg)} {entry.name}"
        for part in entry.parts:
            of = "" if len(entry.parts) == 1 else f"{mg(part.mg)} {part.name}, "
            yield f"    {of}{part.formula}, {part.molar_mass_g_per_mol:.3f} g/mol"
    open_doses = [e for e in result.inputs if mg(e.dose_range_mg.low) != mg(e.dose_range_mg.high)]
    for entry in open_doses:
        yield f"    range of the dose: {mg_range(entry.dose_range_mg)}"


def counted(result: ServingYield) -> str:
    """How many units a serving is, and how often it is taken: " in 2 capsules"."""
    units = f"{result.units_per_serving} {result.unit}{'s' * (result.units_per_serving != 1)}"
    times = "" if result.servings_per_day == 1 else f", {result.servings_per_day} times a day"
    return f" in {units}{times}" if result.units_per_serving != 1 or times else ""


def moieties_table(
    result: ServingYield, *, reference: str = "DV", heading: str = ""
) -> Iterator[str]:
    """A line for each element and moiety; columns that would say nothing are left out."""
    if not result.moieties:
        yield "Nothing that is counted is delivered."
        return
    head = ["per serving", "range", _REFERENCES[reference], f"per {result.unit}", "per day"]
    rows = [[heading, *head]]
    for held in result.moieties:
        free = f"{held.name}, free acid" if held.ligand_mg is not None else held.name
        share = _of_reference(held, reference)
        rows.append(_masses(free, held.mg, held.range_mg, result, share=share))
        if held.ligand_mg is not None and held.ligand_range_mg is not None:
            as_ligand = f"{held.name}, as ligand"
            rows.append(_masses(as_ligand, held.ligand_mg, held.ligand_range_mg, result))
    yield from aligned(without_empty(rows))


def _masses(
    name: str, mass_mg: float, range_mg: Interval, result: ServingYield, *, share: str = ""
) -> list[str]:
    units, times = result.units_per_serving, result.servings_per_day
    per_unit = mg(mass_mg / units) if units > 1 else ""
    per_day = mg(mass_mg * times) if times > 1 else ""
    return [name, mg(mass_mg), open_range(range_mg), share, per_unit, per_day]


def open_range(range_mg: Interval) -> str:
    """The range, or nothing where both its ends read the same."""
    return mg_range(range_mg) if mg(range_mg.low) != mg(range_mg.high) else ""


def _of_reference(held: Held, kind: str) -> str:
    shares = [level.fraction for level in beside(held.id, held.mg) if level.kind == kind]
    return percent(shares[0], decimals=0) if shares else ""


def limits(result: ServingYield) -> Iterator[str]:
    """What a day gives beside reference values and upper levels."""
    for held in result.moieties:
        known = beside(held.id, held.mg * result.servings_per_day)
        if known:
            taken = mg(held.mg * result.servings_per_day)
            yield f"{taken} {held.name} a day, beside the values for adults"
            yield from (f"  {line}" for line in aligned(map(_limit, known)))


def _limit(level: Beside) -> tuple[str, ...]:
    scope = f" ({SCOPES[level.scope]})" if level.scope else ""
    share = percent(level.fraction, decimals=0)
    amount = f"{number(level.amount_mg)} mg"
    return f"{level.name}{scope}", amount, share, "exceeds" if level.exceeded else ""


def _claims(result: ServingYield) -> Iterator[str]:
    for claim in result.claims:
        yield (
            f"claim {mg(claim.claimed_mg)} {name_of(claim.id)}: the inputs yield "
            f"{mg(claim.yield_mg)}, {percent(claim.fraction)} of it"
        )


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


def serving_working(result: ServingYield, *, named: bool = False) -> Iterator[str]:
    """The arithmetic from the inputs to the table, and to the shares of reference values."""
    several = len(result.inputs) > 1
    for entry in result.inputs:
        if entry.working and (several or named):
            yield f"  {entry.name}"
        yield from worked(entry.working)
    if several:
        yield "  Together"
    yield from worked(_sums([entry.moieties for entry in result.inputs], result.moieties))
    yield from worked(_per_unit_and_day(result))
    yield from worked(_shares(result))


def _sums(inputs: Sequence[Sequence[Held]], moieties: Iterable[Held]) -> Iterator[str]:
    for held in moieties if len(inputs) > 1 else ():
        shares = [h.mg for each in inputs for h in each if h.id == held.id]
        if len(shares) > 1:
            yield f"{' + '.join(map(mg, shares))} = {mg(held.mg)} {held.name}"


def _per_unit_and_day(result: ServingYield) -> Iterator[str]:
    units, times = result.units_per_serving, result.servings_per_day
    for held in result.moieties:
        if units > 1:
            each = f"{mg(held.mg / units)} {held.name}"
            yield f"{mg(held.mg)} / {units} = {each} per {result.unit}"
        if times > 1:
            yield f"{mg(held.mg)} × {times} = {mg(held.mg * times)} {held.name} a day"


def _shares(result: ServingYield) -> Iterator[str]:
    for held in result.moieties:
        per_day = held.mg * result.servings_per_day
        if result.servings_per_day > 1:
            levels = [level for level in beside(held.id, held.mg) if level.kind != "UL"]
            yield from (_share(held.mg, level) for level in levels)
        yield from (_share(per_day, level) for level in beside(held.id, per_day))


def _share(mass_mg: float, level: Beside) -> str:
    share = percent(level.fraction, decimals=0)
    return f"{mg(mass_mg)} / {number(level.amount_mg)} mg = {share}, {level.name}"
