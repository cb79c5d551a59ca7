"""Results -> the JSON documents of `check` and `bounds`, whose keys the outside relies on.

Version 1: a key is never removed or given another meaning; new keys may be added.
Masses are mg per labelled serving, shares are fractions of 1. Certificates hold exact
rationals as text; `chelate verify` recomputes them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chelate import catalogue
from chelate.bounds import Bounds, Conflict, Mend
from chelate.bounds.certificate import of_readings, of_verdict
from chelate.bounds.ends import End, Portion
from chelate.bounds.proof import arithmetic
from chelate.bounds.ranges import Reading, readings, recipe
from chelate.checker import CheckResult
from chelate.composition import Claim, Printed, Source
from chelate.findings import Finding, InputError, Place, Severity
from chelate.formula import EDITION
from chelate.intervals import total
from chelate.rules import Judged

VERSION = 1
_DIGITS = 6
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

Json = dict[str, Any]


def document(results: Sequence[CheckResult], errors: Iterable[InputError] = ()) -> Json:
    """The results of a run, and the files that could not be read, as plain data.

    >>> document([])["summary"]
    {'labels': 0, 'verdicts': {}, 'findings': {'error': 0, 'warning': 0, 'note': 0}}
    """
    return {
        "version": VERSION,
        "atomic_weights": EDITION,
        "labels": [label_entry(result) for result in results],
        "errors": [_error(error) for error in errors],
        "summary": summary(results),
    }


def document_text(results: Sequence[CheckResult], errors: Iterable[InputError] = ()) -> str:
    """The document as indented JSON that ends with a line break.

    Lone surrogates, which UTF-8 has not, and characters that drive a terminal are escaped.
    """
    return written(document(results, errors))


def bounds_document(results: Sequence[CheckResult], errors: Iterable[InputError] = ()) -> Json:
    """What must be true of each claim, in every reading, with a certificate of each figure."""
    return {
        "version": VERSION,
        "atomic_weights": EDITION,
        "labels": [bounds_entry(result) for result in results],
        "errors": [_error(error) for error in errors],
    }


def bounds_document_text(results: Sequence[CheckResult], errors: Iterable[InputError] = ()) -> str:
    """The document of `chelate bounds`, written as that of `check` is."""
    return written(bounds_document(results, errors))


def written(found: Json) -> str:
    """A document as indented JSON that ends with a line break, as `document_text` says."""
    text = json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda unsafe: f"\\u{ord(unsafe[0]):04x}", text) + "\n"


def summary(results: Iterable[CheckResult]) -> Json:
    """How many labels there are, with which verdicts and findings."""
    results = tuple(results)
    verdicts = Counter(result.verdict for result in results)
    return {
        "labels": len(results),
        "verdicts": {v.value: verdicts[v] for v in sorted(verdicts, key=lambda v: v.rank)},
        "findings": {s.value: sum(result.count(s) for result in results) for s in Severity},
    }


def label_entry(result: CheckResult) -> Json:
    """One label of the document."""
    return {
        **_named(result),
        "verdict": result.verdict.value,
        "buffered_declared": result.buffered_declared,
        "nutrients": list(_nutrients(result)),
        "claims": [_claim(judged, result) for judged in result.judged],
        "findings": [_finding(finding) for finding in result.findings],
        "skipped": [
            {"code": code, "path": skip.path, "reason": skip.reason}
            for code, skip in result.skipped
        ],
    }


def bounds_entry(result: CheckResult) -> Json:
    """One label of the document of `chelate bounds`."""
    return {**_named(result), "claims": [_bounded(judged, result) for judged in result.judged]}


def _named(result: CheckResult) -> Json:
    origin = result.label.origin
    return {
        "file": origin.file if origin else None,
        "record": origin.record if origin else None,
        "product": result.label.product,
    }


def _nutrients(result: CheckResult) -> Iterator[Json]:
    claims: dict[str, list[Claim]] = {}
    for judged in result.judged:
        claims.setdefault(judged.claim.nutrient, []).append(judged.claim)
    for name, same in claims.items():
        yield {
            "name": name,
            **_declared([claim.declared for claim in same]),
            "sources": [_source(source) for claim in same for source in claim.sources],
        }


def _declared(printed: list[Printed | None]) -> Json:
    """The sum of what a nutrient's claims declare, null unless every one is readable."""
    known = [each for each in printed if each]
    if len(known) != len(printed):
        return {"declared_mg": None, "interval_mg": None}
    interval = total(each.interval_mg for each in known)
    return {
        "declared_mg": _rounded(sum(each.value_mg for each in known)),
        "interval_mg": [_rounded(interval.low), _rounded(interval.high)],
    }


def _source(source: Source) -> Json:
    entry: Json = {
        "substance": _substance(source.meaning.substances),
        "text": source.text,
        "mass_mg": _rounded(source.mass.value_mg) if source.mass else None,
    }
    if source.share:
        entry["share_mg"] = _rounded(source.share.value_mg)
    if len(source.meaning.substances) > 1:
        entry["substances"] = list(source.meaning.substances)
    return entry


