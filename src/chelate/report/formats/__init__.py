"""The report in formats besides the page: Markdown to post, JSON and CSV to compute with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from chelate.checker import CheckResult
from chelate.findings import InputError

Format = Literal["md", "json", "csv"]


def text_of(
    form: Format,
    results: Sequence[CheckResult],
    *,
    title: str,
    errors: Sequence[InputError] = (),
) -> str:
    """The report on these results as text in a format; `errors` stand in the JSON."""
    match form:
        case "md":
            from chelate.report.formats.markdown import markdown

            return markdown(results, title=title)
        case "json":
            from chelate.report.formats.json_text import json_text

            return json_text(results, title=title, errors=errors)
        case "csv":
            from chelate.report.formats.csv_text import csv_text

            return csv_text(results)
