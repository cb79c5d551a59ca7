"""Where the folders that ship with the package stand, and its data as Python values."""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Literal

Folder = Literal["templates", "labels", "formulations"]
DATA = Path(__file__).parent / "data"

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
    return parsed_toml(DATA / name)


def parsed_toml(path: Path) -> dict[str, Any]:
    """A TOML file, parsed; of the package's own data the result is kept beside it.

    Parsing is a tenth of the start of a command. As with bytecode, what is kept is used
    while time and size of the file are the same, and nothing is kept where Python keeps
    no bytecode.

    Raises:
        OSError, UnicodeDecodeError, tomllib.TOMLDecodeError: it cannot be read.
    """
    state = path.stat()
    key = (state.st_mtime_ns, state.st_size)
    kept = Path(cache_from_source(str(path)))
    with suppress(OSError, ValueError, EOFError, TypeError):
        found_key, data = marshal.loads(kept.read_bytes())
        if found_key == key and isinstance(data, dict):
            return data
    import tomllib

    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode and path.is_relative_to(DATA):
        _keep(kept, marshal.dumps((key, data)))
    return data


def _keep(kept: Path, content: bytes) -> None:
    """Write beside and rename, where the folder may be written to; else keep nothing."""
    beside = kept.with_suffix(f".{id(content)}")
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        beside.write_bytes(content)
        beside.replace(kept)
