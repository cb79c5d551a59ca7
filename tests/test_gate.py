"""The coincidence gate: the literature's figures, its sentences as properties, and its refusals."""

from __future__ import annotations

import inspect
import json
import xml.etree.ElementTree as ET
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pint
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from chelate import catalogue, gate
from chelate.cli import main
from chelate.cli.gate import command
from chelate.findings import InputError
from chelate.gate import Gate, coincidence, read_concentration, read_voltage, sweep
from chelate.models import Label
from chelate.models.formulation import Formulation
from chelate.report.gate.figure import chart_view, keys_svg, keys_view, sweep_svg
from chelate.report.pages import environment, stylesheet
from chelate.units import quantity, registry

SVG = "{http://www.w3.org/2000/svg}"
REST = {"glycine": "1uM", "glutamate": "1mM", "magnesium": "1mM", "voltage": "-70mV"}
RECIPE = Formulation.model_validate(
    {"product": "Plain", "inputs": [{"substance": "magnesium-oxide", "amount": "1 g"}]}
)
concentrations = st.floats(0, 1e6)
voltages = st.floats(-200, 200)
subunits = st.sampled_from(gate.SUBUNITS)
blocks = st.sampled_from(list(gate.blocks()))
hills = st.sampled_from([1.0, 1.5])


def gate_of(
    *,
    glutamate_um: Any = 1000.0,
    glycine_um: Any = 10.0,
    d_serine_um: Any = 0.0,
    magnesium_mm: Any = 1.0,
    voltage_mv: Any = -70.0,
    **options: Any,
) -> Gate:
    make = registry().Quantity
    return coincidence(
        glutamate=make(glutamate_um, "µM"),
        glycine=make(glycine_um, "µM"),
        d_serine=make(d_serine_um, "µM"),
        magnesium=make(magnesium_mm, "mM"),
        voltage=make(voltage_mv, "mV"),
        **options,
    )


# Figures of the literature

JAHR_STEVENS = {  # 1 / (1 + [Mg]/3.57 exp(-0.062 V)), by [Mg] in mM, at VOLTAGES_MV
    0.8: [0.030, 0.055, 0.098, 0.167, 0.272, 0.410, 0.564, 0.706, 0.817, 0.939, 0.982],
    1.0: [0.024, 0.044, 0.080, 0.139, 0.230, 0.357, 0.508, 0.658, 0.781, 0.925, 0.977],
    1.2: [0.020, 0.037, 0.067, 0.118, 0.199, 0.317, 0.463, 0.615, 0.748, 0.911, 0.973],
}
VOLTAGES_MV = [-80.0, -70.0, -60.0, -50.0, -40.0, -30.0, -20.0, -10.0, 0.0, 20.0, 40.0]
GLYCINE_UM = [0.1, 0.3, 1.0, 3.0, 6.0, 10.0, 30.0]
OCCUPIED = {  # by GluN2 subunit and Hill coefficient, at GLYCINE_UM
    ("2A", 1.0): [0.07, 0.19, 0.43, 0.70, 0.82, 0.88, 0.96],
    ("2A", 1.5): [0.02, 0.10, 0.40, 0.78, 0.91, 0.96, 0.99],
    ("2B", 1.0): [0.13, 0.30, 0.59, 0.81, 0.90, 0.93, 0.98],
    ("2B", 1.5): [0.05, 0.22, 0.63, 0.90, 0.96, 0.98, 1.00],
    ("2C", 1.0): [0.23, 0.47, 0.75, 0.90, 0.95, 0.97, 0.99],
    ("2C", 1.5): [0.14, 0.45, 0.83, 0.96, 0.99, 0.99, 1.00],
    ("2D", 1.0): [0.43, 0.70, 0.88, 0.96, 0.98, 0.99, 1.00],
    ("2D", 1.5): [0.40, 0.78, 0.96, 0.99, 1.00, 1.00, 1.00],
}


