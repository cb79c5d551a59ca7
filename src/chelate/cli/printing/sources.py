"""The output of `chelate sources`: tables, records with what they cite, documents."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import click

from chelate import __version__, catalogue, provenance
from chelate.catalogue import Reference
from chelate.cli.printing.footer import WIDTH
from chelate.figures import number
from chelate.provenance import Entry, Table

VERSION = 1
_HEADINGS = {
    "facts": "Facts, each record with what it cites",
    "words": "Words by which labels are read and written; they state nothing",
    "documents": "Documents",
}
_MANY = 8  # documents of one record, all named where one of them was asked for
_UNVERIFIED = "what it rests on was not read for it, or not all of it"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was asked for: tables, records with theirs, or documents and what cites them."""

    words: str
    tables: tuple[Table, ...]
    entries: tuple[tuple[Table, Entry], ...]
    named: tuple[Reference, ...] = ()

    @classmethod
    def of(cls, words: str, *, unverified: bool) -> Shown:
        """What these words ask for, or everything; records that are unverified, or all."""
        named = provenance.named(words)
        if not words:
            tables = provenance.tables()
            found = provenance.unverified() if unverified else ()
        elif provenance.is_table(words):
            tables = (provenance.table(words),)
            found = tuple((tables[0], entry) for entry in tables[0].entries)
        else:
            citing = (pair for each in named for pair in provenance.citing(each.id))
            found = tuple(dict.fromkeys(citing)) if named else provenance.find(words)
            tables = tuple(dict.fromkeys(each for each, _ in found))
        wanted = tuple(pair for pair in found if not (unverified and pair[1].verified))
        return cls(words, tables, wanted, named)


def sources_text(shown: Shown) -> Iterator[str]:
    """The whole output for people, line by line."""
    if shown.named:
        for index, reference in enumerate(shown.named):
            yield from ("",) * bool(index)
            yield from _document(reference)
            yield ""
            yield from _cited_by(reference, shown.entries)
    elif not shown.words and not shown.entries:
        yield from _tables(shown.tables)
    elif not shown.entries and not (shown.words and provenance.is_table(shown.words)):
        yield from _nothing(shown.words)
    else:
        yield from _records(shown)
        yield from _documents(shown)


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    yield f"{'':<20}{'records':>8}{'unverified':>12}"
    for kind, same in groupby(tables, key=lambda each: each.kind):
        yield click.style(_HEADINGS[kind], bold=True)
        for each in same:
            yield from _table_line(each)
    yield ""
    yield f"The tables are those of chelate {__version__}; `chelate sources TABLE` shows one."
    yield f"Unverified: {_UNVERIFIED}."


def _table_line(each: Table) -> Iterator[str]:
    unverified = "" if each.kind == "words" else number(len(each.unverified))
    head = f"  {each.id:<18}{number(each.size):>8}{unverified:>12}  "
    told = " ".join(filter(None, (each.about, f"Edition: {each.edition}." * bool(each.edition))))
    first, *rest = textwrap.wrap(told, WIDTH - len(head))
    yield head + first
    yield from (" " * len(head) + line for line in rest)


def _records(shown: Shown) -> Iterator[str]:
    if not shown.entries:
        (only,) = shown.tables
        yield from (*_heading(only), *_no_records(only))
    for each, same in groupby(shown.entries, key=lambda pair: pair[0]):
        yield from _heading(each)
        for _, entry in same:
            yield from _entry(entry) if each.kind == "facts" else _listed(entry)
        yield ""
    if any(not entry.verified for _, entry in shown.entries):
        yield click.style(f"! unverified: {_UNVERIFIED}", fg="yellow")
        yield ""


def _heading(each: Table) -> Iterator[str]:
    yield click.style(f"{each.id}: {each.about}", bold=True)
    edition = f" Edition: {each.edition}." if each.edition else ""
    files = ", ".join(provenance.data_files(each)) or "the rules themselves"
    counts = _counts(each)
    yield from _wrapped(f"{counts} Read from {files}.{edition}", indent="  ")


def _counts(each: Table) -> str:
    if each.kind == "words":
        return f"{number(each.size)} words and figures."
    of = f"{number(each.size)} record{'s' * (each.size != 1)}"
    return f"{of}, {number(len(each.unverified))} unverified."


def _no_records(each: Table) -> Iterator[str]:
    if each.kind == "words":
        yield "  They state nothing, and so cite nothing."
        if each.sources:
            yield from _wrapped(f"Held to: {', '.join(each.sources)}.", indent="  ")
    else:
        yield "  None of its records is unverified."


