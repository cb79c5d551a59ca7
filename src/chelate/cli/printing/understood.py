"""What was understood of a label, row by row: the view that `read` shows and `convert` notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chelate import catalogue
from chelate.catalogue import names
from chelate.composition import Claim, Composition, Problem, Source, compose
from chelate.composition.amounts import reading_of
from chelate.composition.rows import Entry, entries
from chelate.figures import mass_range
from chelate.models import Label

_PLAIN_READING = "the row is the element"


@dataclass(frozen=True, slots=True)
class Seen:
    """A printed row, and what it was understood as; `unclear` is what was not understood."""

    path: str
    depth: int
    name: str
    amount: str
    percent: str
    understood: tuple[str, ...]
    unclear: tuple[str, ...]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that `read` shows of a label."""

    label: Label
    composition: Composition
    rows: tuple[Seen, ...]
    beside: tuple[str, ...]
    unclear: tuple[Problem, ...]

    def line(self, path: str) -> int | None:
        """The line of a path in the user's file."""
        origin = self.label.origin
        place = origin.locate(path) if origin else None
        return place.line if place else None


def view_of(label: Label) -> View:
    """The view of a label."""
    composition = compose(label)
    rows = tuple(
        _seen(entry, depth, composition)
        for top in entries(label, reading_of(label))
        for entry, depth in _walk(top, 0)
    )
    elsewhere = tuple(p for p in composition.problems if not p.path.startswith("facts["))
    beside = dict.fromkeys(_beside(composition))
    return View(label, composition, rows, tuple(beside), elsewhere)


def remarks_of(label: Label) -> dict[str, list[str]]:
    """What was not understood, as comments by the path that they are about."""
    composition = compose(label)
    remarks: dict[str, list[str]] = {}
    for problem in composition.problems:
        said = f"not understood: “{problem.text}”: expected {problem.expected}"
        remarks.setdefault(problem.path, []).append(said)
    for source in _sources(composition):
        if source.meaning.status == "unknown":
            said = f"not understood: “{source.text}” is not in the catalogue"
            remarks.setdefault(source.path, []).append(said)
    for index in range(len(label.unread)):
        remarks[f"unread[{index}]"] = ["not understood: a line as printed"]
    return remarks


def _walk(entry: Entry, depth: int) -> Iterator[tuple[Entry, int]]:
    yield entry, depth
    for child in entry.children:
        yield from _walk(child, depth + 1)


def _seen(entry: Entry, depth: int, composition: Composition) -> Seen:
    row = entry.row
    claim = next((c for c in composition.claims if c.path == entry.path), None)
    sources = [s for s in _sources(composition) if _stands_in(s.path, entry)]
    percent = row.percent_dv if row.percent_nrv is None else row.percent_nrv
    problems = [p for p in composition.problems if _stands_in(p.path, entry)]
    unknown = [s for s in sources if s.meaning.status == "unknown"]
    unclear = [f"“{p.text}”: expected {p.expected}" for p in problems]
    unclear += [f"“{source.text}” is not in the catalogue" for source in unknown]
    return Seen(
        entry.path, depth, row.name, _amounts(entry), percent or "",
        tuple(_understood(entry, claim, sources)), tuple(dict.fromkeys(unclear)),
        _as_data(entry, claim, sources),
    )  # fmt: skip


def _stands_in(path: str, entry: Entry) -> bool:
    """Whether a path is in the row itself, and not in one nested under it."""
    inside = path.startswith(f"{entry.path}.")
    return inside and not path.startswith(f"{entry.path}.contains[")


def _amounts(entry: Entry) -> str:
    return "; ".join(filter(None, (entry.row.amount, *entry.row.also)))


def _sources(composition: Composition) -> list[Source]:
    return [source for claim in composition.claims for source in claim.sources]


def _understood(entry: Entry, claim: Claim | None, sources: list[Source]) -> Iterator[str]:
    if claim and claim.declared and not (sources and sources[0].share == claim.declared):
        declared = mass_range(claim.declared.interval_mg, claim.unit)
        yield f"{names.spoken(claim.nutrient)}, {declared} elemental"
    elif kind := _kind(entry, sources):
        yield kind
    for source in sources:
        if source.meaning.status != "unknown":
            yield f"from {source_text(source)}"
    if claim and claim.inferred_from:
        named = ", ".join(source.text for source in claim.sources)
        yield f"source named only in {claim.inferred_from.replace('_', ' ')}: {named}"
    if claim and claim.reading not in ("", _PLAIN_READING):
        yield f"({claim.reading})"


def _kind(entry: Entry, sources: list[Source]) -> str:
    """What kind of row it is, with its amount; "" for one that its sources tell of."""
    unit = catalogue.mass_unit(entry.nutrient or "")
    amount = f", {mass_range(entry.amount.interval_mg, unit)}" if entry.amount else ""
    if entry.kind == "element" and entry.nutrient:
        return f"{names.spoken(entry.nutrient)}{amount}"
    if entry.kind == "other" and entry.children:
        return f"a blend{amount} in all" if amount else "a blend"
    if entry.meaning.status == "inert":
        return "an excipient"
    if entry.kind == "other":
        return f"another ingredient{amount}, not in the catalogue"
    named = any(source.path == f"{entry.path}.name" for source in sources)
    return "" if named else f"a source of {names.spoken(entry.nutrient or '')}"


def source_text(source: Source) -> str:
    """A source with what its name may mean, and the masses printed of it."""
    meant, nutrient = source.meaning.substances, source.meaning.nutrient or ""
    named = " ".join(meant[:1]) + (f" or {len(meant) - 1} more" if len(meant) > 1 else "")
    parts = [f"{source.text} = {named or source.meaning.status}"]
    if source.meaning.buffered:
        parts.append("buffered")
    if source.mass:
        interval_mg = source.mass.interval_mg
        unit = catalogue.material_unit(nutrient, interval_mg.high)
        parts.append(f"{mass_range(interval_mg, unit)} of the compound")
    if source.share:
        unit = catalogue.mass_unit(nutrient)
        parts.append(f"{mass_range(source.share.interval_mg, unit)} of the element")
    return "; ".join(parts)


def _beside(composition: Composition) -> Iterator[str]:
    for claim in composition.claims:
        for source in claim.beside:
            yield f"a source of {names.spoken(claim.nutrient)}: {source_text(source)}"
    for excipient in composition.excipients:
        if excipient.meaning.status == "inert" and excipient.meaning.family:
            yield f"an excipient: {excipient.text}"


def _as_data(entry: Entry, claim: Claim | None, sources: list[Source]) -> dict[str, Any]:
    declared = claim.declared if claim else None
    amount = declared or entry.amount
    return {
        "kind": entry.kind,
        "nutrient": entry.nutrient,
        "elemental": declared is not None,
        "interval_mg": [amount.interval_mg.low, amount.interval_mg.high] if amount else None,
        "read_because": claim.reading if claim else None,
        "sources": [
            {
                "text": source.text,
                "status": source.meaning.status,
                "substances": list(source.meaning.substances),
                "buffered": source.meaning.buffered,
                "mass_mg": source.mass.value_mg if source.mass else None,
                "share_mg": source.share.value_mg if source.share else None,
            }
            for source in sources
        ],
    }
