"""UL: what a day of the product brings, beside the upper levels of the authorities."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.catalogue import names
from chelate.composition import Claim
from chelate.figures import mass
from chelate.findings import Certainty, Severity
from chelate.intervals import total
from chelate.limits import beside, grouped
from chelate.rules.rule import Case, Hit, Rule, Skip, rule


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
    for nutrient, claims in _by_nutrient(case).items():
        declared = [claim.declared for claim in claims if claim.declared]
        if len(declared) < len(claims):
            yield Skip(claims[0].path, f"how much {nutrient} it gives is not readably printed")
            continue
        whole = total(printed.interval_mg for printed in declared)
        over = [level for level in beside(nutrient, whole.low * servings) if level.exceeded]
        if over:
            daily = sum(printed.value_mg for printed in declared) * servings
            as_printed = len(declared) == 1 and servings == 1
            facts = {
                "daily": declared[0].text if as_printed else mass(daily, over[0].unit),
                "nutrient": names.spoken(nutrient),
                "levels": grouped(over),
            }
            yield Hit(declared[0].path, declared[0].text, facts)


def _by_nutrient(case: Case) -> dict[str, list[Claim]]:
    """The claims of each nutrient: several rows of it are one daily amount."""
    found: dict[str, list[Claim]] = {}
    for judged in case.judged:
        found.setdefault(judged.claim.nutrient, []).append(judged.claim)
    return found


RULES: tuple[Rule, ...] = (above_upper_level,)
