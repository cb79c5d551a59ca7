"""The data for machines of a page on a product or a day: what `yield` and `stack` tell programs.

References and cautions are left out: they stand on the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import PurePath
from typing import Any

from chelate.formula import EDITION
from chelate.formulate import Delivery
from chelate.formulate.day import Day
from chelate.formulate.day.products import Product
from chelate.formulate.machine.day import day_json
from chelate.formulate.machine.formulation import delivery_json
from chelate.report.inputs import InputFile, inputs_json

VERSION = 1

Json = dict[str, Any]


def formulation_data(
    delivery: Delivery, *, file: str, title: str, inputs: Sequence[InputFile] = ()
) -> Json:
    """A formulation as the one result that it is."""
    return _about(title, inputs) | {"results": [delivery_json(delivery, file=file)]}


def day_data(day: Day, *, title: str, inputs: Sequence[InputFile] = ()) -> Json:
    """A day, its files by name alone."""
    return _about(title, inputs) | day_json(_without_folders(day))


def _without_folders(day: Day) -> Day:
    """The day with its files by name alone: a page is the same wherever they lie."""
    taken = (replace(each, product=_by_name(each.product)) for each in day.taken)
    return replace(day, taken=tuple(taken))


def _by_name(product: Product) -> Product:
    return replace(product, file=PurePath(product.file).name) if product.file else product


def _about(title: str, inputs: Sequence[InputFile]) -> Json:
    return {
        "version": VERSION,
        "program": f"chelate {version('chelate')}",
        "atomic_weights": EDITION,
        "title": title,
        "inputs": inputs_json(inputs),
    }
