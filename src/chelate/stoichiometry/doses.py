"""A dose of one material -> what it yields, and a target -> the dose it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.figures import listed, percent
from chelate.figures import mg as mg_text
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry import working
from chelate.stoichiometry.contents import (
    Assay,
    Content,
    constituents,
    contents,
    in_sentence,
    name_of,
    read_assay,
    read_fraction,
)
from chelate.stoichiometry.materials import Material, material
from chelate.units import MOST_MG

Basis = Literal["as-is", "dried"]


@dataclass(frozen=True, slots=True)
class Held:
    """One element or moiety, in mg: as named, and the range that the name leaves open.

    A moiety is counted as the free acid or base, which is what a supplement of it is;
    `ligand_mg` is the same moiety as it stands in the compound, None where it is free.
    """

    id: str
    name: str
    mg: float
    range_mg: Interval
    ligand_mg: float | None = None
    ligand_range_mg: Interval | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One compound in a material, in mg."""

    id: str
    name: str
    formula: str
    molar_mass_g_per_mol: float
    mg: float


@dataclass(frozen=True, slots=True)
class Yield:
    """What a dose of a material gives, `dose_range_mg` wide where a target was asked for."""

    text: str
    name: str
    dose_mg: float
    dose_range_mg: Interval
    parts: tuple[Part, ...]
    moieties: tuple[Held, ...]
    working: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def held(self, name: str) -> Held:
        """The element or moiety with this id; `InputError` if the material has none."""
        for item in self.moieties:
            if item.id == name:
                return item
        raise InputError(
            f"{in_sentence(self.name)} yields no {name_of(name)}; it yields {_all(self.moieties)}"
        )


def yield_of(
    substance: str,
    dose_mg: float,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
) -> Yield:
    """What `dose_mg` of a material yields: by formula, or by the assay given for it.

    `assay` is a content such as "13 % magnesium" or a purity such as "98.5 %". With
    `moisture` it is of the dried material unless `assay_basis` says "as-is".

    Raises:
        OptionError: the material is unknown, has no stoichiometry and no assay, or the
            assay is more than the material can hold.

    >>> chelate = yield_of("magnesium-bisglycinate", 1000)
    >>> [(held.id, round(held.mg, 1)) for held in chelate.moieties]
    [('magnesium', 141.0), ('glycine', 870.7)]
    """
    made = _Made.of(substance, assay, assay_basis, moisture)
    doses = [dose_mg] * len(made.options)
    lines = made.working(dose_mg)
    return _yield(made, doses, tuple(lines))


def dose_for(
    substance: str,
    moiety: str,
    target_mg: float,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
) -> Yield:
    """The dose of a material that yields `target_mg` of an element or moiety (by its id).

    >>> dose = dose_for("magnesium-bisglycinate", "glycine", 3000)
    >>> round(dose.dose_mg), round(dose.held("magnesium").mg, 1)
    (3445, 485.7)
    """
    made = _Made.of(substance, assay, assay_basis, moisture)
    fractions = [option.held.get(moiety, 0.0) for option in made.options]
    if not fractions[0]:
        known = ", ".join(map(name_of, made.options[0].held)) or "nothing that is counted"
        raise InputError(
            f"{in_sentence(made.material.name)} yields no {name_of(moiety)}; it yields {known}"
        )
    doses = [target_mg / fraction if fraction else float("nan") for fraction in fractions]
    if doses[0] > MOST_MG:
        raise InputError(
            f"{mg_text(target_mg)} {name_of(moiety)} takes more than 1 kg of "
            f"{in_sentence(made.material.name)}"
        )
    back = working.back(made.options[0], moiety, target_mg, doses[0])
    return _yield(made, doses, (back, *made.working(doses[0])))


