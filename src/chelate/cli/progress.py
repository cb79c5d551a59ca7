"""A line on standard error that says how far a long run is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Timer
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.1
_CLEAR = "\x1b[K"


def counted(items: Iterable[Item], words: str, *, of: int | None = None) -> Iterator[Item]:
    """The items, counted on the way: "1,200 of 3,000 labels checked" once they take their time.

    The cursor stays at the line's start, so that a message written meanwhile is not appended.
    """
    stream = sys.stderr
    if not stream.isatty():
        yield from items
        return
    due, shown = monotonic() + AFTER_SECONDS, False
    total = "" if of is None else f" of {of:,}"
    for number, item in enumerate(items, start=1):
        yield item
        if monotonic() >= due:
            _show(f"{number:,}{total} {words}")
            due, shown = monotonic() + EVERY_SECONDS, True
    if shown:
        _clear()


@contextmanager
def underway(words: str) -> Iterator[None]:
    """Say what is being done, if it takes its time, and clear the line once it is done."""
    if not sys.stderr.isatty():
        yield
        return
    shown = Event()

    def show() -> None:
        shown.set()
        _show(words)

    timer = Timer(AFTER_SECONDS, show)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if shown.is_set():
            _clear()


def _show(words: str) -> None:
    sys.stderr.write(f"{words}{_CLEAR}\r")
    sys.stderr.flush()


def _clear() -> None:
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
