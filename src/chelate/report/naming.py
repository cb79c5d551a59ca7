"""What a product is called on the page: short in heads, told apart where a name is shared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chelate.checker import CheckResult
from chelate.models import Label
from chelate.report.inert import visible

LONGEST = 72
NAMELESS = "no name"
_SPACE = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}")
_TELLING = (("brand",), ("file",), ("record",), ("brand", "file"), ("file", "record"),
            ("path",), ("path", "record"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A product's name as it stands in heads and lists.

    `apart` tells it from the others that are called the same, "" where none is; `brand` is ""
    where the name or `apart` says it. `language` is that of the label, where it is known and
    not English, which is that of the page.
    """

    text: str
    apart: str = ""
    brand: str = ""
    language: str = ""

    @property
    def whole(self) -> str:
        """The name with what tells it apart, in one text."""
        return f"{self.text}, {self.apart}" if self.apart else self.text


def named(results: Sequence[CheckResult]) -> tuple[Named, ...]:
    """The names of the products of a page, in their order; no two are the same as a whole.

    >>> from chelate.checker import check
    >>> from chelate.models import Label
    >>> two = [check(Label(product="Calm", brand=brand)) for brand in ("Fern", "Oak")]
    >>> [each.whole for each in named(two)]
    ['Calm, Fern', 'Calm, Oak']
    """
    texts = [short(result.label.product) or NAMELESS for result in results]
    same: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        same.setdefault(text.casefold(), []).append(at)
    apart = {at: words for group in same.values() for at, words in _told_apart(group, results)}
    return tuple(
        _named(result.label, text, apart[at])
        for at, (result, text) in enumerate(zip(results, texts, strict=True))
    )


def short(text: str, longest: int = LONGEST) -> str:
    """A text of no more than so many characters, cut at a word where there is one near.

    >>> short("Magnesium glycinate with zinc", 24)
    'Magnesium glycinate …'
    """
    line = _SPACE.sub(" ", visible(text[: 4 * longest])).strip()
    if len(line) <= longest:
        return line
    cut = line[:longest]
    at = cut.rfind(" ")
    return f"{cut[:at]} …" if at > longest // 2 else f"{cut}…"


def language_of(label: Label) -> str:
    """The language that a label says it is in, "" where that is none or not a language's tag."""
    language = label.language or ""
    return language if _LANGUAGE.fullmatch(language) else ""


def _named(label: Label, text: str, apart: str) -> Named:
    brand = short(label.brand or "")
    said = brand in (text, "") or brand in apart
    language = language_of(label)
    foreign = "" if language.casefold().partition("-")[0] == "en" else language
    return Named(text, apart, "" if said else brand, foreign)


def _told_apart(group: Sequence[int], results: Sequence[CheckResult]) -> Iterator[tuple[int, str]]:
    """What tells products of one name apart: brand, file or record, else their places."""
    if len(group) == 1:
        yield group[0], ""
        return
    known = [_known(results[at]) for at in group]
    for keys in _TELLING:
        words = [tuple(each[key] for key in keys) for each in known]
        if all(map(all, words)) and len(set(words)) == len(group):
            yield from zip(group, map(", ".join, words), strict=True)
            return
    yield from ((at, f"label {at + 1}") for at in group)


def _known(result: CheckResult) -> Mapping[str, str]:
    origin = result.label.origin
    path = Path(origin.file) if origin else Path()
    record = origin.record if origin else None
    return {
        "brand": short(result.label.brand or "", LONGEST // 2),
        "file": short(path.name, LONGEST // 2),
        "record": f"record {short(str(record), LONGEST // 2)}" if record else "",
        "path": short("/".join(path.parts[-3:]), LONGEST),
    }
