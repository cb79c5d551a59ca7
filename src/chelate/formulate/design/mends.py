"""The least change of one wish, or of how it is filled, that lets all be had together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from chelate import catalogue
from chelate.figures import stated_mass
from chelate.formulate import capsules
from chelate.formulate.design.problem import Problem, Wish
from chelate.formulate.design.shares import nearest_share
from chelate.formulate.design.solve import feasible, least
from chelate.formulate.design.wishes import MOST_UNITS
from chelate.formulate.design.words import several, share, share_words
from chelate.solver import Program, Row

STEP_G_PER_ML = 0.01
MOST_G_PER_ML = 2.0
MOST_UNIT_MG = 100_000
_ONLY = " only from "


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that makes all else possible: in words, and the problem with it.

    `to` is the new figure in the wish's own unit (None where it is a capsule's size).
    """

    path: str
    words: str
    to: float | None
    problem: Problem


def mends_of(problem: Problem, wishes: Iterable[Wish]) -> tuple[Mend, ...]:
    """For each of the wishes alone, the least change that would make all possible."""
    found: list[Mend] = []
    for wish in wishes:
        if wish.kind == "limit":
            continue
        if problem.units_column in wish.terms:
            found += [*_more_units(problem, wish), *_packed_otherwise(problem)]
        else:
            found += _shifted(problem, wish)
    return tuple(found)


def _shifted(problem: Problem, wish: Wish) -> Iterator[Mend]:
    nearest = nearest_share(problem, wish) if wish.whole else _nearest_bound(problem, wish)
    if nearest is None:
        return
    to, changed = settled(problem, wish, nearest)
    if changed is not None:
        yield Mend(wish.path, changed_words(wish, to), to, changed)


def _nearest_bound(problem: Problem, wish: Wish) -> float | None:
    rest = problem.without(wish)
    column = problem.units_column
    rows, shifts = elastic(wish, column + 1)
    program = Program(column + 1 + len(shifts), [*rest.rows, *rows], whole=(column,))
    optimum = program.minimise(dict.fromkeys(shifts, 1.0))
    if optimum is None:
        return None
    return wish.bound + sum(sign * optimum.point[at] for at, sign in shifts.items())


def elastic(wish: Wish, first: int) -> tuple[list[Row], Mapping[int, int]]:
    """Rows of a wish that may give way, and its columns of giving way with their direction."""
    shifts: dict[int, int] = {}
    rows = []
    if wish.sense != "at most":
        shifts[first] = -1
        rows.append(Row({**wish.terms, first: 1.0}, wish.bound))
    if wish.sense != "at least":
        at = first + len(shifts)
        shifts[at] = 1
        rows.append(Row({**{c: -each for c, each in wish.terms.items()}, at: 1.0}, -wish.bound))
    return [_moving_together(row, shifts) for row in rows], shifts


def _moving_together(row: Row, shifts: Mapping[int, int]) -> Row:
    """Both sides of an exact amount move with every shift of it."""
    others = {at: -1.0 for at in shifts if at not in row.coefficients}
    return Row({**row.coefficients, **others}, row.bound)


def settled(problem: Problem, wish: Wish, to: float) -> tuple[float, Problem | None]:
    """A figure short enough to say, at or beyond `to`, that all can be had with."""
    for decimals in (_shown(to), _shown(to) + 2, _shown(to) + 4):
        figure = _rounded(to, decimals, up=to > wish.bound)
        changed = problem.moved(wish, figure)
        if feasible(changed):
            return figure, changed
    return to, None


def _shown(value: float) -> int:
    """The decimals that a mass is shown with."""
    if abs(value) >= 1000:
        return 0
    return 1 if abs(value) >= 1 else 2 - (floor(log10(abs(value))) if abs(value) > 1e-9 else 0)


def _rounded(value: float, decimals: int, *, up: bool) -> float:
    step = float(10**decimals)
    scaled = round(value * step, 4)
    return max(0.0, (ceil(scaled) if up else floor(scaled)) / step)


