"""A panel as it is printed, in marks.

The rules of 21 CFR 101.36(e) for the box of the United States: its lines in one size, no
smaller than 8 points, headings and footnotes no smaller than 6; the title larger than all else
and as wide as the box; title and headings bold; a box of hairlines, hairlines between the
ingredients, a heavy bar under the servings and under each group, a light one under the headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chelate.formulate.panel.values import Line, Panel
from chelate.report.advances import two_lines_em, width_em
from chelate.report.drawing import (
    HAIRLINE_PT,
    Block,
    Drawing,
    bar,
    beside,
    drawing,
    framed,
    moved,
    raised,
    space,
    stacked,
    text,
    text_to_the_right,
)
from chelate.report.inert import visible

BOX_PT = 216.0
TYPE_PT = 8.0
HEADING_PT = 7.0
FOOTNOTE_PT = 7.0
_MARGIN_PT = 6.0
_PADDING_PT = 5.0
_SLACK_PT = 0.01
_ABOVE_CAPITALS_EM = 0.16
_INNER_PT = BOX_PT - 2 * _PADDING_PT
_GAP_PT = 6.0
_HANG_EM = 0.6
_INDENT_EM = 1.0
_DEEPEST = 3
_ROW_PT = 1.4
_COLUMN_GAP_EM = 0.8
_WIDEST_AMOUNT_EM = 7.5
_WIDEST_PERCENT_EM = 5.0


@dataclass(frozen=True, slots=True)
class Widths:
    """The columns of a panel, in type sizes of its lines; 0 where there is no percent."""

    amount_em: float
    percent_em: float


@dataclass(frozen=True, slots=True)
class _Look:
    """How a market's box is set and ruled."""

    title_pt: float
    under_servings_pt: float
    under_headings_pt: float
    under_group_pt: float


_LEAST_TITLE_PT = 11.0
_LOOKS = {"US": _Look(_LEAST_TITLE_PT, 3.5, 1.0, 3.5), "CA": _Look(11.0, 2.0, 0.75, 2.0)}
_PLAIN = _Look(10.0, 0.75, 0.75, 0.75)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph under the lines; its lead is the heading that stands before it."""

    words: str
    lead: str = ""


def texts(panel: Panel) -> tuple[Text, ...]:
    """What follows the lines: ingredients, directions, statements; in Canada the other way.

    Canada orders the parts of its table: uses, directions, non-medicinal ingredients
    (Natural Health Products Regulations, section 93.1).
    """
    found = ", ".join(panel.ingredients)
    heading = panel.ingredients_heading.rstrip(":")
    ingredients = (Text(f"{found}.", heading),) if found else ()
    directions, statements = (map(Text, each) for each in (panel.directions, panel.statements))
    if is_in_the_box(panel):
        return (*statements, *directions, *ingredients)
    return (*ingredients, *directions, *statements)


def is_in_the_box(panel: Panel) -> bool:
    """Whether what follows the lines stands inside the box with them, as in Canada's table."""
    return panel.market == "CA"


def panel_drawing(panel: Panel) -> Drawing:
    """The box of a panel, and under it what stands below the box."""
    box = framed(stacked(_in_box(panel)), BOX_PT, padding_pt=_PADDING_PT)
    page = stacked([space(_MARGIN_PT), box, *_below(panel), space(_MARGIN_PT)])
    return drawing(moved(page, _MARGIN_PT), BOX_PT + 2 * _MARGIN_PT)


def column_widths(panel: Panel) -> Widths:
    """The columns of amounts and percents: as wide as what they hold, within reason."""
    amounts = (line.amount or "" for line in panel.lines)
    percents = (line.percent or line.symbol or "" for line in panel.lines)
    return Widths(
        _column_em(panel.columns.amount, amounts, _WIDEST_AMOUNT_EM),
        _column_em(panel.columns.percent, percents, _WIDEST_PERCENT_EM),
    )


def _column_em(heading: str, cells: Iterable[str], widest: float) -> float:
    heading_em = HEADING_PT / TYPE_PT * two_lines_em(visible(heading), bold=True)
    found = max([heading_em, *(width_em(visible(cell)) for cell in cells)])
    return min(found, widest) + _COLUMN_GAP_EM if found else 0.0


