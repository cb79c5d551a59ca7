"""The serving that the amounts are for: as stated, or as the columns are headed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from chelate.directions import directed
from chelate.readers.panel.columns import Basis, Column
from chelate.readers.panel.figures import amount_columns, chosen, precedence, same_size
from chelate.readers.panel.gathering import Gathered
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.serving import per_day_of, sizes_in, weight_in
from chelate.readers.panel.tree import At, at
from chelate.vocabulary import unit_pattern

_ONE = "1 "


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Serving sizes, that of the amounts first, and how many a day."""

    sizes: tuple[At, ...] = ()
    per_day: At | None = None


def serving_of(found: Gathered, said: Sequence[Piece]) -> dict[str, Any]:
    """The serving as a tree, without what is not printed; `said` are the label's statements."""
    read = _sizes(found)
    size = read.sizes[0] if read.sizes else None
    per_container = found.fields.get("per_container")
    tree = {
        "size": size,
        "weight": _weight(size) if size else None,
        "per_container": at(per_container) if per_container else None,
        "per_day": read.per_day or (_directed(said, size) if size else None),
        "others": [*read.sizes[1:], *_other_bases(found, read.sizes)],
    }
    return {key: value for key, value in tree.items() if value}


def _sizes(found: Gathered) -> _Sizes:
    stated, daily = _listed(found, "size"), _listed(found, "daily")
    basis = None if stated and _for_the_serving(found) else _basis(found, (stated or daily)[:1])
    if basis and basis.size and not _is_stated(basis, stated):
        per_day = At("1", basis.what.start) if basis.kind == "day" else None
        return _Sizes((_sized(basis), *stated), per_day)
    if stated:
        return _Sizes(stated, _times(found))
    if daily:
        return _Sizes(daily, At("1", daily[0].start))
    return _dosed(found)


def _listed(found: Gathered, field: str) -> tuple[At, ...]:
    piece = found.fields.get(field)
    sizes = sizes_in(piece) if piece and piece.text else ()
    return tuple(at(size) for size in sizes if size is sizes[0] or not _is_frequency(size))


def _is_frequency(piece: Piece) -> bool:
    """Whether a part of a size says no size, but how often: "3 times daily"."""
    counted = re.search(unit_pattern(), piece.text, re.IGNORECASE)
    return counted is None and per_day_of(piece) is not None


def _times(found: Gathered) -> At | None:
    """How many servings a day, where that is printed with the size: "1 gummy, 3 times daily"."""
    piece = found.fields.get("size")
    sizes = sizes_in(piece)[1:] if piece else ()
    said = [per_day_of(size) for size in sizes if _is_frequency(size)]
    return next((At(count, where.start) for count, where in filter(None, said)), None)


def _directed(statements: Sequence[Piece], size: At) -> At | None:
    """How many servings a day directions say, such as "Take 2 capsules twice daily"."""
    for piece, more in zip_longest(statements, statements[1:]):
        said = directed(piece.text, size.text)
        if said is None and more is not None and not piece.text.endswith((".", ":", "!")):
            said = directed(f"{piece.text} {more.text}", size.text)
        if said:
            return At(said.count, piece.start + min(said.start, len(piece.text)), supplied=True)
    return None


def _for_the_serving(found: Gathered) -> bool:
    """Whether some row stands under no heading but one of "a serving"."""
    for row in found.rows:
        headed = amount_columns(row.columns)
        if not headed or any(c.basis is None or c.basis.kind == "whole" for c in headed):
            return True
        if all(row.line.start <= c.piece.start < row.line.end for c in headed):
            return True
    return False


def _is_stated(basis: Basis, stated: Sequence[At]) -> bool:
    """Whether a heading says no more than the stated serving does."""
    return bool(stated) and (basis.kind == "whole" or same_size(basis, stated[0].text))


def _dosed(found: Gathered) -> _Sizes:
    """The serving of a dose line: "twice daily 1 scoop (…)"."""
    dose = next((event.dose for event in found.doses if event.dose), None)
    if dose is None:
        return _Sizes()
    per_day = At(dose.per_day[0], dose.per_day[1].start) if dose.per_day else None
    return _Sizes((at(dose.size),), per_day)


def _weight(size: At) -> At | None:
    """The mass inside a size; a "1" that was put before the size is not in the text."""
    shift = len(_ONE) if size.supplied else 0
    weight = weight_in(Piece(size.text, size.start - shift))
    return at(weight) if weight else None


def _sized(basis: Basis) -> At:
    """What a heading counts: "each capsule" is of 1 capsule."""
    assert basis.size is not None
    if basis.counted:
        return at(basis.size)
    return At(f"{_ONE}{basis.size.clean}", basis.size.start, supplied=True)


def _headed(found: Gathered) -> tuple[Column, ...]:
    """The columns with the most headings; of several with one, those for a serving."""
    every = [row.columns for row in found.rows] or [found.columns]
    return max(every, key=_precedence, default=())


def _precedence(columns: Sequence[Column]) -> tuple[int, int]:
    headed = amount_columns(columns)
    return len(headed), -min((precedence(column.basis) for column in headed), default=0)


def _basis(found: Gathered, size: Sequence[At]) -> Basis | None:
    """What the amounts taken are for, by their column's heading."""
    headed = amount_columns(_headed(found))
    index = chosen(_headed(found), size[0].text if size else None)
    return headed[index].basis if headed else None


def _other_bases(found: Gathered, sizes: Sequence[At]) -> Iterator[At]:
    """The servings of the columns that were not taken."""
    taken = _basis(found, sizes)
    printed = {size.text for size in sizes}
    headed = (c for row in found.rows for c in amount_columns(row.columns))
    for basis in dict.fromkeys(c.basis for c in headed if c.basis):
        other = _sized(basis) if basis.size else at(basis.what)
        if basis != taken and other.text not in printed:
            printed.add(other.text)
            yield other
