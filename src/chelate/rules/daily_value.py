"""DV: the printed percent held against the printed amount and the reference values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from chelate import catalogue
from chelate.catalogue import ReferenceValue, names
from chelate.composition import Declared
from chelate.figures import mass_range, number
from chelate.findings import Certainty, Severity
from chelate.intervals import Interval
from chelate.rules.rule import Case, Hit, Rule, Skip, rule

CURRENT_US, OLD_US, EU = "us-2016", "us-1993", "eu-2011"
_NAMES = {CURRENT_US: "the US Daily Value", OLD_US: "the former US Daily Value", EU: "the EU NRV"}


@rule(
    "DV101",
    "percent-does-not-fit-amount",
    Severity.WARNING,
    Certainty.PROVEN,
    "{percent} does not fit {amount} of {nutrient}: {expected} would be {right} of {reference}, "
    "and {percent} of it is {implied}",
    "cfr-101-36",
    "cfr-101-9",
)
def percent_misfits(case: Case) -> Iterator[Hit | Skip]:
    """The percent fits the amount under no reference value that labels use.

    The percent is the amount over the reference, to the nearest whole percent. Where it
    fits neither the current nor the former Daily Value nor the NRV, one of the two
    figures is a slip, or one is the compound's and the other the element's.

    Fails:
        product: Off Percent
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 84 %}

    Passes:
        product: Right Percent
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 48 %}

    Remedy:
        Recompute the percent from the element's amount.
    """
    for row, current in _checkable(case):
        if isinstance(current, Skip):
            yield current
        elif not row.compound and not _fitting(row):
            yield Hit(row.percent_path, _percent(row), _facts(row, current))


@rule(
    "DV102",
    "percent-of-former-daily-value",
    Severity.NOTE,
    Certainty.PROVEN,
    "{percent} of {nutrient} follows the former Daily Value of {old}; the current one is {now}, "
    "of which {amount} is {right}",
    "cfr-101-9",
    "cfr-101-9-1995",
)
def former_daily_value(case: Case) -> Iterator[Hit | Skip]:
    """The percent follows the Daily Value that labels used before 2020.

    Magnesium's was 400 mg and is 420 mg; zinc's was 15 mg and is 11 mg. The amount itself
    is not in doubt.

    Fails:
        product: Old Stock Magnesium
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 50 %}

    Passes:
        product: New Stock Magnesium
        facts:
          - {name: Magnesium (as magnesium oxide), amount: 200 mg, percent_dv: 48 %}

    Remedy:
        Print the percent of the current Daily Value.
    """
    for row, current in _checkable(case):
        if isinstance(current, Skip) or row.compound:
            continue
        fitting = {r.edition: r for r in _fitting(row)}
        if current.edition == CURRENT_US and OLD_US in fitting and CURRENT_US not in fitting:
            facts = _facts(row, current) | {
                "old": _amount(fitting[OLD_US]), "now": _amount(current)
            }  # fmt: skip
            yield Hit(row.percent_path, _percent(row), facts)


@rule(
    "DV103",
    "percent-of-another-reference",
    Severity.NOTE,
    Certainty.PROVEN,
    "{percent} of {nutrient} follows {other} ({value}), not {reference} ({now}), of which "
    "{amount} is {right}",
    "cfr-101-9",
    "reg-1169-2011",
)
def another_reference(case: Case) -> Iterator[Hit | Skip]:
    """The percent is of another market's or another group's reference value.

    The NRV of the EU and the Daily Value of the US differ for most minerals, and the
    Daily Values of children and of pregnant women differ from those of adults.

    Fails:
        product: Crossed Markets
        market: US
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 375 mg, percent_dv: 100 %}

    Passes:
        product: One Market
        market: EU
        facts:
          - {name: Magnesium (as magnesium citrate), amount: 375 mg, percent_nrv: 100 %}

    Remedy:
        Print the percent of the reference that the market prescribes, and name the group.
    """
    for row, current in _checkable(case):
        if isinstance(current, Skip) or row.compound:
            continue
        fitting = _fitting(row)
        usual = {current.edition, OLD_US} if current.edition == CURRENT_US else {current.edition}
        if fitting and not any(r.edition in usual and r.population == current.population
                               for r in fitting):  # fmt: skip
            other = fitting[0]
            facts = _facts(row, current) | {
                "other": _named(other), "value": _amount(other), "now": _amount(current),
            }  # fmt: skip
            yield Hit(row.percent_path, _percent(row), facts)


@rule(
    "DV104",
    "percent-is-of-the-element",
    Severity.NOTE,
    Certainty.LIKELY,
    "{percent} of {nutrient} is {implied} of the element, so {amount} is the compound's mass",
    "cfr-101-36",
)
def percent_of_element(case: Case) -> Iterator[Hit | Skip]:
    """A row prints the compound's mass beside the element's percent.

    The panel must give the weight of the dietary ingredient, not of its source. The
    percent tells the two apart; it does not replace the element's amount.

    Fails:
        product: Compound Row
        facts:
          - {name: Magnesium glycinate, amount: 500 mg, percent_dv: 17 %}

    Passes:
        product: Element Row
        facts:
          - {name: Magnesium (as magnesium glycinate), amount: 70 mg, percent_dv: 17 %}

    Remedy:
        Print the element's amount in the row and name the compound as its source.
    """
    for row, current in _checkable(case):
        if not isinstance(current, Skip) and row.compound:
            yield Hit(row.percent_path, _percent(row), _facts(row, current))


def held_against(case: Case) -> tuple[ReferenceValue, ...]:
    """The reference values that the printed percents of a label are held against."""
    return tuple(value for _, value in _checkable(case) if not isinstance(value, Skip))


def _checkable(case: Case) -> Iterator[tuple[Declared, ReferenceValue | Skip]]:
    """Rows with a percent, each with the reference that its market prescribes."""
    for row in case.composition.declared:
        if row.percent is None or row.percent.operator == "<":
            continue
        european = row.reference == "nrv" or case.label.market == "EU"
        current = catalogue.reference_value(row.nutrient, EU if european else CURRENT_US)
        if row.amount is None:
            yield row, Skip(row.path, "its amount is not printed as a mass")
        elif current is None or current.amount_mg is None:
            yield row, Skip(row.path, f"{row.nutrient} has no reference value in mass")
        else:
            yield row, current


@cache
def _references(nutrient: str) -> tuple[ReferenceValue, ...]:
    """Every reference value of a nutrient in mass, those for adults first."""
    found = [r for r in catalogue.reference_values(nutrient) if r.amount_mg]
    return tuple(sorted(found, key=lambda r: r.population != "adults"))


def _fitting(row: Declared) -> list[ReferenceValue]:
    assert row.percent
    printed = row.percent.interval
    return [r for r in _references(row.nutrient) if _share(row, r).overlaps(printed)]


def _share(row: Declared, reference: ReferenceValue) -> Interval:
    assert row.amount
    assert reference.amount_mg
    return row.amount.interval_mg.scaled(100 / reference.amount_mg)


def _facts(row: Declared, current: ReferenceValue) -> dict[str, str]:
    assert row.amount
    assert row.percent
    assert current.amount_mg
    implied_mg = row.percent.interval.scaled(current.amount_mg / 100)
    return {
        "percent": _percent(row),
        "nutrient": names.spoken(row.nutrient),
        "amount": row.amount.text,
        "expected": row.amount.text,
        "right": f"{row.amount.value_mg / current.amount_mg * 100:.0f} %",
        "reference": _named(current),
        "implied": mass_range(implied_mg, catalogue.mass_unit(row.nutrient)),
    }


def _percent(row: Declared) -> str:
    return row.percent.text if row.percent else ""


def _named(reference: ReferenceValue) -> str:
    name = _NAMES.get(reference.edition, "the US Daily Value")
    group = "" if reference.population == "adults" else f" for {reference.population}"
    return f"{name}{group}"


def _amount(reference: ReferenceValue) -> str:
    return f"{number(reference.amount)} {reference.unit}"


RULES: tuple[Rule, ...] = (
    percent_misfits,
    former_daily_value,
    another_reference,
    percent_of_element,
)
