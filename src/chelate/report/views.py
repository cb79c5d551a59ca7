"""The view model of the page: every text as it is shown, so that the template only lays out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from markupsafe import Markup

from chelate.checker import CheckResult
from chelate.findings import Verdict
from chelate.report.appendix import Appendix, appendix
from chelate.report.comparison import Group, groups
from chelate.report.product import Product, product
from chelate.sentences import VERDICTS, WORDS


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `style` is the project's own stylesheet, `policy` allows it alone."""

    title: str
    style: Markup
    policy: str
    products: tuple[Product, ...]
    groups: tuple[Group, ...]
    verdict_words: dict[Verdict, str]
    legend: tuple[tuple[Verdict, str], ...]
    appendix: Appendix
    version: str


def page(results: Sequence[CheckResult], *, title: str, style: str) -> Page:
    """The view model of a report on these results, in the order given."""
    seen = {result.verdict for result in results}
    return Page(
        title,
        Markup(style),
        _policy(style),
        tuple(product(result, number) for number, result in enumerate(results, start=1)),
        groups(results),
        dict(WORDS),
        tuple((verdict, text) for verdict, text in VERDICTS.items() if verdict in seen),
        appendix(results),
        version("chelate"),
    )


def _policy(style: str) -> str:
    """A Content-Security-Policy that allows this one stylesheet, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
