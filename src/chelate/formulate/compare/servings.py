"""The serving, the container, the capsule, and the names on the pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chelate import wording
from chelate.catalogue import names
from chelate.composition import compose
from chelate.composition.serving import per_day_said
from chelate.figures import listed, mg, number
from chelate.formulate.compare.holdings import called, names_input
from chelate.formulate.compare.scale import Scale, counted, recipe_serving, scale_of
from chelate.formulate.compare.sides import TOLERANCE, Sides, is_above, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.intervals import Interval
from chelate.models import Serving
from chelate.vocabulary import any_of, words

_COUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[,.\u00a0 ]\d{3})+(?!\d)|\d+")
_SHELLED = ("capsule", "softgel")


def names_on_pack(sides: Sides) -> Iterator[Outcome]:
    """The product's name, the brand, and the statements that the recipe asks for."""
    label, made = sides.label, sides.delivery.formulation
    brand = made.brand or label.brand
    if _name(label.product, brand) != _name(made.product, brand):
        message = f"The label is of “{label.product}”, the recipe of “{made.product}”."
        where = Where("product", "product", label.product)
        yield Difference("product-name-differs", message, label.product, made.product, where)
    else:
        yield Follows("name", label.product, made.product, Where("product", "product"))
    yield from _brand(sides)
    for index, statement in enumerate(made.statements):
        wanted = names.normalise(statement)
        if not any(wanted in names.normalise(text) for text in label.statements):
            message = f"The recipe asks for the statement “{statement}”; the label has none such."
            where = Where(None, f"statements[{index}]")
            yield Difference("statement-not-printed", message, "", statement, where)
    for index, text in enumerate(label.statements):
        yield from _name_of_food(text, f"statements[{index}]", sides)


def _name_of_food(text: str, path: str, sides: Sides) -> Iterator[Outcome]:
    """What the name of the food says is in it: "Food supplement with magnesium and zinc"."""
    found = _food().match(text)
    if found is None:
        return
    declared = {row.nutrient for row in sides.composition.declared}
    for item in wording.split_list(text[found.end() :].rstrip(" .")):
        where, nutrient = Where(path, None, item.text), names.nutrient_of(item.text)
        if nutrient in declared:
            continue
        if nutrient and sides.given(nutrient) is None:
            message = f"The label says “{found[0]}{item.text}”; no input of the recipe yields any."
            yield Difference("nutrient-not-in-recipe", message, item.text, "none", where)
        elif not nutrient and not _is_input(item.text, sides):
            reason = "it is no name of an input, and none of a nutrient"
            yield NotCompared(f"“{item.text}” in the name of the food", reason, where)


def _is_input(text: str, sides: Sides) -> bool:
    return any(names_input(text, each) for each in sides.delivery.ingredients)


@cache
def _food() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{any_of(words('food', 'names'))})\s+", re.IGNORECASE)


def _name(product: str, brand: str | None) -> str:
    """A product's name without the brand before it."""
    spoken, maker = names.normalise(product), names.normalise(brand or "")
    return spoken.removeprefix(f"{maker} ") if maker else spoken


def _brand(sides: Sides) -> Iterator[Outcome]:
    label, recipe = sides.label.brand, sides.delivery.formulation.brand
    if label is None or recipe is None:
        side = "the label prints none" if label is None else "the recipe states none"
        yield NotCompared("brand", side, Where(None, "brand" if recipe else None))
    elif names.normalise(label) != names.normalise(recipe):
        message = f"The label has the brand “{label}”, the recipe “{recipe}”."
        yield Difference("brand-differs", message, label, recipe, Where("brand", "brand", label))
    else:
        yield Follows("brand", label, recipe, Where("brand", "brand"))


def servings(sides: Sides) -> Iterator[Outcome]:
    """Units in a serving, its mass, servings in the container and a day, and the capsule."""
    yield from _size(sides)
    yield from _mass(sides)
    yield from _per_container(sides)
    yield from _per_day(sides)
    yield from _form(sides)
    yield from _capsule(sides)


def _size(sides: Sides) -> Iterator[Outcome]:
    """Units in a serving; EU panels may be per daily portion, Canadian ones are per unit."""
    scale, text = sides.scale, sides.label.serving.size
    working = (scale.reason,) if scale.reason else ()
    where = Where("serving.size", "units_per_serving", text or "")
    recipe = counted(scale.recipe_units, scale.unit)
    if text is None or scale.label_units is None:
        reason = "not printed" if text is None else "the label states no number of units"
        yield NotCompared("units per serving", reason, where)
    elif scale.conflict:
        printed, own = scale.conflict
        message = f"The label counts its serving in {printed}s, the recipe in {own}s."
        yield Difference("serving-size-differs", message, text, recipe, where)
    elif scale.factor != 1 and sides.market == "US":
        yield Difference("serving-size-differs", scale.reason, text, recipe, where)
    else:
        yield Follows("units per serving", text, recipe, where, working)


def _mass(sides: Sides) -> Iterator[Outcome]:
    """The printed mass of a serving beside the fill; a capsule's own mass comes on top."""
    mass, subject = sides.composition.serving.mass, "mass of the serving"
    if mass is None:
        yield NotCompared(subject, "not printed")
        return
    fill_mg, where = sides.delivery.fill_mg * sides.scale.factor, Where(mass.path, None, mass.text)
    fill, unstated = Interval(fill_mg, fill_mg), _unstated(sides)
    said = mg(fill_mg)
    working = (*_filling(sides), f"“{mass.text}” stands for {span(mass.interval_mg)}")
    if touches(mass.interval_mg, fill):
        yield Follows(subject, mass.text, said, where, working)
    elif unstated and is_above(mass.interval_mg, fill):
        reason = f"the recipe fills {said} and states no mass of {unstated}"
        yield NotCompared(subject, reason, where)
    else:
        message = f"The label gives a serving as {mass.text}; the recipe fills {said}."
        yield Difference("serving-mass-differs", message, mass.text, said, where, working)


