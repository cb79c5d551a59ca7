"""What must hold of bounds: one function for each sentence, over the label of a recipe.

Shared by the tests, which prove the sentences on thousands of recipes, and by the soak,
which proves them on as many as it is given. `linprog` is the oracle and knows nothing of
this program but the statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from random import Random

import numpy as np
from scipy.optimize import linprog

from chelate.bounds.ends import (
    CLAIMED,
    CLAIMED_SHARE,
    ELSEWHERE,
    ELSEWHERE_SHARE,
    OF_SHARE,
    End,
    Feasible,
    Proof,
    Sense,
)
from chelate.bounds.ends import objective as objective_of
from chelate.bounds.exact import ends_of
from chelate.bounds.parts import (
    View,
    own_sources,
    says_whole,
)
from chelate.bounds.separate import Separate
from chelate.bounds.shares import shares
from chelate.bounds.solving import coupled, feasible
from chelate.bounds.statements import Problem, Statement, exact_vector, vector
from chelate.checker import check
from chelate.composition import Claim, Composition, Printed, Source, compose, exact_mg
from chelate.composition.claims import BY_SUM
from chelate.findings import Verdict
from chelate.intervals import Interval
from recipes import Recipe, draw

TARGETS = (CLAIMED, CLAIMED_SHARE, ELSEWHERE, ELSEWHERE_SHARE, "glycine")
SENSES: tuple[Sense, ...] = ("least", "most")
CLOSE = 1e-9


@dataclass(frozen=True)
class Case:
    """A recipe with its label's composition; the label is composed once."""

    recipe: Recipe

    @classmethod
    def of(cls, seed: int) -> Case:
        """The case of a seed."""
        return cls(draw(seed))

    @cached_property
    def composition(self) -> Composition:
        """What the program understands of the label."""
        return compose(self.recipe.label)

    def claims(self) -> Iterator[tuple[int, Claim]]:
        """The claims that the bounds are about: those that name sources.

        An element printed so coarsely that a compound's mass reads like it is left out: "1 mg"
        beside 1.46 mg of a compound may be told as its share.
        """
        for k, claim in enumerate(self.composition.claims):
            if claim.sources and claim.declared and not _is_coarse(claim):
                yield k, claim

    def views(self, k: int) -> Iterator[View]:
        """The views of a claim that are true of the recipe."""
        yield from self._bare(k)
        if self.recipe.is_plain:
            yield from (replace(view, documented=True) for view in self._bare(k))

    def _bare(self, k: int) -> Iterator[View]:
        recipe, nutrient = self.recipe, self.composition.claims[k].nutrient
        yield View(k)
        if recipe.is_inside(nutrient) and self._holds_buffer(k):
            yield View(k, outside=False)
        if recipe.is_outside(nutrient):
            yield View(k, inside=False)

    def _holds_buffer(self, k: int) -> bool:
        """Whether the mass that a buffer would be inside of is among those printed."""
        claim = self.composition.claims[k]
        mineral = self.recipe.mineral(claim.nutrient)
        family = mineral.materials[0].family
        weighed = {s.meaning.family for s in own_sources(claim) if s.mass}
        return mineral.buffer is None or not weighed or family in weighed

    def focused(self) -> Iterator[tuple[int, Claim, View]]:
        """Every claim in one of the views that hold of it, which the seed chooses."""
        rng = Random(self.recipe.seed)
        for k, claim in self.claims():
            views = [*self.views(k), View(k)]
            if self.recipe.is_honest:
                views += [View(k, alone=True)] * 2
            yield k, claim, rng.choice(views)

    def targets(self, k: int) -> tuple[str, ...]:
        """What can be told of a claim: of a source unknown nobody knows the glycine."""
        known = _is_known(own_sources(self.composition.claims[k]))
        return TARGETS if known else TARGETS[:-1]

    def target(self, k: int) -> tuple[str, ...]:
        """One of them, which the seed chooses."""
        return (Random(self.recipe.seed + k).choice(self.targets(k)),)

    def truth(self, k: int) -> dict[str, float]:
        """The true value of each target."""
        claim = self.composition.claims[k]
        own = own_sources(claim)
        claimed = self.recipe.claimed_mg(claim.nutrient, own)
        elsewhere = self.recipe.elsewhere_mg(claim.nutrient, own)
        whole = claimed + elsewhere
        true = {
            CLAIMED: claimed, ELSEWHERE: elsewhere,
            CLAIMED_SHARE: claimed / whole, ELSEWHERE_SHARE: elsewhere / whole,
        }  # fmt: skip
        if _is_known(own):
            true["glycine"] = self.recipe.moiety_mg(claim.nutrient, own, "glycine")
        return true

    def unbound_mg(self, k: int) -> float:
        """Glycine that is in a chelate and not bound to it: it counts or not."""
        mineral = self.recipe.mineral(self.composition.claims[k].nutrient)
        return sum(material.glycine_mg for material in mineral.materials)


