"""What a serving yields, as data for programs.

The values are those of JSON alone: masses in mg, fractions 0-1, ranges as [least, most], null
for what does not apply.
"""

from __future__ import annotations

from typing import Any

from chelate.intervals import Interval
from chelate.limits import Beside, beside
from chelate.stoichiometry.servings import ServingYield
from chelate.stoichiometry.words import serving_remarks
from chelate.stoichiometry.yielded import Held, Yield


def serving_json(result: ServingYield, *, file: str | None) -> dict[str, Any]:
    """A dose or a label; "formulation" is null, for it is neither."""
    return {
        "file": file,
        "product": result.product,
        "unit": result.unit,
        "units_per_serving": result.units_per_serving,
        "servings_per_day": result.servings_per_day,
        "mass_mg": rounded(result.mass_mg),
        "inputs": [_input_json(entry) for entry in result.inputs],
        "moieties": [_held_json(held, result) for held in result.moieties],
        "claims": [
            {"id": claim.id, "claimed_mg": claim.claimed_mg, "yield_mg": rounded(claim.yield_mg)}
            for claim in result.claims
        ],
        "remarks": list(serving_remarks(result)),
        "formulation": None,
    }


def _input_json(entry: Yield) -> dict[str, Any]:
    return {
        "text": entry.text,
        "name": entry.name,
        "dose_mg": rounded(entry.dose_mg),
        "dose_range_mg": pair(entry.dose_range_mg),
        "parts": [
            {
                "id": part.id,
                "name": part.name,
                "formula": part.formula,
                "molar_mass_g_per_mol": rounded(part.molar_mass_g_per_mol),
                "mg": rounded(part.mg),
            }
            for part in entry.parts
        ],
        "moieties": [masses_json(held) for held in entry.moieties],
        "working": list(entry.working),
        "sources": list(entry.sources),
    }


def _held_json(held: Held, result: ServingYield) -> dict[str, Any]:
    per_day_mg = held.mg * result.servings_per_day
    return masses_json(held) | {
        "mg_per_unit": rounded(held.mg / result.units_per_serving),
        "mg_per_day": rounded(per_day_mg),
        "beside": [level_json(level) for level in beside(held.id, per_day_mg)],
    }


def masses_json(held: Held) -> dict[str, Any]:
    """An element or moiety, with its range and as a ligand."""
    return {
        "id": held.id,
        "name": held.name,
        "mg": rounded(held.mg),
        "range_mg": pair(held.range_mg),
        "ligand_mg": None if held.ligand_mg is None else rounded(held.ligand_mg),
        "ligand_range_mg": held.ligand_range_mg and pair(held.ligand_range_mg),
    }


def level_json(level: Beside) -> dict[str, Any]:
    """A reference value or upper level for adults, and the share of it that a day gives."""
    return {
        "kind": level.kind,
        "name": level.name,
        "amount_mg": level.amount_mg,
        "fraction": rounded(level.fraction),
        "scope": level.scope or None,
        "exceeded": level.exceeded,
    }


def pair(interval: Interval) -> list[float]:
    """Both ends of an interval.

    >>> pair(Interval(1.0, 1.23456789))
    [1.0, 1.234568]
    """
    return [rounded(interval.low), rounded(interval.high)]


def rounded(value: float) -> float:
    """A figure to a millionth, where floats are noise."""
    return round(value, 6)
