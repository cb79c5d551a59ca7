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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from molmass import Formula
from scipy.optimize import linprog

from chelate.bounds.closed import Reader, is_closed
from chelate.bounds.ends import ELSEWHERE, objective
from chelate.bounds.parts import (
    View,
)
from chelate.bounds.problem import (
    build,
)
from chelate.bounds.solving import feasible, tied
from chelate.bounds.statements import vector
from chelate.checker import check
from chelate.composition import Composition, compose
from chelate.findings import InputError
from chelate.formula import molar_mass
from chelate.models import Label
from chelate.readers import read_labels
from chelate.report import html

ROOT = Path(__file__).resolve().parents[2]
# An installed program has its bytecode; an environment that forbids it would time compiling.
WITH_BYTECODE = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
FORMULA_ROUNDS = 15
PROCESS_ROUNDS = 15
BOUND_ROUNDS = 15
BOUNDS_PER_ROUND = 100
REPORT_ROUNDS = 5
HUNDRED = 100
SIMPLE = {
    "name": "Magnesium (from 1,112 mg magnesium bisglycinate chelate)", "amount": "200 mg",
}  # fmt: skip
COUPLED = {
    "name": "Chelate Blend", "amount": "369 mg", "contains": [
        {"name": "Magnesium (as magnesium bisglycinate)", "amount": "20 mg"},
        {"name": "Zinc (as zinc bisglycinate)", "amount": "15 mg"},
        {"name": "Iron (as ferrous bisglycinate)", "amount": "18 mg"},
        {"name": "Glycine", "amount": "150 mg"},
    ],
}  # fmt: skip
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


def composed(row: Mapping[str, object]) -> Composition:
    """A label of one row."""
    return compose(Label(product="Larkspur Minerals", facts=[dict(row)]))


def peer(composition: Composition) -> Callable[[], object]:
    """The least from elsewhere by a plain linprog call; its arrays are made beforehand."""
    built = build(composition, (0, *tied(composition, 0)), View())
    column = {part.id: at for at, part in enumerate(built.problem.parts)}
    statements = built.problem.statements
    costs, rows = np.zeros(len(column)), np.zeros((len(statements), len(column)))
    for name, cost in vector(objective(built, 0, ELSEWHERE, "least")).items():
        costs[column[name]] = cost
    for at, statement in enumerate(statements):
        for name, held in statement.row().items():
            rows[at, column[name]] = -statement.sign * held
    ends = np.array([-each.sign * each.bound for each in statements])
    return lambda: linprog(costs, rows, ends)


def bounds_row(row: Mapping[str, object], what: str) -> Row:
    """The least from elsewhere, from the statements to the number, against linprog."""
    composition = composed(row)
    linear = peer(composition)

    def bound() -> object:
        return feasible(composition, 0, View()).end(ELSEWHERE, "least")

    ours, theirs = medians(
        [
            lambda: [bound() for _ in range(BOUNDS_PER_ROUND)],
            lambda: [linear() for _ in range(BOUNDS_PER_ROUND)],
        ],
        rounds=BOUND_ROUNDS,
    )
    each = 1e6 / BOUNDS_PER_ROUND
    ratio = f"{theirs / ours:.2f}x as fast"
    return Row(what, f"{ours * each:.0f} µs", f"{theirs * each:.0f} µs", ratio, "-")


def closed_row() -> Row:
    """The bounds of a simple label, in closed form."""
    return bounds_row(SIMPLE, "bounds of a simple label, closed form; linprog")


def coupled_row() -> Row:
    """The bounds of three chelates in one blend with glycine, by HiGHS."""
    return bounds_row(COUPLED, "bounds of a coupled label, by HiGHS; linprog")


def share_row() -> Row:
    """How many claims of many labels have a closed form."""
    folder = Path(os.environ.get("CHELATE_CORPUS") or ROOT / "labels")
    told = [
        is_closed(k, tied(composition, k), Reader(composition, View(k)))
        for composition in compositions(folder)
        for k, claim in enumerate(composition.claims)
        if claim.sources
    ]
    closed = sum(told)
    what = f"claims of {folder.name} in closed form; by HiGHS"
    share = f"{closed / len(told):.1%} closed" if told else "-"
    return Row(what, str(closed), str(len(told) - closed), share, "-")


def compositions(folder: Path) -> list[Composition]:
    """Every label of a folder that can be read."""
    found: list[Composition] = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            found += [compose(label) for label in read_labels(file)]
        except InputError:
            continue
    return found


def report_row() -> Row:
    """A page on a hundred example labels, from their results to its text, and its size."""
    results = [check(label) for label in example_labels()]
    hundred = [results[number % len(results)] for number in range(HUNDRED)]
    (ours,) = medians([lambda: html(hundred)], rounds=REPORT_ROUNDS)
    size = f"{len(html(hundred).encode()) / 1e6:.2f} MB"
    return Row(f"report on {HUNDRED} labels; its size", f"{ours:.2f} s", size, "-", "<= 1 s, 1 MB")


def example_labels() -> list[Label]:
    """The example labels of every format."""
    files = sorted(path for path in (ROOT / "labels").iterdir() if path.is_file())
    return [label for file in files for label in read_labels(file)]


def main() -> None:
    """Print the table, a line as soon as it is known."""
    layout = "{:<58} {:>10} {:>10} {:>15}  {}"
    print(layout.format("what; its peer", "ours", "peer", "ratio", "aim"))
    for measure in MEASURES:
        try:
            row = measure()
        except RuntimeError as broken:
            print(f"{measure.__name__} not measured: {broken}".strip())
        else:
            print(layout.format(row.what, row.ours, row.theirs, row.ratio, row.aim), flush=True)


MEASURES = (formula_row, closed_row, coupled_row, share_row, start_up_row, check_row, report_row)

if __name__ == "__main__":
    main()
