"""Composition -> the statements that its label makes over unknown masses.

Every claim gives a *slot* for each source, with a part for each substance that the name
may mean. What else there may be depends on the *view*: of the claimed sources alone there
is nothing else; in any other view each claim has an element from elsewhere, inside the
printed mass, on top of it, or both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

from chelate import catalogue
from chelate.bounds.capacities import capsules_mg, capsules_text, holds, is_open, stand_in
from chelate.bounds.statements import (
    LIGAND,
    MASS,
    Kind,
    Objective,
    Part,
    Problem,
    Statement,
    Term,
    exact_fraction,
    fraction,
)
from chelate.composition import (
    Claim,
    Composition,
    DeclaredMoiety,
    Printed,
    Source,
    exact_ends,
)

MINUS = Fraction(-1)
OTHER_MATTER = "other matter"


@dataclass(frozen=True, slots=True)
class View:
    """How the printed masses are read.

    `focus` is the claim that is looked at. With `alone` there is nothing but the claimed
    sources, a declared buffer among them. Else the focus may have its element from
    elsewhere `inside` the printed mass of its compound, `outside` of it, or both, as one of
    the substances of `rest` or, with none, as anything at all. `documented` adds what is
    documented of the compounds and the order that law prescribes.
    """

    focus: int = 0
    alone: bool = False
    inside: bool = True
    outside: bool = True
    rest: tuple[str, ...] = ()
    documented: bool = False

    @property
    def assays(self) -> bool:
        """Whether documented assays bound a mass: not where it may hold anything besides."""
        return self.documented and (self.alone or bool(self.rest) or not self.inside)


@dataclass(frozen=True, slots=True)
class Slot:
    """A source of a claim, with a part for each substance that it may be.

    `own` says that the claim lives by it: a chelate, or any source where there is none.
    """

    id: str
    claim: int
    source: Source
    own: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An element from elsewhere: parts inside the mass of a slot, or outside of every one."""

    claim: int
    slot: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A problem with what it was built from, so that objectives can name its parts."""

    problem: Problem
    slots: tuple[Slot, ...]
    elsewhere: tuple[Elsewhere, ...]
    free: tuple[Part, ...]
    composition: Composition

    def claimed(self, claim: int) -> Objective:
        """The element of a claim from the sources that it lives by."""
        own = [p for s in self.slots if s.claim == claim and s.own for p in s.parts]
        return _sum(self._element(claim), own)

    def beyond(self, claim: int) -> Objective:
        """The element of a claim from anything else."""
        return _sum(self._element(claim), self._beyond(claim))

    def total(self, claim: int) -> Objective:
        """All of the element of a claim."""
        return (*self.claimed(claim), *self.beyond(claim))

    def moiety(self, claim: int, moiety: str) -> Objective:
        """A moiety, as the free acid, from the sources that a claim lives by."""
        own = [p for s in self.slots if s.claim == claim and s.own for p in s.parts]
        return _sum(moiety, own)

    def _element(self, claim: int) -> str:
        return element_of(self.composition.claims[claim])

    def _beyond(self, claim: int) -> list[Part]:
        own_nutrient = self.composition.claims[claim].nutrient
        claims = self.composition.claims
        slots = [
            s for s in self.slots
            if (s.claim == claim and not s.own) or claims[s.claim].nutrient != own_nutrient
        ]  # fmt: skip
        parts = [p for s in slots for p in s.parts]
        return parts + [p for e in self.elsewhere if e.claim == claim for p in e.parts]


def build(composition: Composition, members: Iterable[int], view: View) -> Built:
    """The problem of some claims of a label together, in one view."""
    chosen = tuple(members)
    slots = tuple(slot for k in chosen for slot in slots_of(composition, k))
    elsewhere = tuple(e for k in chosen for e in _elsewhere(composition, k, slots, view))
    free = _free_moieties(composition)
    built = Built(Problem((), ()), slots, elsewhere, free, composition)
    statements = tuple(_statements(built, chosen, view))
    parts = dict.fromkeys(
        [p for s in slots for p in s.parts] + [p for e in elsewhere for p in e.parts]
        + [*free, *(p for s in statements for t in s.terms for p in t.of)]
    )  # fmt: skip
    return Built(Problem(tuple(parts), statements), slots, elsewhere, free, composition)


def element_of(claim: Claim) -> str:
    """The symbol of the element that a claim is about."""
    element = catalogue.nutrients()[claim.nutrient].element
    assert element is not None
    return element


def own_sources(claim: Claim) -> tuple[Source, ...]:
    """The sources that the claim lives by: its chelates, else all of them."""
    return tuple(s for s in claim.sources if s.meaning.chelate) or claim.sources


def says_whole(claim: Claim) -> bool:
    """Whether the amount declared is at least all of the element.

    Shares printed for every source that add up to less leave it open which is meant.
    """
    if claim.declared is None:
        return False
    shares = [s.share.interval_mg.low for s in claim.sources if s.share]
    every = len(shares) == len(claim.sources) > 0
    return not every or sum(shares) >= claim.declared.interval_mg.low


def is_organic(source: Source) -> bool:
    """Whether the ceiling of fill density was drawn for powders of this kind.

    Oxides and carbonates are denser than salts of organic acids, and no ceiling for them
    is documented, so that capsules prove nothing of them.
    """
    family = source.meaning.family
    return bool(family) and catalogue.families()[family or ""].kind != "inorganic"


def slots_of(composition: Composition, k: int) -> tuple[Slot, ...]:
    """A slot for each source of a claim."""
    claim = composition.claims[k]
    own = own_sources(claim)
    return tuple(
        Slot(f"{k + 1}.{i + 1}", k, s, s in own, tuple(_parts(composition, k, s, i)))
        for i, s in enumerate(claim.sources)
    )


def _parts(composition: Composition, k: int, source: Source, i: int) -> Iterator[Part]:
    claim, slot = composition.claims[k], f"{k + 1}.{i + 1}"
    if holds(claim.nutrient, source):
        for name in source.meaning.substances:
            yield Part(f"{slot} {name}", slot, name, catalogue.substance(name).formula)
    else:
        yield Part(f"{slot} {claim.nutrient}", slot, None, element_of(claim))
    if source.mass:
        yield Part(f"{slot} {OTHER_MATTER}", slot, None, "")
    for name in _free_within(composition, source):
        yield Part(f"{slot} free {name}", slot, name, catalogue.moieties()[name].formula)


def told_moieties(composition: Composition) -> tuple[DeclaredMoiety, ...]:
    """The printed moieties that bound anything: none where a source of unknown make is named."""
    sources = (source for claim in composition.claims for source in claim.sources)
    known = all(source.meaning.substances for source in sources)
    return composition.moieties if known else ()


def _free_within(composition: Composition, source: Source) -> tuple[str, ...]:
    """Moieties that the label declares and that may lie free in a source's mass."""
    rows = told_moieties(composition)
    named = {row.moiety for row in rows if source.mass or row.source == source.path}
    return tuple(sorted(named & set(catalogue.substances())))


