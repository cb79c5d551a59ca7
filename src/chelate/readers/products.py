"""One record of a table of products -> a label, every text with the place of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from chelate import resources, wording
from chelate.catalogue import names
from chelate.files import Steps, steps_of
from chelate.files.document import path_of
from chelate.findings import InputError, Place
from chelate.models import Label
from chelate.readers.cells import Cell, Record
from chelate.readers.headers import OF_NUTRIENT, PRICE, UNKNOWN, Column
from chelate.readers.parts import PartOrigin
from chelate.units import Amount, read_amount

_SERVING = {
    "serving_size": "size",
    "serving_weight": "weight",
    "per_container": "per_container",
    "per_day": "per_day",
}
_FIELDS = ("brand", "form", "capsule_size")
_BARE_NUMBER = re.compile(r"[^\W\d_]|%")


@dataclass(slots=True)
class _Draft:
    """A label being put together: plain data, and the place of each text by its path."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def put(self, steps: Steps, cell: Cell, text: str | None = None) -> None:
        """Put a cell's text at a path, where it has any; a list grows by what is put at its end."""
        if not cell.text:
            return
        target: Any = self.data
        for step, following in pairwise(steps):
            empty: Any = [] if isinstance(following, int) else {}
            target = _inside(target, step, empty)
        if isinstance(target, list):
            target.append(cell.text if text is None else text)
        else:
            target[steps[-1]] = cell.text if text is None else text
        self.places[path_of(steps)] = cell.place

    def count(self, key: str) -> int:
        """How many entries a list of the label has so far."""
        return len(self.data.get(key, ()))

    def locate(self, path: str) -> Place | None:
        """The place of a path, of what stands inside it, or of what it stands in."""
        steps = steps_of(path)
        for length in range(len(steps), 0, -1):
            near = path_of(steps[:length])
            inside = (p for at, p in self.places.items() if at.startswith((f"{near}.", f"{near}[")))
            if place := self.places.get(near) or min(inside, default=None):
                return place
        return min(self.places.values(), default=None)


def _inside(target: Any, step: str | int, empty: Any) -> Any:
    if isinstance(target, list):
        assert isinstance(step, int)
        if step == len(target):
            target.append(empty)
        return target[step]
    return target.setdefault(step, empty)


def label_of(
    row: Record,
    columns: Sequence[Column],
    *,
    file: str,
    record: str,
    text: str = "",
    language: str | None = None,
) -> Label:
    """The label of a record; `text` is the file's, `language` that of its headers.

    Raises:
        InputError: the record has more cells than the table has columns.
    """
    _refuse_more_cells(row, columns)
    draft = _Draft()
    cells = dict(_cells(row, columns))
    _put_fields(draft, cells, row)
    _put_rows(draft, cells)
    _put_the_rest(draft, cells)
    _put_market(draft, cells)
    if language:
        draft.data.setdefault("language", language)
    origin = PartOrigin(file, text, record, draft.locate, row.number, row.start)
    return Label.model_validate(draft.data).located(origin)


def _refuse_more_cells(row: Record, columns: Sequence[Column]) -> None:
    more = [cell for cell in row.cells[len(columns) :] if cell.text]
    if more:
        raise InputError(
            f"found {len(row.cells)} cells under {len(columns)} headers; a text that holds the "
            "delimiter needs quotes",
            place=more[0].place,
        )


def _cells(row: Record, columns: Sequence[Column]) -> Iterator[tuple[Column, Cell]]:
    for column in columns:
        if column.index < len(row.cells) and row.cells[column.index].text:
            yield column, row.cells[column.index]


def _put_fields(draft: _Draft, cells: Mapping[Column, Cell], row: Record) -> None:
    draft.data["product"] = f"row {row.number}"
    for column, cell in cells.items():
        if column.kind == "product" and "product" not in draft.places:
            draft.put(("product",), cell)
        elif column.kind in _FIELDS or (column.kind == "form_or_source" and is_dosage_form(cell)):
            draft.put((column.kind.partition("_or_")[0],), cell)
        elif column.kind in _SERVING:
            draft.put(("serving", _SERVING[column.kind]), cell)
        elif column.kind == PRICE:
            draft.put(("price",), cell, _with_currency(column, cells))
        elif column.kind == "language":
            draft.put(("language",), cell, cell.text.lower())
        elif column.kind in ("other_ingredients", "statement"):
            key = column.kind.replace("statement", "statements")
            draft.put((key, draft.count(key)), cell)


def _with_currency(column: Column, cells: Mapping[Column, Cell]) -> str:
    """A price with the currency of its header, or of a column of its own.

    "$24.99" under "Price (CAD)" is in Canadian dollars; a sign that the code has not stays.
    """
    others = (cell.text for other, cell in cells.items() if other.kind == "currency")
    text, code = cells[column].text, column.unit or next(others, "")
    for sign, codes in resources.toml("spreadsheet.toml")["signs"].items():
        if sign in text:
            text = text.replace(sign, "").strip() if code in codes else text
            return with_unit(text, code) if code in codes else text
    return with_unit(text, code)


def is_dosage_form(cell: Cell) -> bool:
    """Whether a cell under "Form" is a dosage form, and no source."""
    words = resources.toml("spreadsheet.toml")["words"]["dosage_forms"]
    return names.normalise(cell.text) in words


