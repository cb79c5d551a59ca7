"""The coincidence gate as SVG: a sweep as a line chart, and the figure of the three keys."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import log10

from chelate.figures import number
from chelate.gate import Gate, Panel, Sweep, gate_figure
from chelate.gate.words import concentration, conditions, millivolts, relative
from chelate.report.pages import environment, stylesheet

TEMPLATE = "gate.svg.j2"
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 696.0, 112.0, 400.0
_FACTORS = {
    "unblocked": "unblocked by magnesium",
    "glutamate_site": "glutamate site, occupied",
    "coagonist_site": "co-agonist site, occupied",
}
_NO_DOSE = (
    "A teaching model: relative and without a unit. It takes concentrations at the receptor; "
    "a dose is not one."
)
_MOST_TICKS = 9
_SHIFTS = {"start": 12.0, "end": -12.0, "middle": 0.0}
_SPOTS = tuple(
    (anchor, down) for down in (-14.0, 24.0, -40.0, 48.0, -72.0, 80.0) for anchor in _SHIFTS
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place along an axis, and what stands there."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The point that was asked for, and where its words stand."""

    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """What the template draws of a sweep; coordinates are in the units of its view box."""

    title: str
    description: str
    held: str
    axis_name: str
    factor_name: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    curve: str
    factor: str
    point: Mark | None
    notes: tuple[str, ...]
    bottom: int = int(_BOTTOM)

    @property
    def height(self) -> int:
        """The height of the view box, with the notes below the axis."""
        return self.bottom + 78 + 19 * len(self.notes)


@dataclass(frozen=True, slots=True)
class PanelView:
    """One of the four states of the receptor as the template draws it."""

    x: int
    y: int
    title: str
    glutamate: bool
    coagonist: bool
    blocked: bool
    flows: bool
    gap: int
    voltage: str
    level: str
    opening: str
    words: str


@dataclass(frozen=True, slots=True)
class KeysView:
    """What the template draws of the three keys."""

    title: str
    description: str
    panels: tuple[PanelView, ...]
    notes: tuple[str, ...]
    notes_at: int

    @property
    def height(self) -> int:
        """The height of the view box, with the notes below the panels."""
        return self.notes_at + 19 * len(self.notes)


def sweep_svg(sweep: Sweep) -> str:
    """A self-contained SVG of a sweep: axes with units, the gate, the factor that moves it.

    >>> from chelate.gate import coincidence, sweep
    >>> from chelate.units import quantity
    >>> rest = coincidence(
    ...     glycine=quantity(1, "µM"), glutamate=quantity(1, "mM"),
    ...     magnesium=quantity(1, "mM"), voltage=quantity(-70, "mV"))
    >>> sweep_svg(sweep(rest, "voltage")).startswith("<svg")
    True
    """
    return _rendered("chart", chart_view(sweep))


def keys_svg() -> str:
    """A self-contained SVG of the three keys; in a page, the template's macro `keys` draws it."""
    return _rendered("keys", keys_view())


def chart_view(sweep: Sweep) -> ChartView:
    """The chart of a sweep, laid out."""
    axis, said = sweep.axis, conditions(sweep.point.conditions)
    name = f"membrane voltage, {axis.unit}" if axis.of == "voltage" else f"{axis.name}, {axis.unit}"
    x = _places(sweep)
    return ChartView(
        title=f"NMDA receptor GluN1/GluN{sweep.point.subunit}: the gate along {axis.name}",
        description=_description(sweep),
        held=f"At the marked point: {'; '.join(said)}",
        axis_name=f"{name} (logarithmic)" if axis.logarithmic else name,
        factor_name=_FACTORS[axis.factor],
        x_ticks=_x_ticks(sweep),
        y_ticks=tuple(Tick(_at(_height(n / 5)), number(n / 5)) for n in range(6)),
        curve=_points(x, sweep.opening),
        factor=_points(x, sweep.factor),
        point=_mark(sweep),
        notes=_notes(sweep),
    )


def keys_view() -> KeysView:
    """The four panels of the three keys, laid out two by two."""
    panels = gate_figure()
    used = panels[0].gate
    said = (
        f"With 1 mM glutamate, 10 µM glycine and 1 mM magnesium, GluN1/GluN{used.subunit}; "
        f"magnesium block after {used.block.name}. {_NO_DOSE}"
    )
    return KeysView(
        title="Three keys: take one away and it is shut, or nearly",
        description=_keys_description(panels),
        panels=tuple(_panel(panel, place) for place, panel in enumerate(panels)),
        notes=tuple(textwrap.wrap(said, 78)),
        notes_at=646,
    )


def _rendered(macro: str, view: ChartView | KeysView) -> str:
    draw = getattr(environment().get_template(TEMPLATE).module, macro)
    return str(draw(view, stylesheet("gate.css"))).strip() + "\n"


