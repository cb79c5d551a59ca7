"""The share of a quantity in a part, in exact rationals, from formulas and atomic weights."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from chelate import catalogue
from chelate.formula import atomic_weights, parse_formula
from chelate.verify.certificates import require

LIGAND = " as ligand"


@cache
def fraction(substance: str | None, formula: str, quantity: str) -> Fraction:
    """Grams of a quantity in one gram of a part, from its formula."""
    if quantity == "mass" or not formula:
        return Fraction(quantity == "mass")
    atoms = parse_formula(formula)
    if quantity in atomic_weights():
        return _mass({quantity: atoms.get(quantity, 0)}) / _mass(atoms)
    moiety = quantity.removesuffix(LIGAND)
    require(moiety in catalogue.moieties(), f"{quantity!r} is nothing to count")
    if substance is None:
        return Fraction(0)
    record, known = catalogue.substance(substance), catalogue.moieties()[moiety]
    if quantity == moiety:
        count = Fraction(catalogue.moiety_counts(record).get(moiety, 0))
        return count * _mass(parse_formula(known.formula)) / _mass(atoms)
    bound = (p for p in record.parts if p in (*known.ions, known.formula))
    ligands = (
        Fraction(record.parts[p]) * _mass(parse_formula(catalogue.part_formula(p))) for p in bound
    )
    return sum(ligands, Fraction(0)) / _mass(atoms)


def _mass(atoms: Mapping[str, int | Fraction]) -> Fraction:
    """Grams per mole, from the atomic weights as they are printed."""
    table = atomic_weights()
    return sum((Fraction(str(table[s].weight)) * n for s, n in atoms.items()), Fraction(0))
