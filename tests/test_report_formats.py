"""`chelate report` in its formats, and how the command writes, opens and says how far it is."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chelate.checker import check
from chelate.cli import main, progress
from chelate.models import Label
from chelate.report import TITLE
from chelate.report.document import document_text
from chelate.report.formats import text_of
from chelate.report.formats.csv_text import HEADER, csv_text
from chelate.report.formats.markdown import escaped, markdown
from chelate.report.inert import visible
from conftest import ROOT
from test_report import (
    ALL,
    CONSISTENT,
    HOSTILE,
    IMPOSSIBLE,
    NO_CLAIM,
    ZINC,
    _with_everywhere,
    label,
)

FORMULA_STARTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")')
FORMULATION = ROOT / "formulations" / "bisglycinate-capsule.yaml"
STACK = ROOT / "formulations" / "stack-protocol.yaml"
LABEL = ROOT / "labels" / "consistent-bisglycinate.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def rows_of(*labels: Label) -> list[dict[str, str]]:
    text = csv_text([check(one) for one in labels])
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# CSV


def test_csv_has_a_row_for_each_claim_and_one_for_a_label_without_any() -> None:
    two = Label.model_validate({"product": "Two", "facts": [*IMPOSSIBLE.facts, *ZINC.facts]})
    bare = Label.model_validate({"product": "None"})
    rows = rows_of(two, bare)
    assert [(row["product"], row["nutrient"]) for row in rows] == [
        ("Two", "magnesium"), ("Two", "zinc"), ("None", ""),
    ]  # fmt: skip
    assert rows[2]["label_verdict"] == "no-claim"
    assert (
        rows[2]["sentence"] == "The panel declares no mineral, so there is no source claim to test."
    )


def test_csv_gives_ranges_in_mg_and_shares_and_blank_for_what_is_not_known() -> None:
    row, bare = rows_of(IMPOSSIBLE, NO_CLAIM)
    assert (row["declared_least_mg"], row["declared_most_mg"]) == ("199.5", "200.5")
    assert float(row["elsewhere_least_share"]) == pytest.approx(0.21076, abs=1e-4)
    assert row["glycine_least_mg"] == "0.0"  # at most 972.7 mg, as the page says
    assert 972.5 < float(row["glycine_most_mg"]) < 972.7
    assert (row["errors"], row["codes"]) == ("1", "MB101; BF105")
    (whole,) = rows_of(CONSISTENT)
    assert (whole["glycine_least_mg"], whole["elsewhere_most_share"]) == ("0.0", "1.0")
    assert 1232 < float(whole["glycine_if_all_least_mg"]) < 1233
    assert bare["elsewhere_least_share"] == bare["glycine_most_mg"] == ""


def test_csv_is_rfc_4180() -> None:
    text = csv_text([check(label('Say "a,b"', "Magnesium", "1 mg"))])
    header, row, end = text.split("\r\n")
    assert header == ",".join(HEADER)
    assert '"Say ""a,b"""' in row
    assert end == ""
    assert "\n" not in text.replace("\r\n", "")


@given(st.text() | st.sampled_from(FORMULA_STARTS))
def test_no_cell_of_the_csv_is_taken_for_a_formula(text: str) -> None:
    for row in rows_of(_with_everywhere(text or "x")):
        assert len(row) == len(HEADER)
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
            assert visible(cell) == cell


# JSON


def test_json_is_the_document_of_check_with_what_the_report_knows_besides() -> None:
    results = [check(one) for one in ALL]
    found = json.loads(text_of("json", results, title="Mine"))
    report = found.pop("report")
    assert found == json.loads(document_text(results))
    assert report["title"] == "Mine"
    assert [each["product"] for each in report["labels"]] == [one.product for one in ALL]
    assert report["labels"][0]["sentence"].startswith("As printed, at least 42 mg (21.0 %)")


def test_json_names_what_could_not_be_read(tmp_path: Path) -> None:
    result = run(LABEL, tmp_path / "missing.yaml", "--format", "json", "-o", "-")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["errors"][0]["file"].endswith("missing.yaml")


# Markdown


def test_markdown_has_a_row_and_a_part_for_each_product() -> None:
    text = markdown([check(one) for one in ALL], title="Mine & yours")
    assert text.startswith("# Mine &amp; yours\n\n- **impossible**: 1. The printed numbers")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == len(ALL) + 2
    assert {line.count(" | ") for line in table} == {5}
    assert table[2].startswith("| Bellwether | impossible | 200 mg | at least 21.0 % |")
    assert text.count("\n## ") == len(ALL)
    assert "- error MB101: " in text


@pytest.mark.parametrize(
    "text",
    [*HOSTILE, "a|b", "[x](http://x)", "![x](x)", "`x`", "@ago", "#12", "www.x.org", "$x$",
     ":smile:", "line\n# two", "a\u2028b"],
)  # fmt: skip
def test_in_markdown_printed_words_are_only_words(text: str) -> None:
    found = escaped(text)
    assert "\n" not in found
    bare = found.replace("<!-- -->", "")
    assert not set("<>") & set(bare)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|$!]", bare)
    assert not re.search(r"@\w|#\d|://|www\.|:[a-z]+:", found)
    unescaped = re.sub(r"\\([^\w\s])", r"\1", bare)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        unescaped = unescaped.replace(entity, character)
    assert unescaped == re.sub(r"\s+", " ", visible(text)).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_leaves_its_cell_of_the_markdown(text: str) -> None:
    source = markdown([check(_with_everywhere(text))], title=text)
    (row,) = [line for line in source.splitlines() if line.startswith("|")][2:]
    assert len(re.findall(r"(?<!\\)\|", row)) == 7
    source.encode()


