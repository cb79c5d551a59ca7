"""What is written over, and what is kept: the same in every command that writes a file."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from chelate import resources
from chelate.cli import COMMANDS, main

MADE = str(resources.locate("formulations") / "bisglycinate-capsule.yaml")
SPEC = str(resources.locate("formulations") / "design-bisglycinate-capsule.yaml")
LABEL = str(resources.locate("labels") / "no-claim-no-source.yaml")
AUTHORED = {
    "convert": ["convert", LABEL],
    "design": ["design", SPEC],
    "panel as a label": ["panel", MADE, "--format", "yaml"],
}
BUILT = {
    "panel as a page": ["panel", MADE, "--format", "html"],
    "panel as text": ["panel", MADE],
    "panel as JSON": ["panel", MADE, "--format", "json"],
    "report": ["report", LABEL],
    "report as CSV": ["report", LABEL, "--format", "csv"],
    "check": ["check", LABEL],
    "check as JSON": ["check", LABEL, "--format", "json"],
}
named = pytest.mark.parametrize


def run(arguments: list[str], output: Path, *more: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-o", str(output), *more])


def is_kept(arguments: list[str], output: Path) -> bool:
    output.write_text("mine")
    result = run(arguments, output)
    kept = output.read_text() == "mine"
    assert (result.exit_code == 2) is kept, result.output
    assert (f"{output}: there is a file of that name" in result.output) is kept
    return kept


@named("arguments", AUTHORED.values(), ids=AUTHORED)
@named("name", ["label.yaml", "label.txt"])
def test_a_label_or_formulation_is_never_written_over_without_force(
    arguments: list[str], name: str, tmp_path: Path
) -> None:
    output = tmp_path / name
    assert is_kept(arguments, output)
    assert run(arguments, output, "--force").exit_code == 0
    assert output.read_text() != "mine"


@named("arguments", BUILT.values(), ids=BUILT)
def test_what_is_built_replaces_what_was_built_but_no_yaml(
    arguments: list[str], tmp_path: Path
) -> None:
    assert not is_kept(arguments, tmp_path / "built.out")
    for name in ("source.yaml", "source.YML"):
        assert is_kept(arguments, tmp_path / name)
        assert run(arguments, tmp_path / name, "--force").exit_code == 0


@named("arguments", [*AUTHORED.values(), *BUILT.values()], ids=[*AUTHORED, *BUILT])
def test_an_input_is_not_written_over_even_with_force(arguments: list[str], tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    content = Path(arguments[1]).read_bytes()
    own.write_bytes(content)
    result = run([arguments[0], str(own), *arguments[2:]], own, "--force")
    assert result.exit_code == 2
    assert own.read_bytes() == content


def test_every_command_that_writes_such_a_file_says_so_in_the_same_words() -> None:
    said = {}
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        options = {word: option for option in command.params for word in option.opts}
        if "-o" in options and name != "gate":  # a drawing alone, and never YAML
            force = options["--force"]
            assert isinstance(force, click.Option)
            said[name] = force.help
    assert set(said) == {"panel", "convert", "design", "report", "check"}
    assert len(set(said.values())) == 1
