"""What is left open of a panel's figures, and what the panel does not tell of its materials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chelate import catalogue
from chelate.catalogue import names
from chelate.figures import at_least_mass, at_most_mass, listed, mass, number
from chelate.formulate.delivery import Delivery, Ingredient
from chelate.formulate.panel.amounts import reference_mg, rounded_down
from chelate.formulate.panel.brought import Brought
from chelate.formulate.panel.declared import Basis, Entry, spoken
from chelate.formulate.panel.naming import capitalised
from chelate.formulate.supplied import BY_ANALYSIS
from chelate.formulate.vitamins import known_forms, law_unit, vitamins_in, whole_mg
from chelate.formulate.words.claims import rule_words
from chelate.models import Market
from chelate.stoichiometry import Held, counted_as
from chelate.stoichiometry.assays import read_share
from chelate.stoichiometry.stated import Stated
from chelate.units import Amount, read_amount

_SHORT = 1 - 1e-9
_OPEN = 0.01
_TRACE = 0.02  # of the reference: less is declared as none (21 CFR 101.36(b)(2)(i))
_ADDED = " An added nutrient must be there at 100 % of what is declared (21 CFR 101.9(g)(4)(i))."
_IN_UNIT = {"EU": ("amount", " (Directive 2002/46/EC, Annex I)")}
_NUMBER = re.compile(r"\d+(?P<decimals>\.\d+)?")


def open_figures(
    delivery: Delivery, materials: Sequence[Brought], entries: Sequence[Entry], basis: Basis
) -> Iterator[str]:
    """Notes on claims beyond what is delivered, and on what names and digits leave open."""
    yield from _short_claims(entries, basis)
    yield from _exceeded_claims(delivery, materials, entries, basis)
    yield from _open_names(delivery, entries, basis)
    yield from _open_digits(delivery, entries, basis)
    yield from _whole_vitamins(delivery, entries)
    yield from _forms_not_known(entries, basis)
    yield from _forms_that_count_less(entries, basis)
    yield from _forms_not_held(delivery)
    yield from _not_counted(delivery, materials, basis)


def _short_claims(entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    for entry in entries:
        printed = basis.text(entry.stated_mg, entry.id)
        unit = catalogue.mass_unit(entry.id)
        if entry.claimed and entry.delivered_mg < _least_meant(printed) * _SHORT:
            yield (
                f"{entry.title}: {printed} is claimed, and "
                f"{at_least_mass(entry.delivered_mg, unit)} delivered at the end of the shelf life."
                f"{_ADDED if basis.market == 'US' else ''}"
            )


def _exceeded_claims(
    delivery: Delivery, materials: Sequence[Brought], entries: Sequence[Entry], basis: Basis
) -> Iterator[str]:
    """Claims that more is delivered of, when made, than what the market's rule allows."""
    counted = {(each.path, of) for each in materials for of in each.held_mg}
    for entry in (entry for entry in entries if entry.claimed):
        rule = catalogue.tolerance(basis.market, entry.id)
        if rule is None or rule.high_fraction is None:
            continue
        held = [h.mg for i in delivery.ingredients if (i.path, entry.id) in counted
                for h in i.taken.moieties if counted_as(h.id) == entry.id]  # fmt: skip
        made_mg, most_mg = sum(held) * basis.servings, entry.stated_mg * rule.high_fraction
        if made_mg * _SHORT > most_mg:
            unit = catalogue.mass_unit(entry.id)
            yield (
                f"{entry.title}: {basis.text(entry.stated_mg, entry.id)} is claimed, and "
                f"{at_most_mass(made_mg, unit)} delivered, more than {mass(most_mg, unit)} "
                f"({rule_words(rule)})."
            )


def _least_meant(printed: str) -> float:
    """The least that a printed amount stands for, in mg: 199.5 for "200 mg"."""
    read = read_amount(printed)
    return read.mass_mg.low if isinstance(read, Amount) and read.mass_mg else 0.0


