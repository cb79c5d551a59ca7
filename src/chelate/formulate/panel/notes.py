"""What whoever answers for the label should know of a layout: each note with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate.figures import at_least_mg, listed, mg, percent
from chelate.formulate.delivery import Delivery
from chelate.formulate.panel.amounts import reference_mg, rounded_down
from chelate.formulate.panel.brought import Brought
from chelate.formulate.panel.declared import Basis, Entry, is_valued, spoken
from chelate.formulate.panel.naming import capitalised, usual_name
from chelate.formulate.supplied import counted_as
from chelate.units import Amount, read_amount

_SHORT = 1 - 1e-9
_CARRIER = 0.15
_OPEN = 0.01
_ENERGY_MG = 500.0  # of fat these are 4.5 kcal: less than 5 kcal is declared as none
_CANADA = (
    "The label is to be in English and French; a Product Facts table has the uses, the warnings "
    "and other information too, in the terms of the product's licence (Natural Health Products "
    "Regulations, sections 87, 93 and 93.1)."
)
_ADDED = " An added nutrient must be there at 100 % of what is declared (21 CFR 101.9(g)(4)(i))."
_ALL_PARTS = ": where sources are shown, all that supply the ingredient are (21 CFR 101.36(d)(2))"
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
    yield from _short_claims(entries, basis)
    yield from _open_names(delivery, entries, basis)
    yield from _parts(delivery, basis)
    yield from _excipients(materials, entries, basis)
    yield from _unknown(delivery)
    if basis.market == "US":
        yield from _united_states(delivery, materials, entries)
    elif basis.market == "EU":
        yield from _european_union(delivery, entries, basis)
    else:
        yield _CANADA


def _short_claims(entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    for entry in entries:
        printed = basis.text(entry.stated_mg, entry.id)
        if entry.claimed and entry.delivered_mg < _least_meant(printed) * _SHORT:
            yield (
                f"{entry.title}: {printed} is claimed, and "
                f"{at_least_mg(entry.delivered_mg)} delivered at the end of the shelf life."
                f"{_ADDED if basis.market == 'US' else ''}"
            )


def _least_meant(printed: str) -> float:
    """The least that a printed amount stands for, in mg: 199.5 for "200 mg"."""
    read = read_amount(printed)
    return read.mass_mg.low if isinstance(read, Amount) and read.mass_mg else 0.0


def _open_names(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    """Figures by formula alone, where the name of a material leaves open what it holds."""
    least = {entry.id: _least_by_name(entry, delivery, basis) for entry in entries}
    short = [
        f"{spoken(entry.id)} down to {basis.text(rounded_down(least[entry.id]), entry.id)}"
        for entry in entries
        if entry.is_nutrient
        and least[entry.id] < entry.stated_mg * _SHORT
        and entry.delivered_mg - least[entry.id] > _OPEN * entry.delivered_mg
    ]
    if short:
        yield (
            "Counted by formula, where the names of the materials leave open which hydrate or "
            f"grade is meant: it may be {listed(short)}. An assay settles it."
        )


def _least_by_name(entry: Entry, delivery: Delivery, basis: Basis) -> float:
    """The least in mg that is delivered, whatever the names of unassayed materials mean."""
    by_name = [i for i in delivery.ingredients if i.taken.parts and not i.entry.assay]
    held = [h for each in by_name for h in each.at_end if counted_as(h.id) == entry.id]
    return entry.delivered_mg - sum(h.mg - h.range_mg.low for h in held) * basis.servings


def _parts(delivery: Delivery, basis: Basis) -> Iterator[str]:
    for each in delivery.ingredients:
        if len(each.taken.parts) > 1:
            law = _ALL_PARTS if basis.market == "US" else ""
            yield f"{capitalised(usual_name(each.entry.substance))} is named by its parts{law}."


def _excipients(
    materials: Sequence[Brought], entries: Sequence[Entry], basis: Basis
) -> Iterator[str]:
    always = basis.layout.always
    declared = {entry.id: entry.title for entry in entries if entry.id in always}
    for each in materials:
        found = [declared[name] for name in each.held_mg if name in declared]
        if each.excipient and found:
            yield (
                f"{capitalised(each.compounds[0].name)} is an excipient, but {listed(found)} is "
                "declared wherever it is present (21 CFR 101.36(b)(2)(i))."
            )


def _unknown(delivery: Delivery) -> Iterator[str]:
    made = delivery.formulation
    if made.form == "capsule" and made.capsule_material is None:
        yield (
            "The capsule's own material belongs in the ingredient list: capsule_material is "
            "not stated."
        )
    unweighed = [each.name for each in delivery.excipients if each.weighed_mg is None]
    if unweighed:
        yield (
            f"No mass is stated for {listed(unweighed)}: whether the list is in descending order "
            "of weight cannot be told."
        )
    for each in delivery.ingredients:
        rest_mg = each.weighed_mg - sum(part.mg for part in each.taken.parts)
        if each.taken.parts and rest_mg > _CARRIER * each.weighed_mg:
            yield (
                f"{mg(rest_mg)} of {mg(each.weighed_mg)} {usual_name(each.entry.substance)} is "
                "not the compound: a carrier belongs in the ingredient list."
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
        if each.blend and is_valued(each, "US"):
            yield (
                f"{capitalised(listed([c.name for c in each.compounds]))}: not in the weight of "
                f"{each.blend}, which is that of its other dietary ingredients; what has a Daily "
                "Value has its own line (21 CFR 101.36(c)(1) and (3))."
            )
    if made.statements:
        yield (
            "Statements are printed as written; `chelate check` looks for words that may imply a "
            "disease. FDA is to be notified within 30 days of first marketing (21 CFR 101.93(a))."
        )


def _european_union(delivery: Delivery, entries: Sequence[Entry], basis: Basis) -> Iterator[str]:
    for entry in entries:
        whole_mg = reference_mg(entry.id, basis.market)
        least = basis.layout.significant_fraction
        if whole_mg and entry.stated_mg < least * whole_mg:
            yield (
                f"{entry.title} is {percent(entry.stated_mg / whole_mg)} of the NRV a day; "
                f"{percent(least, decimals=0)} is a significant amount (Regulation (EU) No "
                "1169/2011, Annex XIII)."
            )
    if delivery.excipients:
        yield (
            "Additives carry the name of their category before their own (Regulation (EU) No "
            "1169/2011, Annex VII, part C): anti-caking agent, bulking agent, glazing agent."
        )
    if delivery.formulation.statements:
        yield (
            "Only authorised health claims may be made (Regulation (EC) No 1924/2006); the "
            "statements are printed as written."
        )
