"""The templates of a product and of a day: a figure stays on the line of its unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chelate.report.pages import environment

if TYPE_CHECKING:
    from jinja2 import Template

_APART = re.compile(r"(?<=[0-9]) (?=(?:%|mg|µg|mcg|g|kg|mL|g/mL|USD|EUR|[A-Z]{3}/kg)(?![A-Za-z]))")


def kept(text: str) -> str:
    r"""A text that never breaks between a figure and its unit.

    >>> kept("200 mg of 5 %") == "200\u00a0mg of 5\u00a0%"
    True
    """
    return _APART.sub("\u00a0", text)


def template(name: str) -> Template:
    """One of the project's templates, with the filter `kept`."""
    found = environment()
    found.filters["kept"] = kept
    return found.get_template(name)
