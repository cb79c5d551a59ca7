"""Claims, the capsule and the cost of a formulation, as text."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from chelate.catalogue import Tolerance, fill_density
from chelate.cli.yield_output.serving import open_range
from chelate.cli.yield_output.tables import aligned, remarks, without_empty
from chelate.figures import (
    at_least_mg,
    at_least_percent,
    at_most_mg,
    listed,
    mg,
    mg_range,
    money,
    number,
    percent,
)
from chelate.formulate import Delivery
from chelate.formulate.capsules import CapsuleFit, capsule_fit, density
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.cost import Cost, CostOf, cost_of
from chelate.intervals import Interval


def claim_lines(delivery: Delivery) -> Iterator[str]:
    """What is delivered beside what is claimed, and how it is judged."""
    judged = claims_judged(delivery)
    if not judged:
        return
    rows = [("Against the claims", "claimed", "delivered", "range", "of the claim")]
    yield from aligned(without_empty(rows + [_claim_row(each, delivery) for each in judged]))
    market = delivery.formulation.market
    yield from remarks(_judgement(each, market, delivery) for each in judged)


def _claim_row(each: ClaimJudged, delivery: Delivery) -> tuple[str, ...]:
    when = f", {each.moment}" if delivery.loses else ""
    delivered, open_mg = mg(each.delivered_mg), open_range(each.range_mg)
    name = each.name
    return f"{name}{when}", each.claim.text, delivered, open_mg, of_claim(each)


def of_claim(each: ClaimJudged) -> str:
    """The share of the claim; what is short of all of it never looks like all."""
    return at_least_percent(each.fraction)


def _judgement(each: ClaimJudged, market: str, delivery: Delivery) -> str:
    name = each.name
    when = f" {each.moment}" if delivery.loses else ""
    if each.tolerance is None or each.allowed_mg is None:
        return f"{_capital(name)}{when}: no rule of {market} for it is known here."
    said = _said(each, f"{name}{when}", each.allowed_mg)
    return f"{_capital(said)} ({rule_words(each.tolerance)})."


def _said(each: ClaimJudged, name: str, allowed: Interval) -> str:
    match each.outcome:
        case "meets over the whole range":
            over = " over the whole range" if open_range(each.range_mg) else ""
            return f"{name} meets the claim{over}"
        case "meets at the nominal figure only":
            return f"{name} meets the claim at the nominal figure only: {_misses(each, allowed)}"
        case "meets only as rounded":
            stands_for = mg_range(each.claim.printed_mg)
            return (
                f"{name} meets the claim only as rounded: {_below(each.delivered_mg, allowed)}, "
                f"and {each.claim.text} as printed stands for {stands_for}"
            )
        case "above":
            return f"{name} is above: {_above(each.delivered_mg, allowed)}"
    if not each.delivered_mg:
        return f"{name} is short: no input brings any"
    missing = mg(allowed.low - each.delivered_mg)
    return f"{name} is short by {missing}: {_below(each.delivered_mg, allowed)}"


def _misses(each: ClaimJudged, allowed: Interval) -> str:
    if each.range_mg.low < allowed.low:
        return f"it may be {_below(each.range_mg.low, allowed)}"
    return f"it may be {_above(each.range_mg.high, allowed)}"


def _below(mass_mg: float, allowed: Interval) -> str:
    """A mass and the least that it should be, never the same in print."""
    shown = mg(mass_mg) if round(mass_mg, 1) < allowed.low else at_least_mg(mass_mg)
    return f"{shown}, less than {mg(allowed.low)}"


def _above(mass_mg: float, allowed: Interval) -> str:
    shown = mg(mass_mg) if round(mass_mg, 1) > allowed.high else at_most_mg(mass_mg)
    return f"{shown}, more than {mg(allowed.high)}"


def rule_words(tolerance: Tolerance) -> str:
    """A market's rule in a few words: "US law: at least 100 % of the claim"."""
    basis = "law" if tolerance.basis == "law" else "guidance, which is not law"
    low, high = tolerance.low_fraction, tolerance.high_fraction
    if low is None or high is None:
        ends = [("at least", low), ("at most", high)]
        span = " ".join(f"{word} {percent(x, decimals=0)}" for word, x in ends if x is not None)
    else:
        span = f"{number(low * 100)}–{percent(high, decimals=0)}"
    return f"{tolerance.market} {basis}: {span} of the claim"


def capsule_lines(delivery: Delivery) -> Iterator[str]:
    """The fill of a capsule beside what it holds."""
    fit, made = capsule_fit(delivery), delivery.formulation
    if fit is not None:
        yield "Capsule"
        yield from (f"  {line}" for line in aligned(_capsule_rows(fit)))
        yield from remarks(_capsule_remarks(fit, made.capsule_material))
    elif made.form == "capsule":
        yield from remarks(["No capsule size is stated: the fill is not held against one."])
    elif made.capsule_size is not None:
        said = f"The form is {made.form}: the fill is not held against capsule size"
        yield from remarks([f"{said} {made.capsule_size}."])


