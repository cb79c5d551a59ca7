"""JSON Lines: a document on every line, read one after the other, however long the file is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from chelate.files import MAX_BYTES, Document, text_of
from chelate.findings import InputError, Place
from chelate.models import Label
from chelate.readers.databases import labels_of
from chelate.readers.parts import moved, part_of

_LOOKED_AT = 50
_CHUNK = 1_000_000
_BROKEN: object = object()


def recognise(head: str) -> bool:
    r"""Whether a file that begins like this holds a JSON document on every line.

    Most of its first lines are documents; a line that is broken does not hide the others.

    >>> recognise('{"id": 1}\n{"id": 2}\n'), recognise('{\n "id": 1\n}')
    (True, False)
    """
    lines = [line.strip().removeprefix("\ufeff") for line in head.split("\n")]
    lines = [line for line in lines if line][:_LOOKED_AT]
    if not lines or lines[0][0] not in "{[" or len(lines[0]) == 1:
        return False
    if len(lines) == 1:
        return "\n" not in head and _value(lines[0]) is _BROKEN
    return 2 * sum(isinstance(_value(line), dict | list) for line in lines) >= len(lines)


def labels(
    stream: IO[bytes], *, file: str, other: Callable[[Document], Label]
) -> Iterator[Label | InputError]:
    """The labels in JSON Lines, each line a document of its own; an empty line is none."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            _skip_to_next(stream, line)
            yield _too_long(number, file)
        elif line.strip():
            yield from _labels_in(line, Place(number, 1), file, other)


def _labels_in(
    line: bytes, place: Place, file: str, other: Callable[[Document], Label]
) -> Iterator[Label | InputError]:
    try:
        text = text_of(line.rstrip(b"\r\n"), file=file)
    except InputError as error:
        yield moved(error, place)
        return
    try:
        part = part_of(text, file=file, first=place)
    except InputError as error:
        yield error
    else:
        yield from labels_of(part, other)


def _too_long(number: int, file: str) -> InputError:
    limit = f"expected at most {MAX_BYTES // 1_000_000} MB"
    return InputError(f"this line is too long; {limit}", file=file, place=Place(number, 1))


def _skip_to_next(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)


def _value(line: str) -> Any:
    try:
        return json.loads(line, parse_int=str)
    except (ValueError, RecursionError):
        return _BROKEN
