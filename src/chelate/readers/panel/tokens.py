"""A line -> tokens: names, clauses, amounts, percents, and what stands in for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from chelate.catalogue import names
from chelate.readers.panel.columns import basis_pattern
from chelate.readers.panel.lines import Piece, brackets, is_hidden, masked
from chelate.readers.panel.words import MARKS, about, any_of, relation_words, word_set, words
from chelate.units.vocabulary import vocabulary

Kind = Literal[
    "name", "source", "yield", "share", "bracket", "amount", "percent", "number", "symbol"
]

LONGEST_SIGN = 5
_CELL = re.compile(
    r"\s*(?:\t|\||¦|│|[.…]{2,}|…|(?:(?:\.|·)\s){3,}|_{3,}|-{3,}|[ \u00a0]{2,})"
    r"(?:[\s|¦│.…_·]*(?=\s)\s|[\s|¦│…_]*)"
)
_GAPS = "\u00a0\u202f\u2009\u2007 "
_DIGITS = r"\d[\dOolI]*"
_NUMBER = rf"{_DIGITS}(?:[.,'’]\d[\dOolI]*|[{_GAPS}]\d[\dOolI]*){{0,6}}"
_NOT_INSIDE = r"(?<![\w.,])(?<!\w-)"
_EDGE = r"(?![A-Za-zµμ]|\d(?![\d.,]*\s?%)|-[A-Za-z]|\s?/\s?(?:kg|ml|l)\b)"
_MARKED = rf"[{MARKS}]*"
_BARE = re.compile(rf"{_NOT_INSIDE}[<>~≈]?\s?{_NUMBER}(?:\s?/\s?{_NUMBER})?\s*{_MARKED}")
_TAIL_NUMBER = re.compile(rf"(?<=[\s:])[<>]?{_NUMBER}(?:\s?/\s?{_NUMBER})?{_MARKED}$")
_RATIO = re.compile(r"\d:$")  # 4 in an extract of 4:1 is no amount
_UNKNOWN_UNIT = re.compile(
    rf"{_NOT_INSIDE}[<>]?\s?{_NUMBER}\s?(?:[^\W\d_]{{1,4}}|(?:[^\W\d_]\.){{2,4}})\.?{_MARKED}$"
)
_SYMBOL = re.compile(rf"[{MARKS}\-–—−]+|n/?a|n\.a\.", re.IGNORECASE)
_SINGLE_LETTER = re.compile(r"(?<!\w)(?:[A-Z]|omega|typ|type|nr|no)\.?[\s-]$", re.IGNORECASE)
_PUNCTUATION = " \t\x1e\u00a0,;:|/&=–—-•·.●▪"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing printed in a line; `cell` counts the cells of a table's line from zero.

    A "source", "yield", "share" ("of which from …") or "bracket" opens a clause; `piece` is
    the clause without its relation word, `whole` with it. An amount that stands for the same
    row as the one before it ("400 mg / 200 mg") is an `alternative`.
    """

    kind: Kind
    piece: Piece
    cell: int
    whole: Piece
    alternative: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it is printed in digits, or in place of them."""
        return self.kind in ("amount", "percent", "number", "symbol")


@lru_cache(maxsize=64)
def tokens_of(piece: Piece) -> tuple[Token, ...]:
    """The tokens of one line, in printed order.

    >>> [t.kind for t in tokens_of(Piece("Zinc (as zinc oxide) ... 15 mg | 136%", 0))]
    ['name', 'amount', 'percent']
    """
    hidden = masked(piece.text)
    parts = [(piece.cut(*ends), hidden[slice(*ends)]) for ends in cells(hidden)]
    first, *figures = [figure_of(text) for _, text in parts] or [""]
    found: list[Token] = []
    for index, (cell, text) in enumerate(parts):
        if index == 0 and not first:
            text = with_name(text, figures) if "amount" in figures else with_share(text, figures)
        found += _cell(cell, text, index)
    return tuple(
        _with_unknown_units([t for token in found for t in _out_of_brackets(token, found)])
    )


def cells(hidden: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a masked line begin and end."""
    start = 0
    for gap in _CELL.finditer(hidden):
        if hidden[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if hidden[start:].strip():
        yield start, len(hidden)


@cache
def amounts() -> re.Pattern[str]:
    """An amount as labels print it, misprints included, or a percent."""
    known = vocabulary()
    spellings = [
        s for s, unit in known.units.items() if unit.kind != "count" or unit.symbol == "CFU"
    ]
    unit = rf"(?:{any_of(spellings, free=True)})(?:\(s\))?"
    times = rf"(?:{any_of(known.multipliers, free=True)})\s*"
    less = rf"(?:(?:{any_of(words('figures', 'less_than'))})\s+|[<>≤≥~≈]\s*)?"
    to = any_of(words("figures", "range"))
    part = rf"(?:(?:{any_of(words('figures', 'part'))})\s+)?"
    unstated = any_of(w for w in known.not_printed if len(w) > LONGEST_SIGN and w.isascii())
    many = rf"(?:\d+\s?[x×]\s?)?{_NUMBER}"
    dash = rf"(?:(?:\s?{unit})?\s?(?:[-–—]|{to})\s?{_NUMBER}|\s?/\s?{_NUMBER})?"
    amount = rf"{part}{less}{many}{dash}\s?(?:{times})?{unit}{_EDGE}\s?{_MARKED}"
    sign = rf"(?:[%％]|{any_of(words('figures', 'percent'))})"
    percent = rf"(?:[<>~≈]\s?)?{_NUMBER}\s?{sign}(?:\s?{_reference()})?\s?{_MARKED}"
    return re.compile(
        rf"(?:{_NOT_INSIDE}|(?<=[cmµμ]g))(?:(?P<percent>{percent})|(?P<amount>{amount}|{unstated}))",
        re.IGNORECASE,
    )


def _reference() -> str:
    """The pattern of what a percent is of: "of the NRV"."""
    listed = [*words("columns", "percent_dv"), *words("columns", "percent_nrv")]
    known = any_of(word.replace("% ", "") for word in listed if len(word) > 1)
    return rf"(?:(?:{any_of(words('figures', 'of'))})\s+)?(?:{known})"


def figure_of(cell: str) -> str:
    """What a cell is that holds a figure and nothing else: amount, percent, symbol, or ""."""
    text = cell.strip()
    if _SYMBOL.fullmatch(text):
        return "symbol"
    found = amounts().fullmatch(text)
    return "" if found is None else "percent" if found["percent"] else "amount"


def with_name(hidden: str, figures: Sequence[str]) -> str:
    """The cell of a name, with what of it is printed like a figure made a part of the name.

    The row's own `figures` stand in cells of their own: "melatonin 1 % trituration | 3 mg".
    """
    taken = list(hidden)
    for found in amounts().finditer(hidden):
        rest = hidden[found.end() :].lstrip()
        goes_on = rest[:1].isalpha() and relation_words().match(rest) is None
        before = names.nutrient_of(hidden[: found.start()]) is None
        share = found["percent"] and (goes_on or before or len(figures) > 1)
        if share or (goes_on and before and hidden[: found.start()].strip()):
            taken[found.start() : found.end()] = "x" * len(found[0])
    return "".join(taken)


def with_share(hidden: str, figures: Sequence[str]) -> str:
    """A name alone on its line, with the one percent within it made a part of the name.

    As in the line of a blend's member: "melatonin 1 % trituration".
    """
    found = list(amounts().finditer(hidden))
    if figures or len(found) != 1 or not found[0]["percent"]:
        return hidden
    around = hidden[: found[0].start()], hidden[found[0].end() :].lstrip()
    is_name = around[1][:1].isalpha() and relation_words().match(around[1]) is None
    if not is_name or any(names.nutrient_of(text) for text in around):
        return hidden
    return with_name(hidden, ("percent", "amount"))


@cache
def _joint() -> re.Pattern[str]:
    """What stands between amounts of one row that are for different people."""
    return re.compile(rf"/|=|≙|{any_of(words('figures', 'or'))}", re.IGNORECASE)


def _cell(cell: Piece, hidden: str, index: int) -> Iterator[Token]:
    bare = cell.stripped()
    if _SYMBOL.fullmatch(bare.text):
        yield Token("symbol", bare, index, bare)
    elif _BARE.fullmatch(bare.text):
        yield Token("number", bare, index, bare)
    else:
        yield from _scanned(cell, hidden, index)


def _scanned(cell: Piece, hidden: str, index: int) -> Iterator[Token]:
    """The tokens of a cell that holds more than a sign or a bare number."""
    at, before = 0, None
    for start, end, kind in _figures(hidden):
        if start < at:
            continue
        between = cell.cut(at, start)
        yield from _words(between, hidden[at:start], index, after=before)
        end = _with_brackets(cell, hidden, end) if kind == "amount" else end
        joint = kind == "amount" and before == "amount" and _joint().fullmatch(between.text.strip())
        piece = cell.cut(start, end).stripped()
        yield Token(kind, piece, index, piece, alternative=bool(joint))
        at, before = end, kind
    yield from _words(cell.cut(at), hidden[at:], index, after=before)


def _figures(hidden: str) -> Iterator[tuple[int, int, Kind]]:
    at = 0
    while found := amounts().search(hidden, at):
        start, at = found.start(), found.end()
        if _SINGLE_LETTER.search(hidden, max(0, start - 8), start) and (
            gap := re.search(rf"\d[{_GAPS}](?=\d)", found[0])
        ):
            at = start + gap.end() if (inner := amounts().match(hidden, start + gap.end())) else at
            if inner:
                continue
        yield start, at, "percent" if found["percent"] else "amount"


def _with_brackets(cell: Piece, hidden: str, end: int) -> int:
    """The end of an amount with the brackets after it that restate it or say whose it is."""
    while True:
        gap = re.compile(r"\s?").match(hidden, end)
        start = gap.end() if gap else end
        if start >= len(hidden) or not is_hidden(hidden[start]):
            return end
        inner = next((b for b in brackets(cell.text[start:]) if b[0] == 0), None)
        if inner is None or not _restates(cell.text[start + 1 : start + inner[1] - 1]):
            return end
        end = start + inner[1]


def _restates(text: str) -> bool:
    """Whether a bracket after an amount is another amount, or says who or what it is for."""
    found = amounts().fullmatch(text.strip())
    if found:
        return bool(found["amount"])
    spoken = set(re.findall(r"[^\W\d_]+", text.lower()))
    dosage = {
        w
        for form in ("capsule", "tablet", "softgel", "gummy", "powder")
        for w in words("serving", "units", form)
    }
    counted = bool(re.match(r"\s*\d", text)) and len(spoken) == 1 and bool(spoken & dosage)
    folate = bool(re.match(r"\s*\d[\d.,]*\s?(?:mcg|µg|μg) folic acid", text, re.I))
    return counted or folate or bool(spoken & word_set("audience", "words"))


def _words(piece: Piece, hidden: str, index: int, *, after: str | None) -> Iterator[Token]:
    """Name and clauses of a stretch that holds no figure outside brackets."""
    text = piece.text
    lead = len(text) - len(text.lstrip(_PUNCTUATION))
    while lead < len(text) and is_hidden(hidden[lead]):
        end = lead + next(b[1] for b in brackets(text[lead:]))
        yield _bracket(piece.cut(lead, end), index, after)
        rest = text[end:]
        lead = end + len(rest) - len(rest.lstrip(_PUNCTUATION))
    if lead < len(text):
        yield from _clauses(piece.cut(lead), hidden[lead:], index)


def _bracket(piece: Piece, index: int, after: str | None) -> Token:
    """A bracket at the beginning of a stretch: a percent, or a clause."""
    inner = piece.cut(1, len(piece.text) - 1).stripped()
    found = amounts().fullmatch(inner.text)
    if found and after and found["percent"]:
        return Token("percent", inner, index, piece)
    opened = relation_words().match(inner.text)
    if not opened:
        return Token("bracket", inner, index, piece)
    kind: Kind = "yield" if opened["yield"] else "source"
    return Token(kind, inner.cut(opened.end()), index, piece)


def _clauses(piece: Piece, hidden: str, index: int) -> Iterator[Token]:
    opened = [m for m in relation_words().finditer(hidden) if not _is_part_of_name(hidden, m)]
    ends = [m.start() for m in opened[1:]] + [len(hidden)] * bool(opened)
    first = opened[0].start() if opened else len(hidden)
    head = _trimmed(piece.cut(0, first))
    yield from (Token("name", part, index, part) for part in _without_basis(head) if part.text)
    given: re.Match[str] | None = None
    for match, end in zip(opened, ends, strict=True):
        text = _trimmed(piece.cut(match.end(), end))
        kind: Kind = "yield" if match["yield"] else ("share" if given else "source")
        whole = _trimmed(piece.cut((given or match).start(), end))
        given = match if match["yield"] and not text.text and match is not opened[-1] else None
        if given is None:
            name, *basis = _without_basis(text) if kind == "yield" else (text,)
            yield Token(kind, name, index, whole)
            yield from (Token("name", part, index, part) for part in basis)


def _without_basis(piece: Piece) -> tuple[Piece, ...]:
    """A name, and what it says at its end that its amount is for: "per capsule"."""
    for found in basis_pattern().finditer(piece.text):
        if found.start() > 0 and found.end() == len(piece.text):
            return _trimmed(piece.cut(0, found.start())), piece.cut(found.start())
    return (piece,)


def _is_part_of_name(hidden: str, found: re.Match[str]) -> bool:
    """Whether a relation word stands inside brackets' shadow or is a hyphenated part."""
    return found.start() > 0 and hidden[found.start() - 1] in "-/"


def _trimmed(piece: Piece) -> Piece:
    bare = piece.stripped(_PUNCTUATION)
    found = about().search(bare.text)
    return bare.cut(0, found.start()).stripped(_PUNCTUATION) if found else bare


def _out_of_brackets(token: Token, line: list[Token]) -> tuple[Token, ...]:
    """A name that ends with a bracket of figures: "Magnesium (107 % NRV)", "Zinc (15 mg)"."""
    text = token.piece.text
    if token.kind not in ("name", "yield") or not text.endswith((")", "]")):
        return (token,)
    start = max((b[0] for b in brackets(text) if b[1] == len(text)), default=0)
    inner = token.piece.cut(start + 1, len(text) - 1).stripped()
    found = amounts().fullmatch(inner.text)
    kind: Kind = "percent" if found and found["percent"] else "amount"
    given = any(other.kind == kind for other in line)
    if (
        not found
        or not start
        or given
        or (kind == "percent" and inner.text.rstrip(f" {MARKS}").endswith("%"))
    ):
        return (token,)
    head = _trimmed(token.piece.cut(0, start))
    whole = _trimmed(token.whole.cut(0, token.piece.start + start - token.whole.start))
    return replace(token, piece=head, whole=whole), Token(kind, inner, token.cell, inner)


def _with_unknown_units(tokens: list[Token]) -> Iterator[Token]:
    """In a line without an amount, a number at the end of a name, whatever its unit."""
    lacking = not any(token.kind == "amount" for token in tokens)
    for position, token in enumerate(tokens):
        found = _tail(token, lacking) if token.kind in ("name", "source", "yield") else None
        named = token.cell == 0 and any(t.kind == "amount" and t.cell for t in tokens)
        if found is None or (named and token.kind == "name"):
            yield token
            continue
        head = _trimmed(token.piece.cut(0, found.start()))
        kind: Kind = "number" if _BARE.fullmatch(found[0].strip()) else "amount"
        figure = token.piece.cut(found.start(), found.end()).stripped()
        if head.text:
            shift = token.piece.start - token.whole.start
            whole = _trimmed(token.whole.cut(0, shift + found.start()))
            yield Token(token.kind, head, token.cell, whole)
            yield Token(kind, figure, token.cell, figure)
        elif position:
            yield Token(kind, figure, token.cell, figure)
        else:
            yield token


def _tail(token: Token, lacking: bool) -> re.Match[str] | None:
    text = masked(token.piece.text)
    found = _TAIL_NUMBER.search(text)
    if found and _RATIO.search(text, 0, found.start()):
        return None
    found = found or (_UNKNOWN_UNIT.search(text) if lacking else None)
    if found is None or _SINGLE_LETTER.search(text, 0, found.start()):
        return None
    return found
