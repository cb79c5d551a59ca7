"""One claim in closed form: a polygon of what comes from its sources and from elsewhere.

Where nothing but shared budgets ties a claim to others, all that its label says of it is a
set of half-planes over two masses of its element: `c` from the sources it lives by, `w`
from elsewhere. Each is a sum of statements and knows their multipliers, so that every
corner of the polygon is a bound with its proof. The same code runs in floats, to be quick,
and in exact rationals, for the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from math import inf

from chelate import catalogue
from chelate.bounds.capacities import (
    capsules_mg,
    holds,
    is_organic,
    stand_in,
)
from chelate.bounds.parts import (
    View,
    element_of,
    has_own_share,
    own_sources,
    says_whole,
    trace,
)
from chelate.bounds.polygon import HalfPlane, Number, Polygon, Uses, combined, exactly
from chelate.bounds.problem import (
    leanest,
)
from chelate.bounds.statements import exact_fraction
from chelate.composition import Claim, Composition, Printed, Source, exact_ends


@dataclass(frozen=True, slots=True)
class Usage:
    """The least that something takes of a budget, and the statements that say so."""

    mass: Number
    uses: Uses


@dataclass(frozen=True, slots=True)
class Reader:
    """The numbers of a label in floats or, `exact`, in rationals, and the view they serve."""

    composition: Composition
    view: View
    exact: bool = False

    def low(self, printed: Printed) -> Number:
        """The least that a printed amount stands for, in mg."""
        return self._ends(printed)[0]

    def high(self, printed: Printed) -> Number:
        """The most that a printed amount stands for, in mg."""
        return self._ends(printed)[1]

    def _ends(self, printed: Printed) -> tuple[Number, Number]:
        if not self.exact:
            return printed.interval_mg.low, printed.interval_mg.high
        ends = exact_ends(printed)
        assert ends is not None
        return ends

    def of(self, fraction: Fraction) -> Number:
        """A constant in the numbers of this reading."""
        return fraction if self.exact else float(fraction)

    def densest(self, claim: Claim, source: Source) -> Number:
        """The most of the claim's element in one gram of a source: 1 where it is not known."""
        if not holds(claim.nutrient, source):
            return self.of(Fraction(1))
        exact, number = _densest(element_of(claim), source.meaning.substances)
        return exact if self.exact else number

    def leanest(self, claim: Claim, source: Source) -> Number | None:
        """The least documented, None where the view leaves what is documented out."""
        known = self.view.assays and holds(claim.nutrient, source)
        return self.of(leanest(claim.nutrient, source)) if known else None

    def rest(self, claim: Claim) -> Number:
        """The most of the element in one gram of what comes from elsewhere."""
        if self.view.alone:
            dense = stand_in(claim.nutrient) if claim.buffered else None
            named: tuple[str, ...] = (dense.id,) if dense else ()
        else:
            named = self.view.rest
        if not named:
            return self.of(Fraction(1))
        exact, number = _densest(element_of(claim), named)
        return exact if self.exact else number


def _fractions(claim: Claim, source: Source) -> list[Fraction]:
    if not holds(claim.nutrient, source):
        return []
    return [_held(claim, each) for each in source.meaning.substances]


@cache
def _densest(element: str, substances: tuple[str, ...]) -> tuple[Fraction, float]:
    """The most of an element in one gram of any of the substances, both ways."""
    held = (exact_fraction(i, catalogue.substance(i).formula, element) for i in substances)
    exact = max(held)
    return exact, float(exact)


def _held(claim: Claim, substance: str) -> Fraction:
    return exact_fraction(substance, catalogue.substance(substance).formula, element_of(claim))


def polygon(k: int, others: Iterable[int], reader: Reader) -> Polygon:
    """What the statements of a label leave open for one claim, `others` sharing its budgets."""
    edges = _edges(k, tuple(others), reader)
    return Polygon(tuple(map(exactly, edges) if reader.exact else edges))


def _edges(k: int, others: tuple[int, ...], reader: Reader) -> Iterator[HalfPlane]:
    claim = reader.composition.claims[k]
    yield HalfPlane(1, 0, 0, {})
    yield HalfPlane(0, 1, 0, {})
    others_named = len(own_sources(claim)) < len(claim.sources)
    buffer = claim.buffered and stand_in(claim.nutrient)
    if reader.view.alone and not buffer and not others_named:
        yield HalfPlane(0, -1, 0, {})
    yield from _declared(claim, k, reader)
    if len(claim.sources) == 1:
        yield from _single(k, claim.sources[0], others, reader)
    else:
        yield from _several(k, reader)


def _declared(claim: Claim, k: int, reader: Reader) -> Iterator[HalfPlane]:
    if claim.declared is None:
        return
    high = reader.high(claim.declared)
    if says_whole(claim):
        low = reader.low(claim.declared)
        yield HalfPlane(1, 1, low, {f"{k + 1} declared at least": 1})
    yield HalfPlane(-1, -1, -high, {f"{k + 1} declared at most": 1})


