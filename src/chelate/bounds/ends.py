"""What solving gives, however it was solved: ends of ranges, witnesses, contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal, Protocol

from chelate.bounds.parts import (
    Built,
)
from chelate.bounds.statements import Objective, Term

Sense = Literal["least", "most"]
CLAIMED, ELSEWHERE = "claimed", "elsewhere"
CLAIMED_SHARE, ELSEWHERE_SHARE = "claimed share", "elsewhere share"
OF_SHARE = {CLAIMED_SHARE: CLAIMED, ELSEWHERE_SHARE: ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Portion:
    """One substance of a witness, so many mg of it, so many mg of the claim's element in it.

    `substance` is a catalogue id; None for an element from anything, "" for other matter.
    `name` is the source as printed, "" for what comes from elsewhere.
    """

    substance: str | None
    name: str
    mass_mg: float
    element_mg: float


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: the least or the most of a target, in mg or as a fraction.

    `witness` is a recipe that reaches it and fits everything printed.
    """

    target: str
    sense: Sense
    value: float
    witness: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that cannot all be true: times their multipliers they miss by `gap` mg."""

    multipliers: Mapping[str, float]
    gap: float


@dataclass(frozen=True, slots=True)
class Proof:
    """Statements times multipliers, exactly: their sum says that `objective` >= `bound`.

    Of a contradiction the objective is nothing, and the bound above zero. Of a share, which
    `share` is, the objective is the part less the share times the whole, and the bound 0.
    """

    objective: Objective
    bound: Fraction
    multipliers: Mapping[str, Fraction]
    share: Fraction = Fraction(0)


class Feasible(Protocol):
    """The recipes that a view of a label leaves open for one claim."""

    @property
    def built(self) -> Built:
        """The statements."""

    def end(self, target: str, sense: Sense) -> End | None:
        """An end of a target: an amount, a share, a moiety.

        None where no recipe fits, or the claim declares no amount.
        """

    def proof(self, end: End) -> Proof:
        """The proof of an end; the bound is in the sense of "at least" (of its negative)."""

    def contradiction(self) -> Contradiction | None:
        """A smallest set of statements that cannot all be true; None where a recipe fits."""

    def refutation(self) -> Proof:
        """The proof of the contradiction."""


def objective(
    built: Built, k: int, target: str, sense: Sense, share: Fraction = Fraction(0)
) -> Objective:
    """The sum of terms that an end makes least; of a share, what is 0 where it is reached.

    A target is an amount, a share, the id of a slot for what its source brings, or a moiety.

    "Most" is the least of the negative. A share σ of the total is least where the part less
    σ times the total is never below 0.
    """
    amounts = {CLAIMED: built.claimed, ELSEWHERE: built.beyond}
    amounts |= {slot.id: partial(built.given, slot=slot.id) for slot in built.slots}
    if target in OF_SHARE:
        terms = (*amounts[OF_SHARE[target]](k), *times(built.total(k), -share))
    else:
        terms = amounts[target](k) if target in amounts else built.moiety(k, target)
    return terms if sense == "least" else times(terms, Fraction(-1))


def times(terms: Objective, factor: Fraction) -> Objective:
    """A sum of terms times a factor."""
    return tuple(Term(term.quantity, term.of, term.factor * factor) for term in terms)
