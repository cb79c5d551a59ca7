"""What stands at the end of a page on a product or a day: cautions, constants, references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import compress

from chelate import catalogue
from chelate.formula import EDITION
from chelate.limits import Key, cited


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts; `caption` says what it is, the first column what each row is of."""

    anchor: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A reference as it is listed; `link` is empty where it has no address."""

    text: str
    link: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Foot:
    """Cautions, each once; what the figures rest on, by what it is for; editions."""

    cautions: tuple[str, ...]
    atomic_weights: str
    used: tuple[tuple[str, tuple[Source, ...]], ...]
    version: str


def grid(anchor: str, caption: str, rows: Iterable[tuple[str, ...]]) -> Grid:
    """A head and its rows as a table, without the columns that no row fills."""
    head, *below = rows
    filled = [index == 0 or any(row[index] for row in below) for index in range(len(head))]
    kept = [tuple(compress(row, filled)) for row in (head, *below)]
    return Grid(anchor, caption, kept[0], tuple(kept[1:]))


def foot(ids: Iterable[str], references: Iterable[Key]) -> Foot:
    """The end of a page that shows these nutrients and moieties, and rests on these keys."""
    shown = tuple(dict.fromkeys(ids))
    used: dict[str, list[Source]] = {}
    for each in cited(shown, references=references):
        reference = each.reference
        link = f"https://doi.org/{reference.doi}" if reference.doi else reference.url or ""
        used.setdefault(each.of, []).append(Source(reference.text, link, reference.verified))
    return Foot(
        tuple(caution.text for caution in catalogue.cautions(shown)),
        EDITION,
        tuple((of, tuple(sources)) for of, sources in used.items()),
        version("chelate"),
    )
