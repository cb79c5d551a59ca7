"""The results of `chelate yield` for programs."""

from __future__ import annotations

from typing import Any

from chelate.cli.yield_output.shown import Shown
from chelate.intervals import Interval
from chelate.limits import beside
from chelate.stoichiometry import Held, ServingYield, Yield
from chelate.stoichiometry.words import serving_remarks


def result_json(shown: Shown) -> dict[str, Any]:
    """One result; `formulation` is null for a dose or a label."""
    result = shown.serving
    return {
        "file": shown.file,
        "product": result.product,
        "unit": result.unit,
        "units_per_serving": result.units_per_serving,
        "servings_per_day": result.servings_per_day,
        "mass_mg": rounded(result.mass_mg),
        "inputs": [_input_json(entry) for entry in result.inputs],
        "moieties": [_held_json(held, result) for held in result.moieties],
        "claims": _claims_json(shown),
        "remarks": list(serving_remarks(result)),
        "formulation": _formulation(shown),
    }


def _formulation(shown: Shown) -> dict[str, Any] | None:
    if shown.delivery is None:
        return None
    from chelate.cli.yield_output.formulation_json import formulation_json

    return formulation_json(shown.delivery)


def _claims_json(shown: Shown) -> list[dict[str, Any]]:
    if shown.delivery is not None:
        from chelate.cli.yield_output.formulation_json import claims_json

        return claims_json(shown.delivery)
    return [
        {"id": claim.id, "claimed_mg": claim.claimed_mg, "yield_mg": rounded(claim.yield_mg)}
        for claim in shown.serving.claims
    ]


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


def _held_json(held: Held, result: ServingYield) -> dict[str, Any]:
    per_day_mg = held.mg * result.servings_per_day
    return masses_json(held) | {
        "mg_per_unit": rounded(held.mg / result.units_per_serving),
        "mg_per_day": rounded(per_day_mg),
        "beside": [
            {
                "kind": level.kind,
                "name": level.name,
                "amount_mg": level.amount_mg,
                "fraction": rounded(level.fraction),
                "scope": level.scope or None,
                "exceeded": level.exceeded,
            }
            for level in beside(held.id, per_day_mg)
        ],
    }


def pair(interval: Interval) -> list[float]:
    """Both ends of an interval."""
    return [rounded(interval.low), rounded(interval.high)]


def rounded(value: float) -> float:
    """A figure to a millionth, where floats are noise."""
    return round(value, 6)
