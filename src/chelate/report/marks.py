"""Printed text cut into segments, so that the words a finding speaks of can be marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from chelate.findings import Finding
from chelate.models import Label, Row


@dataclass(frozen=True, slots=True)
class Ref:
    """A finding as the printed text refers to it; `mark` and `anchor` are ids of the page."""

    number: int
    code: str
    mark: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of printed text; marked if findings speak of it, `ends` are those it completes."""

    text: str
    marked: bool = False
    ends: tuple[Ref, ...] = ()


Text = tuple[Segment, ...]


def texts_of(label: Label) -> dict[str, str]:
    """Every printed text of a label by its path, in printed order."""
    return {path: text for path, text in _texts(label) if text}


def _texts(label: Label) -> Iterator[tuple[str, str | None]]:
    yield from (("product", label.product), ("brand", label.brand), ("form", label.form))
    yield from (("capsule_size", label.capsule_size), ("price", label.price))
    for key in ("size", "weight", "per_container", "per_day"):
        yield f"serving.{key}", getattr(label.serving, key)
    for index, row in enumerate(label.facts):
        yield from _row_texts(row, f"facts[{index}]")
    for key, several in (
        ("other_ingredients", label.other_ingredients),
        ("statements", label.statements),
    ):
        yield from ((f"{key}[{index}]", text) for index, text in enumerate(several))


def _row_texts(row: Row, path: str) -> Iterator[tuple[str, str | None]]:
    for key in ("name", "amount", "percent_dv", "percent_nrv"):
        yield f"{path}.{key}", getattr(row, key)
    for index, source in enumerate(row.sources):
        for key in ("name", "amount", "elemental"):
            yield f"{path}.sources[{index}].{key}", getattr(source, key)
    yield f"{path}.note", row.note
    for index, child in enumerate(row.contains):
        yield from _row_texts(child, f"{path}.contains[{index}]")


def printed_path(path: str, texts: Mapping[str, str]) -> str | None:
    """The path of the printed text that a finding at `path` speaks of, None if there is none.

    >>> printed_path("facts[0]", {"facts[0].name": "Magnesium"})
    'facts[0].name'
    """
    for candidate in (path, f"{path}.name", f"{path}[0]", f"{path}.size"):
        if candidate in texts:
            return candidate
    shorter = re.sub(r"(?:\.\w+|\[\d+\])$", "", path)
    return printed_path(shorter, texts) if shorter not in ("", path) else None


def segments(text: str, placed: Iterable[tuple[Finding, Ref]]) -> Text:
    """The text cut at the ends of the words that findings speak of."""
    spans = [(*_span(text, finding.words), ref) for finding, ref in placed]
    cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    return tuple(
        Segment(
            text[start:end],
            any(a <= start and end <= b for a, b, _ in spans),
            tuple(ref for _, b, ref in spans if b == end),
        )
        for start, end in pairwise(cuts)
    )


def _span(text: str, words: str) -> tuple[int, int]:
    """Where the words stand in the text; all of it where they do not stand there as such."""
    pattern = r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))
    at = text.find(words)
    if words and at >= 0:
        return at, at + len(words)
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return found.span() if found else (0, len(text))
