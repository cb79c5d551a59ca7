"""`chelate read`: what is understood beside what is printed, and what is not, marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chelate.cli import main
from conftest import ROOT

TABLE = "Product;Mg (mg);Source;Mg compound mass (mg);Lid\nA;200;magnesium oxide;335;red\n"
LABEL = """\
product: Sample
serving: {size: 2 capsules}
facts:
  - name: Magnesium (as magnesium glycinate, glubbate)
    amount: 200 mg
    percent_dv: 48 %
  - name: Magnesium Oxide
    amount: 1 60 mg
  - name: Zyxophyll
    amount: 5 mg
unread: [Half a line 7]
"""


def run(*arguments: str | Path, given: str | None = None, command: str = "read") -> Result:
    return CliRunner().invoke(main, [command, *map(str, arguments)], input=given)


def flat(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_each_row_shows_its_line_what_is_printed_and_what_is_understood() -> None:
    text = flat(run(ROOT / "labels" / "impossible-18-percent.yaml"))
    assert "11 Magnesium (from 1,000 mg 180 mg 43 % magnesium, 179.5–180.5 mg elemental" in text
    assert "995–1,005 mg of the compound" in text


def test_what_is_not_understood_is_marked() -> None:
    result = run("-", given=LABEL)
    assert result.exit_code == 0
    text = flat(result)
    assert "? “glubbate” is not in the catalogue" in text
    assert "? “1 60 mg”" in text
    assert "another ingredient" in text
    assert "? line 11, not understood: Half a line 7" in text
    assert "serving 2 capsules → 2 capsules" in text


def test_a_market_that_nothing_tells_is_said_not_to_be_stated() -> None:
    row = "facts: [{name: Magnesium, amount: 100 mg"
    plain = flat(run("-", given=f"product: P\n{row}}}]\n"))
    named = flat(run("-", given=f"product: P\nmarket: CA\n{row}}}]\n"))
    valued = flat(run("-", given=f"product: P\n{row}, percent_dv: 24 %}}]\n"))
    assert "market not stated; judged as US" in plain
    assert ("market CA" in named, "market US" in valued) == (True, True)


def test_an_element_under_its_compound_says_how_they_were_told_apart() -> None:
    text = flat(run(ROOT / "labels" / "consistent-nrv.yaml"))
    assert "1,715–1,725 mg of the compound; 149.5–150.5 mg of the element" in " ".join(
        text.replace("compound;", "compound; ").split()
    )
    assert "(the element is printed under the compound)" in text


def test_the_columns_of_a_spreadsheet_are_shown_and_can_be_changed() -> None:
    text = flat(run("-", given=TABLE))
    assert "B Mg (mg) amount of Mg, in mg where a cell has no unit" in text
    assert "D Mg compound mass (mg) source mass of Mg" in text
    assert "E Lid ? not understood" in text
    changed = flat(run("-", "--column", "Lid=brand", "--column", "D=", given=TABLE))
    assert "E Lid brand" in changed
    assert "D Mg compound mass (mg) left out" in changed
    assert "brand red" in changed


def test_a_column_option_without_a_meaning_is_refused() -> None:
    result = run("-", "--column", "Lid", given=TABLE)
    assert result.exit_code == 2
    assert "expected HEADER=MEANING" in result.stderr


@pytest.mark.parametrize("command", ["check", "convert"])
def test_the_other_commands_take_the_same_option(command: str) -> None:
    header = "Product,Strange\nA,200\n"
    result = run("-", "--column", "Strange=magnesium mg", given=header, command=command)
    assert result.exit_code == 0, result.output
    assert "A" in result.stdout
    wrong = run("-", "--column", "Strangest=magnesium mg", given=header, command=command)
    assert wrong.exit_code == 2
    assert "there is no column 'Strangest'" in wrong.stderr


def test_the_json_has_rows_tables_and_errors() -> None:
    document = json.loads(run("-", "--format", "json", given=TABLE).stdout)
    (label,), (table,) = document["labels"], document["tables"]
    (row,) = label["rows"]
    assert (row["line"], row["name"], row["nutrient"], row["elemental"]) == (
        2, "Mg", "magnesium", True,
    )  # fmt: skip
    assert row["interval_mg"] == [199.5, 200.5]
    assert row["sources"][0]["mass_mg"] == 335
    assert table["columns"][3]["kind"] == "source_mass"
    assert document["errors"] == []


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    good = ROOT / "labels" / "consistent-nrv.yaml"
    result = run(tmp_path / "missing", good)
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr
    assert "Magnesium Taurat" in result.stdout


def test_every_example_is_shown() -> None:
    result = run(*(ROOT / "labels").iterdir())
    assert result.exit_code == 0, result.stderr
    assert all("? “" not in line for line in result.stdout.splitlines())


def test_nothing_in_a_label_drives_the_terminal() -> None:
    result = run("-", given='product: "A\\e[2J"\nfacts: [{name: "x\\e[31m"}]\n')
    assert "\x1b" not in result.stdout


def test_a_label_yields_by_the_mass_that_is_printed() -> None:
    row = '{name: "Magnesium (from 1,000 mg magnesium oxide)", amount: 603 mg}'
    given = f"product: A\nfacts: [{row}]\n"
    result = run("-", "--format", "json", given=given, command="yield")
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)["results"]
    # 1,000 mg x 24.305 / 40.304
    assert found["moieties"][0]["mg"] == pytest.approx(603.04, abs=0.01)
    assert found["claims"][0]["claimed_mg"] == 603


def test_a_label_that_prints_only_the_element_yields_by_the_dose_that_gives_it() -> None:
    result = run("-", given="Product,Magnesium mg,Source\nA,200,oxide\n", command="yield")
    assert result.exit_code == 0, result.output
    # 200 mg x 40.304 / 24.305
    assert "A: 331.7 mg" in result.stdout
    assert "no mass of it is printed" in flat(result)


def test_a_label_of_which_nothing_can_be_computed_says_why() -> None:
    label = "product: A\nfacts: [{name: Magnesium (as oxide and citrate), amount: 5 mg}]\n"
    result = run("-", given=label, command="yield")
    assert result.exit_code == 2
    assert "neither their masses nor what they bring of the magnesium is printed" in result.stderr


def test_a_formulation_still_yields_from_standard_input() -> None:
    text = next(iter(sorted((ROOT / "formulations").glob("*.yaml")))).read_text("utf-8")
    assert run("-", given=text, command="yield").exit_code == 0
