"""The command line as such: its help, and what becomes of everything that can go wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from chelate.cli import COMMANDS, main
from chelate.findings import InputError, Place
from conftest import ROOT


@pytest.fixture
def run_raising(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], Result]:
    """Run a command that raises the given error."""

    def run(error: BaseException) -> Result:
        @click.command()
        def command() -> None:
            click.echo("before")
            raise error

        monkeypatch.setitem(sys.modules, "raising", SimpleNamespace(command=command))
        monkeypatch.setitem(COMMANDS, "raise", ("raising:command", ""))
        return CliRunner().invoke(main, ["raise"])

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_has_a_help_text(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Usage: main {name} ")


def test_help_lists_the_commands_with_what_they_do() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name, (_, summary) in COMMANDS.items():
        assert f"  {name} " in output
        assert summary in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "No such command 'chek'. Did you mean 'check'?"),
        (["frobnicate"], "No such command 'frobnicate'. Known are yield, design,"),
        (["--loud"], "No such option"),
        (["schema", "recipe"], "'recipe' is not one of 'label', 'formulation'"),
    ],
)
def test_a_wrong_call_exits_with_2_and_says_what_is_possible(
    arguments: list[str], said: str
) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_input_error_is_one_line_with_its_place_and_its_excerpt(
    run_raising: Callable[[BaseException], Result],
) -> None:
    error = InputError("found x, expected y", file="a.yaml", place=Place(3, 7), excerpt="MgX\n  ^")
    result = run_raising(error)
    assert result.exit_code == 2
    assert result.stdout == "before\n"
    assert result.stderr == "error: a.yaml:3:7: found x, expected y\nMgX\n  ^\n"


def test_control_characters_of_a_label_do_not_reach_the_terminal(
    run_raising: Callable[[BaseException], Result],
) -> None:
    result = run_raising(InputError("found '\x1b[2J\r\nµ'", excerpt="\x9b1m·"))
    assert result.stderr == "error: found '\\x1b[2J\\r\\nµ'\n\\x9b1m·\n"


def test_a_bug_is_one_line_without_a_traceback(
    run_raising: Callable[[BaseException], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHELATE_DEBUG", raising=False)
    result = run_raising(ZeroDivisionError("division by zero"))
    assert result.exit_code == 2
    assert result.stderr == (
        "internal error: ZeroDivisionError: division by zero (a bug in chelate: please report it)\n"
    )


def test_who_asks_for_it_sees_the_traceback_of_a_bug(
    run_raising: Callable[[BaseException], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHELATE_DEBUG", "1")
    result = run_raising(ZeroDivisionError("division by zero"))
    assert result.exit_code == 2
    assert "Traceback (most recent call last)" in result.stderr


def test_an_interrupt_exits_with_130(run_raising: Callable[[BaseException], Result]) -> None:
    result = run_raising(KeyboardInterrupt())
    assert result.exit_code == 130
    assert "Traceback" not in result.stderr


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    program = (
        "import click, sys, types\n"
        "from chelate.cli import COMMANDS, main\n"
        "@click.command()\n"
        "def command():\n"
        "    while True: click.echo('line ' * 1000)\n"
        "sys.modules['endless'] = types.SimpleNamespace(command=command)\n"
        "COMMANDS['endless'] = ('endless:command', '')\n"
        "main(['endless'])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_terminal_without_the_character_gets_its_escape() -> None:
    program = (
        "import click, sys, types\n"
        "from chelate.cli import COMMANDS, main\n"
        "command = click.command()(lambda: click.echo('MgO·H₂O'))\n"
        "sys.modules['dot'] = types.SimpleNamespace(command=command)\n"
        "COMMANDS['dot'] = ('dot:command', '')\n"
        "main(['dot'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert result.stdout == b"MgO\xb7H\\u2082O\n", result.stderr


def test_python_m_chelate_is_the_command() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "chelate", "--help"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("Usage: chelate ")


@pytest.mark.parametrize("kind", ["label", "formulation"])
def test_the_printed_schema_is_a_json_schema_and_the_one_that_editors_get(kind: str) -> None:
    result = CliRunner().invoke(main, ["schema", kind])
    assert result.exit_code == 0, result.stderr
    schema = json.loads(result.output)
    Draft202012Validator.check_schema(schema)
    published = ROOT / f"src/chelate/data/schemas/{kind}.schema.json"
    assert schema == json.loads(published.read_text("utf-8"))
