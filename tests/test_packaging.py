"""What is shipped: the wheel, the source distribution, and a report made from the wheel alone."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SHIPPED = {
    "templates": "chelate/templates",
    "labels": "chelate/examples/labels",
    "formulations": "chelate/examples/formulations",
    "src/chelate": "chelate",
}


def build(source: Path, target: str, folder: Path) -> Path:
    """Build a distribution (sdist or wheel) of the project in `source`, without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(iter(folder.iterdir()))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    archive = build(ROOT, "sdist", folder)
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    return folder / f"chelate-{PROJECT['version']}"


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the source distribution, as pip would; unpacked."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(build(sdist, "wheel", tmp_path_factory.mktemp("wheel"))) as archive:
        archive.extractall(folder)
    return folder


def files_below(folder: Path) -> set[str]:
    """Paths of the files below a folder, without what Python and test runs leave there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".hypothesis" not in path.parts
    }


@pytest.mark.parametrize(("source", "shipped"), SHIPPED.items())
def test_the_wheel_holds_every_file_of_the_folder(wheel: Path, source: str, shipped: str) -> None:
    here = files_below(ROOT / source)
    assert here
    assert here <= files_below(wheel / shipped)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    expected = {
        f"{shipped}/{name}"
        for source, shipped in SHIPPED.items()
        for name in files_below(ROOT / source)
    }
    metadata = {name for name in files_below(wheel) if ".dist-info/" in name}
    assert files_below(wheel) == expected | metadata
    assert any(name.endswith("/licenses/LICENSE") for name in metadata)


def test_the_source_distribution_holds_what_make_needs(sdist: Path) -> None:
    for name in ("Makefile", "README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"):
        assert (sdist / name).is_file()
    assert files_below(sdist / "tests") == files_below(ROOT / "tests")


def run_from(wheel: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command from the unpacked wheel, where no checkout and no site is to be found."""
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    path = os.pathsep.join([str(wheel), *sorted(libraries)])
    return subprocess.run(
        [sys.executable, "-S", "-m", "chelate", *arguments],
        cwd=folder,
        env={"PYTHONPATH": path, "PATH": os.defpath, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_alone_makes_the_report_of_the_examples(wheel: Path, tmp_path: Path) -> None:
    made = run_from(wheel, tmp_path, "report", "-o", "report.html")
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    for label in sorted((ROOT / "labels").glob("*.yaml")):
        product = re.search(r"^product: *[\"']?(.+?)[\"']?$", label.read_text("utf-8"), re.M)
        assert product, label
        assert product[1] in page


def test_the_command_tells_the_version_of_the_project(wheel: Path, tmp_path: Path) -> None:
    assert run_from(wheel, tmp_path, "--version").stdout == f"chelate {PROJECT['version']}\n"


def imported_names(tree: ast.AST) -> Iterable[str]:
    """The top-level names that a module's absolute imports import from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_library_imported_is_declared_and_every_one_declared_is_imported() -> None:
    imported = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in imported_names(ast.parse(path.read_text("utf-8")))
    }
    third_party = imported - sys.stdlib_module_names - {"chelate"}
    declared = {re.split(r"[>=<~ ]", each)[0].lower() for each in PROJECT["dependencies"]}
    modules = {"pyyaml": "yaml"}
    known = {modules.get(name, name) for name in declared}
    assert third_party - {"markupsafe", "annotated_types", "pydantic_core"} == known


def test_the_changelog_speaks_of_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## [{PROJECT['version']}]" in changelog
