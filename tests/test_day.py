"""A day's stack: totals by sitting and by day, contributions, aims, and what closes a gap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from chelate import files, resources
from chelate.cli import main
from chelate.formulate import EntryError
from chelate.formulate.day import Aimed, Closing, Day, day_of
from chelate.formulate.words.day import aim_outcome, totals_rows
from chelate.intervals import Interval
from chelate.models.stack import Stack
from chelate.stoichiometry import constituent_of, yield_of
from chelate.units import Amount, read_amount

FORMULATIONS = resources.locate("formulations")
STACKS = sorted(FORMULATIONS.glob("stack-*.yaml"))
NAMES = (
    "magnesium-bisglycinate", "glycine", "zinc bisglycinate", "collagen peptides", "fish oil",
    "creatine monohydrate", "magnesium-lysinate-glycinate", "boric acid",
)  # fmt: skip
Item = dict[str, Any]

doses = st.floats(0.5, 20_000).map(lambda dose_mg: f"{dose_mg:.3f} mg")
items = st.fixed_dictionaries({"substance": st.sampled_from(NAMES), "amount": doses})
sittings = st.lists(st.lists(items, min_size=1, max_size=3), min_size=1, max_size=3)


def stack(*takes: list[Item], aims: tuple[Item, ...] = ()) -> Stack:
    """A stack of one sitting for each list of items, at hour 0, 1, 2."""
    sittings = [{"when": f"hour {hour}", "take": take} for hour, take in enumerate(takes)]
    return Stack.model_validate({"stack": "A Day", "sittings": sittings, "aims": aims})


def taken(substance: str, amount: str, **others: Any) -> Item:
    return {"substance": substance, "amount": amount, **others}


def mg_of(day: Day, name: str, when: str | None = None) -> float:
    total = day.total(name)
    return total.at(when).mg if total else 0.0


def only_aim(*takes: list[Item], **aim: str) -> Aimed:
    (found,) = day_of(stack(*takes, aims=(aim,))).aims
    return found


def chelate_and_free(aimed: Aimed) -> tuple[Closing, Closing]:
    chelate, free = aimed.closings
    assert (chelate.free, free.free) == (False, True)
    return chelate, free


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["stack", *map(str, arguments)], input=stdin)


def in_one_line(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.fixture(scope="module")
def protocol() -> Day:
    return day_of(files.authored(files.parse(
        files.read_text(FORMULATIONS / "stack-protocol.yaml"), file="stack"), Stack),
        folder=FORMULATIONS)  # fmt: skip


@pytest.mark.parametrize("path", STACKS, ids=lambda path: path.stem)
def test_the_examples_bring_what_they_expect(path: Path) -> None:
    written = files.authored(files.parse(files.read_text(path), file=str(path)), Stack)
    day = day_of(written, folder=path.parent)
    assert written.expect
    for words, text in written.expect.items():
        expected = read_amount(text)
        assert isinstance(expected, Amount)
        assert expected.mass_mg is not None
        found_mg = mg_of(day, constituent_of(words))
        assert expected.mass_mg.low <= found_mg <= expected.mass_mg.high, (words, found_mg)


def test_there_are_example_stacks_of_recipes_labels_and_materials() -> None:
    bases = set()
    for path in STACKS:
        written = files.authored(files.parse(files.read_text(path), file=str(path)), Stack)
        bases |= {each.product.basis for each in day_of(written, folder=path.parent).taken}
    assert bases == {"recipe", "label", "material"}


@given(sittings)
def test_a_total_is_the_sum_of_what_its_contributions_yield(takes: list[list[Item]]) -> None:
    day = day_of(stack(*takes))
    for total in day.totals:
        parts = [
            held
            for take in takes
            for item in take
            for held in yield_of(item["substance"], float(item["amount"].split()[0])).moieties
            if held.id == total.id
        ]
        assert total.day.mg == pytest.approx(sum(part.mg for part in parts))
        assert total.day.range_mg.low == pytest.approx(sum(p.range_mg.low for p in parts))
        assert total.day.range_mg.high == pytest.approx(sum(p.range_mg.high for p in parts))
        assert sum(held.mg for _, held in total.sittings) == pytest.approx(total.day.mg)
        assert sum(each.fraction for each in total.contributions) == pytest.approx(1)


@given(sittings, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(takes: list[list[Item]], random: Any) -> None:
    shuffled = [random.sample(take, len(take)) for take in takes]
    assert [(t.day, dict(t.sittings)) for t in day_of(stack(*takes)).totals] == [
        (t.day, dict(t.sittings)) for t in day_of(stack(*shuffled)).totals
    ]


@given(st.integers(1, 40), st.sampled_from([path.name for path in FORMULATIONS.glob("*capsule*")]))
def test_twice_the_servings_is_twice_the_contribution(quarters: int, name: str) -> None:
    assume(not name.startswith(("design", "stack")))
    once = day_of(stack([{"file": name, "servings": f"{quarters}/4"}]), folder=FORMULATIONS)
    twice = day_of(stack([{"file": name, "servings": f"{quarters}/2"}]), folder=FORMULATIONS)
    assert once.totals
    for one, two in zip(once.totals, twice.totals, strict=True):
        assert two.day.mg == pytest.approx(2 * one.day.mg)
        assert two.day.range_mg.high == pytest.approx(2 * one.day.range_mg.high)


@given(sittings, st.floats(1, 30_000))
def test_closing_a_gap_by_the_said_amount_reaches_the_aim_exactly(
    takes: list[list[Item]], least_mg: float
) -> None:
    aim = {"of": "glycine", "at_least": f"{least_mg:.3f} mg", "when": "hour 0"}
    (before,) = day_of(stack(*takes, aims=(aim,))).aims
    assume(before.missing_mg > 0.01)
    for closing in before.closings:
        name = "glycine" if closing.free else "magnesium-bisglycinate"
        if not closing.free and closing.product:
            name = next(i["substance"] for i in takes[0] if _is(i, closing.product))
        more = taken(name, f"{closing.dose_mg:.9f} mg")
        day = day_of(stack([*takes[0], more], *takes[1:], aims=(aim,)))
        assert day.aims[0].found.mg == pytest.approx(before.at_least_mg, rel=1e-9)
        for change in closing.changes:
            assert mg_of(day, change.more.id) == pytest.approx(change.after_mg, rel=1e-8)


def _is(item: Item, product: str) -> bool:
    return yield_of(item["substance"], 1.0).name == product


def test_three_grams_of_glycine_from_bisglycinate_bring_485_7_mg_magnesium() -> None:
    aimed = only_aim([taken("vitamin c", "100 mg")], of="glycine", at_least="3 g")
    chelate, free = chelate_and_free(aimed)
    (change,) = chelate.changes
    assert (aimed.outcome, aimed.found.mg, chelate.product) == ("missed", 0, None)
    assert chelate.dose_mg == pytest.approx(3445.3, abs=0.5)
    assert change.after_mg == pytest.approx(485.7, abs=0.05)
    shares = {level.name: round(100 * level.fraction) for level in change.levels}
    assert shares["upper level, IOM"] == 139
    assert shares["upper level, SCF/EFSA"] == 194
    assert shares["Daily Value, US 2016"] == 116
    assert (free.dose_mg, free.changes) == (3000, ())


def test_a_gap_is_closed_by_the_chelate_that_the_sitting_has() -> None:
    lysinate = taken("magnesium-lysinate-glycinate", "1 g")
    aimed = only_aim(
        [taken("magnesium-bisglycinate", "3 g")], [lysinate, taken("zinc bisglycinate", "50 mg")],
        of="glycine", at_least="3 g", when="Hour  1",
    )  # fmt: skip
    chelate, _ = chelate_and_free(aimed)
    assert chelate.product == "Magnesium lysinate glycinate, anhydrous"
    own_mg = 1000 * 75.067 / 243.546 + 50 * 2 * 75.067 / 213.498
    assert aimed.missing_mg == pytest.approx(3000 - own_mg, abs=0.01)
    (change,) = chelate.changes
    assert change.more.mg == pytest.approx(aimed.missing_mg * 24.305 / 75.067, rel=1e-5)
    assert change.before.mg == pytest.approx((3000 / 172.423 + 1000 / 243.546) * 24.305, rel=1e-5)
    assert [held.id for held in chelate.besides] == ["l-lysine"]


def test_an_aim_is_reached_missed_or_reached_in_part_of_the_range() -> None:
    collagen = [taken("collagen peptides", "15 g")]
    outcomes = {
        least: only_aim(collagen, of="glycine", at_least=least).outcome
        for least in ("2.8 g", "3 g", "4 g", "5 g")
    }
    assert outcomes == {
        "2.8 g": "reached", "3 g": "reached in part of the range",
        "4 g": "reached in part of the range", "5 g": "missed",
    }  # fmt: skip
    by_figure = only_aim(collagen, of="glycine", at_least="3 g")
    assert (by_figure.missing_mg, by_figure.closings) == (0, ())
    assert by_figure.missing_range_mg.high == pytest.approx(3000 - 15000 * 0.1905)


def test_an_aim_exactly_met_is_reached() -> None:
    thirds = [taken("glycine", "0.1 g")] * 3
    assert only_aim(thirds, of="glycine", at_least="0.3 g").outcome == "reached"


def test_more_of_an_element_is_closed_by_its_source_and_by_nothing_free() -> None:
    aimed = only_aim([taken("magnesium oxide", "100 mg")], of="magnesium", at_least="200 mg")
    (closing,) = aimed.closings
    assert closing.product == "Magnesium oxide"
    assert closing.dose_mg == pytest.approx(200 / 0.60304 - 100, abs=0.1)


def test_collagen_is_a_range_and_not_a_third(protocol: Day) -> None:
    (collagen,) = (t for t in protocol.taken if t.product.name == "Collagen peptides")
    (glycine,) = collagen.brings
    assert glycine.mg == pytest.approx(3210)
    assert (glycine.range_mg.low, glycine.range_mg.high) == pytest.approx((2857.5, 4110))
    assert "by count" in " ".join(collagen.product.remarks)


def test_magnesium_of_every_product_counts_for_the_levels_of_supplements(protocol: Day) -> None:
    magnesium = protocol.total("magnesium")
    assert magnesium is not None
    assert [held.mg for _, held in magnesium.sittings] == pytest.approx([303.8, 200.2], abs=0.05)
    exceeded = {level.name: level.exceeded for level in magnesium.levels if level.kind == "UL"}
    assert exceeded.pop("upper level, IOM")
    assert exceeded.pop("upper level, SCF/EFSA")
    shares = [round(each.fraction, 3) for each in magnesium.contributions]
    assert shares == [0.603, 0.397]


def test_a_product_at_two_sittings_counts_twice_and_more_than_its_file_states_is_said() -> None:
    item = {"file": "bisglycinate-capsule.yaml"}
    day = day_of(stack([item], [item | {"servings": "1/2"}]), folder=FORMULATIONS)
    assert mg_of(day, "magnesium") == pytest.approx(1.5 * 200.2)
    assert mg_of(day, "magnesium", "hour 1") == pytest.approx(100.1)
    (said,) = day.remarks
    assert said.endswith(": 1.5 servings a day are in the stack; its own file states 1.")
    assert not day_of(stack([item]), folder=FORMULATIONS).remarks


def test_servings_that_a_file_does_not_limit_are_not_spoken_of(tmp_path: Path) -> None:
    recipe = "product: Plain\ninputs: [{substance: glycine, amount: 1 g}]"
    (tmp_path / "plain.yaml").write_text(recipe)
    day = day_of(stack([{"file": "plain.yaml", "servings": "3"}]), folder=tmp_path)
    assert (mg_of(day, "glycine"), day.remarks) == (3000, ())


def test_a_stated_loss_widens_the_range_to_the_end_of_the_shelf_life(tmp_path: Path) -> None:
    recipe = "product: Plain\ninputs: [{substance: glycine, amount: 1 g, loss: 10 %}]"
    (tmp_path / "plain.yaml").write_text(recipe)
    (glycine,) = day_of(stack([{"file": "plain.yaml"}]), folder=tmp_path).totals
    assert glycine.day.mg == 1000
    assert (glycine.day.range_mg.low, glycine.day.range_mg.high) == pytest.approx((900, 1000))


def on_a_label(tmp_path: Path, *rows: str) -> Day:
    label = tmp_path / "label.yaml"
    label.write_text("product: Deep Wharf\nfacts:\n" + "".join(f"  - {row}\n" for row in rows))
    return day_of(stack([{"file": "label.yaml"}]), folder=tmp_path)


def said(day: Day) -> str:
    return " ".join(said for each in day.taken for said in each.product.remarks)


def test_every_row_of_a_label_with_a_mass_is_counted(tmp_path: Path) -> None:
    day = on_a_label(
        tmp_path,
        "{name: Vitamin D3, amount: 25 mcg}",
        "{name: Zinc (as zinc bisglycinate), amount: 15 mg}",
        "{name: Creatine monohydrate, amount: 5 g}",
        "{name: Fish oil, amount: 1 g, contains: [{name: EPA, amount: 180 mg}]}",
        "{name: Collagen peptides, amount: 10 g}",
    )
    found = {total.id: total.day.mg for total in day.totals}
    assert found.pop("vitamin-d") == pytest.approx(0.025)
    assert found.pop("zinc") == 15
    assert found.pop("glycine") == pytest.approx(15 * 2 * 75.067 / 65.38 + 2140, abs=0.05)
    assert found.pop("creatine") == pytest.approx(5000 * 131.135 / 149.150, abs=0.05)
    assert found.pop("epa") == 180
    assert not found
    assert "by count" in said(day)


def test_what_a_label_has_no_mass_or_no_composition_of_is_said(tmp_path: Path) -> None:
    day = on_a_label(
        tmp_path,
        "{name: Vitamin E, amount: 400 IU}",
        "{name: Root of a tree, amount: 20 mg}",
        "{name: Zinc, amount: 15 mg}",
    )
    assert [total.id for total in day.totals] == ["zinc"]
    assert "no mass of it is printed readably: Vitamin E (400 IU)." in said(day)
    assert "not in the catalogue: Root of a tree (20 mg)." in said(day)


def test_glycine_in_a_row_of_its_own_may_be_that_of_the_chelate(tmp_path: Path) -> None:
    chelate = "{name: Magnesium (as magnesium bisglycinate), amount: 200 mg}"
    same = on_a_label(tmp_path, chelate, "{name: Glycine, amount: 1235 mg}").total("glycine")
    more_day = on_a_label(tmp_path, chelate, "{name: Glycine, amount: 3 g}")
    more = more_day.total("glycine")
    assert same is not None
    assert more is not None
    assert same.day.mg == pytest.approx(1235.4, abs=0.1)
    assert same.day.range_mg.low == pytest.approx(1235.4, abs=0.1)
    assert same.day.range_mg.high == pytest.approx(1235.4 + 1235, abs=0.1)
    assert more.day.mg == 3000
    assert more.day.range_mg.high == pytest.approx(4235.4, abs=0.1)
    assert more.day.range_mg.low == 3000
    assert "in a row of its own" in said(more_day)


@pytest.mark.parametrize("printed", ["1 g", "1.0 g", "1,000 mg", "1000 mg"])
def test_the_digits_of_a_row_do_not_tell_whether_it_counts_the_sources(
    printed: str, tmp_path: Path
) -> None:
    # 1,000 mg bisglycinate bring at most 870.7 mg glycine (2 × 75.067 / 172.423).
    row = '{name: "Magnesium (as magnesium glycinate 1,000 mg)", amount: 140 mg}'
    glycine = on_a_label(tmp_path, row, f'{{name: Glycine, amount: "{printed}"}}').total("glycine")
    assert glycine is not None
    assert (glycine.day.mg, glycine.day.range_mg.low) == (1000, 1000)
    assert glycine.day.range_mg.high == pytest.approx(1870.7, abs=0.1)


BLEND = """{name: Calm Blend, amount: "3,500 mg", contains: [
    {name: Glycine}, {name: Taurine}, {name: L-Theanine}, {name: Creatine, amount: 1 g}]}"""


def test_what_stands_in_a_blend_without_a_mass_may_be_as_much_as_is_left_of_it(
    tmp_path: Path,
) -> None:
    chelate = "{name: Magnesium (as magnesium bisglycinate), amount: 100 mg}"
    day = on_a_label(tmp_path, chelate, BLEND)
    taurine, glycine = day.total("taurine"), day.total("glycine")
    assert taurine is not None
    assert glycine is not None
    assert (taurine.day.text, taurine.day.range_mg) == ("not known", Interval(0.0, 2500.0))
    assert glycine.day.mg == pytest.approx(617.7, abs=0.05)
    assert glycine.day.range_mg.high == pytest.approx(3117.7, abs=0.05)
    assert not glycine.day.known
    assert "“Glycine” and “Taurine” stand in “Calm Blend” without a mass" in said(day)
    assert "L-Theanine (in Calm Blend)" in said(day)


def test_a_source_of_what_is_declared_brings_no_more_of_it_by_standing_in_a_blend(
    tmp_path: Path,
) -> None:
    day = on_a_label(
        tmp_path,
        "{name: Zinc, amount: 15 mg}",
        "{name: Mineral Blend, amount: 1 g, contains: [{name: Zinc oxide}, {name: Taurine}]}",
    )
    assert mg_of(day, "zinc") == 15
    assert [total.id for total in day.totals] == ["zinc", "taurine"]


def test_a_blend_may_name_its_members_in_brackets(tmp_path: Path) -> None:
    day = on_a_label(
        tmp_path,
        "{name: Magnesium, amount: 100 mg}",
        '{name: "Rest Matrix (glycine, magnesium taurate)", amount: 1 g}',
    )
    glycine, taurine = day.total("glycine"), day.total("taurine")
    assert mg_of(day, "magnesium") == 100
    assert glycine is not None
    assert taurine is not None
    assert glycine.day.range_mg == Interval(0.0, 1000.0)
    # Mg(C2H6NO3S)2, 272.63 g/mol, holds two taurine of 125.15 g/mol: 91.8 %.
    assert taurine.day.range_mg.high == pytest.approx(918.1, abs=0.2)
    assert "Rest Matrix" in said(day)
    assert "not in the catalogue" not in said(day)


def test_what_bounds_nothing_is_said_not_to_be_counted(tmp_path: Path) -> None:
    day = on_a_label(tmp_path, "{name: Calm Blend, contains: [{name: Taurine}]}")
    assert "no mass of it is printed readably: Taurine (in Calm Blend)." in said(day)


def test_an_aim_for_what_stands_in_a_blend_is_not_called_missed(tmp_path: Path) -> None:
    (tmp_path / "label.yaml").write_text(f"product: Calm\nfacts:\n  - {BLEND}\n")
    stack = Stack.model_validate({
        "stack": "One", "sittings": [{"when": "evening", "take": [{"file": "label.yaml"}]}],
        "aims": [{"of": "taurine", "at_least": "1 g"}, {"of": "taurine", "at_least": "3 g"}],
    })  # fmt: skip
    assert [aim.outcome for aim in day_of(stack, folder=tmp_path).aims] == ["not known", "missed"]


@pytest.mark.parametrize(
    ("row", "beside", "outcome"),
    [
        ("{name: Calm Blend, contains: [{name: Taurine}, {name: Glycine}]}", "0 mg", "not known"),
        ("{name: Taurine}", "0 mg", "not known"),
        ("{name: Calm Blend, contains: [{name: Taurine}]}", "400 mg", "not known"),
        ("{name: Calm Blend, contains: [{name: Taurine}]}", "1 g", "reached"),
        ("{name: Calm Blend, contains: [{name: Glycine}]}", "0 mg", "missed"),
    ],
)
def test_an_aim_for_what_nothing_bounds_is_not_known_and_not_missed(
    tmp_path: Path, row: str, beside: str, outcome: str
) -> None:
    (tmp_path / "label.yaml").write_text(f"product: Calm\nfacts:\n  - {row}\n")
    own = [] if beside == "0 mg" else [{"substance": "taurine", "amount": beside}]
    made = stack([{"file": "label.yaml"}, *own], aims=({"of": "taurine", "at_least": "1 g"},))
    (aimed,) = day_of(made, folder=tmp_path).aims
    assert aimed.outcome == outcome
    assert bool(aimed.closings) == (outcome == "missed")
    assert ("what Calm names without a mass" in aim_outcome(aimed)) == (outcome == "not known")
    assert ("400 mg" in aim_outcome(aimed)) == (beside == "400 mg")


def test_a_declared_mass_is_counted_beside_sources_that_cannot_give_it(tmp_path: Path) -> None:
    day = on_a_label(
        tmp_path, '{name: "Magnesium (from 1,000 mg magnesium taurate)", amount: 200 mg}'
    )
    assert mg_of(day, "magnesium") == 200
    assert mg_of(day, "taurine") == pytest.approx(918.2, abs=0.05)
    assert "less than the 200 mg claimed" in said(day)


def test_a_row_nested_in_one_of_the_same_nutrient_is_not_counted_twice(tmp_path: Path) -> None:
    inner = "contains: [{name: Vitamin K1, amount: 40 mcg}, {name: Vitamin K2, amount: 50 mcg}]"
    day = on_a_label(tmp_path, f"{{name: Vitamin K, amount: 90 mcg, {inner}}}")
    assert mg_of(day, "vitamin-k") == pytest.approx(0.09)


def test_about_and_ranges_on_a_label_stay_as_wide_as_they_are(tmp_path: Path) -> None:
    day = on_a_label(tmp_path, "{name: Zinc, amount: about 10 mg}", "{name: Copper, amount: 1 mg}")
    widths = {t.id: t.day.range_mg.high - t.day.range_mg.low for t in day.totals}
    assert widths["zinc"] > 1
    assert widths["copper"] == 0


def test_a_record_of_a_file_of_several_is_named_by_number_or_product() -> None:
    table = resources.locate("labels") / "table-three-products.csv"
    for record in ("row 2", "tern bay magnesium glycinate"):
        day = day_of(stack([{"file": str(table), "record": record}]))
        assert mg_of(day, "magnesium") == 200
    with pytest.raises(EntryError, match=r"take\[0\].record: .* holds several labels; expected"):
        day_of(stack([{"file": str(table)}]))
    with pytest.raises(EntryError, match=r'found "row 9", expected .* did you mean row'):
        day_of(stack([{"file": str(table), "record": "row 9"}]))


@pytest.mark.parametrize(
    ("item", "place", "message"),
    [
        ("{file: none.yaml}", "5:16", "none.yaml: there is no such file"),
        ("{file: broken.yaml}", "5:16", "broken.yaml:2:10: inputs[0]"),
        ("{file: bad.yaml}", "5:16", 'bad.yaml:4:13: inputs[0].amount: found "-5 mg", a negative'),
        ("{file: stack.yaml}", "5:16", "stack.yaml:1:1: this is a stack; expected a formulation"),
        ("{file: plain.yaml, servings: 0}", "5:38", "expected a number of servings above zero"),
        ("{file: plain.yaml, servings: -1}", "5:38", "expected a number of servings above zero"),
        ("{file: plain.yaml, servings: 1/0}", "5:38", 'found "1/0"'),
        ("{file: plain.yaml, servings: ½}", "5:38", 'such as "2", "0.5" or "1/2"'),
        ("{file: plain.yaml, record: a}", "5:36", "holds one formulation; expected no record"),
        ("{file: plain.yaml, amount: 3 g}", "5:9", "expected servings, not an amount"),
        ("{file: plain.yaml, assay: 3 %}", "5:9", "found assay, which does not go with a file"),
        ("{substance: glycine}", "5:9", "expected an amount with the substance"),
        ("{substance: glycine, amount: 1 g, servings: 2}", "5:9", "found servings, which does not"),
        ("{substance: glycine, amount: 3 IU}", "5:38", "expected a mass"),
        ("{substance: glycine, amount: 1 g, assay: 300 %}", "5:50", "at most 100 %"),
        ("{substance: unheard of, amount: 1 g}", "5:21", 'found "unheard of"'),
        ("{amount: 1 g}", "5:9", "expected one of file and substance"),
    ],
)
def test_a_bad_item_is_told_with_its_line(
    tmp_path: Path, item: str, place: str, message: str
) -> None:
    (tmp_path / "plain.yaml").write_text(
        "product: Plain\ninputs:\n  - {substance: glycine, amount: 1 g}\n"
    )
    (tmp_path / "bad.yaml").write_text(
        "product: Bad\ninputs:\n  - substance: glycine\n    amount: -5 mg\n"
    )
    (tmp_path / "broken.yaml").write_text("product: Bad\ninputs: [{}]\n")
    written = tmp_path / "stack.yaml"
    written.write_text(f"stack: S\nsittings:\n  - when: x\n    take:\n      - {item}\n")
    result = run(written)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"error: {written}:{place}: " in result.stderr
    assert message in result.stderr


@pytest.mark.parametrize(
    ("aim", "message"),
    [
        (
            {"of": "glycine", "at_least": "3 g", "when": "hour 7"},
            r"\(hour 0\); did you mean hour 0",
        ),
        ({"of": "glicine", "at_least": "3 g"}, r"aims\[0\].of: .* did you mean glycine"),
        ({"of": "glycine", "at_least": "lots"}, r"aims\[0\].at_least: .* expected a mass"),
    ],
)
def test_a_bad_aim_is_told(aim: Item, message: str) -> None:
    with pytest.raises(EntryError, match=message):
        day_of(stack([taken("glycine", "1 g")], aims=(aim,)))


def test_two_sittings_of_the_same_time_are_refused() -> None:
    take = [taken("glycine", "1 g")]
    sittings = [{"when": "Evening", "take": take}, {"when": "evening ", "take": take}]
    with pytest.raises(EntryError, match=r"sittings\[1\].when: found .* twice"):
        day_of(Stack.model_validate({"stack": "S", "sittings": sittings}))


def test_a_defined_material_names_where_its_composition_comes_from() -> None:
    define = {"holds": {"glycine": "19-27 %"}, "source": "certificate 7"}
    day = day_of(stack([taken("broth powder", "10 g", define=define)]))
    (total,) = day.totals
    assert (total.day.range_mg.low, total.day.range_mg.high) == pytest.approx((1900, 2700))
    assert said(day) == "broth powder: composition by certificate 7."


def test_constituents_that_the_catalogue_has_not_add_up_by_their_names() -> None:
    root = {"define": {"holds": {"Withanolides": "5 %"}}}
    leaf = {"define": {"holds": {"withanolides": "min 10 %"}}}
    aim = {"of": "withanolides", "at_least": "40 mg"}
    items = [taken("root extract", "300 mg", **root)], [taken("leaf extract", "200 mg", **leaf)]
    day = day_of(stack(*items, aims=(aim,)))
    (total,) = day.totals
    assert total.id == "withanolides"
    assert total.day.mg == pytest.approx(15 + 20)
    assert (total.day.range_mg.low, total.day.range_mg.high) == pytest.approx((13.5 + 20, 216.5))
    (aimed,) = day.aims
    assert aimed.found.mg == pytest.approx(35)


def test_the_text_says_totals_shares_limits_aims_cautions_and_constants() -> None:
    result = run(FORMULATIONS / "stack-protocol.yaml")
    assert result.exit_code == 0
    text = in_one_line(result)
    assert "1 serving (2 capsules) Slow Harbour Magnesium Bisglycinate, by its recipe" in text
    assert "30-60 minutes before bed: Slow Harbour Magnesium Bisglycinate 200.2 mg" in text
    assert "60.3 %" in text
    assert "upper level, IOM (supplements only) 350 mg 144 % exceeds" in text
    assert "counts what every product of the stack brings, and not food" in text
    assert "count food too, which comes on top" in text
    assert "missed, 1,763 mg short" in text
    assert "504.0 mg + 285.5 mg = 789.5 mg magnesium a day" in text
    assert "with glycine itself takes 1,763 mg and brings no element: magnesium stays" in text
    assert "Grams times 0.33 would be too much." in text
    assert text.count("With impaired kidney function") == 1
    assert "Atomic weights: IUPAC 2021" in text
    assert "Gelatin Handbook" in text
    assert "Working" not in text


def test_a_level_between_the_ends_of_the_range_is_exceeded_in_part_of_it(tmp_path: Path) -> None:
    written = tmp_path / "s.yaml"
    item = "{substance: magnesium bisglycinate, amount: 2 g, assay: 12-13 % magnesium}"
    written.write_text(f"stack: S\nsittings: [{{when: noon, take: [{item}]}}]")
    text = in_one_line(run(written))
    assert "SCF/EFSA (supplements only) 250 mg 100 % exceeds in part of the range" in text
    assert "IOM (supplements only) 350 mg 71 % upper level" in text
    written.write_text(written.read_text().replace("12-13", "12.2-14"))
    text = in_one_line(run(written))
    assert "SCF/EFSA (supplements only) 250 mg 105 % exceeds in part of the range" in text
    written.write_text(written.read_text().replace("2 g", "4 g"))
    text = in_one_line(run(written))
    assert "SCF/EFSA (supplements only) 250 mg 210 % exceeds upper level" in text
    assert "Daily Value, US 2016 420 mg 125 % NRV" in text


def test_the_working_of_every_figure_is_shown_on_request() -> None:
    text = in_one_line(run(FORMULATIONS / "stack-label-and-recipe.yaml", "--show-working"))
    assert "34.4 mg + 0.5 × 1,236 mg + 2,998 mg = 3,651 mg glycine a day" in text
    assert "0.5 × 200 mg = 100 mg magnesium a day" in text
    assert "100 mg / 350 mg = 29 % of the upper level, IOM" in text
    assert "200 mg − 100 mg = 100 mg magnesium missing" in text
    assert "200 mg / 350 mg = 57 % of the upper level, IOM" in text


def test_json_says_the_same_for_programs() -> None:
    path = FORMULATIONS / "stack-protocol.yaml"
    result = run(path, "--format", "json")
    found = json.loads(result.stdout)
    assert found["version"] == 1
    assert list(found) == (
        "version stack market sittings totals aims remarks constants references cautions".split()
    )
    totals = {total["id"]: total for total in found["totals"]}
    magnesium = totals["magnesium"]
    assert magnesium["mg"] == pytest.approx(143.98 + 99.80 + 60 + 200.2, abs=0.05)
    assert [each["when"] for each in magnesium["sittings"]] == [
        "morning", "30-60 minutes before bed",
    ]  # fmt: skip
    assert sum(each["fraction"] for each in magnesium["contributions"]) == pytest.approx(1)
    assert {level["kind"] for level in magnesium["beside"]} == {"DV", "NRV", "UL"}
    evening, morning = found["aims"]
    assert (evening["outcome"], morning["outcome"]) == ("missed", "missed")
    assert [closing["free"] for closing in evening["closings"]] == [False, True]
    assert evening["closings"][0]["changes"][0]["after_mg"] == pytest.approx(789.5, abs=0.05)
    assert {caution["of"] for caution in found["cautions"]} == {"magnesium", "zinc"}


def test_a_stack_of_nothing_that_is_known_still_says_what_an_aim_would_take(
    tmp_path: Path,
) -> None:
    label = "product: Root\nfacts: [{name: Root of a tree, amount: 20 mg}]"
    (tmp_path / "root.yaml").write_text(label)
    (tmp_path / "s.yaml").write_text(
        "stack: S\nsittings: [{when: noon, take: [{file: root.yaml}]}]\n"
        "aims: [{of: glycine, at_least: 1 g}]"
    )
    text = in_one_line(run(tmp_path / "s.yaml", "--show-working"))
    assert "Nothing that the stack holds can be counted." in text
    assert "0 mg + 161.9 mg = 161.9 mg magnesium a day" in text
    assert text.count("With impaired kidney function") == 1


def test_a_stack_is_read_from_standard_input() -> None:
    text = "stack: S\nsittings: [{when: noon, take: [{substance: glycine, amount: 1 g}]}]"
    result = run("-", stdin=text)
    assert result.exit_code == 0
    assert result.stdout.startswith("S: 1 sitting a day")


@pytest.mark.parametrize(
    ("command", "file", "message"),
    [
        ("stack", "glycine-powder.yaml", "this is a formulation; expected a stack"),
        ("yield", "stack-protocol.yaml", "this is a stack"),
        ("check", "stack-protocol.yaml", "this is a stack"),
    ],
)
def test_a_file_of_another_kind_is_named_as_such(command: str, file: str, message: str) -> None:
    result = CliRunner().invoke(main, [command, str(FORMULATIONS / file)])
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_aim_names_its_sitting_by_a_part_of_its_words() -> None:
    take = [taken("glycine", "1 g")]
    whens = ("midday, with food", "30-60 minutes before bed", "evening, with food")
    day = {"stack": "S", "sittings": [{"when": when, "take": take} for when in whens]}

    def at(when: str) -> str | None:
        aim = {"of": "glycine", "at_least": "1 g", "when": when}
        return day_of(Stack.model_validate({**day, "aims": [aim]})).aims[0].when

    assert at("Before bed") == "30-60 minutes before bed"
    assert at("midday") == "midday, with food"
    for when, words in (("with food", "one of midday, with food and evening"), ("be", "a sitting")):
        with pytest.raises(EntryError, match=words):
            at(when)


def test_products_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(
            "product: Same\ninputs: [{substance: glycine, amount: 1 g}]\n"
        )
    (tmp_path / "label.yaml").write_text(
        "product: Same\nfacts:\n  - {name: Magnesium (as magnesium oxide), amount: 100 mg}\n"
    )

    def names(*take: Item) -> list[str]:
        return [each.name for each in day_of(stack([*take]), folder=tmp_path).taken]

    one, two, label = ({"file": f"{name}.yaml"} for name in ("one", "two", "label"))
    assert names(one, label) == ["Same (by its recipe)", "Same (by its label)"]
    assert names(one, two, one) == ["Same (one.yaml)", "Same (two.yaml)", "Same (one.yaml)"]
    assert names(one, taken("glycine", "1 g"), taken("glycine", "2 g")) == [
        "Same", "Glycine (1,000 mg)", "Glycine (2,000 mg)",
    ]  # fmt: skip


def test_a_molecule_that_the_catalogue_lacks_is_totalled_and_aimed_at(tmp_path: Path) -> None:
    theanine = {"substance": "L-Theanine", "define": {"formula": "C7H14N2O3"}}
    (tmp_path / "calm.yaml").write_text(
        "product: Calm\ninputs: [{substance: l-theanine, define: {formula: C7H14N2O3}, "
        "amount: 100 mg}]\n"
    )
    aim = {"of": "L-theanine", "at_least": "500 mg"}
    written = stack([{**theanine, "amount": "200 mg"}, {"file": "calm.yaml"}], aims=(aim,))
    day = day_of(written, folder=tmp_path)
    assert mg_of(day, "l-theanine") == 300
    (closing,) = day.aims[0].closings
    assert (closing.name, closing.dose_mg, closing.free) == ("L-theanine", 200, True)


TWO_SOURCES = "{name: 'Magnesium (as magnesium bisglycinate, magnesium oxide)', amount: 400 mg}"


def test_what_a_source_beside_another_may_bring_is_not_known_and_counts_as_a_range(
    tmp_path: Path,
) -> None:
    day = on_a_label(tmp_path, TWO_SOURCES)
    glycine = day.total("glycine")
    assert glycine is not None
    most_mg = 400.5 * 2 * 75.067 / 24.305
    assert (glycine.day.text, glycine.day.range_mg.low) == ("not known", 0)
    assert glycine.day.range_mg.high == pytest.approx(most_mg, rel=1e-4)
    assert any("may bring 0–2,474 mg glycine" in each.product.remarks[-1] for each in day.taken)
    assert "not known" in [cell for row in totals_rows(day) for cell in row]


@pytest.mark.parametrize(
    ("least", "outcome"), [("2 g", "not known"), ("2.4 g", "not known"), ("2.5 g", "missed")]
)
def test_an_aim_that_an_open_share_may_reach_is_not_known_and_not_missed(
    tmp_path: Path, least: str, outcome: str
) -> None:
    (tmp_path / "label.yaml").write_text(f"product: Deep Wharf\nfacts:\n  - {TWO_SOURCES}\n")
    made = stack([{"file": "label.yaml"}], aims=({"of": "glycine", "at_least": least},))
    (aimed,) = day_of(made, folder=tmp_path).aims
    assert aimed.outcome == outcome
    assert bool(aimed.closings) == (outcome == "missed")
    assert ("Not known: 0–2,474 mg" in aim_outcome(aimed)) == (outcome == "not known")


def test_what_is_known_beside_an_open_share_stays_the_figure(tmp_path: Path) -> None:
    row = "{name: Glycine, amount: 1 g}"
    glycine = on_a_label(tmp_path, TWO_SOURCES, row).total("glycine")
    assert glycine is not None
    assert (glycine.day.mg, glycine.day.known, glycine.day.range_mg.low) == (1000, False, 1000)
    assert glycine.day.range_mg.high == pytest.approx(3474, abs=1)


def test_a_share_that_is_printed_leaves_nothing_open(tmp_path: Path) -> None:
    row = "{name: 'Magnesium (from 200 mg magnesium bisglycinate, magnesium oxide)', "
    glycine = on_a_label(tmp_path, row + "amount: 400 mg}").total("glycine")
    assert glycine is not None
    assert glycine.day.known
    assert glycine.day.text == "174.1 mg"


def test_what_is_true_of_many_sources_is_said_once(tmp_path: Path) -> None:
    day = on_a_label(
        tmp_path,
        "{name: Zinc (as zinc bisglycinate), amount: 10 mg}",
        "{name: Magnesium (as magnesium oxide), amount: 100 mg}",
        "{name: Copper (as copper gluconate), amount: 1 mg}",
    )
    said = [each for each in day.taken[0].product.remarks if "no mass" in each]
    assert len(said) == 1
    assert all(name in said[0] for name in ("zinc bisglycinate (10 mg zinc)", "copper gluconate"))


def test_vitamin_c_is_one_thing_by_recipe_label_and_material(tmp_path: Path) -> None:
    recipe = "product: Plain\ninputs: [{substance: calcium ascorbate, amount: 100 mg}]"
    (tmp_path / "plain.yaml").write_text(recipe)
    row = "{name: Vitamin C (as ascorbic acid), amount: 120 mg}"
    (tmp_path / "label.yaml").write_text(f"product: Deep Wharf\nfacts:\n  - {row}\n")
    items = [{"file": "plain.yaml"}, {"file": "label.yaml"}, taken("ascorbic acid", "500 mg")]
    made = stack(items, aims=({"of": "vitamin C", "at_least": "800 mg"},))
    day = day_of(made, folder=tmp_path)
    assert [total.id for total in day.totals if "ascorb" in total.id] == []
    assert mg_of(day, "vitamin-c") == pytest.approx(620 + 200 * 176.124 / 390.310, rel=1e-4)
    (aimed,) = day.aims
    assert aimed.found.mg == mg_of(day, "vitamin-c")
    assert [closing.name for closing in aimed.closings if closing.free] == ["ascorbic acid"]
