"""The mass fractions that a calculation uses, each derived once: 24.305 ÷ 172.423 = 14.096 %."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from chelate import catalogue
from chelate.bounds.ranges import GLYCINE
from chelate.catalogue import Substance
from chelate.catalogue.names import spoken
from chelate.figures import number, percent
from chelate.formula import molar_mass

_USED = re.compile(r"([\d.]+) % (glycine )?\(([^()]+(?:\([^()]*\)[^()]*)*)\)")
_FINEST = 8


def derivations(lines: Iterable[str], nutrient: str) -> tuple[str, ...]:
    """How each percentage that stands before a compound in brackets comes about.

    >>> derivations(["1,117 mg × 14.096 % (magnesium bisglycinate, anhydrous)"], "magnesium")
    ('Magnesium bisglycinate, anhydrous: 24.305 ÷ 172.423 = 14.096 % magnesium',)
    """
    found: dict[str, list[str]] = {}
    for name, worked in dict.fromkeys(_derived(lines, nutrient)):
        found.setdefault(name, []).append(worked)
    return tuple(f"{name[:1].upper()}{name[1:]}: {'; '.join(all_)}" for name, all_ in found.items())


def glycine_per_element(substance: Substance, nutrient: str) -> str:
    """Grams of glycine that come with one gram of the element, as a division.

    >>> glycine_per_element(catalogue.substance("magnesium-bisglycinate"), "magnesium")
    '2 × 75.067 ÷ 24.305'
    """
    return " ÷ ".join(_times(*_held(substance, of), 3) for of in (GLYCINE, nutrient))


def _derived(lines: Iterable[str], nutrient: str) -> Iterator[tuple[str, str]]:
    for line in lines:
        for share, glycine, name in _USED.findall(line):
            if substance := _by_spoken_name().get(name):
                elements = dict.fromkeys((nutrient, substance.nutrient or nutrient))
                yield from _shares(substance, [GLYCINE] if glycine else list(elements), share)


def _shares(
    substance: Substance, candidates: Sequence[str], share: str
) -> Iterator[tuple[str, str]]:
    """The division that gives a share, of the first of the candidates that it is of."""
    for of in candidates:
        if worked := _worked(substance, of, share):
            yield spoken(substance.id), f"{worked} = {share} % {of}"
            return


@cache
def _by_spoken_name() -> dict[str, Substance]:
    return {spoken(each.id): each for each in catalogue.substances().values()}


def _worked(substance: Substance, of: str, share: str) -> str:
    """The division with as few decimals as give the share; empty where none does."""
    count, each = _held(substance, of)
    whole = catalogue.substance_molar_mass(substance)
    decimals = len(share.partition(".")[2])
    if not count:
        return ""
    for digits in range(3, _FINEST):
        part, all_of_it = round(each, digits), round(whole, digits)
        if percent(count * part / all_of_it, decimals=decimals) == f"{share} %":
            return f"{_times(count, part, digits)} ÷ {_times(1, all_of_it, digits)}"
    return ""


def _times(count: float, molar_mass_g_per_mol: float, digits: int) -> str:
    """Count times molar mass: "2 × 75.067"."""
    written = f"{molar_mass_g_per_mol:.{digits}f}".rstrip("0").rstrip(".")
    return written if count == 1 else f"{number(count)} × {written}"


def _held(substance: Substance, of: str) -> tuple[float, float]:
    """How many of an element or a moiety a formula unit has, and the molar mass of one."""
    if of == GLYCINE:
        count = catalogue.moiety_counts(substance).get(GLYCINE, 0)
        return float(count), molar_mass(catalogue.moieties()[GLYCINE].formula)
    element = catalogue.nutrients()[of].element
    return float(catalogue.element_count(substance, of)), molar_mass(element or "")
