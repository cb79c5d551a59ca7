"""The register as it ships, in `data/evidence.toml`, read once and held to its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from chelate import catalogue, resources
from chelate.catalogue import CatalogueError
from chelate.catalogue.load import read_records
from chelate.evidence.records import HOW_VERIFIED, NONE_FOUND, VERDICTS, Evidence

_ID = re.compile(r"[ABT]\d{1,2}")
_NEVER_EMPTY = ("said", "reason", "topics", "concerns")


@cache
def register() -> Mapping[str, Evidence]:
    """Every claim, by id, in the order of the register.

    >>> register()["A19"].verdict
    'contested'
    """
    return read(resources.DATA / "evidence.toml")


def read(path: Path) -> Mapping[str, Evidence]:
    """The claims of a file.

    Raises:
        CatalogueError: a record is malformed; the message names it.
    """
    found = read_records(Evidence, "claim", [path])
    for record in found.values():
        if fault := next(_faults(record), None):
            raise CatalogueError(f"broken catalogue: {path.name}: {record.id}: {fault}")
    return found


def _faults(record: Evidence) -> Iterator[str]:
    if not _ID.fullmatch(record.id):
        yield "the id is not A, B or T with a number"
    if record.verdict not in VERDICTS:
        yield f"{record.verdict!r} is none of {', '.join(VERDICTS)}"
    yield from (f"{field} is empty" for field in _NEVER_EMPTY if not getattr(record, field))
    if not _is_date(record.reviewed):
        yield f"{record.reviewed!r} is not a date"
    yield from _faults_of_references(record)


def _faults_of_references(record: Evidence) -> Iterator[str]:
    if unknown := set(record.references) - catalogue.references().keys():
        yield f"unknown reference {', '.join(sorted(unknown))}"
    if not record.references and record.verified_by != (NONE_FOUND,):
        yield f"without a reference verified_by says {NONE_FOUND!r} and nothing else"
    if record.references and len(record.references) != len(record.verified_by):
        yield "verified_by does not stand one for one beside references"
    for how in record.verified_by if record.references else ():
        if how not in HOW_VERIFIED:
            yield f"{how!r} is none of {', '.join(HOW_VERIFIED)}"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