def _is_coarse(claim: Claim) -> bool:
    """Whether masses were told to be shares, and one of the amounts has a single digit."""
    amounts = [claim.declared, *(source.share for source in claim.sources)]
    wide = (a.interval_mg.high > 1.3 * a.interval_mg.low for a in amounts if a)
    return claim.reading == BY_SUM and any(wide)


def _is_known(own: tuple[Source, ...]) -> bool:
    """Whether every source has a stoichiometry; of others nobody knows what they are bound to."""
    return all(source.meaning.substances for source in own)


def ends(found: Feasible, targets: Sequence[str]) -> Iterator[End]:
    """Every end of a range that an answer can tell."""
    for target in targets:
        if isinstance(found, Separate) and not found.has(target):
            continue
        for sense in SENSES:
            end = found.end(target, sense)
            assert end is not None, f"no {sense} {target}"
            yield end


def never_impossible(case: Case) -> None:
    """No true label is ever impossible."""
    if not case.recipe.is_honest:
        return
    for k, _ in case.claims():
        found = feasible(case.composition, k, View(k, alone=True)).contradiction()
        assert found is None, f"claim {k} alone: {found}"
    assert check(case.recipe.label).verdict is not Verdict.IMPOSSIBLE, "the verdict is impossible"


def truth_within(case: Case) -> None:
    """The truth lies within the bounds of every view that is true of the recipe."""
    for k, claim in case.claims():
        true, size = case.truth(k), _size(claim)
        for view in _two(case, case.views(k)):
            found = feasible(case.composition, k, view)
            assert found.contradiction() is None, f"{view}: {found.contradiction()}"
            for end in ends(found, tuple(true)):
                unbound = end.target == "glycine" and end.sense == "least"
                value = true[end.target] + (case.unbound_mg(k) if unbound else 0.0)
                _assert_beyond(end, value, size, str(view))


def _two(case: Case, views: Iterator[View]) -> tuple[View, ...]:
    """The view that always holds, and one more, which the seed chooses."""
    first, *others = views
    return (first, Random(case.recipe.seed).choice(others)) if others else (first,)


def _assert_beyond(end: End, value: float, size: float, where: str) -> None:
    sign = 1 if end.sense == "least" else -1
    slack = CLOSE * (1 if end.target in OF_SHARE else max(size, abs(value)))
    told = f"{where} {end.sense} {end.target}: {end.value} and the truth {value}"
    assert sign * (value - end.value) >= -slack, told


def less_never_tightens(case: Case) -> None:
    """Removing a statement never tightens a bound."""
    omit = ("serving", "capsules", "masses")[case.recipe.seed % 3]
    fewer = compose(draw(case.recipe.seed, omit=omit).label)
    assert len(fewer.claims) == len(case.composition.claims)
    for k, claim in case.claims():
        wide, narrow = feasible(fewer, k, View(k)), feasible(case.composition, k, View(k))
        _assert_wider(wide, narrow, _size(claim), omit)


def _assert_wider(wide: Feasible, narrow: Feasible, size: float, what: str) -> None:
    for end in ends(narrow, (CLAIMED, ELSEWHERE, CLAIMED_SHARE, ELSEWHERE_SHARE)):
        loose = wide.end(end.target, end.sense)
        assert loose is not None
        _assert_beyond(loose, end.value, size, f"without {what}")


