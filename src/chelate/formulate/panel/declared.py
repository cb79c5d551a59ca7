"""What a panel declares: each nutrient, moiety and ingredient with its amount and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition.claims import FOUND_IN_FOODS
from chelate.figures import listed, mass, mg, percent
from chelate.findings import InputError
from chelate.formulate.errors import at
from chelate.formulate.panel.amounts import (
    amount_text,
    in_steps,
    least_declared_mg,
    percent_text,
    rounded_down,
    to_step,
)
from chelate.formulate.panel.brought import Brought, Named, merged
from chelate.formulate.panel.naming import capitalised, within_sentence
from chelate.formulate.panel.shares import shares_of
from chelate.formulate.panel.words import Layout
from chelate.formulate.supplied import BY_ANALYSIS
from chelate.formulate.vitamins import equivalence
from chelate.models import Market
from chelate.models.formulation import Formulation
from chelate.stoichiometry import constituent_of, counted_as, name_of
from chelate.units import mass_mg

_CLAIM, _CUT = "the label claim", "rounded down, never more than is delivered"
_STEP = "to the nearest step of 5 or 10 mg (21 CFR 101.9(c)(4))"
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the panel declares, on the panel's basis.

    `id` is the nutrient's or moiety's, empty for an ingredient that is itself declared.
    `stated_mg` is what is printed, `delivered_mg` what the recipe gives at the end of its
    shelf life. `shares` are what comes from each source, where that is printed. `members`
    are those of a blend, the heaviest first. `factor` is what a mass of it counts in the unit
    of the law, where that is in equivalents. `spoken` is its name in a sentence.
    """

    id: str
    title: str
    stated_mg: float
    delivered_mg: float
    sources: tuple[Named, ...] = ()
    shares: tuple[Named, ...] = ()
    members: tuple[Named, ...] = ()
    factor: float | None = None
    claimed: bool = False
    working: tuple[str, ...] = ()
    spoken: str = ""

    @property
    def is_nutrient(self) -> bool:
        """Whether it is a nutrient, and not a moiety or an ingredient for itself."""
        return self.id in catalogue.nutrients()

    @property
    def is_blend(self) -> bool:
        """Whether it is a proprietary blend with its members."""
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class Basis:
    """What amounts are printed for: the market's panel, and how many servings that is.

    `by_source` says that the panel prints how much of a nutrient comes from each source.
    """

    market: Market
    layout: Layout
    servings: float
    by_source: bool = False

    def text(self, stated_mg: float, nutrient: str = "") -> str:
        """An amount as this panel prints it."""
        return amount_text(stated_mg, self.market, nutrient)

    def percent_working(self, stated_mg: float, whole_mg: float, nutrient: str) -> str:
        """How a percent came about: "200 mg ÷ 420 mg (Daily Value) = 47.6 %, printed 48%"."""
        return (
            f"{self.text(stated_mg, nutrient)} ÷ {self.text(whole_mg, nutrient)} "
            f"({self.layout.reference}) = {percent(stated_mg / whole_mg)}, "
            f"printed {percent_text(stated_mg, whole_mg)}"
        )


def claims_of(formulation: Formulation, materials: Sequence[Brought]) -> dict[str, float]:
    """The label claims in mg per serving, by nutrient or moiety.

    Raises:
        EntryError: a claim is no mass, names what no material brings, or what another is of.
    """
    held = dict.fromkeys(name for each in materials for name in each.held_mg)
    found: dict[str, float] = {}
    known: dict[str, str] = {}
    for key, text in formulation.claims.items():
        with at(f"claims.{key}"):
            name = counted_as(names.nutrient_of(key) or constituent_of(key, own=held))
            if name in known:
                raise InputError(f'found "{key}" beside "{known[name]}", expected one claim of it')
            known[name] = key
            found[name] = mass_mg(text)
            if name not in held:
                has = listed([_called(e, materials) for e in held]) or "nothing that is counted"
                raise InputError(f"no input brings {spoken(name)}; they bring {has}")
    return found


