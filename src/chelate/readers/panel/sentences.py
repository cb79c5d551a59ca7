"""Whether a line is a sentence or a footnote: something said, and no row and no ingredient."""

from __future__ import annotations

import re
from functools import cache

from chelate.readers.panel.lines import Piece, masked
from chelate.readers.panel.tokens import tokens_of
from chelate.readers.panel.words import pattern, spoken, word_set, words

_FOOTNOTE = re.compile(
    r"\s*(?:[*†‡§^]+|[¹²³])\s*[^\W\d*†‡(\[%]|\s*\(?[*†‡]+\)?\s*(?:%|percent)", re.IGNORECASE
)
_LOOKED_AT = 600


def is_sentence(text: str) -> bool:
    """Whether a line has the words of a sentence, and does not end like a row.

    >>> is_sentence("Magnesium helps to reduce tiredness and fatigue.")
    True
    >>> is_sentence("Magnesium (as magnesium bisglycinate) 200 mg 48%")
    False
    """
    outside = masked(text[:_LOOKED_AT])
    found = [word for word in spoken(outside) if word in word_set("sentence", "words")]
    if not found:
        return False
    return len(found) > 1 or not _ends_like_a_row(text[:_LOOKED_AT])


def _ends_like_a_row(text: str) -> bool:
    tokens = tokens_of(Piece(text, 0))
    return bool(tokens) and tokens[-1].is_figure


def is_footnote(text: str) -> bool:
    """Whether a line explains a mark, or what a percent is of."""
    return bool(_FOOTNOTE.match(text)) or bool(_starts().match(text))


@cache
def _starts() -> re.Pattern[str]:
    return pattern(words("footnote", "starts"), r"[\s*†‡§(%]*")
