"""The values of a composition: masses as intervals in mg per serving, names resolved."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.catalogue.names import Meaning
from chelate.intervals import Interval
from chelate.units import Percent


@dataclass(frozen=True, slots=True)
class Printed:
    """A mass as printed: where, which words, and the interval in mg that they stand for."""

    path: str
    text: str
    interval_mg: Interval
    value_mg: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Printed words that could not be read: `kind` names what is wrong with them."""

    kind: str
    path: str
    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A printed number that could mean two things, and why one of them is meant."""

    path: str
    text: str
    meaning: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source ingredient as the label names it for a nutrient.

    `mass` is the printed mass of the compound itself, `share` the printed mass of the
    element that it brings; either may be missing. `weighed` says that wording makes the
    mass the compound's, whatever it adds up to.
    """

    path: str
    text: str
    meaning: Meaning
    mass: Printed | None = None
    share: Printed | None = None
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A source claim: a nutrient, how much of it is declared, and the sources given.

    `declared` is elemental and per serving, None where the label does not say it
    readably. `beside` are sources of the same nutrient that stand only in the other
    ingredients; `buffered` are the printed words that declare a buffer, with their path;
    `blend` is the printed total of a blend that holds every source; `reading` says how
    the amounts were told apart.
    """

    nutrient: str
    path: str
    text: str
    declared: Printed | None
    sources: tuple[Source, ...]
    beside: tuple[Source, ...] = ()
    buffered: tuple[tuple[str, str], ...] = ()
    blend: Printed | None = None
    reading: str = ""
    inferred_from: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A nutrient row with a percent: what rule families `DV` and `UL` look at."""

    nutrient: str
    path: str
    text: str
    amount: Printed | None
    percent: Percent | None
    percent_path: str
    reference: str
    compound: bool = False


@dataclass(frozen=True, slots=True)
class Serving:
    """The serving: how many units, its mass, and the capsules that hold it."""

    units: float | None = None
    unit: str = ""
    mass: Printed | None = None
    capsule_size: str | None = None
    servings_per_day: float = 1


@dataclass(frozen=True, slots=True)
class Composition:
    """Everything that later stages need to know of a label, resolved."""

    serving: Serving
    claims: tuple[Claim, ...]
    declared: tuple[Declared, ...]
    excipients: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    settled: tuple[Settled, ...] = ()
