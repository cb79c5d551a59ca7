"""Recipes drawn at random, and the true label of each.

A recipe says exactly what is in one serving; its label prints that as labels do: rounded, in
one unit or another, much or little of it, in one of the usual arrangements. Everything
follows from the seed, so a failure is reproduced by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from random import Random
from typing import Any

from chelate import catalogue
from chelate.bounds.capacities import stand_in
from chelate.catalogue import Family, names
from chelate.composition import Source
from chelate.intervals import printed
from chelate.models import Label

Row = dict[str, Any]
Weighed = tuple[Row, float]
UNIT_MG = {"mg": 0, "g": 3, "mcg": -3}
# What a serving gives of each mineral, in mg of the element: from little to much.
DOSES_MG: Mapping[str, tuple[float, float]] = {
    "magnesium": (20, 450), "calcium": (50, 1200), "zinc": (2, 50), "iron": (3, 60),
    "copper": (0.3, 4), "manganese": (0.5, 8), "potassium": (40, 400), "chromium": (0.03, 0.9),
}  # fmt: skip
UNDEFINED = ("magnesium-amino-acid-chelate", "zinc-amino-acid-chelate")


@dataclass(frozen=True, slots=True)
class Material:
    """What stands behind one name: so many mg of each substance, of glycine and of carriers."""

    nutrient: str
    family: str
    wording: str
    substances: Mapping[str, float]
    glycine_mg: float = 0.0
    carrier_mg: float = 0.0

    @property
    def mass_mg(self) -> float:
        """All of it."""
        return sum(self.substances.values()) + self.glycine_mg + self.carrier_mg

    def element_mg(self, nutrient: str) -> float:
        """A nutrient's element in it."""
        return sum(
            mass * catalogue.element_fraction(catalogue.substance(name), nutrient)
            for name, mass in self.substances.items()
        )

    def moiety_mg(self, moiety: str, *, as_ligand: bool = False) -> float:
        """A moiety bound in it."""
        return sum(
            mass * catalogue.moiety_fraction(catalogue.substance(n), moiety, as_ligand=as_ligand)
            for n, mass in self.substances.items()
        )


@dataclass(frozen=True, slots=True)
class Buffer:
    """A denser source that no list of sources names: which, how much of it, and where.

    `inside` the printed mass of the first material, in the blend, or outside of both. It is
    `declared` by a word in that material's name, in the product's name, or not at all ("").
    """

    substance: str
    mass_mg: float
    inside: bool
    declared: str = ""


@dataclass(frozen=True, slots=True)
class Mineral:
    """A claim: a nutrient, the materials that are named for it, and a buffer that is not."""

    nutrient: str
    materials: tuple[Material, ...]
    buffer: Buffer | None = None

    @property
    def declared_mg(self) -> float:
        """All of the element that was put in for it."""
        return self.named_mg + self.buffer_mg

    @property
    def named_mg(self) -> float:
        """The element from the materials named."""
        return sum(material.element_mg(self.nutrient) for material in self.materials)

    @property
    def buffer_mg(self) -> float:
        """The element from the buffer."""
        if self.buffer is None:
            return 0.0
        substance = catalogue.substance(self.buffer.substance)
        return self.buffer.mass_mg * catalogue.element_fraction(substance, self.nutrient)

    @property
    def mass_mg(self) -> float:
        """The mass of all its materials."""
        hidden = self.buffer.mass_mg if self.buffer else 0.0
        return sum(material.mass_mg for material in self.materials) + hidden


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is in one serving, and its label."""

    seed: int
    minerals: tuple[Mineral, ...]
    glycine_mg: float
    herb_mg: float
    fillers_mg: float
    label: Label

    def mineral(self, nutrient: str) -> Mineral:
        """The mineral of a nutrient."""
        return next(m for m in self.minerals if m.nutrient == nutrient)

    @property
    def is_honest(self) -> bool:
        """Whether the label names or declares everything that brings its elements."""
        return all(m.buffer is None or m.buffer.declared for m in self.minerals)

    @property
    def is_plain(self) -> bool:
        """Whether nothing stands in a compound's mass but the compound."""
        materials = [material for m in self.minerals for material in m.materials]
        return not any(m.carrier_mg or m.glycine_mg or m.family in UNDEFINED for m in materials)

    def is_inside(self, nutrient: str) -> bool:
        """Whether all that comes from elsewhere is inside the mass printed for the compound."""
        buffer = self.mineral(nutrient).buffer
        return buffer is None or buffer.inside

    def is_outside(self, nutrient: str) -> bool:
        """Whether all that comes from elsewhere is outside of that mass."""
        buffer = self.mineral(nutrient).buffer
        return buffer is None or not buffer.inside

    def claimed_mg(self, nutrient: str, own: tuple[Source, ...]) -> float:
        """The element from the sources that a claim lives by."""
        families = {source.meaning.family for source in own}
        mine = self.mineral(nutrient).materials
        return sum(m.element_mg(nutrient) for m in mine if m.family in families)

    def elsewhere_mg(self, nutrient: str, own: tuple[Source, ...]) -> float:
        """The element from everything else that is named, and from the buffer."""
        others = [m for m in self.minerals if m.nutrient != nutrient]
        beside = sum(each.element_mg(nutrient) for m in others for each in m.materials)
        return self.mineral(nutrient).declared_mg - self.claimed_mg(nutrient, own) + beside

    def moiety_mg(self, nutrient: str, own: tuple[Source, ...], moiety: str) -> float:
        """A moiety bound in the sources that a claim lives by, as the free acid."""
        families = {source.meaning.family for source in own}
        mine = self.mineral(nutrient).materials
        return sum(m.moiety_mg(moiety) for m in mine if m.family in families)


