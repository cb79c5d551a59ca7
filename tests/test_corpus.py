"""Real labels are held to what a careful reader expects of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import corpus_table
from chelate.checker import check
from chelate.readers import load_label


def test_every_label_of_the_corpus_gets_what_is_expected(corpus: Path) -> None:
    found = corpus_table.cases(corpus)
    assert found
    misses = [case for case in found if not case.hit]
    assert misses == []


def test_the_corpus_has_no_label_without_an_expectation(corpus: Path) -> None:
    listed = {case.file for case in corpus_table.cases(corpus)}
    assert {f"labels/{path.name}" for path in (corpus / "labels").iterdir()} == listed


def test_every_complete_record_of_the_corpus_is_checked(corpus: Path) -> None:
    paths = sorted((corpus / "raw" / "dsld_v9_labels").glob("*.json"))
    assert paths
    for path in paths:
        result = check(load_label(path))
        assert result.label.product
        assert all(finding.place for finding in result.findings)


LABEL = """\
product: Sample
facts:
  - name: Magnesium (from 1,000 mg magnesium bisglycinate)
    amount: 180 mg
"""


def small_corpus(folder: Path, **changed: object) -> Path:
    (folder / "labels").mkdir()
    (folder / "labels" / "a.yaml").write_text(LABEL)
    expected = {"file": "labels/a.yaml", "verdict": ["impossible"], "magnesium_mg": 180,
                "buffered_declared": False}  # fmt: skip
    (folder / "expected.jsonl").write_text(json.dumps(expected | changed) + "\n")
    return folder


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 0),
        ({"verdict": ["consistent", "impossible"]}, 0),
        ({"verdict": ["consistent"]}, 1),
        ({"magnesium_mg": 181}, 1),
        ({"magnesium_mg": None}, 1),
        ({"buffered_declared": True}, 1),
        ({"file": "labels/missing.txt"}, 1),
    ],
)
def test_the_table_ends_with_status_1_on_a_miss(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changed: dict[str, object],
    status: int,
) -> None:
    monkeypatch.setenv("CHELATE_CORPUS", str(small_corpus(tmp_path, **changed)))
    assert corpus_table.main() == status
    assert ("MISS" in capsys.readouterr().out) == bool(status)


def test_the_table_ends_with_status_2_without_a_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHELATE_CORPUS", str(tmp_path))
    assert corpus_table.main() == 2
