"""The rows of a comparison on the price: what 100 mg of an element cost, and what a day does.

The price is that of the container as sold, as the label's file gives it. Sums in different
currencies are shown as they are, and never compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from chelate import catalogue
from chelate.catalogue import names
from chelate.checker import CheckResult
from chelate.figures import in_unit, mass, money, money_range, number
from chelate.intervals import Interval
from chelate.report.cells import Cell, Line, Row
from chelate.report.nutrient_rows import declared_mg
from chelate.units import Money

HUNDRED_MG = 100.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs, in the price's currency: `range` is over what is printed of it."""

    range: Interval
    currency: str
    of: str

    @property
    def shown(self) -> str:
        """The cost in words: a range where its ends are written apart."""
        return money_range(self.range, self.currency)


CostOf = Callable[[CheckResult], Cost | str]


def price_rows(nutrients: Sequence[str], results: Sequence[CheckResult]) -> Iterator[Row]:
    """The rows on the prices of products; none where no product has a price."""
    priced = [result for result in results if result.label.price]
    told = {price.currency for result in priced if (price := result.composition.price)}
    apart = "" if len(told) < 2 else "; in several currencies, which are not compared"
    for nutrient in filter(_is_element, nutrients):
        if not any(declares(nutrient, result) for result in priced):
            continue
        name = f"Price per {per_words(nutrient)}"
        hint = f"elemental; the price given, over servings per container and amount{apart}"
        yield _row(name, hint, results, partial(per_hundred, nutrient), not apart)
    if any(not isinstance(per_day(result), str) for result in priced):
        hint = f"at the servings a day that the label states{apart}"
        yield _row("Price per day", hint, results, per_day, not apart)


def _row(
    name: str, hint: str, results: Sequence[CheckResult], cost_of: CostOf, comparable: bool
) -> Row:
    return Row(name, hint, tuple(_cell(cost_of(result), comparable) for result in results))


def _cell(cost: Cost | str, comparable: bool) -> Cell:
    if isinstance(cost, str):
        return Cell((Line(cost, emphasis="quiet"),))
    return Cell((Line(cost.shown, cost.of),), cost.range if comparable else None)


def per_words(nutrient: str) -> str:
    """What a price is for: "100 mg magnesium", "100 µg selenium"."""
    return f"{mass(_hundred_mg(nutrient), catalogue.mass_unit(nutrient))} {names.spoken(nutrient)}"


def _hundred_mg(nutrient: str) -> float:
    """A hundred of the unit that a nutrient is written in, in mg."""
    return HUNDRED_MG / in_unit(1.0, catalogue.mass_unit(nutrient))


def _is_element(nutrient: str) -> bool:
    return bool(catalogue.nutrients()[nutrient].element)


def declares(nutrient: str, result: CheckResult) -> bool:
    """Whether a label claims a nutrient, with an amount or without."""
    return any(judged.claim.nutrient == nutrient for judged in result.judged)


def per_hundred(nutrient: str, result: CheckResult) -> Cost | str:
    """What a hundred mg, or µg, of a nutrient costs; else why that is not known."""
    of_one = _of_a_serving(result)
    if isinstance(of_one, str):
        return of_one
    declared = declared_mg(nutrient, result)
    if declared is None or declared.low <= 0:
        return "its amount is not readable" if declares(nutrient, result) else "not declared"
    per = _hundred_mg(nutrient)
    over = Interval(of_one.range.low * per / declared.high, of_one.range.high * per / declared.low)
    return Cost(over, of_one.currency, of_one.of)


def per_hundred_mg(nutrient: str, result: CheckResult) -> Interval | None:
    """What 100 mg of an element cost in the currency of the price, whatever its unit."""
    cost = per_hundred(nutrient, result) if _is_element(nutrient) else ""
    return None if isinstance(cost, str) else cost.range.scaled(HUNDRED_MG / _hundred_mg(nutrient))


def price_text(result: CheckResult) -> str:
    """What the element of a label's first claim that is one costs, in one cell."""
    claimed = (judged.claim.nutrient for judged in result.judged)
    nutrient = next(filter(_is_element, sorted(claimed, key=lambda n: n != "magnesium")), None)
    cost = per_hundred(nutrient, result) if nutrient else _of_a_serving(result)
    if isinstance(cost, str):
        return cost
    return f"{cost.shown} per {per_words(nutrient) if nutrient else 'serving'}"


def per_day(result: CheckResult) -> Cost | str:
    """What the servings of a day cost; else why that is not known."""
    of_one, serving = _of_a_serving(result), result.composition.serving
    if isinstance(of_one, str):
        return of_one
    if result.label.serving.per_day is None:
        return "servings a day not printed"
    taken = number(serving.servings_per_day)
    of = f"{of_one.of}, {taken} a day"
    return Cost(of_one.range.scaled(serving.servings_per_day), of_one.currency, of)


def _of_a_serving(result: CheckResult) -> Cost | str:
    """What one serving costs; else why that is not known."""
    price, servings = result.composition.price, result.composition.serving.per_container
    if price is None:
        return "price not readable" if result.label.price else "no price given"
    if servings is None:
        is_printed = result.label.serving.per_container is not None
        return f"servings per container not {'readable' if is_printed else 'printed'}"
    over = Interval(price.amount / servings.high, price.amount / servings.low)
    return Cost(over, price.currency, f"{_sum(price)} for {_count(servings)}")


def _sum(price: Money) -> str:
    return money(price.amount, price.currency)


def _count(servings: Interval) -> str:
    low, high = number(servings.low), number(servings.high)
    return f"{low if low == high else f'{low}–{high}'} serving{'s' * (high != '1')}"
