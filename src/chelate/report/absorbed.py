"""What studies found of how much of a form is absorbed: a range and its grade, never a point.

A range is of a form and not of a product. It is not multiplied with a dose. Of several sources
it is the mixture of their ranges by every share that the printed figures leave open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chelate import absorption, catalogue
from chelate.absorption import Graded
from chelate.bounds import stand_in
from chelate.bounds.shares import Shares, shares
from chelate.checker import CheckResult
from chelate.composition import Source
from chelate.figures import bounds_percent, listed
from chelate.intervals import Interval, total
from chelate.rules import Judged

OF = "magnesium"
ANCHOR = "absorbed"
_ALL, _NONE = Interval(0.0, 1.0), Interval(0.0, 0.0)
_NOISE = 1e-9
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
        return f"grade: {self.said.grade}; {of}{self._by_shares if first else ''}"

    @property
    def _by_shares(self) -> str:
        """The shares, where anything printed bounds one of them."""
        told = listed([bounds_percent(share) for _, share in self.parts])
        bounded = any(share != _ALL for _, share in self.parts)
        return f", by their shares: {told}" if bounded else ", in any shares"


def absorbed(judged: Judged, result: CheckResult) -> Absorbed | None:
    """What studies allow to say of the sources of a claim of magnesium; None where of none."""
    claim = judged.claim
    if claim.nutrient != OF or not claim.sources:
        return None
    found = shares(result.composition, judged.index, alone=_alone(judged))
    if found is None and any(source.share for source in claim.sources):
        return None  # printed shares that do not add up to the whole
    found = found or _any_shares(judged)
    named = [(source.meaning.family or "", share) for source, share in found.sources]
    rest = [*_rest(judged, found.rest)]
    stands_in = not _beside(judged) and not {f for f, _ in rest} <= {f for f, _ in named}
    return _said([*named, *rest], rest=stands_in)


def _any_shares(judged: Judged) -> Shares:
    every = tuple((source, _ALL) for source in judged.claim.sources)
    return Shares(every, _NONE if _alone(judged) and not judged.claim.buffered else _ALL)


def _alone(judged: Judged) -> bool:
    """Whether the sources named and a buffer that is declared may be all there is."""
    return judged.bounds.outcome != "exceeds" and not _beside(judged)


def _beside(judged: Judged) -> tuple[Source, ...]:
    """Denser sources that stand only in the other ingredients."""
    return tuple(source for source in judged.claim.beside if source in judged.denser)


def _rest(judged: Judged, share: Interval) -> Iterator[Part]:
    """What no source of the claim brings: from those beside, from the buffer, or the stand-in."""
    claim, beside = judged.claim, _beside(judged)
    buffers = [source for source in judged.denser if source in claim.sources]
    takers = beside or (buffers if _alone(judged) else ())
    dense = stand_in(claim.nutrient)
    families = dict.fromkeys(source.meaning.family or "" for source in takers)
    if share.high <= 0.0 or dense is None:
        return
    for family in families or (dense.families[0],):
        yield family, share if len(families) < 2 else Interval(0.0, share.high)


def _said(parts: Sequence[Part], *, rest: bool) -> Absorbed | None:
    merged = _tightened(_merged(parts))
    if any(family not in _known() for family, _ in merged):
        return None
    if len(merged) == 1:
        return Absorbed(absorption.graded(merged[0][0]), merged)
    return Absorbed(absorption.mixed(merged), merged, rest)


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Sources of one family as one part."""
    found: dict[str, Interval] = {}
    for family, share in parts:
        other = found.get(family, Interval(0.0, 0.0))
        found[family] = Interval(other.low + share.low, min(1.0, other.high + share.high))
    return tuple(found.items())


def _tightened(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The shares less what the others leave no room for: in all they are one."""
    whole = total(share for _, share in parts)
    if not whole.low <= 1 <= whole.high:
        return tuple(parts)
    return tuple(
        (
            family,
            _cleaned(max(s.low, 1 - (whole.high - s.high)), min(s.high, 1 - whole.low + s.low)),
        )
        for family, s in parts
    )


def _cleaned(low: float, high: float) -> Interval:
    """Without the noise of floats next to nought and to one."""
    return Interval(low if low > _NOISE else 0.0, high if high < 1 - _NOISE else 1.0)


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
