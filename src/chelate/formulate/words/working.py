"""The arithmetic of a formulation's figures, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.figures import (
    MassUnit,
    batch,
    equation,
    mass,
    mg,
    money,
    number,
    stated_mass,
)
from chelate.formulate import Delivery, Ingredient
from chelate.formulate.capsules import CapsuleFit, capsule_fit
from chelate.formulate.claims import ClaimJudged, claims_judged
from chelate.formulate.cost import cost_of
from chelate.formulate.words.claims import delivered_text, of_claim
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
    line = equation(mass(each.wanted_mg, each.unit), by, each.weighed_mg, each.unit)
    return f"{line} weighed ({overage})"


def _weighing(delivery: Delivery) -> Iterator[str]:
    made = delivery.formulation
    servings, units = made.servings_per_batch, made.units_per_serving
    for each in delivery.ingredients:
        if each.entry.per_batch is not None and servings:
            share = f"{mass(each.wanted_mg, each.unit)} {each.name}"
            yield f"{each.entry.per_batch} / {servings:,} servings = {share}"
        if each.overage:
            yield f"{each.name}: {overage_applied(each)}"
    weighed = [(each, each.weighed_mg) for each in delivery.materials if each.weighed_mg]
    terms = " + ".join(mg(mass_mg) for _, mass_mg in weighed)
    if len(weighed) > 1:
        yield f"{terms} = {mg(delivery.fill_mg)} together"
    if units > 1:
        yield f"{mg(delivery.fill_mg)} / {units} = {mg(delivery.fill_mg / units)} per {made.unit}"
    for material, mass_mg in weighed if servings else ():
        whole, own = batch(mass_mg * (servings or 0)), _exact(mass_mg, material.unit)
        yield f"{own} × {servings:,} = {whole} {material.name} per batch"


def _exact(mass_mg: float, unit: MassUnit) -> str:
    """A mass with the digits that a batch of it is weighed to."""
    return stated_mass(mass_mg, unit, digits=5)


def _end(delivery: Delivery) -> Iterator[str]:
    for each in delivery.ingredients if delivery.loses else ():
        loss = number(each.loss_fraction)
        for held, left in zip(each.taken.moieties, each.at_end, strict=True):
            yield f"{each.name}: {held.text} × (1 − {loss}) = {left.text} {held.name}"
    for held in delivery.at_end if delivery.loses else ():
        shares = [h.text for each in delivery.ingredients for h in each.at_end if h.id == held.id]
        if len(shares) > 1:
            yield f"{' + '.join(shares)} = {held.text} {held.name}"


def _claims(delivery: Delivery) -> Iterator[str]:
    for each in claims_judged(delivery):
        claimed, share = stated_mass(each.claim.claimed_mg, each.unit), of_claim(each)
        when = f" {each.moment}" if delivery.loses else ""
        name = f"{each.name}{when}"
        yield f"{delivered_text(each)} / {claimed} = {share} of the claim, {name}"
        if each.tolerance is not None:
            yield from _allowed(each, each.tolerance.low_fraction, "at least")
            yield from _allowed(each, each.tolerance.high_fraction, "at most")


def _allowed(each: ClaimJudged, fraction: float | None, word: str) -> Iterator[str]:
    if fraction is not None:
        claimed, by = mass(each.claim.claimed_mg, each.unit), f"× {number(fraction * 100)} %"
        yield f"{word} {equation(claimed, by, each.claim.claimed_mg * fraction, each.unit)}"


def _capsule(delivery: Delivery) -> Iterator[str]:
    """The lines for the least and the most; once where these are one."""
    if fit := capsule_fit(delivery):
        yield from dict.fromkeys(_of_capsule(fit))


def _of_capsule(fit: CapsuleFit) -> Iterator[str]:
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
        yield f"{_exact(each.weighed_mg, each.unit)} {each.name} × {price} = {paid}"
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
        unit = catalogue.mass_unit(of.id)
        whole = f"{mass(of.per_mg, unit)} / {mass(of.delivered_mg, unit)}"
        yield f"{serving} × {whole} = {paid}"
