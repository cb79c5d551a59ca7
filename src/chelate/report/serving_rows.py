"""The rows of a comparison on the serving: its units, its mass, the room in its capsules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate import catalogue
from chelate.bounds.capacities import capsules_text
from chelate.checker import CheckResult
from chelate.composition import Serving
from chelate.figures import bounds_mass, number, stated_range
from chelate.intervals import Interval
from chelate.report.cells import NOT_PRINTED, Cell, Line, Row


def serving_rows(results: Sequence[CheckResult]) -> Iterator[Row]:
    """The serving of each product: what it is, what it weighs, what its capsules hold."""
    yield Row("Serving size", "as printed", tuple(_size(result) for result in results))
    yield Row("Mass of a serving", "as printed", tuple(_mass(result) for result in results))
    if any(_room(result.composition.serving) for result in results):
        yield Row(
            "Room in its capsules",
            "where the label states their size; mass at the usual density of a fill, "
            f"{_density_text(_usual())}",
            tuple(_capsules(result) for result in results),
        )


def _size(result: CheckResult) -> Cell:
    text, per_day = result.label.serving.size, result.label.serving.per_day
    if not text:
        return Cell((NOT_PRINTED,))
    note = f"servings a day: {per_day}" if per_day else ""
    return Cell((Line(text, note, emphasis="plain"),))


def _mass(result: CheckResult) -> Cell:
    mass = result.composition.serving.mass
    if mass is None:
        return Cell((NOT_PRINTED,))
    return Cell((Line(mass.text, stated_range(mass.interval_mg)),), mass.interval_mg)


def _capsules(result: CheckResult) -> Cell:
    serving = result.composition.serving
    room = _room(serving)
    if room is None:
        return Cell((Line("not stated", emphasis="quiet"),))
    lines = [Line(_volume(room), f"{capsules_text(serving)}, {bounds_mass(_held(room))}")]
    densities = [j.bounds.fill_g_per_ml for j in result.judged if j.bounds.fill_g_per_ml]
    if densities:
        needed = f"{number(max(densities), digits=3)} g/mL"
        lines.append(Line(f"at least {needed}", "for what the claim weighs to fit"))
    return Cell(tuple(lines), room)


def _room(serving: Serving) -> Interval | None:
    """What the capsules of a serving hold in mL, by the smaller and the larger table."""
    if serving.capsule_size is None or serving.units is None:
        return None
    capsule = catalogue.capsules()[serving.capsule_size]
    return Interval(capsule.volume_low_ml, capsule.volume_high_ml).scaled(serving.units)


def _held(room_ml: Interval) -> Interval:
    usual = _usual()
    return Interval(room_ml.low * usual.low * 1000, room_ml.high * usual.high * 1000)


def _usual() -> Interval:
    density = catalogue.fill_density()
    return Interval(density.usual_low_g_per_ml, density.usual_high_g_per_ml)


def _density_text(density: Interval) -> str:
    return f"{number(density.low)}–{number(density.high)} g/mL"


def _volume(room_ml: Interval) -> str:
    low, high = number(room_ml.low, digits=3), number(room_ml.high, digits=3)
    return f"{high} mL" if low == high else f"{low}–{high} mL"
