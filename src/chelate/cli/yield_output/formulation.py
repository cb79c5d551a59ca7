"""What a formulation yields, as text: weighed, delivered, claimed, filled, paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chelate.cli.yield_output import serving as of_serving
from chelate.cli.yield_output.arithmetic import formulation_working, overage_applied
from chelate.cli.yield_output.judgements import capsule_lines, claim_lines, cost_lines
from chelate.cli.yield_output.tables import Row, aligned, blocks, remarks, without_empty
from chelate.figures import batch, listed, mg, number
from chelate.formulate import Delivery, Ingredient, Weighed
from chelate.formulate.capsules import capsule_fit
from chelate.formulate.claims import claims_judged


def formulation_lines(delivery: Delivery, *, show_working: bool) -> Iterator[str]:
    """A formulation, section by section."""
    serving = delivery.serving
    working = ["Working", *formulation_working(delivery)] if show_working else []
    reference = "NRV" if delivery.formulation.market == "EU" else "DV"
    yield from blocks(
        of_serving.head(serving),
        _weighed(delivery),
        remarks(_on_weighing(delivery)),
        of_serving.moieties_table(serving, reference=reference, heading="Delivered"),
        _at_end(delivery, reference),
        of_serving.limits(serving),
        remarks(of_serving.serving_remarks(serving)),
        claim_lines(delivery),
        capsule_lines(delivery),
        cost_lines(delivery),
        working,
    )


def references(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """What the judgements lean on, by what it is for."""
    for judged in claims_judged(delivery):
        if judged.tolerance is not None:
            of = f"Tolerance, {judged.tolerance.market} {judged.tolerance.basis}"
            yield from ((of, key) for key in judged.tolerance.sources)
    if fit := capsule_fit(delivery):
        yield from (("Capsule volume and fill density", key) for key in fit.references)


def _weighed(delivery: Delivery) -> Iterator[str]:
    made = delivery.formulation
    per_batch = f"per batch of {made.servings_per_batch:,}" if made.servings_per_batch else ""
    rows: list[Row] = [
        ("Weighed", "wanted", "overage", "per serving", f"per {made.unit}", per_batch)
    ]
    rows += [_row(each, delivery) for each in delivery.materials]
    if len(delivery.materials) > 1:
        rows.append(("together", "", "", *_masses(delivery.fill_mg, delivery)))
    yield from aligned(without_empty(rows))


def _row(each: Ingredient | Weighed, delivery: Delivery) -> tuple[str, ...]:
    wanted = overage = ""
    if isinstance(each, Ingredient) and each.overage:
        wanted, overage = mg(each.wanted_mg), f"{number(each.overage.fraction * 100)} %"
    if each.weighed_mg is None:
        return each.name, wanted, overage, "not stated", "", ""
    return each.name, wanted, overage, *_masses(each.weighed_mg, delivery)


def _masses(mass_mg: float, delivery: Delivery) -> tuple[str, str, str]:
    made = delivery.formulation
    units, servings = made.units_per_serving, made.servings_per_batch
    per_unit = mg(mass_mg / units) if units > 1 else ""
    return mg(mass_mg), per_unit, batch(mass_mg * servings) if servings else ""


def _on_weighing(delivery: Delivery) -> Iterator[str]:
    for each in delivery.ingredients:
        if each.overage:
            yield f"{each.name}: {overage_applied(each)}."
        if each.entry.potency:
            yield f"{each.name}: {each.entry.potency} of it is the substance, the rest carrier."
        if each.entry.define and each.entry.define.source:
            yield f"{each.name} is defined in the file; source: {each.entry.define.source}."
    unknown = [each.name for each in delivery.excipients if each.weighed_mg is None]
    if unknown:
        yield f"No mass is stated of {listed(unknown)}: not counted in the fill, nor in a cost."


def _at_end(delivery: Delivery, reference: str) -> Iterator[str]:
    """The table again, after the losses; a sentence where they are of nothing counted."""
    losing = [each for each in delivery.ingredients if each.loss_fraction]
    if not losing:
        return
    losses = listed([f"{number(each.loss_fraction * 100)} % of {each.name}" for each in losing])
    if delivery.loses:
        yield f"At the end of the shelf life{shelf_life(delivery)}"
        left = replace(delivery.serving, moieties=delivery.at_end)
        yield from of_serving.moieties_table(left, reference=reference)
        yield from remarks([f"What is lost by then, as the file states it: {losses}."])
        return
    by_then = f"by the end of the shelf life{shelf_life(delivery)}, as the file states it"
    stays = "nothing of that is counted, and what is delivered stays as it is"
    yield from remarks([f"What is lost {by_then}: {losses}; {stays}."])


def shelf_life(delivery: Delivery) -> str:
    """The shelf life in brackets, where it is stated: " (24 months)"."""
    stated = delivery.formulation.shelf_life
    return f" ({stated})" if stated else ""
