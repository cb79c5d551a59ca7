"""What one milligram of a material holds: by stoichiometry, by assay, or split into parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from chelate import catalogue
from chelate.catalogue import Grade, Substance, names
from chelate.figures import assay as as_percent
from chelate.findings import InputError
from chelate.formula import parse_formula
from chelate.stoichiometry.materials import Material
from chelate.units import Percent, Unread, read_percent

Fractions = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Assay:
    """A stated content, as a fraction of the material as weighed.

    `of` is the nutrient or moiety that it counts, None for the named compound itself.
    `low` is the least that the printed digits may mean.
    """

    text: str
    fraction: float
    low: float
    of: str | None
    moisture: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """What 1 mg of a material holds, in mg, if it is made of these parts.

    `held` counts elements and moieties (as free acids), `ligands` the same moieties as
    they stand in the compound. What the parts leave is water, carrier or unknown.
    """

    parts: tuple[tuple[Substance, float], ...]
    held: Fractions
    ligands: Fractions = field(default_factory=dict)


@cache
def constituents(substance: Substance) -> Fractions:
    """Elements and moieties in 1 mg of a substance: its own nutrient first.

    >>> {k: round(v, 4) for k, v in constituents(catalogue.substance("zinc-oxide")).items()}
    {'zinc': 0.8034}
    """
    found: dict[str, float] = {}
    for nutrient in _nutrients_of(substance):
        if (fraction := catalogue.element_fraction(substance, nutrient)) > 0:
            found[nutrient] = fraction
    for moiety in catalogue.moiety_counts(substance):
        found[moiety] = catalogue.moiety_fraction(substance, moiety)
    return MappingProxyType(found)


@cache
def ligands(substance: Substance) -> Fractions:
    """The moieties that a substance holds as ions, in mg of the ion in 1 mg."""
    return MappingProxyType(
        {
            moiety: fraction
            for moiety in catalogue.moiety_counts(substance)
            if moiety not in substance.moieties
            and (fraction := catalogue.moiety_fraction(substance, moiety, as_ligand=True))
            != catalogue.moiety_fraction(substance, moiety)
        }
    )


def _nutrients_of(substance: Substance) -> Iterator[str]:
    """Its own nutrient, then every other element that is not part of one of its moieties."""
    own = substance.nutrient
    if own and catalogue.nutrients()[own].element:
        yield own
    free = _elements_outside_moieties(substance)
    for nutrient in catalogue.nutrients().values():
        if nutrient.id != own and nutrient.element in free:
            yield nutrient.id


def _elements_outside_moieties(substance: Substance) -> set[str]:
    counted = {
        part for moiety in catalogue.moieties().values() for part in (moiety.formula, *moiety.ions)
    }
    return {
        element
        for part in substance.parts
        if part not in counted
        for element in parse_formula(catalogue.part_formula(part))
    }


def contents(material: Material, assay: Assay | None, moisture: float) -> tuple[Content, ...]:
    """Everything that the material may hold: first as it is named, then what is left open.

    Raises:
        InputError: the assay cannot be true of the material, or is needed and missing.
    """
    if material.grade and material.grade.buffered and material.grade.parts:
        return tuple(_buffered(material, material.grade, assay, moisture))
    if not material.candidates:
        return tuple(_by_assay_alone(material, assay, moisture))
    if assay is None and material.grade:
        return tuple(_of_grade(material, material.grade, moisture))
    if assay is None:
        return tuple(_stoichiometric(material, 1 - moisture))
    return tuple(_assayed(material, assay))


def read_fraction(text: str, what: str) -> tuple[Percent, str]:
    """A percentage at the start of a text, 0-100, and the words after it."""
    number, sign, words = text.partition("%")
    percent = read_percent(f"{number}{sign}")
    example = f'expected {what} such as "13 % magnesium" or "98.5 %"'
    if not sign or not isinstance(percent, Percent) or percent.operator == "<":
        why = f" ({percent})" if isinstance(percent, Unread) and sign else ""
        raise InputError(f'found "{text.strip()}"{why}, {example}')
    if not 0 < percent.value <= 100:
        raise InputError(f'found "{text.strip()}", expected {what} above 0 and at most 100 %')
    return percent, words.strip(" ,;()")


def read_assay(text: str, *, dried: bool, moisture: float) -> Assay:
    """The assay that a text states, as weighed; `moisture` is allowed for where it is dried."""
    percent, words = read_fraction(text, "an assay")
    taken_off = moisture if dried else 0.0
    return Assay(
        text.strip(),
        percent.value / 100 * (1 - taken_off),
        percent.interval.low / 100 * (1 - taken_off),
        constituent_of(words) if words else None,
        taken_off,
    )


def constituent_of(words: str) -> str:
    """The id of the nutrient or moiety that words name.

    >>> constituent_of("elemental magnesium"), constituent_of("L-lysine")
    ('magnesium', 'l-lysine')
    """
    if nutrient := names.nutrient_of(words):
        return nutrient
    spoken = names.normalise(words)
    for moiety in catalogue.moieties().values():
        if spoken in (names.normalise(moiety.id), names.normalise(moiety.name)):
            return moiety.id
    raise _no_constituent(words)


def name_of(constituent: str) -> str:
    """The name of a nutrient or moiety within a sentence: magnesium, L-lysine, EPA."""
    moiety = catalogue.moieties().get(constituent)
    return in_sentence(moiety.name if moiety else catalogue.nutrients()[constituent].name)


def in_sentence(name: str) -> str:
    """A name as it stands within a sentence.

    >>> in_sentence("Magnesium oxide"), in_sentence("L-Lysine"), in_sentence("EPA")
    ('magnesium oxide', 'L-lysine', 'EPA')
    """
    head, dash, rest = name.partition("-")
    if dash and head in ("L", "D", "DL"):
        return f"{head}-{in_sentence(rest)}"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _no_constituent(words: str) -> InputError:
    import difflib

    known = [*catalogue.moieties(), *(n.id for n in catalogue.nutrients().values() if n.element)]
    near = difflib.get_close_matches(words.lower(), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return InputError(f'found "{words}", expected a nutrient or moiety such as magnesium{hint}')


def _stoichiometric(material: Material, dry: float) -> Iterator[Content]:
    """Each candidate as a pure compound, then the unbuffered grades that are left open."""
    for substance in material.candidates:
        yield _mixed((substance, dry))
    for grade in material.grades if dry == 1 else ():
        for percent in (grade.low_percent, grade.high_percent):
            yield _mixed(*_held_to(material, grade, percent / 100))


def _of_grade(material: Material, grade: Grade, moisture: float) -> Iterator[Content]:
    for fraction in _stated(grade, moisture):
        yield _mixed(*_held_to(material, grade, fraction))


def _stated(grade: Grade, moisture: float) -> tuple[float, ...]:
    """Typical (or halfway), lowest and highest fraction, of the material as weighed."""
    if moisture and grade.basis != "dried":
        raise InputError(
            f"{grade.id} is stated as weighed, with its moisture; beside a moisture, expected "
            "an assay of the dried material"
        )
    middle = (grade.low_percent + grade.high_percent) / 2
    percents = (grade.typical_percent or middle, grade.low_percent, grade.high_percent)
    return tuple(percent / 100 * (1 - moisture) for percent in percents)


def _held_to(
    material: Material, grade: Grade, fraction: float
) -> tuple[tuple[Substance, float], ...]:
    """The substance of a grade, as much of it as its assay says."""
    substance = catalogue.substance(grade.substance) if grade.substance else material.candidates[0]
    nutrient = substance.nutrient
    theory = constituents(substance)[nutrient] if nutrient else 1.0
    return ((substance, min(1.0, fraction / theory)),)


def _assayed(material: Material, assay: Assay) -> Iterator[Content]:
    """Each candidate that can hold what the assay says, so much of it as that takes."""
    possible = [s for s in material.candidates if assay.low <= _theory(s, assay) * (1 + 1e-9)]
    if not possible or (material.exact and possible[0] is not material.candidates[0]):
        raise _above_theory(material, assay)
    for substance in possible:
        yield _mixed((substance, assay.fraction / _theory(substance, assay)))


def _theory(substance: Substance, assay: Assay) -> float:
    """The fraction that a pure substance holds of what the assay counts."""
    if assay.of is None:
        return 1.0
    held = constituents(substance)
    if assay.of not in held:
        has = ", ".join(map(name_of, held)) or "nothing that is counted"
        name = in_sentence(substance.name)
        raise InputError(f"found an assay of {name_of(assay.of)}; {name} holds only {has}")
    return held[assay.of]


def _above_theory(material: Material, assay: Assay) -> InputError:
    richest = max(material.candidates, key=lambda substance: _theory(substance, assay))
    named = material.candidates[0] if material.exact else richest
    of = f" {name_of(assay.of)}" if assay.of else ""
    dried = f" (as weighed {as_percent(assay.fraction)})" if assay.moisture else ""
    return InputError(
        f'found an assay of "{assay.text}"{dried}; pure {in_sentence(named.name)} holds '
        f"{as_percent(_theory(named, assay))}{of} and no more{_blend_remedy(named)}"
    )


def _blend_remedy(substance: Substance) -> str:
    for grade in catalogue.grades().values():
        if grade.buffered and grade.parts and grade.family in substance.families:
            return f"; a blend is another grade: {grade.id}"
    return ""


def _by_assay_alone(material: Material, assay: Assay | None, moisture: float) -> Iterator[Content]:
    if assay is None and material.grade and material.nutrient:
        for fraction in _stated(material.grade, moisture):
            yield Content((), MappingProxyType({material.nutrient: fraction}))
    elif assay is None or assay.of is None:
        raise InputError(
            f'"{material.name}" has no defined stoichiometry; expected an assay such as '
            f'"10 % {material.nutrient or "magnesium"}" with it'
        )
    else:
        yield Content((), MappingProxyType({assay.of: assay.fraction}))


def _buffered(
    material: Material, grade: Grade, assay: Assay | None, moisture: float
) -> Iterator[Content]:
    """The buffer and each hydrate of the chelate that can hold what is stated."""
    nutrient = material.nutrient or ""
    if assay is not None and assay.of != nutrient:
        raise InputError(
            f'found an assay of "{assay.text}", expected one of {nutrient} for a blend: '
            f'"20 % {nutrient}"'
        )
    buffer = catalogue.substance(grade.parts[1])
    stated = (assay.fraction,) if assay else _stated(grade, moisture)
    for fraction in stated:
        possible = [
            chelate
            for chelate in material.candidates
            if constituents(chelate)[nutrient] <= fraction <= constituents(buffer)[nutrient]
        ]
        if not possible and fraction == stated[0]:
            raise _no_blend(material, buffer, fraction, nutrient)
        for chelate in possible:
            yield _mixed(*_split(chelate, buffer, fraction, nutrient))


def _no_blend(material: Material, buffer: Substance, fraction: float, nutrient: str) -> InputError:
    leanest = min(material.candidates, key=lambda chelate: constituents(chelate)[nutrient])
    ends = (
        f"{in_sentence(part.name)} ({as_percent(constituents(part)[nutrient])})"
        for part in (leanest, buffer)
    )
    return InputError(f"{as_percent(fraction)} {nutrient} is no blend of {' and '.join(ends)}")


def _split(
    chelate: Substance, buffer: Substance, fraction: float, nutrient: str
) -> tuple[tuple[Substance, float], ...]:
    low, high = constituents(chelate)[nutrient], constituents(buffer)[nutrient]
    share = (fraction - low) / (high - low)
    return (chelate, 1 - share), (buffer, share)


def _mixed(*parts: tuple[Substance, float]) -> Content:
    return Content(parts, _summed(parts, constituents), _summed(parts, ligands))


def _summed(
    parts: Iterable[tuple[Substance, float]], of: Callable[[Substance], Fractions]
) -> Fractions:
    held: dict[str, float] = {}
    for substance, share in parts:
        for name, fraction in of(substance).items():
            held[name] = held.get(name, 0.0) + share * fraction
    return MappingProxyType(held)
