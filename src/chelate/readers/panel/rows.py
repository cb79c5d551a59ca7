"""Tokens of a line -> rows: which figures and which clauses belong to which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chelate.catalogue import names
from chelate.readers.panel.columns import Column, basis_of, basis_pattern
from chelate.readers.panel.lines import OPEN, Piece
from chelate.readers.panel.tokens import Token, tokens_of
from chelate.readers.panel.words import prepositions
from chelate.units.vocabulary import folded, vocabulary

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was found, before its columns are known.

    `name` is empty for a line that only adds to the row before it. `clauses` are brackets and
    clauses that stand after the name, `children` what a "providing …" gives. A child that
    `is_share` is a source with the element that comes from it: "of which from citrate 75 mg".
    """

    line: Piece
    name: tuple[Piece, ...] = ()
    figures: Tokens = ()
    clauses: Tokens = ()
    children: tuple[Row, ...] = ()
    indent: int = 0
    columns: tuple[Column, ...] = ()
    late: bool = False
    is_share: bool = False

    def of(self, *kinds: str) -> Tokens:
        """The figures of these kinds."""
        return tuple(token for token in self.figures if token.kind in kinds)

    @property
    def has_amount(self) -> bool:
        """Whether an amount, or a bare number in its place, was found."""
        return bool(self.of("amount", "number"))

    @property
    def title(self) -> str:
        """The words of its name."""
        return " ".join(piece.clean for piece in self.name)


@lru_cache(maxsize=64)
def rows_of(line: Piece, indent: int = 0, columns: tuple[Column, ...] = ()) -> tuple[Row, ...]:
    """The rows that one line holds; the first has no name where it adds to the row before.

    >>> [row.title for row in rows_of(Piece("200 mg magnesium, 15 mg zinc", 0))]
    ['magnesium', 'zinc']
    """
    tokens = _arranged(_with_split_units(tokens_of(line), line))
    found: tuple[Row, ...] = ()
    at = 0
    while at < len(tokens):
        row, at = _row(tokens, at, Row(line, indent=indent, columns=columns))
        found = (*found, row)
    return found


def _with_split_units(tokens: Tokens, line: Piece) -> Tokens:
    """A number and its unit in cells of their own are one amount."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        is_unit = token.kind == "name" and folded(token.piece.text) in vocabulary().units
        if before and before.kind == "number" and is_unit:
            piece = line.cut(before.piece.start - line.start, token.piece.end - line.start)
            found[-1] = replace(before, kind="amount", piece=piece, whole=piece)
        else:
            found.append(token)
    return tuple(found)


def _is_clause(token: Token) -> bool:
    """Whether a token opens a clause outside brackets."""
    return token.kind in ("source", "yield", "share") and token.whole.text[:1] not in OPEN


def _arranged(tokens: Tokens) -> Tokens:
    """Names before their figures, where the figures are printed first."""
    found: list[Token] = []
    waiting: list[Token] = []
    opening = True
    for token in tokens:
        is_bracket = token.whole.text[:1] in OPEN and token.kind != "name"
        if (token.is_figure and (opening or waiting)) or (is_bracket and waiting):
            waiting.append(token)
        elif token.kind == "name" and waiting:
            found += [replace(token, piece=without_preposition(token.piece)), *waiting]
            waiting = []
            opening = True
            continue
        else:
            found += waiting
            waiting = []
            found.append(token)
        opening = _is_clause(token) and not token.piece.text
    return (*found, *waiting)


def _row(tokens: Tokens, at: int, row: Row) -> tuple[Row, int]:
    """The row that begins at a token, and where the next one begins."""
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "name":
            if based := _with_basis(row, token):
                row, at = based, at + 1
                continue
            if _begins_another(tokens, at, row):
                return row, at
            row = _named(row, token)
        elif token.is_figure:
            row = replace(row, figures=(*row.figures, token))
        elif _is_clause(token):
            row, at = _with_clause(tokens, at, row)
            continue
        else:
            row = replace(row, clauses=(*row.clauses, token))
        at += 1
    return row, at


def _with_basis(row: Row, token: Token) -> Row | None:
    """A row with the basis printed in it, "100 mg per capsule", as its column."""
    found = basis_pattern().fullmatch(token.piece.text) if row.name else None
    if found is None or any(column.basis for column in row.columns):
        return None
    own = Column("amount", token.piece, basis=basis_of(token.piece, found))
    others = (column for column in row.columns if column.kind != "amount")
    return replace(row, columns=(*others, own))


def _begins_another(tokens: Tokens, at: int, row: Row) -> bool:
    """Whether a name begins another row: this one has its figures, and more are to come."""
    if not (row.name or row.clauses) or not (row.figures or row.children):
        return False
    later = {token.kind for token in tokens[at + 1 :] if token.is_figure}
    return bool(later & {"amount", "number"}) or (bool(later) and bool(row.of("percent", "symbol")))


def _named(row: Row, token: Token) -> Row:
    if not row.name and not row.clauses:
        return replace(row, name=(token.piece,))
    if not row.figures and row.name:
        return replace(row, clauses=(*row.clauses, replace(token, kind="bracket")))
    return replace(row, clauses=(*row.clauses, token))


def _with_clause(tokens: Tokens, at: int, row: Row) -> tuple[Row, int]:
    clause = tokens[at]
    if clause.kind != "source":
        return _with_yield(tokens, at, row)
    end = at + 1
    if row.has_amount and row.name:
        end = _end_of_list(tokens, end)
    elif not clause.piece.text:
        while [t.kind for t in tokens[end : end + 2]] == ["name", "amount"]:
            end += 2
    return replace(row, clauses=(*row.clauses, _widened(clause, tokens[at:end], row.line))), end


def _end_of_list(tokens: Tokens, at: int) -> int:
    """Where a source clause ends that follows its row's amount: before its last percents."""
    end = at
    while end < len(tokens) and not _is_clause(tokens[end]):
        end += 1
    while end > at and tokens[end - 1].kind in ("percent", "symbol", "number"):
        end -= 1
    return end


