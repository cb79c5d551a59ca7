"""`chelate design`: a specification in, the formulation that meets it out, or why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chelate.cli.outputs import force_option

if TYPE_CHECKING:
    from chelate.formulate.design import Found, Impossible


@click.command(no_args_is_help=True)
@click.argument("spec", metavar="SPEC")
@click.option(
    "-o", "--output", metavar="FILE", help="The formulation file; standard output without it."
)
@force_option
@click.option("--show-working", is_flag=True, help="Show the arithmetic.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(
    ctx: click.Context, spec: str, output: str | None, force: bool, show_working: bool, form: str
) -> None:
    """Find the formulation that meets a specification.

    SPEC is a file of targets, candidates and limits (chelate schema design); - is standard
    input. The formulation is written as a file that yield and panel read: without -o it goes
    to standard output and what is said of it to standard error. It says what binds, and what
    relaxing each wish by one unit would buy. Where the wishes cannot be had together it says
    which, the least change of each that would do, and the nearest that can be had: as few
    wishes given up as can be, then the least changed. The nearest keeps upper levels, and
    the sources and shares by source that a target names. Where a candidate states a loss,
    the targets hold at the end of the shelf life. A target is met by the figure of each
    candidate; a claim that does not hold over its whole range is said to.

    \b
      chelate design night.yaml -o night-capsule.yaml
      chelate design night.yaml | chelate yield -
      chelate design night.yaml --format json

    Exit status: 0 a formulation was found, 1 the wishes cannot be had together and nothing
    is written, 2 the specification cannot be used.
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli.authored import read_authored
    from chelate.formulate.design import Found, design
    from chelate.formulate.errors import placed
    from chelate.models.design import DesignSpec

    if output is not None and output != "-":
        from chelate.files.write import require_free

        require_free(output, [spec], force=force, authored=True)
    read, document = read_authored(spec, DesignSpec)
    with placed(document):
        result = design(read)
    yaml = _yaml(result, document.file) if isinstance(result, Found) else ""
    to_file = output is not None and output != "-"
    if to_file and yaml and output:
        _write(output, yaml)
    elif yaml and form == "text":
        click.echo(yaml, nl=False)
    _say(result, yaml, form, show_working=show_working, beside=bool(yaml) and not to_file)
    ctx.exit(0 if yaml else 1)


def _write(output: str, yaml: str) -> None:
    from chelate.files.write import write_whole

    write_whole(output, yaml.encode())
    click.echo(f"{output}: written", err=True)


def _yaml(found: Found, file: str) -> str:
    from chelate.cli.printing.design import head_of
    from chelate.files.yaml_write import formulation_yaml

    return formulation_yaml(found.made.formulation, head=head_of(found, Path(file).name))


def _say(
    result: Found | Impossible, yaml: str, form: str, *, show_working: bool, beside: bool
) -> None:
    """What is said of the result: on standard error where the formulation goes to output."""
    if form == "json":
        from chelate.cli.printing.design_json import design_json

        click.echo(design_json(result, yaml), nl=False)
        return
    from chelate.cli.printing.design import design_lines

    lines = design_lines(result, show_working=show_working)
    click.echo("\n".join(lines), err=beside)
