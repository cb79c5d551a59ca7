"""A day's stack in words: what is taken, limits, aims, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chelate.figures import listed, mass, mass_range, number, open_range, percent
from chelate.formulate.day import BASIS, Aimed, Closing, Day, Taken, Total
from chelate.limits import Beside, exceeds_over, words_on_limits
from chelate.stoichiometry import Held

FREE_ACIDS = (
    "Amino acids and other ligands are counted as free acids or bases, which is what a "
    "supplement of them is."
)
SUPPLEMENTS_ONLY = (
    "A level for supplements only counts what every product of the stack brings, and not food."
)
ALL_SOURCES = "Daily Value, NRV and a level for all sources count food too, which comes on top."
RANGES = (
    "A range is for what names leave open (hydration, grade, composition), what printed shares "
    "stand for, and losses; what a label declares counts as printed."
)


def item_words(taken: Taken) -> str:
    """What is taken, how much of it, and by what it is known."""
    product = taken.product
    if product.basis == "material":
        return f"{product.inputs[0].dose} {product.name}"
    counted = f"{number(taken.servings)} serving{'s' * (taken.servings > 1)}"
    of = f" ({product.serving})" if product.serving and taken.servings == 1 else ""
    each = f" (of {product.serving})" if product.serving and taken.servings != 1 else ""
    name, basis = taken.name, BASIS[product.basis]
    return f"{counted}{of}{each} {name}{f', {basis}' * (basis not in name)}"


def totals_rows(day: Day) -> list[tuple[str, ...]]:
    """A head, then a row for each nutrient and moiety; a cell with nothing to say is empty."""
    sittings = [sitting.when for sitting in day.stack.sittings]
    head = ("", *sittings, "day", "range", "of the DV", "of the NRV")
    return [head, *(tuple(_of_day(total, sittings)) for total in day.totals)]


def _of_day(total: Total, sittings: Iterable[str]) -> Iterator[str]:
    yield total.name
    for when in sittings:
        yield total.at(when).text if total.at(when).range_mg.high else ""
    yield total.day.text
    yield open_range(total.day.range_mg, total.day.unit)
    shares = {level.kind: percent(level.fraction, decimals=0) for level in total.levels}
    yield from (shares.get("DV", ""), shares.get("NRV", ""))


def shown(day: Day) -> tuple[str, ...]:
    """The ids of all that a mass is shown of: totals, and what closing a gap would bring."""
    closings = (closing for aimed in day.aims for closing in aimed.closings)
    more = (held.id for closing in closings for held in closing.brings)
    return tuple(dict.fromkeys([*(total.id for total in day.totals), *more]))


def references(day: Day) -> tuple[str, ...]:
    """The keys of the sources for contents that are known as ranges, and not by a formula."""
    inputs = (entry for taken in day.taken for entry in taken.product.inputs)
    keys = (key for entry in inputs if not entry.parts for key in entry.sources)
    return tuple(dict.fromkeys(keys))


def exceeds(total: Total, level: Beside) -> str:
    """Whether an upper level is exceeded, over the whole range of the day or a part of it."""
    return exceeds_over(total.day.range_mg, level)


def aim_outcome(aimed: Aimed) -> str:
    """What becomes of an aim, in a sentence."""
    found, missing = aimed.found, aimed.missing_range_mg
    ends = open_range(found.range_mg, found.unit)
    if aimed.outcome == "not known" and aimed.without_bound:
        beside = f" beside {ends or found.text}" if found.mg or ends else ""
        where = listed(aimed.without_bound)
        return f"Not known: what {where} names without a mass may bring any of it{beside}."
    if aimed.outcome == "not known":
        return f"Not known: {ends}, by what the labels leave open."
    said = f"{found.text} ({ends})" if ends else found.text
    if aimed.outcome == "reached":
        return f"{said}: reached."
    if aimed.outcome == "missed":
        short = f" ({mass_range(missing, found.unit)} over the range)" if ends else ""
        return f"{said}: missed, {aimed.missing} short{short}."
    by_figure = f"the figure is {aimed.missing} short, " if aimed.missing_mg else ""
    return (
        f"{said}: reached in part of the range; {by_figure}the least of it is "
        f"{mass(missing.high, found.unit)} short."
    )


def closing_sentence(closing: Closing, aimed: Aimed) -> str:
    """What it takes to close a gap in this way, and what that brings besides."""
    gap = f"Closing the gap of {aimed.missing}"
    if closing.free:
        name = closing.name + "," * ("," in closing.name)
        itself = f"{gap} with {name} itself takes {closing.dose}"
        return f"{itself} and brings no element{_unchanged(aimed)}."
    more, name = "more " if closing.product else "", closing.name
    if closing.product or "," in name:
        name += f", as in {closing.product}," if closing.product else ","
    beside = [f"{held.text} {held.name}" for held in closing.brings[1:]]
    brings = f", which brings {listed(beside)} too" if beside else ""
    return f"{gap} with {more}{name} takes {closing.dose} of it{brings}."


def _unchanged(aimed: Aimed) -> str:
    """What stays as it is where the other way to close the gap would change it."""
    changes = [change for closing in aimed.closings for change in closing.changes]
    stays = [f"{change.more.name} stays {change.before.text} a day" for change in changes]
    return f": {listed(stays)}" if stays else ""


def remarks(day: Day) -> tuple[str, ...]:
    """What is to be said of the day, its limits and its products, each once."""
    found = [*day.remarks]
    for total in day.totals:
        found += words_on_limits(total.name, total.day.mg, total.levels)
    found += [said for taken in day.taken for said in of_product(taken)]
    if any(open_range(total.day.range_mg, total.day.unit) for total in day.totals):
        found.append(RANGES)
    if any(held.ligand_mg for taken in day.taken for held in _computed(taken)):
        found.append(FREE_ACIDS)
    return tuple(dict.fromkeys(found))


def _computed(taken: Taken) -> Iterator[Held]:
    for entry in taken.product.inputs:
        yield from entry.moieties


def of_product(taken: Taken) -> Iterator[str]:
    """The remarks on a product, its name before those that do not say what they are of."""
    for said in taken.product.remarks:
        yield said if taken.product.basis == "material" else f"{taken.name}: {said}"
