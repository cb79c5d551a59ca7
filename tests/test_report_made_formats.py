"""The report on a formulation and on a stack as Markdown, JSON and CSV, and by its sections."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chelate import files
from chelate.cli import main
from chelate.findings import InputError
from chelate.formulate import delivered
from chelate.formulate.day import day_of
from chelate.models.formulation import Formulation
from chelate.models.stack import Stack
from chelate.report import day as of_day
from chelate.report import made as of_made
from chelate.report.formats.of_day import day_text
from chelate.report.formats.of_formulation import formulation_text
from conftest import ROOT

FOLDER = ROOT / "formulations"
FORMULATION = FOLDER / "bisglycinate-capsule.yaml"
STACK = FOLDER / "stack-protocol.yaml"
HEADINGS = {
    FORMULATION: {
        "weighed": "Weighed and delivered", "day": "A day of it, beside", "capsule": "Capsule",
        "claims": "Against the claims", "cost": "Cost", "panel": "Panel, and its check",
        "working": "Working", "references": "Constants and reference values",
    },
    STACK: {
        "sittings": "The day", "totals": "Totals", "levels": "Beside reference values",
        "contributions": "What each product brings", "aims": "Aims", "remarks": "Remarks",
        "working": "Working", "references": "Constants and reference values",
    },
}  # fmt: skip
EVERY = [(file, name) for file, found in HEADINGS.items() for name in found]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("file", [FORMULATION, STACK], ids=lambda file: file.stem)
def test_the_json_of_a_report_is_what_its_page_holds_with_references(file: Path) -> None:
    found = json.loads(run(file, "--format", "json", "-o", "-").stdout)
    page = run(file, "-o", "-").stdout
    held = json.loads(page.partition('id="chelate-data">')[2].partition("</script>")[0])
    assert found.pop("references")
    assert found.pop("cautions")
    assert found == held


def test_the_csv_of_a_formulation_has_what_a_serving_delivers() -> None:
    delivery = delivered(files.load_formulation(FORMULATION))
    rows = rows_of(run(FORMULATION, "--format", "csv", "-o", "-").stdout)
    assert [row["id"] for row in rows] == [held.id for held in delivery.moieties]
    for row, held in zip(rows, delivery.moieties, strict=True):
        masses = [float(row[key]) for key in ("serving_least_mg", "serving_mg", "serving_most_mg")]
        assert masses == pytest.approx([held.range_mg.low, held.mg, held.range_mg.high], rel=1e-5)


def test_what_is_lost_by_the_end_of_the_shelf_life_has_rows_of_its_own() -> None:
    losing = FOLDER / "turmeric-zinc-capsule.yaml"
    moments = {row["moment"] for row in rows_of(run(losing, "--format", "csv", "-o", "-").stdout)}
    expected = {"at manufacture"}
    if delivered(files.load_formulation(losing)).loses:
        expected.add("at the end of the shelf life")
    assert moments == expected


def test_the_csv_of_a_stack_adds_up_to_its_day_by_sitting_and_by_product() -> None:
    rows = rows_of(run(STACK, "--format", "csv", "-o", "-").stdout)
    for name in {row["id"] for row in rows}:
        own = [row for row in rows if row["id"] == name]
        (day,) = (float(row["mg"]) for row in own if not row["sitting"])
        sittings = [float(row["mg"]) for row in own if row["sitting"] and not row["product"]]
        products = [float(row["mg"]) for row in own if row["product"]]
        assert sum(sittings) == pytest.approx(day, rel=1e-4)
        assert sum(products) == pytest.approx(day, rel=1e-4)


@pytest.mark.parametrize(("file", "name"), EVERY, ids=lambda each: getattr(each, "stem", each))
def test_markdown_has_the_sections_that_are_named_and_no_other(file: Path, name: str) -> None:
    text = run(file, "--format", "md", "--section", name, "-o", "-").stdout
    expected = HEADINGS[file][name]
    (only,) = [each for each in headings(text) if each != "Cautions"]
    assert only.startswith(expected)


@pytest.mark.parametrize("file", [FORMULATION, STACK], ids=lambda file: file.stem)
def test_markdown_has_every_section_where_none_is_named(file: Path) -> None:
    found = headings(run(file, "--format", "md", "-o", "-").stdout)
    for words in HEADINGS[file].values():
        assert any(each.startswith(words) for each in found)
    assert found == headings(run(file, "--format", "md", "--section", "all", "-o", "-").stdout)


@pytest.mark.parametrize(("file", "name"), EVERY, ids=lambda each: getattr(each, "stem", each))
def test_a_page_has_the_sections_that_are_named_and_every_link_lands(file: Path, name: str) -> None:
    page = run(file, "--section", name, "-o", "-").stdout
    main_part = page.partition("<main")[2].partition("</main>")[0]
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    known = of_made.SECTIONS if file == FORMULATION else of_day.SECTIONS
    assert {each for each in known if f'<section id="{each}"' in main_part} == {name}
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_a_section_of_another_kind_is_refused_with_those_that_there_are() -> None:
    result = run(FORMULATION, "--section", "sittings", "-o", "-")
    assert result.exit_code == 2
    assert "found the section 'sittings', expected glance, weighed" in result.stderr
    assert run(STACK, "--section", "sittings", "--format", "json", "-o", "-").exit_code == 2


HOSTILE = ("<script>x</script>", "a|b\n# c", "=1+1", "[x](http://x)")


@pytest.mark.parametrize("text", HOSTILE)
def test_names_stay_words_in_every_format(text: str) -> None:
    made = Formulation.model_validate(
        {"product": text, "brand": text, "inputs": [{"substance": "glycine", "amount": "1 g"}]}
    )
    day = day_of(Stack.model_validate({"stack": text, "sittings": [
        {"when": text, "take": [{"substance": "glycine", "amount": "1 g"}]}]}))  # fmt: skip
    for markdown in (formulation_text("md", made, file="a.yaml"), day_text("md", day)):
        assert "<script" not in markdown
        assert "\n# c" not in markdown
        assert not re.search(r"(?<!\\)\]\(", markdown)
    for table in (formulation_text("csv", made, file="a.yaml"), day_text("csv", day)):
        assert all(not cell.startswith("=") for row in rows_of(table) for cell in row.values())
    assert json.loads(day_text("json", day))["stack"] == text.strip()


def test_an_empty_title_is_refused() -> None:
    made = Formulation.model_validate(
        {"product": "A", "inputs": [{"substance": "glycine", "amount": "1 g"}]}
    )
    with pytest.raises(InputError, match="found the title"):
        formulation_text("json", made, file="a.yaml", title=" ")
    with pytest.raises(InputError, match="found the title"):
        of_made.formulation_html(made, file="a.yaml", title="")