@dataclass(frozen=True, slots=True)
class Printer:
    """How a label prints amounts: `fine` with three figures at least.

    `shift` moves the decimal point of every amount, `unit` prints all of them in one unit.
    Neither changes what is drawn, nor, of fine labels, how wide a printed number is.
    """

    rng: Random
    fine: bool
    comma: bool
    shift: int = 0
    unit: str = ""

    def amount(self, mass_mg: float) -> str:
        """An amount that the printed interval holds the mass of."""
        unit = self.rng.choice(list(_units(mass_mg)))
        number = self.rng.choice(list(_rounded(Decimal(mass_mg).scaleb(-UNIT_MG[unit]), self.fine)))
        mark = self.rng.random() < 0.5
        shown = self.unit or unit
        moved = number.scaleb(self.shift + UNIT_MG[unit] - UNIT_MG[shown])
        return f"{self._text(moved, mark)} {shown}"

    def _text(self, number: Decimal, thousands: bool) -> str:
        if self.comma:
            return f"{number:f}".replace(".", ",")
        return f"{number:,f}" if thousands else f"{number:f}"


def _units(mass_mg: float) -> Iterator[str]:
    yield "mg"
    if mass_mg >= 500:
        yield "g"
    if mass_mg < 1:
        yield "mcg"


def _rounded(number: Decimal, fine: bool) -> Iterator[Decimal]:
    """The usual roundings of a number that still stand for it."""
    three = number.adjusted() - 2
    for step in ("10", "5", "1", "0.1", "0.01", f"1e{three}"):
        unit = Decimal(step)
        near = (number / unit).quantize(Decimal(1), ROUND_HALF_EVEN) * unit
        text = near.quantize(min(unit, Decimal(1)) if unit != 5 else Decimal(1))
        if len(text.as_tuple().digits) < (3 if fine else 1):
            continue
        low, high = printed(text)
        if text and low <= number <= high:
            yield text


def draw(seed: int, *, shift: int = 0, unit: str = "", omit: str = "") -> Recipe:
    """The recipe of a seed, with its label.

    The label omits "serving", "capsules" or "masses" where so wished, and is else the same.
    """
    rng = Random(seed)
    fine = seed % 4 == 0
    chosen = rng.sample(list(DOSES_MG), rng.choice((1, 1, 1, 2, 2, 3, 4)))
    if rng.random() < 0.6 and "magnesium" not in chosen:
        chosen[0] = "magnesium"
    minerals = tuple(_mineral(rng, nutrient, nutrient == chosen[0]) for nutrient in chosen)
    glycine = rng.uniform(50, 1500) if rng.random() < 0.2 else 0.0
    herb = rng.uniform(50, 800) if rng.random() < 0.3 else 0.0
    fillers = rng.uniform(0, 300)
    printer = Printer(rng, fine, comma=rng.random() < 0.1, shift=shift, unit=unit)
    held = Held(minerals, glycine, herb, fillers)
    label = _label(held, printer, omit)
    return Recipe(seed, minerals, glycine, herb, fillers, label)


