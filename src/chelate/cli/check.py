"""`chelate check`: label files in, findings and a verdict out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from chelate.checker import CheckResult
    from chelate.findings import InputError
    from chelate.models import Label

STANDARD_INPUT = "<stdin>"


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="The least severity of a finding that gives exit status 1.",
)
@click.option("--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--quiet", "-q", is_flag=True, help="Findings only, one line each (text).")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    form: str,
    fail_on: str,
    output: str | None,
    quiet: bool,
) -> None:
    """Check label files: findings with the printed words marked, and a verdict for each.

    FILE is a label in the project's YAML or a DSLD record (JSON); - is standard input.

    Exit status: 0 no finding at or above --fail-on, 1 there are some, 2 a file could not
    be read (the others are still checked) or the output not be written.
    """
    from chelate.checker import check

    labels, errors = _read(files)
    results = [check(label) for label in labels]
    if form == "json":
        _write(_json(results, errors), output)
    else:
        _write(_text(results, len(errors), quiet), output)
    ctx.exit(2 if errors else int(_reaches(results, fail_on)))


def _read(files: Iterable[str]) -> tuple[list[Label], list[InputError]]:
    """The labels of every file that can be read; what is wrong with the others is printed."""
    from chelate.cli import print_error
    from chelate.findings import InputError

    labels: list[Label] = []
    errors: list[InputError] = []
    for file in files:
        try:
            labels += _labels(file)
        except InputError as error:
            print_error(error)
            errors.append(error)
    return labels, errors


def _labels(file: str) -> list[Label]:
    from chelate import readers

    return [_from_standard_input()] if file == "-" else readers.read_labels(file)


def _from_standard_input() -> Label:
    from chelate.files import MAX_BYTES, text_of
    from chelate.readers import label_from_text

    text = text_of(sys.stdin.buffer.read(MAX_BYTES + 1), file=STANDARD_INPUT)
    return label_from_text(text, file=STANDARD_INPUT)


def _text(results: Sequence[CheckResult], failed: int, quiet: bool) -> str:
    from chelate.cli.diagnostics import finding_line, label_text, summary_line

    if quiet:
        lines = [finding_line(f, result) for result in results for f in result.findings]
        return "".join(f"{line}\n" for line in lines)
    blocks = [label_text(result) for result in results]
    return "\n\n".join([*blocks, summary_line(results, failed)]) + "\n" if blocks else ""


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


def _reaches(results: Iterable[CheckResult], fail_on: str) -> bool:
    """Whether any finding is at or above the threshold."""
    from chelate.findings import Severity

    if fail_on == "never":
        return False
    threshold = Severity(fail_on).rank
    return any(f.severity.rank <= threshold for result in results for f in result.findings)
