"""What is wrong with an entry of a formulation, a design or a stack, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chelate import files
from chelate.findings import InputError
from chelate.stoichiometry import OptionError


class EntryError(InputError):
    """An entry that cannot be used; `path` says which: `inputs[0].assay`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


@contextmanager
def at(path: str) -> Iterator[None]:
    """Tell what goes wrong inside as an `EntryError` of the entry at this path.

    >>> with at("inputs[0].amount"):
    ...     raise InputError("expected a mass")
    Traceback (most recent call last):
    chelate.formulate.errors.EntryError: inputs[0].amount: expected a mass
    """
    try:
        yield
    except EntryError:
        raise
    except OptionError as error:
        raise EntryError(f"{path}.{error.option}", error.message) from None
    except InputError as error:
        raise EntryError(path, error.message) from None


@contextmanager
def placed(document: files.Document) -> Iterator[None]:
    """Tell an entry that cannot be used with its line and column in the document."""
    try:
        yield
    except EntryError as error:
        offset = document.find(files.steps_of(error.path), False)
        raise files.error_at(document.text, offset, error.message, file=document.file) from None
