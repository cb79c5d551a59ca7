"""One label -> findings and a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.bounds import Bounds, bounds
from chelate.composition import Claim, Composition, Source, compose
from chelate.findings import Finding, Place, Severity, Verdict
from chelate.models import Label
from chelate.rules import RULES, Case, Hit, Judged, Skip

_LAST = Place(10**9, 1)


@dataclass(frozen=True, slots=True, repr=False)
class CheckResult:
    """What checking found: the verdict, the findings, and how both were reached.

    `skipped` are the rules that could not be applied, by code: not checkable is not passed.
    """

    label: Label
    verdict: Verdict
    buffered_declared: bool
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[tuple[str, Skip], ...]
    composition: Composition

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)

    def __repr__(self) -> str:
        counts = Counter(f.severity.value for f in self.findings)
        said = ", ".join(f"{n} {kind}{'s' * (n != 1)}" for kind, n in counts.items())
        return f"<{self.label.product!r}: {self.verdict.value}; {said or 'no findings'}>"


def check(label: Label) -> CheckResult:
    """Check a label. A pure function: what is wrong with the label is in the result.

    >>> from chelate.models import Label
    >>> check(Label(product="Sample", facts=[{
    ...     "name": "Magnesium (from 1,000 mg magnesium bisglycinate)", "amount": "180 mg"}]))
    <'Sample': impossible; 1 error, 1 warning>
    """
    composition = compose(label)
    judged = judge(composition)
    findings, skipped = _apply_rules(Case(label, composition, judged))
    verdict = min((j.verdict for j in judged), key=lambda v: v.rank, default=Verdict.NO_CLAIM)
    declared = any(j.claim.buffered or _declares_blend(j.claim, j.denser) for j in judged)
    return CheckResult(label, verdict, declared, judged, findings, skipped, composition)


def judge(composition: Composition) -> tuple[Judged, ...]:
    """The verdict on every claim, with the bounds that it rests on."""
    found = bounds(composition)
    return tuple(_judged(index, each, composition) for index, each in enumerate(found))


def _judged(index: int, bounded: Bounds, composition: Composition) -> Judged:
    claim = composition.claims[index]
    found = _with_unread(bounded, claim, composition)
    rows = (c for c in composition.claims if c is not claim and c.nutrient == claim.nutrient)
    denser = denser_sources(claim, tuple(source for row in rows for source in row.sources))
    return Judged(index, claim, found, _verdict(claim, found, denser), denser)


def _with_unread(found: Bounds, claim: Claim, composition: Composition) -> Bounds:
    """Bounds that decide nothing where a figure of the claim's own rows could not be read."""
    unread = next(
        (p for p in composition.problems if p.path.startswith(claim.path) and p.kind != "percent"),
        None,
    )
    if unread is None or found.outcome == "exceeds":
        return found
    reason = f"“{unread.text}” cannot be read with certainty"
    return replace(found, outcome="undecided", reason=reason, lean=None, fill_g_per_ml=None)


def _verdict(claim: Claim, found: Bounds, denser: tuple[Source, ...]) -> Verdict:
    if not claim.sources:
        return Verdict.NO_CLAIM
    if found.outcome == "exceeds":
        return Verdict.IMPOSSIBLE
    if _declares_blend(claim, denser):
        return Verdict.DECLARED_BLEND
    if _undocumented(found):
        return Verdict.DOUBTFUL
    return Verdict.CANNOT_TELL if found.outcome == "undecided" else Verdict.CONSISTENT


def _undocumented(found: Bounds) -> bool:
    usual = catalogue.fill_density().usual_high_g_per_ml
    return found.lean is not None or (found.fill_g_per_ml or 0.0) > usual


def _declares_blend(claim: Claim, denser: tuple[Source, ...]) -> bool:
    """Whether the label says that a chelate is buffered, or names a denser source beside it."""
    chelate = any(source.meaning.chelate for source in claim.sources)
    return chelate and bool(denser or claim.buffered)


def denser_sources(claim: Claim, rows: tuple[Source, ...] = ()) -> tuple[Source, ...]:
    """Sources of the same element, beside a chelate, that may hold more of it than the chelate.

    `rows` are the sources of further rows of the same nutrient.
    """
    chelates = [s for s in claim.sources if s.meaning.chelate]
    if not chelates:
        return ()
    limit = max(_most(claim.nutrient, s) for s in chelates)
    others = (*claim.sources, *claim.beside, *rows)
    return tuple(s for s in others if not s.meaning.chelate and _most(claim.nutrient, s) > limit)


def _most(nutrient: str, source: Source) -> float:
    """The highest element fraction that a source may have, 0 where it is not known."""
    members = (catalogue.substance(i) for i in source.meaning.substances)
    return max((catalogue.element_fraction(s, nutrient) for s in members), default=0.0)


def _apply_rules(case: Case) -> tuple[tuple[Finding, ...], tuple[tuple[str, Skip], ...]]:
    findings, skipped = [], []
    for rule in RULES:
        for found in rule.find(case):
            if isinstance(found, Hit):
                findings.append(rule.finding(found, case.label))
            else:
                skipped.append((rule.code, found))
    findings.sort(key=lambda f: (f.severity.rank, f.place or _LAST, f.path))
    return tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(skipped))