@dataclass(frozen=True, slots=True)
class Held:
    """A recipe before its label."""

    minerals: tuple[Mineral, ...]
    glycine_mg: float
    herb_mg: float
    fillers_mg: float

    @property
    def mass_mg(self) -> float:
        """All of it."""
        added = self.glycine_mg + self.herb_mg + self.fillers_mg
        return sum(m.mass_mg for m in self.minerals) + added


@cache
def _families(nutrient: str) -> tuple[Family, ...]:
    """The families of a nutrient that a label may name, the chelates several times."""
    found = [
        f for f in catalogue.families().values()
        if f.nutrient == nutrient and f.kind not in ("excipient", "molecule", "biological")
        and (f.id in UNDEFINED or _members(f)) and _wording(f)
    ]  # fmt: skip
    return (*found, *(f for f in found if f.kind == "amino-acid-chelate" for _ in range(6)))


@cache
def _members(family: Family) -> tuple[str, ...]:
    """The substances of a family that bring one mineral alone, as its wording means them."""
    found = names.resolve(_wording(family) or "").substances
    sole = [s for s in found if _minerals_in(s) == [family.nutrient]]
    return tuple(sole) if len(sole) == len(found) else ()


def _minerals_in(substance: str) -> list[str]:
    record = catalogue.substance(substance)
    return [n for n in DOSES_MG if catalogue.element_count(record, n)]


@cache
def _wording(family: Family) -> str | None:
    """What a label calls a family, where that name means this family."""
    spoken = [f"{family.nutrient} {word}" for word in family.words[:1]] + list(family.phrases[:1])
    for text in (family.name[:1].lower() + family.name[1:], *spoken):
        if names.resolve(text).family == family.id:
            return text
    return None


def _mineral(rng: Random, nutrient: str, first: bool) -> Mineral:
    low, high = DOSES_MG[nutrient]
    element = math.exp(rng.uniform(math.log(low), math.log(high)))
    count = rng.choice((1, 1, 1, 1, 2, 2, 3))
    families = tuple({f.id: f for f in rng.choices(_families(nutrient), k=count)}.values())
    weights = [rng.uniform(0.1, 1) for _ in families]
    materials = tuple(
        _material(rng, family, element * weight / sum(weights))
        for family, weight in zip(families, weights, strict=True)
    )
    return Mineral(nutrient, materials, _buffer(rng, nutrient, materials, first))


def _material(rng: Random, family: Family, element_mg: float) -> Material:
    assert family.nutrient is not None
    wording = _wording(family) or ""
    if family.id in UNDEFINED:
        chelate = f"{family.nutrient}-bisglycinate"
        mass = element_mg / catalogue.element_fraction(catalogue.substance(chelate))
        carrier = mass * rng.uniform(0, 0.5)
        return Material(family.nutrient, family.id, wording, {chelate: mass}, 0.0, carrier)
    members = _members(family)
    chosen = rng.sample(members, min(len(members), rng.choice((1, 1, 2))))
    if len(chosen) == 1 and rng.random() < 0.3:
        wording = _with_hydrate(wording, chosen[0])
    parts = [rng.uniform(0.1, 1) for _ in chosen]
    substances = {
        name: element_mg * part / sum(parts) / catalogue.element_fraction(catalogue.substance(name))
        for name, part in zip(chosen, parts, strict=True)
    }
    mass = sum(substances.values())
    carrier = mass * rng.uniform(0.01, 0.4) if rng.random() < 0.15 else 0.0
    glycine = mass * rng.uniform(0.01, 0.2) if _is_glycinate(chosen) and rng.random() < 0.1 else 0
    return Material(family.nutrient, family.id, wording, substances, glycine, carrier)


def _is_glycinate(chosen: list[str]) -> bool:
    return any("glycine" in catalogue.moiety_counts(catalogue.substance(name)) for name in chosen)


def _with_hydrate(wording: str, substance: str) -> str:
    """The wording with its hydrate stated, where that is understood to be the substance."""
    stated = substance.rpartition("-")[2]
    for text in (f"{wording} {stated}", f"{wording} anhydrous", f"anhydrous {wording}"):
        if names.resolve(text).substances == (substance,):
            return text
    return wording


