"""What whoever answers for the label should know of a layout: each note with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate import catalogue
from chelate.figures import listed, mass, mg, open_range, percent
from chelate.formulate.capsules import capsule_fit, in_capsules
from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.amounts import least_declared_mg, reference_mg
from chelate.formulate.panel.brought import Brought
from chelate.formulate.panel.categories import without_category
from chelate.formulate.panel.declared import Basis, Entry, is_source_alone, spoken
from chelate.formulate.panel.lines import is_solid
from chelate.formulate.panel.naming import capitalised, is_trade_name, usual_name
from chelate.formulate.panel.open_figures import open_figures
from chelate.formulate.supplied import held_by
from chelate.formulate.words.capsule import capsule_outcome
from chelate.intervals import total

_CARRIER = 0.15
_ENERGY_MG = 500.0  # of fat these are 4.5 kcal: less than 5 kcal is declared as none
_CANADA = (
    "The label is to be in English and French; a Product Facts table has the uses, the warnings "
    "and other information too, in the terms of the product's licence (Natural Health Products "
    "Regulations, sections 87, 93 and 93.1)."
)
_ALL_PARTS = ": where sources are shown, all that supply the ingredient are (21 CFR 101.36(d)(2))"
_COMMON_NAME = {
    "US": " (21 CFR 101.4(a)(1) and 101.36(d))",
    "EU": ", which no trade mark replaces (Regulation (EU) No 1169/2011, Article 17(4))",
}
_EMPTY = (
    "Nothing is declared: no source brings 2 % of its Daily Value (21 CFR 101.36(b)(2)(i)), and "
    "nothing is claimed."
)


def notes_of(
    delivery: Delivery,
    materials: Sequence[Brought],
    entries: Sequence[Entry],
    basis: Basis,
) -> Iterator[str]:
    """The notes on a panel: on its figures, its names, and what is not known here."""
    yield from open_figures(delivery, materials, entries, basis)
    yield from _parts(delivery, basis)
    yield from _trade_names(materials, basis)
    yield from _excipients(materials, entries, basis)
    yield from _perhaps_declared(delivery, entries, basis)
    yield from _unknown(delivery)
    if basis.market == "US":
        yield from _united_states(delivery, materials, entries)
    elif basis.market == "EU":
        yield from _european_union(delivery, entries, basis)
    else:
        yield _CANADA


def _parts(delivery: Delivery, basis: Basis) -> Iterator[str]:
    for each in delivery.ingredients:
        if len(each.taken.parts) > 1:
            law = _ALL_PARTS if basis.market == "US" else ""
            yield f"{capitalised(usual_name(each.entry.substance))} is named by its parts{law}."


def _trade_names(materials: Sequence[Brought], basis: Basis) -> Iterator[str]:
    """Names that are those of a maker, and whose common name is not known here."""
    for name in dict.fromkeys(c.name for each in materials for c in each.compounds):
        if is_trade_name(name):
            law = _COMMON_NAME.get(basis.market, "")
            yield (
                f"{capitalised(name)} is a trade name: an ingredient is named by its common name"
                f"{law}, which can be given as label_name."
            )


def _excipients(
    materials: Sequence[Brought], entries: Sequence[Entry], basis: Basis
) -> Iterator[str]:
    always = basis.layout.always
    declared = {entry.id: entry.spoken for entry in entries if entry.id in always}
    for each in materials:
        found = [declared[name] for name in each.held_mg if name in declared]
        if each.excipient and found:
            yield (
                f"{capitalised(each.compounds[0].name)} is an excipient, but {listed(found)} is "
                "declared wherever it is present (21 CFR 101.36(b)(2)(i))."
            )


def _perhaps_declared(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """What excipients may bring enough of, by the hydrate or grade that their names leave open."""
    told = {entry.id for entry in entries}
    for name in (name for name in basis.layout.always if name not in told):
        within = [h for each in delivery.ingredients for h in each.at_end if h.id == name]
        brought = [(e.name, h) for e in delivery.excipients for h in held_by(e) if h.id == name]
        whole = total(h.range_mg for h in (*within, *(h for _, h in brought)))
        whole = whole.scaled(basis.servings)
        least_mg, unit = least_declared_mg(name, basis.market), catalogue.mass_unit(name)
        if brought and whole.low < least_mg <= whole.high:
            yield (
                f"{capitalised(spoken(name))} is not declared: the name leaves open which hydrate "
                f"or grade of {listed([each for each, _ in brought])} is meant, so that it is "
                f"{open_range(whole, unit)}, and from {mass(least_mg, unit)} it has to be declared "
                "(21 CFR 101.36(b)(2)(i)). An assay settles it."
            )


def _unknown(delivery: Delivery) -> Iterator[str]:
    made = delivery.formulation
    if made.form == "capsule" and made.capsule_material is None:
        yield (
            "The capsule's own material belongs in the ingredient list: capsule_material is "
            "not stated."
        )
    if made.capsule_material and not in_capsules(made):
        yield f"No capsule is printed of a {made.form}; capsule_material says that there is one."
    fit = capsule_fit(delivery)
    if fit and fit.outcome in ("tight", "does not fit"):
        filled = f"The fill of a capsule of size {fit.size} is {mg(fit.fill_mg)}."
        yield f"{filled} {capsule_outcome(fit)}"
    unweighed = [each.name for each in delivery.excipients if each.weighed_mg is None]
    if unweighed:
        yield (
            f"No mass is stated for {listed(unweighed)}: whether the list is in descending order "
            "of weight cannot be told."
        )
    for each in delivery.ingredients:
        rest_mg = each.weighed_mg - sum(part.mg for part in each.taken.parts)
        if each.taken.parts and rest_mg > _CARRIER * each.weighed_mg:
            rest, name = mass(rest_mg, each.unit), usual_name(each.entry.substance)
            yield (
                f"{rest} of {each.weighed} {name} is not the compound: a carrier belongs in the "
                "ingredient list."
            )
    mixtures = [
        usual_name(each.entry.substance)
        for each in delivery.ingredients
        if not each.taken.parts and each.weighed_mg >= _ENERGY_MG
    ]
    if mixtures:
        yield (
            f"Energy, fat, carbohydrate and protein are not counted here; {listed(mixtures)} may "
            "bring what has to be declared."
        )


def _united_states(
    delivery: Delivery, materials: Sequence[Brought], entries: Sequence[Entry]
) -> Iterator[str]:
    made = delivery.formulation
    if not entries:
        yield _EMPTY
    if made.servings_per_container is None:
        yield (
            "Servings per container are not stated; they may be left out only where the net "
            "quantity says the same (21 CFR 101.36(b)(1)(ii))."
        )
    for each in materials:
        if each.blend and is_source_alone(each):
            told = any(entry.id in each.own for entry in entries)
            line = "has its own line" if told else "is below 2 % of its Daily Value: none"
            yield (
                f"{capitalised(listed([c.name for c in each.compounds]))}: not in the weight of "
                f"{each.blend}, which is that of its other dietary ingredients; "
                f"{listed([spoken(name) for name in each.own])} {line} (21 CFR 101.36(c)(1) and "
                "(3))."
            )
    if is_solid(made) and any("iron" in each.own for each in materials):
        yield (
            "The warning on iron stands on the information panel of the container, and of the pack "
            "around it if there is one, set off in a box by hairlines, word for word (21 CFR "
            "101.17(e))."
        )
    if made.statements:
        yield (
            "Statements are printed as written; `chelate check` looks for words that may imply a "
            "disease. FDA is to be notified within 30 days of first marketing (21 CFR 101.93(a))."
        )


def _categories(without: tuple[str, ...]) -> Iterator[str]:
    yield (
        "Additives stand behind the category that is usual for them, unless the formulation "
        "states the one that they are principally there for (Regulation (EU) No 1169/2011, Annex "
        "VII, part C)."
    )
    if without:
        yield (
            f"No category stands before {listed(without)}: what of these is an additive needs one "
            "(category, beside the name of the excipient)."
        )


def _european_union(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    for entry in entries:
        whole_mg = reference_mg(entry.id, basis.market)
        least = basis.layout.significant_fraction
        counted_mg = entry.stated_mg * (entry.factor or 1)
        if whole_mg and counted_mg < least * whole_mg:
            yield (
                f"{entry.title} is {percent(counted_mg / whole_mg)} of the NRV a day; "
                f"{percent(least, decimals=0)} is a significant amount (Regulation (EU) No "
                "1169/2011, Annex XIII)."
            )
    if delivery.excipients:
        yield from _categories(tuple(without_category(delivery)))
    if delivery.formulation.statements:
        yield (
            "Only authorised health claims may be made (Regulation (EC) No 1924/2006); the "
            "statements are printed as written."
        )
