"""`chelate verify`: the certificates of a result, recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chelate.cli.inputs import Columns, column_option

if TYPE_CHECKING:
    from chelate.models import Label
    from chelate.verify.results import Result, Verified


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="RESULT.json...")
@column_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], columns: Columns) -> None:
    """Recompute every certificate of a result, in exact arithmetic and without a solver.

    RESULT.json is what check or bounds wrote with --format json; - is standard input. Each
    figure and verdict that should follow from a certificate is held to it. Where the label's
    file is there, the words of its certificates must still be those of the file.

    Exit status: 0 all hold, 1 some do not, 2 a file cannot be used.

    \b
      chelate bounds label.yaml --format json > result.json
      chelate verify result.json
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli import print_error
    from chelate.cli.printing.used import quiet_lines
    from chelate.findings import InputError

    unusable, found = False, []
    for name in files:
        try:
            for each in _verified(name, columns):
                click.echo("\n".join(_lines(each)))
                found.append(each)
        except InputError as error:
            print_error(error)
            unusable = True
    for line in quiet_lines(used for each in found for used in _used(each)):
        click.echo(line)
    if found or not unusable:
        click.echo(_sum(found))
    ctx.exit(2 if unusable else int(any(each.failures for each in found)))


def _verified(name: str, columns: Columns) -> Iterator[Verified]:
    from chelate.verify.results import result_of, verified

    result = result_of(_text(name), file="<stdin>" if name == "-" else name)
    return verified(result, _labels(result, columns))


def _text(name: str) -> str:
    """All of a result's file: it may be far larger than a label's."""
    from chelate.cli.inputs import STANDARD_INPUT, source_of
    from chelate.findings import InputError

    with source_of(name) as source:
        try:
            return source.stream().read().decode("utf-8-sig")
        except UnicodeDecodeError:
            file = STANDARD_INPUT if name == "-" else name
            raise InputError("the text is not UTF-8; expected JSON", file=file) from None


def _labels(result: Result, columns: Columns) -> Mapping[int, Label | str]:
    """The label of each entry whose file is there, or why it cannot be found in it."""
    read: dict[str, list[Label] | str] = {}
    found: dict[int, Label | str] = {}
    for at, entry in enumerate(result.labels):
        if entry.file and _is_file(entry.file):
            if entry.file not in read:
                read[entry.file] = _read(entry.file, columns)
            found[at] = _label(read[entry.file], entry.record, entry.product)
    return found


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _read(name: str, columns: Columns) -> list[Label] | str:
    from chelate import readers
    from chelate.findings import InputError

    try:
        found = readers.iter_labels(name, columns=columns)
        return [each for each in found if not isinstance(each, InputError)]
    except InputError as error:
        return f"its file cannot be read: {error.message}"


def _label(found: list[Label] | str, record: str | None, product: str) -> Label | str:
    """The label of a record among those of its file; of several without one, by its product."""
    if isinstance(found, str):
        return found
    same = [each for each in found if (each.origin.record if each.origin else None) == record]
    if len(same) > 1:
        same = [each for each in same if each.product == product]
    return same[0] if same else f"its file has no record {record or product!r}"


def _lines(each: Verified) -> Iterator[str]:
    """What was verified of one label, and what does not hold."""
    from chelate.cli.printing.diagnostics import visible

    entry = each.entry
    where = ", ".join(filter(None, (entry.file or "<label>", entry.record)))
    state, colour = ("fails", "red") if each.failures else ("ok", "green")
    if not each.failures and not each.certificates:
        state, colour = "nothing to verify", ""
    said = click.style(state, fg=colour or None, bold=True)
    count = _counted(each.certificates, "certificate") if each.certificates else "no certificate"
    yield f"{said}: {visible(where)}: {visible(entry.product)}: {count}{_origin(each)}"
    for failure in each.failures:
        yield f"  {visible(failure.path)}: {visible(failure.reason)}"


def _used(each: Verified) -> Iterator[tuple[str, str]]:
    """The constants that the certificates of a label were recomputed with."""
    from chelate.cli.printing.used import of_certificates

    return of_certificates(c for claim in each.entry.claims for c in claim.certificates)


def _origin(each: Verified) -> str:
    if not each.certificates:
        return ""
    if each.words == "file":
        return ", words as in the file" if not each.failures else ""
    return "; the label's file is not here, its words were taken from the result"


def _sum(found: list[Verified]) -> str:
    certificates = sum(each.certificates for each in found)
    failing = sum(bool(each.failures) for each in found)
    labels = _counted(len(found), "label")
    if failing:
        return f"{labels}, {_counted(certificates, 'certificate')}: {failing} not as certified"
    if not certificates:
        return f"{labels}: there is no certificate, so nothing was verified"
    return f"{labels}, {_counted(certificates, 'certificate')}: all hold"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
