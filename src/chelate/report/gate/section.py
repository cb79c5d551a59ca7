"""The optional section on the coincidence gate: its figure, parameters, and limits.

Beside it stands the same molecule's other job. Nothing of any label reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chelate import gate
from chelate.gate.words import parameter
from chelate.report.citing import Cited, ReferenceView, cited, references
from chelate.report.gate.figure import KeysView, keys_view


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the section in its cells, and what it rests on."""

    cells: tuple[str, ...]
    sources: tuple[Cited, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class GateSection:
    """The figure of the three keys, its parameters, glycine's two jobs, the model's limits.

    `references` are the documents of all of them, for a page that has no appendix.
    """

    figure: KeysView
    parameters: tuple[Row, ...]
    jobs: tuple[Row, ...]
    limits: tuple[Row, ...]

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Everything that the section cites."""
        rows = (*self.parameters, *self.jobs, *self.limits)
        return tuple(cite for row in rows for cite in row.sources)

    @property
    def references(self) -> tuple[ReferenceView, ...]:
        """The documents that the section cites."""
        return tuple(references(cite.key for cite in self.cited))


def gate_section() -> GateSection:
    """The section, the same for every report."""
    used = gate.gate_figure()[0].gate.parameters
    return GateSection(
        keys_view(),
        tuple(_row(each, [parameter(each)]) for each in used),
        tuple(
            _row(each, [each.property, each.coagonist, each.transmitter]) for each in gate.jobs()
        ),
        tuple(_row(each, [each.text]) for each in gate.limits()),
    )


def _row(record: gate.Record, cells: Iterable[str]) -> Row:
    return Row(tuple(cells), tuple(map(cited, record.sources)), record.verified)
