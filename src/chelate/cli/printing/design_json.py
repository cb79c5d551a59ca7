"""The result of `chelate design` for programs."""

from __future__ import annotations

import json
from typing import Any

from chelate.cli.printing.design import references
from chelate.cli.printing.footer import footer_json
from chelate.formulate.cost import cost_of
from chelate.formulate.design import Found, Impossible, Made, Mend, Problem, Relaxed, Wish
from chelate.formulate.words.claims import open_judgements
from chelate.formulate.words.working import working_texts

_UNIT = {"units": "units", "share": "fraction"}


def design_json(result: Found | Impossible, yaml: str) -> str:
    """The whole document; `file` is the formulation as it is written, null where none is."""
    made = _made(result)
    problem = result.made.problem if isinstance(result, Found) else result.problem
    ids = [each.id for each in made.delivery.moieties] if made else []
    document = {
        "version": 1,
        "possible": isinstance(result, Found),
        "objective": problem.objective,
        "file": yaml or None,
        **(_found(result) if isinstance(result, Found) else _impossible(result)),
        **footer_json([], references=references(problem), cautions=ids, limits=False),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _made(result: Found | Impossible) -> Made | None:
    if isinstance(result, Found):
        return result.made
    return result.nearest.made if result.nearest else None


def _found(found: Found) -> dict[str, Any]:
    return {
        "design": _design(found.made),
        "value": _amount(found.made.point.value, found.made.problem),
        "binding": [_relaxed(each, found.made.problem) for each in found.binding],
        "one_unit_fewer": [_mend(each) for each in found.one_fewer],
        "conflict": None,
    }


def _impossible(result: Impossible) -> dict[str, Any]:
    nearest = result.nearest
    return {
        "design": None,
        "value": None,
        "binding": [],
        "one_unit_fewer": [],
        "conflict": {
            "wishes": [_wish(each) for each in result.conflict.wishes],
            "gap_mg": _rounded(result.conflict.gap_mg) if result.conflict.lead else None,
            "arithmetic": list(result.arithmetic),
            "mends": [_mend(each) for each in result.mends],
            "no_other_figure": [
                {"path": each.wish.path, "others": [wish.words for wish in each.others]}
                for each in result.stuck
            ],
            "nearest": nearest
            and {"changes": list(nearest.changes), "design": _design(nearest.made)},
        },
    }


def _design(made: Made) -> dict[str, Any]:
    cost = cost_of(made.delivery)
    return {
        "formulation": made.formulation.model_dump(mode="json", exclude_defaults=True),
        "units_per_serving": made.formulation.units_per_serving,
        "fill_mg": _rounded(made.delivery.fill_mg),
        "needed_g_per_ml": made.needed_g_per_ml and _rounded(made.needed_g_per_ml),
        "delivered": [
            {"id": held.id, "name": held.name, "mg": _rounded(held.mg)}
            for held in made.delivery.moieties
        ],
        "delivered_at_end": [
            {"id": held.id, "name": held.name, "mg": _rounded(held.mg)}
            for held in made.delivery.at_end
        ]
        if made.problem.loses
        else None,
        "wishes": [
            _wish(wish) | {"reached": _rounded(made.reached(wish))}
            for wish in made.problem.wishes
            if wish.kind != "limit"
        ],
        "claims": [*open_judgements(made.delivery)],
        "cost": cost and {"currency": cost.currency, "per_serving": _rounded(cost.per_serving)},
        "working": working_texts(made.delivery),
    }


def _wish(wish: Wish) -> dict[str, Any]:
    return {
        "path": wish.path,
        "kind": wish.kind,
        "of": wish.of,
        "sense": wish.sense,
        "bound": _rounded(wish.bound),
        "unit": _UNIT.get(wish.kind, "mg per serving"),
        "words": wish.words,
        "at_end": wish.at_end,
    }


def _relaxed(each: Relaxed, problem: Problem) -> dict[str, Any]:
    value, gain = _amount(each.value, problem), _amount(each.gain, problem)
    return {"path": each.path, "words": each.words, "value": value, "gain": gain}


def _mend(each: Mend) -> dict[str, Any]:
    return {"path": each.path, "words": each.words, "to": each.to and _rounded(each.to)}


def _amount(value: float, problem: Problem) -> float:
    """A value of the objective: in mg, units, or the currency."""
    return _rounded(value / 1_000_000 if problem.objective == "least cost" else value)


def _rounded(value: float) -> float:
    return round(value, 9)
