"""The aims of a stack in words: reached or missed, and what closing a gap would bring."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from chelate.cli.printing.footer import WIDTH
from chelate.cli.printing.stack.rows import indented
from chelate.cli.printing.yields.serving import level_row
from chelate.cli.printing.yields.tables import aligned
from chelate.formulate.day import Aimed, Change
from chelate.formulate.words.day import aim_outcome, closing_sentence


def aim_lines(aimed: Aimed) -> Iterator[str]:
    """An aim, what becomes of it, and what each way to close its gap brings beside."""
    when = aimed.when or "over the day"
    source = f" ({aimed.aim.source})" if aimed.aim.source else ""
    yield from textwrap.wrap(
        f"Aim: at least {aimed.least} {aimed.found.name}, {when}{source}",
        WIDTH,
        subsequent_indent="  ",
    )
    yield from indented(aim_outcome(aimed))
    for closing in aimed.closings:
        yield from indented(closing_sentence(closing, aimed))
        yield from (line for change in closing.changes for line in _change(change))


def _change(change: Change) -> Iterator[str]:
    yield f"    {change.words}"
    rows = [(*level_row(level), "exceeds" if level.exceeded else "") for level in change.levels]
    yield from (f"      {line}" for line in aligned(rows))
