"""CSV records one after the other, each knowing where in the file its cells stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from chelate.files import shown
from chelate.findings import InputError, Place

MAX_LINE = 1_000_000

_CELL = re.compile(r'\s*"(?:[^"]|"")*"[^,]*|[^,]*')
_FOLDED = re.compile(r"\s*[\r\n]\s*")
_UNDECODED = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its cells by column in lower case, its own text, and its first line.

    A cell of several lines is one line here.
    """

    cells: dict[str, str]
    columns: tuple[str, ...]
    text: str
    first: int

    def get(self, column: str) -> str:
        """The text of a cell without the space around it; empty where there is none."""
        return self.cells.get(column.lower(), "")

    def offset(self, column: str) -> int:
        """Where the words of a cell begin in the record's own text."""
        if column.lower() not in self.columns:
            return 0
        at = 0
        for _ in range(self.columns.index(column.lower())):
            cell = _CELL.match(self.text, at)
            at = cell.end() + 1 if cell else at
        found = re.compile(r'[\s"]*').match(self.text, at)
        words = found.end() if found else at
        return words if self.get(column) and words < len(self.text) else at


def columns_of(head: str) -> tuple[str, ...]:
    """The columns that the first line of a CSV file names, in lower case."""
    first = re.split(r"[\r\n]", head.removeprefix("\ufeff"), maxsplit=1)[0]
    try:
        cells = next(csv.reader([first]), [])
    except csv.Error:
        cells = []
    return tuple(cell.strip().lower() for cell in cells)


def lines_of(stream: IO[bytes], *, file: str) -> Iterator[Line | InputError]:
    """The records after the header, a record that is broken as its error.

    A line of more than a million characters ends the reading.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    taken: list[str] = []
    reader = csv.reader(_bounded(text, taken, file))
    columns: tuple[str, ...] = ()
    done = False
    first = 1
    while not done:
        taken.clear()
        found: Line | InputError | None = None
        try:
            cells = next(reader)
            if not columns:
                columns = tuple(cell.strip().lower() for cell in cells)
            elif cells:
                found = _line(cells, columns, "".join(taken), first, file)
        except StopIteration:
            done = True
        except csv.Error as error:
            found = InputError(f"broken CSV: {error}", file=file, place=Place(first, 1))
        except InputError as error:
            done, found = True, error
        if found:
            yield found
        first += len(taken)
    text.detach()


def _line(
    cells: Sequence[str], columns: tuple[str, ...], text: str, first: int, file: str
) -> Line | InputError:
    place = Place(first, 1)
    if len(cells) != len(columns):
        found = f"found {len(cells)} cells, expected {len(columns)} as in the header"
        return InputError(f"{found}; the record begins {shown(cells[0])}", file=file, place=place)
    if undecoded := _UNDECODED.search(text):
        byte = f"0x{ord(undecoded[0]) - 0xDC00:02x}"
        return InputError(f"the byte {byte} is not UTF-8; expected UTF-8", file=file, place=place)
    named = {c: _FOLDED.sub(" ", cell).strip() for c, cell in zip(columns, cells, strict=True)}
    return Line(named, columns, text, first)


def _bounded(text: io.TextIOWrapper, taken: list[str], file: str) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            limit = f"expected at most {MAX_LINE:,} characters"
            message = f"this line is too long; {limit}; what follows is not read"
            raise InputError(message, file=file, place=Place(number, 1))
        taken.append(line)
        yield line
