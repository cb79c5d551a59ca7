"""Start-up is a feature: a command imports what it needs and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

EMPTY_CLICK_PROGRAM = """
import click

@click.group()
def main(): ...
"""
CHELATE = "from chelate.cli import main"
REPORTING = """
import sys
try:
    main(sys.argv[1:], prog_name="x")
except SystemExit:
    pass
finally:
    print("\\nmodules:", *sorted(sys.modules))
"""


def modules_after(program: str, *arguments: str | Path) -> set[str]:
    """The names of the modules that are loaded once the program has run in a new Python."""
    result = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(result.stdout.rpartition("modules:")[2].split())


def libraries(modules: set[str]) -> set[str]:
    """Those of the modules that a library not of the standard library brings."""
    names = {module.partition(".")[0] for module in modules}
    return names & {"click", "jinja2", "markupsafe", "openpyxl", "pint", "pydantic", "yaml"}


@pytest.fixture(scope="module")
def label() -> Path:
    """An example label."""
    return sorted((ROOT / "labels").glob("*.yaml"))[0]


def test_help_imports_what_an_empty_click_program_does_and_one_module() -> None:
    empty = modules_after(EMPTY_CLICK_PROGRAM + REPORTING, "--help")
    ours = modules_after(CHELATE + REPORTING, "--help")
    assert "click" in empty
    assert ours - empty == {"chelate", "chelate.cli"}


def test_importing_the_package_imports_no_library() -> None:
    modules = modules_after("import sys, chelate; print('modules:', *sys.modules)")
    assert "chelate" in modules
    assert libraries(modules) == set()


def test_a_molar_mass_in_a_notebook_needs_only_pint() -> None:
    program = (
        "import sys, chelate; chelate.molar_mass('MgO'); print('modules:', *sorted(sys.modules))"
    )
    assert libraries(modules_after(program)) == {"pint"}


def test_a_check_imports_neither_pint_nor_jinja2(label: Path) -> None:
    modules = modules_after(CHELATE + REPORTING, "check", label)
    assert "chelate.checker" in modules
    assert libraries(modules) == {"click", "pydantic", "yaml"}
    assert not any(module.startswith("chelate.report") for module in modules)
    assert "chelate.stoichiometry" not in modules
    readers = {m for m in modules if m.startswith("chelate.readers.")}
    assert readers == {"chelate.readers.own", "chelate.readers.sources"}


def test_a_check_of_a_json_record_imports_no_yaml_library(tmp_path: Path) -> None:
    record = tmp_path / "label.json"
    record.write_text('{"product": "Plain", "facts": [{"name": "Magnesium", "amount": "200 mg"}]}')
    modules = modules_after(CHELATE + REPORTING, "check", record)
    assert "chelate.checker" in modules
    assert "yaml" not in modules


@pytest.mark.parametrize("name", ["table-three-products.csv", "dsld-two-records.jsonl"])
@pytest.mark.parametrize("command", ["check", "read", "convert"])
def test_a_table_of_text_needs_neither_a_yaml_library_nor_openpyxl(
    tmp_path: Path, command: str, name: str
) -> None:
    output = ["-o", f"{tmp_path}/"] if command == "convert" else []
    modules = modules_after(CHELATE + REPORTING, command, ROOT / "labels" / name, *output)
    assert "chelate.composition" in modules
    assert libraries(modules) == {"click", "pydantic"}


def test_a_report_does_not_import_pint(label: Path, tmp_path: Path) -> None:
    modules = modules_after(CHELATE + REPORTING, "report", label, "-o", tmp_path / "report.html")
    assert "jinja2" in modules
    assert "pint" not in modules


def test_the_rules_are_listed_without_reading_files() -> None:
    modules = modules_after(CHELATE + REPORTING, "rules")
    assert any(module.startswith("chelate.rules") for module in modules)
    assert not libraries(modules) & {"jinja2", "pint", "yaml"}
