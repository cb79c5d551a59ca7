"""`chelate compare`: a formulation and labels in, where they do not follow from it out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of
from chelate.cli.threshold import fail_on_option, reaches

if TYPE_CHECKING:
    from chelate.files import Document
    from chelate.findings import InputError
    from chelate.formulate.compare import Comparison
    from chelate.models import Label
    from chelate.models.formulation import Formulation


@click.command(no_args_is_help=True)
@click.argument("formulation", metavar="FORMULATION")
@click.argument("labels", nargs=-1, required=True, metavar="LABEL...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@fail_on_option("difference", default="warning")
@click.option("--record", metavar="ID", help="Of many labels, those of this record or product.")
@click.option("--show-working", is_flag=True, help="Show the arithmetic, of what follows too.")
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    formulation: str,
    labels: tuple[str, ...],
    form: str,
    fail_on: str,
    record: str | None,
    show_working: bool,
    columns: Columns,
) -> None:
    """Show where a product's label does not follow from its formulation.

    FORMULATION is a formulation file, LABEL a label of any format that check reads; - is
    standard input. Amounts are held against what the recipe delivers at manufacture and at
    the end of the shelf life, per serving of the label; sources, masses, blends, percents,
    servings, the capsule and the other ingredients against what the recipe names and weighs.
    What cannot be compared is said.

    \b
      chelate compare formulation.yaml label.txt
      chelate compare formulation.yaml labels.csv --record 12345 --format json

    Exit status: 0 no difference at or above --fail-on, 1 there are some, 2 the formulation, a
    label or a record could not be read.
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli.authored import read_authored
    from chelate.cli.printing.compare import json_text, text
    from chelate.models.formulation import Formulation

    if (formulation, *labels).count("-") > 1:
        raise click.UsageError("standard input (-) can be read once")
    made, document = read_authored(formulation, Formulation)
    errors = Errors()
    chosen = _chosen(labels_of(labels, columns, errors), record)
    compared = _compared(made, document, chosen) if chosen else []
    if record is not None and not chosen and not errors.found:
        raise _no_such_record(record, labels)
    if form == "json":
        click.echo(json_text(document, compared, errors.found).encode(), nl=False)
    elif compared:
        click.echo(text(document, compared, show_working=show_working), color=_colour())
    severities = (d.severity for each in compared for d in each.differences)
    ctx.exit(2 if errors.found else int(reaches(severities, fail_on)))


def _chosen(labels: Iterable[Label], record: str | None) -> list[Label]:
    """The labels of that record or product, or all of them."""
    return [
        label
        for label in labels
        if record is None
        or record == label.product
        or (label.origin and label.origin.record == record)
    ]


def _compared(made: Formulation, document: Document, labels: list[Label]) -> list[Comparison]:
    from chelate.formulate import delivered
    from chelate.formulate.compare import compare_delivery
    from chelate.formulate.errors import placed

    with placed(document):
        delivery = delivered(made)
        return [compare_delivery(delivery, label) for label in labels]


def _no_such_record(record: str, labels: tuple[str, ...]) -> InputError:
    from chelate.findings import InputError

    return InputError(f'found no record "{record}", expected one of the file', file=labels[0])


def _colour() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None
