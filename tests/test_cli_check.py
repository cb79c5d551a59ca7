"""`chelate check`: what it prints, where it writes, how it exits."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chelate.cli import main
from chelate.cli.printing.diagnostics import WIDTH, excerpt, visible
from chelate.findings import Place
from conftest import ROOT

IMPOSSIBLE = """\
product: Bellwether Glycinate
facts:
  - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)
    amount: 180 mg
    percent_dv: 43 %
"""
WARNED = """\
product: Harrow Lane Magnesium
facts:
  - name: Magnesium (as magnesium bisglycinate chelate buffered)
    amount: 200 mg
"""
NOTED = """\
product: Old Stock
facts:
  - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 50 %}
"""
CLEAN = """\
product: Plain Oar
facts:
  - {name: Zinc (from 50 mg zinc bisglycinate), amount: 15 mg}
"""


@pytest.fixture
def label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an impossible label, in the working directory."""
    monkeypatch.chdir(tmp_path)
    path = Path("label.yaml")
    path.write_text(IMPOSSIBLE, "utf-8")
    return path


def run(*arguments: str | Path, given: str | None = None, colour: bool = False) -> Result:
    names = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, ["check", *names], input=given, color=colour)


def test_a_finding_shows_the_printed_line_with_its_words_marked(label: Path) -> None:
    block = run(label).stdout.split("\n\n")[0].splitlines()
    assert block[:4] == [
        "label.yaml:3:27: error[MB101] more-element-than-compound-holds (proven)",
        "  |",
        "3 |   - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)",
        "  |                           ^^^^^^^^",
    ]
    assert block[4].startswith("  = 180 mg of magnesium from 1,000 mg is inconsistent with")
    assert any(line.startswith("  = help: Print the mass of compound") for line in block)
    assert block[-1] == "  = explain: chelate explain MB101"
    assert max(map(len, block)) <= WIDTH


def test_the_verdict_follows_with_its_sentence_and_its_proof(label: Path) -> None:
    *_, verdict, summary = run(label).stdout.split("\n\n")
    assert verdict.splitlines() == [
        "label.yaml: Bellwether Glycinate: impossible",
        (
            "  As printed, at least 37.8 mg (21.0 %) of the 180 mg must come from something "
            "other than magnesium"
        ),
        (
            "  bisglycinate; if that is magnesium oxide and the 1,000 mg includes it, at least "
            "49.3 mg (27.5 %)."
        ),
        (
            "  “1,000 mg” (mass of the compound) can hold at most 141.7 mg of magnesium as "
            "“magnesium"
        ),
        "  bisglycinate chelate”.",
        "    “180 mg” stands for at least 179.5 mg of magnesium.",
        "    “1,000 mg” (the compound's mass) is at most 1,005 mg.",
        "    1,005 mg × 14.096 % (magnesium bisglycinate, anhydrous) = 141.7 mg at most.",
        "    179.5 mg − 141.7 mg = 37.8 mg (21.0 %) must come from elsewhere.",
    ]
    assert summary == (
        "Atomic weights: IUPAC 2021, abridged. Daily Values: 21 CFR 101.9 (2016).\n"
        "1 label: 1 impossible; 1 error, 1 warning, 0 notes\n"
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "impossible-small-scoop",
            "“1.2 g” (mass of one serving) can hold at most 176.3 mg",
        ),
        (
            "blend-buffered-in-words",
            "at least 42 mg (21.0 %) of the 200 mg must come from",
        ),
        ("blend-oxide-in-brackets", "names “magnesium oxide” beside “magnesium bisglycinate”."),
        (
            "doubtful-tight-capsule",
            "needs a fill of 1.04 g/mL in the stated capsules; 0.6–1 g/mL is",
        ),
        ("cannot-tell-one-capsule", "Too little is printed to test it: no mass of the compound"),
        ("consistent-bisglycinate", "fits: “1,420 mg” (mass of the compound) holds up to 200.9 mg"),
        ("consistent-citrate-powder", "fits: “2.5 g” (mass of one serving) holds up to"),
        ("no-claim-no-source", "No source of magnesium is named."),
    ],
)
def test_each_verdict_has_the_sentence_that_carries_it(name: str, sentence: str) -> None:
    output = " ".join(run(ROOT / "labels" / f"{name}.yaml").stdout.split())
    assert sentence in output