@pytest.mark.parametrize("magnesium_mm", JAHR_STEVENS)
def test_the_block_of_jahr_and_stevens(magnesium_mm: float) -> None:
    found = gate_of(magnesium_mm=magnesium_mm, voltage_mv=np.array(VOLTAGES_MV)).unblocked
    assert found == pytest.approx(JAHR_STEVENS[magnesium_mm], abs=0.00051)


@pytest.mark.parametrize(("voltage_mv", "expected"), [(-70, 0.0445), (0, 0.7812)])
def test_the_block_to_four_digits(voltage_mv: float, expected: float) -> None:
    assert gate_of(voltage_mv=voltage_mv).unblocked == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(("magnesium_mm", "half_mv"), [(1.0, -20.5), (0.8, -24.1), (1.2, -17.6)])
def test_half_of_the_block_is_relieved(magnesium_mm: float, half_mv: float) -> None:
    found = gate_of(magnesium_mm=magnesium_mm, voltage_mv=half_mv)
    assert found.unblocked == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize(("subunit", "hill"), OCCUPIED)
def test_occupancy_by_glycine(subunit: str, hill: float) -> None:
    found = gate_of(glycine_um=np.array(GLYCINE_UM), subunit=subunit, hill=hill)
    assert found.coagonist_site == pytest.approx(OCCUPIED[subunit, hill], abs=0.0051)


@pytest.mark.parametrize(
    ("subunit", "ec50_um"), [("2A", 3.3), ("2B", 2.9), ("2C", 1.7), ("2D", 0.51)]
)
def test_glutamate_at_its_half_maximal_concentration_fills_half(
    subunit: str, ec50_um: float
) -> None:
    assert gate_of(glutamate_um=ec50_um, subunit=subunit).glutamate_site == pytest.approx(0.5)


def test_two_ligands_of_one_site_follow_the_law_of_mass_action() -> None:
    # 1.3 µM glycine and 2.6 µM D-serine, EC50 1.3 µM each: (1 + 2) / (1 + 1 + 2)
    assert gate_of(glycine_um=1.3, d_serine_um=2.6).coagonist_site == pytest.approx(3 / 4)


@pytest.mark.parametrize(
    ("block", "pull"),  # exp(-slope (V - shift)) / k at -70 mV, times 1 mM
    [
        ("mel-1992", 0.33 * np.exp(4.2)),
        ("linaro-2022", np.exp(0.09137 * 72.222) / 9.888),
        ("k-7.51", np.exp(7.0) / 7.51),
    ],
)
def test_the_other_sets_for_the_block(block: str, pull: float) -> None:
    found = gate_of(block=block)
    assert found.unblocked == pytest.approx(1 / (1 + pull))
    assert found.block.id == block


def test_published_sets_differ_more_than_twofold_at_rest() -> None:
    openings = [float(other.opening) for other in gate.with_each_block(gate_of()).values()]
    assert max(openings) > 2 * min(openings)
    assert any("twofold" in limit.text for limit in gate.limits())


def test_the_gate_is_the_product_of_its_factors() -> None:
    found = gate_of(glutamate_um=3.3, glycine_um=1.3, voltage_mv=0)
    assert found.opening == pytest.approx(0.5 * 0.5 * 1 / (1 + 1 / 3.57))


# Sentences


@given(concentrations, concentrations, voltages, subunits, hills)
def test_without_glutamate_it_is_closed(
    glycine: float, magnesium: float, voltage: float, subunit: str, hill: float
) -> None:
    found = gate_of(
        glutamate_um=0,
        glycine_um=glycine,
        magnesium_mm=magnesium / 1000,
        voltage_mv=voltage,
        subunit=subunit,
        hill=hill,
    )
    assert found.opening == 0


@given(concentrations, concentrations, voltages, subunits, hills)
def test_without_any_coagonist_it_is_closed(
    glutamate: float, magnesium: float, voltage: float, subunit: str, hill: float
) -> None:
    found = gate_of(
        glutamate_um=glutamate,
        glycine_um=0,
        d_serine_um=0,
        magnesium_mm=magnesium / 1000,
        voltage_mv=voltage,
        subunit=subunit,
        hill=hill,
    )
    assert found.opening == 0


