"""What the words of a certificate can say of its parts: names, statements, objectives.

A statement that something is at least so much must count every part that could bring it,
one that it is at most so much none that could lie elsewhere. A name is resolved again, and
every substance that it may mean must be considered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from chelate import catalogue
from chelate.catalogue import names
from chelate.formula import atomic_weights, parse_formula
from chelate.verify.certificates import Certificate, Part, Printed, Statement, Term, require
from chelate.verify.shares import fraction

ELSEWHERE = "elsewhere"
ONE, MINUS = Fraction(1), Fraction(-1)
_AT_MOST = ("blend", "serving", "capsules", "trace")
_AT_LEAST = ("rest", "assay", "order")
_UNITS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_OWNED = {
    "declared": re.compile(r"(\d+) declared at (?:least|most)"),
    "share": re.compile(r"(\d+\.\d+) share at (?:least|most)"),
    "compound": re.compile(r"(\d+\.\d+) mass at (?:least|most)"),
    "assay": re.compile(r"(\d+\.\d+) assay at least"),
    "trace": re.compile(r"(\d+) trace at most"),
    "moiety": re.compile(r"moiety (\d+) at (?:least|most)"),
}

Names = frozenset[str]


def claims(certificate: Certificate) -> tuple[int, ...]:
    """The indices of the claims that a certificate has sources of."""
    return tuple(dict.fromkeys(claim_of(slot) for slot in certificate.slots))


def claim_of(slot: str) -> int:
    """The index of the claim of a slot: that of "2.1" is 1."""
    return int(slot.partition(".")[0]) - 1


def owner(statement: Statement) -> str:
    """What a statement is of: a claim's number, a slot, a moiety's number; "" of the serving."""
    pattern = _OWNED.get(statement.kind)
    if pattern is None:
        return ""
    found = pattern.fullmatch(statement.id)
    require(found, f"{statement.words} says not what it is of")
    return found[1] if found else ""


def capsules(printed: Printed) -> tuple[Fraction, str]:
    """How many capsules of which size stand there: "2 size 00 capsules"."""
    units, size = printed.units or "", printed.size or ""
    require(_UNITS.fullmatch(units) and size in catalogue.capsules(), "no capsules are stated")
    plural = "" if units == "1" else "s"
    require(printed.text == f"{units} size {size} capsule{plural}", "other capsules are stated")
    return Fraction(units), size


def check_parts(certificate: Certificate, focus: int | None) -> None:
    """Formulas are the catalogue's, and all that a name may mean, and elsewhere, is there."""
    for part in certificate.parts.values():
        _check_formula(part)
    for slot in certificate.slots:
        _check_slot(slot, certificate)
    for k in claims(certificate):
        if certificate.is_contradiction or certificate.reading == "named":
            _check_buffer(k, certificate)
        elif certificate.reading:
            _check_elsewhere(k, certificate, certificate.reading if focus in (None, k) else "any")


def _check_formula(part: Part) -> None:
    if part.substance is None:
        known = not part.formula or part.formula in atomic_weights()
        require(known, f"{part.formula!r} is neither an element nor other matter")
        return
    record = catalogue.substances().get(part.substance)
    require(record, f"{part.substance!r} is not in the catalogue")
    formula = record.formula if record else ""
    require(formula == part.formula, f"{part.substance} is {formula}, not {part.formula}")


def _check_slot(slot: str, certificate: Certificate) -> None:
    """Every substance that a name may mean is a part, or else the element itself is."""
    source = certificate.slots[slot]
    nutrient = catalogue.nutrients().get(source.nutrient)
    require(nutrient and nutrient.element, f"{source.nutrient!r} is no mineral")
    held = [part for part in certificate.parts.values() if part.slot == slot]
    meant = set(_meaning(source.text, source.nutrient).substances)
    missing = sorted(meant - {part.substance for part in held})
    whole = any(p.formula == element(certificate, claim_of(slot)) for p in held)
    listed = ", ".join(missing) or "something unknown"
    require(whole or (meant and not missing), f"“{source.text}” may mean {listed} too")