def _substance(ids: tuple[str, ...]) -> str | None:
    """The substance that a name means, if at most its hydration is open: then the driest."""
    members = [catalogue.substance(each) for each in ids]
    bare = {
        frozenset((part, count) for part, count in member.parts.items() if part != "H2O")
        for member in members
    }
    return min(members, key=catalogue.water).id if len(bare) == 1 else None


def _claim(judged: Judged, result: CheckResult) -> Json:
    bounds = judged.bounds
    return {
        "nutrient": judged.claim.nutrient,
        "verdict": judged.verdict.value,
        **_least(bounds),
        "witness": _witness(recipe(result.composition, judged.index)),
        "proof": list(arithmetic(result.composition, judged.index, bounds)),
        "reason": bounds.reason or None,
        "path": judged.claim.path,
        "conflict": _conflict(bounds.conflict),
        "certificates": _certificates(judged, result),
    }


def _bounded(judged: Judged, result: CheckResult) -> Json:
    bounds, composition = judged.bounds, result.composition
    found = readings(composition, judged.index)
    return {
        "nutrient": judged.claim.nutrient,
        "path": judged.claim.path,
        "verdict": judged.verdict.value,
        "outcome": bounds.outcome,
        "reason": bounds.reason or None,
        **_least(bounds),
        "readings": [_reading(reading) for reading in found],
        "conflict": _conflict(bounds.conflict),
        "proof": list(arithmetic(composition, judged.index, bounds)),
        "certificates": [
            *_certificates(judged, result),
            *of_readings(composition, judged.index, found),
        ],
    }


def _least(bounds: Bounds) -> Json:
    least, share = bounds.elsewhere_mg, bounds.elsewhere_share
    return {
        "least_from_elsewhere_mg": None if least is None else _computed(least),
        "least_from_elsewhere_share": None if share is None else _share(share),
    }


def _certificates(judged: Judged, result: CheckResult) -> list[Json]:
    """Proofs of the conflict, and of the least from elsewhere where it is more than nothing."""
    bounds = judged.bounds
    wanted = [True] * bool(bounds.conflict) + [False] * bool(bounds.elsewhere_mg)
    return [
        certificate
        for conflict in wanted
        for certificate in of_verdict(result.composition, judged.index, conflict=conflict)
    ]


def _conflict(found: Conflict | None) -> Json | None:
    """Statements that cannot all be true, and the least change of each alone that mends them."""
    if found is None:
        return None
    return {"gap_mg": _computed(found.gap_mg), "statements": [_mend(m) for m in found.mends]}


def _mend(mend: Mend) -> Json:
    statement = mend.statement
    return {
        "path": statement.path,
        "text": statement.text,
        "kind": statement.kind,
        "sense": statement.sense,
        "basis": statement.basis,
        "bound_mg": _rounded(statement.bound),
        "would_have_to_be_mg": _rounded(mend.to_mg) if mend.to_mg > 0 else None,
        "capsules": mend.capsules,
    }


def _reading(reading: Reading) -> Json:
    return {
        "name": reading.name,
        "rest": reading.rest,
        "ranges": {
            target: {"least": _end(each.least), "most": _end(each.most)}
            for target, each in reading.ranges.items()
        },
    }


def _end(end: End) -> Json:
    """One end of a range, in mg or as a fraction, with a recipe that reaches it."""
    return {"value": _precise(end.value), "witness": [_portion(each) for each in end.witness]}


def _portion(portion: Portion) -> Json:
    """A part of a recipe. Without a substance it is the element from anything, or other matter.

    `source` is the printed name that it stands behind, null for what comes from elsewhere.
    """
    return {
        "substance": portion.substance or None,
        "source": portion.name or None,
        "mass_mg": _precise(portion.mass_mg),
        "element_mg": _precise(portion.element_mg),
    }


def _witness(portions: Sequence[Portion]) -> Json | None:
    """A recipe that gives the element declared, null where none is known."""
    parts = [
        {
            "substance": portion.substance or None,
            "mass_mg": _computed(portion.mass_mg),
            "element_mg": _computed(portion.element_mg),
        }
        for portion in portions
    ]
    return {"parts": parts} if parts else None


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "certainty": finding.certainty.value,
        "message": finding.message,
        "path": finding.path,
        **_place(finding.place),
    }


def _error(error: InputError) -> Json:
    return {"file": error.file, "message": error.message, **_place(error.place)}


def _place(place: Place | None) -> Json:
    return {"line": place.line if place else None, "column": place.column if place else None}


def _rounded(value_mg: float) -> float:
    return float(round(value_mg, _DIGITS))


def _computed(value_mg: float) -> float:
    """A computed mass to a tenth of a mg, and below 1 mg to three significant figures.

    >>> _computed(42.0467), _computed(0.0373152)
    (42.0, 0.0373)
    """
    return round(value_mg, 1) if abs(value_mg) >= 1 else float(f"{value_mg:.3g}")


def _share(fraction: float) -> float:
    """A computed share to four decimals, and below a thousandth to three significant figures.

    >>> _share(0.2107571), _share(0.000373152)
    (0.2108, 0.000373)
    """
    return round(fraction, 4) if fraction >= 0.001 else float(f"{fraction:.3g}")


def _precise(value: float) -> float:
    """A computed figure to nine significant ones: its certificate has it exactly."""
    return float(f"{value:.9g}")
