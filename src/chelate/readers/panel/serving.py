"""Lines that say what the serving is: its size, how many a pack holds, how many a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from chelate import resources
from chelate.directions import often_in
from chelate.readers.panel.lines import Piece, brackets, masked
from chelate.readers.panel.words import BULLETS, any_of, pattern, relation_words, words
from chelate.units import Amount, read_amount
from chelate.vocabulary import unit_pattern

Field = Literal["size", "per_container", "daily", "product", "brand"]

LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose with its composition: "twice daily 1 scoop (1 g magnesium citrate, …)"."""

    size: Piece
    composition: Piece
    per_day: tuple[str, Piece] | None


@lru_cache(maxsize=64)
def field_of(piece: Piece) -> tuple[Field, Piece] | None:
    """The field that a line names, and its value, which is empty where the next line has it.

    >>> name, value = field_of(Piece("Serving Size: 2 Capsules", 0))
    >>> name, value.text
    ('size', '2 Capsules')
    """
    for name, matcher in _labels():
        found = matcher.match(piece.text)
        if found:
            value = piece.cut(found.end()).stripped(" \t|:=.…")
            if name in ("product", "brand"):
                value = piece.cut(found.end()).stripped(" \t|")
            if _may_be(name, value.text, bool(found["colon"])):
                return name, value
    number_first = _number_first().fullmatch(piece.text)
    return ("per_container", piece) if number_first else None


def _may_be(name: Field, value: str, colon: bool) -> bool:
    if name in ("product", "brand"):
        return bool(value) and colon
    return not value or (len(value) < LONGEST_VALUE and bool(_begins_with_count().match(value)))


@cache
def _begins_with_count() -> re.Pattern[str]:
    numbers = resources.toml("wording.toml")["serving"]["numbers"]
    return re.compile(rf"\D{{0,12}}\d|[½¼]|{any_of(numbers)}", re.IGNORECASE)


@cache
def _labels() -> tuple[tuple[Field, re.Pattern[str]], ...]:
    lead, end = rf"[\s{re.escape(BULLETS)}]*", r"\s*(?P<colon>[:=|–-]\s*)?"
    return (
        ("per_container", pattern(words("serving", "per_container"), lead, end)),
        ("size", pattern(words("serving", "size"), lead, end)),
        ("daily", pattern(words("serving", "daily"), lead, end)),
        ("product", pattern(words("fields", "product"), lead, end)),
        ("brand", pattern(words("fields", "brand"), lead, end)),
    )


@cache
def _number_first() -> re.Pattern[str]:
    many = any_of(
        ["servings", "portionen", "portions", "porciones", "raciones", "porzioni", "porties"]
    )
    return re.compile(
        rf"(?:about|approx\.?|ca\.?|approximately)?\s*\d+\s+(?:{many})(?:\s+(?:per|pro|par|por)\s+\w+)?\.?",
        re.IGNORECASE,
    )


def bare_size(piece: Piece) -> Piece | None:
    """A line that is nothing but a serving: "2 Kapseln"."""
    return piece if _bare_size().fullmatch(piece.text) else None


@cache
def _bare_size() -> re.Pattern[str]:
    return re.compile(
        rf"1?\d(?:[.,/]\d)?\s+(?:[^\W\d]+\s+){{0,2}}(?:{unit_pattern()})(?:\s*\([^()]*\))?\s*[:.]?",
        re.I,
    )


def sizes_in(piece: Piece) -> tuple[Piece, ...]:
    """The serving sizes that a value lists.

    >>> [s.text for s in sizes_in(Piece("2 Gummies (Adults), 1 Gummy (Ages 4+)", 0))]
    ['2 Gummies (Adults)', '1 Gummy (Ages 4+)']
    """
    hidden, found, start = masked(piece.text), [], 0
    for gap in _next_size().finditer(hidden):
        found.append(piece.cut(start, gap.start()).stripped())
        start = gap.end()
    return (*found, piece.cut(start).stripped(" .;,|"))


@cache
def _next_size() -> re.Pattern[str]:
    other = any_of(words("figures", "or"))
    return re.compile(rf"\s*(?:,\s+|(?<!\d)/|;|{other})\s*(?=\d+\s*[^\W\d])", re.IGNORECASE)


def weight_in(piece: Piece) -> Piece | None:
    """The mass of one serving inside its size, where one is printed: 1 scoop (2.4 g)."""
    for found in re.finditer(r"\(([^()]*)\)", piece.text):
        read = read_amount(found[1].strip())
        if isinstance(read, Amount) and read.kind == "mass":
            return piece.cut(found.start(1), found.end(1)).stripped()
    return None


def dose_of(piece: Piece) -> Dose | None:
    """The dose that a line gives with what is in it, or None."""
    found = _dose().search(piece.text)
    if found is None:
        return None
    composition = _inside(piece, found)
    size = piece.cut(found.start("size"), found.end("size")).stripped()
    return Dose(size, composition, per_day_of(piece.cut(0, found.start("open"))))


def _inside(piece: Piece, found: re.Match[str]) -> Piece:
    """What a bracket holds, or all that stands after a colon."""
    start = found.end("open")
    closing = {b: e - 1 for b, e in brackets(piece.text)}.get(start - 1)
    inside = piece.cut(start, closing).stripped()
    opened = relation_words().match(inside.text)
    return inside.cut(opened.end()) if opened else inside


@cache
def _dose() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(?P<size>\d+(?:[.,/]\d+)?\s*(?:[^\W\d]+\s+){{0,2}}(?:{unit_pattern()}))(?:\s+[^\W\d]+){{0,4}}?\s*(?P<open>[(\[:=])"
        r"(?=.*\d)",
        re.IGNORECASE,
    )


def per_day_of(piece: Piece) -> tuple[str, Piece] | None:
    """How often a day, where a line says so.

    >>> count, where = per_day_of(Piece("two times per day", 0))
    >>> count, where.text
    ('2', 'two times per day')
    """
    found = often_in(piece.text)
    if found is None:
        return None
    least, most = f"{found.least:g}", f"{found.most:g}"
    count = most if least == most else f"{least}-{most}"
    return count, piece.cut(found.start, found.end)
