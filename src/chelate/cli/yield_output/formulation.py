"""What a formulation yields, as text: weighed, delivered, claimed, filled, paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chelate.cli.yield_output import serving as of_serving
from chelate.cli.yield_output.arithmetic import working_lines
from chelate.cli.yield_output.judgements import capsule_lines, claim_lines, cost_lines
from chelate.cli.yield_output.tables import Row, aligned, blocks, remarks, without_empty
from chelate.figures import batch, mg, number
from chelate.formulate import Delivery, Ingredient, Weighed
from chelate.formulate.words.weighing import on_losses, on_weighing, shelf_life
from chelate.stoichiometry.words import serving_remarks


def formulation_lines(delivery: Delivery, *, show_working: bool) -> Iterator[str]:
    """A formulation, section by section."""
    serving = delivery.serving
    working = ["Working", *working_lines(delivery)] if show_working else []
    reference = "NRV" if delivery.formulation.market == "EU" else "DV"
    yield from blocks(
        of_serving.head(serving),
        _weighed(delivery),
        remarks(on_weighing(delivery)),
        of_serving.moieties_table(serving, reference=reference, heading="Delivered"),
        _at_end(delivery, reference),
        of_serving.limits(serving),
        remarks(serving_remarks(serving)),
        claim_lines(delivery),
        capsule_lines(delivery),
        cost_lines(delivery),
        working,
    )


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


def _at_end(delivery: Delivery, reference: str) -> Iterator[str]:
    """The table again, after the losses; a sentence where they are of nothing counted."""
    if delivery.loses:
        yield f"At the end of the shelf life{shelf_life(delivery)}"
        left = replace(delivery.serving, moieties=delivery.at_end)
        yield from of_serving.moieties_table(left, reference=reference)
    yield from remarks(on_losses(delivery))
