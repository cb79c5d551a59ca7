"""UN: units that are unknown, missing, or of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.findings import Certainty, Severity
from chelate.rules.rule import Case, Hit, Rule, Skip, rule


@rule(
    "UN101",
    "unknown-unit",
    Severity.ERROR,
    Certainty.PROVEN,
    "“{text}” is no amount with a unit that labels use: expected {expected}",
    "cfr-101-36",
)
def unknown_unit(case: Case) -> Iterator[Hit | Skip]:
    """An amount has a unit outside the vocabulary of labels, or none.

    Units are read from a closed list of label spellings. A unit that is not in it (mmg, ng)
    is nearly always a slip, and a slip of a prefix is a factor of a thousand.

    Fails:
        product: Twice Milli
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mmg}

    Passes:
        product: Once Milli
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 MG}

    Remedy:
        Print g, mg or mcg (or µg), or the unit that is usual for the nutrient.
    """
    for problem in case.composition.problems:
        if problem.kind in ("unknown-unit", "no-unit"):
            facts = {"text": problem.text, "expected": problem.expected}
            yield Hit(problem.path, problem.text, facts)


@rule(
    "UN102",
    "not-a-mass",
    Severity.ERROR,
    Certainty.PROVEN,
    "“{text}” is {found}, but {nutrient} is declared as a mass (g, mg or mcg)",
    "cfr-101-36",
)
def not_a_mass(case: Case) -> Iterator[Hit | Skip]:
    """A mineral's amount is in a unit that is not a mass.

    Millilitres, international units and calories say nothing of how much of an element
    there is.

    Fails:
        product: By the Spoon
        facts:
          - {name: Magnesium (as magnesium chloride), amount: 5 mL}

    Passes:
        product: By the Gram
        facts:
          - {name: Magnesium (as magnesium chloride), amount: 0.2 g}

    Remedy:
        Declare the element's mass per serving.
    """
    for problem in case.composition.problems:
        if problem.kind.startswith("is "):
            facts = {"text": problem.text, "found": problem.kind[3:], "nutrient": problem.expected}
            yield Hit(problem.path, problem.text, facts)


@rule(
    "UN103",
    "amount-off-by-a-thousand",
    Severity.ERROR,
    Certainty.LIKELY,
    "“{text}” cannot be right: expected {expected}",
    "cfr-101-36",
)
def off_by_a_thousand(case: Case) -> Iterator[Hit | Skip]:
    """A mineral's amount is a thousand times what its percent says, or beyond any serving.

    Milligrams printed as grams or micrograms are the commonest slip of a panel. Which of
    the two figures is wrong cannot be known, so nothing is computed from the amount.

    Fails:
        product: Heavy Hand
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 g, percent_dv: 48 %}

    Passes:
        product: Light Hand
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 48 %}

    Remedy:
        Check the unit against the percent and the formulation.
    """
    for problem in case.composition.problems:
        if problem.kind == "unit-slip":
            facts = {"text": problem.text, "expected": problem.expected}
            yield Hit(problem.path, problem.text, facts)


RULES: tuple[Rule, ...] = (unknown_unit, not_a_mass, off_by_a_thousand)
