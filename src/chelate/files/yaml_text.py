"""YAML as plain data, from the events of PyYAML: nothing is resolved, every place is kept.

Events, not PyYAML's own nodes: its duplicate keys silently win, its resolver reads `no`
as False and `12:30` as 750, and its recursion has no bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chelate.files.document import MAX_DEPTH, MAX_VALUES, Document, Steps, error_at, too_much
from chelate.files.json_text import duplicate_key
from chelate.findings import InputError

if TYPE_CHECKING:
    import yaml

_BYTE_ORDER_MARK = re.compile("\ufeff")
_BLOCK_HEADER = re.compile(r"[^\r\n]*\s*")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_HINTS = {
    "mapping values are not allowed": "a text that holds ': ' needs quotes around it",
    "cannot start any token": "indent with spaces; a text that begins with @, ` or % needs quotes",
    "could not find expected ':'": "a key needs ': ' after it",
}


def parse_yaml(text: str, file: str) -> Document:
    """The YAML document in a text: every scalar is text, or None where nothing is written.

    Raises:
        InputError: it is not YAML, there is more than one document, a key stands twice or
            is not text, a tag is used, an alias has no anchor, values nest too deeply.
    """
    import yaml

    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text) or _BYTE_ORDER_MARK.search(text)
    if unprintable:
        message = f"the character U+{ord(unprintable[0]):04X} is not allowed in YAML"
        raise error_at(text, unprintable.start(), message, file=file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = _Composer(text, file, yaml.parse(text, Loader=loader)).document()
    except yaml.MarkedYAMLError as error:
        raise _broken(error, text, file) from None
    data = _plain(root, file)
    return Document(file, text, data, lambda steps, key: _find(root, steps, key))


@dataclass(slots=True)
class _Node:
    """A value of the document; a member of a mapping stands with the offset of its key."""

    offset: int
    value: str | list[_Node] | dict[str, tuple[int, _Node]] | None


class _Composer:
    """Builds nodes from events; holds what they share: the text and the anchors."""

    def __init__(self, text: str, file: str, events: Iterator[Any]) -> None:
        self.text, self.file, self.events = text, file, events
        self.anchors: dict[str, _Node] = {}
        self.count = 0

    def document(self) -> _Node:
        from yaml.events import DocumentStartEvent

        next(self.events)
        if not isinstance(next(self.events), DocumentStartEvent):
            raise InputError("the file holds nothing but comments", file=self.file)
        root = self.node(next(self.events), 0)
        next(self.events)
        if isinstance(event := next(self.events), DocumentStartEvent):
            raise self.error("a second document begins here; expected one in the file", event)
        return root

    def node(self, event: Any, depth: int) -> _Node:
        self.count += 1
        if self.count > MAX_VALUES:
            raise too_much(self.file)
        if depth > MAX_DEPTH:
            raise self.error(f"values nest too deeply; expected at most {MAX_DEPTH} levels", event)
        if type(event).__name__ == "AliasEvent":
            return self.alias(event)
        if event.tag is not None:
            raise self.error(f"the tag {event.tag!r} is not understood; expected none", event)
        node = self.untagged(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def untagged(self, event: Any, depth: int) -> _Node:
        match type(event).__name__:
            case "ScalarEvent":
                return self.scalar(event)
            case "SequenceStartEvent":
                return _Node(event.start_mark.index, list(self.items(depth)))
            case _:
                return _Node(event.start_mark.index, self.members(depth))

    def items(self, depth: int) -> Iterator[_Node]:
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            yield self.node(event, depth + 1)

    def members(self, depth: int) -> dict[str, tuple[int, _Node]]:
        found: dict[str, tuple[int, _Node]] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            key = self.node(event, depth + 1)
            if not isinstance(key.value, str):
                raise self.error("this key is not text; expected a word", event)
            if key.value in found:
                first = found[key.value][0]
                raise duplicate_key(self.text, self.file, key.value, first, key.offset)
            found[key.value] = (key.offset, self.node(next(self.events), depth + 1))
        return found

    def scalar(self, event: Any) -> _Node:
        at = event.start_mark.index
        if event.style in ("'", '"'):
            return _Node(at + 1, event.value)
        if event.style in ("|", ">"):
            header = _BLOCK_HEADER.match(self.text, at)
            return _Node(header.end() if header and event.value else at, event.value)
        return _Node(at, None if event.value in _NOTHING else event.value)

    def alias(self, event: Any) -> _Node:
        if event.anchor not in self.anchors:
            raise self.error(f"the alias *{event.anchor} has no anchor before it", event)
        return self.anchors[event.anchor]

    def error(self, message: str, event: Any) -> InputError:
        return error_at(self.text, event.start_mark.index, message, file=self.file)


def _plain(root: _Node, file: str) -> Any:
    """The node as plain data; aliases are written out, so their number is bounded."""
    written = 0

    def plain(node: _Node, depth: int) -> Any:
        nonlocal written
        written += 1
        if written > MAX_VALUES or depth > MAX_DEPTH:
            raise too_much(file)
        if isinstance(node.value, dict):
            return {key: plain(child, depth + 1) for key, (_, child) in node.value.items()}
        if isinstance(node.value, list):
            return [plain(child, depth + 1) for child in node.value]
        return node.value

    return plain(root, 0)


def _find(root: _Node, steps: Steps, key: bool) -> int:
    node, found = root, root.offset
    for position, step in enumerate(steps, start=1):
        key_at, child = _child(node, step)
        if child is None:
            break
        node, found = child, key_at if key and position == len(steps) else child.offset
    return found


def _child(node: _Node, step: str | int) -> tuple[int, _Node | None]:
    if isinstance(node.value, dict) and step in node.value:
        return node.value[str(step)]
    if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
        return node.value[step].offset, node.value[step]
    return node.offset, None


def _broken(error: yaml.MarkedYAMLError, text: str, file: str) -> InputError:
    problem = error.problem or "it cannot be read"
    context = f" {error.context}" if error.context else ""
    hint = next((f" ({told})" for sign, told in _HINTS.items() if sign in problem), "")
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text.rstrip())) if mark else 0
    return error_at(text, offset, f"broken YAML{context}: {problem}{hint}", file=file)
