"""MB: printed masses against conservation of mass."""

from __future__ import annotations

from collections.abc import Iterator

from chelate import catalogue
from chelate.bounds import Capacity, Conflict, Holder, words
from chelate.bounds.capacities import capsules_text
from chelate.figures import (
    assay,
    at_least_mass,
    at_most_mass,
    listed,
    mass,
    mg,
    number,
    percent_range,
)
from chelate.findings import Certainty, Severity
from chelate.intervals import total
from chelate.rules.rule import Case, Hit, Judged, Rule, Skip, rule


@rule(
    "MB101",
    "more-element-than-compound-holds",
    Severity.ERROR,
    Certainty.PROVEN,
    "{declared} of {nutrient} from {mass} is inconsistent with {source} alone: at most "
    "{possible} fits ({fraction}); {elsewhere}",
    "iupac-2021",
    "cfr-101-36",
)
def more_than_compound(case: Case) -> Iterator[Hit | Skip]:
    """The element printed is more than the printed compound or blend can hold.

    A compound holds a fixed share of its element: magnesium bisglycinate at most 14.096 %
    (anhydrous; hydrates less). More than that cannot come from it, whatever hydrate and
    rounding are meant. The arithmetic does not say what the rest is.

    Fails:
        product: Bellwether Glycinate
        facts:
          - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)
            amount: 180 mg
            percent_dv: 43 %

    Passes:
        product: Bellwether Glycinate
        facts:
          - name: Magnesium (from 1,000 mg magnesium bisglycinate chelate)
            amount: 141 mg
            percent_dv: 34 %

    Remedy:
        Print the mass of compound that gives the element declared, or name every source of
        it; check that compound and element are not exchanged and that both are per serving.
    """
    yield from _exceeded(case, ("compound", "source", "blend"))


@rule(
    "MB102",
    "more-element-than-serving-holds",
    Severity.ERROR,
    Certainty.PROVEN,
    "{declared} of {nutrient} is inconsistent with {source} alone in a serving of {mass}: at "
    "most {possible} fits ({fraction}); {elsewhere}",
    "iupac-2021",
    "cfr-101-36",
)
def more_than_serving(case: Case) -> Iterator[Hit | Skip]:
    """The element printed is more than a whole serving of the source could hold.

    No compound of a serving weighs more than the serving does.

    Fails:
        product: Thimble Glycinate Powder
        serving: {size: 1 scoop (1.2 g)}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 200 mg}

    Passes:
        product: Thimble Glycinate Powder
        serving: {size: 1 scoop (2.4 g)}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 200 mg}

    Remedy:
        Check the serving's mass and that amounts are per serving, not per day; name every
        source of the element.
    """
    yield from _exceeded(case, ("serving",))


@rule(
    "MB103",
    "more-element-than-capsules-hold",
    Severity.ERROR,
    Certainty.LIKELY,
    "{declared} of {nutrient} is inconsistent with {source} alone in {mass}: filled at "
    "{ceiling} g/mL they hold at most {possible} ({fraction}); {elsewhere}; with {source} alone "
    "{needed}",
    "capsule-tables",
    "density-assumption",
)
def more_than_capsules(case: Case) -> Iterator[Hit | Skip]:
    """The element printed is more than the stated capsules could hold of the source.

    The capsule's volume is known; the density is not. The test takes the highest density
    considered for any fill of this kind, so it leans on that assumption and says so.

    Fails:
        product: Two Noughts
        capsule_size: "00"
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 400 mg}

    Passes:
        product: Two Noughts
        capsule_size: "00"
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 200 mg}

    Remedy:
        Check the capsule size and the number of capsules per serving; name every source of
        the element.
    """
    yield from _exceeded(case, ("capsules",), ceiling=_ceiling())


