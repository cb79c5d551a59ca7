"""`chelate report`: labels in, one self-contained HTML page out, or Markdown, JSON, CSV."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chelate.checker import CheckResult
    from chelate.findings import InputError

Format = Literal["html", "md", "json", "csv"]
_SECTIONS = ("glance", "comparison", "products", "appendix", "gate")


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str))
@click.option("-o", "--output", metavar="FILE",
              help="Where to write it; - for standard output.  [default: report.html, or the "
              "ending of the format]")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["html", "md", "json", "csv"]),
              default="html", show_default=True,
              help="html: the page. md: a summary. json: the document of check, with ranges. "
              "csv: a row for each claim.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The title of the page.")
@click.option("--section", "sections", multiple=True, type=click.Choice([*_SECTIONS, "all"]),
              help="A section that the page has; may be repeated. Without it all but gate, the "
              "NMDA receptor's coincidence gate with the limits of the model.")  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    output: str | None,
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
    show: bool,
    columns: Columns,
) -> None:
    """Write a comparison of labels as one HTML page that needs no network.

    Without FILE it reports on the example labels; - is standard input. A file or a record
    that cannot be read is named on standard error, the others are reported on, and the exit
    status is 2. FILE may also be one formulation, or one stack, for a page of its own.

    \b
      chelate report labels/*.yaml -o report.html --open
      chelate report products.csv --format csv -o verdicts.csv
      chelate report labels/*.yaml --section glance --section comparison
      chelate report formulations/bisglycinate-capsule.yaml
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.files.write import refuse_to_overwrite

    output = output or f"report.{form}"
    _refuse(output, form, sections, show)
    refuse_to_overwrite(output, files)
    if kind := _made(files):
        text, what = _page_of(kind, files[0], form, title, sections), f"1 {kind}"
        failed = False
    else:
        text, what, failed = _of_labels(files, form, title, sections, columns)
    if text:
        _write(output, text, what)
        if show:
            _open(output)
    if failed:
        ctx.exit(2)


def _refuse(output: str, form: Format, sections: tuple[str, ...], show: bool) -> None:
    if show and (form != "html" or output == "-"):
        found = "standard output" if output == "-" else f"--format {form}"
        raise click.UsageError(f"found --open with {found}, expected a page in a file")
    if sections and form != "html":
        raise click.UsageError(f"found --section with --format {form}, expected html")


def _of_labels(
    files: tuple[str, ...],
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
    columns: Columns,
) -> tuple[str, str, bool]:
    """The report on the labels, "" where there is none; its count; whether anything failed."""
    from chelate.checker import check
    from chelate.cli.progress import counted

    errors = Errors()
    labels = labels_of(files or _examples(), columns, errors)
    results = list(counted(map(check, labels), "labels checked"))
    if not files:
        results = list(_one_of_each_first(results))
    text = _text(results, form, title, sections, errors.found) if results else ""
    what = f"{len(results)} label{'s' * (len(results) != 1)}"
    return text, what, bool(errors.found)


def _text(
    results: list[CheckResult],
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
    errors: list[InputError],
) -> str:
    from chelate.report import SECTIONS, TITLE, USUAL, html

    if form == "html":
        chosen = SECTIONS if "all" in sections else sections or USUAL
        return html(results, title=title, sections=chosen)
    from chelate.report.formats import text_of

    return text_of(form, results, title=title or TITLE, errors=errors)


def _write(output: str, text: str, what: str) -> None:
    """Write the report whole or not at all, and say where it lies."""
    from chelate.files.write import write_whole

    if output == "-":
        sys.stdout.buffer.write(text.encode())
        return
    write_whole(output, text.encode())
    click.echo(f"{output}: {what}")


def _open(output: str) -> None:
    import webbrowser

    if not webbrowser.open(Path(output).resolve().as_uri()):
        click.echo(f"{output}: no browser could be opened", err=True)


def _made(files: tuple[str, ...]) -> Literal["formulation", "stack", ""]:
    """The kind of the one file that is no label but what a page of its own is made of.

    Raises:
        InputError: such a file stands beside others.
    """
    from chelate.findings import InputError

    for name in files:
        kind = _kind(name)
        if kind and len(files) > 1:
            raise InputError(
                f"this is a {kind}, found with {len(files) - 1} more; expected labels alone, "
                "or one formulation, or one stack",
                file=name,
            )
        if kind:
            return kind
    return ""


def _kind(name: str) -> Literal["formulation", "stack", ""]:
    """What a file is, if it is a formulation or a stack; standard input holds labels."""
    from chelate import files
    from chelate.cli.authored import is_authored
    from chelate.cli.inputs import source_of
    from chelate.findings import InputError

    with suppress(InputError):
        if name != "-":
            with source_of(name) as source:
                if is_authored(source):
                    document = files.parse(files.text_of(source.head, file=name), file=name)
                    kind = files.kind_of(document)
                    return kind if kind in ("formulation", "stack") else ""
    return ""


def _page_of(
    kind: Literal["formulation", "stack"],
    name: str,
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
) -> str:
    """The page of a formulation or of a stack."""
    other = {"formulation": "yield", "stack": "stack"}[kind]
    if form != "html":
        raise click.UsageError(
            f"found a {kind} with --format {form}, expected html "
            f"(chelate {other} has --format json)"
        )
    if sections:
        raise click.UsageError(f"found a {kind} with --section, expected labels")
    return _formulation(name, title) if kind == "formulation" else _stack(name, title)


def _formulation(name: str, title: str | None) -> str:
    from chelate.cli.authored import read_authored
    from chelate.formulate.errors import placed
    from chelate.models.formulation import Formulation
    from chelate.report.made import formulation_html

    formulation, document = read_authored(name, Formulation)
    with placed(document):
        return formulation_html(formulation, file=Path(name).name, title=title)


def _stack(name: str, title: str | None) -> str:
    from chelate.cli.authored import read_authored
    from chelate.formulate.day import day_of
    from chelate.formulate.errors import placed
    from chelate.models.stack import Stack
    from chelate.report.day import stack_html

    stack, document = read_authored(name, Stack)
    with placed(document):
        return stack_html(day_of(stack, folder=Path(name).parent), title=title)


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
