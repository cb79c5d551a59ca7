"""Finding tables, records and documents: by table, by key, by record, by words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from chelate import catalogue
from chelate.catalogue import Reference
from chelate.catalogue.names import normalise
from chelate.provenance.records import Entry, Table
from chelate.provenance.tables import tables

Found = tuple[tuple[Table, Entry], ...]
_DOI_BEFORE = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:?\s*(?=10\.)", re.I)
_LEAST_LETTERS = 4


def is_table(name: str) -> bool:
    """Whether there is a table of this name.

    >>> is_table("grades"), is_table("iupac-2021")
    (True, False)
    """
    return any(each.id == name for each in tables())


def table(name: str) -> Table:
    """The table of this name; `InputError` with the nearest names if there is none.

    >>> table("atomic-weights").entries[11].says
    'magnesium, 24.305 ± 0.002 g/mol'
    """
    return catalogue.load.find({each.id: each for each in tables()}, name, "table")


def entries_of(found: Iterable[Table] | None = None) -> Found:
    """Every record that cites, with its table; the documents themselves are left out."""
    wanted = tables() if found is None else found
    return tuple((each, entry) for each in wanted if each.kind == "facts" for entry in each.entries)


def citing(key: str) -> Found:
    """Every record that cites a document, with its table.

    >>> {table.id for table, _ in citing("iupac-2021")} >= {"atomic-weights", "rules"}
    True
    """
    return tuple(_by_key().get(key, ()))


@cache
def _by_key() -> dict[str, list[tuple[Table, Entry]]]:
    found: dict[str, list[tuple[Table, Entry]]] = {}
    for each, entry in entries_of():
        for key in dict.fromkeys(entry.sources):
            found.setdefault(key, []).append((each, entry))
    return found


def named(words: str) -> tuple[Reference, ...]:
    """The documents that words name as outputs do: by key, by DOI or by address.

    More than one where parts of a document are listed apart; none where nothing is so named.

    >>> [each.id for each in named("doi:10.1515/pac-2019-0603")]
    ['iupac-2021']
    """
    known = catalogue.references()
    if words in known:
        return (known[words],)
    wanted = _address(words)
    return tuple(
        each for each in known.values()
        if wanted and wanted in (_address(each.doi or ""), _address(each.url or ""))
    )  # fmt: skip


def _address(text: str) -> str:
    """A DOI without what is written before it, or another address; case does not count."""
    plain = text.strip().rstrip(".,;/")
    before = _DOI_BEFORE.match(plain)
    return plain[before.end() if before else 0 :].casefold()


def unverified() -> Found:
    """Every record for which no cited text was read, with its table."""
    return tuple((each, entry) for each, entry in entries_of() if not entry.verified)


def documents(entries: Iterable[Entry], of: Iterable[str] = ()) -> tuple[Reference, ...]:
    """The documents that records cite, and those of these keys, each once, in that order."""
    keys = dict.fromkeys([*of, *(key for entry in entries for key in entry.sources)])
    return tuple(catalogue.references()[key] for key in keys)


def find(words: str) -> Found:
    """The records whose id this is; else those that hold every word, in the order of tables.

    A word is found by its beginning, without regard to case, accents and punctuation.

    >>> [entry.says for _, entry in find("Mg")]
    ['magnesium, 24.305 ± 0.002 g/mol']
    """
    every = [(each, entry) for each in tables() for entry in each.entries]
    exactly = [pair for pair in every if pair[1].id == words]
    named = exactly or [pair for pair in every if pair[1].id.casefold() == words.casefold()]
    wanted = normalise(words).split()
    return tuple(named or (pair for pair in every if wanted and _holds(pair[1], wanted)))


def _holds(entry: Entry, wanted: list[str]) -> bool:
    held = _words(entry)
    return all(any(word.startswith(part) for word in held) for part in wanted)


@cache
def _words(entry: Entry) -> tuple[str, ...]:
    return tuple(normalise(f"{entry.id} {entry.says}").split())


def near(words: str) -> tuple[str, ...]:
    """The words, tables and keys that are nearest to words that match nothing.

    Numbers and words of less than four letters are near to nothing.

    >>> near("colagen"), near("doi:10.1000/112")
    (('collagen',), ())
    """
    from difflib import get_close_matches

    known = {word for each in tables() for entry in each.entries for word in _words(entry)}
    names = {*(each.id for each in tables()), *catalogue.references()}
    found = get_close_matches(words.lower(), sorted(names), n=2, cutoff=0.75)
    for word in normalise(words).split():
        spelt = word.isalpha() and len(word) >= _LEAST_LETTERS
        if spelt and not any(each.startswith(word) for each in known):
            found += get_close_matches(word, sorted(known), n=1, cutoff=0.75)
    return tuple(dict.fromkeys(found))
