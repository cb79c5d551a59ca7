"""The vocabulary of panels, `data/panel.toml` and the clause words, compiled to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from chelate import resources
from chelate.vocabulary import any_of as any_of
from chelate.vocabulary import words as words

Section = Literal["facts", "other", "statement"]
MARKS = "*†‡§^¹²³"
BULLETS = "•●▪◦‣·–—*✓✔➤►#-"

_SECTIONS: tuple[Section, ...] = ("other", "facts", "statement")


def pattern(texts: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """A compiled pattern of any of these texts between two others."""
    return re.compile(f"{before}(?:{any_of(texts)}){after}", re.IGNORECASE)


@cache
def headings() -> tuple[tuple[Section, re.Pattern[str]], ...]:
    """The patterns of section headings at the beginning of a line, strong ones first."""
    lead, end = rf"[\s{re.escape(BULLETS)}]*", r"\s*(?:[:.–—|-]|(?=\()|$|\s)\s*"
    firm = r"\s*(?::\s*|[.\s]*$)"
    strong = [(s, pattern(words("sections", s, "strong"), lead, end)) for s in _SECTIONS]
    weak = [(s, pattern(words("sections", s, "weak"), lead, firm)) for s in _SECTIONS]
    return (*strong, *weak)


@cache
def strong_phrases() -> re.Pattern[str]:
    """Phrases at which a panel that was pasted as one line is cut."""
    phrases = [t for s in _SECTIONS[:2] for t in words("sections", s, "strong")]
    sizes = [t for t in words("serving", "size") if " " in t]
    containers = [t for t in words("serving", "per_container") if " " in t]
    served = [f"{per} {unit}" for per in words("serving", "per") if " " in per
              for unit in words("serving", "whole")]  # fmt: skip
    return pattern([*phrases, *sizes, *containers, *served, "suggested use", "directions:"])


@cache
def relation_words() -> re.Pattern[str]:
    """A word that opens a clause, as the group `source` or `yield`."""
    known = resources.toml("wording.toml")["relations"]
    before_amount = rf"(?:{any_of(words('figures', 'with'))})(?=\s*$)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<source>{any_of(known['source'])})"
        rf"|(?P<yield>{any_of(known['yield'])}|{before_amount}))(?!-)\.?:?\s*",
        re.IGNORECASE,
    )


@cache
def weighing_words() -> tuple[str, ...]:
    """The clause words after which a mass is the compound's own: "from 2,000 mg …"."""
    return tuple(resources.toml("wording.toml")["relations"]["weighing"])


@cache
def prepositions() -> re.Pattern[str]:
    """What may stand between an amount and its name: 300 mg *of* magnesium."""
    known = resources.toml("wording.toml")["articles"]
    whole = any_of([*known["words"], "to", "à", "a", "an"])
    return re.compile(rf"^\s*(?:(?:{whole})\s+|{'|'.join(known['elided'])})", re.IGNORECASE)


@cache
def about() -> re.Pattern[str]:
    """A word at the end of a text that makes the figure after it a round one: "ca."."""
    known = resources.toml("wording.toml")["approximate"]["words"]
    return re.compile(rf"(?:^|(?<=\s))(?:{any_of([*known, 'min'])})\s*$", re.IGNORECASE)


@cache
def goes_on_after() -> re.Pattern[str]:
    """The end of a line after which a row or a list goes on."""
    joining = any_of(words("figures", "and"))
    return re.compile(rf"(?:[,;&(\[/]|{joining}|[^\W\d]-)\s*$", re.IGNORECASE)


@cache
def word_set(*keys: str) -> frozenset[str]:
    """The list at a path as a set."""
    return frozenset(words(*keys))


def spoken(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower())
