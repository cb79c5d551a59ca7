"""The chain of arithmetic, written as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.figures import assay as as_percent
from chelate.figures import mg, number
from chelate.formula import molar_mass
from chelate.stoichiometry.contents import (
    Assay,
    Content,
    constituents,
    in_sentence,
    ligands,
    name_of,
)
from chelate.stoichiometry.materials import Material


def forward(
    content: Content, dose_mg: float, material: Material, assay: Assay | None, moisture: float
) -> list[str]:
    """The lines from a dose of material to its elements and moieties."""
    parts = [(substance, share * dose_mg) for substance, share in content.parts]
    lines = [*_as_weighed(content, material, assay, moisture)]
    lines += _compounds(content, dose_mg, material, assay, moisture)
    for substance, mass_mg in parts:
        lines += _of_part(substance, mass_mg)
    if not parts:
        lines += [_times(dose_mg, held, name_of(name)) for name, held in content.held.items()]
    return lines + list(_sums(content, dose_mg))


def back(content: Content, moiety: str, target_mg: float, dose_mg: float) -> str:
    """The line from a target back to the dose."""
    if len(content.parts) == 1 and abs(content.parts[0][1] - 1) < 1e-12:
        substance = content.parts[0][0]
        moles = _moles(substance, moiety)
        moles = f"({moles})" if "×" in moles else moles
        whole = _mass(catalogue.substance_molar_mass(substance))
        taken = f"{mg(dose_mg)} {in_sentence(substance.name)}"
        return f"{mg(target_mg)} {name_of(moiety)} × {whole} / {moles} = {taken}"
    fraction = as_percent(content.held[moiety])
    return f"{mg(target_mg)} {name_of(moiety)} / {fraction} = {mg(dose_mg)} of the material"


def _as_weighed(
    content: Content, material: Material, assay: Assay | None, moisture: float
) -> Iterator[str]:
    """The stated content of the dried material, of an assay or of a grade, as weighed."""
    if assay is not None and assay.moisture:
        fraction = assay.fraction
    elif assay is None and moisture and material.grade and material.nutrient:
        fraction = content.held[material.nutrient]
    else:
        return
    yield (
        f"{as_percent(fraction / (1 - moisture))} of the dried material × (1 − {moisture:g}) = "
        f"{as_percent(fraction)} as weighed"
    )


def _compounds(
    content: Content, dose_mg: float, material: Material, assay: Assay | None, moisture: float
) -> Iterator[str]:
    """How much of each compound the material holds, where it is not all of one."""
    if len(content.parts) == 2:
        yield from _blend(content, dose_mg, material.nutrient or "")
        return
    for substance, share in content.parts:
        name = in_sentence(substance.name)
        if assay is None and moisture and material.grade is None:
            yield f"{mg(dose_mg)} × (1 − {moisture:g}) = {mg(share * dose_mg)} {name}"
        elif abs(share - 1) > 1e-12:
            yield from _content(substance, share, assay.of if assay else material.nutrient)
            yield _times(dose_mg, share, name)


def _content(substance: Substance, share: float, of: str | None) -> Iterator[str]:
    """The stated content over the theoretical one; nothing to say of a purity."""
    if of is not None:
        theory = constituents(substance)[of]
        found = f"{as_percent(share)} {in_sentence(substance.name)}"
        yield f"{as_percent(share * theory)} / {as_percent(theory)} = {found}"


def _blend(content: Content, dose_mg: float, nutrient: str) -> Iterator[str]:
    (chelate, _), (buffer, share) = content.parts
    stated = as_percent(content.held[nutrient])
    low, high = (as_percent(constituents(part)[nutrient]) for part in (chelate, buffer))
    name = in_sentence(buffer.name)
    yield f"({stated} − {low}) / ({high} − {low}) = {as_percent(share)} {name} by weight"
    yield _times(dose_mg, share, name)
    rest = f"{mg((1 - share) * dose_mg)} {in_sentence(chelate.name)}"
    yield f"{mg(dose_mg)} − {mg(share * dose_mg)} = {rest}"
    share_of_nutrient = share * constituents(buffer)[nutrient] / content.held[nutrient]
    yield (
        f"{as_percent(share)} × {high} / {stated} = {as_percent(share_of_nutrient)} of the "
        f"{nutrient} is from {name}"
    )


def _of_part(substance: Substance, mass_mg: float) -> Iterator[str]:
    whole = _mass(catalogue.substance_molar_mass(substance))
    for name, fraction in constituents(substance).items():
        moles = _moles(substance, name)
        if moles == whole:
            continue
        as_acid = " as the free acid" if name in ligands(substance) else ""
        found = f"{mg(mass_mg * fraction)} {name_of(name)}{as_acid}"
        yield f"{mg(mass_mg)} × {moles} / {whole} = {found}"
    for name, fraction in ligands(substance).items():
        moles = _moles(substance, name, fraction)
        found = f"{mg(mass_mg * fraction)} {name_of(name)} as the ligand"
        yield f"{mg(mass_mg)} × {moles} / {whole} = {found}"


def _moles(substance: Substance, name: str, ligand: float | None = None) -> str:
    """Count times molar mass: "2 × 75.067"."""
    nutrient = catalogue.nutrients().get(name)
    if nutrient and nutrient.element:
        count: int | Fraction = catalogue.element_count(substance, name)
        each = molar_mass(nutrient.element)
    else:
        count = catalogue.moiety_counts(substance)[name]
        each = molar_mass(catalogue.moieties()[name].formula)
    if ligand is not None:
        each = ligand * catalogue.substance_molar_mass(substance) / float(count)
    return _mass(each) if count == 1 else f"{number(float(count))} × {_mass(each)}"


def _sums(content: Content, dose_mg: float) -> Iterator[str]:
    """The total of what more than one part brings."""
    for name, fraction in content.held.items():
        shares = [
            share * constituents(substance)[name] * dose_mg
            for substance, share in content.parts
            if name in constituents(substance)
        ]
        if len(shares) > 1:
            terms = " + ".join(mg(share) for share in shares)
            yield f"{terms} = {mg(fraction * dose_mg)} {name_of(name)}"


def _times(dose_mg: float, fraction: float, what: str) -> str:
    return f"{mg(dose_mg)} × {as_percent(fraction)} = {mg(fraction * dose_mg)} {what}"


def _mass(grams_per_mol: float) -> str:
    return f"{grams_per_mol:.3f}"
