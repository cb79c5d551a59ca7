"""Reading a file that people write."""

from __future__ import annotations

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
