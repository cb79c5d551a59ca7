"""The report in formats besides the page: Markdown to post, JSON and CSV to compute with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from chelate.checker import CheckResult
from chelate.findings import InputError
from chelate.report.inputs import InputFile
from chelate.report.opening import entitled

Format = Literal["md", "json", "csv"]


def text_of(
    form: Format,
    results: Sequence[CheckResult],
    *,
    title: str,
    errors: Sequence[InputError] = (),
    inputs: Sequence[InputFile] = (),
    sections: Collection[str] = (),
) -> str:
    """The report on these results as text in a format; `errors` stand in the JSON.

    `inputs` are the files of the labels, which all but CSV name with their digests. `sections`
    are those of the Markdown, all it has if none are named.

    Raises:
        InputError: the Markdown has no such section, or the title is empty.
    """
    title = entitled(title, otherwise="")
    match form:
        case "md":
            from chelate.report.formats.markdown import markdown

            return markdown(results, title=title, inputs=inputs, sections=sections)
        case "json":
            from chelate.report.formats.json_text import json_text

            return json_text(results, title=title, errors=errors, inputs=inputs)
        case "csv":
            from chelate.report.formats.csv_text import csv_text

            return csv_text(results)
