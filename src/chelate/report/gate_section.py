"""The optional section on the coincidence gate: its figure, and the limits of the model.

Nothing of any label reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass

from chelate import gate
from chelate.gate import cited as documents
from chelate.report.citing import Cited, cited
from chelate.report.gate_figure import KeysView, keys_view


@dataclass(frozen=True, slots=True)
class LimitView:
    """A sentence on what the model leaves out, and what it rests on."""

    text: str
    sources: tuple[Cited, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class GateSection:
    """The figure of the three keys, the limits of the model, what its parameters rest on."""

    figure: KeysView
    limits: tuple[LimitView, ...]
    parameters: tuple[Cited, ...]

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Everything that the section cites."""
        return (*self.parameters, *(cite for limit in self.limits for cite in limit.sources))


def gate_section() -> GateSection:
    """The section, the same for every report."""
    used = gate.gate_figure()[0].gate.parameters
    return GateSection(
        keys_view(),
        tuple(
            LimitView(each.text, tuple(map(cited, each.sources)), each.verified)
            for each in gate.limits()
        ),
        tuple(cited(each.id) for each in documents(used)),
    )
