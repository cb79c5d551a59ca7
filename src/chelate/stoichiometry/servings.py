"""What several materials yield together, per serving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.figures import MassUnit, mass
from chelate.intervals import total
from chelate.stoichiometry.yielded import Held, Yield


@dataclass(frozen=True, slots=True)
class Claim:
    """A label claim per serving beside what the inputs yield.

    `least_mg` is the least that the printed claim stands for: 199.5 mg for 200 mg.
    """

    id: str
    claimed_mg: float
    least_mg: float
    yield_mg: float

    @property
    def fraction(self) -> float:
        """The yield as a fraction of the claim."""
        return self.yield_mg / self.claimed_mg

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return catalogue.mass_unit(self.id)


@dataclass(frozen=True, slots=True)
class ServingYield:
    """What one serving yields; `mass_mg` is that of inputs and excipients together."""

    product: str
    unit: str
    units_per_serving: int
    servings_per_day: int
    mass_mg: float
    inputs: tuple[Yield, ...]
    moieties: tuple[Held, ...]
    claims: tuple[Claim, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def mass_unit(self) -> MassUnit:
        """The unit that the mass of the serving is written in."""
        is_one = len(self.inputs) == 1 and self.inputs[0].dose_mg == self.mass_mg
        return self.inputs[0].unit if is_one else "mg"


def single(taken: Yield, *, units: int = 1, per_day: int = 1) -> ServingYield:
    """A dose of one material as a serving of `units`, taken `per_day` times."""
    return ServingYield(taken.name, "unit", units, per_day, taken.dose_mg, (taken,), taken.moieties)


def together(inputs: Iterable[Yield]) -> Iterator[Held]:
    """Each element and moiety over all inputs, in order of first mention."""
    found: dict[str, list[Held]] = {}
    for entry in inputs:
        for held in entry.moieties:
            found.setdefault(held.id, []).append(held)
    for several in found.values():
        yield _sum(several)


def _sum(several: list[Held]) -> Held:
    """The sum over inputs; what is free in one input counts as its own ligand mass."""
    first = several[0]
    whole = Held(
        first.id,
        first.name,
        sum(held.mg for held in several),
        total(held.range_mg for held in several),
    )
    if all(held.ligand_mg is None for held in several):
        return whole
    return replace(
        whole,
        ligand_mg=sum(h.mg if h.ligand_mg is None else h.ligand_mg for h in several),
        ligand_range_mg=total(h.ligand_range_mg or h.range_mg for h in several),
    )


def short_of_claim(claim: Claim, name: str) -> str | None:
    """A sentence where the inputs yield less than the least that the claim stands for."""
    if claim.yield_mg >= claim.least_mg:
        return None
    return (
        f"The inputs yield {mass(claim.yield_mg, claim.unit)} {name}, less than the "
        f"{mass(claim.claimed_mg, claim.unit)} claimed."
    )