def full_width_title_em(panel: Panel) -> float | None:
    """The width of the title in its own type size, where it is to be as wide as the box."""
    wide_em = width_em(visible(panel.title), bold=True)
    fits = 0 < wide_em <= _INNER_PT / _LEAST_TITLE_PT
    return wide_em if fits and panel.market == "US" else None


def _in_box(panel: Panel) -> Iterator[Block]:
    look = _LOOKS.get(panel.market, _PLAIN)
    yield _title(panel, look)
    for line in panel.serving_lines:
        yield text(line, _INNER_PT, TYPE_PT, hang_em=_HANG_EM)
    yield _rule(look.under_servings_pt)
    yield _headings(panel)
    yield _rule(look.under_headings_pt, above_pt=0.0)
    for group in panel.groups:
        yield stacked(_group(panel, group))
        yield _rule(look.under_group_pt, above_pt=0.0)
    for footnote in panel.footnotes:
        yield text(footnote, _INNER_PT, FOOTNOTE_PT, hang_em=0.5)
    for number, each in enumerate(texts(panel) if is_in_the_box(panel) else ()):
        if number:
            yield _rule(look.under_group_pt)
        yield text(each.words, _INNER_PT, TYPE_PT, lead=each.lead and f"{each.lead}:")


def _title(panel: Panel, look: _Look) -> Block:
    wide_em = full_width_title_em(panel)
    size_pt = _INNER_PT / wide_em if wide_em else look.title_pt
    block = text(panel.title, _INNER_PT + _SLACK_PT, size_pt, bold=True)
    return raised(block, _ABOVE_CAPITALS_EM * size_pt)


def _rule(height_pt: float, *, above_pt: float = 2.0, below_pt: float = 1.5) -> Block:
    return stacked([space(above_pt), bar(_INNER_PT, height_pt), space(below_pt)])


def _headings(panel: Panel) -> Block:
    columns = panel.columns
    return stacked([
        _columns(panel, columns.name, columns.amount, columns.percent, HEADING_PT, bold=True),
        space(1.0),
    ])  # fmt: skip


def _group(panel: Panel, group: tuple[Line, ...]) -> Iterator[Block]:
    for number, line in enumerate(group):
        if number and line.kind not in ("member", "share"):
            yield bar(_INNER_PT, HAIRLINE_PT)
        yield space(_ROW_PT)
        percent = line.percent or line.symbol or ""
        yield _columns(panel, line.name, line.amount or "", percent, TYPE_PT, indent=line.indent)
        yield space(_ROW_PT)


def _columns(
    panel: Panel,
    name: str,
    amount: str,
    percent: str,
    size_pt: float,
    *,
    bold: bool = False,
    indent: int = 0,
) -> Block:
    """A name from the left, an amount and a percent that end at the right of their columns."""
    found = column_widths(panel)
    percent_pt, amount_pt = found.percent_em * TYPE_PT, found.amount_em * TYPE_PT
    gap_pt, indent_pt = _COLUMN_GAP_EM * TYPE_PT, min(indent, _DEEPEST) * _INDENT_EM * TYPE_PT
    amount_right_pt = _INNER_PT - percent_pt
    name_pt = amount_right_pt - amount_pt - indent_pt
    blocks = [moved(text(name, name_pt, size_pt, bold=bold, hang_em=_HANG_EM), indent_pt)]
    for words, right_pt, width_pt in (
        (amount, amount_right_pt, amount_pt - gap_pt),
        (percent, _INNER_PT, percent_pt - gap_pt),
    ):
        if words:
            blocks.append(
                text_to_the_right(words, right_pt, width_pt + _SLACK_PT, size_pt, bold=bold)
            )
    return beside(blocks)


def _below(panel: Panel) -> Iterator[Block]:
    for each in () if is_in_the_box(panel) else texts(panel):
        yield space(_GAP_PT)
        yield text(each.words, BOX_PT, TYPE_PT, lead=each.lead and f"{each.lead}:")
    for boxed in (*panel.warnings, *([panel.disclaimer] if panel.disclaimer else ())):
        inside = text(boxed, BOX_PT - 2 * _PADDING_PT, TYPE_PT, bold=True)
        yield space(_GAP_PT)
        yield framed(inside, BOX_PT, padding_pt=_PADDING_PT)
