"""The CSV export of the full DSLD download: tables joined by DSLD ID, split over many files.

The facts table is read once, in file order; the rows of a label stand together in it. The
other tables wait in a temporary database on the disk, so that memory stays bounded. No
table has the form of an ingredient ("as magnesium oxide").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from chelate.findings import InputError
from chelate.models import Label, Origin
from chelate.readers.csv_lines import Line, columns_of, lines_of
from chelate.readers.dsld_csv_beside import Beside
from chelate.readers.dsld_csv_rows import label_of
from chelate.readers.parts import named

Open = Callable[[], AbstractContextManager[IO[bytes]]]
Found = Label | InputError

_HEAD = 8_192
_TABLES = {
    "facts": {"dsld id", "ingredient", "amount per serving"},
    "statements": {"dsld id", "statement type", "statement"},
    "others": {"dsld id", "other ingredients"},
    "overview": {"dsld id", "brand name"},
    "companies": {"dsld id", "company name"},
}
_NAME = re.compile(r"(?:ProductOverview|OtherIngredients|LabelStatements)(?:_\d+)?\.csv", re.I)
_EXPECTED = "expected its table DietarySupplementFacts (Ingredient, Amount Per Serving …)"


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the export: which table it is a part of, its name, and how it is opened."""

    kind: str
    file: str
    open: Open


def recognise(head: str) -> bool:
    """Whether a file that begins like this is a table of the export.

    >>> recognise('URL,DSLD ID,Product Name,Ingredient,Amount Per Serving')
    True
    """
    return _kind(head) is not None


def _kind(head: str) -> str | None:
    columns = set(columns_of(head))
    return next((kind for kind, needed in _TABLES.items() if needed <= columns), None)


def table(file: str, opener: Open) -> Table:
    """The table of the export that a file holds.

    Raises:
        InputError: the header is that of no table.
    """
    with opener() as stream:
        head = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    kind = _kind(head)
    if kind is None:
        raise InputError(f"this CSV is no table of the DSLD export; {_EXPECTED}", file=file)
    return Table(kind, file, opener)


def labels(path: str | Path) -> Iterator[Found]:
    """The labels of a file of the facts table, joined with the tables in the same folder.

    Raises:
        InputError: the file is another table of the export, or no table of it.
    """
    path = Path(path)
    own = table(str(path), _opener(path))
    if own.kind != "facts":
        found = f"this is the table of {own.kind} of the DSLD export, without amounts"
        raise InputError(f"{found}; {_EXPECTED}", file=own.file)
    yield from labels_of_tables([own, *_siblings(path)])


def labels_from(stream: IO[bytes], *, file: str) -> Iterator[Found]:
    """The labels of the facts table in a stream, joined with nothing."""

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        yield stream

    yield from labels_of_tables([Table("facts", file, opened)])


def labels_of_tables(tables: list[Table]) -> Iterator[Found]:
    """The labels of the facts among some tables, and those that have no facts at all."""
    with Beside.opened() as beside:
        for each in sorted(tables, key=_in_order):
            if each.kind in Beside.KINDS:
                with each.open() as stream:
                    yield from beside.keep(each.kind, each.file, lines_of(stream, file=each.file))
        seen: set[str] = set()
        for each in sorted(tables, key=_in_order):
            if each.kind == "facts":
                yield from _of_facts(each, beside, seen)
        if sum(each.kind == "facts" for each in tables) != 1:
            yield from _without_facts(beside, seen)


def _of_facts(facts: Table, beside: Beside, seen: set[str]) -> Iterator[Found]:
    try:
        with facts.open() as stream:
            for identifier, found in groupby(lines_of(stream, file=facts.file), key=_identifier):
                group = list(found)
                lines = [each for each in group if isinstance(each, Line)]
                yield from (each for each in group if isinstance(each, InputError))
                if lines and identifier is not None:
                    yield _label(identifier, lines, facts.file, beside, seen)
    except InputError as error:
        yield error


def _label(identifier: str, lines: list[Line], file: str, beside: Beside, seen: set[str]) -> Found:
    document, tree = label_of(identifier, lines, file, beside.of(identifier))
    if identifier in seen:
        message = "its rows stand apart; expected all rows of a label together"
        return named(document.error(message), identifier)
    if not identifier:
        return document.error("the record has no DSLD ID")
    seen.add(identifier)
    return tree


def _identifier(line: Line | InputError) -> str | None:
    return line.get("DSLD ID") if isinstance(line, Line) else None


def _without_facts(beside: Beside, seen: set[str]) -> Iterator[Label]:
    """The products of an export that have no row in the facts table."""
    for identifier, file in beside.products():
        if identifier not in seen:
            extra = beside.of(identifier)
            label = Label.model_validate({**extra.fields(identifier)})
            yield label.located(Origin(file, record=identifier))


def _in_order(each: Table) -> tuple[str, int, str]:
    numbers = re.findall(r"\d+", Path(each.file).name)
    return str(Path(each.file).parent), int(numbers[-1]) if numbers else 0, each.file


def _siblings(path: Path) -> Iterator[Table]:
    for beside in sorted(path.parent.iterdir()):
        if _NAME.fullmatch(beside.name) and beside.is_file():
            yield table(str(beside), _opener(beside))


def _opener(path: Path) -> Open:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        try:
            with path.open("rb") as stream:
                yield stream
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"the file cannot be read: {reason}", file=str(path)) from None

    return opened
