"""Whether the words of a certificate are still those of the label's own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from chelate.bounds.capacities import capsules_text, stand_in
from chelate.composition import Claim, Composition, Source
from chelate.composition import Printed as Amount
from chelate.intervals import Interval
from chelate.models import Label
from chelate.verify.certificates import Certificate, Printed, Slot, Statement
from chelate.verify.modelling import added, claim_of, claims, elsewhere, owner

CAPSULES = "capsule_size"
Value = TypeVar("Value")
Key = tuple[str, str, str, str | None, Fraction | None]


def differences(
    certificates: Iterable[Certificate], label: Label, composition: Composition
) -> Iterator[str]:
    """What certificates take from a label and the label does not say."""
    for certificate in certificates:
        for k in claims(certificate):
            yield from _of_sources(certificate, k, label, composition)
        yield from _of_added(certificate, composition)
        for statement in certificate.statements:
            yield from _of_statement(statement, label, composition)


def _of_added(certificate: Certificate, composition: Composition) -> Iterator[str]:
    """Moieties that are said to be added to a source, and that the label tells of the source."""
    told = {(row.source, row.moiety) for row in composition.moieties}
    for name in added(certificate):
        part = certificate.parts[name]
        slot = certificate.slots[part.slot]
        if (slot.path, part.substance) in told:
            yield f"the label tells of {part.substance} in “{slot.text}” ({slot.path})"


def _of_sources(
    certificate: Certificate, k: int, label: Label, composition: Composition
) -> Iterator[str]:
    """Sources that differ, that the label has besides, or that declare a buffer."""
    claim = composition.claims[k] if k < len(composition.claims) else None
    there = {(s.path, _plain(s.text)) for s in claim.sources} if claim else set()
    named = [s for name, s in certificate.slots.items() if claim_of(name) == k]
    for slot in named:
        if claim is None or claim.nutrient != slot.nutrient or _leaf(slot) not in there:
            yield _differs(slot.path, slot.text, label)
    if claim is None:
        return
    more = there - {_leaf(slot) for slot in named}
    yield from (f"the label names “{text}” too ({path})" for path, text in sorted(more))
    alone = certificate.is_contradiction or certificate.reading == "named"
    if alone and _has_buffer(claim) and not elsewhere(certificate, k, "buffer"):
        yield f"the label declares a buffer: “{claim.buffered[0][1]}”"


def _has_buffer(claim: Claim) -> bool:
    return bool(claim.buffered and stand_in(claim.nutrient))


def _of_statement(statement: Statement, label: Label, composition: Composition) -> Iterator[str]:
    """Printed amounts that the label does not give for what the statement is of."""
    if statement.kind == "order":
        return
    known = {leaf for each in _printed(statement, composition) for leaf in _leaves(each)}
    for printed in statement.printed:
        if _key(printed) not in known or not _stands(printed.path, printed.text, label):
            yield _differs(printed.path, printed.text, label)


def _printed(statement: Statement, composition: Composition) -> Iterator[Amount | Source | None]:
    """What the label prints for the thing that a statement is of."""
    kind, of = statement.kind, owner(statement)
    if kind == "declared":
        yield from (claim.declared for claim in _at(composition.claims, of))
    elif kind in ("share", "compound", "assay"):
        number, _, source = of.partition(".")
        found = (s for c in _at(composition.claims, number) for s in _at(c.sources, source))
        yield from (
            s.share if kind == "share" else s.mass if kind == "compound" else s for s in found
        )
    elif kind == "moiety":
        yield from (row.amount for row in _at(composition.moieties, of))
    elif kind == "serving":
        yield composition.serving.mass
    elif kind == "capsules":
        yield _stated(composition)
    elif kind == "trace":
        yield from (s for c in _at(composition.claims, of) for s in c.beside if s.at_most)
    else:
        for claim in composition.claims:
            yield from (claim.blend, *claim.around) if kind == "blend" else (claim.blend_rest,)


def _at(values: tuple[Value, ...], number: str) -> tuple[Value, ...]:
    """The value of a number counted from one, as a tuple; none where there is none."""
    return values[int(number) - 1 : int(number)] if number.isdigit() and int(number) else ()


def _stated(composition: Composition) -> Amount | None:
    """The stated capsules, as their statement words them."""
    serving = composition.serving
    if serving.units is None or serving.capsule_size is None:
        return None
    return Amount(CAPSULES, capsules_text(serving), Interval(0, 0), 0)


def _leaves(printed: Amount | Source | None) -> Iterator[Key]:
    """The printed amounts that one is added up from, itself where it is printed."""
    if isinstance(printed, Amount) and printed.parts:
        for part in printed.parts:
            yield from _leaves(part)
    elif isinstance(printed, Amount):
        yield printed.path, _plain(printed.text), printed.decimal, printed.nutrient, None
    elif printed is not None:
        at_most = None if printed.at_most is None else Fraction(str(printed.at_most))
        yield printed.path, _plain(printed.text), ".", None, at_most


def _key(printed: Printed) -> Key:
    return (
        printed.path, _plain(printed.text), printed.decimal, printed.nutrient, printed.fraction,
    )  # fmt: skip


def _leaf(slot: Slot) -> tuple[str, str]:
    return slot.path, _plain(slot.text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _stands(path: str, text: str, label: Label) -> bool:
    """Whether words stand at a path of the label, whatever the space between them."""
    return path == CAPSULES or _plain(text) in _plain(label.text_at(path))


def _differs(path: str, text: str, label: Label) -> str:
    found = _plain(label.text_at(path))
    if _plain(text) not in found:
        return f"{path} is “{found}” in the label's file, not “{_plain(text)}”"
    return f"{path}: the label's file does not say “{_plain(text)}” of this any more"
