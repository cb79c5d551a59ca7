"""What a dose yields, in mg: its parts, and the elements and moieties that they hold."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.figures import listed
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import in_sentence, name_of


@dataclass(frozen=True, slots=True)
class Held:
    """One element or moiety, in mg: as named, and the range of what is left open.

    Left open is what the name may mean, and what the digits of an assay stand for.
    A moiety is counted as the free acid or base, which is what a supplement of it is;
    `ligand_mg` is the same moiety as it stands in the compound, None where it is free.
    """

    id: str
    name: str
    mg: float
    range_mg: Interval
    ligand_mg: float | None = None
    ligand_range_mg: Interval | None = None


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

    def held(self, name: str) -> Held:
        """The element or moiety with this id; `InputError` if the material has none."""
        for item in self.moieties:
            if item.id == name:
                return item
        known = listed([item.name for item in self.moieties])
        raise InputError(f"{in_sentence(self.name)} yields no {name_of(name)}; it yields {known}")
