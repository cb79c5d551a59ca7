"""Glycine that a whole serving brings: of its compounds, and printed in rows of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from chelate import catalogue
from chelate.bounds.capacities import capsules_mg, capsules_text
from chelate.bounds.ranges import GLYCINE
from chelate.checker import CheckResult
from chelate.composition import DeclaredMoiety
from chelate.figures import bounds_mass, listed
from chelate.intervals import Interval, total
from chelate.report import delivered
from chelate.rules import Judged

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Glycine:
    """What a serving brings, as the free acid in mg, in whichever way the label is read.

    `notes` say what the range supposes.
    """

    range_mg: Interval
    notes: tuple[str, ...]


def glycine_of(result: CheckResult) -> Glycine | None:
    """Glycine of every compound and every row of its own; None where nothing brings any.

    A row of its own may be on top of what a compound brings, if the serving holds both, or
    count it.
    """
    brought, room = tuple(_brought(result)), _room(result)
    bound = _bound([range_mg for _, range_mg, _ in brought], room)
    conditions = tuple(_conditions(brought))
    rows = tuple(own_rows(result))
    if not rows:
        return Glycine(bound, conditions) if brought else None
    own = total(row.amount.interval_mg for row in rows)
    if not brought:
        return Glycine(own, ("printed as an ingredient of its own",))
    on_top = _on_top(bound, own, room)
    return _together(bound, own, on_top, rows, (conditions, room.words))


def in_any_case(result: CheckResult) -> Interval:
    """The same in mg whatever else the element of each claim may be from."""
    found = (delivered.glycine_in_any_case(judged, result) for judged in result.judged)
    room = _room(result)
    bound = _bound([each for each in found if each], room)
    own = total(row.amount.interval_mg for row in own_rows(result))
    on_top, counted = _on_top(bound, own, room), _counted(bound, own)
    told = [each for each in (on_top, counted) if each] or [_partly(bound, own)]
    return Interval(min(each.low for each in told), max(each.high for each in told))


@dataclass(frozen=True, slots=True)
class _Room:
    """The most mg that everything of a serving may weigh, as printed, and what holds it.

    `fraction` is the most glycine in one gram of the compounds named.
    """

    mass_mg: float
    words: str
    fraction: float


def _room(result: CheckResult) -> _Room:
    serving = result.composition.serving
    held, stated = serving.mass, capsules_mg(serving)
    rooms = [(inf, "")]
    rooms += [(held.interval_mg.high, f"“{held.text}”")] if held else []
    rooms += [(float(stated), capsules_text(serving))] if stated is not None else []
    named = {i for j in result.judged for s in j.claim.sources for i in s.meaning.substances}
    fractions = (catalogue.moiety_fraction(catalogue.substance(i), GLYCINE) for i in named)
    return _Room(*min(rooms), max(fractions, default=0.0))


def _bound(found: Sequence[Interval], room: _Room) -> Interval:
    """Glycine of every compound: no more than the serving holds of them."""
    every = total(found)
    most_mg = room.mass_mg * room.fraction if every.high else 0.0
    return Interval(every.low, max(every.low, min(every.high, most_mg)))


def _on_top(bound: Interval, own: Interval, room: _Room) -> Interval | None:
    """Glycine of compounds with that of rows beside it; None where no serving holds both."""
    taken_mg = bound.low / room.fraction if room.fraction else 0.0
    if taken_mg + own.low > room.mass_mg * (1 + _NOISE):
        return None
    own_mg = min(own.high, room.mass_mg - taken_mg)
    most_mg = min(bound.high, (room.mass_mg - own_mg) * room.fraction) if bound.high else 0.0
    return Interval(bound.low + own.low, max(bound.low, most_mg) + own_mg)


def _counted(bound: Interval, own: Interval) -> Interval | None:
    """Glycine where rows count that of the compounds; None where they print less than it."""
    return None if own.high < bound.low else Interval(max(bound.low, own.low), own.high)


def _partly(bound: Interval, own: Interval) -> Interval:
    """Glycine where rows print only a part of what the compounds bring."""
    return Interval(max(bound.low, own.low), max(bound.high, own.low))


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
    bound: Interval,
    own: Interval,
    on_top: Interval | None,
    rows: Sequence[DeclaredMoiety],
    words: tuple[tuple[str, ...], str],
) -> Glycine:
    printed, (conditions, holder) = listed([f"“{row.amount.text}”" for row in rows]), words
    counted = _counted(bound, own)
    if on_top is None:
        found = counted or _partly(bound, own)
        how = "counts" if counted else "is a part of"
        said = f"{bounds_mass(found)} if {printed} {how} what the compound brings"
        return Glycine(found, (*conditions, f"{said}: {holder} has no room for both"))
    said = f"{bounds_mass(on_top)} if {printed} is on top of what the compound brings"
    if counted is None:
        return Glycine(on_top, (*conditions, said))
    counts = f"{bounds_mass(counted)} if {printed} counts it"
    return Glycine(Interval(counted.low, on_top.high), (*conditions, said, counts))
