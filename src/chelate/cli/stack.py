"""`chelate stack`: what the products of a day bring together, beside limits and aims."""

from __future__ import annotations

import click


@click.command(no_args_is_help=True)
@click.argument("file")
@click.option("--show-working", is_flag=True, help="Show the arithmetic of every figure.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(file: str, show_working: bool, form: str) -> None:
    """Add the products of a day up, by sitting and over the day.

    FILE is a stack: sittings, and what is taken at each. An item is a formulation or a label
    file beside the stack, with its servings, or a substance with its mass.

    \b
      chelate stack formulations/stack-protocol.yaml
      chelate stack formulations/stack-protocol.yaml --show-working
      chelate stack formulations/stack-label-and-recipe.yaml --format json

    Totals stand beside Daily Value, NRV and upper levels for adults; an aim of the stack is
    reached or missed, and closing a gap is shown with what it brings beside. - is standard
    input. Arithmetic, not advice.
    """  # noqa: D301 (click takes the backspace itself)
    from pathlib import Path

    from chelate.cli.authored import read_authored
    from chelate.formulate.day import day_of
    from chelate.formulate.errors import placed
    from chelate.models.stack import Stack

    stack, document = read_authored(file, Stack)
    with placed(document):
        day = day_of(stack, folder="." if file == "-" else Path(file).parent)
    if form == "json":
        from chelate.cli.printing.stack.machine import json_of

        click.echo(json_of(day))
    else:
        from chelate.cli.printing.stack.text import lines_of

        click.echo("\n".join(lines_of(day, show_working=show_working)))