@given(concentrations, concentrations, st.floats(-100, -40), blocks)
def test_more_magnesium_never_opens_it_at_rest(
    one: float, other: float, rest_mv: float, block: str
) -> None:
    less, more = sorted((one / 1000, other / 1000))
    found = [gate_of(magnesium_mm=m, voltage_mv=rest_mv, block=block) for m in (less, more)]
    assert found[1].opening <= found[0].opening


@given(st.floats(1e-3, 1000), voltages, voltages, blocks)
def test_depolarisation_relieves_the_block(
    magnesium_mm: float, one_mv: float, other_mv: float, block: str
) -> None:
    low, high = sorted((one_mv, other_mv))
    found = [gate_of(magnesium_mm=magnesium_mm, voltage_mv=v, block=block) for v in (low, high)]
    assert found[0].unblocked <= found[1].unblocked
    if high - low > 1 and found[1].unblocked < 0.999:
        assert found[0].unblocked < found[1].unblocked


@given(concentrations, concentrations, subunits, hills)
def test_glycine_and_d_serine_together_never_occupy_less_than_either_alone(
    glycine: float, d_serine: float, subunit: str, hill: float
) -> None:
    both, first, second = (
        float(gate_of(glycine_um=g, d_serine_um=s, subunit=subunit, hill=hill).coagonist_site)
        for g, s in ((glycine, d_serine), (glycine, 0), (0, d_serine))
    )
    assert both >= max(first, second) - 1e-12
    assert both <= 1


@given(concentrations, concentrations, concentrations, concentrations, voltages, blocks)
def test_every_factor_lies_between_nought_and_one(
    glutamate: float, glycine: float, d_serine: float, magnesium: float, voltage: float, block: str
) -> None:
    found = gate_of(
        glutamate_um=glutamate,
        glycine_um=glycine,
        d_serine_um=d_serine,
        magnesium_mm=magnesium / 1000,
        voltage_mv=voltage,
        block=block,
    )
    factors = (found.glutamate_site, found.coagonist_site, found.unblocked, found.opening)
    assert all(0 <= factor <= 1 for factor in factors)


@given(st.floats(1e-3, 1e5), st.floats(1e-3, 1e3), voltages)
def test_the_units_that_are_chosen_do_not_matter(
    glycine_um: float, magnesium_mm: float, voltage_mv: float
) -> None:
    expected = gate_of(glycine_um=glycine_um, magnesium_mm=magnesium_mm, voltage_mv=voltage_mv)
    theirs: Any = pint.UnitRegistry()
    found = coincidence(
        glycine=quantity(glycine_um * 1000, "nM"),
        glutamate=quantity(0.001, "mol / L"),
        magnesium=theirs.Quantity(magnesium_mm * 1000, "umol/L"),
        voltage=theirs.Quantity(voltage_mv / 1000, "V"),
    )
    assert found.opening == pytest.approx(expected.opening, rel=1e-9)


# Arrays


def test_arrays_broadcast_and_agree_with_scalars() -> None:
    glycine, voltage = np.array([[0.1], [1.0], [10.0]]), np.array([-70.0, -20.0])
    found = gate_of(glycine_um=glycine, voltage_mv=voltage)
    assert np.shape(found.opening) == (3, 2)
    expected = [
        [gate_of(glycine_um=g, voltage_mv=v).opening for v in voltage] for g in (0.1, 1, 10)
    ]
    assert np.asarray(found.opening) == pytest.approx(np.array(expected))
    assert isinstance(gate_of().opening, float)


def test_shapes_that_do_not_fit_are_named() -> None:
    with pytest.raises(InputError, match=r"glycine \(2,\).*voltage \(3,\)"):
        gate_of(glycine_um=np.ones(2), voltage_mv=np.ones(3))


# No dose can be passed


