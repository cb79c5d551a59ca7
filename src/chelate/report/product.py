"""The section of one product: the label as printed, its findings, the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from chelate import catalogue, sentences
from chelate.bounds import Capacity, words
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import assay, at_least_mass, at_most_mass, listed, mass, stated_mass
from chelate.findings import Finding, Severity, Verdict
from chelate.models import Label
from chelate.report import marks, reasons, recipes, register
from chelate.report.anchors import Anchor
from chelate.report.fractions import derivations
from chelate.report.glycine.chart import GlycineChart, glycine_chart
from chelate.report.marks import Ref
from chelate.report.naming import Named
from chelate.report.printed import Printed, printed
from chelate.report.reasons import Mending, Readings
from chelate.report.register import Statements, statements
from chelate.report.understood import Taken, understood
from chelate.rules import Judged

LIMITS = {
    Verdict.IMPOSSIBLE: "The verdict does not say what is in the bottle, nor which printed figure "
    "is off.",
    Verdict.DECLARED_BLEND: "The verdict does not say that anything is wrong: a buffer that is "
    "declared is lawful. How much comes from each source is known only as far as it is printed.",
    Verdict.DOUBTFUL: "The verdict does not say that the label is wrong: outside what is usual is "
    "not impossible.",
    Verdict.CANNOT_TELL: "The verdict speaks neither for the label nor against it.",
    Verdict.CONSISTENT: "The verdict is no proof of purity, and nothing was analysed: a blend can "
    "fit the same figures.",
    Verdict.NO_CLAIM: "The verdict speaks neither for the product nor against it.",
}
_INDEXED = re.compile(r"(\w+)\[(\d+)\]")
_PLACES = {"facts": "row", "sources": "source", "contains": "row within it",
           "statements": "statement", "other_ingredients": "text of other ingredients"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its place: `marked` says that its words stand in the label as drawn.

    The message leaves out what the verdict's sentence says, which `arithmetic`, the id of a
    claim, shows. `claims` are the ids of what the register says of the words.
    """

    ref: Ref
    name: str
    severity: Severity
    certainty: str
    message: str
    arithmetic: str
    words: str
    place: str
    marked: bool
    remedy: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A source claim: its verdict and the arithmetic of it, line by line.

    `sentence` is empty where the label's sentence or the proof says it; `fractions` derives
    each mass fraction of the lines below it, once. `same_as` is the claim before it, by anchor
    and name, whose arithmetic is the same.
    """

    anchor: str
    name: str
    verdict: Verdict
    sentence: str
    fractions: tuple[str, ...]
    proof: tuple[str, ...]
    untested: str
    mending: Mending | None
    tests: tuple[str, ...]
    readings: Readings
    recipes: tuple[str, ...]
    glycine: str
    settling: tuple[str, ...]
    same_as: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Rules that could not be applied for one reason, and the words that they are about."""

    codes: tuple[str, ...]
    where: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that the page says of one label.

    `anchor` is the id of its section, `at` begins the ids of what stands in it; `limit` says
    what the verdict does not mean.
    """

    anchor: str
    at: str
    name: Named
    file: str
    verdict: Verdict
    sentence: str
    limit: str
    printed: Printed
    findings: tuple[FindingView, ...]
    statements: Statements
    understood: tuple[Taken, ...]
    claims: tuple[ClaimView, ...]
    glycine: GlycineChart | None
    unchecked: tuple[Unchecked, ...]

    @property
    def has_recipes(self) -> bool:
        """Whether any claim has a recipe that fits."""
        return any(claim.recipes for claim in self.claims)


def product(result: CheckResult, number: int, anchor: Anchor, name: Named) -> Product:
    """The section of the product that stands at this number, counted from one."""
    at = f"p{number}"
    texts = marks.texts_of(result.label)
    placed = tuple(refs_of(result, at, anchor, texts))
    said = tuple(_said(result, at))
    return Product(
        anchor.section,
        at,
        name,
        read_from(result.label),
        result.verdict,
        sentences.carrying_sentence(result),
        LIMITS[result.verdict],
        printed(result.label, texts, placed),
        tuple(_finding(f, ref, path is not None, result.label, said) for f, ref, path in placed),
        statements(result, [(f, ref) for f, ref, _ in placed]),
        understood(result),
        tuple(_claims(result, at)),
        glycine_chart(result),
        tuple(_unchecked(result, texts)),
    )


def refs_of(
    result: CheckResult, at: str, anchor: Anchor, texts: Mapping[str, str]
) -> Iterator[tuple[Finding, Ref, str | None]]:
    """Each finding with its ids on the page, and the path of the printed text that it speaks of."""
    findings = zip(result.findings, anchor.findings, strict=True)
    for number, (finding, own) in enumerate(findings, start=1):
        ref = Ref(number, finding.code, f"{at}-m{number}", own)
        yield finding, ref, marks.printed_path(finding.path, texts)


def read_from(label: Label) -> str:
    """The file's name without its folders, and the record in it."""
    if label.origin is None:
        return ""
    name = Path(label.origin.file).name
    return f"{name}, record {label.origin.record}" if label.origin.record else name


@dataclass(frozen=True, slots=True)
class _Said:
    """What a verdict's sentence says must come from elsewhere: whole, in short, and its claim."""

    words: str
    short: str
    anchor: str


