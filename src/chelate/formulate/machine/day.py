"""A day, for programs: its sittings, totals beside limits, aims and what closes their gaps."""

from __future__ import annotations

from typing import Any

from chelate.formulate.day import Aimed, Change, Closing, Contribution, Day, Taken, Total
from chelate.formulate.words.day import exceeds, remarks
from chelate.stoichiometry import Held
from chelate.stoichiometry.machine import level_json, pair, rounded


def day_json(day: Day) -> dict[str, Any]:
    """The day of a stack."""
    return {
        "stack": day.stack.stack,
        "market": day.stack.market,
        "sittings": [_sitting(sitting.when, day) for sitting in day.stack.sittings],
        "totals": [_total(total) for total in day.totals],
        "aims": [_aim(aimed) for aimed in day.aims],
        "remarks": list(remarks(day)),
    }


def _sitting(when: str, day: Day) -> dict[str, Any]:
    return {"when": when, "items": [_item(each) for each in day.taken if each.when == when]}


def _item(taken: Taken) -> dict[str, Any]:
    product = taken.product
    return {
        "product": product.name,
        "basis": product.basis,
        "file": product.file,
        "record": product.record,
        "servings": rounded(taken.servings),
        "mass_mg": rounded(product.inputs[0].dose_mg) if product.basis == "material" else None,
        "brings": [_held(held) for held in taken.brings],
        "remarks": list(product.remarks),
        "working": [line for entry in product.inputs for line in entry.working],
    }


def _total(total: Total) -> dict[str, Any]:
    return _held(total.day) | {
        "sittings": [{"when": when} | _masses(held) for when, held in total.sittings],
        "contributions": [_contribution(each) for each in total.contributions],
        "beside": [level_json(level) | {"over": exceeds(total, level)} for level in total.levels],
    }


def _contribution(each: Contribution) -> dict[str, Any]:
    taken = each.taken
    named = {"product": taken.product.name, "when": taken.when, "path": taken.path}
    return named | _masses(each.held) | {"fraction": rounded(each.fraction)}


def _aim(aimed: Aimed) -> dict[str, Any]:
    return {
        "of": aimed.found.id,
        "when": aimed.when,
        "at_least_mg": rounded(aimed.at_least_mg),
        "source": aimed.aim.source,
        "found": _held(aimed.found),
        "outcome": aimed.outcome,
        "missing_mg": rounded(aimed.missing_mg),
        "missing_range_mg": pair(aimed.missing_range_mg),
        "closings": [_closing(closing) for closing in aimed.closings],
    }


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "material": closing.name,
        "product": closing.product,
        "free": closing.free,
        "dose_mg": rounded(closing.dose_mg),
        "brings": [_held(held) for held in closing.brings],
        "changes": [_change(change) for change in closing.changes],
        "working": list(closing.working),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.more.id,
        "before_mg": rounded(change.before.mg),
        "more_mg": rounded(change.more.mg),
        "after_mg": rounded(change.after_mg),
        "beside": [level_json(level) for level in change.levels],
    }


def _held(held: Held) -> dict[str, Any]:
    return {"id": held.id, "name": held.name} | _masses(held)


def _masses(held: Held) -> dict[str, Any]:
    return {"mg": rounded(held.mg), "range_mg": pair(held.range_mg)}
