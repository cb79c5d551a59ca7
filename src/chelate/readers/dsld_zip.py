"""The full download of DSLD as a zip: one JSON record a member, or the tables of its CSV export.

Members are read one after the other and nothing is unpacked to the disk; a member that
fails is reported by its name, the rest go on.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from chelate.files import MAX_BYTES, Document, text_of
from chelate.findings import InputError
from chelate.models import Label
from chelate.readers import archive, dsld_csv, json_lines, json_many
from chelate.readers.archive import Source

Other = Callable[[Document], Label]
Found = Label | InputError

_HEAD = 65_536


def labels(source: Source, *, file: str, other: Other) -> Iterator[Found]:
    """The labels in a zip archive; `Origin.file` names the member after the archive.

    Raises:
        InputError: the archive as a whole cannot be used.
    """
    with archive.opened(source, file=file) as opened:
        tables: list[dsld_csv.Table] = []
        for info in archive.members(opened, file=file):
            if isinstance(info, InputError):
                yield info
                continue
            table = _table(opened, info, file)
            if isinstance(table, dsld_csv.Table):
                tables.append(table)
            else:
                yield from [table] if table else _guarded(opened, info, file, other)
        if tables:
            yield from dsld_csv.labels_of_tables(tables)


def _table(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, file: str
) -> dsld_csv.Table | InputError | None:
    """The table of the CSV export that a member is, None where it is something else."""
    if not info.filename.lower().endswith(".csv"):
        return None
    name = archive.inside(file, info)
    try:
        return dsld_csv.table(name, partial(archive.stream, opened, info, file=file))
    except InputError as error:
        return error


def _guarded(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, other: Other
) -> Iterator[Found]:
    try:
        yield from _labels_in(opened, info, file, other)
    except InputError as error:
        yield error


def _labels_in(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, other: Other
) -> Iterator[Found]:
    name = archive.inside(file, info)
    with archive.stream(opened, info, file=file) as unpacked:
        data = unpacked.read(MAX_BYTES + 1 if info.file_size <= MAX_BYTES else _HEAD)
    if archive.is_zip(data):
        raise InputError("this is an archive in the archive; expected records", file=name)
    if info.file_size > MAX_BYTES and json_lines.recognise(data.decode(errors="replace")):
        with archive.stream(opened, info, file=file) as unpacked:
            yield from json_lines.labels(unpacked, file=name, other=other)
        return
    if info.file_size > MAX_BYTES:
        limit = f"expected at most {MAX_BYTES // 1_000_000} MB"
        raise InputError(f"the member is too large for a label; {limit}", file=name)
    text = text_of(data, file=name)
    if not json_many.is_json(text):
        raise InputError("the member is no JSON record; expected DSLD records", file=name)
    yield from json_many.labels(text, file=name, other=other)
