"""Parts of a file that are documents of their own: an item of a list, a line, a group of rows.

A part is parsed alone, so that one that is broken does not spoil the others; its places
are those of the whole file, and finding them costs no more than the part is long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chelate.files import Document, Steps, error_at, place_at
from chelate.files.json_text import parse_json
from chelate.findings import InputError, Place
from chelate.models import Origin

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\n\r]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_IDENTIFIER = re.compile(r'"(?:_id|id|code|lnhpd_id)"\s*:\s*"?(\w{1,40})')
_LOOKED_AT = 100_000
_ONE = Place(1, 1)

Locate = Callable[[str], Place | None]


@dataclass(frozen=True)
class PartOrigin(Origin):
    """The origin of a label in a part of a file: `start` is where the line `first` begins."""

    first: int = 1
    start: int = 0

    def line(self, number: int) -> str:
        """The text of one line of the file, or nothing where it is not the part's."""
        at = self.start if number >= self.first else len(self.text)
        for _ in range(number - self.first):
            found = _BREAK.search(self.text, at)
            at = found.end() if found else len(self.text)
        return _line_at(self.text, at)


@lru_cache(maxsize=2)
def _line_at(text: str, start: int) -> str:
    """The rest of a line; kept, because many parts may stand on one line of megabytes."""
    ends = (text.find(mark, start) for mark in "\r\n")
    return text[start : min((end for end in ends if end >= 0), default=None)]


@dataclass(frozen=True, slots=True)
class Part(Document):
    """A document whose text begins at `first` in a file; `whole` holds its lines entirely."""

    first: Place = _ONE
    whole: str = ""
    start: int = 0

    def place(self, path: str | Steps, *, key: bool = False) -> Place:
        """Where a value stands in the file."""
        return shifted(Document.place(self, path, key=key), self.first)

    def error(self, message: str, steps: Steps = (), *, key: bool = False) -> InputError:
        """An error at a value of this part, at its place in the file."""
        return moved(Document.error(self, message, steps, key=key), self.first)


def shifted(place: Place, first: Place) -> Place:
    """A place of a part as a place of the file in which the part begins at `first`."""
    column = place.column + (first.column - 1 if place.line == 1 else 0)
    return Place(first.line + place.line - 1, column)


def moved(error: InputError, first: Place) -> InputError:
    """An error of a part as an error of the file in which the part begins at `first`."""
    place = shifted(error.place, first) if error.place else first
    return InputError(error.message, file=error.file, place=place, excerpt=error.excerpt)


def origin_of(document: Document, record: str | None, locate: Locate) -> Origin:
    """The origin of a label of the document, whether that is a file or a part of one."""
    if not isinstance(document, Part):
        return Origin(document.file, document.text, record, locate)
    return PartOrigin(
        document.file, document.whole, record, locate, document.first.line, document.start
    )


def document_of(text: str, *, file: str) -> Document:
    """The JSON document that a text is.

    Raises:
        InputError: it is broken JSON; the message begins with its identifier.
    """
    try:
        return parse_json(text, file)
    except InputError as error:
        found = _IDENTIFIER.search(text, 0, _LOOKED_AT)
        raise named(error, found[1] if found else None) from None


def part_of(
    text: str, *, file: str, first: Place, whole: str | None = None, start: int = 0
) -> Part:
    """The part of a file that a text is, `whole` if other than the text being its lines.

    Raises:
        InputError: the part is broken JSON; the message begins with its identifier.
    """
    try:
        document = document_of(text, file=file)
    except InputError as error:
        raise moved(error, first) from None
    lines = text if whole is None else whole
    return Part(file, text, document.data, document.find, first, lines, start)


def named(error: InputError, record: str | None) -> InputError:
    """The error with the identifier of its record before the message."""
    message = f"record {record}: {error.message}" if record else error.message
    return InputError(message, file=error.file, place=error.place, excerpt=error.excerpt)


def items(text: str, at: int, *, file: str) -> Iterator[Part | InputError]:
    """The items of the JSON list that begins at an offset, each as a document of its own.

    Where the list itself is broken the rest of it cannot be told apart: the last thing
    yielded is the error.
    """
    cursor, place = 0, _ONE
    try:
        for start, end in _extents(text, at):
            place, cursor = shifted(place_at(text[cursor:start], start - cursor), place), start
            try:
                line = start - place.column + 1
                yield part_of(text[start:end], file=file, first=place, whole=text, start=line)
            except InputError as error:
                yield error
    except json.JSONDecodeError as error:
        message = f"broken JSON: {error.msg[0].lower()}{error.msg[1:]}; what follows is not read"
        yield error_at(text, min(error.pos, len(text)), message, file=file)
    except RecursionError:
        yield InputError("values nest too deeply; what follows is not read", file=file)


def _extents(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each item of the list at an offset begins and ends."""
    at = skip(text, at + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        end = _DECODER.raw_decode(text, at)[1]
        yield at, end
        at = skip(text, end)
        if text[at : at + 1] == "]":
            return
        if text[at : at + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        at = skip(text, at + 1)


def skip(text: str, at: int) -> int:
    """The offset of what follows the white space at an offset."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def member_at(text: str, steps: tuple[str, ...]) -> int:
    """The offset of the value that some keys lead to in a JSON text that holds them.

    Where a key stands twice its last value counts, as when the text is read.
    """
    at = skip(text, 0)
    for step in steps:
        at = [value for key, value in _members(text, at) if key == step][-1]
    return at


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Each key of the object at an offset, with the offset of its value."""
    at = skip(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        value = skip(text, skip(text, at) + 1)
        yield key, value
        at = skip(text, _DECODER.raw_decode(text, value)[1])
        at = skip(text, at + 1) if text[at] == "," else at
