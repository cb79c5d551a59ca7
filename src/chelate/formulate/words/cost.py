"""What the materials of a serving cost, in words."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from chelate import catalogue
from chelate.figures import listed, mass, money
from chelate.formulate.cost import Cost, CostOf
from chelate.formulate.delivery import Delivery


def cost_rows(cost: Cost, delivery: Delivery) -> Iterator[tuple[str, str, str]]:
    """What a cost is for, the cost, and the same over the range of what is delivered."""
    made, least = delivery.formulation, "at least " if cost.missing else ""
    sums: list[tuple[str, float | None]] = [("per serving", cost.per_serving)]
    if made.servings_per_day > 1:
        sums.append(("per day", cost.per_day))
    sums.append((f"per container of {made.servings_per_container}", cost.per_container))
    for name, amount in sums:
        if amount is not None:
            yield name, f"{least}{money(amount, cost.currency)}", ""
    for each in cost.per_delivered:
        shown = f"{least}{money(each.cost, cost.currency)}"
        yield f"per {per_words(each)}", shown, _cost_range(each, cost.currency)


def per_words(each: CostOf) -> str:
    """What a cost is for: "100 mg magnesium", "100 µg selenium"."""
    unit = catalogue.mass_unit(each.id)
    return f"{'g' if each.per_mg == 1000 else mass(each.per_mg, unit)} {each.name}"


def _cost_range(each: CostOf, currency: str) -> str:
    low, high = each.over_range
    first = money(low, currency)
    last = "more" if high is None or isinf(high) else money(high, currency)
    return "" if first == last else f"{first.removesuffix(f' {currency}')}–{last}"


def cost_remarks(cost: Cost) -> Iterator[str]:
    """What is not in the cost."""
    if cost.missing:
        yield f"No price is stated of {listed(cost.missing)}: the cost is that of the rest."
    yield (
        "The cost for what is delivered is that of the whole serving. Empty capsules, packing "
        "and work are not counted."
    )
