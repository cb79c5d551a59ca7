"""What is weighed and what is lost of it, in words, and what the judgements lean on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chelate.catalogue.names import as_called
from chelate.figures import MassUnit, batch, listed, mass, number
from chelate.formulate.capsules import capsule_fit
from chelate.formulate.claims import claims_judged
from chelate.formulate.delivery import Delivery, Ingredient, Weighed
from chelate.formulate.words.working import overage_applied


def references(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """What the judgements lean on, by what it is for."""
    for judged in claims_judged(delivery):
        if judged.tolerance is not None:
            of = f"Tolerance, {judged.tolerance.market} {judged.tolerance.basis}"
            yield from ((of, key) for key in judged.tolerance.sources)
    if fit := capsule_fit(delivery):
        yield from (("Capsule volume and fill density", key) for key in fit.references)


def weighed_rows(
    delivery: Delivery, *, called: Callable[[str], str] = str
) -> list[tuple[str, ...]]:
    """A head, then a row for each material, as its file names it unless `called` says how.

    A cell with nothing to say is empty.
    """
    made = delivery.formulation
    per_batch = f"per batch of {made.servings_per_batch:,}" if made.servings_per_batch else ""
    rows: list[tuple[str, ...]] = [
        ("Weighed", "wanted", "overage", "per serving", f"per {made.unit}", per_batch)
    ]
    named = ((called(each.name), each) for each in delivery.materials)
    rows += [(name, *_row(each, delivery)) for name, each in named]
    if len(delivery.materials) > 1:
        rows.append(("together", "", "", *_masses(delivery.fill_mg, delivery)))
    return rows


def _row(each: Ingredient | Weighed, delivery: Delivery) -> tuple[str, ...]:
    wanted = overage = ""
    if isinstance(each, Ingredient) and each.overage:
        wanted = mass(each.wanted_mg, each.unit)
        overage = f"{number(each.overage.fraction * 100)} %"
    if each.weighed_mg is None:
        return wanted, overage, "not stated", "", ""
    return wanted, overage, *_masses(each.weighed_mg, delivery, each.unit)


def _masses(mass_mg: float, delivery: Delivery, unit: MassUnit = "mg") -> tuple[str, str, str]:
    made = delivery.formulation
    units, servings = made.units_per_serving, made.servings_per_batch
    per_unit = mass(mass_mg / units, unit) if units > 1 else ""
    return mass(mass_mg, unit), per_unit, batch(mass_mg * servings) if servings else ""


def on_weighing(delivery: Delivery) -> Iterator[str]:
    """Remarks on overages, dilutions, materials of one's own, and masses that are missing."""
    for each in delivery.ingredients:
        if each.overage:
            yield f"{as_called(each.name)}: {overage_applied(each)}."
        if each.entry.potency:
            name, potency = as_called(each.name), each.entry.potency
            yield f"{name}: {potency} of it is the substance, the rest carrier."
        if each.entry.define and each.entry.define.source:
            yield f"{each.name} is defined in the file; source: {each.entry.define.source}."
    unknown = [each.name for each in delivery.excipients if each.weighed_mg is None]
    if unknown:
        yield f"No mass is stated of {listed(unknown)}: not counted in the fill, nor in a cost."


def on_losses(delivery: Delivery) -> Iterator[str]:
    """What is lost over the shelf life, and whether anything counted is."""
    losing = [each for each in delivery.ingredients if each.loss_fraction]
    if not losing:
        return
    losses = listed([
        f"{number(each.loss_fraction * 100)} % of {as_called(each.name)}" for each in losing
    ])  # fmt: skip
    if delivery.loses:
        yield f"What is lost by then, as the file states it: {losses}."
    else:
        by_then = f"by the end of the shelf life{shelf_life(delivery)}, as the file states it"
        stays = "nothing of that is counted, and what is delivered stays as it is"
        yield f"What is lost {by_then}: {losses}; {stays}."


def shelf_life(delivery: Delivery) -> str:
    """The shelf life in brackets, where it is stated: " (24 months)"."""
    stated = delivery.formulation.shelf_life
    return f" ({stated})" if stated else ""
