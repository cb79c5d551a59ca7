"""Proofs as plain data that can be checked without this program: exact rationals as text.

A certificate lists the parts that were considered, the statements used with the printed
words behind each, and a multiplier for each. For every part the sum of the statements is no
more than what the objective counts of it; so the objective is at least the sum of the
bounds. `chelate.verify` recomputes all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from chelate.bounds.ends import ELSEWHERE, ELSEWHERE_SHARE, OF_SHARE, End, Feasible, Proof
from chelate.bounds.exact import ends_of
from chelate.bounds.parts import (
    Built,
    View,
)
from chelate.bounds.ranges import Reading, solver_of
from chelate.bounds.solving import feasible
from chelate.bounds.statements import Part, Statement, Term
from chelate.composition import Composition, Printed

Json = dict[str, Any]


def of_verdict(composition: Composition, k: int, *, conflict: bool) -> list[Json]:
    """The certificates that a claim's verdict rests on.

    Of a conflict, that the statements contradict each other; else the least from elsewhere
    in any case, as mg and as a share of the element.
    """
    if conflict:
        alone = feasible(composition, k, View(k, alone=True))
        return [{"reading": "alone", **of_contradiction(alone)}]
    found = feasible(composition, k, View(k))
    ends = (found.end(target, "least") for target in (ELSEWHERE, ELSEWHERE_SHARE))
    return [{"reading": "any", **of_end(found, end)} for end in ends if end]


def of_readings(composition: Composition, k: int, found: Iterable[Reading]) -> Iterator[Json]:
    """A certificate of each end of each range of a claim's readings."""
    for reading in found:
        solved = feasible(composition, k, reading.view)
        for target, each in reading.ranges.items():
            by = solver_of(solved, composition, k, reading.view, target)
            for end in (each.least, each.most):
                yield {"reading": reading.name, **of_end(by, end)}


def of_end(found: Feasible, end: End) -> Json:
    """The certificate of one end of a range; a share's says which share its terms stand for."""
    proof = found.proof(end)
    return {
        "says": {"target": end.target, "sense": end.sense, "value": str(_value(end, proof))},
        **_proved(found.built, proof),
    }


def _value(end: End, proof: Proof) -> Fraction:
    """The value that a proof is of: its bound, or the share in its objective."""
    if end.target in OF_SHARE:
        return proof.share
    return proof.bound if end.sense == "least" else -proof.bound


def of_contradiction(found: Feasible) -> Json:
    """The certificate that statements contradict each other."""
    return {"says": {"target": "contradiction"}, **_proved(found.built, found.refutation())}


def _proved(built: Built, proof: Proof) -> Json:
    used = [s for s in built.problem.statements if s.id in proof.multipliers]
    return {
        "objective": [_term(term) for term in proof.objective],
        "bound": str(proof.bound),
        "slots": {slot.id: _slot(slot.source, built, slot.claim) for slot in built.slots},
        "parts": {part.id: _part(part) for part in built.problem.parts},
        "statements": [_statement(s, proof.multipliers, built) for s in used],
    }


def _slot(source: Any, built: Built, k: int) -> Json:
    nutrient = built.composition.claims[k].nutrient
    return {"path": source.path, "text": source.text, "nutrient": nutrient}


def _part(part: Part) -> Json:
    return {"slot": part.slot, "substance": part.substance, "formula": part.formula}


def _term(term: Term) -> Json:
    return {
        "factor": str(term.factor),
        "quantity": term.quantity,
        "of": [part.id for part in term.of],
    }


def _statement(statement: Statement, multipliers: Mapping[str, Fraction], built: Built) -> Json:
    return {
        "id": statement.id,
        "kind": statement.kind,
        "basis": statement.basis,
        "sense": statement.sense,
        "bound_mg": str(ends_of(statement)),
        "multiplier": str(multipliers[statement.id]),
        "terms": [_term(term) for term in statement.terms],
        "printed": [_words(p) for p in _printed(statement.printed)] or [_unread(statement, built)],
    }


def _unread(statement: Statement, built: Built) -> Json:
    """The words of a statement that is of no printed amount, and what its bound is made of."""
    words: Json = {"path": statement.path, "text": statement.text}
    if statement.kind == "capsules":
        units, _, size = statement.text.partition(" size ")
        words |= {"units": units, "size": size.split()[0]}
    if statement.kind == "trace":
        words |= _part_of_serving(statement, built)
    return words


def _part_of_serving(statement: Statement, built: Built) -> Json:
    """The fraction of the product that a list allows, and the serving that it is of."""
    composition = built.composition
    listed, mass = composition.claims[statement.claim or 0].beside, composition.serving.mass
    at_most = next(s.at_most for s in listed if s.path == statement.path and s.at_most)
    assert mass is not None
    return {"fraction": str(at_most), "of": _words(mass)}


def _words(printed: Printed) -> Json:
    return {
        "path": printed.path, "text": printed.text, "decimal": printed.decimal,
        "nutrient": printed.nutrient,
    }  # fmt: skip


def _printed(printed: Printed | None) -> Iterator[Printed]:
    """The printed amounts that a statement adds up."""
    if printed is not None:
        yield from (
            (p for part in printed.parts for p in _printed(part)) if printed.parts else [printed]
        )
