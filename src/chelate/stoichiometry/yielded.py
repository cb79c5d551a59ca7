"""What a dose yields, in mg: its parts, and the elements and moieties that they hold."""

from __future__ import annotations

from dataclasses import dataclass

from chelate import catalogue
from chelate.figures import MassUnit, listed, mass
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import in_sentence, name_of


@dataclass(frozen=True, slots=True)
class Held:
    """One element or moiety, in mg: as named, and the range of what is left open.

    Left open is what the name may mean, and what the digits of an assay stand for.
    A moiety is counted as the free acid or base, which is what a supplement of it is;
    `ligand_mg` is the same moiety as it stands in the compound, None where it is free.
    `known` is false where there is no figure of all of it: `mg` is then that of what has one.
    """

    id: str
    name: str
    mg: float
    range_mg: Interval
    ligand_mg: float | None = None
    ligand_range_mg: Interval | None = None
    known: bool = True

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return catalogue.mass_unit(self.id)

    @property
    def text(self) -> str:
        """So much of it as it is written: "63.6 µg"; "not known" where nothing has a figure."""
        return mass(self.mg, self.unit) if self.mg or self.known else "not known"


@dataclass(frozen=True, slots=True)
class Part:
    """One compound in a material, in mg."""

    id: str
    name: str
    formula: str
    molar_mass_g_per_mol: float
    mg: float


@dataclass(frozen=True, slots=True)
class Yield:
    """What a dose of a material gives, `dose_range_mg` wide where a target was asked for.

    `sources` are the keys of the documents that the figures rest on.
    """

    text: str
    name: str
    dose_mg: float
    dose_range_mg: Interval
    parts: tuple[Part, ...]
    moieties: tuple[Held, ...]
    working: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def unit(self) -> MassUnit:
        """The unit that its dose is written in, by what it brings first."""
        first = self.moieties[0].id if self.moieties else ""
        return catalogue.material_unit(first, self.dose_range_mg.high)

    @property
    def dose(self) -> str:
        """The dose as it is written: "1,419 mg"."""
        return mass(self.dose_mg, self.unit)

    def held(self, name: str) -> Held:
        """The element or moiety with this id; `InputError` if the material has none."""
        for item in self.moieties:
            if item.id == name:
                return item
        known = listed([item.name for item in self.moieties])
        raise InputError(f"{in_sentence(self.name)} yields no {name_of(name)}; it yields {known}")