def _elsewhere(
    composition: Composition, k: int, slots: tuple[Slot, ...], view: View
) -> Iterator[Elsewhere]:
    claim = composition.claims[k]
    focus = k == view.focus
    if view.alone and claim.sources:
        yield from _buffer(claim, k, slots)
        return
    rest = view.rest if focus else ()
    if view.inside or not focus:
        weighed = [s.id for s in slots if s.claim == k and s.own and s.source.mass]
        for slot in weighed or (["blend"] if claim.blend else []):
            yield Elsewhere(k, slot, _rest(claim, f"{k + 1} inside {slot}", rest))
    if view.outside or not focus or not (claim.blend or _is_weighed(claim)):
        yield Elsewhere(k, None, _rest(claim, f"{k + 1} elsewhere", rest))


def _is_weighed(claim: Claim) -> bool:
    return any(source.mass for source in own_sources(claim))


def _buffer(claim: Claim, k: int, slots: tuple[Slot, ...]) -> Iterator[Elsewhere]:
    """What a declared buffer may be: in a mass, and beside it unless its own words declare it."""
    dense = stand_in(claim.nutrient)
    if not claim.buffered or dense is None:
        return
    weighed = [s for s in slots if s.claim == k and s.own and s.source.mass]
    worded = any(s.source.meaning.buffered for s in weighed)
    places: list[str | None] = [*(s.id for s in weighed), *([] if worded else [None])]
    for slot in places:
        yield Elsewhere(k, slot, _rest(claim, f"{k + 1} buffer {slot or ''}".strip(), (dense.id,)))


