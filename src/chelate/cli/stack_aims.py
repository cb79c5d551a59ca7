"""The aims of a stack in words: reached or missed, and what closing a gap would bring."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from chelate.cli.footer import WIDTH
from chelate.cli.stack_rows import aligned, indented, level_row
from chelate.figures import listed, mg, mg_range
from chelate.formulate.day import Aimed, Change, Closing


def aim_lines(aimed: Aimed) -> Iterator[str]:
    """An aim, what becomes of it, and what each way to close its gap brings beside."""
    when = aimed.when or "over the day"
    source = f" ({aimed.aim.source})" if aimed.aim.source else ""
    yield from textwrap.wrap(
        f"Aim: at least {mg(aimed.at_least_mg)} {aimed.found.name}, {when}{source}",
        WIDTH,
        subsequent_indent="  ",
    )
    yield from indented(_outcome(aimed))
    for closing in aimed.closings:
        yield from indented(_sentence(closing, aimed))
        yield from (line for change in closing.changes for line in _change(change))


def _outcome(aimed: Aimed) -> str:
    found, missing = aimed.found, aimed.missing_range_mg
    is_open = mg(found.range_mg.low) != mg(found.range_mg.high)
    said = f"{mg(found.mg)}{f' ({mg_range(found.range_mg)})' if is_open else ''}"
    if aimed.outcome == "reached":
        return f"{said}: reached."
    if aimed.outcome == "missed":
        ends = f" ({mg_range(missing)} over the range)" if is_open else ""
        return f"{said}: missed, {mg(aimed.missing_mg)} short{ends}."
    by_figure = f"the figure is {mg(aimed.missing_mg)} short, " if aimed.missing_mg else ""
    return (
        f"{said}: reached in part of the range; {by_figure}the least of it is "
        f"{mg(missing.high)} short."
    )


def _sentence(closing: Closing, aimed: Aimed) -> str:
    gap = f"Closing the gap of {mg(aimed.missing_mg)}"
    if closing.free:
        name = closing.name + "," * ("," in closing.name)
        itself = f"{gap} with {name} itself takes {mg(closing.dose_mg)}"
        return f"{itself} and brings no element{_unchanged(aimed)}."
    more, name = "more " if closing.product else "", closing.name
    if closing.product or "," in name:
        name += f", as in {closing.product}," if closing.product else ","
    beside = [f"{mg(held.mg)} {held.name}" for held in closing.brings[1:]]
    brings = f", which brings {listed(beside)} too" if beside else ""
    return f"{gap} with {more}{name} takes {mg(closing.dose_mg)} of it{brings}."


def _unchanged(aimed: Aimed) -> str:
    """What stays as it is where the other way to close the gap would change it."""
    changes = [change for closing in aimed.closings for change in closing.changes]
    stays = [f"{change.more.name} stays {mg(change.before.mg)} a day" for change in changes]
    return f": {listed(stays)}" if stays else ""


def _change(change: Change) -> Iterator[str]:
    before, more, name = mg(change.before.mg), mg(change.more.mg), change.more.name
    yield f"    {before} + {more} = {mg(change.after_mg)} {name} a day"
    rows = [(*level_row(level), "exceeds" if level.exceeded else "") for level in change.levels]
    yield from (f"      {line}" for line in aligned(rows))
