"""`chelate check`: label files in, findings and a verdict out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of
from chelate.cli.outputs import force_option
from chelate.cli.threshold import fail_on_option, reaches

if TYPE_CHECKING:
    from chelate.checker import CheckResult
    from chelate.findings import InputError


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@fail_on_option("finding", default="error")
@click.option("-o", "--output", metavar="FILE",
              help="The file to write; standard output without.")  # fmt: skip
@force_option
@click.option("--quiet", "-q", is_flag=True, help="Findings only, one line each (text).")
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    form: str,
    fail_on: str,
    output: str | None,
    force: bool,
    quiet: bool,
    columns: Columns,
) -> None:
    """Check label files: findings with the printed words marked, and a verdict for each.

    FILE is a label in the project's YAML, the text of a panel, a DSLD, LNHPD or Open Food
    Facts record or a file of many, or a spreadsheet (CSV, XLSX) with one product a row;
    what it holds decides, not its name. - is standard input.

    Exit status: 0 no finding at or above --fail-on, 1 there are some, 2 a file or a record
    could not be read (the others are still checked) or the output not be written.
    """
    from chelate.checker import check

    output = None if output == "-" else output
    _require_free(output, files, force)
    errors = Errors()
    results = [check(label) for label in labels_of(files, columns, errors)]
    if form == "json":
        _write(_json(results, errors.found), output)
    else:
        _write(_text(results, len(errors.found), quiet), output)
    severities = (f.severity for result in results for f in result.findings)
    ctx.exit(2 if errors.found else int(reaches(severities, fail_on)))


def _require_free(output: str | None, files: Iterable[str], force: bool) -> None:
    if output is not None:
        from chelate.files.write import require_free

        require_free(output, files, force=force)


def _text(results: Sequence[CheckResult], failed: int, quiet: bool) -> str:
    from chelate.cli.printing.diagnostics import finding_line, label_text, summary_line
    from chelate.cli.printing.used import of_check, quiet_lines

    if quiet:
        lines = [finding_line(f, result) for result in results for f in result.findings]
        return "".join(f"{line}\n" for line in lines)
    blocks = [head + label_text(result) for head, result in _headed(results)]
    used = quiet_lines(each for result in results for each in of_check(result))
    end = "\n".join([*used, summary_line(results, failed)])
    return "\n\n".join([*blocks, end]) + "\n" if blocks else ""


def _headed(results: Sequence[CheckResult]) -> Iterator[tuple[str, CheckResult]]:
    """Each result with a line that names its record, where a file holds several."""
    from chelate.cli.printing.diagnostics import visible

    files = Counter(r.label.origin.file for r in results if r.label.origin)
    for result in results:
        origin = result.label.origin
        several = origin and origin.record and files[origin.file] > 1
        named = f"{origin.file}, {origin.record}" if origin and several else ""
        yield (click.style(f"-- {visible(named)}", bold=True) + "\n" if named else ""), result


def _json(results: Sequence[CheckResult], errors: Sequence[InputError]) -> bytes:
    from chelate.report.document import document_text

    return document_text(results, errors).encode()


def _write(text: str | bytes, output: str | None) -> None:
    """Write text, with colour on a terminal, or bytes as they are (JSON is UTF-8 anywhere)."""
    if output is None:
        click.echo(text, nl=False, color=False if os.environ.get("NO_COLOR") else None)
    else:
        from chelate.files.write import write_whole

        write_whole(output, click.unstyle(text).encode() if isinstance(text, str) else text)
