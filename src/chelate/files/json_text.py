"""JSON as plain data: numbers stay the text they are written as, places come on demand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from chelate.files.document import (
    MAX_DEPTH,
    MAX_VALUES,
    Document,
    Steps,
    error_at,
    place_at,
    too_much,
)
from chelate.findings import InputError

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff]")


def parse_json(text: str, file: str) -> Document:
    """The JSON document in a text.

    Raises:
        InputError: it is not JSON, a key stands twice in an object, values nest too deeply.
    """
    if stray := _NO_CHARACTER.search(text):
        message = f"U+{ord(stray[0]):04X} is not a character"
        raise error_at(text, stray.start(), message, file=file)
    data, is_twice = _loaded(text, file)
    _bound(data, file)
    if is_twice:
        raise _duplicate(text, file)
    data = _without_surrogates(data) if _SURROGATE.search(text) else data
    return Document(file, text, data, lambda steps, key: _find(text, steps, key))


def _loaded(text: str, file: str) -> tuple[Any, bool]:
    """The data, and whether a key stands twice somewhere: then only the last of them."""
    is_twice = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal is_twice
        found = dict(pairs)
        is_twice = is_twice or len(found) < len(pairs)
        return found

    try:
        data = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=members
        )
    except json.JSONDecodeError as error:
        raise error_at(text, error.pos, _said(error), file=file) from None
    except RecursionError:
        raise _too_deep(file) from None
    return data, is_twice


def _said(error: json.JSONDecodeError) -> str:
    if error.msg == "Extra data":
        return "text after the end of the JSON document; expected one document in the file"
    return f"broken JSON: {error.msg[0].lower()}{error.msg[1:]}"


def _too_deep(file: str) -> InputError:
    return InputError(f"values nest too deeply; expected at most {MAX_DEPTH} levels", file=file)


def _bound(data: Any, file: str) -> None:
    level, count = [data], 0
    for _ in range(MAX_DEPTH):
        level = [child for value in level for child in _children(value)]
        count += len(level)
        if count > MAX_VALUES:
            raise too_much(file)
    if level:
        raise _too_deep(file)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _without_surrogates(data: Any) -> Any:
    if isinstance(data, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_without_surrogates(value) for value in data]
    return data.encode("utf-8", "replace").decode() if isinstance(data, str) else data


def _find(text: str, steps: Steps, key: bool) -> int:
    """The offset of a value, or of its key; inside the quotes of a text."""
    found = at = _skip(text, 0)
    for position, step in enumerate(steps, start=1):
        member = next((m for m in _members(text, at) if m[0] == step), None)
        if member is None:
            break
        _, key_at, at = member
        found = key_at if key and position == len(steps) else at
    return found + (text[found] == '"')


def _members(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """Key or index, offset of the key, offset of the value, for an object or a list."""
    if text[at] not in "{[":
        return
    is_object = text[at] == "{"
    index, at = 0, _skip(text, at + 1)
    while text[at] not in "}]":
        step, key_at = index, at
        if is_object:
            step, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        yield step, key_at, at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        at = _skip(text, at + 1) if text[at] == "," else at
        index += 1


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _duplicate(text: str, file: str) -> InputError:
    pending = [_skip(text, 0)]
    while pending:
        seen: dict[str | int, int] = {}
        for key, key_at, value_at in _members(text, pending.pop()):
            if key in seen:
                return duplicate_key(text, file, str(key), seen[key] + 1, key_at + 1)
            seen[key] = key_at
            pending.append(value_at)
    raise AssertionError("a key stood twice when the document was read")


def duplicate_key(text: str, file: str, key: str, first: int, second: int) -> InputError:
    """The error of a key that stands twice, with both places."""
    earlier = place_at(text, first)
    message = f"the key {key!r} stands here a second time; the first is at {earlier}"
    return error_at(text, second, message, file=file)