def _single(k: int, source: Source, others: tuple[int, ...], reader: Reader) -> Iterator[HalfPlane]:
    """The half-planes of a claim of one source: its own mass, then what it shares with others."""
    claim, slot = reader.composition.claims[k], f"{k + 1}.1"
    dense, lean = 1 / reader.densest(claim, source), reader.leanest(claim, source)
    inside, outside = placed(claim, source, reader.view)
    rest = 1 / reader.rest(claim)
    if has_own_share(claim, source) and source.share:
        yield HalfPlane(1, 0, reader.low(source.share), {f"{slot} share at least": 1})
        yield HalfPlane(-1, 0, -reader.high(source.share), {f"{slot} share at most": 1})
    least = Usage(0, {})
    if source.mass:
        least = Usage(reader.low(source.mass), {f"{slot} mass at least": 1})
        own_rest = 0 if outside else rest
        most = {f"{slot} mass at most": 1}
        yield HalfPlane(-dense, -own_rest, -reader.high(source.mass), most)
    if source.mass and lean is not None:
        assayed = combined((least.uses, 1), ({f"{slot} assay at least": 1}, 1 / lean))
        yield HalfPlane(1 / lean, rest if inside else 0, least.mass, assayed)
    takes = {
        "blend": (0 if outside else rest, 0),
        "serving": (rest, 0 if inside else rest),
        "capsules": (0, -rest if inside else 0),
    }
    for budget, room in _budgets(k, others, reader):
        beside, beyond = takes[budget]
        yield HalfPlane(-dense, -beside, -room.mass, room.uses)
        if source.mass:
            both = combined((room.uses, 1), (least.uses, 1))
            yield HalfPlane(0, -beyond, least.mass - room.mass, both)


def placed(claim: Claim, source: Source, view: View) -> tuple[bool, bool]:
    """Whether what comes from elsewhere may stand inside the source's mass, and outside of it."""
    if view.alone:
        return bool(source.mass), not (source.mass and source.meaning.buffered)
    if not (source.mass or claim.blend):
        return False, True
    return view.inside, view.outside


def _several(k: int, reader: Reader) -> Iterator[HalfPlane]:
    """The half-planes of a claim of several sources that share nothing but the element."""
    claim = reader.composition.claims[k]
    own = own_sources(claim)
    caps: dict[bool, list[Usage | None]] = {True: [], False: []}
    least = {True: Usage(0, {}), False: Usage(0, {})}
    for number, source in enumerate(claim.sources, start=1):
        slot, mine = f"{k + 1}.{number}", source in own
        cap = _cap(claim, source, slot, reader)
        caps[mine].append(cap)
        if has_own_share(claim, source) and source.share:
            share = Usage(reader.low(source.share), {f"{slot} share at least": 1})
            least[mine] = _added(least[mine], share)
            if cap:
                both = combined((share.uses, 1), (cap.uses, 1))
                yield HalfPlane(0, 0, share.mass - cap.mass, both)
    yield HalfPlane(1, 0, least[True].mass, least[True].uses)
    yield HalfPlane(0, 1, least[False].mass, least[False].uses)
    if most := _all_of(caps[True]):
        yield HalfPlane(-1, 0, -most.mass, most.uses)
    closed = reader.view.alone and not claim.buffered
    if closed and (most := _all_of(caps[False])):
        yield HalfPlane(0, -1, -most.mass, most.uses)


def _all_of(caps: list[Usage | None]) -> Usage | None:
    """The most of several sources together; None where there are none, or one has no limit."""
    found = [cap for cap in caps if cap]
    if not found or len(found) < len(caps):
        return None
    return reduce(_added, found)


def _added(one: Usage, other: Usage) -> Usage:
    return Usage(one.mass + other.mass, combined((one.uses, 1), (other.uses, 1)))


def _cap(claim: Claim, source: Source, slot: str, reader: Reader) -> Usage | None:
    """The most of the element that a source may bring by its own mass or share."""
    found = []
    if source.mass:
        dense = reader.densest(claim, source)
        found.append(Usage(reader.high(source.mass) * dense, {f"{slot} mass at most": dense}))
    if has_own_share(claim, source) and source.share:
        found.append(Usage(reader.high(source.share), {f"{slot} share at most": 1}))
    return min(found, key=lambda cap: cap.mass, default=None)


def _budgets(k: int, others: tuple[int, ...], reader: Reader) -> Iterator[tuple[str, Usage]]:
    """The room that each shared mass leaves to a claim, with the statements that say so."""
    composition = reader.composition
    claim, serving = composition.claims[k], composition.serving
    if claim.blend:
        path = claim.blend.path
        rest = claim.blend_rest
        same = [j for j in others if (b := composition.claims[j].blend) and b.path == path]
        taken = [Usage(reader.low(rest), {f"blend {path} rest at least": 1})] if rest else []
        taken += [usage(j, "blend", reader) for j in same]
        yield "blend", _room(reader.high(claim.blend), f"blend {path} at most", taken)
    if serving.mass:
        taken = [usage(j, "serving", reader) for j in others]
        yield "serving", _room(reader.high(serving.mass), "serving at most", taken)
    held = capsules_mg(serving)
    if held is not None and any(map(is_organic, claim.sources)):
        taken = [usage(j, "capsules", reader) for j in others]
        yield "capsules", _room(reader.of(held), "capsules at most", taken)


