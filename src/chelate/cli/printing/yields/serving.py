"""What a serving yields, as text: its inputs, its elements and moieties, limits, working."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.cli.printing.yields.tables import aligned, blocks, remarks, without_empty, worked
from chelate.figures import mass, open_range, percent
from chelate.limits import SCOPES, Beside, beside
from chelate.stoichiometry import ServingYield, name_of
from chelate.stoichiometry.words import (
    counted,
    moieties_rows,
    serving_remarks,
    serving_working,
)


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
    yield f"{result.product}: {mass(result.mass_mg, result.mass_unit)}{counted(result)}"
    for entry in result.inputs:
        if len(result.inputs) > 1 or entry.name != result.product:
            yield f"  {entry.dose} {entry.name}"
        for part in entry.parts:
            of = "" if len(entry.parts) == 1 else f"{mass(part.mg, entry.unit)} {part.name}, "
            yield f"    {of}{part.formula}, {part.molar_mass_g_per_mol:.3f} g/mol"
    doses = (open_range(entry.dose_range_mg, entry.unit) for entry in result.inputs)
    for dose in filter(None, doses):
        yield f"    range of the dose: {dose}"


def moieties_table(
    result: ServingYield, *, reference: str = "DV", heading: str = ""
) -> Iterator[str]:
    """A line for each element and moiety; columns that would say nothing are left out."""
    if not result.moieties:
        yield "Nothing that is counted is delivered."
        return
    yield from aligned(without_empty(moieties_rows(result, reference=reference, heading=heading)))


def limits(result: ServingYield) -> Iterator[str]:
    """What a day gives beside reference values and upper levels."""
    for held in result.moieties:
        known = beside(held.id, held.mg * result.servings_per_day)
        if known:
            taken = mass(held.mg * result.servings_per_day, held.unit)
            yield f"{taken} {held.name} a day, beside the values for adults"
            rows = [(*level_row(level), "exceeds" if level.exceeded else "") for level in known]
            yield from (f"  {line}" for line in aligned(rows))


def level_row(level: Beside) -> tuple[str, str, str]:
    """A reference value or upper level, its mass, and the share of it that a day gives."""
    scope = f" ({SCOPES[level.scope]})" if level.scope else ""
    share = percent(level.fraction, decimals=0)
    return f"{level.name}{scope}", level.amount, share


def _claims(result: ServingYield) -> Iterator[str]:
    for claim in result.claims:
        yield (
            f"claim {mass(claim.claimed_mg, claim.unit)} {name_of(claim.id)}: the inputs yield "
            f"{mass(claim.yield_mg, claim.unit)}, {percent(claim.fraction)} of it"
        )


def working_lines(result: ServingYield, *, named: bool = False) -> Iterator[str]:
    """The arithmetic under its headings, indented; of a single input only where `named`."""
    for heading, lines in serving_working(result, named=named):
        yield from ([f"  {heading}"] if heading else [])
        yield from worked(lines)
