"""What is delivered against a claim, in words."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.catalogue import Tolerance
from chelate.figures import (
    MassUnit,
    at_least_mass,
    at_most_mass,
    mass,
    mass_range,
    number,
    open_range,
    percent,
    reckoned,
)
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.delivery import Delivery
from chelate.intervals import Interval

_MOST_DECIMALS = 12
_NOISE = 1e-9


def of_claim(each: ClaimJudged) -> str:
    """The share of the claim; what is short of all of it never looks like all."""
    return _share(each.fraction)


def _share(fraction: float) -> str:
    """To a tenth of a percent; so near below the whole with the decimals that it takes."""
    texts = (percent(fraction, decimals=decimals) for decimals in range(1, _MOST_DECIMALS))
    is_short = fraction < 1 - _NOISE
    return next(text for text in texts if not is_short or float(text[:-2].replace(",", "")) < 100)


def delivered_text(each: ClaimJudged) -> str:
    """What is delivered, with the digits that its share of the claim is reckoned from."""
    claimed_mg = each.claim.claimed_mg
    return reckoned(each.delivered_mg, lambda mass_mg: _share(mass_mg / claimed_mg), each.unit)


def judgement(each: ClaimJudged, market: str, delivery: Delivery) -> str:
    """How a claim is judged, in a sentence with the rule."""
    name = each.name
    when = f" {each.moment}" if delivery.loses else ""
    if each.tolerance is None or each.allowed_mg is None:
        return f"{capital(name)}{when}: no rule of {market} for it is known here."
    said = _said(each, f"{name}{when}", each.allowed_mg)
    return f"{capital(said)} ({rule_words(each.tolerance)})."


def open_judgements(delivery: Delivery) -> Iterator[str]:
    """The claims that do not hold over all that names and certificates leave open."""
    for each in claims_judged(delivery):
        if each.outcome not in ("meets over the whole range", "no rule known"):
            yield judgement(each, delivery.formulation.market, delivery)


def _said(each: ClaimJudged, name: str, allowed: Interval) -> str:
    match each.outcome:
        case "meets over the whole range":
            over = " over the whole range" if open_range(each.range_mg, each.unit) else ""
            return f"{name} meets the claim{over}"
        case "meets at the nominal figure only":
            return f"{name} meets the claim at the nominal figure only: {_misses(each, allowed)}"
        case "meets only as rounded":
            stands_for = mass_range(each.claim.printed_mg, each.unit)
            below = _below(each.delivered_mg, allowed, each.unit)
            return (
                f"{name} meets the claim only as rounded: {below}, "
                f"and {each.claim.text} as printed stands for {stands_for}"
            )
        case "above":
            return f"{name} is above: {_above(each.delivered_mg, allowed, each.unit)}"
    if not each.delivered_mg:
        return f"{name} is short: no input brings any"
    missing = mass(allowed.low - each.delivered_mg, each.unit)
    return f"{name} is short by {missing}: {_below(each.delivered_mg, allowed, each.unit)}"


def _misses(each: ClaimJudged, allowed: Interval) -> str:
    if each.range_mg.low < allowed.low:
        return f"it may be {_least(each, allowed)}"
    return f"it may be {_above(each.range_mg.high, allowed, each.unit)}"


def _least(each: ClaimJudged, allowed: Interval) -> str:
    """The least that it may be, in the digits of its range where these are less than it should."""
    least = mass(each.range_mg.low, each.unit)
    if least == mass(allowed.low, each.unit):
        return _below(each.range_mg.low, allowed, each.unit)
    return f"{least}, less than {mass(allowed.low, each.unit)}"


def _below(mass_mg: float, allowed: Interval, unit: MassUnit) -> str:
    """A mass and the least that it should be, never the same in print."""
    return f"{at_least_mass(mass_mg, unit)}, less than {mass(allowed.low, unit)}"


def _above(mass_mg: float, allowed: Interval, unit: MassUnit) -> str:
    return f"{at_most_mass(mass_mg, unit)}, more than {mass(allowed.high, unit)}"


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
