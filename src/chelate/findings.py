"""The words of checking: what a finding, a severity, a certainty and a verdict are.

A leaf: it imports nothing of the project. A *finding* is about a label; an
`InputError` is about the run (a file that cannot be read, a dose that is not a mass).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to somebody who gates a release on it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest; sorts findings and compares them with a threshold."""
        return list(Severity).index(self)


class Certainty(StrEnum):
    """Whether a finding follows from what is printed, or leans on something assumed."""

    PROVEN = "proven"
    LIKELY = "likely"


class Verdict(StrEnum):
    """What can be said of a source claim, in the order in which a label inherits it."""

    IMPOSSIBLE = "impossible"
    DECLARED_BLEND = "declared-blend"
    DOUBTFUL = "doubtful"
    CANNOT_TELL = "cannot-tell"
    CONSISTENT = "consistent"
    NO_CLAIM = "no-claim"

    @property
    def rank(self) -> int:
        """0 for the verdict that outranks every other; a label gets its lowest."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a text file, counted from one."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about a label, with where it stands and why it is said.

    `path` is the place in the label (`facts[0].amount`), `place` the place in the
    user's own file where that is known, `words` the printed words it speaks of.
    """

    code: str
    name: str
    severity: Severity
    certainty: Certainty
    message: str
    path: str
    words: str = ""
    place: Place | None = None
    remedy: str = ""


class InputError(Exception):
    """The run cannot use this input: what was found, what was expected, and where.

    Every error that may reach a user is one of these; the command line prints it on
    one line, shows `excerpt` (a line with a caret, say) under it, and exits with 2.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        place: Place | None = None,
        excerpt: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.place = place
        self.excerpt = excerpt

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.place) if part)
        return f"{where}: {self.message}" if where else self.message
