"""The comparison: one column for each product, one row for each figure, lines in each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue, sentences
from chelate.catalogue import names
from chelate.checker import CheckResult
from chelate.figures import mg, mg_range, percent, percent_range
from chelate.findings import Severity, Verdict
from chelate.intervals import Interval
from chelate.report import delivered, reasons
from chelate.rules import Judged
from chelate.stoichiometry import Beside, beside

Emphasis = Literal["", "above", "plain", "quiet"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a cell, with what it is of (`prefix`) and what it supposes (`note`)."""

    figure: str
    note: str = ""
    prefix: str = ""
    emphasis: Emphasis = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its header, a word on what it means, one cell for each product."""

    name: str
    hint: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together under one header."""

    name: str
    rows: tuple[Row, ...]


NONE = Interval(0.0, 0.0)
NOT_PRINTED = Line("not printed", emphasis="quiet")
NOT_CLAIMED = Line("not declared", emphasis="quiet")
OfClaim = Callable[[Judged, CheckResult], Cell]


def groups(results: Sequence[CheckResult]) -> tuple[Group, ...]:
    """The rows of the comparison: each nutrient claimed, glycine, the findings."""
    nutrients = dict.fromkeys(j.claim.nutrient for r in results for j in r.judged)
    ordered = sorted(nutrients, key=lambda name: name != "magnesium")
    return (
        *(Group(_nutrient_name(name), tuple(_nutrient_rows(name, results))) for name in ordered),
        Group("Glycine", (_glycine_row(results),)),
        Group("Findings", tuple(_finding_rows(results))),
    )


def _nutrient_name(nutrient: str) -> str:
    return catalogue.nutrients()[nutrient].name


def _nutrient_rows(nutrient: str, results: Sequence[CheckResult]) -> Iterator[Row]:
    def row(name: str, hint: str, of_claim: OfClaim) -> Row:
        return Row(name, hint, tuple(_cell(nutrient, result, of_claim) for result in results))

    yield row("Elemental, per serving", "as printed, and what the digits stand for", _elemental)
    yield row("Source named", "as printed", _sources)
    yield row("Compound mass printed", "per serving", _compound)
    yield row(
        "Share from elsewhere",
        "of the element, not from the claimed chelate (or, without one, from no source named)",
        elsewhere,
    )
    for level in beside(nutrient, 1.0):
        yield row(*_level_header(level), _of_level(level.name))


def _cell(nutrient: str, result: CheckResult, of_claim: OfClaim) -> Cell:
    claims = [j for j in result.judged if j.claim.nutrient == nutrient]
    return tuple(line for j in claims for line in of_claim(j, result)) or (NOT_CLAIMED,)


def _elemental(judged: Judged, _: CheckResult) -> Cell:
    declared = judged.claim.declared
    if declared is None:
        return (Line("not readable", "no elemental amount is printed that can be read"),)
    return (Line(sentences.declared_text(judged.claim), mg_range(declared.interval_mg)),)


def _sources(judged: Judged, _: CheckResult) -> Cell:
    where = {"product": "only in the product's name",
             "other_ingredients": "only in the other ingredients"}  # fmt: skip
    claim = judged.claim
    if not claim.sources:
        return (Line("none named", emphasis="quiet"),)
    note = where.get(claim.inferred_from, "")
    return tuple(Line(s.text, note, emphasis="plain") for s in claim.sources)


def _compound(judged: Judged, _: CheckResult) -> Cell:
    masses = [s for s in judged.claim.sources if s.mass]
    lines = [Line(s.mass.text, mg_range(s.mass.interval_mg)) for s in masses if s.mass]
    if judged.claim.blend:
        lines.append(Line(judged.claim.blend.text, "total of the blend that holds it"))
    return tuple(lines) or (NOT_PRINTED,)


def elsewhere(judged: Judged, result: CheckResult) -> Cell:
    """The share of the element that is not from the claimed source, with its reading named."""
    if not judged.claim.sources:
        return (Line("no source named", emphasis="quiet"),)
    lines = []
    if printed := delivered.printed_elsewhere(judged.claim):
        lines.append(Line(percent_range(printed), "as the label prints the shares"))
    least, declared = judged.bounds.elsewhere_mg, judged.claim.declared
    if least is None or declared is None or _could_be_anything(judged):
        return (*lines,) or (Line("not bounded", "no printed mass bounds it", emphasis="quiet"),)
    share = least / declared.interval_mg.low if least else 0.0
    lines.append(Line(f"at least {percent(share)}", _reading(judged)))
    if blend := reasons.whole_blend(judged):
        name = names.spoken(blend.stand_in)
        note = f"if “{reasons.blend_text(judged, result)}” is of a whole blend with {name}"
        lines.append(Line(percent_range(blend.share), note))
    return tuple(lines)