def _description(sweep: Sweep) -> str:
    ends = [relative(sweep.opening[end]) for end in (0, -1)]
    return (
        f"The relative gate goes from {ends[0]} at {_value(sweep, sweep.values[0])} "
        f"to {ends[1]} at {_value(sweep, sweep.values[-1])}; "
        f"it is {relative(float(sweep.point.opening))} at the stated conditions."
    )


def _notes(sweep: Sweep) -> tuple[str, ...]:
    block = f"Magnesium block after {sweep.point.block.name}."
    hill = f" Hill coefficient {number(sweep.point.hill)}."
    outside = (
        "" if sweep.at is not None else
        f" The stated point, without {sweep.axis.name}, lies left of a logarithmic axis."
    )  # fmt: skip
    return tuple(textwrap.wrap(f"{block}{hill}{outside} {_NO_DOSE}", 100))


def _value(sweep: Sweep, value: float) -> str:
    if sweep.axis.unit == "mV":
        return millivolts(value)
    return concentration(value * (1000 if sweep.axis.unit == "mM" else 1))


def _along(sweep: Sweep, value: float) -> float:
    low, high = sweep.values[0], sweep.values[-1]
    if sweep.axis.logarithmic:
        low, high, value = log10(low), log10(high), log10(value)
    return _LEFT + (_RIGHT - _LEFT) * (value - low) / (high - low)


def _places(sweep: Sweep) -> list[float]:
    return [_along(sweep, value) for value in sweep.values]


def _height(fraction: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * fraction


def _points(x: list[float], fractions: tuple[float, ...]) -> str:
    places = zip(x, fractions, strict=True)
    return " ".join(f"{_at(across)},{_at(_height(fraction))}" for across, fraction in places)


def _x_ticks(sweep: Sweep) -> tuple[Tick, ...]:
    low, high = sweep.values[0], sweep.values[-1]
    if sweep.axis.logarithmic:
        values = [10.0**n for n in range(round(log10(low)), round(log10(high)) + 1)]
    else:
        values = [float(value) for value in range(round(low), round(high) + 1, 20)]
    shown = values[:: -(-len(values) // _MOST_TICKS)]
    return tuple(
        Tick(_at(_along(sweep, value)), number(value).replace("-", "\u2212")) for value in shown
    )


def _mark(sweep: Sweep) -> Mark | None:
    """The point, its words where they cover neither line."""
    if sweep.at is None:
        return None
    opening = float(sweep.point.opening)
    x, y = _along(sweep, sweep.at), _height(opening)
    text = f"{relative(opening)} at {_value(sweep, sweep.at)}"
    lines = _corners(sweep)
    free = (spot for spot in _SPOTS if _is_free(x, y, spot, len(text), lines))
    anchor, down = next(free, _SPOTS[0])
    return Mark(_at(x), _at(y), _at(x + _SHIFTS[anchor]), _at(y + down), anchor, text)


def _corners(sweep: Sweep) -> list[tuple[float, float]]:
    places = _places(sweep)
    return [
        (across, _height(fraction))
        for line in (sweep.opening, sweep.factor)
        for across, fraction in zip(places, line, strict=True)
    ]


def _is_free(
    x: float, y: float, spot: tuple[str, float], letters: int, lines: list[tuple[float, float]]
) -> bool:
    anchor, down = spot
    width = 12.0 + 8.5 * letters
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    right = left + width
    top, bottom = y + down - 16, y + down + 8
    if left < _LEFT or right > _RIGHT or top < _TOP or bottom > _BOTTOM:
        return False
    return not any(left < across < right and top < along < bottom for across, along in lines)


def _panel(panel: Panel, place: int) -> PanelView:
    opens = panel.glutamate and panel.coagonist
    return PanelView(
        x=24 + 290 * (place % 2),
        y=60 + 290 * (place // 2),
        title=panel.title,
        glutamate=panel.glutamate,
        coagonist=panel.coagonist,
        blocked=opens and not panel.depolarised,
        flows=opens and panel.depolarised,
        gap=16 if opens else 0,
        voltage=_voltage(panel.gate),
        level=_at(258 * panel.opening) if panel.opening else "",
        opening=number(panel.opening, digits=2),
        words=_words(panel),
    )


def _words(panel: Panel) -> str:
    if not panel.opening:
        return "closed"
    return "opens" if panel.depolarised else "nearly shut by magnesium"


def _voltage(gate: Gate) -> str:
    return millivolts(float(gate.conditions.voltage_mv))


def _keys_description(panels: tuple[Panel, ...]) -> str:
    said = "; ".join(
        f"{panel.title.lower()}: {number(panel.opening, digits=2)}" for panel in panels
    )
    return f"Four states of one receptor and the relative gate in each. {said}."


def _at(value: float) -> str:
    return f"{value:.1f}"
