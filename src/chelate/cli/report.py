"""`chelate report`: labels in, one self-contained HTML page out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chelate.checker import CheckResult


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str))
@click.option("-o", "--output", default="report.html", show_default=True, metavar="PAGE",
              help="Where to write the page; - for standard output.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The title of the page.")
@click.option("--section", "sections", multiple=True, type=click.Choice(["gate"]),
              help="A section that the page has besides: gate, the NMDA receptor's coincidence "
              "gate with the limits of the model. May be repeated.")  # fmt: skip
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    output: str,
    title: str | None,
    sections: tuple[str, ...],
    columns: Columns,
) -> None:
    """Write a comparison of labels as one HTML page that needs no network and no script.

    Without FILE it reports on the example labels; - is standard input. A file or a record
    that cannot be read is named on standard error, the others are reported on, and the exit
    status is 2.
    """
    from chelate.checker import check
    from chelate.files.write import refuse_to_overwrite, write_whole
    from chelate.report import html

    refuse_to_overwrite(output, files)
    errors = Errors()
    results = [check(label) for label in labels_of(files or _examples(), columns, errors)]
    if not files:
        results = list(_one_of_each_first(results))
    if results:
        page = html(results, title=title, sections=sections)
        if output == "-":
            sys.stdout.buffer.write(page.encode())
        else:
            write_whole(output, page.encode())
            click.echo(f"{output}: {len(results)} label{'s' * (len(results) != 1)}")
    if errors.found:
        ctx.exit(2)


def _examples() -> tuple[str, ...]:
    from chelate import resources

    found = (p for p in resources.locate("labels").iterdir() if p.is_file())
    shown = (p for p in found if not p.name.startswith("."))
    return tuple(map(str, sorted(shown, key=lambda p: (p.suffix != ".yaml", p.name))))


def _one_of_each_first(results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """The results dealt out by verdict, so that the first few show what verdicts there are."""
    left = sorted(results, key=lambda result: result.verdict.rank)
    while left:
        first = {result.verdict: result for result in reversed(left)}
        yield from (result for result in left if first[result.verdict] is result)
        left = [result for result in left if first[result.verdict] is not result]
