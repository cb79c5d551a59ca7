"""A formulation -> what each of its materials brings to the panel, at the end of shelf life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from chelate import catalogue
from chelate.catalogue import names
from chelate.formulate.delivery import Delivery, Ingredient, Weighed
from chelate.formulate.panel.naming import plain, sources_of
from chelate.formulate.supplied import (
    counted_mg,
    held_by,
    is_by_the_way,
    is_itself_declared,
    is_range,
    sources_in,
)
from chelate.stoichiometry import Part, constituents, counted_as, is_catalogued

Named = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound of a material: its name on the panel, mg per serving, and what it may hold.

    `holds` is None where nothing says what the compound is made of. `parts` are the
    fractions of what the material holds that are in this compound, where it has several.
    """

    name: str
    mass_mg: float
    holds: frozenset[str] | None = None
    parts: Mapping[str, float] | None = None

    def may_hold(self, constituent: str) -> bool:
        """Whether it may be a source of an element or moiety."""
        return self.holds is None or constituent in self.holds

    def part_of(self, constituent: str) -> float:
        """The fraction of what its material holds of a constituent that is in it."""
        return 1.0 if self.parts is None else self.parts.get(constituent, 0.0)


@dataclass(frozen=True, slots=True)
class Brought:
    """What one material brings: `held_mg` by nutrient or moiety, per serving.

    `own` are the nutrients that it is a source of. An ingredient that is not there for these
    alone is a dietary ingredient by itself, of `itself_mg`. `least` says that the figures
    are the low ends of ranges, and excipients are there for what they do, and not for what
    they hold. `called` are the names of what the catalogue has not: a molecule that counts
    as itself, and `stated`, the constituents that a certificate states of a material and
    nothing else. `named` is what the formulation calls it.
    """

    path: str
    compounds: tuple[Compound, ...]
    held_mg: Mapping[str, float]
    own: tuple[str, ...] = ()
    itself_mg: float = 0.0
    blend: str | None = None
    least: bool = False
    excipient: bool = False
    called: Mapping[str, str] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()
    named: str = ""

    @property
    def mass_mg(self) -> float:
        """The mass of its compounds together."""
        return sum(compound.mass_mg for compound in self.compounds)


def brought(delivery: Delivery, always: Iterable[str]) -> tuple[Brought, ...]:
    """What every input brings, then the excipients that hold a nutrient of `always`.

    So do those that hold what is claimed and no input is a source of. What an input that is
    defined in place holds by the way counts as little, except of the same nutrients.
    """
    sources = sources_in(delivery)
    everywhere = frozenset(always)
    inputs = tuple(_of_input(each, sources[each.path], everywhere) for each in delivery.ingredients)
    supplied = {name for each in inputs for name in each.own}
    claims = {names.nutrient_of(key) for key in delivery.formulation.claims} - {None}
    wanted = frozenset((*everywhere, *(name for name in claims if name and name not in supplied)))
    excipients = (_of_excipient(each, wanted) for each in delivery.excipients)
    return (*inputs, *filter(None, excipients))


def _of_input(ingredient: Ingredient, own: tuple[str, ...], always: frozenset[str]) -> Brought:
    held = {counted_as(h.id): counted_mg(ingredient, h) for h in ingredient.at_end}
    aside = [of for of in held if is_by_the_way(ingredient, of, own) and of not in always]
    held = {of: mass_mg for of, mass_mg in held.items() if of not in aside}
    called = {h.id: h.name for h in ingredient.at_end if not is_catalogued(h.id)}
    return Brought(
        ingredient.path,
        tuple(_compounds(ingredient, own)),
        held,
        own,
        _itself_mg(ingredient) if is_itself_declared(ingredient, own) else 0.0,
        plain(ingredient.entry.blend) if ingredient.entry.blend else None,
        is_range(ingredient),
        called=called,
        stated=frozenset(() if ingredient.taken.parts else called),
        named=f"{ingredient.entry.substance} {ingredient.entry.label_name or ''}",
    )


def _itself_mg(ingredient: Ingredient) -> float:
    """The mass of a dietary ingredient that is no source: of its compound, else of all of it."""
    parts_mg = sum(part.mg for part in ingredient.taken.parts)
    return (parts_mg or ingredient.weighed_mg) * (1 - ingredient.loss_fraction)


def _compounds(ingredient: Ingredient, own: tuple[str, ...]) -> Iterator[Compound]:
    parts = [catalogue.substances().get(part.id) for part in ingredient.taken.parts]
    named = sources_of(ingredient)
    if ingredient.entry.define:
        held = {counted_as(h.id) for h in ingredient.taken.moieties}
        shown = frozenset(h for h in held if h in own or h not in catalogue.nutrients())
        yield from (Compound(name, mass_mg, shown) for name, mass_mg in named)
        return
    if len(parts) != len(named) or None in parts:
        yield from (Compound(name, mass_mg) for name, mass_mg in named)
        return
    by_weight = sorted(ingredient.taken.parts, key=lambda part: -part.mg)
    contents = [_contents(part) for part in by_weight]
    for (name, mass_mg), own_mg in zip(named, contents, strict=True):
        whole = {of: sum(each.get(of, 0.0) for each in contents) for of in own_mg}
        fractions = {of: own_mg[of] / whole[of] for of in own_mg if whole[of]}
        yield Compound(name, mass_mg, frozenset(own_mg), fractions)


def _contents(part: Part) -> dict[str, float]:
    """What a compound holds, in mg."""
    held = constituents(catalogue.substance(part.id))
    return {counted_as(of): fraction * part.mg for of, fraction in held.items()}


def _of_excipient(excipient: Weighed, wanted: frozenset[str]) -> Brought | None:
    """What an excipient holds of the wanted nutrients; None where it holds none."""
    held = {h.id: h.range_mg.low for h in held_by(excipient) if h.id in wanted}
    if not held or excipient.weighed_mg is None:
        return None
    whole = Compound(plain(excipient.name), excipient.weighed_mg, frozenset(held))
    return Brought(excipient.path, (whole,), held, least=True, excipient=True)


def merged(compounds: Iterable[Named]) -> tuple[Named, ...]:
    """Names with their masses, equal names as one, the heaviest first.

    >>> merged([("zinc oxide", 5.0), ("glycine", 20.0), ("zinc oxide", 16.0)])
    (('zinc oxide', 21.0), ('glycine', 20.0))
    """
    masses: dict[str, Named] = {}
    for name, mass_mg in compounds:
        first, so_far = masses.get(name.casefold(), (name, 0.0))
        masses[name.casefold()] = (first, so_far + mass_mg)
    return tuple(sorted(masses.values(), key=lambda each: -each[1]))


def scaled(each: Brought, factor: float) -> Brought:
    """The same for another amount of the product: a day's, or one capsule's."""
    return replace(
        each,
        compounds=tuple(replace(c, mass_mg=c.mass_mg * factor) for c in each.compounds),
        held_mg={key: mass_mg * factor for key, mass_mg in each.held_mg.items()},
        itself_mg=each.itself_mg * factor,
    )
