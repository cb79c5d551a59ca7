"""`chelate gate`: the NMDA receptor's coincidence gate, for stated concentrations and voltage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chelate.cli.once import Once

if TYPE_CHECKING:
    from chelate.gate import Gate, Sweep

_SUBUNITS = ("2A", "2B", "2C", "2D")
_BLOCKS = ("jahr-stevens-1990", "mel-1992", "linaro-2022", "k-7.51")
_SWEEPS = ("voltage", "glycine", "d-serine", "glutamate", "magnesium")


@click.command(cls=Once, no_args_is_help=True)
@click.option("--glycine", required=True, metavar="CONCENTRATION", help="At the receptor: 1uM.")
@click.option("--glutamate", required=True, metavar="CONCENTRATION", help="At the receptor: 1mM.")
@click.option("--magnesium", required=True, metavar="CONCENTRATION",
              help="Free, outside the cell: 1mM.")  # fmt: skip
@click.option("--voltage", required=True, metavar="VOLTAGE", help="Of the membrane: -70mV.")
@click.option("--d-serine", default="0uM", show_default=True, metavar="CONCENTRATION",
              help="Competes with glycine for one site.")  # fmt: skip
@click.option("--subunit", type=click.Choice(_SUBUNITS), default="2A",
              show_default=True, help="The GluN2 subunit beside GluN1.")  # fmt: skip
@click.option("--block", type=click.Choice(_BLOCKS), default=_BLOCKS[0], show_default=True,
              help="The coefficients of the magnesium block.")  # fmt: skip
@click.option("--hill", type=click.Choice(["1", "1.5"]), default="1", show_default=True,
              help="The Hill coefficient of both sites.")  # fmt: skip
@click.option("--sweep", type=click.Choice(_SWEEPS), help="Vary one condition.")
@click.option("-o", "--output", metavar="FILE.svg",
              help="Draw the sweep here; - for standard output. A drawing that is there is "
              "replaced.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(
    glycine: str,
    glutamate: str,
    magnesium: str,
    voltage: str,
    d_serine: str,
    subunit: str,
    block: str,
    hill: str,
    sweep: str | None,
    output: str | None,
    form: str,
) -> None:
    """Show how far the gate of an NMDA receptor stands open: a teaching model.

    Three keys open it together: glutamate, a co-agonist (glycine or D-serine) and a
    depolarised membrane, which lets go of the magnesium that blocks the pore. The result is
    relative and has no unit. The model takes concentrations at the receptor; a dose is not
    one, and a mass is refused.

    \b
      chelate gate --glycine 1uM --glutamate 1mM --magnesium 1mM --voltage -70mV
      chelate gate --glycine 1uM --glutamate 1mM --magnesium 1mM --voltage -70mV \\
        --sweep voltage -o gate.svg
    """  # noqa: D301 (click takes the backspace itself)
    from chelate.gate import coincidence, read_concentration, read_voltage
    from chelate.gate import sweep as varied

    _refuse_output(output, sweep)
    gate = coincidence(
        glycine=read_concentration(glycine, "glycine"),
        d_serine=read_concentration(d_serine, "D-serine"),
        glutamate=read_concentration(glutamate, "glutamate"),
        magnesium=read_concentration(magnesium, "magnesium"),
        voltage=read_voltage(voltage),
        subunit=subunit,
        block=block,
        hill=float(hill),
    )
    _show(gate, varied(gate, sweep) if sweep else None, output, form)


def _refuse_output(output: str | None, sweep: str | None) -> None:
    if output is None:
        return
    if sweep is None:
        raise click.UsageError("found --output without --sweep, expected what the chart varies")
    if output != "-" and not output.lower().endswith(".svg"):
        raise click.UsageError(f'found the output "{output}", expected a name that ends in .svg')


def _show(gate: Gate, sweep: Sweep | None, output: str | None, form: str) -> None:
    from chelate.cli.printing.gate import gate_json, gate_text

    if sweep is not None and output is not None:
        _draw(sweep, output)
    if output != "-":
        said = gate_json(gate, sweep) if form == "json" else gate_text(gate, sweep)
        click.echo(said.encode(), nl=False)


def _draw(sweep: Sweep, output: str) -> None:
    from chelate.files.write import write_whole
    from chelate.report.gate.figure import sweep_svg

    drawn = sweep_svg(sweep).encode()
    if output == "-":
        click.echo(drawn, nl=False)
    else:
        write_whole(output, drawn)
        click.echo(f"{output}: the gate along {sweep.axis.name}", err=True)
