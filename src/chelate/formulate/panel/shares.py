"""How much of a nutrient comes from each of its sources, as printed beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log10

from chelate.formulate.panel.amounts import rounded_down
from chelate.formulate.panel.brought import Brought, Named, merged

_DIGITS = 2  # of the smallest share
_MOST_DECIMALS = 2  # beyond these
_NOISE = 1e-9


def shares_of(
    name: str, holding: Iterable[Brought], named: Sequence[Named], stated_mg: float
) -> tuple[Named, ...]:
    """What of a stated amount comes from each named source, in mg, in the order of the names.

    A claim below what is delivered is shared out as that is. None where one source alone is
    named.
    """
    brought = dict(_brought(name, tuple(holding)))
    whole_mg = sum(brought.values())
    shares = [brought.get(source.casefold(), 0.0) * stated_mg / whole_mg for source, _ in named]
    if len(named) < 2 or min(shares) <= 0:
        return ()
    all_named = sum(shares) > stated_mg * (1 - _NOISE)
    printed = rounded_shares(shares, stated_mg if all_named else None)
    return tuple((source, share) for (source, _), share in zip(named, printed, strict=True))


def _brought(name: str, holding: Sequence[Brought]) -> Iterator[Named]:
    """What each compound brings, by its name, those without a part in the name's too."""
    each = (
        (c.name, each.held_mg[name] * c.part_of(name)) for each in holding for c in each.compounds
    )
    yield from ((source.casefold(), mass_mg) for source, mass_mg in merged(each))


def rounded_shares(shares_mg: Sequence[float], stated_mg: float | None) -> tuple[float, ...]:
    """Shares with as few decimals as let them add up to what is stated; else rounded down.

    >>> rounded_shares([140.09, 59.91], 200.0)
    (140.0, 60.0)
    >>> rounded_shares([0.4, 0.4, 0.2], None)
    (0.4, 0.4, 0.2)
    """
    least = max(0, _DIGITS - 1 - floor(log10(min(shares_mg))))
    for decimals in range(least, least + _MOST_DECIMALS + 1) if stated_mg else ():
        rounded = tuple(round(share, decimals) for share in shares_mg)
        if abs(sum(rounded) - (stated_mg or 0.0)) < _NOISE * sum(rounded):
            return rounded
    return tuple(map(rounded_down, shares_mg))
