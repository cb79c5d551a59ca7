"""The section of one product: the label as printed, its findings, the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from chelate import catalogue, sentences
from chelate.bounds import Capacity
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.composition.claims import AS_PRINTED
from chelate.figures import assay, at_least_mg, at_most_mg, mg
from chelate.findings import Finding, Severity, Verdict
from chelate.models import Label
from chelate.models import Row as LabelRow
from chelate.report import marks, reasons
from chelate.report.citing import Cited, cited
from chelate.report.marks import Ref, Text
from chelate.report.reasons import Mending, Readings
from chelate.report.register import Statements, statements
from chelate.rules import Judged, by_code

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}")
_FIELDS = (
    ("product", "Product"),
    ("brand", "Brand"),
    ("form", "Form"),
    ("capsule_size", "Capsule size"),
    ("serving.size", "Serving size"),
    ("serving.weight", "Serving weight"),
    ("serving.per_container", "Servings per container"),
    ("serving.per_day", "Servings a day"),
)


@dataclass(frozen=True, slots=True)
class PanelSource:
    """A source printed for a row, with its own mass and its share of the element."""

    name: Text
    amount: Text
    elemental: Text


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel as printed; `depth` counts the rows that it is nested under."""

    depth: int
    name: Text
    sources: tuple[PanelSource, ...]
    amount: Text
    percent: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Printed:
    """The label as printed, with the words that findings speak of marked."""

    language: str
    fields: tuple[tuple[str, Text], ...]
    percent_of: str
    rows: tuple[PanelRow, ...]
    other_ingredients: tuple[Text, ...]
    statements: tuple[Text, ...]


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
    sources: str
    reading: str
    proof: tuple[str, ...]
    untested: str
    none_elsewhere: str
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
    """Everything that the page says of one label."""

    anchor: str
    name: str
    brand: str
    file: str
    verdict: Verdict
    sentence: str
    printed: Printed
    findings: tuple[FindingView, ...]
    statements: Statements
    claims: tuple[ClaimView, ...]
    unchecked: tuple[Unchecked, ...]


def product(result: CheckResult, number: int) -> Product:
    """The section of the product that stands at this number, counted from one."""
    anchor = f"p{number}"
    texts = marks.texts_of(result.label)
    placed = tuple(_placed(result, number, texts))
    return Product(
        anchor,
        result.label.product,
        result.label.brand or "",
        _file(result.label),
        result.verdict,
        sentences.carrying_sentence(result),
        _printed(result.label, texts, placed),
        tuple(_finding(f, ref, path is not None, result) for f, ref, path in placed),
        statements(result, [(f, ref) for f, ref, _ in placed]),
        tuple(_claim(j, result, f"{anchor}-c{i}") for i, j in enumerate(result.judged, start=1)),
        tuple(_unchecked(result, texts)),
    )


def _placed(
    result: CheckResult, product: int, texts: Mapping[str, str]
) -> Iterator[tuple[Finding, Ref, str | None]]:
    for number, finding in enumerate(result.findings, start=1):
        anchor = marks.finding_id(product, number)
        ref = Ref(number, finding.code, f"p{product}-m{number}", anchor)
        yield finding, ref, marks.printed_path(finding.path, texts)


def _file(label: Label) -> str:
    """The file's name without its folders, and the record in it."""
    if label.origin is None:
        return ""
    name = Path(label.origin.file).name
    return f"{name}, record {label.origin.record}" if label.origin.record else name


def _printed(
    label: Label, texts: Mapping[str, str], placed: tuple[tuple[Finding, Ref, str | None], ...]
) -> Printed:
    found = {
        path: marks.segments(text, [(f, ref) for f, ref, at in placed if at == path])
        for path, text in texts.items()
    }
    language = label.language or ""
    return Printed(
        language if _LANGUAGE.fullmatch(language) else "",
        tuple((name, found[path]) for path, name in _FIELDS if path in found),
        "Percent NRV" if label.market == "EU" else "Percent Daily Value",
        tuple(_panel_rows(label.facts, "facts", 0, found)),
        tuple(text for path, text in found.items() if path.startswith("other_ingredients[")),
        tuple(text for path, text in found.items() if path.startswith("statements[")),
    )


def _panel_rows(
    rows: tuple[LabelRow, ...], key: str, depth: int, found: Mapping[str, Text]
) -> Iterator[PanelRow]:
    for index, row in enumerate(rows):
        path = f"{key}[{index}]"
        yield PanelRow(
            min(depth, 5),
            found.get(f"{path}.name", ()),
            tuple(_panel_sources(row, path, found)),
            found.get(f"{path}.amount", ()),
            found.get(f"{path}.percent_dv", ()) + found.get(f"{path}.percent_nrv", ()),
            found.get(f"{path}.note", ()),
        )
        yield from _panel_rows(row.contains, f"{path}.contains", depth + 1, found)


def _panel_sources(row: LabelRow, path: str, found: Mapping[str, Text]) -> Iterator[PanelSource]:
    for index in range(len(row.sources)):
        own = f"{path}.sources[{index}]"
        keys = ("name", "amount", "elemental")
        yield PanelSource(*(found.get(f"{own}.{key}", ()) for key in keys))


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
        sentences.source_words(judged),
        "" if claim.reading == AS_PRINTED else claim.reading,
        proof,
        "" if proof else judged.bounds.reason,
        reasons.none_elsewhere(judged),
        reasons.mending(judged, result),
        tuple(_test(held, claim.nutrient) for held in _others_tested(judged)),
        reasons.readings(judged, result),
        reasons.recipes(judged, result),
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
