"""Printed nutrients and moieties beside what the recipe delivers."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import DeclaredMoiety, Printed, Problem
from chelate.composition.claims import FOUND_IN_FOODS
from chelate.composition.moieties import moiety_named
from chelate.composition.rows import Entry, names_blend
from chelate.figures import at_least_mass, at_most_mass, listed, mass
from chelate.formulate.compare.claimed import Claimed, claim_of, claimed, not_printed
from chelate.formulate.compare.equivalents import (
    Equivalents,
    counted,
    counted_claim,
    equivalents_in,
    unknown_forms,
)
from chelate.formulate.compare.holdings import names_input
from chelate.formulate.compare.sides import Given, Sides, is_above, rounded_down, touches
from chelate.formulate.compare.values import Difference, Follows, NotCompared, Outcome, Where
from chelate.formulate.panel.amounts import (
    in_steps,
    last_digit,
    least_declared_mg,
    reference_mg,
    stepped_mg,
)
from chelate.formulate.panel.declared import spoken
from chelate.formulate.panel.words import layout
from chelate.formulate.supplied import BY_ANALYSIS, sources_in
from chelate.intervals import Interval, total
from chelate.stoichiometry import counted_as
from chelate.stoichiometry.constituents import id_of_itself

_NOT_SAID = "the label does not say how much of the element there is"
_NO_YIELD = "the recipe does not say how much the input yields"
_NOT_OF_THE_RECIPE = BY_ANALYSIS.union(FOUND_IN_FOODS)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A nutrient as the label declares it, in all its rows together."""

    nutrient: str
    paths: tuple[str, ...]
    rows: tuple[Printed | None, ...]

    @property
    def path(self) -> str:
        """Where the first of them stands."""
        return self.paths[0]

    @property
    def unread(self) -> bool:
        """Whether some row's amount of the element is not known."""
        return any(row is None for row in self.rows)

    @property
    def amounts(self) -> tuple[Printed, ...]:
        """The amounts that are known."""
        return tuple(row for row in self.rows if row)


def amounts(sides: Sides) -> Iterator[Outcome]:
    """Every declared nutrient and moiety, and what is delivered but not declared."""
    declared = declared_nutrients(sides)
    for each in declared:
        yield from _nutrient(each, sides)
    moieties = declared_moieties(sides)
    for moiety in moieties:
        yield from _moiety(moiety, sides)
    printed = {each.nutrient for each in declared} | {each.moiety for each in moieties}
    yield from _not_declared(printed, sides)
    yield from not_printed(printed, sides)


def declared_nutrients(sides: Sides) -> list[_Printed]:
    """The nutrients that have a row, each once; what is not believed counts as printed."""
    found: dict[str, list[tuple[str, Printed | None]]] = {}
    doubted = _doubted(sides)
    for claim in sides.composition.claims:
        amount = claim.declared or doubted.get(claim.path)
        found.setdefault(claim.nutrient, []).append((claim.path, amount))
    known = set(found)
    rows = {row.path: (row.nutrient, row.amount) for row in sides.composition.declared}
    for entry in sides.entries:
        nutrient, amount = rows.get(entry.path, (entry.nutrient, None))
        amount = amount or doubted.get(entry.path)
        if (
            nutrient
            and nutrient not in known
            and (amount or _is_given(entry, nutrient, rows, sides))
        ):
            found.setdefault(nutrient, []).append((entry.path, amount))
    return [
        _Printed(nutrient, tuple(path for path, _ in rows), tuple(amount for _, amount in rows))
        for nutrient, rows in found.items()
    ]


def _is_given(entry: Entry, nutrient: str, rows: Container[str], sides: Sides) -> bool:
    """Whether a row without a mass is known to declare a nutrient: by a percent, or by its unit."""
    in_unit = entry.kind == "element" and equivalents_in(entry.path, nutrient, sides)
    return entry.path in rows or bool(in_unit)