def _buffer(
    rng: Random, nutrient: str, materials: tuple[Material, ...], named_first: bool
) -> Buffer | None:
    """A buffer of a chelate; the product's name declares one of its first mineral only."""
    dense = stand_in(nutrient)
    first = materials[0]
    chelate = catalogue.families()[first.family].kind == "amino-acid-chelate"
    if dense is None or not chelate or rng.random() > 0.4:
        return None
    names_it = any(dense.id in m.substances for m in materials)
    declared = "" if names_it else rng.choice(("", "", "source", "product" if named_first else ""))
    mass = first.mass_mg * rng.uniform(0.005, 0.5)
    inside = declared == "source" or rng.random() < 0.5
    return Buffer(dense.id, mass, inside, declared)


@dataclass(slots=True)
class _Sheet:
    """What a label prints of one recipe: its printer, and the rows so far."""

    printer: Printer
    masses: bool
    weighs_buffer: dict[str, bool] = field(default_factory=dict)

    @property
    def rng(self) -> Random:
        return self.printer.rng


def _label(held: Held, printer: Printer, omit: str) -> Label:
    rng = printer.rng
    sheet = _Sheet(printer, omit != "masses")
    weighed = [row for mineral in held.minerals for row in _rows(mineral, sheet)]
    weighed += _extra_rows(held, printer)
    rows = [row for row, _ in weighed]
    if rng.random() < 0.25:
        rows = [_blend(held, weighed, printer)]
    buffered = next((m for m in held.minerals if m.buffer and m.buffer.declared == "product"), None)
    product = f"Buffered {buffered.nutrient} Chelate" if buffered else "Larkspur Minerals"
    facts = {"product": product, "facts": rows, "language": "de" if printer.comma else "en"}
    return Label(**facts, **_serving(held, printer, omit))


def _extra_rows(held: Held, printer: Printer) -> Iterator[Weighed]:
    """Rows beside the minerals, each with what it weighs."""
    if held.herb_mg:
        yield {"name": "Lemon balm extract", "amount": printer.amount(held.herb_mg)}, held.herb_mg
    if held.glycine_mg:
        materials = [each for m in held.minerals for each in m.materials]
        bound = sum(each.moiety_mg("glycine") + each.glycine_mg for each in materials)
        own = held.glycine_mg
        told = own if printer.rng.random() < 0.5 else own + bound
        yield {"name": "Glycine", "amount": printer.amount(told)}, own


def _blend(held: Held, weighed: list[Weighed], printer: Printer) -> Row:
    """A blend with its members in descending order by weight, as the law prescribes."""
    mass = held.mass_mg - held.fillers_mg * printer.rng.choice((0, 1))
    members = [row for row, _ in sorted(weighed, key=lambda pair: -pair[1])]
    return {"name": "Calm Blend", "amount": printer.amount(mass), "contains": members}


def _rows(mineral: Mineral, sheet: _Sheet) -> list[Weighed]:
    """The rows of one mineral, in one of the usual arrangements."""
    rng = sheet.rng
    arrangement = rng.choice((_in_parentheses, _as_sources, _nested, _compound_rows))
    return arrangement(mineral, sheet)


def _in_parentheses(mineral: Mineral, sheet: _Sheet) -> list[Weighed]:
    """Magnesium (from 1,112 mg magnesium bisglycinate and 100 mg magnesium oxide)."""
    materials = sorted(mineral.materials, key=lambda m: -_whole(mineral, m))
    weighed = sheet.rng.random() < 0.6
    told = [
        (_mass(mineral, m, sheet) + " " if weighed else "") + _called(mineral, m) for m in materials
    ]
    told = told if sheet.masses else [_called(mineral, m) for m in materials]
    listed = ", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]
    name = f"{_title(mineral)} ({'from' if weighed else 'as'} {listed})"
    row = {"name": name, "amount": sheet.printer.amount(mineral.declared_mg)}
    return [(row, _together(mineral))]


