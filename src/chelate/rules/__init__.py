"""The rules, family by family: an explicit list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chelate.rules import (
    buffered,
    contents,
    daily_value,
    front_numbers,
    fronts,
    marks,
    mass_balance,
    naming,
    reading,
    register,
    statements,
    units,
    upper_level,
)
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip

__all__ = ["FAMILIES", "RULES", "Case", "Hit", "Judged", "Rule", "Skip", "by_code"]

FAMILIES: Mapping[str, str] = {
    "IN": "reading",
    "UN": "units",
    "MB": "mass balance",
    "BF": "buffered blends",
    "DV": "percent of the reference value",
    "NM": "naming of sources",
    "UL": "upper levels",
    "CL": "statements and claims",
}

RULES: tuple[Rule, ...] = (
    *reading.RULES,
    *units.RULES,
    *mass_balance.RULES,
    *buffered.RULES,
    *daily_value.RULES,
    *naming.RULES,
    *upper_level.RULES,
    *sorted(
        (
            *statements.RULES,
            *contents.RULES,
            *fronts.RULES,
            *front_numbers.RULES,
            *marks.RULES,
            *register.RULES,
        ),
        key=lambda rule: rule.code,
    ),
)


@cache
def by_code() -> Mapping[str, Rule]:
    """Every rule by its code."""
    return {rule.code: rule for rule in RULES}
