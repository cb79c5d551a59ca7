"""What studies found of how much of a form is absorbed: a range and its grade, never a point.

A range is of a form and not of a product. It is not multiplied with a dose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chelate import absorption, catalogue
from chelate.absorption import Graded
from chelate.bounds import own_sources, stand_in
from chelate.bounds.ends import ELSEWHERE_SHARE
from chelate.checker import CheckResult
from chelate.composition import Claim, Source
from chelate.figures import listed
from chelate.findings import InputError
from chelate.intervals import Interval
from chelate.report import delivered
from chelate.rules import Judged

OF = "magnesium"
ANCHOR = "absorbed"
_ALL = Interval(0.0, 1.0)
Part = tuple[str, Interval]


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What may be said of a claim's form or forms, and what it supposes.

    `parts` are the families that it is of, each with its share of the element; with `rest`
    the last of them stands in for what the label does not name.
    """

    said: Graded
    parts: tuple[Part, ...]
    rest: bool = False

    @property
    def note(self) -> str:
        """The grade, of which forms, and what is supposed of the rest."""
        names = [_name(family) for family, _ in self.parts]
        *first, last = names
        of = f"{listed(first)} with {last} as the rest" if self.rest else listed(names)
        mixture = ", by the bounds of the shares" if first else ""
        return f"grade: {self.said.grade}; {of}{mixture}"


def absorbed(judged: Judged, result: CheckResult) -> Absorbed | None:
    """What studies allow to say of the sources of a claim of magnesium; None where of none."""
    claim, own = judged.claim, own_sources(judged.claim)
    if claim.nutrient != OF or not own:
        return None
    share = _elsewhere(judged, result)
    others = _others(judged, own)
    rest = None if others or not (claim.buffered or share.low) else stand_in(claim.nutrient)
    parts = [*_parts(own, Interval(1 - share.high, 1 - share.low), claim)]
    parts += _parts(others, share, claim)
    parts += [(rest.families[0], share)] if rest else []
    return _said(parts, rest=rest is not None)


def _elsewhere(judged: Judged, result: CheckResult) -> Interval:
    """The share of the element that is from elsewhere, in any case."""
    told = delivered.told(judged, result)
    return told[0].ranges.get(ELSEWHERE_SHARE, _ALL) if told else _ALL


def _others(judged: Judged, own: Sequence[Source]) -> tuple[Source, ...]:
    """The sources that the claim names beside those it lives by."""
    claim = judged.claim
    beside = (s for s in claim.beside if s in judged.denser)
    return (*(s for s in claim.sources if s not in own), *beside)


def _parts(sources: Sequence[Source], whole: Interval, claim: Claim) -> Iterator[Part]:
    """Each source with its share of the element: as printed, or what its kind leaves it."""
    for source in sources:
        alone = whole if len(sources) == 1 else Interval(0.0, whole.high)
        yield source.meaning.family or "", _printed_share(source, claim) or alone


def _printed_share(source: Source, claim: Claim) -> Interval | None:
    if source.share is None or claim.declared is None or not claim.declared.interval_mg.low:
        return None
    part, whole = source.share.interval_mg, claim.declared.interval_mg
    return Interval(part.low / whole.high, min(1.0, part.high / whole.low))


def _said(parts: Sequence[Part], *, rest: bool) -> Absorbed | None:
    merged = _merged(parts)
    if any(family not in _known() for family, _ in merged):
        return None
    if len(merged) == 1:
        return Absorbed(absorption.graded(merged[0][0]), merged)
    try:
        return Absorbed(absorption.mixed(merged), merged, rest)
    except InputError:  # printed shares that cannot add up to the whole
        return None


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Sources of one family as one part."""
    found: dict[str, Interval] = {}
    for family, share in parts:
        other = found.get(family, Interval(0.0, 0.0))
        found[family] = Interval(other.low + share.low, min(1.0, other.high + share.high))
    return tuple(found.items())


def _known() -> frozenset[str]:
    return frozenset(f for each in absorption.gradings().values() for f in each.families)


def _name(family: str) -> str:
    name = catalogue.families()[family].name
    return f"{name[:1].lower()}{name[1:]}"


def forms(results: Iterable[CheckResult]) -> tuple[tuple[str, Graded], ...]:
    """What is said of the forms that these labels name, those of which the same is said as one."""
    found = (absorbed(judged, result) for result in results for judged in result.judged)
    families = dict.fromkeys(family for each in found if each for family, _ in each.parts)
    same: dict[tuple[str, str], list[Graded]] = {}
    for each in map(absorption.graded, families):
        same.setdefault((each.words, each.why), []).append(each)
    return tuple((_names(alike), alike[0]) for alike in same.values())


def _names(alike: Sequence[Graded]) -> str:
    first, *others = (each.name for each in alike)
    return ", ".join([first, *(f"{name[:1].lower()}{name[1:]}" for name in others)])
