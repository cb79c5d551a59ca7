"""The output of `chelate yield`: an aligned table for people, JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Any

import click

from chelate.figures import mg, mg_range, number, percent
from chelate.formula import EDITION
from chelate.intervals import Interval
from chelate.limits import SCOPES, Beside, beside, words_on_limits
from chelate.stoichiometry import Held, ServingYield, Yield, name_of, short_of_claim

Result = tuple[str | None, ServingYield]
Row = tuple[str, ...]
_WIDTH = 88


def print_results(results: Iterable[Result], *, form: str, show_working: bool) -> None:
    """Print every result, in text with the edition of the atomic weights at the foot."""
    if form == "json":
        shown = [_as_json(file, result) for file, result in results]
        document = {"version": 1, "atomic_weights": EDITION, "results": shown}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for _, result in results:
        click.echo("\n".join(_lines(result, show_working)))
        click.echo()
    click.echo(f"Atomic weights: {EDITION}.")


def _lines(result: ServingYield, show_working: bool) -> Iterator[str]:
    yield from _head(result)
    yield ""
    yield from _aligned(_table(result))
    for block in (_limits(result), _claims(result)):
        lines = list(block)
        if lines:
            yield from ("", *lines)
    remarks = list(_remarks(result))
    if remarks:
        yield ""
    for remark in remarks:
        yield from textwrap.wrap(remark, _WIDTH, initial_indent="* ", subsequent_indent="  ")
    if show_working:
        yield from ("", "Working")
        yield from _working(result)


def _head(result: ServingYield) -> Iterator[str]:
    counted = f"{result.units_per_serving} {result.unit}{'s' * (result.units_per_serving != 1)}"
    times = "" if result.servings_per_day == 1 else f", {result.servings_per_day} times a day"
    serving = f" in {counted}{times}" if result.units_per_serving != 1 or times else ""
    yield f"{result.product}: {mg(result.mass_mg)}{serving}"
    for entry in result.inputs:
        if len(result.inputs) > 1 or entry.name != result.product:
            yield f"  {mg(entry.dose_mg)} {entry.name}"
        for part in entry.parts:
            of = "" if len(entry.parts) == 1 else f"{mg(part.mg)} {part.name}, "
            yield f"    {of}{part.formula}, {part.molar_mass_g_per_mol:.3f} g/mol"
    open_doses = [e for e in result.inputs if mg(e.dose_range_mg.low) != mg(e.dose_range_mg.high)]
    for entry in open_doses:
        yield f"    by what the name leaves open: {mg_range(entry.dose_range_mg)}"


def _table(result: ServingYield) -> Iterator[Row]:
    """A line for each element and moiety; columns that would say nothing are left out."""
    head = ["", "per serving", "left open by the name", "of the DV", f"per {result.unit}"]
    rows = [[*head, "per day"]]
    for held in result.moieties:
        free = f"{held.name}, free acid" if held.ligand_mg is not None else held.name
        rows.append(_masses(free, held.mg, held.range_mg, result, dv=_of_dv(held)))
        if held.ligand_mg is not None and held.ligand_range_mg is not None:
            as_ligand = f"{held.name}, as ligand"
            rows.append(_masses(as_ligand, held.ligand_mg, held.ligand_range_mg, result))
    shown = [True, True, _any(rows, 2), _any(rows, 3)]
    shown += [result.units_per_serving > 1, result.servings_per_day > 1]
    for row in rows:
        yield tuple(compress(row, shown))


def _any(rows: list[list[str]], column: int) -> bool:
    return any(row[column] for row in rows[1:])


def _masses(
    name: str, mass_mg: float, range_mg: Interval, result: ServingYield, *, dv: str = ""
) -> list[str]:
    is_open = mg(range_mg.low) != mg(range_mg.high)
    left_open = mg_range(range_mg) if is_open else ""
    per_unit, per_day = mass_mg / result.units_per_serving, mass_mg * result.servings_per_day
    return [name, mg(mass_mg), left_open, dv, mg(per_unit), mg(per_day)]


def _of_dv(held: Held) -> str:
    shares = [level.fraction for level in beside(held.id, held.mg) if level.kind == "DV"]
    return percent(shares[0], decimals=0) if shares else ""


def _limits(result: ServingYield) -> Iterator[str]:
    for held in result.moieties:
        known = beside(held.id, held.mg * result.servings_per_day)
        if known:
            taken = mg(held.mg * result.servings_per_day)
            yield f"{taken} {held.name} a day, beside the values for adults"
            yield from (f"  {line}" for line in _aligned(map(_limit, known)))


def _limit(level: Beside) -> Row:
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


def _remarks(result: ServingYield) -> Iterator[str]:
    for entry in result.inputs:
        yield from entry.remarks
    for held in result.moieties:
        per_day = held.mg * result.servings_per_day
        yield from words_on_limits(held.name, per_day, beside(held.id, per_day))
    for claim in result.claims:
        if short := short_of_claim(claim, name_of(claim.id)):
            yield short
    yield from result.remarks


def _working(result: ServingYield) -> Iterator[str]:
    for entry in result.inputs:
        if len(result.inputs) > 1:
            yield f"  {entry.name}"
        yield from (f"    {line}" for line in entry.working)
    for held in result.moieties if len(result.inputs) > 1 else ():
        shares = [h.mg for entry in result.inputs for h in entry.moieties if h.id == held.id]
        if len(shares) > 1:
            yield f"    {' + '.join(map(mg, shares))} = {mg(held.mg)} {held.name}"


def _aligned(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as lines, the first column to the left, the others to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *others in table:
        cells = [first.ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def _as_json(file: str | None, result: ServingYield) -> dict[str, Any]:
    return {
        "file": file,
        "product": result.product,
        "unit": result.unit,
        "units_per_serving": result.units_per_serving,
        "servings_per_day": result.servings_per_day,
        "mass_mg": _rounded(result.mass_mg),
        "inputs": [_input_json(entry) for entry in result.inputs],
        "moieties": [_held_json(held, result) for held in result.moieties],
        "claims": [
            {
                "id": claim.id,
                "claimed_mg": claim.claimed_mg,
                "yield_mg": _rounded(claim.yield_mg),
            }
            for claim in result.claims
        ],
        "remarks": list(_remarks(result)),
    }


def _input_json(entry: Yield) -> dict[str, Any]:
    return {
        "text": entry.text,
        "name": entry.name,
        "dose_mg": _rounded(entry.dose_mg),
        "dose_range_mg": _pair(entry.dose_range_mg),
        "parts": [
            {
                "id": part.id,
                "name": part.name,
                "formula": part.formula,
                "molar_mass_g_per_mol": _rounded(part.molar_mass_g_per_mol),
                "mg": _rounded(part.mg),
            }
            for part in entry.parts
        ],
        "moieties": [_masses_json(held) for held in entry.moieties],
        "working": list(entry.working),
    }


def _masses_json(held: Held) -> dict[str, Any]:
    return {
        "id": held.id,
        "name": held.name,
        "mg": _rounded(held.mg),
        "range_mg": _pair(held.range_mg),
        "ligand_mg": None if held.ligand_mg is None else _rounded(held.ligand_mg),
        "ligand_range_mg": held.ligand_range_mg and _pair(held.ligand_range_mg),
    }


def _held_json(held: Held, result: ServingYield) -> dict[str, Any]:
    per_day_mg = held.mg * result.servings_per_day
    return _masses_json(held) | {
        "mg_per_unit": _rounded(held.mg / result.units_per_serving),
        "mg_per_day": _rounded(per_day_mg),
        "beside": [
            {
                "kind": level.kind,
                "name": level.name,
                "amount_mg": level.amount_mg,
                "fraction": _rounded(level.fraction),
                "scope": level.scope or None,
                "exceeded": level.exceeded,
            }
            for level in beside(held.id, per_day_mg)
        ],
    }


def _pair(interval: Interval) -> list[float]:
    return [_rounded(interval.low), _rounded(interval.high)]


def _rounded(value: float) -> float:
    return round(value, 6)
