"""A formulation -> what is weighed, and what a serving of it delivers.

An amount is what is wanted of a material; an overage is weighed beyond it, by the
convention that the file names. What is delivered at manufacture is that of all that is
weighed; at the end of the shelf life, what each input's stated loss leaves of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.figures import MassUnit, mass
from chelate.findings import InputError
from chelate.formulate.errors import EntryError, at
from chelate.formulate.true_names import require_true_names
from chelate.intervals import Interval
from chelate.models.formulation import Convention, Excipient, Formulation, Input
from chelate.stoichiometry import Held, ServingYield, Yield, together, yield_of
from chelate.stoichiometry.defined import defined
from chelate.stoichiometry.materials import Material
from chelate.units import Percent, Price, batch_mg, mass_mg, read_density, read_percent, read_price

MOST_OVERAGE = 10.0


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
    moieties at the end of the shelf life. Density and price are None where none is stated.
    """

    path: str
    entry: Input
    wanted_mg: float
    weighed_mg: float
    overage: Overage | None
    loss_fraction: float
    taken: Yield
    at_end: tuple[Held, ...]
    density_g_per_ml: Interval | None = None
    price: Price | None = None

    @property
    def name(self) -> str:
        """The name that the panel has for it."""
        return self.entry.label_name or self.entry.substance

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return self.taken.unit

    @property
    def weighed(self) -> str:
        """What is weighed of it, as it is written."""
        return mass(self.weighed_mg, self.unit)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An excipient, in mg per serving; None where no mass is stated."""

    path: str
    name: str
    weighed_mg: float | None
    density_g_per_ml: Interval | None = None
    price: Price | None = None

    @property
    def unit(self) -> MassUnit:
        """The unit that its mass is written in."""
        return "mg"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one serving is made of, and what it delivers at manufacture and at the end."""

    formulation: Formulation
    ingredients: tuple[Ingredient, ...]
    excipients: tuple[Weighed, ...]
    moieties: tuple[Held, ...]
    at_end: tuple[Held, ...]

    @property
    def materials(self) -> tuple[Ingredient | Weighed, ...]:
        """Inputs and excipients, in the order of the file."""
        return (*self.ingredients, *self.excipients)

    @property
    def fill_mg(self) -> float:
        """What is filled or pressed: inputs and excipients, without the empty capsules."""
        return sum(each.weighed_mg or 0.0 for each in self.materials)

    @property
    def loses(self) -> bool:
        """Whether anything that is counted is lost over the shelf life."""
        return any(each.loss_fraction and each.at_end for each in self.ingredients)

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
    ...     {"substance": "magnesium-oxide", "amount": "500 mg", "overage": "4 %",
    ...      "overage_convention": "multiply"}]))
    >>> made.fill_mg, round(made.moieties[0].mg, 1)
    (520.0, 313.6)
    """
    _require_known_capsule(formulation.capsule_size)
    ingredients = tuple(
        _ingredient(entry, f"inputs[{index}]", formulation.servings_per_batch)
        for index, entry in enumerate(formulation.inputs)
    )
    excipients = tuple(
        _excipient(entry, f"excipients[{index}]", formulation.servings_per_batch)
        for index, entry in enumerate(formulation.excipients)
    )
    return Delivery(
        formulation,
        ingredients,
        excipients,
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
    loss = _share(entry.loss, f"{path}.loss") if entry.loss is not None else 0.0
    taken = _yield(entry, weighed_mg, path)
    return Ingredient(
        path,
        entry,
        wanted_mg,
        weighed_mg,
        overage,
        loss,
        taken,
        tuple(_left(held, 1 - loss) for held in taken.moieties),
        _density(entry, path),
        _price(entry, path),
    )


def _yield(entry: Input, weighed_mg: float, path: str) -> Yield:
    material = _material(entry, path)
    require_true_names(entry, path, material)
    with at(path):
        return yield_of(
            material,
            weighed_mg,
            assay=entry.assay,
            assay_basis=entry.assay_basis,
            moisture=entry.moisture,
            potency=entry.potency,
        )


def _material(entry: Input, path: str) -> str | Material:
    """The name of the catalogue's material, or the material that is defined in place."""
    own = entry.define
    if own is None:
        return entry.substance
    with at(f"{path}.define"):
        return defined(
            entry.substance,
            formula=own.formula,
            moieties=own.moieties or None,
            holds=own.holds or None,
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


def _excipient(entry: Excipient, path: str, servings: int | None) -> Weighed:
    amount, per_batch = entry.amount, entry.per_batch
    is_weighed = amount is not None or per_batch is not None
    weighed_mg = _mass(amount, per_batch, path, servings) if is_weighed else None
    return Weighed(path, entry.name, weighed_mg, _density(entry, path), _price(entry, path))


def _density(entry: Input | Excipient, path: str) -> Interval | None:
    with at(f"{path}.density"):
        return None if entry.density is None else read_density(entry.density)


def _price(entry: Input | Excipient, path: str) -> Price | None:
    with at(f"{path}.price"):
        return None if entry.price is None else read_price(entry.price)


def _mass(amount: str | None, per_batch: str | None, path: str, servings: int | None) -> float:
    """The mass per serving, in mg, of an amount or of the share of a batch."""
    if amount is not None:
        with at(f"{path}.amount"):
            return mass_mg(amount)
    with at(f"{path}.per_batch"):
        whole_mg = batch_mg(per_batch or "")
        if servings is None:
            raise InputError(
                f'found "{per_batch}" and no servings_per_batch, expected it beside masses '
                "per batch: servings_per_batch: 10000"
            )
        return whole_mg / servings


def _overage(entry: Input, path: str) -> Overage | None:
    convention = entry.overage_convention
    if entry.overage is None:
        if convention is not None:
            raise EntryError(
                f"{path}.overage_convention",
                f'found "{convention}" and no overage, expected the overage that it is for: '
                "overage: 5 %",
            )
        return None
    most = None if convention == "divide by 1 - x" else MOST_OVERAGE
    fraction = _share(entry.overage, f"{path}.overage", most=most)
    if convention is None:
        raise EntryError(
            f"{path}.overage",
            f'found "{entry.overage}" and no overage_convention, expected multiply '
            "(by 1 + x) or divide (by 1 - x) beside it",
        )
    return Overage(fraction, convention)


def _share(text: str, path: str, *, most: float | None = None) -> float:
    """A percentage as a fraction: below 1, or at most `most`."""
    read = read_percent(text)
    if isinstance(read, Percent) and read.operator == "=" and "%" in text:
        fraction = read.value / 100
        if fraction < 1 or (most is not None and fraction <= most):
            return fraction
    allowed = "below 100 %" if most is None else f"up to {most * 100:,.0f} %"
    raise EntryError(path, f'found "{text}", expected a share {allowed} such as "5 %"')


def _require_known_capsule(size: str | None) -> None:
    known = catalogue.capsules()
    if size is not None and size.strip().upper() not in known:
        expected = ", ".join(known)
        raise EntryError("capsule_size", f'found "{size}", expected one of {expected}')
