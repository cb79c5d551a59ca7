"""Whose serving is whose: what makes a recipe's figures those of the label's serving."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from chelate.composition import Composition, Serving, compose
from chelate.figures import number
from chelate.formulate.panel.lines import size_text
from chelate.models import Label
from chelate.models.formulation import Formulation

_OPEN_UNITS = ("", "unit", "serving")


@dataclass(frozen=True, slots=True)
class Scale:
    """What a recipe's figures per serving are multiplied by, and why.

    `unit` is what both servings are counted in, `label_units` and `recipe_units` how many
    they are; the former is None where the label does not say. `conflict` says that the two
    are counted in different things, so that nothing is scaled.
    """

    factor: float
    text: str
    unit: str
    label_units: float | None
    recipe_units: int
    conflict: tuple[str, str] | None = None

    @property
    def reason(self) -> str:
        """A sentence where the servings differ, "" where they do not."""
        if self.factor == 1 or self.label_units is None:
            return ""
        return (
            f"A serving of the label is {counted(self.label_units, self.unit)}, one of the recipe "
            f"{counted(self.recipe_units, self.unit)}: the recipe's figures are multiplied by "
            f"{self.text}."
        )


def scale_of(composition: Composition, formulation: Formulation) -> Scale:
    """How a serving of the label stands to one of the recipe."""
    recipe, units = recipe_serving(formulation), formulation.units_per_serving
    own = composition.serving
    label_unit = own.unit if own.unit not in _OPEN_UNITS else recipe.unit
    unit = recipe.unit if recipe.unit not in _OPEN_UNITS else label_unit
    unit = unit if unit not in _OPEN_UNITS else "unit"
    if own.volume and recipe.volume and own.volume[1] == recipe.volume[1]:
        ratio = Fraction(own.volume[0]).limit_denominator(1000) / units
        return Scale(float(ratio), str(ratio), own.volume[1], own.volume[0], units)
    if own.units is None or own.unit == "serving":
        return Scale(1.0, "1", unit, None, units)
    if label_unit not in (*_OPEN_UNITS, unit):
        return Scale(1.0, "1", unit, own.units, units, (label_unit, unit))
    ratio = Fraction(own.units).limit_denominator(1000) / units
    return Scale(float(ratio), str(ratio), unit, own.units, units)


def recipe_serving(formulation: Formulation) -> Serving:
    """The recipe's serving, read as a label's would be."""
    size = size_text(formulation, formulation.units_per_serving)
    said = Label(product="recipe", form=formulation.form, serving={"size": size})
    return compose(said).serving


def counted(count: float, unit: str) -> str:
    """Units in words.

    >>> counted(1, "capsule"), counted(2, "capsule"), counted(0.5, "tablet")
    ('1 capsule', '2 capsules', '0.5 tablets')
    >>> counted(2, "mL")
    '2 mL'
    """
    return f"{number(count)} {unit}{'' if count == 1 or not unit.islower() else 's'}"