def scaling_scales(case: Case) -> None:
    """Ten times the serving has ten times the bounds."""
    if case.recipe.seed % 4 == 0:
        _assert_alike(case, compose(draw(case.recipe.seed, shift=1).label), 10)


def units_agree(case: Case) -> None:
    """Grams, milligrams and micrograms agree."""
    if case.recipe.seed % 4 == 0:
        for unit in ("g", "mg", "mcg"):
            _assert_alike(case, compose(draw(case.recipe.seed, unit=unit).label), 1)


def _assert_alike(case: Case, other: Composition, times: float) -> None:
    assert len(other.claims) == len(case.composition.claims)
    for k, claim in case.claims():
        if other.claims[k].declared is None:  # more than any serving gives of a mineral
            continue
        one = ends(feasible(case.composition, k, View(k)), case.targets(k))
        two = ends(feasible(other, k, View(k)), case.targets(k))
        for end, again in zip(one, two, strict=True):
            factor = 1 if end.target in OF_SHARE else times
            scale = 1 if end.target in OF_SHARE else _size(claim)
            assert abs(end.value - again.value / factor) <= CLOSE * scale, f"{end} {again}"


def proofs_verify(case: Case) -> None:
    """Every proof verifies exactly, and its bound is the value told."""
    for k, claim, view in case.focused():
        for solve in (feasible, coupled):
            found = solve(case.composition, k, view)
            for end in ends(found, case.targets(k)):
                proof = found.proof(end)
                verify(found, proof)
                _assert_told(end, proof, _size(claim), f"{solve.__name__} {view}")


def _assert_told(end: End, proof: Proof, size: float, where: str) -> None:
    if end.target in OF_SHARE:
        told, scale = proof.share, 1.0
        assert proof.bound == 0, f"{where}: the proof of a share has the bound {proof.bound}"
    else:
        told = proof.bound if end.sense == "least" else -proof.bound
        scale = max(size, abs(end.value))
    assert abs(float(told) - end.value) <= CLOSE * scale, f"{where} {end}: proved {float(told)}"


def verify(found: Feasible, proof: Proof) -> None:
    """Recompute a proof in exact rationals."""
    statements = {s.id: s for s in found.built.problem.statements}
    sums: dict[str, Fraction] = {}
    bound = Fraction(0)
    for name, times in proof.multipliers.items():
        assert times >= 0, f"{name} times {times}"
        statement = statements[name]
        bound += times * statement.sign * ends_of(statement)
        for part, held in exact_vector(statement.terms).items():
            sums[part] = sums.get(part, Fraction(0)) + times * statement.sign * held
    most = exact_vector(proof.objective)
    for part in sums.keys() | most.keys():
        assert sums.get(part, 0) <= most.get(part, 0), f"more of {part} than the objective has"
    assert bound == proof.bound, f"the bound is {bound}, not {proof.bound}"


def witnesses_fit(case: Case) -> None:
    """Every witness fits every statement, and reaches its end."""
    for k, _, view in case.focused():
        for solve in (feasible, coupled):
            found = solve(case.composition, k, view)
            for end in ends(found, case.target(k)):
                _assert_fits(found, end, k, f"{solve.__name__} {view}")


def _assert_fits(found: Feasible, end: End, k: int, where: str) -> None:
    """Some masses of the other claims complete the witness, which is fixed, to a whole label."""
    given: dict[tuple[str, str], float] = {}
    for portion in end.witness:
        key = (portion.name, portion.substance or str(portion.substance))
        given[key] = given.get(key, 0.0) + portion.mass_mg
    built = found.built
    texts = {slot.id: slot.source.text for slot in built.slots if slot.claim == k}
    groups: dict[tuple[str, str], list[str]] = {key: [] for key in given}
    mine = [p for s in built.slots if s.claim == k for p in s.parts]
    mine += [p for e in built.elsewhere if e.claim == k for p in e.parts]
    for part in mine:
        matter = "" if not part.formula else str(part.substance)
        groups.setdefault((texts.get(part.slot, ""), matter), []).append(part.id)
    fixed = [(dict.fromkeys(parts, 1.0), given.get(key, 0.0)) for key, parts in groups.items()]
    assert all(parts for parts in groups.values()), f"{where} {end}: an unknown portion"
    value = _least(built.problem, {}, fixed=fixed)
    assert value is not None, f"{where} {end.sense} {end.target} {end.value}: {end.witness}"


