"""What a daily amount is beside Daily Value, NRV and the authorities' upper levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue
from chelate.figures import listed, mg, number

ADULT_YEARS = 30
SCOPES = {"supplemental-only": "supplements only", "all-sources": "all sources"}
_UPPER = "upper level, "
EDITIONS = (("us-2016", "DV", "Daily Value, US 2016"), ("eu-2011", "NRV", "NRV, EU 2011"))


@dataclass(frozen=True, slots=True)
class Beside:
    """A reference value or upper level for adults, and the share of it that a day gives."""

    kind: Literal["DV", "NRV", "UL"]
    name: str
    amount_mg: float
    fraction: float
    scope: str = ""

    @property
    def exceeded(self) -> bool:
        """Whether an upper level is exceeded; a reference value never is."""
        return self.kind == "UL" and self.fraction > 1 + 1e-9


def beside(nutrient: str, mg_per_day: float) -> tuple[Beside, ...]:
    """The Daily Value, the NRV and each authority's upper level; none for a moiety."""
    return (*_references(nutrient, mg_per_day), *_levels(nutrient, mg_per_day))


def _references(nutrient: str, mg_per_day: float) -> Iterator[Beside]:
    for edition, kind, name in EDITIONS:
        value = catalogue.reference_value(nutrient, edition)
        if value is not None and value.amount_mg:
            fraction = mg_per_day / value.amount_mg
            yield Beside("DV" if kind == "DV" else "NRV", name, value.amount_mg, fraction)


def _levels(nutrient: str, mg_per_day: float) -> Iterator[Beside]:
    for level in catalogue.upper_levels(nutrient, age=ADULT_YEARS):
        if level.amount_mg:
            name = f"{_UPPER}{level.authority}"
            yield Beside("UL", name, level.amount_mg, mg_per_day / level.amount_mg, level.scope)


def words_on_limits(name: str, mg_per_day: float, levels: Iterable[Beside]) -> Iterator[str]:
    """Sentences on upper levels that are exceeded, and on references that lie above them."""
    known = tuple(levels)
    over = [level for level in known if level.exceeded]
    if not over:
        return
    yield f"{mg(mg_per_day)} {name} a day exceeds {grouped(over)}."
    without_food = [level.amount_mg for level in over if level.scope == "supplemental-only"]
    above = [r for r in known if r.kind != "UL" and r.amount_mg > min(without_food, default=1e9)]
    if above:
        references = listed([f"the {r.name} ({number(r.amount_mg)} mg)" for r in above])
        verb, they = ("is itself", "it counts") if len(above) == 1 else ("are", "they count")
        yield (
            f"{references[:1].upper()}{references[1:]} {verb} above one of these levels too: "
            f"{they} {name} from all sources, the levels count supplements and not food."
        )


def grouped(over: Iterable[Beside]) -> str:
    """Upper levels by amount: "the upper levels of 350 mg (IOM, VKM; …) and 250 mg (…)"."""
    groups: dict[tuple[float, str], list[str]] = {}
    for level in over:
        authority = level.name.removeprefix(_UPPER)
        groups.setdefault((level.amount_mg, level.scope), []).append(authority)
    said = [
        f"{number(amount)} mg ({', '.join(authorities)}; {SCOPES[scope]})"
        for (amount, scope), authorities in groups.items()
    ]
    return f"the upper level{'s' * (len(said) > 1)} of {listed(said)}"
