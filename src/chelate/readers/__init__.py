"""Label files of every format that can be read, told apart by what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from chelate import files
from chelate.files import MAX_BYTES
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import own
from chelate.readers.sources import Source, opened

if TYPE_CHECKING:
    from chelate.readers.spreadsheet import Table

__all__ = [
    "Source",
    "iter_labels",
    "label_from_text",
    "labels_in",
    "load_label",
    "opened",
    "read_labels",
    "tables",
]

HEAD = 65_536

Read = Label | InputError
Columns = Mapping[str, str]


def iter_labels(path: str | Path, *, columns: Columns | None = None) -> Iterator[Read]:
    """The labels in a file, one after the other; a record that fails is its error in their place.

    `columns` says what columns of a spreadsheet are: header or letter to the words of a
    header that is understood, `{"Mg": "magnesium mg"}`.

    Raises:
        InputError: the file as a whole cannot be used.
    """
    with closing(opened(path)) as source:
        yield from labels_in(source, columns=columns)


def labels_in(source: Source, *, columns: Columns | None = None) -> Iterator[Read]:
    """The labels in a source, which may be standard input.

    Raises:
        InputError: the source as a whole cannot be used, or there is no label in it.
    """
    found = _found_in(source, columns)
    first = next(found, None)
    if first is None:
        raise InputError("the file holds no label; expected at least one", file=source.file)
    return chain([first], found)


def _found_in(source: Source, columns: Columns | None) -> Iterator[Read]:
    if source.is_zip:
        return _in_archive(source, columns)
    if len(source.head) > MAX_BYTES:
        return _in_stream(source)
    return _in_text(files.text_of(source.head, file=source.file), source, columns)


def read_labels(path: str | Path, *, columns: Columns | None = None) -> list[Label]:
    """The labels in a file of any readable format, in the order in which they stand there.

    Raises:
        InputError: the file cannot be read, or one of its records cannot.
    """
    return list(_all_good(iter_labels(path, columns=columns)))


def load_label(path: str | Path) -> Label:
    """The one label in a file of any readable format; the name of the file does not matter.

    Raises:
        InputError: the file cannot be read, or does not hold exactly one label.
    """
    return _only(read_labels(path), str(path))


def label_from_text(text: str, *, file: str) -> Label:
    r"""The one label in a text; `file` names it in messages.

    >>> label_from_text("product: Plain\nfacts: [{name: Zinc, amount: 15 mg}]", file="a.yaml")
    Label('Plain', 1 row)
    """
    return _only(
        list(_all_good(_in_text(text, Source.of(text.encode(errors="replace"), file), None))), file
    )


def tables(source: Source, *, columns: Columns | None = None) -> list[Table]:
    """The tables of a spreadsheet with their columns; none for a file of another format."""
    from chelate.readers import spreadsheet

    if _is_workbook(source):
        return list(spreadsheet.xlsx_tables(source.seekable(), file=source.file, given=columns))
    if source.is_zip or len(source.head) > MAX_BYTES:
        return []
    text = files.text_of(source.head, file=source.file)
    is_table = _format(text) == "table" or (columns and _format(text) == "panel")
    return [spreadsheet.csv_table(text, file=source.file, given=columns)] if is_table else []


def _is_workbook(source: Source) -> bool:
    if not source.is_zip:
        return False
    from chelate.readers import archive
    from chelate.readers.workbook import PARTS

    return PARTS in archive.names(source.seekable(), file=source.file)


def _in_archive(source: Source, columns: Columns | None) -> Iterator[Read]:
    from chelate.readers import dsld_zip, spreadsheet

    if _is_workbook(source):
        return spreadsheet.labels_of_workbook(source.seekable(), file=source.file, columns=columns)
    return dsld_zip.labels(source.seekable(), file=source.file, other=own.label)


def _in_stream(source: Source) -> Iterator[Read]:
    """The labels of what is larger than one label may be: only what is read record by record."""
    from chelate.readers import dsld_csv, json_lines

    head = source.head[:HEAD].decode(errors="replace")
    if json_lines.recognise(head):
        return json_lines.labels(source.stream(), file=source.file, other=own.label)
    if dsld_csv.recognise(head):
        return _export(source)
    files.text_of(source.head, file=source.file)
    raise AssertionError("a text larger than allowed was not refused")


def _format(text: str) -> str:
    """What a text of at most 16 MB holds."""
    if own.begins_like_json(text):
        return "json"
    if own.recognise(text):
        return "own"
    from chelate.readers import dsld_csv, spreadsheet

    if dsld_csv.recognise(text[:HEAD]):
        return "export"
    return "table" if spreadsheet.recognise(text) else "panel"


def _in_text(text: str, source: Source, columns: Columns | None) -> Iterator[Read]:
    kind = _format(text)
    if kind == "own":
        return iter([own.label(files.parse(text, file=source.file))])
    if kind == "export":
        return _export(source)
    if kind == "panel" and not columns:
        return iter([own.panel_label(text, file=source.file)])
    from chelate.readers import json_many, spreadsheet

    if kind == "json":
        return json_many.labels(text, file=source.file, other=own.label)
    return spreadsheet.labels_of_text(text, file=source.file, columns=columns)


def _export(source: Source) -> Iterator[Read]:
    from chelate.readers import dsld_csv

    if source.path:
        return dsld_csv.labels(source.path)
    return dsld_csv.labels_from(source.stream(), file=source.file)


def _all_good(read: Iterable[Read]) -> Iterator[Label]:
    for each in read:
        if isinstance(each, InputError):
            raise each
        yield each


def _only(labels: list[Label], file: str) -> Label:
    if len(labels) != 1:
        found = f"the file holds {len(labels)} labels" if labels else "the file holds no label"
        raise InputError(f"{found}; expected one", file=file)
    return labels[0]
