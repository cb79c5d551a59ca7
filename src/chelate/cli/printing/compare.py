"""The output of `chelate compare`: both files with the words marked, or JSON for programs."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from chelate.cli.printing.diagnostics import WIDTH, excerpt, visible
from chelate.cli.printing.footer import caution_lines, footer, footer_json
from chelate.figures import listed
from chelate.files import Document, steps_of
from chelate.findings import InputError, Place, Severity
from chelate.formulate.compare import Comparison, Difference, Follows, NotCompared, Where
from chelate.models import Label, Origin
from chelate.rules.rule import Hit, place_of_words

FOLLOWS = "the label follows from the recipe"
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_FOLLOWING = 12
_ENTRY = re.compile(r"(inputs|excipients)\[\d+\]")
_NAME_OF = {"inputs": "substance", "excipients": "name"}
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:mg|mcg|g|kg|%|µg|mL)\b|%)")
_LAW = {"US": (("Law", "cfr-101-36"),)}


def text(document: Document, compared: Sequence[Comparison], *, show_working: bool) -> str:
    """Every comparison, then the constants and reference values used, and cautions."""
    blocks = [_comparison(document, each, show_working=show_working) for each in compared]
    blocks.append("\n".join(footer(_nutrients(compared), limits=False, **_cited(compared))))
    blocks.append("\n".join(caution_lines(_cautioned(compared))))
    return "\n\n".join(filter(None, blocks))


def _comparison(document: Document, each: Comparison, *, show_working: bool) -> str:
    blocks = [
        "\n".join(_block(document, each.label, found, show_working=show_working))
        for found in each.differences
    ]
    blocks.append("\n".join(_summary(document, each)))
    if show_working:
        blocks.append("\n".join(_working(each)))
    return "\n\n".join(blocks)


def _block(
    document: Document, label: Label, found: Difference, *, show_working: bool
) -> Iterator[str]:
    """A difference: the label's line, the recipe's line, and what is between them."""
    colour = _COLOURS[found.severity]
    kind = click.style(f"{found.severity}[{found.kind}]", fg=colour, bold=True)
    sides = list(_sides(document, label, found.where))
    gutter = " " * (max((len(str(place.line)) for _, place, _, _ in sides), default=0) + 1)
    yield f"{visible(_at(sides, label))}: {kind}"
    for at, (file, place, lines, words) in enumerate(sides):
        if at:
            yield click.style(f"{gutter}::", fg="blue") + f" {visible(file)}:{place}"
        yield from _excerpt(lines, place, words, gutter, colour)
    yield from _remark(gutter, found.message)
    for line in found.working if show_working else ():
        yield from _remark(gutter, line)


Side = tuple[str, Place, Sequence[str], str]


def _sides(document: Document, label: Label, where: Where) -> Iterator[Side]:
    """Where a difference stands: file, place, lines and words, in the label and the recipe."""
    origin, place = label.origin, _place_in_label(label, where)
    if origin and place and origin.text:
        yield origin.file, place, _lines(origin, place), where.words
    if where.recipe is not None:
        place, words = _place_in_recipe(document, where.recipe)
        yield document.file, place, _LINE_BREAK.split(document.text), words


def _at(sides: Sequence[Side], label: Label) -> str:
    if sides:
        return f"{sides[0][0]}:{sides[0][1]}"
    return label.origin.file if label.origin else "<label>"


def _place_in_label(label: Label, where: Where) -> Place | None:
    return place_of_words(label, Hit(where.label, where.words)) if where.label else None


def _place_in_recipe(document: Document, path: str) -> tuple[Place, str]:
    """The place of an entry of the recipe, of its name where it has several keys."""
    entry = _ENTRY.fullmatch(path)
    finest = f"{path}.{_NAME_OF[entry[1]]}" if entry else path
    return document.place(finest), _value(document.data, finest)


def _value(data: Any, path: str) -> str:
    """The text that is written at a path, "" where none is."""
    for step in steps_of(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return data if isinstance(data, str) else ""


def _lines(origin: Origin, place: Place) -> Sequence[str]:
    """The lines of a label's file; of a record in a part of it, those from its place on."""
    if type(origin) is Origin:
        return _LINE_BREAK.split(origin.text)
    first = place.line
    return [""] * (first - 1) + [origin.line(first + more) for more in range(_FOLLOWING)]


def _excerpt(
    lines: Sequence[str], place: Place, words: str, gutter: str, colour: str
) -> Iterator[str]:
    shown = excerpt(lines, place, words)
    bar = click.style(f"{gutter}|", fg="blue")
    number = click.style(f"{shown.line_number:>{len(gutter) - 1}} |", fg="blue")
    yield bar
    yield f"{number} {shown.text}".rstrip()
    yield f"{bar} {' ' * shown.start}{click.style('^' * shown.width, fg=colour, bold=True)}"


def _remark(gutter: str, said: str) -> Iterator[str]:
    first, *others = _wrapped(visible(said), WIDTH - len(gutter) - 2)
    yield click.style(f"{gutter}=", fg="blue") + f" {first}"
    yield from (" " * (len(gutter) + 2) + line for line in others)


def _wrapped(said: str, width: int) -> list[str]:
    """Lines that keep a number with its unit."""
    bound = _NUMBER_AND_UNIT.sub("\u00a0", said)
    lines = textwrap.wrap(bound, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines] or [""]


