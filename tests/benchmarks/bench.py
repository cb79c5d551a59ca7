"""Time against peers in one run: `make bench`.

Each comparison takes turns with its peer, round by round, so that a busy machine slows
both; what is printed is medians and their ratio. Absolute times are this machine's, the
ratios travel. Nothing is asserted: the exit status is 0 whatever the times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from molmass import Formula

from chelate.formula import molar_mass

ROOT = Path(__file__).resolve().parents[2]
# An installed program has its bytecode; an environment that forbids it would time compiling.
WITH_BYTECODE = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
FORMULA_ROUNDS = 15
PROCESS_ROUNDS = 15
LIGANDS = ("C2H4NO2", "C6H5O7", "C4H7O5", "C6H13N2O2", "C18H35O2")
EMPTY_PROGRAM = """
import click

@click.group()
def main():
    pass

main()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    theirs: str
    ratio: str
    aim: str


def distinct_formulas() -> list[str]:
    """A thousand different formulas in a dialect that molmass reads, half of them hydrates."""
    salts = [f"Mg{metal}N({ligand})2" for metal in range(2, 102) for ligand in LIGANDS]
    return salts + [f"{salt}.{2 + index % 18}H2O" for index, salt in enumerate(salts)]


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = perf_counter()
    action()
    return perf_counter() - begin


def medians(actions: Sequence[Callable[[], object]], *, rounds: int) -> list[float]:
    """The median time of each action, in seconds, over rounds in which they take turns."""
    for action in actions:
        action()
    taken = [[seconds(action) for action in actions] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def run(*command: str) -> Callable[[], object]:
    """An action that runs a whole process, quietly, in the checkout; it must not break down."""

    def action() -> None:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, env=WITH_BYTECODE
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")

    return action


def formula_row() -> Row:
    """Formula to molar mass, distinct and uncached, against molmass."""
    formulas = distinct_formulas()
    ours, theirs = medians(
        [
            lambda: [molar_mass(text) for text in formulas],
            lambda: [Formula(text).mass for text in formulas],
        ],
        rounds=FORMULA_ROUNDS,
    )
    return Row(
        f"formula to molar mass, {len(formulas):,} distinct; molmass",
        f"{ours / len(formulas) * 1e6:.1f} µs",
        f"{theirs / len(formulas) * 1e6:.1f} µs",
        f"{theirs / ours:.2f}x as fast",
        ">= 3x",
    )


def start_up_row() -> Row:
    """`chelate --help` against a click program without commands."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "empty.py")
        program.write_text(EMPTY_PROGRAM, encoding="utf-8")
        ours, theirs = medians(
            [
                run(sys.executable, "-m", "chelate", "--help"),
                run(sys.executable, str(program), "--help"),
            ],
            rounds=PROCESS_ROUNDS,
        )
    return Row(
        "chelate --help; an empty click program",
        f"{ours * 1e3:.0f} ms",
        f"{theirs * 1e3:.0f} ms",
        f"{ours / theirs:.2f}x as long",
        "<= 2x",
    )


def check_row() -> Row:
    """The whole process of checking one example label."""
    labels = sorted((ROOT / "labels").glob("*.y*ml"))
    if not labels:
        return Row("chelate check: no example label yet", "-", "-", "-", "<= 250 ms")
    (ours,) = medians(
        [run(sys.executable, "-m", "chelate", "check", str(labels[0]))], rounds=PROCESS_ROUNDS
    )
    what = f"chelate check labels/{labels[0].name}"
    return Row(what, f"{ours * 1e3:.0f} ms", "-", "-", "<= 250 ms")


def main() -> None:
    """Print the table, a line as soon as it is known."""
    layout = "{:<58} {:>10} {:>10} {:>15}  {}"
    print(layout.format("what; its peer", "ours", "peer", "ratio", "aim"))
    for measure in (formula_row, start_up_row, check_row):
        try:
            row = measure()
        except RuntimeError as broken:
            print(f"{measure.__name__} not measured: {broken}".strip())
        else:
            print(layout.format(row.what, row.ours, row.theirs, row.ratio, row.aim), flush=True)


if __name__ == "__main__":
    main()
