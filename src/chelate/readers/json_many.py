"""A JSON text of any kind: one record, a list of them, an answer to a search, JSON Lines.

Every record of a list is read on its own: one that fails is reported, the rest go on.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from chelate.files import Document, error_at
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import json_lines, lnhpd
from chelate.readers.databases import labels_of
from chelate.readers.parts import document_of, items, member_at, skip

Other = Callable[[Document], Label]

MAX_FAILED = 10_000

_DATA = re.compile(r'\s*(\[|\{\s*["}])')
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_LISTS = (("hits",), ("hits", "hits"), ("products",))


def is_json(text: str) -> bool:
    """Whether a text begins like JSON data."""
    return bool(_DATA.match(text))


def labels(text: str, *, file: str, other: Other) -> Iterator[Label | InputError]:
    """The labels in a JSON text, a record that fails as its error.

    `other` says what to make of a document that is of none of the known databases.

    Raises:
        InputError: the text as a whole is of no use: it is broken, or its list is empty.
    """
    start = skip(text, 0)
    found, end = _decoded(text, start)
    if end is None or skip(text, end) < len(text):
        yield from _not_one(text, start, file, other)
        return
    at = start if isinstance(found, list) and not lnhpd.recognise(found) else _list_at(found, text)
    if at is None:
        yield from labels_of(document_of(text, file=file), other)
    elif not _inner(found):
        raise error_at(text, at, "this list is empty; expected records", file=file)
    else:
        yield from _from_list(text, at, file, other)


def _decoded(text: str, start: int) -> tuple[Any, int | None]:
    try:
        return _DECODER.raw_decode(text, start)
    except (json.JSONDecodeError, RecursionError):
        return None, None


def _not_one(text: str, start: int, file: str, other: Other) -> Iterator[Label | InputError]:
    """What is not one JSON document: JSON Lines, or a list that breaks off."""
    if "\n" in text and json_lines.recognise(text):
        stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        yield from json_lines.labels(stream, file=file, other=other)
    elif text[start : start + 1] == "[":
        yield from _from_list(text, start, file, other)
    else:
        yield from labels_of(document_of(text, file=file), other)


def _from_list(text: str, at: int, file: str, other: Other) -> Iterator[Label | InputError]:
    failed = 0
    for part in items(text, at, file=file):
        for found in [part] if isinstance(part, InputError) else labels_of(part, other):
            failed += isinstance(found, InputError)
            yield found
        if failed >= MAX_FAILED:
            message = f"{failed:,} records of the list cannot be read; what follows is not read"
            yield InputError(message, file=file)
            return


def _list_at(data: Any, text: str) -> int | None:
    """The offset of the list of records inside an answer, or None for another document."""
    steps = _steps(data)
    return member_at(text, steps) if steps else None


def _steps(data: Any) -> tuple[str, ...] | None:
    return next((steps for steps in _LISTS if isinstance(_at(data, steps), list)), None)


def _inner(data: Any) -> Any:
    steps = _steps(data)
    return _at(data, steps) if steps else data


def _at(data: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data
