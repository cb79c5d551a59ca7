"""What every command does that writes a file: when it writes over one that is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option without which no file that people edit is written over."""
    return click.option(
        "--force",
        is_flag=True,
        help="Write over a label, a formulation or any YAML file that is there. What is built "
        "(HTML, SVG, JSON, CSV, text) is replaced without it; an input never is.",
    )(command)