def test_a_label_without_minerals_has_nothing_to_test() -> None:
    result = run("-", given="product: Tea\nfacts: []\n")
    assert result.exit_code == 0
    assert "<stdin>: Tea: no claim\n  The panel declares no mineral" in result.stdout


def test_claims_beyond_the_one_shown_are_counted() -> None:
    rows = "".join(
        f"  - {{name: {n} (as {n} oxide), amount: 5 mg}}\n" for n in ("Zinc", "Magnesium")
    )
    assert "and 1 other claim likewise" in run("-", given=f"product: A\nfacts:\n{rows}").stdout


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (IMPOSSIBLE, {"error": 1, "warning": 1, "note": 1, "never": 0}),
        (WARNED, {"error": 0, "warning": 1, "note": 1, "never": 0}),
        (NOTED, {"error": 0, "warning": 0, "note": 1, "never": 0}),
        (CLEAN, {"error": 0, "warning": 0, "note": 0, "never": 0}),
    ],
    ids=["error", "warning", "note", "clean"],
)
def test_the_exit_status_is_1_from_the_threshold_on(text: str, status: dict[str, int]) -> None:
    assert run("-", given=text).exit_code == status["error"]
    for threshold, expected in status.items():
        for form in ("text", "json"):
            result = run("-", "--fail-on", threshold, "--format", form, given=text)
            assert result.exit_code == expected, (threshold, result.output)


def test_an_unreadable_file_gives_2_and_the_others_are_checked(label: Path) -> None:
    result = run("missing.yaml", label, "--fail-on", "never")
    assert result.exit_code == 2
    assert result.stderr == "error: missing.yaml: there is no such file\n"
    assert "Bellwether Glycinate: impossible" in result.stdout
    assert result.stdout.endswith("0 notes; 1 file could not be read\n")


