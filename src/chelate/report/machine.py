"""The results as data for machines: what the page holds, and what its JSON adds to `check`'s.

Ranges are [least, most]: masses in mg per serving, shares 0-1, costs in the currency beside
them, null where nothing is known. Glycine is what a label brings in any case; a claim has what
it brings if its sources are all there is, where that is more. `detail` says how much of a label
the page holds, and this with it: proofs where its section is whole, sentences where it has any;
that of the page is the least of them. A page that is near its limit has the digests of its files
in its foot alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from chelate.bounds.ends import ELSEWHERE
from chelate.bounds.proof import arithmetic
from chelate.checker import CheckResult
from chelate.formula import EDITION
from chelate.intervals import Interval
from chelate.report import delivered, inert
from chelate.report.anchors import Anchor, anchors
from chelate.report.comparison import glycine_mg
from chelate.report.inputs import InputFile, inputs_json
from chelate.report.nutrient_rows import elsewhere_share
from chelate.report.price_rows import per_day, per_hundred_mg
from chelate.report.scale import DETAILS, WHOLE, Detail
from chelate.report.summary import file_name
from chelate.rules import Judged
from chelate.sentences import carrying_sentence, sentence

VERSION = 1

Json = dict[str, Any]


def data(
    results: Sequence[CheckResult],
    *,
    title: str,
    details: Sequence[Detail] = (),
    landing: Sequence[bool] = (),
    inputs: Sequence[InputFile] = (),
) -> Json:
    """The verdicts, ranges, sentences, proofs and codes of a report, in the order of the page.

    `details` are those of the labels, all whole if none are given; `landing` says which of
    their ids the page has, all of them if nothing is said.
    """
    details = details or (WHOLE,) * len(results)
    landing = landing or (True,) * len(results)
    whole = set(details) <= {"whole"}
    each = zip(results, anchors(results), details, landing, strict=True)
    return {
        "version": VERSION,
        "program": f"chelate {version('chelate')}",
        "atomic_weights": EDITION,
        "title": title,
        "detail": max(details, key=DETAILS.index, default="whole"),
        **({"inputs": inputs_json(inputs)} if whole else {}),
        "labels": [_label(*label) for label in each],
    }


def embedded(
    results: Sequence[CheckResult],
    *,
    title: str,
    details: Sequence[Detail] = (),
    landing: Sequence[bool] = (),
    inputs: Sequence[InputFile] = (),
) -> str:
    """The same as text that no browser takes for markup, in ASCII."""
    return inert.embedded(
        data(results, title=title, details=details, landing=landing, inputs=inputs)
    )


def _label(result: CheckResult, anchor: Anchor, detail: Detail, lands: bool) -> Json:
    origin = result.label.origin
    return {
        "id": anchor.section if lands else None,
        "detail": detail,
        "file": file_name(result) or None,
        "record": origin.record if origin else None,
        "product": result.label.product,
        "verdict": result.verdict.value,
        **({"sentence": carrying_sentence(result)} if detail != "row" else {}),
        "claims": [
            _claim(judged, result) | (_told(judged, result) if detail == "whole" else {})
            for judged in result.judged
        ],
        "glycine_mg": _ends(glycine_mg(result)),
        "price": _price(result),
        "findings": [finding.code for finding in result.findings],
    }


def _claim(judged: Judged, result: CheckResult) -> Json:
    declared, if_all = judged.claim.declared, delivered.glycine_if_all(judged, result)
    return {
        "nutrient": judged.claim.nutrient,
        "verdict": judged.verdict.value,
        "declared_mg": _ends(declared.interval_mg if declared else None),
        "elsewhere_share": _ends(elsewhere_share(judged, result)),
        **({"glycine_if_all_mg": _ends(if_all)} if if_all else {}),
    }


def _told(judged: Judged, result: CheckResult) -> Json:
    """What a whole section tells of a claim besides: the mass from elsewhere, the proof."""
    share, told = elsewhere_share(judged, result), delivered.in_any_case(judged, result)
    held_mg = told.ranges.get(ELSEWHERE) if told and share else None
    return {
        "elsewhere_mg": _ends(held_mg),
        "sentence": sentence(judged),
        "proof": list(arithmetic(result.composition, judged.index, judged.bounds)),
    }


def _price(result: CheckResult) -> Json | None:
    """The price given, and what 100 mg of each element and the servings of a day cost."""
    price = result.composition.price
    if price is None:
        return None
    nutrients = dict.fromkeys(judged.claim.nutrient for judged in result.judged)
    costs = {n: per_hundred_mg(n, result) for n in nutrients}
    day = per_day(result)
    return {
        "amount": price.amount,
        "currency": price.currency,
        "per_100_mg": {n: _ends(cost) for n, cost in costs.items() if cost},
        "per_day": None if isinstance(day, str) else _ends(day.range),
    }


def _ends(found: Interval | None) -> list[float] | None:
    return [float(f"{end:.6g}") for end in (found.low, found.high)] if found else None
