"""The figures of the gate as people read them."""

from __future__ import annotations

from chelate.figures import number
from chelate.gate.model import Conditions
from chelate.gate.parameters import Block, Potency

NAMES = {"glutamate": "glutamate", "glycine": "glycine", "d-serine": "D-serine"}


def relative(value: float) -> str:
    """A factor or an opening, to four figures: "0.0445".

    >>> relative(0.0444962), relative(0)
    ('0.0445', '0')
    """
    return number(value, digits=3 if value < 0.1 else 4)


def concentration(umol_per_l: float) -> str:
    """A concentration with the prefix that suits it.

    >>> concentration(1000), concentration(0.34), concentration(0.005), concentration(0)
    ('1 mM', '0.34 µM', '5 nM', '0 µM')
    """
    if umol_per_l >= 1000:
        return f"{number(umol_per_l / 1000)} mM"
    if 0 < umol_per_l < 0.1:
        return f"{number(umol_per_l * 1000)} nM"
    return f"{number(umol_per_l)} µM"


def millivolts(voltage_mv: float) -> str:
    """A voltage with a proper minus: "−70 mV"."""
    return f"{number(voltage_mv)} mV".replace("-", "\u2212")


def conditions(of: Conditions) -> tuple[str, str, str]:
    """What bears on each factor: glutamate; the co-agonists; magnesium and voltage."""
    d_serine = float(of.d_serine_umol_per_l)
    beside = f", D-serine {concentration(d_serine)}" if d_serine else ""
    magnesium = f"magnesium {concentration(1000 * float(of.magnesium_mmol_per_l))}"
    return (
        f"glutamate {concentration(float(of.glutamate_umol_per_l))}",
        f"glycine {concentration(float(of.glycine_umol_per_l))}{beside}",
        f"{magnesium}, {millivolts(float(of.voltage_mv))}",
    )


def parameter(of: Block | Potency) -> str:
    """A parameter in words: "glycine EC50 1.3 µM"."""
    if isinstance(of, Potency):
        return f"{NAMES[of.agonist]} EC50 {concentration(of.ec50_umol_per_l)}"
    shift = f", shift {millivolts(of.shift_mv)}" if of.shift_mv else ""
    return (
        f"magnesium block k {number(of.k_mmol_per_l)} mM, "
        f"slope {number(of.slope_per_mv)} per mV{shift}"
    )
