"""Real labels are held to what a careful reader expects of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chelate.checker import CheckResult, check
from chelate.readers import load_label
from chelate.report.document import label_entry


def cases(corpus: Path) -> list[tuple[dict[str, Any], CheckResult]]:
    lines = (corpus / "expected.jsonl").read_text("utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    readable = [case for case in expected if case["file"].endswith(".json")]
    return [(case, check(load_label(corpus / case["file"]))) for case in readable]


def magnesium_mg(result: CheckResult) -> float | None:
    nutrients = label_entry(result)["nutrients"]
    found = [each["declared_mg"] for each in nutrients if each["name"] == "magnesium"]
    return found[0] if found else None


def test_every_readable_label_of_the_corpus_gets_what_is_expected(corpus: Path) -> None:
    found = cases(corpus)
    assert found
    misfits = [
        (case["file"], result.verdict.value, magnesium_mg(result), result.buffered_declared)
        for case, result in found
        if result.verdict not in case["verdict"]
        or magnesium_mg(result) != case["magnesium_mg"]
        or result.buffered_declared is not case["buffered_declared"]
    ]
    assert misfits == []


def test_every_complete_record_of_the_corpus_is_checked(corpus: Path) -> None:
    paths = sorted((corpus / "raw" / "dsld_v9_labels").glob("*.json"))
    assert paths
    for path in paths:
        result = check(load_label(path))
        assert result.label.product
        assert all(finding.place for finding in result.findings)
