"""The sources that a label names beside those that the recipe weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import Claim, Printed, Source
from chelate.composition.rows import names_blend
from chelate.figures import MassUnit, listed, mass
from chelate.formulate.compare.holdings import Holding, called, is_buffered, is_meant
from chelate.formulate.compare.listed import may_be
from chelate.formulate.compare.order import Ranked, order
from chelate.formulate.compare.sides import Sides, mass_of, rounded_down, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient, Weighed
from chelate.formulate.supplied import held_by, sources_in
from chelate.intervals import Interval, total

_SUBJECT = "sources of {}"


def sources(sides: Sides) -> Iterator[Outcome]:
    """The sources of every declared mineral: named and weighed, masses, order, buffer."""
    claims = sides.composition.claims
    for nutrient in dict.fromkeys(claim.nutrient for claim in claims):
        own = [claim for claim in claims if claim.nutrient == nutrient]
        held = [h for h in sides.holdings if nutrient in h.nutrients]
        if held:
            yield from _of_nutrient(nutrient, own, held, sides)


def _of_nutrient(
    nutrient: str, claims: list[Claim], held: list[Holding], sides: Sides
) -> Iterator[Outcome]:
    named = [source for claim in claims for source in claim.sources]
    there_for_it = [h for h in held if _is_source(h, nutrient, sides)]
    told = [each for source in named for each in _named(source, nutrient, held, sides)]
    lacking = list(_not_named(nutrient, claims, there_for_it, sides))
    yield from _as_one(told, lacking)
    for claim in claims:
        yield from _order(claim, held, sides)
        yield from _buffer(claim, there_for_it or held)


def _as_one(told: list[Outcome], lacking: list[Outcome]) -> Iterator[Outcome]:
    """One source in the place of another is told once, with the places of both."""
    foreign = [d for d in told if isinstance(d, Difference) and d.kind == "source-not-in-recipe"]
    missing = [d for d in lacking if isinstance(d, Difference)]
    if len(foreign) != 1 or len(missing) != 1:
        yield from (*told, *lacking)
        return
    (one,), (other,) = foreign, missing
    message = f"{one.message.partition(';')[0]}, where the recipe has {other.recipe_says}."
    where = replace(one.where, recipe=other.where.recipe)
    both = replace(one, message=message, recipe_says=other.recipe_says, where=where)
    yield from (both if each is one else each for each in told)
    yield from (each for each in lacking if each is not other)


def _is_source(holding: Holding, nutrient: str, sides: Sides) -> bool:
    """Whether a source is there for a nutrient: what is defined in place only as it says."""
    each = holding.ingredient
    return each.entry.define is None or nutrient in sources_in(sides.delivery)[each.path]


def _meant(source: Source, held: Iterable[Holding]) -> list[Holding]:
    """The sources of the recipe that a printed source may be."""
    return [h for h in held if is_meant(source.text, source.meaning, h)]


def _named(source: Source, nutrient: str, held: list[Holding], sides: Sides) -> Iterator[Outcome]:
    """A source that the label names."""
    found, where = _meant(source, held), Where(source.path, None, source.text)
    subject = _SUBJECT.format(names.spoken(nutrient))
    if found:
        path = found[0].ingredient.path
        where = Where(source.path, path, source.text)
        yield _form(source, found, where) or Follows(
            subject, f"“{source.text}”", listed([h.name for h in found]), where
        )
        yield from _masses(source, nutrient, found, sides)
    elif excipient := _excipient(source, nutrient, sides):
        where = Where(source.path, excipient.path, source.text)
        yield Follows(subject, f"“{source.text}”", excipient.name, where)
    elif source.meaning.status in ("mark", "inert", "element") or names_blend(source.text):
        yield NotCompared(subject, f"“{source.text}” is no name of a compound", where)
    else:
        recipe = listed([h.name for h in held])
        message = (
            f"The label names “{source.text}” as a source of {names.spoken(nutrient)}; "
            f"the recipe's {'is' if len(held) == 1 else 'are'} {recipe}."
        )
        yield Difference("source-not-in-recipe", message, source.text, recipe, where)


def _excipient(source: Source, nutrient: str, sides: Sides) -> Weighed | None:
    """The excipient that a printed source is: dicalcium phosphate brings calcium."""
    return next(
        (
            each
            for each in sides.delivery.excipients
            if may_be(source.text, each.name) and _may_bring(each, nutrient)
        ),
        None,
    )


def _may_bring(excipient: Weighed, nutrient: str) -> bool:
    """Whether an excipient holds a nutrient, of however little mass."""
    if excipient.weighed_mg is None:
        return names.resolve(excipient.name).nutrient == nutrient
    return any(held.id == nutrient for held in held_by(excipient))


def _form(source: Source, found: list[Holding], where: Where) -> Difference | None:
    """A source whose printed hydrate or stoichiometry is not what the recipe weighs."""
    printed = set(source.meaning.substances)
    weighed = frozenset().union(*(h.substances for h in found))
    if not printed or not weighed or not printed.isdisjoint(weighed):
        return None
    said = _spoken(weighed)
    message = f"The label names “{source.text}”; the recipe weighs {said}."
    return Difference("source-form-differs", message, source.text, said, where)


def _spoken(ids: Iterable[str]) -> str:
    """Substances in words, the plainest name first."""
    known = sorted(names.spoken(i) for i in ids)
    return " or ".join(sorted(known, key=len))


def _masses(source: Source, nutrient: str, found: list[Holding], sides: Sides) -> Iterator[Outcome]:
    """The printed mass of a compound, and the printed share that it brings of the element."""
    inputs = list({id(h.ingredient): h.ingredient for h in found}.values())
    where_recipe = inputs[0].path if len(inputs) == 1 else "inputs"
    factor = sides.scale.factor
    if source.mass:
        alone = total(_mass(h) for h in found).scaled(factor)
        ways = [alone, sides.weighed(inputs)]
        where = Where(source.mass.path, where_recipe, source.mass.text)
        working = tuple(_weighing(inputs, sides))
        unit_of = partial(catalogue.material_unit, nutrient)
        yield _mass_beside(f"mass of {source.text}", source.mass, ways, where, working, unit_of)
    else:
        path = Where(source.path, where_recipe, source.text)
        yield NotCompared(f"mass of {source.text}", "not printed", path)
    if source.share:
        brought = total(_brought(h, nutrient) for h in found).scaled(factor)
        where = Where(source.share.path, where_recipe, source.share.text)
        unit = catalogue.mass_unit(nutrient)
        working = tuple(f"{h.weighed} {h.name}: {span(h.brings(nutrient), unit)}" for h in found)
        subject = f"{names.spoken(nutrient)} from {source.text}"
        ways = [brought, *_as_declared(brought, nutrient, sides)]
        yield _mass_beside(subject, source.share, ways, where, working, lambda _: unit)


def _as_declared(brought: Interval, nutrient: str, sides: Sides) -> Iterator[Interval]:
    """What a source brings as a part of what is declared, which may be less than is delivered."""
    claims = (c for c in sides.composition.claims if c.nutrient == nutrient)
    declared = [claim.declared.value_mg for claim in claims if claim.declared]
    given = sides.given(nutrient)
    if declared and given and given.span.low > 0:
        whole_mg = sum(declared)
        least, most = whole_mg / given.span.high, whole_mg / given.span.low
        yield Interval(brought.low * least, brought.high * most)


def _mass(holding: Holding) -> Interval:
    """The masses that may be said of a source, in mg per serving of the recipe."""
    if holding.part is None:
        return mass_of(holding.ingredient)
    return Interval(holding.weighed_mg * _left(holding.ingredient), holding.weighed_mg)


def _brought(holding: Holding, nutrient: str) -> Interval:
    """What a source brings of a nutrient, from what is left of it to what is weighed."""
    brought = holding.brings(nutrient)
    return Interval(brought.low * _left(holding.ingredient), brought.high)


def _left(ingredient: Ingredient) -> float:
    """The least fraction of what is weighed: without the overage, at the end of the shelf life."""
    return ingredient.wanted_mg / ingredient.weighed_mg * (1 - ingredient.loss_fraction)


def _weighing(inputs: Sequence[Ingredient], sides: Sides) -> Iterator[str]:
    for each in inputs:
        over = f", {mass(each.wanted_mg, each.unit)} before the overage" if each.overage else ""
        yield f"{called(each)}: {each.weighed} weighed{over}"
    if sides.scale.factor != 1:
        whole = span(sides.weighed(inputs), inputs[0].unit)
        yield f"{whole} per serving of the label (× {sides.scale.text})"


def _mass_beside(
    subject: str,
    printed: Printed,
    ways: list[Interval],
    where: Where,
    working: tuple[str, ...],
    unit_of: Callable[[float], MassUnit],
) -> Outcome:
    """A printed mass beside those that the recipe may mean by it, each in the unit for its size."""
    said, text = span(ways[0], unit_of(ways[0].high)), printed.text
    meant = span(printed.interval_mg, unit_of(printed.interval_mg.high))
    working = (*working, f"“{text}” stands for {meant}")
    if any(touches(rounded_down(printed), way) for way in ways):
        return Follows(subject, text, said, where, working)
    message = f"The label prints {text} ({subject}); by the recipe it is {said}."
    return Difference("mass-differs", message, text, said, where, working)


def _not_named(
    nutrient: str, claims: list[Claim], held: list[Holding], sides: Sides
) -> Iterator[Outcome]:
    """Sources in the recipe that the label does not name."""
    printed = [s for claim in claims for s in (*claim.sources, *claim.beside)]
    said = listed([f"“{s.text}”" for s in printed]) if printed else "none"
    is_said = any(claim.buffered for claim in claims)
    path = claims[0].path
    for holding in held:
        if any(is_meant(s.text, s.meaning, holding) for s in printed):
            continue
        where = Where(f"{path}.name", holding.ingredient.path, claims[0].text)
        weighed_mg = holding.weighed_mg * sides.scale.factor
        unit = catalogue.material_unit(nutrient, weighed_mg)
        weighed = f"{mass(weighed_mg, unit)} {holding.name}"
        if holding.buffer and is_said:
            yield Follows(_SUBJECT.format(names.spoken(nutrient)), "buffered", weighed, where)
            continue
        word = names.spoken(nutrient)
        printed_as = f"names {said}" if printed else "names no source"
        message = (
            f"The recipe has {weighed} per serving as a source of {word}, which the label does "
            f"not name: for {word} it {printed_as}."
        )
        yield Difference("source-not-printed", message, said, weighed, where)


def _order(claim: Claim, held: list[Holding], sides: Sides) -> Iterator[Outcome]:
    """Sources in parentheses, in descending order by weight (21 CFR 101.36(d)(2))."""
    if not claim.ordered or sides.market != "US":
        return
    found = [(source, _meant(source, held)) for source in claim.sources]
    ranked = [
        Ranked(
            source.text,
            sum(h.weighed_mg for h in own) * sides.scale.factor,
            frozenset(h.key for h in own),
            claim.nutrient,
        )
        for source, own in found
        if own
    ]
    where = Where(claim.sources[0].path, "inputs", claim.sources[0].text)
    yield order("order of sources", "source-order-differs", ranked, where)


def _buffer(claim: Claim, held: list[Holding]) -> Iterator[Outcome]:
    """A buffer that the label declares, and the recipe has or has not."""
    for path, words in claim.buffered[:1]:
        inputs = [h.ingredient for h in held]
        where = Where(path, None, words)
        has = any(map(is_buffered, inputs)) or len({h.families for h in held}) > 1
        if has:
            yield Follows("buffered", words, listed([h.name for h in held]), where)
            continue
        recipe = listed([h.name for h in held])
        message = f"The label says “{words}”; the recipe has {recipe} alone."
        yield Difference("buffer-not-in-recipe", message, words, recipe, where)