def _summary(document: Document, each: Comparison) -> Iterator[str]:
    """How many differences there are, and what is not compared."""
    origin = each.label.origin
    file = ", ".join(filter(None, (origin.file, origin.record))) if origin else "<label>"
    differences = each.differences
    told = click.style(_counted_all(differences) if differences else _all_follows(each), bold=True)
    yield f"{visible(file)} beside {visible(document.file)}: {told}"
    if each.scale_reason and "serving-size-differs" not in {d.kind for d in differences}:
        yield from (f"  {line}" for line in _wrapped(each.scale_reason, WIDTH - 2))
    for line in _reasons(each.not_compared):
        first, *others = _wrapped(visible(line), WIDTH - 4)
        yield from (f"  {first}", *(f"    {other}" for other in others))


def _counted_all(differences: Sequence[Difference]) -> str:
    """The summary in words: "3 differences: 1 error, 2 warnings"."""
    counts = ((s, sum(d.severity is s for d in differences)) for s in Severity)
    by_severity = ", ".join(_counted(count, s.value) for s, count in counts if count)
    return f"{_counted(len(differences), 'difference')}: {by_severity}"


def _all_follows(each: Comparison) -> str:
    """That the label follows from the recipe, and in how much; or what is left open."""
    count, told = f"{len(each.follows)} compared, {len(each.not_compared)} not", FOLLOWS
    if each.amounts_not_compared:
        told = f"no difference found, the amount of {listed(each.amounts_not_compared)} left open"
    return f"{told}: {count}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _reasons(not_compared: Iterable[NotCompared]) -> Iterator[str]:
    """What is not compared, by the reason."""
    by_reason: dict[str, list[str]] = {}
    for each in not_compared:
        by_reason.setdefault(each.reason, []).append(each.subject)
    for reason, subjects in by_reason.items():
        yield f"not compared: {', '.join(dict.fromkeys(subjects))} ({reason})"


def _working(each: Comparison) -> Iterator[str]:
    """The arithmetic of the recipe, then both sides of everything that follows."""
    yield click.style("Working", bold=True)
    yield from (f"  {visible(line)}" for line in each.recipe_working)
    for found in each.follows:
        yield f"  {visible(found.subject)}: {visible(found.label_says)}, {_from(found)}"
        yield from (f"    {visible(line)}" for line in found.working)


def _from(found: Follows) -> str:
    return f"by the recipe {visible(found.recipe_says)}"


def _nutrients(compared: Iterable[Comparison]) -> tuple[str, ...]:
    """The nutrients whose reference values a percent was held against."""
    rows = (row for each in compared for row in each.composition.declared if row.percent)
    return tuple(dict.fromkeys(row.nutrient for row in rows))


def _cautioned(compared: Iterable[Comparison]) -> tuple[str, ...]:
    held = (held for each in compared for held in each.delivery.moieties)
    return tuple(dict.fromkeys(each.id for each in held))


def _cited(compared: Sequence[Comparison]) -> dict[str, Any]:
    market = compared[0].market if compared else None
    return {"market": market, "references": _LAW.get(market or "", ())}


def json_text(
    document: Document, compared: Sequence[Comparison], errors: Sequence[InputError]
) -> str:
    """The comparisons for programs; version 1."""
    found = [difference for each in compared for difference in each.differences]
    counts = {s.value: sum(d.severity is s for d in found) for s in Severity}
    whole = {
        "version": 1,
        "formulation": document.file,
        "labels": [_as_json(document, each) for each in compared],
        "errors": [_error(error) for error in errors],
        "summary": {"labels": len(compared), "differences": counts},
    }
    used = footer_json(
        _nutrients(compared), cautions=_cautioned(compared), limits=False, **_cited(compared)
    )
    return json.dumps(whole | used, indent=2, ensure_ascii=False) + "\n"


def _error(error: InputError) -> dict[str, Any]:
    place = error.place
    return {
        "file": error.file,
        "line": place and place.line,
        "column": place and place.column,
        "message": error.message,
    }


def _as_json(document: Document, each: Comparison) -> dict[str, Any]:
    origin, label = each.label.origin, each.label
    return {
        "file": origin.file if origin else None,
        "record": origin.record if origin else None,
        "product": label.product,
        "follows": each.label_follows,
        "scale": each.scale,
        "differences": [
            {"kind": d.kind, "severity": d.severity.value, "message": d.message}
            | _both(document, label, d)
            for d in each.differences
        ],
        "compared": [{"subject": f.subject} | _both(document, label, f) for f in each.follows],
        "not_compared": [
            {"subject": n.subject, "reason": n.reason} | _places(document, label, n.where)
            for n in each.not_compared
        ],
        "working": list(each.recipe_working),
    }


def _both(document: Document, label: Label, found: Difference | Follows) -> dict[str, Any]:
    said = {"label_says": found.label_says, "recipe_says": found.recipe_says}
    working = {"working": list(found.working)}
    return said | _places(document, label, found.where) | working


def _places(document: Document, label: Label, where: Where) -> dict[str, Any]:
    own = _place_in_label(label, where)
    recipe = _place_in_recipe(document, where.recipe)[0] if where.recipe else None
    return {"in_label": _place(where.label, own), "in_recipe": _place(where.recipe, recipe)}


def _place(path: str | None, place: Place | None) -> dict[str, Any] | None:
    if path is None:
        return None
    return {"path": path, "line": place and place.line, "column": place and place.column}
