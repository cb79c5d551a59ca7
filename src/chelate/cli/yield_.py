"""`chelate yield`: what a dose or a formulation gives of each element and moiety."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from chelate.cli.authored import is_authored
from chelate.cli.inputs import Columns, Errors, column_option, labels_in, source_of
from chelate.findings import InputError

if TYPE_CHECKING:
    from chelate.cli.printing.yields import Shown
    from chelate.files import Document
    from chelate.readers import Source
    from chelate.stoichiometry import Yield

_FILE_ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".txt", ".csv", ".xlsx", ".zip")
_OTHER_COMMANDS = {
    "design": "chelate design finds its formulation",
    "stack": "chelate stack adds up its day",
}


class _Command(click.Command):
    """A command that takes "-5 mg" for a dose, to refuse it as one, and not for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, a hyphen before a digit read as the minus sign that it is."""
        return super().parse_args(ctx, [re.sub(r"^-(?=[\d.])", "\u2212", arg) for arg in args])


@click.command(cls=_Command, no_args_is_help=True)
@click.argument("what", nargs=-1, required=True, metavar="SUBSTANCE DOSE | FILE...")
@click.option("--target", metavar="AMOUNT", help='Go back to the dose: "3 g glycine".')
@click.option("--assay", metavar="ASSAY", help='Content or purity: "13 % magnesium", "NLT 98.0 %".')
@click.option(
    "--assay-basis",
    type=click.Choice(["as-is", "dried"]),
    help="What the assay is of; dried where a moisture is given, else as-is.",
)
@click.option("--moisture", metavar="PERCENT", help='Water lost on drying: "4 %", "max 5 %".')
@click.option("--potency", metavar="PERCENT", help='Share that is the substance: "10 %".')
@click.option("--units", type=click.IntRange(1, 1000), help="Capsules or tablets in the dose.")
@click.option("--per-day", type=click.IntRange(1, 100), help="Doses a day.")
@click.option("--show-working", is_flag=True, help="Show the arithmetic.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@column_option
@click.pass_context
def command(
    ctx: click.Context,
    what: tuple[str, ...],
    target: str | None,
    assay: str | None,
    assay_basis: Literal["as-is", "dried"] | None,
    moisture: str | None,
    potency: str | None,
    units: int | None,
    per_day: int | None,
    show_working: bool,
    form: str,
    columns: Columns,
) -> None:
    """Show what a dose, or a serving of a formulation or label, gives of each moiety.

    SUBSTANCE is a name from a label, a catalogue id or a grade. Where the name leaves
    hydration or grade open, a range stands beside the figure.

    \b
      chelate yield magnesium-bisglycinate "1500 mg" --show-working
      chelate yield "magnesium glycinate" "1.5 g" --units 2
      chelate yield magnesium-bisglycinate --target "3 g glycine"
      chelate yield formulations/bisglycinate-capsule.yaml
      chelate yield labels/consistent-bisglycinate.yaml

    A label of any readable format yields by the printed mass of its sources, or by the dose
    that gives the element where no mass is printed. - is standard input.
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli.printing.yields import print_results

    if any(_is_file(name) for name in what):
        of_a_dose = (target, assay, assay_basis, moisture, potency, units, per_day)
        if any(option is not None for option in of_a_dose):
            raise click.UsageError("a file has its own amounts, assays and servings")
        results, failed = _from_files(what, columns)
    else:
        stated = {"assay": assay, "assay_basis": assay_basis, "moisture": moisture}
        taken = _taken(what, target, **stated, potency=potency)
        results, failed = [_single(taken, units or 1, per_day or 1)], False
    if results or form == "json":
        print_results(results, form=form, show_working=show_working)
    if failed:
        ctx.exit(2)


def _is_file(name: str) -> bool:
    if name == "-" or name.lower().endswith(_FILE_ENDINGS):
        return True
    with suppress(OSError, ValueError):
        return name != "" and Path(name).exists()
    return False


def _taken(what: tuple[str, ...], target: str | None, **options: Any) -> Yield:
    """The yield of SUBSTANCE DOSE, or of SUBSTANCE by its target."""
    from chelate.stoichiometry import constituent_of, dose_for, yield_of
    from chelate.units import mass_mg, parse_target

    if len(what) != (1 if target else 2):
        expected = "a substance alone" if target else "a substance and a dose"
        raise click.UsageError(
            f"found {len(what)} argument{'s' * (len(what) != 1)}, expected {expected}"
            ' (quote a name of several words: "magnesium glycinate" "1500 mg"), or files'
        )
    if target:
        target_mg, words = parse_target(target)
        return dose_for(what[0], constituent_of(words), target_mg, **options)
    return yield_of(what[0], mass_mg(what[1]), **options)


def _single(taken: Yield, units: int, per_day: int) -> Shown:
    from chelate.cli.printing.yields import Shown
    from chelate.stoichiometry import single

    return Shown(None, single(taken, units=units, per_day=per_day))


def _from_files(names: tuple[str, ...], columns: Columns) -> tuple[list[Shown], bool]:
    """What each file yields, and whether any could not be used; those are reported."""
    errors = Errors()
    results: list[Shown] = []
    for name in names:
        try:
            with source_of(name) as source:
                results += _from_source(source, columns, errors)
        except InputError as error:
            errors.add(error)
    return results, bool(errors.found)


def _from_source(source: Source, columns: Columns, errors: Errors) -> Iterator[Shown]:
    """What a formulation yields, or every label of the source."""
    from chelate.cli.printing.yields import Shown
    from chelate.stoichiometry.labels import label_yield

    if is_authored(source):
        yield _from_formulation(source)
        return
    for label in labels_in(source, columns, errors):
        origin = label.origin
        try:
            where = ", ".join(filter(None, (source.file, origin.record if origin else None)))
            yield Shown(where, label_yield(label))
        except InputError as error:
            errors.add(InputError(error.message, file=where))


def _from_formulation(source: Source) -> Shown:
    from chelate import files
    from chelate.cli.printing.yields import Shown
    from chelate.formulate import delivered
    from chelate.formulate.claims import claims_judged
    from chelate.formulate.cost import cost_of
    from chelate.formulate.errors import placed
    from chelate.models.formulation import Formulation

    text = files.text_of(source.head, file=source.file)
    document = files.parse(text, file=source.file)
    _refuse_other_kinds(document)
    formulation = files.authored(document, Formulation)
    with placed(document):
        delivery = delivered(formulation)
        claims_judged(delivery)
        cost_of(delivery)
    return Shown(source.file, delivery.serving, delivery)


def _refuse_other_kinds(document: Document) -> None:
    from chelate import files

    kind = files.kind_of(document)
    if kind in _OTHER_COMMANDS:
        raise document.error(f"this is a {kind}; {_OTHER_COMMANDS[kind]}")
