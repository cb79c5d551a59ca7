"""What a rule is: a pure generator that carries everything anyone needs to know of it.

Its docstring has a title, the reason, a label that fails, one that passes, and the remedy;
`chelate explain`, the report's appendix and the tests read that same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import dedent
from types import MappingProxyType

from chelate.bounds import Bounds
from chelate.composition import Claim, Composition, Source
from chelate.findings import Certainty, Finding, Place, Severity, Verdict
from chelate.models import Label


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its bounds and its verdict; `denser` are sources that make it a blend.

    `index` is the claim's place among those of its label.
    """

    index: int
    claim: Claim
    bounds: Bounds
    verdict: Verdict
    denser: tuple[Source, ...] = ()

    @property
    def is_chelate(self) -> bool:
        """Whether an amino-acid chelate is among the claimed sources."""
        return any(source.meaning.chelate for source in self.claim.sources)


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the label, its composition, and what must be true of it."""

    label: Label
    composition: Composition
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the label where the rule's pattern stands, and the facts of its message."""

    path: str
    words: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Skip:
    """The rule could not be applied at a path: not checkable is not the same as passed."""

    path: str
    reason: str


Finder = Callable[[Case], Iterator[Hit | Skip]]
_SECTION = re.compile(r"^(Fails|Passes|Remedy):[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One check. `message` is a template over the facts of a hit."""

    code: str
    name: str
    severity: Severity
    certainty: Certainty
    message: str
    references: tuple[str, ...]
    find: Finder

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The docstring by section: Title, Why, Fails, Passes, Remedy."""
        from inspect import getdoc

        text = getdoc(self.find) or ""
        about, *rest = _SECTION.split(text)
        title, _, why = about.strip().partition("\n\n")
        named = dict(zip(rest[::2], map(_dedented, rest[1::2]), strict=True))
        return {"Title": title.replace("\n", " "), "Why": why.strip(), **named}

    def finding(self, hit: Hit, label: Label) -> Finding:
        """The finding that a hit becomes, with its place in the user's file."""
        place = place_of_words(label, hit)
        return Finding(
            self.code, self.name, self.severity, self.certainty,
            self.message.format(**hit.facts), hit.path, hit.words, place,
            " ".join(self.sections["Remedy"].split()),
        )  # fmt: skip


def place_of_words(label: Label, hit: Hit) -> Place | None:
    """Where the words of a hit stand in the user's file; where its path does, if not there."""
    place = label.origin.locate(hit.path) if label.origin else None
    offset = label.text_at(hit.path).find(hit.words) if hit.words else -1
    if place is None or label.origin is None or offset < 0:
        return place
    start = place.column - 1 + offset
    stands = label.origin.line(place.line).startswith(hit.words, start)
    return Place(place.line, start + 1) if stands else place


def rule(
    code: str,
    name: str,
    severity: Severity,
    certainty: Certainty,
    message: str,
    *references: str,
) -> Callable[[Finder], Rule]:
    """Make a generator into a rule; `references` are keys of `references.toml`."""
    return lambda find: Rule(code, name, severity, certainty, message, references, find)


def _dedented(text: str) -> str:
    return dedent(text.strip("\n")).strip()
