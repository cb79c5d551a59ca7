"""Writing a file whole: beside its place, then renamed, so that a crash leaves the old one."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from chelate.findings import InputError

_AUTHORED = (".yaml", ".yml")


def refuse_to_overwrite(output: str, inputs: Iterable[str]) -> None:
    """Raise `InputError` where the output is one of the files that are to be read."""
    for name in inputs:
        with suppress(OSError):
            if Path(output).samefile(name):
                raise InputError(f"found {name} as input and as output, expected another output")


def require_free(
    output: str, inputs: Iterable[str] = (), *, force: bool = False, authored: bool = False
) -> None:
    """Raise `InputError` where writing would lose what somebody may have written.

    An input is never written over. Without `force` neither is a YAML file, nor any file by
    what is `authored`: a label or a formulation, to be edited. What is built anew from its
    input (a page, a drawing, a table, JSON, a text) replaces what was built before.
    """
    refuse_to_overwrite(output, inputs)
    kept = authored or output.lower().endswith(_AUTHORED)
    if kept and not force and Path(output).is_file():
        raise InputError("there is a file of that name; expected another, or --force", file=output)


def write_whole(name: str, content: bytes) -> None:
    """Write a file so that its place has the old content or the new, never a part.

    A link is followed; what is no regular file (`/dev/null`) is written to as it is.

    Raises:
        InputError: the file cannot be written there.
    """
    path = Path(os.path.realpath(name))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
        else:
            _replace(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"the output cannot be written: {reason}", file=name) from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "this is a directory, expected a file's name")
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(_mode(path))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The mode of the file that stands there, else that of a new file."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
