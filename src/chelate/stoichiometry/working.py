"""The chain of arithmetic, written as a person would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from chelate import catalogue
from chelate.catalogue import Substance
from chelate.figures import assay as as_percent
from chelate.figures import equation, mass, number
from chelate.formula import molar_mass
from chelate.intervals import Interval
from chelate.stoichiometry.assays import Assay
from chelate.stoichiometry.constituents import (
    constituents,
    in_sentence,
    ligands,
    moiety_of,
    name_of,
)
from chelate.stoichiometry.contents import Content
from chelate.stoichiometry.materials import Material
from chelate.stoichiometry.stated import Stated


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
        lines.append(_taken(content, dose_mg, f"× {as_percent(potency.fraction)}", active_mg, of))
        dose_mg = active_mg
    lines += _as_weighed(content, material, assay, moisture.fraction)
    lines += _compounds(content, dose_mg, material, assay, moisture.fraction)
    for substance, share in content.parts:
        lines += _of_part(substance, share * dose_mg, content)
    if not content.parts:
        lines += _without_parts(content, dose_mg)
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
    by = f"/ {as_percent(potency.fraction)}"
    yield _taken(content, active_mg, by, dose_mg, "of the material")


def _back(content: Content, moiety: str, target_mg: float, dose_mg: float, of: str) -> str:
    target = f"{mass(target_mg, catalogue.mass_unit(moiety))} {content.spoken(moiety)}"
    unit = content.unit(dose_mg)
    if len(content.parts) == 1 and abs(content.parts[0][1] - 1) < 1e-12:
        substance = content.parts[0][0]
        moles = _moles(substance, moiety)
        moles = f"({moles})" if "×" in moles else moles
        whole = _mass(catalogue.substance_molar_mass(substance))
        line = equation(target, f"× {whole} / {moles}", dose_mg, unit)
        return f"{line} {in_sentence(substance.name)}"
    return f"{equation(target, f'/ {as_percent(content.held[moiety])}', dose_mg, unit)} {of}"


def _taken(content: Content, mass_mg: float, by: str, result_mg: float, what: str) -> str:
    """The line from one mass of a material, or of what is in it, to another."""
    line = equation(content.written(mass_mg), by, result_mg, content.unit(result_mg))
    return f"{line} {what}"


def _held(taken: str, by: str, result_mg: float | Interval, name: str, content: Content) -> str:
    """The line from a mass of a material to an element or moiety in it."""
    line = equation(taken, by, result_mg, catalogue.mass_unit(name))
    return f"{line} {content.spoken(name)}"


def ends(options: Sequence[Content], dose_mg: float) -> Iterator[str]:
    """The lines from a dose to the lowest and highest mass of each content."""
    dose = options[0].written(dose_mg)
    for name, low, high in _open_contents(options):
        held_mg = Interval(low * dose_mg, high * dose_mg)
        yield _held(dose, f"× {_to(low, high)}", held_mg, name, options[0])


def back_from_ends(options: Sequence[Content], moiety: str, target_mg: float) -> Iterator[str]:
    """The line from a target to the least and the most that it takes."""
    for name, low, high in _open_contents(options):
        if name == moiety and low:
            doses_mg = Interval(target_mg / high, target_mg / low)
            target = f"{mass(target_mg, catalogue.mass_unit(name))} {options[0].spoken(name)}"
            unit = options[0].unit(doses_mg.high)
            yield f"{equation(target, f'/ {_to(high, low)}', doses_mg, unit)} of the material"


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
        yield f"“{assay.text}” is counted as {how}: {counted}"


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
            yield _taken(content, dose_mg, f"× (1 − {moisture:g})", share * dose_mg, name)
        elif abs(share - 1) > 1e-12:
            yield from _content(substance, share, assay.of if assay else material.nutrient)
            yield _taken(content, dose_mg, f"× {as_percent(share)}", share * dose_mg, name)


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
    yield _taken(content, dose_mg, f"× {as_percent(share)}", share * dose_mg, name)
    less, rest = f"− {content.written(share * dose_mg)}", (1 - share) * dose_mg
    yield _taken(content, dose_mg, less, rest, in_sentence(chelate.name))
    share_of_nutrient = share * constituents(buffer)[nutrient] / content.held[nutrient]
    yield (
        f"{as_percent(share)} × {high} / {stated} = {as_percent(share_of_nutrient)} of the "
        f"{nutrient} is from {name}"
    )


def _of_part(substance: Substance, mass_mg: float, content: Content) -> Iterator[str]:
    taken, whole = content.written(mass_mg), _mass(catalogue.substance_molar_mass(substance))
    for name, fraction in constituents(substance).items():
        moles = _moles(substance, name)
        if moles == whole:
            continue
        as_acid = " as the free acid" if name in ligands(substance) else ""
        line = _held(taken, f"× {moles} / {whole}", mass_mg * fraction, name, content)
        yield f"{line}{as_acid}"
    for name, fraction in ligands(substance).items():
        moles = _moles(substance, name, fraction)
        line = _held(taken, f"× {moles} / {whole}", mass_mg * fraction, name, content)
        yield f"{line} as the ligand"


def _moles(substance: Substance, name: str, ligand: float | None = None) -> str:
    """Count times molar mass: "2 × 75.067"."""
    nutrient, moiety = catalogue.nutrients().get(name), moiety_of(name)
    counts = catalogue.moiety_counts(substance)
    if nutrient and nutrient.element:
        count: int | Fraction = catalogue.element_count(substance, name)
        each = molar_mass(nutrient.element)
    elif moiety is None or moiety.id not in counts:  # it counts as itself
        return _mass(catalogue.substance_molar_mass(substance))
    else:
        count, each = counts[moiety.id], molar_mass(moiety.formula)
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
            unit = catalogue.mass_unit(name)
            terms = " + ".join(mass(share, unit) for share in shares)
            yield f"{terms} = {mass(fraction * dose_mg, unit)} {name_of(name)}"


def _without_parts(content: Content, dose_mg: float) -> Iterator[str]:
    """What a material holds that is known by its content alone."""
    for name, fraction in content.held.items():
        if fraction:
            by = f"× {as_percent(fraction)}"
            yield _held(content.written(dose_mg), by, fraction * dose_mg, name, content)


def _mass(grams_per_mol: float) -> str:
    return f"{grams_per_mol:.3f}"