def _rest(claim: Claim, name: str, rest: tuple[str, ...]) -> tuple[Part, ...]:
    if not rest:
        return (Part(f"{name} {claim.nutrient}", "elsewhere", None, element_of(claim)),)
    return tuple(
        Part(f"{name} {each}", "elsewhere", each, catalogue.substance(each).formula)
        for each in rest
    )


def _free_moieties(composition: Composition) -> tuple[Part, ...]:
    """Moieties that the label declares in rows of their own may have been added as such."""
    named = {m.moiety for m in told_moieties(composition)}
    return tuple(
        Part(f"free {name}", "free", name, catalogue.moieties()[name].formula)
        for name in sorted(named)
        if name in catalogue.substances()
    )


def _statements(built: Built, members: tuple[int, ...], view: View) -> Iterator[Statement]:
    for k in members:
        yield from _of_declared(built, k)
        for slot in (s for s in built.slots if s.claim == k):
            yield from _of_slot(built, slot)
        if view.documented and k == view.focus:
            yield from _documented(built, k, view)
    yield from _of_trace(built, view)
    yield from _of_blends(built, members)
    yield from _of_serving(built)
    yield from _of_capsules(built)
    yield from _of_moieties(built)


def _of_declared(built: Built, k: int) -> Iterator[Statement]:
    claim = built.composition.claims[k]
    if claim.declared is None:
        return
    printed = claim.declared
    if says_whole(claim):
        yield _at_least(f"{k + 1} declared", "declared", printed, k, built.total(k))
    same = [p for s in built.slots if s.claim == k for p in s.parts]
    same += [p for e in built.elsewhere if e.claim == k for p in e.parts]
    most = _sum(element_of(claim), same)
    yield _at_most(f"{k + 1} declared", "declared", printed, k, most)


def _of_slot(built: Built, slot: Slot) -> Iterator[Statement]:
    """A source's own mass and share.

    What stands inside its mass counts in both, and the share may be of what was added to it
    as well.
    """
    source, k = slot.source, slot.claim
    claim = built.composition.claims[k]
    held = [*slot.parts, *(p for e in built.elsewhere if e.slot == slot.id for p in e.parts)]
    if has_own_share(claim, source) and source.share:
        beside = [p for e in built.elsewhere if e.claim == k and not e.slot for p in e.parts]
        element, name = element_of(claim), f"{slot.id} share"
        yield _at_least(name, "share", source.share, k, _sum(element, [*held, *beside]))
        yield _at_most(name, "share", source.share, k, _sum(element, slot.parts))
    if source.mass and _is_told_twice(built, slot):
        yield _at_most(f"{slot.id} mass", "compound", source.mass, k, _sum(MASS, held))
    elif source.mass:
        yield from _ends(f"{slot.id} mass", "compound", source.mass, k, _sum(MASS, held))


