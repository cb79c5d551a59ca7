"""Materials without a formula, cautions, what the law lets labels miss, units of masses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from chelate.catalogue import load
from chelate.catalogue.records import Caution, Mixture, NutrientKind, Tolerance
from chelate.figures import MassUnit

_VITAMINS = "eu-2011"  # an edition whose values without an element are those of vitamins
_MICRO_BELOW_MG = 10.0


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


def mass_unit(of: str) -> MassUnit:
    """The unit that masses of a nutrient or moiety are written in: that of its Daily Value.

    >>> mass_unit("selenium"), mass_unit("folate"), mass_unit("magnesium"), mass_unit("glycine")
    ('µg', 'µg', 'mg', 'mg')
    """
    known = load.nutrients().get(of)
    return "µg" if known and (known.dv_unit or "").startswith("µg") else "mg"


def material_unit(brings: str, mass_mg: float) -> MassUnit:
    """The unit that a material is written in, by what it brings and the largest mass of it.

    A source of what is known in micrograms is itself in micrograms below 10 mg, where a tenth
    of a milligram is too coarse for it; anything else is in mg.

    >>> material_unit("selenium", 0.121), material_unit("selenium", 15.8), material_unit("zinc", 5)
    ('µg', 'mg', 'mg')
    """
    return mass_unit(brings) if mass_mg < _MICRO_BELOW_MG else "mg"
