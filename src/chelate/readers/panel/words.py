"""The vocabulary of panels, `data/panel.toml` and the clause words, compiled to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeAlias

from chelate import resources

Section = Literal["facts", "other", "statement"]
Tree: TypeAlias = "dict[str, Tree]"
MARKS = "*†‡§^¹²³"
BULLETS = "•●▪◦‣·–—*✓✔➤►#-"

_SECTIONS: tuple[Section, ...] = ("other", "facts", "statement")


@cache
def words(*keys: str) -> tuple[str, ...]:
    """The list of words at a path of the vocabulary."""
    found = resources.toml("panel.toml")
    for key in keys:
        found = found[key]
    return tuple(found)


def any_of(texts: Iterable[str], *, free: bool = False) -> str:
    """A pattern for the longest of these texts, spaces free, bounded by no letter or digit.

    Without the bounds where `free`. It branches at each character, so that finding it takes
    no longer for more texts.
    """
    tree: Tree = {}
    for text in set(texts):
        at = tree
        for step in _steps(text):
            at = at.setdefault(step, {})
        at[r"(?!\w)" if text[-1:].isalnum() and not free else ""] = {}
    if free:
        return _branches(tree)
    inner = {step: branch for step, branch in tree.items() if step[-1:].isalnum()}
    outer = {step: branch for step, branch in tree.items() if step not in inner}
    sides = ([rf"(?<!\w){_branches(inner)}"] if inner else []) + (
        [_branches(outer)] if outer else []
    )
    return "|".join(sides)


def _steps(text: str) -> list[str]:
    """A text as patterns of its characters."""
    gap = r"\s*" if "%" in text else r"\s+"
    return [gap if char == " " else re.escape(char) for char in text]


def _branches(tree: Tree) -> str:
    longest_first = sorted(tree.items(), key=lambda item: (not item[1], item[0]))
    found = [step + (_branches(branch) if branch else "") for step, branch in longest_first]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


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
