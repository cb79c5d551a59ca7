"""The wishes of a specification: targets, claims, sources, upper levels, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chelate import catalogue
from chelate.catalogue import UpperLevel
from chelate.catalogue.names import normalise
from chelate.figures import stated_mass
from chelate.findings import InputError
from chelate.formulate.design.problem import Packing, Wish
from chelate.formulate.design.targets import (
    Materials,
    called,
    candidates_of,
    named,
    targets_of,
    terms_of,
)
from chelate.formulate.design.words import counted, several
from chelate.formulate.errors import EntryError, at
from chelate.limits import ADULT_YEARS
from chelate.models.design import DesignSpec
from chelate.stoichiometry import name_of
from chelate.units import MOST_MG, mass_mg

MOST_UNITS = 1000


def wishes_of(spec: DesignSpec, materials: Materials, packing: Packing) -> tuple[Wish, ...]:
    """Every wish of the specification, in its own order; then what a file can say at most.

    Raises:
        EntryError: a wish cannot be read, contradicts itself, or no candidate can bring it.
    """
    return (
        *targets_of(spec, materials),
        *_claims(spec, materials),
        *_levels(spec, materials),
        *candidates_of(spec, materials),
        _units(spec, materials, packing),
        *_masses(materials),
    )


def _claims(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    """A claim is to be delivered in full; a target of the same thing comes before it."""
    for words, text in spec.claims.items():
        path = f"claims.{words}"
        with at(path):
            of, claimed_mg = named(words, materials), mass_mg(text)
        terms, name = terms_of(of, materials, at_end=True), called(of, materials)
        if not terms:
            raise EntryError(path, f"no candidate brings {name}")
        said = f"the claim of {stated_mass(claimed_mg, catalogue.mass_unit(of))} {name}"
        yield Wish(path, "claim", "at least", claimed_mg, terms, of, name, said, at_end=True)


def _levels(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    """The authority's upper level of everything that a candidate brings, for adults, by day."""
    if spec.upper_level is None:
        return
    wanted = normalise(spec.upper_level)
    every = catalogue.upper_levels(age=ADULT_YEARS)
    authorities = {normalise(each.authority): each.authority for each in every}
    if wanted not in authorities:
        known = ", ".join(dict.fromkeys(authorities.values()))
        with at("upper_level"):
            raise InputError(f'found "{spec.upper_level}", expected an authority: {known}')
    for level in every:
        terms = terms_of(level.nutrient, materials)
        if normalise(level.authority) == wanted and terms and level.amount_mg:
            yield _level(level, level.amount_mg, spec.servings_per_day, terms)


def _level(level: UpperLevel, amount_mg: float, per_day: int, terms: Mapping[int, float]) -> Wish:
    name, unit = name_of(level.nutrient), catalogue.mass_unit(level.nutrient)
    said = (
        f"at most {stated_mass(amount_mg, unit)} {name} a day, the upper level of "
        f"{level.authority} for adults"
    )
    return Wish(
        "upper_level", "level", "at most", amount_mg / per_day, terms, level.nutrient, name, said,
        per_day=per_day, authority=level.authority, references=level.sources,
    )  # fmt: skip


def _units(spec: DesignSpec, materials: Materials, packing: Packing) -> Wish:
    of = counted(spec, packing)
    terms = {len(materials): 1.0}
    if spec.most_units is None:
        said = f"at most {MOST_UNITS:,} {of}s, which is the most that a formulation may have"
        return Wish("", "limit", "at most", float(MOST_UNITS), terms, of, of, said)
    said = f"at most {several(spec.most_units, of)}"
    return Wish("most_units", "units", "at most", float(spec.most_units), terms, of, of, said)


def _masses(materials: Materials) -> Iterator[Wish]:
    for index, each in enumerate(materials):
        said = f"at most 1 kg of {each.name} in a serving"
        terms = {index: each.weighed}
        yield Wish("", "limit", "at most", MOST_MG, terms, each.name, each.name, said)
