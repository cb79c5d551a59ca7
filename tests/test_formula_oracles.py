"""Our molar masses against other people's programs, in the dialects that they read rightly.

molmass averages isotope masses: within 20 ppm of ours where only C, H, N, O and metals are
concerned, and everywhere within the uncertainty of the atomic weights. chempy has the
unabridged weights of an IUPAC table. molmass comes with what the tests need; chempy is one
of the oracles that a run may do without.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate.formula import atomic_weights, molar_mass, molar_mass_uncertainty, parse_formula

PPM = 1e-6

ANHYDROUS = [
    "MgO",
    "MgCO3",
    "Mg(OH)2",
    "Mg(C2H4NO2)2",
    "Mg3(C6H5O7)2",
    "Mg2(OH)2C4H4O5",
    "MgC2H4NO2C6H13N2O2",
    "Mg(C18H35O2)2",
    "Zn(C6H4NO2)2",
    "Na2B4O7",
    "C6H15ClN2O2",
    "C22H32O2",
    "MgC3H7O6P",
]
HYDRATES = [
    ("Mg(C2H4NO2)2", 2),
    ("MgSO4", 7),
    ("Mg3(C6H5O7)2", 9),
    ("Mg3(C6H5O7)2", 14),
    ("MgCl2", 6),
    ("Na2B4O7", 10),
    ("Zn3(C6H5O7)2", 3),
]
BRACKETS = ["Ca[(C6H10O6)2B]2", "K4[Fe(CN)6]", "[Mg(H2O)6]Cl2"]


def molmass_g_per_mol(text: str) -> float:
    from molmass import Formula

    return float(Formula(text).mass)


def chempy_g_per_mol(text: str) -> float:
    from chempy.util.parsing import formula_to_composition
    from chempy.util.periodic import mass_from_composition

    return float(mass_from_composition(formula_to_composition(text)))


@pytest.mark.parametrize(
    "text", [*ANHYDROUS, *BRACKETS, *(f"{salt}.{waters}H2O" for salt, waters in HYDRATES)]
)
def test_molmass_agrees(text: str) -> None:
    bound_g_per_mol = molar_mass_uncertainty(text)
    assert molar_mass(text) == pytest.approx(molmass_g_per_mol(text), abs=bound_g_per_mol)


@pytest.mark.parametrize(
    "text",
    [
        "MgO",
        "Mg(C2H4NO2)2",
        "Mg(C2H4NO2)2.H2O",
        "Mg(C2H4NO2)2.2H2O",
        "MgC2H4NO2C6H13N2O2",
        "Mg3(C6H5O7)2.9H2O",
        "Mg(C4H7O5)2.H2O",
        "Zn(C2H4NO2)2",
    ],
)
def test_molmass_agrees_within_20_ppm_on_chelates(text: str) -> None:
    assert molar_mass(text) == pytest.approx(molmass_g_per_mol(text), rel=20 * PPM)


@pytest.mark.needs("oracles")
@pytest.mark.parametrize("text", ANHYDROUS + BRACKETS)
def test_chempy_agrees(text: str) -> None:
    assert molar_mass(text) == pytest.approx(chempy_g_per_mol(text), rel=20 * PPM)


@pytest.mark.needs("oracles")
@pytest.mark.parametrize(("salt", "waters"), HYDRATES)
def test_chempy_agrees_on_hydrates(salt: str, waters: int) -> None:
    theirs_g_per_mol = chempy_g_per_mol(f"{salt}..{waters}H2O")
    assert molar_mass(f"{salt}.{waters}H2O") == pytest.approx(theirs_g_per_mol, rel=20 * PPM)


@pytest.mark.needs("oracles")
def test_every_element_weighs_what_chempy_says() -> None:
    from chempy.util.periodic import relative_atomic_masses
    from chempy.util.periodic import symbols as their_symbols

    theirs = dict(zip(their_symbols, relative_atomic_masses, strict=True))
    for symbol, element in atomic_weights().items():
        assert element.weight == pytest.approx(float(theirs[symbol]), abs=element.uncertainty)


def test_every_element_weighs_what_molmass_says() -> None:
    from molmass import ELEMENTS

    for symbol, element in atomic_weights().items():
        theirs = ELEMENTS[symbol]
        assert element.number == theirs.number
        assert element.weight == pytest.approx(theirs.mass, abs=element.uncertainty)


COMMON = st.sampled_from(["H", "C", "N", "O", "Mg", "P", "Na", "K", "Ca"])
MOIETIES = st.lists(st.tuples(COMMON, st.integers(2, 40)), min_size=1, max_size=5).map(
    lambda pairs: "".join(f"{symbol}{count}" for symbol, count in pairs)
)


@given(MOIETIES, MOIETIES, st.integers(2, 12), st.integers(2, 20))
def test_molmass_counts_the_same_atoms(outside: str, inside: str, count: int, waters: int) -> None:
    from molmass import Formula

    text = f"{outside}({inside}){count}.{waters}H2O"
    theirs = {item.symbol: item.count for item in Formula(text).composition().values()}
    assert parse_formula(text) == theirs
