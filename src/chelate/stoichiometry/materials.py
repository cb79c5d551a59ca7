"""A raw material by its name: an id, a grade, or label wording, and what that may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from chelate import catalogue
from chelate.catalogue import Grade, Holding, Mixture, Substance, names
from chelate.catalogue.names import Meaning
from chelate.catalogue.words import normalise
from chelate.findings import InputError
from chelate.stoichiometry.stated import Stated


@dataclass(frozen=True, slots=True)
class Material:
    """What a name may mean: `named` first, then all that the word leaves open.

    `exact` says that the name is an id, so that the first candidate is the one meant.
    `grade` is the trade grade that was named, `grades` those that the word leaves open.
    No candidates: the material has no stoichiometry, and only an assay says what it holds,
    or `holds`: what is known of each nutrient, moiety and other constituent of a mixture, by
    its id; `called` are the names of those that are stated in place.
    """

    text: str
    name: str
    candidates: tuple[Substance, ...]
    exact: bool = False
    nutrient: str | None = None
    grade: Grade | None = None
    grades: tuple[Grade, ...] = ()
    holds: tuple[tuple[str, Stated], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def material(text: str) -> Material:
    """The raw material of that name.

    Raises:
        InputError: the name is unknown, or names an element or a mark and no compound.
    """
    key = text.strip()
    if key in catalogue.substances():
        return _of_substance(text, catalogue.substances()[key])
    if key in catalogue.grades():
        return _of_grade(text, catalogue.grades()[key])
    if mixture := catalogue.mixtures().get(key) or _mixture_words().get(_plain(key)):
        return _of_mixture(text, mixture)
    return _of_wording(text, names.resolve(key))


def _of_grade(text: str, grade: Grade) -> Material:
    if grade.parts:
        first = catalogue.substance(grade.parts[0])
        candidates = (first,) if grade.substance else _and_its_hydrates(first)
    elif grade.buffered:
        candidates = ()
    elif grade.substance:
        candidates = (catalogue.substance(grade.substance),)
    else:
        candidates = catalogue.family_members(grade.family)
    nutrient = catalogue.families()[grade.family].nutrient
    return Material(text, grade.name, candidates, bool(grade.parts), nutrient, grade)


def _plain(text: str) -> str:
    return normalise(text).removesuffix(" powder")


@cache
def _mixture_words() -> Mapping[str, Mixture]:
    """The wordings of mixtures; they are no sources of a mineral, so labels have none."""
    return {word: mixture for mixture in catalogue.mixtures().values() for word in mixture.words}


def _of_mixture(text: str, mixture: Mixture) -> Material:
    holds = tuple((held.of, _stated(held)) for held in mixture.holds)
    notes = tuple(held.note for held in mixture.holds if held.note)
    sources = dict.fromkeys(key for held in mixture.holds for key in held.sources)
    return Material(text, mixture.name, (), holds=holds, notes=notes, sources=tuple(sources))


def _stated(held: Holding) -> Stated:
    low, high = held.low_percent / 100, held.high_percent / 100
    return Stated(held.typical_percent / 100, low, high, low, "range")


def _of_substance(text: str, substance: Substance) -> Material:
    meaning = names.resolve(substance.id.replace("-", " "))
    others = meaning.substances if substance.id in meaning.substances else ()
    candidates = (substance, *(s for s in _substances(others) if s is not substance))
    grades = _open_grades(candidates, substance.families)
    return Material(text, substance.name, candidates, True, substance.nutrient, grades=grades)


def _and_its_hydrates(substance: Substance) -> tuple[Substance, ...]:
    members = catalogue.family_members(substance.families[0])
    return (substance, *(member for member in members if member is not substance))


def _of_wording(text: str, meaning: Meaning) -> Material:
    if meaning.buffered and meaning.family:
        return _buffered(text, meaning)
    if meaning.status == "undefined":
        return Material(text, text.strip(), (), nutrient=meaning.nutrient)
    if not meaning.substances:
        raise _no_compound(text, meaning)
    candidates = _marked_first(_substances(meaning.substances), meaning.marks)
    grades = _open_grades(candidates, (meaning.family,) if meaning.family else ())
    return Material(text, candidates[0].name, candidates, False, meaning.nutrient, grades=grades)


def _marked_first(
    candidates: tuple[Substance, ...], marks: tuple[str, ...]
) -> tuple[Substance, ...]:
    """The substance that a brand mark is documented for, then the others."""
    marked = {catalogue.marks()[mark].substance for mark in marks}
    return tuple(sorted(candidates, key=lambda substance: substance.id not in marked))


def _buffered(text: str, meaning: Meaning) -> Material:
    """The buffered grade of a family, one whose parts are known before any other."""
    known = [g for g in catalogue.grades().values() if g.buffered and g.family == meaning.family]
    if not known:
        raise InputError(
            f'found "{text.strip()}", expected each part of the blend as an input of its own: '
            "no buffered grade of it is known"
        )
    made = _of_grade(text, min(known, key=lambda grade: not grade.parts))
    named = tuple(s for s in made.candidates if s.id in meaning.substances)
    return replace(made, candidates=named or made.candidates)


def _no_compound(text: str, meaning: Meaning) -> InputError:
    name = text.strip()
    found = f'found "{name[:60]}{"…" * (len(name) > 60)}"'
    if meaning.status == "element":
        return InputError(
            f"{found}, an element; expected a compound of it: {meaning.nutrient} oxide"
        )
    if meaning.status == "mark":
        return InputError(f"{found}, a brand mark; expected the compound it stands on")
    if meaning.status == "inert" or names.normalise(text) in catalogue.excipient_names():
        return InputError(f"{found}, an excipient; expected a compound that yields something")
    near = " or ".join(_nearest(text.strip(), meaning))
    hint = f"; did you mean {near}?" if near else ""
    made = "" if near else "; define says in a formulation what another one is made of or holds"
    expected = "expected a substance of the catalogue or label wording"
    return InputError(f"{found}, {expected}{hint}{made}")


def _nearest(text: str, meaning: Meaning) -> Iterable[str]:
    """The nearest ids of what is written like an id, the nearest wordings of the rest."""
    import difflib

    if " " in text or "-" not in text:
        mixtures = difflib.get_close_matches(_plain(text), _mixture_words(), n=1, cutoff=0.8)
        return meaning.suggestions or mixtures
    ids = [*catalogue.substances(), *catalogue.grades(), *catalogue.mixtures()]
    return difflib.get_close_matches(text.lower(), ids, n=2, cutoff=0.75) or meaning.suggestions


def _substances(ids: Iterable[str]) -> tuple[Substance, ...]:
    return tuple(catalogue.substance(name) for name in ids)


def _open_grades(candidates: tuple[Substance, ...], families: Iterable[str]) -> tuple[Grade, ...]:
    """Unbuffered grades that a name may mean, by its substance or by its whole family."""
    ids = {substance.id for substance in candidates}
    whole = {
        family
        for family in families
        if ids.issuperset(member.id for member in catalogue.family_members(family))
    }
    return tuple(
        grade
        for grade in catalogue.grades().values()
        if not grade.buffered and (grade.substance in ids or _is_open(grade, whole))
    )


def _is_open(grade: Grade, whole_families: set[str]) -> bool:
    return grade.substance is None and grade.family in whole_families
