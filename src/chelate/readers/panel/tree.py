"""A label as a tree of texts that know their offsets: its plain data, and its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chelate.files import place_at, steps_of
from chelate.findings import Place
from chelate.readers.panel.lines import Piece


@dataclass(frozen=True, slots=True)
class At:
    """A text of the label, and the offset in the user's text where it begins.

    `supplied` says that its first word is not printed: 1 capsule for "each capsule".
    """

    text: str
    start: int
    supplied: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


def at(piece: Piece) -> At:
    """The words of a piece, with single spaces, and where they begin."""
    return At(piece.clean, piece.start)


def plain(tree: Any) -> Any:
    """The tree as plain data, without what is empty."""
    if isinstance(tree, At):
        return tree.text
    if isinstance(tree, list):
        return [plain(each) for each in tree]
    pairs = ((key, plain(value)) for key, value in tree.items())
    return {key: value for key, value in pairs if value or key == "name"}


def locate(tree: Any, path: str, text: str) -> Place:
    """The place of a path's text, or of the nearest one around it."""
    offset = _first(tree)
    for step in steps_of(path):
        if isinstance(tree, At) or not _has(tree, step):
            break
        tree = tree[step]
        inner = _first(tree)
        offset = offset if inner is None else inner
    return place_at(text, offset or 0)


def _has(tree: Any, step: str | int) -> bool:
    if isinstance(tree, dict):
        return step in tree
    return isinstance(step, int) and step < len(tree)


def _first(tree: Any) -> int | None:
    if isinstance(tree, At):
        return tree.start
    children = tree.values() if isinstance(tree, dict) else tree
    return next((found for child in children if (found := _first(child)) is not None), None)