def _as_sources(mineral: Mineral, sheet: _Sheet) -> list[Weighed]:
    """A row with its sources apart, some with masses, some with shares."""
    rng = sheet.rng
    sources = []
    shares = mineral.buffer is None and rng.random() < 0.4
    for material in sorted(mineral.materials, key=lambda m: -_whole(mineral, m)):
        source = {"name": _called(mineral, material)}
        if rng.random() < 0.5:
            mass = _mass(mineral, material, sheet)
            source |= {"amount": mass} if sheet.masses else {}
        if shares:
            source["elemental"] = sheet.printer.amount(material.element_mg(mineral.nutrient))
        sources.append(source)
    amount = sheet.printer.amount(mineral.declared_mg)
    row = {"name": _title(mineral), "amount": amount, "sources": sources}
    return [(row, _together(mineral))]


def _nested(mineral: Mineral, sheet: _Sheet) -> list[Weighed]:
    """A row with its compounds under it."""
    rng = sheet.rng
    contains: list[Row] = []
    for material in mineral.materials:
        row: Row = {"name": _called(mineral, material).capitalize()}
        if rng.random() < 0.7:
            mass = _mass(mineral, material, sheet)
            row |= {"amount": mass} if sheet.masses else {}
        contains.append(row | _of_which(material, sheet))
    amount = sheet.printer.amount(mineral.declared_mg)
    row = {"name": _title(mineral), "amount": amount, "contains": contains}
    return [(row, _together(mineral))]


def _compound_rows(mineral: Mineral, sheet: _Sheet) -> list[Weighed]:
    """A row for each compound, with its element under it."""
    rows = []
    for material in mineral.materials:
        element = material.element_mg(mineral.nutrient)
        if material is mineral.materials[0]:
            element += mineral.buffer_mg
        inner = {"name": _title(mineral), "amount": sheet.printer.amount(element)}
        mass = _mass(mineral, material, sheet)
        row: Row = {"name": _called(mineral, material).capitalize()}
        row |= {"amount": mass} if sheet.masses else {}
        below = _of_which(material, sheet).get("contains", [])
        rows.append((row | {"contains": [inner, *below]}, _whole(mineral, material)))
    return rows


def _of_which(material: Material, sheet: _Sheet) -> Row:
    """The glycine of a chelate under its row, free or as bound."""
    if not material.moiety_mg("glycine") or sheet.rng.random() > 0.3:
        return {}
    bound = material.moiety_mg("glycine", as_ligand=sheet.rng.random() < 0.3)
    amount = sheet.printer.amount(bound + material.glycine_mg)
    name = sheet.rng.choice(("of which glycine", "Glycine"))
    return {"contains": [{"name": name, "amount": amount}]}


def _title(mineral: Mineral) -> str:
    return catalogue.nutrients()[mineral.nutrient].name


def _called(mineral: Mineral, material: Material) -> str:
    worded = mineral.buffer and mineral.buffer.declared == "source"
    buffered = worded and material is mineral.materials[0]
    return f"buffered {material.wording}" if buffered else material.wording


def _mass(mineral: Mineral, material: Material, sheet: _Sheet) -> str:
    return sheet.printer.amount(_whole(mineral, material))


def _whole(mineral: Mineral, material: Material) -> float:
    """The mass that a label gives a material, a buffer in it included."""
    first = material is mineral.materials[0]
    inside = mineral.buffer.mass_mg if first and mineral.buffer and mineral.buffer.inside else 0.0
    return material.mass_mg + inside


def _together(mineral: Mineral) -> float:
    return sum(_whole(mineral, material) for material in mineral.materials)


def _serving(held: Held, printer: Printer, omit: str) -> Row:
    rng, mass = printer.rng, held.mass_mg
    weight = printer.amount(mass * rng.choice((1, 1, 1.02, 1.2)))
    states = rng.random() < 0.4 and omit != "serving"
    if rng.random() < 0.5:
        return {"serving": {"size": f"1 scoop ({weight})" if states else "1 scoop"}}
    size = rng.choice(list(catalogue.capsules()))
    density = rng.uniform(0.5, 1.15)
    volume = catalogue.capsules()[size].volume_low_ml * density * 1000
    count = max(1, math.ceil(mass / volume))
    told = rng.random() < 0.5 and omit != "capsules"
    serving = {"size": f"{count * 10**printer.shift} capsules"}
    serving |= {"weight": weight} if states else {}
    return {"serving": serving} | ({"capsule_size": size} if told else {})
