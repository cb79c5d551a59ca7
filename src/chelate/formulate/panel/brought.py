"""A formulation -> what each of its materials brings to the panel, at the end of shelf life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.catalogue import names
from chelate.formulate.delivery import Delivery, Ingredient, Weighed
from chelate.formulate.panel.naming import plain, sources_of
from chelate.formulate.supplied import counted_as, held_by, supplied_by
from chelate.stoichiometry import Held, constituents
from chelate.stoichiometry.assays import read_stated

Named = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound of a material: its name on the panel, mg per serving, and what it may hold.

    `holds` is None where nothing says what the compound is made of.
    """

    name: str
    mass_mg: float
    holds: frozenset[str] | None = None

    def may_hold(self, constituent: str) -> bool:
        """Whether it may be a source of an element or moiety."""
        return self.holds is None or constituent in self.holds


@dataclass(frozen=True, slots=True)
class Brought:
    """What one material brings: `held_mg` by nutrient or moiety, per serving.

    `own` are the nutrients that it is a source of. An ingredient with none of these is a
    dietary ingredient by itself, of `itself_mg`. `least` says that the figures are the low
    ends of ranges, and excipients are there for what they do, and not for what they hold.
    """

    path: str
    compounds: tuple[Compound, ...]
    held_mg: Mapping[str, float]
    own: tuple[str, ...] = ()
    itself_mg: float = 0.0
    blend: str | None = None
    least: bool = False
    excipient: bool = False

    @property
    def mass_mg(self) -> float:
        """The mass of its compounds together."""
        return sum(compound.mass_mg for compound in self.compounds)


def brought(delivery: Delivery, always: Iterable[str]) -> tuple[Brought, ...]:
    """What every input brings, then the excipients that hold a nutrient of `always`.

    So do those that hold what is claimed and no input is a source of.
    """
    inputs = tuple(map(_of_input, delivery.ingredients))
    supplied = {name for each in inputs for name in each.own}
    claims = {names.nutrient_of(key) for key in delivery.formulation.claims} - {None}
    wanted = frozenset((*always, *(name for name in claims if name and name not in supplied)))
    excipients = (_of_excipient(each, wanted) for each in delivery.excipients)
    return (*inputs, *filter(None, excipients))


def _of_input(ingredient: Ingredient) -> Brought:
    least = _is_range(ingredient)
    held = {counted_as(h.id): _figure(h, least=least) for h in ingredient.at_end}
    own = supplied_by(ingredient)
    return Brought(
        ingredient.path,
        tuple(_compounds(ingredient)),
        held,
        own,
        0.0 if own else _itself_mg(ingredient),
        plain(ingredient.entry.blend) if ingredient.entry.blend else None,
        least,
    )


def _is_range(ingredient: Ingredient) -> bool:
    """Whether the material's contents are stated or known as a range."""
    if ingredient.entry.assay:
        return read_stated(ingredient.entry.assay, "an assay", "98.5 %")[0].form == "range"
    return not ingredient.taken.parts


def _figure(held: Held, *, least: bool) -> float:
    return held.range_mg.low if least else held.mg


def _itself_mg(ingredient: Ingredient) -> float:
    """The mass of a dietary ingredient that is no source: of its compound, else of all of it."""
    parts_mg = sum(part.mg for part in ingredient.taken.parts)
    return (parts_mg or ingredient.weighed_mg) * (1 - ingredient.loss_fraction)


def _compounds(ingredient: Ingredient) -> Iterator[Compound]:
    parts = [catalogue.substances().get(part.id) for part in ingredient.taken.parts]
    named = sources_of(ingredient)
    if len(parts) != len(named) or None in parts:
        yield from (Compound(name, mass_mg) for name, mass_mg in named)
        return
    by_weight = sorted(ingredient.taken.parts, key=lambda part: -part.mg)
    for (name, mass_mg), part in zip(named, by_weight, strict=True):
        held = map(counted_as, constituents(catalogue.substance(part.id)))
        yield Compound(name, mass_mg, frozenset(held))


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
