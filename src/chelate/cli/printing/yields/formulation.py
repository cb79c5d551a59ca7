"""What a formulation yields, as text: weighed, delivered, claimed, filled, paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chelate.cli.printing.yields import serving as of_serving
from chelate.cli.printing.yields.arithmetic import working_lines
from chelate.cli.printing.yields.judgements import capsule_lines, claim_lines, cost_lines
from chelate.cli.printing.yields.tables import aligned, blocks, remarks, without_empty
from chelate.formulate import Delivery
from chelate.formulate.words.weighing import on_losses, on_weighing, shelf_life, weighed_rows
from chelate.stoichiometry.words import serving_remarks


def formulation_lines(delivery: Delivery, *, show_working: bool) -> Iterator[str]:
    """A formulation, section by section."""
    serving = delivery.serving
    working = ["Working", *working_lines(delivery)] if show_working else []
    reference = "NRV" if delivery.formulation.market == "EU" else "DV"
    yield from blocks(
        of_serving.head(serving),
        aligned(without_empty(weighed_rows(delivery))),
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


def _at_end(delivery: Delivery, reference: str) -> Iterator[str]:
    """The table again, after the losses; a sentence where they are of nothing counted."""
    if delivery.loses:
        yield f"At the end of the shelf life{shelf_life(delivery)}"
        left = replace(delivery.serving, moieties=delivery.at_end)
        yield from of_serving.moieties_table(left, reference=reference)
    yield from remarks(on_losses(delivery))
