"""The output of `chelate yield`: aligned tables for people, JSON for programs.

What a formulation has beside a serving is printed from modules of their own, imported only
where there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from chelate.cli.printing.footer import caution_lines, footer, footer_json
from chelate.cli.printing.yields.serving import serving_lines
from chelate.cli.printing.yields.shown import Shown
from chelate.formula import EDITION

__all__ = ["Shown", "print_results"]


def print_results(results: Sequence[Shown], *, form: str, show_working: bool) -> None:
    """Print every result, then once what concerns them all: cautions, constants, values."""
    if form == "json":
        click.echo(json.dumps(_document(results), indent=2, ensure_ascii=False))
        return
    for shown in results:
        click.echo("\n".join(_lines(shown, show_working)))
        click.echo()
    cautions = list(caution_lines(_ids(results)))
    click.echo("\n".join([*cautions, *([""] if cautions else [])]), nl=bool(cautions))
    click.echo("\n".join(footer(_ids(results), references=_references(results))))


def _lines(shown: Shown, show_working: bool) -> Iterator[str]:
    if shown.delivery is None:
        yield from serving_lines(shown.serving, show_working=show_working)
    else:
        from chelate.cli.printing.yields.formulation import formulation_lines

        yield from formulation_lines(shown.delivery, show_working=show_working)


def _document(results: Sequence[Shown]) -> dict[str, Any]:
    ids = _ids(results)
    known = {"version": 1, "atomic_weights": EDITION, "results": [*map(_result, results)]}
    return known | footer_json(ids, references=_references(results), cautions=ids)


def _result(shown: Shown) -> dict[str, Any]:
    if shown.delivery is not None:
        from chelate.formulate.machine.formulation import delivery_json

        return delivery_json(shown.delivery, file=shown.file)
    from chelate.stoichiometry.machine import serving_json

    return serving_json(shown.serving, file=shown.file)


def _ids(results: Sequence[Shown]) -> tuple[str, ...]:
    """What is delivered by any of the results."""
    return tuple(dict.fromkeys(h.id for shown in results for h in shown.serving.moieties))


def _references(results: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    for shown in results:
        yield from (("Composition", key) for key in _compositions(shown))
        if shown.delivery is not None:
            from chelate.formulate.words.weighing import references

            yield from references(shown.delivery)


def _compositions(shown: Shown) -> Iterator[str]:
    """What the figures of materials without a formula are from."""
    for taken in shown.serving.inputs:
        if not taken.parts:
            yield from taken.sources
