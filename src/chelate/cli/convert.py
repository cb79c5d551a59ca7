"""`chelate convert`: labels of any format as files in the project's own, to be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_of
from chelate.cli.outputs import force_option
from chelate.findings import InputError

if TYPE_CHECKING:
    from chelate.models import Label

_NO_NAME = re.compile(r"[\W_]+")
_LONGEST = 60


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    metavar="LABEL.yaml|FOLDER/",
    help="The file to write, or the folder for one file per label; standard output without it.",
)
@column_option
@force_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], output: str | None, columns: Columns, force: bool
) -> None:
    """Write labels of any readable format in the project's own YAML.

    What was not understood stands there as a comment, so that it can be corrected by hand.
    Several labels go to a folder, each to a file named after its product and record.

    \b
      chelate convert panel.txt -o label.yaml
      chelate convert products.xlsx -o labels/
    """  # noqa: D301 (click takes the backspace itself)
    errors = Errors()
    labels = labels_of(files, columns, errors)
    if output and (output.endswith("/") or Path(output).is_dir()):
        written = _to_folder(labels, Path(output), files, force)
        click.echo(f"{output}: {written} label{'s' * (written != 1)}", err=True)
    elif only := _only(labels, errors):
        _to_file(only, output, files, force)
    ctx.exit(2 if errors.found else 0)


def _only(labels: Iterable[Label], errors: Errors) -> Label | None:
    """The one label there is; None where none could be read."""
    found = list(labels)
    if len(found) > 1:
        raise InputError(
            f"found {len(found)} labels; expected one, or a folder for them: -o labels/"
        )
    if not found and not errors.found:
        raise InputError("found no label; expected one")
    return found[0] if found else None


def _to_file(label: Label, output: str | None, files: Iterable[str], force: bool) -> None:
    content = _content(label)
    if output is None or output == "-":
        click.echo(content, nl=False)
        return
    _write(output, content, files, force)
    click.echo(f"{output}: {_named(label)}", err=True)


def _to_folder(labels: Iterable[Label], folder: Path, files: tuple[str, ...], force: bool) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"the folder cannot be made: {reason}", file=str(folder)) from None
    taken: set[str] = set()
    for label in labels:
        name = next(name for name in _names(label) if name not in taken)
        taken.add(name)
        _write(str(folder / f"{name}.yaml"), _content(label), files, force)
    return len(taken)


def _write(name: str, content: str, files: Iterable[str], force: bool) -> None:
    from chelate.files.write import require_free, write_whole

    require_free(name, files, force=force, authored=True)
    write_whole(name, content.encode())


def _content(label: Label) -> str:
    from chelate.cli.printing.understood import remarks_of
    from chelate.files.yaml_write import label_yaml

    origin = label.origin
    read_from = ", ".join(filter(None, (Path(origin.file).name, origin.record))) if origin else ""
    return label_yaml(label, remarks=remarks_of(label), head=[f"Read from {read_from}"])


def _names(label: Label) -> Iterator[str]:
    """File names for a label: its product and record, then with a number."""
    record = label.origin.record if label.origin else None
    name = "-".join(filter(None, (slug(label.product), slug(record or "")))) or "label"
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def slug(text: str) -> str:
    """A text as a part of a file's name.

    >>> slug("../Höhe & Tal: Magnesium® 200")
    'höhe-tal-magnesium-200'
    """
    return _NO_NAME.sub("-", text.casefold())[:_LONGEST].strip("-")


def _named(label: Label) -> str:
    from chelate.cli.printing.diagnostics import visible

    return visible(label.product)
