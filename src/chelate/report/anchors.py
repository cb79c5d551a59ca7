"""Ids of the page that stay the same from report to report, so that they can be passed on.

They come from a product's name and a finding's code, and not from the place on the page; of
products that share a name, and of findings that share a code, the later ones are numbered.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chelate.checker import CheckResult

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Anchor:
    """The id of a product's section, and those of its findings in their order."""

    section: str
    findings: tuple[str, ...]


def anchors(results: Sequence[CheckResult]) -> tuple[Anchor, ...]:
    """The ids of each product, none of which another thing on the page has.

    >>> from chelate.checker import check
    >>> from chelate.models import Label
    >>> [each.section for each in anchors([check(Label(product="Näht & Co"))] * 2)]
    ['label-naht-co', 'label-naht-co-2']
    """
    sections = _numbered(f"label-{_slug(result)}" for result in results)
    return tuple(map(_anchor, sections, results))


def _anchor(section: str, result: CheckResult) -> Anchor:
    # Two hyphens: the name of no product ends in them, so that none has the id of a finding.
    ids = _numbered(f"{section}--{finding.code.lower()}" for finding in result.findings)
    return Anchor(section, tuple(ids))


def _slug(result: CheckResult) -> str:
    """The product's name, else that of its file, in small Latin letters, digits and hyphens."""
    origin = result.label.origin
    names = (result.label.product, Path(origin.file).stem if origin else "")
    return next(filter(None, map(_latin, names)), "unnamed")


def _latin(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[: 4 * LONGEST]).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:LONGEST].strip("-")


def _numbered(ids: Iterable[str]) -> Iterator[str]:
    seen, given = Counter[str](), set[str]()
    for each in ids:
        seen[each] += 1
        found = each
        while found in given:
            found = f"{each}-{seen[each]}"
            seen[each] += found in given
        given.add(found)
        yield found
