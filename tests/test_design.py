"""Designs held to what they deliver, and to scipy's own programs over the same specification."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from chelate import files, resources
from chelate.cli import main
from chelate.files.yaml_write import formulation_yaml
from chelate.formulate import EntryError, delivered
from chelate.formulate.design import Found, Impossible, design
from chelate.formulate.design.conflict import conflict_of
from chelate.models.design import DesignSpec
from chelate.models.formulation import Formulation
from chelate.stoichiometry import yield_of

FOLDER = resources.locate("formulations")
EXAMPLES = sorted(FOLDER.glob("design-*.yaml"))
ROOMS_ML = {"000": 1.37, "00E": 1.00, "00": 0.90, "0E": 0.78, "0": 0.68, "1": 0.48, "2": 0.36}
LEVELS_MG = {
    "IOM": {"magnesium": 350.0, "zinc": 40.0},
    "SCF/EFSA": {"magnesium": 250.0, "zinc": 25.0},
}
ENDS = (("exactly", 1, 1), ("at_least", 1, 0), ("at_most", 0, 1))
POOL = {
    "magnesium-bisglycinate": ("magnesium", "glycine"),
    "magnesium-oxide": ("magnesium",),
    "magnesium-lysinate-glycinate": ("magnesium", "glycine", "l-lysine"),
    "zinc-bisglycinate": ("zinc", "glycine"),
    "glycine": ("glycine",),
}
NIGHT: dict[str, Any] = {
    "product": "Night",
    "capsule_size": "00",
    "candidates": [
        {"substance": "magnesium-bisglycinate", "price": "18 USD/kg"},
        {"substance": "magnesium-oxide", "price": "3 USD/kg"},
    ],
    "targets": [{"of": "magnesium", "exactly": "200 mg"}],
}


def spec_of(**keys: object) -> DesignSpec:
    return DesignSpec.model_validate(NIGHT | keys)


def found(**keys: object) -> Found:
    result = design(spec_of(**keys))
    assert isinstance(result, Found)
    return result


def impossible(**keys: object) -> Impossible:
    result = design(spec_of(**keys))
    assert isinstance(result, Impossible)
    return result


def in_mg(text: str) -> float:
    return float(text.removesuffix(" mg"))


def per_mg(substance: str) -> dict[str, float]:
    return {held.id: held.mg / 1000 for held in yield_of(substance, 1000).moieties}


class Oracle:
    """A specification of random capsules as scipy's program; it shares no code with designs.

    `changes` are bounds by path in mg per serving, or a number of units, a density, a size.
    """

    def __init__(
        self,
        spec: DesignSpec,
        changes: Mapping[str, Any] | None = None,
        only: Iterable[str] | None = None,
    ) -> None:
        self.spec, self.changes = spec, dict(changes or {})
        self.only = None if only is None else set(only)
        self.held = [per_mg(each.substance) for each in spec.candidates]
        density = self.changes.get("fill_density") or float((spec.fill_density or "0").split()[0])
        size = str(self.changes.get("capsule_size", spec.capsule_size))
        self.room_mg = 1000 * density * ROOMS_ML[size]

    def asked(self, path: str) -> bool:
        return self.only is None or path in self.only

    def bounds(self) -> Iterable[tuple[list[float], float, float]]:
        """Rows with their least and most."""
        for index, target in enumerate(self.spec.targets):
            row = [held.get(target.of, 0.0) for held in self.held]
            names = [each.substance for each in self.spec.candidates]
            part = target.part_from or names
            meant = [x if name in part else 0.0 for name, x in zip(names, row, strict=True)]
            for key, low, high in ENDS:
                path, text = f"targets[{index}].{key}", getattr(target, key)
                if text is not None and "%" not in text and self.asked(path):
                    bound = self.changes.get(path, in_mg(text))
                    yield meant, bound if low else 0.0, bound if high else math.inf
            path = f"targets[{index}].only_from"
            if target.only_from and self.asked(path):
                allowed = [name in target.only_from for name in names]
                others = [0.0 if mine else x for mine, x in zip(allowed, row, strict=True)]
                yield others, 0.0, self.changes.get(path, 0.0)
        levels = LEVELS_MG.get(self.spec.upper_level or "", {})
        for nutrient, level in levels.items():
            row = [held.get(nutrient, 0.0) for held in self.held]
            most = self.changes.get(f"upper_level {nutrient}", level / self.spec.servings_per_day)
            if any(row) and self.asked(f"upper_level {nutrient}"):
                yield row, 0.0, most
        for index, candidate in enumerate(self.spec.candidates):
            row = [float(at == index) for at in range(len(self.held))]
            path = f"candidates[{index}].at_most"
            if candidate.at_most and self.asked(path):
                yield row, 0.0, self.changes.get(path, in_mg(candidate.at_most))

    def shares(self) -> Iterable[tuple[list[float], list[float], float, float]]:
        """Rows of a part and of its whole, with the least and most share."""
        for index, target in enumerate(self.spec.targets):
            whole = [held.get(target.of, 0.0) for held in self.held]
            named = [each.substance in target.part_from for each in self.spec.candidates]
            part = [x if mine else 0.0 for mine, x in zip(named, whole, strict=True)]
            for key, low, high in ENDS:
                path, text = f"targets[{index}].{key}", getattr(target, key)
                if text is not None and "%" in text and self.asked(path):
                    bound = self.changes.get(path, float(text.split()[0]) / 100)
                    yield part, whole, bound if low else 0.0, bound if high else 1.0

    def least(self, units: int, objective: str, slack: float) -> float | None:
        """The least of the objective with so many units; bounds moved outwards by `slack`."""
        rows, limits = [], []
        for row, low, high in self.bounds():
            exact = low == high
            give = max(slack, 0.0) if exact else slack
            if low > 0:
                rows.append([-each for each in row])
                limits.append(-low * (1 - give))
            if high < math.inf:
                rows.append(row)
                limits.append(high * (1 + give) + 1e-9 * (slack > 0))
        for part, whole, low, high in self.shares():
            give = max(slack, 0.0) if low == high else slack
            rows.append([low * (1 - give) * y - x for x, y in zip(part, whole, strict=True)])
            rows.append([x - high * (1 + give) * y for x, y in zip(part, whole, strict=True)])
            limits += [0.0, 0.0]
        rows.append([1.0] * len(self.held))
        limits.append(units * self.room_mg * (1 + slack))
        costs = [1.0] * len(self.held)
        if objective == "least cost":
            costs = [float((each.price or "0").split()[0]) for each in self.spec.candidates]
        result = linprog(costs, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs")
        return float(result.fun) if result.status == 0 else None

    @property
    def most_units(self) -> int:
        if not self.asked("most_units"):
            return 1000
        return int(self.changes.get("most_units", self.spec.most_units or 1000))

    def feasible(self, slack: float = 1e-6) -> bool:
        return self.least(self.most_units, "least mass", slack) is not None

    def best(self, slack: float = 0.0) -> float | None:
        """The least value of the specification's objective."""
        if self.spec.objective != "fewest units":
            return self.least(self.most_units, self.spec.objective, slack)
        units = range(1, self.most_units + 1)
        return next(
            (float(n) for n in units if self.least(n, "least mass", slack) is not None), None
        )


