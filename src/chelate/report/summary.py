"""The summary: one row for each product, for pages on which columns would be too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chelate.checker import CheckResult
from chelate.findings import Finding, Severity, Verdict
from chelate.report.anchors import Anchor, anchors
from chelate.report.cells import NOT_CLAIMED, Cell, Line
from chelate.report.comparison import glycine_cell
from chelate.report.nutrient_rows import declared_mg, elemental, elsewhere, elsewhere_share
from chelate.rules import Judged

HEADER = ("Product", "Verdict", "Elemental, per serving", "From elsewhere", "Glycine", "Findings")
_FIRST = "magnesium"


@dataclass(frozen=True, slots=True)
class Counted:
    """The findings of one severity: each code once, with the id that it leads to."""

    words: str
    severity: Severity
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One product. `anchor` is the id of its section, "" where the page has none.

    `sorting` are the figures that the columns are sorted by: mg declared, the least share
    from elsewhere, glycine in mg, None where that is not known; then how grave the findings
    are, as a number that is greater for graver ones.
    """

    anchor: str
    name: str
    brand: str
    file: str
    verdict: Verdict
    elemental: Cell
    elsewhere: Cell
    glycine: Cell
    findings: tuple[Counted, ...]
    sorting: tuple[float | None, float | None, float | None, int]


def summary_rows(results: Sequence[CheckResult], *, linked: bool) -> tuple[SummaryRow, ...]:
    """A row for each product; `linked` says that the page has a section for each."""
    ids = anchors(results) if linked else [None] * len(results)
    return tuple(map(_row, results, ids))


def _row(result: CheckResult, anchor: Anchor | None) -> SummaryRow:
    shown = _shown(result)
    glycine = glycine_cell(result)
    return SummaryRow(
        anchor.section if anchor else "",
        result.label.product,
        result.label.brand or "",
        file_name(result),
        result.verdict,
        _elemental(result, shown),
        _elsewhere(result, shown),
        _glycine(glycine),
        tuple(_counted(result, anchor)),
        _sorting(result, shown, glycine),
    )


def file_name(result: CheckResult) -> str:
    """The name of the file that a label was read from, without its folders."""
    origin = result.label.origin
    return Path(origin.file).name if origin else ""


def _shown(result: CheckResult) -> Judged | None:
    """The claim that stands for the product: of magnesium, else the one of gravest verdict."""

    def place(judged: Judged) -> tuple[bool, int]:
        return judged.claim.nutrient != _FIRST, judged.verdict.rank

    return min(result.judged, key=place, default=None)


def _elemental(result: CheckResult, shown: Judged | None) -> Cell:
    if shown is None:
        return Cell((NOT_CLAIMED,))
    nutrient = shown.claim.nutrient
    found = elemental(nutrient, result)
    more = len({j.claim.nutrient for j in result.judged} - {nutrient})
    rest = (Line(f"and {more} more", emphasis="quiet"),) if more else ()
    return replace(found, lines=(*_prefixed(found.lines, nutrient), *rest))


def _prefixed(lines: tuple[Line, ...], nutrient: str) -> tuple[Line, ...]:
    """The figures without their notes, the nutrient named where it is not magnesium."""
    prefix = "" if nutrient == _FIRST else f"{nutrient}:"
    return tuple(replace(line, note="", prefix=prefix) for line in lines)


def _elsewhere(result: CheckResult, shown: Judged | None) -> Cell:
    if shown is None:
        return Cell((NOT_CLAIMED,))
    first = elsewhere(shown, result)[0]
    return Cell((replace(first, note=first.note.removesuffix(", in any case")),))


def _glycine(found: Cell) -> Cell:
    """The first figure of glycine; that it is only the most needs no condition."""
    first = found.lines[0]
    at_most = found.range is not None and found.range.low == 0 < found.range.high
    return Cell((replace(first, note="") if at_most else first,), found.range)


def _counted(result: CheckResult, anchor: Anchor | None) -> Iterator[Counted]:
    for severity in Severity:
        targets = anchor.findings if anchor else [f"rule-{f.code}" for f in result.findings]
        pairs = zip(result.findings, targets, strict=True)
        found = [(f, target) for f, target in pairs if f.severity is severity]
        if found:
            words = f"{len(found)} {severity.value}{'s' * (len(found) != 1)}"
            yield Counted(words, severity, tuple(_codes(found)))


def _codes(found: Sequence[tuple[Finding, str]]) -> Iterator[tuple[str, str]]:
    """Each code once, with the id that its first finding leads to."""
    first = {finding.code: target for finding, target in reversed(found)}
    yield from sorted(first.items())


def _sorting(
    result: CheckResult, shown: Judged | None, glycine: Cell
) -> tuple[float | None, float | None, float | None, int]:
    declared = declared_mg(shown.claim.nutrient, result) if shown else None
    share = elsewhere_share(shown, result) if shown else None
    gravity = sum(result.count(severity) * 1000 ** (2 - severity.rank) for severity in Severity)
    return (
        declared.middle if declared else None,
        share.low if share else None,
        glycine.range.low if glycine.range else None,
        gravity,
    )
