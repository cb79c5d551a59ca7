"""Rows that were wrapped over lines: which lines belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chelate.catalogue import names
from chelate.readers.panel.headings import is_structure, opened_by
from chelate.readers.panel.lines import MAX_LINE, Line, joined, masked, open_brackets
from chelate.readers.panel.rows import rows_of
from chelate.readers.panel.sentences import is_sentence
from chelate.readers.panel.words import BULLETS, goes_on_after, relation_words

MOST_JOINED = 6
LONGEST_NAME = 100
_UNIT_FIRST = re.compile(r"(?:mg|mcg|µg|μg|g|iu|ie|ui)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ITEM_ENDS = re.compile(r"[,;.]\s*$")


def line_at(lines: Sequence[Line], at: int, *, listed: bool) -> tuple[Line, int]:
    """The line at an index with those that continue it, and how many they are.

    `listed` says that the lines are those of an ingredient list.
    """
    taken = 1
    while taken < MOST_JOINED and at + taken < len(lines):
        whole, following = joined(lines[at : at + taken]), lines[at + taken]
        if len(whole.text) + len(following.text) > MAX_LINE or not _goes_on(
            whole, following, lines[at + taken : at + MOST_JOINED], listed
        ):
            break
        taken += 1
    return (joined(lines[at : at + taken]) if taken > 1 else lines[at]), taken


def _goes_on(line: Line, following: Line, later: Sequence[Line], listed: bool) -> bool:
    """Whether a line is not complete without the one that follows it."""
    if is_structure(following.piece):
        return False
    if open_brackets(line.text):
        return _closes(line, later)
    opened = opened_by(line.piece)
    if listed or (opened and opened[0] == "other" and opened[2].text):
        goes_on = following.text[0].islower() and not _ITEM_ENDS.search(line.text)
        return goes_on and "," in line.text
    if goes_on_after().search(line.text) and not following.text[:1].isdigit():
        return opened is None
    if re.search(r"\d\s*$", line.text) and _UNIT_FIRST.match(following.text):
        return True
    if _ends_with_relation(line.text):
        return True
    return _is_bare_name(line) and _is_rest_of_name(line, following)


def _closes(line: Line, later: Sequence[Line]) -> bool:
    """Whether the lines that follow close the bracket that is open."""
    text = line.text
    for following in later:
        if is_structure(following.piece):
            return False
        text += " " + following.text
        if not open_brackets(text):
            return True
    return False


def _ends_with_relation(text: str) -> bool:
    tail = text[-40:]
    return any(found.end() == len(tail) for found in relation_words().finditer(tail))


def _is_bare_name(line: Line) -> bool:
    return (
        len(line.text) < 100
        and not _DIGIT.search(masked(line.text))
        and not is_structure(line.piece)
    )


def _is_rest_of_name(line: Line, following: Line) -> bool:
    """Whether a line goes on with the name before it: lower case, or no name by itself."""
    text = following.text
    if text[0] in BULLETS or relation_words().match(text) or relation_words().match(line.text):
        return False
    if text[0].islower() and not _UNIT_FIRST.match(text):
        return True
    name = next((row.title for row in rows_of(following.piece) if row.name), "")
    if not name or len(name) > 80 or names.nutrient_of(name) or is_sentence(line.text):
        return False
    alone, together = names.resolve(name), names.resolve(f"{line.text} {name}")
    return alone.status == "unknown" and together.status == "known" and alone.nutrient is None
