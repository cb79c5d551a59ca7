from __future__ import annotations

import subprocess
import sys

import pytest

from chelate.api import dose_for, molar_mass, yields
from chelate.findings import InputError
from chelate.units import quantity


def test_molar_mass_is_a_quantity() -> None:
    mass = molar_mass("Mg(C2H4NO2)2.2H2O")
    assert mass.m_as("g/mol") == pytest.approx(208.453)
    assert (mass * quantity(2, "mol")).m_as("g") == pytest.approx(416.906)


def test_yields_are_quantities_by_name() -> None:
    found = yields("magnesium-bisglycinate", "1500 mg")
    assert list(found) == ["magnesium", "glycine"]
    assert found["magnesium"].m_as("mg") == pytest.approx(211.442, abs=0.001)
    assert found.ligand("glycine").m_as("g") == pytest.approx(1.2886, abs=0.0001)
    assert found.ligand("magnesium") == found["magnesium"]
    low, high = found.range("magnesium")
    assert low < high == found["magnesium"]
    assert found.dose.m_as("g") == 1.5
    assert found.name == "Magnesium bisglycinate, anhydrous"
    assert found.working
    assert found.remarks
    assert "211.4 mg magnesium" in repr(found)
    with pytest.raises(KeyError):
        found["zinc"]
    assert "zinc" not in found


def test_a_dose_may_be_a_quantity_of_another_registry() -> None:
    import pint

    dose = pint.UnitRegistry().Quantity(1.5, "gram")
    assert yields("magnesium-bisglycinate", dose) == yields("magnesium-bisglycinate", "1500 mg")
    with pytest.raises(pint.DimensionalityError):
        yields("magnesium-bisglycinate", quantity(5, "mL"))
    with pytest.raises(InputError, match="expected a mass"):
        yields("magnesium-bisglycinate", "5 mL")


def test_a_target_goes_back_to_the_dose() -> None:
    found = dose_for("magnesium-bisglycinate", "3 g glycine")
    assert found.dose.m_as("mg") == pytest.approx(3445.4, abs=0.05)
    assert found["magnesium"].m_as("mg") == pytest.approx(485.67, abs=0.01)


def test_every_public_name_is_there_however_often_it_is_asked_for() -> None:
    import chelate

    for name in chelate.__all__:
        assert getattr(chelate, name) is getattr(chelate, name), name
    import chelate.checker
    import chelate.stoichiometry

    assert callable(chelate.check)
    assert callable(chelate.yields)


def test_the_register_the_studies_and_the_gate_are_public() -> None:
    program = (
        "from chelate import *\nimport chelate\n"
        "assert {'absorption', 'evidence', 'gate'} <= set(chelate.__all__)\n"
        "oxide = absorption.graded('oxide').words\n"
        "print(evidence.claim('A19').verdict, oxide, len(gate.blocks()))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.split() == ["contested", "4–23", "%", "4"], result.stderr


def test_a_potency_scales_what_a_dose_yields_and_what_a_target_takes() -> None:
    found = yields("magnesium-oxide", "1 g", potency="50 %")
    assert found["magnesium"].m_as("mg") == pytest.approx(301.52, abs=0.01)
    dose = dose_for("magnesium-oxide", "301.52 mg magnesium", potency="50 %").dose
    assert dose.m_as("mg") == pytest.approx(1000, abs=0.1)
