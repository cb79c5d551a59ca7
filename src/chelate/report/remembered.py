"""Remembering what was worked out for an object: by which object it is, not by its contents.

The objects of a result are large, and comparing them would take as long as what is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Owner = TypeVar("Owner")
Found = TypeVar("Found")
MOST = 4096


def remembered(work: Callable[[Owner, int], Found]) -> Callable[[Owner, int], Found]:
    """A function of an immutable object and a number that works each out once.

    The oldest is forgotten where there are too many.

    >>> squares = remembered(lambda owner, k: [k * k])
    >>> squares("a", 3) is squares("a", 3)
    True
    """
    held: dict[tuple[int, int], tuple[Owner, Found]] = {}

    @wraps(work)
    def found(owner: Owner, k: int) -> Found:
        key = (id(owner), k)
        if key not in held:
            if len(held) >= MOST:
                del held[next(iter(held))]
            held[key] = (owner, work(owner, k))
        return held[key][1]

    return found
