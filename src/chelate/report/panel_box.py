"""A panel -> the printed box, as an HTML page and as an SVG drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from chelate.report.pages import environment, policy, stylesheet

if TYPE_CHECKING:
    from chelate.catalogue import Reference
    from chelate.formulate.panel.values import Line, Panel
    from chelate.report.panel_drawing import Text


_SLACK_EM = 0.1
_WIDEST_ON_A_TELEPHONE = "26vw"
_EDITION_OF_MARKET = {"US": "us-2016", "EU": "eu-2011"}


@dataclass(frozen=True, slots=True)
class Pack:
    """A panel with what its drawing needs.

    `title_em` is the title's width where it fills the box, `texts` stand under the lines, and
    `inside` says whether in the box with them.
    """

    panel: Panel
    title_em: float | None
    has_percents: bool
    texts: tuple[Text, ...]
    inside: bool


def panel_html(panel: Panel, *, references: Iterable[str] = ()) -> str:
    """One self-contained page with the panel as it is printed: no network, no script.

    On paper the box has its physical size, 3 inches wide, set in 8 points. After it come what
    is not printed on the pack: notes, working, cautions, and the references, to which
    `references` (keys of the catalogue) adds those of the materials.
    """
    from markupsafe import Markup

    from chelate import catalogue
    from chelate.formula import EDITION

    style = "".join(map(stylesheet, ("panel.css", "pack.css"))) + column_rules(panel)
    return (
        environment()
        .get_template("panel.html.j2")
        .render(
            panel=panel,
            pack=pack_of(panel),
            style=Markup(style),
            policy=policy(style),
            cautions=catalogue.cautions(panel.declared),
            atomic_weights=EDITION,
            references=tuple(_cited(panel, references)),
            version=version("chelate"),
        )
    )


def pack_of(panel: Panel) -> Pack:
    """The printed box of a panel, as the macro of its template takes it."""
    from chelate.report.panel_drawing import (
        column_widths,
        full_width_title_em,
        is_in_the_box,
        texts,
    )

    return Pack(
        panel,
        full_width_title_em(panel),
        column_widths(panel).percent_em > 0,
        tuple(texts(panel)),
        is_in_the_box(panel),
    )


def panel_svg(panel: Panel) -> str:
    """The panel as it is printed, as one SVG drawing of physical size, its text as text.

    Lines are broken by the widths of Helvetica, and each is fitted to its width where another
    font stands in, so that nothing leaves the box.
    """
    from chelate.report.advances import FAMILY
    from chelate.report.panel_drawing import panel_drawing

    return (
        environment()
        .get_template("panel.svg.j2")
        .render(
            panel=panel,
            drawing=panel_drawing(panel),
            family=FAMILY,
            description=" ".join(_described(panel)),
        )
    )


def _cited(panel: Panel, further: Iterable[str]) -> Iterator[Reference]:
    """The references of the layout, of the reference values, and the further ones, once each."""
    from chelate import catalogue

    edition = _EDITION_OF_MARKET.get(panel.market, "")
    values = (catalogue.reference_value(each, edition) for each in panel.declared)
    of_values = (key for value in values if value for key in value.sources)
    for key in dict.fromkeys((*panel.sources, *of_values, *further)):
        yield catalogue.references()[key]


def column_rules(panel: Panel) -> str:
    """The widths of the columns as style: the page's policy lets no element have its own."""
    from chelate.report.panel_drawing import column_widths

    found = column_widths(panel)
    amount_em, percent_em = found.amount_em + _SLACK_EM, found.percent_em + _SLACK_EM
    return (
        f".pack .amount {{ width: min({amount_em:.2f}em, {_WIDEST_ON_A_TELEPHONE}); }}\n"
        f".pack .percent {{ width: {percent_em:.2f}em; }}\n"
    )


def _described(panel: Panel) -> Iterator[str]:
    """What the drawing says, for those who hear it."""
    from chelate.report.panel_drawing import texts

    yield from (f"{line}." for line in panel.serving_lines)
    yield from map(_spoken, panel.lines)
    yield from panel.footnotes
    yield from (f"{text.lead}: {text.words}" if text.lead else text.words for text in texts(panel))
    yield from panel.warnings
    if panel.disclaimer:
        yield panel.disclaimer


def _spoken(line: Line) -> str:
    cells = (line.name, line.amount, line.percent or line.symbol)
    return f"{', '.join(cell for cell in cells if cell)}."