def _check_buffer(k: int, certificate: Certificate) -> None:
    """Of the claimed sources alone there is nothing else but a buffer that they declare."""
    mine = (s for name, s in certificate.slots.items() if claim_of(name) == k)
    declared = any(_meaning(s.text, s.nutrient).buffered for s in mine)
    there = not declared or elsewhere(certificate, k, "buffer")
    require(there, "the buffer that the label declares is left out")


def _check_elsewhere(k: int, certificate: Certificate, reading: str) -> None:
    """Where a reading leaves it open what comes from elsewhere, it may be the element itself."""
    if reading in ("any", "alone", "documented"):
        require(_is_open(k, certificate, ELSEWHERE), "nothing may come from elsewhere")
    if reading in ("any", "blend"):
        for slot in _weighed(k, certificate):
            inside = _is_open(k, certificate, f"inside {slot}")
            require(inside, "nothing else may lie within the compound's mass")


def _is_open(k: int, certificate: Certificate, word: str) -> bool:
    symbol = element(certificate, k)
    return any(certificate.parts[n].formula == symbol for n in elsewhere(certificate, k, word))


def _weighed(k: int, certificate: Certificate) -> set[str]:
    """The sources that a claim lives by, as far as the proof uses their printed masses."""
    used = {owner(s) for s in certificate.statements if s.kind == "compound"}
    return used & set(own_slots(certificate, k))


def own_slots(certificate: Certificate, k: int) -> tuple[str, ...]:
    """The slots of the sources that a claim lives by: its chelates, else all of them."""
    mine = {name: s for name, s in certificate.slots.items() if claim_of(name) == k}
    chelates = (n for n, s in mine.items() if _meaning(s.text, s.nutrient).chelate)
    return tuple(chelates) or tuple(mine)


@cache
def _meaning(text: str, nutrient: str) -> names.Meaning:
    return names.resolve(text, nutrient)


def element(certificate: Certificate, k: int) -> str | None:
    """The symbol of the element that a claim is about; None of one without sources."""
    mine = (s.nutrient for name, s in certificate.slots.items() if claim_of(name) == k)
    nutrient = next(mine, None)
    return catalogue.nutrients()[nutrient].element if nutrient else None


def within(certificate: Certificate, slots: Iterable[str]) -> Names:
    """The parts in some slots."""
    chosen = frozenset(slots)
    return frozenset(name for name, part in certificate.parts.items() if part.slot in chosen)


def elsewhere(certificate: Certificate, k: int, word: str = "") -> Names:
    """The parts of a claim that come from elsewhere; `word` says how they lie."""
    begins = f"{k + 1} {word} " if word else f"{k + 1} "
    found = within(certificate, (ELSEWHERE,))
    return frozenset(name for name in found if name.startswith(begins))


def objective(certificate: Certificate, k: int, value: Fraction) -> tuple[Term, ...]:
    """The terms that stand for what a certificate says of claim `k`."""
    says, symbol = certificate.says, element(certificate, k)
    target, _, share = says.target.partition(" ")
    require(symbol, "it is about a claim without sources")
    own = within(certificate, own_slots(certificate, k))
    beyond = _beyond(certificate, k)
    sign = ONE if says.sense == "least" else MINUS
    amounts = {"claimed": own, ELSEWHERE: beyond}
    bound = own - frozenset(added(certificate))
    known = target in amounts or (target in catalogue.moieties() and not share)
    require(known and share in ("", "share"), f"{says.target!r} is nothing to look for")
    quantity = (symbol or "") if target in amounts else target
    terms = [_term(sign, quantity, amounts.get(target, bound))]
    if share:
        terms.append(_term(-sign * value, quantity, own | beyond))
    return tuple(terms)


def added(certificate: Certificate) -> Iterator[str]:
    """The parts of moieties that rows of their own declare, within the mass of a source."""
    for slot in certificate.slots:
        yield from (n for n in within(certificate, (slot,)) if n.startswith(f"{slot} added "))


def _term(factor: Fraction, quantity: str, of: Names) -> Term:
    return Term.model_construct(factor=factor, quantity=quantity, of=tuple(of))


