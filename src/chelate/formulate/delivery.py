"""A formulation -> what is weighed, and what a serving of it delivers.

An amount is what is wanted of a material; an overage is weighed beyond it, by the
convention that the file names. What is delivered at manufacture is that of all that is
weighed; at the end of the shelf life, what each input's stated loss leaves of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.formulate.errors import EntryError, at
from chelate.intervals import Interval
from chelate.models.formulation import Convention, Formulation, Input
from chelate.stoichiometry import Held, ServingYield, Yield, together, yield_of
from chelate.units import Percent, mass_mg, read_percent


@dataclass(frozen=True, slots=True)
class Overage:
    """A share weighed beyond what is wanted, and how it is applied.

    >>> round(Overage(0.05, "multiply by 1 + x").factor, 4)
    1.05
    >>> round(Overage(0.05, "divide by 1 - x").factor, 4)
    1.0526
    """

    fraction: float
    convention: Convention

    @property
    def factor(self) -> float:
        """What an amount is multiplied by to be weighed."""
        if self.convention == "divide by 1 - x":
            return 1 / (1 - self.fraction)
        return 1 + self.fraction


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An input as it is weighed for a serving, with what it yields.

    `wanted_mg` is its amount before the overage, `at_end` what is left of its elements and
    moieties at the end of the shelf life.
    """

    path: str
    entry: Input
    wanted_mg: float
    weighed_mg: float
    overage: Overage | None
    loss_fraction: float
    taken: Yield
    at_end: tuple[Held, ...]

    @property
    def name(self) -> str:
        """The name that the panel has for it."""
        return self.entry.label_name or self.entry.substance


@dataclass(frozen=True, slots=True)
class Weighed:
    """An excipient, in mg per serving; None where no mass is stated."""

    path: str
    name: str
    weighed_mg: float | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one serving is made of, and what it delivers at manufacture and at the end."""

    formulation: Formulation
    ingredients: tuple[Ingredient, ...]
    excipients: tuple[Weighed, ...]
    moieties: tuple[Held, ...]
    at_end: tuple[Held, ...]

    @property
    def fill_mg(self) -> float:
        """What is filled or pressed: inputs and excipients, without the empty capsules."""
        excipients_mg = sum(each.weighed_mg or 0.0 for each in self.excipients)
        return sum(each.weighed_mg for each in self.ingredients) + excipients_mg

    @property
    def loses(self) -> bool:
        """Whether any input states a loss over the shelf life."""
        return any(each.loss_fraction for each in self.ingredients)

    @property
    def serving(self) -> ServingYield:
        """The same as a serving's yield at manufacture."""
        made = self.formulation
        return ServingYield(
            made.product,
            made.unit,
            made.units_per_serving,
            made.servings_per_day,
            self.fill_mg,
            tuple(each.taken for each in self.ingredients),
            self.moieties,
        )


def delivered(formulation: Formulation) -> Delivery:
    """What a serving of the formulation delivers, input by input and together.

    Raises:
        EntryError: an entry cannot be read; its path is in the error.

    >>> made = delivered(Formulation(product="Plain", inputs=[
    ...     {"substance": "magnesium-oxide", "amount": "500 mg", "overage": "4 %"}]))
    >>> made.fill_mg, round(made.moieties[0].mg, 1)
    (520.0, 313.6)
    """
    _require_known_capsule(formulation.capsule_size)
    ingredients = tuple(
        _ingredient(entry, f"inputs[{index}]", formulation.servings_per_batch)
        for index, entry in enumerate(formulation.inputs)
    )
    return Delivery(
        formulation,
        ingredients,
        tuple(_excipients(formulation)),
        tuple(together(each.taken for each in ingredients)),
        _summed(each.at_end for each in ingredients),
    )


def _summed(several: Iterable[tuple[Held, ...]]) -> tuple[Held, ...]:
    nothing = Interval(0.0, 0.0)
    return tuple(together(Yield("", "", 0.0, nothing, (), held) for held in several))


def _ingredient(entry: Input, path: str, servings: int | None) -> Ingredient:
    wanted_mg = _mass(entry.amount, entry.per_batch, path, servings)
    overage = _overage(entry, path)
    weighed_mg = wanted_mg * (overage.factor if overage else 1.0)
    loss = _fraction(entry.loss, f"{path}.loss")
    taken = _yield(entry, weighed_mg, path)
    at_end = tuple(_left(held, 1 - loss) for held in taken.moieties)
    return Ingredient(path, entry, wanted_mg, weighed_mg, overage, loss, taken, at_end)


def _yield(entry: Input, weighed_mg: float, path: str) -> Yield:
    with at(path):
        return yield_of(
            entry.substance,
            weighed_mg,
            assay=entry.assay,
            assay_basis=entry.assay_basis,
            moisture=entry.moisture,
        )


def _left(held: Held, share: float) -> Held:
    ligand, ligand_range = held.ligand_mg, held.ligand_range_mg
    return replace(
        held,
        mg=held.mg * share,
        range_mg=held.range_mg.scaled(share),
        ligand_mg=None if ligand is None else ligand * share,
        ligand_range_mg=ligand_range and ligand_range.scaled(share),
    )


def _excipients(formulation: Formulation) -> Iterable[Weighed]:
    for index, entry in enumerate(formulation.excipients):
        path = f"excipients[{index}]"
        stated = entry.amount or entry.per_batch
        weighed_mg = (
            _mass(entry.amount, entry.per_batch, path, formulation.servings_per_batch)
            if stated
            else None
        )
        yield Weighed(path, entry.name, weighed_mg)


def _mass(amount: str | None, per_batch: str | None, path: str, servings: int | None) -> float:
    """The mass per serving, in mg, of an amount or of the share of a batch."""
    if amount is not None:
        with at(f"{path}.amount"):
            return mass_mg(amount)
    with at(f"{path}.per_batch"):
        if servings is None:
            raise EntryError("servings_per_batch", "this key is missing, for masses per batch")
        return mass_mg(per_batch or "") / servings


def _overage(entry: Input, path: str) -> Overage | None:
    if entry.overage is None:
        return None
    fraction = _fraction(entry.overage, f"{path}.overage")
    return Overage(fraction, entry.overage_convention)


def _fraction(text: str | None, path: str) -> float:
    """A percentage as a fraction, 0 where none is stated."""
    if text is None:
        return 0.0
    read = read_percent(text)
    if not isinstance(read, Percent) or not 0 <= read.value < 100:
        raise EntryError(path, f'found "{text}", expected a share such as "5 %"')
    return read.value / 100


def _require_known_capsule(size: str | None) -> None:
    known = catalogue.capsules()
    if size is not None and size.strip().upper() not in known:
        expected = ", ".join(known)
        raise EntryError("capsule_size", f'found "{size}", expected one of {expected}')
