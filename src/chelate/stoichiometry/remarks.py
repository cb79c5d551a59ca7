"""What to know about a yield: what its figures are for, and what its ranges leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.catalogue import names
from chelate.figures import MassUnit, listed, mass, open_range, percent, percent_range
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import constituents, in_sentence, name_of
from chelate.stoichiometry.made import Made
from chelate.stoichiometry.yielded import Held

_OPEN_BY = {
    "figure": "the last digit of the",
    "range": "both ends of the",
    "at least": "all above the least of the",
    "at most": "all below the most of the",
}


def remarks(
    made: Made, dose_mg: float, dose_range_mg: Interval, moieties: tuple[Held, ...]
) -> Iterator[str]:
    """Sentences on the figures of a dose, each with a capital."""
    for text in _remarks(made, dose_mg, dose_range_mg, moieties):
        yield text[:1].upper() + text[1:]


def _remarks(
    made: Made, dose_mg: float, dose_range_mg: Interval, moieties: tuple[Held, ...]
) -> Iterator[str]:
    yield from _protons(dose_mg, moieties, made.undiluted.unit(dose_mg))
    yield from _blend(made)
    yield from _outside(made)
    yield from _beyond(made)
    is_open = [open_range(held.range_mg, held.unit) for held in moieties]
    is_open.append(open_range(dose_range_mg, made.undiluted.unit(dose_range_mg.high)))
    if len(made.options) > 1 and any(is_open):
        yield _open(made)


def _protons(dose_mg: float, moieties: tuple[Held, ...], unit: MassUnit) -> Iterator[str]:
    """Why the parts may add up to more than the compound."""
    bound = [held for held in moieties if held.ligand_mg is not None]
    summed_mg = sum(held.mg for held in moieties)
    printed = mass(summed_mg, unit) != mass(dose_mg, unit)
    if not bound or summed_mg <= dose_mg or not printed:
        return
    counted = "is counted as the free acid, which regains the protons"
    if len(bound) > 1:
        counted = "are counted as free acids, which regain the protons"
    as_ligands_mg = sum(h.mg if h.ligand_mg is None else h.ligand_mg for h in moieties)
    yield (
        f"{_all(moieties)} add up to {mass(summed_mg, unit)}, more than the "
        f"{mass(dose_mg, unit)} taken: {_all(bound)} {counted} given up in the "
        f"compound. Counted as ligands, the parts add up to {mass(as_ligands_mg, unit)}."
    )


def _blend(made: Made) -> Iterator[str]:
    """The share of a buffer, by weight and of the nutrient: the second is what matters."""
    first, nutrient = made.options[0], made.material.nutrient or ""
    for substance, share in first.parts[1:]:
        of_nutrient = share * constituents(substance)[nutrient] / first.held[nutrient]
        yield (
            f"{in_sentence(substance.name)} is {percent(share)} of the weight and brings "
            f"{percent(of_nutrient)} of the {nutrient}."
        )


def _outside(made: Made) -> Iterator[str]:
    """An assay that is not among what is known of a mixture."""
    assay, known = made.assay, dict(made.material.holds)
    if assay is None or assay.of is None or not made.material.sources:
        return
    usual = known[assay.of]
    if assay.stated.low > usual.high or assay.stated.high < usual.low:
        yield (
            f"{percent(assay.stated.fraction)} {name_of(assay.of)} is outside "
            f"{percent_range(Interval(usual.low, usual.high))}, the range that is known of "
            f"{in_sentence(made.material.name)}."
        )


def _beyond(made: Made) -> Iterator[str]:
    """An assay that says more than there can be."""
    if made.assay and made.assay.beyond:
        yield (
            f"the assay “{made.assay.text}” reaches beyond the whole, as what is measured may; "
            "no more than 100 % is counted."
        )


def _open(made: Made) -> str:
    """What the figures are for, and what their ranges are for."""
    kinds, printed = " and ".join(_left_open(made)), [*_printed(made)]
    name = f"“{names.as_called(made.material.text)}”"
    if kinds and not printed:
        return f"{_figure(made)}; the range is for all that {name} leaves open: {kinds}."
    named = [f"the {kinds} that {name} leaves open"] if kinds else []
    return f"{_figure(made)}; the range is for {listed([*named, *printed])}."


def _figure(made: Made) -> str:
    named = [in_sentence(substance.name) for substance, _ in made.options[0].parts]
    if named:
        return f"The figure is for {' with '.join(named)}"
    if made.assay is None and made.material.sources:
        return f"The figure is for the usual composition of {in_sentence(made.material.name)}"
    return "The figure is for the content that is stated"


def _left_open(made: Made) -> Iterator[str]:
    """What the name leaves open."""
    grade = made.material.grade
    wide = grade is not None and grade.low_percent < grade.high_percent
    firsts = {option.parts[0][0].id for option in made.options if option.parts}
    if len(firsts) > 1:
        yield "hydration"
    if made.assay is None and (wide or bool(made.material.grades)):
        yield "grade"
    assayed = {made.assay.of} if made.assay else set()
    if any(stated.is_open for of, stated in made.material.holds if of not in assayed):
        yield "composition"


def _printed(made: Made) -> Iterator[str]:
    """What the printed shares leave open."""
    assay = made.assay.stated if made.assay else None
    for stated, name in ((assay, "assay"), (made.moisture, "moisture"), (made.potency, "potency")):
        of_assay = name == "moisture" and made.assay is not None and not made.assay.moisture
        if stated is not None and stated.is_open and not of_assay:
            yield f"{_OPEN_BY[stated.form]} {name}"


def _all(moieties: Iterable[Held]) -> str:
    return listed([held.name for held in moieties])
