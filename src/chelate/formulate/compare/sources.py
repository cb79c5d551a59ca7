"""The sources that a label names beside those that the recipe weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.catalogue import names
from chelate.composition import Claim, Printed, Source
from chelate.composition.rows import names_blend
from chelate.figures import listed, mg
from chelate.formulate.compare.holdings import Holding, called, is_buffered, is_meant
from chelate.formulate.compare.order import Ranked, order
from chelate.formulate.compare.others import may_be
from chelate.formulate.compare.sides import Sides, mass_of, rounded_down, span, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.delivery import Ingredient, Weighed
from chelate.formulate.supplied import held_by
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
    for source in named:
        yield from _named(source, nutrient, held, sides)
    yield from _not_named(nutrient, claims, held, sides)
    for claim in claims:
        yield from _order(claim, held, sides)
        yield from _buffer(claim, held)


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
            if may_be(source.text, each.name) and any(h.id == nutrient for h in held_by(each))
        ),
        None,
    )


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
        yield _mass_beside(f"mass of {source.text}", source.mass, ways, where, working)
    else:
        path = Where(source.path, where_recipe, source.text)
        yield NotCompared(f"mass of {source.text}", "not printed", path)
    if source.share:
        brought = total(_brought(h, nutrient) for h in found).scaled(factor)
        where = Where(source.share.path, where_recipe, source.share.text)
        working = tuple(f"{mg(h.weighed_mg)} {h.name}: {span(h.brings(nutrient))}" for h in found)
        subject = f"{names.spoken(nutrient)} from {source.text}"
        yield _mass_beside(subject, source.share, [brought], where, working)


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


def _weighing(inputs: Iterable[Ingredient], sides: Sides) -> Iterator[str]:
    for each in inputs:
        over = f", {mg(each.wanted_mg)} before the overage" if each.overage else ""
        yield f"{called(each)}: {mg(each.weighed_mg)} weighed{over}"
    if sides.scale.factor != 1:
        yield f"{span(sides.weighed(inputs))} per serving of the label (× {sides.scale.text})"


def _mass_beside(
    subject: str,
    printed: Printed,
    ways: list[Interval],
    where: Where,
    working: tuple[str, ...],
) -> Outcome:
    """A printed mass beside those that the recipe may mean by it."""
    said, text = span(ways[0]), printed.text
    working = (*working, f"“{text}” stands for {span(printed.interval_mg)}")
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
        weighed = f"{mg(holding.weighed_mg * sides.scale.factor)} {holding.name}"
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
    if not claim.ordered or sides.delivery.formulation.market != "US":
        return
    found = [(source, _meant(source, held)) for source in claim.sources]
    ranked = [
        Ranked(
            source.text,
            sum(h.weighed_mg for h in own) * sides.scale.factor,
            frozenset(h.key for h in own),
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
