"""The headers of a spreadsheet of labels: what each column is taken for.

Words are data (`data/spreadsheet.toml`), nutrients and compounds are the catalogue's, units
those of labels. A column that is not understood is kept as what it is: unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from chelate import resources, wording
from chelate.catalogue import names
from chelate.units.vocabulary import vocabulary

UNKNOWN = "unknown"
PRICE = "price"
IGNORED = "ignored"
MAX_LENGTH = 500
OF_NUTRIENT = ("amount", "percent_dv", "percent_nrv", "source", "source_mass", "also")

Tokens = tuple[str, ...]

_NUMBERING = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what it is taken for, and of which row of the panel.

    `kind` is a field of the label ("product"), what is said of a nutrient ("amount",
    "source_mass"), "unknown" or "ignored". `name` is the row's name, `unit` that of the
    figures, or the currency of a price, where the header gives it.
    """

    index: int
    header: str
    kind: str
    name: str = ""
    nutrient: str | None = None
    unit: str = ""

    @property
    def letter(self) -> str:
        """The column as a spreadsheet program names it.

        >>> Column(27, "", "unknown").letter
        'AB'
        """
        letters, left = "", self.index + 1
        while left:
            left, last = divmod(left - 1, 26)
            letters = chr(ord("A") + last) + letters
        return letters


def columns_of(headers: Sequence[str], given: Mapping[int, str] | None = None) -> list[Column]:
    """What the columns with these headers are; `given` says it of some, in a header's words.

    >>> [c.kind for c in columns_of(["Product", "Magnesium (mg)", "Source", "Compound mass (mg)"])]
    ['product', 'amount', 'source', 'source_mass']
    """
    given = given or {}
    read = [_read(i, header, given.get(i, header)) for i, header in enumerate(headers)]
    return _one_amount_each(_attached(read))


def is_header(columns: Iterable[Column]) -> bool:
    """Whether these are the columns of a table of products, and no line of something else."""
    found = list(columns)
    known = [column for column in found if column.kind not in (UNKNOWN, IGNORED)]
    of_nutrient = any(column.kind == "amount" for column in found)
    is_product = any(column.kind == "product" for column in found)
    return is_product and (len(known) >= 2 if of_nutrient else len(known) >= 3)


def language_of(headers: Iterable[str]) -> str | None:
    """The language whose own words more headers are of than of any other, English aside."""
    counts = dict.fromkeys(resources.toml("spreadsheet.toml")["fields"], 0)
    for header in headers:
        spoken = _languages().get(_tokens(header), frozenset())
        for language in spoken:
            counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    alone = [language for language, count in counts.items() if count == counts[best]] == [best]
    return best if counts[best] and alone and best != "en" else None


def _read(index: int, header: str, said: str) -> Column:
    if not said.strip() or said.strip() == "-":
        return Column(index, header, IGNORED if header.strip() else UNKNOWN)
    if len(said) > MAX_LENGTH:
        return Column(index, header, UNKNOWN)
    tokens = _tokens(said)
    if field := _fields().get(tokens):
        return Column(index, header, field, unit=_sign(said) if field == PRICE else "")
    if _fields().get(tokens[:-1]) == PRICE and tokens[-1].upper() in _currencies():
        return Column(index, header, PRICE, unit=tokens[-1].upper())
    return replace(_of_nutrient(said, tokens), index=index, header=header)


def _of_nutrient(said: str, tokens: Tokens) -> Column:
    """A column that says something of a nutrient or a compound, or is unknown."""
    kind, rest = _take_kind(tokens)
    rest = _without(rest, _plain())
    symbol_alone = len(rest) == 1 and kind in ("source", "percent_dv", "percent_nrv")
    unit, rest = ("", rest) if symbol_alone else _take_unit(rest)
    rest = tuple(token for token in rest if not (kind and _NUMBERING.fullmatch(token)))
    if kind == "source" and unit:
        return _with_source(said, unit)
    if not rest or rest in _amount_words():
        return Column(0, "", kind or "amount", unit=unit)
    name = _as_written(said, rest)
    nutrient = names.nutrient_of(" ".join(rest))
    if nutrient is None and not _is_compound(" ".join(rest)):
        return Column(0, "", UNKNOWN)
    return Column(0, "", kind or "amount", name, nutrient, unit)


def _with_source(said: str, unit: str) -> Column:
    """An amount whose header names the source too: "Magnesium (as citrate) (mg)"."""
    name = re.sub(rf"[\s,]*[(\[]?\s*{re.escape(unit)}\s*[)\]]?\s*$", "", said, flags=re.I).strip()
    nutrient = names.nutrient_of(wording.parse(name).head.text)
    return Column(0, "", "amount" if nutrient else UNKNOWN, name, nutrient, unit)


def _is_compound(name: str) -> bool:
    meaning = names.resolve(name)
    return meaning.nutrient is not None and meaning.status in ("known", "undefined")


