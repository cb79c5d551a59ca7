"""The values of a composition: masses as intervals in mg per serving, names resolved."""

from __future__ import annotations

from dataclasses import dataclass

from chelate import catalogue
from chelate.catalogue.names import Meaning
from chelate.figures import MassUnit
from chelate.intervals import Interval
from chelate.units import DecimalMark, Money, Percent


@dataclass(frozen=True, slots=True)
class Printed:
    """A mass as printed: where, which words, and the interval in mg that they stand for.

    The interval follows from the text alone (see `exact_ends`): `decimal` is the mark by
    which it was read, the settled one where it was ambiguous; `nutrient` is set only where
    moles or equivalents of it were turned into mg; `parts` are the printed amounts that
    were added up, where the amount itself is printed nowhere.
    """

    path: str
    text: str
    interval_mg: Interval
    value_mg: float
    decimal: DecimalMark = "."
    nutrient: str | None = None
    parts: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Printed words that could not be read: `kind` names what is wrong with them.

    `doubted` is the mass that the words say, where they were read and are not believed.
    """

    kind: str
    path: str
    text: str
    expected: str
    doubted: Printed | None = None


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
    mass the compound's, whatever it adds up to. `at_most` is the fraction of the product
    (0-1) that it is at most, where its list says so: "contains less than 2 % of".
    """

    path: str
    text: str
    meaning: Meaning
    mass: Printed | None = None
    share: Printed | None = None
    weighed: bool = False
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A source claim: a nutrient, how much of it is declared, and the sources given.

    `declared` is elemental and per serving, None where the label does not say it
    readably. `beside` are sources of the same nutrient that stand only in the other
    ingredients; `buffered` are the printed words that declare a buffer, with their path;
    `blend` is the printed total of a blend that holds every source, `around` the totals of
    the blends that hold that blend, and `blend_rest` the largest printed mass of another
    ingredient in it; `reading` says how the amounts were told apart. `ordered` says that the
    sources stand in descending order by weight, as the law prescribes for a list of them.
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
    ordered: bool = False
    blend_rest: Printed | None = None
    around: tuple[Printed, ...] = ()

    @property
    def unit(self) -> MassUnit:
        """The unit that masses of the nutrient are written in."""
        return catalogue.mass_unit(self.nutrient)

    def material_unit(self, mass_mg: float) -> MassUnit:
        """The unit that so much of a source of the nutrient is written in."""
        return catalogue.material_unit(self.nutrient, mass_mg)


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
class DeclaredMoiety:
    """A moiety with a printed mass, in a row of its own or in a clause: glycine, taurine.

    `moiety` is its catalogue id. `claim` is the path of the claim in whose row it is nested,
    None for a row that stands alone: it may be added on top, or be that of a compound.
    `source` is the path of the compound that it is certainly nested in, else None.
    """

    moiety: str
    path: str
    text: str
    amount: Printed
    claim: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """The serving: how many units, its mass, the capsules that hold it, and how many there are.

    `per_container` is the number of servings in a container, a range where it is given roundly.
    `volume` is that of a serving that is no count: a number and its unit.
    """

    units: float | None = None
    unit: str = ""
    mass: Printed | None = None
    capsule_size: str | None = None
    servings_per_day: float = 1
    per_container: Interval | None = None
    volume: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """Everything that later stages need to know of a label, resolved.

    `price` is that of the container as sold.
    """

    serving: Serving
    claims: tuple[Claim, ...]
    declared: tuple[Declared, ...]
    excipients: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    settled: tuple[Settled, ...] = ()
    moieties: tuple[DeclaredMoiety, ...] = ()
    price: Money | None = None
