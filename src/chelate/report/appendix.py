"""The appendix: the rules that fired, the constants that were used, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chelate import absorption, catalogue, formula, sentences
from chelate.bounds import stand_in
from chelate.catalogue import Substance
from chelate.checker import CheckResult
from chelate.figures import assay, mg
from chelate.findings import Severity, Verdict
from chelate.report import absorbed, register
from chelate.report.citing import Cited, ReferenceView, cited, edition, references
from chelate.report.glycine.axes import glycine_per_magnesium, studied
from chelate.report.glycine.chart import ANCHOR as DOSES
from chelate.report.glycine.chart import glycine_chart
from chelate.report.register import Statements
from chelate.rules import RULES, Rule

EDITIONS = {"us-2016": "Daily Value, US 2016", "eu-2011": "NRV, EU 2011"}
ADULT_YEARS = 30


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that fired, as it explains itself."""

    code: str
    name: str
    severity: Severity
    certainty: str
    title: str
    why: tuple[str, ...]
    remedy: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """One line of a table of constants, its cells in the order of the table's header."""

    cells: tuple[str, ...]
    sources: tuple[Cited, ...]
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table of constants; `anchor` is its id where something links to it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[Constant, ...]
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """Verdicts, rules, claims of the register, constants, references.

    `edition` is that of the atomic weights, `editions` are those of the reference values,
    `levels` of the upper levels.
    """

    verdicts: tuple[tuple[Verdict, str], ...]
    rules: tuple[RuleView, ...]
    claims: tuple[register.ClaimView, ...]
    tables: tuple[Table, ...]
    references: tuple[ReferenceView, ...]
    edition: str
    editions: tuple[str, ...]
    levels: tuple[str, ...]


def appendix(
    results: Sequence[CheckResult],
    statements: Iterable[Statements] = (),
    more: Iterable[Cited] = (),
) -> Appendix:
    """What the sections of these products refer to, and no more.

    `statements` are those of the products; `more` is what other sections cite.
    """
    fired = {f.code for result in results for f in result.findings}
    rules = tuple(_rule(rule) for rule in RULES if rule.code in fired)
    tables = tuple(table for table in _tables(results) if table.rows)
    claims = register.claims(statements)
    keys = [cite.key for rule in rules for cite in rule.evidence]
    keys += [cite.key for table in tables for row in table.rows for cite in row.sources]
    keys += [cite.key for claim in claims for cite, _ in claim.references]
    keys += [cite.key for cite in more]
    verdicts = tuple(sentences.VERDICTS.items())
    editions = (formula.EDITION, tuple(EDITIONS.values()), tuple(_level_editions(results)))
    return Appendix(verdicts, rules, claims, tables, tuple(references(keys)), *editions)


def _rule(rule: Rule) -> RuleView:
    said = rule.sections
    return RuleView(
        rule.code,
        rule.name.replace("-", " "),
        rule.severity,
        rule.certainty.value,
        said["Title"],
        tuple(" ".join(part.split()) for part in said["Why"].split("\n\n") if part.strip()),
        " ".join(said.get("Remedy", "").split()),
        tuple(map(cited, rule.references)),
    )


def _tables(results: Sequence[CheckResult]) -> Iterator[Table]:
    nutrients = _nutrients(results)
    substances = tuple(_substances(results))
    yield _weights(substances)
    yield _compounds(substances)
    yield _absorbed(results)
    yield _reference_values(nutrients)
    yield _upper_levels(nutrients)
    yield _glycine_doses(results)
    yield _capsules(results)
    yield _densities(results)


