"""Directions for use: the servings a day that they say, and what is no direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelate import check
from chelate.directions import directed
from chelate.models import Label
from chelate.readers.panel import label_from

CAPSULE, GELULE = "1 capsule", "1 gélule"
DIRECTIONS = [
    ("Take 4 capsules twice daily.", "4 capsules", "2"),
    ("take 4 capsules two times per day", "4 capsules", "2"),
    ("take 4 capsules 2 times daily with food", "4 capsules", "2"),
    ("Take 8 capsules daily.", "4 capsules", "2"),
    ("For adult men, take one (1) tablet daily, preferably with a meal", "1 tablet", "1"),
    ("As a dietary supplement, take 1 to 2 capsules daily, or as directed.", CAPSULE, "1-2"),
    ("Take 1 capsule up to 3 times daily", CAPSULE, "3"),
    ("Take 2 capsules, morning and evening", CAPSULE, "4"),
    ("Mix 1 scoop with 8 oz of water daily.", "1 scoop (5 g)", "1"),
    ("Take one serving twice daily", "2 scoops (5 g)", "2"),
    ("Take half a scoop daily", "1 scoop", "0.5"),
    ("Take 2 capsules daily", "2 Kapseln", "1"),
    ("2 x täglich 1 Kapsel", "1 Kapsel", "2"),
    ("Verzehrempfehlung: 2-3 × täglich 1 Kapsel", "1 Kapsel", "2-3"),
    ("Nehmen Sie zweimal täglich eine Kapsel", "1 Kapsel", "2"),
    ("Täglich 2 Kapseln mit Wasser einnehmen", "1 Kapsel", "2"),
    ("Erwachsene: 1 Tablette morgens und abends", "1 Tablette", "2"),
    ("1 comprimé deux fois par jour", "1 comprimé", "2"),
    ("Prendre 2 gélules par jour avec un verre d'eau", GELULE, "2"),
    ("Conseils d'utilisation : 1 comprimé 2 fois par jour", "1 comprimé", "2"),
    ("tomar 2 cápsulas al día", "1 cápsula", "2"),
    ("Adultos: tomar una cápsula dos veces al día.", "1 cápsula", "2"),
    ("Modo de empleo: 3 comprimidos diarios", "1 comprimido", "3"),
    ("Assumere 1 compressa due volte al giorno", "1 compressa", "2"),
    ("2 capsule al giorno", "1 capsula", "2"),
    ("Children: take 1 capsule twice daily. Adults: take 2 capsules twice daily.", CAPSULE, "4"),
]


@pytest.mark.parametrize(("text", "size", "count"), DIRECTIONS)
def test_directions_say_how_many_servings_a_day(text: str, size: str, count: str) -> None:
    found = directed(text, size)
    assert found is not None
    assert found.count == count


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Take 2 capsules 3 times a day", "Vegetarian Capsules"),
        ("Take 2 capsules 3 times a day", "small delayed-release capsules (1.2 g)"),
        ("Take 2 capsules 3 times a day", "VegCaps®"),
        ("Take 2 easy-to-swallow vegan capsules three times daily", "Veg Capsule(s)"),
        ("3 x täglich 2 Kapseln", "magensaftresistente vegane Kapseln"),
        ("Prendre 2 gélules 3 fois par jour", "gélules végétales gastro-résistantes"),
        ("tomar 2 cápsulas tres veces al día", "cápsulas vegetales"),
        ("Assumere 2 compresse tre volte al giorno", "compresse masticabili"),
        ("Mix 2 scoops three times daily", "level scoops (5 g)"),
    ],
)
def test_words_beside_a_unit_leave_it_the_same_unit(text: str, unit: str) -> None:
    found = directed(text, f"2 {unit}")
    assert found is not None
    assert found.count == "3"


def test_a_heaping_scoop_is_no_level_one_and_a_vegan_tablet_no_capsule() -> None:
    assert directed("Mix 2 heaping scoops daily", "1 level scoop") is None
    assert directed("Take 2 vegan tablets daily", "1 vegan capsule") is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Do not take more than 4 capsules daily.", "2 capsules"),
        ("Do not exceed the recommended daily dose of 2 capsules.", CAPSULE),
        ("Nicht mehr als 2 Kapseln pro Tag", "1 Kapsel"),
        ("Ne pas dépasser 2 gélules par jour", GELULE),
        ("No superar la dosis diaria de 2 cápsulas", "1 cápsula"),
        ("Non superare 2 capsule al giorno", "1 capsula"),
        ("Percent Daily Values are based on a 2,000 calorie diet.", "2 capsules"),
        ("2 capsules daily value", CAPSULE),
        ("Helps to meet your daily needs in 2 capsules.", CAPSULE),
        ("A daily multi in 2 capsules", CAPSULE),
        ("Take 3 capsules to reach your daily goal", CAPSULE),
        ("The effect is obtained with a daily intake of 200 mg.", CAPSULE),
        ("1 capsule daily provides 50 % of the NRV", "2 capsules"),
        ("In a study, 2 capsules twice daily were taken for 8 weeks", CAPSULE),
        ("Complément alimentaire : 2 gélules apportent 100 mg par jour", GELULE),
        ("Take 1 capsule every other day", CAPSULE),
        ("Take 2 tablets twice daily", "2 capsules"),
        ("Take 2 capsules in the morning and 1 capsule in the evening daily", CAPSULE),
        ("Children: take 2 capsules twice daily.", CAPSULE),
        ("Take with food.", CAPSULE),
    ],
)
def test_what_directs_to_no_number_a_day_says_none(text: str, size: str) -> None:
    assert directed(text, size) is None


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 6))
def test_the_units_of_a_day_are_those_of_the_serving_times_the_servings(
    units: int, dose: int, times: int
) -> None:
    found = directed(f"Take {dose} capsules {times} times daily.", f"{units} capsules")
    assert found is not None
    assert float(found.count) * units == pytest.approx(dose * times, rel=1e-3)


PANEL = """\
Plain
Supplement Facts
Serving Size: {size}
Magnesium (as magnesium oxide)  200 mg
{said}
"""


# 200 mg of added magnesium are below the lowest upper level for it, 250 mg a day; 400 mg are not.
@pytest.mark.parametrize(
    ("size", "twice", "no_direction"),
    [
        ("2 capsules", "Take 2 capsules two times per day.", "Do not exceed 4 capsules per day."),
        ("1 Kapsel", "2 x täglich 1 Kapsel", "Nicht mehr als 2 Kapseln pro Tag einnehmen."),
        ("1 comprimé", "1 comprimé deux fois par jour", "Ne pas dépasser 2 comprimés par jour."),
        ("1 cápsula", "tomar 2 cápsulas al día", "No superar 2 cápsulas al día."),
        ("1 capsula", "2 capsule al giorno", "Non superare 2 capsule al giorno."),
    ],
)
@pytest.mark.parametrize("authored", [False, True])
def test_the_upper_level_is_of_the_day_that_the_directions_say(
    size: str, twice: str, no_direction: str, authored: bool
) -> None:
    def codes(said: str) -> set[str]:
        if authored:
            label = Label(product="Plain", serving={"size": size}, statements=[said], facts=[
                {"name": "Magnesium (as magnesium oxide)", "amount": "200 mg"}])  # fmt: skip
        else:
            text = PANEL.format(size=size, said=said)
            label = label_from(text, file="plain.txt")
        return {finding.code for finding in check(label).findings}

    assert "UL101" in codes(twice)
    assert "UL101" not in codes(no_direction)
    assert "UL101" not in codes("")


def test_directions_that_are_printed_over_two_lines_are_one_sentence() -> None:
    said = "Directions: take 2 capsules with a glass of\nwater twice daily."
    text = PANEL.format(size="2 capsules", said=said)
    assert label_from(text, file="plain.txt").serving.per_day == "2"
