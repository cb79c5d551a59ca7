"""`chelate bounds`: the sentence, the table of readings, the proof, recipes, what would mend it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from chelate.cli import main
from chelate.cli.printing.diagnostics import WIDTH
from conftest import ROOT
from recipes import draw

BUFFERED = ROOT / "labels" / "blend-buffered-in-words.yaml"
IMPOSSIBLE = """\
product: Bellwether Glycinate
facts:
  - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)
    amount: 180 mg
"""
CAPSULES = """\
product: Tight Fit
capsule_size: "0"
serving: {size: 2 capsules}
facts:
  - {name: Magnesium (as magnesium bisglycinate), amount: 400 mg}
"""
OPEN = "product: A\nfacts: [{name: Zinc (as zinc picolinate), amount: 15 mg}]\n"


def run(*arguments: str | Path, given: str | None = None, colour: bool = False) -> Result:
    names = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, ["bounds", *names], input=given, color=colour)


def document(given: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-", "--format", "json", given=given).stdout)
    return found


def row(output: str, name: str) -> list[str]:
    """The cells of the first line of a row."""
    line = next(each for each in output.splitlines() if each.strip().startswith(name))
    return re.split(r" {3,}", line.strip())[1:]


def test_what_holds_in_any_case_comes_first_and_the_sentence_before_it() -> None:
    result = run(BUFFERED)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"{BUFFERED}: Harrow Lane Buffered Magnesium"
    assert lines[1] == "  magnesium, 200 mg, from “magnesium bisglycinate chelate buffered”"
    assert lines[2].startswith(
        "    As printed, at least 42 mg (21.0 %) of the 200 mg must come from"
    )
    heading = next(line for line in lines if "in any case" in line)
    assert heading.index("in any case") < heading.index("as documented")


def test_lower_ends_are_rounded_down_and_upper_ends_up() -> None:
    output = run(BUFFERED).stdout
    # 199.5 − 1,117 × 24.305 / 172.423 = 42.046; the rest of it, 157.4540, is at most 157.5.
    assert row(output, "from “magnesium")[0] == "0–157.5 mg"
    assert row(output, "from elsewhere")[0] == "42–200.5 mg"
    # 1,117 × 2 × 75.067 / 172.423 = 972.61
    assert row(output, "glycine, as the free")[0] == "0–972.7 mg"
    assert "(21.0–100 %)" in output


def test_a_reading_that_says_nothing_new_is_left_out() -> None:
    output = run(BUFFERED).stdout
    assert "if “1,112 mg” is of" in output
    assert "of the compound alone" not in output


def test_the_proof_and_a_recipe_at_each_end_follow() -> None:
    blocks = run(BUFFERED).stdout.split("\n\n")
    proof, recipes = blocks[-3], " ".join(blocks[-2].split())
    assert proof.splitlines()[0] == "    Proof"
    assert "199.5 mg − 157.5 mg = 42 mg (21.0 %) must come from elsewhere." in proof
    assert recipes.startswith(
        "Recipes that fit at the least, 42 mg from elsewhere: 1,117 mg magnesium bisglycinate, "
        "anhydrous (157.5 mg) and 42.0 mg of magnesium from elsewhere at the most, 200.5 mg"
    )


def test_a_conflict_says_by_how_much_and_the_least_change_that_mends_each() -> None:
    output = " ".join(run("-", given=IMPOSSIBLE).stdout.split())
    assert "The figures miss by 37.8 mg of magnesium. One of these changes would mend it:" in output
    # 1,005 × 24.305 / 172.423 = 141.66 and 179.5 × 172.423 / 24.305 = 1,273.4
    assert "- “180 mg” of magnesium would have to stand for 141.6 mg or less" in output
    assert "- “1,000 mg” would have to stand for 1,274 mg or more" in output


def test_capsules_are_mended_by_their_number() -> None:
    output = " ".join(run("-", given=CAPSULES).stdout.split())
    # 399.5 × 172.423 / 24.305 = 2,834.1
    assert "it would take 2,835 mg at the highest density considered: " in output
    assert re.search(r"\d size 0 capsules, not 2", output)


def test_what_is_undecided_says_why_and_that_all_is_open() -> None:
    output = run("-", given=OPEN).stdout
    assert "Nothing is decided: no mass of the compound, the blend or the serving" in output
    assert "From 0 to 100 % of the zinc may come from elsewhere" in output
    assert "Recipes" not in output
    assert "in any case" not in output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("product: Tea\nfacts: []\n", "The panel declares no mineral"),
        ("product: A\nfacts: [{name: Zinc, amount: 5 mg}]\n", "No source of zinc is named."),
        (OPEN.replace("15 mg", "1 50 mg"), "Nothing is decided: "),
    ],
)
def test_where_there_is_nothing_to_bound_that_is_said(given: str, said: str) -> None:
    result = run("-", given=given)
    assert result.exit_code == 0
    assert said in result.stdout


def test_every_label_of_every_file_is_explained() -> None:
    result = run(ROOT / "labels" / "table-three-products.csv", BUFFERED)
    heads = [line for line in result.stdout.splitlines() if line and not line.startswith(" ")]
    assert len(heads) == 5
    assert heads[-1] == "Atomic weights: IUPAC 2021, abridged."
    assert heads[0].split(": ")[0].endswith("table-three-products.csv, row 2")


def test_a_column_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("product,X,source\nTern,200,magnesium oxide\n", "utf-8")
    output = run(path, "--column", "X=magnesium (mg)").stdout
    assert "magnesium, 200 mg, from “magnesium oxide”" in output


def test_an_unreadable_file_gives_2_and_the_others_are_explained() -> None:
    for form in ("text", "json"):
        result = run("missing.yaml", BUFFERED, "--format", form)
        assert result.exit_code == 2
        assert result.stderr == "error: missing.yaml: there is no such file\n"
        assert "Harrow Lane" in result.stdout


def test_a_hostile_label_cannot_drive_the_terminal() -> None:
    row = {"name": "Magnesium (as magnesium\x1b[2J oxide\x07)", "amount": "5 mg"}
    given = json.dumps({"product": "a\x1b[2J\x9b\u202e\nb", "facts": [row]})
    output = run("-", given=given).output
    assert not [c for c in output if c != "\n" and not c.isprintable()]


def test_colour_is_for_terminals_and_not_where_no_color_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1m" in run(BUFFERED, colour=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(BUFFERED, colour=True).stdout


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_whatever_the_label_no_line_is_wider_than_a_terminal(seed: int) -> None:
    label = draw(seed).label.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    result = run("-", given=json.dumps({"product": "Sample", **label}))
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= WIDTH


def test_the_document_has_every_reading_with_witnesses_and_certificates() -> None:
    found = document(IMPOSSIBLE)
    assert found["version"] == 1
    (label,) = found["labels"]
    assert list(label) == ["file", "record", "product", "claims"]
    (claim,) = label["claims"]
    assert (claim["nutrient"], claim["path"], claim["outcome"]) == (
        "magnesium", "facts[0]", "exceeds",
    )  # fmt: skip
    names = [reading["name"] for reading in claim["readings"]]
    assert names[0] == "any"
    assert {"alone", "blend", "rest", "documented"} <= set(names)
    rest = next(reading for reading in claim["readings"] if reading["name"] == "rest")
    assert rest["rest"] == "magnesium-oxide"
    least = claim["readings"][0]["ranges"]["elsewhere"]["least"]
    assert least["value"] == pytest.approx(179.5 - 1005 * 24.305 / 172.423)
    own, other = least["witness"]
    assert own["substance"] == "magnesium-bisglycinate"
    assert own["source"] == "magnesium bisglycinate chelate"
    assert (other["substance"], other["source"]) == (None, None)
    assert claim["conflict"]["gap_mg"] == 37.8
    assert claim["proof"][-1].endswith("must come from elsewhere.")
    assert claim["certificates"][0]["says"] == {"target": "contradiction"}


def test_bounds_of_a_label_import_neither_jinja2_nor_highs() -> None:
    program = (
        "import sys; from chelate.cli import main\n"
        "try: main(sys.argv[1:], prog_name='x')\n"
        "except SystemExit: pass\n"
        "print('modules:', *sorted(sys.modules))"
    )
    for command in ("bounds", "check"):
        result = subprocess.run(
            [sys.executable, "-c", program, command, str(BUFFERED)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        modules = set(result.stdout.rpartition("modules:")[2].split())
        assert "chelate.bounds.separate" in modules
        assert not modules & {"highspy", "numpy", "jinja2", "pint", "chelate.verify"}
