"""What the events give -> a label as a tree of texts with their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from chelate.catalogue import names
from chelate.models import Market
from chelate.readers.panel.clauses import named
from chelate.readers.panel.columns import Reference
from chelate.readers.panel.figures import figures_of, foreign
from chelate.readers.panel.gathering import Gathered
from chelate.readers.panel.lines import Piece
from chelate.readers.panel.listing import LONGEST_ITEM, items_of
from chelate.readers.panel.nesting import nested
from chelate.readers.panel.rows import Row
from chelate.readers.panel.sections import Event
from chelate.readers.panel.servings import serving_of
from chelate.readers.panel.traits import capsule_size_in, form_of
from chelate.readers.panel.tree import At, at

UNNAMED = "Unnamed product"
_MOST_FRONT = 4


def tree_of(found: Gathered, *, market: Market | None) -> dict[str, Any]:
    """The label as a tree of texts with their places."""
    default: Reference = "percent_nrv" if market == "EU" else "percent_dv"
    rows = nested(found.rows)
    product, brand, said = _front(found)
    said += [*found.statements, *(row.line for row in rows if _says_nothing(row))]
    statements = _in_order(said)
    serving = serving_of(found, statements)
    size = serving["size"].text if "size" in serving else None
    unread = list(found.unread)
    facts = [_row(row, size, default, unread) for row in rows if not _says_nothing(row)]
    other = [item for piece in found.other for item in items_of(piece)]
    unread += [item for item in other if len(item.text) > LONGEST_ITEM]
    tree = {
        "product": product,
        "brand": brand,
        "form": _form(serving, found),
        "capsule_size": _capsule_size(found),
        "serving": serving,
        "facts": facts,
        "other_ingredients": [at(item) for item in other if len(item.text) <= LONGEST_ITEM],
        "statements": [at(piece) for piece in statements],
        "unread": [at(piece) for piece in _in_order(unread)],
    }
    return {key: value for key, value in tree.items() if value}


def _says_nothing(row: Row) -> bool:
    """Whether a line without figures names nothing that is known: it is no row."""
    if row.figures or row.clauses or row.children:
        return False
    meaning = names.resolve(row.title[:200])
    return meaning.status in ("unknown", "inert") and meaning.nutrient is None


def _in_order(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(dict.fromkeys(pieces), key=lambda piece: piece.start)


def _front(found: Gathered) -> tuple[At, At | None, list[Piece]]:
    """The product's name, its brand, and the other lines of the front."""
    front = list(found.front)
    named = found.fields.get("product")
    brand = found.fields.get("brand")
    if named is None and front:
        index = _title(front)
        named = front.pop(index).piece
        if index == 1 and brand is None and len(front[0].piece.text) < 40 and not front[0].bullet:
            brand = front.pop(0).piece
    product = at(named) if named else At(UNNAMED, found.rows[0].line.start if found.rows else 0)
    return product, at(brand) if brand else None, [event.piece for event in front]


def _title(front: Sequence[Event]) -> int:
    """Which line of the front is the product's name: the first that names a nutrient."""
    for index, event in enumerate(front[:_MOST_FRONT]):
        spoken = names.normalise(event.piece.text[:200]).split()
        if (
            not event.bullet
            and len(spoken) <= 14
            and any(names.nutrient_of(word) for word in spoken if len(word) > 2)
        ):
            return index if index <= 1 else 0
    return 0


def _form(serving: dict[str, Any], found: Gathered) -> At | None:
    size = serving.get("size", At("", 0))
    pieces = [Piece(size.text, size.start), *(event.piece for event in found.front[:20])]
    form = form_of(*(piece.text[:300] for piece in pieces))
    return At(form[0], pieces[form[1]].start + form[2]) if form else None


def _capsule_size(found: Gathered) -> At | None:
    pieces = (
        [e.piece for e in found.front]
        + list(found.fields.values())
        + found.other
        + found.statements
    )
    for piece in pieces[:200]:
        size = capsule_size_in(piece.text[:500])
        if size:
            return At(size[0], piece.start + size[1])
    return None


def _row(row: Row, size: str | None, default: Reference, unread: list[Piece]) -> dict[str, Any]:
    figures = figures_of(row, row.columns, size, default)
    if figures.amount and foreign(row.columns, size):
        figures = replace(figures, amount=None, also=(figures.amount, *figures.also), unclear=True)
    if figures.unclear:
        unread.append(row.line)
    words = named(row)
    shares = [_share(child, size, default) for child in row.children if child.is_share]
    tree: dict[str, Any] = {
        "name": words.name,
        "sources": [*words.sources, *shares],
        "contains": [
            _row(child, size, default, unread) for child in row.children if not child.is_share
        ],
        "also": [at(piece) for piece in figures.also],
        "note": words.note,
    }
    if figures.amount:
        text = f"{figures.amount.clean} {figures.unit}".strip()
        tree["amount"] = At(text, figures.amount.start)
    tree |= {reference: at(piece) for reference, piece in figures.percents}
    return {key: value for key, value in tree.items() if value}


def _share(row: Row, size: str | None, default: Reference) -> dict[str, At]:
    """A source with the element that comes from it."""
    amount = figures_of(row, row.columns, size, default).amount
    name = At(row.title, row.name[0].start)
    return {"name": name, "elemental": at(amount)} if amount else {"name": name}