def _doubted(sides: Sides) -> dict[str, Printed]:
    """By the path of its row, each amount that was read and is not believed."""
    problems = sides.composition.problems
    return {p.path.rpartition(".")[0]: p.doubted for p in problems if p.doubted}


def declared_moieties(sides: Sides) -> tuple[DeclaredMoiety, ...]:
    """The moieties that the label declares with a mass, rows that name a source among them."""
    known = sides.composition.moieties
    paths = {each.path for each in known}
    return (*known, *(m for m in _in_rows(sides) if m.path not in paths))


def _in_rows(sides: Sides) -> Iterator[DeclaredMoiety]:
    for entry in sides.entries:
        text = entry.phrase.head.text
        heads_a_blend = bool(entry.children) and names_blend(text)
        moiety = _named(text, sides) if entry.kind == "other" and not heads_a_blend else None
        if moiety and entry.amount and sides.given(moiety):
            yield DeclaredMoiety(moiety, f"{entry.path}.name", text, entry.amount)


def _nutrient(printed: _Printed, sides: Sides) -> Iterator[Outcome]:
    name = names.spoken(printed.nutrient)
    given = sides.given(printed.nutrient)
    where = Where(printed.path, given.path if given else None)
    if given is None:
        yield _not_held(printed, name, sides, where)
    elif problem := _problem(printed, sides):
        where = replace(where, label=problem.path, words=problem.text)
        message = (
            f"The label prints “{problem.text}” {name}, of which no amount can be read with "
            f"certainty; the recipe delivers {_said(given, sides)}."
        )
        yield Difference("amount-not-readable", message, problem.text, _said(given, sides), where)
    elif len(printed.paths) == 1 and (found := equivalents_in(printed.path, given.id, sides)):
        yield from _in_equivalents(found, given, where, sides)
    elif printed.unread or not printed.amounts:
        yield NotCompared(name, _NOT_SAID, where, of_amount=True)
    else:
        amount = _together(printed.amounts)
        where = replace(where, label=amount.path, words=amount.text)
        yield _beside(amount, [given], where, sides, claim=claim_of(printed.nutrient, sides))


def _in_equivalents(
    printed: Equivalents, given: Given, where: Where, sides: Sides
) -> Iterator[Outcome]:
    """An amount in the unit of a law, and the mass beside it, of what the recipe counts in it."""
    where = replace(where, label=printed.amount.path, words=printed.amount.text)
    claim, of_law = claim_of(given.id, sides), counted(given, printed.market, sides)
    if of_law:
        in_unit = counted_claim(claim, given, of_law)
        yield _beside(printed.amount, [of_law], where, sides, claim=in_unit)
    else:
        reason = unknown_forms(given, printed.market, sides)
        yield NotCompared(given.name, reason, where, of_amount=True)
    if printed.beside:
        where = replace(where, words=printed.beside.text)
        added = replace(given, name=catalogue.nutrients()[given.id].dv_named or given.name)
        yield _beside(printed.beside, [added], where, sides, claim=claim)


def _problem(printed: _Printed, sides: Sides) -> Problem | None:
    """Why the amount of a row could not be read, where one is printed."""
    if not printed.unread:
        return None
    problems = (p for p in sides.composition.problems if p.kind != "percent" and not p.doubted)
    return next((p for p in problems if p.path.rpartition(".")[0] in printed.paths), None)


def _together(amounts: tuple[Printed, ...]) -> Printed:
    if len(amounts) == 1:
        return amounts[0]
    text = " + ".join(each.text for each in amounts)
    summed = total(each.interval_mg for each in amounts)
    whole_mg = sum(each.value_mg for each in amounts)
    return Printed(amounts[0].path, text, summed, whole_mg, parts=amounts)


