"""`chelate schema`: the JSON Schema of the project's own files, for an editor."""

from __future__ import annotations

import click


@click.command()
@click.argument("kind", type=click.Choice(["label", "formulation"]))
def command(kind: str) -> None:
    """Print the JSON Schema of a label or a formulation file.

    An editor that is given the schema completes the keys and marks a misspelt one.
    """
    from chelate import models
    from chelate.files.schema import schema_text

    click.echo(schema_text(getattr(models, kind.capitalize())), nl=False)
