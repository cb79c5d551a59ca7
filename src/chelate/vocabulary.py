"""The words of printed labels, `data/panel.toml`, and the patterns that find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias

from chelate import resources

Tree: TypeAlias = "dict[str, Tree]"


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


def _unit_words() -> Iterator[str]:
    for form in ("capsule", "tablet", "softgel", "gummy", "powder", "liquid"):
        yield from words("serving", "units", form)


@cache
def unit_pattern() -> str:
    """The pattern of a word that servings are counted in."""
    return any_of(_unit_words())