def nutrients(
    materials: Sequence[Brought], claims: Mapping[str, float], basis: Basis
) -> Iterator[Entry]:
    """The nutrients that the panel declares, in the order of its law, others at the end."""
    order = {name: index for index, name in enumerate(basis.layout.order)}
    ids = {name for each in materials for name in (*each.own, *each.held_mg)}
    for name in sorted(ids, key=lambda name: (order.get(name, len(order)), name)):
        if name in catalogue.nutrients() and _is_declared(name, materials, claims, basis):
            yield _entry(name, materials, claims, basis)


def _is_declared(
    name: str, materials: Sequence[Brought], claims: Mapping[str, float], basis: Basis
) -> bool:
    if name in claims or name in BY_ANALYSIS:
        return name in claims
    own = any(name in each.own for each in materials)
    whole_mg = _delivered(name, materials)
    is_there = whole_mg > 0 and rounded_down(whole_mg) >= least_declared_mg(name, basis.market)
    return is_there and (own or name in basis.layout.always)


def _delivered(name: str, materials: Iterable[Brought]) -> float:
    return sum(each.held_mg.get(name, 0.0) for each in materials)


def _entry(
    name: str, materials: Sequence[Brought], claims: Mapping[str, float], basis: Basis
) -> Entry:
    """A nutrient or moiety with what the materials deliver of it, claimed or rounded down."""
    holding = [each for each in materials if each.held_mg.get(name, 0.0) > 0]
    delivered_mg = _delivered(name, holding)
    claimed = name in claims
    stated_mg = (
        _claimed(claims[name], basis) if claimed else _rounded(name, delivered_mg, basis.market)
    )
    told = _CLAIM if claimed else _STEP if in_steps(name, basis.market) else _CUT
    incidental = name in FOUND_IN_FOODS and not any(name in each.own for each in holding)
    sources = () if incidental else tuple(_sources(name, holding))
    by_source = basis.by_source and name in catalogue.nutrients()
    return Entry(
        name,
        _title(name, holding),
        stated_mg,
        delivered_mg,
        sources,
        shares_of(name, holding, sources, stated_mg) if by_source else (),
        factor=_factor(name, holding, basis.market),
        claimed=claimed,
        working=tuple(_working(name, holding, stated_mg, told, basis)),
        spoken=_called(name, holding),
    )


def _factor(name: str, holding: Iterable[Brought], market: Market) -> float | None:
    """What a mass of a vitamin counts in the unit of the law; of several forms, on the whole."""
    own = [each for each in holding if not each.excipient]
    factors = [equivalence(name, market, each.named) for each in own]
    known = [factor for factor in factors if factor is not None]
    if not own or len(known) < len(own):
        return None
    if len(set(known)) == 1:
        return known[0]
    counted = (each.held_mg[name] * factor for each, factor in zip(own, known, strict=True))
    return sum(counted) / _delivered(name, own)


def _claimed(per_serving_mg: float, basis: Basis) -> float:
    """A claim on the panel's basis; a part of a serving is rounded down."""
    whole_mg = per_serving_mg * basis.servings
    return rounded_down(whole_mg) if basis.servings < 1 else whole_mg


def _rounded(name: str, delivered_mg: float, market: Market) -> float:
    """Rounded down; sodium in the US in its steps of 5 and 10 mg (21 CFR 101.9(c)(4))."""
    return to_step(delivered_mg) if in_steps(name, market) else rounded_down(delivered_mg)


def _title(name: str, holding: Iterable[Brought]) -> str:
    known = catalogue.nutrients().get(name) or catalogue.moieties().get(name)
    return known.name if known else capitalised(_called(name, holding))


def _called(name: str, materials: Iterable[Brought]) -> str:
    """The name inside a sentence, as a formulation writes what the catalogue has not."""
    return next((each.called[name] for each in materials if name in each.called), spoken(name))


def spoken(name: str) -> str:
    """The name of a nutrient or moiety inside a sentence."""
    return names.spoken(name) if name in catalogue.nutrients() else name_of(name)


