"""The label as printed, its rows drawn as the panel that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chelate.findings import Finding
from chelate.models import Label
from chelate.models import Row as LabelRow
from chelate.report import marks
from chelate.report.marks import Ref, Text

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}")
_FIELDS = (
    ("product", "Product"),
    ("brand", "Brand"),
    ("form", "Form"),
    ("capsule_size", "Capsule size"),
)
_SERVING = (
    ("serving.size", "Serving size"),
    ("serving.weight", "Serving weight"),
    ("serving.per_container", "Servings per container"),
    ("serving.per_day", "Servings a day"),
)


@dataclass(frozen=True, slots=True)
class PanelSource:
    """A source printed for a row, with its own mass and its share of the element."""

    name: Text
    amount: Text
    elemental: Text


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel as printed; `depth` counts the rows that it is nested under."""

    depth: int
    name: Text
    sources: tuple[PanelSource, ...]
    amount: Text
    percent: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Printed:
    """The label as printed, with the words that findings speak of marked.

    `serving` stands inside the box of the panel, `fields` before it.
    """

    language: str
    fields: tuple[tuple[str, Text], ...]
    serving: tuple[tuple[str, Text], ...]
    percent_of: str
    rows: tuple[PanelRow, ...]
    other_ingredients: tuple[Text, ...]
    statements: tuple[Text, ...]


def printed(
    label: Label, texts: Mapping[str, str], placed: Sequence[tuple[Finding, Ref, str | None]]
) -> Printed:
    """The label with the words that findings speak of marked, each at its path in `placed`."""
    found = {
        path: marks.segments(text, [(f, ref) for f, ref, at in placed if at == path])
        for path, text in texts.items()
    }
    language = label.language or ""
    return Printed(
        language if _LANGUAGE.fullmatch(language) else "",
        tuple((name, found[path]) for path, name in _FIELDS if path in found),
        tuple((name, found[path]) for path, name in _SERVING if path in found),
        "Percent NRV" if label.market == "EU" else "Percent Daily Value",
        tuple(_panel_rows(label.facts, "facts", 0, found)),
        tuple(text for path, text in found.items() if path.startswith("other_ingredients[")),
        tuple(text for path, text in found.items() if path.startswith("statements[")),
    )


def _panel_rows(
    rows: tuple[LabelRow, ...], key: str, depth: int, found: Mapping[str, Text]
) -> Iterator[PanelRow]:
    for index, row in enumerate(rows):
        path = f"{key}[{index}]"
        yield PanelRow(
            min(depth, 5),
            found.get(f"{path}.name", ()),
            tuple(_panel_sources(row, path, found)),
            found.get(f"{path}.amount", ()),
            found.get(f"{path}.percent_dv", ()) + found.get(f"{path}.percent_nrv", ()),
            found.get(f"{path}.note", ()),
        )
        yield from _panel_rows(row.contains, f"{path}.contains", depth + 1, found)


def _panel_sources(row: LabelRow, path: str, found: Mapping[str, Text]) -> Iterator[PanelSource]:
    for index in range(len(row.sources)):
        own = f"{path}.sources[{index}]"
        keys = ("name", "amount", "elemental")
        yield PanelSource(*(found.get(f"{own}.{key}", ()) for key in keys))
