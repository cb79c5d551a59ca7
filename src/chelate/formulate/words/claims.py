"""What is delivered against a claim, in words."""

from __future__ import annotations

from chelate.catalogue import Tolerance
from chelate.figures import at_least_mg, at_least_percent, at_most_mg, mg, mg_range, number, percent
from chelate.formulate.claims import ClaimJudged
from chelate.formulate.delivery import Delivery
from chelate.intervals import Interval
from chelate.stoichiometry.words import open_range


def of_claim(each: ClaimJudged) -> str:
    """The share of the claim; what is short of all of it never looks like all."""
    return at_least_percent(each.fraction)


def judgement(each: ClaimJudged, market: str, delivery: Delivery) -> str:
    """How a claim is judged, in a sentence with the rule."""
    name = each.name
    when = f" {each.moment}" if delivery.loses else ""
    if each.tolerance is None or each.allowed_mg is None:
        return f"{capital(name)}{when}: no rule of {market} for it is known here."
    said = _said(each, f"{name}{when}", each.allowed_mg)
    return f"{capital(said)} ({rule_words(each.tolerance)})."


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


def capital(text: str) -> str:
    """A text with its first letter as at the start of a sentence."""
    return text[:1].upper() + text[1:]
