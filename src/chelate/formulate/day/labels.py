"""What a serving of a labelled product brings: declared nutrients, and computed ligands.

A declared mass counts as printed. Ligands follow from the sources, where those can be
computed; glycine in a row of its own may be that of the chelate told once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chelate import catalogue
from chelate.composition import Composition, DeclaredMoiety, Printed, compose
from chelate.composition.amounts import reading_of
from chelate.composition.rows import Entry, entries
from chelate.figures import bounds_mass, listed, mass
from chelate.findings import InputError
from chelate.formulate.day.shared import ligands_of_open
from chelate.formulate.day.unweighed import Unweighed, as_printed, unweighed
from chelate.intervals import Interval, total
from chelate.models import Label
from chelate.stoichiometry import (
    Held,
    ServingYield,
    Yield,
    constituent_of,
    counted_as,
    material,
    name_of,
    short_of_claim,
    yield_of,
)
from chelate.stoichiometry.labels import label_yield

_Helds = dict[str, Held]


@dataclass(frozen=True, slots=True)
class OnLabel:
    """What a label says and lets compute of one serving, in mg.

    `unbounded` are nutrients and moieties of what is named without a mass or a bound.
    """

    brings: tuple[Held, ...]
    inputs: tuple[Yield, ...]
    most_servings: float | None
    remarks: tuple[str, ...]
    unbounded: frozenset[str] = frozenset()


def on_label(label: Label) -> OnLabel:
    """What one serving brings of every nutrient and moiety that has a mass.

    >>> found = on_label(Label(product="Plain", facts=[{
    ...     "name": "Magnesium (as magnesium bisglycinate)", "amount": "200 mg"}]))
    >>> [(held.id, round(held.mg)) for held in found.brings]
    [('magnesium', 200), ('glycine', 1235)]
    """
    composition, rows = compose(label), entries(label, reading_of(label))
    computed = _computed(label, composition)
    declared = _declared(composition)
    brings = {nutrient: _sum(nutrient, of) for nutrient, of in declared.items()}
    for held in computed.moieties:
        brings.setdefault(held.id, Held(held.id, held.name, held.mg, held.range_mg))
    remarks = [*computed.remarks, *_in_conflict(computed)]
    remarks += _add_moieties(brings, composition.moieties)
    remarks += _add_open(brings, composition)
    remarks += _add_materials(brings, rows)
    without = list(unweighed(rows, composition, declared))
    remarks += _add_unweighed(brings, without)
    told = {each.path for each in without}
    remarks += _uncounted(brings, [row for row in rows if row.path not in told])
    most = composition.serving.servings_per_day if label.serving.per_day else None
    unbounded = frozenset(held.id for each in without if each.most_mg is None
                          for held in each.holds or ())  # fmt: skip
    return OnLabel(tuple(brings.values()), computed.inputs, most, tuple(remarks), unbounded)


def _computed(label: Label, composition: Composition) -> ServingYield:
    """What the named sources yield; nothing but remarks where that cannot be computed."""
    try:
        return label_yield(label)
    except InputError as error:
        why = error.message.partition(" can be computed: ")[2] or error.message
        said = f"What its sources bring beside has no figure: {why.rstrip('.')}."
        remarks = (said,) if composition.claims else ()
        return ServingYield(label.product, "unit", 1, 1, 0.0, (), (), remarks=remarks)


def _in_conflict(computed: ServingYield) -> Iterator[str]:
    for claim in computed.claims:
        if short := short_of_claim(claim, name_of(claim.id)):
            yield f"{short} What is declared is counted; what else the inputs bring is computed."


def _declared(composition: Composition) -> dict[str, list[Printed]]:
    """The declared masses of each nutrient: of a mineral by its claims, else by its rows."""
    found: dict[str, list[Printed]] = {}
    claimed = {claim.nutrient for claim in composition.claims}
    for nutrient in claimed:
        own = [claim.declared for claim in composition.claims if claim.nutrient == nutrient]
        if all(own):
            found[nutrient] = [declared for declared in own if declared]
    for row in composition.declared:
        told = any(
            each.nutrient == row.nutrient and row.path.startswith(f"{each.path}.")
            for each in composition.declared
        )
        if row.nutrient not in claimed and row.amount and not row.compound and not told:
            found.setdefault(row.nutrient, []).append(row.amount)
    return found


def _sum(name: str, printed: Iterable[Printed]) -> Held:
    every = tuple(printed)
    whole = sum(each.value_mg for each in every)
    return Held(name, name_of(name), whole, total(map(as_printed, every)))


def _add_moieties(brings: _Helds, moieties: Iterable[DeclaredMoiety]) -> Iterator[str]:
    """Add the moieties with a printed mass; one in a row of its own may count the sources' or not.

    Which of the two it is cannot be told by its digits.
    """
    computed = frozenset(brings)
    for declared in moieties:
        printed = _printed(declared)
        known = brings.get(printed.id)
        if known is None or printed.id not in computed:
            brings[printed.id] = _both(known, printed) if known else printed
        elif declared.claim is None:
            brings[printed.id] = _more_or_less(known, printed)
            yield (
                f"“{declared.text}” of {printed.text} stands in a row of its own, the sources "
                f"bring {known.text}: the figure is the larger of the two, the range reaches "
                "to both together."
            )


def _printed(declared: DeclaredMoiety) -> Held:
    """The moiety itself, or what a compound of it yields: "Creatine monohydrate, 5 g"."""
    moiety, amount = counted_as(declared.moiety), declared.amount
    plain = _sum(moiety, [amount])
    try:
        constituent_of(declared.text)
    except InputError:
        taken = _of_material(declared.text, amount.value_mg)
        return taken.get(moiety, plain)
    return plain


def _add_open(brings: _Helds, composition: Composition) -> Iterator[str]:
    """Add the range of what sources bring beside that share a claim in no printed proportion.

    A moiety that the label prints for the claim itself is counted by that.
    """
    printed = {(each.claim, counted_as(each.moiety)) for each in composition.moieties}
    for each in ligands_of_open(composition):
        if (each.claim.path, each.moiety) in printed:
            continue
        name, range_mg = name_of(each.moiety), each.range_mg
        more = Held(each.moiety, name, range_mg.low, range_mg, known=False)
        known = brings.get(each.moiety)
        brings[each.moiety] = _both(known, more) if known else more
        yield (
            f"{listed([f'“{source.text}”' for source in each.sources])} may bring "
            f"{bounds_mass(range_mg)} {name}: how much of the {each.claim.nutrient} is from "
            "there is not printed. The range counts all of that, the figure its least."
        )


def _both(one: Held, other: Held) -> Held:
    known = one.known and other.known
    return Held(one.id, one.name, one.mg + other.mg, one.range_mg + other.range_mg, known=known)


def _more_or_less(one: Held, other: Held) -> Held:
    larger, whole = max(one.mg, other.mg), _both(one, other)
    low_mg = max(one.range_mg.low, other.range_mg.low)
    return Held(one.id, one.name, larger, Interval(low_mg, whole.range_mg.high))


def _add_materials(brings: _Helds, rows: Iterable[Entry]) -> Iterator[str]:
    """Add what rows of other materials hold, such as collagen, and is not declared itself."""
    for row in rows:
        if row.kind != "other" or row.amount is None or _is_counted(row, brings):
            continue
        found = _yield(row.phrase.head.text, row.amount.value_mg)
        for held in found.moieties if found else ():
            more, known = Held(held.id, held.name, held.mg, held.range_mg), brings.get(held.id)
            brings[held.id] = _both(known, more) if known else more
        yield from notes_of(row.phrase.head.text) if found else ()


def _add_unweighed(brings: _Helds, without: Iterable[Unweighed]) -> Iterator[str]:
    """Add the range of what stands in a blend without a mass; a sentence on what has none."""
    untold, unknown = [], []
    told: dict[str | None, list[Unweighed]] = {}
    for each in without:
        if each.holds is None:
            unknown.append(each.text)
        elif each.most_mg is None:
            untold.append(each.text)
        else:
            told.setdefault(each.within, []).append(each)
    for within, several in told.items():
        _add_up_to(brings, several)
        most = listed([*dict.fromkeys(mass(each.most_mg or 0.0) for each in several)])
        where = f" in “{within}”" if within else ""
        yield (
            f"{listed([f'“{each.name}”' for each in several])} stand{'s' * (len(several) < 2)}"
            f"{where} without a mass, and may be up to {most}: the range counts all of that, "
            "the figure none."
        )
    if untold:
        yield f"Not counted, as no mass of it is printed readably: {listed(untold)}."
    if unknown:
        yield f"Not counted, as what it holds is not in the catalogue: {listed(unknown)}."


def _add_up_to(brings: _Helds, several: Iterable[Unweighed]) -> None:
    """Add nothing up to the most of what one of several members of a blend may bring."""
    most: dict[str, Held] = {}
    for each in several:
        for held in each.holds or ():
            high_mg = held.range_mg.high * (each.most_mg or 0.0)
            range_mg = Interval(0.0, high_mg)
            if held.id not in most or most[held.id].range_mg.high < high_mg:
                most[held.id] = Held(held.id, held.name, 0.0, range_mg, known=False)
    for name, more in most.items():
        brings[name] = _both(known, more) if (known := brings.get(name)) else more


def notes_of(name: str) -> tuple[str, ...]:
    """What is to be known of the composition of a material of natural origin.

    >>> "33 % by count" in notes_of("collagen peptides")[0], notes_of("magnesium oxide")
    (True, ())
    """
    try:
        named = material(name)
    except InputError:
        return ()
    return tuple(f"{named.name}: {note}" for note in named.notes)


def _of_material(name: str, mass_mg: float) -> Mapping[str, Held]:
    found = _yield(name, mass_mg)
    return {held.id: held for held in found.moieties} if found else {}


def _yield(name: str, mass_mg: float) -> Yield | None:
    try:
        return yield_of(name, mass_mg)
    except InputError:
        return None


def _is_counted(row: Entry, brings: Mapping[str, Held]) -> bool:
    """Whether something of the row, or of what is nested in it, is counted already."""
    return any(_named(inner) in brings for inner in row.walk())


def _named(row: Entry) -> str | None:
    if row.nutrient:
        return row.nutrient
    try:
        return constituent_of(row.phrase.head.text)
    except InputError:
        family = row.meaning.family
        return counted_as(family) if family and family in catalogue.moieties() else None


def _uncounted(brings: Mapping[str, Held], rows: Iterable[Entry]) -> Iterator[str]:
    """A sentence on the rows that have no mass, or a mass of something that is not known."""
    without, unknown = [], []
    for row in rows:
        if _is_counted(row, brings):
            continue
        amount = row.row.amount or row.phrase.head.amount
        if row.nutrient and row.amount is None:
            without.append(f"{row.row.name} ({amount})" if amount else row.row.name)
        elif row.amount and _yield(row.phrase.head.text, row.amount.value_mg) is None:
            unknown.append(f"{row.row.name} ({row.amount.text})")
    if without:
        yield f"Not counted, as no mass of it is printed readably: {listed(without)}."
    if unknown:
        yield f"Not counted, as what it holds is not in the catalogue: {listed(unknown)}."