def _take_kind(tokens: Tokens) -> tuple[str | None, Tokens]:
    """What is said of the nutrient, and the words that are left."""
    for kind, phrases in _says():
        left = _without(tokens, phrases)
        if left != tokens:
            return kind, left
    return None, tokens


def _take_unit(tokens: Tokens) -> tuple[str, Tokens]:
    """The unit at the end of a header, or at its beginning."""
    units = vocabulary().units
    for length in (2, 1):
        last, first = tokens[-length:], tokens[:length]
        if " ".join(last) in units and len(last) == length:
            return " ".join(last), tokens[:-length]
        if " ".join(first) in units and len(tokens) > length:
            return " ".join(first), tokens[length:]
    return "", tokens


def _without(tokens: Tokens, phrases: Sequence[Tokens]) -> Tokens:
    """The tokens without the first of the phrases that stands among them, and so on."""
    for phrase in phrases:
        for at in range(len(tokens) - len(phrase) + 1):
            if tokens[at : at + len(phrase)] == phrase:
                return _without(tokens[:at] + tokens[at + len(phrase) :], phrases)
    return tokens


def _as_written(said: str, tokens: Tokens) -> str:
    """The words of a header that these tokens are."""
    left, words = list(tokens), []
    for word in said.split():
        spoken = _tokens(word)
        if spoken and all(token in left for token in spoken):
            words.append(word)
            for token in spoken:
                left.remove(token)
    return " ".join(words).strip(" ,;:()[]") or " ".join(tokens)


def _attached(columns: list[Column]) -> list[Column]:
    """Columns that name no nutrient belong to the nutrient on their left, or to the only one."""
    named = {column.name for column in columns if column.kind == "amount" and column.name}
    by_row = any(column.kind == "nutrient" for column in columns)
    only = next(iter(named)) if len(named) == 1 else None
    attached, left = [], only
    for column in columns:
        if column.kind == "amount" and column.name:
            left = column.name
        if column.kind in OF_NUTRIENT and not column.name and not by_row:
            column = _under(column, left, columns)
        attached.append(column)
    return attached


def _under(column: Column, name: str | None, columns: list[Column]) -> Column:
    of = next((c for c in columns if c.name == name and c.kind == "amount"), None)
    if of is None or column.kind == "amount":
        return replace(column, kind=UNKNOWN)
    return replace(column, name=of.name, nutrient=of.nutrient)


def _one_amount_each(columns: list[Column]) -> list[Column]:
    """Of several amounts of one nutrient one counts, that said to be elemental if any."""

    def rank(column: Column) -> tuple[bool, int]:
        return "elemental" not in _tokens(column.header), column.index

    first: dict[str, Column] = {}
    for column in sorted((c for c in columns if c.kind == "amount"), key=rank):
        first.setdefault(column.nutrient or column.name, column)
    kept = {id(column) for column in first.values()}
    return [
        replace(column, kind="also", name=first[column.nutrient or column.name].name)
        if column.kind == "amount" and id(column) not in kept else column
        for column in columns
    ]  # fmt: skip


def _tokens(text: str) -> Tokens:
    return tuple(names.normalise(text.replace("%", " percent ")).split())


class _Says(NamedTuple):
    kind: str
    phrases: Sequence[Tokens]


def _sign(said: str) -> str:
    """The sign of a currency in a header: "Price (€)"."""
    return next((sign for sign in said if unicodedata.category(sign) == "Sc"), "")


@cache
def _currencies() -> frozenset[str]:
    return frozenset(resources.toml("spreadsheet.toml")["words"]["currencies"])


@cache
def _fields() -> Mapping[Tokens, str]:
    return {tokens: field for tokens, field, _ in _field_words()}


@cache
def _languages() -> Mapping[Tokens, frozenset[str]]:
    found: dict[Tokens, set[str]] = {}
    for tokens, _, language in _field_words():
        found.setdefault(tokens, set()).add(language)
    return {tokens: frozenset(languages) for tokens, languages in found.items()}


def _field_words() -> Iterator[tuple[Tokens, str, str]]:
    for language, fields in resources.toml("spreadsheet.toml")["fields"].items():
        for field, words in fields.items():
            yield from ((_tokens(word), field, language) for word in words)


@cache
def _says() -> tuple[_Says, ...]:
    records = resources.toml("spreadsheet.toml")["says"]
    return tuple(_Says(record["kind"], _longest_first(record["words"])) for record in records)


@cache
def _plain() -> Sequence[Tokens]:
    return _longest_first(resources.toml("spreadsheet.toml")["words"]["plain"])


@cache
def _amount_words() -> frozenset[Tokens]:
    words = resources.toml("spreadsheet.toml")["words"]["amount"]
    return frozenset(map(_tokens, words))


def _longest_first(words: Iterable[str]) -> Sequence[Tokens]:
    return sorted(map(_tokens, words), key=len, reverse=True)
