"""The report as JSON: the document of `check`, with what the report knows besides."""

from __future__ import annotations

from collections.abc import Sequence

from chelate.checker import CheckResult
from chelate.findings import InputError
from chelate.report import machine
from chelate.report.document import document, written
from chelate.sentences import carrying_sentence


def json_text(
    results: Sequence[CheckResult], *, title: str, errors: Sequence[InputError] = ()
) -> str:
    """What `check --format json` writes, with the key `report`: ranges and carrying sentences.

    Its labels stand in the order of `labels`.
    """
    report = machine.data(results, title=title)
    for entry, result in zip(report["labels"], results, strict=True):
        entry["sentence"] = carrying_sentence(result)
    return written({**document(results, errors), "report": report})
