"""The condensed section of one product: what carries its verdict, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chelate import catalogue, sentences
from chelate.bounds import words
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.findings import Finding, Severity, Verdict
from chelate.report import marks
from chelate.report.anchors import Anchor
from chelate.report.marks import Ref
from chelate.report.naming import Named
from chelate.report.printed import Printed, printed
from chelate.report.product import read_from, refs_of
from chelate.report.register import Statements, named, statements, without_evidence

Placed = tuple[Finding, Ref, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in short: `mark` is the id of its words in the label, "" where it has none.

    `evidence` are the ids of the claims of the register that it sends its reader to.
    """

    number: int
    anchor: str
    code: str
    name: str
    severity: Severity
    message: str
    mark: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The arithmetic of a claim that carries the verdict, line by line."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a condensed section has: verdict, label, findings, and the proof of the verdict."""

    anchor: str
    name: Named
    file: str
    verdict: Verdict
    sentence: str
    printed: Printed
    findings: tuple[Told, ...]
    proof: Proof | None
    statements: Statements


def brief(result: CheckResult, number: int, anchor: Anchor, name: Named) -> Brief:
    """The condensed section of the product at this number, counted from one."""
    texts = marks.texts_of(result.label)
    found = tuple(refs_of(result, f"p{number}", anchor, texts))
    said = statements(result, [(finding, ref) for finding, ref, _ in found])
    return Brief(
        anchor.section,
        name,
        read_from(result.label),
        result.verdict,
        sentences.carrying_sentence(result),
        printed(result.label, texts, found),
        tuple(_told(found, result)),
        _proof(result),
        replace(said, claims=()),
    )


def _told(placed: Iterable[Placed], result: CheckResult) -> Iterator[Told]:
    """The findings; what they repeat of a claim's verdict stands with the first of them."""
    said = [words.elsewhere(judged.claim, judged.bounds) for judged in result.judged]
    repeated: set[str] = set()
    for finding, ref, path in placed:
        message = _without(without_evidence(finding.message), repeated)
        repeated.update(text for text in said if text and text in message)
        yield Told(
            ref.number,
            ref.anchor,
            finding.code,
            finding.name.replace("-", " "),
            finding.severity,
            sentences.of_message(message),
            ref.mark if path else "",
            named(finding),
        )


def _without(message: str, repeated: Iterable[str]) -> str:
    for text in repeated:
        for lead in ("; as printed, ", ": by the figures printed, "):
            message = message.replace(lead + text, "")
    return message


def _proof(result: CheckResult) -> Proof | None:
    """The arithmetic of the claim that gives the label its verdict."""
    for judged in sentences.carrying(result)[:1]:
        if lines := arithmetic(result.composition, judged.index, judged.bounds):
            return Proof(catalogue.nutrients()[judged.claim.nutrient].name, lines)
    return None
