"""The label as printed, its rows drawn as the panel that they are.

Nothing stands in the box but what is on the label, and the heads that panels of its market
print in English; what is not printed stays blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chelate.findings import Finding
from chelate.formulate.panel.words import MARKETS, Layout, layout
from chelate.models import Label, Market
from chelate.models import Row as LabelRow
from chelate.report import marks
from chelate.report.marks import Ref, Text
from chelate.report.naming import language_of

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
_ENGLISH = ("", "en")
_MARK = "*"


@dataclass(frozen=True, slots=True)
class Heads:
    """What the panels of a market print above their columns and lists, "" where nothing.

    `serving` are the words before the serving's figures, by path; `unseen` says what the
    columns are to those who do not see them.
    """

    title: str = ""
    amount: str = ""
    percent: str = ""
    ingredients: str = ""
    relation: str = ""
    serving: Mapping[str, str] = field(default_factory=dict)
    unseen: tuple[str, str] = ("Amount", "Percent Daily Value")


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
    found = {
        path: marks.segments(text, [(f, ref) for f, ref, at in placed if at == path])
        for path, text in texts.items()
    }
    heads = _heads(label)
    before = [(path, name) for path, name in _FIELDS if path not in heads.serving]
    return Printed(
        language_of(label),
        label.market.lower(),
        heads,
        tuple((name, found[path]) for path, name in before if path in found),
        tuple((name, found[path]) for path, name in heads.serving.items() if path in found),
        tuple(_panel_rows(label.facts, "facts", 0, found)),
        tuple(text for path, text in found.items() if path.startswith("other_ingredients[")),
        tuple(text for path, text in found.items() if path.startswith("statements[")),
        tuple(text for path, text in found.items() if path.endswith(".note")),
        (*label.serving.others, *_also(label.facts), *label.unread),
    )


def _heads(label: Label) -> Heads:
    """The heads of a label's market, if it is in English: a title only where one is prescribed."""
    market, unseen = label.market, _unseen(label.market)
    if market not in MARKETS or language_of(label).partition("-")[0] not in _ENGLISH:
        return Heads(unseen=unseen)
    found = layout(market)
    if market == "EU":
        percent = found.percent_heading.rstrip(_MARK)
        return Heads(percent=percent, ingredients=found.ingredients_heading, unseen=unseen)
    return Heads(
        found.title,
        found.amount_heading if market == "US" else "",
        found.percent_heading,
        found.ingredients_heading,
        found.relation,
        {path: text.partition(":")[0] for path, text in _serving(found) if text},
        unseen,
    )


def _serving(found: Layout) -> Iterator[tuple[str, str]]:
    yield "serving.size", found.serving_size
    yield "serving.per_container", found.per_container


def _unseen(market: Market) -> tuple[str, str]:
    return "Amount", "Percent NRV" if market == "EU" else "Percent Daily Value"


def _also(rows: Iterable[LabelRow]) -> Iterator[str]:
    """Amounts that rows print for other servings or columns."""
    for row in rows:
        yield from (f"{row.name}: {amount}" for amount in row.also)
        yield from _also(row.contains)


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
        )
        yield from _panel_rows(row.contains, f"{path}.contains", depth + 1, found)


def _panel_sources(row: LabelRow, path: str, found: Mapping[str, Text]) -> Iterator[PanelSource]:
    for index in range(len(row.sources)):
        own = f"{path}.sources[{index}]"
        keys = ("name", "amount", "elemental")
        yield PanelSource(*(found.get(f"{own}.{key}", ()) for key in keys))
