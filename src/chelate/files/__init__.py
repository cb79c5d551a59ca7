"""The project's own files: text in, plain data with places, models out.

A label or a formulation is written in YAML, or in JSON of the same shape. No scalar is
resolved: `no`, `012` and `1e3` stay the text that was written, and what it means is the
work of the model. Every error names file, line and column.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from chelate.files.document import (
    MAX_BYTES,
    Document,
    Steps,
    error_at,
    excerpt,
    place_at,
    read_text,
    shown,
    steps_of,
    text_of,
)
from chelate.files.json_text import parse_json
from chelate.files.kinds import Kind, authored, kind_of, model_of
from chelate.files.schema import schema_text
from chelate.files.validation import model_from
from chelate.files.yaml_text import parse_yaml
from chelate.models import Label, Origin

if TYPE_CHECKING:
    from chelate.models.formulation import Formulation

__all__ = [
    "MAX_BYTES",
    "Document",
    "Kind",
    "Steps",
    "authored",
    "error_at",
    "excerpt",
    "formulation_from_text",
    "kind_of",
    "label_from",
    "load_formulation",
    "model_from",
    "model_of",
    "parse",
    "place_at",
    "read_text",
    "schema_text",
    "shown",
    "steps_of",
    "text_of",
]

_JSON = re.compile(r'\s*(\[|\{\s*["}])')


def parse(text: str, *, file: str) -> Document:
    """The one document in a text: JSON where it begins like JSON, otherwise YAML.

    Raises:
        InputError: the text is broken, a key stands twice, values nest too deeply.

    >>> parse("amount: 012 mg", file="a.yaml").data
    {'amount': '012 mg'}
    >>> parse('{"amount": 1.50}', file="a.json").data
    {'amount': '1.50'}
    """
    return parse_json(text, file) if _JSON.match(text) else parse_yaml(text, file)


def label_from(document: Document) -> Label:
    """The label that a document in the project's own shape holds, knowing its places.

    Raises:
        InputError: a key is unknown or missing, or a value is of the wrong kind.
    """
    label = model_from(document, Label)
    return label.located(Origin(document.file, document.text, locate=document.place))


def load_formulation(path: str | Path) -> Formulation:
    """The formulation in a YAML or JSON file.

    Raises:
        InputError: the file cannot be read, or does not hold a formulation.
    """
    return formulation_from_text(read_text(path), file=str(path))


def formulation_from_text(text: str, *, file: str) -> Formulation:
    """The formulation written in a text; `file` names it in messages."""
    from chelate.models.formulation import Formulation

    return authored(parse(text, file=file), Formulation)
