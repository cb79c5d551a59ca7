"""The summary: one row for each product, for pages on which columns would be too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from chelate.checker import CheckResult
from chelate.findings import Finding, Severity, Verdict
from chelate.report.anchors import Anchor
from chelate.report.cells import NOT_CLAIMED, Cell, Line
from chelate.report.comparison import IN_ANY_CASE, glycine_cell
from chelate.report.naming import LONGEST, Named, named, short
from chelate.report.nutrient_rows import (
    declared_mg,
    elemental,
    elsewhere_in_any_case,
    elsewhere_share,
)
from chelate.report.scale import ROW, Detail
from chelate.rules import Judged

HEADER = ("Product", "Verdict", "Elemental, per serving", "From elsewhere", "Glycine", "Findings")
_FIRST = "magnesium"


@dataclass(frozen=True, slots=True)
class Counted:
    """The findings of one severity: each code once, with the id that it leads to, or ""."""

    words: str
    severity: Severity
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One product; `file` is "" where its name says it.

    `anchor` is the id that leads to it, `id` the same where it is the row's own.
    `sorting` are the figures that the columns are sorted by: the middles of the ranges of mg
    declared, of the share from elsewhere, and of glycine in mg, None where that is not known;
    then how grave the findings are, as a number that is greater for graver ones.
    """

    anchor: str
    id: str
    name: Named
    file: str
    verdict: Verdict
    elemental: Cell
    elsewhere: Cell
    glycine: Cell
    findings: tuple[Counted, ...]
    sorting: tuple[float | None, float | None, float | None, int]


def summary_rows(
    results: Sequence[CheckResult], ids: Sequence[Anchor] = (), details: Sequence[Detail] = ()
) -> tuple[SummaryRow, ...]:
    """A row for each product; `ids` lead to its section if it has one of these `details`.

    The codes of findings lead to them where they are in whole sections, to their rules where
    there is but the row, and nowhere where the product itself leads to all of them.
    """
    count = len(results)
    rows = zip(
        results,
        ids or repeat(None, count),
        named(results),
        details or repeat(ROW, count),
        strict=True,
    )
    return tuple(_row(*row) for row in rows)


def _row(result: CheckResult, anchor: Anchor | None, name: Named, detail: Detail) -> SummaryRow:
    shown = _shown(result)
    glycine = glycine_cell(result, as_documented=False)
    return SummaryRow(
        anchor.section if anchor else "",
        anchor.section if anchor and detail == "row" else "",
        name,
        _untold(file_name(result), name),
        result.verdict,
        _elemental(result, shown),
        _elsewhere(result, shown),
        _glycine(glycine),
        tuple(_counted(result, _targets(result, anchor, detail))),
        _sorting(result, shown, glycine),
    )


def file_name(result: CheckResult) -> str:
    """The name of the file that a label was read from, without its folders."""
    origin = result.label.origin
    return Path(origin.file).name if origin else ""


def _untold(file: str, name: Named) -> str:
    """The file, "" where the product's name is told apart by it."""
    return "" if short(file, LONGEST // 2) in name.apart else file


def _shown(result: CheckResult) -> Judged | None:
    """The claim that stands for the product: one that gives it its verdict, of magnesium if any."""

    def place(judged: Judged) -> tuple[int, bool]:
        return judged.verdict.rank, judged.claim.nutrient != _FIRST

    return min(result.judged, key=place, default=None)


def _elemental(result: CheckResult, shown: Judged | None) -> Cell:
    if shown is None:
        return Cell((NOT_CLAIMED,))
    nutrient = shown.claim.nutrient
    found = elemental(nutrient, result)
    more = len({j.claim.nutrient for j in result.judged} - {nutrient})
    rest = (Line(f"and {more} more", emphasis="quiet"),) if more else ()
    prefix = _prefix(shown, result)
    lines = (replace(line, note="", prefix=prefix) for line in found.lines)
    return replace(found, lines=(*lines, *rest))


def _prefix(shown: Judged, result: CheckResult) -> str:
    """The nutrient that a figure is of, where the product claims another than magnesium."""
    claimed = {judged.claim.nutrient for judged in result.judged}
    return "" if claimed == {_FIRST} else f"{shown.claim.nutrient}:"


def _elsewhere(result: CheckResult, shown: Judged | None) -> Cell:
    if shown is None:
        return Cell((NOT_CLAIMED,))
    first = elsewhere_in_any_case(shown, result)
    note, prefix = first.note.removesuffix(", in any case"), _prefix(shown, result)
    return Cell((replace(first, note=note, prefix=prefix),))


def _glycine(found: Cell) -> Cell:
    """The first figure of glycine, and what it is if the sources named are all there is.

    That a figure is only the most needs no condition.
    """
    first, *more = found.lines
    supposed = more[:1] if first.note == IN_ANY_CASE else []
    at_most = found.range is not None and found.range.low == 0 < found.range.high
    lines = (replace(line, note="", prefix=f"{line.note}:") for line in supposed)
    return Cell((replace(first, note="") if at_most else first, *lines), found.range)


def _targets(result: CheckResult, anchor: Anchor | None, detail: Detail) -> Sequence[str]:
    if anchor is None or detail == "row":
        return [f"rule-{finding.code}" for finding in result.findings]
    return anchor.findings if detail == "whole" else [""] * len(result.findings)


def _counted(result: CheckResult, targets: Sequence[str]) -> Iterator[Counted]:
    for severity in Severity:
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
        share.middle if share else None,
        glycine.range.middle if glycine.range else None,
        gravity,
    )
