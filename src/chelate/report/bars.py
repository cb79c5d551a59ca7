"""Bars of what is declared: what the claimed source can be, what must come from elsewhere.

A bar is the whole declared amount. Its zones are shares of it, so that they fill it: from the
left what must be, then what can be from the claimed source; from the right what cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chelate import catalogue, sentences
from chelate.bounds import own_sources
from chelate.bounds.ends import CLAIMED, CLAIMED_SHARE, ELSEWHERE, ELSEWHERE_SHARE
from chelate.checker import CheckResult
from chelate.composition import Claim
from chelate.figures import (
    at_least_mass,
    at_most_mass,
    bounds_mass,
    bounds_percent,
    listed,
    mass,
)
from chelate.intervals import Interval
from chelate.report import delivered
from chelate.report.delivered import Told
from chelate.report.placing import spread, width
from chelate.rules import Judged

Kind = Literal["is", "can", "must", "open"]
Anchor = Literal["start", "middle", "end"]
_THINNEST = 1e-4
_ALL = Interval(0.0, 1.0)
_SCALE_PX, _TYPE_PX, _GAP_PX = 256.0, 13.0, 8.0
_LONGEST_NAMES = 60
_WHOLE: dict[Kind, str] = {
    "is": "all of it must be as claimed",
    "can": "all of it can be as claimed",
    "must": "all of it must come from elsewhere",
    "open": "not known, as nothing printed tests it",
}


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a bar, from `start` over `width`, both in percent of what is declared.

    `is` must come from the claimed source, `can` may, `must` comes from elsewhere, and of
    `open` nothing is known.
    """

    kind: Kind
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A figure on the scale under a bar, at so many percent of its width.

    `of` is where on the bar it belongs; a line leads from there to the words, which may have
    to stand beside it.
    """

    at: str
    words: str
    anchor: Anchor
    of: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of one mineral, the figures on its scale, and what each zone says, in words.

    `name` is that of the mineral, with the unit of the scale.
    """

    name: str
    zones: tuple[Zone, ...]
    ticks: tuple[Tick, ...]
    words: tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a label, that of its verdict first, and in words those that are of one zone.

    Those are of other minerals, all of which can be as claimed or is not known to be.
    """

    drawn: tuple[Bar, ...]
    whole: tuple[tuple[Kind, str], ...]


def of_label(result: CheckResult) -> Bars:
    """The bar of the claim that has the verdict, and of every other whose bar has parts."""
    carrying = sentences.carrying(result)[:1]
    order = (*carrying, *(judged for judged in result.judged if judged not in carrying))
    found = [(judged, each) for judged in order if (each := bar(judged, result))]
    drawn = [(judged, each) for judged, each in found if judged in carrying or len(each.zones) > 1]
    rest = [pair for pair in found if pair not in drawn]
    return Bars(tuple(each for _, each in drawn), tuple(_whole(rest)))


def _whole(found: Sequence[tuple[Judged, Bar]]) -> Iterator[tuple[Kind, str]]:
    """The claims whose bars are of one zone, by what that is: "zinc 15 mg and iron 18 mg"."""
    for kind, meaning in _WHOLE.items():
        same = [_named(judged.claim) for judged, each in found if each.zones[0].kind == kind]
        if same:
            yield kind, f"{meaning}: {listed(same)}"


def _named(claim: Claim) -> str:
    return f"{claim.nutrient} {sentences.declared_text(claim)}"


def bar(judged: Judged, result: CheckResult) -> Bar | None:
    """What holds of a claim in any case; None where nothing is declared or no source is named."""
    told = delivered.in_any_case(judged, result)
    claim = judged.claim
    if not told or not claim.sources or claim.declared is None or not claim.declared.value_mg:
        return None
    found = zones(told, judged)
    name = f"{catalogue.nutrients()[claim.nutrient].name}, {claim.unit}"
    words = tuple(_words(told, found, claim))
    return Bar(name, found, tuple(_ticks(told, claim)), words)


def is_tested(told: Told, judged: Judged) -> bool:
    """Whether anything printed tests how much is from the claimed source."""
    claimed, elsewhere = (told.ranges.get(each, _ALL) for each in (CLAIMED_SHARE, ELSEWHERE_SHARE))
    return judged.bounds.outcome != "undecided" or claimed.low > 0 or elsewhere.low > 0


def zones(told: Told, judged: Judged) -> tuple[Zone, ...]:
    """The zones of one reading, from the left, none that is too thin to be seen."""
    return tuple(_zones(told, judged))


def _zones(told: Told, judged: Judged) -> Iterator[Zone]:
    claimed, elsewhere = told.ranges[CLAIMED_SHARE], told.ranges[ELSEWHERE_SHARE]
    least, most = claimed.low, 1 - elsewhere.low
    parts: tuple[tuple[Kind, float, float], ...] = (
        ("is", 0.0, least),
        ("can" if is_tested(told, judged) else "open", least, most),
        ("must", most, 1.0),
    )
    for kind, start, end in parts:
        if end - start > _THINNEST:
            yield Zone(kind, _percent(start), _percent(end - start))


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.4g}%"


def _ticks(told: Told, claim: Claim) -> Iterator[Tick]:
    """The ends of the scale, and those of the zones between them, none on another."""
    claimed, least = told.ranges[CLAIMED], told.ranges[CLAIMED_SHARE].low
    most = 1 - told.ranges[ELSEWHERE_SHARE].low
    inner = [(least, at_least_mass(claimed.low, claim.unit))] * _is_inside(least, 0.0, 1.0)
    inner += [(most, at_most_mass(claimed.high, claim.unit))] * _is_inside(most, least, 1.0)
    end = mass(claim.declared.value_mg if claim.declared else 0.0, claim.unit)
    words = ["0", *(text.removesuffix(f" {claim.unit}") for text in (*(w for _, w in inner), end))]
    sizes = [100 * (width(each, _TYPE_PX) + _GAP_PX) / _SCALE_PX for each in words]
    yield Tick("0%", "0", "start", "0%")
    if sum(sizes) <= 100:
        middles = spread([0.0, *(100 * at for at, _ in inner), 100.0], sizes, 0.0, 100.0)
        for middle, text, (at, _) in zip(middles[1:-1], words[1:-1], inner, strict=True):
            yield Tick(f"{middle:.4g}%", text, "middle", _percent(at))
    yield Tick("100%", words[-1], "end", "100%")


def _is_inside(at: float, low: float, high: float) -> bool:
    return low + _THINNEST < at < high - _THINNEST


def _words(told: Told, found: tuple[Zone, ...], claim: Claim) -> Iterator[tuple[Kind, str]]:
    """What each zone is, with both its ends."""
    chelate = all(source.meaning.chelate for source in own_sources(claim))
    what = f"the claimed {'chelate' if chelate else 'source'}"
    claimed = bounds_mass(told.ranges[CLAIMED], claim.unit)
    kinds = [zone.kind for zone in found]
    for kind in kinds:
        match kind:
            case "is":
                only = "can" not in kinds
                least = at_least_mass(told.ranges[CLAIMED].low, claim.unit)
                yield kind, f"{claimed if only else f'at least {least}'} must be {what}"
            case "can":
                yield kind, f"{claimed} can be {what}"
            case "open":
                yield kind, f"not known: {claimed} may be {what}"
            case "must":
                elsewhere = bounds_mass(told.ranges[ELSEWHERE], claim.unit)
                share = bounds_percent(told.ranges[ELSEWHERE_SHARE])
                yield kind, f"{elsewhere} ({share}) {_from_others(claim)}"


def _from_others(claim: Claim) -> str:
    """What is from elsewhere, by what the label itself says of it."""
    own = own_sources(claim)
    others = [f"“{s.text}”" for s in (*claim.sources, *claim.beside) if s not in own]
    if not others:
        declared = ", the buffer that the label declares" if claim.buffered else ""
        return f"from another source{declared}" if declared else "from elsewhere"
    named = listed(list(dict.fromkeys(others)))
    if len(named) > _LONGEST_NAMES:
        return "from the other sources that the label names"
    other = "another source" if len(others) == 1 else "other sources"
    return f"from {other}; the label names {named}"
