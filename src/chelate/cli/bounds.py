"""`chelate bounds`: label files in, what must be true of the masses behind each claim out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of

if TYPE_CHECKING:
    from chelate.checker import CheckResult


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@column_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], form: str, columns: Columns) -> None:
    """Show what must be true of the masses behind each claim of a label, and the proof.

    How much of the element can come from the claimed source, how much must come from
    elsewhere, and how much glycine there can be: what holds in any case first, then by how
    the printed masses may be read. A recipe shows that each end can be reached. Figures that
    cannot all be true are told with the least change that would mend each. FILE is any label
    file that check reads; - is standard input.

    The JSON holds a certificate of every figure; verify recomputes them.

    Exit status: 0, or 2 if a file or a record could not be read.
    """
    from chelate.checker import check

    errors = Errors()
    results = (check(label) for label in labels_of(files, columns, errors))
    if form == "json":
        from chelate.report.document import bounds_document_text

        checked = list(results)
        click.echo(bounds_document_text(checked, errors.found).encode(), nl=False)
    else:
        _print(results)
    ctx.exit(2 if errors.found else 0)


def _print(results: Iterable[CheckResult]) -> None:
    """Each label as it is done, then once what all of them were computed with."""
    from chelate.cli.printing.bounds import label_text
    from chelate.cli.printing.used import of_bounds, quiet_lines

    colour = False if os.environ.get("NO_COLOR") else None
    used: dict[tuple[str, str], None] = {}
    for at, result in enumerate(results):
        click.echo("\n" * bool(at) + label_text(result), color=colour)
        used |= dict.fromkeys(of_bounds(result))
    if lines := quiet_lines(used):
        click.echo("\n" + "\n".join(lines), color=colour)