def closed_agrees(case: Case) -> None:
    """The closed form, HiGHS and linprog agree."""
    for k, claim, view in case.focused():
        one, two = feasible(case.composition, k, view), coupled(case.composition, k, view)
        for end in ends(one, case.target(k)):
            other = two.end(end.target, end.sense)
            assert other is not None
            told: tuple[float, ...] = (end.value, other.value)
            if end.target not in OF_SHARE:
                terms = objective_of(two.built, k, end.target, end.sense)
                best = _least(two.built.problem, vector(terms))
                assert best is not None
                told = (*told, best if end.sense == "least" else -best)
            _assert_close(end, told, _size(claim), str(view))


def _assert_close(end: End, values: tuple[float, ...], size: float, where: str) -> None:
    wide = max(values) - min(values)
    size = size if end.target in OF_SHARE else max(size, *values)
    assert wide <= CLOSE * size, f"{where} {end.sense} {end.target}: {values}"


def falsehood_found(case: Case) -> None:
    """More element than fits is a contradiction: found, minimal, and mended by any one."""
    if not (case.recipe.is_honest):
        return
    for k, claim in case.claims():
        false = falsified(case.composition, k)
        if false is None:
            continue
        view = View(k, alone=True)
        for solve in (feasible, coupled):
            found = solve(false, k, view)
            _assert_contradiction(found, f"{solve.__name__} {claim.nutrient}")


def falsified(composition: Composition, k: int) -> Composition | None:
    """The same with a thousandth more of the element than fits; None where nothing limits it."""
    claim = composition.claims[k]
    problem = coupled(composition, k, View(k, alone=True)).built
    free = Problem(
        problem.problem.parts,
        tuple(s for s in problem.problem.statements if s.id != f"{k + 1} declared at most"),
    )
    best = _least(free, {n: -c for n, c in vector(problem.total(k)).items()})
    if best is None or best == -np.inf:
        return None
    text = f"{-best * 1.003:.6g}".replace("e+0", "e") + " mg"
    declared = _printed(text, claim) if "e" not in text else None
    if declared is None or declared.interval_mg.low < -best * 1.001:
        declared = _printed(f"{-best * 1.02:.4f} mg", claim)
    if declared is None:
        return None
    told = replace(claim, declared=declared)
    claims = tuple(told if j == k else other for j, other in enumerate(composition.claims))
    return replace(composition, claims=claims) if says_whole(told) else None


def _printed(text: str, claim: Claim) -> Printed | None:
    exact = exact_mg(text)
    assert claim.declared is not None
    if exact is None:
        return None
    low, high = map(float, exact)
    return Printed(claim.declared.path, text, Interval(low, high), (low + high) / 2)


def _assert_contradiction(found: Feasible, where: str) -> None:
    contradiction = found.contradiction()
    assert contradiction is not None, f"{where}: no contradiction"
    verify(found, found.refutation())
    assert contradiction.gap > 0
    by_id = {s.id: s for s in found.built.problem.statements}
    chosen = [by_id[name] for name in contradiction.multipliers]
    parts = found.built.problem.parts
    assert _least(Problem(parts, tuple(chosen)), {}) is None, f"{where}: {chosen} can be true"
    for statement in chosen:
        rest = Problem(parts, tuple(s for s in chosen if s is not statement))
        assert _least(rest, {}) is not None, f"{where}: {statement.id} is not needed"
        wide = contradiction.gap / contradiction.multipliers[statement.id] * (1 + 1e-7)
        mended = replace(statement, bound=statement.bound - statement.sign * wide)
        relaxed = Problem(parts, tuple(mended if s is statement else s for s in chosen))
        assert _least(relaxed, {}) is not None, f"{where}: {statement.id} less {wide} mends nothing"


