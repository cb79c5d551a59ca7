"""Ingredient lists: which lines belong to one, where it ends, and its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chelate.catalogue import names
from chelate.readers.panel.lines import Piece, masked, open_brackets
from chelate.readers.panel.sentences import is_footnote, is_sentence
from chelate.readers.panel.words import BULLETS, goes_on_after

MOST_WORDS = 8
LONGEST_ITEM = 300
_END = re.compile(
    r"(?<![A-Z])(?<!\be\.g)(?<!\b[Nn]o)(?<!\bspp)(?<!\bca)\.(?:\s+(?=[A-Z*†‡0-9ÀÉÖÜÄ])|\s*$)|\s(?=[*†‡]\s*[A-Z])"
)
_COMMA = re.compile(r"(?<!\d)[,;]|[,;](?!\d)|\s[•·|]\s|\t")


@dataclass(frozen=True, slots=True)
class Listing:
    """An ingredient list while it is read: the line before, and whether it holds commas."""

    open: bool = False
    last: str = ""
    commas: bool = False

    def after(self, text: str) -> Listing:
        """The list with one more line."""
        return Listing(True, text, self.commas or bool(_COMMA.search(masked(text))))

    def takes(self, text: str) -> bool:
        """Whether the next line belongs to the list."""
        if not self.open or not text.strip():
            return False
        if not self.last:
            return not is_footnote(text)
        if self.last.rstrip().endswith("."):
            return False
        if goes_on_after().search(self.last) or open_brackets(self.last):
            return True
        if is_footnote(text) or is_sentence(text) or text[0].isdigit():
            return False
        if text[0].islower():
            return True
        return _are_ingredients(text) if self.commas else len(text.split()) <= MOST_WORDS


def _are_ingredients(text: str) -> bool:
    """Whether every item of a line is a substance that the catalogue knows."""
    pieces = [
        re.sub(r"[(\[].*", "", item.text) for item in items_of(Piece(text.strip(f"{BULLETS} ."), 0))
    ]
    statuses = {names.resolve(item).status for item in pieces if len(item) < LONGEST_ITEM}
    return bool(statuses) and statuses <= {"known", "undefined", "inert", "element"}


def end_of_list(text: str) -> int:
    """Where the sentence that an ingredient list is ends in a line.

    >>> "Cellulose, silica. Contains no soy."[: end_of_list("Cellulose, silica. Contains no soy.")]
    'Cellulose, silica. '
    """
    found = _END.search(masked(text))
    return found.end() if found else len(text)


def items_of(piece: Piece) -> Iterator[Piece]:
    """The ingredients of a list, each with its brackets and its place.

    >>> [item.text for item in items_of(Piece("gelatin, capsule (water, E 171).", 0))]
    ['gelatin', 'capsule (water, E 171)']
    """
    start = 0
    for found in _COMMA.finditer(masked(piece.text)):
        yield from _item(piece.cut(start, found.start()))
        start = found.end()
    yield from _item(piece.cut(start))


def _item(piece: Piece) -> Iterator[Piece]:
    item = piece.stripped(f"{BULLETS.replace('*', '')} \t\x1e\u00a0.;|")
    if item.text:
        yield item