def _beyond(certificate: Certificate, k: int) -> Names:
    """Every part that may bring a claim's element and is not of the sources it lives by."""
    own, nutrient = own_slots(certificate, k), _nutrient(certificate, k)
    slots = (
        name
        for name, slot in certificate.slots.items()
        if name not in own and (claim_of(name) == k or slot.nutrient != nutrient)
    )
    return within(certificate, slots) | elsewhere(certificate, k)


def _nutrient(certificate: Certificate, k: int) -> str:
    return next(s.nutrient for name, s in certificate.slots.items() if claim_of(name) == k)


def check_statement(statement: Statement, certificate: Certificate) -> None:
    """A statement counts what its words are printed for, in full, once, and nothing else."""
    if statement.kind in _AT_MOST:
        require(statement.is_most, f"{statement.words} is no lower limit")
    if statement.kind in _AT_LEAST:
        require(not statement.is_most, f"{statement.words} is no upper limit")
    if statement.kind in ("assay", "order"):
        documented = certificate.reading in (None, "documented", "named")
        require(documented, f"{statement.words} is said, but not in the reading")
    if statement.kind == "assay":
        _check_assay(statement, certificate)
    elif statement.kind == "order":
        _check_order(statement, certificate)
    else:
        _check_sum(statement, certificate)


def _check_sum(statement: Statement, certificate: Certificate) -> None:
    """The sum of one quantity over parts: the whole of it at least, or no more at most."""
    counted = [name for term in statement.terms for name in term.of]
    plain = all(term.factor == 1 for term in statement.terms) and len(counted) == len(set(counted))
    require(plain, f"{statement.words} counts a part more or less than once")
    quantities = {term.quantity for term in statement.terms}
    named = quantities == {_quantity(statement, certificate, quantities)}
    require(named or not counted, f"{statement.words} counts another thing")
    least, most = _extent(statement, certificate)
    fair = frozenset(counted) <= most if statement.is_most else least <= frozenset(counted)
    require(fair, f"{statement.words} does not count what it is printed for")


def _quantity(statement: Statement, certificate: Certificate, found: set[str]) -> str | None:
    """The one quantity that a statement may count."""
    if statement.kind in ("declared", "share"):
        symbol = element(certificate, claim_of(owner(statement)))
        return symbol or next((q for q in found if q in atomic_weights()), None)
    if statement.kind == "moiety":
        ending = " as ligand" if statement.is_most else ""
        return next(
            (f"{m}{ending}" for m in catalogue.moieties() if {f"{m}{ending}"} == found), None
        )
    return "mass"


def _extent(statement: Statement, certificate: Certificate) -> tuple[Names, Names]:
    """The parts that a lower limit has to count, and those that an upper limit may count."""
    everything = frozenset(certificate.parts)
    match statement.kind:
        case "declared":
            return _declared(certificate, claim_of(owner(statement)))
        case "share" | "compound":
            whole = _held_in(certificate, owner(statement))
            return whole, whole
        case "blend":
            outside = (
                n for k in _numbers(certificate) for n in elsewhere(certificate, k, ELSEWHERE)
            )
            return frozenset(), everything - frozenset(outside) - within(certificate, ("free",))
        case "rest":
            blend = statement.id.removesuffix("rest at least")
            return frozenset({f"{blend}{statement.printed[0].text}"}), frozenset()
        case "trace":
            require(certificate.reading in (None, "rest"), "a trace is not what is left open")
            return frozenset(), elsewhere(certificate, claim_of(owner(statement)))
        case "capsules":
            return frozenset(), _organic(certificate)
        case "moiety":
            return _moiety(statement, certificate), within(certificate, certificate.slots)
    return frozenset(), everything


def _declared(certificate: Certificate, k: int) -> tuple[Names, Names]:
    mine = {name for name in certificate.slots if claim_of(name) == k}
    same = within(certificate, mine) | elsewhere(certificate, k)
    symbol = element(certificate, k)
    if symbol is None:
        return same, same
    others = _beyond(certificate, k)
    holding = {n for n in others if symbol in _atoms(certificate.parts[n].formula)}
    return same | holding, same


@cache
def _atoms(formula: str) -> frozenset[str]:
    return frozenset(parse_formula(formula)) if formula else frozenset()