@rule(
    "MB104",
    "tight-capsule-fill",
    Severity.WARNING,
    Certainty.LIKELY,
    "{declared} of {nutrient} from {source} needs a fill of {density} g/mL in {mass}; "
    "{usual} g/mL is usual",
    "capsule-tables",
    "density-assumption",
)
def tight_fill(case: Case) -> Iterator[Hit | Skip]:
    """The stated capsules hold the claimed source only at an unusual density.

    Possible on paper, but denser than powders of this kind are usually filled.

    Fails:
        product: Squeezed Noughts
        capsule_size: "00"
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 300 mg}

    Passes:
        product: Roomy Noughts
        capsule_size: "00"
        serving: {size: 3 capsules}
        facts:
          - {name: Magnesium (as magnesium bisglycinate), amount: 300 mg}

    Remedy:
        State the fill mass of a capsule, or the tapped density of the material.
    """
    usual = catalogue.fill_density().usual_high_g_per_ml
    for judged in case.judged:
        density, serving = judged.bounds.fill_g_per_ml, case.composition.serving
        if density is None or density <= usual or judged.bounds.outcome == "exceeds":
            continue
        facts = _claim_facts(judged) | {
            "density": number(density, digits=3),
            "usual": f"{catalogue.fill_density().usual_low_g_per_ml:g}–{usual:g}",
            "mass": capsules_text(serving),
        }
        yield Hit("capsule_size", serving.capsule_size or "", facts)


@rule(
    "MB105",
    "leaner-than-documented",
    Severity.WARNING,
    Certainty.LIKELY,
    "{declared} of {nutrient} is {printed} of {mass}; {source} as traded holds {documented}",
    "iupac-2021",
)
def leaner_than_documented(case: Case) -> Iterator[Hit | Skip]:
    """The compound printed holds less of the element than any documented grade.

    The compound may be diluted, the mass may be of a whole blend, or the amounts may be
    for different servings. Nothing is impossible about it, but it is not the material that
    the name describes.

    Fails:
        product: Thin Glycinate
        facts:
          - {name: "Magnesium (from 2,000 mg magnesium bisglycinate)", amount: 100 mg}

    Passes:
        product: Usual Glycinate
        facts:
          - {name: "Magnesium (from 1,000 mg magnesium bisglycinate)", amount: 100 mg}

    Remedy:
        Say what else the printed mass holds, or print the compound's own mass.
    """
    for judged in case.judged:
        if judged.bounds.lean is None:
            continue
        source = judged.claim.sources[0]
        facts = _claim_facts(judged) | {
            "printed": percent_range(judged.bounds.lean.printed),
            "mass": " + ".join(s.mass.text for s in judged.claim.sources if s.mass),
            "documented": percent_range(judged.bounds.lean.documented),
        }
        yield Hit(source.mass.path if source.mass else source.path, facts["mass"], facts)


@rule(
    "MB106",
    "parts-exceed-whole",
    Severity.ERROR,
    Certainty.PROVEN,
    "the parts of {whole} add up to at least {parts}, the whole is at most {most}",
    "cfr-101-36",
)
def parts_exceed_whole(case: Case) -> Iterator[Hit | Skip]:
    """The elemental shares of a nutrient's sources add up to more than the nutrient.

    A total is the sum of its parts. If the parts are more, one of the figures is not what
    the row says.

    Fails:
        product: Three Salts
        facts:
          - name: Magnesium
            amount: 200 mg
            sources:
              - {name: magnesium oxide, elemental: 150 mg}
              - {name: magnesium citrate, elemental: 100 mg}

    Passes:
        product: Three Salts
        facts:
          - name: Magnesium
            amount: 250 mg
            sources:
              - {name: magnesium oxide, elemental: 150 mg}
              - {name: magnesium citrate, elemental: 100 mg}

    Remedy:
        Check which figures are the element and which the compound.
    """
    for judged in case.judged:
        shares = [s.share.interval_mg for s in judged.claim.sources if s.share]
        declared = judged.claim.declared
        if not shares or declared is None:
            continue
        parts = total(shares)
        if parts.low > declared.interval_mg.high:
            unit = judged.claim.unit
            facts = {"whole": f"{declared.text} of {judged.claim.nutrient}",
                     "parts": mass(parts.low, unit),
                     "most": mass(declared.interval_mg.high, unit)}  # fmt: skip
            yield Hit(declared.path, declared.text, facts)


