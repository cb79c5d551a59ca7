"""A line on standard error that says how far a long run is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.1
_CLEAR = "\x1b[K"


def counted(items: Iterable[Item], words: str) -> Iterator[Item]:
    """The items, counted on the way: "1,200 labels checked" once they take their time.

    The cursor stays at the line's start, so that a message written meanwhile is not appended.
    """
    stream = sys.stderr
    if not stream.isatty():
        yield from items
        return
    due, shown = monotonic() + AFTER_SECONDS, False
    for number, item in enumerate(items, start=1):
        yield item
        if monotonic() >= due:
            stream.write(f"{number:,} {words}{_CLEAR}\r")
            stream.flush()
            due, shown = monotonic() + EVERY_SECONDS, True
    if shown:
        stream.write(_CLEAR)
        stream.flush()