def _capsule_rows(fit: CapsuleFit) -> Iterator[tuple[str, str]]:
    yield "fill of one capsule", mg(fit.fill_mg)
    yield f"size {fit.size} holds", f"{span(fit.room_ml)} mL"
    yield "density that it takes", f"{span(fit.needed_g_per_ml)} g/mL"
    yield f"density, {_known(fit)}", f"{span(fit.density_g_per_ml)} g/mL"
    yield "what it holds at that", mg_range(fit.holds_mg)


def _known(fit: CapsuleFit) -> str:
    if not fit.assumed:
        return "stated"
    return "assumed" if len(fit.assumed) == len(fit.packed) else "partly assumed"


def _capsule_remarks(fit: CapsuleFit, material: str | None) -> Iterator[str]:
    yield capsule_outcome(fit)
    if fit.assumed:
        usual = f"the usual {span(density(None))} g/mL is assumed"
        yield f"No density is stated of {listed(fit.assumed)}: {usual}, {_ceiling()} at most."
    if len(fit.packed) > len(fit.assumed):
        yield (
            "Volumes of powders are added up, which is an approximation: they settle between "
            "one another."
        )
    if material:
        yield f"The empty capsule, {material}, is no part of the fill."


def _ceiling() -> str:
    return f"{number(fill_density().ceiling_g_per_ml)} g/mL"


def capsule_outcome(fit: CapsuleFit) -> str:
    """Whether the fill fits, and what would hold it if it does not."""
    at = "usual" if fit.assumed else "stated"
    needed = number(fit.needed_g_per_ml.high, digits=3)
    if fit.outcome == "fits":
        return f"It fits at the {at} densities."
    if fit.outcome == "fits if dense":
        return f"It fits only if filled at {needed} g/mL or more."
    if fit.outcome == "tight":
        return f"It fits only if filled at {needed} g/mL or more, denser than {at}. {_instead(fit)}"
    most = number(fit.most_g_per_ml, digits=3)
    least = number(fit.needed_g_per_ml.low, digits=3)
    return f"It does not fit: it takes {least} g/mL, more than {most}. {_instead(fit)}"


def _instead(fit: CapsuleFit) -> str:
    more = f"{fit.units_needed} capsules of size {fit.size} in a serving"
    if fit.larger is None:
        return f"No size is larger that would hold it; {more} would, filled densely."
    return f"Size {fit.larger} would hold it, or {more}, filled densely."


def span(interval: Interval) -> str:
    """A range of plain numbers: "0.9–0.95"."""
    low, high = number(interval.low, digits=3), number(interval.high, digits=3)
    return low if low == high else f"{low}–{high}"


def cost_lines(delivery: Delivery) -> Iterator[str]:
    """What the materials cost, per serving and for what they deliver."""
    cost = cost_of(delivery)
    if cost is None:
        return
    yield "Cost of the materials as weighed"
    rows = [("", "cost", "over the range"), *_cost_rows(cost, delivery)]
    yield from (f"  {line}" for line in aligned(without_empty(rows)))
    yield from remarks(_cost_remarks(cost))


def _cost_rows(cost: Cost, delivery: Delivery) -> Iterator[tuple[str, str, str]]:
    made, least = delivery.formulation, "at least " if cost.missing else ""
    sums: list[tuple[str, float | None]] = [("per serving", cost.per_serving)]
    if made.servings_per_day > 1:
        sums.append(("per day", cost.per_day))
    sums.append((f"per container of {made.servings_per_container}", cost.per_container))
    for name, amount in sums:
        if amount is not None:
            yield name, f"{least}{money(amount, cost.currency)}", ""
    for each in cost.per_delivered:
        shown = f"{least}{money(each.cost, cost.currency)}"
        yield f"per {per_words(each)}", shown, _cost_range(each, cost.currency)


def per_words(each: CostOf) -> str:
    """What a cost is for: "100 mg magnesium"."""
    return f"{'g' if each.per_mg == 1000 else mg(each.per_mg)} {each.name}"


def _cost_range(each: CostOf, currency: str) -> str:
    low, high = each.over_range
    first = money(low, currency)
    last = "more" if high is None or isinf(high) else money(high, currency)
    return "" if first == last else f"{first.removesuffix(f' {currency}')}–{last}"


def _cost_remarks(cost: Cost) -> Iterator[str]:
    if cost.missing:
        yield f"No price is stated of {listed(cost.missing)}: the cost is that of the rest."
    yield (
        "The cost for what is delivered is that of the whole serving. Empty capsules, packing "
        "and work are not counted."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
