"""The NMDA receptor's coincidence gate: a small teaching model from the literature.

It takes concentrations and a voltage, and nothing else: no mass, no formulation and no label
can be passed, and what computes with those may not import it. Its result is relative, and its
limits are printed with it.
"""

from chelate.gate.keys import Panel, gate_figure
from chelate.gate.model import Conditions, Gate, Values, coincidence, with_each_block
from chelate.gate.parameters import (
    STANDARD_BLOCK,
    SUBUNITS,
    Block,
    Job,
    Limit,
    Potency,
    Record,
    blocks,
    cited,
    jobs,
    limits,
    potencies,
    records,
)
from chelate.gate.reading import read_concentration, read_voltage
from chelate.gate.sweeps import AXES, Axis, Sweep, sweep

__all__ = [
    "AXES",
    "STANDARD_BLOCK",
    "SUBUNITS",
    "Axis",
    "Block",
    "Conditions",
    "Gate",
    "Job",
    "Limit",
    "Panel",
    "Potency",
    "Record",
    "Sweep",
    "Values",
    "blocks",
    "cited",
    "coincidence",
    "gate_figure",
    "jobs",
    "limits",
    "potencies",
    "read_concentration",
    "read_voltage",
    "records",
    "sweep",
    "with_each_block",
]
