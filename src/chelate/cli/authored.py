"""Reading a file that people write, its bad entries told with their place in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from chelate.cli.inputs import source_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from chelate.files import Document

Model = TypeVar("Model", bound="BaseModel")


def read_authored(name: str, model: type[Model]) -> tuple[Model, Document]:
    """The model in a file of that name ("-" is standard input), and the document it is from.

    Raises:
        InputError: the file cannot be read, is of another kind, or the model refuses it.
    """
    from chelate import files

    with source_of(name) as source:
        text = files.text_of(source.head, file=source.file)
    document = files.parse(text, file=source.file)
    return files.authored(document, model), document


@contextmanager
def placed(document: Document) -> Iterator[None]:
    """Tell an entry that cannot be used with its line and column in the document."""
    from chelate import files
    from chelate.formulate import EntryError

    try:
        yield
    except EntryError as error:
        offset = document.find(files.steps_of(error.path), False)
        raise files.error_at(document.text, offset, error.message, file=document.file) from None
