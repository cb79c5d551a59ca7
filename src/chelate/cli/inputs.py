"""What every command does that reads labels: files, standard input, and what fails in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chelate.findings import InputError
    from chelate.models import Label
    from chelate.readers import Source

STANDARD_INPUT = "<stdin>"

Columns = Mapping[str, str]


@dataclass(slots=True)
class Errors:
    """The errors of a run: each is printed when it comes, the rest of the run goes on."""

    found: list[InputError] = field(default_factory=list)

    def add(self, error: InputError) -> None:
        """Print an error, and keep it."""
        from chelate.cli import print_error

        print_error(error)
        self.found.append(error)


def column_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says what columns of a spreadsheet are."""
    return click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="HEADER=MEANING",
        callback=_columns,
        help='What a column of a spreadsheet is, by header or letter: "Mg=magnesium mg", '
        '"F=compound mass (mg)"; nothing after = leaves it out.',
    )(command)


def _columns(
    _context: click.Context, _option: click.Parameter, values: Iterable[str]
) -> dict[str, str]:
    found = {}
    for value in values:
        header, sign, meaning = value.rpartition("=")
        if not sign or not header.strip():
            raise click.BadParameter(f'found "{value}", expected HEADER=MEANING')
        found[header.strip()] = meaning.strip()
    return found


@contextmanager
def source_of(name: str) -> Iterator[Source]:
    """The file of that name, or standard input for "-"."""
    from chelate import readers

    if name == "-":
        source = readers.Source(STANDARD_INPUT, sys.stdin.buffer)
        try:
            yield source
        finally:
            source.release()
    else:
        with closing(readers.opened(name)) as source:
            yield source


def labels_of(names: Iterable[str], columns: Columns, errors: Errors) -> Iterator[Label]:
    """Every label of the files that can be read; what cannot is an error of the run."""
    from chelate.findings import InputError

    for name in names:
        try:
            with source_of(name) as source:
                yield from labels_in(source, columns, errors)
        except InputError as error:
            errors.add(error)


def labels_in(source: Source, columns: Columns, errors: Errors) -> Iterator[Label]:
    """The labels of one source; a record that cannot be read is an error of the run."""
    from chelate import readers
    from chelate.findings import InputError

    for read in readers.labels_in(source, columns=columns):
        if isinstance(read, InputError):
            errors.add(read)
        else:
            yield read
