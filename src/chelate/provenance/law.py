"""The records of reference values, limits, tolerances, panels and rules, each in a line."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.catalogue import Tolerance
from chelate.figures import number, percent
from chelate.limits import SCOPES
from chelate.provenance.records import Entry
from chelate.rules import RULES


def reference_values() -> Iterator[Entry]:
    """Daily Values and NRVs, by edition and nutrient."""
    for each in catalogue.reference_values():
        says = f"{number(each.amount)} {each.unit}, {each.population}"
        yield Entry(f"{each.edition}/{each.nutrient}", says, each.sources, each.verified)


def upper_levels() -> Iterator[Entry]:
    """Upper levels, by nutrient, authority and age."""
    for each in catalogue.upper_levels():
        who = f"{each.authority}/{each.age_from}" + (f"-{each.age_to}" if each.age_to else "+")
        says = f"{number(each.amount)} {each.unit} a day, {each.population}; {SCOPES[each.scope]}"
        note = f". {each.note}" if each.note else ""
        yield Entry(f"{each.nutrient}/{who}", says + note, each.sources, each.verified)


def cautions() -> Iterator[Entry]:
    """What to know before taking a nutrient."""
    for each in catalogue.cautions():
        yield Entry(each.id, " ".join(each.text.split()), each.sources, each.verified)


def tolerances() -> Iterator[Entry]:
    """How far a measurement may be from the label."""
    for each in catalogue.tolerances():
        yield Entry(each.id, _tolerance(each), each.sources, each.verified)


def _tolerance(each: Tolerance) -> str:
    ends = (("at least", each.low_fraction), ("at most", each.high_fraction))
    said = [f"{end} {percent(value, decimals=0)}" for end, value in ends if value is not None]
    return f"{each.market}, {each.basis}: {', '.join(said)}. {' '.join(each.note.split())}"


def panel_layouts() -> Iterator[Entry]:
    """What the panel of each market prints."""
    from chelate.formulate.panel.words import MARKETS, layout

    for market in MARKETS:
        each = layout(market)
        says = f"{each.title}: its words, and the order of {len(each.order)} nutrients"
        cited = (*each.sources, *each.statement_sources, *each.order_sources)
        yield Entry(market, says, cited, each.verified)


def rules() -> Iterator[Entry]:
    """Every rule with its title; verified where each document that it cites was read."""
    known = catalogue.references()
    for each in RULES:
        read = all(known[key].verified for key in each.references)
        says = f"{each.name.replace('-', ' ')}: {each.sections['Title']}"
        yield Entry(each.code, says, each.references, read)


def rules_on_statements() -> tuple[str, ...]:
    """The documents that the rules on statements cite, and so the thresholds that they apply."""
    keys = (key for each in RULES if each.code.startswith("CL") for key in each.references)
    return tuple(dict.fromkeys(keys))
