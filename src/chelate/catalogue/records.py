"""The records of the catalogue: substances, what words mean, grades, reference values.

Values only. Every record names its sources (keys of `references.toml`) and says with
`verified` whether the cited text was read for it; a CAS number says so for itself.
Percentages are of mass, 0-100, as suppliers print them; functions give fractions 0-1.
Each is loaded once and is equal only to itself, which makes it cheap as a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

Count = int | Fraction
Counts = Mapping[str, Count]
Role = Literal["source", "excipient"]
Kind = Literal[
    "amino-acid-chelate", "organic-salt", "inorganic", "biological", "excipient", "molecule"
]
Scope = Literal["supplemental-only", "all-sources"]
Stoichiometry = Literal["defined", "undefined"]
Basis = Literal["as-is", "dried", "ignited"]
DensityKind = Literal["bulk", "tapped", "tablet", "unstated"]
Confidence = Literal["low", "medium", "high"]
Authority = Literal["law", "guidance"]
Covered = Literal["added-nutrient", "vitamin", "mineral"]
NutrientKind = Literal["vitamin", "mineral", "other"]

_NOTHING: Counts = MappingProxyType({})
_MASS_UNITS_MG = {"g": 1000.0, "mg": 1.0, "µg": 0.001}


def _nothing() -> Counts:
    return _NOTHING


def _mass_mg(amount: float, unit: str) -> float | None:
    factor = _MASS_UNITS_MG.get(unit)
    return None if factor is None else amount * factor


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A document that records cite; `verified` says that its text was read.

    `short` names it in a few words, "" where no output does.
    """

    id: str
    text: str
    verified: bool
    doi: str | None = None
    url: str | None = None
    short: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Substance:
    """A compound of known formula, one record for each hydrate.

    `parts` counts the ions, neutral molecules and waters of a formula unit, each written
    as a formula with its charge at the end ("Mg+2", "C2H4NO2-1", "H2O"). `moieties` names
    what the parts do not show (an ester's acid). `nutrient` is absent for molecules.
    """

    id: str
    name: str
    formula: str
    families: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    roles: tuple[Role, ...] = ("source",)
    nutrient: str | None = None
    parts: Counts = field(default_factory=_nothing)
    moieties: Counts = field(default_factory=_nothing)
    cas: str | None = None
    cas_verified: bool = False
    cid: int | None = None
    cid_verified: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """What a label's wording may mean: the substances that belong to it.

    `words` are wordings of the anion or ligand, read beside the nutrient's own name;
    `phrases` are complete wordings. Both are normalised (lower case, no accents, marks
    or punctuation). An "undefined" stoichiometry has no members to compute with.
    """

    id: str
    name: str
    kind: Kind
    sources: tuple[str, ...]
    verified: bool
    nutrient: str | None = None
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    stoichiometry: Stoichiometry = "defined"
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Moiety:
    """A molecule that compounds release: `formula` is the free acid or base.

    `ions` are the parts of a compound that count as one of it each; `nutrient` is the vitamin
    that it is counted as, by its own mass.
    """

    id: str
    name: str
    formula: str
    sources: tuple[str, ...]
    verified: bool
    ions: tuple[str, ...] = ()
    note: str = ""
    nutrient: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Nutrient:
    """A row of the panel: the words it is printed with, and its element if it is one.

    `valence` turns moles into equivalents; `dv_unit` is the unit of its Daily Value. `forms`
    are what a vitamin is added as; those of `dv_forms` count `dv_factor` in that unit for each
    µg or mg, and beside an amount in it `dv_named` is printed with its own mass. `eu_factors`
    are what each µg or mg of a form counts in `eu_unit`, that of Directive 2002/46/EC, Annex I.
    """

    id: str
    name: str
    words: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    element: str | None = None
    valence: int | None = None
    dv_unit: str | None = None
    forms: tuple[str, ...] = ()
    dv_forms: tuple[str, ...] = ()
    dv_factor: float | None = None
    dv_named: str | None = None
    eu_unit: str | None = None
    eu_factors: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Grade:
    """A raw material as traded: the percentage of the nutrient that its maker states.

    It is of one `family`, and of one `substance` where the maker names the hydrate.
    `parts` are the substances of a buffered grade. `basis` is as-is, dried or ignited.
    """

    id: str
    name: str
    family: str
    low_percent: float
    high_percent: float
    basis: Basis
    sources: tuple[str, ...]
    verified: bool
    substance: str | None = None
    typical_percent: float | None = None
    buffered: bool = False
    parts: tuple[str, ...] = ()
    note: str = ""

    @property
    def of(self) -> str:
        """The substance the grade is of, or its family where the hydrate is open."""
        return self.substance or self.family


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """What a mixture holds of one nutrient or moiety, in percent of its mass as sold.

    Moieties are counted as the free acid. `typical_percent` is what one would print where
    nothing is known of the lot; `note` says where the figures come from.
    """

    of: str
    low_percent: float
    high_percent: float
    typical_percent: float
    sources: tuple[str, ...]
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A material of natural origin without a formula: collagen peptides, fish oil.

    `words` are normalised wordings of its whole name.
    """

    id: str
    name: str
    words: tuple[str, ...]
    holds: tuple[Holding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A brand mark of an ingredient. A mark is not a substance.

    `family` is set only where the mark stands for one; `buffered_known` says that the
    mark is documented on material buffered with another source of the element.
    """

    id: str
    texts: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    owner: str | None = None
    family: str | None = None
    substance: str | None = None
    buffered_known: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Qualifiers:
    """Words beside a name: those that change nothing, hydration, and buffering.

    `otherwise` are what is called buffered without another source of an element.
    """

    innocent: frozenset[str]
    hydrates: Mapping[str, Fraction]
    buffered: frozenset[str]
    unbuffered: frozenset[str]
    otherwise: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Capsule:
    """A two-piece hard capsule size, with the volumes that makers' tables give in mL."""

    size: str
    volume_low_ml: float
    volume_high_ml: float
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """A range of powder density in g/mL; none of these was measured by its source."""

    id: str
    name: str
    kind: DensityKind
    low_g_per_ml: float
    confidence: Confidence
    sources: tuple[str, ...]
    verified: bool
    high_g_per_ml: float | None = None
    family: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FillDensity:
    """The densities that a filled capsule is judged by, in g/mL."""

    usual_low_g_per_ml: float
    usual_high_g_per_ml: float
    ceiling_g_per_ml: float
    confidence: Confidence
    sources: tuple[str, ...]
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceValue:
    """A labelling reference: 100 % of a Daily Value (US) or an NRV (EU).

    The population "adults" of a US edition includes children from 4 years.
    """

    edition: str
    nutrient: str
    population: str
    amount: float
    unit: str
    sources: tuple[str, ...]
    verified: bool

    @property
    def amount_mg(self) -> float | None:
        """In mg, or None where the unit is not a plain mass (IU, RAE, NE, DFE)."""
        return _mass_mg(self.amount, self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class UpperLevel:
    """A daily upper level for ages from `age_from` to `age_to` years, both included."""

    nutrient: str
    authority: str
    population: str
    age_from: int
    amount: float
    unit: str
    scope: Scope
    sources: tuple[str, ...]
    verified: bool
    age_to: int | None = None
    note: str = ""

    @property
    def amount_mg(self) -> float | None:
        """In mg, or None where the unit is not a plain mass."""
        return _mass_mg(self.amount, self.unit)

    def covers(self, age: int) -> bool:
        """Whether the level is for somebody of this age in whole years."""
        return self.age_from <= age and (self.age_to is None or age <= self.age_to)


@dataclass(frozen=True, slots=True, eq=False)
class Caution:
    """What to know before taking a nutrient or moiety, in one sentence."""

    id: str
    of: str
    text: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tolerance:
    """How far what is measured may be from what a label declares, as fractions of that.

    An absent fraction is one that the text does not set. Guidance is not law.
    """

    id: str
    market: str
    basis: Authority
    of: Covered
    sources: tuple[str, ...]
    verified: bool
    low_fraction: float | None = None
    high_fraction: float | None = None
    note: str = ""
