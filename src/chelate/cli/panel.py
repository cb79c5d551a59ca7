"""`chelate panel`: the panel of a formulation, as text, label file, HTML, SVG or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

import click

from chelate.cli.authored import read_authored
from chelate.cli.outputs import force_option
from chelate.formulate.errors import placed

if TYPE_CHECKING:
    from chelate.cli.printing.footer import Key
    from chelate.formulate.delivery import Delivery, Ingredient
    from chelate.formulate.panel import Panel

Form = Literal["text", "yaml", "html", "svg", "json"]
_INDENT = "  "


@click.command(no_args_is_help=True)
@click.argument("file", metavar="FILE")
@click.option(
    "--market",
    type=click.Choice(["US", "EU", "CA"]),
    help="Whose label law the panel follows; that of the formulation without it.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "yaml", "html", "svg", "json"]), default="text"
)
@click.option("-o", "--output", metavar="FILE", help="The file to write; standard output without.")
@force_option
@click.option("--show-working", is_flag=True, help="Show how each figure came about.")
@click.option(
    "--source-amounts",
    is_flag=True,
    help="Print how much of a nutrient comes from each of its sources.",
)
def command(
    file: str,
    market: Literal["US", "EU", "CA"] | None,
    form: Form,
    output: str | None,
    force: bool,
    show_working: bool,
    source_amounts: bool,
) -> None:
    """Lay out the panel of a formulation: Supplement Facts, or that of the EU or Canada.

    Amounts are the label claims; without a claim, what is delivered at the end of the shelf
    life, rounded down. The text and the label file are such that `chelate check` reads them.
    What is no part of the label goes to standard error: the working, notes, constants.

    \b
      chelate panel formulations/bisglycinate-capsule.yaml
      chelate panel formulations/buffered-capsule.yaml --format html -o panel.html
      chelate panel formulations/tri-form-scoop.yaml --market EU --show-working
      chelate panel formulations/glycine-powder.yaml --format yaml -o label.yaml

    - is standard input.
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.formulate.delivery import delivered
    from chelate.formulate.panel import panel
    from chelate.models.formulation import Formulation

    if output is not None and output != "-":
        from chelate.files.write import require_free

        require_free(output, [file], force=force, authored=form == "yaml")
    formulation, document = read_authored(file, Formulation)
    if source_amounts:
        formulation = formulation.model_copy(update={"source_amounts": True})
    with placed(document):
        laid_out, made = panel(formulation, market), delivered(formulation)
    _write(_content(laid_out, made, form, show_working=show_working), output)
    if form != "json":
        click.echo(err=True)
        working = _working(laid_out, made) if show_working else ()
        for line in (*working, *_beside(laid_out, made, show_working=show_working)):
            click.echo(line, err=True)


def _write(content: str, output: str | None) -> None:
    """The content in its file, written beside and renamed, or on standard output."""
    if output is None or output == "-":
        click.echo(content, nl=False)
        return
    from chelate.files.write import write_whole

    write_whole(output, content.encode())
    click.echo(f"{output}: written", err=True)


def _content(panel: Panel, made: Delivery, form: Form, *, show_working: bool) -> str:
    if form == "json":
        return _json(panel, made, show_working=show_working)
    if form == "yaml":
        return _yaml(panel)
    if form == "text":
        from chelate.formulate.panel import text_of

        return text_of(panel)
    from chelate.report.panel_box import panel_html, panel_svg

    if form == "svg":
        return panel_svg(panel)
    references = _of_materials(panel, made, show_working=show_working)
    return panel_html(panel, references=references)


def _yaml(panel: Panel) -> str:
    """The label as a file for `chelate check`."""
    from chelate.files.yaml_write import label_yaml
    from chelate.formulate.panel import label_of

    head = [f"Laid out for the market {panel.market} from a formulation."]
    return label_yaml(label_of(panel), head=head)


def _json(panel: Panel, made: Delivery, *, show_working: bool) -> str:
    from json import dumps

    from chelate.cli.printing.footer import footer_json
    from chelate.formulate.panel import label_of, text_of

    shown = {
        key: value for key, value in asdict(panel).items() if key not in ("serving", "sources")
    }
    for group in shown["groups"]:
        for line in group if not show_working else ():
            del line["working"]
    result: dict[str, Any] = {
        "version": 1,
        "panel": shown,
        "label": label_of(panel).model_dump(mode="json", exclude_defaults=True),
        "text": text_of(panel),
        **footer_json(
            panel.declared,
            market=panel.market,
            references=_references(panel, made, show_working=show_working),
            cautions=panel.declared,
            limits=False,
        ),
    }
    return dumps(result, ensure_ascii=False, indent=2) + "\n"


def _references(panel: Panel, made: Delivery, *, show_working: bool) -> Iterator[Key]:
    yield from (("Law", key) for key in panel.sources)
    yield from _of_materials(panel, made, show_working=show_working)


def _of_materials(panel: Panel, made: Delivery, *, show_working: bool) -> Iterator[str]:
    """Where figures are from that no formula gives; those of every material with the working."""
    for each in made.ingredients:
        if show_working or _is_measured(each, panel):
            yield from each.taken.sources


def _is_measured(ingredient: Ingredient, panel: Panel) -> bool:
    """Whether something declared was counted by published contents, not by a formula."""
    held = {each.id for each in ingredient.taken.moieties}
    return not ingredient.taken.parts and not held.isdisjoint(panel.declared)


def _working(panel: Panel, made: Delivery) -> Iterator[str]:
    """How each figure came about, then what each material holds."""
    yield "Working"
    for line in panel.lines:
        if line.working:
            yield f"{_INDENT}{line.title}"
            yield from (f"{_INDENT * 2}{step}" for step in line.working)
    yield f"{_INDENT}Materials, per serving at manufacture"
    for each in made.ingredients:
        yield from (f"{_INDENT * 2}{step}" for step in each.taken.working)
    yield ""


def _beside(panel: Panel, made: Delivery, *, show_working: bool) -> Iterator[str]:
    """What is to be known of the panel and does not stand on it."""
    from chelate.cli.printing.footer import caution_lines, footer

    yield from _listed("Notes", panel.notes)
    cautions = list(caution_lines(panel.declared))
    yield from (*cautions, *([""] if cautions else []))
    references = _references(panel, made, show_working=show_working)
    yield from footer(panel.declared, market=panel.market, references=references, limits=False)


def _listed(heading: str, sentences: Iterable[str]) -> Iterator[str]:
    from textwrap import wrap

    found = tuple(sentences)
    if not found:
        return
    yield heading
    for sentence in found:
        yield from wrap(sentence, 88, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
    yield ""
