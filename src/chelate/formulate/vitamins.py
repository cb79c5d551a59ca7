"""What a vitamin is added as, by name, and what that counts in the unit of its Daily Value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from chelate import catalogue
from chelate.catalogue import names
from chelate.models import Market
from chelate.units import mass_mg

_EDITIONS: dict[Market, str] = {"US": "us-2016", "EU": "eu-2011"}


@cache
def vitamins_in(name: str) -> frozenset[str]:
    """The vitamins that a name says are there, by what each is added as.

    >>> sorted(vitamins_in("Cholecalciferol 0.25 %")), sorted(vitamins_in("calcium citrate"))
    (['vitamin-d'], [])
    """
    return frozenset(
        nutrient.id for nutrient in catalogue.nutrients().values() if _names(name, nutrient.forms)
    )


def is_vitamin(nutrient: str) -> bool:
    """Whether a nutrient is a vitamin."""
    return catalogue.nutrient_kind(nutrient) == "vitamin"


def in_other_unit(nutrient: str, market: Market) -> bool:
    """Whether the reference of a nutrient is in no plain mass, but in RAE, NE or DFE.

    >>> in_other_unit("folate", "US"), in_other_unit("folate", "EU")
    (True, False)
    """
    value = catalogue.reference_value(nutrient, _EDITIONS.get(market, ""))
    return value is not None and value.amount_mg is None


def law_unit(nutrient: str, market: Market) -> str | None:
    """The equivalents that a market's law has a vitamin in; None where it has a plain mass.

    >>> law_unit("folate", "US"), law_unit("folate", "EU"), law_unit("vitamin-e", "EU")
    ('µg DFE', None, 'mg α-TE')
    """
    known = catalogue.nutrients().get(nutrient)
    if known is None or market == "EU":
        return known.eu_unit if known else None
    return known.dv_unit if in_other_unit(nutrient, market) else None


def equivalence(nutrient: str, market: Market, material: str) -> float | None:
    """What 1 µg or mg of a vitamin counts in the unit of the law, by the name of its material.

    None where the name does not say that it is one form, whose factor is known.

    >>> equivalence("folate", "US", "folic acid 10 %"), equivalence("folate", "US", "methylfolate")
    (1.7, None)
    >>> equivalence("vitamin-e", "EU", "d-alpha tocopherol, mixed tocopherols")
    """
    factors = known_forms(nutrient, market)
    own = [form for form in factors if _names(material, (form,))]
    forms = catalogue.nutrients()[nutrient].forms if own else ()
    others = [form for form in forms if _names(material, (form,))]
    if any(not any(form in each for each in own) for form in others if form not in factors):
        return None
    found = {factors[form] for form in own}
    return found.pop() if len(found) == 1 else None


def known_forms(nutrient: str, market: Market) -> dict[str, float]:
    """The forms of a vitamin with what 1 µg or mg of each counts in the unit of the law.

    >>> known_forms("folate", "US")
    {'folic acid': 1.7, 'pteroylmonoglutamic acid': 1.7}
    """
    known = catalogue.nutrients().get(nutrient)
    if known is None or law_unit(nutrient, market) is None:
        return {}
    if market == "EU":
        return {form: float(factor) for form, factor in known.eu_factors.items()}
    return dict.fromkeys(known.dv_forms, known.dv_factor) if known.dv_factor else {}


def reference_counted_mg(nutrient: str, market: Market) -> float | None:
    """The reference of a nutrient in mg, equivalents as if they were masses; None without one.

    >>> reference_counted_mg("niacin", "US"), reference_counted_mg("vitamin-a", "EU")
    (16.0, 0.8)
    """
    value = catalogue.reference_value(nutrient, _EDITIONS.get(market, ""))
    return mass_mg(f"{value.amount} {_mass_unit(value.unit)}") if value else None


def whole_mg(nutrient: str, market: Market) -> float | None:
    """The mass in mg of a usual form that is the whole reference, where it is in no plain mass.

    >>> round(whole_mg("folate", "US"), 3), whole_mg("niacin", "US"), whole_mg("zinc", "US")
    (0.235, 16.0, None)
    """
    if not in_other_unit(nutrient, market):
        return None
    all_mg = reference_counted_mg(nutrient, market)
    factor = catalogue.nutrients()[nutrient].dv_factor
    return all_mg / factor if all_mg and factor else None


def _mass_unit(unit: str) -> str:
    """The unit of mass in one of equivalents: "µg" of "µg RAE"."""
    return unit.partition(" ")[0]


def _names(name: str, forms: Iterable[str]) -> bool:
    """Whether a name has one of the forms in it, word by word."""
    spoken = f" {names.normalise(name)} "
    return any(f" {form} " in spoken for form in forms)
