"""The gate itself: two sites that must be occupied, and a pore that must not be blocked.

`opening = glutamate site * co-agonist site * unblocked`, relative and without a unit.

- The glutamate site is occupied to c^n / (c^n + EC50^n), with Hill coefficient n.
- Glycine and D-serine compete for the co-agonist site. Each is counted in multiples of its
  EC50 and they add up, x = glycine/EC50 + D-serine/EC50; the site is occupied to
  x^n / (1 + x^n). With n = 1 that is the law of mass action for two ligands of one site;
  with one of them absent, the Hill equation of the other.
- The pore is unblocked to 1 / (1 + [Mg]/k exp(-slope (V - shift))) (Jahr and Stevens 1990).
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chelate.findings import InputError
from chelate.gate.parameters import (
    STANDARD_BLOCK,
    Agonist,
    Block,
    Potency,
    block,
    blocks,
    potency,
)
from chelate.units import Quantity, magnitude
from chelate.units.text import shortened

Array: TypeAlias = NDArray[np.float64]
Values: TypeAlias = float | Array
MOST_UMOL_PER_L = 1_000_000.0
MOST_MV = 300.0
_SLIP = 1e6  # M for µM
HILL_RANGE = (1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What surrounds the receptor, as figures; arrays have one common shape.

    They are copies that cannot be written to, as are those of a `Gate`.
    """

    glutamate_umol_per_l: Values
    glycine_umol_per_l: Values
    d_serine_umol_per_l: Values
    magnesium_mmol_per_l: Values
    voltage_mv: Values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gate:
    """How far the gate stands open, its three factors, and what they were computed with.

    Factors and opening lie between 0 and 1 and have no unit. They are floats where every
    input was one, else arrays of the shape to which the inputs broadcast.
    """

    conditions: Conditions
    subunit: str
    block: Block
    hill: float
    glutamate_site: Values
    coagonist_site: Values
    unblocked: Values

    @property
    def opening(self) -> Values:
        """The product of the three factors: relative, without a unit."""
        return self.glutamate_site * self.coagonist_site * self.unblocked

    @property
    def parameters(self) -> tuple[Block | Potency, ...]:
        """The records that the figures rest on."""
        agonists: tuple[Agonist, ...] = ("glutamate", "glycine", "d-serine")
        return (*(potency(self.subunit, agonist) for agonist in agonists), self.block)


def coincidence(
    *,
    glycine: Quantity,
    glutamate: Quantity,
    magnesium: Quantity,
    voltage: Quantity,
    d_serine: Quantity | None = None,
    subunit: str = "2A",
    block: str = STANDARD_BLOCK,
    hill: float = 1.0,
) -> Gate:
    """The gate of an NMDA receptor for stated concentrations and membrane voltage.

    Args:
        glycine: its concentration at the receptor; scalar or array, as all the others are.
        glutamate: its concentration at the receptor.
        magnesium: the concentration of free magnesium outside the cell.
        voltage: the membrane's, inside against outside.
        d_serine: its concentration, which competes with glycine's for one site; none if absent.
        subunit: the GluN2 subunit beside GluN1: 2A, 2B, 2C or 2D.
        block: the id of the coefficients of the magnesium block.
        hill: the Hill coefficient of both sites, 1 to 2; 1 to 1.5 are reported.

    Raises:
        DimensionalityError: pint's, for a quantity that is no concentration or no voltage,
            such as a mass: a dose is not a concentration.
        InputError: what is no quantity, is negative, not finite, not real or masked, or lies
            beyond 1 mol/L or 300 mV; an unknown subunit or block; a Hill coefficient that is not
            one number from 1 to 2; shapes that do not fit each other.

    >>> from chelate.units import quantity
    >>> rest = coincidence(
    ...     glycine=quantity(10, "µM"), glutamate=quantity(1, "mM"),
    ...     magnesium=quantity(1, "mM"), voltage=quantity(-70, "mV"))
    >>> round(rest.unblocked, 4)
    0.0445
    """
    given = {
        "glutamate": _concentration(glutamate, "glutamate"),
        "glycine": _concentration(glycine, "glycine"),
        "D-serine": np.zeros(()) if d_serine is None else _concentration(d_serine, "D-serine"),
        "magnesium": _concentration(magnesium, "magnesium") / 1000,
        "voltage": _voltage(voltage),
    }
    return computed(_conditions(given), subunit=subunit, block_id=block, hill=hill)


