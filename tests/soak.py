"""Hold bounds to recipes by the hundred thousand: `SOAK=100000 make soak`.

Every recipe is held to the sentences that are quick, and to one of the slow ones in turn.
Each failure is printed with its seed; `python tests/soak.py SEED` shows one again. The exit
status is 1 where anything failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from time import perf_counter

import sound
from sound import Case, Property

DEFAULT = 1_000_000
BATCH = 500
SHOWN = 50
QUICK: tuple[Property, ...] = (sound.never_impossible, sound.truth_within)
SLOW = tuple(each for each in sound.PROPERTIES if each not in QUICK)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that does not hold of a recipe, and why."""

    seed: int
    sentence: str
    why: str

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.sentence}: {self.why}"


def failures(seed: int, sentences: tuple[Property, ...]) -> Iterator[Failure]:
    """What fails for one recipe, whatever way it fails."""
    case = Case.of(seed)
    for sentence in sentences:
        try:
            sentence(case)
        except Exception as broken:
            why = f"{type(broken).__name__}: {broken}".splitlines()[0]
            yield Failure(seed, sentence.__name__, why)


def batch(seeds: range) -> list[Failure]:
    """What fails for a run of recipes."""
    slow = len(SLOW)
    return [f for seed in seeds for f in failures(seed, (*QUICK, SLOW[seed % slow]))]


def soak(count: int, first: int) -> int:
    """Hold `count` recipes, from the seed `first`; how many failures there were."""
    runs = [range(at, min(at + BATCH, first + count)) for at in range(first, first + count, BATCH)]
    begin, done, failed = perf_counter(), 0, 0
    with ProcessPoolExecutor() as pool:
        for run, found in zip(runs, pool.map(batch, runs), strict=True):
            for failure in found[: max(0, SHOWN - failed)]:
                print(failure, flush=True)
            done, failed = done + len(run), failed + len(found)
            rate = done / (perf_counter() - begin)
            left = (count - done) / rate / 60
            print(f"{done:,} recipes, {failed} failures, {rate:.0f}/s, {left:.0f} min left",
                  flush=True)  # fmt: skip
    return failed


def again(seed: int) -> int:
    """One recipe, its label, and what fails for it."""
    case = Case.of(seed)
    print(case.recipe.label.model_dump_json(exclude_defaults=True, indent=1))
    print(*case.recipe.minerals, sep="\n")
    found = list(failures(seed, sound.PROPERTIES))
    print(*found, sep="\n")
    return len(found)


def main() -> int:
    """One seed given as an argument, or as many as SOAK says from the seed SOAK_FROM."""
    if len(sys.argv) > 1:
        return int(again(int(sys.argv[1])) > 0)
    count = int(os.environ.get("SOAK", DEFAULT))
    return int(soak(count, int(os.environ.get("SOAK_FROM", "0"))) > 0)


if __name__ == "__main__":
    sys.exit(main())