def _said(result: CheckResult, at: str) -> Iterator[_Said]:
    for number, judged in enumerate(result.judged, start=1):
        if said := words.elsewhere(judged.claim, judged.bounds):
            names = listed(words.claimed_names(judged.claim))
            nutrient = judged.claim.nutrient
            brief = f"part of the {nutrient} must come from something other than {names}"
            yield _Said(said, brief, f"{at}-c{number}")


def _finding(
    finding: Finding, ref: Ref, marked: bool, label: Label, said: Sequence[_Said]
) -> FindingView:
    """A finding without what the sentence of a verdict says already."""
    message, arithmetic_of = register.without_evidence(finding.message), ""
    for each in said:
        if each.words in message:
            message = message.replace(f"; as printed, {each.words}", "")
            message, arithmetic_of = message.replace(each.words, each.short), each.anchor
    return FindingView(
        ref,
        finding.name.replace("-", " "),
        finding.severity,
        finding.certainty.value,
        sentences.of_message(message),
        arithmetic_of,
        finding.words,
        _place(finding, label, marked),
        marked,
        finding.remedy,
        register.named(finding),
    )


def _place(finding: Finding, label: Label, marked: bool) -> str:
    """Of words that are not marked, the line of the file by its name; else the part of the label.

    "line 11, column 27 of panel.txt", "row 1, source 2".
    """
    if marked:
        return ""
    if finding.place is not None and label.origin is not None:
        where = f"line {finding.place.line}, column {finding.place.column}"
        return f"{where} of {Path(label.origin.file).name}"
    steps = _INDEXED.findall(finding.path)
    named = ", ".join(f"{_PLACES.get(name, name)} {int(at) + 1}" for name, at in steps)
    return named or finding.path.replace("_", " ").replace(".", ", ")


def _claims(result: CheckResult, at: str) -> Iterator[ClaimView]:
    """The claims; one that is in a conflict with another before it leads to its arithmetic."""
    before: dict[frozenset[str], ClaimView] = {}
    for number, judged in enumerate(result.judged, start=1):
        view = _claim(judged, result, f"{at}-c{number}")
        first = before.setdefault(frozenset(view.proof[:-1]), view) if view.proof[1:] else view
        if first is view:
            yield view
            continue
        own = tuple(line for line in view.fractions if line not in first.fractions)
        where = (first.anchor, first.name)
        yield replace(view, proof=(), fractions=own, mending=None, same_as=where)


def _claim(judged: Judged, result: CheckResult, anchor: str) -> ClaimView:
    claim = judged.claim
    declared = f", {sentences.declared_text(claim)}" if claim.declared else ""
    proof = arithmetic(result.composition, judged.index, judged.bounds)
    tests = tuple(_test(held, claim) for held in _others_tested(judged))
    glycine = reasons.glycine_words(judged, result)
    lines = (*proof, *tests, glycine)
    return ClaimView(
        anchor,
        f"{catalogue.nutrients()[claim.nutrient].name}{declared}",
        judged.verdict,
        _sentence(judged, result, is_proven=bool(proof)),
        derivations(lines, claim.nutrient),
        proof,
        "" if proof else judged.bounds.reason,
        reasons.mending(judged, result),
        tests,
        reasons.readings(judged, result),
        recipes.recipes(judged, result),
        glycine,
        tuple(reasons.settling(judged, result)),
    )


def _sentence(judged: Judged, result: CheckResult, *, is_proven: bool) -> str:
    """The sentence of a claim, where neither the label's nor the proof says it already."""
    is_said = judged in sentences.carrying(result)[:1]
    fits = judged.verdict is Verdict.CONSISTENT and is_proven
    return "" if is_said or fits else sentences.sentence(judged)


def _others_tested(judged: Judged) -> Iterator[Capacity]:
    """The capacities beside the tightest one, save those that any source would fit."""
    return (c for c in judged.bounds.capacities[1:] if c.fraction != 1 or c.missing_mg)


def _test(held: Capacity, claim: Claim) -> str:
    """A printed mass held against the claim, in one line."""
    missing, unit = held.missing_mg, claim.unit
    most = stated_mass(held.mass_mg, claim.material_unit(held.mass_mg))
    name = sentences.densest_name(held, claim.nutrient)
    outcome = f"at least {at_least_mass(missing, unit)} too little" if missing else "it fits"
    return (
        f"“{held.text}” ({sentences.HOLDERS[held.holder]}), at most {most}, × "
        f"{assay(held.fraction)} ({name}) = {at_most_mass(held.element_mg, unit)} at most: "
        f"{outcome}, for {mass(held.needed_mg, unit)} is needed."
    )


def _unchecked(result: CheckResult, texts: Mapping[str, str]) -> Iterator[Unchecked]:
    skips = sorted(result.skipped, key=lambda item: item[1].reason)
    for reason, items in groupby(skips, key=lambda item: item[1].reason):
        same = tuple(items)
        where = (texts.get(marks.printed_path(s.path, texts) or "", s.path) for _, s in same)
        codes = sorted({code for code, _ in same})
        yield Unchecked(tuple(codes), tuple(dict.fromkeys(where)), reason)
