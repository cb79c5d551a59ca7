"""What a certificate is: its parts, its statements, and the words that they stand on.

Everything is read strictly: rationals are short enough to reckon with, every name in it is
one that it lists, and every constant one that the catalogue has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

_RATIONAL = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?")

Kind = Literal[
    "declared", "share", "compound", "blend", "rest", "serving", "capsules", "moiety",
    "trace", "assay", "order",
]  # fmt: skip


class WrongError(Exception):
    """Something in a certificate does not follow; the text says what."""


def require(holds: object, message: str) -> None:
    """Go on only if it holds.

    Raises:
        WrongError: it does not.
    """
    if not holds:
        raise WrongError(message)


def rational(value: object) -> Fraction:
    """The rational in a text.

    >>> rational("-3/4")
    Fraction(-3, 4)
    """
    if not isinstance(value, str) or not _RATIONAL.fullmatch(value):
        raise ValueError('expected a rational such as "3/4"')
    over, _, under = value.partition("/")
    if under and int(under) == 0:
        raise ValueError("nothing can be divided by 0")
    return Fraction(int(over), int(under or 1))


def decimal(value: object) -> Fraction:
    """The rational that a decimal stands for, in a text.

    >>> decimal("1.50"), decimal("3e-05")
    (Fraction(3, 2), Fraction(3, 100000))
    """
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError("expected a number")
    return Fraction(value)


Rational = Annotated[Fraction, BeforeValidator(rational)]
Decimal = Annotated[Fraction, BeforeValidator(decimal)]


class Frozen(BaseModel):
    """Frozen; keys that are not known are left alone, since keys may be added."""

    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True)


class Part(Frozen):
    """An unknown mass of a substance, of an element, or of other matter, in one slot."""

    slot: str
    substance: str | None
    formula: str


class Slot(Frozen):
    """A source as the label prints it."""

    path: str
    text: str
    nutrient: str


class Term(Frozen):
    """A factor times a quantity summed over parts."""

    factor: Rational
    quantity: str
    of: tuple[str, ...]


class Printed(Frozen):
    """Printed words; of capsules, how many of which size; of a trace, what fraction of what."""

    path: str
    text: str
    decimal: Literal[".", ",", "?"] = "."
    nutrient: str | None = None
    units: str | None = None
    size: str | None = None
    fraction: Decimal | None = None
    of: Printed | None = None


class Statement(Frozen):
    """Printed words as an inequality, and how often the proof counts it."""

    id: str
    kind: Kind
    sense: Literal["at least", "at most"]
    bound_mg: Rational
    multiplier: Rational
    terms: tuple[Term, ...]
    printed: tuple[Printed, ...]

    @property
    def words(self) -> str:
        """The printed words behind it."""
        return f"“{' + '.join(printed.text for printed in self.printed)}”"

    @property
    def is_most(self) -> bool:
        """Whether it is an upper limit."""
        return self.sense == "at most"


class Says(Frozen):
    """What is proved: the least or the most of a target, or a contradiction."""

    target: str
    sense: Literal["least", "most"] = "least"
    value: Rational | None = None


class Certificate(Frozen):
    """A proof: statements times multipliers add up to no more than the objective."""

    says: Says
    objective: tuple[Term, ...]
    bound: Rational
    slots: Mapping[str, Slot]
    parts: Mapping[str, Part]
    statements: tuple[Statement, ...]
    reading: str | None = None

    @model_validator(mode="after")
    def _names_what_it_lists(self) -> Certificate:
        terms = [*self.objective, *(term for s in self.statements for term in s.terms)]
        for name in (name for term in terms for name in term.of):
            if name not in self.parts:
                raise ValueError(f"{name!r} is none of its parts")
        for name in self.slots:
            if not re.fullmatch(r"[1-9][0-9]{0,5}\.[1-9][0-9]{0,5}", name):
                raise ValueError(f"{name!r} is no slot of a claim")
        if any(not s.printed for s in self.statements):
            raise ValueError("a statement has no printed words")
        return self

    @property
    def is_contradiction(self) -> bool:
        """Whether it shows that statements cannot all be true."""
        return self.says.target == "contradiction"
