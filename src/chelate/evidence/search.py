"""Finding claims: by id, by words, and by what they are about."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from chelate import catalogue
from chelate.catalogue.names import normalise
from chelate.evidence.load import register
from chelate.evidence.records import Evidence
from chelate.findings import InputError

_LOOKS_LIKE_ID = re.compile(r"\W*([abt])[\s._-]*(\d{1,4})\W*", re.IGNORECASE | re.ASCII)
_NEAR = 3
_LITTLE = frozenset(
    "a an and are as at be by can do does for from good help how i in is it me my not of on or than"
    " that the this to what which why with you your".split()
)


def claim(identifier: str) -> Evidence:
    """The claim with this id, in any spelling: "a30", "A 30", "#A-30".

    Raises:
        InputError: there is none; the nearest ids are named.

    >>> claim("a30").verdict
    'wrong'
    """
    for spelling in _spellings(identifier):
        if spelling in register():
            return register()[spelling]
    near = get_close_matches(identifier.strip().upper(), register(), n=_NEAR, cutoff=0.4)
    expected = ", ".join(near or list(register())[:_NEAR])
    raise InputError(
        f"there is no claim {identifier!r} in the register; expected an id such as {expected}"
    )


def is_id(text: str) -> bool:
    """Whether a text is written as an id is, known or not.

    >>> is_id("a19"), is_id("B 77"), is_id("oxide")
    (True, True, False)
    """
    return bool(_spellings(text))


def search(words: str) -> tuple[Evidence, ...]:
    """The claims that hold every word, ids first, then what is claimed, then the reasons.

    Case, accents and punctuation do not matter, and a word is found by its beginning.

    >>> [record.id for record in search("collagen")]
    ['A30']
    """
    wanted = normalise(words).split()
    ranked = [(_rank(record, wanted), record) for record in register().values()]
    found = [(rank, record) for rank, record in ranked if wanted and rank is not None]
    return tuple(record for _, record in sorted(found, key=lambda pair: pair[0]))


def _rank(record: Evidence, wanted: list[str]) -> int | None:
    """0 for the id, 1 for what is claimed and its topics, 2 for all of it, None for no match."""
    own, whole = _words(record)
    rest = [word for word in wanted if word.upper() not in _spellings(record.id)]
    if not _all_found(rest, whole):
        return None
    if len(rest) < len(wanted):
        return 0
    return 1 if _all_found(rest, own) else 2


def _spellings(identifier: str) -> tuple[str, ...]:
    """An id with and without a zero before a single figure, "T3" and "T03"; none for no id."""
    found = _LOOKS_LIKE_ID.fullmatch(identifier)
    if found is None:
        return ()
    letter, number = found[1].upper(), int(found[2])
    return f"{letter}{number}", f"{letter}{number:02}"


def nearest(words: str) -> tuple[Evidence, ...]:
    """The claims that hold the most of these words, and at least half of them.

    For a question or a whole sentence, of which no claim holds every word.

    >>> "A33" in [record.id for record in nearest("does magnesium help me sleep?")]
    True
    """
    wanted = [word for word in dict.fromkeys(normalise(words).split()) if word not in _LITTLE]
    counts = {record: _count(record, wanted) for record in register().values()}
    most = max(max(own + whole for own, whole in counts.values()), 1)
    found = [r for r, (own, whole) in counts.items() if own + whole == most]
    return tuple(r for r in found if 2 * counts[r][1] >= len(wanted))


def _count(record: Evidence, wanted: list[str]) -> tuple[int, int]:
    """How many of the words stand in what is claimed, and in all of the record."""
    own, whole = (sum(_all_found([word], words) for word in wanted) for words in _words(record))
    return own, whole


def _all_found(wanted: list[str], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


@cache
def _words(record: Evidence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = normalise(" ".join((record.said, *record.topics, *record.concerns))).split()
    rest = normalise(" ".join((record.verdict, record.reason, *record.figures))).split()
    return tuple(own), (*own, *rest)


def near(words: str) -> tuple[str, ...]:
    """The words of the register that are nearest to words that match nothing.

    >>> near("colagen")
    ('collagen',)
    """
    known = sorted({word for record in register().values() for word in _words(record)[0]})
    found = [
        match
        for word in normalise(words).split()
        if not any(k.startswith(word) for k in known)
        for match in get_close_matches(word, known, n=1, cutoff=0.75)
    ]
    return tuple(dict.fromkeys(found))


def about(identifier: str) -> tuple[Evidence, ...]:
    """The claims about a substance, family, nutrient, moiety, mark or mixture, by its id.

    A substance brings those about its families: a hydrate is sold under the same name.

    Raises:
        InputError: the catalogue has no such id; the nearest are named.

    >>> [record.id for record in about("collagen-peptides")]
    ['A30']
    """
    known = catalogue.load.find(known_ids(), identifier, "record")
    substance = catalogue.substances().get(known)
    ids = {known, *(substance.families if substance else ())}
    return tuple(record for record in register().values() if ids.intersection(record.concerns))


@cache
def known_ids() -> dict[str, str]:
    """Every id of the catalogue that a claim may concern, to itself."""
    tables = (
        catalogue.substances(), catalogue.families(), catalogue.nutrients(),
        catalogue.moieties(), catalogue.marks(), catalogue.mixtures(),
    )  # fmt: skip
    return {identifier: identifier for table in tables for identifier in table}
