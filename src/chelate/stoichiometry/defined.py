"""A raw material that the catalogue lacks: by its formula, or by what it is stated to hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product, starmap

from chelate import catalogue
from chelate.catalogue import Moiety, Substance
from chelate.catalogue.records import Count
from chelate.figures import listed, percent
from chelate.findings import InputError
from chelate.formula import FormulaError, molar_mass, parse_formula
from chelate.stoichiometry.constituents import constituent_of, id_of_itself, is_itself, moiety_of
from chelate.stoichiometry.made import OptionError, blaming
from chelate.stoichiometry.materials import Material
from chelate.stoichiometry.named import constituent_or_own
from chelate.stoichiometry.stated import Stated, read_stated

_COVALENT = frozenset(("H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl", "Se", "Br", "I"))
_DOT = re.compile("[·•⋅∙‧・*∗]")  # as in `chelate.formula`
_WATER = "H2O"
_CONTENTS = '"21 %", "19-27 %" or "min 5 %"'

_Counts = dict[str, Count]


def defined(
    name: str,
    *,
    formula: str | None = None,
    moieties: Mapping[str, int] | None = None,
    holds: Mapping[str, str] | None = None,
) -> Material:
    """A material described in place, by exactly one of `formula` and `holds`.

    `moieties` counts what one formula unit releases, each fitted into the formula as its
    ion where it is bound to a metal. `holds` are contents of the material as weighed: of
    nutrients and moieties, and of anything else that is counted by its name alone.

    A molecule without moieties counts as itself, by its name.

    Raises:
        InputError: neither or both are given, the formula cannot be read, a moiety does not
            fit into it, or a content is no percentage; with its option, where it is of one.

    >>> lactate = defined("Trial salt", formula="Mg(C3H5O3)2·3H2O", moieties={"lactic acid": 2})
    >>> [(part, str(count)) for part, count in lactate.candidates[0].parts.items()][:1]
    [('C3H5O3-1', '2')]
    >>> extract = defined("Ashwagandha extract", holds={"withanolides": "min 5 %"})
    >>> [(of, stated.low, stated.high) for of, stated in extract.holds]
    [('withanolides', 0.05, 1.0)]
    """
    if (formula is None) == (not holds):
        raise InputError(f'"{name}": expected either a formula or what the material holds')
    if formula is not None:
        with blaming("formula"):
            substance = _substance(name, formula, moieties or {})
            _require_own_name(substance)
        return Material(name, name, (substance,), exact=True)
    if moieties:
        raise InputError(f'"{name}": found moieties without a formula that releases them')
    contents = tuple(_contents(holds or {}))
    shares = tuple((of, stated) for of, _, stated in contents)
    _require_no_more_than_all(shares)
    called = {of: spoken for of, spoken, _ in contents}
    return Material(name, name, (), holds=tuple(_up_to_the_whole(shares)), called=called)


def _contents(holds: Mapping[str, str]) -> Iterator[tuple[str, str, Stated]]:
    """The id, the name and the share of each content."""
    known: set[str] = set()
    for words, text in holds.items():
        with blaming(f"holds.{words}"):
            of, spoken = constituent_or_own(words)
            stated, rest = read_stated(text, f"a content of {words}", _CONTENTS)
            if rest or of in known:
                expected = f'expected a content of {words}{" once" * (of in known)}: "21 %"'
                raise InputError(f'found "{text.strip()}", {expected}')
        known.add(of)
        yield of, spoken, stated


def _up_to_the_whole(contents: Sequence[tuple[str, Stated]]) -> Iterator[tuple[str, Stated]]:
    """A least is open up to what all the other contents leave."""
    whole = sum(stated.low * _lightest(of) for of, stated in contents)
    for of, stated in contents:
        left = (1 - whole) / _lightest(of) + stated.low
        yield of, stated.below(left) if stated.form == "at least" else stated


def _require_no_more_than_all(contents: Iterable[tuple[str, Stated]]) -> None:
    """Refuse contents of more than the whole; a free acid counts with protons it regains."""
    least = sum(stated.rounded_low * _lightest(of) for of, stated in contents)
    if least > 1 + 1e-9:
        found = f"found contents of {percent(least)} together"
        raise OptionError("holds", f"{found}, expected no more than the whole")


def _lightest(of: str) -> float:
    """The mass of a moiety as it may stand in a compound, over that of the free acid."""
    moiety = moiety_of(of)
    if moiety is None:
        return 1.0
    masses = [molar_mass(catalogue.part_formula(ion)) for ion in moiety.ions]
    return min([1.0, *(mass / molar_mass(moiety.formula) for mass in masses)])


def _require_own_name(substance: Substance) -> None:
    """Refuse a molecule that would count as a moiety or element of another formula."""
    if not is_itself(substance):
        return
    itself = id_of_itself(substance.name)
    moiety, nutrient = moiety_of(itself), catalogue.nutrients().get(itself)
    if moiety and parse_formula(moiety.formula) != parse_formula(substance.formula):
        raise InputError(
            f'found "{substance.formula}" for {moiety.name.lower()}, which is {moiety.formula}; '
            "expected that, or its moieties: how many of it a formula unit releases"
        )
    if nutrient and nutrient.element:
        found = f'found "{substance.formula}" for {nutrient.name.lower()}'
        raise InputError(f"{found}, expected another name: it holds no {nutrient.element}")


def _substance(name: str, formula: str, moieties: Mapping[str, int]) -> Substance:
    """A substance whose parts are its moieties, its water, and each atom in none of them."""
    water = _hydrate_water(formula)
    core = _less(dict(parse_formula(formula)), {_WATER: water})
    counts = dict(starmap(_counted, moieties.items()))
    bound = _bound(core, counts, formula)
    loose = {**_less(core, bound), _WATER: water}
    parts = {**bound, **{part: count for part, count in loose.items() if count}}
    return Substance(name, name, formula, (), (), False, parts=parts)


def _counted(words: str, count: int) -> tuple[Moiety, int]:
    with blaming(f"moieties.{words}"):
        moiety = _moiety(words)
        if count < 1:
            raise InputError(f"found {count} {words}, expected a whole number above zero")
    return moiety, count


def _hydrate_water(formula: str) -> Count:
    """Waters that are written apart from the rest: 3 in MgC4H4O5·3H2O."""
    waters: Count = 0
    for part in _DOT.split(formula)[1:]:
        with suppress(FormulaError):  # half of a bracket that the dot is in
            atoms = parse_formula(part)
            oxygen = atoms.get("O", 0)
            waters += oxygen if atoms == {"H": 2 * oxygen, "O": oxygen} else 0
    return waters


def _moiety(words: str) -> Moiety:
    found = moiety_of(constituent_of(words))
    if found is None:
        raise InputError(f'found "{words}", an element; expected a moiety such as glycine')
    return found


def _bound(core: _Counts, counts: Mapping[Moiety, int], formula: str) -> _Counts:
    """The form in which each moiety stands in the formula, free or an ion, and its count."""
    forms = product(*((moiety.formula, *moiety.ions) for moiety in counts))
    each: list[_Counts] = [dict(zip(chosen, counts.values(), strict=True)) for chosen in forms]
    fitting = [parts for parts in each if min(_less(core, parts).values(), default=0) >= 0]
    if not fitting:
        found = listed([f"{count} {moiety.name.lower()}" for moiety, count in counts.items()])
        whole = listed([moiety.formula for moiety in counts])
        raise InputError(
            f'found {found} in "{formula}", expected no more than its atoms allow: {whole}, '
            "less the protons that are given up"
        )
    return min(fitting, key=lambda parts: _strangeness(core, parts))


def _strangeness(core: _Counts, parts: _Counts) -> tuple[bool, Count]:
    """How unlike a compound the rest is: beside a metal there are anions, water, hydroxide."""
    charges = [catalogue.part_charge(part) * count for part, count in parts.items()]
    if core.keys() <= _COVALENT:
        return False, sum(1 for charge in charges if charge)
    rest = _less(core, parts)
    oxygen, hydrogen = rest.get("O", 0), rest.get("H", 0)
    return not oxygen <= hydrogen <= 2 * oxygen, sum(charges)


def _less(atoms: _Counts, parts: Mapping[str, Count]) -> _Counts:
    """The atoms that remain without the parts; fewer than none where there are not enough."""
    remaining = dict(atoms)
    for part, count in parts.items():
        for element, each in parse_formula(catalogue.part_formula(part)).items():
            remaining[element] = remaining.get(element, 0) - count * each
    return remaining