# The command


@pytest.mark.parametrize(("form", "begins"), [("md", f"# {TITLE}"), ("csv", "file,record,"),
                                              ("json", '{\n  "version": 1'),
                                              ("html", "<!DOCTYPE html>")])  # fmt: skip
def test_a_format_is_written_under_its_own_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, begins: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(LABEL, "--format", form).stdout == f"report.{form}: 1 label\n"
    assert Path(f"report.{form}").read_text("utf-8").startswith(begins)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was told to open; it always can."""
    told: list[str] = []

    def show(url: str) -> bool:
        told.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    return told


def test_open_shows_the_written_page(tmp_path: Path, opened: list[str]) -> None:
    out = tmp_path / "a page.html"
    assert run(LABEL, "-o", out, "--open").exit_code == 0
    assert opened == [f"file://{tmp_path}/a%20page.html"]


@pytest.mark.parametrize("options", [("-o", "-"), ("--format", "csv")])
def test_open_without_a_page_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str], options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(LABEL, "--open", *options)
    assert result.exit_code == 2
    assert "expected a page in a file" in result.stderr
    assert opened == []
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_browser_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    result = run(LABEL, "-o", tmp_path / "x.html", "--open")
    assert result.exit_code == 0
    assert "no browser could be opened" in result.stderr


def test_where_nothing_could_be_read_no_old_page_is_opened(
    tmp_path: Path, opened: list[str]
) -> None:
    old = tmp_path / "old.html"
    old.write_text("old")
    assert run(tmp_path / "missing.yaml", "-o", old, "--open").exit_code == 2
    assert opened == []


def test_sections_are_of_the_page(tmp_path: Path) -> None:
    result = run(LABEL, "--section", "glance", "--format", "csv", "-o", tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "found --section with --format csv, expected html or md" in result.stderr
    every = run(LABEL, "--section", "all", "-o", "-").stdout
    assert all(f'id="{name}"' in every for name in ("glance", "comparison", "appendix", "gate"))


@pytest.mark.parametrize("form", ["html", "md", "csv", "json"])
def test_a_crash_leaves_the_old_report_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    out = tmp_path / "report.x"
    out.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    result = run(LABEL, "--format", form, "-o", out)
    assert result.exit_code == 2
    assert "cannot be written: No space left on device" in result.stderr
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


# Formulations and stacks


@pytest.mark.parametrize(("file", "kind"), [(FORMULATION, "formulation"), (STACK, "stack")])
def test_a_formulation_or_a_stack_has_a_page_of_its_own(
    tmp_path: Path, file: Path, kind: str
) -> None:
    out = tmp_path / "x.html"
    result = run(file, "-o", out)
    assert result.stdout == f"{out}: 1 {kind}\n"
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "<title>&lt;b&gt;</title>" in run(file, "-o", "-", "--title", "<b>").stdout


@pytest.mark.parametrize("files", [(FORMULATION, LABEL), (LABEL, STACK), (FORMULATION, STACK)])
def test_kinds_of_file_are_not_mixed(tmp_path: Path, files: tuple[Path, ...]) -> None:
    out = tmp_path / "x.html"
    result = run(*files, "-o", out)
    assert result.exit_code == 2
    assert "expected labels alone, or one formulation, or one stack" in result.stderr
    assert not out.exists()


# The progress line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _slowly(count: int, clock: list[float]) -> Iterator[int]:
    for number in range(count):
        clock[0] += 0.4
        yield number


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def _said(
    items: Iterable[int],
    stream: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    of: int | None = None,
) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    list(progress.counted(items, "labels checked", of=of))
    return stream.getvalue()


def test_a_long_run_says_how_far_it_is_and_clears_the_line(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _said(_slowly(5, clock), Terminal(), monkeypatch)
    assert said == "3 labels checked\x1b[K\r4 labels checked\x1b[K\r5 labels checked\x1b[K\r\x1b[K"
    said = _said(_slowly(3, clock), Terminal(), monkeypatch, of=1200)
    assert said == "3 of 1,200 labels checked\x1b[K\r\x1b[K"


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "being written\x1b[K\r\x1b[K"), (0.0, "")])
def test_what_takes_its_time_is_said_while_it_is_underway(
    monkeypatch: pytest.MonkeyPatch, seconds: float, said: str
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "AFTER_SECONDS", 0.05)
    with progress.underway("being written"):
        time.sleep(seconds)
    assert stream.getvalue() == said


def test_a_short_run_and_a_run_without_a_terminal_say_nothing(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _said(_slowly(2, clock), Terminal(), monkeypatch) == ""
    assert _said(_slowly(50, clock), io.StringIO(), monkeypatch) == ""


def test_the_same_input_gives_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chelate", "report", str(LABEL), "-o", "-", "--format"]
    for form in ("md", "json", "csv"):
        outputs = {
            subprocess.run(
                [*command, form], check=True, capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(outputs) == 1
