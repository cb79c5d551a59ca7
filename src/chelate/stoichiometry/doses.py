"""A dose of one material -> what it yields, and a target -> the dose it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.figures import mass
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry import working
from chelate.stoichiometry.constituents import id_of_itself, in_sentence, name_of
from chelate.stoichiometry.made import Basis, Made
from chelate.stoichiometry.materials import Material
from chelate.stoichiometry.remarks import remarks
from chelate.stoichiometry.yielded import Held, Part, Yield
from chelate.units import MOST_MG


def yield_of(
    substance: str | Material,
    dose_mg: float,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
    potency: str | None = None,
) -> Yield:
    """What `dose_mg` of a material yields: by formula, or by the assay given for it.

    `assay` is a content such as "13 % magnesium" or "13.5-14.1 % magnesium", or a purity
    such as "98.5 %", "NLT 98.0 %" or "98.0-102.0 %". With `moisture` ("4 %", "max 5 %") it is
    of the dried material unless `assay_basis` says "as-is". `potency` is the share of the
    dose that is the material, where the rest is carrier: "10 %".

    Raises:
        OptionError: the material is unknown, has no stoichiometry and no assay, or the
            assay is more than the material can hold.

    >>> chelate = yield_of("magnesium-bisglycinate", 1000)
    >>> [(held.id, round(held.mg, 1)) for held in chelate.moieties]
    [('magnesium', 141.0), ('glycine', 870.7)]
    """
    made = Made.of(substance, assay, assay_basis, moisture, potency)
    doses = [dose_mg] * len(made.options)
    lines = made.working(dose_mg)
    return _yield(made, doses, tuple(lines))


def dose_for(
    substance: str | Material,
    moiety: str,
    target_mg: float,
    *,
    assay: str | None = None,
    assay_basis: Basis | None = None,
    moisture: str | None = None,
    potency: str | None = None,
) -> Yield:
    """The dose of a material that yields `target_mg` of an element or moiety (by its id).

    >>> dose = dose_for("magnesium-bisglycinate", "glycine", 3000)
    >>> round(dose.dose_mg), round(dose.held("magnesium").mg, 1)
    (3445, 485.7)
    """
    made = Made.of(substance, assay, assay_basis, moisture, potency)
    fractions = [option.held.get(moiety, 0.0) for option in made.options]
    if not fractions[0]:
        raise _yields_none(made, moiety)
    doses = [target_mg / fraction if fraction else float("nan") for fraction in fractions]
    if doses[0] > MOST_MG:
        raise InputError(
            f"{mass(target_mg, catalogue.mass_unit(moiety))} {name_of(moiety)} takes more than "
            f"1 kg of {in_sentence(made.material.name)}"
        )
    back = working.back(made.undiluted, moiety, target_mg, doses[0], made.potency)
    ends = working.back_from_ends(made.options, moiety, target_mg) if made.is_mixture else ()
    return _yield(made, doses, (*back, *ends, *made.working(doses[0], ends=False)))


def _yield(made: Made, doses: list[float], lines: tuple[str, ...]) -> Yield:
    first, dose_mg = made.options[0], doses[0]
    moieties = tuple(_held(made, doses, name) for name in first.held)
    return Yield(
        made.material.text,
        made.material.name,
        dose_mg,
        _range(doses),
        tuple(_part(substance, share * dose_mg) for substance, share in first.parts),
        moieties,
        lines,
        tuple(remarks(made, dose_mg, _range(doses), moieties)),
        tuple(dict.fromkeys(_sources(made))),
    )


def _yields_none(made: Made, moiety: str) -> InputError:
    """Of what is stated by its most alone none is sure."""
    first = made.options[0]
    known = ", ".join(first.spoken(name) for name, share in first.held.items() if share)
    sure = " that is sure" if moiety in first.held else ""
    return InputError(
        f"{in_sentence(made.material.name)} yields no {first.spoken(moiety)}{sure}; it yields "
        f"{known or 'nothing that is counted'}"
    )


def _sources(made: Made) -> Iterator[str]:
    yield from made.material.sources
    yield from made.material.grade.sources if made.material.grade else ()
    for substance, _ in made.options[0].parts:
        yield from substance.sources


def _part(substance: Substance, mass_mg: float) -> Part:
    molar_mass = catalogue.substance_molar_mass(substance)
    return Part(substance.id, substance.name, substance.formula, molar_mass, mass_mg)


def _held(made: Made, doses: list[float], name: str) -> Held:
    options = made.options
    as_acid = [c.held.get(name, 0.0) * d for c, d in zip(options, doses, strict=True)]
    as_ligand = [c.ligands.get(name, 0.0) * d for c, d in zip(options, doses, strict=True)]
    has_ligand = name in options[0].ligands
    return Held(
        name,
        _spoken(made, name),
        as_acid[0],
        _range(as_acid),
        as_ligand[0] if has_ligand else None,
        _range(as_ligand) if has_ligand else None,
    )


def _spoken(made: Made, name: str) -> str:
    """A molecule that counts as itself has the material's own name, its capitals too.

    A constituent of a material that is defined in place has the name that it is given there.
    """
    if name in made.material.called:
        return made.material.called[name]
    itself = name == id_of_itself(made.material.name) and name not in catalogue.nutrients()
    return in_sentence(made.material.name) if itself else name_of(name)


def _range(values: Iterable[float]) -> Interval:
    real = [value for value in values if value == value]
    return Interval(min(real), max(real))
