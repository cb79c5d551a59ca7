"""What follows from a substance's formula and parts: element and moiety fractions, water.

All fractions are grams in one gram, 0-1, from the atomic weights of `formula`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from chelate.catalogue import load
from chelate.catalogue.records import Count, Family, Grade, Substance
from chelate.findings import InputError
from chelate.formula import mass_fraction, molar_mass, molar_mass_uncertainty, parse_formula

WATER = "H2O"
_CHARGE = re.compile(r"(?P<formula>.+?)(?P<charge>[+-]\d+)?")


def part_formula(part: str) -> str:
    """A part without its charge: "C2H4NO2-1" is C2H4NO2."""
    return _split(part)[0]


def part_charge(part: str) -> int:
    """The charge at the end of a part, 0 for a neutral molecule.

    >>> part_charge("Mg+2"), part_charge("C2H4NO2-1"), part_charge("H2O")
    (2, -1, 0)
    """
    return _split(part)[1]


def _split(part: str) -> tuple[str, int]:
    match = _CHARGE.fullmatch(part)
    if match is None:
        raise InputError(f"found {part!r}, expected a formula with its charge at the end")
    return match["formula"], int(match["charge"] or 0)


@cache
def substance_molar_mass(substance: Substance) -> float:
    """Molar mass in g/mol, its waters included."""
    return molar_mass(substance.formula)


@cache
def element_count(substance: Substance, nutrient: str | None = None) -> Count:
    """Atoms of the nutrient's element in a formula unit; the substance's own by default.

    >>> element_count(load.substance("trimagnesium-dicitrate"))
    3
    """
    return parse_formula(substance.formula).get(_element(substance, nutrient), 0)


@cache
def element_fraction(substance: Substance, nutrient: str | None = None) -> float:
    """Grams of the nutrient's element in one gram of the substance.

    >>> round(element_fraction(load.substance("magnesium-bisglycinate")), 5)
    0.14096
    """
    element = _element(substance, nutrient)
    count = element_count(substance, nutrient)
    return mass_fraction(element, substance.formula, count=float(count))


@cache
def element_fraction_uncertainty(substance: Substance, nutrient: str | None = None) -> float:
    """The most that `element_fraction` may be off by, relative to it, by the atomic weights.

    >>> bisglycinate = load.substance("magnesium-bisglycinate")
    >>> element_fraction_uncertainty(bisglycinate) < 0.0003
    True
    """
    element = _element(substance, nutrient)
    own = molar_mass_uncertainty(element) / molar_mass(element)
    whole = molar_mass_uncertainty(substance.formula) / molar_mass(substance.formula)
    return own + whole


def _element(substance: Substance, nutrient: str | None) -> str:
    name = nutrient or substance.nutrient
    element = load.find(load.nutrients(), name, "nutrient").element if name else None
    if element is None:
        raise InputError(f"found {substance.id}, expected a substance with a mineral nutrient")
    return element


@cache
def moiety_counts(substance: Substance) -> Mapping[str, Count]:
    """Moieties in a formula unit, by id: what the parts are, and what is named apart.

    >>> dict(moiety_counts(load.substance("magnesium-lysinate-glycinate")))
    {'glycine': 1, 'l-lysine': 1}
    """
    counts: dict[str, Count] = dict(substance.moieties)
    for part, count in substance.parts.items():
        if name := _moiety_of_part().get(part):
            counts[name] = counts.get(name, 0) + count
    return MappingProxyType(counts)


@cache
def _moiety_of_part() -> Mapping[str, str]:
    return {
        part: moiety.id
        for moiety in load.moieties().values()
        for part in (moiety.formula, *moiety.ions)
    }


@cache
def moiety_fraction(substance: Substance, moiety_id: str, *, as_ligand: bool = False) -> float:
    """Grams of a moiety in one gram of the substance; 0 where it has none.

    As the free acid (what a supplement of it is) by default; `as_ligand` takes the part
    as it stands in the compound, without the protons that the free acid has more.

    >>> bisglycinate = load.substance("magnesium-bisglycinate")
    >>> round(moiety_fraction(bisglycinate, "glycine"), 4)
    0.8707
    >>> round(moiety_fraction(bisglycinate, "glycine", as_ligand=True), 4)
    0.859
    """
    moiety = load.find(load.moieties(), moiety_id, "moiety")
    if as_ligand:
        return sum(_ligands(substance, moiety_id)) / substance_molar_mass(substance)
    count = float(moiety_counts(substance).get(moiety_id, 0))
    return mass_fraction(moiety.formula, substance.formula, count=count)


def _ligands(substance: Substance, moiety_id: str) -> Iterator[float]:
    if moiety_id in substance.moieties:
        raise InputError(f"{substance.id} holds {moiety_id} in another molecule, not as a ligand")
    for part, count in substance.parts.items():
        if _moiety_of_part().get(part) == moiety_id:
            yield float(count) * molar_mass(part_formula(part))


def water(substance: Substance) -> Fraction:
    """Waters of hydration in a formula unit.

    >>> water(load.substance("magnesium-bisglycinate-dihydrate"))
    Fraction(2, 1)
    """
    return Fraction(substance.parts.get(WATER, 0))


@cache
def family_members(family_id: str) -> tuple[Substance, ...]:
    """The substances of a family, in catalogue order; none where it has no stoichiometry."""
    load.find(load.families(), family_id, "family")
    return _members().get(family_id, ())


@cache
def _members() -> Mapping[str, tuple[Substance, ...]]:
    members: dict[str, tuple[Substance, ...]] = {}
    for substance in load.substances().values():
        for family in substance.families:
            members[family] = (*members.get(family, ()), substance)
    return members


@cache
def documented_range(family_id: str) -> tuple[float, float] | None:
    """Lowest and highest element fraction of a family's members and unbuffered grades.

    None where there is neither: a family without stoichiometry and without an assay.

    >>> low, high = documented_range("magnesium-bisglycinate")
    >>> round(low, 4), round(high, 4)
    (0.0994, 0.141)
    """
    family = load.find(load.families(), family_id, "family")
    known = [*_stoichiometric(family), *_assayed(family)]
    return (min(known), max(known)) if known else None


def _stoichiometric(family: Family) -> Iterator[float]:
    for member in family_members(family.id):
        yield element_fraction(member, family.nutrient)


def _assayed(family: Family) -> Iterator[float]:
    for grade in load.grades().values():
        if not grade.buffered and _belongs(grade, family):
            yield from (grade.low_percent / 100, grade.high_percent / 100)


def _belongs(grade: Grade, family: Family) -> bool:
    """A grade of one substance documents every family that the substance is in."""
    named = load.substances()[grade.substance].families if grade.substance else ()
    return family.id in (grade.family, *named)
