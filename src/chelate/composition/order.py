"""Whether the order in which things are printed says which is the heavier.

21 CFR 101.36(d)(2): where two or more sources provide a dietary ingredient, all of them
"shall be listed within the parentheses in descending order by weight". 101.36(c)(2): the
ingredients of a proprietary blend are listed in descending order of predominance by weight.
"""

from __future__ import annotations

import re
from itertools import combinations

from chelate import wording
from chelate.catalogue import names
from chelate.composition.values import Claim, Source
from chelate.models import Label

_CHOICES = frozenset({"or"})


def in_order(claim: Claim, label: Label) -> bool:
    """Whether the sources of a claim are one list that a US label prints in order of weight.

    Not where they print shares of the element, which people rank as readily as masses, and
    not where their masses show that the printer did not keep the order.
    """
    if len(claim.sources) < 2 or not _is_american(label):
        return False
    if any(source.share for source in claim.sources) or _contradicted(claim.sources):
        return False
    return _is_list_of_row(claim) or _is_list_in_name(claim) or _is_list_of_blend(claim)


def _is_american(label: Label) -> bool:
    return label.market == "US" and (label.language or "en")[:2].casefold() == "en"


def _contradicted(sources: tuple[Source, ...]) -> bool:
    """Whether a later source is printed with more than an earlier one."""
    masses = [source.mass.interval_mg for source in sources if source.mass]
    return any(later.low > earlier.high for earlier, later in combinations(masses, 2))


def _is_list_of_row(claim: Claim) -> bool:
    """Whether each source is one of the row's `sources`, and named there alone."""
    paths = {source.path for source in claim.sources}
    listed = all(path.startswith(f"{claim.path}.sources[") for path in paths)
    return listed and len(paths) == len(claim.sources)


def _is_list_of_blend(claim: Claim) -> bool:
    """Whether the sources are compounds in rows of their own, members of one blend in order."""
    if claim.blend is None or any(s.meaning.family is None for s in claim.sources):
        return False
    blend = claim.blend.path.rpartition(".")[0]
    places = [re.fullmatch(rf"{re.escape(blend)}\.contains\[(\d+)\]\.name", s.path)
              for s in claim.sources]  # fmt: skip
    ranks = [int(place[1]) for place in places if place]
    in_rows = len(set(ranks)) == len(claim.sources) and claim.path not in {
        source.path.removesuffix(".name") for source in claim.sources
    }
    return in_rows and ranks == sorted(ranks)


def _is_list_in_name(claim: Claim) -> bool:
    """Whether the sources are one list in the parentheses of the row's name."""
    if any(source.path != f"{claim.path}.name" for source in claim.sources):
        return False
    items = wording.parse(claim.text).of("source", "bracket")
    listed = [item for item in items if any(item.text == s.text for s in claim.sources)]
    if {item.text for item in listed} != {source.text for source in claim.sources}:
        return False
    first, last = listed[0].offset, listed[-1].offset + len(listed[-1].text)
    return _opens(claim.text[:first]) and _is_plain_list(claim.text[first:last])


def _opens(text: str) -> bool:
    """Whether a bracket stands open at the end of a text."""
    return sum(map(text.count, "([{")) > sum(map(text.count, ")]}"))


def _is_plain_list(text: str) -> bool:
    """Whether a text lists names and no more: no clause, no brackets, and no choice."""
    plain = "/" not in text and _CHOICES.isdisjoint(names.normalise(text).split())
    return plain and not wording.parse(text).items
