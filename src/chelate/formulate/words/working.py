"""The arithmetic of a formulation's figures, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.figures import at_least_percent, batch, mg, money, number
from chelate.formulate import Delivery, Ingredient
from chelate.formulate.capsules import CapsuleFit, capsule_fit
from chelate.formulate.claims import claims_judged
from chelate.formulate.cost import cost_of
from chelate.formulate.words.cost import per_words
from chelate.stoichiometry.words import serving_working


def formulation_working(delivery: Delivery) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The arithmetic of every section, in their order, each with its heading."""
    yield from _not_empty(("Weighed", _weighing(delivery)))
    yield from serving_working(delivery.serving, named=True)
    yield from _not_empty(
        ("At the end of the shelf life", _end(delivery)),
        ("Against the claims", _claims(delivery)),
        ("Capsule", _capsule(delivery)),
        ("Cost", _cost(delivery)),
    )


def _not_empty(*sections: tuple[str, Iterator[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for heading, lines in sections:
        if found := tuple(lines):
            yield heading, found


def working_texts(delivery: Delivery) -> list[str]:
    """The same lines for programs, without what is in the inputs' own working."""
    parts = (_weighing, _end, _claims, _capsule, _cost)
    return [line for part in parts for line in part(delivery)]


def overage_applied(each: Ingredient) -> str:
    """How an overage is applied, with its convention.

    "1,000 mg / (1 − 0.05) = 1,053 mg weighed (overage 5 %, divide by 1 − x)".
    """
    assert each.overage is not None
    share = number(each.overage.fraction)
    divides = each.overage.convention == "divide by 1 - x"
    by = f"/ (1 − {share})" if divides else f"× (1 + {share})"
    words = "divide by 1 − x" if divides else "multiply by 1 + x"
    overage = f"overage {number(each.overage.fraction * 100)} %, {words}"
    return f"{mg(each.wanted_mg)} {by} = {mg(each.weighed_mg)} weighed ({overage})"


def _weighing(delivery: Delivery) -> Iterator[str]:
    made = delivery.formulation
    servings, units = made.servings_per_batch, made.units_per_serving
    for each in delivery.ingredients:
        if each.entry.per_batch is not None and servings:
            share = f"{mg(each.wanted_mg)} {each.name}"
            yield f"{each.entry.per_batch} / {servings:,} servings = {share}"
        if each.overage:
            yield f"{each.name}: {overage_applied(each)}"
    weighed = [(each.name, each.weighed_mg) for each in delivery.materials if each.weighed_mg]
    terms = " + ".join(mg(mass_mg) for _, mass_mg in weighed)
    if len(weighed) > 1:
        yield f"{terms} = {mg(delivery.fill_mg)} together"
    if units > 1:
        yield f"{mg(delivery.fill_mg)} / {units} = {mg(delivery.fill_mg / units)} per {made.unit}"
    for name, mass_mg in weighed if servings else ():
        whole = batch(mass_mg * (servings or 0))
        yield f"{_exact(mass_mg)} × {servings:,} = {whole} {name} per batch"


def _exact(mass_mg: float) -> str:
    """A mass with the digits that a batch of it is weighed to."""
    return f"{number(mass_mg, digits=5)} mg"


def _end(delivery: Delivery) -> Iterator[str]:
    for each in delivery.ingredients if delivery.loses else ():
        loss = number(each.loss_fraction)
        for held, left in zip(each.taken.moieties, each.at_end, strict=True):
            yield f"{each.name}: {mg(held.mg)} × (1 − {loss}) = {mg(left.mg)} {held.name}"
    for held in delivery.at_end if delivery.loses else ():
        shares = [h.mg for each in delivery.ingredients for h in each.at_end if h.id == held.id]
        if len(shares) > 1:
            yield f"{' + '.join(map(mg, shares))} = {mg(held.mg)} {held.name}"


def _claims(delivery: Delivery) -> Iterator[str]:
    for each in claims_judged(delivery):
        claimed, share = mg(each.claim.claimed_mg), at_least_percent(each.fraction)
        when = f" {each.moment}" if delivery.loses else ""
        name = f"{each.name}{when}"
        yield f"{mg(each.delivered_mg)} / {claimed} = {share} of the claim, {name}"
        if each.tolerance is not None:
            yield from _allowed(each.claim.claimed_mg, each.tolerance.low_fraction, "at least")
            yield from _allowed(each.claim.claimed_mg, each.tolerance.high_fraction, "at most")


def _allowed(claimed_mg: float, fraction: float | None, word: str) -> Iterator[str]:
    if fraction is not None:
        share = f"{number(fraction * 100)} %"
        yield f"{word} {mg(claimed_mg)} × {share} = {mg(claimed_mg * fraction)}"


def _capsule(delivery: Delivery) -> Iterator[str]:
    fit = capsule_fit(delivery)
    if fit is None:
        return
    for room, needed in (
        (fit.room_ml.high, fit.needed_g_per_ml.low),
        (fit.room_ml.low, fit.needed_g_per_ml.high),
    ):
        grams = number(fit.fill_mg / 1000)
        yield f"{grams} g / {number(room)} mL = {number(needed, digits=3)} g/mL"
    yield from _volumes(fit)
    for density, held in (
        (fit.density_g_per_ml.low, fit.holds_mg.low),
        (fit.density_g_per_ml.high, fit.holds_mg.high),
    ):
        at = f"{number(density, digits=3)} g/mL"
        yield f"{number(fit.room_ml.low)} mL × {at} = {mg(held)} in a capsule"


def _volumes(fit: CapsuleFit) -> Iterator[str]:
    """The volumes that the fill takes up when dense and when loose."""
    for word, ends in (
        ("dense", [(p.fill_mg, p.density_g_per_ml.high) for p in fit.packed]),
        ("loose", [(p.fill_mg, p.density_g_per_ml.low) for p in fit.packed]),
    ):
        terms = " + ".join(f"{number(m / 1000)} / {number(d)}" for m, d in ends)
        volume = sum(mass / 1000 / density for mass, density in ends)
        yield f"{terms} = {number(volume, digits=3)} mL when {word}"


def _cost(delivery: Delivery) -> Iterator[str]:
    cost = cost_of(delivery)
    if cost is None:
        return
    currency, made = cost.currency, delivery.formulation
    priced = [each for each in cost.materials if each.price]
    for each in priced:
        price = f"{number(each.price.per_kg if each.price else 0.0)} {currency}/kg"
        paid = money(each.cost or 0.0, currency)
        yield f"{_exact(each.weighed_mg)} {each.name} × {price} = {paid}"
    serving = money(cost.per_serving, currency)
    if len(priced) > 1:
        yield f"{' + '.join(money(p.cost or 0.0, currency) for p in priced)} = {serving}"
    if made.servings_per_day > 1:
        yield f"{serving} × {made.servings_per_day} = {money(cost.per_day, currency)} a day"
    if cost.per_container is not None:
        whole = money(cost.per_container, currency)
        yield f"{serving} × {made.servings_per_container} = {whole} a container"
    for of in cost.per_delivered:
        paid = f"{money(of.cost, currency)} per {per_words(of)}"
        yield f"{serving} × {mg(of.per_mg)} / {mg(of.delivered_mg)} = {paid}"
