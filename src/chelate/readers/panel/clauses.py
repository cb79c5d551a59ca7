"""Clauses that stand after a row's figures -> sources, or words that belong to its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate import wording
from chelate.catalogue import names
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.nesting import says_blend
from chelate.readers.panel.rows import Row, without_preposition
from chelate.readers.panel.tokens import Token
from chelate.readers.panel.tree import At, at
from chelate.readers.panel.words import weighing_words


@dataclass(frozen=True, slots=True)
class Named:
    """A row's name with the clauses that belong to it, and what the others say.

    `sources` are those that clauses name, `note` are words in a cell after the figures.
    """

    name: At
    sources: list[dict[str, At]]
    note: At | None


def named(row: Row) -> Named:
    """The sources that clauses after the row name; the other clauses go into the name."""
    nutrient = names.nutrient_of(row.title) if len(row.title) < 200 else None
    parts = list(row.name)
    sources: list[dict[str, At]] = []
    remarks: list[Piece] = []
    for token in row.clauses:
        found = list(_sources(token, nutrient)) if nutrient else []
        if found:
            sources += found
        elif token.kind == "name" and not _belongs(token.piece.text):
            remarks.append(token.piece)
        else:
            parts.append(_as_printed(token))
    start = min((part.start for part in row.name), default=row.line.start)
    note = At("; ".join(p.clean for p in remarks), remarks[0].start) if remarks else None
    return Named(At(" ".join(part.clean for part in parts), start), sources, note)


def _as_printed(token: Token) -> Piece:
    return token.whole if token.whole.text else token.piece


def _belongs(text: str) -> bool:
    """Whether words after a row's figures are part of its name: "elemental", "buffered"."""
    meaning = names.resolve(text)
    return meaning.status in ("inert", "mark") or (
        meaning.nutrient is not None and not meaning.family
    )


def _sources(token: Token, nutrient: str) -> Iterator[dict[str, At]]:
    """The sources that a clause names, where it names nothing else."""
    if token.kind == "source":
        listed = [_source(token.piece, item) for item in wording.split_list(token.piece.text)]
        if _weighs(token) or not any("amount" in source for source in listed):
            yield from listed
    elif token.kind in ("bracket", "name"):
        head = wording.parse(token.piece.clean).head.text
        meaning = names.resolve(head, nutrient)
        is_source = meaning.status in ("known", "undefined") and meaning.nutrient == nutrient
        if is_source or ("(" in token.piece.text and says_blend(head)):
            yield {"name": at(token.piece)}


def _weighs(token: Token) -> bool:
    """Whether the word that opens a clause makes its masses those of the compounds."""
    said = token.whole.text.lstrip("([{ ").casefold()
    return any(said.startswith(word) for word in weighing_words())


def _source(clause: Piece, item: wording.Item) -> dict[str, At]:
    """One source of a list, its mass apart from its name."""
    text, start = item.text, clause.start + item.offset
    head = wording.parse(text).head
    if head.amount is None:
        return {"name": At(" ".join(text.split()), start)}
    where = text.find(head.amount)
    amount = At(" ".join(head.amount.split()), start + where)
    if where == 0 or text[:where].isspace():
        name = Piece(text, start).cut(where + len(head.amount)).stripped(" \t\x1e:,")
        bare = without_preposition(name)
        return {"name": at(bare), "amount": amount}
    return {"name": At(head.text, start), "amount": amount}
