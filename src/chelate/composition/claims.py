"""Entries -> source claims: which sources stand for which nutrient, and whose each mass is.

Element and compound stand together on labels in four ways: the element with its compound
under it, the compound with its element under it, both side by side, and an element whose
sources carry *elemental shares* that add up to it. Each becomes the same `Claim`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import free_text
from chelate.composition.amounts import Reading, fits, fits_as_compound
from chelate.composition.blends import rest_of
from chelate.composition.order import in_order
from chelate.composition.rows import Entry
from chelate.composition.sources import (
    compound_sources,
    element_share,
    element_sources,
    has_own_element,
    merged,
    told_apart,
)
from chelate.composition.values import Claim, Printed, Source
from chelate.intervals import total
from chelate.models import Label

AS_PRINTED = "the row is the element"
COMPOUND_BY_PERCENT = "its percent is that of the element in so much of the compound"
BY_SUM = "the amounts of its sources add up to it, so they are of the element"
BY_CHILD = "the element is printed under the compound"
BY_PERCENT = "its percent of the reference is that of the element"
NOT_SAID = "the label does not say whether the amount is the compound or the element"

# Declared as they come with other ingredients, like calories (21 CFR 101.36(b)(2)(i)).
FOUND_IN_FOODS = ("sodium", "chloride")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the panel holds for one nutrient before it becomes claims."""

    elements: tuple[Claim, ...]
    compounds: tuple[Source, ...]
    blends: Blends


Blends = tuple[Printed, ...]  # totals of the blends that a row stands in, the innermost first


def claims_of(
    label: Label, entries: tuple[Entry, ...], beside: tuple[Source, ...], reading: Reading
) -> tuple[Claim, ...]:
    """Every source claim of a label, in printed order of its nutrients."""
    nutrients = dict.fromkeys(_minerals(entries))
    found: list[Claim] = []
    for nutrient in nutrients:
        parts = _parts(entries, nutrient, reading)
        own = tuple(s for s in beside if s.meaning.nutrient == nutrient)
        found += [_completed(claim, label, own, entries) for claim in _joined(parts, nutrient)]
    return tuple(found)


def _minerals(entries: Iterable[Entry]) -> Iterator[str]:
    """The minerals that the panel declares, those aside that need no added source."""
    for entry in entries:
        for inner in entry.walk():
            if inner.nutrient and _is_mineral(inner) and inner.nutrient not in FOUND_IN_FOODS:
                yield inner.nutrient


def _parts(entries: tuple[Entry, ...], nutrient: str, reading: Reading) -> _Parts:
    elements: list[Claim] = []
    compounds: list[Source] = []
    blends: list[Blends] = []
    for entry, around in _standing(entries, ()):
        if entry.nutrient != nutrient:
            continue
        if _is_element_row(entry):
            elements.append(_within(_element_claim(entry, reading), around))
            continue
        found = tuple(compound_sources(entry, reading))
        share = element_share(entry, reading)
        if share and len(found) > 1 and not any(source.share for source in found):
            elements.append(
                Claim(nutrient, entry.path, entry.row.name, share, found, blend=entry.amount,
                      reading=BY_CHILD)
            )  # fmt: skip
        else:
            compounds += found
            blends.append(around)
    whole = blends[0] if blends and all(b == blends[0] for b in blends) else ()
    return _Parts(_without_repeats(elements), tuple(compounds), whole)


def _without_repeats(elements: list[Claim]) -> tuple[Claim, ...]:
    """An element printed twice, once with its sources, is one claim."""
    sourced = {c.declared.interval_mg for c in elements if c.sources and c.declared}
    return tuple(
        c for c in elements if c.sources or not c.declared or c.declared.interval_mg not in sourced
    )


def _within(claim: Claim, blends: Blends) -> Claim:
    """The claim in the innermost of blends, with the totals of those around it."""
    return replace(claim, blend=blends[0] if blends else None, around=blends[1:])


def _standing(entries: Iterable[Entry], blends: Blends) -> Iterator[tuple[Entry, Blends]]:
    """Rows that stand for themselves: top-level ones, and those inside a blend's row."""
    for entry in entries:
        if entry.kind == "other":
            own = (entry.amount,) if entry.amount else ()
            yield from _standing(entry.children, (*own, *blends))
        elif entry.kind == "element" and not _is_mineral(entry):
            yield from _standing(entry.children, blends)
        else:
            yield entry, blends


def _is_mineral(entry: Entry) -> bool:
    return bool(entry.nutrient and catalogue.nutrients()[entry.nutrient].element)


def _is_element_row(entry: Entry) -> bool:
    return entry.kind == "element" or _says_elemental(entry) or _percent_is_elemental(entry)


def _says_elemental(entry: Entry) -> bool:
    """Whether wording makes a compound's amount the element's: "bisglycinate (elemental)"."""
    return any(
        names.normalise(item.text) == "elemental" and item.amount is None
        for item in entry.phrase.of("bracket")
    ) or names.normalise(entry.phrase.head.text).startswith("elemental ")


def _percent_is_elemental(entry: Entry) -> bool:
    """Whether a compound's printed percent is that of its amount read as the element."""
    return not has_own_element(entry) and fits(entry.nutrient, entry.amount, entry.percent)


