"""The report as JSON: the document of `check`, with what the report knows besides."""

from __future__ import annotations

from collections.abc import Sequence

from chelate.checker import CheckResult
from chelate.findings import InputError
from chelate.report import machine
from chelate.report.document import document, written
from chelate.report.inputs import InputFile


def json_text(
    results: Sequence[CheckResult],
    *,
    title: str,
    errors: Sequence[InputError] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """What `check --format json` writes, with the key `report`: ranges, sentences and inputs.

    Its labels stand in the order of `labels`.
    """
    report = machine.data(results, title=title, inputs=inputs)
    return written({**document(results, errors), "report": report})
