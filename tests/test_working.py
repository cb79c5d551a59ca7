"""Lines of arithmetic: whoever recomputes one from its own figures gets what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import files, resources
from chelate.figures import mass_range, no_coarser, percent, reckoned
from chelate.formulate import delivered
from chelate.formulate.claims import claims_judged
from chelate.formulate.words.claims import delivered_text, of_claim
from chelate.formulate.words.working import formulation_working
from chelate.intervals import Interval
from chelate.models.formulation import Formulation

FORMULATIONS = resources.locate("formulations")
RECIPES = sorted(
    path for path in FORMULATIONS.glob("*.yaml") if "\ninputs:" in path.read_text("utf-8")
)
UNITS = {
    "mg": 1.0, "µg": 1e-3, "g": 1e3, "kg": 1e6, "%": 1e-2, "mL": 1.0, "g/mL": 1e3,
    "USD": 1.0, "EUR": 1.0, "USD/kg": 1e-6, "EUR/kg": 1e-6, "g/mol": 1.0,
}  # fmt: skip
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
FIGURE = rf"(?<![\w.,-])([\d,]*\d(?:\.\d+)?)(?: ({UNIT})(?!\w))?"
TOKEN = re.compile(rf"{FIGURE}|([+−×()]|(?<= )/(?= ))")
Ends = tuple[float, float]


def ends(figure: str, unit: str) -> Ends:
    """What a printed figure may stand for; a bare whole number counts."""
    value, decimals = float(figure.replace(",", "")), len(figure.partition(".")[2])
    open_ = 0.5 * 10**-decimals * (1 + 1e-9) if unit or decimals else 0.0
    return (value - open_) * UNITS.get(unit, 1.0), (value + open_) * UNITS.get(unit, 1.0)


def tokens(text: str) -> Iterator[Ends | str]:
    """Figures and signs; of brackets only those of arithmetic."""
    arithmetic = re.sub(r"\((?![\d(])[^)]*\)", "", text)
    for figure, unit, sign in TOKEN.findall(arithmetic):
        yield sign or ends(figure, unit)


def applied(sign: str, first: Ends, second: Ends) -> Ends:
    if sign == "/":
        second = 1 / second[1], 1 / second[0]
    every = [
        a + b if sign == "+" else a - b if sign == "−" else a * b for a, b in product(first, second)
    ]
    return min(every), max(every)


def worked(left: list[Ends | str], signs: Iterable[str] = ("+−", "×/")) -> Ends:
    """The value of a line: brackets, then sums of products, each from the left."""
    while "(" in left:
        close = left.index(")")
        opened = max(at for at in range(close) if left[at] == "(")
        left = [*left[:opened], worked(left[opened + 1 : close]), *left[close + 1 :]]
    levels = list(signs)
    for at in reversed(range(len(left))):
        sign = left[at]
        if levels and isinstance(sign, str) and sign in levels[0]:
            return applied(sign, worked(left[:at], levels), worked(left[at + 1 :], levels[1:]))
    if levels:
        return worked(left, levels[1:])
    (only,) = left
    assert not isinstance(only, str)
    return only


def wrong(line: str) -> str:
    """What a line gives, where that is not what it says; ranges are no single figure."""
    left, *results = re.split(r" = ", line)
    if "–" in line or " to " in line or not results:
        return ""
    low, high = worked(list(tokens(left)))
    for result in results:
        said = next(each for each in tokens(result) if not isinstance(each, str))
        if high < said[0] - 1e-12 or said[1] + 1e-12 < low:
            return f"{line}: {low} to {high}"
    shares = re.match(rf"{FIGURE} / {FIGURE} = {FIGURE}", line)
    return _wrong_share(line, *shares.groups()) if shares and shares[6] == "%" != shares[4] else ""


def _wrong_share(line: str, *parts: str) -> str:
    first, unit, second, other, share, _ = parts
    value = sum(ends(first, unit)) / sum(ends(second, other)) * 100
    decimals = len(share.partition(".")[2])
    is_small = value < 0.5
    said = float(share.replace(",", ""))
    return "" if is_small or abs(value - said) <= 0.5 * 10**-decimals + 1e-9 else f"{line}: {value}"


def lines_of(made: Formulation) -> list[str]:
    sections = formulation_working(delivered(made))
    return [line for _, lines in sections for line in lines if " = " in line]


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_line_of_an_example_gives_what_it_says(path: Path) -> None:
    document = files.parse(files.read_text(path), file=str(path))
    lines = lines_of(files.authored(document, Formulation))
    assert lines
    assert [said for line in lines if (said := wrong(line))] == []


@given(
    st.sampled_from(["magnesium-bisglycinate", "zinc oxide", "selenomethionine", "boric acid"]),
    st.floats(0.01, 5000),
    st.floats(0.5, 1.5),
    st.integers(1, 4),
)
def test_every_line_of_a_formulation_gives_what_it_says(
    substance: str, amount_mg: float, share: float, units: int
) -> None:
    entry = {"substance": substance, "amount": f"{amount_mg:.4f} mg"}
    base = {"product": "Trial", "units_per_serving": units, "inputs": [entry]}
    held = delivered(Formulation.model_validate(base)).moieties[0]
    claims = {held.id: f"{held.mg * share:.4g} mg"}
    made = Formulation.model_validate({**base, "claims": claims})
    assert [said for line in lines_of(made) if (said := wrong(line))] == []


def test_the_words_that_go_wrong_are_told() -> None:
    assert not wrong("199.6 mg / 200 mg = 99.8 % of the claim, magnesium")
    assert wrong("199.6 mg / 200 mg = 99.7 % of the claim, magnesium")
    assert wrong("1.0 mg / 1 mg = 104.8 % of the claim, boron")
    assert wrong("1,500 mg × 24.305 / 172.423 = 212.4 mg magnesium")
    assert wrong("100 mg + 50 mg = 148 mg")


@given(st.floats(0.01, 5000), st.floats(0.01, 5000))
def test_a_share_is_recomputed_from_the_mass_that_is_shown(mass_mg: float, of_mg: float) -> None:
    shown = reckoned(mass_mg, lambda each: percent(each / of_mg))
    assert percent(float(shown[:-3].replace(",", "")) / of_mg) == percent(mass_mg / of_mg)


@pytest.mark.parametrize(
    ("amount", "claim", "delivered_mg", "share"),
    [
        ("2,000 mg", "200 mg", "199.6 mg", "99.8 %"),
        ("2,003.94 mg", "200 mg", "199.986 mg", "99.99 %"),
        ("2,004.1 mg", "200 mg", "200.0 mg", "100.0 %"),
    ],
)
def test_what_is_short_of_a_claim_is_rounded_but_never_to_all_of_it(
    amount: str, claim: str, delivered_mg: str, share: str
) -> None:
    entry = {"substance": "magnesium lysinate glycinate", "amount": amount}
    document = {"product": "Trial", "inputs": [entry], "claims": {"magnesium": claim}}
    (judged,) = claims_judged(delivered(Formulation.model_validate(document)))
    assert (delivered_text(judged), of_claim(judged)) == (delivered_mg, share)


def test_what_is_reached_has_the_decimals_of_what_is_asked() -> None:
    assert no_coarser(56.2571, 56.26) == "56.26 mg"
    assert no_coarser(0.0637, 0.055, "µg") == "63.7 µg"
    assert mass_range(Interval(500.68, 500.7)) == "500.7 mg"


def test_what_is_the_least_and_the_most_alike_is_worked_once() -> None:
    document = {
        "product": "Trial",
        "form": "capsule",
        "capsule_size": "0",
        "inputs": [{"substance": "magnesium oxide", "amount": "400 mg", "density": "0.662 g/mL"}],
    }
    sections = dict(formulation_working(delivered(Formulation.model_validate(document))))
    lines = sections["Capsule"]
    assert any(line.startswith("0.68 mL × 0.662 g/mL = ") for line in lines)
    assert len(lines) == len(set(lines))