def _element_claim(entry: Entry, reading: Reading) -> Claim:
    """The claim of a row whose amount is the element itself."""
    assert entry.nutrient is not None
    by_percent = entry.kind == "source" and not _says_elemental(entry)
    claim = Claim(
        entry.nutrient, entry.path, entry.row.name, entry.amount, element_sources(entry, reading),
        reading=BY_PERCENT if by_percent else AS_PRINTED,
    )  # fmt: skip
    return _compound_told(_shares_told(claim), entry)


def _compound_told(claim: Claim, entry: Entry) -> Claim:
    """An element's row whose percent says that the amount is its only source's mass."""
    if claim.declared is None or len(claim.sources) != 1 or claim.sources[0].mass:
        return claim
    (source,) = claim.sources
    if not fits_as_compound(claim.nutrient, claim.declared, entry.percent, source.meaning):
        return claim
    weighed = replace(source, mass=claim.declared, weighed=True)
    return replace(claim, declared=None, sources=(weighed,), reading=COMPOUND_BY_PERCENT)


def _shares_told(claim: Claim) -> Claim:
    told = told_apart(claim.sources, claim.declared)
    return claim if told == claim.sources else replace(claim, sources=told, reading=BY_SUM)


def _joined(parts: _Parts, nutrient: str) -> Iterator[Claim]:
    """The claims of one nutrient: compounds that stand alone find their element."""
    loose = parts.compounds
    if parts.elements:
        at = _host(parts.elements, loose)
        for index, claim in enumerate(parts.elements):
            yield _with_compounds(claim, loose, parts.blends) if index == at else claim
    elif loose and all(source.share for source in loose):
        yield _claim_of_pairs(loose, nutrient)
    else:
        for source in loose:
            claim = Claim(nutrient, source.path.removesuffix(".name"), source.text, source.share,
                          (source,), reading=BY_CHILD if source.share else NOT_SAID)  # fmt: skip
            yield _within(claim, parts.blends)


def _host(elements: tuple[Claim, ...], loose: tuple[Source, ...]) -> int:
    """The element row that compounds standing beside it belong to."""
    families = {s.meaning.family for s in loose}
    for index, claim in enumerate(elements):
        if families & {s.meaning.family for s in claim.sources}:
            return index
    return next((i for i, claim in enumerate(elements) if not claim.sources), 0)


def _with_compounds(claim: Claim, loose: tuple[Source, ...], blends: Blends) -> Claim:
    """An element's row joined with compounds that stand elsewhere, in a blend perhaps.

    The blend holds every source only where the row itself names no others.
    """
    if not loose:
        return claim
    joined = _shares_told(replace(claim, sources=merged((*claim.sources, *loose))))
    inside = {source.meaning.family for source in loose}
    every = all(source.meaning.family in inside for source in claim.sources)
    return _within(joined, blends) if blends and every else joined


def _claim_of_pairs(pairs: tuple[Source, ...], nutrient: str) -> Claim:
    """Compounds that each print their own element: the element declared is their sum."""
    first = pairs[0]
    path = first.path.removesuffix(".name")
    whole = _sum(tuple(source.share for source in pairs if source.share))
    return Claim(nutrient, path, first.text, whole, pairs, reading=BY_CHILD)


def _sum(amounts: tuple[Printed, ...]) -> Printed:
    """Printed amounts as one, which knows its parts; a single one is itself."""
    if len(amounts) == 1:
        return amounts[0]
    return Printed(
        amounts[0].path,
        " + ".join(amount.text for amount in amounts),
        total(amount.interval_mg for amount in amounts),
        sum(amount.value_mg for amount in amounts),
        parts=amounts,
    )


def _completed(
    claim: Claim, label: Label, beside: tuple[Source, ...], entries: tuple[Entry, ...]
) -> Claim:
    """The claim with what the rest of the label adds: other ingredients, the product's name."""
    inferred = ""
    if not claim.sources:
        named = tuple(
            Source("product", m.text, m) for m in free_text.named_in(label.product, claim.nutrient)
        )
        listed = () if named else beside
        inferred = "product" if named else ("other_ingredients" if listed else "")
        beside = tuple(s for s in beside if s not in listed)
        claim = replace(claim, sources=named or listed, inferred_from=inferred)
    return replace(
        claim, beside=beside, buffered=tuple(_buffered(claim, label)),
        ordered=in_order(claim, label),
        blend_rest=rest_of(claim.blend, entries) if claim.blend else None,
    )  # fmt: skip


def _buffered(claim: Claim, label: Label) -> Iterator[tuple[str, str]]:
    """Where the label declares a buffer of this claim's sources, with the words that do."""
    texts = [(f"{claim.path}.name", claim.text), ("product", label.product)]
    texts += [(f"statements[{i}]", text) for i, text in enumerate(label.statements)]
    said = {p: w for p, t in texts if (w := free_text.declaring_words(t, claim.nutrient))}
    for source in claim.sources:
        if source.meaning.buffered:
            yield source.path, said.pop(source.path, source.text)
    yield from said.items()
