"""`chelate schema`: the JSON Schema of the project's own files, for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from chelate.files import Kind


@click.command()
@click.argument("kind", type=click.Choice(["label", "formulation", "design", "stack"]))
def command(kind: Kind) -> None:
    """Print the JSON Schema of a kind of file.

    An editor that is given the schema completes the keys and marks a misspelt one.
    """
    from chelate.files import model_of, schema_text

    click.echo(schema_text(model_of(kind)), nl=False)
