"""Findings and verdicts as text: the printed line with its words marked, then what is known.

Everything that comes from a file is made visible: tabs become spaces, control and
direction characters escapes, so a label can neither move a mark nor drive a terminal.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from chelate import sentences
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.findings import Finding, Place, Severity, Verdict
from chelate.models import Origin
from chelate.rules import Judged

WIDTH = 100
_TAB = 4
_FOLLOWING = 12
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[^\s,\"'{}\[\]]+")
_NEW_VALUE = re.compile(r"\s*(?:- |[\w\"']+\s*:(?:\s|$)|#)")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:mg|mcg|g|kg|%|µg|mL|g/mL)\b|%)")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_VERDICT_COLOURS = {
    Verdict.IMPOSSIBLE: "red",
    Verdict.DECLARED_BLEND: "yellow",
    Verdict.DOUBTFUL: "yellow",
    Verdict.CONSISTENT: "green",
}
_SHOWN_EACH = (Verdict.IMPOSSIBLE, Verdict.DECLARED_BLEND, Verdict.DOUBTFUL)
_PROVED = (Verdict.IMPOSSIBLE, Verdict.DECLARED_BLEND)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line fit for a terminal, and what to mark in it: columns from 0, at least one wide."""

    line_number: int
    text: str
    start: int
    width: int


def label_text(result: CheckResult) -> str:
    """Everything about one label: a block for each finding, then the verdict and its proof."""
    origin = result.label.origin
    whole = _LINE_BREAK.split(origin.text) if type(origin) is Origin and origin.text else []
    blocks = [
        "\n".join(_block(finding, result, whole or _around(finding, origin)))
        for finding in result.findings
    ]
    return "\n\n".join([*blocks, "\n".join(_verdict(result))])


def _around(finding: Finding, origin: Origin | None) -> list[str]:
    """The lines from that of a finding on, at their numbers, of a label in a part of a file."""
    if origin is None or finding.place is None or not origin.text:
        return []
    first = finding.place.line
    return [""] * (first - 1) + [origin.line(first + more) for more in range(_FOLLOWING)]


def finding_line(finding: Finding, result: CheckResult) -> str:
    """A finding on one line, for a log or an editor."""
    return f"{_head(finding, result)}: {visible(finding.message)}"


def summary_line(results: Sequence[CheckResult], failed: int) -> str:
    """How many labels there are, with which verdicts and findings, and what was not read."""
    parts = [_counted(len(results), "label")]
    for verdict in Verdict:
        if count := sum(result.verdict is verdict for result in results):
            parts.append(f"{count} {_words(verdict)}")
    found = [_counted(sum(r.count(s) for r in results), s.value) for s in Severity]
    unread = f"; {_counted(failed, 'file')} could not be read" if failed else ""
    return f"{parts[0]}: {', '.join(parts[1:]) or 'none'}; {', '.join(found)}{unread}"


def visible(text: str) -> str:
    r"""The text on one line, nothing in it unseen.

    >>> print(visible("MgO\t\x1b[2J\u202e"))
    MgO    \x1b[2J\u202e
    """
    return "".join(_shown(character) for character in text)


def excerpt(lines: Sequence[str], place: Place, words: str) -> Excerpt:
    r"""The line of a place with the words marked that stand at it, cut where it is long.

    >>> excerpt(["name: 鎂\t200 mg"], Place(1, 7), "200 mg")
    Excerpt(line_number=1, text='name: 鎂    200 mg', start=12, width=6)
    """
    number, start, end = _find(lines, place, words)
    line = lines[number - 1] if number <= len(lines) else ""
    cells = [_shown(character) for character in line]
    low, high = _window([_cells(cell) for cell in cells], start, end)
    before = ("…" if low else "") + "".join(cells[low:start])
    marked = "".join(cells[start : min(end, high)])
    after = "".join(cells[min(end, high) : high]) + ("…" if high < len(cells) else "")
    return Excerpt(number, before + marked + after, _cells(before), max(1, _cells(marked)))


def _find(lines: Sequence[str], place: Place, words: str) -> tuple[int, int, int]:
    """Line number, first and last offset of the words of a place, or of the token there."""
    number, offset = place.line, place.column - 1
    if spoken := r"\s+".join(map(re.escape, words.split())):
        pattern = re.compile(spoken, re.IGNORECASE)
        for at, line, start, end in _value(lines, number, offset):
            if found := pattern.search(line, start, end):
                return at, found.start(), found.end()
    line = lines[number - 1] if number <= len(lines) else ""
    return number, offset, max(_common_end(line, offset, words), _token_end(line, offset))


def _value(lines: Sequence[str], number: int, offset: int) -> Iterator[tuple[int, str, int, int]]:
    """The lines of the value that begins at a place, each with the offsets that belong to it."""
    own = lines[number - 1] if number <= len(lines) else ""
    end = _value_end(own, offset)
    yield number, own, offset, end
    if end < len(own):
        return
    for at, line in enumerate(lines[number:], start=number + 1):
        if _indent(line) < max(1, _indent(own)) or _NEW_VALUE.match(line):
            return
        yield at, line, 0, len(line)