Fixed = Sequence[tuple[Mapping[str, float], float]]


def _least(problem: Problem, costs: Mapping[str, float], *, fixed: Fixed = ()) -> float | None:
    """The least of an objective by linprog; None where nothing fits, -inf where it has none."""
    column = {part.id: at for at, part in enumerate(problem.parts)}
    rows, bounds = [], []
    for statement in problem.statements:
        row, bound = _row(statement, column)
        rows.append(row)
        bounds.append(bound)
    for held, value in fixed:
        row = np.zeros(len(column))
        for name, each in held.items():
            row[column[name]] = each
        wide = 1e-7 * max(value, 1e-3)
        rows += [row, -row]
        bounds += [value + wide, wide - value]
    c = np.zeros(len(column))
    for name, cost in costs.items():
        c[column[name]] += cost
    return _solved(c, np.array(rows), np.array(bounds))


def _row(statement: Statement, column: Mapping[str, int]) -> tuple[np.ndarray, float]:
    row = np.zeros(len(column))
    for name, each in statement.row().items():
        row[column[name]] = -statement.sign * each
    return row, -statement.sign * statement.bound


def _solved(c: np.ndarray, rows: np.ndarray, bounds: np.ndarray) -> float | None:
    scale = 1 / np.where(bounds == 0, 1, np.abs(bounds))
    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    done = linprog(c, rows * scale[:, None], bounds * scale, method="highs-ds", options=options)
    if done.status in (2, 3):
        return None if done.status == 2 else -np.inf
    assert done.status == 0, done.message
    return float(done.fun)


def _size(claim: Claim) -> float:
    assert claim.declared is not None
    return claim.declared.value_mg


def shares_hold(case: Case) -> None:
    """The true share of every named source, and of the rest, lies within the shares told."""
    for k, claim in case.claims():
        mineral = case.recipe.mineral(claim.nutrient)
        true = {m.family: m.element_mg(claim.nutrient) for m in mineral.materials}
        whole = mineral.declared_mg
        for alone in (False, True) if case.recipe.is_honest else (False,):
            found = shares(case.composition, k, alone=alone)
            assert found or not says_whole(claim), f"claim {k}: no shares"
            for source, share in found.sources if found else ():
                own = true[source.meaning.family or ""] / whole
                _assert_holds(share, own, f"{k} {source.text}")
            if found:
                _assert_holds(found.rest, mineral.buffer_mg / whole, f"{k} rest, alone {alone}")


def _assert_holds(told: Interval, true: float, where: str) -> None:
    assert told.low - CLOSE <= true <= told.high + CLOSE, f"{where}: {told} and the truth {true}"


def shares_agree(case: Case) -> None:
    """The shares of several sources in closed form are what HiGHS finds, source by source."""
    for k, claim in case.claims():
        alone = case.recipe.is_honest
        view = View(k, alone=alone)
        one = shares(case.composition, k, alone=alone)
        two = coupled(case.composition, k, view)
        closed = isinstance(feasible(case.composition, k, view), Separate)
        if one is None or not closed or len(claim.sources) == 1 or not says_whole(claim):
            continue
        size, printed = _size(claim), claim.declared
        assert printed is not None
        for slot in (s for s in two.built.slots if s.claim == k):
            share = dict(one.sources)[slot.source]
            least, most = two.end(slot.id, "least"), two.end(slot.id, "most")
            assert least is not None
            assert most is not None
            for told, end in ((share.low, least.value), (share.high, most.value)):
                low, high = told * printed.interval_mg.low, told * printed.interval_mg.high
                near = low - 1e-3 * size <= end <= high + 1e-3 * size
                assert near, f"{k} {slot.id}: {told} of the element, by HiGHS {end} mg"


Property = Callable[[Case], None]
PROPERTIES: tuple[Property, ...] = (
    never_impossible, truth_within, less_never_tightens, scaling_scales, units_agree,
    proofs_verify, witnesses_fit, closed_agrees, falsehood_found, shares_hold, shares_agree,
)  # fmt: skip
