"""Claims, the capsule and the cost of a formulation, as text."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.cli.printing.yields.tables import aligned, remarks, without_empty
from chelate.figures import open_range
from chelate.formulate import Delivery
from chelate.formulate.capsules import capsule_fit
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.cost import cost_of
from chelate.formulate.words.capsule import capsule_remarks, capsule_rows
from chelate.formulate.words.claims import delivered_text, judgement, of_claim
from chelate.formulate.words.cost import cost_remarks, cost_rows


def claim_lines(delivery: Delivery) -> Iterator[str]:
    """What is delivered beside what is claimed, and how it is judged."""
    judged = claims_judged(delivery)
    if not judged:
        return
    rows = [("Against the claims", "claimed", "delivered", "range", "of the claim")]
    yield from aligned(without_empty(rows + [_claim_row(each, delivery) for each in judged]))
    market = delivery.formulation.market
    yield from remarks(judgement(each, market, delivery) for each in judged)


def _claim_row(each: ClaimJudged, delivery: Delivery) -> tuple[str, ...]:
    when = f", {each.moment}" if delivery.loses else ""
    delivered, open_mg = delivered_text(each), open_range(each.range_mg, each.unit)
    name = each.name
    return f"{name}{when}", each.claim.text, delivered, open_mg, of_claim(each)


def capsule_lines(delivery: Delivery) -> Iterator[str]:
    """The fill of a capsule beside what it holds."""
    fit, made = capsule_fit(delivery), delivery.formulation
    if fit is not None:
        yield "Capsule"
        yield from (f"  {line}" for line in aligned(capsule_rows(fit)))
        yield from remarks(capsule_remarks(fit, made.capsule_material))
    elif made.form == "capsule":
        yield from remarks(["No capsule size is stated: the fill is not held against one."])
    elif made.capsule_size is not None:
        said = f"The form is {made.form}: the fill is not held against capsule size"
        yield from remarks([f"{said} {made.capsule_size}."])


def cost_lines(delivery: Delivery) -> Iterator[str]:
    """What the materials cost, per serving and for what they deliver."""
    cost = cost_of(delivery)
    if cost is None:
        return
    yield "Cost of the materials as weighed"
    rows = [("", "cost", "over the range"), *cost_rows(cost, delivery)]
    yield from (f"  {line}" for line in aligned(without_empty(rows)))
    yield from remarks(cost_remarks(cost))