def _room(mass: Number, name: str, taken: list[Usage]) -> Usage:
    uses = combined(({name: 1}, 1), *((each.uses, 1) for each in taken))
    return Usage(mass - sum(each.mass for each in taken), uses)


def usage(j: int, budget: str, reader: Reader) -> Usage:
    """The least that another claim takes of a budget that it shares."""
    claim, alone = reader.composition.claims[j], reader.view.alone
    found = [Usage(0, {})]
    masses = [
        Usage(reader.low(s.mass), {f"{j + 1}.{i} mass at least": 1})
        for i, s in enumerate(claim.sources, start=1)
        if s.mass and (budget != "capsules" or is_organic(s))
    ]
    weighed = Usage(sum(m.mass for m in masses), combined(*((m.uses, 1) for m in masses)))
    if budget == "capsules" and masses and not alone:
        weighed = _without_element(weighed, claim, j, reader)
    if budget != "blend" or claim.blend:
        found.append(weighed)
    if says_whole(claim) and (dense := _least_taken(claim, budget, reader)):
        assert claim.declared is not None
        declared = {f"{j + 1} declared at least": 1 / dense}
        found.append(Usage(reader.low(claim.declared) / dense, declared))
    return max(found, key=lambda each: each.mass)


def _without_element(weighed: Usage, claim: Claim, j: int, reader: Reader) -> Usage:
    """A printed mass less the element, which may be from something denser inside it."""
    if claim.declared is None:
        return Usage(0, {})
    uses = combined((weighed.uses, 1), ({f"{j + 1} declared at most": 1}, 1))
    return Usage(weighed.mass - reader.high(claim.declared), uses)


def _least_taken(claim: Claim, budget: str, reader: Reader) -> Number | None:
    """The most of its element that a claim holds in one mg of a budget; None where in none."""
    if not reader.view.alone:
        return 1 if budget == "serving" else None
    if not claim.sources:
        return 1 if budget == "serving" else None
    if budget == "capsules" and not all(map(is_organic, claim.sources)):
        return None
    dense = max(reader.densest(claim, source) for source in claim.sources)
    if not claim.buffered:
        return dense
    return max(dense, reader.rest(claim)) if budget == "serving" else None


def is_closed(k: int, others: tuple[int, ...], reader: Reader) -> bool:
    """Whether a claim has a closed form: only budgets tie it to others, and they are simple."""
    composition, view = reader.composition, reader.view
    claim = composition.claims[k]
    group = [composition.claims[j] for j in (k, *others)]
    if trace(composition, view) and view.focus == k:
        return False
    if any(each.around for each in group):
        return False
    if _declares_moiety(composition, group) or _share_elements(group):
        return False
    if not all(_uses_simply(each, view) for each in group[1:]):
        return False
    weighed = any(source.mass for source in claim.sources)
    shared = any(has_own_share(claim, source) for source in claim.sources)
    if shared and (claim.buffered or not view.alone):
        return False
    serving = composition.serving
    if composition.moieties and (weighed or serving.mass or serving.capsule_size):
        return False
    if len(claim.sources) == 1:
        tangled = view.documented and view.inside and view.outside and claim.blend
        return not (tangled and claim.sources[0].mass)
    inside_only = not view.alone and not view.outside and weighed
    buffered = view.alone and claim.buffered and weighed
    if view.documented or inside_only or buffered:
        return False
    wanted = _most_wanted(claim, reader)
    return all(wanted <= room.mass for _, room in _budgets(k, others, reader))


def _most_wanted(claim: Claim, reader: Reader) -> float:
    """More than a claim can use of any budget, so that one which has it never binds."""
    most = reader.high(claim.declared) if claim.declared else 0.0
    wanted = most
    for source in claim.sources:
        least = min(_fractions(claim, source), default=Fraction(1))
        if source.mass:
            wanted += reader.high(source.mass)
        elif most:
            wanted += most / float(least) if least else inf
    return float(wanted)


def _declares_moiety(composition: Composition, claims: list[Claim]) -> bool:
    """Whether the label prints the amount of a moiety that a claim's sources hold."""
    held = {
        moiety
        for claim in claims
        for source in claim.sources
        for name in source.meaning.substances
        for moiety in catalogue.moiety_counts(catalogue.substance(name))
    }
    return any(row.moiety in held for row in composition.moieties)


def _uses_simply(claim: Claim, view: View) -> bool:
    """Whether the least that a claim takes of a budget follows from one of its statements."""
    if len(claim.sources) > 1:
        return not any(s.mass or s.share for s in claim.sources)
    if any(has_own_share(claim, s) for s in claim.sources):
        return False
    return not (view.alone and claim.buffered and any(s.mass for s in claim.sources))


def _share_elements(claims: list[Claim]) -> bool:
    """Whether a source of one claim holds the element of another."""
    return any(
        catalogue.element_count(catalogue.substance(name), other.nutrient)
        for claim in claims
        for other in claims
        if other.nutrient != claim.nutrient
        for source in claim.sources
        for name in source.meaning.substances
    )
