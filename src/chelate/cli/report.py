"""`chelate report`: labels in, one self-contained HTML page out, or Markdown, JSON, CSV."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of
from chelate.cli.outputs import force_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chelate.checker import CheckResult
    from chelate.findings import InputError
    from chelate.report.inputs import InputFile

Format = Literal["html", "md", "json", "csv"]
Kind = Literal["formulation", "stack"]


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str))
@click.option("-o", "--output", metavar="FILE",
              help="Where to write it; - for standard output.  [default: report.html, or the "
              "ending of the format]")  # fmt: skip
@force_option
@click.option("--format", "form", type=click.Choice(["html", "md", "json", "csv"]),
              default="html", show_default=True,
              help="html: the page. md: a summary. json: the document of check, yield or stack, "
              "with ranges. csv: a row for each claim or total.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="The title of the page.")
@click.option("--section", "sections", multiple=True, metavar="NAME",
              help="A section that the page or Markdown has; may be repeated. Of labels glance, "
              "comparison, products, appendix, and gate, the NMDA receptor's coincidence gate "
              "with the limits of the model; without it all but gate. all is all. A formulation "
              "and a stack have sections of their own.")  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    output: str | None,
    force: bool,
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
    from chelate.files.write import require_free

    output = output or f"report.{form}"
    _refuse(output, form, title, sections, show)
    require_free(output, files, force=force)
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


def _refuse(
    output: str, form: Format, title: str | None, sections: tuple[str, ...], show: bool
) -> None:
    if title is not None and not title.strip():
        raise click.UsageError("found an empty --title, expected a text")
    if show and (form != "html" or output == "-"):
        found = "standard output" if output == "-" else f"--format {form}"
        raise click.UsageError(f"found --open with {found}, expected a page in a file")
    if sections and form not in ("html", "md"):
        raise click.UsageError(f"found --section with --format {form}, expected html or md")


def _of_labels(
    files: tuple[str, ...],
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
    columns: Columns,
) -> tuple[str, str, bool]:
    """The report on the labels, "" where there is none; its count; whether anything failed."""
    from chelate.checker import check
    from chelate.cli.progress import counted, underway
    from chelate.report import SECTIONS
    from chelate.report.opening import chosen

    chosen([each for each in sections if each != "all"], known=SECTIONS, of="labels")
    errors = Errors()
    labels = list(counted(labels_of(files or _examples(), columns, errors), "labels read"))
    results = list(counted(map(check, labels), "labels checked", of=len(labels)))
    if not files:
        results = list(_one_of_each_first(results))
    with underway("the report is written"):
        inputs = _read_from(files or _examples(), results)
        text = _text(results, form, title, sections, errors.found, inputs) if results else ""
    what = f"{len(results)} label{'s' * (len(results) != 1)}"
    return text, what, bool(errors.found)


def _text(
    results: list[CheckResult],
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
    errors: list[InputError],
    inputs: tuple[InputFile, ...],
) -> str:
    from chelate.report import SECTIONS, TITLE, USUAL, html

    if form == "html":
        chosen = SECTIONS if "all" in sections else sections or USUAL
        return html(results, title=title, sections=chosen, inputs=inputs)
    from chelate.report.formats import text_of

    parts = () if "all" in sections else sections
    return text_of(
        form, results, title=title or TITLE, errors=errors, inputs=inputs, sections=parts
    )


def _read_from(names: Iterable[str], results: Iterable[CheckResult]) -> tuple[InputFile, ...]:
    """The files that a label of the results is from, with their digests."""
    from chelate.cli.inputs import STANDARD_INPUT
    from chelate.report.inputs import inputs_of

    used = {result.label.origin.file for result in results if result.label.origin}
    return inputs_of(n for n in names if (STANDARD_INPUT if n == "-" else n) in used)


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


def _made(files: tuple[str, ...]) -> Kind | Literal[""]:
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


def _kind(name: str) -> Kind | Literal[""]:
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
    kind: Kind,
    name: str,
    form: Format,
    title: str | None,
    sections: tuple[str, ...],
) -> str:
    """The report on a formulation or on a stack."""
    parts = () if "all" in sections else sections
    of = _formulation if kind == "formulation" else _stack
    return of(name, form, title, parts)


def _formulation(name: str, form: Format, title: str | None, sections: tuple[str, ...]) -> str:
    from chelate.cli.authored import read_authored
    from chelate.formulate.errors import placed
    from chelate.models.formulation import Formulation
    from chelate.report.formats.of_formulation import formulation_text
    from chelate.report.inputs import inputs_of
    from chelate.report.made import formulation_html

    formulation, document = read_authored(name, Formulation)
    file, inputs = Path(name).name, inputs_of([name])
    with placed(document):
        if form == "html":
            return formulation_html(
                formulation, file=file, title=title, sections=sections, inputs=inputs
            )
        return formulation_text(
            form, formulation, file=file, title=title, sections=sections, inputs=inputs
        )


def _stack(name: str, form: Format, title: str | None, sections: tuple[str, ...]) -> str:
    from chelate.cli.authored import read_authored
    from chelate.formulate.day import day_of
    from chelate.formulate.errors import placed
    from chelate.models.stack import Stack
    from chelate.report.day import stack_html
    from chelate.report.formats.of_day import day_text
    from chelate.report.inputs import inputs_of

    stack, document = read_authored(name, Stack)
    with placed(document):
        day = day_of(stack, folder=Path(name).parent)
    inputs = inputs_of([name, *(t.product.file for t in day.taken if t.product.file)])
    if form == "html":
        return stack_html(day, title=title, sections=sections, inputs=inputs)
    return day_text(form, day, title=title, sections=sections, inputs=inputs)


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
