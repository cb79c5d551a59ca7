"""A fill against what a capsule holds: volumes, bulk densities, and what is assumed of them.

Volumes of powders are added up, though powders settle between one another: an
approximation. Where no density is stated, the catalogue's usual range is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from chelate import catalogue
from chelate.intervals import Interval
from chelate.models.formulation import Formulation
from chelate.units import read_density

if TYPE_CHECKING:
    from chelate.formulate.delivery import Delivery

Fit = Literal["fits", "fits if dense", "tight", "does not fit"]
_NOISE = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class Packed:
    """A share of the fill of one capsule: its mass in mg, and its density in g/mL."""

    name: str
    fill_mg: float
    density_g_per_ml: Interval
    stated: bool

    @property
    def volume_ml(self) -> Interval:
        """What it takes up, from dense to loose."""
        density = self.density_g_per_ml
        return Interval(self.fill_mg / 1000 / density.high, self.fill_mg / 1000 / density.low)

    @property
    def least_ml(self) -> float:
        """What it takes up at the highest density that is considered for it."""
        if self.stated:
            return self.volume_ml.low
        return self.fill_mg / 1000 / catalogue.fill_density().ceiling_g_per_ml


@dataclass(frozen=True, slots=True)
class CapsuleFit:
    """The fill of one capsule, in mg, beside what a capsule of the size holds.

    `volume_ml` is what the fill takes up from dense to loose, `least_ml` at the highest
    densities considered, `needed_g_per_ml` the density that it must reach, in the larger
    and in the smaller of the volumes that tables give for the size. `fits` holds over all
    densities, `fits if dense` for the denser of them, `tight` needs more than those or the
    larger volume. `larger` is the next size that holds it when dense, `units_needed` how many
    capsules of this size hold the serving then.
    """

    size: str
    fill_mg: float
    room_ml: Interval
    packed: tuple[Packed, ...]
    volume_ml: Interval
    least_ml: float
    needed_g_per_ml: Interval
    density_g_per_ml: Interval
    holds_mg: Interval
    outcome: Fit
    larger: str | None
    units_needed: int

    @property
    def assumed(self) -> tuple[str, ...]:
        """What has no density stated, so that the usual range is assumed of it."""
        return tuple(each.name for each in self.packed if not each.stated)

    @property
    def most_g_per_ml(self) -> float:
        """The highest density that is considered for the whole fill."""
        return self.fill_mg / 1000 / self.least_ml

    @property
    def references(self) -> tuple[str, ...]:
        """Keys of what the volumes and the assumed densities are from."""
        assumed = catalogue.fill_density().sources if self.assumed else ()
        return (*catalogue.capsules()[self.size].sources, *assumed)


def in_capsules(formulation: Formulation) -> bool:
    """Whether a product comes in capsules, as far as its form says.

    >>> in_capsules(Formulation(product="A", form="powder", inputs=[
    ...     {"substance": "glycine", "amount": "1 g"}]))
    False
    """
    return formulation.form in (None, "capsule", "softgel")


def room_ml(size: str) -> Interval:
    """What a capsule of a known size holds in mL, by the smaller and the larger table.

    >>> room_ml("00")
    Interval(low=0.9, high=0.95)
    """
    capsule = catalogue.capsules()[size.strip().upper()]
    return Interval(capsule.volume_low_ml, capsule.volume_high_ml)


def density(text: str | None) -> Interval:
    """A bulk density in g/mL as stated, or the usual range where none is.

    Raises:
        InputError: the text is no density.

    >>> density("0.7 g/mL"), density(None)
    (Interval(low=0.7, high=0.7), Interval(low=0.6, high=1.0))
    """
    if text is not None:
        return read_density(text)
    usual = catalogue.fill_density()
    return Interval(usual.usual_low_g_per_ml, usual.usual_high_g_per_ml)


def capsule_fit(delivery: Delivery) -> CapsuleFit | None:
    """The fill beside its capsule; None for what is no capsule, or where no size is stated."""
    made = delivery.formulation
    if made.capsule_size is None or made.form not in (None, "capsule"):
        return None
    packed = tuple(_packed(delivery))
    return fit_of(made.capsule_size.strip().upper(), packed, units=made.units_per_serving)


def fit_of(size: str, packed: tuple[Packed, ...], *, units: int = 1) -> CapsuleFit:
    """The fill of one capsule of a serving of `units`, beside what a capsule holds."""
    room, fill_mg = room_ml(size), sum(each.fill_mg for each in packed)
    volume = Interval(
        sum(each.volume_ml.low for each in packed), sum(each.volume_ml.high for each in packed)
    )
    mixed = Interval(fill_mg / 1000 / volume.high, fill_mg / 1000 / volume.low)
    least_ml = sum(each.least_ml for each in packed)
    return CapsuleFit(
        size=size,
        fill_mg=fill_mg,
        room_ml=room,
        packed=packed,
        volume_ml=volume,
        least_ml=least_ml,
        needed_g_per_ml=Interval(fill_mg / 1000 / room.high, fill_mg / 1000 / room.low),
        density_g_per_ml=mixed,
        holds_mg=Interval(room.low * mixed.low * 1000, room.low * mixed.high * 1000),
        outcome=_outcome(room, volume, least_ml),
        larger=next(_larger(size, volume.low), None),
        units_needed=ceil(units * volume.low / room.low / _NOISE),
    )


def _packed(delivery: Delivery) -> Iterator[Packed]:
    units = delivery.formulation.units_per_serving
    for each in delivery.materials:
        if each.weighed_mg:
            stated = each.density_g_per_ml is not None
            taken = each.density_g_per_ml or density(None)
            yield Packed(each.name, each.weighed_mg / units, taken, stated)


def _outcome(room: Interval, volume: Interval, least_ml: float) -> Fit:
    if volume.high <= room.low * _NOISE:
        return "fits"
    if volume.low <= room.low * _NOISE:
        return "fits if dense"
    return "tight" if least_ml <= room.high * _NOISE else "does not fit"


def _larger(size: str, volume_ml: float) -> Iterator[str]:
    """Sizes larger than this that hold a volume, the smallest first."""
    own = room_ml(size).low
    for other in reversed(tuple(catalogue.capsules())):
        room = room_ml(other).low
        if room > own and volume_ml <= room * _NOISE:
            yield other
