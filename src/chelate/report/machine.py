"""The results as data for machines: what the page holds, and what its JSON adds to `check`'s.

Ranges are [least, most]: masses in mg per serving, shares 0-1, null where nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from chelate.checker import CheckResult
from chelate.formula import EDITION
from chelate.intervals import Interval
from chelate.report import inert
from chelate.report.anchors import Anchor, anchors
from chelate.report.comparison import glycine_mg
from chelate.report.nutrient_rows import elsewhere_share
from chelate.report.summary import file_name
from chelate.rules import Judged

VERSION = 1

Json = dict[str, Any]


def data(results: Sequence[CheckResult], *, title: str) -> Json:
    """The verdicts, ranges and codes of a report, in the order of the page."""
    return {
        "version": VERSION,
        "program": f"chelate {version('chelate')}",
        "atomic_weights": EDITION,
        "title": title,
        "labels": list(map(_label, results, anchors(results))),
    }


def embedded(results: Sequence[CheckResult], *, title: str) -> str:
    """The same as text that no browser takes for markup, in ASCII."""
    return inert.embedded(data(results, title=title))


def _label(result: CheckResult, anchor: Anchor) -> Json:
    origin = result.label.origin
    return {
        "id": anchor.section,
        "file": file_name(result) or None,
        "record": origin.record if origin else None,
        "product": result.label.product,
        "verdict": result.verdict.value,
        "claims": [_claim(judged, result) for judged in result.judged],
        "glycine_mg": _ends(glycine_mg(result)),
        "findings": [finding.code for finding in result.findings],
    }


def _claim(judged: Judged, result: CheckResult) -> Json:
    declared = judged.claim.declared
    return {
        "nutrient": judged.claim.nutrient,
        "verdict": judged.verdict.value,
        "declared_mg": _ends(declared.interval_mg if declared else None),
        "elsewhere_share": _ends(elsewhere_share(judged, result)),
    }


def _ends(found: Interval | None) -> list[float] | None:
    return [float(f"{end:.6g}") for end in (found.low, found.high)] if found else None
