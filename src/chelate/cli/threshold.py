"""The least severity that makes a command end with exit status 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chelate.findings import Severity


def fail_on_option(of: str, *, default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that sets the threshold for what a command finds: a finding, a difference."""
    return click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "note", "never"]),
        default=default,
        show_default=True,
        help=f"The least severity of a {of} that gives exit status 1.",
    )


def reaches(severities: Iterable[Severity], fail_on: str) -> bool:
    """Whether any severity is at or above the threshold."""
    from chelate.findings import Severity

    if fail_on == "never":
        return False
    threshold = Severity(fail_on).rank
    return any(severity.rank <= threshold for severity in severities)
