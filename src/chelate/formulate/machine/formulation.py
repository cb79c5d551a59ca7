"""A formulation, for programs: its serving, and what it has beside it."""

from __future__ import annotations

from math import isinf
from typing import Any

from chelate.formulate import Delivery, Ingredient, Weighed
from chelate.formulate.capsules import capsule_fit
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.cost import cost_of
from chelate.formulate.words.working import working_texts
from chelate.stoichiometry.machine import masses_json, pair, rounded, serving_json


def delivery_json(delivery: Delivery, *, file: str | None) -> dict[str, Any]:
    """The serving of a formulation with "formulation", and its claims as they are judged."""
    return serving_json(delivery.serving, file=file) | {
        "claims": _claims(delivery),
        "formulation": _formulation(delivery),
    }


def _formulation(delivery: Delivery) -> dict[str, Any]:
    """Masses, claims judged, capsule and cost; null for what does not apply."""
    made, servings = delivery.formulation, delivery.formulation.servings_per_batch
    return {
        "market": made.market,
        "form": made.form,
        "weighed": [_weighed(each, delivery) for each in delivery.materials],
        "fill_mg": rounded(delivery.fill_mg),
        "fill_mg_per_unit": rounded(delivery.fill_mg / made.units_per_serving),
        "servings_per_batch": servings,
        "batch_mg": rounded(delivery.fill_mg * servings) if servings else None,
        "shelf_life": made.shelf_life,
        "at_end": [masses_json(h) for h in delivery.at_end] if delivery.loses else None,
        "claims": [_claim(each) for each in claims_judged(delivery)],
        "capsule": _capsule(delivery),
        "cost": _cost(delivery),
        "working": working_texts(delivery),
    }


def _claims(delivery: Delivery) -> list[dict[str, Any]]:
    """The claims at manufacture, as they are for a label."""
    return [
        {
            "id": each.claim.id,
            "claimed_mg": each.claim.claimed_mg,
            "yield_mg": rounded(each.delivered_mg),
        }
        for each in claims_judged(delivery)
        if each.moment == "at manufacture"
    ]


def _weighed(each: Ingredient | Weighed, delivery: Delivery) -> dict[str, Any]:
    made, mass_mg = delivery.formulation, each.weighed_mg
    servings = made.servings_per_batch
    return {
        "path": each.path,
        "name": each.name,
        "weighed_mg": None if mass_mg is None else rounded(mass_mg),
        "mg_per_unit": None if mass_mg is None else rounded(mass_mg / made.units_per_serving),
        "batch_mg": rounded(mass_mg * servings) if mass_mg and servings else None,
        "density_g_per_ml": each.density_g_per_ml and pair(each.density_g_per_ml),
        "price": each.price
        and {"currency": each.price.currency, "per_kg": rounded(each.price.per_kg)},
    } | (_of_input(each) if isinstance(each, Ingredient) else {})


def _of_input(each: Ingredient) -> dict[str, Any]:
    entry, overage = each.entry, each.overage
    return {
        "wanted_mg": rounded(each.wanted_mg),
        "overage": overage and {"fraction": overage.fraction, "convention": overage.convention},
        "assay": entry.assay,
        "moisture": entry.moisture,
        "potency": entry.potency,
        "loss_fraction": each.loss_fraction,
        "defined": entry.define is not None,
        "source": entry.define.source if entry.define else None,
    }


def _claim(each: ClaimJudged) -> dict[str, Any]:
    rule, allowed = each.tolerance, each.allowed_mg
    most = None if allowed is None or isinf(allowed.high) else rounded(allowed.high)
    return {
        "id": each.claim.id,
        "text": each.claim.text,
        "claimed_mg": each.claim.claimed_mg,
        "printed_mg": pair(each.claim.printed_mg),
        "moment": each.moment,
        "delivered_mg": rounded(each.delivered_mg),
        "range_mg": pair(each.range_mg),
        "fraction": rounded(each.fraction),
        "rule": rule and {"id": rule.id, "market": rule.market, "basis": rule.basis},
        "allowed_mg": allowed and [rounded(allowed.low), most],
        "outcome": each.outcome,
    }


def _capsule(delivery: Delivery) -> dict[str, Any] | None:
    fit = capsule_fit(delivery)
    if fit is None:
        return None
    return {
        "size": fit.size,
        "fill_mg": rounded(fit.fill_mg),
        "room_ml": pair(fit.room_ml),
        "volume_ml": pair(fit.volume_ml),
        "needed_g_per_ml": pair(fit.needed_g_per_ml),
        "density_g_per_ml": pair(fit.density_g_per_ml),
        "most_g_per_ml": rounded(fit.most_g_per_ml),
        "holds_mg": pair(fit.holds_mg),
        "assumed": list(fit.assumed),
        "outcome": fit.outcome,
        "larger": fit.larger,
        "units_needed": fit.units_needed,
    }


def _cost(delivery: Delivery) -> dict[str, Any] | None:
    cost = cost_of(delivery)
    if cost is None:
        return None
    return {
        "currency": cost.currency,
        "missing": list(cost.missing),
        "per_serving": rounded(cost.per_serving),
        "per_day": rounded(cost.per_day),
        "per_container": None if cost.per_container is None else rounded(cost.per_container),
        "per_delivered": [
            {
                "id": each.id,
                "per_mg": each.per_mg,
                "cost": rounded(each.cost),
                "range": [end and rounded(end) for end in each.over_range],
            }
            for each in cost.per_delivered
        ],
    }
