"""An item of a stack -> a product: what one serving of it brings, and by what it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Literal

from chelate import files, readers
from chelate.figures import listed
from chelate.files import Document
from chelate.findings import InputError
from chelate.formulate.day.labels import notes_of, on_label
from chelate.formulate.delivery import Delivery, delivered
from chelate.formulate.errors import EntryError
from chelate.intervals import Interval
from chelate.models import Label
from chelate.models.formulation import Formulation, Input
from chelate.models.stack import Item
from chelate.readers import Source
from chelate.stoichiometry import Held, Yield

Basis = Literal["recipe", "label", "material"]

_AUTHORED = re.compile(
    r"(?:^|[{,])\s*[\"']?(?:inputs|sittings|candidates|targets)[\"']?\s*:", re.MULTILINE
)
_MATERIAL = ("substance", "define", "amount", "assay", "assay_basis", "moisture", "potency")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Product:
    """What one serving brings of each nutrient and moiety, in mg, moieties as free acids.

    `inputs` are its materials as far as they can be computed, each with remarks of its own;
    `serving` says what one serving is. `most_servings` is how many a day its own file
    states, None where it states none. Of what is `unbounded` there may be any mass more.
    """

    name: str
    basis: Basis
    file: str | None
    record: str | None
    serving: str
    brings: tuple[Held, ...]
    inputs: tuple[Yield, ...]
    most_servings: float | None = None
    remarks: tuple[str, ...] = ()
    unbounded: frozenset[str] = frozenset()


@contextmanager
def under(path: str) -> Iterator[None]:
    """Tell an entry that cannot be used by its path from further up."""
    try:
        yield
    except EntryError as error:
        said = error.message.removeprefix(f"{error.path}: ")
        raise EntryError(f"{path}.{error.path}", said) from None


def product_of(item: Item, *, folder: Path) -> Product:
    """What one serving of an item's product, or its mass of a material, brings.

    Raises:
        EntryError: an entry of the item, or the file that it names, cannot be used.
    """
    if item.file is None:
        return _of_material(item)
    path = folder / item.file
    try:
        with closing(readers.opened(path)) as source:
            document = _authored(source)
            return _of_recipe(document, item) if document else _of_label(source, item)
    except EntryError:
        raise
    except InputError as error:
        raise EntryError("file", str(error)) from None


def _of_material(item: Item) -> Product:
    """A material by itself is a recipe of one input."""
    given = {key: value for key in _MATERIAL if (value := getattr(item, key)) is not None}
    made = Formulation(product=item.substance or "", inputs=(Input(**given),))
    try:
        delivery = delivered(made)
    except EntryError as error:
        path = error.path.removeprefix("inputs[0]").lstrip(".") or "substance"
        raise EntryError(path, error.message.removeprefix(f"{error.path}: ")) from None
    taken = delivery.ingredients[0].taken
    remarks = tuple(_composition(made.inputs))
    return Product(
        taken.name, "material", None, None, "", delivery.moieties, (taken,), None, remarks
    )


def _composition(inputs: Iterable[Input]) -> Iterator[str]:
    """Where the composition of each input comes from, as far as that is said."""
    for entry in inputs:
        if entry.define is None:
            yield from notes_of(entry.substance)
        elif entry.define.source:
            yield f"{entry.substance}: composition by {entry.define.source.rstrip('.')}."


def _authored(source: Source) -> Document | None:
    """The document of a file that is no label but another of those that people write."""
    if source.is_zip or len(source.head) > files.MAX_BYTES:
        return None
    text = source.head.decode("utf-8-sig", errors="replace")
    if not _AUTHORED.search(text):
        return None
    document = files.parse(text, file=source.file)
    return document if files.kind_of(document) not in ("label", None) else None


def _of_recipe(document: Document, item: Item) -> Product:
    formulation = files.authored(document, Formulation)
    if item.record is not None:
        raise EntryError("record", f"{document.file} holds one formulation; expected no record")
    try:
        return _recipe(delivered(formulation), document.file)
    except EntryError as error:
        place = document.place(error.path)
        raise InputError(error.message, file=document.file, place=place) from None


def _recipe(delivery: Delivery, file: str) -> Product:
    made, serving = delivery.formulation, delivery.serving
    stated = "servings_per_day" in made.model_fields_set
    return Product(
        made.product, "recipe", file, None, counted(made.units_per_serving, made.unit),
        tuple(_over_the_shelf_life(delivery)), serving.inputs,
        made.servings_per_day if stated else None, tuple(_said_of(delivery)),
    )  # fmt: skip


def _over_the_shelf_life(delivery: Delivery) -> Iterator[Held]:
    """What is delivered at manufacture, its range down to what is left at the end."""
    at_end = {held.id: held.range_mg.low for held in delivery.at_end}
    for held in delivery.moieties:
        low_mg = min(held.range_mg.low, at_end.get(held.id, held.range_mg.low))
        yield Held(held.id, held.name, held.mg, Interval(low_mg, held.range_mg.high))


def _said_of(delivery: Delivery) -> Iterator[str]:
    yield from _composition(delivery.formulation.inputs)
    if delivery.loses:
        life = delivery.formulation.shelf_life
        after = f" of {life}" if life else ""
        yield (
            "The figures are at manufacture; the ranges reach down to what the stated losses "
            f"leave at the end of the shelf life{after}."
        )


def _of_label(source: Source, item: Item) -> Product:
    label = _label(source, item.record)
    found = on_label(label)
    record = label.origin.record if label.origin else None
    return Product(
        label.product, "label", source.file, record, label.serving.size or "", found.brings,
        found.inputs, found.most_servings, found.remarks, found.unbounded,
    )  # fmt: skip


def _label(source: Source, record: str | None) -> Label:
    """The one label of a file, or the one that `record` names by its number or product.

    Raises:
        InputError: the only label cannot be read.
        EntryError: there are several and none is named, or none has that name.
    """
    read = readers.labels_in(source)
    if record is not None:
        return _named(record, (label for label in read if isinstance(label, Label)), source.file)
    first, *others = islice(read, _NAMED)
    if others:
        known = listed([_shown(label) for label in (first, *others) if isinstance(label, Label)])
        raise EntryError("record", f"{source.file} holds several labels; expected one of {known}")
    if isinstance(first, InputError):
        raise first
    return first


def _named(record: str, labels: Iterable[Label], file: str) -> Label:
    wanted, known = record.casefold(), []
    for label in labels:
        if wanted in (_record(label).casefold(), label.product.casefold()):
            return label
        known.append(label)
    names = [name for label in known for name in (_record(label), label.product)]
    near = get_close_matches(record, names, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    shown = ", ".join(map(_shown, known[:_NAMED])) + (" …" if len(known) > _NAMED else "")
    raise EntryError("record", f'found "{record}", expected a label of {file} ({shown}){hint}')


def _record(label: Label) -> str:
    return (label.origin.record if label.origin else None) or ""


def _shown(label: Label) -> str:
    record = _record(label)
    return f"{label.product} ({record})" if record else label.product


def counted(count: int, unit: str) -> str:
    """So many units in words.

    >>> counted(1, "scoop"), counted(2, "capsule")
    ('1 scoop', '2 capsules')
    """
    return f"{count} {unit}{'s' * (count != 1)}"
