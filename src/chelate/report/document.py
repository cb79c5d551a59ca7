"""Results -> the JSON document of `chelate check`, whose keys the outside relies on.

Version 1: a key is never removed or given another meaning; new keys may be added.
Masses are mg per labelled serving.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chelate import catalogue
from chelate.bounds import Bounds
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
    text = json.dumps(document(results, errors), indent=2, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


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
    origin = result.label.origin
    return {
        "file": origin.file if origin else None,
        "record": origin.record if origin else None,
        "product": result.label.product,
        "verdict": result.verdict.value,
        "buffered_declared": result.buffered_declared,
        "nutrients": list(_nutrients(result)),
        "claims": [_claim(judged) for judged in result.judged],
        "findings": [_finding(finding) for finding in result.findings],
        "skipped": [
            {"code": code, "path": skip.path, "reason": skip.reason}
            for code, skip in result.skipped
        ],
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


def _claim(judged: Judged) -> Json:
    bounds = judged.bounds
    least = bounds.elsewhere_mg
    return {
        "nutrient": judged.claim.nutrient,
        "verdict": judged.verdict.value,
        "least_from_elsewhere_mg": None if least is None else _computed(least),
        "witness": _witness(bounds),
        "proof": list(bounds.proof),
        "reason": bounds.reason or None,
        "path": judged.claim.path,
    }


def _witness(bounds: Bounds) -> Json | None:
    """A recipe that gives the element declared, null where none is known."""
    if not bounds.witness:
        return None
    parts = [
        {
            "substance": part.substance,
            "mass_mg": _computed(part.mass_mg),
            "element_mg": _computed(part.element_mg),
        }
        for part in bounds.witness
    ]
    return {"parts": parts}


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