def _unstated(sides: Sides) -> str:
    """What is in a serving without a mass in the recipe, "" where nothing is."""
    delivery = sides.delivery
    unknown = [each.name for each in delivery.excipients if each.weighed_mg is None]
    shell = ["the empty capsules"] if delivery.formulation.form in _SHELLED else []
    return listed(unknown + shell) if unknown or shell else ""


def _filling(sides: Sides) -> Iterator[str]:
    delivery = sides.delivery
    parts = [f"{mg(each.weighed_mg)} {called(each)}" for each in delivery.ingredients]
    known = (each for each in delivery.excipients if each.weighed_mg is not None)
    parts += [f"{mg(each.weighed_mg or 0.0)} {each.name}" for each in known]
    yield f"{' + '.join(parts)} = {mg(delivery.fill_mg)}"


def _per_container(sides: Sides) -> Iterator[Outcome]:
    text, recipe = sides.label.serving.per_container, sides.delivery.formulation
    wanted = recipe.servings_per_container
    where = Where("serving.per_container", "servings_per_container", text or "")
    count = _count(text)
    subject = "servings per container"
    if text is None or wanted is None or count is None:
        yield NotCompared(subject, _why_not(text, wanted), where)
        return
    scales = [sides.scale, *_other_scales(sides)]
    scale = next((s for s in scales if abs(count - wanted / s.factor) < 1), sides.scale)
    expected = wanted / scale.factor
    said = number(expected)
    working = (f"{wanted} servings ÷ {scale.text} = {said}",)
    if abs(count - expected) < 1:
        yield Follows(subject, text, said, where, working)
        return
    message = f"The label gives {text} servings per container; by the recipe it is {said}."
    yield Difference("servings-per-container-differ", message, text, said, where, working)


def _other_scales(sides: Sides) -> Iterator[Scale]:
    """Those of the other servings that the label prints: amounts may be per tablet of three."""
    label, made = sides.label, sides.delivery.formulation
    for size in label.serving.others:
        scale = scale_of(compose(label.model_copy(update={"serving": Serving(size=size)})), made)
        if scale.label_units is not None and not scale.conflict:
            yield scale


def _why_not(text: str | None, recipe: int | None) -> str:
    if text is None:
        return "not printed"
    return "the recipe states none" if recipe is None else f"“{text}” is no count"


def _count(text: str | None) -> int | None:
    found = _COUNT.search(text or "")
    return int(re.sub(r"\D", "", found[0])) if found else None


def _per_day(sides: Sides) -> Iterator[Outcome]:
    text, recipe = per_day_said(sides.label), sides.delivery.formulation.servings_per_day
    where = Where("serving.per_day", "servings_per_day", text or "")
    if text is None:
        yield NotCompared("servings a day", "not printed", where)
        return
    scale, printed = sides.scale, sides.composition.serving.servings_per_day
    label_units = printed * (scale.label_units or scale.recipe_units)
    label = counted(label_units, scale.unit)
    said = counted(recipe * scale.recipe_units, scale.unit)
    if scale.conflict or abs(printed * scale.factor - recipe) < TOLERANCE:
        yield Follows("servings a day", text, said, where)
        return
    message = f"By the label it is {label} a day ({text} × a serving); by the recipe, {said}."
    yield Difference("servings-per-day-differ", message, label, said, where)


def _form(sides: Sides) -> Iterator[Outcome]:
    printed, made = sides.label.form, sides.delivery.formulation
    own = made.form or recipe_serving(made).unit
    size = sides.label.serving.size or ""
    where = Where("form", "form", printed or "")
    if printed is None or not own:
        yield NotCompared("form", "not printed" if printed is None else "not in the recipe", where)
    elif (printed, own) == ("powder", "liquid") and "powder" not in _words(size):
        yield NotCompared("form", "a measure such as a teaspoon is of a powder or a liquid", where)
    elif own in _words(printed):
        yield Follows("form", printed, own, where)
    else:
        message = f"The label is of the form “{printed}”, the recipe of “{own}”."
        yield Difference("form-differs", message, printed, own, where)


def _words(text: str) -> set[str]:
    """The words of a form, in the singular too: "vegetarian capsules" has "capsule"."""
    spoken = names.normalise(text).split()
    return {*spoken, *(word.removesuffix("s") for word in spoken)}


def _capsule(sides: Sides) -> Iterator[Outcome]:
    printed, recipe = sides.label.capsule_size, sides.delivery.formulation.capsule_size
    where = Where("capsule_size", "capsule_size", printed or "")
    size = sides.composition.serving.capsule_size
    if recipe is None and printed is None:
        return
    if size is None or recipe is None:
        reason = "not printed" if printed is None else "the recipe states none"
        yield NotCompared("capsule size", reason, where)
    elif size == recipe.strip().upper():
        yield Follows("capsule size", size, recipe, where)
    else:
        message = f"The label names capsules of size {size}; the recipe, size {recipe}."
        yield Difference("capsule-size-differs", message, size, recipe, where)
