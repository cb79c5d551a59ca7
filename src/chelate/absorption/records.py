"""Studies of absorption, what they allow to print, the curve and limits: `absorption.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chelate import resources
from chelate.catalogue.load import build, read_records, read_toml
from chelate.catalogue.records import Confidence

Grade = Literal["high", "medium", "low", "none"]


@dataclass(frozen=True, slots=True)
class Study:
    """One comparison or measurement: what was given to whom, how it was measured, the result.

    `forms` are families of the catalogue, none for dissolved or mixed magnesium; `result` is
    as its authors printed it. Where the fraction absorbed at a known dose in one sitting was
    measured in healthy people, `sitting_mg` and the two percentages say so; `slow` marks a
    product made to release its magnesium slowly.
    """

    id: str
    forms: tuple[str, ...]
    material: str
    dose: str
    method: str
    population: str
    result: str
    sources: tuple[str, ...]
    verified: bool
    subjects: int | None = None
    human: bool = True
    caveat: str = ""
    sponsor: str = ""
    sitting_mg: float | None = None
    low_percent: float | None = None
    high_percent: float | None = None
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Grading:
    """What may be printed of some families: a range, or a statement instead of one, and why.

    `mixture_of` names the gradings of which it is a mixture in any proportion, `words` are
    normalised wordings that mean it, `studies` are the ids of those that it rests on.
    """

    id: str
    name: str
    families: tuple[str, ...]
    why: str
    studies: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    low_percent: float | None = None
    high_percent: float | None = None
    grade: Confidence | None = None
    statement: str = ""
    mixture_of: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """The two published points of absorption against dose, and what is not known of them.

    `range_of` is the grading of the same salts, whose range is printed for doses from
    `range_from_mg` to `range_to_mg`; up to `near_to_mg` others have measured as well.
    """

    lowest_mg: float
    lowest_percent: float
    highest_mg: float
    highest_percent: float
    linear_percent: float
    lowest_from_mg: float
    lowest_to_mg: float
    highest_from_mg: float
    highest_to_mg: float
    rounding_percent: float
    range_of: str
    range_from_mg: float
    range_to_mg: float
    near_to_mg: float
    near_grade: Confidence
    far_grade: Confidence
    confidence: str
    text: str
    band: str
    scope: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A sentence that stands under every output."""

    id: str
    text: str
    sources: tuple[str, ...]
    verified: bool


Record = Study | Grading | Curve | Limit
_FILE = resources.DATA / "absorption.toml"


@cache
def all_studies() -> Mapping[str, Study]:
    """Every study, by id."""
    return read_records(Study, "study", (_FILE,))


@cache
def gradings() -> Mapping[str, Grading]:
    """Every grading, by id, in the order of the table, which is no ranking."""
    return read_records(Grading, "grading", (_FILE,))


@cache
def limits() -> tuple[Limit, ...]:
    """What the ranges cannot say."""
    return tuple(read_records(Limit, "limit", (_FILE,)).values())


@cache
def curve() -> Curve:
    """What the curve of absorption against dose is drawn through."""
    return build(Curve, read_toml(_FILE)["curve"], "absorption.toml: curve")


def records() -> tuple[Record, ...]:
    """Everything that is printed of absorption, each with its sources."""
    return (curve(), *gradings().values(), *all_studies().values(), *limits())
