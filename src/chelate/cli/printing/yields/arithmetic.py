"""The arithmetic of a formulation's figures, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.cli.printing.yields.tables import worked
from chelate.formulate import Delivery
from chelate.formulate.words.working import formulation_working


def working_lines(delivery: Delivery) -> Iterator[str]:
    """The arithmetic of every section, in their order, indented below its heading."""
    for heading, lines in formulation_working(delivery):
        yield from ([f"  {heading}"] if heading else [])
        yield from worked(lines)
