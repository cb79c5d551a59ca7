"""A specification -> the problem: materials, packing, and wishes, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate import catalogue
from chelate.figures import listed
from chelate.formulate import capsules
from chelate.formulate.cost import cost_of
from chelate.formulate.delivery import Delivery, Ingredient, Weighed, delivered
from chelate.formulate.design.problem import Density, Material, Packing, Problem
from chelate.formulate.design.wishes import wishes_of
from chelate.formulate.design.words import unit_of
from chelate.formulate.errors import EntryError, at
from chelate.models.design import DesignSpec
from chelate.models.formulation import Formulation, Input
from chelate.units import mass_mg, read_density

SHARED = (
    "substance", "define", "label_name", "assay", "assay_basis", "moisture", "potency",
    "overage", "overage_convention", "loss", "price", "density",
)  # fmt: skip


def problem_of(spec: DesignSpec) -> Problem:
    """What a specification asks for.

    Raises:
        EntryError: an entry cannot be used, or asks for what no candidate can bring.
    """
    _require_sense(spec)
    _require_losses(spec)
    made = _probe(spec)
    materials = tuple(map(_material, made.ingredients))
    packing = _packing(spec, made)
    _require_prices(spec, made)
    return Problem(materials, packing, wishes_of(spec, materials, packing), spec.objective)


def input_of(spec: DesignSpec, index: int, amount: str, *, density: str | None = None) -> Input:
    """A candidate as an input of so much; `density` instead of its own where one is given."""
    candidate = spec.candidates[index]
    taken = {name: getattr(candidate, name) for name in SHARED}
    return Input(**taken | {"amount": amount} | ({"density": density} if density else {}))


def _probe(spec: DesignSpec) -> Delivery:
    """A gram of every candidate, which says what each holds; errors at the candidate's path."""
    inputs = tuple(input_of(spec, index, "1 g") for index in range(len(spec.candidates)))
    formulation = Formulation(
        product=spec.product,
        capsule_size=spec.capsule_size,
        inputs=inputs,
        excipients=spec.excipients,
    )
    try:
        made = delivered(formulation)
        cost_of(made)
    except EntryError as error:
        path = error.path.replace("inputs[", "candidates[")
        raise EntryError(path, error.message.removeprefix(f"{error.path}: ")) from None
    return made


def _material(made: Ingredient) -> Material:
    holds = {held.id: held.mg / made.wanted_mg for held in made.taken.moieties if held.mg > 0}
    spoken = {held.id: held.name for held in made.taken.moieties}
    path = made.path.replace("inputs[", "candidates[")
    called = (made.entry.substance, made.entry.label_name or "", made.taken.name)
    weighed, left = made.weighed_mg / made.wanted_mg, 1 - made.loss_fraction
    names = tuple(filter(None, called))
    return Material(path, _name(made), names, holds, spoken, made.price, weighed, left)


def _name(made: Ingredient) -> str:
    """The candidate's name in a sentence: as on the panel, or as written."""
    written = made.entry.substance
    known = written in catalogue.substances() or written in catalogue.grades()
    return made.entry.label_name or (written.replace("-", " ") if known else written)


def _packing(spec: DesignSpec, made: Delivery) -> Packing:
    masses = tuple(each.weighed_mg or 0.0 for each in made.excipients)
    densities = tuple(_densities(spec, (*made.ingredients, *made.excipients)))
    unit_mg = None
    if spec.unit_mass is not None:
        with at("unit_mass"):
            unit_mg = mass_mg(spec.unit_mass)
    if spec.capsule_size is None:
        return Packing(masses, densities, unit_mg=unit_mg)
    size = spec.capsule_size.strip().upper()
    return Packing(masses, densities, capsules.room_ml(size).low, unit_mg, size)


def _densities(spec: DesignSpec, filled: Iterable[Ingredient | Weighed]) -> Iterator[Density]:
    """That of the fill where it is stated, else each one's own, else the usual, the lowest."""
    shared = None
    if spec.fill_density is not None:
        with at("fill_density"):
            shared = read_density(spec.fill_density).low
    for each in filled:
        path = each.path.replace("inputs[", "candidates[")
        if shared is not None:
            yield Density("fill_density", shared)
        elif each.density_g_per_ml is not None:
            yield Density(f"{path}.density", each.density_g_per_ml.low)
        else:
            yield Density("", capsules.density(None).low)


def _require_sense(spec: DesignSpec) -> None:
    """What must be there, and must not, whatever the candidates are."""
    is_capsule = spec.form == "capsule"
    if is_capsule and spec.capsule_size is None:
        known = ", ".join(catalogue.capsules())
        raise EntryError("capsule_size", f"this key is missing, for capsules: one of {known}")
    for key in ("capsule_size", "fill_density"):
        if not is_capsule and getattr(spec, key) is not None:
            raise EntryError(
                key, f'found it for form "{spec.form}", expected it for capsules alone'
            )
    if spec.objective == "fewest units" and not is_capsule and spec.unit_mass is None:
        raise EntryError(
            "objective",
            f'found "fewest units" and no unit_mass, expected the most that one '
            f"{unit_of(spec)} may weigh: unit_mass: 1,200 mg",
        )
    for index, entry in enumerate(spec.excipients):
        if entry.per_batch is not None:
            path = f"excipients[{index}].per_batch"
            raise EntryError(path, "expected a mass per serving for a design: amount: 20 mg")
    _require_sense_of_targets(spec)


def _require_sense_of_targets(spec: DesignSpec) -> None:
    for index, target in enumerate(spec.targets):
        if target.exactly is not None and (target.at_least or target.at_most):
            raise EntryError(
                f"targets[{index}]", "found exactly beside a bound, expected one or the other"
            )
        if target.only_from and target.part_from:
            raise EntryError(
                f"targets[{index}]", "found only_from beside part_from, expected one or the other"
            )
        if not (target.exactly or target.at_least or target.at_most or target.only_from):
            keys = "at_least or at_most" if target.part_from else "at_least, at_most or only_from"
            raise EntryError(
                f"targets[{index}]", f"expected exactly, {keys} with it: exactly: 200 mg"
            )


def _require_losses(spec: DesignSpec) -> None:
    """An overage is for a loss, and what it is for must be there for targets to hold."""
    for index, entry in enumerate(spec.candidates):
        if entry.overage is not None and entry.loss is None:
            raise EntryError(
                f"candidates[{index}].overage",
                f'found "{entry.overage}" and no loss, expected the loss over the shelf life '
                "that it is for: loss: 5 %; the targets hold at the end of it",
            )


def _require_prices(spec: DesignSpec, made: Delivery) -> None:
    missing = [each for each in made.ingredients if each.price is None]
    if spec.objective == "least cost" and missing:
        path = missing[0].path.replace("inputs[", "candidates[")
        named = listed([f'"{each.name}"' for each in missing])
        raise EntryError(
            f"{path}.price",
            f"the objective is least cost, and no price is stated for {named}; expected one "
            "for every candidate: 18.50 USD/kg",
        )
