"""Where labels are read from: a file or a stream, its first bytes looked at before the rest."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from chelate.files import MAX_BYTES
from chelate.findings import InputError

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


class Source:
    """A stream of bytes with its name for messages; `head` is all of it up to 16 MB and one.

    `path` is its file, None where there is none that could be opened a second time.
    """

    def __init__(self, file: str, stream: BinaryIO, path: Path | None = None) -> None:
        self.file = file
        self.path = path
        self._stream = stream
        self.head = self._read()
        self._spooled: BinaryIO | None = None

    @staticmethod
    def of(data: bytes, file: str) -> Source:
        """The source that some bytes are."""
        return Source(file, BytesIO(data))

    @property
    def is_zip(self) -> bool:
        """Whether it begins like a zip archive, an XLSX workbook among them."""
        return self.head.startswith(ZIP_MAGIC)

    def _read(self) -> bytes:
        try:
            return self._stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise _unreadable(error, self.file) from None

    def stream(self) -> BinaryIO:
        """All of it from the beginning, as a stream that can go back."""
        if len(self.head) <= MAX_BYTES:
            return BytesIO(self.head)
        if self._spooled is None:
            self._spooled = self.path.open("rb") if self.path else self._spool()
        self._spooled.seek(0)
        return self._spooled

    def seekable(self) -> Path | BinaryIO:
        """The file, or where there is none a stream that can go back."""
        return self.path or self.stream()

    def _spool(self) -> BinaryIO:
        spooled: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (`release` closes it)
        spooled.write(self.head)
        shutil.copyfileobj(self._stream, spooled)
        return spooled

    def release(self) -> None:
        """Close what was opened beside the stream itself."""
        if self._spooled is not None:
            self._spooled.close()

    def close(self) -> None:
        """Close the stream, and what was opened beside it."""
        self._stream.close()
        self.release()


def opened(path: str | Path) -> Source:
    """The source that a file is.

    Raises:
        InputError: there is no such file, it is a directory, or it cannot be read.
    """
    file, place = str(path), Path(path)
    try:
        if place.is_dir():
            raise InputError("this is a directory; expected a file", file=file)
        return Source(file, place.open("rb"), place if place.is_file() else None)
    except FileNotFoundError:
        raise InputError("there is no such file", file=file) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, file) from None


def _unreadable(error: OSError | ValueError, file: str) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"the file cannot be read: {reason}", file=file)
