"""Masses as they are written: digits, and micrograms for what is known in micrograms."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue
from chelate.cli import main
from chelate.figures import (
    MassUnit,
    at_least_mass,
    at_most_mass,
    bounds_mass,
    equation,
    mass,
    mass_range,
    stated_mass,
)
from chelate.formulate import delivered
from chelate.formulate.cost import cost_of
from chelate.intervals import Interval
from chelate.models.formulation import Formulation
from chelate.units import Amount, read_amount
from conftest import ROOT

TABLET = ROOT / "formulations" / "zinc-selenium-tablet.yaml"
MASSES = st.floats(1e-6, 1e6)
UNITS = st.sampled_from(("mg", "µg"))
NOISE = 1 + 1e-9
LABEL = """\
product: Low Tarn Trace Minerals
serving: {size: 1 tablet, weight: 500 mg, per_day: "2"}
facts:
  - {name: Selenium (from 121 mcg sodium selenite), amount: 60 mcg, percent_dv: 90 %}
  - {name: Iodine (as potassium iodide), amount: 600 mcg, percent_dv: 400 %}
  - {name: Magnesium (as magnesium oxide), amount: 20 mg, percent_dv: 5 %}
"""
DESIGN = """\
product: Low Tarn Tablet
form: tablet
unit_mass: 20 mg
most_units: 1
objective: least mass
targets:
  - {of: selenium, at_least: 200 mcg}
upper_level: IOM
candidates:
  - {substance: l-selenomethionine, potency: 1 %}
"""
STACK = """\
stack: A Day of Traces
sittings:
  - when: morning
    take:
      - {substance: sodium-selenite, amount: 121 mcg}
      - {substance: potassium-iodide, amount: 196 mcg}
  - when: evening
    take:
      - {substance: l-selenomethionine, amount: 100 mcg}
aims:
  - {of: selenium, at_least: 0.2 mg}
"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exit_code in (0, 1), result.output
    return result.output


@pytest.fixture
def written(tmp_path: Path) -> dict[str, str]:
    """Files of a label, a design and a stack."""
    texts = {"label": LABEL, "design": DESIGN, "stack": STACK}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.yaml") for name in texts}


def read(text: str) -> tuple[float, float]:
    """A written mass in mg, and half a unit of the last digit that is shown of it."""
    found = read_amount(text)
    assert isinstance(found, Amount)
    assert found.value_mg is not None
    assert found.number is not None
    of_number = float(found.number)
    digits = int(found.number.as_tuple().exponent)
    return found.value_mg, found.value_mg / of_number * 10.0**digits / 2


@given(MASSES, UNITS)
def test_a_written_mass_read_back_is_the_same_to_the_digits_shown(
    value_mg: float, unit: MassUnit
) -> None:
    for text in (mass(value_mg, unit), stated_mass(value_mg, unit)):
        read_mg, half_mg = read(text)
        assert abs(read_mg - value_mg) <= half_mg * NOISE


@given(MASSES, UNITS)
def test_what_follows_at_least_is_never_more_and_what_follows_at_most_never_less(
    value_mg: float, unit: MassUnit
) -> None:
    least_mg, _ = read(at_least_mass(value_mg, unit))
    most_mg, _ = read(at_most_mass(value_mg, unit))
    assert least_mg <= value_mg * NOISE
    assert most_mg * NOISE >= value_mg
    assert most_mg - least_mg <= 0.02 * value_mg + 0.2


@given(MASSES, MASSES, UNITS)
def test_a_range_is_written_in_one_unit_and_holds_its_ends(
    one_mg: float, other_mg: float, unit: MassUnit
) -> None:
    ends = Interval(min(one_mg, other_mg), max(one_mg, other_mg))
    for text in (mass_range(ends, unit), bounds_mass(ends, unit)):
        assert text.count("g") == 1
        assert text.endswith(f" {unit}")
    low, _, high = bounds_mass(ends, unit).removesuffix(f" {unit}").partition("–")
    assert read(f"{low} {unit}")[0] <= ends.low * NOISE
    assert read(f"{high or low} {unit}")[0] * NOISE >= ends.high


@given(MASSES, UNITS, UNITS)
def test_a_line_of_arithmetic_ends_in_the_unit_of_its_result_and_passes_by_its_own(
    value_mg: float, reckoned: MassUnit, unit: MassUnit
) -> None:
    _, *results = equation(f"1 {reckoned}", "× 1", value_mg, unit).split(" = ")
    assert [text.rpartition(" ")[2] for text in results] == list(dict.fromkeys((reckoned, unit)))
    assert results[-1] == mass(value_mg, unit)
    for text in results:
        read_mg, half_mg = read(text)
        assert abs(read_mg - value_mg) <= half_mg * NOISE


