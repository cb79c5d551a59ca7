"""The heads of a label as printed: those that its market prescribes, or those of its own text.

A label that was read from its own text has the words that stand there and no others. Of any
other the heads are known where its market is: where the file names it, or a percent of the
Daily Value is printed. Else there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chelate.formulate.panel.words import MARKETS, Layout, layout
from chelate.models import Label, Row
from chelate.report.naming import language_of

_ENGLISH = ("", "en")
_MARK = "*"


@dataclass(frozen=True, slots=True)
class Heads:
    """What a panel prints above its columns and lists, "" where nothing.

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


def market_of(label: Label) -> str:
    """The market as which a label is drawn, "" where nothing tells it.

    >>> market_of(Label(product="Plain")), market_of(Label(product="Plain", market="CA"))
    ('', 'CA')
    """
    told = "market" in label.model_fields_set
    return label.market if told or _has_daily_value(label) else ""


def _has_daily_value(label: Label) -> bool:
    own_text = label.origin is not None and label.origin.is_printed
    return not own_text and any(row.percent_dv for row in _rows(label.facts))


def _rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _rows(row.contains)


def prescribed(label: Label) -> Heads:
    """The heads of a label's market, if it is in English: a title only where one is prescribed."""
    market, unseen = market_of(label), _unseen(label)
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


def _unseen(label: Label) -> tuple[str, str]:
    of_nrv = any(row.percent_nrv for row in _rows(label.facts))
    if label.market == "EU" or of_nrv:
        return "Amount", "Percent NRV"
    return "Amount", "Percent Daily Value"


def said(words: str, text: str) -> str:
    """Words as a text prints them, "" where it does not.

    >>> said("Supplement Facts", "SUPPLEMENT  FACTS per tablet")
    'SUPPLEMENT FACTS'
    """
    spaced = r"\s*".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE) if spaced else None
    return " ".join(found[0].split()) if found else ""
