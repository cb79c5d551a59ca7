"""Delimited text -> records of cells that know their places; quotes may hold line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chelate.findings import InputError, Place

DELIMITERS = ",;\t|"
MAX_COLUMNS = 500

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NAMED_DELIMITER = re.compile(r"\s*sep=([,;\t|])[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, stripped, and the place of its first character."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table: the number of its line or row, its cells, and where it begins."""

    number: int
    cells: tuple[Cell, ...]
    start: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return not any(cell.text for cell in self.cells)


def delimiter_of(text: str) -> str | None:
    """The delimiter that a spreadsheet program wrote on a line of its own: `sep=;`."""
    named = _NAMED_DELIMITER.match(text)
    return named[1] if named else None


def records(text: str, delimiter: str, *, file: str = "<text>") -> Iterator[Record]:
    """The records of a delimited text, those that are blank left out.

    Raises:
        InputError: a record has more than `MAX_COLUMNS` cells.

    >>> [c.text for c in next(records('a;"b; ""c"" "', ";")).cells]
    ['a', 'b; "c"']
    """
    named = _NAMED_DELIMITER.match(text)
    at, line, line_start = (named.end(), 2, named.end()) if named else (0, 1, 0)
    cells: list[Cell] = []
    first_line, start = line, at
    while at <= len(text):
        found = _cell_pattern(delimiter).match(text, at)
        assert found
        cells.append(_cell(found, line, line_start))
        line, line_start = _after(text, found.start(), found.start("end"), line, line_start)
        if len(cells) > MAX_COLUMNS:
            limit = f"expected at most {MAX_COLUMNS} columns"
            raise InputError(f"there are too many cells; {limit}", file=file, place=Place(line, 1))
        if found["end"] == delimiter:
            at = found.end()
            continue
        record = Record(first_line, tuple(cells), start)
        if not record.blank:
            yield record
        cells, at = [], found.end() + (found.end() == len(text))
        line, line_start = line + 1, found.end()
        first_line, start = line, at


def _cell(found: re.Match[str], line: int, line_start: int) -> Cell:
    kind = "plain" if found["quoted"] is None else "quoted"
    raw, start = found[kind], found.start(kind)
    text = raw if kind == "plain" else raw.replace('""', '"') + found["rest"].rstrip()
    first = start + len(raw) - len(raw.lstrip())
    line, line_start = _after(found.string, start, first, line, line_start)
    return Cell(text.strip(), Place(line, first - line_start + 1))


def _after(text: str, start: int, end: int, line: int, line_start: int) -> tuple[int, int]:
    """The line of `end`, and where it begins, given those of `start`."""
    for found in _LINE_BREAK.finditer(text, start, end):
        line, line_start = line + 1, found.end()
    return line, line_start


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    """A cell and what ends it; a quote that never closes is a character like others."""
    mark = re.escape(delimiter)
    plain = rf"[^{mark}\r\n]*"
    return re.compile(
        rf'(?:[ ]*"(?P<quoted>[^"]*(?:""[^"]*)*)"(?P<rest>{plain})|(?P<plain>{plain}))'
        rf"(?P<end>{mark}|\r\n|\r|\n|\Z)"
    )
