"""Headings of a panel's columns: which serving an amount is for, which reference a percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from chelate.readers.panel.lines import Piece
from chelate.readers.panel.words import MARKS, any_of, pattern, words
from chelate.vocabulary import unit_pattern

Reference = Literal["percent_dv", "percent_nrv"]
BasisKind = Literal["units", "whole", "day", "hundred"]

_CELL = re.compile(r"[\t|¦│]|\s{2}")
_SKIP = re.compile(rf"[\s|¦│:;,.…_/()\[\]{MARKS}–—\-]*")


@dataclass(frozen=True, slots=True)
class Basis:
    """What amounts are printed for: "2 capsules", "a serving", "the daily dose", "100 g"."""

    kind: BasisKind
    what: Piece
    size: Piece | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column: of names, of amounts for a basis, or of percents of a reference."""

    kind: Literal["name", "amount", "percent"]
    piece: Piece
    basis: Basis | None = None
    reference: Reference | None = None
    unit: str = ""

    @property
    def is_unit(self) -> bool:
        """Whether nothing but a unit is printed over the column."""
        return self.piece.text.lower() in ("mg", "mcg", "µg", "μg", "g")


@lru_cache(maxsize=64)
def headings_of(piece: Piece) -> tuple[tuple[Column, ...], Piece] | None:
    """The column headings that a line begins with, and what follows them; None if a row.

    >>> columns, rest = headings_of(Piece("Ingredient | per 2 capsules | % NRV*", 0))
    >>> [column.kind for column in columns], rest.text
    (['name', 'amount', 'percent'], '')
    """
    found: list[Column] = []
    at = _skip(piece.text, 0)
    while at < len(piece.text):
        column, end = _column_at(piece, at)
        if column is None:
            break
        after_percent = bool(found) and found[-1].kind == "percent" and column.basis is not None
        if not (
            after_percent and not _CELL.search(piece.text[found[-1].piece.end - piece.start : at])
        ):
            found.append(column)
        at = _skip(piece.text, end)
    rest = piece.cut(at).stripped()
    if not found or (rest.text and not _may_precede_a_row(found, rest)):
        return None
    return tuple(found), rest


def _may_precede_a_row(found: list[Column], rest: Piece) -> bool:
    strong = any(column.basis for column in found) or len(found) > 1
    return strong and rest.text[0].isalnum()


def _skip(text: str, at: int) -> int:
    found = _SKIP.match(text, at)
    return found.end() if found else at


def _column_at(piece: Piece, at: int) -> tuple[Column | None, int]:
    text = piece.text
    if found := basis_pattern().match(text, at) or basis_pattern(leading=False).match(text, at):
        basis = basis_of(piece, found)
        return Column("amount", piece.cut(at, found.end()), basis=basis), found.end()
    for kind, matcher in _kinds():
        found = matcher.match(text, at)
        if found and _stands_alone(text, found.end(), kind):
            cut = piece.cut(at, found.end())
            if kind == "name" or kind == "amount":
                return Column(kind, cut, unit=found["unit"] or ""), found.end()
            return Column("percent", cut, reference=kind), found.end()
    return None, at


def _stands_alone(text: str, end: int, kind: str) -> bool:
    """Whether a one-word heading is followed by another cell, not by more of a name."""
    return kind.startswith("percent") or bool(_next_cell().match(text, end))


@cache
def _next_cell() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:$|[\t|¦│%:*(]|\s{{2}}|{any_of(words('figures', 'headings'))})", re.IGNORECASE
    )


_Heading = Literal["name", "amount", "percent_dv", "percent_nrv"]


@cache
def _kinds() -> tuple[tuple[_Heading, re.Pattern[str]], ...]:
    unit = r"(?:\s*[(\[]\s*(?P<unit>mg|mcg|µg|μg|g)\s*[)\]])?"
    people = any_of(words("audience", "words"))
    whose = rf"[{MARKS}]*(?:\s*(?:for\s+)?(?:{people})(?:[^|\t\d]{{0,12}}\d+\s?\+?)?)?"
    return (
        ("percent_nrv", pattern(words("columns", "percent_nrv"), after=whose + unit)),
        ("percent_dv", pattern(words("columns", "percent_dv"), after=whose + unit)),
        ("amount", pattern(words("columns", "amount"), after=unit)),
        ("name", pattern(words("columns", "name"), after=unit)),
    )


@cache
def basis_pattern(*, leading: bool = True) -> re.Pattern[str]:
    """Such as "per 2 capsules", "each level teaspoon (3 g) contains", "pro Tagesdosis (2 Kapseln)".

    Not `leading`, the count leads and a verb must follow: "2 capsules contain".
    """
    lead, verb = any_of(words("serving", "per")), any_of(words("serving", "contains"))
    begins = rf"(?:amounts?\s+)?(?:{lead})(?:\s*(?:{verb})?\s*(?:{lead}))?\s+"
    bracket = r"\s*[(\[](?P<more>[^()\[\]]{1,80})[)\]]"
    bare = r"\s*[=:,]?\s*(?P<bare>\d+\s+[^\W\d]+)(?=\s*[:|]|\s*$)"
    ends = rf"(?:{bracket}|{bare})?(?:\s+(?:{verb}))"
    if leading:
        return re.compile(rf"(?<!\w){begins}{_counted()}{ends}?(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?=\d){_counted()}{ends}(?!\w)", re.IGNORECASE)


def _counted() -> str:
    """The pattern of what amounts may be for."""
    hundred = any_of(words("serving", "hundred")).replace(r"\s+", r"\s*")
    serving, day = any_of(words("serving", "whole")), any_of(words("serving", "day"))
    count = r"(?P<count>\d+(?:[.,/]\d+)?|½)?\s*(?:[^\W\d]+[\s-]+){0,3}?"
    return (
        rf"(?P<what>(?P<hundred>{hundred})|(?:[^\W\d]+\s+)?(?P<day>{day})"
        rf"|{count}(?:(?P<whole>{serving})|(?P<unit>{unit_pattern()}))"
        rf"|(?P<mass>\d+(?:[.,]\d+)?\s?(?:g|ml)\b))"
    )


def basis_of(piece: Piece, found: re.Match[str]) -> Basis:
    """What a matched heading says that the amounts are for."""
    what = _group(piece, found, "what")
    more = _group(piece, found, "more") if found["more"] else None
    more = _group(piece, found, "bare") if found["bare"] else more
    whole = piece.cut(found.start("what"), found.end()) if found["more"] else what
    whole = _up_to_bracket(whole) if found["more"] else what
    counted = bool(found["count"] or found["mass"])
    if found["hundred"]:
        return Basis("hundred", what, what)
    if found["day"]:
        return Basis("day", what, more)
    if found["whole"]:
        counted_more = more is not None and bool(re.search(unit_pattern(), more.text, re.I))
        size = more if counted_more else whole
        named = bool(more) or counted
        return Basis("whole", what, size if named else None, counted or counted_more)
    return Basis("units", what, whole, counted)


def _up_to_bracket(piece: Piece) -> Piece:
    end = max(piece.text.rfind(")"), piece.text.rfind("]")) + 1
    return piece.cut(0, end) if end else piece


def _group(piece: Piece, found: re.Match[str], name: str) -> Piece:
    return piece.cut(found.start(name), found.end(name)).stripped(" =:")
