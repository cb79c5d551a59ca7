"""What one milligram of a material holds: by stoichiometry, by assay, or split into parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chelate import catalogue
from chelate.catalogue import Grade, Substance
from chelate.figures import MassUnit, mass
from chelate.figures import assay as as_percent
from chelate.findings import InputError
from chelate.formula import molar_mass
from chelate.intervals import Interval
from chelate.stoichiometry.assays import Assay
from chelate.stoichiometry.constituents import (
    Fractions,
    constituents,
    in_sentence,
    ligands,
    name_of,
)
from chelate.stoichiometry.materials import Material
from chelate.stoichiometry.stated import Stated

_NOISE = 1e-9
_MOST_OF_IT = 0.9
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Content:
    """What 1 mg of a material holds, in mg, if it is made of these parts.

    `held` counts elements and moieties (as free acids), `ligands` the same moieties as
    they stand in the compound. What the parts leave is water, carrier or unknown. `called`
    are the names of what is stated in place.
    """

    parts: tuple[tuple[Substance, float], ...]
    held: Fractions
    ligands: Fractions = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    def spoken(self, name: str) -> str:
        """What an element, moiety or other constituent is called in a sentence."""
        return self.called.get(name) or name_of(name)

    def unit(self, mass_mg: float) -> MassUnit:
        """The unit that so much of the material is written in, by what it brings first."""
        return catalogue.material_unit(next(iter(self.held), ""), mass_mg)

    def written(self, mass_mg: float) -> str:
        """So much of the material."""
        return mass(mass_mg, self.unit(mass_mg))


def contents(material: Material, assay: Assay | None, moisture: Stated) -> tuple[Content, ...]:
    """Everything that the material may hold: first as it is named, then what is left open.

    What is left open is what the name may mean, and the ends of what is printed.

    Raises:
        InputError: the assay cannot be true of the material, or is needed and missing.
    """
    if material.grade and material.grade.buffered and material.grade.parts:
        return tuple(_buffered(material, material.grade, assay, moisture))
    if material.holds:
        return tuple(_of_mixture(material, assay, moisture))
    if not material.candidates:
        return tuple(_by_assay_alone(material, assay, moisture))
    if assay is None and material.grade:
        return tuple(_of_grade(material, material.grade, moisture))
    if assay is None:
        return tuple(_stoichiometric(material, moisture))
    return tuple(_assayed(material, assay, moisture))


def diluted(options: Iterable[Content], potency: Stated) -> Iterator[Content]:
    """The same contents where the material is a part of what is weighed, the rest carrier."""
    undiluted = tuple(options)
    for share in potency.figures:
        for content in undiluted:
            yield _scaled(content, share)


def _scaled(content: Content, share: float) -> Content:
    parts = tuple((substance, share * part) for substance, part in content.parts)
    held, bound = _times(content.held, share), _times(content.ligands, share)
    return Content(parts, held, bound, content.called)


def _times(fractions: Fractions, share: float) -> Fractions:
    return MappingProxyType({name: share * fraction for name, fraction in fractions.items()})


def _stoichiometric(material: Material, moisture: Stated) -> Iterator[Content]:
    """Each candidate as a pure compound, then the unbuffered grades that are left open.

    A grade that is stated as weighed holds its moisture already.
    """
    _require_water_beside_crystals(material, moisture)
    for wet in moisture.figures:
        for substance in material.candidates:
            yield _mixed((substance, 1 - wet))
    for grade in material.grades:
        dry = (1 - moisture.high, 1 - moisture.low) if grade.basis == "dried" else (1.0, 1.0)
        for percent, share in zip((grade.low_percent, grade.high_percent), dry, strict=True):
            held = _held_to(material, grade, percent / 100 * share, most=1 - moisture.low)
            yield _mixed(*held)


def _anhydrous(substance: Substance) -> float:
    """What drying may leave of 1 mg of a compound: all but its water of crystallisation."""
    waters = float(catalogue.water(substance))
    return 1 - waters * molar_mass("H2O") / catalogue.substance_molar_mass(substance)


def _require_water_beside_crystals(material: Material, moisture: Stated) -> None:
    """Refuse a moisture that is the crystal water of the hydrate that is named."""
    named = material.candidates[0]
    crystal = 1 - _anhydrous(named)
    if 0 < _MOST_OF_IT * crystal <= moisture.high:
        raise InputError(
            f"found a moisture of {as_percent(moisture.fraction)} of {in_sentence(named.name)}, "
            f"whose formula holds {as_percent(crystal)} water; expected the moisture beside that"
        )


def _of_grade(material: Material, grade: Grade, moisture: Stated) -> Iterator[Content]:
    for fraction in _stated(grade, moisture):
        yield _mixed(*_held_to(material, grade, fraction))


def _stated(grade: Grade, moisture: Stated) -> tuple[float, ...]:
    """Typical (or halfway), lowest and highest fraction, of the material as weighed."""
    if moisture.fraction and grade.basis != "dried":
        raise _weighed_wet(grade.id)
    middle = (grade.low_percent + grade.high_percent) / 2
    return (
        (grade.typical_percent or middle) / 100 * (1 - moisture.fraction),
        grade.low_percent / 100 * (1 - moisture.high),
        grade.high_percent / 100 * (1 - moisture.low),
    )


def _weighed_wet(name: str) -> InputError:
    return InputError(
        f"{name} is stated as weighed, with its moisture; beside a moisture, expected "
        "an assay of the dried material"
    )


def _held_to(
    material: Material, grade: Grade, fraction: float, *, most: float = 1.0
) -> tuple[tuple[Substance, float], ...]:
    """The substance of a grade, as much of it as its assay says, and at most a share."""
    substance = catalogue.substance(grade.substance) if grade.substance else material.candidates[0]
    nutrient = substance.nutrient
    theory = constituents(substance)[nutrient] if nutrient else 1.0
    return ((substance, min(most, fraction / theory)),)


def _assayed(material: Material, assay: Assay, moisture: Stated) -> Iterator[Content]:
    """Each candidate that can hold what the assay says, so much of it as that takes."""
    if assay.of is None and assay.moisture:
        _require_water_beside_crystals(material, moisture)
    least, wettest = assay.stated.rounded_low, moisture.high if assay.moisture else moisture.low
    possible = [s for s in material.candidates if least <= _most(s, assay, wettest) * (1 + _NOISE)]
    if not possible or (material.exact and possible[0] is not material.candidates[0]):
        raise _above_theory(material, assay, moisture)
    for substance in possible:
        theory = _theory(substance, assay)
        for fraction in assay.stated.below(_most(substance, assay, moisture.low)).figures:
            yield _mixed((substance, fraction / theory))


def _most(substance: Substance, assay: Assay, wet: float) -> float:
    """The most of what the assay counts that the substance holds as weighed, so wet.

    Drying takes the moisture, and of the substance at most its water of crystallisation.
    """
    theory = _theory(substance, assay)
    return min(theory, theory / _anhydrous(substance) * (1 - wet))


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


def _above_theory(material: Material, assay: Assay, moisture: Stated) -> InputError:
    richest = max(material.candidates, key=lambda substance: _theory(substance, assay))
    named = material.candidates[0] if material.exact else richest
    of, theory = f" {name_of(assay.of)}" if assay.of else "", _theory(named, assay)
    how, holds = "", f"pure {in_sentence(named.name)} holds"
    if assay.stated.rounded_low > theory:
        how = f" (as weighed {as_percent(assay.stated.fraction)})" if assay.moisture else ""
    elif assay.moisture:
        how, holds = " of the dried material", f"{holds}, dried,"
        theory /= _anhydrous(named)
    else:
        how, holds = " as weighed", f"{holds}, with {as_percent(moisture.fraction)} moisture,"
        theory = _most(named, assay, moisture.fraction)
    return InputError(
        f'found an assay of "{assay.text}"{how}; {holds} {as_percent(theory)}{of} and no more'
        f"{_blend_remedy(named)}"
    )


def _blend_remedy(substance: Substance) -> str:
    for grade in catalogue.grades().values():
        if grade.buffered and grade.parts and grade.family in substance.families:
            return f"; a blend is another grade: {grade.id}"
    return ""


def _by_assay_alone(material: Material, assay: Assay | None, moisture: Stated) -> Iterator[Content]:
    if assay is None and material.grade and material.nutrient:
        for fraction in _stated(material.grade, moisture):
            yield _unbound({material.nutrient: fraction})
    elif assay is None or assay.of is None:
        raise InputError(
            f'"{material.name}" has no defined stoichiometry; expected an assay such as '
            f'"10 % {material.nutrient or "magnesium"}" with it'
        )
    else:
        for fraction in assay.stated.below(_most_of(assay.of)).figures:
            yield _unbound({assay.of: fraction})


def _most_of(constituent: str) -> float:
    """The most that a compound may hold: of an element what the richest catalogued source has.

    >>> round(_most_of("magnesium"), 3)
    0.603
    """
    sources = (s for s in catalogue.substances().values() if s.nutrient == constituent)
    return max((constituents(each).get(constituent, 1.0) for each in sources), default=1.0)


def _unbound(held: dict[str, float], called: Mapping[str, str] = _NO_NAMES) -> Content:
    return Content((), MappingProxyType(held), called=called)


def _of_mixture(material: Material, assay: Assay | None, moisture: Stated) -> Iterator[Content]:
    """What is known of a mixture: the usual contents, then each content at its ends.

    Each is also taken at one end while all others are at the other, so that the range of
    one per unit of another is whole.
    """
    if assay is None and moisture.fraction:
        raise _weighed_wet(in_sentence(material.name))
    known = _narrowed(material, assay) if assay else dict(material.holds)
    called = material.called
    yield _unbound({name: stated.fraction for name, stated in known.items()}, called)
    lows = {name: stated.low for name, stated in known.items()}
    highs = {name: stated.high for name, stated in known.items()}
    yield from (_unbound(lows, called), _unbound(highs, called))
    for name in known if len(known) > 1 else ():
        yield _unbound({**lows, name: highs[name]}, called)
        yield _unbound({**highs, name: lows[name]}, called)


def _narrowed(material: Material, assay: Assay) -> dict[str, Stated]:
    """What a mixture holds, by the assay of one of its contents or of the whole."""
    known = dict(material.holds)
    if assay.of is None:
        shares, middle = assay.stated, assay.stated.fraction
        of_all = Interval(shares.low, shares.high)
        return {name: stated.times(of_all, middle) for name, stated in known.items()}
    if assay.of not in known:
        has = ", ".join(material.called.get(each) or name_of(each) for each in known)
        name = in_sentence(material.name)
        raise InputError(f"found an assay of {name_of(assay.of)}; of {name}, only {has} is known")
    most = known[assay.of].high
    at_least = assay.stated.form == "at least" and assay.stated.fraction <= most
    return {**known, assay.of: assay.stated.below(most if at_least else 1.0)}


def _buffered(
    material: Material, grade: Grade, assay: Assay | None, moisture: Stated
) -> Iterator[Content]:
    """The buffer and each hydrate of the chelate that can hold what is stated."""
    nutrient = material.nutrient or ""
    if assay is not None and assay.of != nutrient:
        raise InputError(
            f'found an assay of "{assay.text}", expected one of {nutrient} for a blend: '
            f'"20 % {nutrient}"'
        )
    buffer = catalogue.substance(grade.parts[1])
    most = constituents(buffer)[nutrient]
    least = min(constituents(chelate)[nutrient] for chelate in material.candidates)
    stated = assay.stated.below(most).figures if assay else _stated(grade, moisture)
    if not least <= stated[0] <= most:
        raise _no_blend(material, buffer, stated[0], nutrient)
    for fraction in stated:
        for chelate in material.candidates:
            if constituents(chelate)[nutrient] <= max(fraction, least) <= most:
                yield _mixed(*_split(chelate, buffer, max(fraction, least), nutrient))


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