def test_an_unreadable_file_is_in_the_document_too(label: Path) -> None:
    Path("bad.yaml").write_text("product: x\nproduct: y\n")
    result = run("bad.yaml", label, "--format", "json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    (error,) = found["errors"]
    assert (error["file"], error["line"], error["column"]) == ("bad.yaml", 2, 1)
    assert found["summary"]["labels"] == 1


def test_a_bad_label_on_standard_input_is_named_so() -> None:
    result = run("-", given="facts: []\nfacts: []\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: <stdin>:2:1: ")
    assert run("-", given="").stderr == "error: <stdin>: the file is empty\n"


def test_without_a_file_the_call_is_wrong() -> None:
    assert run().exit_code == 2


def test_quiet_prints_findings_only_one_line_each(label: Path) -> None:
    lines = run(label, "--quiet").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("label.yaml:3:27: error[MB101] more-element-than-compound-holds: 18")


def test_output_goes_to_a_file_whole_and_without_colour(label: Path) -> None:
    printed = run(label).stdout
    result = run(label, "--output", "out.txt", colour=True)
    assert (result.exit_code, result.stdout) == (1, "")
    assert Path("out.txt").read_text("utf-8") == printed
    assert sorted(map(str, Path().iterdir())) == ["label.yaml", "out.txt"]


def test_json_written_to_a_file_is_the_json_printed(label: Path) -> None:
    printed = run(label, "--format", "json").stdout
    run(label, "--format", "json", "--output", "out.json")
    assert json.loads(Path("out.json").read_bytes()) == json.loads(printed)
    assert Path("out.json").read_text("utf-8") == printed


def test_a_link_that_is_written_to_stays_a_link(label: Path) -> None:
    Path("real.txt").write_text("old")
    Path("link.txt").symlink_to("real.txt")
    run(label, "--output", "link.txt")
    assert Path("link.txt").is_symlink()
    assert "impossible" in Path("real.txt").read_text("utf-8")


def test_an_output_that_cannot_be_written_gives_2_and_leaves_nothing(label: Path) -> None:
    result = run(label, "--output", "no/such/folder/out.txt")
    assert result.exit_code == 2
    assert "no/such/folder/out.txt: the output cannot be written: No such file" in result.stderr
    assert list(map(str, Path().iterdir())) == ["label.yaml"]


def test_a_label_that_is_checked_is_not_overwritten(label: Path) -> None:
    result = run(label, "--output", f"./{label}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "as input and as output" in result.stderr
    assert label.read_text("utf-8") == IMPOSSIBLE


def test_output_to_a_device_writes_into_it(label: Path) -> None:
    assert run(label, "--output", os.devnull).exit_code == 1
    assert not Path(os.devnull).is_file()


def test_colour_is_for_terminals_and_not_where_no_color_is_set(
    label: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31m" in run(label, colour=True).stdout
    assert "\x1b" not in run(label).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(label, colour=True).stdout


def test_a_record_is_marked_in_its_own_file() -> None:
    path = ROOT / "labels" / "dsld-impossible-20-percent.json"
    lines = run(path).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "error[MB101]" in line)
    number, _, shown = lines[at + 2].partition(" | ")
    assert shown == path.read_text("utf-8").splitlines()[int(number) - 1]
    assert shown.strip() == '"quantity": 750,'
    assert marked(lines[at + 2], lines[at + 3]) == "750"


def marked(line: str, marks: str) -> str:
    """What the carets of one line stand under in the other, where each character is one wide."""
    return line[marks.index("^") : marks.rindex("^") + 1]


def test_a_hostile_label_cannot_drive_the_terminal() -> None:
    text = json.dumps({"product": "a\x1b[2J\x9b\u202e\nb", "facts": [{"name": "Magnesium\x07"}]})
    output = run("-", given=text, colour=False).output
    assert not [c for c in output if c != "\n" and not c.isprintable()]
    assert r"a\x1b[2J\x9b\u202e\nb" in output


def test_words_after_wide_characters_and_tabs_are_marked_where_they_stand() -> None:
    found = excerpt(["\tname: 鎂 e\u0301 200 mg"], Place(1, 7), "200 mg")
    assert found.text == "    name: 鎂 e\u0301 200 mg"
    assert (found.start, found.width) == (len("    name: xx e "), len("200 mg"))


@pytest.mark.parametrize(
    ("lines", "column", "words", "line", "shown"),
    [
        (["a: Magnesium  Oxide"], 4, "magnesium oxide", 1, "Magnesium  Oxide"),
        (["a: one", "  two three", "b: three"], 4, "three", 2, "three"),
        (["- a: one", "  b: three"], 6, "three", 1, "one"),
        (['{"quantity": 2000, "notes": "2000 mg"}'], 14, "2000 mg", 1, "2000"),
        (['{"a": "x", "b": "mg"}'], 8, "mg", 1, "x"),
        (["a: x"], 4, "", 1, "x"),
        (["a:"], 3, "mg", 1, ""),
        (["a: x"], 99, "mg", 1, ""),
        ([], 1, "mg", 1, ""),
    ],
)
def test_the_words_are_looked_for_in_the_value_at_the_place_and_nowhere_else(
    lines: list[str], column: int, words: str, line: int, shown: str
) -> None:
    found = excerpt(lines, Place(1, column), words)
    assert found.line_number == line
    assert found.text[found.start : found.start + found.width] == shown
    assert found.width >= 1


words = st.text("abcdefghij", min_size=1, max_size=8)


@given(words, st.text("klm \t鎂", max_size=300), st.text("klm \t鎂", max_size=300))
def test_however_long_the_line_the_words_are_in_view_and_marked(
    word: str, before: str, after: str
) -> None:
    found = excerpt([f"{before}{word}{after}"], Place(1, 1), word)
    assert found.width == len(word)
    assert cells(found.text) <= WIDTH + 2
    column = 0
    for index, character in enumerate(found.text):
        if column == found.start:
            assert found.text[index : index + len(word)] == word
            return
        column += cells(character)
    raise AssertionError(found)


def cells(text: str) -> int:
    return sum(2 if character == "鎂" else 1 for character in text)


@given(st.text())
def test_visible_text_is_printable_and_keeps_what_was_printable(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    if text.isprintable():
        assert shown == text


def test_a_check_of_all_examples_says_what_each_is() -> None:
    paths = sorted((ROOT / "labels").glob("*.yaml"))
    output = run(*paths).stdout
    for path in paths:
        assert re.search(rf"{re.escape(str(path))}: .+: [a-z ]+\n", output)
    impossible = sum(path.name.startswith("impossible-") for path in paths)
    assert output.splitlines()[-1].startswith(f"{len(paths)} labels: {impossible} impossible, ")
