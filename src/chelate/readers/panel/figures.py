"""The figures of a row -> amount, percent and the rest, by the columns that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chelate.readers.panel.columns import Basis, BasisKind, Column, Reference
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.rows import Row
from chelate.readers.panel.tokens import Token
from chelate.readers.panel.words import pattern, words

_UNIT_IN_NAME = re.compile(r"(?:[(\[]\s*|,\s*|\bin\s+)(mg|mcg|µg|μg|g)\s*[)\]]?$", re.IGNORECASE)
_ORDER: dict[BasisKind, int] = {"whole": 0, "day": 1, "units": 2, "hundred": 3}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a row prints, told apart; `unit` is what its column or name prints as the unit."""

    amount: Piece | None = None
    also: tuple[Piece, ...] = ()
    percents: tuple[tuple[Reference, Piece], ...] = ()
    unit: str = ""
    unclear: bool = False


def amount_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns of amounts; headings without a basis beside ones with it are one column."""
    found = [column for column in columns if column.kind == "amount"]
    based = [column for column in found if column.basis]
    return based or found[:1]


def chosen(columns: Sequence[Column], size: str | None) -> int:
    """Which column of amounts is for the serving that the label states."""
    found = amount_columns(columns)
    ranked = sorted(range(len(found)), key=lambda i: _rank(found[i].basis, size))
    return ranked[0] if ranked else 0


def _rank(basis: Basis | None, size: str | None) -> tuple[int, float]:
    if basis and size and basis.size and same_size(basis, size):
        return -1, 0
    return precedence(basis), -_count(basis.what.text) if basis else 0


def precedence(basis: Basis | None) -> int:
    """How far a heading is from speaking of a serving: zero where it does."""
    return _ORDER[basis.kind] if basis else len(_ORDER)


def same_size(basis: Basis, size: str) -> bool:
    """Whether a column is for a stated serving: as many of the same thing."""
    if basis.size is None:
        return False
    own = basis.size.text if basis.counted else f"1 {basis.size.text}"
    return _count(own) == _count(size) and bool(_stems(own) & _stems(size))


def foreign(columns: Sequence[Column], size: str | None) -> bool:
    """Whether the amounts of these columns are for something else than the label's serving."""
    found = amount_columns(columns)
    basis = found[chosen(columns, size)].basis if found else None
    if basis is None or basis.kind == "whole" or size is None or basis.size is None:
        return False
    return not same_size(basis, size)


def _count(text: str) -> float:
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else 1.0


def _stems(text: str) -> set[str]:
    return {word[:5].lower() for word in re.findall(r"[^\W\d_]+", text)}


def figures_of(
    row: Row, columns: Sequence[Column], size: str | None, reference: Reference
) -> Figures:
    """The amount of a row for the stated serving, its percents, and what else is printed."""
    amounts, percents = _told_apart(row, columns)
    count = len(amount_columns(columns))
    first = [token for token in amounts if not token.alternative or len(amounts) == count]
    index = chosen(columns, size) if len(first) == count and count > 1 else 0
    unclear = bool(first) and len(first) != max(count, 1)
    amount = None if unclear or not first else first[index]
    paired = index if len(first) == len(percents) else 0
    doubtful = unclear and len(percents) > 1
    referenced = [] if doubtful else _referenced(percents, columns, paired, reference)
    taken = {piece.start for _, piece in referenced}
    others = [t.piece for t in amounts if t is not amount]
    others += [t.piece for t in percents if t.piece.start not in taken and t.kind != "symbol"]
    numbers = amount is not None and amount.kind == "number"
    return Figures(
        amount.piece if amount else None,
        tuple(others),
        tuple(referenced),
        _unit(row, columns, index) if numbers else "",
        unclear,
    )


def _told_apart(row: Row, columns: Sequence[Column]) -> tuple[list[Token], list[Token]]:
    """Amounts and percents; bare numbers and signs are what the columns leave for them."""
    amounts = [token for token in row.figures if token.kind == "amount"]
    percents = [token for token in row.figures if token.kind == "percent"]
    wanted = max(1, len(amount_columns(columns)))
    for token in row.of("number", "symbol"):
        if (token.kind == "number" and len(amounts) < wanted and not percents) or (
            token.kind == "number" and percents and not amounts
        ):
            amounts.append(token)
        elif token.kind == "number" or not percents:
            percents.append(token)
    return amounts, percents


def _unit(row: Row, columns: Sequence[Column], index: int) -> str:
    found = _UNIT_IN_NAME.search(row.title)
    if found:
        return found[1]
    headed = [c for c in columns if c.kind == "amount"]
    units = [c.unit or (c.piece.text if c.is_unit else "") for c in headed]
    given = [unit for unit in units if unit]
    return given[min(index, len(given) - 1)] if given else ""


def _referenced(
    percents: Sequence[Token], columns: Sequence[Column], index: int, default: Reference
) -> list[tuple[Reference, Piece]]:
    """Each kind of percent once, with the reference that it is of."""
    headed = [c.reference for c in columns if c.kind == "percent" and c.reference]
    kinds = list(dict.fromkeys(headed))
    if len(kinds) > 1 and len(kinds) == len(percents):
        return [(kind, token.piece) for kind, token in zip(kinds, percents, strict=True)]
    if not percents:
        return []
    piece = percents[min(index, len(percents) - 1)].piece
    said = reference_in(piece.text)
    sign = piece.text.find("%") + 1
    number = piece.cut(0, sign) if said and sign else piece
    return [(said or (headed[0] if headed else default), number)]


def reference_in(text: str) -> Reference | None:
    """The reference that the words of a percent name."""
    bare = f"% {text.lstrip('<>~0123456789., ').lstrip('%').strip()}"
    if len(bare) < 4:
        return None
    if pattern(words("columns", "percent_nrv")).search(bare):
        return "percent_nrv"
    dv = [word for word in words("columns", "percent_dv") if word != "%"]
    return "percent_dv" if pattern(dv).search(bare) else None
