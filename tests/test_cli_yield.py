from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chelate import resources
from chelate.cli import main

KEYS = (
    "file product unit units_per_serving servings_per_day mass_mg inputs moieties claims remarks "
    "formulation"
).split()
FORMULATIONS = resources.locate("formulations")
RECIPE = """\
product: Trial
form: capsule
capsule_size: "0"
unit: capsule
units_per_serving: 2
servings_per_day: 2
servings_per_batch: 5000
shelf_life: 2 years
inputs:
  - substance: magnesium bisglycinate
    amount: 1,000 mg
    assay: 14.00 % magnesium
    overage: 5 %
    overage_convention: divide by 1 - x
    loss: 10 %
    price: 20 USD/kg
claims:
  magnesium: 140 mg
"""


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
    assert "Atomic weights: IUPAC 2021" in result.output
    assert "21 CFR 101.9(c)" in result.output
    assert result.output.count("impaired kidney function") == 1
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
    assert [*document] == [
        "version", "atomic_weights", "results", "constants", "references", "cautions",
    ]  # fmt: skip
    assert "IUPAC 2021" in document["constants"]["atomic_weights"]
    assert {caution["of"] for caution in document["cautions"]} == {"magnesium"}
    assert "cfr-101-9" in {reference["id"] for reference in document["references"]}
    assert [*found] == [*KEYS]
    assert found["formulation"] is None
    magnesium, glycine = found["moieties"]
    assert magnesium["mg"] == pytest.approx(211.442, abs=0.001)
    assert magnesium["range_mg"] == pytest.approx([149.121, 211.442], abs=0.001)
    assert glycine["ligand_mg"] == pytest.approx(1288.558, abs=0.001)
    assert {level["kind"] for level in magnesium["beside"]} == {"DV", "NRV", "UL"}
    assert found["inputs"][0]["working"]


def test_every_example_is_shown() -> None:
    paths = sorted(FORMULATIONS.glob("*.yaml"))
    names = [str(path) for path in paths if not path.stem.startswith(("design-", "stack-"))]
    result = run(*names, "--show-working")
    assert result.exit_code == 0, result.output
    assert "magnesium oxide is" in result.output.lower()
    assert result.output.count("Atomic weights:") == 1
    assert result.output.count("impaired kidney function") == 1
    capsule = run(str(FORMULATIONS / "bisglycinate-capsule.yaml"))
    assert row(capsule.output, "magnesium    ")[-1] == "100.1 mg"