def changed_words(wish: Wish, to: float) -> str:
    """A wish at another figure: "glycine at least 1,111 mg, not 1,200 mg"."""
    unit, bound = wish.unit, stated_mass(wish.bound, wish.unit)
    if not to or (wish.whole and to >= 1 and wish.sense == "at most"):
        return f"without “{wish.words}”"
    if wish.kind == "units":
        return f"{several(to, wish.of)}, not {wish.bound:,.0f}"
    if wish.kind == "source":
        others = wish.words.replace(_ONLY, " from another candidate than ")
        return f"{stated_mass(to, unit)} of the {others}"
    if wish.whole:
        return f"{share_words(wish.sense, to, wish.name)}, not {share(wish.bound)}"
    if wish.kind == "level":
        day = stated_mass(to * wish.per_day, unit)
        over = f"the {stated_mass(wish.bound * wish.per_day, unit)} of {wish.authority}"
        return f"{day} {wish.name} a day, above {over}"
    if wish.kind == "claim":
        return f"a claim of {stated_mass(to, unit)} {wish.name}, not {bound}"
    return f"{wish.name} {wish.sense} {stated_mass(to, unit)}, not {bound}"


def _more_units(problem: Problem, wish: Wish) -> Iterator[Mend]:
    count = least(problem.without(wish), problem.costs["fewest units"])
    if count is not None and round(count) <= MOST_UNITS:
        to = float(round(count))
        yield Mend(wish.path, changed_words(wish, to), to, problem.moved(wish, to))


def _packed_otherwise(problem: Problem) -> Iterator[Mend]:
    """A denser fill, a larger capsule, a heavier tablet."""
    packing = problem.packing
    if packing.room_ml is not None:
        for path in dict.fromkeys(each.path for each in packing.densities):
            yield from _denser(problem, path)
        yield from _larger(problem)
    if packing.unit_mg is not None:
        yield from _heavier(problem, packing.unit_mg)


def _denser(problem: Problem, path: str) -> Iterator[Mend]:
    packing = problem.packing
    own = next(each.g_per_ml for each in packing.densities if each.path == path)

    def changed(steps: int) -> Problem:
        to = round(own + steps * STEP_G_PER_ML, 6)
        return replace(problem, packing=packing.denser(path, to - own))

    steps = _least_steps(changed, ceil((MOST_G_PER_ML - own) / STEP_G_PER_ML))
    if steps is not None:
        to = round(own + steps * STEP_G_PER_ML, 6)
        ceiling = catalogue.fill_density().ceiling_g_per_ml
        beyond = "" if to <= ceiling else f", above the {ceiling:g} g/mL that is considered at most"
        words = f"{density_of(problem, path)} {to:g} g/mL, not {own:g} g/mL{beyond}"
        yield Mend(path, words, to, changed(steps))


def density_of(problem: Problem, path: str) -> str:
    """What a density is of, in words that a figure follows."""
    if path == "fill_density":
        return "a fill of"
    for material in problem.materials:
        if path == f"{material.path}.density":
            return f"{material.name} of"
    if path:
        return "the excipient of"
    alone = all(not each.path for each in problem.packing.densities)
    return "a fill of" if alone else "what has no density stated at"


def _larger(problem: Problem) -> Iterator[Mend]:
    packing = problem.packing
    for size in reversed(tuple(catalogue.capsules())):
        room_ml = capsules.room_ml(size).low
        if packing.room_ml is None or room_ml <= packing.room_ml:
            continue
        changed = replace(problem, packing=replace(packing, room_ml=room_ml, capsule_size=size))
        if feasible(changed):
            words = f"size {size} capsules, not size {packing.capsule_size}"
            yield Mend("capsule_size", words, None, changed)
            return


def _heavier(problem: Problem, unit_mg: float) -> Iterator[Mend]:
    def changed(steps: int) -> Problem:
        return replace(problem, packing=replace(problem.packing, unit_mg=unit_mg + steps))

    steps = _least_steps(changed, MOST_UNIT_MG)
    if steps is not None:
        words = f"units of up to {stated_mass(unit_mg + steps)}, not {stated_mass(unit_mg)}"
        yield Mend("unit_mass", words, unit_mg + steps, changed(steps))


def _least_steps(changed: Callable[[int], Problem], most: int) -> int | None:
    """The least number of steps that makes it possible, where more never makes it less so."""
    if most < 1 or not feasible(changed(most)):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if feasible(changed(middle)) else (middle, high)
    return high