def _held_in(certificate: Certificate, slot: str) -> Names:
    """All that may lie within one source's printed mass."""
    k = claim_of(slot)
    inside = elsewhere(certificate, k, f"inside {slot}")
    return within(certificate, (slot,)) | inside | elsewhere(certificate, k, f"buffer {slot}")


def _numbers(certificate: Certificate) -> Iterator[int]:
    """The indices of all claims that have a part elsewhere."""
    found = within(certificate, (ELSEWHERE,))
    yield from {int(n.split()[0]) - 1 for n in found if re.match(r"[1-9]\d{0,5} ", n)}


def _organic(certificate: Certificate) -> Names:
    """Powders for which a highest density of filling is documented, and free moieties."""
    families = catalogue.families()
    slots = (
        name
        for name, slot in certificate.slots.items()
        if (family := _meaning(slot.text, slot.nutrient).family)
        and families[family].kind != "inorganic"
    )
    return within(certificate, (*slots, "free"))


def _moiety(statement: Statement, certificate: Certificate) -> Names:
    """Each slot that a printed moiety counts, it counts in full; with free ones, all slots."""
    counted = {certificate.parts[n].slot for term in statement.terms for n in term.of}
    slots = certificate.slots if "free" in counted else counted & set(certificate.slots)
    return within(certificate, slots)


def _check_assay(statement: Statement, certificate: Certificate) -> None:
    """A source is no leaner than documented: its element less so much of its mass."""
    slot = owner(statement)
    require(slot in certificate.slots and len(statement.terms) == 2, f"{statement.words}: no assay")
    held, mass = statement.terms
    source, whole = certificate.slots[slot], within(certificate, (slot,))
    fair = held.factor == 1 and held.quantity == element(certificate, claim_of(slot))
    fair = fair and mass.quantity == "mass" and set(held.of) == set(mass.of) == whole
    require(fair, f"{statement.words}: its assay is of something else")
    floor = _leanest(source.text, source.nutrient)
    require(-mass.factor <= floor, f"{statement.words} is documented down to {floor}")


@cache
def _leanest(text: str, nutrient: str) -> Fraction:
    """The least element fraction that is documented for a name."""
    meaning, symbol = _meaning(text, nutrient), catalogue.nutrients()[nutrient].element or ""
    members = [catalogue.substance(name) for name in meaning.substances]
    found = [fraction(each.id, each.formula, symbol) for each in members]
    family = meaning.family or ""
    if family and len(members) == len(catalogue.family_members(family)):
        graded = (g for g in catalogue.grades().values() if g.family == family and not g.buffered)
        found += [Fraction(str(grade.low_percent)) / 100 for grade in graded]
    return min(found, default=Fraction(0))


def _check_order(statement: Statement, certificate: Certificate) -> None:
    """What is listed before weighs no less: sources of a row, or members of a blend."""
    require(len(statement.terms) == 2, f"{statement.words}: no order")
    heavy, light = statement.terms
    fair = (heavy.factor, light.factor) == (
        ONE,
        MINUS,
    ) and heavy.quantity == light.quantity == "mass"
    first, second = _listed(heavy, certificate), _listed(light, certificate)
    require(fair and first and second, f"{statement.words}: its order is of something else")
    places = [_place(slot, certificate) for slot in (first[-1], second[0]) if slot != "rest"]
    require(places == sorted(places) and first != second, f"{statement.words} is not listed after")


def _listed(term: Term, certificate: Certificate) -> tuple[str, ...]:
    """The slots that a term counts in full, "rest" for another ingredient; none if in part."""
    slots = tuple(dict.fromkeys(certificate.parts[name].slot for name in term.of))
    known = set(slots) <= {*certificate.slots, "rest"}
    whole = slots == ("rest",) or set(term.of) == within(certificate, slots)
    return slots if known and whole else ()


def _place(slot: str, certificate: Certificate) -> tuple[int, ...]:
    """Where a source stands: by the numbers in its path, then by its own number."""
    path = certificate.slots[slot].path
    return (*map(int, re.findall(r"\[(\d{1,6})\]", path)), *map(int, slot.split(".")))
