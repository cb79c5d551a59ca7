"""The quiet line of a text: constants and reference values that were used, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chelate import catalogue
from chelate.cli import main
from chelate.cli.printing.footer import QUIET_WIDTH
from chelate.formula import EDITION
from conftest import ROOT

WEIGHTS = "Atomic weights: IUPAC 2021, abridged."
VALUES = "Daily Values: 21 CFR 101.9 (2016)."
NRVS = "NRVs: Regulation (EU) No 1169/2011."
CAPSULES = (
    "Capsule volumes: aqua-calc, Capsuline and iCapsulePack. Fill density: assumed (unverified)."
)
LEVELS = "Upper levels: IOM 1997, SCF 2001, EFSA 2018, BfR, VKM, Health Canada."
FORMER = "Former Daily Values: 21 CFR 101.9 before 2016 (unverified)."
ROW = "- {name: Magnesium (as magnesium bisglycinate), amount: AMOUNT, percent_dv: PERCENT}"
WEIGHED = '- {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 140 mg}'


def label(*rows: str, more: str = "") -> str:
    return "\n".join(["product: Plain", more, "facts:", *(f"  {row}" for row in rows)])


def told(command: str, given: str, *options: str) -> str:
    """The last paragraph of a text without its summary, where it is of constants or values."""
    text = CliRunner().invoke(main, [command, "-", *options], input=given).stdout
    *_, last = text.removesuffix("\n").split("\n\n")
    lines = [line for line in last.splitlines() if not line.startswith("1 label")]
    if not lines or lines[0].startswith((" ", "<stdin>")):
        return ""
    assert max(map(len, lines)) <= QUIET_WIDTH
    return " ".join(line.strip() for line in lines)


def row(amount: str, percent: str) -> str:
    return ROW.replace("AMOUNT", amount).replace("PERCENT", percent)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (label(WEIGHED), WEIGHTS),
        (label(row("100 mg", "24 %")), VALUES),
        (label(WEIGHED.replace("}", ", percent_nrv: 37 %}")), f"{WEIGHTS} {NRVS}"),
        (label(row("200 mg", "50 %")), f"{VALUES} {FORMER}"),
        (label(row("400 mg", "95 %")), f"{VALUES} {LEVELS}"),
        (
            label(row("400 mg", "95 %"), more='capsule_size: "00"\nserving: {size: 2 capsules}'),
            f"{WEIGHTS} {CAPSULES} {VALUES} {LEVELS}",
        ),
        (label("- {name: Magnesium, amount: 100 mg}"), ""),
        ("product: Tea\nfacts: []\n", ""),
    ],
)
def test_check_names_what_it_used_above_its_summary_and_nothing_else(given: str, said: str) -> None:
    assert told("check", given) == said


def test_the_summary_of_check_stays_its_last_line() -> None:
    text = CliRunner().invoke(main, ["check", "-"], input=label(WEIGHED)).stdout
    assert text.splitlines()[-2:] == [
        WEIGHTS, "1 label: 1 consistent; 0 errors, 0 warnings, 0 notes",
    ]  # fmt: skip


def test_several_labels_are_told_once() -> None:
    paths = sorted(map(str, (ROOT / "labels").glob("impossible-*.yaml")))
    text = CliRunner().invoke(main, ["check", *paths]).stdout
    assert text.count(WEIGHTS) == text.count(VALUES) == 1


def test_quiet_mode_and_json_stay_as_they_were() -> None:
    given = label(row("400 mg", "95 %"))
    quiet = CliRunner().invoke(main, ["check", "-", "--quiet"], input=given).stdout
    assert quiet
    assert all(": note[" in line for line in quiet.splitlines())
    found = CliRunner().invoke(main, ["check", "-", "--format", "json"], input=given).stdout
    assert json.loads(found)["atomic_weights"] == EDITION


def test_it_is_dim_on_a_terminal() -> None:
    text = CliRunner().invoke(main, ["check", "-"], input=label(WEIGHED), color=True).stdout
    assert f"\x1b[2m{WEIGHTS}\x1b[0m" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (label(WEIGHED.replace("}", ", percent_dv: 33 %}")), WEIGHTS),
        (
            label(row("400 mg", "95 %"), more='capsule_size: "00"\nserving: {size: 2 capsules}'),
            f"{WEIGHTS} {CAPSULES}",
        ),
    ],
)
def test_bounds_ends_with_what_its_masses_were_computed_with(given: str, said: str) -> None:
    assert told("bounds", given) == said


def test_bounds_that_bound_nothing_name_nothing() -> None:
    assert told("bounds", label(row("100 mg", "24 %"))) == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (label("- {name: Magnesium (as magnesium citrate), amount: 5 mmol}"), WEIGHTS),
        (label("- {name: Magnesium bisglycinate, amount: 200 mg, percent_dv: 48 %}"), VALUES),
        (label(row("500 mg", "17 %")), f"{WEIGHTS} {VALUES}"),
        (label("- {name: Magnesium bisglycinate, amount: 500 mg, percent_dv: 17 %}"), ""),
        (label(WEIGHED), ""),
    ],
)
def test_read_names_what_it_leaned_on_where_it_did(given: str, said: str) -> None:
    assert told("read", given) == said


def test_verify_names_what_certificates_were_recomputed_with(tmp_path: Path) -> None:
    given = label(row("500 mg", "119 %"), more='capsule_size: "0"\nserving: {size: 2 capsules}')
    found = CliRunner().invoke(main, ["check", "-", "--format", "json"], input=given).stdout
    text = " ".join(CliRunner().invoke(main, ["verify", "-"], input=found).stdout.split())
    assert f" {WEIGHTS} {CAPSULES} 1 label, " in text


def test_verify_of_nothing_names_nothing() -> None:
    given = label(row("100 mg", "24 %"))
    found = CliRunner().invoke(main, ["check", "-", "--format", "json"], input=given).stdout
    assert "Atomic" not in CliRunner().invoke(main, ["verify", "-"], input=found).stdout


def test_whatever_the_line_may_name_has_a_short_name() -> None:
    keys = {key for value in catalogue.reference_values() for key in value.sources}
    keys |= {key for level in catalogue.upper_levels() for key in level.sources}
    keys |= {key for size in catalogue.capsules().values() for key in size.sources}
    keys |= {*catalogue.fill_density().sources, "iupac-2021"}
    assert [key for key in keys if not catalogue.references()[key].short] == []


def test_the_short_name_of_the_atomic_weights_is_of_their_edition() -> None:
    assert EDITION.startswith(f"{catalogue.references()['iupac-2021'].short} (")