def _widened(clause: Token, taken: Sequence[Token], line: Piece) -> Token:
    """A clause with the tokens that belong to it, as one stretch of the line."""
    end = max(token.whole.end for token in taken)
    start = min([clause.piece.start, *(t.whole.start for t in taken[1:])])
    if not clause.piece.text and len(taken) > 1:
        start = min(t.whole.start for t in taken[1:])
    piece = line.cut(start - line.start, end - line.start)
    whole = line.cut(clause.whole.start - line.start, end - line.start)
    return replace(clause, piece=piece, whole=whole)


def _with_yield(tokens: Tokens, at: int, row: Row) -> tuple[Row, int]:
    """A clause that gives what the row's compound holds becomes a row under it."""
    clause, end = tokens[at], at + 1
    name = () if not clause.piece.text else (without_preposition(clause.piece),)
    child = Row(row.line, name=name, indent=row.indent, columns=row.columns,
                is_share=clause.kind == "share")  # fmt: skip
    while end < len(tokens) and not _is_clause(tokens[end]):
        token = tokens[end]
        if token.kind == "name" and not child.name:
            child = replace(child, name=(without_preposition(token.piece),))
        elif token.kind == "name" and (based := _with_basis(child, token)):
            child = based
        elif token.kind == "name" and _begins_another(tokens, end, child):
            break
        elif token.is_figure:
            child = replace(child, figures=(*child.figures, token))
        else:
            child = replace(child, clauses=(*child.clauses, token))
        end += 1
    if _is_own_row(child, row):
        return replace(row, children=(*row.children, child)), end
    text = replace(clause, kind="name", piece=clause.whole)
    return replace(row, clauses=(*row.clauses, text)), at + 1


def _is_own_row(child: Row, row: Row) -> bool:
    """Whether a "providing …" has a row's worth: a figure of its own, or a nutrient's name."""
    if not child.name:
        return False
    is_nutrient = names.nutrient_of(child.title) is not None
    return is_nutrient or (child.has_amount and (row.has_amount or not row.name))


def without_preposition(piece: Piece) -> Piece:
    """A name without the "of" between it and its amount."""
    found = prepositions().match(piece.text)
    return piece.cut(found.end()).stripped() if found else piece


def child_of(clause: Token, columns: tuple[Column, ...] = ()) -> Row | None:
    """The row that a bracketed "(providing 141 mg magnesium)" holds, or None."""
    inner = rows_of(clause.piece, columns=columns)
    if len(inner) != 1 or not inner[0].name:
        return None
    return replace(inner[0], name=tuple(without_preposition(p) for p in inner[0].name))


def completed(row: Row, more: Row) -> Row | None:
    """A row with what a line without a name adds to it, or None where that does not fit."""
    if row.children and _awaits(row.children[-1]) and not more.clauses and not more.children:
        child = completed(row.children[-1], more)
        return child and replace(row, children=(*row.children[:-1], child))
    children = tuple(
        c for t in more.clauses if t.kind == "yield" and (c := child_of(t, more.columns))
    )
    clauses = tuple(t for t in more.clauses if t.kind != "yield" or child_of(t) is None)
    figures = more.figures
    if children and figures and not children[-1].has_amount:
        children = (*children[:-1], replace(children[-1], figures=figures))
        figures = ()
    if clauses and row.has_amount and any(t.kind == "amount" for t in figures):
        clauses = (_widened(clauses[-1], (clauses[-1], *figures), more.line),)
        figures = ()
    if not _fits(row, figures):
        return None
    return replace(
        row, figures=(*row.figures, *figures), clauses=(*row.clauses, *clauses),
        children=(*row.children, *children, *more.children), late=row.late or bool(figures),
        columns=more.columns if figures else row.columns,
    )  # fmt: skip


def _awaits(row: Row) -> bool:
    return not row.has_amount


def _fits(row: Row, figures: Tokens) -> bool:
    """Whether a row lacks what these figures give."""
    kinds = {token.kind for token in figures}
    if "amount" in kinds and row.has_amount:
        return False
    if "number" in kinds and row.has_amount and (row.of("percent", "number") or len(figures) > 1):
        return False
    return not ("percent" in kinds and row.of("percent"))
