"""The report as CSV (RFC 4180): one row for each claim, one for a label without any.

Masses in mg per serving, shares 0-1, prices in the currency beside them. Glycine is what a
claim brings in any case; `glycine_if_all` is what it brings if its sources are all there is,
blank where it does not say so. A text that a spreadsheet would take for a formula begins with
an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from chelate import sentences
from chelate.checker import CheckResult
from chelate.findings import Severity
from chelate.intervals import Interval
from chelate.report import delivered
from chelate.report.inert import visible
from chelate.report.nutrient_rows import elsewhere_share
from chelate.report.price_rows import per_hundred_mg
from chelate.rules import Judged

HEADER = (
    "file", "record", "product", "brand", "label_verdict", "nutrient", "path", "verdict",
    "sources", "declared", "declared_least_mg", "declared_most_mg",
    "elsewhere_least_share", "elsewhere_most_share", "glycine_least_mg", "glycine_most_mg",
    "errors", "warnings", "notes", "codes", "sentence",
    "price", "currency", "price_per_100_mg_least", "price_per_100_mg_most",
    "glycine_if_all_least_mg", "glycine_if_all_most_mg",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Value = str | float | int | None


def csv_text(results: Sequence[CheckResult]) -> str:
    """A header, then a row for each claim in printed order."""
    return csv_of(HEADER, (row for result in results for row in _rows(result)))


def csv_of(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A header and rows as CSV, every text made inert."""
    found = io.StringIO(newline="")
    writer = csv.writer(found)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return found.getvalue()


def _rows(result: CheckResult) -> Iterator[tuple[Value, ...]]:
    for judged in result.judged or (None,):
        claim = _claim(judged, result) if judged else _without_claim(result)
        price = _price(judged.claim.nutrient if judged else "", result)
        glycine = ends(delivered.glycine_if_all(judged, result) if judged else None)
        yield (*_named(result), *claim[:-1], *_findings(result), claim[-1], *price, *glycine)


def _price(nutrient: str, result: CheckResult) -> tuple[Value, ...]:
    price = result.composition.price
    if price is None:
        return (None, None, None, None)
    per = per_hundred_mg(nutrient, result) if nutrient else None
    return (price.amount, price.currency, *ends(per))


def _named(result: CheckResult) -> tuple[Value, ...]:
    origin, label = result.label.origin, result.label
    return (
        origin.file if origin else None,
        origin.record if origin else None,
        label.product,
        label.brand,
        result.verdict.value,
    )


def _claim(judged: Judged, result: CheckResult) -> tuple[Value, ...]:
    claim = judged.claim
    declared = claim.declared.interval_mg if claim.declared else None
    return (
        claim.nutrient,
        claim.path,
        judged.verdict.value,
        "; ".join(source.text for source in claim.sources),
        sentences.declared_text(claim),
        *ends(declared),
        *ends(elsewhere_share(judged, result)),
        *ends(delivered.glycine_in_any_case(judged, result)),
        sentences.sentence(judged),
    )


def _without_claim(result: CheckResult) -> tuple[Value, ...]:
    blank = HEADER.index("errors") - HEADER.index("nutrient")
    return (*[None] * blank, sentences.carrying_sentence(result))


def _findings(result: CheckResult) -> tuple[Value, ...]:
    codes = "; ".join(finding.code for finding in result.findings)
    return (*map(result.count, Severity), codes)


def ends(found: Interval | None) -> tuple[Value, Value]:
    """The ends of a range to six figures, blank where there is none."""
    return (float(f"{found.low:.6g}"), float(f"{found.high:.6g}")) if found else (None, None)


def _cell(value: Value) -> Value:
    r"""A value as it is written: a text made inert, for the eye and for a spreadsheet.

    >>> _cell("=1+1"), _cell("gly\u202enic"), _cell(0.5)
    ("'=1+1", 'gly[U+202E]nic', 0.5)
    """
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
