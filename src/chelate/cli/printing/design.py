"""What `chelate design` says: the design, what binds, or what cannot be had together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from chelate.cli.printing.diagnostics import visible
from chelate.cli.printing.footer import caution_lines, footer
from chelate.cli.printing.yields.arithmetic import working_lines
from chelate.cli.printing.yields.tables import aligned, blocks, remark
from chelate.figures import listed, mass, mg, money, no_coarser, number
from chelate.formulate.cost import cost_of
from chelate.formulate.design import Found, Impossible, Made, Mend, Relaxed, Stuck, Wish
from chelate.formulate.design.problem import Problem
from chelate.formulate.design.words import several, share
from chelate.formulate.words.claims import open_judgements

_FIRM = {"source": "sources", "share": "shares by source", "level": "upper levels"}


def design_lines(result: Found | Impossible, *, show_working: bool) -> Iterator[str]:
    """Everything that is said of a result, with cautions and constants at the end."""
    made = _made(result)
    if isinstance(result, Found):
        yield from _found(result, show_working=show_working)
    else:
        yield from _impossible(result, show_working=show_working)
    yield from ("", *_foot(result, made))


def _made(result: Found | Impossible) -> Made | None:
    if isinstance(result, Found):
        return result.made
    return result.nearest.made if result.nearest else None


def head_of(found: Found, spec: str) -> Iterator[str]:
    """Comments at the head of the formulation file."""
    made = found.made
    yield f"Designed from {spec}: {made.problem.objective}."
    held = (f"{each.text} {each.name}" for each in made.delivery.moieties)
    yield f"A serving delivers {', '.join(held)}."
    if made.problem.loses:
        left = (f"{each.text} {each.name}" for each in made.delivery.at_end)
        yield f"At the end of the shelf life {', '.join(left)}."
    yield from _assumed(made)


def _found(found: Found, *, show_working: bool) -> Iterator[str]:
    made = found.made
    value = _value(made.point.value, made)
    yield from blocks(
        _design(made),
        _bound(found.binding, made, value),
        _fewer(found.one_fewer, made),
        ["Working", *working_lines(made.delivery)] if show_working else [],
    )


def _design(made: Made) -> Iterator[str]:
    """Masses and units, what is delivered beside what is asked, fill and cost."""
    yield from blocks(_head(made), _materials(made), _wished(made), _remarks(made))


def _head(made: Made) -> Iterator[str]:
    formulation = made.formulation
    units = several(formulation.units_per_serving, _unit(made.problem))
    day = formulation.servings_per_day
    often = f", {day} times a day" if day > 1 else ""
    yield f"{visible(formulation.product)}: {units} a serving{often}"


def _unit(problem: Problem) -> str:
    column = problem.units_column
    return next(wish.of for wish in problem.wishes if column in wish.terms)


def _materials(made: Made) -> Iterator[str]:
    units = made.formulation.units_per_serving
    rows: list[tuple[str, ...]] = [("", "per serving", f"per {made.formulation.unit}")]
    names = [made.problem.materials[at].name for at in made.columns]
    names += [each.name for each in made.delivery.excipients]
    for name, each in zip(names, made.delivery.materials, strict=True):
        if each.weighed_mg:
            masses = (mass(part, each.unit) for part in (each.weighed_mg, each.weighed_mg / units))
            rows.append((visible(name), *masses))
    fill_mg = made.delivery.fill_mg
    rows.append(("together", mg(fill_mg), mg(fill_mg / units)))
    shown = rows if units > 1 else [row[:2] for row in rows]
    yield from aligned(shown)


def _wished(made: Made) -> Iterator[str]:
    """Every wish beside what it gets."""
    rows = [("Wished", "reached", "reached at the end")]
    rows += [
        (visible(wish.words), *_reached_when(made, wish))
        for wish in made.problem.wishes
        if wish.kind != "limit"
    ]
    yield from aligned(rows if made.problem.loses else [row[:2] for row in rows])


def _reached_when(made: Made, wish: Wish) -> tuple[str, str]:
    """What is reached at manufacture, and at the end of the shelf life where that counts."""
    at_end = _reached(made, wish) if wish.at_end else ""
    return _reached(made, replace(wish, at_end=False)), at_end


def _reached(made: Made, wish: Wish) -> str:
    reached = made.reached(wish)
    if wish.kind == "units":
        return f"{reached:,.0f}"
    if wish.kind == "source":
        return "kept"
    if wish.whole:
        return share(round(reached, 4))
    return no_coarser(reached * wish.per_day, wish.bound * wish.per_day, wish.unit)


def _remarks(made: Made) -> Iterator[str]:
    judged = open_judgements(made.delivery)
    said = _shelf_life(made), judged, _fill(made), _assumed(made), _cost(made)
    for text in chain.from_iterable(said):
        yield from remark(text)


def _shelf_life(made: Made) -> Iterator[str]:
    if made.problem.loses:
        life = made.formulation.shelf_life
        ends = f"the shelf life of {visible(life)}" if life else "the shelf life"
        yield (
            f"Targets and claims are kept at the end of {ends}, after the losses stated; what is "
            "to be at most, upper levels with it, is kept at manufacture."
        )


def _fill(made: Made) -> Iterator[str]:
    packing, needed = made.problem.packing, made.needed_g_per_ml
    if packing.room_ml is None or needed is None:
        return
    units = made.formulation.units_per_serving
    hold = "holds" if units == 1 else "hold"
    held = f"{several(units, _unit(made.problem))} {hold} {number(units * packing.room_ml)} mL"
    yield (
        f"The fill takes up {number(made.volume_ml)} mL at the densities reckoned with; {held} "
        f"by the smaller of the volumes that tables give, for which it must reach "
        f"{number(needed, digits=3)} g/mL."
    )


def _assumed(made: Made) -> Iterator[str]:
    packing = made.problem.packing
    used = [packing.densities[at] for at in made.columns]
    excipients = packing.densities[len(made.problem.materials) :]
    assumed = [each for each in (*used, *excipients) if not each.path]
    if packing.room_ml is not None and assumed:
        rest = "" if len(assumed) == len(used) + len(excipients) else " of some materials"
        yield (
            f"No density is stated{rest}: {assumed[0].g_per_ml:g} g/mL is assumed, the lower end "
            "of what is usual."
        )


def _cost(made: Made) -> Iterator[str]:
    cost = cost_of(made.delivery)
    if cost is None:
        return
    least = "at least " if cost.missing else ""
    without = f" (no price is stated of {', '.join(cost.missing)})" if cost.missing else ""
    paid = money(cost.per_serving, cost.currency)
    yield f"The materials of a serving cost {least}{paid}{without}."


def _bound(relaxed: Sequence[Relaxed], made: Made, value: str) -> Iterator[str]:
    """What binds, and what one unit more would buy."""
    yield f"What binds; the objective is {made.problem.objective}, {value}"
    if not relaxed:
        yield from remark("Nothing that one unit more would change.")
    for each in relaxed:
        buys = _gain(each.gain, made) if each.gain else "buys nothing"
        yield from remark(f"{visible(each.words)}: {buys}.")


def _value(value: float, made: Made) -> str:
    """A value of the objective, in its unit."""
    if made.problem.objective == "fewest units":
        return several(value, _unit(made.problem))
    if made.problem.objective == "least mass":
        return f"{mg(value)} of the candidates"
    return f"{money(value / 1_000_000, _currency(made))} a serving for the candidates"


def _gain(gain: float, made: Made) -> str:
    """How much less the objective is; money also for a million servings."""
    if made.problem.objective != "least cost":
        return f"{_value(gain, made)} less"
    currency = _currency(made)
    million = f"{money(gain, currency)} in a million servings"
    return f"{money(gain / 1_000_000, currency)} less a serving, {million}"


def _currency(made: Made) -> str:
    cost = cost_of(made.delivery)
    return cost.currency if cost else ""


def _fewer(mends: Sequence[Mend], made: Made) -> Iterator[str]:
    units = made.formulation.units_per_serving
    if made.problem.objective != "fewest units" or units < 2:
        return
    fewer = several(units - 1, _unit(made.problem))
    if not mends:
        yield from remark(f"No one change alone would do with {fewer}.")
        return
    yield f"{fewer} would do with one of these alone"
    for each in mends:
        yield from remark(f"{visible(each.words)}.")


def _impossible(result: Impossible, *, show_working: bool) -> Iterator[str]:
    yield from blocks(
        _conflict(result),
        _mends(result),
        _nearest(result, show_working=show_working),
    )


def _conflict(result: Impossible) -> Iterator[str]:
    wishes = result.conflict.wishes
    alone = len(wishes) == 1
    yield "This cannot be had:" if alone else "These wishes cannot be had together:"
    for wish in wishes:
        yield from remark(visible(wish.words))
    yield ""
    for line in result.arithmetic:
        yield from _indented(line)


def _indented(line: str) -> Iterator[str]:
    yield from (f"  {each[2:]}" for each in remark(visible(line)))


def _mends(result: Impossible) -> Iterator[str]:
    if result.mends:
        yield "Each of these alone would make all possible:"
    for each in result.mends:
        yield from remark(f"{visible(each.words)}.")
    for stuck in result.stuck:
        yield from remark(visible(_stuck(stuck)))


def _stuck(stuck: Stuck) -> str:
    """Why no other figure of a wish alone would do."""
    start = f"No other figure of “{stuck.wish.words}” alone would do"
    if not stuck.others:
        return f"{start}."
    others = listed([f"“{each.words}”" for each in stuck.others])
    if len(stuck.others) == 1:
        return f"{start}: {others} cannot be had without it either."
    return f"{start}: without it, {others} cannot be had together either."


def _nearest(result: Impossible, *, show_working: bool) -> Iterator[str]:
    problem = result.problem
    if result.nearest is None:
        yield "Nothing near it can be had."
        return
    kinds = {wish.kind for wish in problem.wishes}
    firm = [words for kind, words in _FIRM.items() if kind in kinds]
    kept = f", with {listed(firm)} kept" if firm else ""
    yield f"The nearest that can be had{kept}, not written:"
    for words in result.nearest.changes:
        yield from remark(f"{visible(words)}.")
    yield ""
    yield from _design(result.nearest.made)
    if show_working:
        yield from ("", "Working", *working_lines(result.nearest.made.delivery))


def _foot(result: Found | Impossible, made: Made | None) -> Iterator[str]:
    problem = made.problem if made else result.problem if isinstance(result, Impossible) else None
    ids = [each.id for each in made.delivery.moieties] if made else []
    cautions = list(caution_lines(ids))
    yield from (*cautions, *([""] if cautions else []))
    yield from footer([], references=references(problem), limits=False)


def references(problem: Problem | None) -> Iterable[tuple[str, str]]:
    """What the limits and the fill lean on, by what it is for."""
    from chelate import catalogue

    if problem is None:
        return
    for wish in problem.wishes:
        yield from ((f"Upper level, {wish.authority}", key) for key in wish.references)
    packing = problem.packing
    if packing.capsule_size is not None:
        sources = catalogue.capsules()[packing.capsule_size].sources
        yield from (("Capsule volume", key) for key in sources)
        if any(not each.path for each in packing.densities):
            yield from (("Fill density", key) for key in catalogue.fill_density().sources)
