"""What a serving yields, as text: its inputs, its elements and moieties, limits, working."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.cli.yield_output.tables import aligned, blocks, remarks, without_empty, worked
from chelate.figures import mg, mg_range, number, percent
from chelate.intervals import Interval
from chelate.limits import SCOPES, Beside, beside
from chelate.stoichiometry import Held, ServingYield, name_of
from chelate.stoichiometry.words import counted, open_range, serving_remarks, serving_working

_REFERENCES = {"DV": "of the DV", "NRV": "of the NRV"}


def serving_lines(result: ServingYield, *, show_working: bool) -> Iterator[str]:
    """A serving of a dose or a label."""
    working = ["Working", *working_lines(result)] if show_working else []
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


def working_lines(result: ServingYield, *, named: bool = False) -> Iterator[str]:
    """The arithmetic under its headings, indented; of a single input only where `named`."""
    for heading, lines in serving_working(result, named=named):
        yield from ([f"  {heading}"] if heading else [])
        yield from worked(lines)
