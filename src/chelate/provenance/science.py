"""The records of claims, absorption and the gate, each in a line; the documents."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import absorption, catalogue, evidence, gate
from chelate.absorption import Grading, Study
from chelate.evidence import READ, Evidence
from chelate.figures import percent
from chelate.gate import Block, Potency
from chelate.gate.words import parameter
from chelate.provenance.records import Entry


def claims() -> Iterator[Entry]:
    """The register of claims; verified where the text of every reference was read."""
    for each in evidence.register().values():
        read = all(how in READ for how in each.verified_by)
        yield Entry(each.id, _claim(each), each.references, read, each.verified_by)


def _claim(each: Evidence) -> str:
    return f"{each.verdict}: {each.said} Reviewed {each.reviewed}."


def reviewed() -> str:
    """The dates of review of the register: one, or the first and the last."""
    dates = sorted({each.reviewed for each in evidence.register().values()})
    return " to ".join(dict.fromkeys((dates[0], dates[-1])))


def absorbed() -> Iterator[Entry]:
    """The ranges that may be printed, the studies, the curve and its limits."""
    for each in absorption.records():
        kind, identifier, says = _absorbed(each)
        yield Entry(f"{kind}/{identifier}" if identifier else kind, " ".join(says.split()),
                    each.sources, each.verified)  # fmt: skip


def _absorbed(each: absorption.Record) -> tuple[str, str, str]:
    match each:
        case Study():
            return "study", each.id, f"{each.material}; {each.dose}; {each.method}: {each.result}"
        case Grading():
            return "range", each.id, f"{each.name}: {_range(each)}"
        case absorption.Limit():
            return "limit", each.id, each.text
    return "curve", "", each.text


def _range(each: Grading) -> str:
    if each.low_percent is None or each.high_percent is None:
        return each.statement or "a mixture of the ranges of its parts"
    low = percent(each.low_percent / 100, decimals=0).removesuffix(" %")
    return f"{low}–{percent(each.high_percent / 100, decimals=0)}, grade {each.grade}"


def gate_records() -> Iterator[Entry]:
    """The parameters of the gate, glycine's two jobs, and the limits of the model."""
    for each in gate.records():
        kind, says = _of_gate(each)
        yield Entry(f"{kind}/{each.id}", says, each.sources, each.verified)


def _of_gate(each: gate.Record) -> tuple[str, str]:
    match each:
        case Block():
            return "block", f"{each.name}: {parameter(each)}"
        case Potency():
            return "potency", f"GluN1/GluN{each.subunit}: {parameter(each)}"
        case gate.Job():
            return "job", f"{each.property}: {each.coagonist}; {each.transmitter}"
    return "limit", each.text


def documents() -> Iterator[Entry]:
    """Every document that a record cites, as itself."""
    for each in catalogue.references().values():
        yield Entry(each.id, each.text, (each.id,), each.verified)
