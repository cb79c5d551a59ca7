"""The languages that the words of a sentence belong to, by the lists that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from chelate.rules.lexicon import LANGUAGES, WORD, compared, data


@lru_cache(maxsize=2048)
def languages_of(said: str) -> frozenset[str]:
    """The languages whose lists in the tables hold a word."""
    spoken = _spoken().items()
    return frozenset(
        key for key, (words, stems) in spoken if said in words or said.startswith(stems)
    )


@cache
def _spoken() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The words of each language, and the beginnings of words."""
    tables = list(_by_language(data()))
    return {language: _words_in(tables, language) for language in LANGUAGES}


def _by_language(table: Any) -> Iterator[Mapping[str, Any]]:
    """The tables whose wordings stand by language."""
    if isinstance(table, dict):
        if not table.keys().isdisjoint(LANGUAGES):
            yield table
        for inner in table.values():
            yield from _by_language(inner)


def _words_in(
    tables: Iterable[Mapping[str, Any]], language: str
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a language in tables, and the beginnings of words."""
    wordings = [wording for table in tables for wording in table.get(language, ())]
    whole = (word for w in wordings if not w.endswith("*") for word in WORD.findall(w))
    stems = (w.strip("*") for w in wordings if w.endswith("*") and " " not in w)
    return frozenset(map(compared, whole)), tuple(map(compared, stems))
