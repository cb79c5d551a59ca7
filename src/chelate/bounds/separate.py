"""The closed form at work: ends, witnesses and proofs from the corners of a polygon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from chelate import catalogue
from chelate.bounds.closed import Reader, placed, polygon
from chelate.bounds.ends import (
    CLAIMED,
    ELSEWHERE,
    OF_SHARE,
    Contradiction,
    End,
    Portion,
    Proof,
    Sense,
    objective,
)
from chelate.bounds.parts import (
    Built,
    View,
    element_of,
    has_own_share,
    own_sources,
)
from chelate.bounds.polygon import NOISE, Corner, HalfPlane, Number, combined
from chelate.bounds.problem import (
    build,
)
from chelate.bounds.statements import exact_fraction
from chelate.composition import Composition, Source


class Separate:
    """What a view leaves open for a claim that only budgets tie to others."""

    def __init__(
        self, composition: Composition, k: int, others: tuple[int, ...], view: View
    ) -> None:
        self.k, self.others = k, others
        self.claim = composition.claims[k]
        self.reader = Reader(composition, view)
        self.polygon = polygon(k, others, self.reader)

    @cached_property
    def built(self) -> Built:
        """The statements, of this claim and of those that share its budgets."""
        return build(self.reader.composition, (self.k, *self.others), self.reader.view)

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """The corners of the polygon."""
        return self.polygon.corners()

    def end(self, target: str, sense: Sense) -> End | None:
        """An end of a target, at the corner that reaches it."""
        if not self.corners or self.claim.declared is None:
            return None
        best = self._ranked(target, sense)[0]
        value = _value(target, best, self._ratio(target, sense))
        return End(target, sense, value + 0.0, tuple(self._witness(best)))

    def _ranked(self, target: str, sense: Sense) -> list[Corner]:
        sign = 1 if sense == "least" else -1
        return sorted(self.corners, key=lambda corner: sign * _value(target, corner, 1))

    def has(self, target: str) -> bool:
        """Whether the polygon can tell a target: a moiety only where its ratio is one number."""
        if target in (CLAIMED, ELSEWHERE) or target in OF_SHARE:
            return True
        ratios = set(self._ratios(target))
        used = {name for edge in self.polygon.edges for name in edge.uses}
        free = len(self.claim.sources) == 1 and all(" declared at " in name for name in used)
        return len(ratios) == 1 or (bool(ratios) and free)

    def _ratio(self, target: str, sense: Sense) -> Number:
        if target in (CLAIMED, ELSEWHERE) or target in OF_SHARE:
            return 1
        return self.reader.of((min if sense == "least" else max)(self._ratios(target)))

    def _ratios(self, moiety: str) -> Iterator[Fraction]:
        """Grams of a moiety for each gram of the element, of all that may be claimed."""
        for source in own_sources(self.claim):
            for name in source.meaning.substances:
                formula = catalogue.substance(name).formula
                element = exact_fraction(name, formula, element_of(self.claim))
                if element:
                    yield exact_fraction(name, formula, moiety) / element

    def proof(self, end: End) -> Proof:
        """The proof of an end: two edges of the same polygon in exact rationals."""
        reader = Reader(self.reader.composition, self.reader.view, exact=True)
        exact = polygon(self.k, self.others, reader)
        sign = 1 if end.sense == "least" else -1
        for corner in self._ranked(end.target, end.sense):
            one, other = (exact.edges[index] for index in corner.edges)
            at = _exactly(one, other)
            if at is None:
                continue
            ratio = self._exact_ratio(end.target, end.sense)
            share = _value(end.target, at, ratio) if end.target in OF_SHARE else Fraction(0)
            toward = _gradient(end.target, ratio, share)
            weights = _weights(one, other, sign * toward[0], sign * toward[1])
            if weights and min(weights) >= 0:
                uses = combined((one.uses, weights[0]), (other.uses, weights[1]))
                bound = one.bound * weights[0] + other.bound * weights[1]
                terms = objective(self.built, self.k, end.target, end.sense, share)
                return Proof(terms, Fraction(bound), _used(uses), share)
        raise ArithmeticError(f"no proof of {end.target}, {end.sense}")

    def _exact_ratio(self, target: str, sense: Sense) -> Fraction:
        if target in (CLAIMED, ELSEWHERE) or target in OF_SHARE:
            return Fraction(1)
        return (min if sense == "least" else max)(self._ratios(target))

    @cached_property
    def _contradiction(self) -> tuple[tuple[int, ...], HalfPlane] | None:
        """The contradiction of as few claims as it takes, and which others it takes."""
        if self.corners:
            return None
        found, others = self.polygon.contradiction(), self.others
        for other in self.others if found else ():
            fewer = tuple(j for j in others if j != other)
            if without := polygon(self.k, fewer, self.reader).contradiction():
                found, others = without, fewer
        return (others, found) if found else None

    def contradiction(self) -> Contradiction | None:
        """A smallest set of statements that cannot all be true."""
        if self._contradiction is None:
            return None
        _, found = self._contradiction
        return Contradiction(_used(found.uses), found.bound)

    def refutation(self) -> Proof:
        """The same by elimination in exact rationals."""
        assert self._contradiction is not None
        others, _ = self._contradiction
        reader = Reader(self.reader.composition, self.reader.view, exact=True)
        found = polygon(self.k, others, reader).contradiction()
        assert found is not None
        return Proof((), Fraction(found.bound), _used(found.uses))

    def _witness(self, corner: Corner) -> Iterator[Portion]:
        """A recipe for a corner; what a printed mass has more than it needs is other matter."""
        found = list(self._own(corner.c))
        found += self._rest(corner) if corner.w > NOISE else ()
        yield from found
        for source in self.claim.sources:
            inside, _ = placed(self.claim, source, self.reader.view)
            single = inside and len(self.claim.sources) == 1
            names = (source.text, "") if single else (source.text,)
            taken = sum(portion.mass_mg for portion in found if portion.name in names)
            left = self.reader.low(source.mass) - taken if source.mass else 0.0
            if left > NOISE * taken + NOISE:
                yield Portion("", source.text, left, 0.0)

    def _own(self, element_mg: float) -> Iterator[Portion]:
        """The claimed sources giving so much: printed shares first, then what each may give."""
        portions, _ = self._dealt(own_sources(self.claim), element_mg, beyond_shares=True)
        yield from portions

    def _dealt(
        self, sources: Iterable[Source], element_mg: float, *, beyond_shares: bool
    ) -> tuple[list[Portion], float]:
        """The element in printed shares, then in what each source may give; and what is left."""
        given = {source: self._share(source) for source in sources}
        left = element_mg - sum(given.values())
        for source in given if beyond_shares else ():
            more = min(left, max(0.0, self._room(source) - given[source]))
            given[source] += more
            left -= more
        portions = [self._portion(source, each) for source, each in given.items() if each > NOISE]
        return portions, left

    def _room(self, source: Source) -> float:
        room = float("inf")
        if source.mass:
            room = source.mass.interval_mg.high * self.reader.densest(self.claim, source)
        own = source.share if has_own_share(self.claim, source) else None
        return min(room, own.interval_mg.high) if own else room

    def _share(self, source: Source) -> float:
        """The least that a source must bring by its own printed share."""
        own = has_own_share(self.claim, source) and source.share
        return own.interval_mg.low if own else 0.0

    def _portion(self, source: Source, element_mg: float) -> Portion:
        fraction = self.reader.densest(self.claim, source)
        names = source.meaning.substances
        dense = max(names, key=self._held, default=None)
        known = dense is not None and self._held(dense) > 0
        return Portion(dense if known else None, source.text, element_mg / fraction, element_mg)

    def _held(self, name: str) -> Fraction:
        formula = catalogue.substance(name).formula
        return exact_fraction(name, formula, element_of(self.claim))

    def _rest(self, corner: Corner) -> Iterator[Portion]:
        shared = [s for s in self.claim.sources if s not in own_sources(self.claim)]
        portions, left = self._dealt(shared, corner.w, beyond_shares=self.reader.view.alone)
        yield from portions
        if left > NOISE:
            fraction = self.reader.rest(self.claim)
            yield Portion(self._rest_name(), "", left / fraction, left)

    def _rest_name(self) -> str | None:
        view = self.reader.view
        names = view.rest
        if view.alone:
            from chelate.bounds.capacities import stand_in

            dense = stand_in(self.claim.nutrient)
            names = (dense.id,) if dense else ()
        return max(names, key=self._held, default=None)


def _value(target: str, at: Corner, ratio: Number) -> Number:
    whole = at.c + at.w
    match OF_SHARE.get(target, target):
        case "claimed":
            amount = at.c
        case "elsewhere":
            amount = at.w
        case _:
            return at.c * ratio
    return (amount / whole if whole else 0) if target in OF_SHARE else amount


def _gradient(target: str, ratio: Number, share: Number) -> tuple[Number, Number]:
    match OF_SHARE.get(target, target):
        case "claimed":
            toward = (1, 0)
        case "elsewhere":
            toward = (0, 1)
        case _:
            return ratio, 0
    return toward[0] - share, toward[1] - share


def _exactly(one: HalfPlane, other: HalfPlane) -> Corner | None:
    area = one.c * other.w - other.c * one.w
    if area == 0:
        return None
    c = Fraction(one.bound * other.w - other.bound * one.w) / area
    w = Fraction(one.c * other.bound - other.c * one.bound) / area
    return Corner(c, w, (0, 0))


def _weights(
    one: HalfPlane, other: HalfPlane, c: Number, w: Number
) -> tuple[Number, Number] | None:
    """How much of each edge adds up to a direction."""
    area = one.c * other.w - other.c * one.w
    if area == 0:
        return None
    return (
        Fraction(c * other.w - w * other.c) / area,
        Fraction(one.c * w - one.w * c) / area,
    )


def _used(uses: Mapping[str, Number]) -> dict[str, Number]:
    return {name: times for name, times in uses.items() if times}
