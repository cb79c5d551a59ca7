"""The output of `chelate stack` for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from chelate.cli.footer import footer_json
from chelate.formulate.day import Aimed, Change, Closing, Contribution, Day, Taken, Total
from chelate.formulate.words.day import exceeds, references, remarks, shown
from chelate.intervals import Interval
from chelate.limits import Beside
from chelate.stoichiometry import Held


def json_of(day: Day) -> str:
    """The day as a JSON document, version 1; masses are in mg, fractions 0-1."""
    ids = shown(day)
    document = {
        "version": 1,
        "stack": day.stack.stack,
        "market": day.stack.market,
        "sittings": [_sitting(sitting.when, day) for sitting in day.stack.sittings],
        "totals": [_total(total) for total in day.totals],
        "aims": [_aim(aimed) for aimed in day.aims],
        "remarks": list(remarks(day)),
        **footer_json(ids, references=references(day), cautions=ids),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _sitting(when: str, day: Day) -> dict[str, Any]:
    return {"when": when, "items": [_item(each) for each in day.taken if each.when == when]}


def _item(taken: Taken) -> dict[str, Any]:
    product = taken.product
    return {
        "product": product.name,
        "basis": product.basis,
        "file": product.file,
        "record": product.record,
        "servings": _rounded(taken.servings),
        "mass_mg": _rounded(product.inputs[0].dose_mg) if product.basis == "material" else None,
        "brings": [_held(held) for held in taken.brings],
        "remarks": list(product.remarks),
        "working": [line for entry in product.inputs for line in entry.working],
    }


def _total(total: Total) -> dict[str, Any]:
    return _held(total.day) | {
        "sittings": [{"when": when} | _masses(held) for when, held in total.sittings],
        "contributions": [_contribution(each) for each in total.contributions],
        "beside": [_level(level) | {"over": exceeds(total, level)} for level in total.levels],
    }


def _contribution(each: Contribution) -> dict[str, Any]:
    taken = each.taken
    named = {"product": taken.product.name, "when": taken.when, "path": taken.path}
    return named | _masses(each.held) | {"fraction": _rounded(each.fraction)}


def _aim(aimed: Aimed) -> dict[str, Any]:
    return {
        "of": aimed.found.id,
        "when": aimed.when,
        "at_least_mg": _rounded(aimed.at_least_mg),
        "source": aimed.aim.source,
        "found": _held(aimed.found),
        "outcome": aimed.outcome,
        "missing_mg": _rounded(aimed.missing_mg),
        "missing_range_mg": _pair(aimed.missing_range_mg),
        "closings": [_closing(closing) for closing in aimed.closings],
    }


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "material": closing.name,
        "product": closing.product,
        "free": closing.free,
        "dose_mg": _rounded(closing.dose_mg),
        "brings": [_held(held) for held in closing.brings],
        "changes": [_change(change) for change in closing.changes],
        "working": list(closing.working),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.more.id,
        "before_mg": _rounded(change.before.mg),
        "more_mg": _rounded(change.more.mg),
        "after_mg": _rounded(change.after_mg),
        "beside": _levels(change.levels),
    }


def _levels(levels: Iterable[Beside]) -> list[dict[str, Any]]:
    return [_level(level) for level in levels]


def _level(level: Beside) -> dict[str, Any]:
    return {
        "kind": level.kind,
        "name": level.name,
        "amount_mg": level.amount_mg,
        "fraction": _rounded(level.fraction),
        "scope": level.scope or None,
        "exceeded": level.exceeded,
    }


def _held(held: Held) -> dict[str, Any]:
    return {"id": held.id, "name": held.name} | _masses(held)


def _masses(held: Held) -> dict[str, Any]:
    return {"mg": _rounded(held.mg), "range_mg": _pair(held.range_mg)}


def _pair(interval: Interval) -> list[float]:
    return [_rounded(interval.low), _rounded(interval.high)]


def _rounded(value: float) -> float:
    return round(value, 6)
