"""Text -> lines, each a piece of the user's own text that knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_LINE = 1_000
OPEN, CLOSE = "([{", ")]}"

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_INVISIBLE = "\u200b\u200c\u200d\ufeff"
_BREAK = "\x1e"
_HIDDEN = "\x02"
TAB_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, and its offset there."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The characters from one offset to another, both counted within the piece."""
        return Piece(self.text[start:end], self.start + start)

    def stripped(self, chars: str | None = None) -> Piece:
        """Without these characters, or white space, at both ends."""
        left = self.text.lstrip(chars)
        return Piece(left.rstrip(chars), self.start + len(self.text) - len(left))

    @property
    def clean(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it, and how far it is indented."""

    piece: Piece
    indent: int

    @property
    def text(self) -> str:
        """Its characters."""
        return self.piece.text


def lines_of(text: str) -> Iterator[Line]:
    r"""The lines of a text that are not blank.

    >>> [line.text for line in lines_of("Magnesium  200 mg\r\n\r\n  48 %")]
    ['Magnesium  200 mg', '48 %']
    """
    for found in _LINE.finditer(text):
        piece = Piece(found[0], found.start()).stripped().stripped(_INVISIBLE).stripped()
        if piece.text:
            before = text[found.start() : piece.start][:200].expandtabs(TAB_WIDTH)
            yield Line(piece, len(before))


def joined(lines: Sequence[Line]) -> Line:
    """Lines that belong together as one, every character where it was."""
    text = lines[0].piece.text
    for before, line in pairwise(lines):
        text += _BREAK * (line.piece.start - before.piece.end) + line.piece.text
    return Line(Piece(text, lines[0].piece.start), lines[0].indent)


def brackets(text: str) -> list[tuple[int, int]]:
    """The outermost brackets that close, each from its opening to after its closing.

    >>> brackets("zinc (as [zinc] oxide) (15 mg)")
    [(5, 22), (23, 30)]
    """
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for index, char in enumerate(text):
        if char in OPEN:
            stack.append(index)
        elif char in CLOSE and stack:
            start = stack.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, index + 1))
    return found


def open_brackets(text: str) -> int:
    """How many brackets are open at the end of a text."""
    depth = 0
    for char in text:
        depth = depth + 1 if char in OPEN else max(0, depth - (char in CLOSE))
    return depth


def masked(text: str) -> str:
    """The text with everything in brackets, and the brackets, made unreadable.

    >>> masked("zinc (15 mg) 5 mg").replace(chr(2), "x")
    'zinc xxxxxxx 5 mg'
    """
    hidden = list(text.replace(_HIDDEN, " "))
    for start, end in brackets(text):
        hidden[start:end] = _HIDDEN * (end - start)
    return "".join(hidden)


def is_hidden(char: str) -> bool:
    """Whether a character of a masked text stands in brackets."""
    return char == _HIDDEN
