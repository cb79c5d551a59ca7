"""The grammar of a printed name: head, clauses, items, and the masses printed with them.

"Magnesium (from 2,000 mg magnesium lysinate glycinate chelate)" is a head and one item
that a *source* word introduces; "Magnesium glycinate (providing 141 mg elemental
magnesium)" is a head and one item that a *yield* word introduces. What the names mean
is not decided here; `catalogue.names` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from chelate import resources
from chelate.units import Amount, Unread, read_amount

Relation = Literal["head", "source", "yield", "bracket"]

_OPEN, _CLOSE = "([{", ")]}"
_NUMERIC = "<0123456789., \u00a0\u202f\u2009"
LONGEST_AMOUNT = 60
_NUMBER_FAULTS = ("not-a-number", "ambiguous-number")
_AMOUNT = r"<?\s?\d[\d.,\u00a0\u202f\u2009 ]*\s?[A-Za-zµμ]+(?:\(s\))?\.?"
_TRAILING_AMOUNT = re.compile(rf"[\s,:=\-–—]+(?P<amount>{_AMOUNT})\s*$")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing named inside a printed phrase, with the mass printed beside it.

    `offset` is where its name begins in the phrase, counted from zero. `weighs` says that
    the wording makes the mass that of the compound itself: "from 2,000 mg …".
    """

    text: str
    relation: Relation
    offset: int = 0
    amount: str | None = None
    weighs: bool = False


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
    items = [item for clause in clauses for item in _items(clause)]
    for content, offset in brackets:
        before, inner = _split_relations(content, offset)
        bare = _Clause("bracket", before, offset)
        items += [item for clause in (bare, *inner) for item in _items(clause)]
    return Phrase(Item(head, "head", shift, amount), tuple(items))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a phrase that one relation word introduces."""

    relation: Relation
    text: str
    offset: int
    weighs: bool = False


def split_list(text: str) -> list[Item]:
    """The items of an ingredient list, brackets kept with the item they belong to.

    >>> [item.text for item in split_list("cellulose (capsule), silica and rice flour")]
    ['cellulose (capsule)', 'silica', 'rice flour']
    >>> [item.text for item in split_list("FD&C Blue No. 1 & vitamin D 100 IU/mg")]
    ['FD&C Blue No. 1', 'vitamin D 100 IU/mg']
    """
    return [
        Item(part.strip().rstrip("."), "head", offset + len(part) - len(part.lstrip()))
        for part, offset in _separate(text)
        if part.strip(" .")
    ]


def _items(clause: _Clause) -> list[Item]:
    """The items of a clause; a mass that stands alone is that of the item before it."""
    found: list[Item] = []
    for piece, at in _separate(clause.text):
        name, amount, shift = _take_amount(piece)
        if name:
            offset = clause.offset + at + shift
            found.append(Item(name, clause.relation, offset, amount, weighs=clause.weighs))
        elif found and amount and found[-1].amount is None:
            found[-1] = replace(found[-1], amount=amount)
    return found


def _take_amount(text: str) -> tuple[str, str | None, int]:
    """A piece without the mass printed before or after its name, and where the name begins."""
    leading = _leading_amount().match(text)
    if leading and _is_mass(leading["amount"]):
        return _trim(text[leading.end() :], leading["amount"].strip(), leading.end())
    whole = text.rstrip()
    if _is_mass(whole) and _whole_amount().fullmatch(whole):
        return "", whole.strip(), 0
    trailing = _TRAILING_AMOUNT.search(whole, max(0, len(whole) - LONGEST_AMOUNT))
    if trailing and _is_mass(trailing["amount"]):
        return _trim(whole[: trailing.start()], trailing["amount"].strip(), 0)
    return _trim(whole, None, 0)


@cache
def _whole_amount() -> re.Pattern[str]:
    return re.compile(rf"\s*{_AMOUNT}\s*", re.IGNORECASE)


def _trim(text: str, amount: str | None, start: int) -> tuple[str, str | None, int]:
    """A name without the punctuation and the article around it: "d'oxyde" is "oxyde"."""
    article = _article().match(text)
    skipped = article.end() if article else 0
    bare = text[skipped:].strip(" \t,;:=.–—-")
    return bare, amount, start + (text.find(bare, skipped) if bare else 0)


def _is_mass(text: str) -> bool:
    """Whether a text is a mass, or would be if its number could be read."""
    bare = without_approximation(text).strip()
    read = read_amount(bare)
    if isinstance(read, Unread):
        unit = read_amount(f"1 {bare.lstrip(_NUMERIC)}")
        return read.reason in _NUMBER_FAULTS and isinstance(unit, Amount) and unit.kind == "mass"
    return read.kind == "mass"


def _separate(text: str) -> Iterator[tuple[str, int]]:
    """Pieces between separators that stand outside brackets, each with its offset."""
    start, depths = 0, _depths(text)
    for found in _separator().finditer(text):
        if depths[found.start()] == 0 and found.start() >= start:
            yield text[start : found.start()], start
            start = found.end()
    yield text[start:], start


def _depths(text: str) -> list[int]:
    """How many brackets are open before each character, and after the last."""
    steps = ((char in _OPEN) - (char in _CLOSE) for char in text)
    return list(accumulate(steps, initial=0))


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


def _split_relations(text: str, offset: int) -> tuple[str, list[_Clause]]:
    """What stands before the first relation word, and each clause with its relation."""
    depths = _depths(text)
    found = [m for m in _relation_pattern().finditer(text) if depths[m.start()] == 0]
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return text[: found[0].start()], [
        _clause(match, text[match.end() : end], offset + match.end())
        for match, end in zip(found, ends, strict=True)
    ]


def _clause(word: re.Match[str], text: str, offset: int) -> _Clause:
    said = word[0].rstrip(" .:\t").casefold()
    relation: Relation = "yield" if said in _words("yield") else "source"
    return _Clause(relation, text, offset, said in _words("weighing"))


def denies(text: str) -> bool:
    """Whether a text begins by denying what it lists: "contains no magnesium oxide".

    >>> denies("Contains no magnesium oxide"), denies("Notable magnesium oxide")
    (True, False)
    """
    return bool(_denial("lists").match(text))


def compares(text: str) -> bool:
    """Whether a clause begins by comparing: "better absorbed than magnesium oxide"."""
    return bool(_denial("comparisons").match(text))


def without_approximation(text: str) -> str:
    """An amount without the word that says that it is given roundly: "ca. 2 g" is "2 g"."""
    return _approximation().sub("", text, count=1)


@cache
def _data() -> dict[str, Any]:
    return resources.toml("wording.toml")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_data()["relations"][kind])


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _denial(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any_of(_data()['negation'][kind])})(?!\w)", re.IGNORECASE)


@cache
def _approximation() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{_any_of(_data()['approximate']['words'])})\s*", re.IGNORECASE)


@cache
def _leading_amount() -> re.Pattern[str]:
    roundly = _any_of(_data()["approximate"]["words"])
    articles = _any_of(_data()["articles"]["words"])
    return re.compile(
        rf"^\s*(?:(?:{articles})\s+)?(?P<amount>(?:(?:{roundly})\s*)?{_AMOUNT})[\s:]+(?=\S)",
        re.IGNORECASE,
    )


@cache
def _article() -> re.Pattern[str]:
    words, elided = (_any_of(_data()["articles"][key]) for key in ("words", "elided"))
    return re.compile(rf"^\s*(?:(?:{words})\s+|{elided})(?=\S)", re.IGNORECASE)


@cache
def _separator() -> re.Pattern[str]:
    words = _any_of(_data()["separators"]["words"])
    letters = _any_of(_data()["separators"]["letters"])
    per = _any_of(_data()["separators"]["per"])
    return re.compile(
        r"(?:(?<!\d),|,(?!\d)|;|:(?!\d)|\+|(?-i:(?<![A-Z])&|&(?![A-Z]))|"
        rf"(?<=[^\W\d])/(?!(?:{per})(?![\w-]))(?=[^\W\d])|"
        rf"(?<!\w)(?:{words})(?!\w)|(?<=\s)(?-i:{letters})(?=\s))\s*",
        re.IGNORECASE,
    )


@cache
def _relation_pattern() -> re.Pattern[str]:
    words = _words("source") | _words("yield")
    elided = {word for word in words if word.endswith(("'", "’"))}
    return re.compile(
        rf"(?<![\w-])(?:(?:{_any_of(words - elided)}|(?<=buffered )(?:with|by))(?![\w-])\.?:?\s*"
        rf"|{_any_of(elided) or '(?!)'})",
        re.IGNORECASE,
    )
