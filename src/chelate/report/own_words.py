"""The words of a label that was read from its own text, around what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chelate.formulate.panel.words import MARKETS, layout
from chelate.models import Label, Origin
from chelate.readers.panel.headings import opened_by
from chelate.readers.panel.lines import MAX_LINE, lines_of
from chelate.report.heads import Heads, market_of, prescribed, said

_LEADS = {"serving.size": "Serving Size", "serving.per_container": "Servings Per Container"}
_HEADS = {
    "amount": ("Amount Per Serving",),
    "percent": ("% Daily Value", "Daily Value %", "% DV", "DV %", "% NRV", "NRV %"),
    "ingredients": ("Other ingredients", "Non-medicinal ingredients", "Inactive ingredients"),
}
_MOST_WORDS = 4
_LONGEST = 120
_LAST_WORDS = re.compile(r"([^\W\d_][^\d|;()\[\]]*?)[\s:|(\[]*$")
_JOINT = re.compile(r"[^\W\d_](?:[^\d]*[^\W\d_])?\.?")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The heads that a text prints, and its lines of the serving and words before names, by path.

    Of `lines` a line stands for what was read from it: "Each tablet contains:" for "1 tablet".
    """

    heads: Heads
    lines: Mapping[str, str]
    before: Mapping[str, str]


def own_words(label: Label, texts: Mapping[str, str]) -> OwnWords:
    """What a label prints around the `texts` that were read of it, by path.

    Of a label that was not read from its own text these are the heads of its market alone.
    """
    origin = label.origin
    if origin is None or not origin.is_printed:
        return OwnWords(prescribed(label), {}, {})
    title = _title(label, origin)
    leads, lines = dict[str, str](), dict[str, str]()
    for path in (each for each in _LEADS if each in texts):
        leads[path], line = _of_serving(path, texts, origin, title)
        lines |= {path: line} if line else {}
    title = "" if any(title and title in line for line in lines.values()) else title
    first = {key: _first(choice, origin.text) for key, choice in _HEADS.items()}
    heads = Heads(title=title, serving=leads, unseen=prescribed(label).unseen, **first)
    return OwnWords(heads, lines, dict(_before_names(texts, origin)))


def _first(choice: tuple[str, ...], text: str) -> str:
    return next(filter(None, (said(words, text) for words in choice)), "")


def _title(label: Label, origin: Origin) -> str:
    """The title that the market prescribes, where it is printed; else the panel's heading."""
    market = market_of(label)
    prescribed_title = layout(market).title if market in MARKETS else ""
    if found := said(prescribed_title, origin.text):
        return found
    for line in lines_of(origin.text):
        opened = opened_by(line.piece) if len(line.text) <= MAX_LINE else None
        if opened and opened[0] == "facts":
            return opened[1].clean.rstrip(": ")
    return ""


def _of_serving(path: str, texts: Mapping[str, str], origin: Origin, title: str) -> tuple[str, str]:
    """The words before a figure of the serving; else the line that says it in other words."""
    place = origin.locate(path)
    line = origin.line(place.line) if place else ""
    start = place.column - 1 if place else 0
    if line[start:].startswith(texts[path].split()[0]):
        found = _LAST_WORDS.search(line[:start])
        lead = found[1].strip().removeprefix(title).strip() if found else ""
        return lead or said(_LEADS[path], origin.text), ""
    facts = [at for key, at, _ in _on_line(place.line, texts, origin)
             if key.startswith("facts")] if place else []  # fmt: skip
    whole = " ".join(line[: min(facts, default=len(line))].split()).rstrip(" |")
    return "", whole[:_LONGEST]


def _on_line(
    number: int, texts: Mapping[str, str], origin: Origin
) -> Iterator[tuple[str, int, int]]:
    """The texts that stand on a line of the file as they were read: path, start, end."""
    line = origin.line(number)
    for path, text in texts.items():
        place = origin.locate(path)
        if place and place.line == number and line.startswith(text, place.column - 1):
            yield path, place.column - 1, place.column - 1 + len(text)


def _before_names(texts: Mapping[str, str], origin: Origin) -> Iterator[tuple[str, str]]:
    """What joins a source or a row within another to what is before it: "as", "equiv."."""
    for path in texts:
        if not re.search(r"(?:sources|contains)\[\d+\]\.name$", path):
            continue
        place = origin.locate(path)
        if place is None:
            continue
        own = path.removesuffix("name")
        spans = list(_on_line(place.line, texts, origin))
        start = min((at for key, at, _ in spans if key.startswith(own)), default=place.column - 1)
        ends = [end for _, _, end in spans if end <= start]
        found = _JOINT.search(origin.line(place.line)[max(ends, default=0) : start])
        if found and len(found[0].split()) <= _MOST_WORDS:
            yield path, " ".join(found[0].split())
