"""The report as Markdown that GitHub renders: a table of the products, then their findings.

Printed words stay words: what Markdown, HTML or GitHub would act on is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from chelate.checker import CheckResult
from chelate.findings import Finding
from chelate.report.cells import Cell
from chelate.report.inert import visible
from chelate.report.summary import SummaryRow, summary_rows
from chelate.sentences import VERDICTS, WORDS, carrying_sentence

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = re.compile(r"[\\`*_\[\]!|~$]")
_FOOT = "Made with chelate {} from the printed labels alone. No product was analysed."
_SPACE = re.compile(r"\s+")
_APART = "<!-- -->"
# What GitHub links or draws without any markup: @names, #1, addresses, :emoji:.
_LINKED = re.compile(r"@(?=\w)|#(?=\d)|:(?=//)|www(?=\.)|:(?=[\w+-]+:)", re.IGNORECASE)
HEADER = ("Product", "Verdict", "Elemental, per serving", "Share from elsewhere",
          "Glycine, free acid", "Findings")  # fmt: skip


def markdown(results: Sequence[CheckResult], *, title: str) -> str:
    """A heading, the counts, a row for each product, then what carries each verdict."""
    blocks = [
        f"# {escaped(title)}",
        _counts(results),
        "\n".join(_table(summary_rows(results, linked=False))),
        *(block for result in results for block in _product(result)),
        _FOOT.format(version("chelate")),
    ]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Printed words for Markdown, on one line.

    >>> print(escaped("<b>*50 %* @ago"))
    &lt;b&gt;\*50 %\* @<!-- -->ago
    """
    line = _SPACE.sub(" ", visible(text)).strip()
    safe = "".join(_ENTITIES.get(character, character) for character in line)
    return _LINKED.sub(lambda found: found[0] + _APART, _PUNCTUATION.sub(r"\\\g<0>", safe))


def _counts(results: Sequence[CheckResult]) -> str:
    counts = Counter(result.verdict for result in results)
    return "\n".join(
        f"- **{WORDS[verdict]}**: {counts[verdict]}. {VERDICTS[verdict]}"
        for verdict in sorted(counts, key=lambda verdict: verdict.rank)
    )


def _table(rows: Sequence[SummaryRow]) -> Iterator[str]:
    yield _line(HEADER)
    yield _line(["---"] * len(HEADER))
    for row in rows:
        findings = "<br>".join(
            f"{found.words}: {', '.join(code for code, _ in found.codes)}" for found in row.findings
        )
        name = escaped(row.name) or "no name"
        figures = (_figures(cell) for cell in (row.elemental, row.elsewhere, row.glycine))
        yield _line([name, WORDS[row.verdict], *figures, findings or "none"])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figures(cell: Cell) -> str:
    texts = (" ".join(filter(None, (line.prefix, line.figure))) for line in cell.lines)
    return "<br>".join(map(escaped, texts))


def _product(result: CheckResult) -> Iterator[str]:
    yield f"## {escaped(result.label.product) or 'no name'}"
    yield f"**{WORDS[result.verdict]}**: {escaped(carrying_sentence(result))}"
    if result.findings:
        yield "\n".join(map(_finding, result.findings))


def _finding(finding: Finding) -> str:
    words = f"{finding.message[:1].upper()}{finding.message[1:].rstrip('.')}."
    return f"- {finding.severity.value} {finding.code}: {escaped(words)}"
