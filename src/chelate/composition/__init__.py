"""Label -> Composition: names resolved, masses as intervals, element and compound told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chelate import resources, wording
from chelate.catalogue import names
from chelate.composition.amounts import reading_of
from chelate.composition.claims import COMPOUND_BY_PERCENT, claims_of
from chelate.composition.rows import Entry, entries
from chelate.composition.serving import serving_of
from chelate.composition.values import (
    Claim,
    Composition,
    Declared,
    Printed,
    Problem,
    Serving,
    Settled,
    Source,
)
from chelate.models import Label

__all__ = [
    "Claim",
    "Composition",
    "Declared",
    "Printed",
    "Problem",
    "Serving",
    "Settled",
    "Source",
    "compose",
]

_SENTENCE_END = re.compile(r"[.;]\s+(?=[^\W\d_]*:|[A-ZÀ-Þ])")


def compose(label: Label) -> Composition:
    """Resolve a label. Never raises for what is printed: problems are part of the result."""
    reading = reading_of(label)
    rows = entries(label, reading)
    named = tuple(_other_ingredients(label))
    beside = tuple(s for s in named if _may_be_source(s))
    claims = claims_of(label, rows, beside, reading)
    return Composition(
        serving_of(label, rows, reading),
        claims,
        tuple(_declared(rows, claims)),
        tuple(s for s in named if s not in beside),
        tuple(dict.fromkeys(reading.problems)),
        tuple(reading.settled),
    )


def _other_ingredients(label: Label) -> Iterator[Source]:
    """The named substances of the ingredient list, excipients among them."""
    for index, text in enumerate(label.other_ingredients):
        for sentence in _SENTENCE_END.split(text):
            for name in _listed(_list_head().sub("", sentence)):
                yield Source(f"other_ingredients[{index}]", name, names.resolve(name))


def _listed(sentence: str) -> Iterator[str]:
    """The names in a list, those aside that are denied or stand there for their function."""
    if wording.denies(sentence):
        return
    for item in wording.split_list(sentence):
        if wording.denies(item.text):
            continue
        phrase = wording.parse(item.text)
        if not any(_is_function(inner.text) for inner in phrase.items):
            yield from (named.text for named in (phrase.head, *phrase.items) if named.text)


def _may_be_source(source: Source) -> bool:
    return source.meaning.nutrient is not None and source.meaning.status in ("known", "undefined")


def _is_function(text: str) -> bool:
    return names.normalise(text) in _functions()


@cache
def _list_head() -> re.Pattern[str]:
    """The heading of an ingredient list: "Other ingredients:", "Contains <2% of:", "Zutaten:"."""
    heads = "|".join(map(re.escape, resources.toml("wording.toml")["lists"]["heads"]))
    return re.compile(rf"^\s*(?:{heads})\b[^:,]*:", re.IGNORECASE)


@cache
def _functions() -> frozenset[str]:
    return frozenset(resources.toml("wording.toml")["functions"]["words"])


def _declared(rows: tuple[Entry, ...], claims: tuple[Claim, ...]) -> Iterator[Declared]:
    """Every row of a nutrient with its amount and percent, as the element where that is said."""
    elemental = {claim.path: claim for claim in claims}
    for entry in (inner for row in rows for inner in row.walk()):
        if entry.nutrient is None or (entry.amount is None and entry.percent is None):
            continue
        claim = elemental.get(entry.path)
        is_compound = (
            claim.reading == COMPOUND_BY_PERCENT
            if claim and entry.kind == "element"
            else entry.kind == "source" and (claim is None or claim.declared is None)
        )
        amount = claim.declared if claim and claim.declared else entry.amount
        reference = "nrv" if entry.row.percent_nrv is not None else "dv"
        yield Declared(
            entry.nutrient, entry.path, entry.row.name, amount, entry.percent,
            entry.percent_path, reference, compound=is_compound,
        )  # fmt: skip
