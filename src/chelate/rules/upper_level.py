"""UL: what a day of the product brings, beside the upper levels of the authorities."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.figures import mg
from chelate.findings import Certainty, Severity
from chelate.rules.rule import Case, Hit, Rule, Skip, rule
from chelate.stoichiometry.limits import beside, grouped


@rule(
    "UL101",
    "above-upper-level",
    Severity.NOTE,
    Certainty.PROVEN,
    "{daily} of {nutrient} a day exceeds {levels}",
    "iom-1997",
    "scf-2001-magnesium",
)
def above_upper_level(case: Case) -> Iterator[Hit | Skip]:
    """A day's servings bring more of a nutrient than an authority's upper level for adults.

    Not an error of the label: for magnesium the Daily Value (420 mg, all sources) is above
    the US upper level (350 mg, supplements only), and the NRV (375 mg) above the EU's
    (250 mg). Authorities differ, and each level has its own scope.

    Fails:
        product: Full Day Magnesium
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 420 mg}

    Passes:
        product: Half Day Magnesium
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 200 mg}

    Remedy:
        None is needed where the dose is meant; a market may ask for a caution.
    """
    servings = case.composition.serving.servings_per_day
    for judged in case.judged:
        claim = judged.claim
        if claim.declared is None:
            yield Skip(claim.path, f"how much {claim.nutrient} it gives is not readably printed")
            continue
        least = claim.declared.interval_mg.low * servings
        over = [level for level in beside(claim.nutrient, least) if level.exceeded]
        if over:
            daily = claim.declared.text if servings == 1 else mg(claim.declared.value_mg * servings)
            facts = {"daily": daily, "nutrient": claim.nutrient, "levels": grouped(over)}
            yield Hit(claim.declared.path, claim.declared.text, facts)


RULES: tuple[Rule, ...] = (above_upper_level,)
