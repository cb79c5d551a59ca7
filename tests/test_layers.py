"""Imports run downwards only, and each third-party library has one home."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
VIOLATIONS = [
    ("layers", "formula", "from chelate import check"),
    ("layers", "rules", "import chelate.report"),
    ("layers", "formulate", "import chelate.provenance"),
    ("layers", "findings", "import chelate.resources"),
    ("pint", "yields", "import pint"),
    ("yaml", "models", "import yaml"),
    ("openpyxl", "files", "import openpyxl"),
    ("jinja2", "check", "import jinja2"),
    ("click", "api", "import click"),
    ("solver", "formula", "import highspy"),
    ("coupled", "rules", "import chelate.solver"),
    ("gate", "formulate", "import chelate.gate"),
    ("absorption", "formulate", "import chelate.absorption"),
    ("gate-alone", "gate", "import chelate.models"),
    ("tests-only", "formula", "import molmass"),
]


def lint(folder: Path, *only: str) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of the project whose pyproject.toml is in the folder."""
    program = (
        "import sys; sys.path.insert(0, 'src');"
        "from importlinter.application.use_cases import lint_imports as lint;"
        "from importlinter.cli import lint_imports;"
        f"sys.exit(lint_imports(no_cache=True, limit_to_contracts={only!r}))"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_import_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in result.stdout


def module_file(package: Path, name: str) -> Path:
    """The file of a module, or of a package where the module has become one."""
    folder = package / name
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_an_import_that_the_contracts_forbid_breaks_them(
    tmp_path: Path, contract: str, module: str, line: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = shutil.copytree(ROOT / "src" / "chelate", tmp_path / "src" / "chelate")
    with module_file(package, module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint(tmp_path, contract)
    assert result.returncode == 1
    assert "0 kept, 1 broken" in result.stdout


def test_every_contract_has_an_import_that_breaks_it() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == {each["id"] for each in CONTRACTS}
