"""What a label says of unknown masses: parts, statements over them, and the constants.

A *part* is an unknown mass of one substance in one place of the product. A *statement* is
one printed figure as a linear inequality over parts: so much of a quantity (mass, an
element, a moiety) in these parts is at least, or at most, so many mg. Coefficients are
mass fractions; each is a float here for the solver and an exact rational for proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from chelate import catalogue
from chelate.composition import Printed
from chelate.formula import atomic_weights, parse_formula

Sense = Literal["at least", "at most"]
Basis = Literal["printed", "assumed", "documented", "law"]
Kind = Literal[
    "declared", "share", "compound", "blend", "rest", "serving", "capsules", "moiety",
    "trace", "assay", "order",
]  # fmt: skip
MASS = "mass"
LIGAND = " as ligand"


@dataclass(frozen=True, slots=True)
class Part:
    """An unknown mass, in mg per serving, of one substance.

    `slot` says where it stands: a source that the label names, or elsewhere. `substance` is
    its catalogue id, None for an element of unknown company and for other matter, whose
    `formula` is empty: carriers, moisture, everything that holds none of what is counted.
    """

    id: str
    slot: str
    substance: str | None
    formula: str


@dataclass(frozen=True, slots=True)
class Term:
    """`factor` times a quantity summed over parts.

    The quantity is "mass", an element's symbol, a moiety's id (as the free acid) or the
    same with " as ligand".
    """

    quantity: str
    of: tuple[Part, ...]
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed figure as an inequality: the sum of its terms is at least, or at most, `bound`.

    `bound` is in mg. `basis` says what it rests on: the print itself, an assumption (a
    density), what is documented of the trade, or the order that law prescribes. `claim` is
    the index of the source claim that it belongs to, None where it holds the whole serving.
    `exact_bound` is the bound of a statement that is not of a printed amount.
    """

    id: str
    kind: Kind
    sense: Sense
    bound: float
    terms: tuple[Term, ...]
    path: str
    text: str
    basis: Basis = "printed"
    claim: int | None = None
    printed: Printed | None = None
    exact_bound: Fraction = Fraction(0)

    @property
    def sign(self) -> int:
        """1 for "at least", -1 for "at most": sign × (sum - bound) is never negative."""
        return 1 if self.sense == "at least" else -1

    def row(self) -> dict[str, float]:
        """The coefficient of each part, by its id, as floats."""
        found: dict[str, float] = {}
        for term in self.terms:
            factor = float(term.factor)
            for part in term.of:
                held = factor * fraction(part, term.quantity)
                if held:
                    found[part.id] = found.get(part.id, 0.0) + held
        return found


@dataclass(frozen=True, slots=True)
class Problem:
    """Parts that are never negative, and every statement about them."""

    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]

    def without(self, statement: Statement) -> Problem:
        """The same with one statement left out."""
        return Problem(self.parts, tuple(s for s in self.statements if s is not statement))


Objective = tuple[Term, ...]


def summed(quantity: str, parts: Iterable[Part]) -> Objective:
    """A quantity summed over parts."""
    return (Term(quantity, tuple(parts)),)


def vector(terms: Iterable[Term]) -> dict[str, float]:
    """The coefficient of each part in a sum of terms, by part id, as floats."""
    found: dict[str, float] = {}
    for term in terms:
        for part in term.of:
            held = float(term.factor) * fraction(part, term.quantity)
            found[part.id] = found.get(part.id, 0.0) + held
    return found


def exact_vector(terms: Iterable[Term]) -> dict[str, Fraction]:
    """The same, exactly."""
    found: dict[str, Fraction] = {}
    for term in terms:
        for part in term.of:
            held = term.factor * exact_fraction(part.substance, part.formula, term.quantity)
            found[part.id] = found.get(part.id, Fraction(0)) + held
    return found


def fraction(part: Part, quantity: str) -> float:
    """Grams of a quantity in one gram of a part."""
    return _fraction(part.substance, part.formula, quantity)


@cache
def _fraction(substance: str | None, formula: str, quantity: str) -> float:
    return float(exact_fraction(substance, formula, quantity))


@cache
def exact_fraction(substance: str | None, formula: str, quantity: str) -> Fraction:
    """Grams of a quantity in one gram of a formula, as an exact rational.

    >>> exact_fraction("magnesium-bisglycinate", "Mg(C2H4NO2)2", "Mg")
    Fraction(24305, 172423)
    >>> exact_fraction(None, "", "mass")
    Fraction(1, 1)
    """
    if quantity == MASS:
        return Fraction(1)
    if not formula:
        return Fraction(0)
    whole = _exact_mass(parse_formula(formula))
    if quantity in atomic_weights():
        return _exact_weight(quantity) * parse_formula(formula).get(quantity, 0) / whole
    return _exact_moiety(substance, quantity) / whole


def _exact_moiety(substance: str | None, quantity: str) -> Fraction:
    """Grams of a moiety in one mole of a catalogued substance."""
    moiety = quantity.removesuffix(LIGAND)
    if substance is None:
        return Fraction(0)
    record = catalogue.substance(substance)
    if quantity == moiety:
        free = _exact_mass(parse_formula(catalogue.moieties()[moiety].formula))
        return free * Fraction(catalogue.moiety_counts(record).get(moiety, 0))
    ions = catalogue.moieties()[moiety]
    return sum(
        (
            Fraction(count) * _exact_mass(parse_formula(catalogue.part_formula(part)))
            for part, count in record.parts.items()
            if part in ions.ions or part == ions.formula
        ),
        Fraction(0),
    )


def _exact_mass(atoms: Mapping[str, int | Fraction]) -> Fraction:
    return sum((_exact_weight(symbol) * count for symbol, count in atoms.items()), Fraction(0))


@cache
def _exact_weight(symbol: str) -> Fraction:
    """An atomic weight as its decimal is printed: 24305/1000 for 24.305."""
    return Fraction(str(atomic_weights()[symbol].weight))