def _not_held(printed: _Printed, name: str, sides: Sides, where: Where) -> Outcome:
    """A declared nutrient that no input yields."""
    if printed.nutrient in _NOT_OF_THE_RECIPE:
        reason = "the recipe does not say how much its materials hold"
        return NotCompared(name, reason, where, of_amount=bool(printed.amounts))
    if any(names_input(name, each) for each in sides.delivery.ingredients):
        return NotCompared(name, _NO_YIELD, where, of_amount=bool(printed.amounts))
    said = listed([each.text for each in printed.amounts]) if printed.amounts else "named"
    if len(printed.amounts) == 1:
        where = Where(printed.amounts[0].path, None, printed.amounts[0].text)
    message = f"The label declares {name}; no input of the recipe yields any."
    return Difference("nutrient-not-in-recipe", message, said, "none", where)


def _named(text: str, sides: Sides) -> str | None:
    """The moiety that a row names, or the material of the recipe that counts as itself."""
    itself = id_of_itself(text)
    own = {held.id for held in sides.delivery.moieties}
    return moiety_named(text) or (itself if itself in own else None)


def _moiety(moiety: DeclaredMoiety, sides: Sides) -> Iterator[Outcome]:
    """A declared moiety: of everything, of what brings the claim's nutrient, or added as such."""
    given = list(_ways(moiety, sides))
    where = Where(moiety.amount.path, given[0].path if given else None, moiety.amount.text)
    if given:
        yield _beside(moiety.amount, given, where, sides, claim=claim_of(moiety.moiety, sides))
        return
    name = spoken(moiety.moiety)
    message = f"The label declares {name}; no input of the recipe yields any."
    yield Difference("nutrient-not-in-recipe", message, moiety.amount.text, "none", where)


def _ways(moiety: DeclaredMoiety, sides: Sides) -> Iterator[Given]:
    everything = sides.delivery.ingredients
    own = [i for i in everything if names_input(moiety.text, i)]
    claim = next((c for c in sides.composition.claims if c.path == moiety.claim), None)
    inside = [
        i for i in everything
        if claim and any(held.id == claim.nutrient for held in i.taken.moieties)
    ]  # fmt: skip
    of = counted_as(moiety.moiety)
    for among in (everything, inside, own):
        for ligand in (False, True):
            if among and (given := sides.given(of, among, ligand=ligand)):
                yield given
    if own and (given := sides.given(of, own)):
        weighed = sides.weighed(own)
        yield replace(given, made=weighed, wanted=weighed, end=weighed, made_mg=weighed.high)


def _beside(
    amount: Printed, ways: list[Given], where: Where, sides: Sides, *, claim: Claimed | None
) -> Outcome:
    """A printed amount beside what is given, in whichever of the ways fits."""
    fitting = [given for given in ways if touches(_down(amount, given, sides), given.span)]
    following = (given for given in ways if _judged(amount, given, claim, sides) is None)
    given = next(following, [*fitting, *ways][0])
    said = _said(given, sides)
    meant = given.says(_meant(amount, given.id, sides))
    working = (*given.working, f"“{amount.text}” stands for {meant}")
    judged = _judged(amount, given, claim, sides)
    if judged is None:
        return Follows(given.name, amount.text, said, where, working)
    kind, message = judged
    return Difference(kind, message, amount.text, said, where, working)


def _meant(amount: Printed, of: str, sides: Sides) -> Interval:
    """What a printed amount stands for: its digits, or the step that it is rounded to by law."""
    stepped = stepped_mg(amount.value_mg) if in_steps(of, sides.market) else None
    if stepped is None:
        return amount.interval_mg
    low, high = amount.interval_mg.low, amount.interval_mg.high
    return Interval(min(low, stepped.low), max(high, stepped.high))


def _down(amount: Printed, given: Given, sides: Sides) -> Interval:
    """The same, if the amount may have been rounded down as well, and the mass that it counts."""
    meant = _meant(amount, given.id, sides)
    high = max(meant.high, rounded_down(amount).high)
    if given.factor != 1:
        high += last_digit(high / given.factor) * given.factor
    return Interval(meant.low, high)


