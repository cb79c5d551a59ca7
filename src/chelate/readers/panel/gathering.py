"""Events -> what they give: rows in printed order, fields, ingredients, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from chelate import wording
from chelate.catalogue import names
from chelate.findings import InputError
from chelate.readers.panel.columns import Column
from chelate.readers.panel.figures import amount_columns, same_size
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.rows import Row, completed, rows_of
from chelate.readers.panel.sections import Event, has_figures

MAX_ROWS = 2_000


@dataclass(slots=True)
class Gathered:
    """What the events have given so far; local to one reading."""

    rows: list[Row] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    front: list[Event] = field(default_factory=list)
    fields: dict[str, Piece] = field(default_factory=dict)
    doses: list[Event] = field(default_factory=list)
    other: list[Piece] = field(default_factory=list)
    statements: list[Piece] = field(default_factory=list)
    unread: list[Piece] = field(default_factory=list)
    waiting: Row | None = None
    former: tuple[Column, ...] = ()


def gathered(events: Iterable[Event], *, file: str) -> Gathered:
    """The events sorted by what they are.

    Raises:
        InputError: there are more rows than any label has.
    """
    found = Gathered()
    for event in events:
        _take(found, event)
        if len(found.rows) > MAX_ROWS:
            limit = f"expected at most {MAX_ROWS:,} rows"
            raise InputError(f"there is too much in the text for one label; {limit}", file=file)
    if found.waiting:
        found.unread.append(found.waiting.line)
    return found


def _take(found: Gathered, event: Event) -> None:
    if event.kind == "row":
        _take_line(found, event)
    elif event.kind == "columns":
        _take_columns(found, event.columns)
    elif event.kind == "front":
        found.front.append(event)
    elif event.kind == "field":
        _take_field(found, event)
    elif event.kind == "dose":
        _take_dose(found, event)
    elif event.kind == "other":
        found.other.append(event.piece)
    elif event.kind == "statement":
        found.statements.append(event.piece)
    elif event.kind == "unread":
        found.unread.append(event.piece)


def _take_field(found: Gathered, event: Event) -> None:
    if event.field in found.fields:
        (found.unread if has_figures(event.piece) else found.statements).append(event.piece)
    else:
        found.fields[event.field] = event.piece


def _take_columns(found: Gathered, columns: tuple[Column, ...]) -> None:
    """New headings: they add to those before them until a row has come, then replace them.

    A heading that stands between a row's name and its figures says what those figures are.
    """
    found.former = found.columns
    last = found.rows[-1] if found.rows else None
    open_row = last is not None and any(_lacks(last, column) for column in columns)
    fresh = last is None or last.columns is not found.columns
    if len(columns) == 1 and (fresh or open_row):
        kinds = {(c.kind, c.reference, c.basis and c.basis.what.text) for c in found.columns}
        new = tuple(
            c for c in columns if (c.kind, c.reference, c.basis and c.basis.what.text) not in kinds
        )
        if open_row and not fresh:
            new = tuple(c for c in new if c.kind == "percent" or not amount_columns(found.columns))
        found.columns = (*found.columns, *new)
        if open_row and not fresh:
            found.rows[-1] = replace(found.rows[-1], columns=found.columns)
    else:
        found.columns = columns


def _lacks(row: Row, column: Column) -> bool:
    """Whether a row has no figure yet of the kind that a heading announces."""
    return not (row.of("percent", "symbol") if column.kind == "percent" else row.has_amount)


def _take_dose(found: Gathered, event: Event) -> None:
    assert event.dose is not None
    stated = found.fields.get("size")
    if stated and _count(stated) != _count(event.dose.size):
        found.unread.append(event.piece)
        return
    found.doses.append(event)
    found.rows += [row for row in rows_of(event.dose.composition) if row.name]


def _is_for_another_serving(found: Gathered, event: Event) -> bool:
    """Whether a row stands behind its own heading, and that is not for the stated serving.

    "Each capsule contains 500 mg …" under a serving of four: the heading holds for its own
    line, and the figures are not those of the serving.
    """
    stated, heading = found.fields.get("size"), found.columns[-1:]
    if not event.headed or stated is None or not heading or heading[0].basis is None:
        return False
    basis = heading[0].basis
    return basis.kind == "units" and not same_size(basis, stated.text)


def _count(size: Piece) -> str:
    """How many units a serving is: "4 capsules" is 4, "each capsule" is one."""
    number = re.search(r"\d+(?:[.,/]\d+)?", size.text)
    return number[0] if number else "1"


def _take_line(found: Gathered, event: Event) -> None:
    if _is_for_another_serving(found, event):
        found.unread.append(event.piece)
        found.columns = found.former
        return
    for row in rows_of(event.piece, event.indent, found.columns):
        if row.name:
            found.rows.append(_with_waiting(found, row))
            continue
        if not found.rows and row.clauses and not row.figures and not found.waiting:
            found.waiting = row
            continue
        more = (
            completed(found.rows[-1], row)
            if found.rows and not _by_columns(found.rows, row)
            else None
        )
        if more is not None:
            found.rows[-1] = more
        elif not found.rows and row.children:
            found.rows += row.children
        elif has_figures(row.line):
            found.unread.append(row.line)
        elif row.clauses:
            found.statements.append(row.line)


def _with_waiting(found: Gathered, row: Row) -> Row:
    """The panel's first row with the clause that is printed above it."""
    above, found.waiting = found.waiting, None
    if above is None:
        return row
    whole = completed(row, above)
    if whole is None:
        found.unread.append(above.line)
    return whole or row


def _by_columns(rows: Sequence[Row], more: Row) -> bool:
    """Whether names stand in a column of their own, so that it is not told whose a figure is."""
    if more.clauses or more.children or len(rows) < 2:
        return False
    bare = [not row.figures and not row.clauses and not row.children for row in rows[-2:]]
    heads = [wording.parse(row.title[:100]).head.text for row in rows[-2:]]
    return all(bare) and all(names.nutrient_of(head) for head in heads)