def _could_be_anything(judged: Judged) -> bool:
    """Whether the sources have no stoichiometry, so that a mass that fits bounds nothing."""
    held = judged.bounds.tightest
    return held is not None and held.fraction == 1 and not judged.bounds.elsewhere_mg


def _reading(judged: Judged) -> str:
    """What the least share from elsewhere comes to, and what it supposes."""
    held, least = judged.bounds.tightest, judged.bounds.elsewhere_mg
    if not least or held is None:
        blend = judged.verdict is Verdict.DECLARED_BLEND
        return "a blend is declared, not how much of each" if blend else "nothing asks for more"
    if least > held.missing_mg:
        return f"{mg(least)} is not from the chelate"
    if held.holder == "compound" and reasons.whole_blend(judged):
        return f"{mg(least)}, if “{held.text}” is of the claimed compound alone"
    return f"{mg(least)}, by the {sentences.HOLDERS[held.holder]}"


def _level_header(level: Beside) -> tuple[str, str]:
    if level.kind == "UL":
        authority = level.name.partition(", ")[2]
        scope = "supplements only" if level.scope == "supplemental-only" else "all sources"
        return f"Of the upper level, {authority}", f"{_plain(level)} a day; {scope}; adults"
    return f"Of the {level.name}", f"{_plain(level)}; of one serving"


def _plain(level: Beside) -> str:
    return f"{level.amount_mg:,g} mg"


def _of_level(name: str) -> OfClaim:
    def cell(judged: Judged, result: CheckResult) -> Cell:
        declared = judged.claim.declared
        if declared is None:
            return (Line("not known", emphasis="quiet"),)
        return tuple(
            _level_line(result, level)
            for level in beside(judged.claim.nutrient, declared.value_mg)
            if level.name == name
        )

    return cell


def _level_line(result: CheckResult, level: Beside) -> Line:
    servings = result.composition.serving.servings_per_day if level.kind == "UL" else 1
    fraction = level.fraction * servings
    several = f"{servings:g} servings a day" if servings != 1 else ""
    if level.kind == "UL" and fraction > 1 + 1e-9:
        return Line(percent(fraction), several, "above", "above")
    return Line(percent(fraction), several)


def _glycine_row(results: Sequence[CheckResult]) -> Row:
    return Row(
        "Free acid delivered, per serving",
        "computed from the claimed source; a row of its own is as printed",
        tuple(glycine_cell(result) for result in results),
    )


def glycine_cell(result: CheckResult) -> Cell:
    """Glycine as the free acid that each claim can bring, and glycine printed on its own."""
    found = [(delivered.glycine(j), j.claim.nutrient) for j in result.judged]
    brings = [pair for pair in found if pair[0].range_mg != NONE] or found[:1]
    several = len(found) > 1 and brings[0][0].range_mg != NONE
    lines = [_glycine_line(glycine, name if several else "") for glycine, name in brings]
    lines += [
        Line(row.amount or "no amount", "printed as an ingredient of its own")
        for row in result.label.facts
        if names.normalise(row.name) in ("glycine", "l glycine")
    ]
    return tuple(lines) or (NOT_CLAIMED,)


def _glycine_line(found: delivered.Delivered, nutrient: str) -> Line:
    prefix = f"with {nutrient}:" if nutrient else ""
    if found.range_mg is None:
        return Line("not computable", found.condition, prefix, "quiet")
    if found.at_most:
        return Line(f"at most {mg(found.range_mg.high)}", found.condition, prefix)
    if found.range_mg == NONE:
        return Line("0 mg", found.condition, prefix, "quiet")
    return Line(mg_range(found.range_mg), found.condition, prefix)


def _finding_rows(results: Sequence[CheckResult]) -> Iterator[Row]:
    for severity in Severity:
        counts = [result.count(severity) for result in results]
        cells = tuple((Line(str(n), emphasis="" if n else "quiet"),) for n in counts)
        yield Row(f"{severity.value.capitalize()}s", "", cells)
