"""The two sides of a comparison: the label understood, and what the recipe gives it to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from chelate import catalogue
from chelate.composition import Composition, Printed, compose
from chelate.composition.amounts import reading_of
from chelate.composition.rows import Entry, entries
from chelate.figures import MassUnit, mass, open_range
from chelate.formulate.compare.holdings import Holding, called, holdings_of
from chelate.formulate.compare.scale import Scale, scale_of
from chelate.formulate.delivery import Delivery, Ingredient
from chelate.formulate.panel.declared import spoken
from chelate.formulate.panel.words import layout
from chelate.formulate.supplied import held_by, is_by_the_way, sources_in
from chelate.intervals import Interval, total
from chelate.models import Label, Market
from chelate.stoichiometry import Held, counted_as

TOLERANCE = 1e-9  # of a mass, relative: what floats leave behind

MassOf = Callable[[Held], Interval]


@dataclass(frozen=True, slots=True)
class Given:
    """What the recipe gives of a nutrient or moiety, in mg per serving of the label.

    `made` is what is delivered at manufacture, `wanted` the same without the overage, `end`
    what is left at the end of the shelf life; `made_mg` is the figure within `made`.
    `counted_in` is the word for the equivalents that they are instead of masses, "RAE", and
    `factor` what a mass counts in these.
    """

    id: str
    name: str
    made_mg: float
    made: Interval
    wanted: Interval
    end: Interval
    path: str | None
    working: tuple[str, ...] = ()
    counted_in: str = ""
    factor: float = 1.0

    def says(self, interval: Interval) -> str:
        """A range in the unit of these."""
        return self.in_unit(span(interval, self.unit))

    def in_unit(self, mass_text: str) -> str:
        """A mass in words, or as many equivalents."""
        return f"{mass_text} {self.counted_in}" if self.counted_in else mass_text

    @property
    def unit(self) -> MassUnit:
        """The unit that its masses are written in."""
        return catalogue.mass_unit(self.id)

    @property
    def span(self) -> Interval:
        """Everything from the least of the three to the most."""
        three = (self.made, self.wanted, self.end)
        return Interval(min(each.low for each in three), max(each.high for each in three))


@dataclass(frozen=True)
class Sides:
    """A label and a recipe, ready to be held against each other."""

    label: Label
    composition: Composition
    rows: tuple[Entry, ...]
    delivery: Delivery
    scale: Scale

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The sources in the recipe, a blend that is weighed as one by its parts."""
        return tuple(h for each in self.delivery.ingredients for h in holdings_of(each))

    @cached_property
    def market(self) -> Market:
        """Whose law the label is by: what it shows of it, else the recipe's market."""
        rows = [entry.row for entry in self.entries]
        if any(row.percent_nrv is not None for row in rows):
            return "EU"
        if self.label.market != "US":
            return self.label.market
        shows_dv = any(row.percent_dv is not None for row in rows)
        return "US" if shows_dv else self.delivery.formulation.market

    @property
    def entries(self) -> Iterator[Entry]:
        """Every row of the panel with those nested in it."""
        return (inner for row in self.rows for inner in row.walk())

    def given(
        self, of: str, ingredients: Iterable[Ingredient] | None = None, *, ligand: bool = False
    ) -> Given | None:
        """What the recipe, or some of its inputs, gives of an element or moiety; None for nothing.

        `ligand` counts a moiety as it stands in the compound.
        """
        if ingredients is None:
            return self._with_excipients(of, self._of_all(of))
        return self._given(of, tuple(ingredients), ligand=ligand)

    def _of_all(self, of: str) -> Given | None:
        """What all inputs give; what some of them hold by the way may count or not."""
        every, sources = self.delivery.ingredients, sources_in(self.delivery)
        aside = tuple(each for each in every if is_by_the_way(each, of, sources[each.path]))
        given = self._given(of, tuple(each for each in every if each not in aside))
        more = self._given(of, aside)
        return self._given(of, every) if given is None or more is None else _and_up_to(given, more)

    def _given(
        self, of: str, among: tuple[Ingredient, ...], *, ligand: bool = False
    ) -> Given | None:
        own = [(i, h) for i in among for h in i.taken.moieties if counted_as(h.id) == of]
        if not own:
            return None
        of_held = _ligand if ligand else _free
        made = [of_held(held) for _, held in own]
        wanted = [of_held(h).scaled(i.wanted_mg / i.weighed_mg) for i, h in own]
        end = [of_held(held) for i, _ in own for held in i.at_end if counted_as(held.id) == of]
        point_mg = sum(_point(held, ligand=ligand) for _, held in own)
        path = own[0][0].path if len(own) == 1 else "inputs"
        lines = tuple(self._working(own, total(made), total(end), point_mg, of_held))
        factor = self.scale.factor
        return Given(
            of, spoken(of), point_mg * factor, total(made).scaled(factor),
            total(wanted).scaled(factor), total(end).scaled(factor), path, lines,
        )  # fmt: skip

    def _with_excipients(self, of: str, given: Given | None) -> Given | None:
        """The same with what excipients may add, where it is declared without being added."""
        found = [
            (excipient, held.range_mg.scaled(self.scale.factor))
            for excipient in (self.delivery.excipients if of in layout("US").always else ())
            for held in held_by(excipient)
            if held.id == of
        ]
        if not found:
            return given
        unit = catalogue.mass_unit(of)
        lines = tuple(f"{each.name}, an excipient: {span(held, unit)}" for each, held in found)
        more = total(held for _, held in found)
        brought = Given(of, spoken(of), more.high, more, more, more, found[0][0].path, lines)
        return brought if given is None else _and_up_to(given, brought)

    def weighed(self, ingredients: Iterable[Ingredient]) -> Interval:
        """The mass of some inputs together in mg per serving of the label."""
        return total(mass_of(each) for each in ingredients).scaled(self.scale.factor)

    def _working(
        self,
        own: list[tuple[Ingredient, Held]],
        made: Interval,
        end: Interval,
        point_mg: float,
        of_held: MassOf,
    ) -> Iterator[str]:
        unit = own[0][1].unit
        for ingredient, held in own:
            brought = f"{span(of_held(held), unit)} {held.name}"
            yield f"{ingredient.weighed} {called(ingredient)}: {brought}"
        if len(own) > 1:
            yield f"together: {span(made, unit)}, by the names {mass(point_mg, unit)}"
        if self.delivery.loses:
            yield f"at the end of the shelf life: {span(end, unit)}"
        if self.scale.factor != 1:
            scaled, by = span(made.scaled(self.scale.factor), unit), self.scale.text
            yield f"{span(made, unit)} × {by} = {scaled} per serving of the label"


