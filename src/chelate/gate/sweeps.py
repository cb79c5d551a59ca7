"""The gate while one of its conditions is varied and the others stand still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, log10

import numpy as np

from chelate.findings import InputError
from chelate.gate.model import Conditions, Gate, Values, computed, fixed
from chelate.gate.words import NAMES

POINTS = 161
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Axis:
    """A condition that can be varied: its field, its unit, and how far it goes by default."""

    of: str
    field: str
    unit: str
    low: float
    high: float
    factor: str
    logarithmic: bool = True

    @property
    def name(self) -> str:
        """The condition as it stands in a sentence: "D-serine"."""
        return NAMES.get(self.of, self.of)


AXES: Mapping[str, Axis] = {
    axis.of: axis
    for axis in (
        Axis("voltage", "voltage_mv", "mV", -100, 60, "unblocked", logarithmic=False),
        Axis("glycine", "glycine_umol_per_l", "µM", 0.01, 100, "coagonist_site"),
        Axis("d-serine", "d_serine_umol_per_l", "µM", 0.01, 100, "coagonist_site"),
        Axis("glutamate", "glutamate_umol_per_l", "µM", 0.01, 1000, "glutamate_site"),
        Axis("magnesium", "magnesium_mmol_per_l", "mM", 0.01, 10, "unblocked"),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The gate along an axis, and the one point that was asked for.

    `at` is the place of that point on the axis; None where a logarithmic axis cannot have it.
    """

    axis: Axis
    values: tuple[float, ...]
    gate: Gate
    point: Gate
    at: float | None

    @property
    def opening(self) -> tuple[float, ...]:
        """The gate at each of the values."""
        return _floats(self.gate.opening)

    @property
    def factor(self) -> tuple[float, ...]:
        """The one factor that the varied condition moves, at each of the values."""
        return _floats(getattr(self.gate, self.axis.factor))


def sweep(point: Gate, of: str) -> Sweep:
    """Vary one condition of a gate (a key of `AXES`) over its range, widened to hold the point.

    Raises:
        InputError: an unknown condition, or a gate of arrays, which is no one point.

    >>> from chelate.gate import coincidence
    >>> from chelate.units import quantity
    >>> rest = coincidence(
    ...     glycine=quantity(10, "µM"), glutamate=quantity(1, "mM"),
    ...     magnesium=quantity(1, "mM"), voltage=quantity(-70, "mV"))
    >>> varied = sweep(rest, "voltage")
    >>> varied.opening[0] < 0.03 < 0.7 < varied.opening[-1]
    True
    """
    axis = _axis(of)
    _refuse_arrays(point.conditions)
    here = float(getattr(point.conditions, axis.field))
    at = None if axis.logarithmic and here < _LEAST else here
    low, high = _ends(axis, at)
    space = np.geomspace if axis.logarithmic else np.linspace
    values = fixed(np.asarray(space(low, high, POINTS), dtype=np.float64))
    gate = computed(
        _varied(point.conditions, axis.field, values),
        subunit=point.subunit,
        block_id=point.block.id,
        hill=point.hill,
    )
    return Sweep(axis, _floats(values), gate, point, at)


def _axis(of: str) -> Axis:
    if of not in AXES:
        raise InputError(f'found "{of}", expected a condition to vary: {", ".join(AXES)}')
    return AXES[of]


def _refuse_arrays(of: Conditions) -> None:
    shape = np.shape(of.voltage_mv)
    if shape:
        raise InputError(f"found conditions of the shape {shape}, expected one figure of each")


def _floats(values: Values) -> tuple[float, ...]:
    """One float for each of the points; what the axis does not move is repeated."""
    return tuple(np.broadcast_to(np.asarray(values), POINTS).tolist())


def _varied(conditions: Conditions, field: str, values: Values) -> Conditions:
    return replace(conditions, **{field: values})


def _ends(axis: Axis, at: float | None) -> tuple[float, float]:
    """The ends of the axis, moved out to a round figure where the point lies beyond."""
    if at is None:
        return axis.low, axis.high
    if axis.logarithmic:
        decade = log10(at)
        return min(axis.low, 10.0 ** floor(decade)), max(axis.high, 10.0 ** ceil(decade))
    return min(axis.low, 20.0 * floor(at / 20)), max(axis.high, 20.0 * ceil(at / 20))