@pytest.mark.parametrize("of", ["glycine", "d_serine", "glutamate", "magnesium", "voltage"])
@pytest.mark.parametrize("unit", ["mg", "mol", "g / L", "percent"])
def test_a_quantity_of_another_dimension_is_refused(of: str, unit: str) -> None:
    given_: dict[str, Any] = {
        name: quantity(1, "µM") for name in ("glycine", "d_serine", "glutamate", "magnesium")
    }
    given_ |= {"voltage": quantity(-70, "mV"), of: quantity(200, unit)}
    with pytest.raises(pint.DimensionalityError):
        coincidence(**given_)


@pytest.mark.parametrize("what", [200.0, "200 mg", "1 µM", Label(product="Plain"), RECIPE, None])
def test_only_a_quantity_can_be_passed(what: Any) -> None:
    with pytest.raises(InputError, match="without a unit"):
        coincidence(
            glycine=what,
            glutamate=quantity(1, "mM"),
            magnesium=quantity(1, "mM"),
            voltage=quantity(0, "mV"),
        )


def test_the_signature_takes_quantities_for_every_condition() -> None:
    parameters = inspect.signature(coincidence, eval_str=False).parameters
    conditions = {name: str(each.annotation) for name, each in parameters.items()}
    choices = {"subunit": "str", "block": "str", "hill": "float"}
    assert {name for name, kind in conditions.items() if "Quantity" not in kind} == choices.keys()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"glycine_um": -1.0}, "glycine: .*zero or more"),
        ({"magnesium_mm": 1001.0}, "magnesium: .*more than 1 mol/L"),
        ({"voltage_mv": -70_000.0}, "is the unit right"),
        ({"voltage_mv": np.array([0.0, np.nan])}, "voltage: .*finite"),
        ({"glutamate_um": np.inf}, "glutamate: .*finite"),
        ({"subunit": "3A"}, "2A, 2B, 2C, 2D"),
        ({"block": "mine"}, "jahr-stevens-1990"),
        ({"hill": 3.0}, "1 to 2"),
        ({"hill": np.array([1.0, 1.5])}, "Hill coefficient of array.*expected one number"),
        ({"hill": 1.5 + 0j}, "expected one number"),
        ({"hill": "1.5"}, "expected one number"),
        ({"hill": np.nan}, "Hill coefficient of nan"),
        ({"glycine_um": 1 + 1j}, "glycine: .*expected real figures"),
        ({"voltage_mv": np.array([1j, -70])}, "voltage: .*expected real figures"),
        ({"glycine_um": np.ma.array([1.0, 2.0], mask=[False, True])}, "glycine: .*masked"),
        ({"voltage_mv": np.ma.array([-70.0, np.nan], mask=[False, True])}, "voltage: .*masked"),
        ({"subunit": ["2A"]}, "2A, 2B, 2C, 2D"),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        gate_of(**options)


def test_a_masked_array_in_which_nothing_is_masked_is_an_array() -> None:
    plain, masked = np.array([1.0, 2.0]), np.ma.array([1.0, 2.0], mask=False)
    found = gate_of(glycine_um=masked).opening
    assert np.array_equal(found, gate_of(glycine_um=plain).opening)


def test_a_number_beyond_any_slip_of_the_unit_gets_no_hint_about_units() -> None:
    for text, hint in (("5 M", True), ("1000 M", True), ("1e300M", False)):
        message = run(glutamate=text).output
        assert "more than 1 mol/L" in message
        assert ("is the unit right" in message) == hint


@pytest.mark.filterwarnings("error")
def test_what_was_given_and_found_cannot_be_written_to() -> None:
    voltages_mv = np.array([-70.0, 0.0])
    found = gate_of(voltage_mv=voltages_mv)
    arrays = [getattr(found.conditions, field.name) for field in fields(found.conditions)]
    arrays += [found.unblocked, found.glutamate_site, found.coagonist_site]
    arrays += [sweep(gate_of(), "voltage").gate.conditions.voltage_mv]
    for array in arrays:
        if isinstance(array, np.ndarray):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0
    voltages_mv[0] = 50.0
    assert np.asarray(found.conditions.voltage_mv)[0] == -70.0
    assert isinstance(found.conditions.glycine_umol_per_l, np.ndarray)


