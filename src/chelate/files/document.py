"""Text from the disk, places in it, and a document of plain data that knows its places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chelate.findings import InputError, Place

MAX_BYTES = 16_000_000
MAX_DEPTH = 60
MAX_VALUES = 200_000
WIDTH = 100

Steps = tuple[str | int, ...]

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Document:
    """One text read as plain data: dicts, lists, text, True, False and None.

    `find` turns the steps to a value, and whether its key is meant, into an offset in
    `text`; where the steps lead nowhere it gives the nearest value around it.
    """

    file: str
    text: str
    data: Any
    find: Callable[[Steps, bool], int]

    def place(self, path: str | Steps, *, key: bool = False) -> Place:
        """Where `facts[0].amount` stands, or the nearest value around it."""
        steps = steps_of(path) if isinstance(path, str) else path
        return place_at(self.text, self.find(steps, key))

    def error(self, message: str, steps: Steps = (), *, key: bool = False) -> InputError:
        """An error at a value of this document, the path of the value before the message."""
        named = f"{path_of(steps)}: {message}" if steps else message
        return error_at(self.text, self.find(steps, key), named, file=self.file)


def steps_of(path: str) -> Steps:
    """The steps of a path.

    >>> steps_of("facts[0].amount")
    ('facts', 0, 'amount')
    """
    return tuple(int(index) if index else key for index, key in _STEP.findall(path))


def path_of(steps: Steps) -> str:
    """The path of some steps.

    >>> path_of(("facts", 0, "amount"))
    'facts[0].amount'
    """
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")


def place_at(text: str, offset: int) -> Place:
    r"""Line and column, counted from one and in characters, of an offset in a text.

    >>> place_at("a: 1\r\nb: 2", 9)
    Place(line=2, column=4)
    """
    returns = text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    line = text.count("\n", 0, offset) + returns + 1
    before = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return Place(line, offset - before)


def excerpt(text: str, offset: int) -> str:
    """The line of an offset with a caret under it; a long line is cut around the caret.

    >>> print(excerpt("ab: [1, 2", 4))
    ab: [1, 2
        ^
    """
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    cut = max(start, offset - WIDTH // 2)
    line = re.split(r"[\r\n]", text[cut : cut + WIDTH], maxsplit=1)[0]
    shown = "".join(c if c.isprintable() else " " if c == "\t" else "\ufffd" for c in line)
    return f"{shown}\n{' ' * (offset - cut)}^"


def error_at(text: str, offset: int, message: str, *, file: str) -> InputError:
    """An error at an offset of a text, with the line shown."""
    place = place_at(text, offset)
    return InputError(message, file=file, place=place, excerpt=excerpt(text, offset))


def too_much(file: str) -> InputError:
    """The error of a document with more values than any label has."""
    limit = f"expected at most {MAX_VALUES:,} values"
    return InputError(f"there is too much in the file; {limit}", file=file)


def shown(value: Any) -> str:
    """A value as a message names it.

    >>> shown({"a": "b"}), shown(["1 mg"]), shown("1 mg"), shown(None)
    ('a mapping', 'a list', "'1 mg'", 'nothing')
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def read_text(path: str | Path) -> str:
    """The text of a UTF-8 file of at most 16 MB, without its byte order mark.

    Raises:
        InputError: there is no such file, it is a directory, too large or empty, or it is
            not text.
    """
    return text_of(_bytes(Path(path)), file=str(path))


def text_of(data: bytes, *, file: str) -> str:
    """The text of the bytes of a UTF-8 file, by the rules of `read_text`.

    Raises:
        InputError: the bytes are too many or empty, or they are not text.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the text is UTF-16; expected UTF-8", file=file)
    if (zero := data.find(0)) >= 0:
        raise InputError(f"this is not text: byte {zero + 1} is zero", file=file)
    text = _decoded(data.removeprefix(b"\xef\xbb\xbf"), file)
    if not text.strip():
        raise InputError("the file is empty", file=file)
    return text


def _bytes(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a directory; expected a file", file=file)
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(file)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", file=file) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be read: {reason}", file=file) from None


def _too_large(file: str) -> InputError:
    limit = f"expected at most {MAX_BYTES // 1_000_000} MB"
    return InputError(f"the file is too large for a label; {limit}", file=file)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        found = f"byte {error.start + 1} is 0x{data[error.start]:02x}, {error.reason}"
        message = f"the text is not UTF-8: {found}; expected UTF-8"
        raise error_at(before, len(before), message, file=file) from None
