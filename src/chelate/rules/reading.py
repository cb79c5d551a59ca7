"""IN: printed words that cannot be read with certainty."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.findings import Certainty, Severity
from chelate.rules.rule import Case, Hit, Rule, Skip, rule

_NUMBER_KINDS = ("not-a-number", "ambiguous-number", "empty")


@rule(
    "IN101",
    "unreadable-amount",
    Severity.ERROR,
    Certainty.PROVEN,
    "“{text}” cannot be read with certainty: expected {expected}",
    "cfr-101-36",
)
def unreadable_amount(case: Case) -> Iterator[Hit | Skip]:
    """An amount cannot be read with certainty.

    A figure that could mean two numbers is not evidence of either. It is quoted, nothing
    is computed from it, and what depends on it cannot be told.

    Fails:
        product: Slipped Digit Magnesium
        facts:
          - name: Magnesium (from 2,0000 mg magnesium bisglycinate)
            amount: 1 60 mg
            percent_dv: 48 %

    Passes:
        product: Plain Magnesium
        facts:
          - name: Magnesium (from 1,420 mg magnesium bisglycinate)
            amount: 200 mg
            percent_dv: 48 %

    Remedy:
        Print the amount as one number and one unit, with thousands marks only between
        groups of three digits. If the label's language settles what the mark means, say
        which language it is.
    """
    for problem in case.composition.problems:
        if problem.kind in _NUMBER_KINDS:
            facts = {"text": problem.text, "expected": problem.expected}
            yield Hit(problem.path, problem.text, facts)


@rule(
    "IN102",
    "unreadable-percent",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{text}” cannot be read as a percentage: expected {expected}",
    "cfr-101-36",
)
def unreadable_percent(case: Case) -> Iterator[Hit | Skip]:
    """A percent of the Daily Value or NRV cannot be read.

    The percent is the cheapest cross-check of an amount; unread, it checks nothing.

    Fails:
        product: Percent Slip
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 4 8 %}

    Passes:
        product: Percent Plain
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 48 %}

    Remedy:
        Print a number and a percent sign, or the symbol that says that no Daily Value is
        established.
    """
    for problem in case.composition.problems:
        if problem.kind == "percent":
            facts = {"text": problem.text, "expected": problem.expected}
            yield Hit(problem.path, problem.text, facts)


@rule(
    "IN103",
    "unreadable-serving",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{text}” cannot be read: expected {expected}",
    "cfr-101-36",
)
def unreadable_serving(case: Case) -> Iterator[Hit | Skip]:
    """The serving size, the servings a day or the capsule size cannot be read.

    Amounts are per serving; without the serving they cannot be held against a capsule or
    a day.

    Fails:
        product: What Size
        capsule_size: jumbo
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg}

    Passes:
        product: Size Nought
        capsule_size: "0"
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg}

    Remedy:
        Write the serving as a count and a unit (2 capsules), the servings a day as a count
        (1-2), the capsule size as one of the trade's numbers (000 to 5).
    """
    for problem in case.composition.problems:
        if problem.kind in ("serving", "per-day", "capsule-size"):
            facts = {"text": problem.text, "expected": problem.expected}
            yield Hit(problem.path, problem.text, facts)


@rule(
    "IN104",
    "other-serving-sizes",
    Severity.NOTE,
    Certainty.PROVEN,
    "the amounts checked are those for {first}; {others} printed beside it {is_are} not checked",
    "cfr-101-36",
)
def other_servings(case: Case) -> Iterator[Hit | Skip]:
    """The label prints amounts for several serving sizes; only the first is checked.

    Adults and children, or one and two capsules, stand side by side on some labels.

    Fails:
        product: Two Sizes
        serving: {size: 2 capsules, others: [1 capsule]}
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 200 mg}

    Passes:
        product: One Size
        serving: {size: 2 capsules}
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 200 mg}

    Remedy:
        Check each serving size as a label of its own.
    """
    serving = case.label.serving
    if serving.others:
        facts = {
            "first": serving.size or "the first serving",
            "others": " and ".join(serving.others),
            "is_are": "is" if len(serving.others) == 1 else "are",
        }
        yield Hit("serving.others[0]", serving.others[0], facts)


@rule(
    "IN105",
    "line-not-understood",
    Severity.WARNING,
    Certainty.PROVEN,
    "“{text}” was not understood, and nothing was concluded from it",
    "cfr-101-36",
)
def unread_line(case: Case) -> Iterator[Hit | Skip]:
    """A line of the panel was not understood.

    It is kept as it is printed. What it says may change what can be said of the label.

    Fails:
        product: Odd Line
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 200 mg}
        unread: ["see side 3 mg b"]

    Passes:
        product: Plain Lines
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 200 mg}

    Remedy:
        Convert the label to the project's own format and enter the line by hand.
    """
    for index, text in enumerate(case.label.unread):
        yield Hit(f"unread[{index}]", text, {"text": text})


@rule(
    "IN106",
    "number-settled",
    Severity.NOTE,
    Certainty.LIKELY,
    "“{text}” was read as {meaning}: {reason}",
    "cfr-101-36",
)
def settled_number(case: Case) -> Iterator[Hit | Skip]:
    """A number that could mean two things was settled by what stands beside it.

    "1.500 mg" is one and a half milligrams in English and fifteen hundred in German. Where
    the language is not known, the percent decides if it fits one reading only, and so does
    what a serving can weigh.

    Fails:
        product: Punkt oder Komma
        market: EU
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 187.500 mcg, percent_nrv: 50 %}

    Passes:
        product: Kein Zweifel
        market: EU
        language: de
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 187.500 mcg, percent_nrv: 50 %}

    Remedy:
        Say which language the label is in, or print the number without a thousands mark.
    """
    for settled in case.composition.settled:
        facts = {"text": settled.text, "meaning": settled.meaning, "reason": settled.reason}
        yield Hit(settled.path, settled.text, facts)


@rule(
    "IN107",
    "unreadable-price",
    Severity.NOTE,
    Certainty.PROVEN,
    "“{text}” cannot be read as a price: expected {expected}",
    "iso-4217",
)
def unreadable_price(case: Case) -> Iterator[Hit | Skip]:
    """The price given for the container cannot be read.

    Nothing is computed from it. A sum without its currency is compared with nothing, and the
    sign of a dollar is that of many lands.

    Fails:
        product: Dear Magnesium
        price: $24.99
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg}

    Passes:
        product: Fair Magnesium
        price: 24.99 USD
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg}

    Remedy:
        Write the price of one container as sold with the code of its currency: 24.99 USD.
    """
    for problem in case.composition.problems:
        if problem.kind == "price":
            yield Hit("price", problem.text, {"text": problem.text, "expected": problem.expected})


RULES: tuple[Rule, ...] = (
    unreadable_amount,
    unreadable_percent,
    unreadable_serving,
    other_servings,
    unread_line,
    settled_number,
    unreadable_price,
)
