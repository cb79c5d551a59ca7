"""What a serving yields, as text: its inputs, its elements and moieties, limits, working."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.cli.yield_output.tables import aligned, blocks, remarks, without_empty, worked
from chelate.figures import mg, mg_range, number, percent
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
    yield from aligned(without_empty(moieties_rows(result, reference=reference, heading=heading)))


def limits(result: ServingYield) -> Iterator[str]:
    """What a day gives beside reference values and upper levels."""
    for held in result.moieties:
        known = beside(held.id, held.mg * result.servings_per_day)
        if known:
            taken = mg(held.mg * result.servings_per_day)
            yield f"{taken} {held.name} a day, beside the values for adults"
            rows = [(*level_row(level), "exceeds" if level.exceeded else "") for level in known]
            yield from (f"  {line}" for line in aligned(rows))


def level_row(level: Beside) -> tuple[str, str, str]:
    """A reference value or upper level, its mass, and the share of it that a day gives."""
    scope = f" ({SCOPES[level.scope]})" if level.scope else ""
    share = percent(level.fraction, decimals=0)
    return f"{level.name}{scope}", f"{number(level.amount_mg)} mg", share


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
