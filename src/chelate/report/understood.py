"""The composition understood: what each printed figure and name was taken to mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from chelate import catalogue
from chelate.bounds.parts import has_own_share
from chelate.catalogue.names import Meaning, spoken
from chelate.checker import CheckResult
from chelate.composition import Claim, Printed, Source
from chelate.composition.claims import AS_PRINTED
from chelate.figures import MassUnit, number, stated_range

_STATUS = {
    "undefined": "known, but without a stoichiometry",
    "element": "the element itself, its compound not named",
    "mark": "a brand mark that names no substance",
    "inert": "an excipient",
    "unknown": "not a name that the catalogue knows",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure or name as printed, what it is of, and what it was taken to mean."""

    printed: str
    of: str
    meaning: str


def understood(result: CheckResult) -> tuple[Taken, ...]:
    """Everything that the arithmetic of a label starts from, in printed order."""
    rows = (row for claim in result.composition.claims for row in _of_claim(claim))
    told = [row for _, row in dict.fromkeys(rows)]
    settled = (Taken(s.text, "Read as", f"{s.meaning}: {s.reason}") for s in
               result.composition.settled)  # fmt: skip
    return (*told, *dict.fromkeys([*_of_moieties(result), *settled, *_of_serving(result)]))


def _of_moieties(result: CheckResult) -> Iterator[Taken]:
    """What is printed of a ligand in a row or a clause of its own."""
    for each in result.composition.moieties:
        name = catalogue.moieties()[each.moiety].name
        where = "printed with its compound" if each.claim else "an ingredient of its own"
        yield _mass(each.amount, f"{name}, {where}")


def _of_claim(claim: Claim) -> Iterator[tuple[str, Taken]]:
    """What is taken of a claim, each with what it is of: two sources may print the same figure."""
    name = catalogue.nutrients()[claim.nutrient].name
    if claim.declared:
        how = "" if claim.reading == AS_PRINTED else f"; {claim.reading}"
        yield claim.path, _mass(claim.declared, f"{name}, the element", how, claim.unit)
    named = [(source, f"Source of {claim.nutrient}") for source in claim.sources]
    named += [(source, f"Beside it, a source of {claim.nutrient}") for source in claim.beside]
    for source, of in named:
        of_source = f"{source.path} {source.text}"
        yield from ((of_source, each) for each in _of_source(source, of, claim))
    for _, words in claim.buffered:
        yield "", Taken(words, "Wording", "declares a buffer")
    for blend in (claim.blend, *claim.around):
        if blend:
            yield "", _mass(blend, "Mass of the blend")


def _of_source(source: Source, of: str, claim: Claim) -> Iterator[Taken]:
    yield Taken(source.text, of, _meaning(source.meaning))
    if source.mass:
        unit = claim.material_unit(source.mass.interval_mg.high)
        yield _mass(source.mass, "Mass of the compound", unit=unit)
    if source.share and has_own_share(claim, source):
        yield _mass(source.share, "The element that it brings", unit=claim.unit)


def _of_serving(result: CheckResult) -> Iterator[Taken]:
    serving = result.composition.serving
    if serving.mass:
        yield _mass(serving.mass, "Mass of one serving")
    if serving.capsule_size and serving.units:
        size = f"size {serving.capsule_size}"
        yield Taken(size, "Capsules", f"{number(serving.units)} in one serving")


def _mass(printed: Printed, of: str, how: str = "", unit: MassUnit = "mg") -> Taken:
    return Taken(printed.text, of, f"{stated_range(printed.interval_mg, unit)}{how}")


def _meaning(meaning: Meaning) -> str:
    """The compounds that a name may mean: "magnesium bisglycinate: anhydrous or dihydrate"."""
    if meaning.status != "known":
        return _STATUS[meaning.status]
    names = [spoken(each) for each in meaning.substances]
    return names[0] if len(names) == 1 else _any_of(names)


def _any_of(names: Sequence[str]) -> str:
    words = [name.replace(",", "").split(" ") for name in names]
    shared = [
        each[0] for each in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False))
    ]
    *most, last = (" ".join(each[len(shared) :]) or "as such" for each in words)
    choice = f"{', '.join(most)} or {last}"
    return f"{' '.join(shared)}: {choice}" if shared else choice
