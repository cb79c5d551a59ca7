"""One claim of the register, and the words that its fields may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chelate import catalogue
from chelate.catalogue import Reference

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "supported": "what was found agrees with it as it is said",
        "partly": "a part of it holds, and the reason says which",
        "contested": "studies disagree, or the better ones point the other way",
        "unsupported": "nothing adequate was found for it",
        "wrong": "arithmetic, chemistry or the cited source says otherwise",
    }
)
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "A": "an article on glycine and magnesium glycinate for sleep",
        "B": "an article on glycine and the NMDA receptor",
        "T": "labels and advertising of the trade",
    }
)
READ = ("text read", "abstract read")
SECONDARY = "abstract read, number of people secondary"
HOW_VERIFIED = (*READ, SECONDARY, "DOI resolved in a search", "not verified")
NONE_FOUND = "none found"
NOTE = "A verdict is about a statement. It is not medical advice, and says nothing of any product."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is claimed, and what it is worth.

    `verified_by` says of each of `references` how it was verified; where there are none it is
    `NONE_FOUND` alone. `SECONDARY` is an abstract that does not say how many people there were:
    another of the references, or notes on the study, did. `concerns` are ids of the catalogue.
    `reviewed` is a date, ISO 8601.
    """

    id: str
    said: str
    verdict: str
    reason: str
    figures: tuple[str, ...]
    references: tuple[str, ...]
    verified_by: tuple[str, ...]
    reviewed: str
    topics: tuple[str, ...]
    concerns: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Where such claims were met: "labels and advertising of the trade"."""
        return ORIGINS[self.id[0]]

    @property
    def cited(self) -> tuple[tuple[Reference, str], ...]:
        """Each reference, and how it was verified."""
        known = catalogue.references()
        keys = zip(self.references, self.verified_by, strict=False)
        return tuple((known[key], how) for key, how in keys)
