"""A panel as plain text, which `chelate check` reads back as the same label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from chelate.formulate.panel.values import Line, Panel

NAME_WIDTH = 58
LIST_WIDTH = 88
STATEMENTS = "Statements:"
_MOST_LINES = 5
_GAP = "  "
_INDENT = "  "


def text_of(panel: Panel) -> str:
    """The panel in lines: names, amounts and percents in columns, blank lines for bars.

    In Canada directions stand before the non-medicinal ingredients, as in Product Facts.
    """
    below = [list(_ingredients(panel)), list(panel.directions)]
    blocks = [
        _head(panel),
        [panel.title, *panel.serving_lines],
        *_table(panel),
        list(panel.footnotes),
        *(below if panel.market != "CA" else reversed(below)),
        *([warning] for warning in panel.warnings),
        [STATEMENTS, *panel.statements] if panel.statements else [],
        [panel.disclaimer] if panel.disclaimer else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(panel: Panel) -> list[str]:
    brand = [f"Brand: {_one_line(panel.brand)}"] if panel.brand else []
    return [f"Product: {_one_line(panel.product)}", *brand]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _table(panel: Panel) -> list[list[str]]:
    """The headings with the first group, then each other group."""
    wrapped = [[_wrapped(line) for line in group] for group in panel.groups]
    names = [part for group in wrapped for parts in group for part in parts]
    figures = [(line.amount or "", _last(line)) for line in panel.lines]
    heads = panel.columns
    widths = (
        _widest([heads.name, *names]),
        _widest([heads.amount, *(amount for amount, _ in figures)]),
        _widest([heads.percent, *(last for _, last in figures)]),
    )
    rows = [
        [
            row
            for line, parts in zip(group, named, strict=True)
            for row in _rows(line, parts, widths)
        ]
        for group, named in zip(panel.groups, wrapped, strict=True)
    ]
    head = _row(heads.name, heads.amount, heads.percent, widths)
    first, *others = rows or [[]]
    return [[head, *first], *others]


def _widest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=0)


def _last(line: Line) -> str:
    return line.percent or line.symbol or ""


def _rows(line: Line, parts: list[str], widths: tuple[int, int, int]) -> Iterator[str]:
    *before, last = parts
    yield from before
    yield _row(last, line.amount or "", _last(line), widths)


def _row(name: str, amount: str, percent: str, widths: tuple[int, int, int]) -> str:
    cells = (name.ljust(widths[0]), amount.rjust(widths[1]), percent.rjust(widths[2]))
    return _GAP.join(cells).rstrip()


def _wrapped(line: Line) -> list[str]:
    """A name in lines, parted after the commas in its brackets; whole where it has too many."""
    name = _INDENT * line.indent + line.name
    first, *others = re.split(r"(?<=,) ", line.sources) if line.sources else [""]
    lines = [name[: name.rindex(line.sources)] + first] if line.sources else [name]
    for each in others:
        if len(lines[-1]) + len(each) < NAME_WIDTH:
            lines[-1] += f" {each}"
        else:
            lines.append(f"{_INDENT * (line.indent + 2)}{each}")
    if line.sources:
        lines[-1] += ")"
    return lines if len(lines) <= _MOST_LINES else [name]


def _ingredients(panel: Panel) -> Iterator[str]:
    if panel.ingredients:
        yield from _filled(f"{panel.ingredients_heading}: ", panel.ingredients)


def _filled(heading: str, items: Iterable[str]) -> Iterator[str]:
    """A list in lines that each end with a comma, the last with a full stop."""
    line = heading
    *first, last = items
    for item in (*(f"{each}, " for each in first), f"{last}."):
        if len(line) + len(item) > LIST_WIDTH and line != heading:
            yield line.rstrip()
            line = ""
        line += item
    yield line.rstrip()
