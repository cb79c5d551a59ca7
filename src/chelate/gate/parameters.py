"""The parameters of the gate, what it leaves out, and glycine's other job: `data/gate.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar

from chelate import catalogue, resources
from chelate.catalogue.load import read_records
from chelate.findings import InputError

Agonist = Literal["glutamate", "glycine", "d-serine"]
SUBUNITS = ("2A", "2B", "2C", "2D")
STANDARD_BLOCK = "jahr-stevens-1990"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Block:
    """Coefficients of the magnesium block, 1 / (1 + [Mg]/k exp(-slope (V - shift)))."""

    id: str
    name: str
    k_mmol_per_l: float
    slope_per_mv: float
    shift_mv: float
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Potency:
    """The concentration of an agonist that has half its full effect, by GluN2 subunit."""

    id: str
    subunit: str
    agonist: str
    ec50_umol_per_l: float
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One property of glycine as a co-agonist, and as an inhibitory transmitter."""

    id: str
    property: str
    coagonist: str
    transmitter: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A sentence on what the model leaves out or cannot say."""

    id: str
    text: str
    sources: tuple[str, ...]
    verified: bool


Record = Block | Potency | Job | Limit
_FILES = (resources.DATA / "gate.toml",)


@cache
def blocks() -> Mapping[str, Block]:
    """Every set of coefficients for the magnesium block, by id."""
    return read_records(Block, "block", _FILES)


@cache
def potencies() -> Mapping[str, Potency]:
    """Every half-maximal concentration, by subunit and agonist: "2A-glycine"."""
    return read_records(Potency, "potency", _FILES)


@cache
def jobs() -> tuple[Job, ...]:
    """Glycine's two jobs beside each other, in the order of a table."""
    return tuple(read_records(Job, "job", _FILES).values())


@cache
def limits() -> tuple[Limit, ...]:
    """What stands under every result of the model."""
    return tuple(read_records(Limit, "limit", _FILES).values())


def records() -> tuple[Record, ...]:
    """Everything that the model rests on, each with its sources."""
    return (*blocks().values(), *potencies().values(), *jobs(), *limits())


def block(name: str) -> Block:
    """The coefficients with this id; `InputError` if there are none.

    >>> block("jahr-stevens-1990").k_mmol_per_l
    3.57
    """
    return _known(blocks(), name, "a set of coefficients for the block")


def potency(subunit: str, agonist: Agonist) -> Potency:
    """The half-maximal concentration of an agonist; `InputError` for an unknown subunit.

    >>> potency("2A", "glycine").ec50_umol_per_l
    1.3
    """
    _known(dict.fromkeys(SUBUNITS, True), subunit, "a GluN2 subunit")
    return potencies()[f"{subunit}-{agonist}"]


def cited(used: Iterable[Record]) -> tuple[catalogue.Reference, ...]:
    """The documents that records cite, each once, in the order in which they come."""
    keys = dict.fromkeys(key for record in used for key in record.sources)
    return tuple(catalogue.references()[key] for key in keys)


def _known(table: Mapping[str, T], name: Any, what: str) -> T:
    if not isinstance(name, str) or name not in table:
        raise InputError(f'found "{name}", expected {what}: {", ".join(table)}')
    return table[name]
