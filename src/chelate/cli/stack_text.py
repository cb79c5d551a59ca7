"""The output of `chelate stack` for people: the day by sitting, by product, and by aim."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import compress, zip_longest

from chelate.cli.footer import WIDTH, caution_lines, footer
from chelate.cli.stack_aims import aim_lines
from chelate.cli.stack_rows import Row, aligned, level_row, open_range
from chelate.cli.stack_working import working_of
from chelate.figures import mg, number, percent
from chelate.formulate.day import BASIS, Contribution, Day, Taken, Total
from chelate.limits import Beside, words_on_limits
from chelate.stoichiometry import Held

_HEAD_WIDTH = 14
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


def lines_of(day: Day, *, show_working: bool = False) -> Iterator[str]:
    """The lines of the output, cautions and what was used at the end."""
    ids = shown(day)
    blocks = [
        _head(day), _table(day), _contributions(day), _limits(day), *map(aim_lines, day.aims),
        _remarks(day), working_of(day) if show_working else (), caution_lines(ids),
        footer(ids, references=references(day)),
    ]  # fmt: skip
    for index, block in enumerate(filter(None, map(list, blocks))):
        yield from ("", *block) if index else block


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
    most_mg = level.amount_mg * (1 + 1e-9)
    if level.kind != "UL" or total.day.range_mg.high <= most_mg:
        return ""
    return "exceeds" if total.day.range_mg.low > most_mg else "exceeds in part of the range"


def _head(day: Day) -> Iterator[str]:
    count = len(day.stack.sittings)
    yield f"{day.stack.stack}: {count} sitting{'s' * (count != 1)} a day"
    for sitting in day.stack.sittings:
        yield f"  {sitting.when}"
        yield from (f"    {_item(each)}" for each in day.taken if each.when == sitting.when)


def _item(taken: Taken) -> str:
    product = taken.product
    if product.basis == "material":
        return f"{mg(product.inputs[0].dose_mg)} {product.name}"
    counted = f"{number(taken.servings)} serving{'s' * (taken.servings > 1)}"
    of = f" ({product.serving})" if product.serving and taken.servings == 1 else ""
    each = f" (of {product.serving})" if product.serving and taken.servings != 1 else ""
    name, basis = taken.name, BASIS[product.basis]
    return f"{counted}{of}{each} {name}{f', {basis}' * (basis not in name)}"


def _table(day: Day) -> Iterator[str]:
    """A line for each nutrient and moiety, a column for each sitting and for the day."""
    if not day.totals:
        yield "Nothing that the stack holds can be counted."
        return
    sittings = [sitting.when for sitting in day.stack.sittings]
    head = ["", *sittings, "day", "range", "of the DV", "of the NRV"]
    rows = [tuple(_of_day(total, sittings)) for total in day.totals]
    used = [any(column) for column in zip(*rows, strict=True)]
    yield from aligned(
        [*_headed(compress(head, used)), *(tuple(compress(row, used)) for row in rows)]
    )


def _of_day(total: Total, sittings: Iterable[str]) -> Iterator[str]:
    yield total.name
    for when in sittings:
        yield mg(total.at(when).mg) if total.at(when).mg else ""
    yield mg(total.day.mg)
    yield open_range(total.day.range_mg)
    shares = {level.kind: percent(level.fraction, decimals=0) for level in total.levels}
    yield from (shares.get("DV", ""), shares.get("NRV", ""))


def _headed(head: Iterable[str]) -> Iterator[Row]:
    """The words above columns, over as many lines as they take."""
    wrapped = [textwrap.wrap(words, _HEAD_WIDTH) or [""] for words in head]
    yield from zip_longest(*wrapped, fillvalue="")


def _contributions(day: Day) -> Iterator[str]:
    rows = [row for total in day.totals for row in _by_product(total)]
    if rows:
        yield from aligned([("What each product brings", "", "range", "of the day"), *rows])


def _by_product(total: Total) -> Iterator[Row]:
    """A line for the total, each sitting and each product; one for all where they are one."""
    if len(total.contributions) == 1:
        only = total.contributions[0]
        yield _brought(f"{total.name}: {_name(only)}, {only.taken.when}", total.day, total)
        return
    yield total.name, mg(total.day.mg), open_range(total.day.range_mg), ""
    for when, held in total.sittings:
        own = [each for each in total.contributions if each.taken.when == when]
        if len(own) == 1:
            yield _brought(f"  {when}: {_name(own[0])}", held, total)
            continue
        yield _brought(f"  {when}", held, total)
        yield from (_brought(f"    {_name(each)}", each.held, total) for each in own)


def _name(contribution: Contribution) -> str:
    return contribution.taken.name


def _brought(words: str, held: Held, total: Total) -> Row:
    share = percent(held.mg / total.day.mg) if total.day.mg else ""
    return words, mg(held.mg), open_range(held.range_mg), share


def _limits(day: Day) -> Iterator[str]:
    known = [total for total in day.totals if total.levels]
    for total in known:
        yield f"{mg(total.day.mg)} {total.name} a day, beside the values for adults"
        rows = [(*level_row(level), exceeds(total, level)) for level in total.levels]
        yield from (f"  {line}" for line in aligned(rows))
    scopes = {level.scope for total in known for level in total.levels}
    if "supplemental-only" in scopes:
        yield from textwrap.wrap(SUPPLEMENTS_ONLY, WIDTH)
    if known:
        yield from textwrap.wrap(ALL_SOURCES, WIDTH)


def _remarks(day: Day) -> Iterator[str]:
    for remark in remarks(day):
        yield from textwrap.wrap(remark, WIDTH, initial_indent="* ", subsequent_indent="  ")


def remarks(day: Day) -> tuple[str, ...]:
    """What is to be said of the day, its limits and its products, each once."""
    found = [*day.remarks]
    for total in day.totals:
        found += words_on_limits(total.name, total.day.mg, total.levels)
    found += [said for taken in day.taken for said in of_product(taken)]
    if any(open_range(total.day.range_mg) for total in day.totals):
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
