"""What the parts of the output of `chelate stack` share."""

from __future__ import annotations

import textwrap

from chelate.cli.printing.footer import WIDTH

Row = tuple[str, ...]


def indented(text: str) -> list[str]:
    """A paragraph under a heading, wrapped."""
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
