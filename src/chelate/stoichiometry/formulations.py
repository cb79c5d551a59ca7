"""A formulation -> what its inputs yield together, per serving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chelate import catalogue
from chelate.figures import mg as mg_text
from chelate.findings import InputError
from chelate.intervals import total
from chelate.stoichiometry.contents import constituent_of
from chelate.stoichiometry.doses import Held, OptionError, Yield, yield_of
from chelate.units import Amount, mass_mg, read_amount

if TYPE_CHECKING:
    from chelate.models import Formulation, Input


class FormulationError(InputError):
    """An entry of a formulation that cannot be used; `path` says which: `inputs[0].assay`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


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


@dataclass(frozen=True, slots=True)
class FormulationYield:
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


def single(taken: Yield, *, units: int = 1, per_day: int = 1) -> FormulationYield:
    """A dose of one material as a serving of `units`, taken `per_day` times."""
    return FormulationYield(
        taken.name, "unit", units, per_day, taken.dose_mg, (taken,), taken.moieties
    )


def formulation_yield(formulation: Formulation) -> FormulationYield:
    """What a serving of the formulation yields, input by input and together.

    Raises:
        FormulationError: an input or a claim cannot be read.
    """
    _require_known_capsule(formulation.capsule_size)
    inputs = tuple(_input(entry, f"inputs[{at}]") for at, entry in enumerate(formulation.inputs))
    moieties = tuple(together(inputs))
    excipients_mg = sum(
        _mass(entry.amount, f"excipients[{at}].amount")
        for at, entry in enumerate(formulation.excipients)
        if entry.amount
    )
    return FormulationYield(
        formulation.product,
        formulation.unit,
        formulation.units_per_serving,
        formulation.servings_per_day,
        sum(entry.dose_mg for entry in inputs) + excipients_mg,
        inputs,
        moieties,
        tuple(_claims(formulation.claims, moieties)),
    )


def _input(entry: Input, path: str) -> Yield:
    dose_mg = _mass(entry.amount, f"{path}.amount")
    try:
        return yield_of(
            entry.substance,
            dose_mg,
            assay=entry.assay,
            assay_basis=entry.assay_basis,
            moisture=entry.moisture,
        )
    except OptionError as error:
        raise FormulationError(f"{path}.{error.option}", error.message) from None


def _require_known_capsule(size: str | None) -> None:
    known = catalogue.capsules()
    if size is not None and size.strip().upper() not in known:
        expected = ", ".join(known)
        raise FormulationError("capsule_size", f'found "{size}", expected one of {expected}')


def _mass(text: str, path: str) -> float:
    try:
        return mass_mg(text)
    except InputError as error:
        raise FormulationError(path, error.message) from None


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


def _claims(claims: dict[str, str], moieties: tuple[Held, ...]) -> Iterator[Claim]:
    yields = {held.id: held.mg for held in moieties}
    for words, amount in claims.items():
        path = f"claims.{words}"
        try:
            name = constituent_of(words)
        except InputError as error:
            raise FormulationError(path, error.message) from None
        claimed_mg = _mass(amount, path)
        read = read_amount(amount)
        printed = read.mass_mg if isinstance(read, Amount) else None
        least_mg = printed.low if printed else claimed_mg
        yield Claim(name, claimed_mg, least_mg, yields.get(name, 0.0))


def short_of_claim(claim: Claim, name: str) -> str | None:
    """A sentence where the inputs yield less than the least that the claim stands for."""
    if claim.yield_mg >= claim.least_mg:
        return None
    return (
        f"The inputs yield {mg_text(claim.yield_mg)} {name}, less than the "
        f"{mg_text(claim.claimed_mg)} claimed."
    )