def _entry(entry: Entry, of: str = "") -> Iterator[str]:
    """A record in its lines; one that is unverified has a mark before it and the word after."""
    cited = ", ".join(_cited(entry, of)) or provenance.NONE_FOUND
    if entry.verified:
        yield from _wrapped(f"{entry.id}: {entry.says} [{cited}]", indent="  ")
        return
    lines = _wrapped(f"{entry.id}: {entry.says} [{cited}] unverified", indent="! ")
    yield from (click.style(line, fg="yellow") for line in lines)


def _cited(entry: Entry, of: str = "") -> Iterator[str]:
    """The keys of a record; where it says how each was verified, and one was not, with that.

    Of many, the key that was asked for stands alone, with the number of the others.
    """
    many = bool(of) and len(entry.sources) > _MANY
    for index, key in enumerate(entry.sources):
        how = entry.how[index] if entry.how else ""
        others = f" and {number(len(entry.sources) - 1)} others" * many
        if not many or key == of:
            yield (f"{key} ({how})" if how and not how.endswith("read") else key) + others


def _documents(shown: Shown) -> Iterator[str]:
    if all(each.kind == "documents" for each, _ in shown.entries):
        return
    of = [key for each in shown.tables for key in each.sources]
    known = provenance.documents((entry for _, entry in shown.entries), of)
    if known:
        yield click.style("Documents", bold=True)
    for reference in known:
        yield from _citation(reference)


def _listed(entry: Entry) -> list[str]:
    """A document in the list of them, with how many records cite it."""
    count = len(provenance.citing(entry.id))
    return _citation(catalogue.references()[entry.id], f"cited by {number(count)}")


def _citation(reference: Reference, note: str = "") -> list[str]:
    where = f"doi:{reference.doi}" if reference.doi else reference.url
    said = " ".join(filter(None, (f"{reference.id}: {reference.text}", where,
                                  f"({note})" * bool(note))))  # fmt: skip
    if reference.verified:
        return _wrapped(said, indent="  ")
    return [click.style(line, fg="yellow") for line in _wrapped(f"{said} unverified", indent="! ")]


def _document(reference: Reference) -> Iterator[str]:
    yield click.style(reference.id, bold=True)
    yield from _wrapped(reference.text, indent="  ")
    if reference.doi:
        yield f"  https://doi.org/{reference.doi}"
    if reference.url:
        yield f"  {reference.url}"
    if reference.verified:
        yield "  Its text was read for what cites it here, or its abstract where that is said."
    else:
        yield click.style("! unverified: it was not read", fg="yellow")


def _cited_by(reference: Reference, entries: Sequence[tuple[Table, Entry]]) -> Iterator[str]:
    own = [pair for pair in provenance.citing(reference.id) if pair in entries]
    yield f"Cited by {number(len(own))} record{'s' * (len(own) != 1)}"
    for each, same in groupby(own, key=lambda pair: pair[0]):
        yield click.style(f"{each.id}: {each.about}", bold=True)
        for _, entry in same:
            yield from _entry(entry, reference.id)


def _nothing(words: str) -> Iterator[str]:
    near = ", ".join(provenance.near(words))
    hint = f"; near to it: {near}" if near else ""
    yield f'nothing in the tables matches "{words}"{hint}'
    yield "`chelate sources` lists the tables."


def _wrapped(text: str, *, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent="    ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def sources_json(shown: Shown) -> str:
    """The whole output for programs, keys stable within a version."""
    entries = [entry for _, entry in shown.entries]
    of = [key for each in shown.tables if shown.words for key in each.sources]
    known = shown.named or provenance.documents(entries, of)
    said: Json = {
        "version": VERSION,
        "program": __version__,
        "tables": [_table_json(each) for each in shown.tables],
        "records": [{"table": each.id, **asdict(entry)} for each, entry in shown.entries],
        "references": [_reference_json(each) for each in known],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _table_json(each: Table) -> Json:
    return {
        "id": each.id,
        "about": each.about,
        "kind": each.kind,
        "files": list(provenance.data_files(each)),
        "edition": each.edition or None,
        "records": each.size,
        "unverified": None if each.kind == "words" else len(each.unverified),
        "sources": list(each.sources),
    }


def _reference_json(reference: Reference) -> Json:
    cited_by = [f"{each.id}:{entry.id}" for each, entry in provenance.citing(reference.id)]
    return {**asdict(reference), "cited_by": cited_by}
