"""What every page has in common: how a template is filled in, and what a page may load."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from chelate import resources

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """Every printed text is escaped, and shows the characters that nobody could see."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from chelate.report.inert import visible

    return Environment(
        loader=FileSystemLoader(resources.locate("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def stylesheet(name: str) -> str:
    """One of the project's own stylesheets."""
    return (resources.locate("templates") / name).read_text(encoding="utf-8")


def policy(style: str) -> str:
    """A Content-Security-Policy that allows this one stylesheet, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
