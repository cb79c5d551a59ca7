"""Headings: the lines and phrases at which a section of a panel begins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chelate.readers.panel.columns import headings_of
from chelate.readers.panel.lines import MAX_LINE, Line, Piece
from chelate.readers.panel.sentences import is_sentence
from chelate.readers.panel.serving import field_of
from chelate.readers.panel.words import Section, headings, strong_phrases

LONGEST_LIST = 20 * MAX_LINE


@lru_cache(maxsize=64)
def opened_by(piece: Piece) -> tuple[Section, Piece, Piece] | None:
    """The section that a line opens, its heading, and what follows on the line."""
    for section, matcher in headings():
        found = matcher.match(piece.text)
        if found and found.end():
            heading, rest = (
                piece.cut(0, found.end()).stripped(),
                piece.cut(found.end()).stripped(" \t|"),
            )
            if section == "statement" or heading.text.endswith(":") or not is_sentence(rest.text):
                return section, heading, rest
    return None


def opens_panel(piece: Piece) -> bool:
    """Whether a line is a heading of a panel, or says what the serving is."""
    if len(piece.text) > MAX_LINE:
        return False
    opened = opened_by(piece)
    if opened and opened[0] == "facts":
        return True
    named = field_of(piece)
    return headings_of(piece) is not None or (named is not None and named[0] in ("size", "daily"))


def is_structure(piece: Piece) -> bool:
    """Whether a line is a heading, or a field of the serving."""
    if opened_by(piece) is not None or field_of(piece) is not None:
        return True
    columns = headings_of(piece)
    return columns is not None and (len(columns[0]) > 1 or not columns[0][0].is_unit)


def cut_at_headings(line: Line) -> Iterator[Line]:
    """A panel that was pasted as one line, cut at its headings."""
    if len(line.text) > LONGEST_LIST:
        yield line
        return
    starts = [m.start() for m in strong_phrases().finditer(line.text)]
    if len(starts) < 2:
        yield line
        return
    for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
        piece = line.piece.cut(start, end).stripped(" \t|;")
        if piece.text:
            yield Line(piece, line.indent)
