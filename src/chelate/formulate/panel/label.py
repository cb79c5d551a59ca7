"""A panel -> the label that it prints, as a reader of its text would have it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from chelate.formulate.panel.values import Line, Panel
from chelate.formulate.panel.words import layout
from chelate.models import Label, Row, Source
from chelate.readers.panel.traits import form_of

_INSIDE = ("share", "member")


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
            *panel.warnings,
            *panel.statements,
            *([panel.disclaimer] if panel.disclaimer else ()),
        ),
    )


def _rows(panel: Panel) -> Iterator[Row]:
    """The rows, with the shares of sources and the members of a blend in theirs."""
    lines = panel.lines
    for index, line in enumerate(lines):
        if line.kind not in _INSIDE:
            inside = tuple(takewhile(lambda each: each.kind in _INSIDE, lines[index + 1 :]))
            yield _row(line, panel, inside)


def _row(line: Line, panel: Panel, inside: tuple[Line, ...]) -> Row:
    reference = "percent_nrv" if panel.market == "EU" else "percent_dv"
    shown: dict[str, Any] = {reference: line.percent or line.symbol}
    members = tuple(Row(name=each.name) for each in inside if each.kind == "member")
    before = layout(panel.market).share.format(source="")
    shares = tuple(
        Source(name=each.name.removeprefix(before), elemental=each.amount)
        for each in inside
        if each.kind == "share"
    )
    return Row(name=line.name, amount=line.amount, sources=shares, contains=members, **shown)