def _put_rows(draft: _Draft, cells: Mapping[Column, Cell]) -> None:
    """A row of the panel for each nutrient or compound that has anything in its columns."""
    named = next((cell for column, cell in cells.items() if column.kind == "nutrient"), None)
    groups: dict[str, list[tuple[Column, Cell]]] = {}
    amounts = {column.name for column in cells if column.kind == "amount"}
    for column, cell in cells.items():
        if column.kind in OF_NUTRIENT:
            groups.setdefault(_group(column, cells), []).append((column, cell))
        elif column.kind == "form_or_source" and not is_dosage_form(cell):
            only = next(iter(amounts)) if len(amounts) == 1 else ""
            groups.setdefault(only, []).append((column, cell))
    for name, group in groups.items():
        if name or named:
            _put_row(draft, name, named, group)


def _group(column: Column, cells: Mapping[Column, Cell]) -> str:
    """The row of the panel that a column belongs to: columns of one nutrient are one row."""
    for other in cells:
        if other.kind == "amount" and other.nutrient and other.nutrient == column.nutrient:
            return other.name
    return column.name


def _put_row(
    draft: _Draft, name: str, named: Cell | None, group: Sequence[tuple[Column, Cell]]
) -> None:
    at: Steps = ("facts", draft.count("facts"))
    first = next((cell for column, cell in group if column.kind == "amount"), group[0][1])
    if name:
        draft.put((*at, "name"), first, name)
    elif named:
        draft.put((*at, "name"), named)
    also = 0
    for column, cell in group:
        if column.kind == "amount":
            draft.put((*at, "amount"), cell, with_unit(cell.text, column.unit))
        elif column.kind in ("percent_dv", "percent_nrv"):
            draft.put((*at, column.kind), cell, with_unit(cell.text, "%"))
        elif column.kind == "also":
            figure = with_unit(cell.text, column.unit)
            draft.put((*at, "also", also), cell, f"{column.header}: {figure}")
            also += 1
    _put_sources(draft, at, group)


def _put_sources(draft: _Draft, at: Steps, group: Sequence[tuple[Column, Cell]]) -> None:
    """The sources of a row with their masses; a mass of several is that of a blend of them."""
    texts = [cell for column, cell in group if column.kind in ("source", "form_or_source")]
    masses = [(column, cell) for column, cell in group if column.kind == "source_mass"]
    named = [(cell, text) for cell in texts for text in sources_in(cell.text)]
    paired = len(masses) == len(named)
    if named and masses and not paired:
        _put_blend(draft, masses, named)
        return
    for index, (cell, text) in enumerate(named):
        draft.put((*at, "sources", index, "name"), cell, text)
        if masses:
            column, mass = masses[index]
            draft.put((*at, "sources", index, "amount"), mass, with_unit(mass.text, column.unit))
    if not named:
        _put_blend(draft, masses, named)


def _put_blend(
    draft: _Draft, masses: Sequence[tuple[Column, Cell]], named: Sequence[tuple[Cell, str]]
) -> None:
    for column, cell in masses:
        at: Steps = ("facts", draft.count("facts"))
        draft.put((*at, "name"), cell, column.header)
        draft.put((*at, "amount"), cell, with_unit(cell.text, column.unit))
        for index, (source, text) in enumerate(named):
            draft.put((*at, "contains", index, "name"), source, text)


def sources_in(text: str) -> list[str]:
    """The sources that a cell lists; a word that only qualifies belongs to the one before.

    >>> sources_in("magnesium citrate, anhydrous; magnesium oxide")
    ['magnesium citrate, anhydrous', 'magnesium oxide']
    """
    found: list[str] = []
    for item in wording.split_list(text):
        meaning = names.resolve(item.text)
        if found and meaning.status == "inert" and meaning.family is None:
            found[-1] = f"{found[-1]}, {item.text}"
        else:
            found.append(item.text)
    return found


def with_unit(text: str, unit: str) -> str:
    """A figure with the unit of its header, unless the cell has one or is no figure.

    >>> with_unit("1,419", "mg"), with_unit("0.2 g", "mg"), with_unit("n/a", "mg")
    ('1,419 mg', '0.2 g', 'n/a')
    """
    bare = any(character.isdigit() for character in text) and not _BARE_NUMBER.search(text)
    return f"{text} {unit}" if bare and unit else text


def _put_the_rest(draft: _Draft, cells: Mapping[Column, Cell]) -> None:
    """What no column explains: a figure is a line not understood, other text a statement."""
    for column, cell in cells.items():
        if column.kind != UNKNOWN:
            continue
        key = "unread" if _is_figure(column, cell) else "statements"
        draft.put((key, draft.count(key)), cell, f"{column.header}: {cell.text}".lstrip(": "))


def _is_figure(column: Column, cell: Cell) -> bool:
    read = read_amount(with_unit(cell.text, column.unit))
    return isinstance(read, Amount) and read.kind == "mass"


def _put_market(draft: _Draft, cells: Mapping[Column, Cell]) -> None:
    """The market that a column names; else that of the reference that is printed, if any is."""
    if any(column.kind == "percent_nrv" for column in cells):
        draft.data["market"] = "EU"
    for column, cell in cells.items():
        if column.kind != "market":
            continue
        if market := _markets().get(names.normalise(cell.text)):
            draft.put(("market",), cell, market)
        else:
            draft.put(("unread", draft.count("unread")), cell, f"{column.header}: {cell.text}")


@cache
def _markets() -> Mapping[str, str]:
    named = resources.toml("spreadsheet.toml")["markets"]
    return {word: market for market, words in named.items() for word in words}
