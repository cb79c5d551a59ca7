"""Names by which the products of a day can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from chelate.formulate.day.products import Product
from chelate.formulate.day.sums import Taken

BASIS = {"recipe": "by its recipe", "label": "by its label"}


def told_apart(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """The same, each with a name that no other product has, as far as that can be."""
    every = tuple(taken)
    known: dict[str, list[Product]] = {}
    for each in every:
        several = known.setdefault(each.product.name, [])
        if each.product not in several:
            several.append(each.product)
    return tuple(
        replace(each, name=_name(each.product, known[each.product.name])) for each in every
    )


def _name(product: Product, several: list[Product]) -> str:
    """Its name, where several have it with the first words that are its own."""
    if len(several) == 1:
        return product.name
    words = (of(product) for of in _WORDS if len({*map(of, several)}) == len(several))
    said = next(words, _WORDS[-1](product))
    return f"{product.name} ({said})" if said else product.name


def _basis(product: Product) -> str:
    return BASIS.get(product.basis) or product.inputs[0].dose


def _file(product: Product) -> str:
    return Path(product.file).name if product.file else _basis(product)


def _place(product: Product) -> str:
    return ", ".join(filter(None, (product.file or _basis(product), product.record)))


_WORDS: tuple[Callable[[Product], str], ...] = (_basis, _file, _place)
