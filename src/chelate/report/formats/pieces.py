"""What the Markdown of a formulation and of a day is made of: tables, lists, the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chelate.report.formats.markdown import escaped, inputs_lines, line
from chelate.report.inputs import InputFile
from chelate.report.made.bars import Level
from chelate.report.made.foot import Foot, Grid

LEVELS = ("", "a day", "of it", "range", "")


def joined(blocks: Iterable[str]) -> str:
    """Blocks as one text, none of them empty."""
    return "\n\n".join(filter(None, blocks)) + "\n"


def table(grid: Grid | None) -> str:
    """A table under its caption, "" where there is none."""
    if grid is None:
        return ""
    return f"{escaped(grid.caption)}:\n\n{rows(grid.head, grid.rows)}"


def rows(head: Sequence[str], below: Iterable[Sequence[str]]) -> str:
    """A table of a head and its rows."""
    lines = (line([escaped(cell) for cell in row]) for row in (head, *below))
    first, *others = lines
    return "\n".join((first, line(["---"] * len(head)), *others))


def bullets(several: Iterable[str]) -> str:
    """A list of remarks."""
    return "\n".join(f"- {escaped(said)}" for said in several)


def outcome(words: str, more: str = "") -> str:
    """An outcome, and what is said of it."""
    return f"**{escaped(words)}**" + (f": {escaped(more)}" if more else "")


def ranged(figure: str, ends: str) -> str:
    """A figure with its range.

    >>> ranged("200 mg", ""), ranged("200 mg", "190–200 mg")
    ('200 mg', '200 mg (190–200 mg)')
    """
    return f"{figure} ({ends})" if ends else figure


def levels(several: Iterable[Level]) -> str:
    """A day beside reference values and upper levels for adults."""
    below = [
        (f"{each.name} {each.scope}".strip(), each.amount, each.share, each.range, each.outcome)
        for each in several
    ]
    return rows(LEVELS, below) if below else ""


def worked(sections: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """The arithmetic, section by section."""
    for heading, lines in sections:
        yield f"### {escaped(heading)}" if heading else ""
        yield bullets(lines)


def ending(
    foot: Foot, inputs: Sequence[InputFile], *, of: str, with_references: bool
) -> Iterator[str]:
    """Cautions, what the figures rest on, what the text was made from, and the files."""
    if foot.cautions:
        yield "## Cautions"
        yield bullets(foot.cautions)
    if with_references:
        yield "## Constants and reference values"
        yield bullets(_used(foot))
    yield escaped(f"Made with chelate {foot.version} from {of}. No product was analysed.")
    yield from inputs_lines(inputs)


def _used(foot: Foot) -> Iterator[str]:
    yield f"Atomic weights: {foot.atomic_weights}"
    for of, sources in foot.used:
        for source in sources:
            unread = "" if source.verified else " Not read for this catalogue."
            yield f"{of}: {source.text}{unread}"


def foot_json(foot: Foot) -> dict[str, Any]:
    """Cautions and references as plain data."""
    return {
        "cautions": list(foot.cautions),
        "references": [
            {"of": of, "text": source.text, "link": source.link or None,
             "verified": source.verified}
            for of, sources in foot.used
            for source in sources
        ],
    }  # fmt: skip