def recipe(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The path of the trial recipe, with its text changed."""
    text = RECIPE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "recipe.yaml"
    path.write_text(text)
    return str(path)


def test_a_formulation_is_told_section_by_section(tmp_path: Path) -> None:
    result = run(recipe(tmp_path))
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    weighed = row(result.output, "magnesium bisglycinate")
    assert weighed == ["1,000 mg", "5 %", "1,053 mg", "526.3 mg", "5.2632 kg"]
    assert "1,000 mg / (1 − 0.05) = 1,053 mg weighed (overage 5 %, divide by 1 − x)" in said
    assert row(result.output, "magnesium   ")[0] == "147.4 mg"
    assert "At the end of the shelf life (2 years)" in said
    assert "10 % of magnesium bisglycinate" in said
    assert "Magnesium at manufacture meets the claim over the whole range" in said
    assert "Magnesium at the end of the shelf life is short by 7.4 mg: 132.6 mg" in said
    assert "US law: at least 100 % of the claim" in said
    assert "It fits only if filled at 0.774 g/mL or more" in said
    assert "the usual 0.6–1 g/mL is assumed" in said
    assert row(result.output, "  per serving")[0] == "0.0211 USD"
    assert row(result.output, "  per 100 mg magnesium")[0] == "0.0143 USD"
    assert "Tolerance, US law: 21 CFR 101.9(g)" in said
    assert "(unverified)" in said


def test_the_working_of_a_formulation_is_shown_on_request(tmp_path: Path) -> None:
    result = run(recipe(tmp_path), "--show-working")
    for line in (
        "1,053 mg / 2 = 526.3 mg per capsule",
        "1,052.6 mg × 5,000 = 5.2632 kg magnesium bisglycinate per batch",
        "147.4 mg × 2 = 294.7 mg magnesium a day",
        "147.4 mg × (1 − 0.1) = 132.6 mg magnesium",
        "147.4 mg / 140 mg = 105.3 % of the claim, magnesium at manufacture",
        "0.5263 g / 0.68 mL = 0.774 g/mL",
        "0.68 mL × 1 g/mL = 680 mg in a capsule",
        "1,052.6 mg magnesium bisglycinate × 20 USD/kg = 0.0211 USD",
        "0.0211 USD × 100 mg / 147.4 mg = 0.0143 USD per 100 mg magnesium",
    ):
        assert line in result.output, line


def test_json_has_all_of_a_formulation(tmp_path: Path) -> None:
    document = json.loads(run(recipe(tmp_path), "--format", "json").stdout)
    [found] = document["results"]
    formulation = found["formulation"]
    [weighed] = formulation["weighed"]
    assert weighed["overage"] == {"fraction": 0.05, "convention": "divide by 1 - x"}
    assert weighed["weighed_mg"] == pytest.approx(1052.63, abs=0.01)
    assert formulation["batch_mg"] == pytest.approx(5_263_158, rel=1e-6)
    assert formulation["at_end"][0]["mg"] == pytest.approx(132.63, abs=0.01)
    assert [claim["outcome"] for claim in formulation["claims"]] == [
        "meets over the whole range",
        "short",
    ]
    assert formulation["claims"][0]["rule"]["id"] == "us-class-i"
    assert formulation["claims"][0]["allowed_mg"] == [140.0, None]
    assert formulation["capsule"]["outcome"] == "fits if dense"
    assert formulation["cost"]["per_serving"] == pytest.approx(0.021053)
    assert found["claims"][0]["yield_mg"] == pytest.approx(147.368, abs=0.001)
    assert any("1,000 mg / (1 − 0.05)" in line for line in formulation["working"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("1,000 mg", "2,000 mg"), "It does not fit: it takes 1.55 g/mL, more than 1.2."),
        (("1,000 mg", "2,000 mg"), "Size 000 would hold it, or 4 capsules of size 0"),
        (("1,000 mg", "1,400 mg"), "denser than usual"),
        (("1,000 mg", "1,400 mg"), "Size 0E would hold it, or 3 capsules of size 0 in a serving"),
        (("magnesium: 140 mg", "magnesium: 147.5 mg"), "meets the claim only as rounded"),
        (("magnesium: 140 mg", "zinc: 5 mg"), "is short: no input brings any"),
        (("form: capsule", "form: capsule\nmarket: CA"), "no rule of CA for it is known here"),
        (("form: capsule", "form: capsule\nmarket: EU"), "guidance, which is not law: 80–145 %"),
        (('capsule_size: "0"\n', ""), "No capsule size is stated"),
        (("unit: capsule", "unit: capsule\ncapsule_material: gelatin"), "empty capsule, gelatin"),
        (
            ("claims:", "excipients:\n  - {name: silica, amount: 5 mg}\nclaims:"),
            "No price is stated of silica: the cost is that of the rest.",
        ),
    ],
)
def test_what_matters_about_a_formulation_is_said(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    assert said in " ".join(run(recipe(tmp_path, change)).output.split())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("20 USD/kg", "$20/kg"), ':16:12: inputs[0].price: found "$20/kg", expected a price'),
        (("140 mg", "140"), ':18:14: claims.magnesium: found "140", expected'),
        (("  magnesium: 140", "  magnesum: 140"), ":18:13: claims.magnesum: found"),
        (("    loss: 10 %", "    loss: 0.1"), ':15:11: inputs[0].loss: found "0.1"'),
        (("overage: 5 %", "overage: 100 %"), ":13:14: inputs[0].overage: found"),
        (("    loss", "    density: 7\n    loss"), ":15:14: inputs[0].density: found"),
        (("divide by 1 - x", "somehow"), ":14:25: inputs[0].overage_convention: expected"),
        (
            ("    amount: 1,000 mg", "    amount: 1,000 mg\n    per_batch: 5 kg"),
            "inputs[0]: expected one of amount (per serving) and per_batch",
        ),
        (
            ("    loss", "    define: {formula: MgO, holds: {magnesium: 5 %}}\n    loss"),
            "inputs[0].define: expected either a formula or what the material holds",
        ),
        (
            ("claims:", "  - {substance: glycine, amount: 1 g, price: 9 EUR/kg}\nclaims:"),
            "inputs[1].price: found a price in EUR, expected USD",
        ),
    ],
)
def test_a_bad_entry_of_a_formulation_is_told_with_its_place(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    result = run(recipe(tmp_path, change))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


def test_a_mass_per_batch_needs_the_servings_of_the_batch(tmp_path: Path) -> None:
    changes = ("servings_per_batch: 5000\n", ""), ("    amount: 1,000 mg", "    per_batch: 5 kg")
    result = run(recipe(tmp_path, *changes))
    assert ':10:16: inputs[0].per_batch: found "5 kg" and no servings_per_batch' in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stack: Day\nsittings: []\n", "this is a stack; chelate stack adds up its day"),
        ("product: X\ntargets: []\n", "this is a design; chelate design finds its formulation"),
    ],
)
def test_a_file_of_another_kind_names_its_command(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text)
    assert said in run(str(path)).stderr


def test_check_says_what_to_do_with_a_formulation(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", recipe(tmp_path)])
    assert result.exit_code == 2
    assert "this is a formulation (chelate yield tells what it delivers" in result.stderr


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("product: X\ninputs:\n  - substance: glycine\n    amount: -5 mg\n")
    good = str(FORMULATIONS / "glycine-powder.yaml")
    result = run(str(bad), str(tmp_path / "none.yaml"), good)
    assert result.exit_code == 2
    assert f'{bad}:4:13: inputs[0].amount: found "-5 mg", a negative mass' in result.stderr
    assert "none.yaml" in result.stderr
    assert result.stderr.count("error: ") == 2
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


@pytest.mark.parametrize("form", ["text", "json"])
def test_yield_does_not_import_what_it_does_not_need(form: str) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from chelate.cli import main\n"
        f"main(['yield', 'magnesium-oxide', '5 mg', '--format', '{form}'], standalone_mode=False)\n"
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


def test_a_potency_is_the_share_that_is_the_substance() -> None:
    found = run("magnesium-oxide", "1 g", "--potency", "50 %")
    assert row(found.output, "magnesium")[0] == "301.5 mg"
    refused = run("magnesium-oxide", "1 g", "--potency", "150 %")
    assert (refused.exit_code, "a potency above 0 and at most 100 %" in refused.stderr) == (2, True)


def test_a_loss_of_nothing_that_is_counted_has_no_second_table(tmp_path: Path) -> None:
    peroxide = "substance: peroxide\n    define: {formula: H2O2}"
    found = run(recipe(tmp_path, ("substance: magnesium bisglycinate", peroxide),
                       ("    assay: 14.00 % magnesium\n", ""))).output  # fmt: skip
    assert "Nothing that is counted is delivered." in found
    assert "At the end of the shelf life" not in found
    assert "10 % of peroxide; nothing of that is counted" in " ".join(found.split())


def test_a_capsule_size_of_what_is_no_capsule_is_not_passed_over(tmp_path: Path) -> None:
    found = run(recipe(tmp_path, ("form: capsule", "form: tablet"))).output
    assert "* The form is tablet: the fill is not held against capsule size 0." in found
