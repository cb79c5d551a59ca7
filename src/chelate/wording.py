"""The grammar of a printed name: head, clauses, items, and the masses printed with them.

"Magnesium (from 2,000 mg magnesium lysinate glycinate chelate)" is a head and one item
that a *source* word introduces; "Magnesium glycinate (providing 141 mg elemental
magnesium)" is a head and one item that a *yield* word introduces. What the names mean
is not decided here; `catalogue.names` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chelate import resources
from chelate.units import Amount, Unread, read_amount

Relation = Literal["head", "source", "yield", "bracket"]

_OPEN, _CLOSE = "([{", ")]}"
_NUMERIC = "<~≈0123456789., \u00a0\u202f\u2009"
_NUMBER_FAULTS = ("not-a-number", "ambiguous-number")
_AMOUNT = r"[<~≈]?\s?\d[\d.,\u00a0\u202f\u2009 ]*\s?[A-Za-zµμ]+(?:\(s\))?\.?"
_LEADING_AMOUNT = re.compile(
    rf"^\s*(?:ca\.?\s|approx\.?\s)?(?P<amount>{_AMOUNT})(?:\s+of)?[\s:]+(?=\S)"
)
_TRAILING_AMOUNT = re.compile(rf"[\s,:\-–—]+(?P<amount>{_AMOUNT})\s*$")
_SEPARATOR = re.compile(
    r"\s*(?:(?<!\d),|,(?!\d)|;|\+|&|(?<=[^\W\d])/(?=[^\W\d])|\b(?:and|plus)\b)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing named inside a printed phrase, with the mass printed beside it.

    `offset` is where its name begins in the phrase, counted from zero.
    """

    text: str
    relation: Relation
    offset: int = 0
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A printed name taken apart: its head, and the items that clauses add."""

    head: Item
    items: tuple[Item, ...]

    def of(self, *relations: Relation) -> tuple[Item, ...]:
        """The items that stand in one of these relations to the head."""
        return tuple(item for item in self.items if item.relation in relations)


def parse(text: str) -> Phrase:
    """Take a printed name apart.

    >>> phrase = parse("Magnesium (from 2,000 mg magnesium lysinate glycinate chelate)")
    >>> phrase.head.text, phrase.items[0].text, phrase.items[0].amount
    ('Magnesium', 'magnesium lysinate glycinate chelate', '2,000 mg')
    """
    outside, brackets = _split_brackets(text)
    head_text, clauses = _split_relations(outside, 0)
    head, amount, shift = _take_amount(head_text)
    items = [item for relation, part, offset in clauses for item in _items(part, relation, offset)]
    for content, offset in brackets:
        before, inner = _split_relations(content, offset)
        items += _items(before, "bracket", offset)
        items += [item for relation, part, at in inner for item in _items(part, relation, at)]
    return Phrase(Item(head, "head", shift, amount), tuple(items))


def split_list(text: str) -> list[Item]:
    """The items of an ingredient list, brackets kept with the item they belong to.

    >>> [item.text for item in split_list("cellulose (capsule), silica and rice flour")]
    ['cellulose (capsule)', 'silica', 'rice flour']
    """
    return [
        Item(part.strip().rstrip("."), "head", offset + len(part) - len(part.lstrip()))
        for part, offset in _separate(text)
        if part.strip(" .")
    ]


def _items(part: str, relation: Relation, offset: int) -> Iterator[Item]:
    for piece, at in _separate(part):
        name, amount, shift = _take_amount(piece)
        if name:
            yield Item(name, relation, offset + at + shift, amount)


def _take_amount(text: str) -> tuple[str, str | None, int]:
    """A piece without the mass printed before or after its name, and where the name begins."""
    for pattern in (_LEADING_AMOUNT, _TRAILING_AMOUNT):
        found = pattern.search(text)
        if found and _is_mass(found["amount"]):
            rest = text[found.end() :] if found.start() == 0 else text[: found.start()]
            start = found.end() if found.start() == 0 else 0
            return _trim(rest, found["amount"].strip(), start)
    return _trim(text, None, 0)


def _trim(text: str, amount: str | None, start: int) -> tuple[str, str | None, int]:
    bare = text.strip(" \t,;:.–—-")
    return bare, amount, start + (text.find(bare) if bare else 0)


def _is_mass(text: str) -> bool:
    """Whether a text is a mass, or would be if its number could be read."""
    read = read_amount(text.strip())
    if isinstance(read, Unread):
        unit = read_amount(f"1 {text.strip().lstrip(_NUMERIC)}")
        return read.reason in _NUMBER_FAULTS and isinstance(unit, Amount) and unit.kind == "mass"
    return read.kind == "mass"


def _separate(text: str) -> Iterator[tuple[str, int]]:
    """Pieces between separators that stand outside brackets, each with its offset."""
    start = 0
    for found in _SEPARATOR.finditer(text):
        if _depth(text, found.start()) == 0 and found.start() >= start:
            yield text[start : found.start()], start
            start = found.end()
    yield text[start:], start


def _depth(text: str, end: int) -> int:
    return sum((c in _OPEN) - (c in _CLOSE) for c in text[:end])


def _split_brackets(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text with its outermost brackets blanked, and what stood in them.

    A bracket that never closes runs to the end; a closing one too many is text.
    """
    outside, brackets, start, depth = list(text), [], 0, 0
    for index, char in enumerate(text):
        if char in _OPEN:
            depth += 1
            start = index if depth == 1 else start
        elif char in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                brackets.append((text[start + 1 : index], start + 1))
                outside[start : index + 1] = " " * (index + 1 - start)
    if depth:
        brackets.append((text[start + 1 :], start + 1))
        outside[start:] = " " * (len(text) - start)
    return "".join(outside), brackets


def _split_relations(text: str, offset: int) -> tuple[str, list[tuple[Relation, str, int]]]:
    """What stands before the first relation word, and each clause with its relation."""
    found = [m for m in _relation_pattern().finditer(text) if _depth(text, m.start()) == 0]
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    clauses = [
        (_relation(match[0]), text[match.end() : end], offset + match.end())
        for match, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()], clauses


@cache
def _relation_words() -> dict[str, Relation]:
    data = resources.toml("wording.toml")["relations"]
    return {word: relation for relation in ("source", "yield") for word in data[relation]}


@cache
def _relation_pattern() -> re.Pattern[str]:
    words = sorted(_relation_words(), key=len, reverse=True)
    after = [rf"(?<={word} )(?:with|by)" for word in ("buffered",)]
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join([*map(re.escape, words), *after])})(?![\w-])\.?:?\s*",
        re.IGNORECASE,
    )


def _relation(text: str) -> Relation:
    return _relation_words().get(text.rstrip(" .:\t").casefold(), "source")
