"""Reading a file that people write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from chelate.cli.inputs import source_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from chelate.files import Document
    from chelate.readers import Source

Model = TypeVar("Model", bound="BaseModel")
_NO_LABEL = re.compile(
    r"(?:^|[{,])\s*[\"']?(?:inputs|candidates|targets|sittings)[\"']?\s*:", re.MULTILINE
)
_OF_A_LABEL = re.compile(r"(?:^|[{,])\s*[\"']?(?:facts|ingredientRows)[\"']?\s*:", re.MULTILINE)


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


def is_authored(source: Source) -> bool:
    """Whether it is a formulation, or another file that people write and that is no label."""
    text = source.head.decode(errors="replace")
    return bool(_NO_LABEL.search(text)) and not _OF_A_LABEL.search(text)
