"""What every page has in common: how a template is filled in, and what a page may load."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from chelate import resources

if TYPE_CHECKING:
    from jinja2 import Environment

_ID = re.compile(r'\sid="([^"]+)"')
_INNER = re.compile(r'<a href="#([^"]+)"')


@cache
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
    """One of the project's own stylesheets or scripts, as it stands in the page."""
    return (resources.locate("templates") / name).read_text(encoding="utf-8")


def policy(style: str, *scripts: str) -> str:
    """A Content-Security-Policy that allows this one stylesheet, these scripts, nothing else."""
    allowed = f"script-src {' '.join(map(_hash, scripts))}; " if scripts else ""
    return (
        f"default-src 'none'; style-src {_hash(style)}; {allowed}img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def landing(page: str) -> str:
    """The page without links that lead to what it leaves out; their words stay.

    >>> landing('<p id="a"><a href="#a">x</a> <a href="#b">y</a></p>')
    '<p id="a"><a href="#a">x</a> <a>y</a></p>'
    """
    ids = set(_ID.findall(page))
    return _INNER.sub(lambda found: found[0] if found[1] in ids else "<a", page)
