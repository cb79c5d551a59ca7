"""The README shows what the program prints."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from chelate.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CUT = "…\n"
EXAMPLES = re.findall(r"```console\n\$ chelate (.+)\n((?s:.*?))```", README)


def test_the_readme_has_an_example_of_each_main_job() -> None:
    jobs = {"yield", "design", "panel", "compare", "stack", "check", "bounds", "read", "evidence"}
    assert {shlex.split(command)[0] for command, _ in EXAMPLES} == jobs
    assert any(" | chelate verify " in command for command, _ in EXAMPLES)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_each_command_prints_what_the_readme_shows(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = ""
    for each in command.split(" | chelate "):
        output = CliRunner().invoke(main, shlex.split(each), input=output).output
    first, *rest = shown.split(CUT)
    assert output.startswith(first)
    read = len(first)
    for part in rest:
        assert part in output[read:]
        read = output.index(part, read) + len(part)
    assert read == len(output) or rest[-1:] == [""]


def test_the_python_session_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    session = "\n".join(re.findall(r"```python\n((?s:.*?))```", README))
    example = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    assert example.examples
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0
