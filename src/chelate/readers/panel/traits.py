"""What the words of a whole text tell: its language, its market, the dosage form."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from chelate import catalogue, resources
from chelate.models import Market
from chelate.readers.panel.words import any_of, pattern, spoken, words

UNDETERMINED = "und"
LOOKED_AT = 100_000
_MARKETS: tuple[Market, ...] = ("CA", "AU", "EU", "US")
_SIZE = re.compile(
    r"(?:capsule\s+size|kapselgröße|taille\s+de\s+gélule)\s*[:#]?\s*#?(?P<a>0{1,3}(?:e[l]?)?|[1-5])(?![\w.,])"
    r"|\bsize\s+#?(?P<b>0{1,3}(?:el?)?|[1-5])\s+(?:\w+\s+){0,2}capsules?\b",
    re.IGNORECASE,
)


def language_of(text: str) -> str:
    """The language that most words are of; "und" where they do not tell.

    >>> language_of("Magnesium (als Magnesiumcitrat), davon elementar: pro Tagesdosis")
    'de'
    """
    counts = Counter(spoken(text[:LOOKED_AT]))
    score = {
        language: sum(counts[word] for word in listed)
        for language, listed in resources.toml("panel.toml")["languages"].items()
    }
    ranked = sorted(score, key=lambda language: -score[language])
    return ranked[0] if score[ranked[0]] > score[ranked[1]] else UNDETERMINED


def market_of(text: str, language: str) -> Market | None:
    """The market whose words the text has, else that of its language; None where none tells."""
    for market in _MARKETS:
        if _market_words(market).search(text[:LOOKED_AT]):
            return market
    return None if language in ("en", UNDETERMINED) else "EU"


@cache
def _market_words(market: str) -> re.Pattern[str]:
    return pattern(words("markets", market))


@cache
def _form_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    units = resources.toml("panel.toml")["serving"]["units"]
    more = resources.toml("panel.toml")["forms"]
    return tuple(
        (form, re.compile(any_of([*listed, *more.get(form, ())]), re.IGNORECASE))
        for form, listed in units.items()
    )


def form_of(*texts: str) -> tuple[str, int, int] | None:
    """The dosage form that the first of some texts names, with which text, and where."""
    for index, text in enumerate(texts):
        found = [
            (m.start(), form) for form, matcher in _form_words() if (m := matcher.search(text))
        ]
        if found:
            start, form = min(found)
            return form, index, start
    return None


def capsule_size_in(text: str) -> tuple[str, int] | None:
    """A capsule size that a text states, and where."""
    found = _SIZE.search(text)
    if found is None:
        return None
    group = "a" if found["a"] else "b"
    size = found[group].upper()
    return (found[group], found.start(group)) if size in catalogue.capsules() else None
