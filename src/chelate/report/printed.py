"""The label as printed, its rows drawn as the panel that they are.

Nothing stands in the box but what is on the label, and the heads that panels of its market
print in English, where the market is known; what is not printed stays blank. A label that was
read from its own text has the words of that text and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chelate.findings import Finding
from chelate.models import Label
from chelate.models import Row as LabelRow
from chelate.report import marks
from chelate.report.heads import Heads, market_of
from chelate.report.marks import Ref, Text
from chelate.report.naming import language_of
from chelate.report.own_words import OwnWords, own_words

_FIELDS = (
    ("product", "Product"),
    ("brand", "Brand"),
    ("form", "Form"),
    ("capsule_size", "Capsule size"),
    ("price", "Price, as given"),
    ("serving.size", "Serving size"),
    ("serving.weight", "Serving weight"),
    ("serving.per_container", "Servings per container"),
    ("serving.per_day", "Servings a day"),
)


@dataclass(frozen=True, slots=True)
class PanelSource:
    """A source printed for a row, with its own mass and its share of the element.

    `before` is what joins it to the row in print: "as", "from".
    """

    before: str
    name: Text
    amount: Text
    elemental: Text


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel as printed; `depth` counts the rows that it is nested under.

    `before` is what joins it in print to the one above: "equiv.".
    """

    depth: int
    before: str
    name: Text
    sources: tuple[PanelSource, ...]
    amount: Text
    percent: Text


@dataclass(frozen=True, slots=True)
class Printed:
    """The label as printed, with the words that findings speak of marked.

    `serving` stands inside the box of the panel, `fields` before it; `remarks` are those that
    a database keeps with rows, `besides` is what was not read.
    """

    language: str
    market: str
    heads: Heads
    fields: tuple[tuple[str, Text], ...]
    serving: tuple[tuple[str, Text], ...]
    rows: tuple[PanelRow, ...]
    other_ingredients: tuple[Text, ...]
    statements: tuple[Text, ...]
    remarks: tuple[Text, ...]
    besides: tuple[str, ...]

    @property
    def has_percents(self) -> bool:
        """Whether any row prints a percent, so that there is a column of them."""
        return any(row.percent for row in self.rows)


def printed(
    label: Label, texts: Mapping[str, str], placed: Sequence[tuple[Finding, Ref, str | None]]
) -> Printed:
    """The label with the words that findings speak of marked, each at its path in `placed`."""
    own = own_words(label, texts)
    found = {
        path: marks.segments(text, [(f, ref) for f, ref, at in placed if at == path])
        for path, text in {**texts, **own.lines}.items()
    }
    heads = own.heads
    before = [(path, name) for path, name in _FIELDS if path not in heads.serving]
    return Printed(
        language_of(label),
        market_of(label).lower(),
        heads,
        tuple((name, found[path]) for path, name in before if path in found),
        tuple((name, found[path]) for path, name in heads.serving.items() if path in found),
        tuple(_panel_rows(label.facts, "facts", 0, found, own)),
        tuple(text for path, text in found.items() if path.startswith("other_ingredients[")),
        tuple(text for path, text in found.items() if path.startswith("statements[")),
        tuple(text for path, text in found.items() if path.endswith(".note")),
        (*label.serving.others, *_also(label.facts), *label.unread),
    )


def _also(rows: Iterable[LabelRow]) -> Iterator[str]:
    """Amounts that rows print for other servings or columns."""
    for row in rows:
        yield from (f"{row.name}: {amount}" for amount in row.also)
        yield from _also(row.contains)


def _panel_rows(
    rows: tuple[LabelRow, ...], key: str, depth: int, found: Mapping[str, Text], own: OwnWords
) -> Iterator[PanelRow]:
    for index, row in enumerate(rows):
        path = f"{key}[{index}]"
        yield PanelRow(
            min(depth, 5),
            own.before.get(f"{path}.name", ""),
            found.get(f"{path}.name", ()),
            tuple(_panel_sources(row, path, found, own)),
            found.get(f"{path}.amount", ()),
            found.get(f"{path}.percent_dv", ()) + found.get(f"{path}.percent_nrv", ()),
        )
        yield from _panel_rows(row.contains, f"{path}.contains", depth + 1, found, own)


def _panel_sources(
    row: LabelRow, path: str, found: Mapping[str, Text], words: OwnWords
) -> Iterator[PanelSource]:
    for index in range(len(row.sources)):
        own = f"{path}.sources[{index}]"
        keys = ("name", "amount", "elemental")
        before = words.before.get(f"{own}.name", words.heads.relation)
        yield PanelSource(before, *(found.get(f"{own}.{key}", ()) for key in keys))