def _sources(name: str, holding: Sequence[Brought]) -> tuple[Named, ...]:
    """The sources of a nutrient: where any is named, all that bring it are."""
    brought = [(each, c) for each in holding for c in each.compounds]
    if not any(c.may_hold(name) for _, c in brought):
        return ()
    return merged(
        (c.name, c.mass_mg) for each, c in brought if len(each.compounds) == 1 or c.may_hold(name)
    )


def _working(
    name: str,
    holding: Sequence[Brought],
    stated_mg: float,
    told: str,
    basis: Basis,
) -> Iterator[str]:
    """How an amount came about, material by material."""
    unit = catalogue.mass_unit(name)
    for each in holding:
        low = " at least" if each.least else ""
        what = listed([compound.name for compound in each.compounds])
        taken = mass(each.mass_mg, catalogue.material_unit(name, each.mass_mg))
        yield f"{taken} {what} brings{low} {mass(each.held_mg[name], unit)}"
    if len(holding) > 1:
        yield f"together {mass(_delivered(name, holding), unit)}"
    yield f"printed {basis.text(stated_mg, name)}: {told}"


def moieties(
    materials: Sequence[Brought], claims: Mapping[str, float], basis: Basis
) -> Iterator[Entry]:
    """The moieties that the formulation claims, with the materials that bring them."""
    for name in claims:
        if name not in catalogue.nutrients():
            yield _entry(name, materials, claims, basis)


def ingredients(
    materials: Iterable[Brought], claims: Mapping[str, float], basis: Basis
) -> Iterator[Entry]:
    """Dietary ingredients that are not there as a source alone, each with its own mass."""
    plain = [
        each for each in materials
        if each.itself_mg and not each.excipient and not _is_told(each, claims, basis)
    ]  # fmt: skip
    for name, whole_mg in merged((each.compounds[0].name, each.itself_mg) for each in plain):
        stated_mg = rounded_down(whole_mg)
        working = (f"{mg(whole_mg)} of it, printed {basis.text(stated_mg)}: rounded down",)
        title = capitalised(name)
        yield Entry("", title, stated_mg, whole_mg, working=working, spoken=within_sentence(name))


def _is_told(each: Brought, claims: Mapping[str, float], basis: Basis) -> bool:
    """Whether another line speaks of an ingredient: a claim of what it is, or its blend.

    The claim of a component does not: the weight of an ingredient is its own, and not that
    of a component of it (21 CFR 101.36(b)(3)(ii)). So the claim is of what it mostly is.
    """
    moieties = (mass_mg for name, mass_mg in each.held_mg.items() if name in claims
                and name not in each.stated and name not in catalogue.nutrients())  # fmt: skip
    claimed = sum(moieties) > _MOSTLY * each.itself_mg
    return claimed or (each.blend is not None and basis.market == "US")


def blends(materials: Sequence[Brought], basis: Basis) -> Iterator[Entry]:
    """Proprietary blends with the weight of each and its members (21 CFR 101.36(c)).

    Sources of nutrients are no members: a nutrient is declared on its own line or, below 2 %
    of its Daily Value, not at all, and the weight is that of the other dietary ingredients.
    """
    inside = [each for each in materials if each.blend and not is_source_alone(each)]
    for blend in dict.fromkeys(each.blend for each in inside):
        own = [each for each in inside if each.blend == blend]
        members = merged((c.name, c.mass_mg) for each in own for c in each.compounds)
        yield _blend(blend or "", members, basis)


def is_source_alone(each: Brought) -> bool:
    """Whether a material is there as a source of a nutrient, and not for itself."""
    return not each.itself_mg and bool(each.own)


def _blend(name: str, members: tuple[Named, ...], basis: Basis) -> Entry:
    """A blend; its weight has a digit more than a nutrient, so that it holds its members."""
    whole_mg = sum(mass_mg for _, mass_mg in members)
    stated_mg = rounded_down(whole_mg, digits=4)
    weighed = listed([f"{mg(mass_mg)} {member}" for member, mass_mg in members])
    working = (f"{weighed}: {mg(whole_mg)}, printed {basis.text(stated_mg)}: rounded down",)
    return Entry("", name, stated_mg, whole_mg, members=members, working=working)