def _and_up_to(given: Given, more: Given) -> Given:
    """The same with what may be added to it."""
    added = Interval(0.0, more.span.high)
    made, wanted, end = (total((each, added)) for each in (given.made, given.wanted, given.end))
    working = (*given.working, *more.working)
    return replace(given, made=made, wanted=wanted, end=end, working=working)


def sides_of(label: Label, delivery: Delivery) -> Sides:
    """The sides of a comparison."""
    composition = compose(label)
    rows = entries(label, reading_of(label))
    return Sides(label, composition, rows, delivery, scale_of(composition, delivery.formulation))


def mass_of(ingredient: Ingredient) -> Interval:
    """The masses in mg that may be said of an input: wanted, weighed, its compounds, what is left.

    An input that is diluted or not pure is more than the compounds in it.
    """
    compounds_mg = sum(part.mg for part in ingredient.taken.parts) or ingredient.weighed_mg
    low = min(ingredient.wanted_mg, ingredient.weighed_mg, compounds_mg)
    return Interval(low * (1 - ingredient.loss_fraction), ingredient.weighed_mg)


def span(interval_mg: Interval, unit: MassUnit = "mg") -> str:
    """A range of masses, one figure where both ends read the same."""
    return open_range(interval_mg, unit) or mass(interval_mg.low, unit)


def touches(one: Interval, other: Interval) -> bool:
    """Whether two ranges have a number in common, noise of floats aside."""
    return not (is_above(one, other) or is_above(other, one))


def rounded_down(amount: Printed) -> Interval:
    """What a printed amount stands for, if it may have been rounded down as well.

    >>> rounded_down(Printed("", "301 mg", Interval(300.5, 301.5), 301.0))
    Interval(low=300.5, high=302.0)
    """
    high_mg = amount.interval_mg.high
    return Interval(amount.interval_mg.low, high_mg + (high_mg - amount.value_mg))


def is_above(one: Interval, other: Interval) -> bool:
    """Whether all of the one range lies above all of the other."""
    return one.low > other.high * (1 + TOLERANCE) + TOLERANCE


def _free(held: Held) -> Interval:
    return held.range_mg


def _ligand(held: Held) -> Interval:
    return held.ligand_range_mg or held.range_mg


def _point(held: Held, *, ligand: bool) -> float:
    return held.ligand_mg if ligand and held.ligand_mg is not None else held.mg
