from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chelate import resources
from chelate.cli import main

KEYS = (
    "file product unit units_per_serving servings_per_day mass_mg inputs moieties claims remarks"
).split()
FORMULATIONS = resources.locate("formulations")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["yield", *arguments])


def row(output: str, name: str) -> list[str]:
    """The cells of the table's line that begins with a name."""
    line = next(line for line in output.splitlines() if line.startswith(name))
    return [cell.strip() for cell in line.removeprefix(name).split("  ") if cell.strip()]


def test_a_dose_gives_figures_ranges_and_references() -> None:
    result = run("magnesium-bisglycinate", "1500 mg")
    assert result.exit_code == 0
    assert row(result.output, "magnesium ") == ["211.4 mg", "149.1–211.4 mg", "50 %"]
    assert row(result.output, "glycine, free acid") == ["1,306 mg", "921.1–1,306 mg"]
    assert row(result.output, "glycine, as ligand")[0] == "1,289 mg"
    assert "420 mg  50 %" in result.output
    assert "375 mg  56 %" in result.output
    assert "IUPAC 2021" in result.output.splitlines()[-1]
    assert "Working" not in result.output


def test_units_and_doses_a_day_have_columns() -> None:
    result = run("magnesium glycinate", "1.5 g", "--units", "2", "--per-day", "2")
    assert row(result.output, "magnesium ")[-2:] == ["105.7 mg", "422.9 mg"]
    assert "422.9 mg magnesium a day exceeds" in result.output


def test_the_working_is_shown_on_request() -> None:
    result = run("magnesium-bisglycinate", "1500 mg", "--show-working")
    assert "1,500 mg × 24.305 / 172.423 = 211.4 mg magnesium" in result.output


def test_a_target_goes_back_to_the_dose_and_says_what_it_exceeds() -> None:
    result = run("magnesium-bisglycinate", "--target", "3 g glycine")
    assert result.exit_code == 0
    assert "Magnesium bisglycinate, anhydrous: 3,445 mg" in result.output
    assert row(result.output, "magnesium ")[0] == "485.7 mg"
    said = " ".join(result.output.split())
    assert "exceeds the upper levels of 350 mg (IOM" in said
    assert "250 mg (SCF/EFSA" in said


def test_assay_and_moisture_are_honoured() -> None:
    options = ("--assay", "13 % magnesium", "--moisture", "4 %", "--show-working")
    result = run("magnesium-bisglycinate", "1538 mg", *options)
    assert "13.000 % of the dried material × (1 − 0.04) = 12.480 % as weighed" in result.output
    assert row(result.output, "magnesium ")[0] == "191.9 mg"
    as_is = run("magnesium-bisglycinate", "1538 mg", *options, "--assay-basis", "as-is")
    assert row(as_is.output, "magnesium ")[0] == "199.9 mg"


def test_json_has_figures_the_edition_and_the_working() -> None:
    result = run("magnesium-bisglycinate", "1500 mg", "--format", "json")
    document = json.loads(result.stdout)
    assert document["version"] == 1
    assert "IUPAC 2021" in document["atomic_weights"]
    [found] = document["results"]
    assert list(document) == ["version", "atomic_weights", "results"]
    assert [*found] == [*KEYS]
    magnesium, glycine = found["moieties"]
    assert magnesium["mg"] == pytest.approx(211.442, abs=0.001)
    assert magnesium["range_mg"] == pytest.approx([149.121, 211.442], abs=0.001)
    assert glycine["ligand_mg"] == pytest.approx(1288.558, abs=0.001)
    assert {level["kind"] for level in magnesium["beside"]} == {"DV", "NRV", "UL"}
    assert found["inputs"][0]["working"]


def test_every_example_is_shown() -> None:
    names = [str(path) for path in sorted(FORMULATIONS.glob("*.yaml"))]
    result = run(*names, "--show-working")
    assert result.exit_code == 0, result.output
    assert "magnesium oxide is" in result.output.lower()
    assert result.output.count("Atomic weights:") == 1
    assert row(run(names[0]).output, "magnesium ")[-1] == "100.1 mg"


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("product: X\ninputs:\n  - substance: glycine\n    amount: -5 mg\n")
    good = str(FORMULATIONS / "glycine-powder.yaml")
    result = run(str(bad), str(tmp_path / "none.yaml"), good)
    assert result.exit_code == 2
    assert f'{bad}:4:13: inputs[0].amount: found "-5 mg", a negative mass' in result.stderr
    assert "none.yaml" in result.stderr
    assert len(result.stderr.splitlines()) == 2
    assert "Level Ground Glycine Powder" in result.stdout


def test_with_only_bad_files_json_is_still_a_document(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.yaml"), "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["results"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("magnesium-bisglycinate",), "expected a substance and a dose"),
        (("magnesium", "glycinate", "1500 mg"), "quote a name of several words"),
        (("magnesium-bisglycinate", "5 mL"), '"5 mL" (a volume), expected a mass'),
        (("magnesium-bisglycinate", "-5 mg"), "a negative mass"),
        (("magnesium-bisglycinate", "0 mg"), "above zero"),
        (("magnesium-bisglycinate", "9 kg"), "more than 1 kg"),
        (("magnesium-bisglycinate", "lots"), "expected a mass"),
        (("x" * 9999, "5 mg"), "expected a substance"),
        (("magnesium glicinate", "5 mg"), "did you mean magnesium glycinate"),
        (("magnesium-oxide", "--target", "3 g glycine"), "yields no glycine"),
        (("magnesium-oxide", "--target", "glycine"), 'error: found "glycine", expected a number'),
        (("magnesium-oxide", ""), 'found "", expected a mass'),
        (("", "5 mg"), 'found "", expected a substance'),
        (("magnesium-oxide", "5 mg", "--target", "3 g magnesium"), "a substance alone"),
        (("magnesium-oxide", "5 mg", "--assay", "99 % magnesium"), "60.304 % magnesium"),
        (("x.yaml", "--units", "2"), "has its own amounts, assays and servings"),
        (("magnesium-oxide", "5 mg", "--units", "0"), "--units"),
    ],
)
def test_what_cannot_be_done_is_one_clear_message(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not result.stdout
    assert "Traceback" not in result.stderr


def test_yield_does_not_import_what_it_does_not_need() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from chelate.cli import main\n"
        "main(['yield', 'magnesium-oxide', '5 mg'], standalone_mode=False)\n"
        "print('imported', sorted({'pint', 'pydantic', 'jinja2', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "imported []", done.stderr


def test_a_capsule_size_that_is_none_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text(
        'product: Odd\ncapsule_size: "99"\ninputs: [{substance: magnesium-oxide, amount: 300 mg}]\n'
    )
    result = run(str(path))
    assert result.exit_code == 2
    assert 'recipe.yaml:2:16: capsule_size: found "99", expected one of 000' in result.stderr
