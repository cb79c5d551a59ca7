"""Where the folders that ship with the package stand: templates, labels, formulations."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

Folder = Literal["templates", "labels", "formulations"]

_IN_THE_PACKAGE = {
    "templates": "templates",
    "labels": "examples/labels",
    "formulations": "examples/formulations",
}


def locate(name: Folder) -> Path:
    """The folder of that name: inside an installed package, or in a source checkout.

    Raises:
        RuntimeError: the folder is in neither place, so the installation is broken.
    """
    package = Path(__file__).parent
    candidates = (package / _IN_THE_PACKAGE[name], package.parent.parent / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    tried = " nor ".join(map(str, candidates))
    raise RuntimeError(f"the folder {name!r} is missing from this installation: not in {tried}")


@cache
def toml(name: str) -> dict[str, Any]:
    """One TOML file of `data/`, parsed once."""
    return tomllib.loads((Path(__file__).parent / "data" / name).read_text(encoding="utf-8"))
