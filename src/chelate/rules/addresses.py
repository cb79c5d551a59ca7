"""Names and addresses in the text of a pack: "Healthy Roots LLC, 12 Bone Street" claims nothing.

Told by how addresses are written: a number and the name of a street, a code and its place, the
name that a firm's legal form ends, a mail or web address.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chelate.rules.lexicon import WITHIN, seen

_NAME = r"[A-ZÀ-Þ][\w'’&.-]{0,30}"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,3}}"
_OF = (
    r"(?:(?:de\sla|de\slos|de\slas|de|du|des|del|della|delle|dei|degli|di|la|le|les|los)\s+"
    r"|[dl]['’]\s?)*"
)
_NUMBER = r"(?:n[º°o.]{1,2}\s*)?\d{1,4}\s?[a-zA-Z]?\b(?!\s*(?:mg|g|mcg|µg|kg|ml|IU|%|[.,]\d))"
_WAY = (
    r"(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|highway|hwy"
    r"|parkway|pkwy|square|terrace|crescent)\b\.?"
)
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    "|T[NX]|UT|V[AT]|W[AIVY]"
)
_CODED = rf"(?:[,\s]\s*(?:\d{{5}}\s+{_NAME}|{_NAMES},?\s+[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b))?"
_FORM = (
    r"(?:LLC|L\.L\.C\.|Inc|Ltd|Limited|Corp|Co(?=[.,]|$)|PLC|GmbH|AG|SARL|SAS|S\.A\.S\.|S\.A\.R\.L\."
    r"|S[rR][lL]|S\.r\.l\.|S\.p\.A\.|SpA|S\.L\.U?\.?|S\.A\.|B\.V\.|BV)(?!\w)\.?"
)
_FIRM = rf"{_NAME}(?:\s+(?:(?:and|und|et|y|e)\s+)?(?:{_NAME}|&)){{0,5}}?\s+"
_HOUSES = r"(?:Labs?|Laborator\w+|Laboratoires|Naturals|Nutrition|Pharma\w*|Company|Brands|Foods)"
_RUE = r"(?i:rue|avenue|boulevard|bd|place|chemin|route|allée|quai)"
_PLACED = (
    rf"(?:\d{{1,5}}[A-Za-z]?|(?i:unit|suite|floor)\s\w+),?\s+{_NAMES}\s+{_WAY}{_CODED}",
    rf"\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+{_RUE}\s+{_OF}{_NAMES}{_CODED}",
    rf"[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|allee|platz|gasse)\s+{_NUMBER}{_CODED}",
    rf"(?:Am|Im|Zum|Zur|An\sder|Auf\sdem)\s+{_NAME}\s+{_NUMBER},\s*\d{{5}}\s+{_NAME}",
    rf"(?i:calle|avenida|avda\.?|plaza|paseo|camino|carretera)\s+{_OF}{_NAMES},?\s*{_NUMBER}{_CODED}",
    rf"(?i:via|viale|piazza|corso|largo)\s+{_OF}{_NAMES},?\s*{_NUMBER}{_CODED}",
    r"(?i:p\.?\s?o\.?\s?box|postfach|apartado|casella\spostale)\s+\d+",
    rf"{_NAMES},?\s+(?:{_STATES})\s+\d{{5}}(?:-\d{{4}})?\b",
)
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:{_FIRM}{_HOUSES},\s*)?(?:{'|'.join(_PLACED)})|{_FIRM}{_FORM})"
)
_SITE = re.compile(
    r"(?<![\w.+-])(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|(?:https?://|www\.)\S+"
    r"|(?:[\w-]{1,63}\.){1,4}(?:com|org|net|eu|de|fr|es|it|ca|au|co\.uk|example)\b(?:/\S*)?)",
    re.IGNORECASE,
)


_WORDS = re.compile(r"[^\W\d_]+")
_FIRMS = frozenset("llc inc ltd limited corp co plc gmbh ag sarl sas srl spa bv".split())
_WAYS = frozenset(
    "street st avenue ave road rd lane ln drive dr boulevard blvd way court highway hwy parkway"
    " pkwy square terrace crescent rue bd place chemin route allée quai calle avenida avda plaza"
    " paseo camino carretera via viale piazza corso largo box postfach apartado casella".split()
)
_ENDS = ("straße", "strasse", "str", "weg", "allee", "platz", "gasse")
_DOTTED = re.compile(r"\d{5}|\w\.[a-z]|@|://", re.IGNORECASE)
_LETTER = re.compile(rf".{WITHIN}*", re.DOTALL)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1024)
def addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Where names and addresses of makers stand in a text, in order, from character to character.

    >>> text = "Supports sleep. Healthy Roots LLC, 12 Bone Street, Salem, OR 97301"
    >>> [text[start:end] for start, end in addresses(text)]
    ['Healthy Roots LLC', '12 Bone Street', 'Salem, OR 97301']
    >>> addresses("Supports 206 bones and 600 muscles")
    ()
    """
    plain = unicodedata.normalize("NFC", seen(text))
    if not _may_hold_one(plain):
        return ()
    if plain == text:
        return _found(text)
    composed, starts = _composed(text)
    return tuple((starts[start], starts[end]) for start, end in _found(composed))


def _composed(text: str) -> tuple[str, list[int]]:
    """A text with its accents on their letters, and where each character begins as printed."""
    letters, starts = [], []
    for printed in _LETTER.finditer(text):
        letters.append(unicodedata.normalize("NFC", seen(printed[0])))
        starts += [printed.start()] * len(letters[-1])
    return "".join(letters), [*starts, len(text)]


def _found(text: str) -> tuple[tuple[int, int], ...]:
    apart: list[tuple[int, int]] = []
    for start, end in sorted(f.span() for form in (_ADDRESS, _SITE) for f in form.finditer(text)):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return tuple(apart)


def _may_hold_one(text: str) -> bool:
    """Whether a text has anything of an address: few texts of a pack do."""
    if _DOTTED.search(text):
        return True
    said = _WORDS.findall(text.lower())
    if not _DIGIT.search(text):
        return not _FIRMS.isdisjoint(said)
    return not (_FIRMS | _WAYS).isdisjoint(said) or any(word.endswith(_ENDS) for word in said)
