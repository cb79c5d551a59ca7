"""The fill of a capsule drawn against its room, with what the powders' densities leave open."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.figures import number
from chelate.formulate import Delivery
from chelate.formulate.capsules import CapsuleFit, capsule_fit
from chelate.formulate.words.capsule import capsule_remarks, capsule_rows, span
from chelate.report.made.bars import at, ticks

SHAPES = {
    "fits": "consistent",
    "fits if dense": "cannot-tell",
    "tight": "doubtful",
    "does not fit": "impossible",
}
_ROOM = 1.12


@dataclass(frozen=True, slots=True)
class CapsuleView:
    """A capsule and its fill.

    `dense` and `loose` are where the fill ends, `room` the two ends of what makers' tables
    give for the size, all as percentages of the width.
    """

    outcome: str
    shape: str
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    dense: float
    loose: float
    room: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    described: str


def capsule_view(delivery: Delivery) -> CapsuleView | None:
    """The fill beside its capsule; None where there is none to hold it against."""
    fit = capsule_fit(delivery)
    if fit is None:
        return None
    most_ml = max(fit.volume_ml.high, fit.room_ml.high) * _ROOM
    return CapsuleView(
        fit.outcome,
        SHAPES[fit.outcome],
        tuple(capsule_rows(fit)),
        tuple(capsule_remarks(fit, delivery.formulation.capsule_material)),
        at(fit.volume_ml.low, most_ml),
        at(fit.volume_ml.high, most_ml),
        (at(fit.room_ml.low, most_ml), at(fit.room_ml.high, most_ml)),
        tuple((at(each, most_ml), number(each)) for each in ticks(0.0, most_ml)),
        described(fit),
    )


def described(fit: CapsuleFit) -> str:
    """What the drawing shows, in a sentence."""
    return (
        f"The fill takes {span(fit.volume_ml)} mL, from dense to loose; "
        f"a capsule of size {fit.size} holds {span(fit.room_ml)} mL."
    )
