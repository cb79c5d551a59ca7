"""The list of tables: every file of `data/` belongs to one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chelate import catalogue, formula, resources
from chelate.provenance import chemistry, law, science
from chelate.provenance.records import Entry, Table

_PREFIXES, _POUND = "nist-si-prefixes", "nist-handbook-44"
_OF_THE_POUND = ("oz", "lb")


def _units() -> Iterator[Entry]:
    """The units that are masses; the others are words."""
    known = catalogue.references()
    for each in resources.toml("units.toml")["unit"]:
        if "mg" in each:
            key = _POUND if each["symbol"] in _OF_THE_POUND else _PREFIXES
            says = f"{len(each['spellings'])} spellings; {each['mg']} mg, exactly"
            yield Entry(each["symbol"], says, (key,), known[key].verified)


_FACTS: tuple[tuple[str, str, str, Callable[[], Iterable[Entry]]], ...] = (
    ("atomic-weights", "Standard atomic weights and their uncertainties.",
     "atomic_weights.csv", chemistry.atomic_weights),
    ("substances", "Compounds with their formulas, each hydrate on its own.",
     "substances/*.toml", chemistry.substances),
    ("families", "What the words for a source may mean.", "families.toml", chemistry.families),
    ("grades", "Raw materials as traded: the percentages that makers state.",
     "grades.toml", chemistry.grades),
    ("mixtures", "Materials without a formula, by a range of contents.",
     "mixtures.toml", chemistry.mixtures),
    ("moieties", "The molecules that compounds release.", "moieties.toml", chemistry.moieties),
    ("nutrients", "The nutrients of the panel.", "nutrients.toml", chemistry.nutrients),
    ("marks", "Brand marks of ingredients; a mark is not a substance.",
     "marks.toml", chemistry.marks),
    ("capsules", "Capsule sizes and their volumes.", "capsules.csv", chemistry.capsules),
    ("densities", "Powder densities, and what a filled capsule is judged by.",
     "densities.toml", chemistry.densities),
    ("reference-values", "Daily Values and NRVs.", "reference_values.csv", law.reference_values),
    ("upper-levels", "Daily upper levels, by authority and age.",
     "upper_levels.csv", law.upper_levels),
    ("tolerances", "How far a measurement may be from the label.",
     "tolerances.toml", law.tolerances),
    ("cautions", "What to know before taking a nutrient.", "cautions.toml", law.cautions),
    ("panel-layouts", "What panels print, market by market.",
     "panel_layout.toml", law.panel_layouts),
    ("rules", "What each rule finds, and why.", "", law.rules),
    ("evidence", "What claims are worth.", "evidence.toml", science.claims),
    ("absorption", "Ranges of absorption, the studies behind them, the curve.",
     "absorption.toml", science.absorbed),
    ("gate", "Parameters of the coincidence gate, and its limits.",
     "gate.toml", science.gate_records),
    ("statement-words", "What the words of statements are held to, and what is said of them.",
     "statements.toml", law.statements),
    ("units", "Units that are masses, in milligrams.", "units.toml", _units),
)  # fmt: skip
_WORDS = (
    ("excipients", "Names of other ingredients.", "excipients.toml"),
    ("qualifiers", "Words beside a name: hydration, buffering, and those that change nothing.",
     "qualifiers.toml"),
    ("wording", "Words that join, deny and surround names.", "wording.toml"),
    ("panel-words", "Words of printed panels.", "panel.toml"),
    ("spreadsheet-words", "Headers of spreadsheets.", "spreadsheet.toml"),
    ("database-words", "Words of the label databases.", "databases.toml"),
)  # fmt: skip


@cache
def tables() -> tuple[Table, ...]:
    """Every table: facts, then words, then the documents."""
    return (*_facts(), *_words(), _documents())


def _facts() -> Iterator[Table]:
    editions = {"atomic-weights": formula.EDITION, "reference-values": _editions(),
                "evidence": f"reviewed {science.reviewed()}"}  # fmt: skip
    sources = {"statement-words": law.rules_on_statements()}
    for name, about, file, read in _FACTS:
        files = (file,) if file else ()
        yield Table(name, about, "facts", files, read, edition=editions.get(name, ""),
                    sources=sources.get(name, ()))  # fmt: skip


def _words() -> Iterator[Table]:
    for name, about, file in _WORDS:
        yield Table(name, about, "words", (file,), count=_counter(file))
    schemas = ("schemas/*.json",)
    yield Table("schemas", "What each kind of file may hold.", "words", schemas,
                count=lambda: len(_files(schemas)))  # fmt: skip


def _documents() -> Table:
    return Table("references", "The documents that records cite.", "documents",
                 ("references.toml",), science.documents)  # fmt: skip


def _editions() -> str:
    return ", ".join(sorted({each.edition for each in catalogue.reference_values()}))


def _counter(file: str) -> Callable[[], int]:
    return lambda: _leaves(resources.toml(file))


def _leaves(held: Any) -> int:
    """How many texts and figures a piece of data holds."""
    if isinstance(held, dict):
        return sum(map(_leaves, held.values()))
    return sum(map(_leaves, held)) if isinstance(held, list) else 1


def _files(patterns: Iterable[str]) -> tuple[Path, ...]:
    return tuple(path for each in patterns for path in sorted(resources.DATA.glob(each)))


def data_files(of: Table) -> tuple[str, ...]:
    """The files that a table is read from, below `data/`."""
    return tuple(path.relative_to(resources.DATA).as_posix() for path in _files(of.files))
