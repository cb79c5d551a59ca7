"""The arithmetic of a certificate, in exact rationals.

Each constant is computed again from its formula and the atomic weights, and each printed
number read again from its text. Then, for every part that there may be, the statements
times their multipliers must add up to no more than what the objective counts of it, and
their bounds to the bound that is claimed. Masses are never negative, so whatever they are,
the objective is at least that bound; where the objective is nothing and the bound above
nought, the statements contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from chelate import catalogue
from chelate.composition.exact import exact_mg
from chelate.verify import modelling
from chelate.verify.certificates import (
    Certificate,
    Part,
    Printed,
    Statement,
    Term,
    WrongError,
    require,
)
from chelate.verify.shares import fraction

ZERO, ONE = Fraction(0), Fraction(1)
Sums = dict[str, Fraction]


def proved(certificate: Certificate, claim: int | None = None) -> Fraction:
    """The value that a certificate proves of a claim (its index; without one, of any).

    Raises:
        WrongError: it does not follow.
    """
    modelling.check_parts(certificate, claim)
    sums: Sums = {}
    bound = ZERO
    for statement in certificate.statements:
        require(statement.multiplier >= 0, f"the multiplier of {statement.words} is below 0")
        modelling.check_statement(statement, certificate)
        signed = -statement.multiplier if statement.is_most else statement.multiplier
        bound += signed * _bound(statement)
        _add(sums, statement.terms, certificate.parts, signed)
    counted = _counted(certificate.objective, certificate.parts)
    for part in certificate.parts:
        held, allowed = sums.get(part, ZERO), counted.get(part, ZERO)
        require(held <= allowed, f"the statements count more of {part} than the objective does")
    require(bound == certificate.bound, f"the bounds add up to {bound}, not {certificate.bound}")
    return _value(certificate, counted, claim)


def _value(certificate: Certificate, counted: Sums, claim: int | None) -> Fraction:
    """What the bound says of the target: that no share is less is a bound of 0 on the rest."""
    says, bound = certificate.says, certificate.bound
    if certificate.is_contradiction:
        require(not certificate.objective and bound > 0, "nothing is contradicted")
        return bound
    require(says.value is not None, "it says no value")
    value = says.value or ZERO
    is_share = says.target.endswith(" share")
    expected = ZERO if is_share else value if says.sense == "least" else -value
    require(bound == expected, f"the bound {bound} does not say {says.target} {value}")
    claims = modelling.claims(certificate) if claim is None else [claim]
    objectives = (modelling.objective(certificate, k, value) for k in claims)
    fair = any(counted == _counted(terms, certificate.parts) for terms in objectives)
    require(fair, f"the objective is not {says.target}")
    return value


def _bound(statement: Statement) -> Fraction:
    """The bound of a statement, read again from what is printed."""
    found, expected = statement.bound_mg, ZERO
    if statement.kind == "capsules":
        expected = _capsules(statement.printed[0])
    elif statement.kind == "trace":
        expected = _trace(statement.printed[0])
    elif statement.kind not in ("assay", "order"):
        expected = sum((_end(each, statement.is_most) for each in statement.printed), ZERO)
    said = f"{statement.words} is {statement.sense} {expected} mg, not {found}"
    require(found == expected, said)
    return found


def _end(printed: Printed, is_most: bool) -> Fraction:
    """The least, or the most, that printed words stand for, in mg."""
    ends = exact_mg(printed.text, printed.decimal, printed.nutrient)
    if ends is None:
        raise WrongError(f"“{printed.text}” is no mass")
    return ends[is_most]


def _trace(printed: Printed) -> Fraction:
    """The most of an ingredient that a list says to be less than so much of the serving."""
    if printed.fraction is None or printed.of is None:
        raise WrongError(f"“{printed.text}” is a trace of nothing")
    return printed.fraction * _end(printed.of, is_most=True)


def _capsules(printed: Printed) -> Fraction:
    """What so many capsules hold at the highest density considered, in mg."""
    units, size = modelling.capsules(printed)
    most_ml = catalogue.capsules()[size].volume_high_ml
    ceiling = catalogue.fill_density().ceiling_g_per_ml
    return units * Fraction(str(most_ml)) * Fraction(str(ceiling)) * 1000


def _counted(terms: Iterable[Term], parts: Mapping[str, Part]) -> Sums:
    """What terms count of each part, where that is anything."""
    sums: Sums = {}
    _add(sums, terms, parts, ONE)
    return {name: held for name, held in sums.items() if held}


def _add(sums: Sums, terms: Iterable[Term], parts: Mapping[str, Part], times: Fraction) -> None:
    for term in terms:
        for name in term.of:
            part = parts[name]
            held = times * term.factor * fraction(part.substance, part.formula, term.quantity)
            sums[name] = sums.get(name, ZERO) + held
