"""`chelate report`: labels in, one self-contained HTML page out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from chelate.checker import CheckResult


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str))
@click.option("-o", "--output", default="report.html", show_default=True, metavar="PAGE",
              help="Where to write the page; - for standard output.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The title of the page.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], output: str, title: str | None) -> None:
    """Write a comparison of labels as one HTML page that needs no network and no script.

    Without FILE it reports on the example labels. A file that cannot be read is named on
    standard error, the others are reported on, and the exit status is 2.
    """
    from chelate.files.write import refuse_to_overwrite, write_whole
    from chelate.report import html

    refuse_to_overwrite(output, files)
    results, failed = _checked(files or _examples())
    if results:
        page = html(results, title=title)
        if output == "-":
            sys.stdout.buffer.write(page.encode())
        else:
            write_whole(output, page.encode())
            click.echo(f"{output}: {len(results)} label{'s' * (len(results) != 1)}")
    if failed:
        ctx.exit(2)


def _examples() -> tuple[Path, ...]:
    from chelate import resources

    folder = resources.locate("labels")
    found = (p for p in folder.iterdir() if p.is_file() and not p.name.endswith(".schema.json"))
    return tuple(sorted(p for p in found if p.suffix in (".yaml", ".yml", ".json")))


def _checked(files: tuple[str, ...] | tuple[Path, ...]) -> tuple[list[CheckResult], bool]:
    """The results of every file that could be read, and whether one could not."""
    from chelate.checker import check
    from chelate.cli import print_error
    from chelate.findings import InputError
    from chelate.readers import read_labels

    results, failed = [], False
    for file in files:
        try:
            results += [check(label) for label in read_labels(file)]
        except InputError as error:
            print_error(error)
            failed = True
    return results, failed
