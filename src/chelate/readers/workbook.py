"""XLSX workbooks as records of cells, as a spreadsheet program shows them.

The only user of openpyxl. Formulas give the value that was computed when the file was
saved; one without any stays the formula, which is no figure.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from chelate.files.document import MAX_BYTES
from chelate.findings import InputError, Place
from chelate.readers.cells import MAX_COLUMNS, Cell, Record

MAX_UNPACKED = 200_000_000
MAX_CELL = 32_767
PARTS = "[Content_Types].xml"

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


def sheets(
    source: str | Path | BinaryIO, *, file: str
) -> Iterator[tuple[str, Iterator[Record], bool]]:
    """Name, rows, and whether it is the only one, of every visible sheet.

    Raises:
        InputError: it is no workbook, or larger than any table of labels.
    """
    data = _bounded(source, file)
    values, formulas = _opened(data, file, cached=True), _opened(data, file, cached=False)
    shown = [s.title for s in values.worksheets if s.sheet_state == "visible"]
    for name in shown:
        yield name, _records(values[name], formulas[name], file), len(shown) == 1


def _bounded(source: str | Path | BinaryIO, file: str) -> bytes:
    """The bytes of a workbook whose parts are of sensible size."""
    if isinstance(source, str | Path):
        with Path(source).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    else:
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        limit = f"expected at most {MAX_BYTES // 1_000_000} MB"
        raise InputError(f"the workbook is too large; {limit}", file=file)
    try:
        with ZipFile(BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, ValueError, OSError) as error:
        raise _unreadable(error, file) from None
    if unpacked > MAX_UNPACKED:
        found = f"the workbook unpacks to {unpacked / 1e6:,.0f} MB"
        raise InputError(f"{found}; expected at most {MAX_UNPACKED // 1_000_000} MB", file=file)
    return data


def _opened(data: bytes, file: str, *, cached: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=cached)
    except Exception as error:  # it raises whatever its parser meets
        raise _unreadable(error, file) from None


def _unreadable(error: Exception, file: str) -> InputError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return InputError(f"the workbook cannot be read: {reason}", file=file)


def _records(values: Any, formulas: Any, file: str) -> Iterator[Record]:
    """The rows of a sheet that are not blank; their places are row and column of the sheet."""
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    pairs = zip_longest(_rows(values, file), _rows(formulas, file), fillvalue=())
    for number, (row, written) in enumerate(pairs, start=1):
        if len(row) > MAX_COLUMNS:
            limit = f"expected at most {MAX_COLUMNS} columns"
            raise InputError(
                f"there are too many cells; {limit}", file=file, place=Place(number, 1)
            )
        cells = tuple(
            Cell(cell_text(cell, formula), Place(number, at))
            for at, (cell, formula) in enumerate(zip_longest(row, written), start=1)
        )
        record = Record(number, cells)
        if not record.blank:
            yield record


def _rows(sheet: Any, file: str) -> Iterator[tuple[Any, ...]]:
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = list(islice(rows, 1))
        except Exception as error:
            raise _unreadable(error, file) from None
        if not row:
            return
        filled = row[0]
        while filled and filled[-1].value is None:
            filled = filled[:-1]
        yield filled


def cell_text(cell: Any, formula: Any = None) -> str:
    """The text of a cell as it is shown: "200 mg" where its number format says so."""
    value = None if cell is None else cell.value
    if value is None:
        written = None if formula is None else formula.value
        return str(written)[:MAX_CELL].strip() if written is not None else ""
    return _shown(value, cell.number_format or "")[:MAX_CELL].strip()


def _shown(value: Any, number_format: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return _number(value, number_format) if isinstance(value, int | float) else str(value)


def _number(value: float, number_format: str) -> str:
    """A number in digits, with the percent sign or the words that its format adds.

    >>> _number(0.48, "0%"), _number(1419, '#,##0" mg"'), _number(0.1 + 0.2, "General")
    ('48 %', '1419 mg', '0.3')
    """
    form = number_format.partition(";")[0]
    is_percent = "%" in _LITERAL.sub("", form)
    number = Decimal(f"{value:.15g}") * (100 if is_percent else 1)
    digits = f"{number.normalize():f}"
    decimals = _decimals(form)
    if decimals > max(0, -int(number.normalize().as_tuple().exponent)):
        digits = f"{number:.{decimals}f}"
    words = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(form))
    return f"{digits} %" if is_percent else f"{digits} {words.strip()}".strip()


def _decimals(form: str) -> int:
    """The decimals that a number format always shows: two of "0.00"."""
    found = re.search(r"\.(0+)", _LITERAL.sub("", form))
    return len(found[1]) if found else 0
