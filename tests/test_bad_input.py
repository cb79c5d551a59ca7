"""Input that cannot be used: one clear message with its place, exit status 2, no traceback."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chelate import files, readers
from chelate.findings import InputError, Place

GOOD = """\
product: Good Zinc
facts:
  - name: Zinc
    amount: 15 mg
    sources: zinc oxide
"""


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(100_000_000)


def holding(data: bytes | str) -> Callable[[Path], None]:
    content = data.encode() if isinstance(data, str) else data

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


PROSE = "A list of things to do on Sunday\nWrite to the bank\n"

BAD: dict[str, tuple[Callable[[Path], None], str, Place | None]] = {
    "missing": (lambda path: None, "there is no such file", None),
    "directory": (Path.mkdir, "this is a directory", None),
    "empty": (holding(""), "the file is empty", None),
    "blank": (holding(" \n\t\n"), "the file is empty", None),
    "only a byte order mark": (holding(b"\xef\xbb\xbf"), "the file is empty", None),
    "only comments": (holding("# facts: 1\n\n  # 2\n"), "nothing but comments", None),
    "no anchor": (holding("# a\n\nfacts: *a"), "alias *a", Place(3, 8)),
    "100 MB": (sparse, "too large for a label; expected at most 16 MB", None),
    "link to itself": (lambda path: path.symlink_to(path), "cannot be read", None),
    "latin-1": (holding(b"product: x\nbrand: Caf\xe9\n"), "byte 22 is 0xe9", Place(2, 11)),
    "cut in a character": (holding("product: é".encode()[:-1]), "not UTF-8", Place(1, 10)),
    "utf-16": (holding("product: x".encode("utf-16")), "UTF-16; expected UTF-8", None),
    "binary": (holding(b"\x7fELF\x00\x00product: x"), "not text: byte 5 is zero", None),
    "broken zip": (holding(b"PK\x03\x04\x00\x00product: x"), "zip archive cannot be read", None),
    "broken YAML": (holding("product: x\nfacts: [1\n"), "broken YAML", Place(2, 10)),
    "broken JSON": (holding('{"product": "x",\n "facts": [}'), "broken JSON", Place(2, 12)),
    "duplicate key": (holding("product: x\nproduct: y\n"), "second time", Place(2, 1)),
    "misspelt key": (holding("product: x\nfact: []\n"), "did you mean 'facts'?", Place(2, 1)),
    "prose": (holding(PROSE), "no row of a panel was found; the text begins", Place(1, 1)),
    "one word": (holding("magnesium"), "no row of a panel was found", Place(1, 1)),
    "table of no nutrient": (
        holding("product,brand,serving size,notes\nA,B,1 g,D\n"),
        "no column is the amount of a nutrient",
        Place(1, 1),
    ),
    "empty list": (holding("[]"), "this list is empty", Place(1, 1)),
    "other JSON": (holding('{"a": 1, "b": 2}'), "another kind, with the keys a, b", Place(1, 1)),
    "search answer": (holding('{"hits": []}'), "this list is empty", Place(1, 10)),
    "formulation": (holding("product: x\ninputs: []"), "this is a formulation", Place(1, 1)),
    "nothing in braces": (holding("{}"), "it is empty", Place(1, 1)),
    "too many values": (holding('{"facts": [' + "0," * 300_000 + "0]}"), "too much", None),
    "record of numbers": (holding('{"ingredientRows": 5}'), "expected a list", Place(1, 20)),
}

cases = pytest.mark.parametrize(("make", "words", "place"), BAD.values(), ids=BAD)


@cases
def test_a_bad_label_file_is_one_clear_error(
    tmp_path: Path, make: Callable[[Path], None], words: str, place: Place | None
) -> None:
    path = tmp_path / "label.yaml"
    make(path)
    began = time.perf_counter()
    with pytest.raises(InputError) as caught:
        readers.load_label(path)
    assert time.perf_counter() - began < 2
    assert words in caught.value.message
    assert caught.value.place == place
    assert caught.value.file == str(path)
    assert "\n" not in str(caught.value)


def test_what_is_expected_is_said(tmp_path: Path) -> None:
    for data in (PROSE, '{"a": 1}'):
        path = tmp_path / "a"
        path.write_text(data)
        with pytest.raises(InputError, match=r"project's YAML .* the text of a panel, a DSLD"):
            readers.load_label(path)


def test_a_file_that_grows_while_it_is_read_is_refused() -> None:
    with pytest.raises(InputError, match="too large"):
        files.read_text("/dev/zero")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        files.read_text("a\0b")


def test_the_name_of_a_file_does_not_say_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "label.json"
    path.write_text(GOOD)
    assert readers.load_label(path).product == "Good Zinc"
    assert [label.product for label in readers.read_labels(path)] == ["Good Zinc"]


def test_a_label_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "label.yaml"
    comment = b"# " + b"x" * (16_000_000 - len(GOOD) - 3) + b"\n"
    path.write_bytes(comment + GOOD.encode())
    assert readers.load_label(path).product == "Good Zinc"
    path.write_bytes(b"#" + path.read_bytes())
    with pytest.raises(InputError, match="too large"):
        readers.load_label(path)


def test_a_file_of_a_million_rows_is_refused_in_time(tmp_path: Path) -> None:
    path = tmp_path / "label.yaml"
    path.write_text("product: x\nfacts:\n" + "  - {}\n" * 2_000_000)
    began = time.perf_counter()
    with pytest.raises(InputError, match="too much"):
        readers.load_label(path)
    assert time.perf_counter() - began < 30


def chelate(*arguments: str | Path) -> Result:
    from chelate.cli import main

    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def assert_refused(result: Result) -> None:
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert "internal error" not in result.output


@cases
def test_check_names_a_bad_file_and_checks_the_others(
    tmp_path: Path, make: Callable[[Path], None], words: str, place: Place | None
) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    make(bad)
    good.write_text(GOOD)
    result = chelate("check", bad, good)
    assert_refused(result)
    where = f"{bad}:{place}: " if place else f"{bad}: "
    assert f"error: {where}" in result.stderr
    assert words in result.stderr
    assert result.stderr.count("error: ") == 1
    assert "Good Zinc" in result.stdout


@pytest.mark.parametrize("command", ["check", "yield"])
@pytest.mark.parametrize("make", [make for make, _, _ in BAD.values()], ids=BAD)
def test_a_command_given_only_a_bad_file_ends_with_status_2(
    tmp_path: Path, make: Callable[[Path], None], command: str
) -> None:
    path = tmp_path / "bad.yaml"
    make(path)
    result = chelate(command, path)
    assert_refused(result)
    assert "error: " in result.stderr.lower()


def test_report_is_not_written_from_bad_files_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert_refused(chelate("report", tmp_path / "missing.yaml", "-o", page))
    assert not page.exists()


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ("-5 mg", ""),
        ("0 mg", "0"),
        ("5 kg", "5 kg"),
        ("1e30 mg", "1e30"),
        ("nan mg", "nan"),
        ("5 mL", "mL"),
        ("5 mol", "mol"),
        ("5 IU", "IU"),
        ("5 furlongs", "furlongs"),
        ("5", "5"),
        ("much", "much"),
        ("", ""),
    ],
)
def test_a_dose_that_is_no_mass_is_refused(dose: str, words: str) -> None:
    result = chelate("yield", "magnesium-bisglycinate", dose)
    assert_refused(result)
    assert words in result.stderr


@pytest.mark.parametrize(
    "name", ["magnesium-bisglycnate", "unobtainium", "", "\x1b[31m", "x" * 9999]
)
def test_an_unknown_substance_is_refused(name: str) -> None:
    result = chelate("yield", name, "5 mg")
    assert_refused(result)
    assert "\x1b" not in result.stderr


def test_a_misspelt_substance_names_the_nearest() -> None:
    assert "magnesium-bisglycinate" in chelate("yield", "magnesium-bisglycnate", "5 mg").stderr
