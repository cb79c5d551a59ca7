"""Read every label of the corpus and hold it to what a careful reader expects: `make corpus`.

CHELATE_CORPUS names the folder, `../shared/corpus` without it. The table has verdict,
magnesium and whether a buffer is declared, found beside expected; the exit status is 1
where any of them differs, 2 where there is no corpus.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chelate.checker import check
from chelate.findings import InputError
from chelate.readers import load_label
from chelate.report.document import label_entry

FOLDER = "../shared/corpus"


@dataclass(frozen=True, slots=True)
class Case:
    """One label of the corpus: what is expected of it, and what was found."""

    file: str
    verdicts: tuple[str, ...]
    magnesium_mg: float | None
    buffered: bool
    found: tuple[str, float | None, bool | None]

    @property
    def hit(self) -> bool:
        verdict, magnesium_mg, buffered = self.found
        same = magnesium_mg == self.magnesium_mg and buffered is self.buffered
        return verdict in self.verdicts and same


def cases(corpus: Path) -> list[Case]:
    """Every label that `expected.jsonl` lists, read and checked."""
    lines = (corpus / "expected.jsonl").read_text("utf-8").splitlines()
    return [_case(corpus, json.loads(line)) for line in lines if line.strip()]


def _case(corpus: Path, expected: dict[str, Any]) -> Case:
    return Case(
        expected["file"],
        tuple(expected["verdict"]),
        expected["magnesium_mg"],
        expected["buffered_declared"],
        found_in(corpus / expected["file"]),
    )


def found_in(path: Path) -> tuple[str, float | None, bool | None]:
    """Verdict, magnesium in mg and whether a buffer is declared, of one file."""
    try:
        result = check(load_label(path))
    except InputError as error:
        return f"unread: {error.message}"[:60], None, None
    nutrients = label_entry(result)["nutrients"]
    magnesium = [each["declared_mg"] for each in nutrients if each["name"] == "magnesium"]
    return result.verdict.value, magnesium[0] if magnesium else None, result.buffered_declared


def table(found: list[Case]) -> str:
    """The cases as aligned lines, each miss marked."""
    head = ("", "file", "verdict", "magnesium", "buffered", "expected")
    rows = [head, *map(_row, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(c.ljust(w) for c, w in row).rstrip() for row in cells)


def _row(case: Case) -> tuple[str, ...]:
    verdict, magnesium_mg, buffered = case.found
    expected = f"{'|'.join(case.verdicts)}, {_mg(case.magnesium_mg)}, {_yes(case.buffered)}"
    return (
        "" if case.hit else "MISS", case.file.removeprefix("labels/"), verdict,
        _mg(magnesium_mg), _yes(buffered), "" if case.hit else expected,
    )  # fmt: skip


def _mg(value: float | None) -> str:
    return "–" if value is None else f"{value:g} mg"


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[value]


def main() -> int:
    """Print the table; 0 where all is as expected."""
    corpus = Path(os.environ.get("CHELATE_CORPUS") or FOLDER)
    if not (corpus / "expected.jsonl").is_file():
        print(f"there is no corpus in {corpus}; name its folder in CHELATE_CORPUS", file=sys.stderr)
        return 2
    found = cases(corpus)
    print(table(found))
    misses = sum(not case.hit for case in found)
    print(f"\n{len(found) - misses} of {len(found)} labels as expected")
    return 1 if misses or not found else 0


if __name__ == "__main__":
    sys.exit(main())
