"""`chelate absorption`: what studies found of how much magnesium is absorbed, by form and dose."""

from __future__ import annotations

import click


@click.command()
@click.argument("form", metavar="[FORM]", required=False)
@click.option("--dose", metavar="MASS", help="Magnesium in one sitting: 200mg. Shows the curve.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def command(form: str | None, dose: str | None, output: str) -> None:
    """Show the range that studies allow for each form of magnesium, and its grade.

    FORM is a form as a label words it; its studies are then shown: what was given, how it was
    measured, in whom, and the result. How the fraction absorbed falls with the dose is shown
    as a curve beside the forms, and is not multiplied with them.

    \b
      chelate absorption
      chelate absorption "magnesium bisglycinate"
      chelate absorption oxide --dose 200mg
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.cli.printing.absorption import Shown, absorption_json, absorption_text
    from chelate.units import mass_mg

    shown = Shown.of(form, mass_mg(dose) if dose is not None else None)
    said = absorption_json(shown) if output == "json" else absorption_text(shown)
    click.echo(said.encode(), nl=False)
