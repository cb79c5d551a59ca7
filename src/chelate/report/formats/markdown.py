"""The report as Markdown that GitHub renders: a table of the products, then their findings.

Printed words stay words: what Markdown, HTML or GitHub would act on is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from importlib.metadata import version

from chelate.checker import CheckResult
from chelate.findings import Finding
from chelate.report.cells import Cell
from chelate.report.inert import visible
from chelate.report.inputs import InputFile, digest_words
from chelate.report.naming import Named, named
from chelate.report.opening import chosen
from chelate.report.price_rows import price_text
from chelate.report.register import without_evidence
from chelate.report.summary import summary_rows
from chelate.sentences import VERDICTS, WORDS, carrying_sentence, of_message

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = re.compile(r"[\\`*_\[\]!|~$]")
_FOOT = "Made with chelate {} from the printed labels alone. No product was analysed."
_SPACE = re.compile(r"\s+")
_APART = "<!-- -->"
# What GitHub links or draws without any markup: @names, #1, addresses, :emoji:.
_LINKED = re.compile(r"@(?=\w)|#(?=\d)|:(?=//)|www(?=\.)|:(?=[\w+-]+:)", re.IGNORECASE)
SECTIONS = ("glance", "comparison", "products")
HEADER = ("Product", "Verdict", "Elemental, per serving", "Share from elsewhere",
          "Glycine, free acid", "Findings")  # fmt: skip


def markdown(
    results: Sequence[CheckResult],
    *,
    title: str,
    inputs: Sequence[InputFile] = (),
    sections: Collection[str] = (),
) -> str:
    """A heading, the counts, a row for each product, then what carries each verdict.

    `sections` are those of `SECTIONS` that it has, all if none are named.

    Raises:
        InputError: a section is none of them.
    """
    shown = chosen(sections, known=SECTIONS, of="labels in Markdown")
    pairs = zip(named(results), results, strict=True) if "products" in shown else ()
    blocks = [
        f"# {escaped(title)}",
        *([_counts(results)] if "glance" in shown else []),
        *(["\n".join(_table(results))] if "comparison" in shown else []),
        *(block for pair in pairs for block in _product(*pair)),
        _FOOT.format(version("chelate")),
        *inputs_lines(inputs),
    ]
    return "\n\n".join(blocks) + "\n"


def inputs_lines(inputs: Sequence[InputFile]) -> Iterator[str]:
    """One block that names the files read with their digests, none without files."""
    if inputs:
        yield "\n".join(f"- {escaped(each.name)}: {digest_words(each)}" for each in inputs)


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


def _table(results: Sequence[CheckResult]) -> Iterator[str]:
    priced = any(result.label.price for result in results)
    header = (*HEADER[:-1], *["Price"] * priced, HEADER[-1])
    yield line(header)
    yield line(["---"] * len(header))
    for row, result in zip(summary_rows(results), results, strict=True):
        findings = "<br>".join(
            f"{found.words}: {', '.join(code for code, _ in found.codes)}" for found in row.findings
        )
        name = escaped(row.name.whole)
        figures = (_figures(cell) for cell in (row.elemental, row.elsewhere, row.glycine))
        price = [escaped(price_text(result))] * priced
        yield line([name, WORDS[row.verdict], *figures, *price, findings or "none"])


def line(cells: Sequence[str]) -> str:
    """One row of a table, its cells escaped."""
    return f"| {' | '.join(cells)} |"


def _figures(cell: Cell) -> str:
    texts = (" ".join(filter(None, (line.prefix, line.figure))) for line in cell.lines)
    return "<br>".join(map(escaped, texts))


def _product(name: Named, result: CheckResult) -> Iterator[str]:
    yield f"## {escaped(name.whole)}"
    yield f"**{WORDS[result.verdict]}**: {escaped(carrying_sentence(result))}"
    if result.findings:
        yield "\n".join(map(_finding, result.findings))


def _finding(finding: Finding) -> str:
    words = of_message(without_evidence(finding.message))
    return f"- {finding.severity.value} {finding.code}: {escaped(words)}"
