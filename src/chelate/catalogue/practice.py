"""Materials without a formula, what to know before taking one, what the law lets labels miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from chelate.catalogue import load
from chelate.catalogue.records import Caution, Mixture, NutrientKind, Tolerance

_VITAMINS = "eu-2011"  # an edition whose values without an element are those of vitamins


@cache
def mixtures() -> Mapping[str, Mixture]:
    """Materials of natural origin, known by a range of contents, by id.

    >>> [(h.of, h.low_percent, h.high_percent) for h in mixtures()["collagen-peptides"].holds]
    [('glycine', 19.05, 27.4)]
    """
    return load.read_records(Mixture, "mixture", [load.DATA / "mixtures.toml"])


@cache
def _cautions() -> Mapping[str, Caution]:
    return load.read_records(Caution, "caution", [load.DATA / "cautions.toml"])


@cache
def _tolerances() -> Mapping[str, Tolerance]:
    return load.read_records(Tolerance, "tolerance", [load.DATA / "tolerances.toml"])


def cautions(ids: Iterable[str] | None = None) -> tuple[Caution, ...]:
    """Cautions for nutrients and moieties (by id), each once; all of them by default.

    >>> [caution.id for caution in cautions(["glycine", "zinc"])]
    ['zinc-medicines', 'zinc-copper']
    """
    wanted = None if ids is None else set(ids)
    return tuple(c for c in _cautions().values() if wanted is None or c.of in wanted)


def tolerances(market: str | None = None) -> tuple[Tolerance, ...]:
    """What a market allows between label and measurement; all markets by default.

    >>> [(t.of, t.basis, t.low_fraction, t.high_fraction) for t in tolerances("EU")][1]
    ('mineral', 'guidance', 0.8, 1.45)
    """
    return tuple(t for t in _tolerances().values() if market in (None, t.market))


def tolerance(market: str, nutrient: str) -> Tolerance | None:
    """What a market allows for an added nutrient or moiety; None where no text is known.

    >>> found = tolerance("US", "magnesium")
    >>> found.low_fraction if found else None
    1.0
    >>> tolerance("EU", "glycine")
    """
    covering = ("added-nutrient", nutrient_kind(nutrient))
    return next((t for t in tolerances(market) if t.of in covering), None)


@cache
def nutrient_kind(nutrient: str) -> NutrientKind:
    """What a nutrient or moiety is; a vitamin has an NRV and is no element.

    >>> nutrient_kind("magnesium"), nutrient_kind("biotin"), nutrient_kind("glycine")
    ('mineral', 'vitamin', 'other')
    """
    known = load.nutrients().get(nutrient)
    if known is None:
        return "other"
    if known.element:
        return "mineral"
    return "vitamin" if load.reference_value(nutrient, _VITAMINS) else "other"
