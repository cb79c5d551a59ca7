"""The output of `chelate gate`: its factors, what they rest on and its limits, each once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from chelate.catalogue import Reference
from chelate.cli.printing.citations import limit_lines, source_lines
from chelate.figures import number
from chelate.gate import Gate, Record, Sweep, cited, jobs, limits, with_each_block
from chelate.gate.words import conditions, millivolts, parameter, relative

VERSION = 1
_DIGITS = 6
_ROWS = 9
_FACTORS = {
    "glutamate_site": "glutamate site, occupied",
    "coagonist_site": "co-agonist site, occupied",
    "unblocked": "unblocked by magnesium",
}
Json = dict[str, Any]
Row = tuple[str, ...]


def gate_text(gate: Gate, sweep: Sweep | None = None) -> str:
    """The whole output for people; it ends with a line break."""
    return "\n".join(_lines(gate, sweep)) + "\n"


def gate_json(gate: Gate, sweep: Sweep | None = None) -> str:
    """The whole output for programs, keys stable within a version."""
    found = {
        "version": VERSION,
        "receptor": _receptor(gate),
        "conditions": _rounded(asdict(gate.conditions)),
        "factors": _rounded({name: getattr(gate, name) for name in _FACTORS}),
        "gate": _figure(gate.opening),
        "by_block": {name: _figure(other.opening) for name, other in with_each_block(gate).items()},
        "parameters": [asdict(each) for each in gate.parameters],
        "glycine": [asdict(job) for job in jobs()],
        "limits": [limit.text for limit in limits()],
        "references": [asdict(each) for each in _references(gate)],
        "sweep": _sweep_json(sweep) if sweep else None,
    }
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _lines(gate: Gate, sweep: Sweep | None) -> Iterator[str]:
    yield f"NMDA receptor GluN1/GluN{gate.subunit}: the coincidence gate, a teaching model"
    yield ""
    yield from _aligned(_factors(gate))
    if closed := _closed(gate):
        yield f"  {closed}"
    yield from ("", "The gate with each published set of coefficients for the magnesium block")
    yield from _aligned(_by_block(gate))
    if sweep:
        yield from ("", f"The gate along {sweep.axis.name}")
        yield from _aligned(_sweep_rows(sweep))
    yield from ("", f"Parameters (rat, recombinant; Hill coefficient {number(gate.hill)})")
    yield from _aligned((parameter(each), _sources(each)) for each in gate.parameters)
    yield from ("", "Glycine's two jobs")
    yield from _aligned(_jobs())
    yield from ("", *limit_lines("Limits of the model", limits()))
    yield from ("", *source_lines(_references(gate)))


def _factors(gate: Gate) -> Iterator[Row]:
    for (name, words), said in zip(_FACTORS.items(), conditions(gate.conditions), strict=True):
        yield words, relative(float(getattr(gate, name))), said
    yield "gate, their product", relative(float(gate.opening)), "relative, without a unit"


def _closed(gate: Gate) -> str:
    """Which key is missing altogether, where one is."""
    missing = [
        name
        for name, site in (("glutamate", gate.glutamate_site), ("co-agonist", gate.coagonist_site))
        if not site
    ]
    return f"Closed: there is no {' and no '.join(missing)}." if missing else ""


def _by_block(gate: Gate) -> Iterator[Row]:
    for name, other in with_each_block(gate).items():
        used = "used here" if name == gate.block.id else ""
        unread = "" if other.block.verified else "unverified"
        said = ", ".join(filter(None, (used, unread)))
        coefficients = parameter(other.block).removeprefix("magnesium block ")
        yield name, relative(float(other.opening)), coefficients, said


def _sweep_rows(sweep: Sweep) -> Iterator[Row]:
    yield f"{sweep.axis.name}, {sweep.axis.unit}", _FACTORS[sweep.axis.factor], "gate"
    step = (len(sweep.values) - 1) // (_ROWS - 1)
    rows = list(zip(sweep.values, sweep.factor, sweep.opening, strict=True))
    for value, factor, opening in rows[::step]:
        yield _value(sweep, value), relative(factor), relative(opening)


def _value(sweep: Sweep, value: float) -> str:
    if sweep.axis.of == "voltage":
        return millivolts(value).removesuffix(" mV")
    return number(value, digits=3)


def _jobs() -> Iterator[Row]:
    yield "", "as NMDA co-agonist", "as inhibitory transmitter"
    for job in jobs():
        unread = "" if job.verified else "unverified"
        yield job.property, job.coagonist, job.transmitter, unread


def _sources(of: Record) -> str:
    return ", ".join((*of.sources, *(() if of.verified else ("unverified",))))


def _references(gate: Gate) -> tuple[Reference, ...]:
    blocks = [other.block for other in with_each_block(gate).values()]
    return cited((*gate.parameters, *blocks, *jobs(), *limits()))


def _aligned(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as indented lines, every column to the left."""
    table = list(rows)
    columns = max(map(len, table))
    padded = [row + ("",) * (columns - len(row)) for row in table]
    widths = [max(map(len, column)) for column in zip(*padded, strict=True)]
    for row in padded:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _receptor(gate: Gate) -> Json:
    return {"subunits": ["1", gate.subunit], "hill": gate.hill, "block": gate.block.id}


def _sweep_json(sweep: Sweep) -> Json:
    return {
        "of": sweep.axis.of,
        "unit": sweep.axis.unit,
        "at": sweep.at,
        "values": [_figure(value) for value in sweep.values],
        "factor": sweep.axis.factor,
        "factors": [_figure(value) for value in sweep.factor],
        "gate": [_figure(value) for value in sweep.opening],
    }


def _rounded(figures: Json) -> Json:
    return {name: _figure(value) for name, value in figures.items()}


def _figure(value: Any) -> float:
    """A figure to six significant digits."""
    return float(f"{float(value):.{_DIGITS}g}")