@rule(
    "MB107",
    "fill-beyond-largest-capsule",
    Severity.NOTE,
    Certainty.LIKELY,
    "{mass} of {source} in {units} is {each} a capsule; the largest usual size, 000, holds "
    "{most} at {ceiling} g/mL",
    "capsule-tables",
    "density-assumption",
)
def beyond_largest_capsule(case: Case) -> Iterator[Hit | Skip]:
    """The compound's mass per capsule is more than the largest usual capsule holds.

    No capsule size is stated, so nothing is impossible; but the commonest cause is an
    amount that is for a day, or for more capsules than the serving names.

    Fails:
        product: One Big Capsule
        serving: {size: 1 capsule}
        facts:
          - {name: "Magnesium (from 2,000 mg magnesium l-threonate)", amount: 144 mg}

    Passes:
        product: Three Capsules
        serving: {size: 3 capsules}
        facts:
          - {name: "Magnesium (from 2,000 mg magnesium l-threonate)", amount: 144 mg}

    Remedy:
        Check how many capsules the printed amounts are for.
    """
    serving = case.composition.serving
    largest = max(c.volume_high_ml for c in catalogue.capsules().values())
    most = largest * _density_ceiling() * 1000
    if serving.unit != "capsule" or not serving.units or serving.capsule_size:
        return
    for judged in case.judged:
        masses = [s.mass for s in judged.claim.sources if s.mass]
        each = total(m.interval_mg for m in masses).low / serving.units
        if each > most:
            facts = _claim_facts(judged) | {
                "mass": " + ".join(m.text for m in masses), "each": mg(each), "most": mg(most),
                "units": f"{serving.units:g} capsule" + ("" if serving.units == 1 else "s"),
                "ceiling": _ceiling(),
            }  # fmt: skip
            yield Hit(masses[0].path, masses[0].text, facts)


@rule(
    "MB108",
    "more-than-fits-together",
    Severity.ERROR,
    Certainty.PROVEN,
    "{figures} cannot all be true of {sources}: they miss by at least {gap}; {mends}",
    "iupac-2021",
    "cfr-101-36",
)
def more_than_fits_together(case: Case) -> Iterator[Hit | Skip]:
    """Printed figures that each could be true cannot all be true together.

    Several compounds share one blend, one serving or one set of capsules, and what each
    takes up adds up; a compound that gives so much of its element gives so much of its
    ligand. The finding names the smallest set of figures that contradict each other, and
    the least change of each that would mend it.

    Fails:
        product: Crowded Scoop Minerals
        serving: {size: 1 scoop (1.2 g)}
        facts:
          - {name: Calcium (as calcium carbonate), amount: 400 mg}
          - {name: Magnesium (as magnesium citrate), amount: 100 mg}

    Passes:
        product: Roomy Scoop Minerals
        serving: {size: 1 scoop (2.4 g)}
        facts:
          - {name: Calcium (as calcium carbonate), amount: 400 mg}
          - {name: Magnesium (as magnesium citrate), amount: 100 mg}

    Remedy:
        Check that all figures are for the same serving, and that none is a compound's mass
        where it should be the element's or the other way about.
    """
    yield from _contradictions(case, assumed=False)


@rule(
    "MB109",
    "more-than-capsules-hold-together",
    Severity.ERROR,
    Certainty.LIKELY,
    "{figures} cannot all be true of {sources} at any density considered: they miss by at least "
    "{gap}; {mends}",
    "capsule-tables",
    "density-assumption",
)
def more_than_capsules_together(case: Case) -> Iterator[Hit | Skip]:
    """Several compounds together take up more than the stated capsules hold.

    Each alone would fit. As with one compound, the capsule's volume is known and the
    highest density considered is an assumption.

    Fails:
        product: Crowded Noughts
        capsule_size: "0"
        serving: {size: 2 capsules}
        facts:
          - {name: Calcium (as calcium citrate), amount: 200 mg}
          - {name: Magnesium (as magnesium bisglycinate), amount: 150 mg}

    Passes:
        product: Roomy Noughts
        capsule_size: "0"
        serving: {size: 4 capsules}
        facts:
          - {name: Calcium (as calcium citrate), amount: 200 mg}
          - {name: Magnesium (as magnesium bisglycinate), amount: 150 mg}

    Remedy:
        Check the capsule size and the number of capsules per serving.
    """
    yield from _contradictions(case, assumed=True)


