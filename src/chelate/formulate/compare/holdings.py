"""What a recipe's inputs are, by the catalogue, and which of them a printed name means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chelate import catalogue, wording
from chelate.catalogue import names
from chelate.catalogue.names import Meaning
from chelate.composition.moieties import moiety_named
from chelate.figures import mass
from chelate.formulate.delivery import Ingredient
from chelate.intervals import Interval
from chelate.stoichiometry.constituents import in_sentence

_NAMED_BY_TEXT = ("unknown", "undefined", "mark", "inert")
_CHELATE = "amino-acid-chelate"


@dataclass(frozen=True, slots=True)
class Holding:
    """A source in the recipe: an input, or one of the compounds of a blend weighed as one.

    `weighed_mg` is that of a serving of the recipe. `part` is the compound where the
    input is a blend of several, `buffer` says that the blend is not named after this one.
    """

    ingredient: Ingredient
    name: str
    families: frozenset[str]
    substances: frozenset[str]
    nutrients: frozenset[str]
    weighed_mg: float
    part: str | None = None
    buffer: bool = False

    @property
    def key(self) -> str:
        """What tells it from every other: its input's path, and which compound of it."""
        return f"{self.ingredient.path} {self.part or ''}".strip()

    @property
    def weighed(self) -> str:
        """What is weighed of it, as it is written."""
        return mass(self.weighed_mg, self.ingredient.unit)

    @property
    def is_chelate(self) -> bool:
        """Whether it is an amino-acid chelate."""
        known = catalogue.families()
        return any(known[family].kind == _CHELATE for family in self.families if family in known)

    def brings(self, nutrient: str) -> Interval:
        """How much of a nutrient it brings, in mg per serving of the recipe."""
        own = (held for held in self.ingredient.taken.moieties if held.id == nutrient)
        held = next(own, None)
        if held is None or not self.part:
            return held.range_mg if held else Interval(0.0, 0.0)
        compound = catalogue.substance(self.part)
        return held.range_mg.scaled(
            self.weighed_mg * catalogue.element_fraction(compound, nutrient) / held.mg
        )


def holdings_of(ingredient: Ingredient) -> Iterator[Holding]:
    """The sources that an input is: itself, or each compound of a blend."""
    known = [part for part in ingredient.taken.parts if part.id in catalogue.substances()]
    if len(known) < 2 or len(known) < len(ingredient.taken.parts):
        families, substances = meant(ingredient.entry.substance)
        brought = frozenset(
            held.id for held in ingredient.taken.moieties if held.id in catalogue.nutrients()
        )
        yield Holding(
            ingredient, called(ingredient), families, substances, brought, ingredient.weighed_mg
        )
        return
    for at, part in enumerate(known):
        substance = catalogue.substance(part.id)
        brings = frozenset({substance.nutrient} if substance.nutrient else ())
        yield Holding(
            ingredient, names.spoken(part.id), frozenset(substance.families),
            _as_named(part.id), brings, part.mg, part.id, buffer=at > 0,
        )  # fmt: skip


def called(ingredient: Ingredient) -> str:
    """An input by what the recipe weighs, in the words that people use for an id.

    The name that it has for the panel is not meant: that is the label's.
    """
    key = ingredient.entry.substance.strip()
    if key in catalogue.substances():
        return names.spoken(key)
    if key in catalogue.grades():
        return in_sentence(catalogue.grades()[key].name)
    if key in catalogue.mixtures():
        return in_sentence(catalogue.mixtures()[key].name)
    return key


@cache
def meant(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The families and substances that an input's name stands for, as far as known.

    >>> families, substances = meant("magnesium-oxide")
    >>> sorted(families), sorted(substances)
    (['magnesium-oxide'], ['magnesium-oxide'])
    """
    key = text.strip()
    if key in catalogue.substances():
        return frozenset(catalogue.substance(key).families), _as_named(key)
    if key in catalogue.grades():
        return _of_grade(catalogue.grades()[key])
    meaning = names.resolve(key)
    families = frozenset({meaning.family} if meaning.family else ())
    return families, frozenset(meaning.substances)


def is_buffered(ingredient: Ingredient) -> bool:
    """Whether an input is a chelate with another source of its element in it."""
    grade = catalogue.grades().get(ingredient.entry.substance.strip())
    blend = sum(1 for part in ingredient.taken.parts if part.id in catalogue.substances()) > 1
    said = names.resolve(ingredient.entry.substance).buffered
    return blend or said or (grade is not None and grade.buffered)


def is_meant(text: str, meaning: Meaning, holding: Holding) -> bool:
    """Whether a printed name may be that of a source in the recipe."""
    if meaning.family in holding.families or holding.substances.intersection(meaning.substances):
        return True
    if meaning.status == "undefined" and meaning.chelate and holding.is_chelate:
        return True
    return meaning.status in _NAMED_BY_TEXT and is_called(text, holding.ingredient)


def names_input(text: str, ingredient: Ingredient) -> bool:
    """Whether a printed name, of whatever kind, is that of an input."""
    families, substances = meant(ingredient.entry.substance)
    meaning = names.resolve(text)
    if meaning.status == "known" and families:
        return meaning.family in families or not substances.isdisjoint(meaning.substances)
    if meaning.family and meaning.family in families:
        return True
    mixture = _mixture(ingredient.entry.substance)
    if mixture and _mixture(text) == mixture:
        return True
    return is_called(text, ingredient) or moiety_named(text) in families


@cache
def _mixture(text: str) -> str | None:
    """The material of natural origin that a name is: collagen peptides, fish oil."""
    spoken = {names.normalise(text), without_qualifiers(text)}
    known = catalogue.mixtures()
    if text.strip() in known:
        return text.strip()
    return next((key for key, each in known.items() if spoken.intersection(each.words)), None)


def is_called(text: str, ingredient: Ingredient) -> bool:
    """Whether a text is one of the names that the recipe has for an input."""
    entry = ingredient.entry
    own = (entry.substance, entry.label_name or "", ingredient.taken.name)
    heads = (wording.parse(name).head.text for name in own)
    return without_qualifiers(text) in {without_qualifiers(n) for n in (*own, *heads) if n}


@cache
def without_qualifiers(text: str) -> str:
    """A name normalised, without the words that change nothing about what it is.

    >>> without_qualifiers("Organic Brown Rice Flour"), without_qualifiers("Pure")
    ('brown rice flour', 'pure')
    """
    innocent = catalogue.qualifiers().innocent
    words = names.normalise(text).split()
    return " ".join(word for word in words if word not in innocent) or " ".join(words)


def _of_grade(grade: catalogue.Grade) -> tuple[frozenset[str], frozenset[str]]:
    if grade.parts:
        return frozenset({grade.family}), frozenset(grade.parts)
    members = (m.id for m in catalogue.family_members(grade.family))
    return frozenset({grade.family}), frozenset({grade.substance} if grade.substance else members)


def _as_named(substance: str) -> frozenset[str]:
    """A substance with those that its id, read as a name, leaves open: its hydrates."""
    others = names.resolve(substance.replace("-", " ")).substances
    return frozenset({substance, *(others if substance in others else ())})
