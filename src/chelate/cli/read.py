"""`chelate read`: what was understood of a label, beside what is printed."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from chelate.cli.inputs import Columns, Errors, column_option, labels_in, source_of

if TYPE_CHECKING:
    from chelate.cli.printing.understood import View
    from chelate.readers.headers import Column
    from chelate.readers.spreadsheet import Table

    Block = tuple[str, View | Table]

_WIDTH = 110
_NAME, _AMOUNT = 32, 14

Json = dict[str, Any]


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@column_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], columns: Columns, form: str) -> None:
    """Show what is understood of each label, row by row, beside what is printed.

    What is not understood is marked with "?". For a spreadsheet the columns are shown with
    what they are taken for; --column changes it. - is standard input.
    """
    from chelate.cli.printing.used import quiet_lines
    from chelate.findings import InputError

    errors = Errors()
    blocks: list[Block] = []
    used: dict[tuple[str, str], None] = {}
    for name in files:
        try:
            for block in _blocks(name, columns, errors):
                if form == "json":
                    blocks.append(block)
                else:
                    click.echo("\n".join(_lines(block)) + "\n")
                    used |= dict.fromkeys(_used(block))
        except InputError as error:
            errors.add(error)
    if form == "json":
        click.echo(json.dumps(_document(blocks, errors), indent=2))
    elif used:
        click.echo("\n".join(quiet_lines(used)))
    ctx.exit(2 if errors.found else 0)


def _blocks(name: str, columns: Columns, errors: Errors) -> Iterator[Block]:
    """The columns of each table in a file, then each of its labels."""
    from chelate import readers
    from chelate.cli.printing.understood import view_of

    with source_of(name) as source:
        for table in readers.tables(source, columns=columns):
            yield source.file, table
        for label in labels_in(source, columns, errors):
            yield source.file, view_of(label)


def _lines(block: Block) -> Iterator[str]:
    from chelate.cli.printing.understood import View

    file, shown = block
    return _label_lines(shown) if isinstance(shown, View) else _table_lines(file, shown)


def _used(block: Block) -> Iterator[tuple[str, str]]:
    """The constants and values that a label was read with."""
    from chelate.cli.printing.understood import View
    from chelate.cli.printing.used import of_reading

    _, shown = block
    return of_reading(shown.label, shown.composition) if isinstance(shown, View) else iter(())


def _table_lines(file: str, table: Table) -> Iterator[str]:
    """The columns of a table, and what they are taken for."""
    from chelate.cli.printing.diagnostics import visible

    yield f"{visible(', '.join(filter(None, (file, table.name))))}: columns"
    for column in table.columns:
        if column.header:
            yield f"  {column.letter:>3}  {visible(column.header):<{_NAME}}  {meaning(column)}"


def meaning(column: Column) -> str:
    """What a column is taken for, in words."""
    if column.kind == "unknown":
        return "? not understood: its figures are kept as unread, its words as statements"
    if column.kind == "ignored":
        return "left out"
    said = (
        column.kind.replace("_", " ").replace("percent dv", "% DV").replace("percent nrv", "% NRV")
    )
    said = said.replace("also", "amount for something else than the serving, kept beside")
    unit = f", in {column.unit} where a cell has no unit" if column.unit else ""
    return f"{said}{f' of {column.name}' if column.name else ''}{unit}"


def _label_lines(view: View) -> Iterator[str]:
    from chelate.cli.printing.diagnostics import visible

    label, origin = view.label, view.label.origin
    where = ", ".join(filter(None, (origin.file, origin.record))) if origin else "<label>"
    yield f"{visible(where)}: {visible(label.product)}"
    for key, printed, understood in _fields(view):
        yield f"  {key:<10} {visible(printed)}" + (f"  →  {understood}" if understood else "")
    yield f"  {'line':>6}  {'printed':<{_NAME}}  {'amount':<{_AMOUNT}}  {'%':<6}  understood as"
    for row in view.rows:
        notes = [*row.understood, *(f"? {text}" for text in row.unclear)] or ["–"]
        yield from _row(view.line(row.path), [
            "  " * min(row.depth, 4) + visible(row.name), visible(row.amount), visible(row.percent),
        ], [visible(note) for note in notes])  # fmt: skip
    for text in view.beside:
        yield f"  {'beside':<10} {visible(text)}"
    for problem in view.unclear:
        yield f"  ? {problem.path}: “{visible(problem.text)}”: expected {visible(problem.expected)}"
    for index, text in enumerate(label.unread):
        line = view.line(f"unread[{index}]")
        yield f"  ? {f'line {line}, ' if line else ''}not understood: {visible(text)}"


def _fields(view: View) -> Iterator[tuple[str, str, str]]:
    """Printed and understood for what stands outside the rows."""
    from chelate.figures import mass_range, money, number
    from chelate.report.heads import market_of

    label, serving = view.label, view.composition.serving
    market = market_of(label) or f"not stated; judged as {label.market}"
    for key, printed in (("brand", label.brand), ("market", market), ("form", label.form)):
        if printed:
            yield key, printed, ""
    if label.price:
        price = view.composition.price
        read_as = f"{money(price.amount, price.currency)} a container" if price else "?"
        yield "price", label.price, read_as
    parts = [label.serving.size, label.serving.weight, label.serving.per_container and
             f"{label.serving.per_container} per container", label.serving.per_day and
             f"{label.serving.per_day} a day"]  # fmt: skip
    counted = f"{number(serving.units or 0)} {serving.unit}".strip()
    read = [counted + "s" * (serving.units != 1 and serving.unit.isalpha())] * bool(serving.units)
    read += [mass_range(serving.mass.interval_mg)] if serving.mass else []
    read += [f"{number(serving.servings_per_day)} times a day"] * (serving.servings_per_day != 1)
    if printed := "; ".join(filter(None, parts)):
        yield "serving", printed, ", ".join(read) or "?"


def _row(line: int | None, cells: list[str], notes: list[str]) -> Iterator[str]:
    """One row of the table, every cell wrapped to its column."""
    room = max(30, _WIDTH - _NAME - _AMOUNT - 22)
    columns = [
        _wrapped(text, width) for text, width in zip(cells, (_NAME, _AMOUNT, 6), strict=True)
    ]
    columns.append([part for note in notes for part in _wrapped(note, room)])
    for at in range(max(map(len, columns))):
        name, amount, percent, note = (c[at] if at < len(c) else "" for c in columns)
        number = str(line or "") if at == 0 else ""
        yield f"  {number:>6}  {name:<{_NAME}}  {amount:<{_AMOUNT}}  {percent:<6}  {note}".rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(
        text.lstrip(), width, initial_indent=indent, subsequent_indent=f"{indent}  "
    ) or [""]  # fmt: skip


def _document(blocks: Sequence[Block], errors: Errors) -> Json:
    """The same as data: labels with their rows, tables with their columns, errors."""
    from chelate.cli.printing.understood import View

    return {
        "version": 1,
        "labels": [_label_json(shown) for _, shown in blocks if isinstance(shown, View)],
        "tables": [_table_json(f, shown) for f, shown in blocks if not isinstance(shown, View)],
        "errors": [str(error) for error in errors.found],
    }


def _label_json(view: View) -> Json:
    label, origin = view.label, view.label.origin
    return {
        "file": origin.file if origin else None,
        "record": origin.record if origin else None,
        "product": label.product,
        "serving": label.serving.model_dump(exclude_defaults=True),
        "price": _price_json(view),
        "rows": [
            {
                "path": row.path,
                "line": view.line(row.path),
                "name": row.name,
                "amount": row.amount,
                "percent": row.percent,
                **row.data,
                "understood": list(row.understood),
                "not_understood": list(row.unclear),
            }
            for row in view.rows
        ],
        "other_ingredients": list(label.other_ingredients),
        "beside": list(view.beside),
        "not_understood": [
            _unclear(view, problem.path, problem.text, problem.expected) for problem in view.unclear
        ]
        + [_unclear(view, f"unread[{i}]", text, None) for i, text in enumerate(label.unread)],
    }


def _price_json(view: View) -> Json | None:
    price = view.composition.price
    return {"amount": price.amount, "currency": price.currency} if price else None


def _unclear(view: View, path: str, text: str, expected: str | None) -> Json:
    return {"path": path, "line": view.line(path), "text": text, "expected": expected}


def _table_json(file: str, table: Table) -> Json:
    return {
        "file": file,
        "sheet": table.name or None,
        "columns": [
            {
                "column": column.letter,
                "header": column.header,
                "kind": column.kind,
                "name": column.name or None,
                "unit": column.unit or None,
            }
            for column in table.columns
        ],
    }
