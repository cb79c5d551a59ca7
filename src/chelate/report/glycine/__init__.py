"""Glycine that a whole serving brings: of its compounds, and printed in rows of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chelate.bounds.ranges import GLYCINE
from chelate.checker import CheckResult
from chelate.composition import DeclaredMoiety
from chelate.figures import bounds_mass, listed
from chelate.intervals import Interval, total
from chelate.report import delivered
from chelate.rules import Judged

_NONE = Interval(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Glycine:
    """What a serving brings, as the free acid in mg, in whichever way the label is read.

    `notes` say what the range supposes.
    """

    range_mg: Interval
    notes: tuple[str, ...]


def glycine_of(result: CheckResult) -> Glycine | None:
    """Glycine of every compound and every row of its own; None where nothing brings any.

    A row of its own may be on top of what a compound brings, or count it.
    """
    brought = tuple(_brought(result))
    bound = total(range_mg for _, range_mg, _ in brought) if brought else _NONE
    conditions = tuple(_conditions(brought))
    rows = tuple(own_rows(result))
    if not rows:
        return Glycine(bound, conditions) if brought else None
    own = total(row.amount.interval_mg for row in rows)
    if not brought:
        return Glycine(own, ("printed as an ingredient of its own",))
    return _together(bound, own, rows, conditions)


def own_rows(result: CheckResult) -> Iterator[DeclaredMoiety]:
    """The rows that print glycine as an ingredient of its own."""
    found = result.composition.moieties
    return (each for each in found if each.moiety == GLYCINE and each.claim is None)


def _brought(result: CheckResult) -> Iterator[tuple[Judged, Interval, str]]:
    """The claims that bring any, with how much; none of it is certain where only the most is."""
    for judged in result.judged:
        found = delivered.glycine(judged, result)
        if found.range_mg is not None and found.range_mg.high:
            low = 0.0 if found.at_most else found.range_mg.low
            yield judged, Interval(low, found.range_mg.high), found.condition


def _conditions(brought: Sequence[tuple[Judged, Interval, str]]) -> Iterator[str]:
    for judged, range_mg, condition in brought:
        of = f"with {judged.claim.nutrient} {bounds_mass(range_mg)}, " if len(brought) > 1 else ""
        yield f"{of}{condition}"


def _together(
    bound: Interval, own: Interval, rows: Sequence[DeclaredMoiety], conditions: tuple[str, ...]
) -> Glycine:
    printed = listed([f"“{row.amount.text}”" for row in rows])
    on_top = Interval(bound.low + own.low, bound.high + own.high)
    said = f"{bounds_mass(on_top)} if {printed} is on top of what the compound brings"
    if own.high < bound.low:
        return Glycine(on_top, (*conditions, said))
    counted = Interval(max(bound.low, own.low), own.high)
    counts = f"{bounds_mass(counted)} if {printed} counts it"
    return Glycine(Interval(counted.low, on_top.high), (*conditions, said, counts))
