"""A reference as a section cites it: a link into the list of references."""

from __future__ import annotations

from dataclasses import dataclass

from chelate import catalogue


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference as it is cited: its key in the list of references, and its text."""

    key: str
    text: str


def cited(key: str) -> Cited:
    """A reference by its key; one that the catalogue lacks stands as its key."""
    found = catalogue.references().get(key)
    return Cited(key if found else "", found.text if found else key)