# Reading


@pytest.mark.parametrize(
    ("text", "umol_per_l"),
    [
        ("1uM", 1), ("1 µM", 1), ("1 \u03bcM", 1), ("0.8mM", 800), ("5 nM", 0.005), ("1e-6 M", 1),
        ("2 mol/L", 2e6), ("3 umol/L", 3), ("3 µmol/l", 3), ("4 nmol/L", 0.004), ("0 uM", 0),
        ("1 mol/m^3", 1000), ("1 mol/m³", 1000), ("2 mmol/m3", 2), ("5 µmol / m**3", 0.005),
        ("1 mmol/dm^3", 1000), ("2 millimolar", 2000), ("1e-12 mM", 1e-9),
    ],
)  # fmt: skip
def test_concentrations_as_they_are_typed(text: str, umol_per_l: float) -> None:
    found = read_concentration(text, "glycine")
    assert found.m_as("micromole / liter") == pytest.approx(umol_per_l)


@pytest.mark.parametrize(
    ("text", "millivolts"), [("-70mV", -70), ("−70 mV", -70), ("-0.07 V", -70), ("+20 mV", 20)]
)
def test_voltages_as_they_are_typed(text: str, millivolts: float) -> None:
    assert read_voltage(text).m_as("millivolt") == pytest.approx(millivolts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("200 mg", "a mass .a dose is not a concentration"),
        ("1.5 g", "a mass"),
        ("200 mg magnesium", "a mass"),
        ("-200mg", "a mass"),
        ("1 mg/L", "a mass per volume"),
        ("10 mg/dL", "a mass per volume"),
        ("750 ug/mL", "a mass per volume"),
        ("2 mg/cm3", "a mass per volume"),
        ("1 mol", "an amount of substance and not a concentration, .*units: M"),
        ("3 mmol magnesium", "an amount of substance and not a concentration"),
        ("-70 mA", "a current and not a concentration"),
        ("1 L", "a volume and not a concentration"),
        ("100 IU", "an activity and not a concentration"),
        ("1", "without a unit"),
        ("1 MM", "units: M, mol/L"),
        ("1 mm", "a length and not a concentration, .*units: M"),
        ("1 uMol", "units: M"),
        ("1,5 mM", "expected a concentration"),
        ("", "expected a concentration"),
        ("uM", "expected a concentration"),
        ("1 mV", "a voltage and not a concentration, .*units: M"),
        ("1e999 M", "beyond all bounds, expected a concentration"),
        ("1e-320uM", "less than one molecule in a litre"),
        ("3 g/70kg", "a mass per mass, as of a body .a dose is not"),
        ("3 g / kg", "a mass per mass"),
        ("3 g/day", "a mass .a dose is not"),
        ("1 mg/2 L", "a mass per volume"),
        ("1 mol/m^2", "units: M, mol/L, .*mol/m.3"),
    ],
)
def test_what_is_no_concentration_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^glycine: found.*{message}"):
        read_concentration(text, "glycine")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-70 mA", "a current and not a voltage, expected a voltage .*units: mV, V"),
        ("1 mM", "a concentration and not a voltage"),
        ("-70 mW", "a power and not a voltage"),
        ("-70 mv", "expected a voltage .*units: mV, V"),
    ],
)
def test_what_is_no_voltage_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=f'^voltage: found "{text}".*{message}'):
        read_voltage(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_with_what_was_expected(text: str) -> None:
    for read in (partial(read_concentration, of="glycine"), read_voltage):
        number, refused = 0.0, ""
        try:
            number = float(read(text).magnitude)
        except InputError as error:
            refused = error.message
        assert np.isfinite(number)
        assert not refused or "expected" in refused


# The records


def test_every_parameter_of_every_subunit_is_there_once() -> None:
    agonists = ("glutamate", "glycine", "d-serine")
    expected = {f"{subunit}-{agonist}" for subunit in gate.SUBUNITS for agonist in agonists}
    assert set(gate.potencies()) == expected
    for name, potency in gate.potencies().items():
        assert name == f"{potency.subunit}-{potency.agonist}"


def test_every_record_cites_documents_that_are_listed() -> None:
    references = catalogue.references()
    for record in gate.records():
        assert set(record.sources) <= references.keys()
        if record.verified:
            assert any(references[key].verified for key in record.sources), record


def test_figures_within_words_are_those_of_the_records() -> None:
    glycine = [p.ec50_umol_per_l for p in gate.potencies().values() if p.agonist == "glycine"]
    job = next(job for job in gate.jobs() if job.id == "half-effective")
    assert job.coagonist.startswith(f"{min(glycine):g}–{max(glycine):g} µM")
    assert job.transmitter.startswith(f"{10 ** (6 - 4.6):.0f}–{10 ** (6 - 4.3):.0f} µM")


# The command


def run(*arguments: str, **given_: str) -> Result:
    options = [f"--{name}={value}" for name, value in {**REST, **given_}.items()]
    return CliRunner().invoke(main, ["gate", *options, *arguments])


def test_the_command_prints_factors_product_sources_and_limits_once() -> None:
    result = run()
    assert result.exit_code == 0, result.output
    for figure in ("0.9967", "0.4348", "0.0445", "0.0193"):
        assert figure in result.output
    assert "jahr-stevens-1990" in result.output
    assert "GlyR" in result.output
    joined = " ".join(result.output.split())
    for limit in gate.limits():
        assert joined.count(limit.text) == 1
    listed = result.output.partition("\nSources")[2]
    for key in ("chen-2008 ", "erreger-2007 ", "modeldb-150239 "):
        assert listed.count(key) == 1


def test_a_voltage_that_begins_with_a_minus_may_stand_apart() -> None:
    options = [word for name, value in REST.items() for word in (f"--{name}", value)]
    result = CliRunner().invoke(main, ["gate", *options])
    assert result.output == run().output


def test_a_missing_key_is_named() -> None:
    assert "Closed: there is no glutamate." in run(glutamate="0uM").output
    assert "no glutamate and no co-agonist" in run(glutamate="0uM", glycine="0uM").output
    assert "Closed" not in run().output


def test_the_json_holds_what_the_text_says() -> None:
    found = json.loads(run("--format", "json", "--sweep", "glycine", subunit="2B").output)
    assert found["version"] == 1
    assert found["receptor"] == {"subunits": ["1", "2B"], "hill": 1.0, "block": "jahr-stevens-1990"}
    assert found["conditions"]["magnesium_mmol_per_l"] == 1
    factors = found["factors"]
    assert factors["coagonist_site"] == pytest.approx(1 / 1.7, rel=1e-5)
    product = factors["glutamate_site"] * factors["coagonist_site"] * factors["unblocked"]
    assert found["gate"] == pytest.approx(product, rel=1e-4)
    assert set(found["by_block"]) == set(gate.blocks())
    cited = {key for each in found["parameters"] for key in each["sources"]}
    assert cited <= {each["id"] for each in found["references"]}
    assert len(found["sweep"]["values"]) == len(found["sweep"]["gate"]) > 100


def test_a_dose_on_the_command_line_is_refused_as_one() -> None:
    result = run(magnesium="200 mg")
    assert result.exit_code == 2
    assert "a dose is not a concentration" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--glycine", "5uM"), "--glycine"),
        (("--glycine", "1uM"), "--glycine"),
        (("--format", "json", "--format", "text"), "--format"),
        (("--sweep", "voltage", "-o", "a.svg", "--output", "b.svg"), "--output"),
    ],
)
def test_an_option_given_twice_is_refused_and_named(arguments: tuple[str, ...], name: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"found {name} 2 times, expected it once" in result.output
    assert "coincidence gate" not in result.output


def test_the_choices_of_the_command_are_those_of_the_records() -> None:
    choices = {p.name: p.type.choices for p in command.params if hasattr(p.type, "choices")}
    assert tuple(choices["block"]) == tuple(gate.blocks())
    assert tuple(choices["subunit"]) == gate.SUBUNITS
    assert tuple(choices["sweep"]) == tuple(gate.AXES)


@pytest.mark.parametrize(
    "arguments", [("-o", "gate.svg"), ("--sweep", "voltage", "-o", "gate.png")]
)
def test_an_output_that_cannot_be_a_chart_is_refused(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "expected" in result.output


def test_a_chart_is_written_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "gate.svg"
    result = run("--sweep", "voltage", "-o", str(target))
    assert result.exit_code == 0, result.output
    assert list(tmp_path.iterdir()) == [target]
    assert ET.fromstring(target.read_bytes()).tag == f"{SVG}svg"
    standard = run("--sweep", "voltage", "-o", "-")
    assert standard.stdout_bytes == target.read_bytes()


def test_a_chart_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    result = run("--sweep", "voltage", "-o", str(tmp_path / "absent" / "gate.svg"))
    assert result.exit_code == 2
    assert "cannot be written" in result.output


# The pictures


def places(points: str) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in points.split())
    return [(float(x), float(y)) for x, y in pairs]


@pytest.mark.parametrize("of", gate.AXES)
def test_a_chart_has_axes_units_and_the_point_on_its_line(of: str) -> None:
    varied = sweep(gate_of(d_serine_um=1.0, voltage_mv=-33.0), of)
    root = ET.fromstring(sweep_svg(varied))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert any(f"{varied.axis.name}, {varied.axis.unit}" in text for text in texts)
    assert any(text.endswith(f"the gate along {varied.axis.name}") for text in texts)
    assert not any("d-serine" in text for text in texts)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    view = chart_view(varied)
    assert view.point
    x, y = float(view.point.x), float(view.point.y)
    nearest = min(places(view.curve), key=lambda place: abs(place[0] - x))
    assert abs(nearest[0] - x) <= 4
    assert abs(nearest[1] - y) <= 6
    assert all(64 <= across <= 696 and 112 <= along <= 400 for across, along in places(view.curve))


def test_a_picture_needs_nothing_from_elsewhere() -> None:
    for picture in (sweep_svg(sweep(gate_of(), "voltage")), keys_svg()):
        root = ET.fromstring(picture)
        assert not [e for e in root.iter() if e.tag in {f"{SVG}script", f"{SVG}image", f"{SVG}use"}]
        assert "url(" not in picture
        assert picture.count("http") == 1


def test_a_page_that_holds_the_stylesheet_needs_no_style_in_the_picture() -> None:
    macros: Any = environment().get_template("gate.svg.j2").module
    drawn = str(macros.keys(keys_view()))
    classes = {name for e in ET.fromstring(drawn).iter() for name in e.get("class", "").split()}
    assert "style" not in drawn
    assert all(f".{name}" in stylesheet("gate.css") for name in classes)


@given(st.floats(1e-9, 1e6), st.sampled_from(["glycine", "glutamate"]))
def test_a_chart_holds_its_point_wherever_it_lies(concentration_um: float, of: str) -> None:
    varied = sweep(gate_of(**{f"{of}_um": concentration_um}), of)
    if concentration_um < 1e-6:
        assert varied.at is None
        assert "lies left" in " ".join(chart_view(varied).notes)
    else:
        assert varied.values[0] <= concentration_um * 1.0001
        assert concentration_um <= varied.values[-1] * 1.0001
        assert chart_view(varied).point


def test_the_figure_shows_three_keys_and_each_taken_away() -> None:
    panels = gate.gate_figure()
    keys = [(panel.coagonist, panel.glutamate, panel.depolarised) for panel in panels]
    assert keys == [
        (True, True, True), (True, False, True), (False, True, True), (True, True, False),
    ]  # fmt: skip
    opened, *shut = [panel.opening for panel in panels]
    # 1 mM / 3.3 µM, 10 µM / 1.3 µM, and the block at 0 mV
    expected = (1000 / 1003.3) * (10 / 11.3) * 0.7812
    assert opened == pytest.approx(expected, abs=0.0001)
    assert max(shut) < opened / 10
    assert shut[:2] == [0, 0]
    texts = [t.text for t in ET.fromstring(keys_svg()).iter(f"{SVG}text")]
    assert {panel.title for panel in panels} <= set(texts)


def test_the_figure_says_no_more_than_its_panels_show() -> None:
    view, openings = keys_view(), [panel.opening for panel in gate.gate_figure()]
    assert view.title == "Three keys: take one away and it is shut, or nearly"
    words = [panel.words for panel in view.panels]
    assert words == ["opens", "closed", "closed", "nearly shut by magnesium"]
    for said, opening in zip(words, openings, strict=True):
        assert (said == "closed") == (opening == 0)
        assert (said == "opens") == (opening > 0.5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figure_fits_its_frame_in_a_browser(chromium: Any, tmp_path: Path, scheme: str) -> None:
    drawn = {"keys": keys_svg(), "sweep": sweep_svg(sweep(gate_of(), "voltage"))}
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 900, "height": 900})
    tab = context.new_page()
    for name, picture in drawn.items():
        file = tmp_path / f"{name}.svg"
        file.write_text(picture, encoding="utf-8")
        tab.goto(file.as_uri())
        outside = tab.evaluate(
            """() => { const frame = document.documentElement.getBoundingClientRect();
            return [...document.querySelectorAll("text")].filter(text => {
              const box = text.getBoundingClientRect();
              return box.left < frame.left || box.right > frame.right
                || box.top < frame.top || box.bottom > frame.bottom;
            }).map(text => text.textContent); }"""
        )
        assert outside == []
    context.close()


