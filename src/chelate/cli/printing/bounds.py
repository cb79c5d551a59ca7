"""Bounds as text: what holds in any case, then by reading; the proof, and recipes that fit.

Lower ends are rounded down and upper ends up, so that what is printed holds as well.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from chelate import sentences
from chelate.bounds import words
from chelate.bounds.ends import CLAIMED, ELSEWHERE, ELSEWHERE_SHARE, Portion
from chelate.bounds.parts import (
    own_sources,
)
from chelate.bounds.proof import arithmetic
from chelate.bounds.ranges import GLYCINE, Range, Reading, readings
from chelate.catalogue.names import spoken
from chelate.checker import CheckResult
from chelate.cli.printing.diagnostics import WIDTH, visible
from chelate.composition import Claim
from chelate.figures import (
    at_least_mass,
    at_most_mass,
    bounds_mass,
    bounds_percent,
    listed,
    mass,
)
from chelate.findings import Verdict
from chelate.rules import Judged

_UNIT = re.compile(r"(?<=\d) (?=(?:mg|µg|%)\b|%)")
_ROWS = (CLAIMED, ELSEWHERE, GLYCINE)
_GAP = 3
_WIDEST = 24
_SAME = 1e-6

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A reading: its heading, and for each row its range in mg and as a share."""

    heading: str
    cells: Mapping[str, Cell]


def label_text(result: CheckResult) -> str:
    """What must be true of each claim of one label."""
    origin = result.label.origin
    where = ", ".join(filter(None, (origin.file, origin.record))) if origin else "<label>"
    head = f"{visible(where)}: {click.style(visible(result.label.product), bold=True)}"
    blocks = ["\n".join(_claim(judged, result)) for judged in result.judged]
    none = "  The panel declares no mineral, so there is no source claim to look at."
    return "\n\n".join([f"{head}\n{blocks[0] if blocks else none}", *blocks[1:]])


def _claim(judged: Judged, result: CheckResult) -> Iterator[str]:
    claim, found = judged.claim, readings(result.composition, judged.index)
    yield from (click.style(line, bold=True) for line in _wrapped(_title(claim), 2))
    yield from _wrapped(sentences.elsewhere(judged) or _sentence(judged), 4)
    if _is_open(found):
        yield from _wrapped(
            f"From 0 to 100 % of the {claim.nutrient} may come from elsewhere: nothing printed "
            "says less.", 4
        )  # fmt: skip
    told = _columns(claim, found)
    yield from _titled("", _table(claim, told))
    proof = arithmetic(result.composition, judged.index, judged.bounds)
    yield from _titled("Proof", (line for each in proof for line in _wrapped(each, 6)))
    yield from _titled("Recipes that fit", _recipes(claim, found))
    yield from _titled("", _conflict(judged, result))


def _title(claim: Claim) -> str:
    amount = f", {claim.declared.text}" if claim.declared else ""
    sources = listed([f"“{s.text}”" for s in claim.sources]) if claim.sources else ""
    return f"{claim.nutrient}{amount}{', from ' if sources else ''}{sources}"


def _sentence(judged: Judged) -> str:
    """The sentence of the verdict; where nothing was decided, why."""
    if judged.verdict is Verdict.NO_CLAIM or not judged.bounds.reason:
        return sentences.sentence(judged)
    return f"Nothing is decided: {judged.bounds.reason}."


