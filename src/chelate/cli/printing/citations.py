"""How documents, and sentences that stand under a result, are printed: short, each once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Protocol

from chelate.catalogue import Reference
from chelate.cli.printing.footer import WIDTH

_IN_FULL = "`chelate sources ID` shows one in full"


class Sentence(Protocol):
    """A sentence of a table: a limit of a model or of the ranges."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def verified(self) -> bool:
        """Whether what it rests on was read."""


def where(reference: Reference) -> str:
    """Where a document is found: its DOI, or else its address, or nothing."""
    return f"doi:{reference.doi}" if reference.doi else reference.url or ""


def citation_lines(reference: Reference, how: str) -> list[str]:
    """A document in full, where it is found, and how it was verified."""
    return wrapped(" ".join(filter(None, (reference.text, where(reference), f"({how})"))))


def source_lines(references: Iterable[Reference]) -> Iterator[str]:
    """Documents under their heading, one line each: the id, then its DOI or what it is."""
    listed = list(references)
    width = max(len(each.id) for each in listed)
    yield f"Sources ({_IN_FULL})"
    for each in listed:
        head = f"  {each.id.ljust(width)}  {'' if each.verified else 'unverified  '}"
        said = f"doi:{each.doi}" if each.doi else each.text
        yield head + textwrap.shorten(said, WIDTH - len(head), placeholder=" …")


def limit_lines(heading: str, limits: Iterable[Sentence]) -> Iterator[str]:
    """Sentences under their heading, those that are unverified marked."""
    yield heading
    for limit in limits:
        yield from wrapped(limit.text + unread(limit.verified))


def unread(verified: bool) -> str:
    """The word that marks what is unverified, after a sentence."""
    return "" if verified else " Unverified."


def wrapped(text: str, *, indent: str = "  ") -> list[str]:
    """A paragraph whose lines after the first hang; an address is never broken."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
