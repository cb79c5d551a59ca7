"""What is told of a table and of one of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from chelate.evidence import NONE_FOUND

__all__ = ["NONE_FOUND", "Entry", "Kind", "Table"]

Kind = Literal["facts", "words", "documents"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: what it says in a line, and the keys of the documents that it cites.

    `verified` says that the cited text was read for it. `how` says of each source how it was
    verified, where the record itself says so; it is `NONE_FOUND` alone where none was found.
    """

    id: str
    says: str
    sources: tuple[str, ...]
    verified: bool
    how: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table: what it holds, the files of `data/` that it is read from, its edition.

    "facts" are records that cite; "words" are how labels are read and written: they state
    nothing, have no records here, and are counted; "documents" are what the records cite.
    `files` are patterns below `data/`. `sources` are those of the table as a whole.
    """

    id: str
    about: str
    kind: Kind
    files: tuple[str, ...]
    read: Callable[[], Iterable[Entry]] = tuple
    count: Callable[[], int] | None = None
    edition: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its records, in the order of the files; none of a table of words."""
        return tuple(self.read())

    @cached_property
    def size(self) -> int:
        """How many records it has, or how many words."""
        return self.count() if self.count else len(self.entries)

    @property
    def unverified(self) -> tuple[Entry, ...]:
        """Its records for which no cited text was read."""
        return tuple(entry for entry in self.entries if not entry.verified)
