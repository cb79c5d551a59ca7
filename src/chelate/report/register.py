"""The register of claims beside a label: what its statements and its sources are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chelate import catalogue, evidence
from chelate.checker import CheckResult
from chelate.evidence import Evidence
from chelate.findings import Finding, Verdict
from chelate.report.citing import Cited, cited
from chelate.report.marks import Ref

MOST = 3
STATEMENTS = "CL"
_OF_BLENDS = {"buffered", "blend"}
_OF_PURITY = {"unbuffered", "pure"}
_MORE_FOR_A_BLEND = 0.75
_PARTICULAR = 0.5
_MENTION = re.compile(r"\b([ABT]\d{1,2})\b")
_EVIDENCE = re.compile(r"[;,:] chelate evidence ([ABT]\d{1,2}) says (?:more|what is known)")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of the register as a product's section lists it."""

    id: str
    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a label that a rule on statements speaks of, and claims that are about them."""

    words: str
    ref: Ref
    name: str
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """What is found on a label's statements, and the claims that are made of its sources.

    `printed` is how many statements are printed.
    """

    printed: int
    found: tuple[Statement, ...]
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim of the register, whole: it stands once, and products refer to it.

    `reason` is cut into runs of text, each with the id of the claim that it names, or "".
    """

    id: str
    verdict: str
    meaning: str
    said: str
    reason: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]
    references: tuple[tuple[Cited, str], ...]
    origin: str
    reviewed: str


def statements(result: CheckResult, refs: Sequence[tuple[Finding, Ref]]) -> Statements:
    """What the register and the rules on statements say about a label."""
    found = tuple(_statement(f, ref) for f, ref in refs if f.code.startswith(STATEMENTS))
    named = {each.id for statement in found for each in statement.claims}
    about = [record for record in _about(result) if record.id not in named]
    return Statements(len(result.label.statements), found, tuple(map(_said, about[:MOST])))


def _statement(finding: Finding, ref: Ref) -> Statement:
    claims = tuple(_said(evidence.claim(key)) for key in named(finding))
    return Statement(finding.words, ref, finding.name.replace("-", " "), claims)


def named(finding: Finding) -> tuple[str, ...]:
    """The ids of the claims that a finding sends its reader to."""
    return tuple(dict.fromkeys(_EVIDENCE.findall(finding.message)))


def without_evidence(message: str) -> str:
    """A message without the command that shows the evidence: the page has it.

    >>> without_evidence("“pure” is said; chelate evidence T09 says more")
    '“pure” is said'
    """
    return _EVIDENCE.sub("", message)


def _said(record: Evidence) -> Said:
    return Said(record.id, record.verdict, record.said)


def _about(result: CheckResult) -> tuple[Evidence, ...]:
    """The claims that are about the sources named and little else, the nearest first.

    Those on buffering only where the label declares a blend, and then first; those on purity
    never: only words of the label raise them. Of claims that are as near, those of the trade
    come before those of articles.
    """
    sources = dict.fromkeys(_ids_of_sources(result))
    of_any = dict.fromkeys(record for key in sources for record in evidence.about(key))
    found = [record for record in of_any if _is_raised(record, result)]
    close = {record: _closeness(record, result, set(sources)) for record in found}
    near = (record for record in found if close[record] > _PARTICULAR)
    return tuple(sorted(near, key=lambda record: (-close[record], record.id[0] != "T")))


def _is_raised(record: Evidence, result: CheckResult) -> bool:
    if _OF_PURITY.intersection(record.topics):
        return False
    return _is_declared_blend(result) or not _OF_BLENDS.intersection(record.topics)


def _is_declared_blend(result: CheckResult) -> bool:
    return result.verdict is Verdict.DECLARED_BLEND


def _ids_of_sources(result: CheckResult) -> Iterator[str]:
    for judged in result.judged:
        for source in (*judged.claim.sources, *judged.denser):
            yield from ([source.meaning.family] if source.meaning.family else [])
            yield from source.meaning.marks


def _closeness(record: Evidence, result: CheckResult, sources: set[str]) -> float:
    """The share of what a claim is about that the label names, and more if it is on a blend."""
    nutrients = {judged.claim.nutrient for judged in result.judged}
    near = {*sources, *nutrients, *_marks_of(frozenset(sources))}
    on_blend = _is_declared_blend(result) and _OF_BLENDS.intersection(record.topics)
    share = len(near.intersection(record.concerns)) / len(record.concerns)
    return share + (_MORE_FOR_A_BLEND if on_blend and share >= _PARTICULAR else 0.0)


@cache
def _marks_of(families: frozenset[str]) -> tuple[str, ...]:
    """The marks that stand for one of these families, or for a substance of it."""
    return tuple(
        mark.id
        for mark in catalogue.marks().values()
        if mark.family in families
        or (mark.substance and families.intersection(catalogue.substance(mark.substance).families))
    )


def claims(products: Iterable[Statements]) -> tuple[ClaimView, ...]:
    """Every claim that a product's section refers to, and those that their reasons name.

    Whole, in the order of the register.
    """
    wanted = {
        said.id
        for each in products
        for said in (*each.claims, *(said for found in each.found for said in found.claims))
    }
    told = wanted.union(*(_mentioned(evidence.register()[each].reason) for each in wanted))
    return tuple(_view(record, told) for key, record in evidence.register().items() if key in told)


def _mentioned(reason: str) -> set[str]:
    """The other claims that a reason sends its reader to."""
    return set(_MENTION.findall(reason)).intersection(evidence.register())


def _linked(reason: str, told: set[str]) -> Iterator[tuple[str, str]]:
    """A reason in runs of text, those that are the id of a claim on the page with it."""
    for run in _MENTION.split(reason):
        if run:
            yield run, run if run in told else ""


def _view(record: Evidence, told: set[str]) -> ClaimView:
    keys = zip(record.references, record.verified_by, strict=False)
    return ClaimView(
        record.id,
        record.verdict,
        evidence.VERDICTS[record.verdict],
        record.said,
        tuple(_linked(record.reason, told)),
        record.figures,
        tuple((cited(key), "" if how in evidence.READ else how) for key, how in keys),
        record.origin,
        record.reviewed,
    )
