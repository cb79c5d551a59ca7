"""The chain of arithmetic, written as a person would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.figures import assay as as_percent
from chelate.figures import mg, mg_range, number
from chelate.formula import molar_mass
from chelate.intervals import Interval
from chelate.stoichiometry.assays import Assay, Stated
from chelate.stoichiometry.constituents import constituents, in_sentence, ligands, name_of
from chelate.stoichiometry.contents import Content
from chelate.stoichiometry.materials import Material


def forward(
    content: Content,
    dose_mg: float,
    material: Material,
    assay: Assay | None,
    moisture: Stated,
    potency: Stated,
) -> list[str]:
    """The lines from a dose of material to its elements and moieties."""
    lines = [*_as_counted(content, assay)]
    if potency.fraction < 1:
        active_mg = dose_mg * potency.fraction
        of = in_sentence(material.name)
        lines.append(f"{mg(dose_mg)} × {as_percent(potency.fraction)} = {mg(active_mg)} {of}")
        dose_mg = active_mg
    lines += _as_weighed(content, material, assay, moisture.fraction)
    lines += _compounds(content, dose_mg, material, assay, moisture.fraction)
    for substance, share in content.parts:
        lines += _of_part(substance, share * dose_mg)
    if not content.parts:
        lines += [_times(dose_mg, held, name_of(name)) for name, held in content.held.items()]
    return lines + list(_sums(content, dose_mg))


def back(
    content: Content, moiety: str, target_mg: float, dose_mg: float, potency: Stated
) -> Iterator[str]:
    """The lines from a target back to the dose."""
    if potency.fraction == 1:
        yield _back(content, moiety, target_mg, dose_mg, "of the material")
        return
    active_mg = dose_mg * potency.fraction
    yield _back(content, moiety, target_mg, active_mg, "undiluted")
    yield f"{mg(active_mg)} / {as_percent(potency.fraction)} = {mg(dose_mg)} of the material"


def _back(content: Content, moiety: str, target_mg: float, dose_mg: float, of: str) -> str:
    if len(content.parts) == 1 and abs(content.parts[0][1] - 1) < 1e-12:
        substance = content.parts[0][0]
        moles = _moles(substance, moiety)
        moles = f"({moles})" if "×" in moles else moles
        whole = _mass(catalogue.substance_molar_mass(substance))
        taken = f"{mg(dose_mg)} {in_sentence(substance.name)}"
        return f"{mg(target_mg)} {name_of(moiety)} × {whole} / {moles} = {taken}"
    fraction = as_percent(content.held[moiety])
    return f"{mg(target_mg)} {name_of(moiety)} / {fraction} = {mg(dose_mg)} {of}"


def ends(options: Iterable[Content], dose_mg: float) -> Iterator[str]:
    """The lines from a dose to the lowest and highest mass of each content."""
    for name, low, high in _open_contents(options):
        masses = mg_range(Interval(low * dose_mg, high * dose_mg))
        yield f"{mg(dose_mg)} × {_to(low, high)} = {masses} {name_of(name)}"


def back_from_ends(options: Iterable[Content], moiety: str, target_mg: float) -> Iterator[str]:
    """The line from a target to the least and the most that it takes."""
    for name, low, high in _open_contents(options):
        if name == moiety:
            doses = mg_range(Interval(target_mg / high, target_mg / low))
            of = f"{mg(target_mg)} {name_of(moiety)}"
            yield f"{of} / {_to(high, low)} = {doses} of the material"


def _open_contents(options: Iterable[Content]) -> Iterator[tuple[str, float, float]]:
    held = [option.held for option in options]
    for name in held[0]:
        low, high = min(each[name] for each in held), max(each[name] for each in held)
        if low < high:
            yield name, low, high


def _to(first: float, last: float) -> str:
    return f"{as_percent(first)} to {as_percent(last)}"


def _counted(content: Content, assay: Assay) -> float:
    """The figure that an assay is counted with, as weighed."""
    if assay.of is not None:
        return content.held[assay.of]
    return sum(share for _, share in content.parts) or assay.stated.fraction


def _as_counted(content: Content, assay: Assay | None) -> Iterator[str]:
    """The figure that is taken of an assay with two ends, or with one."""
    if assay is not None and assay.stated.form != "figure":
        of_range = assay.stated.form == "range"
        how = "the middle of what it may be" if of_range else "its least"
        counted = as_percent(_counted(content, assay) / (1 - assay.moisture))
        yield f'"{assay.text}" is counted as {how}: {counted}'


def _as_weighed(
    content: Content, material: Material, assay: Assay | None, moisture: float
) -> Iterator[str]:
    """The stated content of the dried material, of an assay or of a grade, as weighed."""
    if assay is not None and assay.moisture:
        fraction, moisture = _counted(content, assay), assay.moisture
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
    elif name not in catalogue.moieties():  # it counts as itself
        return _mass(catalogue.substance_molar_mass(substance))
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
