"""The kinds of file that people write, and which one a document is."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Literal, TypeVar

from pydantic import BaseModel

from chelate.files.document import Document
from chelate.files.validation import model_from

Kind = Literal["label", "formulation", "design", "stack"]
Model = TypeVar("Model", bound=BaseModel)

KINDS: Mapping[Kind, tuple[str, str]] = {
    "label": ("chelate.models.label", "Label"),
    "formulation": ("chelate.models.formulation", "Formulation"),
    "design": ("chelate.models.design", "DesignSpec"),
    "stack": ("chelate.models.stack", "Stack"),
}
_MARKS: Mapping[str, Kind] = {
    "facts": "label",
    "ingredientRows": "label",
    "sittings": "stack",
    "stack": "stack",
    "targets": "design",
    "candidates": "design",
    "inputs": "formulation",
}
_SHAPES: Mapping[Kind, str] = {
    "label": "product: …, facts: …",
    "formulation": "product: …, inputs: …",
    "design": "product: …, candidates: …, targets: …",
    "stack": "stack: …, sittings: …",
}


def model_of(kind: Kind) -> type[BaseModel]:
    """The model of a kind of file, imported now."""
    module, name = KINDS[kind]
    found: type[BaseModel] = getattr(import_module(module), name)
    return found


def kind_of(document: Document) -> Kind | None:
    """The kind of file that a document is, by the keys that only one kind has."""
    keys = document.data.keys() if isinstance(document.data, dict) else ()
    return next((kind for key, kind in _MARKS.items() if key in keys), None)


def authored(document: Document, model: type[Model]) -> Model:
    """The model that a document makes, another kind of file named as such.

    Raises:
        InputError: the document is of another kind, or the model refuses it.
    """
    expected = next(kind for kind, (_, name) in KINDS.items() if name == model.__name__)
    found = kind_of(document)
    if found not in (expected, None):
        raise document.error(f"this is a {found}; expected a {expected} ({_SHAPES[expected]})")
    return model_from(document, model)