def _nutrients(results: Sequence[CheckResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(j.claim.nutrient for r in results for j in r.judged))


def _level_editions(results: Sequence[CheckResult]) -> Iterator[str]:
    """The documents that the upper levels of the page are from, with years where known."""
    levels = [
        level for n in _nutrients(results) for level in catalogue.upper_levels(n, age=ADULT_YEARS)
    ]
    for key in dict.fromkeys(key for level in levels for key in level.sources):
        yield edition(catalogue.references()[key])


def _substances(results: Sequence[CheckResult]) -> Iterable[Substance]:
    """Every compound that a source may mean, and what stands in for the rest."""
    found: dict[str, Substance] = {}
    for judged in (j for result in results for j in result.judged):
        for source in (*judged.claim.sources, *judged.claim.beside):
            found |= {i: catalogue.substance(i) for i in source.meaning.substances}
        if judged.claim.sources and (stand := stand_in(judged.claim.nutrient)):
            found[stand.id] = stand
    return found.values()


def _weights(substances: Sequence[Substance]) -> Table:
    known = formula.atomic_weights()
    used = dict.fromkeys(e for s in substances for e in formula.parse_formula(s.formula))
    rows = [
        Constant((f"{known[e].name} ({e})", f"{known[e].weight:g} ± {known[e].uncertainty:g}"),
                 (cited("iupac-2021"),))
        for e in sorted(used, key=lambda e: known[e].number)
    ]  # fmt: skip
    header = ("Element", "Standard atomic weight, g/mol")
    return Table("Atomic weights", header, tuple(rows), f"Edition: {formula.EDITION}.")


def _compounds(substances: Sequence[Substance]) -> Table:
    rows = tuple(_compound(s) for s in substances)
    header = ("Compound", "Formula", "Molar mass, g/mol", "Element", "Glycine, as free acid")
    return Table(
        "Compounds that the sources named may mean",
        header,
        rows,
        "Computed from the formula, as a percentage of the mass. Element and free acid can add up "
        "to more than the compound: the free acid regains the protons that the ligand lacks. The "
        f"ligand is {formula.molar_mass('C2H4NO2'):.3f} g/mol where the free acid is "
        f"{formula.molar_mass('C2H5NO2'):.3f} g/mol.",
    )


def _compound(substance: Substance) -> Constant:
    glycine = catalogue.moiety_fraction(substance, "glycine")
    element = assay(catalogue.element_fraction(substance)) if substance.nutrient else "–"
    cells = (
        substance.name,
        substance.formula,
        f"{catalogue.substance_molar_mass(substance):,.3f}",
        f"{element} {substance.nutrient or ''}".strip(),
        assay(glycine) if glycine else "none",
    )
    return Constant(cells, tuple(map(cited, substance.sources)), substance.verified)


def _absorbed(results: Sequence[CheckResult]) -> Table:
    rows = [
        Constant((names, each.words, each.grade, each.why), tuple(map(cited, each.references)),
                 each.verified)
        for names, each in absorbed.forms(results)
    ]  # fmt: skip
    header = ("Form", "Magnesium absorbed", "Grade", "Why")
    note = " ".join(limit.text for limit in absorption.limits())
    return Table("Absorption of the forms named, for 100–250 mg in one sitting", header,
                 tuple(rows), note, absorbed.ANCHOR)  # fmt: skip


def _reference_values(nutrients: Iterable[str]) -> Table:
    rows = [
        Constant(
            (
                catalogue.nutrients()[n].name,
                EDITIONS[value.edition],
                _amount(value.amount, value.unit),
            ),
            tuple(map(cited, value.sources)),
            value.verified,
        )
        for n in nutrients
        for value in catalogue.reference_values(n)
        if value.edition in EDITIONS
    ]
    return Table("Reference values", ("Nutrient", "Reference", "100 % is"), tuple(rows),
                 "A reference for labelling, not a target.")  # fmt: skip


def _upper_levels(nutrients: Iterable[str]) -> Table:
    rows = [
        Constant(
            (
                catalogue.nutrients()[n].name,
                level.authority,
                _amount(level.amount, level.unit),
                level.population,
                "supplements only" if level.scope == "supplemental-only" else "all sources",
                level.note or "–",
            ),
            tuple(map(cited, level.sources)),
            level.verified,
        )
        for n in nutrients
        for level in catalogue.upper_levels(n, age=ADULT_YEARS)
    ]
    header = ("Nutrient", "Authority", "A day, at most", "For", "Counts", "Remark")
    return Table("Upper levels for adults", header, tuple(rows),
                 "Authorities differ. A reference value counts a nutrient from all sources and can "
                 "lie above an upper level that counts supplements only.")  # fmt: skip


def _glycine_doses(results: Sequence[CheckResult]) -> Table:
    if not any(map(glycine_chart, results)):
        return Table("", (), ())
    rows = tuple(
        Constant((dose.words, mg(dose.glycine_mg), dose.basis), dose.sources) for dose in studied()
    )
    ratio = f"{glycine_per_magnesium():.3f}"
    note = (
        "On the chart of a product both axes begin at nought. Its boxes are the ranges of glycine "
        "and of magnesium that the label leaves open, filled of a serving, open of a day. The "
        f"sloping line is pure bisglycinate: {ratio} g glycine to 1 g magnesium. Level lines are "
        "the upper levels for adults by authority, the upright lines doses studied, that with "
        "magnesium ending at it. It says nothing of what a dose does."
    )
    header = ("Glycine in people", "As the free acid, a day", "In the study")
    return Table("Doses of glycine studied", header, rows, note, DOSES)


def _amount(amount: float, unit: str) -> str:
    return f"{amount:,g} {unit}"


def _capsules(results: Sequence[CheckResult]) -> Table:
    used = dict.fromkeys(r.composition.serving.capsule_size for r in results)
    rows = [
        Constant((size, f"{found.volume_low_ml:.2f}–{found.volume_high_ml:.2f}"),
                 tuple(map(cited, found.sources)), found.verified)
        for size, found in catalogue.capsules().items() if size in used
    ]  # fmt: skip
    return Table("Capsules stated", ("Size", "Volume in makers' tables, mL"), tuple(rows),
                 "Tests use the larger volume.")  # fmt: skip


def _densities(results: Sequence[CheckResult]) -> Table:
    if not any(r.composition.serving.capsule_size for r in results):
        return Table("", (), ())
    fill = catalogue.fill_density()
    usual = f"{fill.usual_low_g_per_ml:g}–{fill.usual_high_g_per_ml:g}"
    row = Constant((usual, f"{fill.ceiling_g_per_ml:g}", fill.confidence),
                   tuple(map(cited, fill.sources)), fill.verified)  # fmt: skip
    header = ("Usual, g/mL", "Highest considered, g/mL", "Confidence")
    return Table("Density of a capsule's fill", header, (row,), fill.note)