def _open_names(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """Figures by formula alone, where the name of a material leaves open what it holds."""
    by_name = [i for i in delivery.ingredients if i.taken.parts and not i.entry.assay]
    less = [(h.id, h.mg - _by_name(h, each)) for each in by_name for h in each.at_end]
    if short := list(_down_to(less, entries, basis)):
        yield (
            "Counted by formula, where the names of the materials leave open which hydrate or "
            f"grade is meant: it may be {listed(short)}. An assay settles it."
        )


def _by_name(held: Held, ingredient: Ingredient) -> float:
    """The least in mg that the name of a material may mean, its potency being as printed."""
    potency = _potency(ingredient)
    return min(held.mg, held.range_mg.low * potency.fraction / potency.low)


def _potency(ingredient: Ingredient) -> Stated:
    return read_share(ingredient.entry.potency, "a potency", '"10 %"')


def _open_digits(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """Figures that the last printed digit of a potency leaves open."""
    for each in delivery.ingredients:
        potency, text = _potency(each), each.entry.potency or ""
        lost = 1 - potency.low / potency.fraction
        less = [(held.id, held.mg * lost) for held in each.at_end]
        if potency.form != "figure" or not (short := list(_down_to(less, entries, basis))):
            continue
        yield (
            f"{capitalised(each.name)}: a potency of {text} stands for "
            f"{number(potency.low * 100)} to {number(potency.high * 100)} %, so that it may be "
            f"{listed(short)}. Another digit narrows it: {_with_a_digit(text)}."
        )


def _with_a_digit(text: str) -> str:
    """A printed number with a zero more: "0.50 %"."""
    return _NUMBER.sub(lambda found: f"{found[0]}{'0' if found['decimals'] else '.0'}", text, 1)


def _down_to(
    less: Sequence[tuple[str, float]], entries: Sequence[Entry], basis: Basis
) -> Iterator[str]:
    """The nutrients of which notably less may be there than is printed: "zinc down to 4 mg"."""
    for entry in (entry for entry in entries if entry.is_nutrient):
        lost_mg = sum(mg for of, mg in less if counted_as(of) == entry.id) * basis.servings
        least_mg = entry.delivered_mg - lost_mg
        if least_mg < entry.stated_mg * _SHORT and lost_mg > _OPEN * entry.delivered_mg:
            yield f"{spoken(entry.id)} down to {basis.text(rounded_down(least_mg), entry.id)}"


def _whole_vitamins(delivery: Delivery, entries: Sequence[Entry]) -> Iterator[str]:
    """Vitamins that are counted as the whole of a material that is defined by a formula."""
    declared = {entry.id for entry in entries}
    for each in delivery.ingredients:
        own = each.entry.define
        nutrient = names.nutrient_of(each.entry.substance)
        if own and own.formula and nutrient in declared and not own.moieties:
            yield (
                f"{capitalised(names.spoken(nutrient))} is counted as all of the material that is "
                "defined under its name; a salt or ester of it holds less."
            )


def _reference_mg(nutrient: str, market: Market) -> float | None:
    """The mass that is the whole reference of a nutrient, in whichever unit that is."""
    return reference_mg(nutrient, market) or whole_mg(nutrient, market)


def _forms_not_known(entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """Vitamins that are not in the unit of the law, as names do not say what they count in it."""
    for entry in entries:
        unit = law_unit(entry.id, basis.market)
        if unit is None or entry.factor:
            continue
        of, law = _IN_UNIT.get(basis.market, (basis.layout.reference, ""))
        yield (
            f"{entry.title}: its {of} is in {unit}{law}, and what "
            f"{basis.text(entry.stated_mg, entry.id)} counts in it depends on the form, which is "
            f"known of {listed(list(known_forms(entry.id, basis.market)))}. Name the form, or "
            "print the amount in that unit and its percent."
        )


def _forms_that_count_less(entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """Vitamins whose mass is that of a form which counts less than its mass."""
    for entry in entries:
        if entry.factor and entry.factor < 1:
            yield (
                f"{entry.title}: {basis.text(entry.stated_mg, entry.id)} of the forms that it is "
                f"added as count × {number(entry.factor)} in {law_unit(entry.id, basis.market)}. "
                "What the formulation states of it, its claim too, is taken as the mass of these "
                "forms."
            )


def _forms_not_held(delivery: Delivery) -> Iterator[str]:
    """Materials that are what a vitamin is added as, and are not said to hold it."""
    for each in (each for each in delivery.ingredients if each.entry.define):
        held = {counted_as(h.id) for h in each.taken.moieties}
        if absent := sorted(vitamins_in(each.entry.substance) - held):
            vitamins = listed([names.spoken(of) for of in absent])
            yield (
                f"{capitalised(each.name)} is what {vitamins} is added as, and its definition "
                f"does not say how much it holds (holds): no {vitamins} is declared of it."
            )


def _not_counted(delivery: Delivery, materials: Sequence[Brought], basis: Basis) -> Iterator[str]:
    """What materials that are defined in place hold by the way, and the panel does not count."""
    own = {each.path: each.own for each in materials}
    for each in (each for each in delivery.ingredients if each.entry.define):
        counted = {*basis.layout.always, *own[each.path], *BY_ANALYSIS}
        kept = [
            f"{mass(held.mg * basis.servings, held.unit)} {names.spoken(held.id)}"
            for held in each.at_end
            if held.id in catalogue.nutrients() and held.id not in counted
            and held.mg >= _TRACE * (_reference_mg(held.id, basis.market) or float("inf"))
        ]  # fmt: skip
        if kept:
            yield (
                f"{capitalised(each.name)} holds {listed(kept)}, which is not counted: it is "
                "neither claimed, nor said to be what the material is there for (source_of in "
                "its definition)."
            )
