"""Composition -> the statements that its label makes over unknown masses.

The parts that they are about are those of `parts`, in one view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

from chelate import catalogue
from chelate.bounds.capacities import capsules_mg, capsules_text, holds, is_open, is_organic
from chelate.bounds.parts import (
    Built,
    Slot,
    View,
    blends_of,
    element_of,
    elsewhere_of,
    free_moieties,
    has_own_share,
    says_whole,
    slots_of,
    told_moieties,
    trace,
)
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
    summed,
)
from chelate.composition import Composition, Printed, Source, exact_ends

MINUS = Fraction(-1)


def build(composition: Composition, members: Iterable[int], view: View) -> Built:
    """The problem of some claims of a label together, in one view."""
    chosen = tuple(members)
    slots = tuple(slot for k in chosen for slot in slots_of(composition, k))
    elsewhere = tuple(e for k in chosen for e in elsewhere_of(composition, k, slots, view))
    free = free_moieties(composition)
    built = Built(Problem((), ()), slots, elsewhere, free, composition)
    statements = tuple(_statements(built, chosen, view))
    parts = dict.fromkeys(
        [p for s in slots for p in s.parts] + [p for e in elsewhere for p in e.parts]
        + [*free, *(p for s in statements for t in s.terms for p in t.of)]
    )  # fmt: skip
    return Built(Problem(tuple(parts), statements), slots, elsewhere, free, composition)


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
    most = summed(element_of(claim), same)
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
        beside = [p for e in built.elsewhere if e.beside == slot.id for p in e.parts]
        element, name = element_of(claim), f"{slot.id} share"
        yield _at_least(name, "share", source.share, k, summed(element, [*held, *beside]))
        yield _at_most(name, "share", source.share, k, summed(element, slot.parts))
    if source.mass and _is_told_twice(built, slot):
        yield _at_most(f"{slot.id} mass", "compound", source.mass, k, summed(MASS, held))
    elif source.mass:
        yield from _ends(f"{slot.id} mass", "compound", source.mass, k, summed(MASS, held))


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
            yield _at_least(f"blend {path} rest", "rest", rest, owner, summed(MASS, [other]))
        yield _at_most(f"blend {path}", "blend", blend, owner, summed(MASS, held))


def rest_part(path: str, rest: Printed) -> Part:
    """The largest other ingredient of a blend."""
    return Part(f"blend {path} {rest.text}", "rest", None, "")


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
        f"{view.focus + 1} trace at most", "trace", "at most", float(most), summed(MASS, parts),
        listed.path, listed.text, claim=view.focus, exact_bound=most,
    )  # fmt: skip


def _of_serving(built: Built) -> Iterator[Statement]:
    mass = built.composition.serving.mass
    if mass is None:
        return
    held = [p for s in built.slots for p in s.parts]
    held += [p for e in built.elsewhere for p in e.parts]
    terms = summed(MASS, [*held, *built.free])
    yield _at_most("serving", "serving", mass, None, terms)


def _of_capsules(built: Built) -> Iterator[Statement]:
    serving = built.composition.serving
    most = capsules_mg(serving)
    held = [p for s in built.slots if is_organic(s.source) for p in s.parts]
    if most is None or not held:
        return
    yield Statement(
        "capsules at most", "capsules", "at most", float(most), summed(MASS, [*held, *built.free]),
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
            yield _at_least(name, "moiety", row.amount, k, summed(row.moiety, held))
            yield _at_most(name, "moiety", row.amount, k, summed(row.moiety + LIGAND, held))
        elif free := [p for p in built.free if p.substance == row.moiety]:
            held = [p for s in built.slots for p in s.parts]
            yield _at_least(name, "moiety", row.amount, k, summed(row.moiety, [*held, *free]))


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