def test_a_sweep_of_what_is_unknown_or_no_point_is_refused() -> None:
    with pytest.raises(InputError, match="expected a condition to vary: voltage"):
        sweep(gate_of(), "mood")
    rows = coincidence(
        glycine=registry().Quantity(np.array([1.0, 2.0]), "µM"), glutamate=quantity(1, "mM"),
        magnesium=quantity(1, "mM"), voltage=quantity(-70, "mV"),
    )  # fmt: skip
    with pytest.raises(InputError, match=r"shape \(2,\), expected one figure"):
        sweep(rows, "voltage")


def test_the_output_is_short_and_every_document_stands_on_one_line() -> None:
    output = run().output
    listed = output.partition("\nSources")[2].splitlines()[1:]
    assert len(output.splitlines()) <= 70
    assert [line.split()[0] for line in listed] == list(dict.fromkeys(
        key for record in (*gate_of().parameters, *gate.blocks().values(), *gate.jobs(),
                           *gate.limits()) for key in record.sources
    ))  # fmt: skip
    known = catalogue.references()
    for line in listed:
        assert ("unverified" in line) != known[line.split()[0]].verified
        assert len(line) <= 88


def test_an_axis_is_widened_to_a_round_figure_beyond_the_point() -> None:
    low, high = (
        sweep(gate_of(voltage_mv=-133.0), "voltage"),
        sweep(gate_of(voltage_mv=93.0), "voltage"),
    )
    assert (low.values[0], low.values[-1]) == (-140.0, 60.0)
    assert (high.values[0], high.values[-1]) == (-100.0, 100.0)


def test_ions_flow_where_all_three_keys_are_and_magnesium_blocks_without_depolarisation() -> None:
    panels = keys_view().panels
    assert [panel.flows for panel in panels] == [True, False, False, False]
    assert [panel.blocked for panel in panels] == [False, False, False, True]


def test_programs_read_the_limits_too() -> None:
    said = json.loads(run("--format", "json").output)
    assert said["limits"] == [limit.text for limit in gate.limits()]
    assert any("a dose is not a concentration" in text for text in said["limits"])
