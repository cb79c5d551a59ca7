"""What a daily amount is beside Daily Value, NRV and the authorities' upper levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue
from chelate.catalogue import Reference
from chelate.figures import MassUnit, listed, mass, stated_mass
from chelate.intervals import Interval

ADULT_YEARS = 30
SCOPES = {"supplemental-only": "supplements only", "all-sources": "all sources"}
_UPPER = "upper level, "
Key = str | tuple[str, str]
_EDITION_OF_MARKET = {"US": "us-2016", "EU": "eu-2011"}
EDITIONS: tuple[tuple[str, Literal["DV", "NRV"], str], ...] = (
    ("us-2016", "DV", "Daily Value, US 2016"),
    ("eu-2011", "NRV", "NRV, EU 2011"),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference that an output leans on, and what for: "Daily Value, US 2016"."""

    of: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Beside:
    """A reference value or upper level for adults, and the share of it that a day gives.

    `unit` is the one that it and the masses beside it are written in.
    """

    kind: Literal["DV", "NRV", "UL"]
    name: str
    amount_mg: float
    fraction: float
    scope: str = ""
    unit: MassUnit = "mg"

    @property
    def amount(self) -> str:
        """The value or level as it is written: "420 mg", "55 µg"."""
        return stated_mass(self.amount_mg, self.unit)

    @property
    def exceeded(self) -> bool:
        """Whether an upper level is exceeded; a reference value never is."""
        return self.kind == "UL" and self.fraction > 1 + 1e-9


def beside(nutrient: str, mg_per_day: float) -> tuple[Beside, ...]:
    """The Daily Value, the NRV and each authority's upper level; none for a moiety.

    >>> [level.amount for level in beside("selenium", 0.055)]
    ['55 µg', '55 µg', '400 µg', '255 µg']
    """
    return (*_references(nutrient, mg_per_day), *_levels(nutrient, mg_per_day))


def _references(nutrient: str, mg_per_day: float) -> Iterator[Beside]:
    unit = catalogue.mass_unit(nutrient)
    for edition, kind, name in EDITIONS:
        value = catalogue.reference_value(nutrient, edition)
        if value is not None and value.amount_mg:
            fraction = mg_per_day / value.amount_mg
            yield Beside(kind, name, value.amount_mg, fraction, unit=unit)


def _levels(nutrient: str, mg_per_day: float) -> Iterator[Beside]:
    unit = catalogue.mass_unit(nutrient)
    for level in catalogue.upper_levels(nutrient, age=ADULT_YEARS):
        if level.amount_mg:
            name, share = f"{_UPPER}{level.authority}", mg_per_day / level.amount_mg
            yield Beside("UL", name, level.amount_mg, share, level.scope, unit)


def exceeds_over(range_mg: Interval, level: Beside) -> str:
    """Whether an upper level is exceeded, over the whole range of a day or a part of it.

    >>> exceeds_over(Interval(340, 360), Beside("UL", "upper level, IOM", 350, 1.0))
    'exceeds in part of the range'
    """
    most_mg = level.amount_mg * (1 + 1e-9)
    if level.kind != "UL" or range_mg.high <= most_mg:
        return ""
    return "exceeds" if range_mg.low > most_mg else "exceeds in part of the range"


def words_on_limits(name: str, mg_per_day: float, levels: Iterable[Beside]) -> Iterator[str]:
    """Sentences on upper levels that are exceeded, and on references that lie above them."""
    known = tuple(levels)
    over = [level for level in known if level.exceeded]
    if not over:
        return
    yield f"{mass(mg_per_day, over[0].unit)} {name} a day exceeds {grouped(over)}."
    without_food = [level.amount_mg for level in over if level.scope == "supplemental-only"]
    above = [r for r in known if r.kind != "UL" and r.amount_mg > min(without_food, default=1e9)]
    if above:
        references = listed([f"the {r.name} ({r.amount})" for r in above])
        verb, they = ("is itself", "it counts") if len(above) == 1 else ("are", "they count")
        yield (
            f"{references[:1].upper()}{references[1:]} {verb} above one of these levels too: "
            f"{they} {name} from all sources, the levels count supplements and not food."
        )


def grouped(over: Iterable[Beside]) -> str:
    """Upper levels by amount: "the upper levels of 350 mg (IOM, VKM; …) and 250 mg (…)"."""
    groups: dict[tuple[str, str], list[str]] = {}
    for level in over:
        authority = level.name.removeprefix(_UPPER)
        groups.setdefault((level.amount, level.scope), []).append(authority)
    said = [
        f"{amount} ({', '.join(authorities)}; {SCOPES[scope]})"
        for (amount, scope), authorities in groups.items()
    ]
    return f"the upper level{'s' * (len(said) > 1)} of {listed(said)}"


def cited(
    nutrients: Iterable[str],
    *,
    market: str | None = None,
    references: Iterable[Key] = (),
    limits: bool = True,
) -> tuple[Cited, ...]:
    """Every reference that values of these nutrients, and these keys, lean on, once each."""
    ids = tuple(dict.fromkeys(nutrients))
    keys = [*_of_editions(ids, market), *(_of_levels(ids) if limits else ())]
    keys += [("Source", key) if isinstance(key, str) else key for key in references]
    unique = dict.fromkeys(keys)
    return tuple(Cited(of, catalogue.references()[key]) for of, key in unique)


def _of_editions(nutrients: Iterable[str], market: str | None) -> Iterator[tuple[str, str]]:
    wanted = _EDITION_OF_MARKET.get(market, "") if market else None
    for edition, _, name in EDITIONS:
        for nutrient in nutrients if wanted in (None, edition) else ():
            value = catalogue.reference_value(nutrient, edition)
            yield from ((name, key) for key in (value.sources if value else ()))


def _of_levels(nutrients: Iterable[str]) -> Iterator[tuple[str, str]]:
    for nutrient in nutrients:
        for level in catalogue.upper_levels(nutrient, age=ADULT_YEARS):
            yield from ((f"Upper level, {level.authority}", key) for key in level.sources)
