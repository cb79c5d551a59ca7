"""How wide text is in the sans serif that panels are set in, and where its lines break.

Widths are those of Helvetica and Helvetica Bold (Adobe Font Metrics), in thousandths of the
type size; Arial and Liberation Sans have the same. What is not in the table is taken to be
as wide as a character can reasonably be, so that text breaks early rather than overflows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

FAMILY = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"

_WIDTHS = {
    False: {
        191: "'",
        222: "ijl‘’",
        260: "|",
        278: " !,./:;I[\\]ft·\u00a0",
        333: "()-`r“”\u2011",
        334: "{}",
        350: "•",
        355: '"',
        389: "*",
        400: "°",
        469: "^",
        500: "Jcksvxyz",
        549: "±≤≥",
        556: "#$0123456789?L_abdeghnopqu†‡–§€£",
        576: "µμ",
        584: "+<=>~×",
        611: "FTZßø",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        737: "®",
        778: "GOQØ",
        833: "Mm",
        889: "%æ",
        944: "Wœ",
        1000: "—™…ÆŒ",
        1015: "@",
    },
    True: {
        238: "'",
        278: " ,./I\\ijl·‘’\u00a0",
        280: "|",
        333: "!()-:;[]`ft\u2011",
        350: "•",
        389: "*r{}",
        400: "°",
        474: '"',
        500: "z“”",
        549: "±≤≥",
        556: "#$0123456789J_aceksvxy†‡–§€£",
        584: "+<=>^~×",
        611: "?FLTZbdghnopqußøµμ",
        667: "EPSVXY",
        722: "&ABCDHKNRU",
        737: "®",
        778: "GOQwØ",
        833: "M",
        889: "%mæ",
        944: "Wœ",
        975: "@",
        1000: "—™…ÆŒ",
    },
}
_WIDEST_IN_THE_TABLE = 1015
_WIDEST = 1400


def width_em(text: str, *, bold: bool = False) -> float:
    """The width of a text on one line, in type sizes.

    >>> width_em("Supplement Facts", bold=True)
    8.613
    """
    return sum(_advance(character, bold) for character in text) / 1000


def is_known(text: str) -> bool:
    """Whether the width of every character of the text is known, not assumed."""
    table = _table(False)
    return all(character in table for character in unicodedata.normalize("NFC", _plain(text)))


def lines_of(
    text: str, width: float, *, bold: bool = False, first: float = 0.0, hang: float = 0.0
) -> list[str]:
    """The text broken into lines no wider than `width`, in type sizes: at spaces if possible.

    `first` is what the first line has already taken up, `hang` how far the others are indented.

    >>> lines_of("magnesium bisglycinate chelate", 11)
    ['magnesium bisglycinate', 'chelate']
    """
    lines = [""]
    for piece in _pieces(text, width - max(first, hang), bold):
        room = width - (first if len(lines) == 1 else hang)
        longer = f"{lines[-1]} {piece}" if lines[-1] else piece
        fits = width_em(longer, bold=bold) <= room
        if fits:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def two_lines_em(text: str, *, bold: bool = False) -> float:
    """The least width, in type sizes, that holds a heading on two lines, the first the longer.

    >>> two_lines_em("% NRV") == width_em("% NRV")
    True
    """
    words = text.split()
    for at in range(1, len(words) + 1):
        first, second = (width_em(" ".join(part), bold=bold) for part in (words[:at], words[at:]))
        if first >= second:
            return first
    return 0.0


def _pieces(text: str, width: float, bold: bool) -> Iterator[str]:
    """The words of the text, each cut where it is wider than a line."""
    for word in text.split():
        piece = ""
        for character in word:
            if piece and width_em(piece + character, bold=bold) > width:
                yield piece
                piece = ""
            piece += character
        yield piece


def _advance(character: str, bold: bool) -> int:
    table = _table(bold)
    if character in table:
        return table[character]
    plain = _plain(character)
    if plain != character and all(part in table for part in plain):
        return sum(table[part] for part in plain)
    return _unknown(character)


def _unknown(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    wide = unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF
    return _WIDEST if wide else _WIDEST_IN_THE_TABLE


def _plain(text: str) -> str:
    """The text without its accents, which take no room of their own."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _table(bold: bool) -> dict[str, int]:
    widths = _WIDTHS[bold]
    return {character: width for width, held in widths.items() for character in held}
