"""What the sources that a label names yield: by their printed mass, or back from the element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chelate.catalogue import mass_unit, names
from chelate.composition import Claim as SourceClaim
from chelate.composition import Composition, Source, compose
from chelate.figures import listed, mass
from chelate.findings import InputError
from chelate.models import Label
from chelate.stoichiometry.doses import dose_for, yield_of
from chelate.stoichiometry.servings import Claim, ServingYield, together
from chelate.stoichiometry.yielded import Yield


@dataclass(frozen=True, slots=True)
class _Found:
    """What one source yields, or why that cannot be said; `weighed`: by its printed mass.

    `backwards` is the element that its dose is reckoned from, `untold` says that it has none.
    """

    claim: SourceClaim
    taken: Yield | None
    remark: str = ""
    weighed: bool = False
    source: str = ""
    backwards: str = ""
    untold: bool = False


def label_yield(label: Label) -> ServingYield:
    """What a serving of a labelled product yields of element and ligands.

    A source with a printed mass is taken by it. Where only the element is printed, the
    dose is the one that gives it, by the first meaning of the name; what cannot be computed
    is in the remarks.

    Raises:
        InputError: no source of the label can be computed.

    >>> from chelate.models import Label
    >>> taken = label_yield(Label(product="Sample", facts=[{
    ...     "name": "Magnesium (from 1,000 mg magnesium oxide)", "amount": "603 mg"}]))
    >>> [(held.id, round(held.mg)) for held in taken.moieties]
    [('magnesium', 603)]
    """
    composition = compose(label)
    found = [each for claim in composition.claims for each in _of_claim(claim)]
    inputs = tuple(each.taken for each in found if each.taken)
    remarks = tuple(_remarks(found))
    if not inputs:
        said = " ".join(remarks) or "it names no source of a mineral"
        raise InputError(f"nothing of {label.product!r} can be computed: {said}")
    unit, units, per_day = _serving(composition)
    return ServingYield(
        label.product, unit, units, per_day, sum(taken.dose_mg for taken in inputs), inputs,
        tuple(together(inputs)), tuple(_claims(found)), remarks,
    )  # fmt: skip


def _serving(composition: Composition) -> tuple[str, int, int]:
    """The unit, how many are a serving, and servings a day; 1 where that is no whole number."""
    serving = composition.serving
    units, per_day = serving.units or 1, serving.servings_per_day
    is_counted = units == int(units) and 0 < units <= 1000 and not serving.unit.startswith("g")
    unit = serving.unit or "unit"
    return unit, int(units) if is_counted else 1, int(per_day) if per_day >= 1 else 1


def _of_claim(claim: SourceClaim) -> Iterator[_Found]:
    known = [s for s in claim.sources if s.meaning.status in ("known", "undefined")]
    for source in claim.sources:
        if source not in known:
            remark = f"“{source.text}” is not in the catalogue; it is not counted."
            yield _Found(claim, None, remark)
    for source in known:
        try:
            yield _of_source(claim, source, alone=len(claim.sources) == 1)
        except InputError as error:
            yield _Found(claim, None, f"{source.text}: {error.message}.")


def _of_source(claim: SourceClaim, source: Source, *, alone: bool) -> _Found:
    name = _name(source, claim.nutrient)
    element = source.share or (claim.declared if alone else None)
    if source.mass:
        taken = yield_of(name, source.mass.value_mg, assay=_assay(claim, source, alone=alone))
        return _Found(claim, taken, weighed=True)
    if element is None:
        return _Found(claim, None, source=source.text, untold=True)
    taken = dose_for(name, claim.nutrient, element.value_mg)
    given = f"{mass(element.value_mg, mass_unit(claim.nutrient))} {claim.nutrient}"
    return _Found(claim, taken, source=source.text, backwards=given)


def _remarks(found: list[_Found]) -> Iterator[str]:
    """What is to be said of the sources, each thing once for all that it is true of."""
    if untold := dict.fromkeys(f"“{each.source}”" for each in found if each.untold):
        its = "its mass" if len(untold) == 1 else "their masses"
        brings = "it brings" if len(untold) == 1 else "they bring"
        element = listed([*dict.fromkeys(each.claim.nutrient for each in found if each.untold)])
        yield (
            f"How much {listed([*untold])} there is cannot be told: neither {its} nor what "
            f"{brings} of the {element} is printed."
        )
    yield from dict.fromkeys(each.remark for each in found if each.remark)
    doses = [f"{each.source} ({each.backwards})" for each in found if each.backwards]
    if len(doses) > 1:
        yield (
            f"The doses of {listed(doses)} are those that give so much of the element; no masses "
            "of them are printed."
        )
    elif doses:
        (one,) = (each for each in found if each.backwards)
        yield (
            f"The dose of {one.source} is the one that gives {one.backwards}; no mass of it is "
            "printed."
        )


def _assay(claim: SourceClaim, source: Source, *, alone: bool) -> str | None:
    """A buffered grade holds what the label says that it brings; no other does."""
    element = source.share or (claim.declared if alone else None)
    if not (source.meaning.buffered and source.mass and element):
        return None
    return f"{100 * element.value_mg / source.mass.value_mg:.4f} % {claim.nutrient}"


def _name(source: Source, nutrient: str) -> str:
    """A name of the source that means the same by itself as in its row."""
    for text in (source.text, f"{nutrient} {source.text}"):
        meaning = names.resolve(text)
        if meaning.family == source.meaning.family and meaning.status != "unknown":
            return text
    return source.meaning.substances[0] if source.meaning.substances else source.text


def _claims(found: list[_Found]) -> Iterator[Claim]:
    """The declared element beside what its sources yield, where all of them print a mass."""
    for claim in dict.fromkeys(each.claim for each in found):
        own = [each for each in found if each.claim is claim]
        if claim.declared and all(each.weighed for each in own):
            summed_mg = sum(each.taken.held(claim.nutrient).mg for each in own if each.taken)
            declared = claim.declared
            yield Claim(claim.nutrient, declared.value_mg, declared.interval_mg.low, summed_mg)
