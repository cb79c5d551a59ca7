"""Zip archives, read without unpacking: every member is held to limits before it is opened."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from chelate.files import shown
from chelate.findings import InputError
from chelate.readers.sources import ZIP_MAGIC

MAX_MEMBERS = 500_000
MAX_TOTAL_BYTES = 16_000_000_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 10_000_000

Source = str | Path | BinaryIO

_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_ASIDE = re.compile(r"(?:^|/)(?:__MACOSX/|\.|(?:readme|licen[cs]e)[^/]*$)|/$", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a zip archive."""
    return head.startswith(ZIP_MAGIC)


def names(source: Source, *, file: str) -> list[str]:
    """The names of the members as the archive has them.

    Raises:
        InputError: it is no archive, or larger than any collection of labels.
    """
    with opened(source, file=file) as archive:
        return [info.orig_filename for info in archive.infolist()]


@contextmanager
def opened(source: Source, *, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive, once its directory is found to be within the limits.

    Raises:
        InputError: it is broken, has too many members, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError:
        raise InputError("there is no such file", file=file) from None
    except (*_BROKEN, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"the zip archive cannot be read: {error}", file=file) from None
    with archive:
        _bound(archive, _size(source), file)
        yield archive


def members(archive: zipfile.ZipFile, *, file: str) -> Iterator[zipfile.ZipInfo | InputError]:
    """The members that may be read, and why any of the others may not.

    Folders, hidden files and what is called README or LICENSE are passed over.
    """
    seen: set[str] = set()
    for info in archive.infolist():
        name = info.orig_filename
        if reason := _refused(info) or ("it stands twice" if name in seen else None):
            message = f"the member {shown(name)} is not read: {reason}"
            yield InputError(message, file=file)
        elif not _ASIDE.search(name):
            yield info
        seen.add(name)


def inside(file: str, info: zipfile.ZipInfo) -> str:
    """How a member is named: the archive, then its own name."""
    return f"{file}/{info.filename}"


@contextmanager
def stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, file: str) -> Iterator[IO[bytes]]:
    """The unpacked bytes of a member; what breaks while it is read is an `InputError`."""
    try:
        with archive.open(info) as unpacked:
            yield unpacked
    except _BROKEN as error:
        reason = str(error) or type(error).__name__
        message = f"the member cannot be read: {reason}"
        raise InputError(message, file=inside(file, info)) from None


def _size(source: Source) -> int:
    if isinstance(source, str | Path):
        return Path(source).stat().st_size
    return source.seek(0, 2)


def _bound(archive: zipfile.ZipFile, size: int, file: str) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        found = f"the archive has {len(infos):,} members"
        raise InputError(f"{found}; expected at most {MAX_MEMBERS:,}", file=file)
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL_BYTES:
        found = f"the archive would unpack to {total:,} bytes"
        raise InputError(f"{found}; expected at most {MAX_TOTAL_BYTES:,}", file=file)
    if _is_bomb(total, size):
        found = f"the archive would unpack to {total // max(size, 1):,} times its size"
        raise InputError(f"{found}; expected at most {MAX_RATIO} times", file=file)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed


def _refused(info: zipfile.ZipInfo) -> str | None:
    name = info.orig_filename
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "its name is absolute; expected a name inside the archive"
    if ".." in parts or "\0" in name:
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link; expected a file"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; expected an archive without a password"
    if name.lower().endswith(".zip"):
        return "it is an archive itself; expected records"
    if _is_bomb(info.file_size, info.compress_size):
        return f"it would unpack to more than {MAX_RATIO} times its size"
    return None
