"""A spreadsheet with one product a row as labels: CSV and XLSX.

Columns are found by their headers, wherever they stand, and every figure stays the text of
its cell, the unit of the header added where the cell has none. What no header explains is
kept: a figure as an unread line, other text as a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from chelate.catalogue import names
from chelate.files import shown
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers.cells import DELIMITERS, Record, delimiter_of, records
from chelate.readers.headers import (
    UNKNOWN,
    Column,
    columns_of,
    is_header,
    language_of,
)
from chelate.readers.products import label_of

MAX_ROWS = 100_000
HEAD_LINES = 10
HEAD_LENGTH = 65_536

Given = Mapping[str, str]

_LETTER = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of products: its columns, and the records under its header.

    `name` is that of the sheet, where a workbook has several.
    """

    columns: tuple[Column, ...]
    rows: Iterator[Record]
    text: str = ""
    name: str = ""


def recognise(text: str) -> bool:
    """Whether a text is a delimited table with headers of a table of products."""
    return _delimiter(text[:HEAD_LENGTH]) is not None


def labels_of_text(
    text: str, *, file: str, columns: Given | None = None
) -> Iterator[Label | InputError]:
    """The labels of a delimited text; `columns` says what some of them are."""
    return labels(csv_table(text, file=file, given=columns), file=file)


def labels_of_workbook(
    source: str | Path | BinaryIO, *, file: str, columns: Given | None = None
) -> Iterator[Label | InputError]:
    """The labels of every table in a workbook."""
    for table in xlsx_tables(source, file=file, given=columns):
        yield from labels(table, file=file)


def csv_table(text: str, *, file: str, given: Given | None = None) -> Table:
    """The table in a delimited text; `given` says what columns are, by header or letter.

    Raises:
        InputError: there is no header that can be used, or `given` names no column.
    """
    mark = _delimiter(text[:HEAD_LENGTH]) or _likeliest(text[:HEAD_LENGTH])
    return table_of(records(text, mark, file=file), file=file, given=given, text=text)


def xlsx_tables(
    source: str | Path | BinaryIO, *, file: str, given: Given | None = None
) -> Iterator[Table]:
    """The tables in a workbook, sheet by sheet; a sheet that holds none is passed over.

    Raises:
        InputError: the workbook cannot be read, or no sheet of it holds a table of products.
    """
    from chelate.readers.workbook import sheets

    found, refused = False, InputError("the workbook has no rows", file=file)
    for name, rows, is_alone in sheets(source, file=file):
        try:
            table = table_of(rows, file=file, given=given)
        except InputError as error:
            refused = error
            continue
        found = True
        yield replace(table, name="" if is_alone else name)
    if not found:
        raise refused


def table_of(
    rows: Iterable[Record], *, file: str, given: Given | None = None, text: str = ""
) -> Table:
    """The table that begins with the first of the rows that is a header."""
    every = iter(rows)
    head = list(islice(every, HEAD_LINES))
    tried = [_columns(row, None) for row in head]
    at = next((i for i, columns in enumerate(tried) if is_header(columns)), None)
    if given:
        fitting = (i for i, row in enumerate(head) if _places(row, given, file, strict=False))
        at = next(fitting, at if at is not None else 0)
    if at is None or not head:
        raise _no_header(head, file)
    columns = _columns(head[at], _places(head[at], given, file) if given else None)
    if not any(column.kind == "amount" for column in columns):
        raise _no_amount(columns, head[at], file)
    return Table(tuple(columns), chain(head[at + 1 :], every), text)


def labels(table: Table, *, file: str) -> Iterator[Label | InputError]:
    """The label of every row of a table; a row that cannot be one is its error."""
    language = language_of(c.header for c in table.columns) if table.text else None
    for count, row in enumerate(table.rows):
        if count == MAX_ROWS:
            yield InputError(f"there are too many rows; expected at most {MAX_ROWS:,}", file=file)
            return
        record = f"{table.name} row {row.number}".strip()
        try:
            yield label_of(
                row, table.columns, file=file, record=record, text=table.text, language=language
            )
        except InputError as error:
            yield InputError(f"{record}: {error.message}", file=file, place=error.place)


def _delimiter(text: str) -> str | None:
    """The delimiter under which one of the first lines is a header, or None."""
    named = delimiter_of(text)
    for mark in (named,) if named else DELIMITERS:
        try:
            head = islice(records(text, mark), HEAD_LINES)
            if any(is_header(_columns(row, None)) for row in head if len(row.cells) > 1):
                return mark
        except InputError:
            continue
    return None


def _likeliest(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return delimiter_of(text) or max(DELIMITERS, key=first.count)


def _columns(row: Record, given: Mapping[int, str] | None) -> list[Column]:
    return columns_of([cell.text for cell in row.cells], given)


def _places(row: Record, given: Given, file: str, *, strict: bool = True) -> dict[int, str]:
    """The index of each column that is given a meaning, by its header or its letter."""
    headers = [names.normalise(cell.text) for cell in row.cells]
    letters = {Column(i, "", UNKNOWN).letter: i for i in range(len(headers))}
    found: dict[int, str] = {}
    for header, meaning in given.items():
        name = names.normalise(header)
        if name in headers:
            found[headers.index(name)] = meaning
        elif strict and _LETTER.fullmatch(header.strip()) and header.strip().upper() in letters:
            found[letters[header.strip().upper()]] = meaning
        elif strict:
            known = ", ".join(shown(cell.text) for cell in row.cells[:20] if cell.text)
            message = f"there is no column {shown(header)}; the columns are {known}"
            raise InputError(message, file=file, place=row.cells[0].place)
    return found


def _no_header(head: Sequence[Record], file: str) -> InputError:
    first = next((cell for row in head for cell in row.cells if cell.text), None)
    found = f"the first cell is {shown(first.text)}" if first else "there are no cells"
    return InputError(
        f"no line is the header of a table of products: {found}; expected columns such as "
        "product, magnesium (mg), source, compound mass (mg)",
        file=file,
        place=first.place if first else None,
    )


def _no_amount(columns: Sequence[Column], row: Record, file: str) -> InputError:
    named = ", ".join(shown(column.header) for column in columns[:20] if column.header)
    return InputError(
        f"no column is the amount of a nutrient: found {named}; expected a header such as "
        "magnesium (mg), or the option --column 'HEADER=magnesium mg'",
        file=file,
        place=row.cells[0].place,
    )
