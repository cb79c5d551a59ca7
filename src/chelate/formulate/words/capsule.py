"""The fill of a capsule beside what it holds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from chelate.catalogue import fill_density
from chelate.catalogue.names import as_called
from chelate.figures import listed, mass_range, mg, number
from chelate.formulate.capsules import CapsuleFit, density
from chelate.intervals import Interval


def capsule_rows(fit: CapsuleFit) -> Iterator[tuple[str, str]]:
    """What is compared, and its figures with their units."""
    yield "fill of one capsule", mg(fit.fill_mg)
    yield f"size {fit.size} holds", f"{span(fit.room_ml)} mL"
    yield "density that it takes", f"{span(fit.needed_g_per_ml)} g/mL"
    yield f"density, {_known(fit)}", f"{span(fit.density_g_per_ml)} g/mL"
    yield "what it holds at that", mass_range(fit.holds_mg)


def _known(fit: CapsuleFit) -> str:
    if not fit.assumed:
        return "stated"
    return "assumed" if len(fit.assumed) == len(fit.packed) else "partly assumed"


def capsule_remarks(fit: CapsuleFit, material: str | None) -> Iterator[str]:
    """Whether it fits, and what is supposed of the powders."""
    yield capsule_outcome(fit)
    if fit.assumed:
        usual = f"the usual {span(density(None))} g/mL is assumed"
        of = listed([as_called(each) for each in fit.assumed])
        yield f"No density is stated of {of}: {usual}, {_ceiling()} at most."
    if len(fit.packed) > len(fit.assumed):
        yield (
            "Volumes of powders are added up, which is an approximation: they settle between "
            "one another."
        )
    if material:
        yield f"The empty capsule, {material}, is no part of the fill."


def _ceiling() -> str:
    return f"{number(fill_density().ceiling_g_per_ml)} g/mL"


def capsule_outcome(fit: CapsuleFit) -> str:
    """Whether the fill fits, and what would hold it if it does not."""
    at = "usual" if fit.assumed else "stated"
    needed = number(fit.needed_g_per_ml.high, digits=3)
    if fit.outcome == "fits":
        return f"It fits at the {at} densities."
    if fit.outcome == "fits if dense":
        return f"It fits only if filled at {needed} g/mL or more."
    if fit.outcome == "tight":
        return f"It fits only if filled at {needed} g/mL or more, denser than {at}. {_instead(fit)}"
    most = number(fit.most_g_per_ml, digits=3)
    least = number(fit.needed_g_per_ml.low, digits=3)
    return f"It does not fit: it takes {least} g/mL, more than {most}. {_instead(fit)}"


def _instead(fit: CapsuleFit) -> str:
    more = f"{fit.units_needed} capsules of size {fit.size} in a serving"
    if fit.larger is None:
        return f"No size is larger that would hold it; {more} would, filled densely."
    return f"Size {fit.larger} would hold it, or {more}, filled densely."


def span(interval: Interval) -> str:
    """A range of plain numbers: "0.9–0.95"."""
    low, high = number(interval.low, digits=3), number(interval.high, digits=3)
    return low if low == high else f"{low}–{high}"
