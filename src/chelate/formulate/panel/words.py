"""The layout of each market's panel, `data/panel_layout.toml`: words, order, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from chelate import resources
from chelate.models import Market

MARKETS: tuple[Market, ...] = ("US", "EU", "CA")
DOSAGES = {"powder": "scoop", "liquid": "measure"}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What a market's panel prints; texts with fields in braces are filled in.

    `always` are nutrients that are declared wherever they are present, in amounts from
    `zero_fraction` of the reference or `zero_mg` on. `warnings` are those that a nutrient
    asks for where it is supplied in a solid form: tablets, capsules.
    """

    title: str
    order: tuple[str, ...]
    relation: str
    name_heading: str
    amount_heading: str
    percent_heading: str
    ingredients_heading: str
    sources: tuple[str, ...]
    verified: bool
    statement_sources: tuple[str, ...] = ()
    order_sources: tuple[str, ...] = ()
    share: str = ""
    directions: tuple[str, ...] = ()
    warnings: Mapping[str, str] = field(default_factory=dict)
    warning_sources: tuple[str, ...] = ()
    unit_sources: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    zero_fraction: float = 0.0
    zero_mg: Mapping[str, float] = field(default_factory=dict)
    reference: str = ""
    serving_size: str = ""
    per_container: str = ""
    category: str = ""
    category_alone: str = ""
    symbol: str = ""
    with_reference: str = ""
    no_reference: str = ""
    mark: str = ""
    disclaimer_one: str = ""
    disclaimer_many: str = ""
    significant_fraction: float = 0.0


@cache
def layout(market: Market) -> Layout:
    """The layout of a market's panel; that of Canada lists nutrients in the US order."""
    data: dict[str, Any] = resources.toml("panel_layout.toml")
    texts = {"order": data["US"]["order"]} | data[market]
    return Layout(**{key: _frozen(value) for key, value in texts.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