def _is_told_twice(built: Built, slot: Slot) -> bool:
    """Whether another nutrient's claim names the same source with the same mass.

    Calcium and magnesium "from 500 mg dolomite" may be of one dolomite.
    """
    claims, mass = built.composition.claims, slot.source.mass
    return any(
        other.claim != slot.claim
        and claims[other.claim].nutrient != claims[slot.claim].nutrient
        and other.source.meaning.family == slot.source.meaning.family
        and other.source.mass and mass
        and other.source.mass.interval_mg == mass.interval_mg
        for other in built.slots
    )  # fmt: skip


def has_own_share(claim: Claim, source: Source) -> bool:
    """Whether a share is printed for a source that is not the amount declared itself."""
    declared = claim.declared.path if claim.declared else ""
    return source.share is not None and source.share.path != declared


def _of_blends(built: Built, members: tuple[int, ...]) -> Iterator[Statement]:
    blends: dict[str, list[int]] = {}
    claims = built.composition.claims
    for k in members:
        for printed in blends_of(claims[k]):
            blends.setdefault(printed.path, []).append(k)
    for path, within in blends.items():
        blend = next(each for each in blends_of(claims[within[0]]) if each.path == path)
        rests = (claims[k].blend_rest for k in within if claims[k].blend == blend)
        rest = next((each for each in rests if each), None)
        held = [p for s in built.slots if s.claim in within for p in s.parts]
        held += [p for e in built.elsewhere if e.claim in within and e.slot for p in e.parts]
        owner = within[0] if len(within) == 1 else None
        if rest:
            other = rest_part(path, rest)
            held.append(other)
            yield _at_least(f"blend {path} rest", "rest", rest, owner, _sum(MASS, [other]))
        yield _at_most(f"blend {path}", "blend", blend, owner, _sum(MASS, held))


def rest_part(path: str, rest: Printed) -> Part:
    """The largest other ingredient of a blend."""
    return Part(f"blend {path} {rest.text}", "rest", None, "")


def blends_of(claim: Claim) -> tuple[Printed, ...]:
    """The printed totals of all blends that hold every source of a claim."""
    return (claim.blend, *claim.around) if claim.blend else claim.around


def _of_trace(built: Built, view: View) -> Iterator[Statement]:
    """That the rest, where the ingredient list says less than 2 % of it, is no more than that."""
    listed = trace(built.composition, view)
    parts = [p for e in built.elsewhere if e.claim == view.focus for p in e.parts]
    mass = built.composition.serving.mass
    if listed is None or listed.at_most is None or mass is None or not parts:
        return
    ends = exact_ends(mass)
    most = Fraction(str(listed.at_most)) * (ends[1] if ends else 0)
    yield Statement(
        f"{view.focus + 1} trace at most", "trace", "at most", float(most), _sum(MASS, parts),
        listed.path, listed.text, claim=view.focus, exact_bound=most,
    )  # fmt: skip


def trace(composition: Composition, view: View) -> Source | None:
    """The listed source that the rest is, if the list bounds it and a serving's mass is printed."""
    if view.alone or not view.rest or composition.serving.mass is None:
        return None
    beside = (s for s in composition.claims[view.focus].beside if s.at_most is not None)
    return next((s for s in beside if set(view.rest) <= set(s.meaning.substances)), None)


def _of_serving(built: Built) -> Iterator[Statement]:
    mass = built.composition.serving.mass
    if mass is None:
        return
    held = [p for s in built.slots for p in s.parts]
    held += [p for e in built.elsewhere for p in e.parts]
    terms = _sum(MASS, [*held, *built.free])
    yield _at_most("serving", "serving", mass, None, terms)


def _of_capsules(built: Built) -> Iterator[Statement]:
    serving = built.composition.serving
    most = capsules_mg(serving)
    held = [p for s in built.slots if is_organic(s.source) for p in s.parts]
    if most is None or not held:
        return
    yield Statement(
        "capsules at most", "capsules", "at most", float(most), _sum(MASS, [*held, *built.free]),
        "capsule_size", capsules_text(serving), "assumed", exact_bound=most,
    )  # fmt: skip


