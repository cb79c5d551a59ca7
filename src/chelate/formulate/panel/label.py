"""A panel -> the label that it prints, as a reader of its text would have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chelate.formulate.panel.values import Line, Panel
from chelate.models import Label, Row
from chelate.readers.panel.traits import form_of


def label_of(panel: Panel) -> Label:
    """The label, with the words as the panel prints them.

    Sentences that are no row, field or ingredient are its statements, in printed order.
    """
    form = form_of(panel.serving.size or "")
    return Label(
        product=" ".join(panel.product.split()),
        brand=" ".join(panel.brand.split()) if panel.brand else None,
        market=panel.market,
        language=panel.language,
        form=form[0] if form else None,
        serving=panel.serving,
        facts=tuple(_rows(panel)),
        other_ingredients=panel.ingredients,
        statements=(
            *panel.footnotes,
            *panel.directions,
            *panel.statements,
            *([panel.disclaimer] if panel.disclaimer else ()),
        ),
    )


def _rows(panel: Panel) -> Iterator[Row]:
    """The rows, members of a blend in its row."""
    lines = panel.lines
    for index, line in enumerate(lines):
        if line.kind != "member":
            yield _row(line, panel, tuple(_members(lines[index + 1 :])))


def _members(lines: tuple[Line, ...]) -> Iterator[Row]:
    for line in lines:
        if line.kind != "member":
            return
        yield Row(name=line.name)


def _row(line: Line, panel: Panel, members: tuple[Row, ...]) -> Row:
    reference = "percent_nrv" if panel.market == "EU" else "percent_dv"
    shown: dict[str, Any] = {reference: line.percent or line.symbol}
    return Row(name=line.name, amount=line.amount, contains=members, **shown)