def test_the_unit_of_a_nutrient_is_that_of_its_reference_values_and_upper_levels() -> None:
    """International units are no mass, and a Daily Value in grams is written in mg."""
    for nutrient in catalogue.nutrients():
        known = [value.unit for value in catalogue.reference_values(nutrient)]
        known += [level.unit for level in catalogue.upper_levels(nutrient)]
        plain = {unit.split()[0] for unit in known} - {"IU"}
        assert plain <= {catalogue.mass_unit(nutrient), "g"}, nutrient
    micro = {name for name in catalogue.nutrients() if catalogue.mass_unit(name) == "µg"}
    assert {"selenium", "iodine", "chromium", "molybdenum", "vitamin-d", "vitamin-b12"} <= micro
    assert {"magnesium", "zinc", "copper", "boron", "vitamin-c"}.isdisjoint(micro)


def test_what_a_formulation_delivers_of_selenium_is_in_micrograms() -> None:
    """15 mg / 0.95 = 15.789 mg × 1 % × 78.971 / 196.119 = 63.58 µg, of 55 µg 115.6 %."""
    output = run("yield", str(TABLET), "--show-working")
    for line in (
        "selenium                       63.6 µg  63.3–63.9 µg      116 %",
        "  Daily Value, US 2016                  55 µg  116 %",
        "  upper level, IOM (all sources)       400 µg   16 %",
        "selenium, at manufacture                 55 mcg    63.6 µg  63.3–63.9 µg       115.6 %",
        "    15.8 mg × 1.000 % = 0.1579 mg = 157.9 µg L-selenomethionine",
        "    157.9 µg × 78.971 / 196.119 = 63.6 µg selenium",
        "    63.6 µg / 400 µg = 16 %, upper level, IOM",
        "    L-selenomethionine: 63.6 µg × (1 − 0.03) = 61.7 µg selenium",
        "    at least 55 µg × 100 % = 55 µg",
        "    0.00496 USD × 100 µg / 63.6 µg = 0.0078 USD per 100 µg selenium",
        "zinc                           16.5 mg  16.5–16.6 mg      150 %",
    ):
        assert line in output.splitlines()


def test_what_a_trace_costs_is_for_a_hundred_micrograms_of_it() -> None:
    made = Formulation(product="Trace", inputs=[
        {"substance": "sodium-selenite", "amount": "121 mcg", "price": "250 USD/kg"},
        {"substance": "zinc-oxide", "amount": "10 mg", "price": "8 USD/kg"}])  # fmt: skip
    cost = cost_of(delivered(made))
    assert cost is not None
    per_mg = {each.id: each.per_mg for each in cost.per_delivered}
    assert per_mg["selenium"] == 0.1
    assert per_mg["zinc"] == 100.0


@pytest.mark.parametrize(("dose", "line"), [
    ("sodium-selenite 121mcg", "121 µg × 78.971 / 172.948 = 55.3 µg selenium"),
    ("sodium-selenite 121mcg", "121 µg × 2 × 22.990 / 172.948 = 32.2 µg = 0.0322 mg sodium"),
    ("chromium-picolinate 1.61mg", "1,610 µg × 51.996 / 418.305 = 200.1 µg chromium"),
    ("chromium-picolinate 16.1mg", "16.1 mg × 51.996 / 418.305 = 2.001 mg = 2,001 µg chromium"),
    ("magnesium-oxide 1.3mg", "1.3 mg × 24.305 / 40.304 = 0.784 mg magnesium"),
])  # fmt: skip
def test_a_source_is_in_micrograms_below_10_mg_and_its_working_in_one_unit(
    dose: str, line: str
) -> None:
    assert f"    {line}" in run("yield", *dose.split(), "--show-working").splitlines()


def test_a_dose_back_from_micrograms_shows_where_they_become_milligrams() -> None:
    """200 µg × 196.119 / 78.971 = 496.7 µg, over 0.5 % 99.3 mg."""
    arguments = ("l-selenomethionine", "--target", "200 mcg selenium", "--potency", "0.5 %")
    output = run("yield", *arguments, "--show-working")
    assert "200 µg selenium × 196.119 / 78.971 = 496.7 µg L-selenomethionine" in output
    assert "496.7 µg / 0.500 % = 99,337 µg = 99.3 mg of the material" in output