def _of_moieties(built: Built) -> Iterator[Statement]:
    """Printed moieties. One that a compound gives is of that compound's mass, bound or free.

    It may be printed as the free acid or as the ligand: the looser of the two holds. One in
    a row of its own may be all that there is, or what was added: at least so much there is.
    A source of unknown composition may bring any of it.
    """
    claims = {claim.path: k for k, claim in enumerate(built.composition.claims)}
    for number, row in enumerate(told_moieties(built.composition), start=1):
        k, name = claims.get(row.claim or ""), f"moiety {number}"
        given = [s for s in built.slots if row.source and s.source.path == row.source]
        given = [s for s in given if any(fraction(p, row.moiety) for p in s.parts)]
        if given:
            held = [p for s in given for p in s.parts]
            yield _at_least(name, "moiety", row.amount, k, _sum(row.moiety, held))
            yield _at_most(name, "moiety", row.amount, k, _sum(row.moiety + LIGAND, held))
        elif free := [p for p in built.free if p.substance == row.moiety]:
            held = [p for s in built.slots for p in s.parts]
            yield _at_least(name, "moiety", row.amount, k, _sum(row.moiety, [*held, *free]))


def _documented(built: Built, k: int, view: View) -> Iterator[Statement]:
    claim = built.composition.claims[k]
    element = element_of(claim)
    slots = [s for s in built.slots if s.claim == k]
    for slot in slots:
        if view.assays and holds(claim.nutrient, slot.source):
            floor = leanest(claim.nutrient, slot.source)
            terms = (Term(element, slot.parts), Term(MASS, slot.parts, -floor))
            yield Statement(
                f"{slot.id} assay at least", "assay", "at least", 0.0, terms, slot.source.path,
                slot.source.text, "documented", k,
            )  # fmt: skip
    if claim.ordered and view.alone:
        for first, second in pairwise(slots):
            terms = (Term(MASS, first.parts), Term(MASS, second.parts, MINUS))
            yield Statement(
                f"{first.id} before {second.id}", "order", "at least", 0.0, terms,
                second.source.path, second.source.text, "law", k,
            )  # fmt: skip


def leanest(nutrient: str, source: Source) -> Fraction:
    """The least element fraction documented for a source; of its hydrate where one is named."""
    element = catalogue.nutrients()[nutrient].element or ""
    members = [catalogue.substance(i) for i in source.meaning.substances]
    own = [exact_fraction(m.id, m.formula, element) for m in members]
    if is_open(source):
        own += _graded(source.meaning.family or "")
    return min(own)


@cache
def _graded(family: str) -> tuple[Fraction, ...]:
    """The least that the unbuffered grades of a family are said to hold."""
    return tuple(
        Fraction(str(grade.low_percent)) / 100
        for grade in catalogue.grades().values()
        if grade.family == family and not grade.buffered
    )


def _ends(
    name: str, kind: Kind, printed: Printed, k: int | None, terms: Objective
) -> Iterator[Statement]:
    yield _at_least(name, kind, printed, k, terms)
    yield _at_most(name, kind, printed, k, terms)


def _at_least(
    name: str, kind: Kind, printed: Printed, k: int | None, terms: Objective
) -> Statement:
    return Statement(
        f"{name} at least", kind, "at least", printed.interval_mg.low, terms, printed.path,
        printed.text, claim=k, printed=printed,
    )  # fmt: skip


def _at_most(name: str, kind: Kind, printed: Printed, k: int | None, terms: Objective) -> Statement:
    return Statement(
        f"{name} at most", kind, "at most", printed.interval_mg.high, terms, printed.path,
        printed.text, claim=k, printed=printed,
    )  # fmt: skip


def _sum(quantity: str, parts: Iterable[Part]) -> Objective:
    return (Term(quantity, tuple(parts)),)
