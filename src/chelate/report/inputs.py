"""The files that a page was made from, each with its SHA-256: who has them can tell them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chelate.findings import InputError


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file by its name, without its folders, and the SHA-256 of its bytes in hexadecimal.

    The digest is "" for a stream, which cannot be read a second time.
    """

    name: str
    sha256: str


def inputs_of(paths: Iterable[str | Path]) -> tuple[InputFile, ...]:
    """The files at these paths, each once, in their order; "-" is standard input.

    Raises:
        InputError: a file cannot be read.
    """
    return tuple(map(_input, dict.fromkeys(map(Path, paths))))


def inputs_json(inputs: Sequence[InputFile]) -> list[dict[str, str | None]]:
    """The files as plain data, a digest that is not known as null."""
    return [{"file": each.name, "sha256": each.sha256 or None} for each in inputs]


def digest_words(each: InputFile) -> str:
    """What is said of the bytes of a file."""
    return f"SHA-256 {each.sha256}" if each.sha256 else "a stream, no digest taken"


def _input(path: Path) -> InputFile:
    if not path.is_file():
        return InputFile("standard input" if path == Path("-") else path.name, "")
    try:
        with path.open("rb") as stream:
            return InputFile(path.name, hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise InputError(f"its SHA-256 could not be taken: {said}", file=str(path)) from None
