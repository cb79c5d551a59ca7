"""Which constants and reference values a text was made with: what each is of, and its source."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from chelate import catalogue
from chelate.cli.printing.footer import quiet_footer
from chelate.composition import Claim, Composition
from chelate.composition.claims import BY_PERCENT, COMPOUND_BY_PERCENT
from chelate.limits import ADULT_YEARS

if TYPE_CHECKING:
    from chelate.checker import CheckResult
    from chelate.models import Label
    from chelate.rules import Judged
    from chelate.verify.certificates import Certificate

Used = tuple[str, str]
_WEIGHTS = ("Atomic weights", "iupac-2021")
_LEVELS = "Upper levels"
_BY_PERCENT = (BY_PERCENT, COMPOUND_BY_PERCENT)
_VALUES = {"us-2016": "Daily Values", "us-1993": "Former Daily Values", "eu-2011": "NRVs"}


def quiet_lines(used: Iterable[Used]) -> list[str]:
    """The line that names them, each once, constants before values; none for none."""
    order = ["Atomic weights", "Capsule volumes", "Fill density", *_VALUES.values(), _LEVELS]
    found = sorted(dict.fromkeys(used), key=lambda each: order.index(each[0]))
    return [click.style(line, dim=True) for line in quiet_footer(found)]


def of_check(result: CheckResult) -> Iterator[Used]:
    """Those of a verdict and its findings; upper levels where a finding tells of them."""
    from chelate.rules import by_code

    yield from of_bounds(result)
    yield from _of_percents(result.label, result.composition)
    for finding in result.findings:
        rule = by_code()[finding.code]
        yield from ((_told()[key], key) for key in rule.references if key in _told())
        if rule.code.startswith("UL"):
            yield from _of_levels(result, finding.path)


def of_bounds(result: CheckResult) -> Iterator[Used]:
    """Those of what must be true of the masses of a label."""
    for judged in result.judged:
        if _is_reckoned(judged):
            yield _WEIGHTS
        if any(held.holder == "capsules" for held in judged.bounds.capacities):
            yield from _of_capsules()


def of_reading(label: Label, composition: Composition) -> Iterator[Used]:
    """Those of what a label was read as: amounts in moles, rows told apart by their percent."""
    if any(_is_in_moles(c) or c.reading == COMPOUND_BY_PERCENT for c in composition.claims):
        yield _WEIGHTS
    told = {claim.nutrient for claim in composition.claims if claim.reading in _BY_PERCENT}
    if told:
        yield from _of_percents(label, composition, told)


def of_certificates(certificates: Iterable[Certificate]) -> Iterator[Used]:
    """Those that certificates were recomputed with."""
    for each in certificates:
        yield _WEIGHTS
        if any(statement.kind == "capsules" for statement in each.statements):
            yield from _of_capsules()


def _is_reckoned(judged: Judged) -> bool:
    """Whether anything about a claim was computed from molar masses."""
    claim, bounds = judged.claim, judged.bounds
    known = any(source.meaning.substances for source in claim.sources)
    told = bounds.capacities or bounds.conflict or bounds.elsewhere_mg is not None
    return _is_in_moles(claim) or (known and bool(told))


def _is_in_moles(claim: Claim) -> bool:
    return claim.declared is not None and claim.declared.nutrient is not None


def _of_capsules() -> Iterator[Used]:
    volumes = {key for size in catalogue.capsules().values() for key in size.sources}
    yield from (("Capsule volumes", key) for key in sorted(volumes))
    yield from (("Fill density", key) for key in catalogue.fill_density().sources)


def _of_percents(
    label: Label, composition: Composition, nutrients: Container[str] | None = None
) -> Iterator[Used]:
    """The values that printed percents are held against, of all nutrients or of some."""
    from chelate.rules import Case
    from chelate.rules.daily_value import held_against

    for value in held_against(Case(label, composition, ())):
        if nutrients is None or value.nutrient in nutrients:
            yield from ((_VALUES[value.edition], key) for key in value.sources)


def _of_levels(result: CheckResult, path: str) -> Iterator[Used]:
    """The upper levels of the nutrient that a path declares."""
    for judged in result.judged:
        declared = judged.claim.declared
        if declared and declared.path == path:
            for level in catalogue.upper_levels(judged.claim.nutrient, age=ADULT_YEARS):
                yield from ((_LEVELS, key) for key in level.sources)


@cache
def _told() -> Mapping[str, str]:
    """What the sources are of that a rule may cite for the values of its findings."""
    values = [
        (of, key)
        for edition, of in _VALUES.items()
        for value in catalogue.reference_values(edition=edition)
        for key in value.sources
    ]
    return MappingProxyType({key: of for of, key in (_WEIGHTS, *_of_capsules(), *values)})
