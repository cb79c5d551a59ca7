"""Figures and units of a design in words, as they are written in a specification."""

from __future__ import annotations

from collections.abc import Mapping

from chelate.figures import number
from chelate.formulate.design.problem import Packing, Sense
from chelate.models.design import DesignSpec

_UNITS: Mapping[str, str] = {
    "capsule": "capsule", "tablet": "tablet", "powder": "scoop", "softgel": "softgel",
}  # fmt: skip


def share(fraction: float) -> str:
    """A share with all its digits, as somebody has written it.

    >>> share(0.5), share(0.125)
    ('50 %', '12.5 %')
    """
    return f"{number(fraction * 100, digits=7)} %"


def share_words(sense: Sense, fraction: float, name: str) -> str:
    """A share of what is from a source.

    >>> share_words("at most", 0.2, "magnesium from magnesium oxide")
    'at most 20 % of the magnesium from magnesium oxide'
    """
    return f"{sense} {share(fraction)} of the {name}"


def unit_of(spec: DesignSpec) -> str:
    """What a serving is counted in: "capsule", "scoop"."""
    return spec.unit or _UNITS.get(spec.form, "unit")


def counted(spec: DesignSpec, packing: Packing) -> str:
    """The same with the size of a capsule: "size 00 capsule"."""
    size = f"size {packing.capsule_size} " if packing.capsule_size else ""
    return f"{size}{unit_of(spec)}"


def several(count: float, of: str) -> str:
    """A number of units: "1 tablet", "3 size 00 capsules"."""
    return f"{count:,.0f} {of}{'' if count == 1 else 's'}"