def computed(conditions: Conditions, *, subunit: str, block_id: str, hill: float) -> Gate:
    """The gate for figures that have been read and found fit."""
    hill = _hill(hill)
    coefficients = block(block_id)
    own = _multiples(conditions.glycine_umol_per_l, potency(subunit, "glycine"))
    other = _multiples(conditions.d_serine_umol_per_l, potency(subunit, "d-serine"))
    glutamate = _multiples(conditions.glutamate_umol_per_l, potency(subunit, "glutamate"))
    return Gate(
        conditions=conditions,
        subunit=subunit,
        block=coefficients,
        hill=hill,
        glutamate_site=_plain(_occupied(glutamate, hill)),
        coagonist_site=_plain(_occupied(own + other, hill)),
        unblocked=_plain(_unblocked(conditions, coefficients)),
    )


def with_each_block(gate: Gate) -> dict[str, Gate]:
    """The same conditions with every published set of coefficients, by its id."""
    return {
        name: computed(gate.conditions, subunit=gate.subunit, block_id=name, hill=gate.hill)
        for name in blocks()
    }


def _hill(given: Any) -> float:
    single = isinstance(given, Real)
    if not single or not HILL_RANGE[0] <= given <= HILL_RANGE[1]:
        found = f"{float(given):g}" if single else shortened(repr(given))
        raise InputError(f"found a Hill coefficient of {found}, expected one number, 1 to 2")
    return float(given)


def _multiples(umol_per_l: Values, of: Potency) -> Array:
    return np.asarray(umol_per_l, dtype=np.float64) / of.ec50_umol_per_l


def _occupied(multiples: Array, hill: float) -> Array:
    raised = multiples**hill
    return np.asarray(raised / (1.0 + raised))


def _unblocked(conditions: Conditions, block: Block) -> Array:
    voltage_mv = np.asarray(conditions.voltage_mv, dtype=np.float64)
    magnesium = np.asarray(conditions.magnesium_mmol_per_l, dtype=np.float64)
    pull = np.exp(-block.slope_per_mv * (voltage_mv - block.shift_mv))
    return np.asarray(1.0 / (1.0 + magnesium / block.k_mmol_per_l * pull))


def _concentration(given: Quantity, of: str) -> Array:
    """In µmol/L."""
    expected = f'expected the concentration of {of} as a quantity, such as "1 µM"'
    values = _figures(magnitude(given, "micromole / liter", expected=expected), given, of)
    if np.any(values < 0):
        raise InputError(f"{of}: found {given}, expected a concentration of zero or more")
    if np.any(values > MOST_UMOL_PER_L):
        slip = "; is the unit right?" if np.all(values <= MOST_UMOL_PER_L * _SLIP) else ""
        raise InputError(f"{of}: found {given}, more than 1 mol/L{slip}")
    return values


def _voltage(given: Quantity) -> Array:
    expected = 'expected the voltage as a quantity, such as "-70 mV"'
    values = _figures(magnitude(given, "millivolt", expected=expected), given, "voltage")
    if np.any(np.abs(values) > MOST_MV):
        raise InputError(
            f"voltage: found {given}, expected a membrane's, within ±300 mV; is the unit right?"
        )
    return values


def _figures(found: Any, given: Quantity, of: str) -> Array:
    try:
        values = None if np.iscomplexobj(found) else np.array(found, dtype=np.float64)
    except (TypeError, ValueError):
        values = None
    if values is None:
        raise InputError(f"{of}: found {shortened(str(given))}, expected real figures")
    if np.ma.is_masked(found):
        raise InputError(f"{of}: found {given}, with figures masked, expected all of them")
    if not np.all(np.isfinite(values)):
        raise InputError(f"{of}: found {given}, expected finite figures")
    return values


def _conditions(given: dict[str, Array]) -> Conditions:
    try:
        shaped = dict(zip(given, np.broadcast_arrays(*given.values()), strict=True))
    except ValueError:
        shapes = ", ".join(f"{name} {values.shape}" for name, values in given.items())
        raise InputError(f"found the shapes {shapes}, expected shapes that fit") from None
    return Conditions(
        glutamate_umol_per_l=_plain(shaped["glutamate"]),
        glycine_umol_per_l=_plain(shaped["glycine"]),
        d_serine_umol_per_l=_plain(shaped["D-serine"]),
        magnesium_mmol_per_l=_plain(shaped["magnesium"]),
        voltage_mv=_plain(shaped["voltage"]),
    )


def _plain(values: Array) -> Values:
    """A float where there is but one figure, else a copy that cannot be written to."""
    return fixed(values) if values.ndim else float(values)


def fixed(values: Array) -> Array:
    """A copy that cannot be written to."""
    copied = np.array(values, dtype=np.float64)
    copied.setflags(write=False)
    return copied
