"""Lines -> events: which section of the label a line belongs to, and what it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from chelate import wording
from chelate.catalogue import names
from chelate.readers.panel.columns import Column, headings_of
from chelate.readers.panel.headings import LONGEST_LIST, cut_at_headings, opened_by, opens_panel
from chelate.readers.panel.lines import MAX_LINE, Line, Piece, lines_of
from chelate.readers.panel.listing import Listing, end_of_list
from chelate.readers.panel.rows import Row, rows_of
from chelate.readers.panel.sentences import is_footnote, is_sentence
from chelate.readers.panel.serving import Dose, Field, bare_size, dose_of, field_of
from chelate.readers.panel.tokens import amounts
from chelate.readers.panel.words import BULLETS, Section, word_set
from chelate.readers.panel.wrapping import line_at

Kind = Literal[
    "front", "row", "columns", "heading", "field", "dose", "other", "statement", "unread"
]
Where = Literal["front", "open", "panel", "other", "after", "statement"]

_DIGIT = re.compile(r"\d")
_FREE = re.compile(r"(?<=\w)-free(?=\s+\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """A line understood as far as its section: its kind, and what the kind needs.

    `headed` says that a heading stands before it on the same line.
    """

    kind: Kind
    piece: Piece
    indent: int = 0
    columns: tuple[Column, ...] = ()
    field: Field = "size"
    dose: Dose | None = None
    bullet: bool = False
    headed: bool = False


def events_of(text: str) -> Iterator[Event]:
    """The events of a text, in printed order."""
    lines = _with_bullets([part for line in lines_of(text) for part in cut_at_headings(line)])
    where: Where = "front" if any(opens_panel(line.piece) for line in lines) else "open"
    listing, listed = Listing(), False
    awaited: Field | None = None
    at = 0
    while at < len(lines):
        wraps = where in ("panel", "open", "other")
        line, taken = line_at(lines, at, listed=where == "other") if wraps else (lines[at], 1)
        at += taken
        if awaited and len(line.text) <= MAX_LINE and opened_by(line.piece) is None:
            yield Event("field", line.piece, field=awaited)
            awaited = None
            continue
        if listed and where == "statement" and _only_begins_like_a_list(line.piece):
            yield Event("statement", line.piece)
            continue
        following = lines[at].piece if at < len(lines) else None
        for step in tuple(_read(line, where, listing, following)):
            event, where, listing = step
            listed |= event.kind == "other"
            if event.kind == "field" and not event.piece.text:
                awaited = event.field
            else:
                yield event


def _only_begins_like_a_list(piece: Piece) -> bool:
    """Whether a statement begins with the words of the heading that the list has had."""
    opened = opened_by(piece)
    return opened is not None and opened[0] == "other" and not opened[1].text.endswith(":")


def _with_bullets(lines: list[Line]) -> list[Line]:
    """Lines whose leading asterisk is a bullet: no other place has one that it could explain."""
    if any("*" in line.text[1:] or line.text == "*" for line in lines):
        return lines
    return [_bulleted(line) if line.text.startswith("* ") else line for line in lines]


def _bulleted(line: Line) -> Line:
    """A row with another sign for its bullet; what is said keeps the sign that is printed."""
    if is_sentence(line.text) or not _has_row(line.piece.cut(1).stripped()):
        return line
    return replace(line, piece=Piece(f"•{line.text[1:]}", line.piece.start))


Step = tuple[Event, Where, Listing]


def _read(line: Line, where: Where, listing: Listing, following: Piece | None) -> Iterator[Step]:
    """The events of one line, each with the section that holds after it."""
    piece = line.piece
    if len(piece.text) > MAX_LINE:
        yield from _long(line, where, listing)
        return
    columns = headings_of(piece)
    opened = opened_by(piece)
    said = opened is not None and opened[0] == "statement"
    if columns and not columns[1].text and not said:
        yield Event("columns", piece, columns=columns[0]), "panel", listing
        return
    if opened:
        yield from _section(line, opened, following)
        return
    named = field_of(piece)
    if named and named[0] in ("size", "daily") and (dose := _announced(named[1])):
        yield Event("field", dose.size, field=named[0]), "panel", listing
        yield Event("dose", piece, dose=dose), "panel", listing
        return
    if named:
        after: Where = "panel" if named[0] in ("size", "daily") and where != "open" else where
        yield Event("field", named[1], field=named[0]), after, listing
        return
    if columns and where == "statement" and _is_prose(piece):
        yield Event("statement", piece), where, listing
        return
    if columns:
        yield Event("columns", piece, columns=columns[0]), "panel", listing
        rest = replace(line, piece=columns[1])
        for event, after, listed in _read(rest, "panel", listing, following):
            yield replace(event, headed=True), after, listed
        return
    yield from _inside(line, where, listing, following)


def _is_prose(piece: Piece) -> bool:
    """Whether a line among statements is one more: it ends as sentences do, and lists nothing."""
    return piece.text.endswith(".") and ":" not in piece.text


def _long(line: Line, where: Where, listing: Listing) -> Iterator[Step]:
    """A line that is longer than any row: an ingredient list, or text that is kept unread."""
    opened = opened_by(line.piece.cut(0, MAX_LINE))
    if opened and opened[0] == "other" and len(line.text) <= LONGEST_LIST:
        rest = line.piece.cut(opened[2].start - line.piece.start)
        yield Event("other", rest), "after", listing
    elif where == "other" and len(line.text) <= LONGEST_LIST:
        yield Event("other", line.piece), "after", listing
    elif len(line.text) <= LONGEST_LIST and is_sentence(line.text[:MAX_LINE]):
        yield Event("statement", line.piece), where, listing
    else:
        yield Event("unread", line.piece), where, listing


def _section(
    line: Line, opened: tuple[Section, Piece, Piece], following: Piece | None
) -> Iterator[Step]:
    section, heading, rest = opened
    if section == "other" and _holds_rows(rest if rest.text else following, heading):
        section = "facts"
    if section == "facts":
        yield Event("columns", heading), "panel", Listing()
        if rest.text:
            yield from _read(replace(line, piece=rest), "panel", Listing(), following)
    elif section == "statement" and (dose := _composed_dose(rest)):
        yield Event("dose", line.piece, dose=dose), "panel", Listing()
    elif section == "statement":
        kind: Kind = "statement" if rest.text else "heading"
        yield Event(kind, line.piece), "statement", Listing()
    elif rest.text:
        yield from _listed(replace(line, piece=rest), Listing(open=True))
    else:
        yield Event("heading", heading), "other", Listing(open=True)


def _holds_rows(piece: Piece | None, heading: Piece) -> bool:
    """Whether what follows a bare "Ingredients" are rows with amounts, and no list."""
    if piece is None or " " in heading.text.strip(" :.") or len(piece.text) > MAX_LINE:
        return False
    if headings_of(piece):
        return True
    return any(_is_known(row) and row.of("amount") for row in rows_of(piece)[:1])


def _is_known(row: Row) -> bool:
    if not row.title or len(row.title) > 120:
        return False
    title = wording.parse(row.title).head.text
    return names.nutrient_of(title) is not None or names.resolve(title).nutrient is not None


def _inside(
    line: Line, where: Where, listing: Listing, following: Piece | None = None
) -> Iterator[Step]:
    """A line without a heading, in the section that it stands in."""
    piece = line.piece
    dose = _composed_dose(piece) if where in ("front", "open", "panel", "after") else None
    if dose:
        yield Event("dose", piece, dose=dose), "panel", listing
    elif where == "panel" and (size := bare_size(piece)):
        yield Event("field", size, field="size"), where, listing
    elif where == "panel":
        yield _in_panel(line), where, listing
    elif where == "other":
        yield from _listed(line, listing)
    elif where == "open":
        found = _in_panel(line)
        is_row = found.kind == "row" and (_has_row(found.piece) or _heads(piece, following))
        yield (found, "panel", listing) if is_row else (_front(line), where, listing)
    elif where in ("front", "after", "statement") and _is_stray_row(piece, where):
        yield _in_panel(line), "panel", listing
    else:
        event = _front(line) if where == "front" else Event("statement", piece)
        yield event, where, listing


def _heads(piece: Piece, following: Piece | None) -> bool:
    """Whether a line is the name of a row whose amount stands alone on the next line."""
    if following is None or len(following.text) > MAX_LINE:
        return False
    alone = amounts().match(following.text)
    if alone is None or following.text[alone.end() :].strip(" *†"):
        return False
    return any(_is_known(row) for row in rows_of(piece)[:1])


def _composed_dose(piece: Piece) -> Dose | None:
    """A dose that says what is in it."""
    dose = dose_of(piece)
    rows = rows_of(dose.composition) if dose else ()
    return dose if any(row.name and row.of("amount") for row in rows) else None


def _announced(piece: Piece) -> Dose | None:
    """A serving with rows after its colon: "2 capsules: 500 mg magnesium oxide, …"."""
    dose = dose_of(piece)
    if dose is None or piece.text[dose.size.end - piece.start :].lstrip()[:1] not in ":=":
        return None
    known = any(_is_known(row) and row.of("amount") for row in rows_of(dose.composition))
    return dose if known else None


def _front(line: Line) -> Event:
    bare = line.piece.stripped(f"{BULLETS} \t")
    bullet = line.text[0] in BULLETS
    return Event("front", bare if bare.text else line.piece, line.indent, bullet=bullet)


def _has_row(piece: Piece) -> bool:
    return any(row.name and (row.of("amount") or row.children) for row in rows_of(piece))


def _is_stray_row(piece: Piece, where: Where) -> bool:
    """Whether a row of the panel stands where none is expected."""
    if piece.text[0] in BULLETS or is_sentence(piece.text):
        return False
    rows = rows_of(piece)
    known = any(_is_known(row) and row.of("amount") for row in rows)
    return known and (where == "after" or any(row.of("percent") for row in rows))


def _is_free_member(line: Line) -> bool:
    """Whether "free" in an indented line is a part of a name: "magnesium-free salt"."""
    text = _FREE.sub("", line.text)
    return bool(line.indent) and text != line.text and not is_sentence(text)


def _in_panel(line: Line) -> Event:
    bare = (
        line.piece.stripped(f"{BULLETS.replace('*', '')} \t")
        if line.text[0] in BULLETS
        else line.piece
    )
    if not bare.text:
        bare = line.piece
    if is_footnote(line.text) or (is_sentence(bare.text) and not _is_free_member(line)):
        return Event("statement", line.piece)
    if bare.clean.lower().strip(": ") in word_set("groups", "words"):
        return Event("heading", bare)
    if not any(char.isalnum() for char in bare.text):
        return Event("row", line.piece, line.indent)
    return Event("row", bare, line.indent)


def _listed(line: Line, listing: Listing) -> Iterator[Step]:
    """A line of an ingredient list, and what stands after the list on the same line."""
    if not listing.takes(line.text):
        yield from _inside(line, "after", Listing())
        return
    end = end_of_list(line.text)
    taken = line.piece.cut(0, end).stripped()
    yield Event("other", taken), "other", listing.after(line.text[:end])
    rest = line.piece.cut(end).stripped()
    if rest.text:
        yield Event("statement", rest), "after", Listing()
    elif taken.text.endswith("."):
        yield Event("heading", rest), "after", Listing()


def has_figures(piece: Piece) -> bool:
    """Whether a line holds an amount, a percent or a number."""
    return bool(_DIGIT.search(piece.text)) or bool(amounts().search(piece.text[:MAX_LINE]))
