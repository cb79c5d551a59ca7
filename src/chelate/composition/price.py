"""The price of a container as sold: text -> a sum of money."""

from __future__ import annotations

from chelate.composition.amounts import Reading
from chelate.composition.values import Problem
from chelate.models import Label
from chelate.units import Money, money_in


def price_of(label: Label, reading: Reading) -> Money | None:
    """The price that is given of a label's product; None where none is, or none can be read.

    A number that the label's own decimal mark cannot have written is read by its own: the
    two digits after the mark of "24,99 EUR" are no thousands.
    """
    if label.price is None:
        return None
    read = money_in(label.price, reading.decimal)
    if isinstance(read, str):
        read = money_in(label.price, "?")
    if isinstance(read, str):
        reading.problems.append(Problem("price", "price", label.price, read))
        return None
    return read