class OptionError(InputError):
    """A material that cannot be had as described; `option` says by which of the words."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@contextmanager
def _blaming(option: str) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise OptionError(option, error.message) from None


@dataclass(frozen=True, slots=True)
class _Made:
    """A material, the assay it is taken by, and what it may hold."""

    material: Material
    assay: Assay | None
    moisture: float
    options: tuple[Content, ...]

    @staticmethod
    def of(substance: str, assay: str | None, basis: Basis | None, moisture: str | None) -> _Made:
        with _blaming("substance"):
            named = material(substance)
        with _blaming("moisture"):
            wet = _moisture(moisture)
        if basis == "dried" and moisture is None:
            message = "an assay of the dried material needs the moisture: 4 %"
            raise OptionError("assay_basis", message)
        dried = moisture is not None and basis != "as-is"
        with _blaming("assay" if assay else "moisture" if wet else "substance"):
            read = read_assay(assay, dried=dried, moisture=wet) if assay else None
            return _Made(named, read, wet, contents(named, read, wet))

    def working(self, dose_mg: float) -> list[str]:
        return working.forward(self.options[0], dose_mg, self.material, self.assay, self.moisture)


def _moisture(text: str | None) -> float:
    if text is None:
        return 0.0
    number, sign, rest = text.partition("%")
    if sign and not rest.strip() and number.strip().strip("0.") == "" and number.strip():
        return 0.0
    percent, words = read_fraction(text, "a moisture")
    if words or percent.value >= 100:
        raise InputError(f'found "{text.strip()}", expected a moisture such as "4 %"')
    return percent.value / 100


def _yield(made: _Made, doses: list[float], lines: tuple[str, ...]) -> Yield:
    first, dose_mg = made.options[0], doses[0]
    moieties = tuple(_held(made.options, doses, name) for name in first.held)
    return Yield(
        made.material.text,
        made.material.name,
        dose_mg,
        _range(doses),
        tuple(_part(substance, share * dose_mg) for substance, share in first.parts),
        moieties,
        lines,
        tuple(text[:1].upper() + text[1:] for text in _remarks(made, dose_mg, moieties)),
    )


def _part(substance: Substance, mass_mg: float) -> Part:
    molar_mass = catalogue.substance_molar_mass(substance)
    return Part(substance.id, substance.name, substance.formula, molar_mass, mass_mg)


def _held(options: tuple[Content, ...], doses: list[float], name: str) -> Held:
    as_acid = [c.held.get(name, 0.0) * d for c, d in zip(options, doses, strict=True)]
    as_ligand = [c.ligands.get(name, 0.0) * d for c, d in zip(options, doses, strict=True)]
    has_ligand = name in options[0].ligands
    return Held(
        name,
        name_of(name),
        as_acid[0],
        _range(as_acid),
        as_ligand[0] if has_ligand else None,
        _range(as_ligand) if has_ligand else None,
    )


def _range(values: Iterable[float]) -> Interval:
    real = [value for value in values if value == value]
    return Interval(min(real), max(real))


def _remarks(made: _Made, dose_mg: float, moieties: tuple[Held, ...]) -> Iterator[str]:
    yield from _protons(dose_mg, moieties)
    yield from _blend(made)
    named = [in_sentence(substance.name) for substance, _ in made.options[0].parts]
    open_mg = [held.range_mg for held in moieties] + [_range([dose_mg])]
    if len(made.options) > 1 and any(mg_text(r.low) != mg_text(r.high) for r in open_mg):
        yield (
            f"The figure is for {' with '.join(named)}; the range is "
            f'for all that "{made.material.text.strip()}" leaves open: {_left_open(made)}.'
        )


def _protons(dose_mg: float, moieties: tuple[Held, ...]) -> Iterator[str]:
    """Why the parts may add up to more than the compound."""
    bound = [held for held in moieties if held.ligand_mg is not None]
    summed_mg = sum(held.mg for held in moieties)
    if not bound or summed_mg <= dose_mg * (1 + 1e-6):
        return
    counted = "is counted as the free acid, which regains the protons"
    if len(bound) > 1:
        counted = "are counted as free acids, which regain the protons"
    as_ligands_mg = sum(h.mg if h.ligand_mg is None else h.ligand_mg for h in moieties)
    yield (
        f"{_all(moieties)} add up to {mg_text(summed_mg)}, more than the {mg_text(dose_mg)} "
        f"taken: {_all(bound)} {counted} given up in the compound. Counted as ligands, the "
        f"parts add up to {mg_text(as_ligands_mg)}."
    )


def _blend(made: _Made) -> Iterator[str]:
    """The share of a buffer, by weight and of the nutrient: the second is what matters."""
    first, nutrient = made.options[0], made.material.nutrient or ""
    for substance, share in first.parts[1:]:
        of_nutrient = share * constituents(substance)[nutrient] / first.held[nutrient]
        yield (
            f"{in_sentence(substance.name)} is {percent(share)} of the weight and brings "
            f"{percent(of_nutrient)} of the {nutrient}."
        )


def _left_open(made: _Made) -> str:
    grade = made.material.grade
    wide = grade is not None and grade.low_percent < grade.high_percent
    by_grade = made.assay is None and (wide or bool(made.material.grades))
    kinds = ["hydration"] * (len(made.material.candidates) > 1) + ["grade"] * by_grade
    return " and ".join(kinds)


def _all(moieties: Iterable[Held]) -> str:
    return listed([held.name for held in moieties])