def _is_open(found: Sequence[Reading]) -> bool:
    """Whether anything from nought to all may come from elsewhere, however it is read."""
    ends = [(r.end(ELSEWHERE_SHARE, "least"), r.end(ELSEWHERE_SHARE, "most")) for r in found]
    return bool(ends) and all(
        low is not None and high is not None and low < _SAME and high > 1 - _SAME
        for low, high in ends
    )


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Lines under an empty one and their title; nothing where there are none."""
    shown = list(lines)
    if shown:
        yield ""
        yield from [f"    {click.style(title, bold=True)}"] * bool(title)
        yield from shown


def _wrapped(text: str, indent: int, following: int | None = None) -> Iterator[str]:
    """Lines of at most `WIDTH` columns; a number is not parted from its unit."""
    lines = textwrap.wrap(
        _UNIT.sub("\u00a0", visible(text)),
        WIDTH, initial_indent=" " * indent,
        subsequent_indent=" " * (indent if following is None else following),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    yield from (line.replace("\u00a0", " ") for line in lines)


def _columns(claim: Claim, found: Sequence[Reading]) -> list[Column]:
    """A column for each reading that says something, and nothing that one before it says."""
    told: list[Column] = []
    for reading in () if _is_open(found) else found:
        cells = {row: _cell(row, reading.ranges, claim) for row in _ROWS if row in reading.ranges}
        if cells not in [column.cells for column in told]:
            told.append(Column(_heading(reading, claim), cells))
    return told


def _heading(reading: Reading, claim: Claim) -> str:
    """A reading in words: what it takes the printed mass for."""
    masses = [f"“{s.mass.text}”" for s in own_sources(claim) if s.mass]
    printed = listed(masses) if masses else f"“{claim.blend.text}”" if claim.blend else ""
    verb = "are" if len(masses) > 1 else "is"
    named = reading.rest and spoken(reading.rest)
    match reading.name:
        case "alone":
            return f"if {printed} {verb} of the compound alone"
        case "blend":
            return f"if {printed} {verb} of the whole blend"
        case "rest":
            return f"if the rest is {named}{' within it' if printed else ''}"
        case "documented":
            return "as documented"
        case "named":
            return "as documented, from the named sources alone"
    return "in any case"


def _cell(row: str, ranges: Mapping[str, Range], claim: Claim) -> Cell:
    share, unit = ranges.get(f"{row} share"), "mg" if row == GLYCINE else claim.unit
    part = f"({bounds_percent(share.interval)})" if share else ""
    return bounds_mass(ranges[row].interval, unit), part


def _table(claim: Claim, columns: Sequence[Column]) -> Iterator[str]:
    """Readings side by side where they fit, in wide cells or in narrow ones; else one by one."""
    if not columns:
        return
    names = {row: _row_name(row, claim) for row in columns[0].cells}
    for cells_of in (_joined, _split):
        lines = list(_grid(names, columns, cells_of))
        if max(map(len, lines)) <= WIDTH:
            yield from lines
            return
    for column in columns:
        yield from _wrapped(column.heading, 4)
        wide = max(map(len, names.values()))
        yield from (f"      {names[row]:<{wide}}   {' '.join(filter(None, cell))}"
                    for row, cell in column.cells.items())  # fmt: skip


def _row_name(row: str, claim: Claim) -> str:
    if row == CLAIMED:
        own = own_sources(claim)
        return f"from “{visible(own[0].text)}”" if len(own) == 1 else "from the claimed sources"
    return "from elsewhere" if row == ELSEWHERE else "glycine, as the free acid"


def _joined(cell: Cell) -> list[str]:
    return [" ".join(filter(None, cell))]


def _split(cell: Cell) -> list[str]:
    return [part for part in cell if part]


def _grid(
    names: Mapping[str, str], columns: Sequence[Column], cells_of: Callable[[Cell], list[str]]
) -> Iterator[str]:
    """A table: readings across, headings and cells wrapped in their columns."""
    titles = [textwrap.wrap(visible(c.heading), _WIDEST - 4) for c in columns]
    rows = {row: [cells_of(c.cells[row]) for c in columns] for row in names}
    widths = [
        max(map(len, [*title, *(line for cells in rows.values() for line in cells[at])]))
        for at, title in enumerate(titles)
    ]
    heads = {row: textwrap.wrap(name, _WIDEST) for row, name in names.items()}
    first = max(len(line) for lines in heads.values() for line in lines)
    yield from _row([[], *titles], [first, *widths], bottom=True)
    for row, cells in rows.items():
        yield from _row([heads[row], *cells], [first, *widths])


def _row(
    cells: Sequence[list[str]], widths: Sequence[int], *, bottom: bool = False
) -> Iterator[str]:
    """The lines of one row, its cells at the top or at the bottom."""
    height = max(map(len, cells))
    padded = [
        [""] * (height - len(c)) + c if bottom else c + [""] * (height - len(c)) for c in cells
    ]
    for at in range(height):
        line = (" " * _GAP).join(f"{c[at]:<{w}}" for c, w in zip(padded, widths, strict=True))
        yield f"    {line}".rstrip()


def _recipes(claim: Claim, found: Sequence[Reading]) -> Iterator[str]:
    """A recipe at the least from elsewhere, and one at the most, in any case."""
    if not found or _is_open(found):
        return
    any_case = found[0].ranges[ELSEWHERE]
    for sense, end in (("least", any_case.least), ("most", any_case.most)):
        written = at_least_mass if sense == "least" else at_most_mass
        amount = written(end.value, claim.unit)
        recipe = listed([_portion(each, claim) for each in end.witness])
        yield from _wrapped(f"at the {sense}, {amount} from elsewhere: {recipe}", 6, 8)


def _portion(portion: Portion, claim: Claim) -> str:
    """A part of a recipe: "1,117 mg magnesium bisglycinate, anhydrous (157.5 mg)"."""
    place = f" in “{portion.name}”" if portion.name else " from elsewhere"
    taken = mass(portion.mass_mg, claim.material_unit(portion.mass_mg))
    if portion.substance == "":
        return f"{taken} of other matter{place}"
    if portion.substance is None:
        return f"{mass(portion.element_mg, claim.unit)} of {claim.nutrient}{place}"
    held = f" ({mass(portion.element_mg, claim.unit)})" if portion.element_mg else ""
    return f"{taken} {spoken(portion.substance)}{held}" + place * (not portion.name)


def _conflict(judged: Judged, result: CheckResult) -> Iterator[str]:
    """By how much printed figures miss, and the least change of each that would mend it."""
    found = judged.bounds.conflict
    if found is None:
        return
    gap = f"{at_least_mass(found.gap_mg, judged.claim.unit)} of {judged.claim.nutrient}"
    yield from _wrapped(
        f"The figures miss by {gap}. One of these changes would mend it:", 4
    )  # fmt: skip
    for mended in words.mends(found, result.composition.claims):
        yield from _wrapped(f"- {mended}", 6, 8)
