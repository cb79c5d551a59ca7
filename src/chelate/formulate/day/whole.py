"""A stack -> the day: every item read, added up, and held against the stack's aims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chelate.figures import number
from chelate.formulate.day.aims import Aimed, aimed, spoken
from chelate.formulate.day.apart import told_apart
from chelate.formulate.day.products import Product, product_of, under
from chelate.formulate.day.sums import Taken, Total, scaled, totals_of
from chelate.formulate.errors import EntryError
from chelate.models.stack import Item, Stack

_MOST_SERVINGS = 1000
_SERVINGS = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\d{1,9}/[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Day:
    """What a stack brings in a day. Only what it holds is counted: food comes on top."""

    stack: Stack
    taken: tuple[Taken, ...]
    totals: tuple[Total, ...]
    aims: tuple[Aimed, ...]
    remarks: tuple[str, ...]

    def total(self, name: str) -> Total | None:
        """The total of the nutrient or moiety with this id, None where there is none."""
        return next((total for total in self.totals if total.id == name), None)


def day_of(stack: Stack, *, folder: str | Path = ".") -> Day:
    """Every product of the stack, read and added up; its files are beside `folder`.

    Raises:
        EntryError: an entry of the stack, or a file that it names, cannot be used.

    >>> day = day_of(Stack(stack="Evening", sittings=[{"when": "evening", "take": [
    ...     {"substance": "magnesium-bisglycinate", "amount": "1 g"},
    ...     {"substance": "glycine", "amount": "1 g"}]}]))
    >>> [(total.id, round(total.day.mg, 1)) for total in day.totals]
    [('magnesium', 141.0), ('glycine', 1870.7)]
    """
    _require_distinct_sittings(stack)
    taken = told_apart(_taken(stack, Path(folder)))
    totals = totals_of(taken)
    aims = tuple(
        aimed(aim, f"aims[{index}]", taken, totals) for index, aim in enumerate(stack.aims)
    )
    return Day(stack, taken, totals, aims, tuple(_more_than_stated(taken)))


def _require_distinct_sittings(stack: Stack) -> None:
    known: set[str] = set()
    for index, sitting in enumerate(stack.sittings):
        if spoken(sitting.when) in known:
            path = f"sittings[{index}].when"
            raise EntryError(path, f'found "{sitting.when}" twice, expected one with all of it')
        known.add(spoken(sitting.when))


def _taken(stack: Stack, folder: Path) -> Iterator[Taken]:
    read: dict[tuple[str | None, str | None], Product] = {}
    for at, sitting in enumerate(stack.sittings):
        for index, item in enumerate(sitting.take):
            path = f"sittings[{at}].take[{index}]"
            with under(path):
                servings = _servings(item)
                product = read.get((item.file, item.record)) or product_of(item, folder=folder)
            if item.file:
                read[item.file, item.record] = product
            brings = tuple(scaled(held, servings) for held in product.brings)
            yield Taken(path, sitting.when, product, servings, brings, product.name)


def _servings(item: Item) -> float:
    """Servings from "2", "0.5" or "1/2"."""
    text = item.servings.strip()
    whole, _, parts = text.partition("/")
    found = float(whole) / float(parts or 1) if _SERVINGS.fullmatch(text) else 0.0
    if not 0 < found <= _MOST_SERVINGS:
        expected = 'expected a number of servings above zero, such as "2", "0.5" or "1/2"'
        raise EntryError("servings", f'found "{text}", {expected}')
    return found


def _more_than_stated(taken: Iterable[Taken]) -> Iterator[str]:
    """A sentence on each product of which more servings are taken than its file states."""
    found: dict[tuple[str | None, str | None], list[Taken]] = {}
    for each in taken:
        found.setdefault((each.product.file, each.product.record), []).append(each)
    for several in found.values():
        product, servings = several[0].product, sum(each.servings for each in several)
        if product.most_servings is not None and servings > product.most_servings + 1e-9:
            yield (
                f"{several[0].name}: {number(servings)} servings a day are in the stack; "
                f"its own file states {number(product.most_servings)}."
            )
