"""What a label names without a mass of its own: the members of a blend, up to its total.

A panel gives the weight of a proprietary blend and need not give those of its members
(21 CFR 101.36(c)): each may be as much as the others leave.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from chelate.composition import Composition, Printed
from chelate.composition.rows import Entry, names_blend
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.stoichiometry import Held, yield_of
from chelate.units import Amount, read_amount

_ONE_MG = 1.0
_MARKS = " *†‡§"
_Named = tuple[Entry, str, str | None, float | None]


@dataclass(frozen=True, slots=True)
class Unweighed:
    """A name without a mass; `within` is the blend that it stands in, None for a row.

    `path` is that of the outermost row. `most_mg` is what there may be of it at most, None
    where nothing bounds it; `holds` is what one milligram of it brings, None where that is
    not known.
    """

    path: str
    name: str
    within: str | None
    most_mg: float | None
    holds: tuple[Held, ...] | None

    @property
    def text(self) -> str:
        """Its name, with the blend that it stands in."""
        return f"{self.name} (in {self.within})" if self.within else self.name


def as_printed(printed: Printed) -> Interval:
    """A plain figure counts as printed; "about" and a printed range are as wide as they are."""
    read = read_amount(printed.text, decimal=printed.decimal)
    plain = isinstance(read, Amount) and read.operator == "=" and read.upper is None
    if printed.parts or plain:
        return Interval(printed.value_mg, printed.value_mg)
    return printed.interval_mg


def unweighed(
    rows: Iterable[Entry], composition: Composition, declared: Container[str]
) -> Iterator[Unweighed]:
    """What is named without a mass, and is no source of a claim that is counted by that.

    What the label has of a `declared` nutrient stands in its row, and no member brings more.
    The mass of the serving bounds what no blend does.
    """
    weight = composition.serving.mass
    serving_mg = as_printed(weight).high if weight else None
    sources = {source.path for claim in composition.claims for source in claim.sources}
    for row in rows:
        if row.kind == "other" and (row.children or names_blend(row.phrase.head.text)):
            found = _members(row, serving_mg)
        elif row.kind == "other" and row.amount is None and row.row.amount is None:
            found = iter([(row, row.phrase.head.text, None, serving_mg)])
        else:
            continue
        for entry, name, within, most_mg in found:
            if not sources.isdisjoint((entry.path, f"{entry.path}.name")) and entry is not row:
                continue
            holds = _holds(name, declared)
            if holds or (within and holds is None and not names_blend(name)):
                yield Unweighed(row.path, name.strip(_MARKS), within, most_mg, holds)


def _members(blend: Entry, most_mg: float | None) -> Iterator[_Named]:
    """The members of a blend, and of blends within it, that have no mass."""
    own_mg = as_printed(blend.amount).high if blend.amount else most_mg
    told = sum(as_printed(each.amount).low for each in blend.children if each.amount)
    left_mg = None if own_mg is None else max(0.0, own_mg - told)
    name = blend.phrase.head.text
    for each in blend.children:
        if each.children:
            yield from _members(each, left_mg)
        elif each.amount is None:
            yield each, each.phrase.head.text, name, left_mg
    if not blend.children:
        yield from ((blend, i.text, name, left_mg) for i in blend.phrase.of("bracket") if i.text)


def _holds(name: str, declared: Container[str]) -> tuple[Held, ...] | None:
    """What one milligram brings that is not declared; None where that is not known."""
    try:
        moieties = yield_of(name.strip(_MARKS), _ONE_MG).moieties
    except InputError:
        return None
    return tuple(held for held in moieties if held.id not in declared)