def _judged(
    amount: Printed, given: Given, claim: Claimed | None, sides: Sides
) -> tuple[str, str] | None:
    """The kind of difference and its message; None where the amount follows."""
    printed, name, unit = _meant(amount, given.id, sides), given.name, given.unit
    if is_above(printed, given.span):
        least = given.in_unit(at_least_mass(printed.low, unit))
        return "amount-above-recipe", (
            f"The label prints {amount.text} {name}, at least {least}; "
            f"a serving made by the recipe delivers {_at_most(given)}."
        )
    exact = sides.scale.factor == 1 and given.factor == 1
    claimable = printed if exact else _down(amount, given, sides)
    if claim and not touches(claimable, claim.mass_mg):
        return "amount-not-as-claimed", (
            f"The label prints {amount.text} {name}; the recipe claims {claim.text} and "
            f"delivers {given.says(given.made)}."
        )
    if is_above(printed, given.end):
        return "amount-short-at-end", (
            f"The label prints {amount.text} {name}; the recipe delivers that at manufacture, "
            f"and {given.says(given.end)} at the end of the shelf life."
        )
    is_allowed = claim is not None and _is_allowed(amount, given, sides)
    if is_above(given.span, _down(amount, given, sides)) and not is_allowed:
        most = given.in_unit(at_most_mass(printed.high, unit))
        return "amount-below-recipe", (
            f"The label prints {amount.text} {name}, at most {most}; "
            f"a serving made by the recipe delivers {given.says(given.span)}."
        )
    return None


def _at_most(given: Given) -> str:
    made, unit = given.made, given.unit
    if made.high > made.low:
        return f"at most {given.in_unit(at_most_mass(made.high, unit))}"
    return given.in_unit(mass(given.made_mg, unit))


def _is_allowed(amount: Printed, given: Given, sides: Sides) -> bool:
    """Whether what is claimed may be exceeded so far, by what the market says of it.

    Where no upper end is set, as for added nutrients in the US, it may.
    """
    allowed = catalogue.tolerance(sides.market, given.id)
    most = allowed.high_fraction if allowed else None
    return most is None or given.span.low <= amount.value_mg * most


def _said(given: Given, sides: Sides) -> str:
    """What the recipe delivers, in words."""
    made = given.says(given.made)
    return f"{made}, {given.says(given.end)} at the end" if sides.delivery.loses else made


def _not_declared(printed: set[str], sides: Sides) -> Iterator[Outcome]:
    """Nutrients that the recipe is there to supply and the label does not declare.

    In the US those too that are declared wherever they are present. What only comes with
    a source of something else, as chloride does with magnesium, need not be declared.
    """
    supplied = [name for own in sources_in(sides.delivery).values() for name in own]
    if sides.market == "US":
        supplied += layout("US").always
    claims = {each.of for each in claimed(sides)}
    for name in dict.fromkeys(supplied):
        given = sides.given(name) if name not in printed | claims else None
        if given is None:
            continue
        where, said = Where(None, given.path), _said(given, sides)
        least_mg = _least_declared_mg(name, sides)
        if given.span.low < least_mg:
            yield NotCompared(given.name, f"{said}: {_so_little(given, least_mg)}", where)
            continue
        message = f"The recipe delivers {said} {given.name}, which the label does not declare."
        yield Difference("nutrient-not-printed", message, "", said, where, given.working)


def _so_little(given: Given, least_mg: float) -> str:
    """Why an amount that is not declared need not be, or that it may have to be."""
    if given.span.high < least_mg:
        return "so little need not be declared"
    return f"to be declared from {mass(least_mg, given.unit)}, so an assay settles whether it is"


def _least_declared_mg(nutrient: str, sides: Sides) -> float:
    """The least that is missed on a label: as in the US, of the NRV where that applies."""
    if sides.market == "EU":
        return (reference_mg(nutrient, "EU") or 0.0) * layout("US").zero_fraction
    return least_declared_mg(nutrient, "US")
