"""The records of substances and materials, each in a line."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue, formula
from chelate.catalogue import Density, Family, Grade, Mark, Moiety, Nutrient, Substance
from chelate.figures import listed, number
from chelate.provenance.records import Entry

_WEIGHTS = "iupac-2021"


def atomic_weights() -> Iterator[Entry]:
    """Every element with its standard atomic weight."""
    read = catalogue.references()[_WEIGHTS].verified
    for symbol, weight in formula.atomic_weights().items():
        says = f"{weight.name}, {weight.weight:g} ± {weight.uncertainty:g} g/mol"
        yield Entry(symbol, says, (_WEIGHTS,), read)


def substances() -> Iterator[Entry]:
    """Every compound with its formula and its registry numbers."""
    return (_entry(each, _substance(each)) for each in catalogue.substances().values())


def families() -> Iterator[Entry]:
    """What wordings mean, by the kind of substance and how many wordings it has."""
    return (_entry(each, _family(each)) for each in catalogue.families().values())


def grades() -> Iterator[Entry]:
    """Raw materials as traded."""
    return (_entry(each, _grade(each)) for each in catalogue.grades().values())


def mixtures() -> Iterator[Entry]:
    """What materials of natural origin hold, one record for each content."""
    for mixture in catalogue.mixtures().values():
        for held in mixture.holds:
            low, high = number(held.low_percent), number(held.high_percent)
            typical = number(held.typical_percent)
            says = f"{mixture.name}: {low}–{high} % {held.of}, typically {typical} %"
            yield Entry(f"{mixture.id}/{held.of}", _noted(says, held.note), held.sources,
                        held.verified)  # fmt: skip


def moieties() -> Iterator[Entry]:
    """The molecules that compounds release."""
    return (_entry(each, _moiety(each)) for each in catalogue.moieties().values())


def nutrients() -> Iterator[Entry]:
    """The nutrients of the panel."""
    return (_entry(each, _nutrient(each)) for each in catalogue.nutrients().values())


def marks() -> Iterator[Entry]:
    """Brand marks of ingredients."""
    return (_entry(each, _mark(each)) for each in catalogue.marks().values())


def capsules() -> Iterator[Entry]:
    """Capsule sizes with their volumes."""
    for size, each in catalogue.capsules().items():
        volumes = _range(each.volume_low_ml, each.volume_high_ml)
        yield Entry(size, f"{volumes} mL", each.sources, each.verified)


def densities() -> Iterator[Entry]:
    """Powder densities, and what a filled capsule is judged by."""
    fill = catalogue.fill_density()
    usual = _range(fill.usual_low_g_per_ml, fill.usual_high_g_per_ml)
    says = (
        f"The fill of a capsule: usually {usual} g/mL, at most {number(fill.ceiling_g_per_ml)} "
        f"g/mL considered; confidence {fill.confidence}"
    )
    yield Entry("fill", _noted(says, fill.note), fill.sources, fill.verified)
    yield from (_entry(each, _density(each)) for each in catalogue.densities().values())


def _entry(record: Substance | Family | Grade | Moiety | Nutrient | Mark | Density,
           says: str) -> Entry:  # fmt: skip
    return Entry(record.id, says, record.sources, record.verified)


def _substance(each: Substance) -> str:
    numbers = [("CAS", each.cas, each.cas_verified), ("CID", each.cid, each.cid_verified)]
    said = [
        f"{name} {value}{'' if verified else ' (unverified)'}"
        for name, value, verified in numbers
        if value
    ]
    return _noted("; ".join((f"{each.name}, {each.formula}", *said)), each.note)


def _family(each: Family) -> str:
    wordings = len(each.words) + len(each.phrases)
    undefined = ", without a stoichiometry" if each.stoichiometry == "undefined" else ""
    kind = each.kind.replace("-", " ")
    return _noted(f"{each.name}: {kind}{undefined}; {_many(wordings, 'wording')}", each.note)


def _grade(each: Grade) -> str:
    nutrient = catalogue.families()[each.family].nutrient or "of the molecule"
    parts = f"; made of {listed(each.parts)}" if each.parts else ""
    held = _range(each.low_percent, each.high_percent)
    return _noted(f"{each.name}: {held} % {nutrient}, {each.basis}{parts}", each.note)


def _moiety(each: Moiety) -> str:
    return _noted(f"{each.name}, {each.formula}", each.note)


def _nutrient(each: Nutrient) -> str:
    said = [each.name]
    said += [f"element {each.element}"] if each.element else []
    said += [f"valence {each.valence}"] if each.valence else []
    said += [f"Daily Value in {each.dv_unit}"] if each.dv_unit else []
    said += [f"in the EU in {each.eu_unit}"] if each.eu_unit else []
    return "; ".join(said)


def _mark(each: Mark) -> str:
    stands = each.substance or each.family
    said = [f"“{each.texts[0]}”"]
    said += [each.owner] if each.owner else []
    said += [f"stands for {stands}" if stands else "stands for no substance"]
    said += ["known on buffered material"] if each.buffered_known else []
    return _noted("; ".join(said), each.note)


def _density(each: Density) -> str:
    held = _range(each.low_g_per_ml, each.high_g_per_ml or each.low_g_per_ml)
    kind = "" if each.kind == "unstated" else f", {each.kind}"
    return _noted(f"{each.name}: {held} g/mL{kind}; confidence {each.confidence}", each.note)


def _range(low: float, high: float) -> str:
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def _many(count: int, word: str) -> str:
    return f"{number(count)} {word}{'s' * (count != 1)}"


def _noted(says: str, note: str) -> str:
    return ". ".join(filter(None, (says, " ".join(note.split()))))
