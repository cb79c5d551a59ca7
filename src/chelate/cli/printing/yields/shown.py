"""One result of `chelate yield`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chelate.formulate import Delivery
    from chelate.stoichiometry import ServingYield


@dataclass(frozen=True, slots=True)
class Shown:
    """What a dose, a label or a formulation yields; `delivery` is of a formulation only."""

    file: str | None
    serving: ServingYield
    delivery: Delivery | None = None
