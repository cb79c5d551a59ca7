"""The wishes of a specification: targets, claims, sources, upper levels, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Literal

from chelate import catalogue
from chelate.catalogue import UpperLevel
from chelate.catalogue.names import normalise
from chelate.figures import listed, number
from chelate.findings import InputError
from chelate.formulate.design.problem import Material, Packing, Sense, Wish
from chelate.formulate.errors import EntryError, at
from chelate.intervals import Interval
from chelate.limits import ADULT_YEARS
from chelate.models.design import Candidate, DesignSpec, Target
from chelate.stoichiometry import constituent_of, name_of
from chelate.units import MOST_MG, Amount, mass_mg, read_amount

MOST_UNITS = 1000
_SENSES: Mapping[str, Sense] = {"exactly": "exactly", "at_least": "at least", "at_most": "at most"}
_UNITS = {"capsule": "capsule", "tablet": "tablet", "powder": "scoop", "softgel": "softgel"}
Materials = Sequence[Material]


def wishes_of(spec: DesignSpec, materials: Materials, packing: Packing) -> tuple[Wish, ...]:
    """Every wish of the specification, in its own order; then what a file can say at most.

    Raises:
        EntryError: a wish cannot be read, contradicts itself, or no candidate can bring it.
    """
    return (
        *_targets(spec, materials),
        *_claims(spec, materials),
        *_levels(spec, materials),
        *_candidates(spec, materials),
        _units(spec, materials, packing),
        *_masses(materials),
    )


def _targets(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    for index, target in enumerate(spec.targets):
        path = f"targets[{index}]"
        with at(f"{path}.of"):
            of = _named(target.of, materials)
        allowed = _allowed(target, path, materials)
        _require_a_bearer(target, path, of, materials, allowed)
        made, at_end = _terms(of, materials), _terms(of, materials, at_end=True)
        yield from _bounded(path, "target", of, target, made, at_end)
        if target.only_from:
            yield _source(path, of, materials, allowed)


def _bounded(
    path: str,
    kind: Literal["target", "candidate"],
    of: str,
    entry: Target | Candidate,
    terms: Mapping[int, float],
    terms_at_end: Mapping[int, float] | None = None,
) -> Iterator[Wish]:
    """The bounds that an entry states, each a wish; what is to be reached holds at the end."""
    name, found = name_of(of) if kind == "target" else of, {}
    for key, sense in _SENSES.items():
        text = getattr(entry, key, None)
        if text is None:
            continue
        where = f"{path}.{key}"
        with at(where):
            found[key] = mass_mg(text)
        printed = _printed(text) if sense == "exactly" else None
        words = f"{name} {sense} {stated(found[key])}"
        at_end = terms_at_end is not None and sense != "at most"
        held = terms_at_end if terms_at_end is not None and at_end else terms
        yield Wish(where, kind, sense, found[key], held, of, words, printed, at_end=at_end)
    if found.get("at_least", 0.0) > found.get("at_most", MOST_MG):
        least, most = stated(found["at_least"]), stated(found["at_most"])
        raise EntryError(
            path,
            f"found {name} at least {least} and at most {most}, expected the least to be no "
            "more than the most",
        )


def _printed(text: str) -> Interval | None:
    read = read_amount(text)
    return read.mass_mg if isinstance(read, Amount) else None


def _named(words: str, materials: Materials) -> str:
    """The nutrient or moiety that words name, or the material that counts as itself."""
    return constituent_of(words, own=[held for each in materials for held in each.holds])


def _terms(of: str, materials: Materials, *, at_end: bool = False) -> dict[int, float]:
    """What each material brings of it; at the end of the shelf life what is left of that."""
    return {
        index: each.holds[of] * (each.left if at_end else 1.0)
        for index, each in enumerate(materials)
        if of in each.holds
    }


def _allowed(target: Target, path: str, materials: Materials) -> frozenset[int]:
    """The candidates that a target names as its only sources; all where it names none."""
    if not target.only_from:
        return frozenset(range(len(materials)))
    found: set[int] = set()
    for position, name in enumerate(target.only_from):
        meant = [index for index, each in enumerate(materials) if _is_named(each, name)]
        if not meant:
            raise EntryError(f"{path}.only_from[{position}]", _no_candidate(name, materials))
        found.update(meant)
    return frozenset(found)


def _is_named(material: Material, name: str) -> bool:
    return normalise(name) in {normalise(each) for each in material.called}


def _no_candidate(name: str, materials: Materials) -> str:
    known = {normalise(called): each.name for each in materials for called in each.called}
    near = get_close_matches(normalise(name), known, n=1)
    hint = f'; did you mean "{known[near[0]]}"?' if near else ""
    expected = listed([f'"{each.name}"' for each in materials])
    return f'found "{name}", expected a candidate by its name, {expected}{hint}'


def _require_a_bearer(
    target: Target, path: str, of: str, materials: Materials, allowed: frozenset[int]
) -> None:
    """Something allowed must bring what is to be reached."""
    if not (target.exactly or target.at_least):
        return
    bringing = [each.name for each in materials if of in each.holds]
    if not bringing:
        held = "; ".join(f"{each.name} brings {_brought(each)}" for each in materials)
        raise EntryError(f"{path}.of", f"no candidate brings {name_of(of)}: {held}")
    if not any(of in materials[index].holds for index in allowed):
        raise EntryError(
            f"{path}.only_from",
            f"found {listed(list(target.only_from))}, which brings no {name_of(of)}; of the "
            f"candidates {listed(bringing)} would",
        )


def _brought(material: Material) -> str:
    return listed([name_of(each) for each in material.holds]) or "nothing that is counted"


def _source(path: str, of: str, materials: Materials, allowed: frozenset[int]) -> Wish:
    others = {i: each for i, each in _terms(of, materials).items() if i not in allowed}
    named = listed([materials[index].name for index in sorted(allowed)])
    words = f"{name_of(of)} only from {named}"
    return Wish(f"{path}.only_from", "source", "at most", 0.0, others, of, words)


def _claims(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    """A claim is to be delivered in full; a target of the same thing comes before it."""
    for words, text in spec.claims.items():
        path = f"claims.{words}"
        with at(path):
            of, claimed_mg = _named(words, materials), mass_mg(text)
        terms = _terms(of, materials, at_end=True)
        if not terms:
            raise EntryError(path, f"no candidate brings {name_of(of)}")
        said = f"the claim of {stated(claimed_mg)} {name_of(of)}"
        yield Wish(path, "claim", "at least", claimed_mg, terms, of, said, at_end=True)


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
        terms = _terms(level.nutrient, materials)
        if normalise(level.authority) == wanted and terms and level.amount_mg:
            yield _level(level, level.amount_mg, spec.servings_per_day, terms)


def _level(level: UpperLevel, amount_mg: float, per_day: int, terms: Mapping[int, float]) -> Wish:
    said = (
        f"at most {number(amount_mg)} mg {name_of(level.nutrient)} a day, the upper level of "
        f"{level.authority} for adults"
    )
    return Wish(
        "upper_level", "level", "at most", amount_mg / per_day, terms, level.nutrient, said,
        per_day=per_day, authority=level.authority, references=level.sources,
    )  # fmt: skip


def _candidates(spec: DesignSpec, materials: Materials) -> Iterator[Wish]:
    for index, (entry, material) in enumerate(zip(spec.candidates, materials, strict=True)):
        path = f"candidates[{index}]"
        yield from _bounded(path, "candidate", material.name, entry, {index: material.weighed})


def _units(spec: DesignSpec, materials: Materials, packing: Packing) -> Wish:
    of = counted(spec, packing)
    column = len(materials)
    if spec.most_units is None:
        said = f"at most {MOST_UNITS:,} {of}s, which is the most that a formulation may have"
        return Wish("", "limit", "at most", float(MOST_UNITS), {column: 1.0}, of, said)
    said = f"at most {several(spec.most_units, of)}"
    return Wish("most_units", "units", "at most", float(spec.most_units), {column: 1.0}, of, said)


def _masses(materials: Materials) -> Iterator[Wish]:
    for index, each in enumerate(materials):
        said = f"at most 1 kg of {each.name} in a serving"
        yield Wish("", "limit", "at most", MOST_MG, {index: each.weighed}, each.name, said)


def stated(mass_mg: float) -> str:
    """A mass with all its digits, as somebody has written it.

    >>> stated(12.75), stated(1200)
    ('12.75 mg', '1,200 mg')
    """
    return f"{number(mass_mg, digits=7)} mg"


def unit_of(spec: DesignSpec) -> str:
    """What a serving is counted in: "capsule", "scoop"."""
    return spec.unit or _UNITS.get(spec.form, "unit")


def counted(spec: DesignSpec, packing: Packing) -> str:
    """The same with the size of a capsule: "size 00 capsule"."""
    size = f"size {packing.capsule_size} " if packing.capsule_size else ""
    return f"{size}{unit_of(spec)}"


def several(count: float, of: str) -> str:
    """A number of units: "1 tablet", "3 size 00 capsules"."""
    return f"{count:,.0f} {of}{'' if count == 1 else 's'}"
