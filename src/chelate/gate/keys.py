"""Three keys: without any of them the gate is shut, or nearly. The data of the figure."""

from __future__ import annotations

from dataclasses import dataclass

from chelate.gate.model import Gate, coincidence
from chelate.units import quantity

_NONE = 0.0
_GLUTAMATE_MMOL_PER_L = 1.0
_GLYCINE_UMOL_PER_L = 10.0
_MAGNESIUM_MMOL_PER_L = 1.0
_DEPOLARISED_MV = 0.0
_AT_REST_MV = -70.0


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One of the four states: which keys are there, and how far the gate then stands open."""

    title: str
    glutamate: bool
    coagonist: bool
    depolarised: bool
    gate: Gate

    @property
    def opening(self) -> float:
        """The relative opening, without a unit."""
        return float(self.gate.opening)


def gate_figure() -> tuple[Panel, ...]:
    """All three keys, then each of them taken away: 1 mM glutamate, 10 µM glycine, 0 mV.

    Without depolarisation the membrane is at −70 mV, and 1 mM magnesium blocks the pore.

    >>> [round(panel.opening, 2) for panel in gate_figure()]
    [0.69, 0.0, 0.0, 0.04]
    """
    return (
        _panel("All three keys"),
        _panel("No glutamate", glutamate=False),
        _panel("No co-agonist", coagonist=False),
        _panel("No depolarisation", depolarised=False),
    )


def _panel(
    title: str, *, glutamate: bool = True, coagonist: bool = True, depolarised: bool = True
) -> Panel:
    gate = coincidence(
        glutamate=quantity(_GLUTAMATE_MMOL_PER_L if glutamate else _NONE, "mM"),
        glycine=quantity(_GLYCINE_UMOL_PER_L if coagonist else _NONE, "µM"),
        magnesium=quantity(_MAGNESIUM_MMOL_PER_L, "mM"),
        voltage=quantity(_DEPOLARISED_MV if depolarised else _AT_REST_MV, "mV"),
    )
    return Panel(title, glutamate, coagonist, depolarised, gate)
