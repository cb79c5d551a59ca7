"""Rows in printed order -> rows under rows: members under blends, elements under compounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from chelate.catalogue import names
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.listing import items_of
from chelate.readers.panel.rows import Row
from chelate.readers.panel.words import spoken, word_set
from chelate.units import Amount, read_amount

MOST_NESTED = 8


def nested(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with those under them that indentation, a blend's total or a list puts there."""
    found: list[Row] = []
    at = 0
    while at < len(rows):
        row, at = _with_members(rows, at, 0)
        found.append(row)
    return tuple(found)


def _with_members(rows: Sequence[Row], at: int, depth: int) -> tuple[Row, int]:
    """The row at an index with those under it, and the index after them."""
    row, end = _listed(rows[at]), at + 1
    members: list[Row] = []
    taken = _adding_up(rows, at) if is_blend(row) else 0
    while (
        end < len(rows)
        and depth < MOST_NESTED
        and (end <= at + taken or _is_under(row, rows[end], depth))
    ):
        if is_blend(row) and not rows[end].figures:
            members += _members(rows[end])
            end += 1
            continue
        member, end = (
            _with_members(rows, end, depth + 1) if end > at + taken else (rows[end], end + 1)
        )
        members.append(member)
    return replace(row, children=(*row.children, *members)), end


def is_blend(row: Row) -> bool:
    """Whether a row's name speaks of a blend."""
    return says_blend(row.title)


def says_blend(text: str) -> bool:
    """Whether words speak of a blend."""
    return bool(word_set("blend", "words") & set(spoken(text)))


def _is_under(row: Row, other: Row, depth: int) -> bool:
    """Whether a row stands under another one."""
    if is_blend(row) and not other.figures and not other.children and depth == 0:
        return not is_blend(other) or other.indent > row.indent
    if other.indent <= row.indent or not row.name:
        return False
    return is_blend(row) or _related(row, other)


def _related(row: Row, other: Row) -> bool:
    """Whether an indented row may be part of the row above: no other mineral's."""
    own = _nutrient(row.title)
    return own is None or own == _nutrient(other.title)


def _nutrient(title: str) -> str | None:
    return names.nutrient_of(title[:200]) or names.resolve(title[:200]).nutrient


def _adding_up(rows: Sequence[Row], at: int) -> int:
    """How many rows after a blend's add up to exactly its total; 0 where none do."""
    whole, sum_mg = _mass(rows[at]), Decimal(0)
    for count, row in enumerate(rows[at + 1 : at + 40], 1):
        mass = _mass(row)
        if whole is None or mass is None or row.of("percent"):
            return 0
        sum_mg += mass
        if sum_mg >= whole:
            return count if sum_mg == whole and count > 1 else 0
    return 0


def _mass(row: Row) -> Decimal | None:
    printed = row.of("amount")
    read = read_amount(printed[0].piece.clean) if len(printed) == 1 else None
    if not isinstance(read, Amount) or read.value_mg is None:
        return None
    return Decimal(str(read.value_mg))


def _listed(row: Row) -> Row:
    """A blend's row with the names that its brackets list as rows under it."""
    if not is_blend(row) or _nutrient(row.title):
        return row
    lists = [t for t in row.clauses if t.kind == "bracket" and "," in t.piece.text]
    members = tuple(m for token in lists for m in _names(token.piece, row))
    clauses = tuple(t for t in row.clauses if t not in lists)
    return replace(row, clauses=clauses, children=(*row.children, *members))


def _members(row: Row) -> Iterator[Row]:
    """The members that a line without figures lists, one row each."""
    if len(row.name) == 1 and not row.clauses:
        yield from (replace(member, indent=row.indent) for member in _names(row.name[0], row))
    else:
        yield row


def _names(piece: Piece, row: Row) -> Iterator[Row]:
    for item in items_of(piece):
        yield Row(row.line, name=(item,), indent=row.indent + 1, columns=row.columns)