def test_a_check_speaks_of_micrograms(written: dict[str, str]) -> None:
    """121.5 µg × 45.662 % = 55.48 µg, 59.5 µg less that 4.02 µg; 90 % of 55 µg is 49.5 µg."""
    output = " ".join(run("check", written["label"]).split())
    assert "at most 55.5 µg fits (45.662 %)" in output
    assert "at least 4.02 µg (6.7 %) of the 60 mcg must come from something other" in output
    assert "1,200 µg of iodine a day exceeds the upper levels of 1,100 µg (IOM" in output
    assert "90 % of it is 49.2–49.8 µg" in output


def test_bounds_and_what_is_read_are_in_micrograms(written: dict[str, str]) -> None:
    bounds = run("bounds", written["label"])
    assert "0–55.5 µg" in bounds
    assert "121.5 µg sodium selenite, anhydrous (55.5 µg)" in " ".join(bounds.split())
    read_out = run("read", written["label"])
    assert "selenium, 59.5–60.5 µg elemental" in read_out
    assert "120.5–121.5 µg of the compound" in " ".join(read_out.split())
    assert "magnesium, 19.5–20.5 mg elemental" in read_out


def test_a_day_of_traces_is_in_micrograms(written: dict[str, str]) -> None:
    """55.3 µg of 121 µg selenite and 40.3 µg of 100 µg selenomethionine: 95.5 µg of 200 µg."""
    output = run("stack", written["stack"], "--show-working")
    assert "55.3 µg + 40.3 µg = 95.5 µg selenium a day" in output
    assert "200 µg − 95.5 µg = 104.5 µg selenium missing" in output
    assert "121 µg Sodium selenite" in output
    assert "149.8 µg / 150 µg = 100 % of the Daily Value, US 2016" in output


def test_a_design_speaks_of_micrograms(written: dict[str, str]) -> None:
    """20 mg × 1 % × 40.267 % = 80.53 µg of the 200 µg wished for."""
    output = run("design", written["design"])
    assert "selenium at least 200 µg: 200 µg of selenium is needed." in output
    assert "= 0.080534 mg = 80.534 µg of selenium at most." in " ".join(output.split())
    assert "200 µg − 80.53 µg = 119.47 µg of selenium more than there can be." in output


def test_a_label_and_its_recipe_differ_in_micrograms(tmp_path: Path) -> None:
    label = tmp_path / "label.yaml"
    label.write_text(
        "product: Fern Hollow Zinc and Selenium\nserving: {size: 1 tablet}\nfacts:\n"
        "  - {name: Zinc (as zinc picolinate), amount: 16 mg, percent_dv: 145%}\n"
        "  - {name: Selenium (as L-selenomethionine), amount: 200 mcg, percent_dv: 364%}\n",
        encoding="utf-8",
    )
    output = " ".join(run("compare", str(TABLET), str(label)).split())
    assert "prints 200 mcg selenium, at least 199.5 µg;" in output
    assert "delivers at most 63.9 µg." in output


@pytest.mark.parametrize(
    ("market", "amount"), [("US", "55 mcg"), ("CA", "55 mcg"), ("EU", "55 µg")]
)
def test_a_panel_prints_micrograms_as_its_market_does(market: str, amount: str) -> None:
    line = next(
        line
        for line in run("panel", str(TABLET), "--market", market).splitlines()
        if line.startswith("Selenium")
    )
    assert amount in line


@pytest.mark.parametrize("name", ["label", "stack", "formulation"])
def test_no_page_writes_a_mass_of_selenium_in_milligrams(
    written: dict[str, str], tmp_path: Path, name: str
) -> None:
    page = tmp_path / "page.html"
    run("report", written.get(name, str(TABLET)), "-o", str(page))
    html = re.sub(r"<(script|style).*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
    text = " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())
    assert re.search(r"\d µg", text)
    assert not re.search(r"\d mg (?:of )?(?:selenium|iodine)(?! \d)", text)
    assert not re.search(r"[Ss]elenium (?:\d[\d.,–]* mg)", text)


def test_data_for_programs_stays_in_milligrams() -> None:
    result = json.loads(run("yield", str(TABLET), "--format", "json"))["results"][0]
    selenium = next(held for held in result["moieties"] if held["id"] == "selenium")
    assert selenium["mg"] == pytest.approx(0.06358, abs=1e-5)