def _contradictions(case: Case, *, assumed: bool) -> Iterator[Hit]:
    """A hit for each conflict that no single printed mass shows, once for all its claims."""
    seen: list[frozenset[str]] = []
    for judged in case.judged:
        conflict, held = judged.bounds.conflict, judged.bounds.tightest
        if conflict is None or judged.bounds.parts_mg or (held and held.missing_mg):
            continue
        figures = frozenset(statement.id for statement in conflict.statements)
        if conflict.assumed is assumed and figures not in seen:
            seen.append(figures)
            yield _together(case, judged, conflict)


def _together(case: Case, judged: Judged, conflict: Conflict) -> Hit:
    claims = case.composition.claims
    texts = dict.fromkeys(f"“{statement.text}”" for statement in conflict.statements)
    sources = dict.fromkeys(s.text for k in conflict.claims for s in claims[k].sources)
    first = judged.claim.declared or conflict.statements[0]
    facts = {
        "figures": listed(list(texts)),
        "sources": listed(list(sources)),
        "gap": f"{at_least_mass(conflict.gap_mg, judged.claim.unit)} of {judged.claim.nutrient}",
        "mends": "; or ".join(words.mends(conflict, claims)),
    }
    return Hit(first.path, first.text, facts)


def _exceeded(case: Case, holders: tuple[Holder, ...], **more: str) -> Iterator[Hit | Skip]:
    for judged in case.judged:
        held = judged.bounds.tightest
        if held is None:
            yield Skip(judged.claim.path, judged.bounds.reason)
        elif judged.bounds.outcome == "exceeds" and held.missing_mg and held.holder in holders:
            facts = _claim_facts(judged, held) | _capacity_facts(judged, held) | more
            size = case.composition.serving.capsule_size or ""
            words = size if held.holder == "capsules" else held.text
            yield Hit(held.path, words, facts)


def _claim_facts(judged: Judged, held: Capacity | None = None) -> dict[str, str]:
    """The claim in words; of one source alone where a capacity is of that source alone."""
    claim = judged.claim
    own = next((s for s in claim.sources if held and s.mass and s.mass.path == held.path), None)
    if held and held.holder == "source" and own and own.share:
        return {"nutrient": claim.nutrient, "declared": own.share.text, "source": own.text}
    return {
        "nutrient": claim.nutrient,
        "declared": claim.declared.text if claim.declared else "an unreadable amount",
        "source": " and ".join(dict.fromkeys(s.text for s in claim.sources)),
    }


def _capacity_facts(judged: Judged, held: Capacity) -> dict[str, str]:
    return {
        "mass": held.text,
        "possible": at_most_mass(held.element_mg, judged.claim.unit),
        "fraction": assay(held.fraction),
        "elsewhere": _elsewhere(judged, held),
        "needed": _capsules_needed(judged.bounds.conflict),
    }


def _elsewhere(judged: Judged, held: Capacity) -> str:
    """What must come from elsewhere; of one of several sources, by its own mass alone."""
    said = words.elsewhere(judged.claim, judged.bounds) if held.holder != "source" else ""
    least = at_least_mass(held.missing_mg, judged.claim.unit)
    return f"as printed, {said}" if said else f"at least {least} must come from elsewhere"


def _capsules_needed(conflict: Conflict | None) -> str:
    found = (m for m in conflict.mends if m.statement.kind == "capsules") if conflict else ()
    return next((words.capsules_needed(mend) for mend in found), "they cannot hold it")


def _density_ceiling() -> float:
    return catalogue.fill_density().ceiling_g_per_ml


def _ceiling() -> str:
    return f"{_density_ceiling():g}"


RULES: tuple[Rule, ...] = (
    more_than_compound,
    more_than_serving,
    more_than_capsules,
    tight_fill,
    leaner_than_documented,
    parts_exceed_whole,
    beyond_largest_capsule,
    more_than_fits_together,
    more_than_capsules_together,
)
