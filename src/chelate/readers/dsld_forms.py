"""The forms of a row in a DSLD record: which of them are sources, and those in its notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MAX_NOTE = 2_000

_SOURCE = ("as from", "as", "from the", "from")
_NO_SOURCE = (
    "containing",
    "contains",
    "equivalent to",
    "providing",
    "standardized to",
    "std. to",
    "supplying",
    "yielding",
)

_KNOWN = "|".join(map(re.escape, _SOURCE + _NO_SOURCE))
_PREFIX = re.compile(rf"(?:{_KNOWN})(?=\s)", re.IGNORECASE)
_CONTINUED = re.compile(r"(?:and|or|&)(?:\s+|$)", re.IGNORECASE)
_PERCENT = re.compile(r"\d[\d.]*\s*%\s*(?:of\s+)?")
_ALTERNATE = re.compile(r"\(Alt\. Name:[^()]*\)")
_BETWEEN = re.compile(r"[,;]\s+(?![^()]*\))|\s+(?=(?:and|or|&)\s+(?:as|from)\s)")


def sources(forms: Iterable[tuple[str, str]]) -> list[str | None]:
    """For each prefix and name the source that it names, or None where it names none.

    "and" goes on with the prefix before it; a prefix that is not known stays with the name.

    >>> sources([("as", "Zinc Oxide"), ("and", "Zinc Citrate"), ("std. to", "Saponins")])
    ['Zinc Oxide', 'Zinc Citrate', None]
    >>> sources([("buffered with", "Magnesium Oxide")])
    ['buffered with Magnesium Oxide']
    """
    named = list(forms)
    meant = _prefixes(prefix for prefix, _ in named)
    return [_source(prefix, name) for prefix, (_, name) in zip(meant, named, strict=True)]


def _prefixes(said: Iterable[str]) -> Iterator[str]:
    before = ""
    for prefix in said:
        continued = _CONTINUED.match(prefix)
        own = _PERCENT.sub("", prefix[continued.end() :] if continued else prefix).strip()
        before = own or (before if continued else "")
        yield before


def _source(prefix: str, name: str) -> str | None:
    if not name or prefix.lower() in _NO_SOURCE:
        return None
    return name if prefix.lower() in ("", *_SOURCE) else f"{prefix} {name}"


def forms_in(notes: str) -> list[tuple[str, str]]:
    """Prefix and name of the forms in the notes of a row, without alternate names.

    >>> forms_in("Vitamin A (Form: as Retinyl Acetate, and 50% Beta-Carotene)")
    [('as', 'Retinyl Acetate'), ('and ', 'Beta-Carotene')]
    """
    notes = notes[:MAX_NOTE]
    inner = (_up_to_bracket(notes[start.end() :]) for start in re.finditer(r"\(Form:", notes))
    return [_form(part.strip()) for each in inner for part in _parts(each)]


def _parts(forms: str) -> list[str]:
    return [part for part in _BETWEEN.split(_ALTERNATE.sub("", forms)) if part]


def _form(part: str) -> tuple[str, str]:
    continued = _CONTINUED.match(part)
    start = continued.end() if continued else 0
    prefix = _PREFIX.match(part, start)
    end = prefix.end() if prefix else start
    return part[:end], _PERCENT.sub("", part[end:], count=1).strip()


def _up_to_bracket(text: str) -> str:
    depth = 1
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return text[:position]
    return text
