"""The section of one product: the label as printed, its findings, the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from chelate import catalogue, sentences
from chelate.bounds import Capacity
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.figures import assay, at_least_mg, at_most_mg, mg
from chelate.findings import Finding, Severity, Verdict
from chelate.models import Label
from chelate.report import bars, marks, reasons, recipes
from chelate.report.anchors import Anchor
from chelate.report.bars import Bar
from chelate.report.citing import Cited, cited
from chelate.report.glycine_chart import GlycineChart, glycine_chart
from chelate.report.marks import Ref
from chelate.report.printed import Printed, printed
from chelate.report.reasons import Mending, Readings
from chelate.report.register import Statements, statements
from chelate.report.understood import Taken, understood
from chelate.rules import Judged, by_code

LIMITS = {
    Verdict.IMPOSSIBLE: "It does not say what is in the bottle, nor which printed figure is off.",
    Verdict.DECLARED_BLEND: "It does not say that anything is wrong: a buffer that is declared is "
    "lawful. How much comes from each source is known only as far as it is printed.",
    Verdict.DOUBTFUL: "It does not say that the label is wrong: outside what is usual is not "
    "impossible.",
    Verdict.CANNOT_TELL: "It speaks neither for the label nor against it.",
    Verdict.CONSISTENT: "It is no proof of purity, and nothing was analysed: a blend can fit the "
    "same figures.",
    Verdict.NO_CLAIM: "It speaks neither for the product nor against it.",
}


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its place: `mark` is the id of its words in the label, if they stand there."""

    ref: Ref
    name: str
    severity: Severity
    certainty: str
    message: str
    words: str
    place: str
    marked: bool
    remedy: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """One printed mass held against the claim."""

    printed: str
    holder: str
    mass: str
    fraction: str
    holds: str
    needed: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A source claim: its verdict and the arithmetic of it, line by line."""

    anchor: str
    name: str
    verdict: Verdict
    sentence: str
    proof: tuple[str, ...]
    untested: str
    none_elsewhere: str
    taking_room: str
    mending: Mending | None
    tests: tuple[Test, ...]
    readings: Readings
    recipes: tuple[str, ...]
    glycine: str
    settling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Rules that could not be applied for one reason."""

    codes: tuple[str, ...]
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that the page says of one label.

    `anchor` is the id of its section, `at` begins the ids of what stands in it; `limit` says
    what the verdict does not mean.
    """

    anchor: str
    at: str
    name: str
    brand: str
    file: str
    verdict: Verdict
    sentence: str
    limit: str
    bar: Bar | None
    printed: Printed
    findings: tuple[FindingView, ...]
    statements: Statements
    understood: tuple[Taken, ...]
    claims: tuple[ClaimView, ...]
    glycine: GlycineChart | None
    unchecked: tuple[Unchecked, ...]


def product(result: CheckResult, number: int, anchor: Anchor) -> Product:
    """The section of the product that stands at this number, counted from one."""
    at = f"p{number}"
    texts = marks.texts_of(result.label)
    placed = tuple(_placed(result, at, anchor, texts))
    return Product(
        anchor.section,
        at,
        result.label.product,
        result.label.brand or "",
        _file(result.label),
        result.verdict,
        sentences.carrying_sentence(result),
        LIMITS[result.verdict],
        bars.of_label(result),
        printed(result.label, texts, placed),
        tuple(_finding(f, ref, path is not None, result) for f, ref, path in placed),
        statements(result, [(f, ref) for f, ref, _ in placed]),
        understood(result),
        tuple(_claim(j, result, f"{at}-c{i}") for i, j in enumerate(result.judged, start=1)),
        glycine_chart(result),
        tuple(_unchecked(result, texts)),
    )


def _placed(
    result: CheckResult, at: str, anchor: Anchor, texts: Mapping[str, str]
) -> Iterator[tuple[Finding, Ref, str | None]]:
    findings = zip(result.findings, anchor.findings, strict=True)
    for number, (finding, own) in enumerate(findings, start=1):
        ref = Ref(number, finding.code, f"{at}-m{number}", own)
        yield finding, ref, marks.printed_path(finding.path, texts)


def _file(label: Label) -> str:
    """The file's name without its folders, and the record in it."""
    if label.origin is None:
        return ""
    name = Path(label.origin.file).name
    return f"{name}, record {label.origin.record}" if label.origin.record else name


def _finding(finding: Finding, ref: Ref, marked: bool, result: CheckResult) -> FindingView:
    return FindingView(
        ref,
        finding.name.replace("-", " "),
        finding.severity,
        finding.certainty.value,
        _capitalised(finding.message),
        finding.words,
        _place(finding, result.label),
        marked,
        finding.remedy,
        tuple(cited(key) for key in by_code()[finding.code].references),
    )


def _capitalised(message: str) -> str:
    """A message as a sentence of its own; printed words that it begins with stay as printed."""
    return f"{message[:1].upper()}{message[1:].rstrip('.')}."


def _place(finding: Finding, label: Label) -> str:
    if finding.place is None or label.origin is None:
        return finding.path
    at = f"line {finding.place.line}, column {finding.place.column}"
    return f"{Path(label.origin.file).name}, {at} ({finding.path})"


def _claim(judged: Judged, result: CheckResult, anchor: str) -> ClaimView:
    claim = judged.claim
    declared = f", {sentences.declared_text(claim)}" if claim.declared else ""
    proof = arithmetic(result.composition, judged.index, judged.bounds)
    return ClaimView(
        anchor,
        f"{catalogue.nutrients()[claim.nutrient].name}{declared}",
        judged.verdict,
        sentences.sentence(judged),
        proof,
        "" if proof else judged.bounds.reason,
        reasons.none_elsewhere(judged),
        reasons.taking_room(judged, result),
        reasons.mending(judged, result),
        tuple(_test(held, claim.nutrient) for held in _others_tested(judged)),
        reasons.readings(judged, result),
        recipes.recipes(judged, result),
        reasons.glycine_words(judged, result),
        tuple(reasons.settling(judged, result)),
    )


def _others_tested(judged: Judged) -> Iterator[Capacity]:
    """The capacities beside the tightest one, save those that any source would fit."""
    return (c for c in judged.bounds.capacities[1:] if c.fraction != 1 or c.missing_mg)


def _test(held: Capacity, nutrient: str) -> Test:
    missing = held.missing_mg
    outcome = f"at least {at_least_mg(missing)} too little" if missing else "it fits"
    return Test(
        held.text,
        sentences.HOLDERS[held.holder],
        at_most_mg(held.mass_mg),
        f"{assay(held.fraction)} ({sentences.densest_name(held, nutrient)})",
        at_most_mg(held.element_mg),
        mg(held.needed_mg),
        outcome,
    )


def _unchecked(result: CheckResult, texts: Mapping[str, str]) -> Iterator[Unchecked]:
    skips = sorted(result.skipped, key=lambda item: (item[1].path, item[1].reason, item[0]))
    for (path, reason), items in groupby(skips, key=lambda item: (item[1].path, item[1].reason)):
        where = texts.get(marks.printed_path(path, texts) or "", path)
        yield Unchecked(tuple(dict.fromkeys(code for code, _ in items)), where, reason)
