"""Names that a material cannot have: another compound's, or of one that holds less.

A name of the catalogue says what is in the material, on the panel too. One that the
catalogue does not know, a trade name for instance, may be of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from chelate import catalogue
from chelate.catalogue import Substance, names
from chelate.catalogue.names import Meaning
from chelate.figures import assay, listed, percent
from chelate.findings import InputError
from chelate.formula import parse_formula
from chelate.formulate.errors import at
from chelate.models.formulation import Input
from chelate.stoichiometry import Material, constituents, material, name_of
from chelate.stoichiometry.constituents import in_sentence

_CHELATE = "amino-acid-chelate"
_NOISE = 1e-9
_WATER = {"H": 2, "O": 1}
_NO_LIGAND = ("H", "O")


def require_true_names(entry: Input, path: str, made: str | Material) -> None:
    """Refuse a name, for the material or for the panel, that is known as that of another.

    Raises:
        EntryError: with what the name is of, and what the material is.
    """
    if isinstance(made, Material):
        with at(f"{path}.define"):
            _require_like(entry.substance, made)
    if entry.label_name is None:
        return
    with at(f"{path}.label_name"):
        if isinstance(made, Material):
            _require_like(entry.label_name, made)
        else:
            _require_of(entry.label_name, material(made), _mixture(made))


def _require_of(label_name: str, named: Material, mixture: str | None) -> None:
    is_of = _is_of(names.resolve(label_name), named)
    if not is_of or _mixture(label_name) not in (None, mixture):
        raise InputError(
            f'found "{label_name}" for {in_sentence(named.text.strip())}, which is something else; '
            "expected a name of what is in the product"
        )


def _is_of(meaning: Meaning, named: Material) -> bool:
    """Whether a name may be that of a material of the catalogue."""
    if meaning.status in ("unknown", "mark"):
        return True
    if meaning.status == "element":
        return meaning.nutrient in _held(named)
    if meaning.family is None:
        excipient = names.normalise(meaning.text) in catalogue.excipient_names()
        return not (excipient and named.nutrient)
    ids = {substance.id for substance in _substances(named)}
    if meaning.family in _families(named) or not ids.isdisjoint(meaning.substances):
        return True
    return (
        meaning.chelate and meaning.nutrient == named.nutrient and _may_be_chelate(meaning, named)
    )


def _may_be_chelate(meaning: Meaning, named: Material) -> bool:
    """Whether one name is the general one for chelates, and the other that of any of them."""
    known = catalogue.families()
    kinds = {known[family].kind for family in _families(named) if family in known}
    return _CHELATE in kinds and (meaning.status == "undefined" or not named.candidates)


def _substances(named: Material) -> Iterator[Substance]:
    yield from named.candidates
    yield from map(catalogue.substance, named.grade.parts if named.grade else ())


def _families(named: Material) -> set[str]:
    families = {family for each in _substances(named) for family in each.families}
    known = {named.grade.family if named.grade else None, names.resolve(named.text).family}
    return families | {family for family in known if family}


def _held(named: Material) -> set[str]:
    own = {named.nutrient} if named.nutrient else set()
    return own.union(
        *(constituents(each) for each in named.candidates), (of for of, _ in named.holds)
    )


def _mixture(text: str) -> str | None:
    """The material of natural origin that a name is of."""
    known, spoken = catalogue.mixtures(), names.normalise(text)
    if text.strip() in known:
        return text.strip()
    return next((key for key, each in known.items() if spoken in each.words), None)


def _require_like(name: str, made: Material) -> None:
    """Refuse a known compound's name for a material that is defined in place."""
    meaning = names.resolve(name)
    if _is_vitamin(name) or meaning.status not in ("known", "undefined"):
        return
    known = [catalogue.substance(each) for each in meaning.substances]
    if made.candidates:
        (own,) = made.candidates
        if (known and not any(_is_like(own, each) for each in known)) or _lacks(meaning, made):
            is_of = f", which is {_formulas(known)}" if known else ""
            raise InputError(
                f'found "{own.formula}" for {name}{is_of}; expected what the name says, or '
                "another name"
            )
    elif meaning.nutrient and not meaning.buffered:
        _require_no_more(name, meaning.nutrient, known, made)


def _formulas(known: list[Substance]) -> str:
    return " or ".join(dict.fromkeys(each.formula for each in known[:2]))


def _is_vitamin(name: str) -> bool:
    """Whether a name is that of a nutrient without an element: any form of it is called so."""
    nutrient = catalogue.nutrients().get(names.nutrient_of(name) or "")
    return nutrient is not None and not nutrient.element


def _lacks(meaning: Meaning, made: Material) -> bool:
    """Whether a formula has not the element of its name, or of a chelate no amino acid."""
    atoms = {element for each in made.candidates for element in parse_formula(each.formula)}
    is_other = meaning.nutrient is not None and meaning.nutrient not in _held(made)
    return is_other or (meaning.chelate and "N" not in atoms)


def _require_no_more(name: str, nutrient: str, known: list[Substance], made: Material) -> None:
    """Refuse contents of a nutrient that a named compound cannot have."""
    stated = dict(made.holds).get(nutrient)
    spoken = names.spoken(nutrient)
    if stated is None:
        has = listed([name_of(of) for of, _ in made.holds])
        raise InputError(f"found {has} held by {name}, expected {spoken} too, or another name")
    most = max((constituents(each).get(nutrient, 0.0) for each in known), default=1.0)
    if stated.rounded_low > most * (1 + _NOISE):
        raise InputError(
            f"found {percent(stated.fraction)} {spoken} held by {name}, which holds {assay(most)} "
            "and no more; expected what the name says, or another name, as a blend is buffered"
        )


def _is_like(own: Substance, known: Substance) -> bool:
    """Whether a formula may be of a compound: the same ligand, and no more of the element."""
    nutrient = known.nutrient
    if nutrient and catalogue.nutrients()[nutrient].element:
        held, most = constituents(own).get(nutrient, 0.0), constituents(known)[nutrient]
        if held > most * (1 + 1e-3):
            return False
    first, second = _dry(own), _dry(known)
    return first.keys() == second.keys() and _ligand(own, known) == _ligand(known, known)


def _dry(substance: Substance) -> dict[str, Fraction]:
    """The atoms of a compound without its water of crystallisation."""
    waters = catalogue.water(substance)
    atoms = {e: Fraction(n) for e, n in parse_formula(substance.formula).items()}
    dry = {e: n - waters * _WATER.get(e, 0) for e, n in atoms.items()}
    return {element: count for element, count in dry.items() if count}


def _ligand(substance: Substance, known: Substance) -> dict[str, Fraction]:
    """The atoms of its ligands but hydrogen and oxygen, as shares of one."""
    nutrient = catalogue.nutrients().get(known.nutrient or "")
    aside = (*_NO_LIGAND, nutrient.element if nutrient else None)
    counts = {e: n for e, n in _dry(substance).items() if e not in aside}
    return {element: count / sum(counts.values()) for element, count in counts.items()}