def _value_end(line: str, offset: int) -> int:
    """Where a value ends on its line: at the closing quote, after a JSON number, or not there."""
    before = line[:offset]
    if before.endswith(('"', "'")):
        closing = re.compile(rf"(?<!\\){before[-1]}").search(line, offset)
        return closing.start() if closing else len(line)
    return _token_end(line, offset) if before.rstrip().endswith('":') else len(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _common_end(line: str, offset: int, words: str) -> int:
    """Where the line stops agreeing with the words: 2000 of "2000 mg" stands in a record."""
    end = offset
    while end < len(line) and end - offset < len(words) and line[end] == words[end - offset]:
        end += 1
    return offset + len(line[offset:end].rstrip())


def _token_end(line: str, offset: int) -> int:
    token = _TOKEN.match(line, offset)
    return token.end() if token else offset + 1


def _window(widths: list[int], start: int, end: int) -> tuple[int, int]:
    """The part of a line to show: all of it, or as much around the marked words as fits.

    A third of the room goes to what stands before them; what one side leaves the other takes.
    """
    if sum(widths) <= WIDTH:
        return 0, len(widths)
    high, room = _extended(widths, range(start, min(end, len(widths))), start, WIDTH)
    low, left = _extended(widths, range(start - 1, -1, -1), start, room // 3)
    high, room = _extended(widths, range(high, len(widths)), high, room - room // 3 + left)
    low, _ = _extended(widths, range(low - 1, -1, -1), low, room)
    return low, high


def _extended(widths: list[int], steps: range, edge: int, room: int) -> tuple[int, int]:
    """An edge moved along `steps` while there is room, and the room that is left."""
    for at in steps:
        if widths[at] > room:
            break
        room -= widths[at]
        edge = at if steps.step < 0 else at + 1
    return edge, room


def _shown(character: str) -> str:
    if character == "\t":
        return " " * _TAB
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " " * _cells(character)
    return repr(character)[1:-1]


def _cells(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _block(finding: Finding, result: CheckResult, lines: Sequence[str]) -> Iterator[str]:
    colour = _COLOURS[finding.severity]
    yield _head(finding, result) + click.style(f" ({finding.certainty})", dim=True)
    gutter = " "
    if finding.place and lines:
        shown = excerpt(lines, finding.place, finding.words)
        gutter = " " * (len(str(shown.line_number)) + 1)
        bar = click.style(f"{gutter}|", fg="blue")
        yield bar
        yield click.style(f"{shown.line_number} |", fg="blue") + f" {shown.text}".rstrip()
        yield f"{bar} {' ' * shown.start}{click.style('^' * shown.width, fg=colour, bold=True)}"
    yield from _remark(gutter, "", finding.message)
    if finding.remedy:
        yield from _remark(gutter, "help", finding.remedy)
    yield from _remark(gutter, "explain", f"chelate explain {finding.code}")


def _head(finding: Finding, result: CheckResult) -> str:
    where = ":".join(str(part) for part in (_file(result), finding.place) if part)
    kind = click.style(
        f"{finding.severity}[{finding.code}]", fg=_COLOURS[finding.severity], bold=True
    )
    return f"{visible(where)}: {kind} {click.style(finding.name, bold=True)}"


def _remark(gutter: str, kind: str, text: str) -> Iterator[str]:
    """A remark under an excerpt, wrapped under itself: "= help: …"."""
    title = f"{kind}: " if kind else ""
    first = f"{gutter}= {title}"
    wrapped = _wrapped(visible(text), len(first))
    styled = click.style(f"{gutter}=", fg="blue") + " " + click.style(title, bold=True)
    yield styled + wrapped[0]
    yield from (" " * (len(gutter) + 2) + line for line in wrapped[1:])


def _wrapped(text: str, indent: int) -> list[str]:
    """Lines of at most `WIDTH` columns; a number is not parted from its unit."""
    bound = _NUMBER_AND_UNIT.sub("\u00a0", text)
    lines = textwrap.wrap(
        bound, WIDTH - indent, break_long_words=False, break_on_hyphens=False
    ) or [""]  # fmt: skip
    return [line.replace("\u00a0", " ") for line in lines]


def _verdict(result: CheckResult) -> Iterator[str]:
    word = click.style(_words(result.verdict), fg=_VERDICT_COLOURS.get(result.verdict), bold=True)
    yield f"{visible(_file(result))}: {visible(result.label.product)}: {word}"
    shown = _shown_claims(result)
    if not shown:
        yield f"  {sentences.carrying_sentence(result)}"
    for judged in shown:
        for line in _wrapped(visible(sentences.sentence(judged)), 2):
            yield f"  {line}"
        if result.verdict in _PROVED:
            proof = arithmetic(result.composition, judged.index, judged.bounds)
            for line in proof:
                first, *wrapped = _wrapped(visible(line), 6)
                yield from (f"    {first}", *(f"      {each}" for each in wrapped))
    if more := len(sentences.carrying(result)) - len(shown):
        yield f"  and {_counted(more, 'other claim')} likewise"


def _shown_claims(result: CheckResult) -> tuple[Judged, ...]:
    """The claims that carry the verdict, one for each conflict; one where nothing is amiss."""
    found = sentences.carrying(result)
    if result.verdict not in _SHOWN_EACH:
        return found[:1]
    by_figures = {_contradicted(judged) or judged.index: judged for judged in reversed(found)}
    return tuple(sorted(by_figures.values(), key=lambda judged: judged.index))


def _contradicted(judged: Judged) -> frozenset[str]:
    """The figures of a claim's conflict: claims that share it are told once."""
    conflict = judged.bounds.conflict
    return frozenset(s.id for s in conflict.statements) if conflict else frozenset()


def _file(result: CheckResult) -> str:
    return result.label.origin.file if result.label.origin else "<label>"


def _words(verdict: Verdict) -> str:
    return verdict.value.replace("-", " ")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