amounts = st.integers(20, 400)
some = settings(max_examples=settings().max_examples // 3 + 20)  # each solves many programs


@st.composite
def targets(draw: st.DrawFn, candidates: list[str], asking: bool = False) -> dict[str, Any]:
    of = draw(st.sampled_from(sorted({held for name in candidates for held in POOL[name]})))
    kind = draw(
        st.sampled_from(["exactly", "at_least", "at_least", *([] if asking else ["at_most"])])
    )
    amount = draw(amounts) * (3 if of == "glycine" else 1)
    target: dict[str, Any] = {"of": of, kind: f"{amount} mg"}
    bringing = [name for name in candidates if of in POOL[name]]
    most = max(1, min(2, len(bringing) - 1))
    some = st.lists(st.sampled_from(bringing), min_size=1, max_size=most, unique=True)
    by = draw(st.sampled_from(["", "only_from", "part_from", *([] if asking else ["share"])]))
    if len(bringing) > 1 and by == "only_from" and kind != "at_most":
        target["only_from"] = [draw(st.sampled_from(bringing))]
    elif len(bringing) > 1 and by in ("part_from", "share"):
        target["part_from"] = draw(some)
        target[kind] = f"{draw(st.integers(5, 95))} %" if by == "share" else target[kind]
    return target


@st.composite
def specs(draw: st.DrawFn) -> DesignSpec:
    names = draw(st.lists(st.sampled_from(sorted(POOL)), min_size=1, max_size=4, unique=True))
    candidates = [
        {"substance": name, "price": f"{draw(st.integers(1, 60))} USD/kg"}
        | ({"at_most": f"{draw(st.integers(50, 2000))} mg"} if draw(st.booleans()) else {})
        for name in names
    ]
    several = [draw(targets(names, asking=True)), *draw(st.lists(targets(names), max_size=2))]
    return DesignSpec.model_validate(
        {
            "product": "Random",
            "capsule_size": draw(st.sampled_from(sorted(ROOMS_ML))),
            "most_units": draw(st.integers(1, 6)),
            "servings_per_day": draw(st.integers(1, 2)),
            "fill_density": draw(st.sampled_from(["0.6 g/mL", "0.83 g/mL", "1 g/mL"])),
            "candidates": candidates,
            "targets": several,
            "upper_level": draw(st.sampled_from([None, "IOM", "SCF/EFSA"])),
            "objective": draw(st.sampled_from(["least cost", "fewest units", "least mass"])),
        }
    )


def path_of(wish: Any) -> str:
    return f"upper_level {wish.of}" if wish.kind == "level" else wish.path


def within(value: float, low: float, high: float) -> bool:
    return low * (1 - 1e-6) - 1e-9 <= value <= high * (1 + 1e-6) + 1e-9


@some
@given(specs())
def test_a_design_keeps_every_wish_as_delivered(spec: DesignSpec) -> None:
    result = design(spec)
    assume(isinstance(result, Found))
    assert isinstance(result, Found)
    formulation = result.made.formulation
    made = delivered(formulation)
    masses = {each.entry.substance: each.weighed_mg for each in made.ingredients}
    oracle = Oracle(spec)
    dose = [masses.get(each.substance, 0.0) for each in spec.candidates]
    for row, low, high in oracle.bounds():
        reached = sum(x * each for x, each in zip(row, dose, strict=True))
        half = 0.5 * (1.0 if low < 1000 else 10.0) * (low == high > 0)
        assert within(reached, low - half, high + half)
    for part, whole, low, high in oracle.shares():
        brought, every = (sum(x * y for x, y in zip(r, dose, strict=True)) for r in (part, whole))
        half = 0.005 * (low == high)  # a whole percent stands for half of one either way
        assert within(brought, (low - half) * every, (high + half) * every)
    assert formulation.units_per_serving <= (spec.most_units or 0)
    assert within(made.fill_mg, 0.0, formulation.units_per_serving * oracle.room_mg)
    assert set(masses) <= {each.substance for each in spec.candidates}


@some
@given(specs())
def test_a_design_is_the_best_there_is(spec: DesignSpec) -> None:
    result = design(spec)
    assume(isinstance(result, Found))
    assert isinstance(result, Found)
    best = Oracle(spec).best(slack=1e-7)
    assert best is not None
    scale = 1 if spec.objective == "fewest units" else 1e-4 * max(1.0, best)
    assert abs(result.made.point.value - best) < scale


@some
@given(specs())
def test_no_design_with_one_unit_fewer_exists_where_units_are_fewest(spec: DesignSpec) -> None:
    spec = spec.model_copy(update={"objective": "fewest units"})
    result = design(spec)
    assume(isinstance(result, Found))
    assert isinstance(result, Found)
    units = result.made.formulation.units_per_serving
    assert all(Oracle(spec).least(n, "least mass", -1e-6) is None for n in range(1, units))


@some
@given(specs())
def test_what_cannot_be_had_cannot_be_had_by_scipy_and_every_mend_alone_makes_it_possible(
    spec: DesignSpec,
) -> None:
    result = design(spec)
    assume(isinstance(result, Impossible))
    assert isinstance(result, Impossible)
    assert not Oracle(spec).feasible(-1e-6)
    paths = {wish.path: path_of(wish) for wish in result.conflict.wishes}
    for mend in result.mends:
        to: Any = mend.to
        if to is None:
            to = re.match(r"size (\w+)", mend.words)[1]  # type: ignore[index]
        path = mend.path
        if path == "upper_level":
            path = next(each for each in paths.values() if each.split()[-1] in mend.words)
        assert Oracle(spec, {path: to}).feasible(), mend.words


@some
@given(specs())
def test_a_conflict_is_one_and_without_any_of_its_wishes_is_none(spec: DesignSpec) -> None:
    result = design(spec)
    assume(isinstance(result, Impossible))
    assert isinstance(result, Impossible)
    paths = {path_of(wish) for wish in result.conflict.wishes}
    assert not Oracle(spec, only=paths).feasible(-1e-6)
    for left_out in paths:
        assert Oracle(spec, only=paths - {left_out}).feasible()


@some
@given(specs())
def test_a_wish_relaxed_by_one_unit_changes_the_objective_by_what_is_said(
    spec: DesignSpec,
) -> None:
    result = design(spec)
    assume(isinstance(result, Found))
    assert isinstance(result, Found)
    bounds = {path_of(wish): wish for wish in result.made.problem.wishes}
    for relaxed in result.binding:
        path = relaxed.path
        if path == "upper_level":
            path = next(p for p in bounds if p.startswith(path) and p.split()[-1] in relaxed.words)
        options = [{path: each} for each in moved(path, bounds, spec)]
        values = [v for each in options if (v := Oracle(spec, each).best(1e-7)) is not None]
        best = min([*values, result.made.point.value])
        assert relaxed.value == pytest.approx(best, rel=1e-4, abs=1e-3)
        assert relaxed.gain == pytest.approx(result.made.point.value - best, abs=1e-4 * best + 1e-3)


@some
@given(specs())
def test_a_wish_that_is_not_told_to_bind_buys_nothing(spec: DesignSpec) -> None:
    spec = spec.model_copy(update={"objective": "least cost"})
    result = design(spec)
    assume(isinstance(result, Found))
    assert isinstance(result, Found)
    value = result.made.point.value
    told = " ".join(f"{each.path} {each.words}" for each in result.binding)
    bounds = {path_of(wish): wish for wish in result.made.problem.wishes if wish.kind != "limit"}
    for path in bounds:
        is_told = all(each in told for each in path.split())
        for to in [] if is_told else moved(path, bounds, spec):
            least = Oracle(spec, {path: to}).best()
            assert least is None or least >= value - 1e-5 * max(1.0, value)


def moved(path: str, bounds: Mapping[str, Any], spec: DesignSpec) -> list[float]:
    """The bound at a path, one unit further: 1 mg of what is at least 10 mg, one capsule."""
    if path == "fill_density":
        return [float((spec.fill_density or "").split()[0]) + 0.01]
    wish = bounds[path]
    step = 0.01 if wish.kind == "share" else 1.0 / wish.per_day
    down, up = wish.bound - step, wish.bound + step
    return {"at least": [down], "at most": [up], "exactly": [down, up]}[wish.sense]


@some
@given(specs())
def test_the_nearest_that_can_be_had_keeps_upper_levels_sources_and_shares(
    spec: DesignSpec,
) -> None:
    result = design(spec)
    assume(isinstance(result, Impossible) and result.nearest is not None)
    assert isinstance(result, Impossible)
    assert result.nearest is not None
    made = result.nearest.made
    for wish in result.problem.wishes:
        if wish.kind in ("level", "source"):
            assert made.reached(wish) <= wish.bound * (1 + 1e-6)
        if wish.kind == "share" and made.reached(wish):
            half = 0.005 if wish.sense == "exactly" else 1e-6
            assert wish.sense == "at most" or made.reached(wish) >= wish.bound - half
            assert wish.sense == "at least" or made.reached(wish) <= wish.bound + half
    assert result.nearest.changes


FIRM = ("level", "source", "share")


@some
@given(specs())
def test_the_nearest_gives_up_as_few_wishes_as_scipy_must_and_changes_none_for_less(
    spec: DesignSpec,
) -> None:
    result = design(spec)
    assume(isinstance(result, Impossible) and result.nearest is not None)
    assert isinstance(result, Impossible)
    assert result.nearest is not None
    wishes = [wish for wish in result.problem.wishes if wish.kind != "limit"]
    giving = [path_of(wish) for wish in wishes if wish.kind not in FIRM]
    every = {path_of(wish) for wish in wishes}
    given_up = len(result.nearest.changes)
    for fewer in itertools.combinations(giving, given_up - 1):
        assert not Oracle(spec, only=every - set(fewer)).feasible(-1e-6), fewer
    bounds = {wish.path: wish.bound for wish in wishes if wish.kind not in FIRM}
    alone = {mend.path: mend for mend in result.mends if mend.path in bounds}
    if given_up == 1 and alone:
        shares = {
            mend.words: abs((mend.to or 0.0) - bounds[path]) / bounds[path]
            for path, mend in alone.items()
        }
        assert shares[result.nearest.changes[0]] <= min(shares.values()) * 1.01 + 1e-3


def test_one_wish_given_up_is_nearer_than_three_changed_a_little() -> None:
    result = impossible(
        capsule_size="0",
        most_units=2,
        candidates=[
            {"substance": "magnesium-bisglycinate", "assay": "14 % magnesium"},
            {"substance": "magnesium-oxide"},
        ],
        targets=[
            {"of": "magnesium", "exactly": "200 mg", "only_from": "magnesium-bisglycinate"},
            {"of": "glycine", "at_least": "1.2 g"},
        ],
    )
    assert result.nearest is not None
    # 200 mg ÷ 14 % = 1,429 mg, which at 0.6 g/mL is 2.38 mL: 3.5 capsules of 0.68 mL.
    assert result.nearest.changes == ("4 size 0 capsules, not 2",)
    assert result.nearest.made.formulation.units_per_serving == 4
    # Less glycine alone mends nothing, since the magnesium takes the same powder.
    (stuck,) = result.stuck
    assert stuck.wish.words == "glycine at least 1,200 mg"
    assert [wish.words for wish in stuck.others] == [
        "magnesium exactly 200 mg",
        "magnesium only from magnesium bisglycinate",
        "at most 2 size 0 capsules",
    ]


def test_two_exact_amounts_of_one_nutrient_have_a_nearest() -> None:
    targets = [{"of": "magnesium", "exactly": "200 mg"}, {"of": "magnesium", "exactly": "210 mg"}]
    result = impossible(targets=targets)
    assert result.nearest is not None
    # 10 of 210 is less than 10 of 200.
    assert result.nearest.changes == ("magnesium exactly 200 mg, not 210 mg",)


def test_a_wish_that_has_to_go_is_not_told_as_zero() -> None:
    result = impossible(
        targets=[
            {"of": "magnesium", "exactly": "200 mg", "only_from": "magnesium-oxide"},
            {"of": "glycine", "at_least": "100 mg"},
        ]
    )
    assert "without “glycine at least 100 mg”" in [mend.words for mend in result.mends]


LASTING = {"substance": "magnesium-bisglycinate", "loss": "4 %", "price": "18 USD/kg"}


def test_targets_hold_at_the_end_of_the_shelf_life() -> None:
    result = found(candidates=[LASTING], shelf_life="24 months", objective="least cost")
    made = result.made.delivery
    # 200 mg ÷ 0.96 ÷ 14.096 % = 1,478 mg.
    assert [each.amount for each in made.formulation.inputs] == ["1,478 mg"]
    assert made.formulation.shelf_life == "24 months"
    held = {each.id: each.mg for each in made.at_end}
    assert held["magnesium"] == pytest.approx(200.0, abs=0.1)
    assert result.made.point.value == pytest.approx(200 / 0.96 / 0.140961 * 18, rel=1e-4)


def test_an_overage_is_weighed_beyond_the_amount_and_counts_towards_the_targets() -> None:
    candidate = LASTING | {"overage": "4 %", "overage_convention": "divide"}
    result = found(candidates=[candidate], fill_density="0.79 g/mL", objective="fewest units")
    (entry,) = result.made.formulation.inputs
    # Divided by 1 − 4 %, what is lost is made up for: the amount is that of 200 mg.
    assert entry.amount == "1,419 mg"
    assert (entry.overage, entry.loss) == ("4 %", "4 %")
    assert result.made.delivery.fill_mg == pytest.approx(1419 / 0.96)
    # 1,478 mg fill more than two capsules of 0.9 mL × 0.79 g/mL = 711 mg, 1,419 mg would not.
    assert result.made.formulation.units_per_serving == 3
    assert result.made.point.units == 3


def test_an_upper_level_holds_at_manufacture_where_a_target_holds_at_the_end() -> None:
    result = impossible(
        candidates=[LASTING | {"loss": "10 %"}],
        targets=[{"of": "magnesium", "exactly": "240 mg"}],
        upper_level="SCF/EFSA",
    )
    # 250 mg × 0.9 = 225 mg at the end.
    assert result.arithmetic[-1].startswith("240 mg − 225 mg = 15 mg of magnesium")
    assert [mend.words for mend in result.mends] == [
        "magnesium exactly 225 mg, not 240 mg",
        "266.7 mg magnesium a day, above the 250 mg of SCF/EFSA",
    ]


texts = st.text(st.characters(codec="utf-8"), max_size=12)
words = st.one_of(
    texts, st.sampled_from(["00", "1e3", "null", "no", "a: b", "- a", "#", "5 %", "1,419 mg", "é"])
)
inputs = st.fixed_dictionaries(
    {"substance": words, "amount": words},
    optional={
        "define": st.fixed_dictionaries({"holds": st.dictionaries(words, words, min_size=1)}),
        "price": words,
        "overage": words,
        "overage_convention": st.sampled_from(["multiply", "divide"]),
        "blend": words,
    },
)
formulations = st.fixed_dictionaries(
    {"product": words, "inputs": st.lists(inputs, min_size=1, max_size=3)},
    optional={
        "market": st.sampled_from(["US", "EU"]),
        "capsule_size": words,
        "units_per_serving": st.integers(1, 9),
        "excipients": st.lists(st.fixed_dictionaries({"name": words}), max_size=2),
        "claims": st.dictionaries(words, words, max_size=2),
        "statements": st.lists(words, max_size=2),
    },
).map(Formulation.model_validate)


@given(formulations)
def test_a_formulation_written_as_yaml_reads_back_equal(formulation: Formulation) -> None:
    text = formulation_yaml(formulation, head=["a\nb"])
    assert files.formulation_from_text(text, file="made.yaml") == formulation


def test_three_capsules_of_bisglycinate_bring_200_mg_of_magnesium() -> None:
    spec = files.authored(
        files.parse((FOLDER / "design-bisglycinate-capsule.yaml").read_text("utf-8"), file="a"),
        DesignSpec,
    )
    result = design(spec)
    assert isinstance(result, Found)
    made = result.made.formulation
    # 200 mg ÷ 14.096 % = 1,418.8 mg; at 0.6 g/mL that is 2.365 mL, more than 2 × 0.90 mL.
    assert [(each.substance, each.amount) for each in made.inputs] == [
        ("magnesium-bisglycinate", "1,419 mg")
    ]
    assert made.units_per_serving == 3
    # Two capsules: 1,418.8 mg ÷ 1.8 mL = 0.7882 g/mL, 0.79 in whole hundredths.
    assert "a fill of 0.79 g/mL, not 0.6 g/mL" in [each.words for each in result.one_fewer]
    # Two capsules of 1.37 mL hold 1,644 mg at 0.6 g/mL.
    assert "size 000 capsules, not size 00" in [each.words for each in result.one_fewer]


def test_the_cheaper_source_is_taken_and_a_milligram_less_buys_its_price() -> None:
    result = found(objective="least cost")
    # 200 mg ÷ 60.304 % = 331.7 mg of oxide at 3 USD/kg; 1 mg less takes 1.658 mg less of it.
    assert [each.substance for each in result.made.formulation.inputs] == ["magnesium-oxide"]
    assert result.made.point.value == pytest.approx(331.65 * 3, rel=1e-4)
    assert result.binding[0].words == "magnesium exactly 199 mg, not 200 mg"
    assert result.binding[0].gain == pytest.approx(1.6583 * 3, rel=1e-3)


def test_a_ratio_that_the_chelate_does_not_have_is_told_with_its_arithmetic() -> None:
    result = impossible(
        candidates=[{"substance": "magnesium-bisglycinate"}],
        targets=[{"of": "magnesium", "exactly": "180 mg"}, {"of": "glycine", "at_least": "1.2 g"}],
    )
    assert [wish.words for wish in result.conflict.wishes] == [
        "magnesium exactly 180 mg",
        "glycine at least 1,200 mg",
    ]
    # 180 mg × 150.134 ÷ 24.305 = 1,111.9 mg; 1,200 mg × 24.305 ÷ 150.134 = 194.27 mg.
    assert result.arithmetic[-1].startswith("1,200 mg − 1,111.9 mg = 88.1 mg of glycine")
    assert [mend.words for mend in result.mends] == [
        "magnesium exactly 194.3 mg, not 180 mg",
        "glycine at least 1,111 mg, not 1,200 mg",
    ]


def test_what_does_not_fit_the_capsules_says_how_many_would() -> None:
    source = [{"of": "magnesium", "exactly": "200 mg", "only_from": "magnesium-bisglycinate"}]
    result = impossible(targets=source, most_units=2)
    assert "3 size 00 capsules, not 2" in [mend.words for mend in result.mends]
    # 2 × 0.9 mL × 0.6 g/mL = 1,080 mg, of which 14.096 % is 152.24 mg.
    assert "1.8 mL × 0.6 g/mL × 14.096 % (magnesium bisglycinate) = 152.24 mg" in " ".join(
        result.arithmetic
    )
    # Oxide takes up room too: (200 − 152.24) mg ÷ (60.304 % − 14.096 %) × 60.304 % = 62.3 mg.
    assert "62.4 mg of the magnesium from another candidate" in " ".join(
        mend.words for mend in result.mends
    )


def test_no_conflict_is_said_of_wishes_that_can_be_had_together() -> None:
    with pytest.raises(ArithmeticError, match="do not prove"):
        conflict_of(found(most_units=3).made.problem)


def test_a_milligram_more_of_an_upper_level_is_one_a_day_for_all_servings() -> None:
    result = found(
        candidates=[
            {"substance": "magnesium-bisglycinate", "price": "18 USD/kg"},
            {"substance": "glycine", "price": "30 USD/kg"},
        ],
        targets=[{"of": "glycine", "at_least": "1.5 g"}],
        servings_per_day=2,
        upper_level="IOM",
        objective="least cost",
    )
    level = next(each for each in result.binding if each.path == "upper_level")
    assert level.words == "351 mg magnesium a day, above the 350 mg of IOM"
    # Half a milligram a serving: 3.547 mg of chelate for the glycine in it, 3.089 mg.
    assert level.gain == pytest.approx(3.08855 * 30 - 3.54708 * 18, rel=1e-3)


def test_amounts_that_are_exact_are_claimed_where_no_claims_are_stated() -> None:
    targets = [{"of": "magnesium", "exactly": "200 mg"}, {"of": "glycine", "at_least": "0.5 g"}]
    assert found(targets=targets).made.formulation.claims == {"magnesium": "200 mg"}
    stated = {"glycine": "500 mg"}
    assert found(targets=targets, claims=stated).made.formulation.claims == stated


@pytest.mark.parametrize("where", ["fill_density", "density"])
def test_the_lower_end_of_a_density_is_reckoned_with(where: str) -> None:
    candidate = {"substance": "magnesium-bisglycinate"}
    keys: dict[str, Any] = {"fill_density": "0.5-0.8 g/mL", "candidates": [candidate]}
    if where == "density":
        keys = {"candidates": [candidate | {"density": "0.5-0.8 g/mL"}]}
    result = found(**keys, objective="fewest units")
    # 1,419 mg ÷ 0.5 g/mL = 2.838 mL in capsules of 0.9 mL; at 0.8 g/mL two would do.
    assert result.made.formulation.units_per_serving == 4


def test_excipients_alone_may_be_more_than_the_capsules_hold() -> None:
    result = impossible(most_units=1, excipients=[{"name": "rice flour", "amount": "1 g"}])
    assert [wish.words for wish in result.conflict.wishes] == ["at most 1 size 00 capsule"]
    assert result.arithmetic[0] == "The excipients take up 1.667 mL (1,000 mg)."


def test_an_exact_amount_at_its_upper_level_is_a_design() -> None:
    result = found(targets=[{"of": "magnesium", "exactly": "250 mg"}], upper_level="SCF/EFSA")
    held = {each.id: each.mg for each in result.made.delivery.moieties}
    assert 249.5 <= held["magnesium"] <= 250.0


def test_tablets_are_counted_by_the_mass_of_one() -> None:
    keys = {"form": "tablet", "capsule_size": None, "unit_mass": "500 mg"}
    only = [{"of": "magnesium", "exactly": "200 mg", "only_from": "magnesium-bisglycinate"}]
    result = found(**keys, targets=only, objective="fewest units")
    assert result.made.formulation.units_per_serving == 3
    # 1,418.8 mg in two tablets is 709.4 mg each.
    assert "units of up to 710 mg, not 500 mg" in [each.words for each in result.one_fewer]


@pytest.mark.parametrize(
    ("keys", "path", "words"),
    [
        ({"capsule_size": "9"}, "capsule_size", 'found "9", expected one of 000'),
        ({"capsule_size": None}, "capsule_size", "this key is missing, for capsules"),
        ({"form": "powder"}, "capsule_size", "expected it for capsules alone"),
        ({"objective": "least cost", "candidates": [{"substance": "magnesium-oxide"}]},
         "candidates[0].price", "no price is stated for \"magnesium-oxide\""),
        ({"upper_level": "FDA"}, "upper_level",
         'found "FDA", expected an authority: IOM, SCF/EFSA'),
        ({"targets": [{"of": "calcium", "exactly": "5 mg"}]}, "targets[0].of",
         "no candidate brings calcium: magnesium bisglycinate brings magnesium and glycine"),
        ({"targets": [{"of": "magnesium", "at_least": "5 mg", "at_most": "4 mg"}]}, "targets[0]",
         "found magnesium at least 5 mg and at most 4 mg"),
        ({"targets": [{"of": "magnesium", "exactly": "5 mg", "at_most": "4 mg"}]}, "targets[0]",
         "found exactly beside a bound"),
        ({"targets": [{"of": "magnesium"}]}, "targets[0]", "expected exactly, at_least"),
        ({"targets": [{"of": "magnesium", "at_most": "5 mg"}]}, "targets", "they ask for no mass"),
        ({"targets": [{"of": "magnesium", "exactly": "5 mg", "only_from": "magnesium oxid"}]},
         "targets[0].only_from[0]", 'did you mean "magnesium oxide"?'),
        ({"targets": [{"of": "glycine", "exactly": "5 mg", "only_from": "magnesium oxide"}]},
         "targets[0].only_from", "brings no glycine; of the candidates magnesium bisglycinate"),
        ({"targets": [{"of": "magnesium", "exactly": "5 mL"}]}, "targets[0].exactly", "(a volume)"),
        ({"fill_density": "heavy"}, "fill_density", 'found "heavy", expected a density'),
        ({"candidates": [{"substance": "magnesium-oxide", "price": "3 USD/kg"},
                         {"substance": "glycine", "price": "3 EUR/kg"}]},
         "candidates[1].price", "found a price in EUR, expected USD"),
        ({"form": "tablet", "capsule_size": None, "objective": "fewest units"}, "objective",
         "no unit_mass"),
        ({"claims": {"zinc": "5 mg"}}, "claims.zinc", "no candidate brings zinc"),
        ({"candidates": [{"substance": "magnesium-oxide", "overage": "5 %"}]},
         "candidates[0].overage", "expected the loss over the shelf life that it is for"),
        ({"excipients": [{"name": "rice", "per_batch": "1 kg"}]}, "excipients[0].per_batch",
         "a mass per serving"),
    ],
)  # fmt: skip
def test_a_specification_that_cannot_be_used_says_where(
    keys: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(EntryError) as caught:
        design(spec_of(**keys))
    assert caught.value.path == path
    assert words in str(caught.value)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["design", *map(str, arguments)])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_formulation_that_yield_reads_or_says_why_there_is_none(
    path: Path, tmp_path: Path
) -> None:
    output = tmp_path / "made.yaml"
    result = run(path, "-o", output, "--show-working")
    if path.stem == "design-cannot-be-had":
        assert result.exit_code == 1
        assert not output.exists()
        assert "These wishes cannot be had together:" in result.stdout
        return
    assert result.exit_code == 0, result.output
    assert "What binds; the objective is" in result.stdout
    assert "Working" in result.stdout
    confirmed = CliRunner().invoke(main, ["yield", str(output), "--format", "json"])
    assert confirmed.exit_code == 0, confirmed.output
    piped = run(path)
    assert piped.stdout == output.read_text("utf-8")
    assert "What binds" in piped.stderr


def test_the_json_has_the_file_and_what_binds() -> None:
    result = run(FOLDER / "design-least-cost-tablet-eu.yaml", "--format", "json")
    document = json.loads(result.stdout)
    assert (document["version"], document["possible"]) == (1, True)
    made = files.formulation_from_text(document["file"], file="made.yaml")
    assert made.units_per_serving == document["design"]["units_per_serving"]
    assert {each["path"] for each in document["binding"]} >= {"targets[0].at_least"}
    assert document["cautions"]


def test_the_json_of_what_cannot_be_had_has_the_conflict_and_no_file() -> None:
    result = run(FOLDER / "design-cannot-be-had.yaml", "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["file"] is None
    assert len(document["conflict"]["wishes"]) == 3
    # 3,000 mg − 350 mg × 87.073 ÷ 14.096
    assert document["conflict"]["gap_mg"] == pytest.approx(838.0, abs=0.2)


def test_what_is_left_at_the_end_of_the_shelf_life_is_shown_and_confirmed_by_yield(
    tmp_path: Path,
) -> None:
    spec, output = tmp_path / "spec.yaml", tmp_path / "made.yaml"
    spec.write_text(
        "product: A\nform: powder\nshelf_life: 24 months\ncandidates:\n"
        "  - substance: magnesium-bisglycinate\n    loss: 10 %\n"
        "targets:\n  - of: magnesium\n    exactly: 180 mg\n"
    )
    told = run(spec, "-o", output).stdout
    # 180 mg ÷ 0.9 = 200 mg at manufacture.
    assert re.search(r"magnesium exactly 180 mg +200\.\d mg +180\.\d mg", told)
    assert "kept at the end of the shelf life of 24 months" in " ".join(told.split())
    document = json.loads(run(spec, "--format", "json").stdout)["design"]
    left = {each["id"]: each["mg"] for each in document["delivered_at_end"]}
    confirmed = CliRunner().invoke(main, ["yield", str(output), "--format", "json"])
    assert confirmed.exit_code == 0, confirmed.output
    assert left["magnesium"] == pytest.approx(180.0, abs=0.1)


def test_why_no_other_figure_of_a_wish_would_do_is_told(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "product: A\nform: powder\nservings_per_day: 3\nupper_level: SCF/EFSA\ncandidates:\n"
        "  - substance: magnesium-bisglycinate\n"
        "targets:\n  - of: magnesium\n    exactly: 100 mg\n"
        "  - of: glycine\n    at_least: 700 mg\n"
    )
    told = " ".join(run(spec).stdout.split())
    assert "No other figure of “magnesium exactly 100 mg” alone would do: without it, “gly" in told
    document = json.loads(run(spec, "--format", "json").stdout)
    paths = [each["path"] for each in document["conflict"]["no_other_figure"]]
    assert paths == ["targets[0].exactly", "targets[1].at_least"]
    # 250 mg a day ÷ 3 servings is 83.3 mg, with which come 83.3 mg × 87.073 % ÷ 14.096 %.
    assert document["conflict"]["nearest"]["changes"] == [
        "magnesium exactly 83.3 mg, not 100 mg",
        "glycine at least 514.5 mg, not 700 mg",
    ]


def test_a_bad_specification_is_told_with_its_line_and_writes_nothing(tmp_path: Path) -> None:
    spec, output = tmp_path / "spec.yaml", tmp_path / "made.yaml"
    spec.write_text(
        "product: A\ncapsule_size: 00\ncandidates:\n  - substance: magnesium-oxide\n"
        "targets:\n  - of: glycine\n    exactly: 1 g\n"
    )
    result = run(spec, "-o", output)
    assert result.exit_code == 2
    assert f"{spec}:6:9: targets[0].of: no candidate brings glycine" in result.stderr
    assert not result.stdout
    assert not output.exists()


def test_a_file_that_is_there_is_kept_without_force(tmp_path: Path) -> None:
    output = tmp_path / "made.yaml"
    output.write_text("mine")
    example = EXAMPLES[0]
    assert run(FOLDER / "design-bisglycinate-capsule.yaml", "-o", output).exit_code == 2
    assert output.read_text() == "mine"
    assert run(FOLDER / "design-bisglycinate-capsule.yaml", "-o", output, "--force").exit_code == 0
    assert run(example, "-o", example, "--force").exit_code == 2


THREE: dict[str, Any] = {
    "form": "powder",
    "capsule_size": None,
    "candidates": [
        {"substance": "magnesium-l-threonate-monohydrate", "label_name": "threonate"},
        {"substance": "trimagnesium dicitrate anhydrous", "label_name": "citrate"},
        {"substance": "magnesium-oxide", "label_name": "oxide"},
    ],
}


def by_source(*parts: Mapping[str, str], exactly: str = "200 mg") -> list[dict[str, Any]]:
    return [{"of": "magnesium", "exactly": exactly}, *({"of": "magnesium", **p} for p in parts)]


def test_half_of_the_magnesium_is_from_the_source_that_is_named() -> None:
    half, some = {"part_from": "threonate", "exactly": "50 %"}, "50 mg"
    result = found(**THREE, targets=by_source(half, {"part_from": "citrate", "at_least": some}))
    amounts = {each.name: each.weighed_mg for each in result.made.delivery.ingredients}
    # 100 mg ÷ 7.777 % = 1,286 mg, 50 mg ÷ 16.159 % = 309 mg, the rest 50 mg ÷ 60.304 % = 82.9 mg.
    assert amounts["threonate"] == pytest.approx(1286, abs=8)
    assert amounts["citrate"] == pytest.approx(309.4, abs=2)
    assert amounts["oxide"] == pytest.approx(82.9, abs=2)
    assert result.made.formulation.claims == {"magnesium": "200 mg"}
    shares = [wish for wish in result.made.problem.wishes if wish.kind == "share"]
    assert [round(result.made.reached(wish), 2) for wish in shares] == [0.5]


def test_a_share_by_source_that_cannot_be_had_is_told_with_its_arithmetic_and_its_mend() -> None:
    threonate, *others = THREE["candidates"]
    result = impossible(
        **THREE | {"candidates": [threonate | {"at_most": "1 g"}, *others]},
        targets=by_source({"part_from": "threonate", "at_least": "50 %"}),
    )
    assert [wish.words for wish in result.conflict.wishes] == [
        "magnesium exactly 200 mg",
        "at least 50 % of the magnesium from threonate",
        "threonate at most 1,000 mg",
    ]
    # 1,000 mg × 7.7773 % = 77.8 mg, half of 155.5 mg: 44.5 mg are missing; 77.8 is 38.9 % of 200.
    assert list(result.arithmetic) == [
        "magnesium exactly 200 mg: 200 mg of magnesium is needed.",
        "at least 50 % of the magnesium from threonate: 50 % of it from citrate and oxide at most.",
        (
            "threonate at most 1,000 mg: 1,000 mg × 7.777 % (threonate) ÷ 50 % = 155.55 mg of "
            "magnesium at most."
        ),
        "200 mg − 155.55 mg = 44.45 mg of magnesium more than there can be.",
    ]
    assert [mend.words for mend in result.mends] == [
        "magnesium exactly 155.5 mg, not 200 mg",
        "at least 38.8 % of the magnesium from threonate, not 50 %",
        "threonate at most 1,286 mg, not 1,000 mg",
    ]
    assert result.nearest is not None
    assert result.nearest.changes == ("magnesium exactly 155.5 mg, not 200 mg",)


def test_the_most_of_a_share_holds_back_what_the_others_cannot_bring() -> None:
    result = impossible(
        **THREE,
        upper_level="IOM",
        targets=[
            {"of": "magnesium", "part_from": "oxide", "at_least": "100 mg"},
            {"of": "magnesium", "part_from": "oxide", "at_most": "20 %"},
        ],
    )
    # 20 % of 350 mg is 70 mg; 100 mg is 20 % of 500 mg, and 28.6 % of 350 mg.
    assert result.arithmetic[1:] == (
        "at most 20 % of the magnesium from oxide: 20 % of it from oxide at most.",
        (
            "at most 350 mg magnesium a day, the upper level of IOM for adults: 350 mg × 20 % = "
            "70 mg of magnesium from oxide at most."
        ),
        "100 mg − 70 mg = 30 mg of magnesium from oxide more than there can be.",
    )
    assert [mend.words for mend in result.mends] == [
        "magnesium from oxide at least 70 mg, not 100 mg",
        "at most 28.6 % of the magnesium from oxide, not 20 %",
        "500 mg magnesium a day, above the 350 mg of IOM",
    ]


def test_a_share_is_of_what_is_left_at_the_end_of_the_shelf_life() -> None:
    threonate, *others = THREE["candidates"]
    result = found(
        **THREE | {"candidates": [threonate | {"loss": "10 %"}, *others]},
        targets=by_source({"part_from": "threonate", "at_least": "50 %"}),
    )
    # 100 mg ÷ 0.9 ÷ 7.7773 % = 1,429 mg.
    assert result.made.delivery.ingredients[0].weighed_mg == pytest.approx(1429, abs=3)


def test_a_percent_more_of_a_share_is_what_binding_is_told_for() -> None:
    result = found(
        **THREE,
        targets=by_source({"part_from": "oxide", "at_most": "20 %"}),
    )
    # A percent of 200 mg is 2 mg: 2 ÷ 0.60304 mg of oxide for 2 ÷ 0.16159 mg of citrate.
    (share,) = [each for each in result.binding if "%" in each.words]
    assert share.words == "at most 21 % of the magnesium from oxide, not 20 %"
    assert share.gain == pytest.approx(2 / 0.16159 - 2 / 0.60304, rel=1e-3)


def test_the_json_says_that_a_share_is_a_fraction() -> None:
    result = run(FOLDER / "design-half-from-threonate.yaml", "--format", "json")
    wishes = json.loads(result.stdout)["design"]["wishes"]
    shares = [(each["unit"], each["bound"]) for each in wishes if each["kind"] == "share"]
    assert shares == [("fraction", 0.5), ("fraction", 0.1)]


@pytest.mark.parametrize(
    ("part", "path", "words"),
    [
        ({"exactly": "50 %"}, "targets[1].exactly", "part_from: magnesium oxide"),
        ({"part_from": "oxide"}, "targets[1]", "expected exactly, at_least or at_most with it"),
        ({"part_from": "oxide", "only_from": "oxide", "at_most": "5 %"}, "targets[1]",
         "found only_from beside part_from"),
        ({"part_from": "oxide", "at_most": "120 %"}, "targets[1].at_most", "at most 100 %"),
        ({"part_from": "oxide", "at_most": "<5 %"}, "targets[1].at_most", "such as \"50 %\""),
        ({"part_from": "oxide", "at_least": "30 %", "at_most": "20 %"}, "targets[1]",
         "from oxide at least 30 % and at most 20 %"),
        ({"part_from": "oxid", "at_most": "20 %"}, "targets[1].part_from[0]",
         'did you mean "oxide"?'),
        ({"part_from": ["threonate", "citrate", "oxide"], "at_most": "20 %"},
         "targets[1].at_most", "from all that brings it, threonate, citrate and oxide"),
        ({"of": "L-threonic acid", "part_from": "oxide", "at_most": "20 %"},
         "targets[1].part_from", "brings no L-threonic acid"),
    ],
)  # fmt: skip
def test_a_share_by_source_that_makes_no_sense_says_where(
    part: dict[str, str], path: str, words: str
) -> None:
    with pytest.raises(EntryError) as caught:
        design(spec_of(**THREE, targets=by_source(part)))
    assert caught.value.path == path
    assert words in str(caught.value)


def test_vitamin_c_is_a_target_that_ascorbic_acid_brings() -> None:
    found_ = found(
        candidates=[{"substance": "ascorbic acid"}, {"substance": "zinc oxide"}],
        targets=[{"of": "vitamin C", "exactly": "90 mg"}, {"of": "zinc", "exactly": "11 mg"}],
    )
    assert next(each.amount for each in found_.made.formulation.inputs) == "90 mg"
    over = impossible(
        candidates=[{"substance": "calcium ascorbate"}],
        targets=[{"of": "ascorbic acid", "at_least": "3 g"}],
        upper_level="IOM",
    )
    assert "vitamin-c" in {wish.of for wish in over.conflict.wishes}


NARROW = """product: Narrow
market: US
form: powder
candidates: [{substance: magnesium bisglycinate, assay: ASSAY}]
targets: [{of: magnesium, at_least: 56.25 mg, at_most: 56.26 mg}]
claims: {magnesium: 56.25 mg}
"""


@pytest.mark.parametrize(("assay", "is_said"), [("12.5-13.5 % magnesium", True), ("13 %", False)])
def test_a_claim_that_does_not_hold_over_the_range_of_a_certificate_is_said_to(
    assay: str, is_said: bool, tmp_path: Path
) -> None:
    written = tmp_path / "narrow.yaml"
    exact = assay if is_said else "min. 13 % magnesium"
    written.write_text(NARROW.replace("ASSAY", exact))
    result = run(written)
    said = "Magnesium meets the claim at the nominal figure only: it may be 54"
    assert (said in result.stderr) == is_said
    document = json.loads(run(written, "--format", "json").stdout)
    assert any("nominal figure only" in each for each in document["design"]["claims"]) == is_said
    reached = next(line for line in result.stderr.splitlines() if "at most 56.26 mg" in line)
    assert float(reached.split()[-2]) <= 56.26


def test_the_nearest_says_what_it_keeps() -> None:
    shown = run(FOLDER / "design-cannot-be-had.yaml").stdout
    assert "The nearest that can be had, with sources and upper levels kept, not written:" in shown
    assert "keeps upper levels" in " ".join(run("--help").stdout.split())
