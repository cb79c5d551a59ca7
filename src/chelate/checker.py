"""One label -> findings and a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

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
    judged = tuple(judge(claim, composition) for claim in composition.claims)
    findings, skipped = _apply_rules(Case(label, composition, judged))
    verdict = min((j.verdict for j in judged), key=lambda v: v.rank, default=Verdict.NO_CLAIM)
    declared = any(_declares_blend(j.claim, j.denser) for j in judged)
    return CheckResult(label, verdict, declared, judged, findings, skipped, composition)


def judge(claim: Claim, composition: Composition) -> Judged:
    """The verdict on one claim, with the bounds that it rests on."""
    found = bounds(claim, composition)
    denser = denser_sources(claim)
    return Judged(claim, found, _verdict(claim, found, denser, composition), denser)


def _verdict(
    claim: Claim, found: Bounds, denser: tuple[Source, ...], composition: Composition
) -> Verdict:
    if not claim.sources:
        return Verdict.NO_CLAIM
    if found.outcome == "exceeds":
        return Verdict.IMPOSSIBLE
    if _declares_blend(claim, denser):
        return Verdict.DECLARED_BLEND
    if found.outcome == "undecided" or _misread(claim, composition):
        return Verdict.CANNOT_TELL
    return Verdict.DOUBTFUL if _undocumented(found) else Verdict.CONSISTENT


def _misread(claim: Claim, composition: Composition) -> bool:
    """Whether a figure of the claim's own rows could not be read."""
    return any(problem.path.startswith(claim.path) for problem in composition.problems
               if problem.kind != "percent")  # fmt: skip


def _undocumented(found: Bounds) -> bool:
    usual = catalogue.fill_density().usual_high_g_per_ml
    return found.lean is not None or (found.fill_g_per_ml or 0.0) > usual


def _declares_blend(claim: Claim, denser: tuple[Source, ...]) -> bool:
    """Whether the label itself says that a chelate is buffered or has a denser source beside it.

    A source that is no chelate counts where its own wording says "buffered".
    """
    chelate = any(source.meaning.chelate for source in claim.sources)
    own_words = any(source.meaning.buffered for source in claim.sources)
    return bool(denser) or own_words or (chelate and bool(claim.buffered))


def denser_sources(claim: Claim) -> tuple[Source, ...]:
    """Sources of the same element, beside a chelate, that may hold more of it than the chelate."""
    chelates = [s for s in claim.sources if s.meaning.chelate]
    if not chelates:
        return ()
    limit = max(_most(claim.nutrient, s) for s in chelates)
    others = (*claim.sources, *claim.beside)
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
