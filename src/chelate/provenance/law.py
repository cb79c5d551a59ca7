"""The records of reference values, limits, tolerances, panels and rules, each in a line."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue, evidence, resources
from chelate.catalogue import Tolerance
from chelate.figures import listed, number, percent
from chelate.limits import SCOPES
from chelate.provenance.records import Entry
from chelate.rules import RULES
from chelate.rules.lexicon import data

_THRESHOLDS = {
    "us_share": ("cfr-101-54", "the Daily Value in a serving (US)"),
    "eu_share": ("reg-1924-2006", "the NRV in a day's portion (EU)"),
}
_AUTHORISED = ("reg-432-2012", "reg-432-2012-annex")
_DISCLAIMER = ("cfr-101-93",)


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
        cited += each.warning_sources + each.unit_sources
        yield Entry(market, says, cited, each.verified)
    additives = resources.toml("panel_layout.toml")["additives"]
    for category, named in additives["categories"].items():
        says = f"the usual category of {listed(named)}"
        yield Entry(f"EU/{category}", says, tuple(additives["sources"]), additives["verified"])


def rules() -> Iterator[Entry]:
    """Every rule with its title; verified where each document that it cites was read."""
    known = catalogue.references()
    for each in RULES:
        cited = each.references or _of_the_register()
        read = all(known[key].verified for key in cited)
        says = f"{each.name.replace('-', ' ')}: {each.sections['Title']}"
        yield Entry(each.code, says, cited, read)


def _of_the_register() -> tuple[str, ...]:
    """What the claims cite that a statement may be found to make."""
    claims = map(evidence.claim, data()["reviewed"])
    return tuple(dict.fromkeys(key for claim in claims for key in claim.references))


def statements() -> Iterator[Entry]:
    """What the words of statements are held to, and what is said of a statement that is met."""
    for key, each in data()["reviewed"].items():
        claim = evidence.claim(key)
        read = all(how in evidence.READ for how in claim.verified_by)
        about = each.get("about") or evidence.VERDICTS[claim.verdict]
        says = f"said of a statement that is met: {about}"
        yield Entry(f"reviewed/{claim.id}", says, claim.references, read, claim.verified_by)
    for word, held in data()["content"].items():
        shares = [(key, of, held[name]) for name, (key, of) in _THRESHOLDS.items() if name in held]
        said = (f"{percent(share, decimals=0)} of {of}" for _, of, share in shares)
        says = f"“{', '.join(held['en'])}”: at least {', '.join(said)}"
        yield _held(f"content/{word}", says, tuple(key for key, _, _ in shares))
    for name, topics in data()["authorised"].items():
        told = listed([topic.replace("-", " ") for topic in topics]) if topics else "none"
        yield _held(f"authorised/{name}", f"authorised claims on {name}: {told}", _AUTHORISED)
    for half, texts in data()["disclaimer"].items():
        yield _held(f"disclaimer/{half}", f"the disclaimer holds “{texts[0]}”", _DISCLAIMER)


def _held(name: str, says: str, keys: tuple[str, ...]) -> Entry:
    return Entry(name, says, keys, all(catalogue.references()[key].verified for key in keys))


def rules_on_statements() -> tuple[str, ...]:
    """The documents that the rules on statements cite, and so the thresholds that they apply."""
    keys = (key for each in RULES if each.code.startswith("CL") for key in each.references)
    return tuple(dict.fromkeys(keys))
